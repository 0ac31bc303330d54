# Consortia: proposals, drafts, the living sheet, instruments.

consortia-title = Consortia
consortia-lede = The teams your cluster is putting together, with their eligibility rules read at every change.
consortia-new = New consortium
consortia-new-lede = Let Corridor propose the eligible team that fits a topic best, or start from an empty sheet.
consortia-new-name = Untitled consortium
consortia-empty = Your cluster’s consortia will be here. Open a call and ask for a team, or start from an empty sheet.
consortia-archived = Put aside
consortia-instruments = Instruments and rules
consortia-no-topic = No topic
consortia-closes = closes on { $date }
consortia-saved-at = saved on { $date }
consortia-version = version { $revision }
consortia-deleted = The draft is deleted. You can bring it back for thirty days.
consortia-is-archived = This draft is put aside.
consortia-unsaved = Nothing is saved yet: the page shows what you typed.
consortia-undo-offer = The version before is kept.
consortia-for-topic = For
consortia-to-rules = To the rules
consortia-check = Check

## Columns and fields
consortia-column-name = Name
consortia-column-topic = Topic
consortia-column-members = Members
consortia-column-countries = Countries
consortia-column-country = Country
consortia-column-kind = Kind
consortia-column-saved = Saved
consortia-column-organisation = Organisation
consortia-column-why = Why
consortia-field-name = Working name
consortia-field-instrument = Instrument
consortia-field-stage = Stage
consortia-field-role = Role
consortia-field-side = Side
consortia-field-cost = Eligible cost
consortia-field-subcontracting = Subcontracting
consortia-field-requested = Grant requested
consortia-field-ikop = IKOP
consortia-field-fc = FC
consortia-field-ikaa = IKAA
consortia-ikop-long = In-kind contribution to operational activities
consortia-fc-long = Financial contribution
consortia-ikaa-long = In-kind contribution to additional activities
consortia-field-duration-months = Duration in months
consortia-field-trl-start = TRL at the start
consortia-field-trl-end = TRL aimed at
consortia-field-pages = Pages of the proposal
consortia-field-civil-use = Civil use only
consortia-field-independence = No member controls another, nor has the same owner
consortia-independence-hint = Tick once you have checked: the directory does not know who owns whom.
consortia-trl-hint = 1 to 9
consortia-choose = Choose…
consortia-not-said = Not said

## Roles, sides, kinds
consortia-role-coordinator = Coordinator
consortia-role-beneficiary = Beneficiary
consortia-role-affiliated = Affiliated entity
consortia-role-associated = Associated partner
consortia-role-subcontractor = Subcontractor
consortia-side-applicant = Applicant
consortia-side-industry = Industry
consortia-kind-sme = SME
consortia-kind-mid-cap = Mid-cap
consortia-kind-large-company = Large company
consortia-kind-company = Company
consortia-kind-university = University
consortia-kind-research-organisation = Research organisation
consortia-kind-hospital = Hospital
consortia-kind-patient-organisation = Patient organisation
consortia-kind-public-authority = Public authority
consortia-kind-cluster = Cluster
consortia-kind-association = Association
consortia-kind-foundation = Foundation
consortia-kind-other = Other

## Sheet
consortia-members = Members
consortia-no-members = Nobody yet. Add a first member by its name.
consortia-add = Add a member
consortia-add-hint = Name, PIC, SIREN or ROR
consortia-add-one = Add { $name }
consortia-remove = Remove
consortia-remove-one = Remove { $name }
consortia-joint = { $count ->
    [one] { $count } joint project
   *[other] { $count } joint projects
}
consortia-suggested = Suggested partners
consortia-suggested-mend = First those who would mend a broken rule, then those who fit best.
consortia-suggested-none-mends = No addition mends a rule alone: first those who get closer, then those who fit best.
consortia-suggested-fit = No rule has to be mended: these fit best.
consortia-mends = Mends:
consortia-helps = Gets closer:
consortia-score = score { $score }
consortia-proposal-facts = Proposal
consortia-composition = Composition
consortia-by-country = By country
consortia-by-kind = By kind
consortia-by-side = By side
consortia-by-cost = Cost by partner
consortia-worked = Have worked together
consortia-worked-pairs = { $together ->
    [one] { $together } of { $pairs } pairs of members has shared at least one European project.
   *[other] { $together } of { $pairs } pairs of members have shared at least one European project.
}
consortia-worked-picture = Joint projects
consortia-worked-note = One line a pair, thicker the more projects they share; the team as saved.
consortia-worked-none = No pair of members has shared a European project that Corridor knows of.
consortia-more = More
consortia-complete = Propose the whole team
consortia-archive = Put aside
consortia-reopen = Take up again

## Rules
consortia-rules = Rules
consortia-eligible-yes = Eligible by what is known
consortia-eligible-no = Not eligible as it stands
consortia-eligible-unknown = Eligibility is open: facts are missing
consortia-presumed = Presumed to be met for now.
consortia-advice-not-met = Could be better
consortia-severity-ineligible = Condition of eligibility
consortia-severity-weak = Weak point
consortia-severity-advice = Advice
consortia-verified = verified
consortia-not-verified = to be verified in the call text
consortia-note-no-instrument = Choose an instrument: its rules will be read at once.
consortia-note-no-members = Add a member: the rules will be read at once.
consortia-note-no-country = The country is not known for: { $names }. Complete the record in the directory, because rules count countries.
consortia-note-independence = The directory does not know who owns whom: unless a parent is known, each member is taken to be independent of the others.
consortia-note-no-stage = Choose the stage: some rules hold at one of them only.

## Input refused
consortia-wrong-title = To be corrected:
consortia-wrong-negative = an amount cannot be negative
consortia-wrong-amount = this is not an amount; write for example 1,250,000.50
consortia-wrong-too-large = the amount is beyond any budget; write it in euros
consortia-wrong-subcontracting = subcontracting cannot exceed the cost, of which it is a part
consortia-wrong-months = write a whole number of months, 1 to 240
consortia-wrong-pages = write a whole number of pages, 1 to 2,000
consortia-wrong-trl = write a level from 1 to 9
consortia-wrong-role = there is no such role
consortia-wrong-side = there is no such side
consortia-wrong-member = this organisation is not in the directory, or is listed twice
consortia-wrong-too-many = a draft holds 200 members at most
consortia-wrong-name = give a working name
consortia-wrong-instrument = there is no such instrument
consortia-wrong-topic = there is no such topic
consortia-refused-no-cluster = You act for no cluster: consortia belong to a cluster.

## What the rules ask to be declared
consortia-asked = Declarations
consortia-asked-lede = What the rules of this instrument ask for and the directory does not know. A rule stays open until somebody has answered.
consortia-asked-members = Declarations of the members
consortia-not-asked = not asked of this member
consortia-field-sme = SME by its own declaration
consortia-field-adherents = Members of the cluster
consortia-field-mark = Registered in the programme as
consortia-field-document = Document
consortia-field-register = Register
consortia-document-gep = Gender equality plan
consortia-registered = Registered: { $register }
consortia-field-label-issuer = Label given by
consortia-label-hint = The cluster that gives the proposal its label
consortia-field-label-on = Date of the label
consortia-field-closes-on = Closing date of the call
consortia-field-earlier = Earlier submissions
consortia-field-earlier-score = Score
consortia-field-earlier-on = Date of submission
consortia-earlier-question = Earlier submissions of the members
consortia-earlier-as-listed = as listed below
consortia-earlier-none = none
consortia-earlier-programme = Programme
consortia-earlier-member = Member
consortia-earlier-all = the consortium
consortia-earlier-outcome = Outcome
consortia-earlier-score = Score in %
consortia-earlier-on = Submitted on
consortia-outcome-funded = funded
consortia-outcome-unsuccessful = unsuccessful
consortia-wrong-day = write a day such as 2026-03-31
consortia-wrong-score = write a score from 0 to 100
consortia-wrong-adherents = write a whole number of members

## Clash of versions
consortia-clash-title = Somebody saved in between
consortia-clash-lede =
    { $count ->
        [one] In one place you and somebody else wrote different things; choose what holds. Everything else you both changed is put together.
       *[other] In { $count } places you and somebody else wrote different things; choose what holds. Everything else you both changed is put together.
    }
consortia-clash-by = Version saved by { $name } on { $date }.
consortia-clash-what = What
consortia-clash-stored = Saved:
consortia-clash-own = Yours:
consortia-clash-save = Save with these choices
consortia-clash-all-own = Mine everywhere
consortia-clash-all-stored = The saved one everywhere
consortia-clash-leave = Give up my changes
consortia-clash-beside = Also changed since, and kept
consortia-clash-note = Nothing was written over: the version saved in between stays in the history whatever you choose.
consortia-newer = { $name } saved version { $revision } while you were typing. Saving puts your changes and theirs together.
consortia-newer-nobody = Version { $revision } was saved while you were typing. Saving puts your changes and those together.
consortia-wrong-revision = the form does not say which version of the draft it began with; open the draft again
consortia-history = History
consortia-history-lede = Every save is kept. Restoring a version makes a new one: that can be undone too.
consortia-history-changed = What version { $revision } changed
consortia-history-first = The draft was made.
consortia-before = Before
consortia-after = After
consortia-restore = Restore this version
consortia-difference-in = member

## Question
consortia-propose-title = Have a team proposed
consortia-ask-topic = Topic
consortia-ask-topic-hint = The identifier of the call, such as HORIZON-HLTH-2027-01-DISEASE-05
consortia-other-topic = another topic
consortia-ask-members = In the team already
consortia-ask-with = With
consortia-ask-with-hint = An organisation that must be in
consortia-ask-countries = Countries
consortia-ask-countries-hint = Two-letter codes, all when empty: FR, DE, BE
consortia-ask-least = At least
consortia-ask-most = At most
consortia-ask-most-hint = Every member adds value: the ceiling decides.
consortia-ask-per-country = At most from one country
consortia-ask-per-country-hint = For a team that is spread; no limit when empty
consortia-ask-kinds = At least one member of each kind ticked
consortia-ask-instrument-hint = The topic’s type of action: { $type }
consortia-as-topic = The topic’s own
consortia-ask-covered = Competences to cover
consortia-ask-cover = A competence to cover
consortia-ask-cover-hint = At least one member must have it; one at a time
consortia-competence = Competence
consortia-propose = Propose a team
consortia-ask-again = Change the question
consortia-blank-title = Start from an empty sheet
consortia-blank-lede = With or without a topic: add members one by one, the rules follow.
consortia-blank = Open an empty sheet

## Proposal
consortia-proposal-title = Proposed team
consortia-see-topic = See the topic
consortia-save-draft = Save as draft
consortia-save-alternative = Save this alternative
consortia-proved = Proved best
consortia-proved-text = No eligible team of these { $candidates } candidates scores higher.
consortia-not-proved = Best team found
consortia-gap-text = An eligible team of these { $candidates } candidates can exceed it by { $gap } at most.
consortia-value = Value
consortia-value-note = scores of the members and past collaboration
consortia-bound = Bound
consortia-bound-note = no eligible team exceeds it
consortia-pool = Candidates
consortia-pool-note = those ranked best for this topic
consortia-took = Computed in
consortia-seconds = { $seconds } s
consortia-team = Team
consortia-given = asked for
consortia-why-given = You asked for it.
consortia-why-covers = Completes the conditions you set.
consortia-alternatives = Alternatives
consortia-alternatives-lede = Each differs in at least two members from the proposed team and from the other alternatives.
consortia-alternative = Alternative { $number }
consortia-alternative-value = Value { $value }, { $less } less
consortia-joins = Joins:
consortia-leaves = Leaves:
consortia-conflict = These conditions cannot hold together
consortia-conflict-lede = No team of the { $candidates } candidates keeps them all.
consortia-conflict-smallest = It is proved that no smaller set is in conflict.
consortia-no-answer = No team was found in the time there is. Ask for a smaller team or drop a condition.
consortia-search-on-title = Search on
consortia-search-on-text = The team is not proved best yet. The search can go on for up to { $seconds } seconds more; better teams appear as they are found.
consortia-search-on = Search on
consortia-searching = Searching on: better teams appear here as they are found.
consortia-search-stop = Stop, keep the best so far
consortia-search-stopped = Stopped. Below stands the best team so far.
consortia-search-ended = The search has ended.
consortia-search-trouble = The search broke off. Below stands the best team so far; try again, or ask for a smaller team.
consortia-summary-get = Summary on one page (PDF)
consortia-summary-foot = { $cluster } · version { $revision } · { $date }
consortia-summary-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
consortia-summary-number = No.
consortia-summary-others = { $count ->
    [one] one other
   *[other] { $count } others
}
consortia-summary-total = Total
consortia-summary-unread = No rules are read for this draft

## Instruments
consortia-instruments-lede = What each instrument asks of a consortium, rule by rule, with source and date.
consortia-instrument-lede = Each rule in both languages, with its source. The text of the call always prevails.
consortia-programme = Programme
consortia-stages = Stages
consortia-rule-count = Rules
consortia-verified-count = verified
consortia-only-stages = Stage:
consortia-valid = from { $from } to { $to }
consortia-read-on = read on { $date }
consortia-takes-applications = Takes applications from { $from } to { $to }.
consortia-rules-today = Rules on { $date }
consortia-rules-ever = Rules of all dates
consortia-show-ever = Show those of other dates too
consortia-show-today = Only those of today
consortia-rates = Funding rates

## Done
done-consortia-created = The draft is made.
done-consortia-saved-together = Saved together with what others had saved in the meantime. Undo leads back to their version.
done-consortia-saved = Saved.
done-consortia-added = The member is added and the draft saved.
done-consortia-removed = The member is removed and the draft saved.
done-consortia-restored = The version is restored.
done-consortia-archived = The draft is put aside.
done-consortia-reopened = The draft is taken up again.
done-consortia-undeleted = The draft is back.

# What if
consortia-what-if = What if
consortia-what-if-lede = Leave a partner out, move money, choose another instrument or day: both answers of the rules stand beside each other, and nothing is saved.
consortia-what-if-change = What to change
consortia-what-if-takes-part = Takes part
consortia-what-if-day = Submitted on
consortia-what-if-day-hint = Rules are read as they hold on that day. Left empty: the day on which the call closes.
consortia-what-if-compare = Compare
consortia-what-if-take = Take it over into the draft
consortia-what-if-budget = By the budget:
consortia-what-if-budget-hint = Costs of a partner with a budget follow from its lines. A figure typed here is tried in their place; left empty, the budget holds.
consortia-what-if-tried = Costs tried for partners with a budget are read here only: taking over leaves them as their budget says. Change the lines there.
consortia-what-if-back = Back to the draft
consortia-what-if-sides = Side by side
consortia-what-if-changed =
    { $count ->
        [one] One change
       *[other] { $count } changes
    }
consortia-what-if-now = The draft as saved
consortia-what-if-then = What if
consortia-what-if-turn = Change
consortia-what-if-all = All rules together
consortia-what-if-no-rule = No such rule
consortia-what-if-same =
    { $count ->
        [one] One rule answers the same
       *[other] { $count } rules answer the same
    }
consortia-turn-worse = For the worse
consortia-turn-better = For the better
consortia-turn-other = Only on one side
consortia-turn-same = Unchanged
