-- What organisations can show: documents with their validity, figures year by year, and who holds them. Each as one cluster
-- keeps it. Tenant data: cluster_id first in every key.

-- A letter belongs to one draft (draft_id); what is said of the organisation itself counts in every draft of the cluster.
-- stated_by: team or organisation. counts_until is the moment from which its age counts: the end of its validity or the day
-- it was stated, whichever is later.
CREATE TABLE organisation_documents (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    id UUID NOT NULL UNIQUE,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    draft_id UUID,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    issued_on TEXT,
    valid_until TEXT,
    link TEXT,
    stated_by TEXT NOT NULL,
    person_id UUID,
    created_at BIGINT NOT NULL,
    counts_until BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX organisation_documents_by_organisation ON organisation_documents (organisation_id);

CREATE INDEX organisation_documents_by_draft ON organisation_documents (draft_id);

CREATE INDEX organisation_documents_by_age ON organisation_documents (counts_until);

-- The file of a document, apart so that lists do not read it. media is what its content says it is, never what was claimed.
CREATE TABLE document_files (
    cluster_id UUID NOT NULL,
    document_id UUID NOT NULL,
    name TEXT NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (cluster_id, document_id),
    FOREIGN KEY (cluster_id, document_id) REFERENCES organisation_documents (cluster_id, id)
);

-- The team of a draft asked a partner for a document; it waits until one of that kind is stated later than asked_at.
CREATE TABLE document_requests (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    due_on TEXT NOT NULL,
    asked_by UUID,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, draft_id, organisation_id, kind),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX document_requests_by_organisation ON document_requests (organisation_id);

-- Staff in annual work units, money in euro cents; what nobody stated is NULL.
CREATE TABLE organisation_figures (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    year BIGINT NOT NULL,
    headcount BIGINT,
    turnover_cents BIGINT,
    balance_cents BIGINT,
    source TEXT NOT NULL,
    stated_on TEXT NOT NULL,
    stated_by TEXT NOT NULL,
    person_id UUID,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, organisation_id, year)
);

CREATE INDEX organisation_figures_by_organisation ON organisation_figures (organisation_id);

-- That somebody stated who holds an organisation: without a row of organisation_owners, nobody holds a quarter or more.
CREATE TABLE organisation_ownership (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    source TEXT NOT NULL,
    stated_on TEXT NOT NULL,
    stated_by TEXT NOT NULL,
    person_id UUID,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, organisation_id)
);

CREATE INDEX organisation_ownership_by_organisation ON organisation_ownership (organisation_id);

-- percent_hundredths: hundredths of a percent of the capital or the votes, whichever is more.
CREATE TABLE organisation_owners (
    cluster_id UUID NOT NULL,
    organisation_id UUID NOT NULL,
    owner_id UUID NOT NULL REFERENCES organisations (id),
    percent_hundredths BIGINT NOT NULL,
    investor TEXT,
    PRIMARY KEY (cluster_id, organisation_id, owner_id),
    FOREIGN KEY (cluster_id, organisation_id) REFERENCES organisation_ownership (cluster_id, organisation_id)
);

CREATE INDEX organisation_owners_by_owner ON organisation_owners (owner_id);
