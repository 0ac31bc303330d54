-- What somebody has declared of a member of a draft because the rules ask for it: documents, registers, being an SME.

ALTER TABLE draft_members ADD COLUMN declared JSONB NOT NULL DEFAULT '{}';
