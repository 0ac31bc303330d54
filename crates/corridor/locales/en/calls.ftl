calls-title = Calls
calls-lede = { $count ->
    [one] One topic of European calls, with its text, dates and money.
   *[other] { $count } topics of European calls, with their texts, dates and money.
}
calls-topic = Topic
calls-words = Words
calls-words-hint = In French or English; slips are understood.
calls-count = { $count ->
    [0] No topic
    [one] { $shown } topic
   *[other] { $shown } topics
}
calls-empty = No topic answers this. Take a filter away, or say it in other words: both languages are understood.
calls-none-imported = No call has been imported yet. An administrator imports them with “corridor import calls”.
calls-all = All topics
calls-to-partners = Partners for an idea
calls-sort-fitting = Best answer
calls-sort-closing = Closing date
calls-sort-budget = Money per project
calls-sort-changed = Last change
calls-sort-apply = Sort
calls-ics = Dates for your calendar
calls-atom = Atom feed
calls-calendar-name = Corridor: dates of calls
calls-feed-title = Corridor: calls
calls-others = Other calls, programmes and funds of the network
calls-others-lede = Known from documents of 2007 to 2021; they have no topics here and are closed or of another kind.

## Groups of filters
calls-facet-state = Where it stands
calls-facet-closing = Closing
calls-facet-theme = Theme
calls-facet-programme = Programme
calls-facet-action = Type of action
calls-facet-instrument = Rules known to Corridor
calls-facet-budget = Money per project
calls-closing-any = At any time
calls-closing-within = Within { $days } days
calls-state = State
calls-state-open = Open
calls-state-forthcoming = Forthcoming
calls-state-closed = Closed
calls-state-unsure = Next date not known
calls-state-note-open = proposals can be handed in
calls-state-note-forthcoming = not open yet when the data was taken
calls-state-note-closed = the last date has passed
calls-state-note-unsure = see the portal
calls-budget-0-1 = up to €1 M
calls-budget-1-3 = €1 to 3 M
calls-budget-3-5 = €3 to 5 M
calls-budget-5-10 = €5 to 10 M
calls-budget-10- = over €10 M
calls-theme-cl1 = Health
calls-theme-cl2 = Culture, creativity and inclusive society
calls-theme-cl3 = Civil security
calls-theme-cl4 = Digital, industry and space
calls-theme-cl5 = Climate, energy and mobility
calls-theme-cl6 = Food, bioeconomy, environment
calls-theme-miss = EU missions
calls-theme-ju = Joint undertakings
calls-theme-widera = Widening and ERA
calls-theme-infra = Research infrastructures
calls-theme-msca = Marie Skłodowska-Curie actions
calls-theme-eic = European Innovation Council
calls-theme-eie = European innovation ecosystems
calls-action-ria = Research and innovation action
calls-action-ia = Innovation action
calls-action-csa = Coordination and support action
calls-action-grant = Grant
calls-action-prize = Prize
calls-action-edf-da = Defence development action
calls-action-edf-ra = Defence research action
calls-action-cofund = Programme co-funding
calls-action-cef-infra = Infrastructure project
calls-action-horizon-pcp = Pre-commercial procurement
calls-action-ppi = Procurement of innovation
calls-action-msca = MSCA action
calls-action-msca-se = MSCA staff exchanges
calls-action-euba = Action of an EU agency
calls-action-horizon-eic-equ = EIC equity
calls-action-pppa = Pilot project
calls-instrument-horizon-europe-ria = Horizon Europe RIA
calls-instrument-horizon-europe-ia = Horizon Europe IA
calls-instrument-horizon-europe-csa = Horizon Europe CSA
calls-instrument-ihi-two-stage = IHI, two stages

## A topic
calls-facts = In short
calls-who-fits = Who fits?
calls-portal = On the EU portal
calls-no-date = no date published
calls-closes-on = closes on
calls-two-stage = two stages
calls-grants = { $count ->
    [one] one grant
   *[other] { $count } grants
}
calls-budget = Money per project
calls-grants-expected = Grants expected
calls-closed-since = { $count ->
    [one] closed since yesterday
   *[other] closed for { $count } days
}
calls-unsure = This topic has several cut-offs and the next one is not in the data. Its page on the portal says when it is.
calls-second-stage-unknown = The data gives the date of the first stage only; those invited learn that of the second stage from the portal.
calls-strip = Opening, cut-offs and deadline
calls-date = Step
calls-date-opening = Opens
calls-date-deadline = Deadline
calls-date-cut-off = Cut-off
calls-date-stage-1 = First stage
calls-date-stage-2 = Second stage
calls-model-single-stage = One stage
calls-model-two-stage = Two stages
calls-model-multiple-cut-off = Several cut-offs
calls-model-unknown = Not published
calls-text = What is asked for
calls-text-english = As published, in English.
calls-no-text = No text published: the source gives this topic without its description. Its page on the portal has it.
calls-conditions = Conditions
calls-section-outcome = Expected outcome
calls-section-scope = Scope
calls-section-impact = Expected impact
calls-section-objective = Objective
calls-section-challenge = Specific challenge
calls-section-conditions = Conditions
calls-similar = Topics about the same
calls-partners = Who fits
calls-concepts = What it is about
calls-concepts-note = Found by Corridor in the words of the topic.
calls-past-projects = Past projects about the same
calls-past-projects-see = See the past projects
calls-take-along = Take along
calls-no-instrument = not yet for this type of action

## Versions
calls-version = Version
calls-version-number = Version { $number }
calls-version-seen = seen
calls-versions-title = Versions
calls-versions-all = All versions
calls-versions-one = Only one version of this topic has been seen: nothing has changed since its first import.
calls-versions-same = Nothing that is shown changed between these versions.
calls-versions-compare = What changed from version { $from } to version { $to }
calls-versions-fields = Facts that changed
calls-versions-field = Fact
calls-versions-note = A version is kept whenever an import brings other content.
calls-field-title = Title
calls-field-deadlines = Dates
calls-field-opens-on = Opening
calls-field-deadline-model = Stages
calls-field-budget-min = Least per project
calls-field-budget-max = Most per project
calls-field-grants = Grants expected
calls-field-action = Type of action
calls-field-status = State said by the source
calls-field-programme = Programme
calls-field-theme = Theme
calls-field-call = Call
calls-field-call-title = Title of the call
calls-field-keywords = Keywords
calls-field-url = Address on the portal
calls-field-description = Text
calls-field-conditions = Conditions

## Calls without topics
calls-other-note = This is known from a document, not from the portal: it has no topics here.
calls-kind-call = Call
calls-kind-programme = Programme
calls-kind-commitment = Commitment
calls-kind-call-for-expressions-of-interest = Call for expressions of interest
calls-kind-grand-challenge = Grand challenge
calls-kind-accelerator = Accelerator
calls-kind-fund = Fund
calls-kind-cohort-programme = Cohort programme
calls-kind-public-private-partnership = Public-private partnership
calls-kind-policy = Policy
calls-kind-contract = Contract
calls-phases = How a consortium is put together
calls-phase-allowed = Who may take part
calls-phase-added = Who joins
calls-phase-excluded = Not before the next phase
calls-parties = Parties
calls-party-role = Role
calls-unnamed = Organisation without a name
calls-topics-of-call = Topics of this call
calls-starts = From
calls-ends = To
calls-fact-original = Original name
calls-fact-themes = Themes
calls-fact-subject = Subject
calls-fact-status = State
calls-fact-date-note = About the date
calls-fact-competitive = Competitive
calls-fact-duration-years = Years
calls-fact-funds = Funds
calls-fact-funder = Funder
calls-fact-next-steps = Next steps
calls-fact-inferred = Not said outright
calls-fact-award-value = Award
calls-fact-award-unit = Unit of the award
calls-fact-audience = For
calls-fact-participants = Participants
calls-fact-content = Content
calls-fact-places = Places
calls-fact-aim = Aim
calls-fact-use = Use
calls-fact-plan = Plan
calls-fact-contract = Contract
calls-fact-duration-note = About the duration
calls-fact-labelled-integrators = Integrators labelled
calls-fact-public-value = Public money
calls-fact-public-unit = Unit of the public money
calls-fact-total-value = Total
calls-fact-total-unit = Unit of the total
calls-fact-total-qualifier = Total, how exact
