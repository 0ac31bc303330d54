-- Calls, their topics with versions and dates, and who issues them.

CREATE TABLE calls (
    id UUID PRIMARY KEY,
    identifier TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    programme TEXT,
    description TEXT,
    facts JSONB NOT NULL,
    starts TEXT,
    ends TEXT,
    source_id UUID NOT NULL REFERENCES sources (id)
);

CREATE TABLE call_parties (
    call_id UUID NOT NULL REFERENCES calls (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    PRIMARY KEY (call_id, organisation_id, role)
);

-- instrument is the id of a file in instruments/, empty where Corridor has no rules for the type of action yet.
CREATE TABLE topics (
    id UUID PRIMARY KEY,
    call_id UUID NOT NULL REFERENCES calls (id),
    identifier TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    programme TEXT NOT NULL,
    theme TEXT,
    type_of_action TEXT NOT NULL,
    action_code TEXT NOT NULL,
    instrument TEXT,
    status TEXT NOT NULL,
    opens_on TEXT,
    closes_on TEXT,
    deadline_model TEXT NOT NULL,
    budget_min_cents BIGINT,
    budget_max_cents BIGINT,
    expected_grants BIGINT,
    description TEXT NOT NULL,
    conditions TEXT NOT NULL,
    keywords JSONB NOT NULL,
    url TEXT,
    version BIGINT NOT NULL,
    digest TEXT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id),
    updated_at BIGINT NOT NULL
);

CREATE INDEX topics_by_closing ON topics (closes_on);

CREATE INDEX topics_by_call ON topics (call_id);

CREATE TABLE cut_offs (
    topic_id UUID NOT NULL REFERENCES topics (id),
    stage BIGINT NOT NULL,
    closes_on TEXT NOT NULL,
    PRIMARY KEY (topic_id, stage, closes_on)
);

CREATE TABLE topic_versions (
    topic_id UUID NOT NULL REFERENCES topics (id),
    version BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    content JSONB NOT NULL,
    PRIMARY KEY (topic_id, version)
);

CREATE TABLE topic_concepts (
    topic_id UUID NOT NULL REFERENCES topics (id),
    concept_id TEXT NOT NULL REFERENCES concepts (id),
    weight DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (topic_id, concept_id)
);
