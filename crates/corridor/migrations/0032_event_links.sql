-- One kind of private link: those of invitations stand beside those of later letters and go with the person they were
-- written to. The column they stood in stays empty: SQLite does not drop a column with a key.
INSERT INTO event_links (digest, cluster_id, participant_id, person_id, made_at)
SELECT participant.key_digest, participant.cluster_id, participant.id,
       (SELECT person.id FROM event_people person
        WHERE person.cluster_id = participant.cluster_id AND person.participant_id = participant.id AND person.email <> ''
        ORDER BY person.added_at, person.id LIMIT 1),
       participant.asked_at
FROM event_participants participant
WHERE participant.key_digest IS NOT NULL
  AND EXISTS (SELECT 1 FROM event_people person
              WHERE person.cluster_id = participant.cluster_id AND person.participant_id = participant.id
                AND person.email <> '');

UPDATE event_participants SET key_digest = NULL;
