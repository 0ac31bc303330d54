-- What every slice stands on. One text for SQLite and PostgreSQL: times are BIGINT microseconds UTC, days are ISO text,
-- money is BIGINT euro cents, ids are UUIDv7 made by the program (no sequences, no triggers).

CREATE TABLE sources (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    publisher TEXT NOT NULL,
    licence TEXT NOT NULL,
    attribution TEXT NOT NULL,
    url TEXT,
    dated TEXT NOT NULL
);

CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE jobs (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL,
    payload JSONB NOT NULL,
    deduplication_key TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    heartbeat_at BIGINT,
    finished_at BIGINT,
    progress_done BIGINT NOT NULL,
    progress_total BIGINT NOT NULL,
    progress_text TEXT NOT NULL,
    last_error TEXT
);

CREATE INDEX jobs_by_due ON jobs (state, run_at);

CREATE UNIQUE INDEX jobs_deduplicated ON jobs (name, deduplication_key) WHERE state = 'waiting';

CREATE TABLE audit_entries (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id UUID,
    cluster_id UUID,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    summary TEXT NOT NULL,
    before JSONB,
    after JSONB
);

CREATE INDEX audit_entries_by_subject ON audit_entries (subject_kind, subject_id, at);
