-- What is said, to be done and dated about drafts. Tenant data: cluster_id first in every key.

-- About a member, a rule of the instrument, or the whole draft where both are empty. audience: team, partner (the team and the
-- organisation partner_id), applicant, industry (the team and the partners of that side) or everybody (once the sides are
-- put together).
CREATE TABLE draft_threads (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    member_id UUID REFERENCES organisations (id),
    rule TEXT,
    audience TEXT NOT NULL,
    partner_id UUID REFERENCES organisations (id),
    started_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by UUID,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_threads_by_draft ON draft_threads (draft_id);

-- organisation_id is the partner for which somebody wrote; none for the team. The text of a deleted comment is empty.
CREATE TABLE draft_comments (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    thread_id UUID NOT NULL,
    text TEXT NOT NULL,
    person_id UUID,
    organisation_id UUID REFERENCES organisations (id),
    written_at BIGINT NOT NULL,
    deleted_at BIGINT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, thread_id) REFERENCES draft_threads (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_comments_by_draft ON draft_comments (draft_id);

CREATE INDEX draft_comments_by_person ON draft_comments (person_id);

-- For somebody of the team, for a member, or for nobody yet. reminded_on is the day of the last reminder.
CREATE TABLE draft_tasks (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    what TEXT NOT NULL,
    person_id UUID,
    organisation_id UUID REFERENCES organisations (id),
    due_on TEXT,
    created_by UUID,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    done_by UUID,
    reminded_on TEXT,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_tasks_by_draft ON draft_tasks (draft_id);

CREATE INDEX draft_tasks_open ON draft_tasks (done_at, due_on);

CREATE INDEX draft_tasks_by_organisation ON draft_tasks (organisation_id);

-- Dates that a draft sets itself; audience as of a thread.
CREATE TABLE draft_milestones (
    cluster_id UUID NOT NULL,
    id UUID NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    name TEXT NOT NULL,
    day TEXT NOT NULL,
    audience TEXT NOT NULL,
    partner_id UUID REFERENCES organisations (id),
    created_by UUID,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_milestones_by_draft ON draft_milestones (draft_id);

-- Each letter about a draft has a link of its own that ends letters about it for its reader: the digest only.
CREATE TABLE draft_letter_links (
    cluster_id UUID NOT NULL,
    token_digest TEXT NOT NULL UNIQUE,
    draft_id UUID NOT NULL,
    person_id UUID NOT NULL,
    PRIMARY KEY (cluster_id, token_digest),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);

CREATE INDEX draft_letter_links_by_person ON draft_letter_links (person_id);

CREATE TABLE draft_letter_stops (
    cluster_id UUID NOT NULL,
    draft_id UUID NOT NULL,
    person_id UUID NOT NULL,
    stopped_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, draft_id, person_id),
    FOREIGN KEY (cluster_id, draft_id) REFERENCES drafts (cluster_id, id)
);
