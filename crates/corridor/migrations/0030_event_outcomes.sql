-- What participants say of their meetings afterwards. Nothing ever wrote to the table of 0027: it is made anew, with who said
-- it and with a revision, because the participant and the team of the event may say it at the same moment.

DROP TABLE event_outcomes;

-- One participant of a meeting says: whether it was held, whether it wants a second one, how good it was (1 to 5), words for
-- the team. by_team: the team of the event noted it for the participant. said_by: the account that said it last, where it was
-- not a private link.
CREATE TABLE event_outcomes (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    event_id UUID NOT NULL,
    request_id UUID NOT NULL,
    participant_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    kept BOOLEAN NOT NULL,
    second BOOLEAN,
    rating BIGINT,
    words TEXT NOT NULL,
    by_team BOOLEAN NOT NULL,
    said_by UUID,
    said_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, request_id, participant_id),
    FOREIGN KEY (cluster_id, request_id) REFERENCES event_requests (cluster_id, id),
    FOREIGN KEY (cluster_id, participant_id) REFERENCES event_participants (cluster_id, id)
);

CREATE INDEX event_outcomes_by_event ON event_outcomes (event_id);
CREATE INDEX event_outcomes_by_participant ON event_outcomes (participant_id);

-- When the participant was asked by letter, once the event was over, what came of its meetings: once.
ALTER TABLE event_participants ADD COLUMN outcomes_asked_at BIGINT;
