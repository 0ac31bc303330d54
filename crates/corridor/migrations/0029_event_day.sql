-- The day of an event: what went otherwise than published. kind: away, table or called_off. away: a person, or all people of
-- a participant, are not there; table: a table of a room (from 0; tables from 1) cannot be used; called_off: one meeting. It
-- holds for slots that begin from from_at on and before until_at, where there is one, until ended_at. version: the published
-- timetable that reckons with it first.
CREATE TABLE event_incidents (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    kind TEXT NOT NULL,
    participant_id UUID,
    person_id UUID,
    room BIGINT,
    table_number BIGINT,
    request_id UUID,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    why TEXT NOT NULL,
    noted_by UUID,
    noted_at BIGINT NOT NULL,
    version BIGINT,
    ended_by UUID,
    ended_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id) ON DELETE CASCADE
);

CREATE INDEX event_incidents_by_event ON event_incidents (event_id);
