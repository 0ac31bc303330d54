//! What is begun in a browser and ended in the same one, once and soon: the way to a device or a provider and back.

use super::store;
use crate::foundation::{errors::Error, instance::App};

/// Keeps what the end of a ceremony needs to know of its beginning. `bound` names the browser: the digest of a secret that
/// only it has, or its session.
pub(super) async fn begin(
    app: &App,
    kind: &str,
    bound: &str,
    state: serde_json::Value,
    seconds: i64,
) -> Result<(), Error> {
    let now = app.clock.now();
    transact!(app.database, transaction => {
        store::put_ceremony(transaction, kind, bound, &state, now, now.plus_seconds(seconds)).await
    })
}

/// What was kept, for the one time that it can be ended.
///
/// # Errors
/// When nothing of the kind was begun in this browser, or too long ago.
pub(super) async fn take(app: &App, kind: &str, bound: &str) -> Result<serde_json::Value, Error> {
    let now = app.clock.now();
    let state = transact!(app.database, transaction => store::take_ceremony(transaction, kind, bound, now).await)?;
    state.ok_or(Error::Over { reason: "refused-ceremony" })
}

/// What was kept, left where it is: to show what a confirmation would do.
///
/// # Errors
/// As [`take`].
pub(super) async fn peek(app: &App, kind: &str, bound: &str) -> Result<serde_json::Value, Error> {
    let state = store::peek_ceremony(&app.database, kind, bound, app.clock.now()).await?;
    state.ok_or(Error::Over { reason: "refused-ceremony" })
}
