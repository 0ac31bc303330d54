-- Clusters (the tenants of an instance), people, the roles they hold, and their sessions.

CREATE TABLE clusters (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    accent TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE people (
    id UUID PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    demonstration BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- organisation_id has no foreign key: the directory lies to the right of accounts.
CREATE TABLE roles (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    cluster_id UUID REFERENCES clusters (id),
    organisation_id UUID,
    UNIQUE (person_id, role)
);

CREATE TABLE sessions (
    token_digest TEXT PRIMARY KEY,
    role_id UUID NOT NULL REFERENCES roles (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
