-- Who gets no letters about new requests of an event and no reminders, by own choice: a digest of the address (as
-- event_people.attendee holds it), because accounts that speak for an organisation are written to without standing in a list.
CREATE TABLE event_muted (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    attendee TEXT NOT NULL,
    muted_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, event_id, attendee),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id)
);

CREATE INDEX event_muted_by_attendee ON event_muted (attendee);
