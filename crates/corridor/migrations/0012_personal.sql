-- What is held about people, and by what right: legal bases and consents as events that are only ever appended, who
-- received a copy of whose data, what must wait for an open request, and the requests of the people themselves.

-- datum: the record; field: the part of it, or empty for all of it.
CREATE TABLE personal_bases (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    datum TEXT NOT NULL,
    field TEXT NOT NULL,
    event TEXT NOT NULL,
    basis TEXT NOT NULL,
    wording TEXT NOT NULL,
    wording_version TEXT NOT NULL,
    channel TEXT NOT NULL,
    entered_by UUID,
    cluster_id UUID
);

CREATE INDEX personal_bases_by_datum ON personal_bases (kind, datum, field);

CREATE INDEX personal_bases_by_cluster ON personal_bases (cluster_id, at);

CREATE TABLE personal_disclosures (
    id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_person UUID,
    recipient_email TEXT,
    cluster_id UUID
);

CREATE INDEX personal_disclosures_by_recipient ON personal_disclosures (recipient_person);

-- Whose data was in it, one row a record.
CREATE TABLE personal_disclosed (
    id UUID PRIMARY KEY,
    disclosure_id UUID NOT NULL REFERENCES personal_disclosures (id),
    person_id UUID,
    email TEXT,
    kind TEXT NOT NULL,
    datum TEXT NOT NULL
);

CREATE INDEX personal_disclosed_by_person ON personal_disclosed (person_id);

CREATE INDEX personal_disclosed_by_email ON personal_disclosed (email);

CREATE INDEX personal_disclosed_by_disclosure ON personal_disclosed (disclosure_id);

-- Nothing about these people is removed by age: somebody is answering them.
CREATE TABLE personal_holds (
    id UUID PRIMARY KEY,
    person_id UUID,
    email TEXT,
    since BIGINT NOT NULL
);

CREATE INDEX personal_holds_by_person ON personal_holds (person_id);

CREATE INDEX personal_holds_by_email ON personal_holds (email);

-- Since when a person's data is only kept, not used.
ALTER TABLE people ADD COLUMN restricted_at BIGINT;

-- A letter that is forgotten as soon as it left.
ALTER TABLE letters ADD COLUMN fleeting BOOLEAN NOT NULL DEFAULT FALSE;
