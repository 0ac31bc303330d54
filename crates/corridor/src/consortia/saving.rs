//! Saving a draft on which several people work at once.

use std::collections::BTreeSet;

use super::{
    budget,
    model::{Choices, Content, Difference, Draft, DraftId, Keep, Merged, differences, merge},
    no_such_draft, own_cluster, rules_of, sound, still_open, store, trail,
};
use crate::{
    accounts::{Action, Actor, ClusterId},
    foundation::{audit, database::Transaction, errors::Error, instance::App, time::Timestamp},
};

/// How often a save is put together with others that arrive at the same moment before it gives up.
const MOST_TRIES: usize = 50;

/// Saves what the draft now says; `revision` is the one that was read before editing. Answers the new revision, which is
/// higher than the next one where others saved in between: what they changed and what this save changes then stand
/// together.
///
/// # Errors
/// [`Error::Clash`] when somebody gave the same field another value in between; nothing is written then.
pub async fn save(app: &App, actor: &Actor, id: DraftId, revision: i64, content: &Content) -> Result<i64, Error> {
    save_choosing(app, actor, id, revision, content, &Choices::new()).await
}

/// [`save`], where it was chosen whose values to keep.
pub async fn save_choosing(
    app: &App,
    actor: &Actor,
    id: DraftId,
    revision: i64,
    own: &Content,
    choices: &Choices,
) -> Result<i64, Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    let mut attempts = Attempts::new(cluster, id);
    loop {
        let before = attempts.read(app).await?;
        still_open(&before)?;
        let merged = merged_with(app, &before, revision, own, choices).await?;
        if !merged.open.is_empty() {
            return Err(Error::Clash(format!("the draft {}", before.content.name)));
        }
        let content = budget::settled(&rules_of(app, &before), &merged.content);
        if before.content == content {
            return Ok(before.revision);
        }
        sound(app, &content).await?;
        match write(app, actor, &before, &content, "save").await {
            Err(Error::Clash(_)) => continue,
            written => return written.map(|()| before.revision + 1),
        }
    }
}

/// A draft to be written, read anew for each attempt: whoever writes brings what they want into what stands there by then.
pub(super) struct Attempts {
    cluster: ClusterId,
    draft: DraftId,
    left: usize,
}

impl Attempts {
    pub(super) fn new(cluster: ClusterId, draft: DraftId) -> Self {
        Attempts { cluster, draft, left: MOST_TRIES }
    }

    /// The draft as it stands now.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none; [`Error::Clash`] when others were quicker each time.
    pub(super) async fn read(&mut self, app: &App) -> Result<Draft, Error> {
        self.left = self.left.checked_sub(1).ok_or_else(|| Error::Clash(format!("the draft {}", self.draft)))?;
        let found = store::draft(&app.database, self.cluster, self.draft).await?;
        found.ok_or_else(|| no_such_draft(self.draft))
    }
}

/// Writes what a draft is to say as a version by the actor, and tells the trail.
///
/// # Errors
/// [`Error::Clash`] when somebody saved since `before` was read, a refusal when the draft goes on in another one; nothing is
/// written then.
pub(super) async fn put(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    before: &Draft,
    content: &Content,
    action: &str,
) -> Result<(), Error> {
    still_open(before)?;
    let person = actor.person();
    if !store::replace(transaction, before.cluster, before.id, before.revision, content, person, now).await? {
        return Err(Error::Clash(format!("the draft {}", before.content.name)));
    }
    let entry = trail(before.cluster, person, now, action, before.id, Some(&before.content), Some(content))?;
    audit::record(transaction, entry).await
}

/// [`put`], where nothing else belongs to the act.
pub(super) async fn write(
    app: &App,
    actor: &Actor,
    before: &Draft,
    content: &Content,
    action: &str,
) -> Result<(), Error> {
    let now = app.clock.now();
    transact!(app.database, transaction => put(transaction, actor, now, before, content, action).await)
}

/// What is stored, put together with an edit that began with `revision`.
async fn merged_with(
    app: &App,
    stored: &Draft,
    revision: i64,
    own: &Content,
    choices: &Choices,
) -> Result<Merged, Error> {
    if stored.revision == revision {
        return Ok(Merged { content: own.clone(), open: BTreeSet::new() });
    }
    let Some(base) = store::version(&app.database, stored.cluster, stored.id, revision).await? else {
        return Err(Error::Clash(format!("the draft {}", stored.content.name)));
    };
    Ok(merge(&base, &stored.content, own, choices).map_err(anyhow::Error::from)?)
}

/// A field to which two people gave different values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// Where; what a choice is given under.
    pub place: String,
    /// How the edit differs from what is stored.
    pub differences: Vec<Difference>,
}

/// What stands against an edit that began with `revision`: the draft as stored, where both contradict each other, and
/// what others changed beside, which is kept whatever is chosen.
///
/// # Errors
/// [`Error::NotFound`] where there is no such draft or version.
pub async fn contradictions(
    app: &App,
    actor: &Actor,
    id: DraftId,
    revision: i64,
    own: &Content,
) -> Result<(Draft, Vec<Contradiction>, Vec<Difference>), Error> {
    let stored = super::open(app, actor, id).await?;
    let base = super::version(app, actor, id, revision).await?;
    let put = |choices: &Choices| merge(&base, &stored.content, own, choices).map_err(anyhow::Error::from);
    let as_stored = put(&Choices::new())?;
    let mut found = Vec::with_capacity(as_stored.open.len());
    for place in &as_stored.open {
        let as_own = put(&Choices::from([(place.clone(), Keep::Own)]))?;
        let differences = differences(&as_stored.content, &as_own.content);
        found.push(Contradiction { place: place.clone(), differences });
    }
    let beside = differences(own, &as_stored.content)
        .into_iter()
        .filter(|difference| !found.iter().any(|one| one.differences.iter().any(|own| own.concerns(difference))))
        .collect();
    Ok((stored, found, beside))
}
