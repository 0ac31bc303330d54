//! The statements that ask a table what is due by age: the same for every table, whatever keeps a record from it.

/// Writes `due`, `due_count` and `expiring` of a store: `$rows` are what a preview shows of the first records (`$columns`),
/// `$since` is the column from which their age counts, and `$condition` says (from `FROM` on, the moment as `$1`) what is due.
macro_rules! aged {
    ($id:ty, $rows:ty, $columns:literal, $since:literal, $condition:literal) => {
        /// The first records that are due, oldest first.
        pub(super) async fn due(
            database: &$crate::foundation::database::Database,
            before: $crate::foundation::time::Timestamp,
        ) -> Result<Vec<$rows>, $crate::foundation::errors::Error> {
            const FIRST: &str =
                concat!("SELECT ", $columns, " ", $condition, " ORDER BY ", $since, ", id LIMIT $2");
            Ok(rows!(database, FIRST, before, $crate::foundation::personal::DUE_SHOWN))
        }

        /// How many are due, and since when the oldest.
        pub(super) async fn due_count(
            database: &$crate::foundation::database::Database,
            before: $crate::foundation::time::Timestamp,
        ) -> Result<(i64, Option<$crate::foundation::time::Timestamp>), $crate::foundation::errors::Error> {
            const COUNT: &str = concat!("SELECT COUNT(*), MIN(", $since, ") ", $condition);
            Ok(on!(database, pool => sqlx::query_as(COUNT).bind(before).fetch_one(pool).await?))
        }

        /// Those to be removed next, oldest first.
        pub(super) async fn expiring(
            transaction: &mut $crate::foundation::database::Transaction,
            before: $crate::foundation::time::Timestamp,
            limit: i64,
        ) -> Result<Vec<$id>, $crate::foundation::errors::Error> {
            const NEXT: &str = concat!("SELECT id ", $condition, " ORDER BY ", $since, ", id LIMIT $2");
            Ok(values!(transaction, NEXT, before, limit))
        }
    };
}
pub(crate) use aged;
