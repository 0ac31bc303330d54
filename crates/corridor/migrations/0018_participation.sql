-- Who outside the team of a cluster works on its drafts. Tenant data: cluster_id first in every key.

-- state: waiting, accepted, declined, withdrawn or lapsed. email goes when whoever it is of is erased.
CREATE TABLE draft_invitations (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    role TEXT NOT NULL,
    side TEXT NOT NULL,
    email TEXT,
    language TEXT NOT NULL,
    message TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    invited_by UUID,
    created_at BIGINT NOT NULL,
    reminded_at BIGINT,
    state TEXT NOT NULL,
    answered_at BIGINT,
    answered_by UUID,
    answer_words TEXT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_invitations_by_draft ON draft_invitations (draft_id);

CREATE INDEX draft_invitations_by_organisation ON draft_invitations (organisation_id);

CREATE INDEX draft_invitations_waiting ON draft_invitations (state, answer_by);

CREATE INDEX draft_invitations_by_email ON draft_invitations (email);

-- The letter and each reminder have a link of their own; all end with the answer.
CREATE TABLE draft_invitation_links (
    cluster_id UUID NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    invitation_id UUID NOT NULL,
    PRIMARY KEY (cluster_id, token_digest),
    FOREIGN KEY (cluster_id, invitation_id) REFERENCES draft_invitations (cluster_id, id)
);

-- What a draft looks for, and whom it tells; one a draft.
CREATE TABLE draft_openings (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    words TEXT NOT NULL,
    competence TEXT,
    kind TEXT,
    country TEXT,
    open_until TEXT NOT NULL,
    audience TEXT NOT NULL,
    opened_by UUID,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    PRIMARY KEY (cluster_id, draft_id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

-- state: waiting, accepted, declined or withdrawn.
CREATE TABLE draft_interests (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    message TEXT NOT NULL,
    person_id UUID,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    answered_at BIGINT,
    answered_by UUID,
    answer_words TEXT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_interests_by_draft ON draft_interests (draft_id);

CREATE INDEX draft_interests_by_organisation ON draft_interests (organisation_id);

-- The team asks every partner to sign off what the draft says; the newest that is not ended counts.
CREATE TABLE draft_signoff_rounds (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL,
    draft_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    statement TEXT NOT NULL,
    due_on TEXT NOT NULL,
    asked_by UUID,
    asked_at BIGINT NOT NULL,
    reminded_at BIGINT,
    ended_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_signoff_rounds_by_draft ON draft_signoff_rounds (draft_id);

-- `concern` is what the partner signed: its role, side and amounts. decision: signed or objected; the newest counts.
CREATE TABLE draft_signoffs (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL,
    draft_id UUID NOT NULL,
    round_id UUID NOT NULL,
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    revision BIGINT NOT NULL,
    concern JSONB NOT NULL,
    decision TEXT NOT NULL,
    words TEXT NOT NULL,
    person_id UUID,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, round_id) REFERENCES draft_signoff_rounds (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_signoffs_by_round ON draft_signoffs (round_id);
