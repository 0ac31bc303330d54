-- Date polls: the days on which an event could begin, and who can come on which. state: open, fixed or ended. proposals and
-- answers are written by day, YYYY-MM-DD; an answer is the organisation's or the asked cluster's, not a person's.
CREATE TABLE event_polls (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL UNIQUE,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    proposals JSONB NOT NULL,
    answers_until TEXT NOT NULL,
    message TEXT NOT NULL,
    fixed_on TEXT,
    begun_at BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, event_id),
    FOREIGN KEY (cluster_id, event_id) REFERENCES events (cluster_id, id)
);

CREATE TABLE event_poll_answers (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    voter_id UUID NOT NULL,
    participant_id UUID,
    delegation_id UUID,
    words JSONB NOT NULL,
    by_team BOOLEAN NOT NULL,
    answered_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, voter_id),
    FOREIGN KEY (cluster_id, participant_id) REFERENCES event_participants (cluster_id, id),
    FOREIGN KEY (cluster_id, delegation_id) REFERENCES event_delegations (cluster_id, id)
);

CREATE INDEX event_poll_answers_by_event ON event_poll_answers (event_id);
