# Inviter en nombre à un événement : membres de pôles, alliance, liste.

inviting-title = Inviter en nombre
inviting-open-to = Appel à participants ouvert à { $audience } ; chacun s’inscrit lui-même.
inviting-not-open = L’événement est en préparation : seules les organisations que vous invitez le connaissent. Une fois ouvert, son public s’inscrit lui-même.
inviting-from = Parmi qui
inviting-from-lede = Choisissez des pôles ou une alliance ; vous voyez ensuite qui serait invité, et qui aucun courriel n’atteint, avant tout envoi.
inviting-none = Vous ne voyez les membres d’aucun pôle. Importez ceux du vôtre, ou invitez les organisations une à une.
inviting-clusters = Membres de pôles, dans la mesure où vous les voyez
inviting-alliance = Alliance
inviting-alliance-hint = Les membres de tous ses pôles, dans la mesure où ils vous sont montrés.
inviting-no-alliance = Aucune alliance
inviting-kind = Type d’organisation
inviting-any-kind = Tous les types
inviting-words = Mots du nom
inviting-look = Voir qui serait invité
inviting-who = { $count ->
    [0] Aucune organisation
    [one] Une organisation
   *[other] { $count } organisations
}
inviting-free = { $count ->
    [0] Aucune ne peut être invitée.
    [one] Une peut être invitée.
   *[other] { $count } peuvent être invitées.
}
inviting-free-more = Les { $most } premières sont affichées : affinez la liste, ou invitez celles-ci puis revenez.
inviting-through = Membre de
inviting-letter-to = Courriel à
inviting-account = par son compte
inviting-language = Langue des courriels
inviting-language-hint = Qui a un compte reçoit le courriel dans sa propre langue.
inviting-delegation = Délégation de toutes
inviting-delegation-hint = Le pôle ou le réseau avec lequel toutes viennent ; vide s’il n’y en a pas.
inviting-by-cluster = Si aucune délégation n’est indiquée ci-dessus : chacune vient avec son pôle
inviting-by-cluster-hint = Le pôle nommé dans la ligne.
inviting-letters-note = Chacune reçoit un courriel : au compte qui répond pour elle, sinon au premier contact dont l’adresse est connue, qui n’a pas besoin de compte pour répondre.
inviting-act = Inviter les organisations cochées
inviting-nobody-free = Aucune organisation de cette liste ne peut être invitée. La raison figure ci-dessous.
inviting-group-there = { $count ->
    [one] Une figure déjà sur la liste
   *[other] { $count } figurent déjà sur la liste
}
inviting-group-there-hint = Rien ne change pour elles, quelle que soit leur réponse.
inviting-group-refused = { $count ->
    [one] Une ne veut plus d’invitations
   *[other] { $count } ne veulent plus d’invitations
}
inviting-group-refused-hint = Quelqu’un y a mis fin à vos invitations par le lien d’un courriel. Lui seul peut revenir là-dessus.
inviting-group-nobody = { $count ->
    [one] Une est sans adresse
   *[other] { $count } sont sans adresse
}
inviting-group-nobody-hint = Personne ne répond ici pour elles, et vous ne voyez aucun contact avec une adresse. Ajoutez un contact à leur fiche, ou invitez-les depuis une liste avec des adresses.
inviting-and-more = { $count ->
    [one] et une autre
   *[other] et { $count } autres
}

## Une liste
inviting-list-title = Inviter depuis une liste
inviting-list-lede = Un tableau avec une ligne par participant. Rien n’est écrit avant que vous ayez vu ce qui est repris et ce qui ne va pas.
inviting-list-columns = Colonnes
inviting-list-kinds = Ce qui peut figurer sous « À titre de »
inviting-list-file = Fichier
inviting-list-file-hint = CSV ou XLSX, la première ligne nommant les colonnes en français ou en anglais ; { $most } lignes et 4 Mo au plus.
inviting-list-pasted = Ou collez les lignes ici
inviting-list-pasted-hint = Telles que copiées d’un tableur, avec la ligne d’en-têtes. Un fichier passe avant ce qui est collé.
inviting-list-check = Vérifier la liste
inviting-file-too-large = La liste dépasse 4 Mo : divisez-la, ou retirez les colonnes qui ne sont pas lues.
inviting-file-too-many-rows = La liste compte plus de { $most } lignes : divisez-la.
inviting-column-name = Organisation
inviting-column-country = Pays
inviting-column-kind = À titre de
inviting-column-delegation = Délégation
inviting-column-person = Personne
inviting-column-email = Adresse électronique
inviting-column-language = Langue
inviting-checked = Ce que ferait la liste
inviting-checked-lede = { $taken } sur { $rows ->
    [one] une ligne
   *[other] { $rows } lignes
} : voilà ce qui peut être repris. Les lignes fautives sont laissées de côté ; corrigez-les dans votre liste et vérifiez-la de nouveau : qui y figure déjà n’est pas invité deux fois.
inviting-problems = { $count ->
    [one] Une erreur
   *[other] { $count } erreurs
}
inviting-row = Ligne
inviting-row-number = Ligne { $row } :
inviting-column = Colonne
inviting-value = Ce qui y figure
inviting-mend = Que faire
inviting-list-there = { $count ->
    [one] Une figure déjà sur la liste de l’événement
   *[other] { $count } figurent déjà sur la liste de l’événement
}
inviting-lines = { $count ->
    [0] Aucune ligne ne peut être reprise
    [one] Une ligne peut être reprise
   *[other] { $count } lignes peuvent être reprises
}
inviting-no-lines = Aucune ligne de cette liste ne peut être reprise.
inviting-other-list = Une autre liste
inviting-take = { $count ->
    [one] Inviter une organisation
   *[other] Inviter { $count } organisations
}
inviting-take-confirmed = { $count ->
    [one] Inscrire une organisation
   *[other] Inscrire { $count } organisations
}
inviting-read-otherwise = Lire la liste autrement
inviting-default-kind = À titre de, si la ligne ne le dit pas
inviting-default-language = Langue, si la ligne ne la dit pas
inviting-confirmed = Elles participent déjà
inviting-row-unreadable = Cette ligne ne peut pas être lue : cherchez un séparateur ou un guillemet manquant ou en trop.
inviting-row-name = Écrivez le nom de l’organisation.
inviting-row-email = Ce n’est pas une adresse : écrivez-en une, par exemple nom@exemple.org.
inviting-row-email-twice = Cette adresse figure plus haut : une personne ne peut pas venir pour deux. Écrivez-en une autre.
inviting-row-no-email = Écrivez l’adresse à laquelle va l’invitation.
inviting-row-refused = Cette adresse ne veut plus de vos invitations. Écrivez-en une autre, ou retirez la ligne.
inviting-row-country = Écrivez les deux lettres du pays, par exemple FR.
inviting-row-kind = Ce type de participation n’existe pas : écrivez le nom de l’un d’eux, ou laissez la case vide.
inviting-row-language = Écrivez fr ou en, ou laissez la case vide.
inviting-row-twice = Cette organisation figure plus haut. Gardez l’une des deux lignes.

## Ce qui ne va pas
inviting-wrong-nobody = Cochez au moins une organisation.
inviting-wrong-many = 500 à la fois au plus.
inviting-wrong-full = Un événement compte 15 000 participants au plus.
inviting-wrong-no-address = Aucune adresse n’est connue ici, aucun courriel ne peut donc y partir.
inviting-refused-team = Seule la personne invitée met fin aux invitations.
events-wrong-refused = Cette adresse ne veut plus de vos invitations.

done-inviting-sent = Les invitations partent. Qui figurait déjà sur la liste n’en reçoit pas de seconde.
done-inviting-added = Les participants sont sur la liste.

## Plus d’invitations
inviting-letters-page = Courriels
inviting-letters-choose = Choisir les courriels que vous recevez
inviting-letters-title = Invitations par courriel
inviting-letters-ask = Vous pouvez mettre fin aux invitations de { $cluster } à cette adresse. Ce à quoi vous participez continue, avec ses courriels.
inviting-letters-of = Il s’agit de :
inviting-letters-stop = Ne plus recevoir d’invitations
inviting-letters-ended = { $cluster } n’envoie plus d’invitations à cette adresse.
inviting-letters-note-ended = Ce à quoi vous participez continue, avec ses courriels. Seule une empreinte de l’adresse est conservée à cet effet.
inviting-letters-again = Accepter de nouveau les invitations
mail-event-stop = Vous ne voulez plus d’invitations de ce pôle ?
mail-event-stop-requests = Vous ne voulez plus de courriels sur les nouvelles demandes de cet événement, ni de rappels ?

## Données personnelles
personal-event-muted = Refus de courriels sur les demandes d’un événement
personal-audience-event-muted = Personne ; le programme le consulte avant d’écrire au sujet de demandes
personal-event-refusal = Refus d’invitations à des événements
personal-event-refusals = Refus d’invitations
personal-reason-event-refusals = C’est ce qui évite d’écrire de nouveau à cette adresse ; seule une empreinte en est conservée.
personal-audience-event-refusal = Personne ; le programme le consulte avant d’écrire une invitation
purpose-event-refusal-letters = Refus d’invitations à des événements
purpose-event-refusal-letters-data = Une empreinte de l’adresse, le pôle, la date
purpose-event-refusal-letters-recipients = Personne
purpose-event-refusal-letters-period = Jusqu’à ce que la personne revienne dessus.
