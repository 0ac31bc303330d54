# The directory: organisations, competences, facilities, the map.

## Kinds
kind-sme = PME
kind-mid-cap = ETI
kind-large-company = Grande entreprise
kind-company = Entreprise (taille inconnue)
kind-university = Université ou grande école
kind-research-organisation = Organisme de recherche
kind-hospital = Hôpital
kind-patient-organisation = Association de patients
kind-public-authority = Collectivité ou autorité publique
kind-cluster = Pôle
kind-association = Association ou réseau
kind-foundation = Fondation
kind-fund = Fonds d’investissement
kind-facility = Plateforme
kind-media = Média
kind-other = Autre ou inconnu

## Colleges
college-industrial = Industriels
college-foundation = Fondations
college-companies = Entreprises
college-large-companies = Grandes entreprises
college-smes = PME
college-research = Recherche et formation
college-care = Santé et soins
college-local-authorities = Collectivités
college-patients = Patients
college-investors = Investisseurs

## Roles in past projects
participation-coordinator = Coordinateur
participation-participant = Participant
participation-partner = Partenaire
participation-beneficiary = Bénéficiaire
participation-thirdparty = Tiers lié
participation-associatedpartner = Partenaire associé

## Identifiers
identifier-pic = PIC
identifier-ror = ROR
identifier-siren = SIREN
identifier-siret = SIRET
identifier-vat = N° de TVA
identifier-wikidata = Wikidata
identifier-isni = ISNI
identifier-fundref = Identifiant de financeur
identifier-grid = GRID
identifier-world = Réseau de démonstration

## Competences
competence-declared = déclarée
competence-vouched = attestée
competence-derived = d’après les projets

## Fields of facts
field-name = Nom
field-short-name = Sigle
field-kind = Nature
field-sme = PME
field-country = Pays
field-region = Région
field-city = Ville
field-postcode = Code postal
field-address = Adresse
field-place = Lieu
field-lat = Latitude
field-lon = Longitude
field-point = Coordonnées
field-website = Site web
field-website-2008 = Site web en 2008
field-description = Description
field-role = Rôle
field-rank = Rang
field-world-rank = Rang mondial
field-floor-area = Surface bâtie
field-site-area = Surface du site
field-land-reserve = Réserve foncière
field-beds = Lits
field-researchers = Chercheurs
field-teams = Équipes
field-people = Personnes
field-companies = Entreprises
field-companies-in-sector = Entreprises du secteur
field-members = Membres
field-partners = Partenaires
field-platforms = Plateformes
field-turnover = Chiffre d’affaires
field-total-investment = Investissement total
field-public-contribution = Contribution publique
field-patients-per-year = Patients par an
field-clinical-studies = Essais cliniques
field-patent-filings = Dépôts de brevets
field-created = Création
field-established = Année de création
field-status = Statut
field-clusters = Pôles
field-regions = Régions
field-label = Label
field-result = Résultat
field-programme = Programme
field-exports = Exportations
field-academic-laboratories = Laboratoires académiques
field-infectious-disease-units = Unités de maladies infectieuses
field-young-innovative-companies = Jeunes entreprises innovantes
field-project-count = Projets
field-purpose = Vocation
field-mission = Mission
field-position = Coordonnées
field-tax-number = N° de TVA
field-nature = Nature
field-call = Appel à projets
field-member = Membre
field-jobs-direct-and-associated = Emplois directs et associés
field-labelled-integrators = Intégrateurs labellisés
field-first-cohort = Première promotion
field-share-of-public-cancer-research = Part de la recherche publique sur le cancer
field-clinical-steps = Étapes cliniques
field-preclinical-steps = Étapes précliniques
field-major-advances = Avancées majeures
field-proofs-of-concept = Preuves de concept
field-association-relays = Relais associatifs
field-cluster-relays = Pôles relais
field-prefectures = Préfectures
field-campus-biotech-digital-contribution = Contribution à Campus Biotech Digital
field-central-nervous-system-products-in-development = Produits en développement pour le système nerveux central
field-grant-pia4 = Subvention PIA4
field-earlier-issue = Numéro antérieur

## Qualifiers
qualifier-about = environ
qualifier-at-least = au moins
qualifier-at-most = au plus
qualifier-more-than = plus de
qualifier-less-than = moins de
qualifier-nearly = près de
qualifier-up-to = jusqu’à
qualifier-over = plus de
qualifier-estimate = estimation
qualifier-planned = prévu

## Done
done-saved = Votre correction est enregistrée.
done-merged = Les deux fiches n’en font plus qu’une. Vous pouvez encore les séparer depuis cette page.
done-taken-apart = Les deux fiches sont de nouveau séparées, telles qu’avant.

## List
directory-title = Organisations
directory-heading = Annuaire
directory-lede = Entreprises, laboratoires, hôpitaux, pôles et acteurs publics : ce qu’ils ont fait, et d’où vient chaque information.
directory-search = Nom, lieu, compétence, identifiant
directory-search-hint = En français ou en anglais ; accents et petites fautes de frappe sont sans importance.
directory-results = Organisations trouvées
directory-on-the-map = Sur la carte
directory-as-list = En liste
directory-as-json = Cette fiche en JSON
directory-building = L’index de l’annuaire est en construction. Cette page sera complète dans un instant.
directory-approximate = Peu de fiches contiennent exactement « { $words } » : les orthographes voisines et les réponses partielles sont aussi affichées.
directory-empty = Aucune organisation ne répond à ces mots et à ces filtres.
directory-nameless = Les données publiques ne donnent pas le nom de cette organisation, seulement son identifiant, son pays et ses projets.
directory-unnamed-show = Les afficher
directory-show-unnamed = Aussi les organisations sans nom
directory-no-projects = Aucun projet connu
directory-with-projects = Avec des projets connus
directory-derived-short = déduite de la région
directory-filter-kind = Nature
directory-filter-country = Pays
directory-filter-region = Région
directory-filter-city = Ville
directory-filter-cluster = Pôle
directory-filter-college = Collège
directory-filter-concept = Compétence
directory-filter-projects = Projets
directory-filter-more = Fiches sans nom
directory-sort-relevance = pertinence
directory-sort-projects = projets
directory-sort-name = nom
directory-competence = Compétence
directory-competences = Compétences
directory-facilities = Plateformes
directory-duplicates = Doublons possibles

## Map
directory-map-heading = Carte
directory-map-lede = Où sont les organisations, et quels territoires travaillent ensemble.
directory-map-picture = Organisations par lieu
directory-map-precision = Un point représente une ville : beaucoup d’adresses ne sont connues qu’à la ville près, et une ville qui a un homonyme dans son pays peut être mal placée. Les lignes relient des lieux dont les organisations ont participé aux mêmes projets.
directory-map-lines = Projets communs entre lieux
directory-map-between = Lieux
directory-map-no-lines = Aucun projet commun connu entre ces lieux.
directory-map-countries = Par pays

## Organisation
directory-about = À propos
directory-identity = En bref
directory-address = Adresse
directory-city-only = Le point sur la carte est celui de la ville.
directory-no-identifier = Aucun identifiant de registre connu.
directory-part-of = Fait partie de
directory-parts = Ses composantes
directory-names = Autres noms
directory-memberships = Adhésions
directory-memberships-none = Aucune adhésion à un pôle n’est connue.
directory-derived = Déduite de la région pour la démonstration : aucune source n’atteste cette adhésion.
directory-since = depuis le
directory-until = jusqu’au
directory-projects = Projets
directory-project = Projet
directory-projects-none = Aucun projet connu.
directory-partners = Partenaires
directory-partners-none = Aucun partenaire dans un projet connu.
directory-as-coordinator = Comme coordinateur
directory-as-partner = Comme partenaire
directory-contribution = Contribution européenne reçue
directory-participants = Participants
directory-role = Rôle
directory-when = Années
directory-timeline = Projets par année de début
directory-network = Avec qui elle travaille
directory-network-note = Les 24 partenaires les plus proches ; la taille indique le nombre de projets communs.
directory-competences-derived = Les compétences « d’après les projets » sont lues par Corridor dans les textes des projets passés ; le chiffre ouvre les projets qui les montrent.
directory-competences-none = Aucune compétence connue pour l’instant.
directory-competences-add = Ajouter les premières
directory-basis = Fondement
directory-evidence = Preuves
directory-own-words = dans ses propres termes
directory-vouched-by = attestée par { $cluster }
directory-is-facility = Cette organisation est une plateforme
directory-operated-by = Exploitée par
directory-facilities-lede = Les plateformes et infrastructures ouvertes à d’autres, avec les chiffres que donnent les sources.
directory-facilities-none = Aucune plateforme connue pour l’instant. Importez le réseau de démonstration, ou une liste de membres avec leurs plateformes.
directory-provenance = D’où vient chaque information
directory-provenance-lede = Tout ce que les sources disent de cette organisation, y compris quand elles se contredisent.
directory-provenance-none = Aucune déclaration enregistrée.
directory-fact = Information
directory-value = Valeur
directory-source = Source
directory-licence = Licence
directory-inferred = déduit
directory-quoted = « { $text } »
directory-contribution-short = Contribution
directory-note = note
directory-merged = Fiches fusionnées
directory-take-apart = Séparer de nouveau

## Past project
directory-past-project = Projet passé
directory-objective = Objectif
directory-no-objective = Les données publiques ne contiennent pas de description de ce projet.
directory-framework = Programme-cadre
directory-grant = Convention
directory-scheme = Type d’action
directory-part = Volet
directory-topic = Sujet
directory-starts = Début
directory-ends = Fin
directory-cost = Coût total
directory-eu-contribution = Contribution européenne
directory-concepts-from-text = Lues par Corridor dans les textes du projet.

## Concepts
directory-concepts-none = Aucune compétence pour l’instant : importez les données de référence.
directory-concept-labels = Autres libellés
directory-concept-also = Aussi :
directory-concept-narrower = Plus précisément
directory-concept-nobody = Aucune organisation ne montre encore cette compétence.

## Correcting
directory-correct = Corriger
directory-correct-heading = Corriger { $name }
directory-correct-lede = Ce que vous écrivez est conservé comme votre déclaration, avec la date ; ce que disent les sources reste à côté.
directory-field-name = Nom
directory-field-short-name = Sigle
directory-field-kind = Nature
directory-field-country = Pays
directory-field-city = Ville
directory-field-website = Site web
directory-field-description = Description
directory-website-hint = Par exemple www.exemple.fr
directory-competences-declared = Compétences que l’organisation déclare
directory-competences-vouched = Compétences que votre pôle atteste
directory-competences-hint = Décochez pour en retirer une. Les nouvelles en français ou en anglais ; ce qui n’est pas une compétence connue est conservé dans vos propres termes.
directory-competence-add = Nouvelle compétence { $number }
directory-problem-name-empty = Un nom ne peut pas être supprimé, seulement remplacé.
directory-problem-too-long = Ce texte est trop long.
directory-problem-kind = Choisissez une nature dans la liste.
directory-problem-website = Ce n’est pas une adresse web ; écrivez par exemple www.exemple.fr.
directory-problem-concept = Cette compétence est inconnue ; choisissez-en une parmi les suggestions.
directory-clash-title = Quelqu’un d’autre a modifié cette fiche entre-temps.
directory-clash = Rien de votre saisie n’a encore été enregistré. Comparez les deux versions ci-dessous ; enregistrer maintenant conserve la vôtre.
directory-yours = La vôtre
directory-theirs = Version actuelle

## Merging
directory-duplicates-lede = Des fiches d’un même pays que les noms et les identifiants rendent susceptibles de désigner une même organisation, les plus vraisemblables d’abord ; à qui les connaît de décider.
directory-duplicates-looking = La recherche de doublons dans l’annuaire est en cours. Ils seront ici dans un instant.
directory-duplicates-none = Aucune paire de fiches ne semble désigner une même organisation.
directory-certainty-certain = certain d’après les données
directory-certainty-likely = vraisemblable
directory-compare = Comparer
directory-duplicate-same-name = même nom
directory-duplicate-similar-name = nom proche
directory-duplicate-same-identifier = même identifiant
directory-duplicate-same-name-other-identifier = même nom, mais deux numéros dans un même registre
directory-duplicate-country-unknown = pays inconnu pour l’une
directory-duplicate-same-city = même ville
directory-duplicate-other-city = ville différente
directory-duplicate-same-short-name = même sigle
directory-merge = Fusionner
directory-merge-heading = Réunir deux fiches en une
directory-merge-lede = Rien n’est enregistré avant votre accord, et tout peut être annulé.
directory-merge-kept = Fiche conservée
directory-merge-other = Fiche fusionnée
directory-merge-what = Ce qui va se passer
directory-merge-disagree = Les deux fiches divergent ici ; la valeur de la fiche conservée est affichée, l’autre reste parmi ses déclarations.
directory-merge-stays = Affiché
directory-merge-behind = Conservé comme déclaration
directory-merge-united = Dans les deux, réunis
directory-merge-after = Après
directory-merge-undo = L’adresse de la fiche fusionnée mènera à celle qui est conservée. Le bouton d’annulation se trouve sur sa page.
directory-merge-do = Fusionner dans { $name }
directory-merge-swap = Conserver l’autre
directory-merge-same = Une fiche ne peut pas être fusionnée avec elle-même.
directory-merge-missing = L’une des deux fiches n’existe pas.
directory-merge-already = L’une des deux fiches a déjà été fusionnée.
directory-merge-two-clusters = Les deux fiches sont des pôles de cette instance : leurs membres seraient mélangés.
directory-rows-organisation-identifiers = Identifiants
directory-rows-organisation-names = Noms
directory-rows-organisation-statements = Déclarations des sources
directory-rows-organisation-competences = Compétences
directory-rows-organisation-declarations = Déclarations libres
directory-rows-memberships = Adhésions
directory-rows-cluster-organisations = Pôle
directory-rows-facilities = Plateformes
directory-rows-participations = Participations à des projets

## Groups of the network's legend
directory-group-companies = Entreprises
directory-group-universities = Universités
directory-group-research = Organismes de recherche
directory-group-care = Hôpitaux et patients
directory-group-public = Acteurs publics
directory-group-others = Autres

## Counts
directory-count = { $count ->
    [0] Aucune organisation
    [one] { $count } organisation
   *[other] { $count } organisations
}
directory-joint-count = { $count ->
    [one] { $count } projet commun
   *[other] { $count } projets communs
}
directory-project-count = { $count ->
    [one] { $count } projet
   *[other] { $count } projets
}
directory-projects-stated = { $count ->
    [one] la source en compte { $count }
   *[other] la source en compte { $count }
}
directory-unnamed-hidden = { $count ->
    [one] { $count } autre organisation, sans nom, est masquée.
   *[other] { $count } autres organisations, sans nom, sont masquées.
}
directory-map-places = { $count ->
    [one] { $count } lieu
   *[other] { $count } lieux
}
directory-map-unplaced = { $count ->
    [one] { $count } sans lieu connu
   *[other] { $count } sans lieu connu
}
directory-map-drawn = { $count ->
    [one] { $count } lieu représenté
   *[other] { $count } lieux représentés, les plus importants d’abord
}
directory-competences-rest = { $count ->
    [one] et { $count } autre, en JSON
   *[other] et { $count } autres, en JSON
}
directory-partners-rest = { $count ->
    [one] et { $count } autre partenaire
   *[other] et { $count } autres partenaires
}
directory-participants-rest = { $count ->
    [one] La source compte { $count } participant de plus, absent des données.
   *[other] La source compte { $count } participants de plus, absents des données.
}
directory-provenance-count = { $count ->
    [one] { $count } déclaration
   *[other] { $count } déclarations
}
directory-concepts-lede = { $count ->
    [one] { $count } concept d’EuroSciVoc, en français et en anglais ; les chiffres comptent les organisations qui le montrent.
   *[other] { $count } concepts d’EuroSciVoc, en français et en anglais ; les chiffres comptent les organisations qui les montrent.
}
directory-duplicates-count = { $count ->
    [0] Aucune paire
    [one] { $count } paire
   *[other] { $count } paires
}

# Chiffres que donnent les sources, avec leur unité.
stated-unit-members = { $figure } { $count ->
    [one] adhérent
   *[other] adhérents
}
stated-unit-prefectures = { $figure } { $count ->
    [one] préfecture
   *[other] préfectures
}
stated-unit-clusters = { $figure } { $count ->
    [one] pôle
   *[other] pôles
}
stated-unit-partners = { $figure } { $count ->
    [one] partenaire
   *[other] partenaires
}
stated-unit-regions = { $figure } { $count ->
    [one] région
   *[other] régions
}
stated-unit-associations = { $figure } { $count ->
    [one] association
   *[other] associations
}
stated-unit-laboratories = { $figure } { $count ->
    [one] laboratoire
   *[other] laboratoires
}
stated-unit-companies = { $figure } { $count ->
    [one] entreprise
   *[other] entreprises
}
stated-unit-shared-platforms-and-infrastructures = { $figure } { $count ->
    [one] plateforme ou infrastructure partagée
   *[other] plateformes et infrastructures partagées
}
stated-unit-m2 = { $figure } m²
stated-unit-m2-of-offices-and-laboratories = { $figure } m² de bureaux et de laboratoires
stated-unit-m2-that-can-still-be-built = { $figure } m² encore constructibles
stated-unit-hectares = { $figure } { $count ->
    [one] hectare
   *[other] hectares
}
stated-unit-people = { $figure } { $count ->
    [one] personne
   *[other] personnes
}
stated-unit-jobs = { $figure } { $count ->
    [one] emploi
   *[other] emplois
}
stated-unit-industrial-integrators = { $figure } { $count ->
    [one] intégrateur industriel
   *[other] intégrateurs industriels
}
stated-unit-sme-leaders = { $figure } { $count ->
    [one] dirigeant ou dirigeante de PME
   *[other] dirigeants et dirigeantes de PME
}
stated-unit-units = { $figure } { $count ->
    [one] unité
   *[other] unités
}
stated-unit-researchers-post-doctoral-and-doctoral-staff = { $figure } { $count ->
    [one] chercheur, post-doctorant ou doctorant
   *[other] chercheurs, post-doctorants et doctorants
}
stated-unit-teams = { $figure } { $count ->
    [one] équipe
   *[other] équipes
}
stated-unit-patients-per-year = { $figure } { $count ->
    [one] patient par an
   *[other] patients par an
}
stated-unit-beds = { $figure } { $count ->
    [one] lit
   *[other] lits
}
stated-unit-studies = { $figure } { $count ->
    [one] étude
   *[other] études
}
stated-unit-companies-with-jei-status = { $figure } { $count ->
    [one] jeune entreprise innovante (JEI)
   *[other] jeunes entreprises innovantes (JEI)
}
stated-unit-patent-filings = { $figure } { $count ->
    [one] dépôt de brevet
   *[other] dépôts de brevets
}
stated-unit-new-proofs-of-concept = { $figure } { $count ->
    [one] nouvelle preuve de concept
   *[other] nouvelles preuves de concept
}
stated-unit-preclinical-steps = { $figure } { $count ->
    [one] étape préclinique
   *[other] étapes précliniques
}
stated-unit-clinical-steps = { $figure } { $count ->
    [one] étape clinique
   *[other] étapes cliniques
}
stated-unit-major-scientific-advances = { $figure } { $count ->
    [one] avancée scientifique majeure
   *[other] avancées scientifiques majeures
}
stated-unit-products = { $figure } { $count ->
    [one] produit
   *[other] produits
}
stated-unit-million-eur = { $figure } M€
stated-unit-billion-eur = { $figure } Md€
stated-unit-percent = { $figure } %
stated-unit-rank = { $figure }e rang
stated-unit-issue-number = n° { $figure }
