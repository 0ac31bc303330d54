-- What a member of a draft costs, by work package and category; the work packages themselves are facts of the draft.

ALTER TABLE draft_members ADD COLUMN budget JSONB NOT NULL DEFAULT '{}';
