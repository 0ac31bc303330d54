//! Who is named in what hangs on drafts: each part says where, all ask and forget in one way.

use uuid::Uuid;

use crate::{
    accounts::ClusterId,
    foundation::{database::Transaction, errors::Error, time::Timestamp},
};

/// A record in which somebody is named, and as what.
#[derive(sqlx::FromRow)]
pub(in crate::consortia) struct Named {
    pub(in crate::consortia) cluster_id: ClusterId,
    pub(in crate::consortia) id: Uuid,
    /// The word of what they did.
    pub(in crate::consortia) part: String,
    /// What the draft is called.
    pub(in crate::consortia) draft: String,
    pub(in crate::consortia) words: Option<String>,
    pub(in crate::consortia) at: Timestamp,
}

/// The statement that reads [`Named`], oldest first, of records told as `cluster_id, id, draft_id, part, words, at`.
macro_rules! naming {
    ($records:literal) => {
        concat!(
            "SELECT named.cluster_id, named.id, named.part, drafts.name AS draft, named.words, named.at FROM (",
            $records,
            ") named JOIN drafts ON drafts.cluster_id = named.cluster_id AND drafts.id = named.draft_id
             ORDER BY named.at, named.id"
        )
    };
}
pub(in crate::consortia) use naming;

/// Takes an account out of every record by these statements; says of how many.
pub(in crate::consortia) async fn forget(
    transaction: &mut Transaction,
    statements: &[&'static str],
    person: Option<Uuid>,
) -> Result<u64, Error> {
    let mut touched = 0;
    for statement in statements {
        touched += execute!(transaction, sqlx::query(*statement).bind(person));
    }
    Ok(touched)
}
