## One's own consents
consents-mine = My consents
consents-mine-lede = What you agreed to, in the words that you saw. Taking a consent back is as easy as giving it, and does not undo what was done while it stood.
consents-mine-none = You were not asked for any consent. What is held about you stands under My data, each with its legal basis.
consent-audience = Seen by
consent-when = Given
consent-wording = Wording
consent-withdraw = Withdraw this consent
consent-give = Give this consent again
consent-then-erased = Only your consent keeps this. If you withdraw it, the entry is deleted at once, also for those who see it now.
consent-then-stays = If you withdraw it, the entry stays on another legal basis: { $basis }. You can ask for its erasure, or object, under My data.
consent-again-wording = I agree that this is kept and used: { $what }. It is seen by: { $audience }. I can withdraw this at any time.
consent-standing-none = Not asked
consent-standing-asked = Asked, not answered
consent-standing-given = Given
consent-standing-confirmed = Confirmed through the person’s own address
consent-standing-withdrawn = Withdrawn
consent-not-given = this consent is not given, so there is nothing to withdraw
consent-given-already = this consent is given already
consent-asked-already = this person was asked already, and their letter can still be answered
consent-letter-over = this link is used, too old, or not one of ours
consent-problem-address = this record has no e-mail address that may be written to, so nobody can be asked by letter
consent-channel-page = on the page
consent-channel-letter = by letter
consent-channel-paper = on paper
consent-channel-telephone = by telephone
consent-channel-meeting = at a meeting
consent-channel-import = with an import
consent-by-themself = The person
done-consent-withdrawn = Withdrawn. The entry stays on another legal basis.
done-consent-withdrawn-erased = Withdrawn, and the entry is deleted.
done-consent-given = Given again.
done-consent-asked = The letter is on its way.

## The log, for those who keep the data
consents-title = Legal bases and consents
consents-lede = By what right each record about a person is held: who noted, gave, confirmed or withdrew what, when and how. Entries are only ever added; the last state counts.
consents-without = Records without a basis
consents-without-none = Every record that needs a basis of its own has one.
consents-without-some = { $count ->
    [one] This record was kept without saying by what right. Note a basis where it is kept, ask the person by letter, or delete it.
   *[other] These { $count } records were kept without saying by what right. Note a basis where they are kept, ask the person by letter, or delete them.
}
consents-log = Log
consents-log-none = Nothing was noted yet.
consents-every = All
consents-filter = Show
consents-newest = The newest { $count } entries.
consents-when = When
consents-since = Kept since
consents-record = Kind of record
consents-event = What happened
consents-how = How
consents-who = Entered by
consents-version = version { $version }
consents-about = At
consents-no-basis = None
consents-objection = an objection waits for its decision
consents-usable = This record may be used.
consents-not-usable = This record may not be used: no basis stands, or an objection waits.
consent-ask-title = Ask by letter
consent-ask-hint = A letter to { $email } asks for this, word by word. Only an answer through that address counts, also after an earlier withdrawal:
consent-ask = Send the letter
change-consent-withdraw = Consent withdrawn
change-consent-give = Consent given again
change-consent-ask = Consent asked for by letter
change-consent-confirm = Consent confirmed by letter
change-consent-refuse = Consent refused by letter

## The letter and its answer
consent-letter-wording = I agree that { $cluster } keeps my name, function and contact details as a contact at { $about }, and shows them to its team and to those whom it names beside each field. I can withdraw this at any time, free of charge.
consent-asked-title = Do you agree?
consent-asked-hint = If you say no, what only your consent would allow is deleted, and any other use is paused until it is decided upon. Nothing else depends on your answer.
consent-yes = I agree
consent-no = I do not agree
consent-answered-title = Thank you for your answer
consent-answered-yes = Your consent is noted with the day and the wording. You can withdraw it at any time: write to the cluster, or sign in.
consent-answered-no = Your refusal is noted. Your details are not used any more until the cluster has decided on your objection.
consent-answered-gone = Your refusal is noted, and your details are deleted.
mail-consent-subject = { $cluster } asks for your consent
mail-consent-why = { $cluster } has noted you as a contact at { $about } and asks whether you agree to this:
mail-consent-answer = Answer yes or no here, within { $days } days:
mail-consent-nothing = If you do nothing, nothing is taken as agreed.

## Views of the desk
privacy-tab-consents = Legal bases
privacy-tab-retention = Retention
