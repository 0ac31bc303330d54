//! The daily look at invitations and openings: reminders, each once, and what was not answered in time.

use std::sync::Arc;

use serde_json::json;

use super::{
    invitations::{Invitation, addressees, drafts_name, link_of, tell, topic_of},
    letters::{self, Notice},
    model::{Look, State, look},
    store::invitations as store,
};
use crate::{
    accounts::{Actor, Addressee, cluster},
    consortia::store as drafts,
    foundation::{
        errors::Error,
        instance::App,
        jobs::{Job, Progress},
        secrets::Secret,
        time::Day,
    },
};

/// Looks at every invitation that waits, once a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct LookAtInvitations {}

impl Job<App> for LookAtInvitations {
    const NAME: &'static str = "consortia.invitations";

    async fn run(self, app: Arc<App>, _progress: Progress) -> Result<(), Error> {
        look_at_all(&app).await
    }
}

/// Gives the reminders that are due and ends what was not answered in time.
///
/// # Errors
/// When the database fails.
pub async fn look_at_all(app: &App) -> Result<(), Error> {
    for one in store::waiting(&app.database).await? {
        let zone = cluster(&app.database, one.cluster).await?.settings.time_zone;
        let (today, made) = (app.clock.today(&zone), Day(zone.at(one.created_at).date()));
        match look(today, made, one.answer_by, one.reminded_at.is_some()) {
            Look::Leave => {}
            Look::Remind => remind(app, &one).await?,
            Look::Lapse => lapse(app, &one).await?,
        }
    }
    app.jobs.notify_one();
    Ok(())
}

async fn remind(app: &App, one: &Invitation) -> Result<(), Error> {
    let now = app.clock.now();
    let organisation = drafts_name(app, one.organisation).await?;
    let Some(draft) = drafts::draft(&app.database, one.cluster, one.draft).await? else { return Ok(()) };
    if draft.archived_at.is_some() {
        return Ok(());
    }
    let topic = topic_of(app, &draft.content).await?;
    let readers = addressees(app, one).await?;
    let token = Secret::fresh();
    let notice = Notice {
        what: "reminder",
        cluster: &one.cluster_name,
        draft: &one.draft_name,
        organisation: &organisation,
        document: None,
        role: Some(format!("consortia-role-{}", one.part.role.key())),
        topic,
        day: one.answer_by.to_string(),
        words: &one.message,
        link: one.email.is_some().then(|| link_of(app, &token)),
        page: one.email.is_none().then(|| "/workspaces".to_owned()),
    };
    transact!(app.database, transaction => {
        // Answered meanwhile, or another server was faster.
        if !store::remind(transaction, one.id, now).await? {
            return Ok(());
        }
        if one.email.is_some() {
            store::put_link(transaction, one.cluster, one.id, &token.digest()).await?;
        }
        for reader in &readers {
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        Ok(())
    })
}

async fn lapse(app: &App, one: &Invitation) -> Result<(), Error> {
    let now = app.clock.now();
    let organisation = drafts_name(app, one.organisation).await?;
    let told = Addressee::account(app, one.invited_by).await?;
    let notice = Notice {
        what: "lapsed",
        cluster: &one.cluster_name,
        draft: &one.draft_name,
        organisation: &organisation,
        day: one.answer_by.to_string(),
        page: Some(format!("/consortia/{}/partners", one.draft)),
        ..Notice::default()
    };
    transact!(app.database, transaction => {
        if !store::end(transaction, one.id, State::Lapsed, None, None, now).await? {
            return Ok(());
        }
        if let Some(reader) = &told {
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (one.cluster, one.draft, one.draft_name.as_str());
        let what = json!({ "organisation": organisation });
        tell(transaction, &Actor::Nobody, now, of, "lapse_invitation", what, serde_json::Value::Null).await
    })
}
