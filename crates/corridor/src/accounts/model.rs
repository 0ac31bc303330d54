//! Roles, actions and the decision: a pure function over values, tested as a table.

use uuid::Uuid;

use crate::foundation::errors::Error;

id! {
    /// A person.
    PersonId
}
id! {
    /// A role that a person holds.
    RoleId
}
id! {
    /// A cluster (a tenant of the instance).
    ClusterId
}

/// What a person is here for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Works for a cluster: calls, partners, consortia, the directory of members.
    ProjectOfficer,
    /// Speaks for an organisation that is a member of a cluster.
    Member,
    /// National or regional support group, contact point.
    SupportGroup,
    /// Runs meetings.
    EventOrganiser,
    /// A region, State or funder: reads.
    Region,
    /// Runs the instance.
    Administrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 6] = [
        Role::ProjectOfficer,
        Role::Member,
        Role::SupportGroup,
        Role::EventOrganiser,
        Role::Region,
        Role::Administrator,
    ];

    /// The word used in keys, the database and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Role::ProjectOfficer => "project_officer",
            Role::Member => "member",
            Role::SupportGroup => "support_group",
            Role::EventOrganiser => "event_organiser",
            Role::Region => "region",
            Role::Administrator => "administrator",
        }
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("role-{}", self.key().replace('_', "-"))
    }
}

/// A cluster as pages and decisions need it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow)]
pub struct ClusterRef {
    /// Its id.
    pub id: ClusterId,
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its accent colour, `#rrggbb`.
    pub accent: String,
}

/// Who acts, in which role, for which cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Nobody has been chosen or signed in.
    Nobody,
    /// A person in one of its roles.
    Person {
        /// The person.
        person: PersonId,
        /// The role held.
        role_id: RoleId,
        /// The name shown.
        name: String,
        /// What the person is here for.
        role: Role,
        /// The cluster acted for.
        cluster: Option<ClusterRef>,
        /// The organisation spoken for.
        organisation: Option<Uuid>,
    },
    /// The command line of the machine that runs the instance: whoever reaches it holds the database itself.
    Console,
}

impl Actor {
    /// The person's id, for the audit trail.
    pub fn person(&self) -> Option<Uuid> {
        match self {
            Actor::Person { person, .. } => Some(person.0),
            _ => None,
        }
    }

    /// The cluster acted for.
    pub fn cluster(&self) -> Option<&ClusterRef> {
        match self {
            Actor::Person { cluster, .. } => cluster.as_ref(),
            _ => None,
        }
    }

    /// The role held.
    pub fn role(&self) -> Option<Role> {
        match self {
            Actor::Person { role, .. } => Some(*role),
            _ => None,
        }
    }
}

/// What can be done. One word a permission, not one a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub enum Action {
    /// What everybody may see: the frame, the choice of a person, health.
    ReadPublic,
    /// Today, the home of a person.
    ReadToday,
    /// Organisations, their projects and competences, the map.
    ReadDirectory,
    /// Correct an organisation's record.
    EditOrganisation,
    /// Merge two records of one organisation, and undo it.
    MergeOrganisations,
    /// Import a cluster's members.
    ImportMembers,
    /// Import registers and public data of the instance.
    ImportRegisters,
    /// Calls and topics.
    ReadCalls,
    /// Rank partners for a text or a topic.
    RankPartners,
    /// See a cluster's drafts.
    ReadDrafts,
    /// Make and change a cluster's drafts.
    EditDrafts,
    /// Jobs, imports and settings of the instance.
    Administer,
}

impl Action {
    /// All actions, for the permission table.
    pub const ALL: [Action; 12] = [
        Action::ReadPublic,
        Action::ReadToday,
        Action::ReadDirectory,
        Action::EditOrganisation,
        Action::MergeOrganisations,
        Action::ImportMembers,
        Action::ImportRegisters,
        Action::ReadCalls,
        Action::RankPartners,
        Action::ReadDrafts,
        Action::EditDrafts,
        Action::Administer,
    ];
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Facts shared by the whole instance.
    Instance,
    /// Something that belongs to a cluster.
    Cluster(ClusterId),
    /// A record of an organisation, with the cluster that counts it among its members, if the actor's does.
    Organisation {
        /// The organisation.
        id: Uuid,
        /// Whether it is a member of the cluster that the actor acts for.
        member_of_actors_cluster: bool,
    },
}

/// Whether the actor may do this to that. Called first by every use case.
///
/// # Errors
/// [`Error::Refused`] with the reason to be shown.
pub fn decide(actor: &Actor, action: Action, resource: Resource) -> Result<(), Error> {
    use Action::*;
    let refused = |reason| Err(Error::Refused { reason, sign_in: false });
    let (role, cluster, organisation) = match actor {
        Actor::Console => return Ok(()),
        Actor::Nobody if action == ReadPublic => return Ok(()),
        Actor::Nobody => {
            return Err(Error::Refused { reason: "refused-nobody", sign_in: true });
        }
        Actor::Person { role, cluster, organisation, .. } => (*role, cluster.as_ref(), *organisation),
    };
    let by_role = match action {
        ReadPublic | ReadToday | ReadDirectory | ReadCalls | RankPartners => true,
        EditOrganisation => matches!(role, Role::ProjectOfficer | Role::Member | Role::Administrator),
        MergeOrganisations => matches!(role, Role::ProjectOfficer | Role::Administrator),
        ImportMembers => matches!(role, Role::ProjectOfficer | Role::Administrator),
        ImportRegisters | Administer => role == Role::Administrator,
        ReadDrafts => matches!(role, Role::ProjectOfficer | Role::Member | Role::Administrator),
        EditDrafts => matches!(role, Role::ProjectOfficer | Role::Administrator),
    };
    if !by_role {
        return refused("refused-role");
    }
    match resource {
        Resource::Instance => Ok(()),
        Resource::Cluster(id) if cluster.is_some_and(|own| own.id == id) => Ok(()),
        Resource::Cluster(_) => refused("refused-other-cluster"),
        Resource::Organisation { id, member_of_actors_cluster } => match (action, role) {
            (EditOrganisation, Role::Member) if organisation != Some(id) => refused("refused-other-organisation"),
            (EditOrganisation, Role::ProjectOfficer) if !member_of_actors_cluster => refused("refused-not-a-member"),
            _ => Ok(()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, cluster: ClusterId, organisation: Option<Uuid>) -> Actor {
        Actor::Person {
            person: PersonId::new(),
            role_id: RoleId::new(),
            name: "somebody".to_owned(),
            role,
            cluster: Some(ClusterRef {
                id: cluster,
                slug: "c".to_owned(),
                name: "C".to_owned(),
                accent: "#000000".to_owned(),
            }),
            organisation,
        }
    }

    /// The table a reader can check by eye: + allowed, . refused, one column a role in the order of [`Role::ALL`].
    #[test]
    fn table_of_roles_and_actions() {
        let cluster = ClusterId::new();
        let mut table = String::new();
        for action in Action::ALL {
            let row: String = Role::ALL
                .iter()
                .map(|role| {
                    let own = decide(&actor(*role, cluster, None), action, Resource::Cluster(cluster));
                    if own.is_ok() { '+' } else { '.' }
                })
                .collect();
            table.push_str(&format!("{row} {action:?}\n"));
        }
        assert_eq!(
            table,
            "++++++ ReadPublic\n++++++ ReadToday\n++++++ ReadDirectory\n++...+ EditOrganisation\n\
             +....+ MergeOrganisations\n+....+ ImportMembers\n.....+ ImportRegisters\n++++++ ReadCalls\n\
             ++++++ RankPartners\n++...+ ReadDrafts\n+....+ EditDrafts\n.....+ Administer\n"
        );
    }

    #[test]
    fn another_clusters_records_are_refused_to_every_role() {
        let (own, other) = (ClusterId::new(), ClusterId::new());
        for role in Role::ALL {
            for action in Action::ALL {
                let outcome = decide(&actor(role, own, None), action, Resource::Cluster(other));
                assert!(outcome.is_err(), "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_member_edits_its_own_organisation_only_and_nobody_nothing() {
        let (cluster, mine) = (ClusterId::new(), Uuid::now_v7());
        let member = actor(Role::Member, cluster, Some(mine));
        let record = |id| Resource::Organisation { id, member_of_actors_cluster: true };
        assert!(decide(&member, Action::EditOrganisation, record(mine)).is_ok());
        assert!(decide(&member, Action::EditOrganisation, record(Uuid::now_v7())).is_err());
        for action in Action::ALL {
            let outcome = decide(&Actor::Nobody, action, Resource::Instance);
            assert_eq!(outcome.is_ok(), action == Action::ReadPublic, "{action:?}");
        }
    }
}
