# Le bureau des données personnelles.
frame-privacy = Vos données
my-data-link = Mes données

## Demandes
request-kind-access = Accès aux données
request-kind-access-hint = Une copie de tout ce qui est détenu, avec finalités, bases légales, destinataires et durées de conservation (RGPD, article 15).
request-kind-rectification = Rectification
request-kind-rectification-hint = Une donnée est inexacte ou incomplète (article 16).
request-kind-erasure = Effacement
request-kind-erasure-hint = Tout ce qui vous concerne est supprimé ; là où une fiche doit rester, vous en êtes retiré (article 17). Un compte est fermé définitivement.
request-kind-restriction = Limitation
request-kind-restriction-hint = Vos données sont conservées, sans être montrées ni utilisées, jusqu’à ce que vous en décidiez autrement (article 18).
request-kind-portability = Portabilité
request-kind-portability-hint = Ce que vous avez fourni vous-même, dans un fichier que d’autres programmes savent lire (article 20).
request-kind-objection = Opposition
request-kind-objection-hint = Vous vous opposez à un traitement fondé sur l’intérêt légitime ou une mission d’intérêt public. Il est suspendu jusqu’à la décision (article 21).

## États
request-state-received = Reçue
request-state-doubt = Identité à confirmer
request-state-identity-checked = Identité confirmée
request-state-in-work = En cours
request-state-answered = Répondue
request-state-refused = Refusée
request-state-withdrawn = Retirée
request-state-restricted = Limitation en vigueur
request-channel-account = Connecté
request-channel-page = Page publique
request-channel-letter = Courrier postal
request-channel-email = Courriel
request-channel-telephone = Téléphone
request-channel-meeting = Sur place
request-identity-session = Connexion peu avant la demande
request-identity-link = Lien envoyé à l’adresse
request-step-receive = Reçue
request-step-check-identity = Identité confirmée
request-step-doubt-identity = Justificatif d’identité demandé
request-step-take = Prise en charge
request-step-extend = Prolongée de deux mois
request-step-answer = Répondue
request-step-refuse = Refusée
request-step-withdraw = Retirée
request-step-lift = Limitation levée

## Mes données
my-data-title = Mes données
my-data-lede = Tout ce que cette instance détient sur vous : pourquoi, sur quelle base légale, pour combien de temps, et qui en a reçu une copie.
my-data-file = Tout dans un fichier (JSON)
my-data-portable = Ce que j’ai fourni, à emporter (JSON)
my-data-not-lately = Pour emporter vos données, les faire rectifier ou faire une demande, reconnectez-vous : votre dernière connexion date de plus d’une demi-heure.
my-data-sign-in-again = Se reconnecter
my-data-requests = Mes demandes
my-data-read-answer = Lire la réponse
my-data-held = Ce qui est détenu
my-data-held-help = Vous modifiez vous-même votre nom et votre langue dans « Mon compte » ; vos consentements se donnent et se retirent là où ils figurent.
my-data-correct = Faire rectifier
my-data-correct-to = { $field } : ce qu’il faut écrire
my-data-correct-ask = Demander la rectification
my-data-ask = Faire une demande
my-data-ask-help = Vous recevez une réponse dans un délai d’un mois. Votre connexion suffit à établir votre identité : personne ne vous demande de copie de carte d’identité.
request-what = Objet de la demande
request-words = Dans vos propres mots
request-words-hint = Ce dont il s’agit, si cela aide. Pour une rectification : ce qui est inexact, et ce qui serait juste.
request-send = Envoyer la demande
request-state = État
request-received-on = Reçue le
request-due-on = Réponse au plus tard le
request-problem-kind = Choisissez l’objet de la demande.
request-problem-words = Dites ce qui est inexact, et ce qui serait juste.
request-problem-value = Écrivez ce qu’il faut y mettre.

## La page publique
privacy-title = Vos données ici
privacy-lede = Ce que cette instance détient sur les personnes, pourquoi et pour combien de temps, et comment voir, rectifier ou retirer ce qui vous concerne.
privacy-ask = Demander ce qui vous concerne
privacy-ask-help = Sans compte : nous envoyons un lien à votre adresse, pour que personne ne demande à votre place. Avec un compte, vous voyez tout de suite tout ce qui est détenu :
privacy-sign-in = se connecter
privacy-has-account = Vous êtes connecté. Vous voyez tout de suite tout ce qui est détenu sur vous :
privacy-email-hint = L’adresse qui est peut-être connue ici. La réponse ne dit pas si elle l’est.
privacy-purposes = À quoi servent les données
privacy-purposes-help = Établi d’après ce que le programme détient réellement.
privacy-sent-title = Consultez votre messagerie
privacy-sent-text = Un courriel part vers { $email }. Ouvrez son lien dans ce navigateur dans les 15 minutes, afin que nous sachions que c’est bien vous.
privacy-sent-help = Vous recevez le même courriel, que quelque chose soit détenu sur vous ou non.
privacy-confirm-title = Confirmer votre demande
privacy-confirm-text = Qui ouvre cette page par le lien détient l’adresse. Encore un clic, et la demande est transmise.
privacy-confirm-act = Oui, c’est ma demande
privacy-confirmed-title = Votre demande est bien reçue
privacy-confirmed-text = Vous recevez une réponse à votre adresse au plus tard le { $due }.
privacy-open-title = La réponse à votre demande
privacy-open-text = Le lien ouvre la réponse une seule fois, dans ce navigateur, pendant une heure. Enregistrez-la ou imprimez-la alors.
privacy-open-act = Ouvrir la réponse
privacy-link-refused = Il a déjà servi, il est trop ancien, ou il a été demandé dans un autre navigateur.
privacy-ask-again = Refaire une demande

## Réponses
answer-title = Ce qui est détenu sur vous
answer-lede = Établi le { $moment }, par { $address }.
answer-file = Dans un fichier (JSON)
answer-held = Ce qui est détenu
answer-nothing = Rien n’est détenu sur cette personne.
answer-show-records = Tout afficher ({ $count })
answer-source = Origine :
answer-audience = Visible par :
answer-cluster = Pôle :
answer-restricted = Conservé, non utilisé
answer-masked = Concerne une autre personne, retiré
answer-masked-note = { $count ->
    [one] Une valeur concerne une autre personne et n’est pas communiquée : elle lui appartient.
   *[other] { $count } valeurs concernent d’autres personnes et ne sont pas communiquées : elles leur appartiennent.
}
answer-recipients = Qui a reçu une copie
answer-no-recipients = À la connaissance de cette instance, personne n’a reçu de copie.
answer-recipient-erased = Une personne effacée depuis
answer-when = Quand
answer-who = Destinataire
answer-how = Comment
answer-what-for = Quoi
answer-purposes = Pourquoi, et pour combien de temps
answer-your-rights = Vos droits
answer-rights = Vous pouvez demander l’accès, la rectification, l’effacement, la limitation et la portabilité, vous opposer, et retirer un consentement à tout moment ; ce qui a été fait auparavant reste licite.
answer-remedies = Si la réponse ne vous satisfait pas, écrivez au pôle ou à qui administre cette instance. Vous pouvez introduire une réclamation auprès de l’autorité de contrôle (en France, la CNIL, www.cnil.fr) et former un recours devant un juge (RGPD, articles 77 et 79).
answer-preview = Voir ce qui sera envoyé
answer-preview-note = Voici ce que la personne lira. Rien n’est encore envoyé.
answer-preview-back = Revenir à la demande
answer-preview-part = Voici ce que votre pôle détient. Le bureau de l’instance répond.

## Le bureau
privacy-desk-title = Vie privée
privacy-desk-lede = Ce que des personnes demandent au sujet de leurs données, d’après le jour où la loi attend une réponse, et ce qui est fait de quelles données.
privacy-tab-requests = Demandes
privacy-tab-processing = Registre des traitements
requests-open = À traiter
requests-closed = Closes
requests-none = Personne n’attend de réponse.
request-one = Demande
request-who = Personne
request-unnamed = Effacée, ou inconnue
request-desk = Bureau
request-desk-instance = L’instance
request-days-left = { $count ->
    [0] C’est le dernier jour
    [one] Il reste un jour
   *[other] Il reste { $count } jours
}
request-days-late = { $count ->
    [one] Un jour de retard
   *[other] { $count } jours de retard
}
request-enter = Enregistrer une demande
request-enter-lede = Pour ce qui est arrivé par courrier, par courriel, par téléphone ou sur place. Le délai court depuis le jour de la réception.
request-enter-access-hint = Une copie de tout ce qui est détenu sur la personne, avec finalités, bases légales, destinataires et durées de conservation (RGPD, article 15).
request-enter-erasure-hint = Tout ce qui concerne la personne est supprimé ; là où une fiche doit rester, elle en est retirée (article 17). Son compte est fermé définitivement.
request-enter-restriction-hint = Ses données sont conservées, sans être montrées ni utilisées, jusqu’à la levée de la limitation (article 18).
request-enter-portability-hint = Ce que la personne a fourni elle-même, dans un fichier que d’autres programmes savent lire (article 20).
request-enter-objection-hint = La personne s’oppose à un traitement fondé sur l’intérêt légitime ou une mission d’intérêt public. Il est suspendu jusqu’à la décision (article 21).
request-enter-email-hint = Où part la réponse, et par quoi les données se retrouvent.
request-enter-name-hint = Tel que la personne l’a donné.
request-enter-words = Ce que la personne demande
request-enter-save = Enregistrer
request-channel = Arrivée par
request-received-hint = Le jour où elle vous est parvenue, non celui où vous l’avez lue.
request-language = Langue des courriels
request-identity = Identité
request-identity-hint = Ce qui a été vu pour en être sûr (« carte d’identité, vue le 3 mars »), ou comment la personne est connue. Ne gardez jamais de copie. Laissez vide tant que ce n’est pas sûr.
request-problem-channel = Choisissez comment elle est arrivée.
request-problem-day = Écrivez un jour qui n’est pas dans l’avenir.
request-problem-reason = Dites pourquoi : la personne le lit.
request-problem-identity = Dites ce qui a été vu, ou comment la personne est connue.
request-problem-too-late = Une prolongation se notifie dans le premier mois.
request-problem-gone = Ce champ n’est plus là : il a été modifié ou effacé entre-temps.
request-over = Cette étape n’est plus possible : la demande a avancé.
request-standing = Où elle en est
request-paused = Le traitement fondé sur des intérêts est suspendu jusqu’à la décision sur cette opposition.
request-part = Le bureau de l’instance répond, car la personne est en relation avec plusieurs pôles. Vous voyez ce que votre pôle détient.
request-due-why = un mois, jusqu’au jour ouvrable suivant ; le délai est suspendu tant que l’identité est en doute
request-extended-on = Prolongée le
request-doubt-since = Demandée depuis le { $day }
request-words-said = Dans ses mots
request-proposal = À rectifier
request-also = Dit la même chose, et sera rectifié en même temps
request-reason = Motif
request-reason-hint = La personne le lit dans le courriel.
request-closed-at = Close
request-see-held = Voir ce qui est détenu
request-mentions = Chercher dans les textes libres
request-told = Ce qui a été fait
request-acts = Ce qui est possible
request-steps = Ce qui a été fait, et quand
request-act-check-identity = Confirmer l’identité
request-act-check-identity-help = Le délai reprend, et la personne apprend le jour de la réponse.
request-act-doubt-identity = Demander un justificatif d’identité
request-act-doubt-identity-help = Seulement en cas de doute raisonnable. Le délai est suspendu jusqu’à la confirmation.
request-act-take = Prendre en charge
request-act-take-help = Les autres voient que quelqu’un s’en occupe.
request-act-extend = Prolonger de deux mois
request-act-extend-help = Seulement si la demande est complexe ou s’il y en a beaucoup ; notifié avec le motif dans le premier mois.
request-act-refuse = Refuser
request-act-refuse-help = Avec le motif et les voies de recours. Pour une opposition : elle est rejetée et le traitement reprend.
request-act-withdraw = Retirer
request-act-withdraw-help = La personne a retiré sa demande.
request-act-lift = Lever la limitation
request-act-lift-help = Les données sont de nouveau utilisées et montrées. La personne en est informée.
request-act-answer-access = Envoyer la réponse
request-act-answer-access-help = La personne la lit dans « Mes données », ou par un lien qui s’ouvre une seule fois.
request-act-answer-portability = Envoyer le fichier
request-act-answer-portability-help = Ce que la personne a fourni sur la base d’un consentement ou d’un contrat, en JSON.
request-act-answer-rectification = Rectifier et le dire
request-act-answer-rectification-help = Ce qui est proposé est écrit dans la fiche. Ce que les mots demandent en plus, rectifiez-le avant dans les fiches.
request-act-answer-erasure = Effacer
request-act-answer-erasure-help = Supprime, retire la personne de ce qui doit rester, ferme le compte et toutes ses sessions, et écrit à chaque destinataire d’une copie. C’est irréversible.
request-act-answer-restriction = Limiter
request-act-answer-restriction-help = Les données sont conservées, sans être montrées ni utilisées, jusqu’à la levée de la limitation.
request-act-answer-objection = Accueillir l’opposition
request-act-answer-objection-help = Ce qui n’était détenu que sur cette base est supprimé, ou conservé sans la personne. Ce qui reste est indiqué avec son motif : contrat, consentement, loi, défense de droits en justice.
request-erase-confirm = Effacer tout ce qui concerne cette personne ? C’est irréversible.
request-object-confirm = Accueillir l’opposition ? Ce qui n’était détenu que sur cette base est supprimé définitivement.
request-erased-deleted = { $what } : { $count } supprimé(s).
request-erased-anonymised = { $what } : { $count } conservé(s) sans la personne.
request-erased-kept = { $what } : { $count } conservé(s).
request-erased-corrected = { $what } : { $count } rectifié(s).
request-mentions-lede = Tous les textes de la base, parcourus à la recherche de l’adresse et du nom. Ce que le programme connaît comme donnée personnelle est dit et effacé de lui-même ; les textes libres, comme la description d’une organisation, sont à corriger par vous.
mentions-table = Table
mentions-column = Colonne
mentions-rows = Lignes
mentions-none = Rien ne nomme cette personne.
today-requests = Demandes sur des données personnelles
done-request-made = Votre demande est transmise. Vous la retrouvez ici.
done-request-withdrawn = La demande est retirée.
done-request-entered = La demande est enregistrée ; le délai court.
done-request-step = C’est fait, et dit là où il le faut.

## Le registre
processing-title = Registre des traitements
processing-lede = Ce qui est fait de quelles données personnelles (RGPD, article 30). Établi d’après ce que chaque partie du programme détient, pour ne jamais être périmé.
processing-purpose = Finalité
processing-data = Données
processing-basis = Base légale
processing-recipients = Destinataires
processing-months = Durée de conservation
processing-fate = Ensuite
processing-period = Point de départ et motif
processing-month-count = { $count ->
    [one] Un mois.
   *[other] { $count } mois.
}
fate-deleted = Supprimées
fate-anonymised = Rendues anonymes
fate-kept = Conservées

## De ce bureau même
personal-request = Demande sur des données personnelles
personal-requests = Demandes sur des données personnelles
personal-field-kind = Nature
personal-reason-request = Il doit rester possible de prouver qu’une demande est arrivée et a reçu sa réponse ; qui l’a faite est effacé.
purpose-request-request = Demandes sur des données personnelles
purpose-request-request-data = Qui a demandé quoi, quand, comment l’identité a été vérifiée, l’issue
purpose-request-request-recipients = Les administrateurs du pôle concerné et de l’instance
purpose-request-request-period = À partir de la réponse : prescription des actions personnelles, cinq ans (Code civil, article 2224).
change-account-data-request-receive = Demande sur des données personnelles reçue
change-account-data-request-check-identity = Identité confirmée pour une demande
change-account-data-request-doubt-identity = Justificatif d’identité demandé
change-account-data-request-take = Demande prise en charge
change-account-data-request-extend = Demande prolongée
change-account-data-request-answer = Demande répondue
change-account-data-request-refuse = Demande refusée
change-account-data-request-withdraw = Demande retirée
change-account-data-request-lift = Limitation levée
job-privacy-look = Suivi des demandes sur des données personnelles

## Courriels
mail-request-button = Ouvrir
mail-request-confirm-subject = Confirmez votre demande sur vos données
mail-request-confirm-text = Quelqu’un, peut-être vous, a demandé à { $address } : { $kind }. Si c’est vous, ouvrez ce lien dans les { $days } minutes, dans le navigateur de votre demande. Si ce n’est pas vous, ne faites rien : sans le lien, rien n’est fait et rien n’est dit.
mail-request-received-subject = Votre demande est bien reçue
mail-request-received-text = Votre demande est bien reçue : { $kind }. Vous recevez une réponse au plus tard le { $due }.
mail-request-doubt-subject = Votre demande : nous devons être sûrs que c’est vous
mail-request-doubt-text = Pour répondre à votre demande ({ $kind }), nous devons être sûrs de votre identité. Répondez au pôle ou à qui administre cette instance ; n’envoyez pas de copie de carte d’identité sans qu’on vous la demande. Le délai est suspendu jusque-là.
mail-request-extended-subject = Votre demande prend plus de temps
mail-request-extended-text = Votre demande ({ $kind }) prend plus d’un mois. Vous recevez une réponse au plus tard le { $due }, pour ce motif :
mail-request-answered-subject = La réponse à votre demande
mail-request-answered-text = La réponse à votre demande est prête : { $kind }. Vous la trouvez dans « Mes données » pendant { $days } jours.
mail-request-answered-link-subject = La réponse à votre demande
mail-request-answered-link-text = La réponse à votre demande est prête : { $kind }. Ce lien l’ouvre une seule fois, pendant { $days } jours. Ne le transmettez à personne.
mail-request-rectified-subject = Vos données sont rectifiées
mail-request-rectified-text = Vos données ont été rectifiées comme vous l’avez demandé.
mail-request-restricted-subject = Le traitement de vos données est limité
mail-request-restricted-text = Vos données sont conservées et ne sont plus montrées ni utilisées. Vous serez informé avant la levée de la limitation.
mail-request-lifted-subject = La limitation de vos données prend fin
mail-request-lifted-text = La limitation de vos données prend fin : elles sont de nouveau montrées et utilisées.
mail-request-objection-upheld-subject = Votre opposition est accueillie
mail-request-objection-upheld-text = Votre opposition est accueillie. Voici ce qui a été supprimé, et ce qui reste pour quel motif.
mail-request-refused-subject = Votre demande est refusée
mail-request-refused-text = Votre demande ({ $kind }) est refusée, pour ce motif :
mail-request-withdrawn-subject = Votre demande est retirée
mail-request-withdrawn-text = Votre demande ({ $kind }) est retirée. Vous pouvez la refaire à tout moment.
mail-request-erased-subject = Vos données sont effacées
mail-request-erased-text = Vos données chez { $address } sont effacées, et chaque destinataire connu d’une copie a été prié de l’effacer aussi. Voici ce qui a été fait ; de ce courriel, rien n’est conservé.
mail-request-erase-copy-subject = Merci d’effacer une copie de données personnelles
mail-request-erase-copy-text = Vous avez reçu de { $address } une copie des données de la personne nommée ci-dessous. Elle les a fait effacer (RGPD, article 19). Merci d’effacer votre copie et celles que vous avez transmises. Si vous la conservez pour un motif qui vous est propre, dites-le à la personne.
mail-request-reminder-subject = Une demande sur des données personnelles arrive à échéance
mail-request-reminder-text = Une demande attend sa réponse : { $kind }. Le délai légal expire le { $due } ({ $days } jours).
mail-request-late-subject = Une demande sur des données personnelles est en retard
mail-request-late-text = Le délai légal d’une demande est dépassé : { $kind }, à répondre avant le { $due }. Répondez maintenant et dites pourquoi c’est tard.
