-- How long data is kept. A period does nothing before somebody saw its preview and let it run; a period that changed, or
-- a purpose that is new, has no approval and waits.

-- When somebody last came in. The trail says it too, but forgets it sooner than an account ends.
ALTER TABLE people ADD COLUMN used_at BIGINT;

UPDATE people SET used_at =
    (SELECT MAX(at) FROM audit_entries
     WHERE audit_entries.person_id = people.id AND subject_kind = 'account' AND action = 'sign_in');

CREATE TABLE retention_periods (
    purpose TEXT PRIMARY KEY,
    months BIGINT NOT NULL,
    reason TEXT NOT NULL,
    changed_by UUID,
    changed_at BIGINT NOT NULL,
    approved_months BIGINT,
    approved_fate TEXT,
    approved_by UUID,
    approved_at BIGINT,
    paused BOOLEAN NOT NULL
);

-- What somebody saw before they let a period run: how much, and since when. Whose data it was is not kept here.
CREATE TABLE retention_previews (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL,
    months BIGINT NOT NULL,
    until BIGINT NOT NULL,
    records BIGINT NOT NULL,
    oldest BIGINT,
    made_by UUID,
    made_at BIGINT NOT NULL,
    answer TEXT,
    answered_at BIGINT
);

-- One run a purpose and day (the moment before which everything is due tells them apart).
CREATE TABLE retention_runs (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL,
    months BIGINT NOT NULL,
    until BIGINT NOT NULL,
    state TEXT NOT NULL,
    removed BIGINT NOT NULL,
    told BIGINT NOT NULL,
    last_error TEXT,
    stop_asked BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT,
    UNIQUE (purpose, until)
);

CREATE INDEX retention_runs_by_age ON retention_runs (created_at);

-- Up to which beginning of their period people were written to that their data will go, and when.
CREATE TABLE retention_notices (
    id UUID PRIMARY KEY,
    purpose TEXT NOT NULL,
    until BIGINT NOT NULL,
    people BIGINT NOT NULL,
    written_at BIGINT NOT NULL
);

CREATE INDEX retention_notices_by_purpose ON retention_notices (purpose, written_at);

-- A letter that asks whether somebody consents to what is kept about them. Who they are stands with the datum.
CREATE TABLE consent_letters (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    datum TEXT NOT NULL,
    cluster_id UUID,
    wording TEXT NOT NULL,
    wording_version TEXT NOT NULL,
    asked_by UUID,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answer TEXT,
    answered_at BIGINT
);

CREATE INDEX consent_letters_by_datum ON consent_letters (kind, datum);
