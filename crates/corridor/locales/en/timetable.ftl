# The timetable of an event: searched, moved, published; agendas, calendars and the big screen.

events-tab-timetable = Timetable

## Figures and the search
timetable-version = Version { $number }
timetable-state-draft = Draft
timetable-state-published = Published
timetable-state-past = Earlier
timetable-held = Meetings held
timetable-held-note = of { $asked } agreed
timetable-breaks = Breaks
timetable-proved = Proved: no timetable has fewer
timetable-proved-short = proved
timetable-bound = At least { $bound } cannot be avoided
timetable-bound-none = Not proved how few are possible
timetable-shortfall = Missing from minimums
timetable-shortfall-note = meetings that participants should have at least
timetable-changes = Changes of table
timetable-changes-note = between two meetings in a row
timetable-took = Searched for
timetable-seconds = { $seconds } s
timetable-none = { $count ->
    [one] One meeting is agreed and waits for its time.
   *[other] { $count } meetings are agreed and wait for their time.
}
timetable-nothing = The timetable will stand here as soon as two participants have agreed to meet.
timetable-not-newest = This is an earlier version.
timetable-see-newest = See version { $number }
timetable-search-title = Search
timetable-search-text = The search takes up to { $seconds } seconds and shows what it finds. Locked meetings stay. Whatever it has found when it ends, or when you leave, becomes a draft: nobody sees it before you publish it.
timetable-search = Make the timetable
timetable-search-again = Search again
timetable-search-stop = Stop and keep the best
timetable-searching = Searching …
timetable-search-stopping = Stopping …
timetable-search-ended = The search has ended.
timetable-search-trouble = The search broke off. What was there before is untouched; try again.
timetable-runs-already = A search of this timetable runs already: wait until it has ended, or stop it.
timetable-nothing-agreed = No meeting is agreed yet: there is nothing to place.
timetable-refused = Something stands in the way of a timetable: the page names it.
timetable-without = No timetable was found in this time, and it is not proved that there is none. Search for longer, or unlock meetings.
timetable-conflict-title = No timetable
timetable-conflict = There is no timetable. These cannot hold together, and without any one of them they could:
timetable-conflict-mend = Change one of them: unlock a meeting, withdraw one that the team set, ask somebody for another slot, add a table, or give up a rule.
timetable-conflict-locked = The meeting { $one } – { $other } is locked to { $time }.
timetable-conflict-set = The meeting { $one } – { $other } was set by the team and must be held.
timetable-conflict-fairness = The breaks of any two people differ by at most { $limit }.
timetable-conflict-run = { $person } has at most { $most } meetings in a row.
timetable-conflict-window = { $one } and { $other } agreed on some sessions only.
timetable-conflict-order = The meeting { $before } – { $after } comes after { $one } – { $other }.
timetable-conflict-available = { $person } is there in some slots only.
timetable-conflict-maximum = { $participant } has at most { $most } meetings.
timetable-conflict-booth = { $participant } meets at its own booth.
timetable-conflict-tables = At { $time } there { $tables ->
    [0] is no table
    [one] is one table
   *[other] are { $tables } tables
}.
timetable-conflict-tables-often = Tables are short in { $count } slots.
timetable-conflict-not-smallest = There was no time to make this list as short as possible.

## The grid
timetable-grid = Who meets whom
timetable-days = Days
timetable-table = table { $number }
timetable-legend-wait = waits between two meetings
timetable-legend-locked = locked
timetable-left-out = { $count ->
    [one] One agreed meeting is not held
   *[other] { $count } agreed meetings are not held
}
timetable-left-out-hint = Search again, give more tables or slots, or open one to place it by hand.
timetable-broken = The event has changed since: this version does not fit any more. Search again, or move what is named.
timetable-broken-publish = This version cannot be published:
timetable-refusals = Some meetings cannot be held:
timetable-refusals-blocked = Before a timetable can be made:
timetable-refusal-nobody = { $participant } has nobody who comes: name somebody.
timetable-refusal-no-time = { $participant } has agreed to meetings ({ $count }), but nobody there is free at any time.
timetable-refusal-no-common = { $one } and { $other } have no time in common.
timetable-refusal-two-participants = { $person } stands for two participants, { $first } and { $second }: nobody can sit at two tables.
timetable-refusal-lost = Locked meetings that no longer have their time, table or people: { $count }. Unlock or move them.
timetable-refusal-locked-away = The meeting { $one } – { $other } is locked to { $time }, when one of the two is not free.
timetable-refusal-locked-closed = The meeting { $one } – { $other } is locked to { $time }, when its room is not there.
timetable-refusal-locked-tables = { $count } meetings are locked to { $time }, but there are { $tables } tables.
timetable-refusal-locked-person = { $person } is locked into two meetings at { $time }.
timetable-refusal-locked-place = Table { $table } is locked for two meetings at { $time }.

## Rules that a move breaks
timetable-rule-left-out = The meeting { $one } – { $other } must be held.
timetable-rule-unknown = The event has no such slot, table or person any more.
timetable-rule-lost = Meetings whose time, table, people or request are gone: { $count }.
timetable-rule-stranger = { $person } is not one of the people of { $participant }.
timetable-rule-window = { $one } and { $other } agreed on other sessions.
timetable-rule-away = { $person } is not free.
timetable-rule-closed = The room of table { $table } is not there then.
timetable-rule-not-at-booth = This meeting is held at the booth of its host, table { $table }.
timetable-rule-foreign-booth = Table { $table } is the booth of { $participant }.
timetable-rule-locked = The meeting { $one } – { $other } is locked elsewhere.
timetable-rule-order = The meeting { $one } – { $other } has to come first.
timetable-rule-person-twice = { $person } is in another meeting then: { $one } – { $other }.
timetable-rule-place-twice = Table { $table } is taken by { $one } – { $other }.
timetable-rule-long-run = { $person } would have { $length } meetings in a row; at most { $most }.
timetable-rule-travel = { $person } would need { $needed } minutes from one room to the other and has { $there }.
timetable-rule-too-many = { $participant } would have { $held } meetings; at most { $most }.
timetable-rule-unfair = { $person } would have { $breaks } breaks and { $other } { $fewest }: the difference may be { $limit }.

## A meeting
timetable-not-held = This meeting is agreed and not held.
timetable-lock = Lock it here
timetable-unlock = Unlock
timetable-lock-hint = A locked meeting stays where it is, whatever is searched.
timetable-take-out = Take out of the timetable
timetable-move = Move
timetable-place-act = Place it
timetable-move-act = Move it
timetable-move-refused = It cannot be there. Nothing was changed:
timetable-where-to = Where it could be
timetable-when = When
timetable-free-or-why = Tables free, or what stands against it
timetable-tables-free = { $count ->
    [one] one table free
   *[other] { $count } tables free
}
timetable-no-table = No table is free.
timetable-which-table = Table
timetable-any-table = Any free table
timetable-back = Back to the timetable

## Versions and publishing
timetable-versions = Versions
timetable-versions-lede = Every search and every change makes a version. The newest forty drafts are kept, and everything that was published.
timetable-version-column = Version
timetable-why = How it was made
timetable-made-at = Made
timetable-see = see
timetable-from-to = What changed from version { $from } to { $to }
timetable-count-changes = { $count ->
    [0] Nothing changed.
    [one] One meeting changed.
   *[other] { $count } meetings changed.
}
timetable-changed = What changes
timetable-change-new = New
timetable-change-moved = Moved
timetable-change-gone = Gone
timetable-reason-searched = searched
timetable-reason-stopped = search stopped
timetable-reason-moved = { $one } – { $other } moved by hand
timetable-reason-taken-out = { $one } – { $other } taken out
timetable-reason-locked = { $one } – { $other } locked
timetable-reason-unlocked = { $one } – { $other } unlocked
timetable-publish-ask = Publish …
timetable-publish-title = Publish version { $number }
timetable-publish-text = Everybody sees their agenda at once, and those whose agenda changes are told.
timetable-publish-over = It takes the place of version { $number }.
timetable-publish-act = Publish
timetable-touched = Participants touched
timetable-letters = { $count ->
    [one] one letter leaves
   *[other] { $count } letters leave
}
timetable-demonstration = In the demonstration no letter is sent to real people.
timetable-is-published = This version was published already.
timetable-event-cancelled = The event is cancelled: take it up again first.
timetable-publish-broken = This version breaks rules that the page names ({ $count }): search again, or move what is named.
timetable-booked-twice = Booked at that time already, here or at another event: { $who } ({ $zone }). Nothing was published; search again, and the timetable will go round it.

## What if
timetable-what-if = What would more tables bring?
timetable-what-if-lede = The same search twice, a few seconds each: with the event as it is, and with more.
timetable-more-tables = Tables more
timetable-more-slots = Slots more a day
timetable-compare = Compare
timetable-compare-hint = This takes some ten seconds.
timetable-what-if-title = With { $tables ->
    [0] as many tables
    [one] one table more
   *[other] { $tables } tables more
} and { $slots ->
    [0] as many slots
    [one] one slot a day more
   *[other] { $slots } slots a day more
}
timetable-what-if-more = { $count ->
    [one] One more meeting is held.
   *[other] { $count } more meetings are held.
}
timetable-what-if-less = { $count ->
    [one] One meeting fewer was found in this time.
   *[other] { $count } meetings fewer were found in this time.
}
timetable-what-if-saves = { $count ->
    [one] It saves one break.
   *[other] It saves { $count } breaks.
}
timetable-what-if-costs = { $count ->
    [one] One break more.
   *[other] { $count } breaks more.
}
timetable-what-if-same = It changes nothing.
timetable-what-if-none = One of the two searches found no timetable in this time.
timetable-what-if-too-much = That is more than an event can hold: a day ends at midnight, and there are at most 128 slots and 6,000 tables.
timetable-what-if-note = Of { $asked } meetings agreed. Found in four seconds each, not proved: a longer search may find better for both.
timetable-as-it-is = As it is
timetable-with-more = With more

## Agendas
timetable-agenda = Agenda
timetable-agenda-of = Agenda of { $person }
timetable-agenda-as-of = As published on
timetable-agenda-empty = No meeting is planned for you.
timetable-agenda-none = Your meetings will stand here as soon as { $cluster } has published the timetable.
timetable-place = Table { $table }
timetable-place-room = { $room }, table { $table }
timetable-for-you = For you: { $person }
timetable-offers = Offers
timetable-seeks = Seeks
timetable-calendar = In your calendar
timetable-calendar-lede = A private address that your calendar reads by itself: meetings move there when the timetable does.
timetable-calendar-file = Download as .ics
timetable-calendar-make = Private address for { $person }
timetable-calendar-hint = Whoever has the address can read this agenda. Making a new one ends the one before.
timetable-calendar-made = The private address for { $person }. It is shown this once: copy it into your calendar (subscribe, from address).
timetable-calendar-summary = Meeting with { $with }
timetable-calendar-text = { $event }. { $with }: { $their }. For you: { $own }.
timetable-board = Big screen
timetable-board-now = Now
timetable-board-next = Next
timetable-board-none = No meeting is coming.

done-timetable-made = The timetable is there, as a draft.
done-timetable-locked = The meeting is locked.
done-timetable-unlocked = The meeting is unlocked.
done-timetable-moved = The meeting is moved, in a new draft.
done-timetable-taken-out = The meeting is taken out, in a new draft.
done-timetable-published = The timetable is published.

mail-event-agenda-subject = Your agenda at { $event }
mail-event-agenda-text = { $cluster } has published a timetable of «{ $event }». What changes for { $organisation }:
mail-event-agenda-new = New: { $with }, { $when }, { $where }
mail-event-agenda-moved = Moved: { $with }, { $when }, { $where } (before: { $before })
mail-event-agenda-gone = Falls away: { $with }, { $when }

timetable-order = Before or after another
timetable-order-lede = Where two meetings must come in order, the search, moves by hand and publishing keep to it.
timetable-order-before = Before { $meeting }
timetable-order-after = After { $meeting }
timetable-order-how = This meeting is held
timetable-order-is-before = before
timetable-order-is-after = after
timetable-order-other = The other meeting
timetable-order-act = Set the order
timetable-unorder = Give up
timetable-order-itself = A meeting cannot come before itself.
timetable-order-circle = That would close a circle of meetings, each before the next: { $value }.
done-timetable-ordered = The order is set.
done-timetable-unordered = The order is given up.
