//! Single values that an instance keeps under a key, mostly marks that say after which change something is.

use super::{
    database::{Database, Transaction},
    errors::Error,
    time::Clock,
};

/// The value under a key; empty where there is none.
pub async fn read(database: &Database, key: &str) -> Result<String, Error> {
    let value: Option<String> = value!(database, "SELECT value FROM settings WHERE key = $1", key);
    Ok(value.unwrap_or_default())
}

/// Puts a value under a key.
pub async fn put(transaction: &mut Transaction, key: &str, value: &str) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
    );
    Ok(())
}

/// The value under a key, which nobody else changes before the transaction ends; empty where there is none.
pub async fn hold(transaction: &mut Transaction, key: &str) -> Result<String, Error> {
    let value: Option<String> = value!(
        transaction,
        "INSERT INTO settings (key, value) VALUES ($1, '') ON CONFLICT (key) DO UPDATE SET value = settings.value
         RETURNING value",
        key,
    );
    Ok(value.unwrap_or_default())
}

/// Raises the mark under a key and tells it: what was built for the mark before is stale from this commit on.
///
/// The mark is a number that only grows. It begins with the time, so that what was built for one database is never
/// taken for that of another which was changed as often.
pub async fn raise(transaction: &mut Transaction, key: &str) -> Result<String, Error> {
    let last: Option<String> = value!(transaction, "SELECT value FROM settings WHERE key = $1", key);
    let last = last.and_then(|value| value.parse::<i64>().ok()).unwrap_or(0);
    let next = Clock::System.now().0.max(last.saturating_add(1)).to_string();
    put(transaction, key, &next).await?;
    Ok(next)
}
