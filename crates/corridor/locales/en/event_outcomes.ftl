# What came of meetings: said by participants, read by the team beside the figures of the field.

events-part-outcomes = After the meetings
events-tab-results = Results
job-events-outcomes = Ask what came of meetings, the day after an event

## Said by a participant
event-outcomes-title = What came of your meetings
event-outcomes-lede = Say it meeting by meeting, each is saved on its own and can be corrected. { $cluster }, who organises the event, reads it; the other side does not.
event-outcomes-progress = { $count ->
    [one] { $said } of one meeting said
   *[other] { $said } of { $count } meetings said
}
event-outcomes-to-come = { $count ->
    [one] One more has not begun.
   *[other] { $count } more have not begun.
}
event-outcomes-none-begun = { $count ->
    [one] Your meeting has not begun yet. From its beginning on you can say here what came of it.
   *[other] None of your { $count } meetings has begun yet. From the beginning of each on you can say here what came of it.
}
event-outcomes-kept = Was the meeting held?
event-outcomes-kept-yes = Yes
event-outcomes-kept-no = No
event-outcomes-second = Do you want a second meeting?
event-outcomes-second-yes = Yes, we want to go on
event-outcomes-second-no = No
event-outcomes-not-said = Not said
event-outcomes-rating = How good was it?
event-outcomes-rating-5 = 5 – excellent
event-outcomes-rating-4 = 4 – good
event-outcomes-rating-3 = 3 – fair
event-outcomes-rating-2 = 2 – poor
event-outcomes-rating-1 = 1 – of no use
event-outcomes-words = In your words (optional)
event-outcomes-words-hint = What you agreed on, what would help. For the organiser only; name people only where it is needed.
event-outcomes-take-back = Take back
event-outcomes-correct = Correct
event-outcomes-said-kept = Held
event-outcomes-said-not-kept = Not held
event-outcomes-said-second = second meeting wanted
event-outcomes-said-no-second = no second meeting
event-outcomes-said-rating = rated { $rating } of 5
event-outcomes-by-team = Noted by the organiser.
event-outcomes-take-up = Take up as a draft of a consortium
event-outcomes-look-for-team = Look for a team with both
event-outcomes-wrong-kept = Say whether the meeting was held.
event-outcomes-too-early = this meeting has not begun yet: what came of it can be said from its beginning on

done-event-outcome-said = Saved. Thank you.
done-event-outcome-noted = Noted.
done-event-outcome-taken-back = Taken back: nothing is said of this meeting.

## Results, for the team
event-results-views = Views of the results
event-results-meetings = Meetings
event-results-participants = By participant
event-results-delegations = By pair of delegations
event-results-accepted = Requests accepted
event-results-of-answered = { $of ->
    [0] no answer yet
   *[other] { $count } of { $of } answered
}
event-results-field-accepted = good events: 40 to 60%
event-results-enough = Two meetings or more
event-results-of-participants = { $of ->
    [0] no participant yet
   *[other] { $count } of { $of ->
        [one] one participant
       *[other] { $of } participants
    }
}
event-results-field-enough = good events: two each
event-results-held = Held
event-results-of-known = { $of ->
    [0] nothing said yet
   *[other] { $count } of { $of } of which it is known
}
event-results-field-held = good events: 80%
event-results-second = Second meeting wanted
event-results-of-held = { $of ->
    [0] nothing said yet
   *[other] { $count } of { $of } held, where somebody said
}
event-results-field-second = good events: 20 to 30%
event-results-rating = Rating
event-results-of-ratings = { $count ->
    [0] no rating yet
    [one] of 5, from one rating
   *[other] of 5, from { $count } ratings
}
event-results-n-of-m = { $count } of { $of }
event-results-beside-below = below
event-results-beside-within = on a level
event-results-beside-above = above
event-results-unsaid-count = { $count ->
    [one] One of { $of } meetings that have begun: nobody said anything yet.
   *[other] { $count } of { $of } meetings that have begun: nobody said anything yet.
}
event-results-contradicted-count = { $count ->
    [one] One is contradicted.
   *[other] { $count } are contradicted.
}
event-results-to-come-count = { $count ->
    [one] One is still to come.
   *[other] { $count } are still to come.
}
event-results-how = How this is counted
event-results-how-accepted = Requests accepted: of those that one side asked and the other answered. Meetings that you set are not among them.
event-results-how-enough = Two meetings or more: of the participants who are confirmed today; meetings of the published timetable, those left out that were not held.
event-results-how-held = Held: one side says so and the other does not say otherwise. Where the two contradict each other, the meeting counts neither as held nor as not held, until one of them corrects it or you note it.
event-results-how-second = Second meeting wanted: one side wants it and the other does not say no, of the meetings that were held and of which somebody said so or not.
event-results-how-said = What nobody has said counts as nothing, never as no. A meeting that was called off before it began does not count at all.
event-results-came = What became of it
event-results-came-kept = Held
event-results-came-not-kept = Not held
event-results-came-contradicted = Contradicted
event-results-came-unsaid = Not said yet
event-results-came-to-come = To come
event-results-second-held = A second meeting, of those held:
event-results-second-both = Both want it
event-results-second-one = One wants it
event-results-second-disputed = One wants it, one does not
event-results-second-no = Not wanted
event-results-second-unsaid = Not said
event-results-second-line = Second meeting: { $what }
event-results-all = All
event-results-listed = { $count ->
    [0] No meeting
    [one] One meeting
   *[other] { $count } meetings
}
event-results-between = between { $one } and { $other }
event-results-of = of { $name }
event-results-wanted = second meeting wanted
event-results-show-all = Show all
event-results-column-meeting = Meeting
event-results-column-when = When and where
event-results-column-second = Second meeting
event-results-pair = { $one } – { $other }
event-results-none-so = None is so.
event-results-no-meeting = The published timetable has no meeting to be held.
event-results-not-published = Results begin with the published timetable: once a meeting has begun, its two sides can say what came of it.
event-results-export-hint = Files hold what each side says, but not its words.
event-results-all-participants = All
event-results-with-two = Two meetings or more
event-results-with-fewer = Fewer than two
event-results-with-unsaid = Has not said all
event-results-column-meetings = Meetings
event-results-column-unsaid = Not said by it
event-results-column-not-said = Not said yet
event-results-column-pair = Delegations
event-results-pairs = Meetings by pair of delegations
event-results-square = Delegation by delegation
event-results-square-lede = How many meetings, of these how many were held, and in how many a second one is wanted.
event-results-square-cell = { $held } held, { $second } led on
event-results-no-delegation = Without a delegation
event-results-no-delegations = No participant comes with a delegation yet: name it on the page of each participant.
event-results-note-lede = Note for one of the two what they told you. It is marked as noted by you; they see it and can correct it.
event-results-note-for = Note for { $name }
event-results-contradicted-note = One side says that the meeting was held, the other that it was not. It counts as neither: ask both, and note what is true.
event-results-short = Met at your events
event-results-met = Met

## The letter
mail-meet-outcomes-subject = What came of your meetings at { $event }?
mail-meet-outcomes-text = Thank you for coming to «{ $event }». { $count ->
    [one] Of one meeting of { $organisation } you have not said yet what came of it.
   *[other] Of { $count } meetings of { $organisation } you have not said yet what came of them.
} It takes a minute: was it held, do you want to meet again? { $cluster } reads it, the other side does not. This letter comes once.

## Personal data
personal-meeting = Words about a meeting
personal-meetings = Words about meetings
personal-reason-meetings = That a meeting was held is part of the results of the event; it stays without the name.
personal-audience-meeting = The team of the cluster that organises the event, and the participant that said it
purpose-meeting-words = What participants say of meetings
purpose-meeting-words-data = Words for the organiser, which may name people; the account that said them
purpose-meeting-words-recipients = The team of the cluster that organises the event
purpose-meeting-words-period = From the day it was said: three years, long enough for what followed from the meetings of an event to be accounted for (GDPR article 5(1)(e)). The figures stay.

## The demonstration
event-results-demonstration-name = Health clusters meet (demonstration)
event-results-demonstration-summary = A past day of meetings between real members of several clusters, as their delegations. Who met whom and what came of it is made up for this demonstration.
