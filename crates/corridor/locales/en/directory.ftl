# The directory: organisations, competences, facilities, the map.

## Kinds
kind-sme = SME
kind-mid-cap = Mid-cap company
kind-large-company = Large company
kind-company = Company (size not known)
kind-university = University
kind-research-organisation = Research organisation
kind-hospital = Hospital
kind-patient-organisation = Patient organisation
kind-public-authority = Public authority
kind-cluster = Cluster
kind-association = Association or network
kind-foundation = Foundation
kind-fund = Investment fund
kind-facility = Facility
kind-media = Media
kind-other = Other or not known

## Colleges
college-industrial = Industry
college-foundation = Foundations
college-companies = Companies
college-large-companies = Large companies
college-smes = SMEs
college-research = Research and education
college-care = Care
college-local-authorities = Local authorities
college-patients = Patients
college-investors = Investors

## Roles in past projects
participation-coordinator = Coordinator
participation-participant = Participant
participation-partner = Partner
participation-beneficiary = Beneficiary
participation-thirdparty = Third party
participation-associatedpartner = Associated partner

## Identifiers
identifier-pic = PIC
identifier-ror = ROR
identifier-siren = SIREN
identifier-siret = SIRET
identifier-vat = VAT number
identifier-wikidata = Wikidata
identifier-isni = ISNI
identifier-fundref = Funder ID
identifier-grid = GRID
identifier-world = Demonstration network

## Competences
competence-declared = declared
competence-vouched = vouched for
competence-derived = from projects

## Fields of facts
field-name = Name
field-short-name = Short name
field-kind = Kind
field-sme = SME
field-country = Country
field-region = Region
field-city = City
field-postcode = Postcode
field-address = Address
field-place = Place
field-lat = Latitude
field-lon = Longitude
field-point = Coordinates
field-website = Website
field-website-2008 = Website in 2008
field-description = Description
field-role = Role
field-rank = Rank
field-world-rank = World rank
field-floor-area = Floor area
field-site-area = Site area
field-land-reserve = Land reserve
field-beds = Beds
field-researchers = Researchers
field-teams = Teams
field-people = People
field-companies = Companies
field-companies-in-sector = Companies in the sector
field-members = Members
field-partners = Partners
field-platforms = Platforms
field-turnover = Turnover
field-total-investment = Total investment
field-public-contribution = Public contribution
field-patients-per-year = Patients a year
field-clinical-studies = Clinical studies
field-patent-filings = Patent filings
field-created = Created
field-established = Established
field-status = Status
field-clusters = Clusters
field-regions = Regions
field-label = Label
field-result = Result
field-programme = Programme
field-exports = Exports
field-academic-laboratories = Academic laboratories
field-infectious-disease-units = Infectious-disease units
field-young-innovative-companies = Young innovative companies
field-project-count = Projects
field-purpose = Purpose
field-mission = Mission
field-position = Coordinates
field-tax-number = VAT number
field-nature = Nature
field-call = Call
field-member = Member
field-jobs-direct-and-associated = Direct and associated jobs
field-labelled-integrators = Labelled integrators
field-first-cohort = First cohort
field-share-of-public-cancer-research = Share of public cancer research
field-clinical-steps = Clinical steps
field-preclinical-steps = Preclinical steps
field-major-advances = Major advances
field-proofs-of-concept = Proofs of concept
field-association-relays = Relays among associations
field-cluster-relays = Relays among clusters
field-prefectures = Prefectures
field-campus-biotech-digital-contribution = Contribution to Campus Biotech Digital
field-central-nervous-system-products-in-development = Central-nervous-system products in development
field-grant-pia4 = PIA4 grant
field-earlier-issue = Earlier issue

## Qualifiers
qualifier-about = about
qualifier-at-least = at least
qualifier-at-most = at most
qualifier-more-than = more than
qualifier-less-than = less than
qualifier-nearly = nearly
qualifier-up-to = up to
qualifier-over = over
qualifier-estimate = estimate
qualifier-planned = planned

## Done
done-saved = Your correction is saved.
done-merged = The two records are one. You can take them apart again from this page.
done-taken-apart = The two records are apart again, as they were before.

## List
directory-title = Organisations
directory-heading = Directory
directory-lede = Companies, laboratories, hospitals, clusters and public bodies, with what they have done and where each fact comes from.
directory-search = Name, place, competence, identifier
directory-search-hint = In French or English; accents and small typing errors do not matter.
directory-results = Organisations found
directory-on-the-map = On the map
directory-as-list = As a list
directory-as-json = This record as JSON
directory-building = The index of the directory is being built. This page will be complete in a moment.
directory-approximate = Few records say exactly “{ $words }”: close spellings and partial matches are shown as well.
directory-empty = No organisation matches these words and filters.
directory-nameless = The public data gives no name for this organisation, only its identifier, its country and its projects.
directory-unnamed-show = Show them
directory-show-unnamed = Also those without a name
directory-no-projects = No known project
directory-with-projects = With known projects
directory-derived-short = derived from its region
directory-filter-kind = Kind
directory-filter-country = Country
directory-filter-region = Region
directory-filter-city = City
directory-filter-cluster = Cluster
directory-filter-college = College
directory-filter-concept = Competence
directory-filter-projects = Projects
directory-filter-more = Records without a name
directory-sort-relevance = relevance
directory-sort-projects = projects
directory-sort-name = name
directory-competence = Competence
directory-competences = Competences
directory-facilities = Facilities
directory-duplicates = Possible duplicates

## Map
directory-map-heading = Map
directory-map-lede = Where organisations are, and which places work together.
directory-map-picture = Organisations by place
directory-map-precision = A point stands for a city: many addresses are known to the city only, and a city that shares its name with another of its country may be misplaced. Lines join places whose organisations took part in the same projects.
directory-map-lines = Joint projects between places
directory-map-between = Places
directory-map-no-lines = No joint project between these places is known.
directory-map-countries = By country

## Organisation
directory-about = About
directory-identity = In brief
directory-address = Address
directory-city-only = The point on the map is that of the city.
directory-no-identifier = No identifier in a register is known.
directory-part-of = Part of
directory-parts = Its parts
directory-names = Other names
directory-memberships = Memberships
directory-memberships-none = No membership of a cluster is known.
directory-derived = Derived from the region for this demonstration: no source states this membership.
directory-since = since
directory-until = until
directory-projects = Projects
directory-project = Project
directory-projects-none = No project is known.
directory-partners = Partners
directory-partners-none = No partner in a known project.
directory-as-coordinator = As coordinator
directory-as-partner = As partner
directory-contribution = EU contribution received
directory-participants = Participants
directory-role = Role
directory-when = Years
directory-timeline = Projects by the year they began
directory-network = Who it works with
directory-network-note = The 24 closest partners; the size is the number of joint projects.
directory-competences-derived = Competences “from projects” are read by Corridor in the texts of past projects; the figure opens the projects that show them.
directory-competences-none = No competence is known yet.
directory-competences-add = Add the first ones
directory-basis = Basis
directory-evidence = Evidence
directory-own-words = in its own words
directory-vouched-by = vouched for by { $cluster }
directory-is-facility = This organisation is a facility
directory-operated-by = Operated by
directory-facilities-lede = Platforms and infrastructures that others may use, with the figures that sources state.
directory-facilities-none = No facility is known yet. Import the demonstration network, or a list of members with their facilities.
directory-provenance = Where each fact comes from
directory-provenance-lede = Everything that sources state about this organisation, also where they disagree.
directory-provenance-none = No statement is recorded.
directory-fact = Fact
directory-value = Value
directory-source = Source
directory-licence = Licence
directory-inferred = inferred
directory-quoted = “{ $text }”
directory-contribution-short = EU contribution
directory-note = note
directory-merged = Merged records
directory-take-apart = Take apart again

## Past project
directory-past-project = Past project
directory-objective = Objective
directory-no-objective = The public data holds no description of this project.
directory-framework = Framework
directory-grant = Grant
directory-scheme = Type of action
directory-part = Part
directory-topic = Topic
directory-starts = Began
directory-ends = Ended
directory-cost = Total cost
directory-eu-contribution = EU contribution
directory-concepts-from-text = Read by Corridor in the texts of the project.

## Concepts
directory-concepts-none = No competences yet: import the reference data.
directory-concept-labels = Also called
directory-concept-also = Also:
directory-concept-narrower = Narrower
directory-concept-nobody = No organisation shows this competence yet.

## Correcting
directory-correct = Correct
directory-correct-heading = Correct { $name }
directory-correct-lede = What you write is kept as your statement, with the date; what the sources say stays beside it.
directory-field-name = Name
directory-field-short-name = Short name
directory-field-kind = Kind
directory-field-country = Country
directory-field-city = City
directory-field-website = Website
directory-field-description = Description
directory-website-hint = For example www.example.org
directory-competences-declared = Competences that the organisation declares
directory-competences-vouched = Competences that your cluster vouches for
directory-competences-hint = Untick to take one away. New ones in French or English; what is no known competence is kept in your own words.
directory-competence-add = New competence { $number }
directory-problem-name-empty = A name cannot be taken away, only replaced.
directory-problem-too-long = This text is too long.
directory-problem-kind = Choose a kind from the list.
directory-problem-website = This is no web address; write for example www.example.org.
directory-problem-concept = This competence is not known; choose one from the suggestions.
directory-clash-title = Somebody else changed this record in between.
directory-clash = Nothing of yours was written yet. Compare the two versions below; saving now writes yours.
directory-yours = Yours
directory-theirs = As it is now

## Merging
directory-duplicates-lede = Records of one country that names and identifiers make likely to be one organisation, the likeliest first; whoever knows both decides.
directory-duplicates-looking = The directory is being looked through for duplicates. They will be here in a moment.
directory-duplicates-none = No two records look like one organisation.
directory-certainty-certain = certain by the data
directory-certainty-likely = likely
directory-compare = Compare
directory-duplicate-same-name = same name
directory-duplicate-similar-name = similar name
directory-duplicate-same-identifier = same identifier
directory-duplicate-same-name-other-identifier = same name, but two numbers in one register
directory-duplicate-country-unknown = country of one not known
directory-duplicate-same-city = same city
directory-duplicate-other-city = another city
directory-duplicate-same-short-name = same short name
directory-merge = Merge
directory-merge-heading = Make one record of two
directory-merge-lede = Nothing is written until you say so, and it can be undone.
directory-merge-kept = Record kept
directory-merge-other = Record merged into it
directory-merge-what = What will happen
directory-merge-disagree = The two records disagree here; the value of the record kept is shown, the other stays among its statements.
directory-merge-stays = Shown
directory-merge-behind = Kept as a statement
directory-merge-united = In both, made one
directory-merge-after = Afterwards
directory-merge-undo = The address of the merged record will lead to the one kept. The undo button stands on its page.
directory-merge-do = Merge into { $name }
directory-merge-swap = Keep the other one
directory-merge-same = A record cannot be merged with itself.
directory-merge-missing = One of the two records does not exist.
directory-merge-already = One of the two records was merged already.
directory-merge-two-clusters = Both records are clusters of this instance: their members would be mixed up.
directory-rows-organisation-identifiers = Identifiers
directory-rows-organisation-names = Names
directory-rows-organisation-statements = Statements of sources
directory-rows-organisation-competences = Competences
directory-rows-organisation-declarations = Declarations in own words
directory-rows-memberships = Memberships
directory-rows-cluster-organisations = Cluster
directory-rows-facilities = Facilities
directory-rows-participations = Participations in projects

## Groups of the network's legend
directory-group-companies = Companies
directory-group-universities = Universities
directory-group-research = Research organisations
directory-group-care = Hospitals and patients
directory-group-public = Public authorities
directory-group-others = Others

## Counts
directory-count = { $count ->
    [0] No organisation
    [one] { $count } organisation
   *[other] { $count } organisations
}
directory-joint-count = { $count ->
    [one] { $count } joint project
   *[other] { $count } joint projects
}
directory-project-count = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
directory-projects-stated = { $count ->
    [one] the source counts { $count }
   *[other] the source counts { $count }
}
directory-unnamed-hidden = { $count ->
    [one] { $count } more organisation without a name is hidden.
   *[other] { $count } more organisations without a name are hidden.
}
directory-map-places = { $count ->
    [one] { $count } place
   *[other] { $count } places
}
directory-map-unplaced = { $count ->
    [one] { $count } without a known place
   *[other] { $count } without a known place
}
directory-map-drawn = { $count ->
    [one] { $count } place drawn
   *[other] { $count } places drawn, the largest first
}
directory-competences-rest = { $count ->
    [one] and { $count } more, by JSON
   *[other] and { $count } more, by JSON
}
directory-partners-rest = { $count ->
    [one] and { $count } more partner
   *[other] and { $count } more partners
}
directory-participants-rest = { $count ->
    [one] { $count } more participant is counted by the source but not named in the data.
   *[other] { $count } more participants are counted by the source but not named in the data.
}
directory-provenance-count = { $count ->
    [one] { $count } statement
   *[other] { $count } statements
}
directory-concepts-lede = { $count ->
    [one] { $count } concept of EuroSciVoc, in French and English; the figures count the organisations that show it.
   *[other] { $count } concepts of EuroSciVoc, in French and English; the figures count the organisations that show them.
}
directory-duplicates-count = { $count ->
    [0] No pair
    [one] { $count } pair
   *[other] { $count } pairs
}

# Figures that sources state, with their unit.
stated-unit-members = { $figure } { $count ->
    [one] member
   *[other] members
}
stated-unit-prefectures = { $figure } { $count ->
    [one] prefecture
   *[other] prefectures
}
stated-unit-clusters = { $figure } { $count ->
    [one] cluster
   *[other] clusters
}
stated-unit-partners = { $figure } { $count ->
    [one] partner
   *[other] partners
}
stated-unit-regions = { $figure } { $count ->
    [one] region
   *[other] regions
}
stated-unit-associations = { $figure } { $count ->
    [one] association
   *[other] associations
}
stated-unit-laboratories = { $figure } { $count ->
    [one] laboratory
   *[other] laboratories
}
stated-unit-companies = { $figure } { $count ->
    [one] company
   *[other] companies
}
stated-unit-shared-platforms-and-infrastructures = { $figure } { $count ->
    [one] shared platform or infrastructure
   *[other] shared platforms and infrastructures
}
stated-unit-m2 = { $figure } m²
stated-unit-m2-of-offices-and-laboratories = { $figure } m² of offices and laboratories
stated-unit-m2-that-can-still-be-built = { $figure } m² that can still be built
stated-unit-hectares = { $figure } { $count ->
    [one] hectare
   *[other] hectares
}
stated-unit-people = { $figure } { $count ->
    [one] person
   *[other] people
}
stated-unit-jobs = { $figure } { $count ->
    [one] job
   *[other] jobs
}
stated-unit-industrial-integrators = { $figure } { $count ->
    [one] industrial integrator
   *[other] industrial integrators
}
stated-unit-sme-leaders = { $figure } { $count ->
    [one] SME leader
   *[other] SME leaders
}
stated-unit-units = { $figure } { $count ->
    [one] unit
   *[other] units
}
stated-unit-researchers-post-doctoral-and-doctoral-staff = { $figure } { $count ->
    [one] researcher, post-doctoral or doctoral fellow
   *[other] researchers, post-doctoral and doctoral staff
}
stated-unit-teams = { $figure } { $count ->
    [one] team
   *[other] teams
}
stated-unit-patients-per-year = { $figure } { $count ->
    [one] patient per year
   *[other] patients per year
}
stated-unit-beds = { $figure } { $count ->
    [one] bed
   *[other] beds
}
stated-unit-studies = { $figure } { $count ->
    [one] study
   *[other] studies
}
stated-unit-companies-with-jei-status = { $figure } { $count ->
    [one] company with JEI status
   *[other] companies with JEI status
}
stated-unit-patent-filings = { $figure } { $count ->
    [one] patent filing
   *[other] patent filings
}
stated-unit-new-proofs-of-concept = { $figure } { $count ->
    [one] new proof of concept
   *[other] new proofs of concept
}
stated-unit-preclinical-steps = { $figure } { $count ->
    [one] preclinical step
   *[other] preclinical steps
}
stated-unit-clinical-steps = { $figure } { $count ->
    [one] clinical step
   *[other] clinical steps
}
stated-unit-major-scientific-advances = { $figure } { $count ->
    [one] major scientific advance
   *[other] major scientific advances
}
stated-unit-products = { $figure } { $count ->
    [one] product
   *[other] products
}
stated-unit-million-eur = €{ $figure } million
stated-unit-billion-eur = €{ $figure } billion
stated-unit-percent = { $figure }%
stated-unit-rank = no. { $figure }
stated-unit-issue-number = no. { $figure }
