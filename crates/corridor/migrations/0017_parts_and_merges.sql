-- The page of an organisation asks for its parts and for what was merged into it: without these it read both tables whole.
CREATE INDEX organisations_by_parent ON organisations (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX merges_by_kept ON merges (kept_id);
