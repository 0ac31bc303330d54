//! What is said and to be done in a draft: threads of comments about it, its members and its rules; tasks;
//! its calendar.
//!
//! Everything is asked for in a [`Place`]: a draft as the team or a partner has it. A place is the answer to whether somebody
//! may be there; what is addressed to others does not exist in it.

pub mod calendar;
mod holding;
mod jobs;
mod letters;
mod model;
pub mod pages;
mod store;
pub mod tasks;
pub mod threads;

pub use holding::DiscussionHolding;
pub use jobs::{RemindOfTasks, remind_of_all};
pub use letters::Stopping;
pub use model::{Audience, TaskState, Whose};
pub(super) use store::FORGOTTEN;

use model::Partner;

use super::{
    Content, Draft, DraftId, open as open_draft,
    participation::{self, Seat, invitations::tell},
    still_open,
};
use crate::{
    accounts::{Action, Actor, ClusterId, PersonId, Resource, cluster, decide},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        time::{Day, Timestamp, Zone},
    },
};

/// A draft as somebody has it who may be there.
#[derive(Clone, Debug)]
pub struct Place {
    /// The draft with what is seen of its content.
    draft: Draft,
    cluster_name: String,
    zone: Zone,
    seat: Seat,
    /// Who accepted to take part, as far as they are seen.
    partners: Vec<Partner>,
}

impl Place {
    /// Who somebody is there.
    pub fn seat(&self) -> Seat {
        self.seat
    }

    /// The draft, as it is seen there.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    fn content(&self) -> &Content {
        &self.draft.content
    }

    fn merged(&self) -> bool {
        self.draft.content.facts.merged
    }

    fn key(&self) -> (ClusterId, DraftId) {
        (self.draft.cluster, self.draft.id)
    }

    /// To whom something can be addressed from there.
    pub fn addressable(&self) -> Vec<Audience> {
        model::addressable(self.seat, self.merged(), &self.partners)
    }

    /// The day it is where the cluster is.
    fn today(&self, app: &App) -> Day {
        app.clock.today(&self.zone)
    }

    /// Decides that the actor may write there: a partner is asked by its seat, the team by its permission; nobody writes in a
    /// draft that goes on in another one.
    fn writing(&self, actor: &Actor) -> Result<(), Error> {
        match self.seat {
            Seat::Team => decide(actor, Action::EditDrafts, Resource::Cluster(self.draft.cluster))?,
            Seat::Partner { .. } => decide(actor, Action::TakePart, Resource::Instance)?,
        }
        still_open(&self.draft)
    }

    /// Tells the trail of the cluster.
    async fn tell(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        now: Timestamp,
        action: &str,
        (before, after): (serde_json::Value, serde_json::Value),
    ) -> Result<(), Error> {
        let of = (self.draft.cluster, self.draft.id, self.draft.content.name.as_str());
        tell(transaction, actor, now, of, action, before, after).await
    }
}

async fn settled_in(app: &App, draft: Draft, seat: Seat) -> Result<Place, Error> {
    let settings = cluster(&app.database, draft.cluster).await?.settings;
    let accepted = participation::partners(&app.database, draft.cluster, draft.id).await?;
    let members = draft.content.members.iter().filter(|member| accepted.contains(&member.organisation));
    let partners = members.map(|member| (member.organisation, member.side)).collect();
    Ok(Place { draft, cluster_name: settings.name, zone: settings.time_zone, seat, partners })
}

/// A draft of the actor's cluster, as its team has it.
///
/// # Errors
/// [`Error::NotFound`] for a draft of somebody else.
pub async fn of_team(app: &App, actor: &Actor, draft: DraftId) -> Result<Place, Error> {
    let draft = open_draft(app, actor, draft).await?;
    settled_in(app, draft, Seat::Team).await
}

/// A draft in which the actor's organisation takes part, as it has it.
///
/// # Errors
/// [`Error::NotFound`] where the organisation has no seat.
pub async fn of_partner(app: &App, actor: &Actor, draft: DraftId) -> Result<Place, Error> {
    let workspace = participation::workspace(app, actor, draft).await?;
    settled_in(app, workspace.draft, workspace.seat).await
}

/// The id of the person who acts.
fn person(actor: &Actor) -> Option<PersonId> {
    actor.person().map(PersonId)
}
