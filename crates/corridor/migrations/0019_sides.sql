-- Drafts of the two sides of an instrument, and how they come together. Tenant data: cluster_id first in every key.

-- The draft that goes on for both sides; the draft that says so is closed.
ALTER TABLE drafts ADD COLUMN merged_into UUID;

-- The invitation to the industry draft of which this one is a copy since the sides were put together.
ALTER TABLE draft_invitations ADD COLUMN carried_from UUID;

-- What a team hands to the other side so that it can propose to merge: the digest only, once, for some days.
CREATE TABLE draft_merge_codes (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (cluster_id, draft_id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

-- cluster_id and draft_id are of the applicants' draft, which goes on. state: proposed, accepted, declined, withdrawn or
-- undone. The revisions are those that both drafts go back to when the merger is undone.
CREATE TABLE draft_mergers (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    industry_cluster_id UUID NOT NULL,
    industry_draft_id UUID NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    answered_at BIGINT,
    revision_before BIGINT,
    industry_revision_before BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id),
    FOREIGN KEY (industry_cluster_id, industry_draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_mergers_by_draft ON draft_mergers (draft_id);

-- An industry draft is in one merger at most.
CREATE UNIQUE INDEX draft_mergers_one ON draft_mergers (industry_draft_id) WHERE state = 'accepted';
CREATE UNIQUE INDEX draft_mergers_one_each ON draft_mergers (draft_id) WHERE state = 'accepted';
