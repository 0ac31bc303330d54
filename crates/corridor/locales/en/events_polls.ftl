# Date polls: the days that are proposed for an event, and who can come on which.

events-tab-dates = Dates
events-part-dates = Dates
polls-not-fixed = not fixed yet
polls-word-yes = Yes
polls-word-if-need-be = If need be
polls-word-no = No
polls-word-silent = No answer

## The team
polls-begin = Ask which day suits
polls-again = Ask again
polls-change = Change the poll
polls-lede = Propose some days. Everybody who takes part or is invited, and every cluster asked to come with a delegation, gets a letter and answers for each day. You fix one of them; the event moves there with its hours, and so do the days until which one registers and asks for meetings. Until then no timetable is published, and the event stands at the earliest day. Answers to an earlier poll are forgotten.
polls-change-lede = What was said of days that stay, stays. Nobody is written to before you remind.
polls-demonstration = In the demonstration no letters leave: answer yourself in the place of participants, from their name in the list.
polls-field-days = Days on which the event could begin
polls-field-days-hint = From 2 to { $most }, in any order. An event of several days keeps its length.
polls-field-day = Day { $number }
polls-field-until = Answers until
polls-field-until-hint = Before the earliest of the days.
polls-field-message = What you want to tell them
polls-field-message-hint = It stands in the letter, above the days.
polls-begin-act = Ask
polls-none = No day was asked about.
polls-published = A timetable is published for these days: it tells everybody when they meet, so the days cannot be asked about any more.
polls-publish = The days are being asked about. Fix one under «Dates» before you publish.
polls-is-open = The days are being asked about and not fixed yet.
polls-is-fixed = Fixed: { $day }.
polls-is-ended = The poll was given up without a day. The event stands where it stood.
polls-is-answered = Answers could be given until { $until }. Fix a day, or ask for longer below.
polls-over = The poll is over: its day is fixed, or it was given up.
polls-reminded = Everybody was written to within a day. Remind them tomorrow.
polls-not-proposed = { $day } is none of the days that are proposed. Choose one of them, or propose it first.
polls-has-passed = { $day } has passed. Fix a day that is still to come, or propose others.
polls-passed = has passed
polls-stat-answered = Answered
polls-stat-answered-note = { $count ->
    [0] nobody is missing
    [one] one voice is missing
   *[other] { $count } voices are missing
}
polls-stat-days = Days
polls-stat-days-note = proposed
polls-stat-until = Answers until
polls-days = Which day suits best
polls-order = The best day first: on which most can come; among these the one that suits most of them without an effort; then the one that fewest refuse; then the earliest. Each organisation and each asked cluster has one voice.
polls-column-day = Day
polls-column-can = Can come
polls-column-beside = Other events then
polls-best = Best
polls-cannot = cannot come: show who
polls-fix = Fix this day
polls-fix-sure = The event moves to { $day }. Everybody who takes part or is invited, and every asked cluster, is told by letter.
polls-voices = Who said what
polls-voices-lede = Nobody else sees it. A name leads to where you answer in its place.
polls-silent = Answer missing
polls-all = All
polls-remind = Remind those whose answer is missing
polls-written-at = Those whose answer is missing were last written to on { $at }. After a day you can remind them.
polls-column-who = Who
polls-as-cluster = cluster
polls-by-team = noted by the team
polls-nobody-silent = Everybody has answered for each day.
polls-nobody = Nobody has a voice yet: invite participants or ask clusters.
polls-end = Give the poll up
polls-end-sure = Nobody can answer any more, no day is fixed, and nobody is written to.

## Whoever answers
polls-ask-you = The day is not fixed yet: say which ones suit you.
polls-ask-cluster = The day is not fixed yet: say which ones suit your delegation.
polls-answer-here = Answer
polls-asked-title = Which days suit you?
polls-asked-lede = { $cluster } asks for your answer by { $until }. You can change it until then.
polls-you-answered = Your answer of { $at }.
polls-you-missed = Some day is without an answer.
polls-answer-act = Send the answer
polls-who-reads = Only the team of { $cluster } reads what you answer. It counts for your whole organisation.
polls-nothing-asked = { $cluster } asks about no days.
polls-answers-over = This is not answered any more.
polls-is-ended-to-you = { $cluster } asks about these days no more.

polls-wrong-past = A day that is still to come.
polls-wrong-twice = This day stands above already.
polls-wrong-days = Propose from 2 to 12 different days.
polls-wrong-until = Before the earliest of the days.
polls-wrong-until-past = Today or later.
polls-wrong-nothing = Answer for at least one day.

done-polls-begun = The days are proposed, the letters are on their way.
done-polls-reminders = Those whose answer is missing get a letter.
done-polls-fixed = The day is fixed, and everybody is told.
done-polls-ended = The poll is given up.
done-polls-answered = Thank you for your answer.

## Letters
mail-poll-asked-subject = Which day suits { $who } for { $event }?
mail-poll-asked-text = { $cluster } is looking for the day of «{ $event }» and proposes { $count }. Please say by { $until } which suit { $who }.
mail-poll-reminded-subject = Your answer is missing: the day of { $event }
mail-poll-reminded-text = { $cluster } still waits for the answer of { $who }: which of these days suit for «{ $event }»? It can be given until { $until }.
mail-poll-fixed-subject = { $event } takes place on { $fixed }
mail-poll-fixed-text = { $cluster } has fixed the day of «{ $event }»: it begins on { $fixed }. Open the page to see its hours and to say when { $who } can meet.
mail-event-invited-polled-text = { $cluster } invites { $organisation } to «{ $event }». The day is not fixed yet: open the page to say which of the proposed days suit you, whether you would come, and what you offer and seek.
mail-event-added-polled-text = { $cluster } has put { $organisation } on the list of «{ $event }». The day is not fixed yet: on the page you say which of the proposed days suit you, and what you offer and seek.
mail-event-confirmed-polled-text = { $cluster } confirms that { $organisation } takes part in «{ $event }». The day is not fixed yet: on the page you say which of the proposed days suit you.
