//! Saving a draft on which several people work at once.

use std::collections::BTreeSet;

use super::{
    budget,
    model::{Choices, Content, Difference, Draft, DraftId, Keep, Merged, differences, merge},
    no_such_draft, own_cluster, sound, still_open, store, trail,
};
use crate::{
    accounts::{Action, Actor},
    foundation::{audit, errors::Error, instance::App},
};

/// How often a save is put together with others that arrive at the same moment before it gives up.
const MOST_TRIES: usize = 5;

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
    for _ in 0..MOST_TRIES {
        let before = store::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))?;
        still_open(&before)?;
        let merged = merged_with(app, &before, revision, own, choices).await?;
        if !merged.open.is_empty() {
            return Err(Error::Clash(format!("the draft {}", before.content.name)));
        }
        let content = budget::settled(&merged.content);
        if before.content == content {
            return Ok(before.revision);
        }
        sound(app, &content).await?;
        let (now, person) = (app.clock.now(), actor.person());
        let entry = trail(cluster, person, now, "save", id, Some(&before.content), Some(&content))?;
        let written = transact!(app.database, transaction => {
            let written = store::replace(transaction, cluster, id, before.revision, &content, person, now).await?;
            if written {
                audit::record(transaction, entry.clone()).await?;
            }
            Ok(written)
        })?;
        if written {
            return Ok(before.revision + 1);
        }
    }
    Err(Error::Clash(format!("the draft {id}")))
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
