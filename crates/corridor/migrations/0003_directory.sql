-- Organisations and what is known about them, each fact with its source and date.

CREATE TABLE organisations (
    id UUID PRIMARY KEY,
    name TEXT,
    short_name TEXT,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    sme BOOLEAN,
    country TEXT,
    region TEXT,
    city TEXT,
    postcode TEXT,
    address TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    place_precision TEXT,
    website TEXT,
    description TEXT,
    slug TEXT UNIQUE,
    parent_id UUID REFERENCES organisations (id),
    project_count BIGINT NOT NULL,
    merged_into UUID REFERENCES organisations (id),
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX organisations_by_name_key ON organisations (country, name_key);

CREATE TABLE organisation_identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    source_id UUID NOT NULL REFERENCES sources (id),
    observed_on TEXT,
    PRIMARY KEY (scheme, value)
);

CREATE INDEX organisation_identifiers_by_organisation ON organisation_identifiers (organisation_id);

CREATE TABLE organisation_names (
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT,
    source_id UUID NOT NULL REFERENCES sources (id),
    PRIMARY KEY (organisation_id, name)
);

-- Provenance: which source states which value of which field, and when it was seen. The columns of organisations
-- hold the value that Corridor shows; this table holds all that was stated, also where sources disagree.
CREATE TABLE organisation_statements (
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    field TEXT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id),
    value TEXT NOT NULL,
    qualifier TEXT,
    inferred BOOLEAN NOT NULL,
    observed_on TEXT,
    PRIMARY KEY (organisation_id, field, source_id, value)
);

CREATE TABLE concepts (
    id TEXT PRIMARY KEY,
    scheme TEXT NOT NULL,
    broader TEXT REFERENCES concepts (id),
    level BIGINT NOT NULL
);

CREATE TABLE concept_labels (
    concept_id TEXT NOT NULL REFERENCES concepts (id),
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id),
    PRIMARY KEY (concept_id, language, kind, label)
);

-- basis: declared (by the organisation), vouched (by a cluster), derived (from the texts of its past projects).
CREATE TABLE organisation_competences (
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    concept_id TEXT NOT NULL REFERENCES concepts (id),
    basis TEXT NOT NULL,
    weight DOUBLE PRECISION NOT NULL,
    project_count BIGINT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id),
    PRIMARY KEY (organisation_id, concept_id, basis)
);

CREATE INDEX organisation_competences_by_concept ON organisation_competences (concept_id);

-- What an organisation says of itself in its own words, before or beside a concept.
CREATE TABLE organisation_declarations (
    id UUID PRIMARY KEY,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    text TEXT NOT NULL,
    vouched_by UUID REFERENCES clusters (id),
    source_id UUID NOT NULL REFERENCES sources (id),
    observed_on TEXT,
    UNIQUE (organisation_id, text)
);

-- basis: stated (a source says so) or derived_from_region (shown as such on every page).
CREATE TABLE memberships (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    college TEXT,
    since TEXT,
    until TEXT,
    fee_cents BIGINT,
    basis TEXT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id),
    PRIMARY KEY (cluster_id, organisation_id)
);

CREATE INDEX memberships_by_organisation ON memberships (organisation_id);

-- A cluster is itself an organisation of the directory.
CREATE TABLE cluster_organisations (
    cluster_id UUID PRIMARY KEY REFERENCES clusters (id),
    organisation_id UUID NOT NULL UNIQUE REFERENCES organisations (id)
);

CREATE TABLE facilities (
    organisation_id UUID PRIMARY KEY REFERENCES organisations (id),
    operator_id UUID REFERENCES organisations (id),
    purpose TEXT,
    source_id UUID NOT NULL REFERENCES sources (id)
);

CREATE TABLE past_projects (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    framework TEXT NOT NULL,
    grant_number TEXT,
    acronym TEXT,
    title TEXT,
    objective TEXT,
    topic TEXT,
    topic_title TEXT,
    topic_inferred BOOLEAN NOT NULL,
    scheme TEXT,
    programme_part TEXT,
    starts TEXT,
    ends TEXT,
    total_cost_cents BIGINT,
    eu_contribution_cents BIGINT,
    partner_count BIGINT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id)
);

CREATE TABLE participations (
    project_id UUID NOT NULL REFERENCES past_projects (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    eu_contribution_cents BIGINT,
    PRIMARY KEY (project_id, organisation_id)
);

CREATE INDEX participations_by_organisation ON participations (organisation_id);

CREATE TABLE project_concepts (
    project_id UUID NOT NULL REFERENCES past_projects (id),
    concept_id TEXT NOT NULL REFERENCES concepts (id),
    weight DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (project_id, concept_id)
);

CREATE INDEX project_concepts_by_concept ON project_concepts (concept_id);

-- The regions of Europe by their NUTS code.
CREATE TABLE regions (
    code TEXT PRIMARY KEY,
    country TEXT NOT NULL,
    level BIGINT NOT NULL,
    name TEXT NOT NULL,
    source_id UUID NOT NULL REFERENCES sources (id)
);

-- Registers that type-ahead fields offer, whether or not the organisation is in the directory.
CREATE TABLE registry_entries (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    name TEXT NOT NULL,
    other_names TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    city TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    website TEXT,
    source_id UUID NOT NULL REFERENCES sources (id),
    PRIMARY KEY (scheme, value)
);

CREATE INDEX registry_entries_by_name_key ON registry_entries (country, name_key);

CREATE TABLE merges (
    id UUID PRIMARY KEY,
    kept_id UUID NOT NULL REFERENCES organisations (id),
    merged_id UUID NOT NULL REFERENCES organisations (id),
    person_id UUID,
    merged_at BIGINT NOT NULL,
    undone_at BIGINT,
    before JSONB NOT NULL
);

-- One row a run of an importer; done counts up with every committed batch, so that a run can be taken up again.
CREATE TABLE imports (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    cluster_id UUID REFERENCES clusters (id),
    person_id UUID,
    state TEXT NOT NULL,
    mapping JSONB,
    rows_done BIGINT NOT NULL,
    rows_total BIGINT NOT NULL,
    created BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE TABLE import_problems (
    import_id UUID NOT NULL REFERENCES imports (id),
    position BIGINT NOT NULL,
    place TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (import_id, position, field, code)
);
