calls-title = Appels à projets
calls-lede = { $count ->
    [one] Un sujet d’appel européen, avec son texte, ses dates et ses montants.
   *[other] { $count } sujets d’appels européens, avec leurs textes, leurs dates et leurs montants.
}
calls-topic = Sujet
calls-words = Mots
calls-words-hint = En français ou en anglais ; les fautes de frappe sont comprises.
calls-count = { $count ->
    [0] Aucun sujet
    [one] { $shown } sujet
   *[other] { $shown } sujets
}
calls-empty = Aucun sujet ne répond. Retirez un filtre, ou dites-le autrement : les deux langues sont comprises.
calls-none-imported = Aucun appel n’a encore été importé. Un administrateur les importe avec « corridor import calls ».
calls-all = Tous les sujets
calls-to-partners = Des partenaires pour une idée
calls-sort-fitting = Meilleure réponse
calls-sort-closing = Date de clôture
calls-sort-budget = Montant par projet
calls-sort-changed = Dernière modification
calls-sort-apply = Trier
calls-ics = Dates pour votre agenda
calls-atom = Flux Atom
calls-calendar-name = Corridor : dates des appels à projets
calls-feed-title = Corridor : appels à projets
calls-others = Autres appels, programmes et fonds du réseau
calls-others-lede = Connus par des documents de 2007 à 2021 ; ils n’ont pas de sujets ici et sont clos ou d’une autre nature.

## Groups of filters
calls-facet-state = État
calls-facet-closing = Clôture
calls-facet-theme = Thème
calls-facet-programme = Programme
calls-facet-action = Type d’action
calls-facet-instrument = Règles connues de Corridor
calls-facet-budget = Montant par projet
calls-closing-any = À toute date
calls-closing-within = D’ici { $days } jours
calls-state = État
calls-state-open = Ouvert
calls-state-forthcoming = À venir
calls-state-closed = Clos
calls-state-unsure = Prochaine date inconnue
calls-state-note-open = on peut déposer
calls-state-note-forthcoming = pas encore ouvert à la date des données
calls-state-note-closed = la dernière date est passée
calls-state-note-unsure = voir le portail
calls-budget-0-1 = jusqu’à 1 M€
calls-budget-1-3 = de 1 à 3 M€
calls-budget-3-5 = de 3 à 5 M€
calls-budget-5-10 = de 5 à 10 M€
calls-budget-10- = plus de 10 M€
calls-theme-cl1 = Santé
calls-theme-cl2 = Culture, créativité et société inclusive
calls-theme-cl3 = Sécurité civile
calls-theme-cl4 = Numérique, industrie et espace
calls-theme-cl5 = Climat, énergie et mobilité
calls-theme-cl6 = Alimentation, bioéconomie, environnement
calls-theme-miss = Missions de l’UE
calls-theme-ju = Entreprises communes
calls-theme-widera = Élargissement et EER
calls-theme-infra = Infrastructures de recherche
calls-theme-msca = Actions Marie Skłodowska-Curie
calls-theme-eic = Conseil européen de l’innovation
calls-theme-eie = Écosystèmes européens d’innovation
calls-action-ria = Action de recherche et d’innovation
calls-action-ia = Action d’innovation
calls-action-csa = Action de coordination et de soutien
calls-action-grant = Subvention
calls-action-prize = Prix
calls-action-edf-da = Action de développement (défense)
calls-action-edf-ra = Action de recherche (défense)
calls-action-cofund = Cofinancement de programme
calls-action-cef-infra = Projet d’infrastructure
calls-action-horizon-pcp = Achat public avant commercialisation
calls-action-ppi = Achat public d’innovation
calls-action-msca = Action MSCA
calls-action-msca-se = Échanges de personnel MSCA
calls-action-euba = Action d’une agence de l’UE
calls-action-horizon-eic-equ = Fonds propres de l’EIC
calls-action-pppa = Projet pilote
calls-instrument-horizon-europe-ria = Horizon Europe RIA
calls-instrument-horizon-europe-ia = Horizon Europe IA
calls-instrument-horizon-europe-csa = Horizon Europe CSA
calls-instrument-ihi-two-stage = IHI en deux étapes

## A topic
calls-facts = En bref
calls-who-fits = Qui convient ?
calls-portal = Sur le portail de l’UE
calls-no-date = pas de date publiée
calls-closes-on = clôture le
calls-two-stage = deux étapes
calls-grants = { $count ->
    [one] un projet financé
   *[other] { $count } projets financés
}
calls-budget = Montant par projet
calls-grants-expected = Projets attendus
calls-closed-since = { $count ->
    [one] clos depuis hier
   *[other] clos depuis { $count } jours
}
calls-unsure = Ce sujet a plusieurs relèves et la prochaine n’est pas dans les données. Sa page sur le portail la donne.
calls-second-stage-unknown = Les données ne donnent que la date de la première étape ; les équipes retenues apprennent celle de la seconde par le portail.
calls-strip = Ouverture, relèves et clôture
calls-date = Étape
calls-date-opening = Ouverture
calls-date-deadline = Clôture
calls-date-cut-off = Relève
calls-date-stage-1 = Première étape
calls-date-stage-2 = Seconde étape
calls-model-single-stage = Une étape
calls-model-two-stage = Deux étapes
calls-model-multiple-cut-off = Plusieurs relèves
calls-model-unknown = Non publié
calls-text = Ce qui est demandé
calls-text-english = Texte publié, en anglais.
calls-no-text = Aucun texte publié : la source donne ce sujet sans sa description. Sa page sur le portail la contient.
calls-conditions = Conditions
calls-section-outcome = Résultats attendus
calls-section-scope = Périmètre
calls-section-impact = Effets attendus
calls-section-objective = Objectif
calls-section-challenge = Défi visé
calls-section-conditions = Conditions
calls-similar = Sujets proches
calls-partners = Qui convient
calls-concepts = De quoi il s’agit
calls-concepts-note = Repéré par Corridor dans les mots du sujet.
calls-past-projects = Projets passés proches
calls-past-projects-see = Voir les projets passés
calls-take-along = À emporter
calls-no-instrument = pas encore pour ce type d’action

## Versions
calls-version = Version
calls-version-number = Version { $number }
calls-version-seen = vue le
calls-versions-title = Versions
calls-versions-all = Toutes les versions
calls-versions-one = Une seule version de ce sujet a été vue : rien n’a changé depuis son premier import.
calls-versions-same = Rien de ce qui est affiché n’a changé entre ces versions.
calls-versions-compare = Ce qui a changé de la version { $from } à la version { $to }
calls-versions-fields = Éléments modifiés
calls-versions-field = Élément
calls-versions-note = Une version est gardée chaque fois qu’un import apporte un autre contenu.
calls-field-title = Titre
calls-field-deadlines = Dates
calls-field-opens-on = Ouverture
calls-field-deadline-model = Étapes
calls-field-budget-min = Minimum par projet
calls-field-budget-max = Maximum par projet
calls-field-grants = Projets attendus
calls-field-action = Type d’action
calls-field-status = État selon la source
calls-field-programme = Programme
calls-field-theme = Thème
calls-field-call = Appel
calls-field-call-title = Titre de l’appel
calls-field-keywords = Mots-clés
calls-field-url = Adresse sur le portail
calls-field-description = Texte
calls-field-conditions = Conditions

## Calls without topics
calls-other-note = Connu par un document et non par le portail : il n’y a pas de sujets ici.
calls-kind-call = Appel à projets
calls-kind-programme = Programme
calls-kind-commitment = Engagement
calls-kind-call-for-expressions-of-interest = Appel à manifestation d’intérêt
calls-kind-grand-challenge = Grand défi
calls-kind-accelerator = Accélérateur
calls-kind-fund = Fonds
calls-kind-cohort-programme = Programme de promotion
calls-kind-public-private-partnership = Partenariat public-privé
calls-kind-policy = Politique publique
calls-kind-contract = Contrat
calls-phases = Comment se constitue un consortium
calls-phase-allowed = Qui peut participer
calls-phase-added = Qui rejoint
calls-phase-excluded = Pas avant la phase suivante
calls-parties = Parties prenantes
calls-party-role = Rôle
calls-unnamed = Organisation sans nom
calls-topics-of-call = Sujets de cet appel
calls-starts = Du
calls-ends = Au
calls-fact-original = Nom d’origine
calls-fact-themes = Thèmes
calls-fact-subject = Objet
calls-fact-status = État
calls-fact-date-note = À propos de la date
calls-fact-competitive = Compétitif
calls-fact-duration-years = Années
calls-fact-funds = Finance
calls-fact-funder = Financeur
calls-fact-next-steps = Suites
calls-fact-inferred = Non dit explicitement
calls-fact-award-value = Montant attribué
calls-fact-award-unit = Unité du montant
calls-fact-audience = Public
calls-fact-participants = Participants
calls-fact-content = Contenu
calls-fact-places = Places
calls-fact-aim = But
calls-fact-use = Usage
calls-fact-plan = Plan
calls-fact-contract = Contrat
calls-fact-duration-note = À propos de la durée
calls-fact-labelled-integrators = Intégrateurs labellisés
calls-fact-public-value = Argent public
calls-fact-public-unit = Unité de l’argent public
calls-fact-total-value = Total
calls-fact-total-unit = Unité du total
calls-fact-total-qualifier = Précision du total
