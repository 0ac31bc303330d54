## Qui voit quoi, en mots qui suivent « visible par »
audience-team = l’équipe de { $cluster }
audience-alliances = les équipes de { $clusters }
audience-members = toute personne agissant pour { $cluster }
audience-public = tous les utilisateurs de cette instance
audience-asked = {" "}(et de { $clusters }, après leur adhésion)
audience-over = {" "}(l’alliance concernée a pris fin)
audience-and = { $first } et { $last }

## Alliances
alliances-title = Alliances
alliances-lede = Des groupes de pôles qui partagent entre eux. Ce que { $cluster } montre à une alliance est visible par les équipes des pôles qui en font partie, et par personne d’autre.
alliances-none = { $cluster } ne fait partie d’aucune alliance. Proposez-en une : ses contacts et ses notes pourront être montrés aux équipes d’autres pôles, champ par champ.
alliances-shown-to = Ce que vous montrez à cette alliance est visible par { $who }.
alliances-asked-title = Votre réponse est attendue
alliances-asked-help = Si { $cluster } y entre, son équipe verra ce que les autres montrent à cette alliance. Les données de { $cluster } restent privées tant que son équipe ne les partage pas.
alliances-clusters-of = Pôles de { $name }
alliances-cluster = Pôle
alliances-standing = Situation
alliance-asked = Sollicité
alliance-joined = Membre
alliance-declined = A décliné
alliance-left = Sorti
alliances-accept = Rejoindre { $name }
alliances-decline = Décliner { $name }
alliances-leave = Quitter { $name }
alliances-leave-confirm = Dès cet instant, ce qui était partagé par cette alliance n’est plus visible d’aucun côté. La sortie est définitive : il faudrait proposer une nouvelle alliance.
alliances-propose = Proposer une alliance
alliances-propose-help = Les administrateurs des pôles nommés ici répondent pour eux. Aucun pôle ne peut être ajouté ensuite : il verrait ce qui a été partagé entre moins de pôles.
alliances-name = Nom de l’alliance
alliances-with = Avec ces pôles
alliances-send = La proposer
alliances-alone = Il n’y a pas encore d’autre pôle sur cette instance.
alliance-problem-name = Une alliance doit avoir un nom.
alliance-problem-clusters = Choisissez au moins un autre pôle.
alliance-problem-unknown = Ce pôle n’existe pas sur cette instance.
done-alliance-proposed = L’alliance est proposée. Les autres pôles répondent sur leur page Alliances.
done-alliance-joined = Votre pôle fait partie de l’alliance.
done-alliance-declined = Votre pôle a décliné.
done-alliance-left = Votre pôle a quitté l’alliance. Plus rien n’est partagé par elle.
change-alliance-propose = Alliance proposée
change-alliance-join = Alliance rejointe
change-alliance-decline = Alliance déclinée
change-alliance-leave = Alliance quittée

## Contacts
rail-contacts = Contacts
contact = Contact
scope-contacts-read = Contacts et notes : lire
scope-contacts-write = Contacts et notes : écrire
refused-contact = Ce contact est tenu par quelqu’un d’autre.
seen-by = Visible par { $who }
seen-by-all = Chaque champ visible par { $who }
contacts-title = Contacts
contacts-lede = Les personnes dans les organisations, telles que les pôles les connaissent. Vous voyez ce qui vous est montré ; du reste il n’y a rien ici, pas même un nombre.
contacts-search = Rechercher
contacts-search-hint = Un nom, une fonction, une adresse ou une organisation.
contacts-results = Contacts trouvés
contacts-count = { $count ->
    [one] { $count } contact
   *[other] { $count } contacts
}
contacts-export-noted = Chaque export est consigné : qui a pris quels contacts, pour qu’un effacement puisse les suivre.
contacts-empty = Aucun contact visible pour vous ne correspond.
contacts-none-team = Ici figureront les personnes que vous connaissez dans les organisations. Ajoutez la première sur la page d’une organisation.
contacts-none = Ici figureront les personnes que des pôles ou des organisations vous montrent. Il n’y en a pas encore.
contacts-to-directory = Vers l’annuaire
contacts-none-here = Aucun contact ne vous est montré ici.
contacts-deleted-title = Contacts supprimés
contacts-deleted-lede = { $days ->
    [one] Ce qui a été supprimé peut être rétabli pendant un jour, puis disparaît définitivement.
   *[other] Ce qui a été supprimé peut être rétabli pendant { $days } jours, puis disparaît définitivement.
}
contacts-deleted-none = Rien n’a été supprimé ces derniers temps.
contact-add = Ajouter un contact
contact-change = Modifier un contact
contact-change-of = Modifier { $name }
contact-delete = Supprimer ce contact
contact-restore = Rétablir
contact-lede = À côté de chaque champ figure qui le verra. Sauf choix contraire, seule l’équipe de { $cluster } le voit.
contact-name = Nom
contact-function = Fonction
contact-email = Adresse électronique
contact-telephone = Téléphone
contact-languages = Langues
contact-seen-by = { $field } : visible par
contact-hidden = personne : le champ n’est pas conservé
contact-kept-by-cluster = tenu par le pôle
contact-kept-by-organisation = tenu par l’organisation
contact-kept-by-person = montré par la personne
contact-elsewhere = La même adresse est aussi un contact de :
contact-basis = Base légale
contact-basis-hint = Ce qui fonde la conservation des données (RGPD, article 6). Elle est consignée avec la date et votre nom.
contact-basis-now = Base légale actuelle : { $basis }.
contact-basis-same = inchangé
contact-known-by = Comment on le sait
contact-known-by-choose = Choisir
contact-known-by-meeting = Dit lors d’une rencontre
contact-known-by-letter = Par courrier ou courriel
contact-known-by-telephone = Au téléphone
contact-known-by-paper = Document signé
contact-known-by-page = Publié par la personne ou l’organisation
contact-own = Montrer mon compte ici
contact-own-lede = Comme contact de { $organisation }, pour { $cluster }. Rien n’est montré tant que vous ne dites pas à qui, champ par champ ; vous pouvez y revenir à tout moment.
contact-own-consent = En enregistrant, j’accepte que ce que j’ai choisi soit montré à qui j’ai choisi, jusqu’à ce que je le retire ici.
contact-problem-audience = Choisissez dans la liste qui le voit.
contact-problem-telephone = Un numéro de téléphone ne comporte que des chiffres, des espaces et + ( ) - . /
contact-problem-nobody = Un contact a besoin d’un nom, d’une fonction ou d’une adresse.
contact-problem-basis = Choisissez la base légale.
contact-problem-known-by = Dites comment la base légale est connue.
done-contact-added = Le contact est enregistré. À côté de chaque champ figure qui le voit.
done-contact-saved = Le contact est modifié. À côté de chaque champ figure qui le voit.
done-contact-deleted = Le contact est supprimé. Sous Contacts, Contacts supprimés, il peut être rétabli pendant une semaine.
done-contact-restored = Le contact est rétabli.
done-contact-own-saved = Ce qui est montré de votre compte est modifié.
change-contact-create = Contact ajouté
change-contact-correct = Contact modifié
change-contact-delete = Contact supprimé
change-contact-restore = Contact rétabli
change-contact-show-account = Compte montré comme contact
change-contact-hide-account = Compte de nouveau masqué
change-contact-read-many = Contacts consultés en nombre

## Notes
notes-title = Notes
notes-none-here = Pas encore de note.
note-add = Écrire une note
note-change = Modifier une note
note-change-of = Modifier la note du { $when }
note-delete = Supprimer cette note
note-text = Note
note-lede = Sauf choix contraire, seule votre équipe la voit. Toute personne nommée dans une note peut demander ce qu’elle dit.
note-seen-by = Visible par
note-problem-empty = Une note a besoin d’un texte.
note-deleted-title = La note est supprimée
note-deleted-lede = { $days ->
    [one] Elle peut être rétablie pendant un jour, puis disparaît définitivement.
   *[other] Elle peut être rétablie pendant { $days } jours, puis disparaît définitivement.
}
note-back = Vers l’organisation
done-note-added = La note est enregistrée. À côté figure qui la voit.
done-note-saved = La note est modifiée. À côté figure qui la voit.
done-note-restored = La note est rétablie.
change-note-create = Note écrite
change-note-correct = Note modifiée
change-note-delete = Note supprimée
change-note-restore = Note rétablie

## Ce qui est conservé sur les personnes
personal-contact = Un contact dans une organisation
personal-contacts = Contacts dans des organisations
personal-note-written = Une note écrite par la personne
personal-note-about = Une note qui nomme la personne
personal-notes = Notes
personal-reason-notes = La note relève du travail du pôle ; le nom de la personne en a été retiré.
personal-audience-contact = L’équipe de { $cluster }, et ceux à qui elle le montre, champ par champ
purpose-contact-network = Contacts dans les organisations
purpose-contact-network-data = Nom, fonction, adresse, téléphone, langues et organisation
purpose-contact-network-recipients = L’équipe du pôle ; les pôles alliés, les membres ou tous les utilisateurs de l’instance lorsque l’équipe, l’organisation ou la personne l’a choisi
purpose-contact-network-period = À compter de la dernière modification. Trois ans après le dernier contact : durée recommandée par le référentiel de la CNIL sur la gestion des clients et prospects.
purpose-note-network = Notes sur les organisations
purpose-note-network-data = Ce que l’équipe note de son travail avec une organisation, et qui l’a écrit
purpose-note-network-recipients = L’équipe du pôle, et ceux à qui elle montre la note
purpose-note-network-period = À compter de la dernière modification. Cinq ans : prescription de droit commun des actions personnelles (Code civil, article 2224).

personal-field-function = Fonction
personal-field-telephone = Téléphone
personal-field-languages = Langues
personal-field-created-at = Écrit le

## Adhésions
source-a-cluster = Un pôle de cette instance
membership-fee = Cotisation :
membership-fee-seen-by = la cotisation par { $who }
membership-show-to = Choisir qui la voit
membership-seen-by = L’adhésion est visible par
membership-fee-seen = La cotisation est visible par
membership-default-title = Nouvelles adhésions
membership-default-help = Qui voit qu’une organisation est membre de { $cluster }, à l’import d’une liste de membres. Chaque adhésion peut être montrée à d’autres sur la page de son organisation. Ce qui découle de la région ou figure dans des documents publics est visible par tous.
done-membership-shown = Le public de l’adhésion est modifié.
done-memberships-shown = Les nouvelles adhésions sont visibles par ceux que vous avez choisis.
change-membership-show-to = Public d’une adhésion choisi
