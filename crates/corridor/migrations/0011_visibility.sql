-- Who sees what. A record of a cluster names its audience in one text: `team`, `alliances:ID,ID`, `members` or `public`.

-- Named groups of clusters that share with one another. The clusters are those named when the alliance was proposed: a
-- later one would see what was shared among fewer. `slug` is that of packaged data.
CREATE TABLE alliances (
    id UUID PRIMARY KEY,
    slug TEXT UNIQUE,
    name TEXT NOT NULL,
    proposed_by UUID REFERENCES clusters (id),
    created_at BIGINT NOT NULL
);

-- Asked and not answered: neither joined nor left. Declined: left without having joined.
CREATE TABLE alliance_clusters (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    alliance_id UUID NOT NULL REFERENCES alliances (id),
    joined_at BIGINT,
    left_at BIGINT,
    PRIMARY KEY (cluster_id, alliance_id)
);

CREATE INDEX alliance_clusters_by_alliance ON alliance_clusters (alliance_id);

-- People at an organisation as a cluster knows them: each field with its own audience. kept_by: cluster (its team wrote
-- it), organisation (who speaks for it wrote it) or person (somebody shows their own account). `name_key` and
-- `function_key` are what is compared and sorted.
CREATE TABLE contacts (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    id UUID NOT NULL UNIQUE,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    kept_by TEXT NOT NULL,
    person_id UUID REFERENCES people (id) ON DELETE CASCADE,
    name TEXT,
    name_key TEXT NOT NULL,
    name_audience TEXT NOT NULL,
    job TEXT,
    job_key TEXT NOT NULL,
    job_audience TEXT NOT NULL,
    email TEXT,
    email_audience TEXT NOT NULL,
    telephone TEXT,
    telephone_audience TEXT NOT NULL,
    languages TEXT,
    languages_audience TEXT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    restricted_at BIGINT,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id)
);

CREATE INDEX contacts_by_organisation ON contacts (organisation_id);

CREATE INDEX contacts_by_email ON contacts (email);

CREATE INDEX contacts_by_age ON contacts (updated_at);

-- One entry an account and organisation, for each cluster acted for.
CREATE UNIQUE INDEX contacts_of_themselves ON contacts (cluster_id, organisation_id, person_id) WHERE person_id IS NOT NULL;

-- What a cluster notes about an organisation.
CREATE TABLE notes (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    id UUID NOT NULL UNIQUE,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    text TEXT NOT NULL,
    audience TEXT NOT NULL,
    author_id UUID,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id)
);

CREATE INDEX notes_by_organisation ON notes (organisation_id);

CREATE INDEX notes_by_age ON notes (updated_at);

-- Memberships that are there are those of public documents, or follow from the region: everybody sees them.
ALTER TABLE memberships ADD COLUMN audience TEXT NOT NULL DEFAULT 'public';

ALTER TABLE memberships ADD COLUMN fee_audience TEXT NOT NULL DEFAULT 'team';

-- Whether the region says so too: who may not see the stated membership sees the derived one, as if nothing were stated.
ALTER TABLE memberships ADD COLUMN also_derived BOOLEAN NOT NULL DEFAULT FALSE;
