# Administrer une instance et ses pôles.
clusters-title = Pôles
clusters-lede = Les pôles de cette instance. Chacun garde pour lui ses personnes, ses adhérents et ses brouillons ; les organisations sont des faits partagés.
clusters-none = Il n’y a pas encore de pôle.
cluster-new = Nouveau pôle
cluster-new-lede = Il commence vide. Invitez ensuite son administrateur depuis la page Personnes.
cluster-make = Créer le pôle
cluster-settings = Réglages du pôle
cluster-settings-lede = Le nom de { $cluster }, l’aspect de ses pages, son fuseau horaire et sa langue de travail. Ils valent pour toutes ses personnes dès la page suivante.
cluster-name = Nom
cluster-short-name = Nom court
cluster-short-name-help = Affiché en haut de chaque page. Laissez vide pour afficher le nom.
cluster-slug = Mot dans les adresses
cluster-slug-help = Minuscules sans accent, chiffres et traits d’union, par exemple « medicen ». Il ne pourra plus changer.
cluster-accent = Couleur d’accent
cluster-accent-help = Six chiffres hexadécimaux, par exemple #0a5f70. Les liens et les boutons la prennent ; là où elle se lirait mal, la nuance lisible la plus proche la remplace.
cluster-accent-moved = { $chosen } se lirait mal ici : la nuance la plus proche qui se lit bien la remplace.
cluster-preview = Aperçu
cluster-preview-link = Un lien
cluster-preview-words = et du texte
cluster-time-zone = Fuseau horaire
cluster-time-zone-help = Tapez un lieu, par exemple « Paris ». Toutes les heures des pages et des courriels suivent ce fuseau.
cluster-there = Il y est : { $moment }.
cluster-page-language = Langue des pages
cluster-page-language-help = Pour les lecteurs dont le navigateur ne demande ni le français ni l’anglais. Chacun peut en changer.
cluster-letter-language = Langue des courriels
cluster-letter-language-help = Pour les personnes qui n’ont pas encore de compte. Les autres sont servies dans la langue de leur compte.
cluster-clash-title = Quelqu’un a modifié ces réglages entre-temps
cluster-clash = Rien n’a été écrasé. Voici ce qui diffère ; enregistrer maintenant garde vos valeurs.
cluster-setting = Réglage
cluster-yours = Le vôtre
cluster-theirs = Enregistré entre-temps
cluster-problem-name = Indiquez un nom de 120 caractères au plus, sur une ligne.
cluster-problem-short-name = 24 caractères au plus, sur une ligne.
cluster-problem-accent = Indiquez une couleur en six chiffres hexadécimaux, par exemple #0a5f70.
cluster-problem-time-zone = Choisissez un fuseau de la liste, par exemple Europe/Paris.
cluster-problem-language = Choisissez le français ou l’anglais.
cluster-problem-slug = De deux à quarante minuscules, chiffres et traits d’union, sans trait d’union aux extrémités.
cluster-problem-slug-taken = Un pôle porte déjà ce mot.
done-cluster-made = Le pôle est créé.
account-time-zone = Fuseau horaire
account-time-zone-help = Laissez vide pour lire les heures comme votre pôle ({ $otherwise }).
change-cluster-create = Pôle créé
change-cluster-change = Réglages du pôle modifiés

refused-called-off = Cela a été arrêté.
refused-not-cancellable = Cela ne peut pas être arrêté.

## Une page qui mène à tout
administration-lede = Ce qui demande quelqu’un est signalé ; le reste se fait tout seul.
administration-all-well = Rien ne vous attend ici : tout fonctionne.
administration-program = Corridor { $version } sur { $engine }
administration-of-people = Personnes et pôle
administration-of-instance = L’instance
administration-people = Personnes
administration-people-about = Rôles, invitations, demandes à représenter une organisation.
administration-tokens = Jetons pour programmes
administration-tokens-about = Quels programmes agissent au nom de qui, avec quels droits et jusqu’à quand.
administration-cluster = Réglages du pôle
administration-cluster-about = Nom, couleur d’accent, fuseau horaire, langues.
administration-alliances = Alliances
administration-alliances-about = Les pôles avec lesquels le vôtre partage, et ce qu’il montre par défaut.
administration-members = Import des adhérents
administration-members-about = La liste propre au pôle : vérifiée, essayée à blanc, puis écrite.
administration-clusters = Pôles
administration-clusters-about = Chacun avec ses réglages ; en créer un nouveau.
administration-clusters-count = { $count ->
    [one] Un pôle.
   *[other] { $count } pôles.
}
administration-jobs = Tâches
administration-jobs-about = Ce qui se fait en arrière-plan : en cours, en attente, chaque jour, en échec.
administration-imports = Imports
administration-imports-about = Chaque fichier entré : ce qu’il a changé, ce qui n’y allait pas.
administration-letters = Courriels
administration-letters-about = Ce que l’instance a écrit aux personnes, et si c’est parti.
administration-rules = Règles des instruments
administration-rules-about = Ce que demande chaque instrument : versions, premier jour de chacune, éditeur.
administration-trail = Piste d’audit
administration-trail-about = Qui a fait quoi sur quelle fiche, avant et après.
administration-needs-claims = { $count ->
    [one] Une demande attend votre réponse
   *[other] { $count } demandes attendent votre réponse
}
administration-needs-jobs = { $count ->
    [one] Une tâche a échoué
   *[other] { $count } tâches ont échoué
}
administration-needs-imports = { $count ->
    [one] Un import n’est pas allé à son terme
   *[other] { $count } imports ne sont pas allés à leur terme
}
administration-needs-letters = { $count ->
    [one] Un courriel n’est pas parti
   *[other] { $count } courriels ne sont pas partis
}

## Tâches
jobs-title = Tâches
jobs-lede = Le travail en arrière-plan. Ce qui échoue pour une raison passagère est retenté cinq fois sans intervention.
jobs-what = Tâche
jobs-failed = En échec
jobs-failed-none = Aucune tâche n’a échoué.
jobs-no-reason = Aucune raison n’a été gardée.
jobs-tried = { $count ->
    [one] tentée une fois
   *[other] tentée { $count } fois
}
jobs-retry = Relancer
jobs-retry-all = Relancer les { $count } : { $kind }
jobs-at-work = En cours
jobs-idle = Rien ne tourne, rien n’attend.
jobs-running-since = Depuis le { $moment }
jobs-stopping = Arrêt demandé : elle s’arrête dès que rien n’est à moitié fait
jobs-due = En attente de son tour
jobs-due-since = Due depuis
jobs-last-error = Raison du dernier échec
jobs-cancel = Arrêter
jobs-daily = Chaque jour
jobs-daily-at = À ({ $zone })
jobs-next = Prochaine fois
jobs-next-unknown = Prévue dès qu’un serveur regarde
jobs-later = Prévues plus tard
jobs-cancelled = Arrêtées
jobs-done = Terminées récemment
jobs-ended = Terminée
jobs-attempts = Tentatives
done-job-again = C’est relancé.
done-job-waits-already = Une tâche identique attend déjà : elle fera le travail.
done-job-called-off = L’arrêt est demandé.
change-job-retry = Tâche relancée
change-job-retry-all = Tâches en échec relancées
change-job-cancel = Tâche arrêtée
job-mail-send = Envoyer un courriel
job-build-directory-index = Construire l’index de l’annuaire
job-import-members = Import des adhérents
job-forget-upload = Retirer un fichier déposé et laissé sans suite
job-forget-jobs = Oublier les tâches terminées depuis un mois
job-import-cordis-organisations = CORDIS : organisations
job-import-cordis-projects = CORDIS : projets
job-import-cordis-participations = CORDIS : participations
job-import-ror-entries = Registre ROR des organisations de recherche
job-import-reference-regions = Régions

## Imports
imports-title = Imports
imports-lede = Chaque fichier importé, par le navigateur ou la ligne de commande, le plus récent d’abord.
imports-none = Rien n’a encore été importé.
imports-what = Import
imports-begun = Commencé
imports-who = Par
imports-by = Par { $who }, le { $moment }
imports-cluster = Pôle
imports-rows = Lignes lues
imports-cut-off = La ligne de commande l’a commencé et ne l’a pas terminé. S’il a été coupé, la même commande reprend où il en était.
import-called-off = L’import a été arrêté. Ce qui est écrit reste ; il peut reprendre de là.
import-go-on = Reprendre

job-import-ror-links = Liens vers le registre ROR
job-import-reference-concepts = EuroSciVoc
job-import-world = Réseau des pôles
job-import-calls = Appels
job-import-calls-world = Appels du réseau

## Adresses privées
account-addresses = Adresses privées
account-addresses-help = Sous une telle adresse, un agenda ou un lecteur de flux lit une liste sans se connecter. Quiconque détient l’adresse peut la lire aussi : gardez-la pour vous, et révoquez-la quand le programme ne sert plus.
account-addresses-none = Aucune. Elles se créent sur la page des appels, sous la liste, et sur celle d’un sujet.
address-new = Copiez-la maintenant dans votre programme : elle n’est montrée que cette fois.
address-feed = Ce qu’elle lit
address-end-confirm = Les agendas et lecteurs qui utilisent cette adresse ne recevront plus rien. Elle ne peut pas être rétablie : il faudrait en créer une autre.
address-problem-query = Ce filtre ne peut pas être gardé : choisissez moins de valeurs.
address-problem-many = { $most } adresses privées au plus : révoquez-en une que plus aucun programme n’utilise.
feed-subscribe = S’abonner dans un programme
feed-subscribe-help = Crée une adresse privée que votre agenda ou votre lecteur de flux lit sans se connecter. Elle donne toujours les dates du moment.
feed-calls-ics = Agenda de ces appels
feed-calls-atom = Flux de ces appels
feed-topic-ics = Agenda de ce sujet
done-address-ended = L’adresse ne vaut plus rien.
change-account-make-address = Adresse privée créée
change-account-end-address = Adresse privée révoquée
personal-address = Adresse privée d’un flux

## Jetons d’autres personnes
others-tokens-title = Jetons pour programmes
others-tokens-lede = Tous les programmes qui agissent au nom de quelqu’un dans cette instance, avec leurs droits. Les jetons eux-mêmes ne sont conservés nulle part.
others-tokens-lede-cluster = Tous les programmes qui agissent au nom d’une personne de { $cluster }, avec leurs droits. Les jetons eux-mêmes ne sont conservés nulle part.
others-tokens-words = Personne ou usage
others-tokens-words-hint = Un nom, une adresse, l’usage d’un jeton
others-tokens-any-scope = Indifférent
others-tokens-state = État
others-tokens-any-state = Tous
others-tokens-cluster = Pôle
others-tokens-any-cluster = Tous
others-tokens-owner = Titulaire
others-tokens-made = créé le { $day }
others-tokens-count = { $count ->
    [0] Aucun jeton
    [one] Un jeton
   *[other] { $count } jetons
}
others-tokens-none = Aucun jeton ne correspond.
others-tokens-empty = Aucun programme n’agit au nom d’une personne.
others-tokens-end-confirm = Révoquer ce jeton de { $owner } ? Le programme qui s’en sert sera refusé dès maintenant, et { $owner } en sera averti par courriel.
tokens-state-valid = Valide
tokens-state-unused = Inutilisé depuis { $days } jours
tokens-state-over = Terminé
