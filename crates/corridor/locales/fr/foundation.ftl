# Le cadre de toutes les pages et les éléments dont elles sont faites.

## Cadre
frame-product = Corridor
frame-home = Corridor, page d’accueil
frame-skip = Aller au contenu
frame-nav = Rubriques
frame-more = Plus
frame-acting-for = Vous agissez pour
frame-search-label = Rechercher partout
frame-search-placeholder = Organisation, sujet, compétence…
frame-search-key = Ctrl K
frame-language-switch = Read in English
frame-account = Personne et affichage
frame-theme = Affichage
frame-theme-auto = Comme le système
frame-theme-light = Clair
frame-theme-dark = Sombre
frame-footer-sources = Données : Commission européenne (CORDIS et portail Funding & Tenders, CC BY 4.0, adaptées), Research Organization Registry (CC0), Natural Earth. Chaque fait porte sa source et sa date.

## Rubriques, dans l’ordre de la chaîne
rail-today = Aujourd’hui
rail-directory = Annuaire
rail-map = Carte
rail-calls = Appels
rail-partnering = Mises en relation
rail-consortia = Consortiums
rail-events = Événements
rail-projects = Projets
rail-alliances = Alliances
rail-strategy = Stratégie
rail-bulletin = Lettre d’information
rail-letters = Courriels
rail-people = Personnes
rail-privacy = Vie privée
rail-administration = Administration

## Démonstration
demo-banner-label = Mode démonstration
demo-banner-title = Démonstration.
demo-banner-text = Appels, organisations et projets sont réels et publics ; ici, on choisit un rôle au lieu de se connecter.
demo-you-are = Votre rôle : { $name }
demo-choose = Choisir un rôle
demo-switch = Voir Corridor dans un autre rôle
demo-picker-title = Qui souhaitez-vous être ?
demo-picker-lede = Ceci est une démonstration sur des données publiques réelles. Personne ne se connecte : choisissez un rôle et travaillez à sa place ; vous pourrez en changer à tout moment en haut de la page.
demo-become = Prendre ce rôle

## Verdicts
status-met = Respectée
status-not-met = Non respectée
status-unknown = Information manquante
status-warning = À surveiller
status-not-applicable = Sans objet
verdict-missing = Il manque :
verdict-source = Texte :
verdict-all-met = { $count ->
    [one] La seule règle est respectée
   *[other] Les { $count } règles sont respectées
}
verdict-count-met = { $count ->
    [one] { $count } règle respectée
   *[other] { $count } règles respectées
}
verdict-count-not-met = { $count ->
    [one] { $count } règle non respectée
   *[other] { $count } règles non respectées
}
verdict-count-unknown = { $count ->
    [one] { $count } règle en attente d’information
   *[other] { $count } règles en attente d’information
}

## Formulaires
ui-required = obligatoire
ui-save = Enregistrer
ui-cancel = Annuler
ui-change-nothing = Ne rien changer
ui-undo = Annuler cette action
ui-delete = Supprimer
ui-edit = Modifier
ui-add = Ajouter
ui-close = Fermer
ui-back = Retour
ui-next = Suivant
ui-form-wrong = { $count ->
    [one] Un champ demande votre attention ; tout ce que vous avez saisi est conservé.
   *[other] { $count } champs demandent votre attention ; tout ce que vous avez saisi est conservé.
}

## Listes
ui-filters = Filtres
ui-filters-apply = Afficher
ui-filters-clear = Effacer tous les filtres
ui-filters-active = Filtres actifs
ui-filter-remove = , retirer ce filtre
ui-show-more = { $count ->
    [one] En afficher { $count } de plus
   *[other] En afficher { $count } de plus
}
ui-results = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
}
ui-sort = Trier par
ui-pages = Pages
ui-page-previous = Précédente
ui-page-next = Suivante
ui-page-number = Page { $number }
ui-export = Exporter
ui-breadcrumb = Vous êtes ici
ui-rank = Rang { $number }
ui-score = Score
ui-reasons = Pourquoi
ui-source = Source :
ui-see-all = Tout voir
ui-yes = Oui
ui-no = Non
ui-unknown = Non connu
ui-none = Aucun

## Images et tableaux
ui-picture-table = La même chose en tableau
ui-table-name = Nom
ui-table-organisation = Organisation
ui-table-country = Pays
ui-table-kind = Nature
ui-table-place = Lieu
ui-table-projects = Projets communs
ui-table-year = Année
ui-table-amount = Montant
ui-table-date = Date
ui-table-share = Part
ui-table-status = État
ui-table-actions = Actions
ui-table-score = Score

## Travaux longs
ui-progress-of = ({ $done } sur { $total })
ui-step-done = fait

## Versions
ui-diff-added = ajouté
ui-diff-removed = retiré
ui-version-current = Version actuelle
ui-version-previous = Version précédente

## Pages vides
empty-results = Rien ne correspond. Essayez moins de filtres, ou une autre orthographe : les deux langues et les petites fautes sont comprises.
empty-list = Rien ici pour l’instant.
empty-today = Rien ne vous attend aujourd’hui.

## Erreurs : ce qui s’est passé, ce qui est conservé, ce qu’il faut faire
error-not-found = Cette page n’existe pas
error-not-found-help = L’adresse est peut-être mal saisie, ou la fiche a été fusionnée ou retirée. Rien n’est perdu.
error-sign-in = Dites d’abord qui vous êtes
error-sign-in-help = Cette page dépend de votre rôle. Choisissez-en un, puis revenez.
error-refused = Cette page ne vous est pas ouverte
error-refused-help = Si vous pensez qu’elle devrait l’être, adressez-vous à l’administrateur de votre pôle.
error-input = Cette demande n’a pas pu être traitée
error-input-help = Rien n’a été modifié. Revenez en arrière, corrigez et envoyez de nouveau ; votre navigateur a gardé votre saisie.
error-clash = Quelqu’un a modifié cette fiche entre-temps
error-clash-help = Rien n’a été écrasé. Revenez en arrière, rechargez pour voir la nouvelle version, puis refaites votre modification.
error-over = C’est terminé
error-over-help = Rien n’a changé. Recommencez depuis le début.
error-too-often = Trop de tentatives
error-too-often-help = Rien n’est perdu, rien n’a été vérifié. Patientez un peu, puis réessayez.
error-too-often-seconds = { $count ->
    [one] Réessayez dans { $count } seconde.
   *[other] Réessayez dans { $count } secondes.
}
error-unexpected = Une erreur s’est produite de notre côté
error-unexpected-help = Ce que vous aviez enregistré est conservé. Réessayez dans un instant ; si cela se reproduit, dites à l’administrateur ce que vous faisiez et à quelle heure.
error-back-home = Aller à l’accueil
error-choose-person = Choisir qui vous êtes

## Unités
unit-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
unit-projects = { $count ->
    [one] { $count } projet
   *[other] { $count } projets
}
unit-organisations = { $count ->
    [one] { $count } organisation
   *[other] { $count } organisations
}
unit-members = { $count ->
    [one] { $count } membre
   *[other] { $count } membres
}
unit-partners = { $count ->
    [one] { $count } partenaire
   *[other] { $count } partenaires
}
unit-countries = { $count ->
    [one] { $count } pays
   *[other] { $count } pays
}
closing-in-days = { $count ->
    [0] ferme aujourd’hui
    [1] ferme demain
   *[other] ferme dans { $count } jours
}
