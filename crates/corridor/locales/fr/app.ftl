# Les pages qui traversent les rubriques.
search-title = Recherche
search-lede = Organisations, sujets et compétences, en français et en anglais ; les petites fautes de frappe sont comprises.
search-found = « { $q } »
search-button = Rechercher
search-competences = Compétences

today-lede = Ce qui vous attend d’abord, puis ce qui a changé.
today-lede-member = Les appels pour lesquels votre organisation est bien placée, puis ce qui a changé.
today-closing = Appels pour lesquels vos adhérents sont bien placés
today-closing-member = Appels pour lesquels vous êtes bien placés
today-closing-help = Sujets ouverts ou à venir, par date de clôture, avec les adhérents qui s’y distinguent et leur rang parmi toutes les organisations de l’annuaire.
today-place = au rang { $place }
today-more-members = { $count ->
    [one] et { $count } autre adhérent
   *[other] et { $count } autres adhérents
}
today-who-fits = Qui peut répondre
today-all-calls = Les { $count } sujets où un adhérent figure parmi les cent premiers
today-browse = Parcourir les appels
today-no-calls = Aucun appel ouvert ou à venir ne se distingue pour vos adhérents.
today-no-calls-member = Aucun appel ouvert ou à venir ne se distingue pour vous.
today-measuring = Le classement se construit ; cette liste se remplira d’elle-même dans un instant.
today-failed = Tâches en échec
today-changes = Ce qui a changé
today-no-changes = Aucun changement enregistré pour l’instant.
change-colon = { " " }:
change-import-import = Import
change-organisation-correct = Fiche corrigée
change-organisation-merge = Fiches fusionnées
change-organisation-undo-merge = Fusion annulée
change-draft-create = Brouillon créé
change-draft-save = Brouillon enregistré
change-draft-restore = Version antérieure d’un brouillon rétablie
change-draft-archive = Brouillon archivé
change-draft-reopen = Brouillon rouvert
change-draft-delete = Brouillon supprimé
change-draft-undelete = Brouillon supprimé rétabli
change-this-draft = l’ouvrir
today-drafts = Consortiums en cours
today-rules-not-met = { $count ->
    [one] { $count } condition d’éligibilité non remplie
   *[other] { $count } conditions d’éligibilité non remplies
}
today-rules-unknown = { $count ->
    [one] { $count } encore inconnue
   *[other] { $count } encore inconnues
}
today-rules-met = Conditions d’éligibilité toutes remplies
today-rules-see = Voir la feuille
today-rules-unread = Compléter la feuille pour que les règles soient lues

## La piste d’audit
rail-trail = Piste d’audit
trail-title = Piste d’audit
trail-lede = Qui a fait quoi, sur quelle fiche, quand, avec l’état avant et après. Rien ne peut y être modifié sans laisser de trace : chaque entrée est scellée avec la précédente.
trail-words = Nom de la fiche
trail-words-hint = Une partie du nom suffit.
trail-what = Ce qui a été fait
trail-everything = Tout
trail-from = Du
trail-to = Au
trail-count = { $count ->
    [0] Aucune entrée
    [one] Une entrée
   *[other] { $count } entrées
} sur cette page, les plus récentes d’abord
trail-differences = { $count ->
    [one] Un champ modifié
   *[other] { $count } champs modifiés
}
trail-field = Champ
trail-before = Avant
trail-after = Après
trail-older = Entrées plus anciennes
trail-none = Aucune entrée ne correspond à ces filtres.
trail-program = Corridor lui-même ou sa ligne de commande
trail-erased-person = Une personne qui n’est pas nommée
trail-no-day = Indiquez un jour du calendrier, par exemple 2026-09-30.
trail-no-id = Ce n’est pas un identifiant ; reprenez-le dans l’adresse de la page.
change-trail-export = Piste d’audit exportée
