-- The same view, asked otherwise: a join with organisations let SQLite read the whole table to be quick for many merged
-- records, at every page, where there are few or none.
DROP VIEW merged_organisations;

CREATE VIEW merged_organisations (id, now_id) AS
WITH RECURSIVE followed (id, now_id) AS (
    SELECT id, merged_into FROM organisations WHERE merged_into IS NOT NULL
    UNION
    SELECT followed.id, organisations.merged_into FROM followed
    JOIN organisations ON organisations.id = followed.now_id WHERE organisations.merged_into IS NOT NULL
)
SELECT followed.id, followed.now_id FROM followed
WHERE NOT EXISTS (
    SELECT 1 FROM organisations AS further WHERE further.id = followed.now_id AND further.merged_into IS NOT NULL
);
