-- Invitations of many at once, and clusters that are asked to come with a delegation.

-- Who wants no more invitations of a cluster: a digest of the address (as event_people.attendee holds it), never the
-- address, so that the wish outlives everything else that is known of somebody.
CREATE TABLE event_refusals (
    cluster_id UUID NOT NULL,
    attendee TEXT NOT NULL,
    refused_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, attendee)
);

-- A cluster that is asked to come with a delegation. cluster_id: whose event it is; asked_id: who is asked. state: asked,
-- accepted, declined or withdrawn. kind: as what its participants come. quota: how many at most.
CREATE TABLE event_delegations (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    asked_id UUID NOT NULL REFERENCES clusters (id),
    kind TEXT NOT NULL,
    quota BIGINT NOT NULL,
    message TEXT NOT NULL,
    answer TEXT NOT NULL,
    state TEXT NOT NULL,
    revision BIGINT NOT NULL,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id)
);

CREATE UNIQUE INDEX event_delegations_once ON event_delegations (cluster_id, event_id, asked_id);
CREATE INDEX event_delegations_by_asked ON event_delegations (asked_id);

-- The delegation that proposed a participant, where one did.
ALTER TABLE event_participants ADD COLUMN delegation_id UUID;
