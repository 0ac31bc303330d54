# Sides: drafts of applicants and of industry, their merger, the ledger of contributions.

consortia-tab-ledger = Ledger
consortia-tab-merger = Merger
consortia-field-holds = Side that the draft gathers
sides-holds-open = Not said
sides-holds-hint = Until both sides are together, a draft gathers applicants or industry.
sides-which = Which side does this draft gather?
sides-which-applicant = The applicants, who answer the call at its first stage
sides-which-industry = Industry, which joins at the second stage
sides-note-industry = This draft gathers industry alone: only the rules on who may contribute are read. The others are read once it is merged with an applicants’ draft.
sides-is-closed = This draft is closed: both sides were put together and go on in one draft.
sides-to-merged = See where it went
sides-refused-closed = This draft is closed, because both sides were put together and go on in one draft.
sides-refused-shared = This draft goes on for two teams, and the other one would lose sight of it: put it aside instead. It can be deleted once the other team has deleted its closed draft.

## Ledger
sides-ledger = Ledger
sides-ledger-lede = What each member commits besides public money, whether it may, and how far that is from the share that the instrument asks for.
sides-own-ledger-lede = What your organisation commits besides public money, and whether it may.
sides-no-terms = The instrument of this draft asks for no share of contributions.
sides-share-title = Share of contributions
sides-share-unknown = Not known yet: nobody has said the eligible costs
sides-share-reached = { $share } contributed, { $at_least } needed
sides-share-missing = { $share } contributed, { $at_least } needed: not reached
sides-lack = { $amount } is missing, given in kind or in money within the eligible costs.
sides-lack-additional = Given by additional activities, which enlarge the whole, it would be { $amount }.
sides-room = The contributions would carry { $amount } more.
sides-carries = These contributions carry a project of up to { $carries } if they are to make up { $at_least } of it.
sides-given = Contributions
sides-base = Eligible costs and additional activities
sides-without-costs = { $count ->
    [one] The eligible costs of one member are not said yet.
   *[other] The eligible costs of { $count } members are not said yet.
}
sides-lines = Commitments
sides-column-kind = Kind
sides-column-amount = Amount in euros
sides-column-may = Allowed
sides-column-problems = To be mended
sides-column-rule = Rule
sides-may-not = not allowed
sides-may-open = allowed or not: a fact is missing
sides-may-pay = Who may commit what
sides-nobody-may = Nobody on this sheet
sides-export = Ledger as CSV
sides-own-lines = Our commitments
sides-own-correct = Correct our amounts
sides-all-lines = All together

## Merger
sides-merger = Merger
sides-merger-lede = Applicants and industry work apart until both teams agree. Then the applicants’ draft goes on with both sides, and the industry draft is closed.
sides-one-side = The instrument of this draft has one side only: there is nothing to merge.
sides-say-which = Say first which side this draft gathers.
sides-together = Both sides are together
sides-together-with = Put together with { $cluster } on { $date }.
sides-undo = Undo the merger
sides-undo-hint = Until { $date }, and until somebody signs the merged draft off or notes that it was submitted, either team can undo this. Both drafts then say again what they said before.
sides-undo-sure = Undo the merger? What was changed in the merged draft since then stays in its history only.
sides-undo-over = The merger can no longer be undone: a day has passed, or it was undone before.
sides-undo-signed = The merger can no longer be undone: a partner signed the merged draft off.
sides-undo-submitted = The merger can no longer be undone: the merged draft was submitted. What was noted by mistake is taken away under Outcome first.
sides-merged-seen = Of the applicants’ amounts you see none; the rules are read on all of them.
sides-no-letter-to = No letter about a merger reaches { $names }: nobody answers for them here, and no address of theirs is known. Tell them yourself, or have somebody invited here who answers for them.
sides-asked = { $cluster } proposes to merge
sides-asked-text = Their draft: { $draft }. They see nothing of yours until you accept.
sides-who-comes = Who comes
sides-rules-change = What the rules say
sides-rules-unread = The rules cannot be read yet: complete the sheets.
sides-rule-not-asked = not asked
sides-accept = Accept and merge
sides-accept-hint = All partners of both drafts are told by letter. The other team then sees who takes part and what the rules say, and no amounts of your partners.
sides-decline = Decline
sides-waiting = Waiting for the other team
sides-waiting-text = Proposed on { $date }. You will see their side once they accept.
sides-withdraw = Withdraw the proposal
sides-give-code = Give the other side a code
sides-give-code-text = Nobody can find your draft. Whoever is to propose a merger needs a code from you: hand it over yourself. It works once, for a week.
sides-code = Merge code
sides-code-once = Copy the code now: it is not shown again.
sides-code-works = A code is out until { $date }. A new one replaces it.
sides-make-code = Make a code
sides-make-code-again = Make a new code
sides-use-code = Propose a merger
sides-use-code-text = With a code of the other side you propose to merge. Its team then sees your sheet as it would come: who takes part, and what the rules say of both sides together.
sides-propose = Propose the merger
sides-wrong-code = This code does not work: it is mistyped, used, or older than a week. Ask the other team for a new one.
sides-wrong-no-side = One of the drafts does not say which side it gathers.
sides-wrong-same-side = Both drafts gather the same side.
sides-wrong-other-topic = The drafts are for different topics or instruments.
sides-wrong-together = This draft holds both sides already.
sides-wrong-doubled = These organisations stand on both sheets; one of the teams must take them off first:
done-sides-ledger-saved = The ledger is saved.
done-sides-proposed = The merger is proposed. The other team is told by letter.
done-sides-merged = Both sides are together. Both teams and all partners with an address are told by letter.
done-sides-refused = The proposal is closed.
done-sides-undone = The merger is undone. Both drafts say again what they said before.

change-draft-merge-code = Merge code made
change-draft-merger-propose = Merger proposed
change-draft-merger-decline = Merger declined
change-draft-merger-withdraw = Proposed merger withdrawn
change-draft-merge-sides = Both sides put together
change-draft-merger-undo = Merger undone

## Letters
mail-merger-button = See the merger
mail-merger-proposed-subject = { $cluster } proposes to merge with “{ $draft }”
mail-merger-proposed-text = { $cluster } used the code of your draft “{ $draft }” and proposes to put both sides together. Look at who would come and what the rules would say, then accept or decline. They see nothing of your draft until you accept.
mail-merger-declined-subject = { $cluster } declined to merge with “{ $draft }”
mail-merger-declined-text = { $cluster } declined to put both sides together. Your draft “{ $draft }” stays as it is.
mail-merger-merged-subject = Both sides of “{ $draft }” are together
mail-merger-merged-text = The draft “{ $draft }” and that of { $cluster } were put together: applicants and industry now work on one draft, and its partners see who is on the other side. Amounts stay with whom they are of. Within a day the teams can undo this.
mail-merger-undone-subject = The merger of “{ $draft }” is undone
mail-merger-undone-text = The draft “{ $draft }” and that of { $cluster } are two drafts again, and each says what it said before. Neither side sees the other any more.
