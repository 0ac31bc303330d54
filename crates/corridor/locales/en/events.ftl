# Events: the team's pages, and those of who takes part.

rail-meetings = Our meetings
events-tabs = Parts of the event
events-tab-overview = Overview
events-tab-participants = Participants
events-tab-setup = Days and rules
events-colon = :

## The list and a new event
events-title = Events
events-lede = B2B and cluster-to-cluster meetings: who comes, who meets whom, when and at which table.
events-new = New event
events-new-lede = Choose what it is most like. Days, rooms, kinds of participation and rules can all be changed afterwards; nobody sees the event before you open it.
events-create = Create the event
events-empty = Your events will be listed here. A half day of meetings is ready in a few minutes.
events-coming = Coming and current
events-past = Past
events-deleted = The event is deleted.
events-column-name = Event
events-column-days = Days
events-column-place = Place
events-column-organiser = Organiser
events-state-preparing = In preparation
events-state-open = Open
events-state-cancelled = Cancelled
events-state-over = Over
events-template-half-day = Half day of meetings
events-template-half-day-hint = One morning, one room, everybody may meet everybody.
events-template-convention = Convention over three days
events-template-convention-hint = Buyers, sellers and laboratories; mornings and afternoons; no more than five meetings in a row.
events-template-delegations = Meetings between clusters
events-template-delegations-hint = Delegations of clusters with their members, a day in each of two regions.
events-session-morning = Morning
events-session-afternoon = Afternoon
events-room-main = Main room
events-kind-participant = Participant
events-kind-buyer = Buyer
events-kind-seller = Seller
events-kind-laboratory = Laboratory
events-kind-cluster = Cluster
events-kind-member = Member of a delegation

## Overview
events-stat-participants = Participants
events-stat-participants-note = { $invited ->
    [0] no invitation waits
    [one] one invitation without an answer
   *[other] { $invited } invitations without an answer
}, { $registered ->
    [0] nobody
   *[other] { $registered }
} to be let in
events-stat-accepted = Meetings accepted
events-stat-accepted-note = { $requests ->
    [0] no request yet
    [one] of one request
   *[other] of { $requests } requests
}{ $waiting ->
    [0] {""}
    [one] ; one waits for its answer
   *[other] ; { $waiting } wait for their answer
}
events-stat-seats = Meetings that fit
events-stat-seats-note = { $slots } slots at { $tables ->
    [one] one table
   *[other] { $tables } tables
}
events-programme = Programme
events-zone-note = All times are { $zone }.
events-slots = { $count ->
    [one] one slot
   *[other] { $count } slots
}
events-rooms = Rooms:
events-tables = { $count ->
    [one] one table
   *[other] { $count } tables
}
events-next-invite = To begin, check days and rules, then invite participants.
events-next-open = Open the event below: participants can then ask each other for meetings.
events-next-registered = { $count ->
    [one] One registration waits for you to let it in.
   *[other] { $count } registrations wait for you to let them in.
}
events-next-requests = Participants ask each other for meetings on their pages. You can set some too.
events-next-timetable = { $count ->
    [one] One meeting is agreed: make the timetable, then publish it.
   *[other] { $count } meetings are agreed: make the timetable, then publish it.
}
events-next-over = The event is over: see what came of it.
events-open-title = To whom the event is open
events-open-lede = Once it is open, organisations of this audience can register by themselves. Whoever you invite can answer in any case.
events-open-act = Open the event
events-open-change = Change the audience
events-close = Back into preparation
events-cancel = Cancel the event
events-cancel-sure = Nobody can register or ask for meetings any more. What was written is kept, and the event can be taken up again.
events-delete-sure = The event disappears for everybody. You can undo this at once.
events-field-audience = Open to
events-field-audience-hint = Those who see it in their meetings and can register.

## Setup
events-setup-event = The event
events-field-name = Name
events-field-first-day = First day
events-field-template = Template
events-field-summary = What it is about
events-field-summary-hint = Stands in the invitation and at the head of every participant's page.
events-field-place = Place
events-field-place-hint = Venue and town.
events-field-zone = Time zone
events-field-zone-hint = The clock on the wall of the venue: all hours are read in it.
events-setup-days = Days and slots
events-setup-days-lede = Slots fill each session from its beginning; an empty row is left out.
events-day-number = Day { $number }
events-another-day = Another day
events-field-day = Day
events-field-day-place = Place on this day
events-sessions-of = Sessions of day { $number }
events-session-name = Session
events-session-from = From
events-session-until = Until
events-field-minutes = Minutes a meeting
events-field-pause = Minutes between two meetings
events-setup-rooms = Rooms and tables
events-room-number = No.
events-room-name = Room
events-room-tables = Tables
events-room-days = Days
events-room-days-hint = Days: numbers with commas; empty for every day. A good measure: 10 to 20% more tables than meetings at the same time.
events-setup-walks = Walking times between rooms
events-walk-from = From room no.
events-walk-to = To room no.
events-walk-minutes = Minutes
events-setup-kinds = Kinds of participation
events-setup-kinds-lede = Who comes as what, and who may meet whom: two kinds meet when both say so.
events-another-kind = Another kind
events-kind-name = Name
events-kind-most-requests = Requests at most
events-kind-minimum = Meetings at least
events-kind-maximum = Meetings at most
events-kind-meets = Meets
events-setup-dates = Registration and requests
events-field-registration-until = Registration until
events-field-requests-from = Requests from
events-field-requests-until = Requests until
events-field-admits = Let in at once whoever registers
events-field-admits-hint = Otherwise each registration waits for you.
events-setup-rules = Rules of the timetable
events-field-fairness = Fairness: breaks differ by at most
events-field-fairness-hint = Between any two people. Empty: no such rule.
events-field-longest-run = Meetings in a row at most
events-field-longest-run-hint = Nobody can hold twenty meetings without a pause. Empty: any number.

## Participants
events-all = All
events-standing-invited = Invited
events-standing-registered = To be let in
events-standing-confirmed = Takes part
events-standing-declined = Declined
events-standing-withdrawn = Withdrawn
events-column-kind = As
events-column-delegation = Delegation
events-column-people = People
events-participants-none = Nobody yet. Invite organisations below, or open the event so that they register.
events-nobody-named = nobody named
events-let-in = Let in
events-take-out = Take out
events-take-out-sure = It takes part no more; requests and meetings with it fall away.
events-invite-title = Invite an organisation
events-invite-lede = It gets a letter with a private link: no account is needed to answer, to say what one offers and seeks, and when one is free.
events-invite-act = Invite
events-field-organisation = Organisation
events-field-organisation-hint = From the directory, or any name where it has no record.
events-field-delegation-hint = The cluster or network with which it comes, where there is one.
events-field-person = Name of the person
events-field-job = Function
events-field-email = E-mail address
events-field-email-hint = Empty: the letter goes to whoever speaks for the organisation here.
events-field-language = Language
events-field-confirmed = It takes part already
events-field-confirmed-hint = Nobody is asked; who is named is told.
events-demonstration = In the demonstration no letter is sent to real people: open the participant to answer in its place.
events-see-as = See its page
events-in-directory = in the directory
events-participant-rules = What holds for this participant
events-field-booth = Own booth
events-field-booth-hint = Room and table, such as 1/3. All its meetings are held there.

## Who takes part
events-meetings = Our meetings
events-meetings-lede = Events that your organisation comes to, and those that are open to it.
events-meetings-own = You take part or are invited
events-meetings-open = Open to you
events-meetings-none = No event is open to you now. As soon as one is, or somebody invites you, it stands here.
events-organised-by = Organised by { $cluster }
events-register-title = Register
events-register-as = You come as
events-register-act = Register
events-registration-over = Registration is closed.
events-over = The event is over.
events-is-over = This event is over.
events-is-cancelled = This event is cancelled.
events-coming-title = Your participation
events-you-invited = { $cluster } invites you. Do you come?
events-you-registered = Your registration waits for { $cluster }.
events-you-confirmed = You take part.
events-you-declined = You said that you do not come.
events-you-withdrawn = You take no part any more.
events-come = We come
events-come-not = We do not come
events-come-no-more = We come no more
events-come-no-more-sure = Your requests and meetings fall away.
events-its-page = Its page
events-in-its-place = You act in the place of { $organisation }: what you change here is its own word.
events-profile = What you offer and seek
events-profile-lede = The others read it before they ask to meet you.
events-offers = You offer
events-offers-hint = Competences, products, platforms, places in a consortium.
events-seeks = You seek
events-seeks-hint = Partners, suppliers, clients, investors: whom you came to meet.
events-people-lede = Who comes for you. Several people can hold meetings at the same time; everybody counts as free all the time unless you say otherwise.
events-another-person = Another person
events-availability = When this person can meet
events-availability-hint = Untick the hours that are taken.
events-rest = Breaks you would like
events-rest-hint = Kept free where that is possible.

## What cannot be
events-refused-no-cluster = You act for no cluster: choose one first.
events-wrong-name = Give it a name.
events-wrong-zone = This is no time zone.
events-wrong-minutes = Between 5 and 240, in steps of five.
events-wrong-pause = Between 0 and 120, in steps of five.
events-wrong-days = An event has one to ten days.
events-wrong-day = This is no day.
events-wrong-day-order = Each day must come after the one before.
events-wrong-no-session = Give this day at least one session.
events-wrong-hours = Write both hours, such as 09:00 and 12:30.
events-wrong-hours-order = This session ends before it begins.
events-wrong-hours-five = Begin at a full five minutes.
events-wrong-sessions-overlap = This session begins before the one above ends.
events-wrong-session-short = Not one meeting fits in this session.
events-wrong-rooms = There must be a room with a table.
events-wrong-many-tables = At most 60 rooms with 6,000 tables, as whole numbers.
events-wrong-room-name = Name the room.
events-wrong-room-day = There is no such day.
events-wrong-rooms-moved = A timetable, a booth or a lost table counts on the order of the rooms: leave each where it is, give it another name, or take out the last one.
events-wrong-days-moved = A timetable or agreed sessions count on the order of the days: leave each where it is, or take out the last one.
events-wrong-walk = Name two different rooms of the list, and at most 240 minutes.
events-wrong-kinds = There must be one kind of participation at least, and at most twenty.
events-wrong-kind-name = Name the kind.
events-wrong-kind-twice = Two kinds have this name.
events-wrong-kind-meets = It should meet a kind that there is not.
events-wrong-minimum = The minimum is above the maximum.
events-wrong-after-event = This is after the last day of the event.
events-wrong-requests-order = Requests would end before they begin.
events-wrong-many-slots = More than 128 slots: make meetings longer or sessions shorter.
events-wrong-template = Choose a template.
events-wrong-organisation = Name the organisation.
events-wrong-participation = Choose as what it comes.
events-wrong-email = This is no address.
events-wrong-email-booked = This address has another meeting at the time of one that is published here.
events-wrong-email-twice = This address stands there twice.
events-wrong-nobody = Nobody speaks for this organisation here: give an address, or say that it takes part already.
events-wrong-twice = This organisation is on the list already.
events-wrong-count = A whole number up to 200, or nothing.
events-wrong-booth = There is no such table: write room and table, such as 1/3.
events-wrong-booth-taken = This table is the booth of somebody else.
events-wrong-many-people = At most 30 people.

done-events-created = The event is there. Check days, rooms and rules.
done-events-saved = Saved.
done-events-undeleted = The event is back.
done-events-preparing = The event is in preparation again.
done-events-open = The event is open.
done-events-cancelled = The event is cancelled.
done-events-invited = The organisation is invited.
done-events-added = The participant is on the list.
done-events-standing-confirmed = It takes part.
done-events-standing-withdrawn = It takes part no more.
done-events-registered = You are registered.
done-events-comes = Thank you: you are expected.
done-events-stays-away = Thank you for telling.

## The demonstration
events-demonstration-name = Health business meetings (demonstration)
events-demonstration-summary = A day of B2B meetings between real members of the cluster, as their region says. What they offer comes from their past projects; who asked whom, and what was answered, is made up for this demonstration.
events-demonstration-person = Delegate of { $organisation }

## Letters
mail-event-button = Open
mail-event-no-account = You need no account. The link is yours alone: whoever has it can answer for you.
mail-event-invited-subject = { $cluster } invites { $organisation } to { $event }
mail-event-invited-text = { $cluster } invites { $organisation } to «{ $event }»{ $days }. Open the page to say whether you come, what you offer and seek, and when you are free.
mail-event-added-subject = { $organisation } takes part in { $event }
mail-event-added-text = { $cluster } has put { $organisation } on the list of «{ $event }»{ $days }. On the page you say what you offer and seek, and when you are free.
mail-event-confirmed-subject = { $organisation } is let in to { $event }
mail-event-confirmed-text = { $cluster } confirms that { $organisation } takes part in «{ $event }»{ $days }.
mail-event-withdrawn-subject = { $organisation } takes no part in { $event } any more
mail-event-withdrawn-text = { $cluster } has taken { $organisation } off the list of «{ $event }».

## Personal data
personal-event = Somebody at an event
personal-events = People at events
personal-reason-events = Meetings of the other participants hang on the seat; it stays without a name.
personal-audience-event = The team of the cluster that organises the event, and the other participants
purpose-event-people = People at events
purpose-event-people-data = Name, address, function, language, hours at which somebody can meet; meetings
purpose-event-people-recipients = The team of the cluster that organises the event; participants whom they meet
purpose-event-people-period = From the last day of the event. Two years: long enough to follow up what was agreed there.
