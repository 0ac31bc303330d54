//! The people of the demonstration: nobody in particular, whom every visitor may become.

use super::{Actor, Role, RoleId, clusters, sessions, store};
use crate::foundation::{database::Database, errors::Error, instance::App, secrets::Secret, time::Clock};

/// One of the people, in the words that visitors know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demonstration {
    /// A project officer of the cluster.
    ProjectOfficer,
    /// A contact of one of its members.
    Member,
    /// A national or regional support group.
    SupportGroup,
    /// An organiser of meetings.
    EventOrganiser,
    /// A region, State or funder.
    Region,
    /// Whoever runs the instance.
    Administrator,
}

impl Demonstration {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Demonstration; 6] = [
        Demonstration::ProjectOfficer,
        Demonstration::Member,
        Demonstration::SupportGroup,
        Demonstration::EventOrganiser,
        Demonstration::Region,
        Demonstration::Administrator,
    ];

    /// The word in keys and the database.
    pub fn key(self) -> &'static str {
        match self {
            Demonstration::ProjectOfficer => "project_officer",
            Demonstration::Member => "member",
            Demonstration::SupportGroup => "support_group",
            Demonstration::EventOrganiser => "event_organiser",
            Demonstration::Region => "region",
            Demonstration::Administrator => "administrator",
        }
    }

    /// The one of a word.
    pub(super) fn of(key: &str) -> Option<Self> {
        Demonstration::ALL.into_iter().find(|who| who.key() == key)
    }

    /// The role that this person holds.
    pub fn role(self) -> Role {
        match self {
            Demonstration::ProjectOfficer => Role::ProjectOfficer,
            Demonstration::Member => Role::MemberContact,
            Demonstration::SupportGroup | Demonstration::Region => Role::NetworkOfficer,
            Demonstration::EventOrganiser => Role::EventOrganiser,
            Demonstration::Administrator => Role::InstanceAdministrator,
        }
    }

    /// The key of what the person is called in the language files.
    pub fn label_key(self) -> String {
        format!("role-{}", self.key().replace('_', "-"))
    }
}

/// A demonstration person whom a visitor may become.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The role's id, which the form sends.
    pub id: RoleId,
    /// Who it is.
    pub who: Demonstration,
    /// The role.
    pub role: Role,
    /// The cluster acted for, where there is one.
    pub cluster: Option<String>,
}

/// Makes the demonstration clusters' people where they are missing, acting for `cluster`.
///
/// `member_organisation` is the organisation that the member speaks for.
pub async fn prepare_demonstration(
    database: &Database,
    clock: Clock,
    cluster: &str,
    member_organisation: Option<uuid::Uuid>,
) -> Result<(), Error> {
    let Some(cluster) = clusters::cluster_by_slug(database, cluster).await? else {
        return Err(Error::input(format!(
            "there is no cluster `{cluster}` to demonstrate with: import the world first"
        )));
    };
    let (cluster, now) = (cluster.into(), clock.now());
    transact!(database, transaction => {
        for who in Demonstration::ALL {
            store::put_demonstration_person(transaction, who, &cluster, member_organisation, now).await?;
        }
        Ok(())
    })
}

/// The demonstration people.
pub async fn personas(database: &Database) -> Result<Vec<Persona>, Error> {
    store::personas(database).await
}

/// Opens a session in the role of a demonstration person; returns the token for the cookie.
pub async fn become_persona(
    app: &App,
    role: RoleId,
    browser: &sessions::Browser,
    before: Option<&Secret>,
) -> Result<Secret, Error> {
    if !app.demonstration {
        return Err(Error::NotFound("demonstration people: this instance runs without them".to_owned()));
    }
    let Some(person) = store::demonstration_person(&app.database, role).await? else {
        return Err(Error::NotFound("this demonstration person".to_owned()));
    };
    transact!(app.database, transaction => {
        sessions::begin(transaction, app, person, Some(role), sessions::Method::Demonstration, browser, before).await
    })
}

/// What an actor is called: people of the demonstration by what they are, everybody else by name.
pub(super) fn shown_name(actor: &Actor, say: impl Fn(&str) -> String) -> Option<String> {
    match actor {
        Actor::Person { demonstration: true, name, .. } => Demonstration::of(name).map(|who| say(&who.label_key())),
        Actor::Person { name, .. } | Actor::Guest { name, .. } => Some(name.clone()),
        Actor::Nobody | Actor::Console => None,
    }
}
