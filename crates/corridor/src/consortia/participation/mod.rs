//! Who outside the team of a cluster works on its drafts: partners, each in its seat.
//!
//! [`seat`] says who somebody is in a draft, [`visible`] what they see of it. Every part of a draft that partners take
//! part in asks both; a draft in which somebody has no seat does not exist for them.

mod holding;
pub mod interests;
pub mod invitations;
mod jobs;
pub(in crate::consortia) mod letters;
mod model;
mod own_part;
pub mod pages;
pub mod signoff;
mod store;

pub use holding::ParticipationHolding;
pub use jobs::{LookAtInvitations, look_at_all};
pub use model::{Concern, Decision, Part, Seat, SignOff, State, visible, visible_totals};
pub use own_part::correct;
pub(super) use store::{FORGOTTEN, partners};

use super::{Content, Draft, DraftId, no_such_draft, own_cluster, store as drafts};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide},
    directory::OrganisationId,
    foundation::{errors::Error, instance::App},
};

/// Who the actor is in a draft, and whose draft it is.
///
/// The team of the cluster acted for, or who speaks for an organisation that accepted to take part and is a member still,
/// in whatever cluster they act.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, whether there is such a draft or not; refused is only who may take part in none.
pub async fn seat(app: &App, actor: &Actor, draft: DraftId) -> Result<(ClusterId, Seat), Error> {
    if decide(actor, Action::ReadDrafts, Resource::Instance).is_ok() {
        let cluster = own_cluster(actor, Action::ReadDrafts)?;
        return match store::is_of_cluster(&app.database, cluster, draft).await? {
            true => Ok((cluster, Seat::Team)),
            false => Err(no_such_draft(draft)),
        };
    }
    let workspace = workspace(app, actor, draft).await?;
    Ok((workspace.draft.cluster, workspace.seat))
}

/// The organisation that the actor answers for.
fn own_organisation(actor: &Actor) -> Result<OrganisationId, Error> {
    decide(actor, Action::TakePart, Resource::Instance)?;
    actor
        .organisation()
        .map(OrganisationId)
        .ok_or(Error::Refused { reason: "participation-refused-no-organisation", sign_in: false })
}

/// A draft as a partner sees it.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// The draft with what the partner sees of its content.
    pub draft: Draft,
    /// The name of the cluster whose draft it is.
    pub cluster_name: String,
    /// The partner.
    pub seat: Seat,
    /// All of the content: for decisions, never to be shown.
    whole: Content,
}

impl Workspace {
    /// The draft with the members that the partner sees and all that is said of them: for decisions, not to be shown.
    pub(super) fn on_its_side(&self) -> Content {
        model::on_side(&self.whole, self.seat)
    }

    /// The sums that the partner sees, by the name of the amount.
    pub fn totals(&self) -> std::collections::BTreeMap<&'static str, i64> {
        visible_totals(&self.whole, self.seat)
    }
}

async fn taken_up(app: &App, organisation: OrganisationId, taken: store::Taken) -> Result<Option<Workspace>, Error> {
    let Some(mut draft) = drafts::draft(&app.database, taken.cluster_id, taken.draft_id).await? else {
        return Ok(None);
    };
    let Some(member) = draft.content.members.iter().find(|member| member.organisation == organisation) else {
        return Ok(None);
    };
    let seat = Seat::Partner { organisation, side: member.side };
    let seen = visible(&draft.content, seat);
    let whole = std::mem::replace(&mut draft.content, seen);
    Ok(Some(Workspace { draft, cluster_name: taken.cluster_name, seat, whole }))
}

/// The draft as the organisation of the actor sees it.
///
/// # Errors
/// [`Error::NotFound`] when the organisation has no seat in it, whether there is such a draft or not.
pub async fn workspace(app: &App, actor: &Actor, draft: DraftId) -> Result<Workspace, Error> {
    let organisation = own_organisation(actor)?;
    let taken = store::accepted(&app.database, organisation, Some(draft)).await?.into_iter().next();
    let workspace = match taken {
        Some(taken) => taken_up(app, organisation, taken).await?,
        None => None,
    };
    workspace.ok_or_else(|| no_such_draft(draft))
}

/// What waits for the organisation of the actor.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// Invitations to be answered.
    pub offers: Vec<invitations::Offer>,
    /// Drafts to be signed off, with the last day.
    pub to_sign: Vec<(DraftId, String, String)>,
}

/// What waits for the organisation of the actor: invitations, and sign-offs that are open or void.
///
/// # Errors
/// When the actor speaks for none.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Waiting, Error> {
    let mut waiting = Waiting { offers: invitations::offers(app, actor).await?, to_sign: Vec::new() };
    let under_way =
        |workspace: &Workspace| workspace.draft.archived_at.is_none() && workspace.draft.merged_into.is_none();
    for workspace in workspaces(app, actor).await?.into_iter().filter(under_way) {
        if let Some((round, line)) = signoff::of_partner(app, &workspace).await?
            && matches!(line.standing, SignOff::Open | SignOff::Void)
        {
            waiting.to_sign.push((workspace.draft.id, workspace.draft.content.name, round.due_on));
        }
    }
    Ok(waiting)
}

/// The drafts in which the organisation of the actor takes part.
///
/// # Errors
/// When the actor speaks for none.
pub async fn workspaces(app: &App, actor: &Actor) -> Result<Vec<Workspace>, Error> {
    let organisation = own_organisation(actor)?;
    let mut found = Vec::new();
    for taken in store::accepted(&app.database, organisation, None).await? {
        found.extend(taken_up(app, organisation, taken).await?);
    }
    Ok(found)
}
