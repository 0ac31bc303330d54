-- Requests to meet: who was told of them, by which link they answer.

-- When the participant was last written to about requests that wait for it: at most one such letter a day.
ALTER TABLE event_participants ADD COLUMN told_at BIGINT;

-- quiet: somebody of a demonstration asked or answered last; nobody is written to about it. When somebody was reminded
-- stands at the participant.
ALTER TABLE event_requests ADD COLUMN quiet BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE event_requests DROP COLUMN reminded_at;

CREATE INDEX event_requests_by_asker ON event_requests (from_id);

-- Private links of letters that came after the invitation: each opens the pages of its participant, and a new one ends none
-- that somebody may have kept. They go with the person they were written to.
CREATE TABLE event_links (
    digest TEXT PRIMARY KEY,
    cluster_id UUID NOT NULL,
    participant_id UUID NOT NULL,
    person_id UUID NOT NULL,
    made_at BIGINT NOT NULL,
    FOREIGN KEY (cluster_id, participant_id) REFERENCES event_participants (cluster_id, id),
    FOREIGN KEY (cluster_id, person_id) REFERENCES event_people (cluster_id, id)
);

CREATE INDEX event_links_by_person ON event_links (cluster_id, person_id);
