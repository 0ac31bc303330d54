-- Requests of people about their data (GDPR, articles 15 to 22). What a request says of the person goes with an erasure;
-- kind, days and outcome stay.

-- desk: the cluster whose desk answers; NULL is the desk of the instance. received_on, due_on: days in the zone of the
-- desk. doubt_since, doubt_days: while identity is in doubt the clock stands still. proposal: what a rectification asks
-- for. told: what an erasure did. reminded: the smallest number of days left of which the desk was told.
CREATE TABLE data_requests (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    person_id UUID,
    email TEXT,
    name TEXT,
    words TEXT,
    language TEXT NOT NULL,
    desk UUID REFERENCES clusters (id),
    received_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    identity TEXT,
    doubt_since TEXT,
    doubt_days BIGINT NOT NULL,
    extended_on TEXT,
    extension_reason TEXT,
    proposal JSONB,
    reason TEXT,
    told JSONB,
    paused BOOLEAN NOT NULL,
    restricted BOOLEAN NOT NULL,
    hold_id UUID,
    reminded BIGINT,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    closed_at BIGINT
);

CREATE INDEX data_requests_by_due ON data_requests (closed_at, due_on);

CREATE INDEX data_requests_by_person ON data_requests (person_id);

CREATE INDEX data_requests_by_email ON data_requests (email);

-- Other clusters that hold something about the person: they see that part.
CREATE TABLE data_request_clusters (
    request_id UUID NOT NULL REFERENCES data_requests (id),
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    PRIMARY KEY (request_id, cluster_id)
);

CREATE TABLE data_request_steps (
    id UUID PRIMARY KEY,
    request_id UUID NOT NULL REFERENCES data_requests (id),
    at BIGINT NOT NULL,
    step TEXT NOT NULL,
    person_id UUID
);

CREATE INDEX data_request_steps_by_request ON data_request_steps (request_id, at);

-- What was answered, until it has been fetched: by the person signed in, or through a link that opens in one browser.
CREATE TABLE data_request_answers (
    request_id UUID PRIMARY KEY REFERENCES data_requests (id),
    content JSONB NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    token_digest TEXT UNIQUE,
    browser_digest TEXT,
    opened_at BIGINT
);

-- What a link proves an address for; empty for signing in.
ALTER TABLE sign_in_links ADD COLUMN opens TEXT;
