-- What became of drafts: each submission freezes a version; answers follow one another, the newest counts. Tenant data:
-- cluster_id first in every key.

-- stage is empty where the instrument has none; instrument and topic are those of the frozen version. changes counts up with
-- every correction of the submission and of its answers.
CREATE TABLE draft_submissions (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    stage TEXT NOT NULL,
    instrument TEXT,
    topic_id UUID REFERENCES topics (id),
    submitted_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    submitted_by UUID,
    recorded_at BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id, revision) REFERENCES draft_versions (cluster_id, draft_id, revision)
);

-- One stage is submitted once a day: two people who note the same submission write it once.
CREATE UNIQUE INDEX draft_submissions_once ON draft_submissions (cluster_id, draft_id, stage, submitted_on);

-- Who took part in the version that was submitted.
CREATE TABLE draft_submission_members (
    cluster_id UUID NOT NULL,
    submission_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    side TEXT NOT NULL,
    PRIMARY KEY (cluster_id, submission_id, organisation_id),
    FOREIGN KEY (cluster_id, submission_id) REFERENCES draft_submissions (cluster_id, id)
);

CREATE INDEX draft_submission_members_by_organisation ON draft_submission_members (organisation_id);

-- kind: granted, reserve, rejected, withdrawn or invited. marks holds the criteria as they were when the answer came.
CREATE TABLE draft_answers (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    submission_id UUID NOT NULL,
    kind TEXT NOT NULL,
    answered_on TEXT NOT NULL,
    marks JSONB NOT NULL,
    summary TEXT NOT NULL,
    grant_cents BIGINT,
    cost_cents BIGINT,
    agreement TEXT NOT NULL,
    starts_on TEXT,
    answered_by UUID,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, submission_id) REFERENCES draft_submissions (cluster_id, id)
);

CREATE INDEX draft_answers_by_submission ON draft_answers (submission_id);
