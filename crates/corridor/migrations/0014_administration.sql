-- Settings of clusters, time zones, jobs that are cancelled, private addresses of feeds, limits that servers share.

ALTER TABLE clusters ADD COLUMN short_name TEXT NOT NULL DEFAULT '';

-- The language of pages for readers whose browser asks for neither, and of letters to people who chose none.
ALTER TABLE clusters ADD COLUMN page_language TEXT NOT NULL DEFAULT 'fr';

ALTER TABLE clusters ADD COLUMN letter_language TEXT NOT NULL DEFAULT 'fr';

-- Raised by every change by a person; 1 is what an import of the world left, and may write again.
ALTER TABLE clusters ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;

-- The zone that a person reads times in; without one that of the cluster acted for.
ALTER TABLE people ADD COLUMN time_zone TEXT;

ALTER TABLE jobs ADD COLUMN cancel_asked BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX jobs_by_name ON jobs (name, deduplication_key);

-- How many tries were made lately: `free_at` is when the bucket of the key is full again (the theoretical arrival time of
-- the generic cell rate algorithm). Keys are digests.
CREATE TABLE tries (
    key TEXT PRIMARY KEY,
    free_at BIGINT NOT NULL
);

CREATE INDEX tries_by_age ON tries (free_at);

-- Addresses with a secret, under which programs read one feed as its owner in one role.
CREATE TABLE private_addresses (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES people (id),
    role_id UUID NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    feed TEXT NOT NULL,
    query TEXT NOT NULL,
    language TEXT NOT NULL,
    label TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX private_addresses_by_person ON private_addresses (person_id);
