//! `corridor invite`

use anyhow::Context;
use clap::Args;

use super::Instance;
use crate::{
    accounts::{self, Actor, Email, HeldRole, Role, invitations},
    app,
    foundation::languages::Language,
};

/// Invite somebody into a role: the first administrator comes to an instance in this way.
#[derive(Debug, Args)]
pub struct Invite {
    /// The address of whom to invite.
    email: String,
    /// The role: reader, project_officer, event_organiser, evaluator, cluster_administrator, network_officer or
    /// instance_administrator. Contacts of organisations are invited in the browser.
    #[arg(long, default_value = "instance_administrator")]
    role: String,
    /// The word of the cluster in addresses, for roles that are held in one.
    #[arg(long)]
    cluster: Option<String>,
    /// The language of the letter: en or fr; without it that of the cluster.
    #[arg(long)]
    language: Option<String>,
}

impl Invite {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let email: Email = self.email.parse().with_context(|| format!("`{}`", self.email))?;
        let language: Option<Language> = self.language.as_deref().map(str::parse).transpose()?;
        let role = Role::of(&self.role).filter(|role| *role != Role::MemberContact).with_context(|| {
            let known: Vec<&str> =
                Role::ALL.into_iter().filter(|role| *role != Role::MemberContact).map(Role::key).collect();
            format!("no role is called `{}`; write one of {}", self.role, known.join(", "))
        })?;
        let app = app::open(instance.settings(false)?).await?;
        let cluster = match &self.cluster {
            None => None,
            Some(slug) => {
                let known = accounts::clusters(&app.database).await?;
                let found = known.iter().find(|cluster| cluster.slug == *slug);
                Some(found.with_context(|| format!("no cluster is called `{slug}`"))?.id)
            }
        };
        let offered = HeldRole { role, cluster, organisation: None, organisation_name: None };
        let link = invitations::invite(&app, &Actor::Console, language, &email, &offered).await?;
        println!("The letter leaves with the next `corridor serve`. The same link, for {email} only:");
        println!("{}", link.reveal());
        app.database.close().await;
        Ok(())
    }
}
