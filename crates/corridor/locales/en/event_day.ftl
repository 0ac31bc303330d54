# The day of an event: the door, what goes otherwise than published, planning anew.

events-tab-day = The day

## The door
day-moment = { $day }, { $clock }
day-not-begun = The event has not begun yet: the door is prepared here, and people are checked in on the day.
day-door = At the door
day-here = People in
day-here-note = of those who are to come
day-participants-here = Participants in
day-participants-here-note = with somebody there
day-n-of-m = { $n } of { $m }
day-search = Name, organisation or delegation
day-search-act = Search
day-show-all = Everybody
day-show-expected = Not in yet
day-show-here = In
day-check-in = Check in
day-undo = Undo
day-here-since = in since { $at }
day-badge-from = not there from { $from } on
day-badge-until = not there until { $until }
day-nobody-named = Nobody is named yet.
day-name-somebody = Name somebody
day-nobody-found = Nobody is found so.
day-show-everybody = Show everybody
day-nobody-comes = Who comes will stand here as soon as somebody takes part.

## One participant
day-noted = Noted
day-away-title = Somebody is not there
day-away-lede = For somebody who does not come, comes late or leaves early. You see which meetings it touches before anything is noted.
day-who = Who
day-all-people = All its people
day-away-from = Not there from
day-away-until = There again from
day-away-until-hint = For somebody who is late: the slot from which on they meet.
day-from-now = now on
day-until-never = not again at this event
day-until-end = not again at this event
day-see-touched = See what it touches
day-meetings = Its meetings
day-with = With
day-where = Where
day-who-meets = Who meets
day-call-off = Call off
day-is-called-off = called off
day-begun = has begun
day-no-meetings = No meeting is published for it.
day-end-away = Is there now
day-nothing-published = What can go otherwise is a timetable that is published: none is yet.

## What goes otherwise
day-incidents = What goes otherwise
day-incidents-lede = Absences, lost tables and meetings called off. Nobody's agenda changes before you plan anew and accept it.
day-incidents-see = What goes otherwise
day-no-incidents = Everything goes as published.
day-unplanned = { $count ->
    [0] none that the timetable does not reckon with
    [one] one not in the timetable yet
   *[other] { $count } not in the timetable yet
}
day-note = Note what goes otherwise
day-note-lede = It is noted with your name. Nobody is told and nothing moves before you plan anew.
day-note-act = Note it
day-why = Why
day-why-hint = A few words for your team, or none. Nothing about anybody's health.
day-touches = { $count ->
    [0] It touches no meeting to come
    [one] It touches one meeting to come
   *[other] It touches { $count } meetings to come
}
day-touches-now = { $count ->
    [one] touches one meeting to come
   *[other] touches { $count } meetings to come
}
day-said-away-end = { $who } is not there from { $from } on
day-said-away-until = { $who } is not there from { $from } to { $until }
day-said-table-end = Table { $table } cannot be used from { $from } on
day-said-table-until = Table { $table } cannot be used from { $from } to { $until }
day-said-table-room-end = { $room }, table { $table } cannot be used from { $from } on
day-said-table-room-until = { $room }, table { $table } cannot be used from { $from } to { $until }
day-said-called-off = { $one } – { $other } is called off
day-state-new = not in the timetable yet
day-state-planned = in version { $number }
day-state-over = over
day-state-undone = undone
day-ended-at = until
day-end = It is over
day-somebody-title = Somebody does not come, or comes late
day-somebody-lede = Look for them at the door, and open the participant.
day-table-title = A table is lost
day-room = Room
day-table = Table
day-table-from = Lost from
day-table-until = Can be used again from
day-wrong-table = There is no such table in this room.
day-wrong-request = Only a published meeting that has not begun can be called off.
day-wrong-participant = Nobody of this name takes part.
day-wrong-person = This person is not of the participant any more.
day-wrong-time = This is the beginning of no slot of the event.
day-wrong-no-slot = No slot to come lies in this time: «there again» must come after «not there from».

## Planning anew
day-replan = Plan anew
day-replan-lede = Begins with the published timetable and moves as few meetings as it can. What has begun stays, locked meetings stay, nobody who is away has a meeting.
day-nothing-moves = Nothing has to move.
day-count-moved = Moved
day-count-table = At another table
day-count-gone = Fall out
day-count-new = Held as well
day-count-people = People touched
day-accept = Accept and tell them
day-accept-hint = Agendas, calendars and the big screen change at once. Only the people touched are written to.
day-accept-nothing = Take note
day-accept-nothing-hint = What was noted counts as reckoned with; the timetable stays as it is.
day-discard = Discard
day-waiting = { $count ->
    [one] One agreed meeting has no place in the timetable.
   *[other] { $count } agreed meetings have no place in the timetable.
}
day-fill = Try to hold them where something is free
day-fill-not = Without meetings that were not held before
day-before-after = Before and after
day-before = Before
day-after = After
day-reason = Why
day-falls-out = falls out
day-because-called-off = called off
day-because-not-agreed = no longer agreed, or no longer taking part
day-because-away = { $who } is not there then
day-because-table = the table or slot is lost
day-because-makes-room = makes room for another meeting
day-because-fits = fits now
day-touched = { $count ->
    [one] One participant is touched
   *[other] { $count } participants are touched
}
day-more-changes = { $count ->
    [one] One more change is not listed.
   *[other] { $count } more changes are not listed.
}
day-took = Found in { $seconds } s.
day-no-slot-left = The last slot of the event has begun: there is nothing left to plan.
day-no-plan = No timetable keeps the rules as they are now. See on the page of the timetable which are broken, and move by hand what is named.
day-plan-other = The plan is another one by now: a slot has begun, or something was noted since you looked. Nothing was changed; look again.

## Agenda and big screen
day-changed = changed
day-gone-today = Called off today
day-board-changes = Changed today

timetable-reason-replanned = planned anew on the day

done-day-noted = Noted. Plan anew when you have noted everything.
done-day-ended = It holds no more.
done-day-replanned = The timetable reckons with it.

personal-event-absence = An absence noted at an event
personal-audience-event-team = The team of the cluster that organises the event
personal-field-arrived = Checked in

mail-event-day-subject = Your meetings have changed: { $event }
mail-event-day-text = The timetable of «{ $event }» has just changed. What is new for { $organisation }:
