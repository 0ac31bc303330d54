-- Which notes rest because somebody whom they name restricted the use of their data: one row a note and person.
CREATE TABLE note_restrictions (
    note_id UUID NOT NULL REFERENCES notes (id) ON DELETE CASCADE,
    person_id UUID,
    email TEXT,
    since BIGINT NOT NULL
);

CREATE INDEX note_restrictions_by_note ON note_restrictions (note_id);
