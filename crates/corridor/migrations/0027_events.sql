-- Events: who comes, who asks to meet whom, the timetable and its versions, what came of it. Tenant data: cluster_id first
-- in every key.

-- setup holds days, sessions, rooms, kinds of participation and rules; name and days stand beside it to be listed. state:
-- preparing, open or cancelled; that an event is over follows from its days.
CREATE TABLE events (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    audience TEXT NOT NULL,
    setup JSONB NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id)
);

CREATE INDEX events_by_day ON events (ends_on);

-- Who takes part: an organisation of the directory, or one that is known by name only. standing: invited, registered,
-- confirmed, declined or withdrawn. delegation: the cluster or network with which it comes, in words; empty for none.
-- key_digest: of the private link of the participant.
CREATE TABLE event_participants (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    organisation_id UUID REFERENCES organisations (id),
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    kind TEXT NOT NULL,
    delegation TEXT NOT NULL,
    standing TEXT NOT NULL,
    offers TEXT NOT NULL,
    seeks TEXT NOT NULL,
    minimum BIGINT,
    maximum BIGINT,
    booth TEXT NOT NULL,
    key_digest TEXT UNIQUE,
    revision BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id)
);

CREATE UNIQUE INDEX event_participants_once ON event_participants (cluster_id, event_id, organisation_id);
CREATE INDEX event_participants_by_organisation ON event_participants (organisation_id);

-- The people of a participant. away and rest: beginnings of slots in which somebody cannot, or would rather not, meet.
-- attendee: what keeps one person apart from another in all events, a digest of the address where there is one.
CREATE TABLE event_people (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    participant_id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    job TEXT NOT NULL,
    language TEXT NOT NULL,
    person_id UUID,
    attendee TEXT NOT NULL,
    away JSONB NOT NULL,
    rest JSONB NOT NULL,
    calendar_digest TEXT UNIQUE,
    added_at BIGINT NOT NULL,
    checked_in_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, participant_id) REFERENCES event_participants (cluster_id, id)
);

CREATE INDEX event_people_by_event ON event_people (event_id);
CREATE INDEX event_people_by_attendee ON event_people (attendee);

-- Who asks to meet whom: one row for two participants, whoever asked. state: waiting, countered, accepted, declined or
-- withdrawn. wish and answer_wish: must or meet. sessions: those agreed on, as day.session; empty for any.
CREATE TABLE event_requests (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    from_id UUID NOT NULL,
    to_id UUID NOT NULL,
    low_id UUID NOT NULL,
    high_id UUID NOT NULL,
    state TEXT NOT NULL,
    wish TEXT NOT NULL,
    answer_wish TEXT NOT NULL,
    message TEXT NOT NULL,
    answer TEXT NOT NULL,
    sessions JSONB NOT NULL,
    by_team BOOLEAN NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    reminded_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, from_id) REFERENCES event_participants (cluster_id, id),
    FOREIGN KEY (cluster_id, to_id) REFERENCES event_participants (cluster_id, id)
);

-- Two participants meet once an event: both may ask at the same moment, one row is written.
CREATE UNIQUE INDEX event_requests_once ON event_requests (cluster_id, event_id, low_id, high_id);
CREATE INDEX event_requests_by_asked ON event_requests (to_id);

-- Versions of a timetable. state: draft, published or past. meetings: which request, when, where, who sits there, and
-- whether it is locked.
CREATE TABLE event_timetables (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    meetings JSONB NOT NULL,
    findings JSONB NOT NULL,
    made_by UUID,
    made_at BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (cluster_id, event_id, version),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id)
);

-- What published timetables keep of each attendee's time, in cells of five minutes, over all events and clusters: the key
-- is why nobody can be booked twice, whatever else goes wrong.
CREATE TABLE event_bookings (
    attendee TEXT NOT NULL,
    cell BIGINT NOT NULL,
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    request_id UUID NOT NULL,
    PRIMARY KEY (attendee, cell)
);

CREATE INDEX event_bookings_by_event ON event_bookings (cluster_id, event_id);

-- What a participant says of a meeting after it.
CREATE TABLE event_outcomes (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    request_id UUID NOT NULL,
    participant_id UUID NOT NULL,
    kept BOOLEAN,
    second BOOLEAN,
    rating BIGINT,
    words TEXT NOT NULL,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, request_id, participant_id),
    FOREIGN KEY (cluster_id, request_id) REFERENCES event_requests (cluster_id, id)
);
