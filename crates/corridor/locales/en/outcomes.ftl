# After the answer: submissions of drafts, answers of funders, scores.

consortia-tab-outcome = Outcome
outcomes-lede = What was submitted, when, in which version, and what the funder answered. Noted here, it counts in the cluster’s success rates and in the rules about earlier submissions.
outcomes-partner-lede = What was submitted with your organisation, and what the funder answered.
outcomes-none = Nothing of this draft has been submitted yet.
outcomes-none-partner = Nothing in which your organisation takes part has been submitted yet.
outcomes-submission = Submission
outcomes-submitted-on = submitted on { $date }
outcomes-reference-is = No. { $reference }

## States
outcomes-state-waiting = Waiting for the answer
outcomes-state-granted = Granted
outcomes-state-reserve = On the reserve list
outcomes-state-rejected = Rejected
outcomes-state-withdrawn = Withdrawn
outcomes-state-invited = Invited to the next stage
outcomes-answered = { $answer }, { $date }
outcomes-no-answer = No answer has been noted yet.

## Scores
outcomes-scores = Scores
outcomes-criterion = Criterion
outcomes-score = Score
outcomes-threshold = Threshold
outcomes-standing = Against the threshold
outcomes-weight = weight { $weight }%
outcomes-out-of = { $score } of { $out_of }
outcomes-standing-met = Reached
outcomes-standing-not-met = Not reached
outcomes-standing-unknown = Score missing
outcomes-all-met = All thresholds reached
outcomes-all-not-met = A threshold is not reached
outcomes-all-unknown = A score is missing
outcomes-total = Total
outcomes-total-follows = from the criteria
outcomes-total-differs = The criteria add up to { $computed }; the total is the one that the funder stated.
outcomes-rank-of = Place { $rank } of { $of }
outcomes-rank-is = Place { $rank }
outcomes-summary = What the evaluators wrote

## Grant
outcomes-grant = Grant
outcomes-cost = Eligible costs
outcomes-agreement = Grant agreement no.
outcomes-starts-on = Project begins on

## What was sent
outcomes-sent = { $count ->
    [one] What was sent: version { $revision }, one organisation
   *[other] What was sent: version { $revision }, { $count } organisations
}
outcomes-sent-members = Organisations in the version that was sent
outcomes-changed-since = What the draft says differently since
outcomes-as-sent = As sent
outcomes-as-now = Now
outcomes-unchanged = The draft still says what was sent.
outcomes-noted = Noted { $date }

## Forms
outcomes-note-submission = Note a submission
outcomes-note-submission-lede = The version you choose is kept as what was sent, whatever becomes of the draft.
outcomes-note-answer = Note the answer
outcomes-note-next = Note a further answer
outcomes-correct-submission = Correct the submission
outcomes-correct-lede = What was said before stays in the audit trail.
outcomes-correct-answer = Correct this answer
outcomes-delete-submission = Delete the submission
outcomes-delete-submission-sure = Delete this submission and its answers? Only the audit trail keeps what they said.
outcomes-delete-answer = Delete this answer
outcomes-delete-answer-sure = Delete this answer? Only the audit trail keeps what it said.
outcomes-field-submitted-on = Submitted on
outcomes-field-stage = Stage
outcomes-choose = choose
outcomes-field-version = Version that was sent
outcomes-version-current = Version { $revision }, the current one
outcomes-field-reference = Proposal number
outcomes-field-reference-hint = As the funder’s portal gave it.
outcomes-answer-lede = For what was submitted on { $date }.
outcomes-field-kind = Answer
outcomes-field-answered-on = Dated
outcomes-named-hint = The instrument says no award criteria: write those of the letter.
outcomes-asked-hint = The award criteria of the instrument at this stage. Leave empty what the letter does not say.
outcomes-criterion-number = Criterion { $number }
outcomes-scale = Out of { $out_of }.
outcomes-scale-threshold = Out of { $out_of }, at least { $threshold }.
outcomes-total-hint = Out of { $out_of }. Left empty, it follows from the criteria.
outcomes-field-out-of = Out of
outcomes-field-total-out-of = Total out of
outcomes-field-total-threshold = Threshold of the total
outcomes-field-rank = Place in the ranking
outcomes-field-rank-of = Proposals ranked
outcomes-summary-hint = The summary of the evaluation. Only your team reads it.
outcomes-field-grant = Grant, if it was granted

## List of the cluster
outcomes-title = Submissions
outcomes-list-lede = Everything that was submitted from your cluster’s drafts, what was answered, and how often it was granted.
outcomes-list-none = Nothing has been submitted yet. A submission is noted under «Outcome» of its draft.
outcomes-any = Any
outcomes-show = Show
outcomes-year = Year of submission
outcomes-part = Members of the cluster
outcomes-part-coordinator = coordinate
outcomes-part-partner = take part
outcomes-part-nobody = none takes part
outcomes-no-instrument = No instrument
outcomes-state-decided = Granted or rejected
outcomes-rates = Success rates
outcomes-rates-lede = Granted, of what was granted or rejected. What waits, stands in reserve, was withdrawn or goes on at the next stage is in no rate; a proposal in two stages counts once, where it was decided.
outcomes-what = Submissions
outcomes-all = All
outcomes-by-instrument = By instrument
outcomes-by-year = By year of submission
outcomes-by-part = By what part members of the cluster have
outcomes-column-all = Submitted
outcomes-column-granted = Granted
outcomes-column-rejected = Rejected
outcomes-column-withdrawn = Withdrawn
outcomes-column-reserve = In reserve
outcomes-column-waiting = Waiting
outcomes-column-invited = Next stage
outcomes-rate = Success rate
outcomes-grants = Grants
outcomes-of-decided = { $granted } of { $decided } granted
outcomes-percent = { $percent }%
outcomes-records = { $count ->
    [one] One submission
   *[other] { $count } submissions
}
outcomes-records-none = No submission is of this sort.
outcomes-learning = For ranking to learn from:
outcomes-short = What we submitted
outcomes-short-count = { $count ->
    [one] One submission
   *[other] { $count } submissions
}

## Earlier submissions on a sheet
outcomes-recorded = Earlier submissions noted in Corridor
outcomes-recorded-lede = Of this draft, or of a draft with the same beneficiaries: the rules below count them by themselves. Write other ones into the table.
outcomes-recorded-similar = Of its { $all } beneficiaries { $again } take part here: it does not count by itself. If it is the same proposal, write it into the table.

## What is wrong
outcomes-wrong-points = write points such as 4.5, with at most two decimals
outcomes-wrong-scale = this is more than the scale allows
outcomes-wrong-out-of = write how many points there are at most
outcomes-wrong-criterion = write what this criterion is called
outcomes-wrong-place = write a whole number from 1 on
outcomes-wrong-rank = the place is at most the number of proposals ranked
outcomes-wrong-future = this day has not come yet
outcomes-wrong-before = this is before the submission
outcomes-wrong-after-answer = the answer that is noted came before this day
outcomes-wrong-kind = choose what was answered
outcomes-wrong-grant-only = only what is granted has a grant: choose «Granted», or leave the grant empty
outcomes-wrong-grant = the grant is higher than the eligible costs
outcomes-wrong-stage = choose a stage of the instrument
outcomes-wrong-version = there is no such version of the draft
outcomes-wrong-empty = this version names no organisation
outcomes-wrong-taken = a submission of this stage and day is noted already
outcomes-wrong-last-stage = the instrument has no stage behind this one

## Said after an act
done-outcomes-submitted = The submission is noted.
done-outcomes-answered = The answer is noted.
done-outcomes-corrected = Corrected. What was said before stays in the audit trail.
done-outcomes-deleted = Deleted.

## In the trail
change-draft-submit = Submission of a draft noted
change-draft-correct-submission = Submission of a draft corrected
change-draft-delete-submission = Submission of a draft deleted
change-draft-answer = Answer to a submission noted
change-draft-correct-answer = Answer to a submission corrected
change-draft-delete-answer = Answer to a submission deleted

## Personal data
personal-outcome = Outcome of a draft
personal-outcomes = Who noted outcomes of drafts
personal-outcome-submission = Who noted a submission
personal-outcome-answer = Who noted an answer
purpose-outcomes-authors = Outcomes of drafts
purpose-outcomes-authors-data = Who noted a submission or an answer, and when
purpose-outcomes-authors-recipients = The team of the cluster whose draft it is
purpose-outcomes-authors-period = As long as the draft.
