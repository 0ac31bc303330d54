# The desk for people's data.
frame-privacy = Your data
my-data-link = My data

## Kinds of requests
request-kind-access = Access to data
request-kind-access-hint = A copy of everything held, with purposes, legal bases, recipients and periods (GDPR, article 15).
request-kind-rectification = Rectification
request-kind-rectification-hint = Something is wrong or incomplete (article 16).
request-kind-erasure = Erasure
request-kind-erasure-hint = Everything about you is deleted; where a record must stay, you are taken out of it (article 17). An account is closed for good.
request-kind-restriction = Restriction
request-kind-restriction-hint = Your data is kept, and neither shown nor used, until you say otherwise (article 18).
request-kind-portability = Portability
request-kind-portability-hint = What you gave yourself, as a file that other programs read (article 20).
request-kind-objection = Objection
request-kind-objection-hint = You object to what is done on grounds of legitimate interests or a public task. It rests until it is decided (article 21).

## How they stand
request-state-received = Received
request-state-doubt = Identity to be confirmed
request-state-identity-checked = Identity confirmed
request-state-in-work = In work
request-state-answered = Answered
request-state-refused = Refused
request-state-withdrawn = Withdrawn
request-state-restricted = Restriction in force
request-channel-account = Signed in
request-channel-page = Public page
request-channel-letter = Letter on paper
request-channel-email = E-mail
request-channel-telephone = Telephone
request-channel-meeting = In person
request-identity-session = Signed in a short while before
request-identity-link = Link to the address
request-step-receive = Received
request-step-check-identity = Identity confirmed
request-step-doubt-identity = Identity asked for
request-step-take = Taken up
request-step-extend = Extended by two months
request-step-answer = Answered
request-step-refuse = Refused
request-step-withdraw = Withdrawn
request-step-lift = Restriction lifted

## My data
my-data-title = My data
my-data-lede = Everything that this instance holds about you: why, by what right, for how long, and who received a copy.
my-data-file = Everything as a file (JSON)
my-data-portable = What I gave, to take along (JSON)
my-data-not-lately = To take your data along, have it corrected or ask for something, sign in again: your last sign-in was more than half an hour ago.
my-data-sign-in-again = Sign in again
my-data-requests = My requests
my-data-read-answer = Read the answer
my-data-held = What is held
my-data-held-help = You change your name and language yourself on “My account”; consents you give and withdraw where they stand.
my-data-correct = Have this corrected
my-data-correct-to = { $field } should be
my-data-correct-ask = Ask for the correction
my-data-ask = Ask for something
my-data-ask-help = You get an answer within a month. Your sign-in says who you are: nobody asks you for a copy of an identity card.
request-what = What is asked for
request-words = In your own words
request-words-hint = What it is about, as far as it helps. For a rectification: what is wrong, and what would be right.
request-send = Send the request
request-state = State
request-received-on = Received on
request-due-on = Answer due by
request-problem-kind = Choose what is asked for.
request-problem-words = Say what is wrong, and what would be right.
request-problem-value = Write what it should say.

## The public page
privacy-title = Your data here
privacy-lede = What this instance holds about people, why and for how long, and how you see, correct or withdraw what is held about you.
privacy-ask = Ask about your data
privacy-ask-help = Without an account: we send a link to your address, so that nobody asks in your name. With an account, you see everything at once:
privacy-sign-in = sign in
privacy-has-account = You are signed in. You see everything held about you at once:
privacy-email-hint = The address that may be known here. The answer does not say whether it is.
privacy-purposes = What data is kept for
privacy-purposes-help = Made from what the program really holds.
privacy-sent-title = Look into your mailbox
privacy-sent-text = A letter is on its way to { $email }. Open its link in this browser within 15 minutes, so that we know that it is you who asks.
privacy-sent-help = You get the same letter whether or not anything is held about you.
privacy-confirm-title = Confirm your request
privacy-confirm-text = Whoever opens this page with the link holds the address. One more click, and the request is on its way.
privacy-confirm-act = Yes, I asked for this
privacy-confirmed-title = Your request has come in
privacy-confirmed-text = You get an answer at your address by { $due } at the latest.
privacy-open-title = The answer to your request
privacy-open-text = The link opens the answer once, in this browser, for an hour. Save or print it then.
privacy-open-act = Open the answer
privacy-link-refused = It was used already, is too old, or was asked for in another browser.
privacy-ask-again = Ask again

## Answers
answer-title = What is held about you
answer-lede = Put together on { $moment } by { $address }.
answer-file = As a file (JSON)
answer-held = What is held
answer-nothing = Nothing is held about this person.
answer-show-records = Show all { $count }
answer-source = From:
answer-audience = Seen by:
answer-cluster = Cluster:
answer-restricted = Kept, not used
answer-masked = About somebody else, left out
answer-masked-note = { $count ->
    [one] One value is about somebody else and is left out: it is theirs.
   *[other] { $count } values are about other people and are left out: they are theirs.
}
answer-recipients = Who received a copy
answer-no-recipients = Nobody received a copy, as far as this instance knows.
answer-recipient-erased = Somebody who has been erased since
answer-when = When
answer-who = Who
answer-how = How
answer-what-for = What
answer-purposes = Why, and for how long
answer-your-rights = What you can do
answer-rights = You can ask for access, rectification, erasure, restriction and portability, object, and withdraw a consent at any time; what was done before stays lawful.
answer-remedies = If the answer does not satisfy you, write to the cluster or to whoever runs this instance. You can lodge a complaint with the supervisory authority (in France the CNIL, www.cnil.fr) and go to court (GDPR, articles 77 and 79).
answer-preview = See what will be sent
answer-preview-note = This is what the person will read. Nothing has been sent yet.
answer-preview-back = Back to the request
answer-preview-part = This is the part that your cluster holds. The desk of the instance answers.

## The desk
privacy-desk-title = Privacy
privacy-desk-lede = What people ask about their data, by the day on which the law wants an answer, and what is done with which data.
privacy-tab-requests = Requests
privacy-tab-processing = Register of processing
requests-open = To be answered
requests-closed = Answered
requests-none = Nobody waits for an answer.
request-one = Request
request-who = Who
request-unnamed = Erased, or not known
request-desk = Desk
request-desk-instance = The instance
request-days-left = { $count ->
    [0] The last day is today
    [one] One day left
   *[other] { $count } days left
}
request-days-late = { $count ->
    [one] One day late
   *[other] { $count } days late
}
request-enter = Enter a request
request-enter-lede = For what came by letter, e-mail, telephone or in person. The clock has run since the day of receipt.
request-enter-access-hint = A copy of everything held about the person, with purposes, legal bases, recipients and periods (GDPR, article 15).
request-enter-erasure-hint = Everything about the person is deleted; where a record must stay, they are taken out of it (article 17). Their account is closed for good.
request-enter-restriction-hint = Their data is kept, and neither shown nor used, until the restriction is lifted (article 18).
request-enter-portability-hint = What the person gave themselves, as a file that other programs read (article 20).
request-enter-objection-hint = The person objects to what is done on grounds of legitimate interests or a public task. It rests until it is decided (article 21).
request-enter-email-hint = Where the answer goes, and by which the data is found.
request-enter-name-hint = As the person gave it.
request-enter-words = What the person asks for
request-enter-save = Enter
request-channel = How it came
request-received-hint = The day on which it reached you, not the day on which you read it.
request-language = Language of letters
request-identity = Identity
request-identity-hint = What was seen to be sure (“identity card, seen on 3 March”), or how the person is known. Never keep a copy. Leave it empty while it is not sure.
request-problem-channel = Choose how it came.
request-problem-day = Write a day that is not in the future.
request-problem-reason = Say why: the person reads it.
request-problem-identity = Say what was seen, or how the person is known.
request-problem-too-late = An extension must be told within the first month.
request-problem-gone = The field is no longer there: it was changed or erased in between.
request-over = This step cannot be taken any more: the request has moved on.
request-standing = Where it stands
request-paused = Processing on grounds of interests rests until this objection is decided.
request-part = The desk of the instance answers, because the person has to do with several clusters. You see what your cluster holds.
request-due-why = one month, to the next working day; it stands still while identity is in doubt
request-extended-on = Extended on
request-doubt-since = Asked for since { $day }
request-words-said = In their words
request-proposal = Should say
request-also = Says the same, and is corrected with it
request-reason = Reason
request-reason-hint = The person reads it in the letter.
request-closed-at = Ended
request-see-held = See what is held
request-mentions = Look through free texts
request-told = What was done
request-acts = What can be done
request-steps = What was done, and when
request-act-check-identity = Confirm identity
request-act-check-identity-help = The clock goes on, and the person is told the day of the answer.
request-act-doubt-identity = Ask for proof of identity
request-act-doubt-identity-help = Only with a reasonable doubt. The clock stands still until identity is confirmed.
request-act-take = Take it up
request-act-take-help = Others see that somebody works on it.
request-act-extend = Extend by two months
request-act-extend-help = Only for a complex case or many requests, and told with the reason within the first month.
request-act-refuse = Refuse
request-act-refuse-help = With the reason, and what the person can do against it. For an objection: it does not hold, and processing goes on.
request-act-withdraw = Withdraw
request-act-withdraw-help = The person has taken the request back.
request-act-lift = Lift the restriction
request-act-lift-help = The data is used and shown again. The person is told before.
request-act-answer-access = Send the answer
request-act-answer-access-help = The person reads it on “My data”, or through a link that opens once.
request-act-answer-portability = Send the file
request-act-answer-portability-help = What the person gave on consent or contract, as JSON.
request-act-answer-rectification = Correct, and say so
request-act-answer-rectification-help = What was proposed is written into the record. What the words ask for beyond that, correct in the records before.
request-act-answer-erasure = Erase
request-act-answer-erasure-help = Deletes, takes the person out of what must stay, closes the account with every session, and writes to everybody who received a copy. It cannot be undone.
request-act-answer-restriction = Restrict
request-act-answer-restriction-help = The data is kept, and neither shown nor used, until the restriction is lifted.
request-act-answer-objection = Uphold the objection
request-act-answer-objection-help = What was held on these grounds alone is removed, or kept without the person. What stays is told with its reason: a contract, a consent, the law, the defence of legal claims.
request-erase-confirm = Erase everything about this person? It cannot be undone.
request-object-confirm = Uphold the objection? What was held on these grounds alone is removed for good.
request-erased-deleted = { $what }: { $count } deleted.
request-erased-anonymised = { $what }: { $count } kept without the person.
request-erased-kept = { $what }: { $count } kept.
request-erased-corrected = { $what }: { $count } corrected.
request-mentions-lede = Every text of the database, looked through for the address and the name. What the program knows as personal data is told and erased by itself; free texts, such as the description of an organisation, are for you to correct.
mentions-table = Table
mentions-column = Column
mentions-rows = Rows
mentions-none = Nothing names this person.
today-requests = Requests about personal data
done-request-made = Your request is on its way. You find it here.
done-request-withdrawn = The request is withdrawn.
done-request-entered = The request is entered; its clock runs.
done-request-step = Done, and told where it has to be.

## The register
processing-title = Register of processing
processing-lede = What is done with which personal data (GDPR, article 30). Made from what every part of the program holds, so that it cannot go stale.
processing-purpose = Purpose
processing-data = Data
processing-basis = Legal basis
processing-recipients = Recipients
processing-months = Kept
processing-fate = Then
processing-period = From when, and why
processing-month-count = { $count ->
    [one] One month.
   *[other] { $count } months.
}
fate-deleted = Deleted
fate-anonymised = Made anonymous
fate-kept = Kept

## Of this slice itself
personal-request = Request about personal data
personal-requests = Requests about personal data
personal-field-kind = Kind
personal-reason-request = That a request came and was answered must stay provable; who asked is erased.
purpose-request-request = Requests about personal data
purpose-request-request-data = Who asked for what, when, how identity was checked, the outcome
purpose-request-request-recipients = Administrators of the cluster concerned and of the instance
purpose-request-request-period = From the answer: limitation of personal actions, five years (French Civil Code, article 2224).
change-account-data-request-receive = Request about personal data received
change-account-data-request-check-identity = Identity confirmed for a request about personal data
change-account-data-request-doubt-identity = Identity asked for
change-account-data-request-take = Request about personal data taken up
change-account-data-request-extend = Request about personal data extended
change-account-data-request-answer = Request about personal data answered
change-account-data-request-refuse = Request about personal data refused
change-account-data-request-withdraw = Request about personal data withdrawn
change-account-data-request-lift = Restriction lifted
job-privacy-look = Look at requests about personal data

## Letters
mail-request-button = Open
mail-request-confirm-subject = Confirm your request about your data
mail-request-confirm-text = Somebody, perhaps you, asked at { $address } for: { $kind }. If it was you, open this link within { $days } minutes in the browser in which you asked. If it was not you, do nothing: without the link nothing is done and nothing is told.
mail-request-received-subject = Your request has come in
mail-request-received-text = Your request has come in: { $kind }. You get an answer by { $due } at the latest.
mail-request-doubt-subject = Your request: we need to be sure that it is you
mail-request-doubt-text = To answer your request ({ $kind }) we need to be sure who asks. Please answer to the cluster or to whoever runs this instance; do not send a copy of an identity card unless you are asked for it. The time for the answer stands still until then.
mail-request-extended-subject = Your request takes longer
mail-request-extended-text = Your request ({ $kind }) takes longer than a month. You get an answer by { $due } at the latest, for this reason:
mail-request-answered-subject = The answer to your request
mail-request-answered-text = The answer to your request is there: { $kind }. You find it on “My data” for { $days } days.
mail-request-answered-link-subject = The answer to your request
mail-request-answered-link-text = The answer to your request is there: { $kind }. This link opens it once, for { $days } days. Forward it to nobody.
mail-request-rectified-subject = Your data is corrected
mail-request-rectified-text = Your data was corrected as you asked.
mail-request-restricted-subject = Your data is restricted
mail-request-restricted-text = Your data is kept and no longer shown or used. You are told before the restriction is lifted.
mail-request-lifted-subject = The restriction of your data ends
mail-request-lifted-text = The restriction of your data ends: it is shown and used again from now on.
mail-request-objection-upheld-subject = Your objection holds
mail-request-objection-upheld-text = Your objection holds. This is what was removed, and what stays for which reason.
mail-request-refused-subject = Your request is refused
mail-request-refused-text = Your request ({ $kind }) is refused, for this reason:
mail-request-withdrawn-subject = Your request is withdrawn
mail-request-withdrawn-text = Your request ({ $kind }) is withdrawn. You can make it again at any time.
mail-request-erased-subject = Your data is erased
mail-request-erased-text = Your data at { $address } is erased, and everybody who is known to have received a copy has been asked to erase it too. This is what was done; of this letter nothing is kept.
mail-request-erase-copy-subject = Please erase a copy of personal data
mail-request-erase-copy-text = You received a copy of the data of the person named below from { $address }. The person has had it erased (GDPR, article 19). Please erase your copy and those that you passed on. If you keep it on grounds of your own, tell the person.
mail-request-reminder-subject = A request about personal data is due
mail-request-reminder-text = A request waits for its answer: { $kind }. Its legal limit is { $due } ({ $days } days).
mail-request-late-subject = A request about personal data is late
mail-request-late-text = The legal limit for a request is over: { $kind }, due by { $due }. Answer it now and say why it is late.
