# Requests to meet: whom to meet, who asked, what was answered; the team's page of them.

events-parts = Your pages of the event
events-part-profile = Profile
events-part-meet = Whom to meet
events-part-requests = Requests
events-part-agenda = Agenda
events-tab-requests = Requests

## Whom to meet
meet-outside = Say first that you come: then you see who else does, and ask whom you would like to meet.
meet-not-yet-open = The organiser still prepares the event: you will ask for meetings once it is open.
meet-days = Meetings are asked for from { $from } on{ $dated ->
    [yes] , until { $until }
   *[no] {""}
}.
meet-stat-meetings = Meetings agreed on
meet-stat-meetings-note = { $minimum ->
    [0] any number
    [one] aim at one at least
   *[other] aim at { $minimum } at least
}
meet-stat-meetings-most = at least { $minimum }, at most { $maximum }
meet-stat-sent = Requests sent
meet-stat-cap = of { $cap }; accepting is not counted
meet-stat-no-cap = any number
meet-stat-until = Requests until
meet-stat-until-note = asking and answering
meet-no-profile = Say in your profile what you offer and seek: the others read it, and suggestions are made of it.
meet-suggested = Suggested for you
meet-suggested-lede = From what you offer and seek, what the others offer and seek, and what their organisations really did.
meet-reason-offers = Offers what you seek: { $words }
meet-reason-seeks = Seeks what you offer: { $words }
meet-everybody = Everybody who takes part
meet-alone = Nobody else takes part yet.
meet-search = Name, offer or need
meet-country = Country
meet-any = Any
meet-show = Show
meet-found = { $count ->
    [0] Nobody found
    [one] One participant
   *[other] { $count } participants
}
meet-offers = Offers
meet-seeks = Seeks
meet-not-possible = Not possible: { $reason }
meet-ask = Ask to meet
meet-accept-theirs = Asked to meet you: accept
meet-ask-act = Send the request
meet-wish = How much you want this meeting
meet-wish-meet = Gladly
meet-wish-must = It is among the few that matter most
meet-message = A word to them
meet-message-hint = Why you would meet: it is what makes people accept.

## Requests of a participant
meet-none = Nobody asked to meet you yet, and you asked nobody. Begin with whom you would like to meet.
meet-to-answer = To be answered
meet-must = Matters most to them
meet-you-wrote = You wrote: { $words }
meet-in-sessions = Only in:
meet-they-propose = They would meet you, in these sessions. Does one of them suit you?
meet-words = A word to them (optional)
meet-accept = Accept
meet-no-thanks = No thanks
meet-other-time = Gladly, in another session
meet-other-time-hint = Tick those that suit you; they are asked whether one suits them too.
meet-propose = Propose these sessions
meet-agreed = { $count ->
    [one] One meeting agreed on
   *[other] { $count } meetings agreed on
}
meet-agreed-published = Time and table stand in your agenda:
meet-agreed-lede = Time and table stand in the agenda, once the organiser has published the timetable.
meet-set-by-team = Set by { $cluster }.
meet-call-off = Call off
meet-call-off-sure = The meeting with { $name } is called off, and they are told.
meet-sent = { $count ->
    [one] One request waits for its answer
   *[other] { $count } requests wait for their answer
}
meet-waits-since = Asked on { $at }
meet-proposed-since = You proposed other sessions; asked on { $at }
meet-withdraw = Take back
meet-past = Past
meet-ended-declined-you = You said «no thanks». If you change your mind, ask them yourself.
meet-ended-declined-they = They said «no thanks».
meet-ended-withdrawn-you = You took it back.
meet-ended-withdrawn-they = They took it back.

## Why not
meet-not-oneself = nobody meets oneself.
meet-not-closed = requests are not open today.
meet-not-over = the event is over or cancelled.
meet-not-outside = this participant does not take part.
meet-not-absent = the other participant does not take part.
meet-not-kinds = the organiser does not foresee meetings of these two kinds of participation.
meet-not-refused = they said «no thanks».
meet-not-asked = it is asked already, and waits for their answer.
meet-not-proposed = they proposed other sessions: answer among the requests.
meet-not-agreed = the meeting is agreed on.
meet-not-cap = as many requests are sent as may be. Take one back, or wait for an answer.
meet-not-own-full = as many meetings are agreed on as there may be.
meet-not-other-full = the other participant has as many meetings as it may have.
meet-not-slot = no slot is free on both sides.
meet-not-session = tick one session of the event at least.
meet-not-so = this request cannot be answered so any more. Look at what it is at now.
meet-wrong-name = No participant is called so.
meet-wrong-name-twice = Several participants are called so: correct one of the names first.

## The team's page
meet-all = All
meet-state-waiting = Waiting
meet-state-countered = Other time proposed
meet-state-accepted = Accepted
meet-state-declined = Declined
meet-state-withdrawn = Taken back
meet-stat-rate = Acceptance
meet-stat-rate-note = { $answered ->
    [0] no answer yet
    [one] of one answered request
   *[other] { $accepted } of { $answered } answered requests
}; good events reach 40 to 60%
meet-stat-held = Meetings to hold
meet-stat-held-note = { $count ->
    [0] none set by you
    [one] one set by you
   *[other] { $count } set by you
}
meet-stat-each = Meetings each
meet-stat-each-note = on average; good events reach two or more
meet-stat-waiting = Unanswered
meet-stat-waiting-note = waiting for one of the two
meet-column-from = Asked by
meet-column-to = Asked
meet-column-wishes = Wish
meet-column-asked = Asked on
meet-word-must = must
meet-word-meet = gladly
meet-by-team = set by the team
meet-answered-at = answered on { $at }
meet-none-so = No request is at this.
meet-team-none = Nobody asked for a meeting yet. Participants ask on their pages, or you set a meeting below.
meet-set-title = Set a meeting
meet-set-lede = Accepted at once on behalf of both, who are told. Kinds of participation, meetings at most and «no thanks» hold for you too.
meet-set-one = Participant
meet-set-other = Meets
meet-set-act = Set the meeting

done-meet-asked = The request is on its way.
done-meet-agreed = They had asked you already: the meeting is agreed on.
done-meet-now-accepted = The meeting is agreed on.
done-meet-now-declined = You said «no thanks».
done-meet-now-countered = The sessions are proposed.
done-meet-now-withdrawn = The request is taken back.
done-meet-set = The meeting is set.

## Letters
mail-meet-asked-by-subject = { $other } would like to meet you at { $event }
mail-meet-asked-by-text = { $other } asks to meet { $organisation } at «{ $event }».{ $has-until ->
    [yes] {" "}Please answer until { $until }.
   *[no] {""}
}
mail-meet-asked-subject = { $count } requests to meet you at { $event }
mail-meet-asked-text = { $count } participants of «{ $event }» ask to meet { $organisation } and wait for your answer.{ $has-until ->
    [yes] {" "}Please answer until { $until }.
   *[no] {""}
}
mail-meet-reminder-subject = { $count ->
    [one] A request to meet waits for you
   *[other] { $count } requests to meet wait for you
}: { $event }
mail-meet-reminder-text = { $count ->
    [one] One participant of «{ $event }» waits
   *[other] { $count } participants of «{ $event }» wait
} for the answer of { $organisation }.{ $has-until ->
    [yes] {" "}Requests can be answered until { $until }.
   *[no] {""}
} «No thanks» is an answer too: they will ask somebody else.
mail-meet-accepted-subject = { $other } will meet you at { $event }
mail-meet-accepted-text = { $other } has accepted to meet { $organisation } at «{ $event }». You will find time and table in the agenda, once the timetable is published.
mail-meet-called-off-subject = { $other } calls off the meeting at { $event }
mail-meet-called-off-text = { $other } has called off the meeting with { $organisation } at «{ $event }».
mail-meet-set-subject = You will meet { $other } at { $event }
mail-meet-set-text = { $cluster }, who organises «{ $event }», has set a meeting of { $organisation } with { $other }. You will find time and table in the agenda, once the timetable is published.

## Letters about requests
meet-letters-title = Letters about requests
meet-letters-ask = You may end the letters on new requests of this event, and the reminders, to this address.
meet-letters-stay = That a meeting was accepted, set or called off, and the published timetable with its changes, still comes by letter.
meet-letters-stop = No more letters about requests
meet-letters-ended = This address gets no more letters on new requests of this event and no reminders: look at the page of your requests now and then.
meet-letters-again = Get letters about requests again
