-- The audit trail as a chain: every entry is sealed with a digest over itself and the seal before it, so that a change of
-- what was told, or a gap, shows. A seal holds the digest of the entry's content, not the content: content that must be
-- erased (a person's data) can go without breaking the chain.

ALTER TABLE audit_entries ADD COLUMN sealed BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX audit_entries_unsealed ON audit_entries (at, id) WHERE NOT sealed;

CREATE INDEX audit_entries_by_time ON audit_entries (at, id);

CREATE TABLE audit_seals (
    sequence BIGINT PRIMARY KEY,
    entry_id UUID NOT NULL UNIQUE,
    salt TEXT NOT NULL,
    content_digest TEXT NOT NULL,
    digest TEXT NOT NULL,
    redacted_at BIGINT
);
