-- Merged records and the record that each has become part of, however often that one was merged again. What refers to an
-- organisation keeps the id it was given and follows this view when it is read, so that undoing a merge undoes that too.

CREATE INDEX organisations_by_merged_into ON organisations (merged_into) WHERE merged_into IS NOT NULL;

CREATE VIEW merged_organisations (id, now_id) AS
WITH RECURSIVE followed (id, now_id) AS (
    SELECT id, merged_into FROM organisations WHERE merged_into IS NOT NULL
    UNION
    SELECT followed.id, organisations.merged_into FROM followed
    JOIN organisations ON organisations.id = followed.now_id WHERE organisations.merged_into IS NOT NULL
)
SELECT followed.id, followed.now_id FROM followed
JOIN organisations ON organisations.id = followed.now_id WHERE organisations.merged_into IS NULL;
