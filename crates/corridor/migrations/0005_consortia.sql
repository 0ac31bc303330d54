-- Drafts of consortia. Tenant data: cluster_id first in every key.

-- instrument is NULL while nobody has said by which rules the draft is to be read. archived_at puts a draft aside;
-- deleted_at hides it until the deletion is undone or a month has passed.
CREATE TABLE drafts (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    id UUID NOT NULL,
    topic_id UUID REFERENCES topics (id),
    name TEXT NOT NULL,
    instrument TEXT,
    stage TEXT,
    facts JSONB NOT NULL,
    revision BIGINT NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id)
);

CREATE TABLE draft_members (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    position BIGINT NOT NULL,
    role TEXT NOT NULL,
    side TEXT NOT NULL,
    cost_cents BIGINT,
    subcontracting_cents BIGINT,
    requested_cents BIGINT,
    ikop_cents BIGINT,
    fc_cents BIGINT,
    ikaa_cents BIGINT,
    PRIMARY KEY (cluster_id, draft_id, organisation_id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE TABLE draft_versions (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    person_id UUID,
    content JSONB NOT NULL,
    PRIMARY KEY (cluster_id, draft_id, revision),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);
