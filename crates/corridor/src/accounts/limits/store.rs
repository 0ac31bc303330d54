//! SQL of limits.

use crate::foundation::{database::Transaction, errors::Error, time::Timestamp};

/// Takes one try from the bucket of a key, where there is one; else says when the bucket is full again.
///
/// The row is judged and changed by one statement, so that no two servers take the same try.
pub(super) async fn take(
    transaction: &mut Transaction,
    key: &str,
    now: Timestamp,
    period: i64,
    most: i64,
) -> Result<Option<Timestamp>, Error> {
    let taken = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO tries (key, free_at) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET free_at = CASE WHEN tries.free_at < $3 THEN $2 ELSE tries.free_at + $4 END
         WHERE tries.free_at <= $5",
        )
        .bind(key)
        .bind(now.0 + period)
        .bind(now)
        .bind(period)
        .bind(now.0 + most)
    );
    if taken > 0 {
        return Ok(None);
    }
    let free_at: Option<Timestamp> = value!(transaction, "SELECT free_at FROM tries WHERE key = $1", key);
    Ok(Some(free_at.unwrap_or(now)))
}

/// Forgets the buckets that are full again.
pub(super) async fn forget(transaction: &mut Transaction, now: Timestamp) -> Result<u64, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM tries WHERE free_at < $1").bind(now)))
}
