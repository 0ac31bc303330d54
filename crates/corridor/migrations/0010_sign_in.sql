-- Signing in: addresses, sessions that their owner sees and ends, letters, links, invitations, passwords, passkeys,
-- identities vouched for by others, tokens for programs. Of every token only the digest is kept.

ALTER TABLE people ADD COLUMN email TEXT;

ALTER TABLE people ADD COLUMN language TEXT;

CREATE UNIQUE INDEX people_by_email ON people (email);

-- A person may hold several roles in several clusters. `scope` says for what in one text (`instance`, `cluster:ID`,
-- `cluster:ID/organisation:ID`), because a unique key over columns that may be NULL keeps nothing apart.
DROP TABLE sessions;

CREATE TABLE held_roles (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    cluster_id UUID REFERENCES clusters (id),
    organisation_id UUID,
    organisation_name TEXT,
    given_by UUID,
    given_at BIGINT NOT NULL,
    UNIQUE (person_id, role, scope)
);

-- Only demonstration people held roles before; they are made anew with the next preparation.
DROP TABLE roles;

ALTER TABLE held_roles RENAME TO roles;

CREATE INDEX roles_by_cluster ON roles (cluster_id, role);

CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES people (id),
    role_id UUID REFERENCES roles (id) ON DELETE SET NULL,
    method TEXT NOT NULL,
    agent TEXT NOT NULL,
    place TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    idle_until BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX sessions_by_person ON sessions (person_id);

-- Letters on their way. `link` is the one secret of a letter: it is put in at sending and forgotten then.
CREATE TABLE letters (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    link TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    last_error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);

CREATE INDEX letters_by_age ON letters (created_at);

CREATE TABLE sign_in_links (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    browser_digest TEXT NOT NULL,
    person_id UUID REFERENCES people (id),
    back TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE TABLE invitations (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    scope TEXT NOT NULL,
    cluster_id UUID REFERENCES clusters (id),
    organisation_id UUID,
    organisation_name TEXT,
    invited_by UUID REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    withdrawn_at BIGINT
);

CREATE INDEX invitations_by_cluster ON invitations (cluster_id, created_at);

-- Somebody says that they speak for an organisation; the proof is the domain of their address, or a cluster that vouches.
CREATE TABLE claims (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL,
    organisation_name TEXT NOT NULL,
    cluster_id UUID REFERENCES clusters (id),
    person_id UUID NOT NULL REFERENCES people (id),
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by UUID
);

CREATE UNIQUE INDEX claims_open ON claims (person_id, organisation_id) WHERE state = 'waiting';

CREATE TABLE passwords (
    person_id UUID PRIMARY KEY REFERENCES people (id),
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    credential_id TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    credential JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX passkeys_by_person ON passkeys (person_id);

-- What was begun in a browser and must be ended in the same one, once: passkeys, and the way to a provider and back.
-- browser_digest is the digest of a secret of the browser, or its session.
CREATE TABLE ceremonies (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    browser_digest TEXT NOT NULL,
    state JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Who a person is to a provider, once the person confirmed it.
CREATE TABLE identities (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES people (id),
    provider TEXT NOT NULL,
    subject TEXT NOT NULL,
    email TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    used_at BIGINT,
    UNIQUE (provider, subject)
);

CREATE INDEX identities_by_person ON identities (person_id);

CREATE TABLE api_tokens (
    id UUID PRIMARY KEY,
    token_digest TEXT NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES people (id),
    role_id UUID NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX api_tokens_by_person ON api_tokens (person_id);
