//! Roles, actions and the decision: a pure function over values, tested as a table.

use uuid::Uuid;

use super::tokens::Scopes;
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

/// What a person is here for. A person may hold several, in several clusters, and acts in one at a time.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Role {
    /// Reads what a cluster shows to its own.
    Reader,
    /// Speaks for an organisation.
    MemberContact,
    /// Works for a cluster: calls, partners, consortia, the directory of members.
    ProjectOfficer,
    /// Runs meetings.
    EventOrganiser,
    /// Reviews projects.
    Evaluator,
    /// Runs a cluster: its people, its settings, and all that a project officer does.
    ClusterAdministrator,
    /// A support group, region, State or funder: sees across clusters.
    NetworkOfficer,
    /// Runs the instance.
    InstanceAdministrator,
}

impl Role {
    /// All roles.
    pub const ALL: [Role; 8] = [
        Role::Reader,
        Role::MemberContact,
        Role::ProjectOfficer,
        Role::EventOrganiser,
        Role::Evaluator,
        Role::ClusterAdministrator,
        Role::NetworkOfficer,
        Role::InstanceAdministrator,
    ];

    /// The word used in keys, the database and addresses.
    pub fn key(self) -> &'static str {
        match self {
            Role::Reader => "reader",
            Role::MemberContact => "member_contact",
            Role::ProjectOfficer => "project_officer",
            Role::EventOrganiser => "event_organiser",
            Role::Evaluator => "evaluator",
            Role::ClusterAdministrator => "cluster_administrator",
            Role::NetworkOfficer => "network_officer",
            Role::InstanceAdministrator => "instance_administrator",
        }
    }

    /// The role of a word.
    pub fn of(key: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.key() == key)
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("role-{}", self.key().replace('_', "-"))
    }

    /// Whether the role is held in a cluster; the others may be held for the whole instance.
    pub fn needs_cluster(self) -> bool {
        !matches!(self, Role::NetworkOfficer | Role::InstanceAdministrator | Role::MemberContact)
    }

    /// Whether who holds it works for the cluster: its team, to whom what is private to the cluster is shown.
    pub fn is_team(self) -> bool {
        self.runs_a_cluster() || self == Role::EventOrganiser
    }

    fn runs_a_cluster(self) -> bool {
        matches!(self, Role::ProjectOfficer | Role::ClusterAdministrator | Role::InstanceAdministrator)
    }
}

/// For what a role is held, in one text: what keeps two roles of one person apart.
pub fn scope_text(cluster: Option<ClusterId>, organisation: Option<Uuid>) -> String {
    match (cluster, organisation) {
        (None, None) => "instance".to_owned(),
        (None, Some(organisation)) => format!("organisation:{organisation}"),
        (Some(cluster), None) => format!("cluster:{cluster}"),
        (Some(cluster), Some(organisation)) => format!("cluster:{cluster}/organisation:{organisation}"),
    }
}

/// A cluster as pages and decisions need it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, sqlx::FromRow, utoipa::ToSchema)]
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
    /// Somebody who signed in and holds no role (any more): only their own account is theirs.
    Guest {
        /// The person.
        person: PersonId,
        /// The name shown.
        name: String,
    },
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
        /// Nobody in particular: a person of the demonstration, whom every visitor may become.
        demonstration: bool,
        /// What a program that acts for the person may do; everything for the person itself.
        scopes: Scopes,
    },
    /// The command line of the machine that runs the instance: whoever reaches it holds the database itself.
    Console,
}

impl Actor {
    /// The person's id, for the audit trail.
    pub fn person(&self) -> Option<Uuid> {
        match self {
            Actor::Person { person, .. } | Actor::Guest { person, .. } => Some(person.0),
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

    /// Whether it is nobody in particular, whom every visitor may become.
    pub fn is_of_the_demonstration(&self) -> bool {
        matches!(self, Actor::Person { demonstration: true, .. })
    }

    /// The organisation spoken for.
    pub fn organisation(&self) -> Option<Uuid> {
        match self {
            Actor::Person { organisation, .. } => *organisation,
            _ => None,
        }
    }
}

/// What can be done. One word a permission, not one a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
pub enum Action {
    /// What everybody may see: the frame, signing in, health.
    ReadPublic,
    /// One's own account: sessions, passkeys, tokens, the role one acts in.
    OwnAccount,
    /// Today, the home of a person.
    ReadToday,
    /// Organisations, their projects and competences, the map.
    ReadDirectory,
    /// Contacts and notes of clusters, as far as they are shown to whoever reads.
    ReadContacts,
    /// Write contacts: the team of a cluster, and who speaks for the organisation.
    EditContacts,
    /// Write notes of a cluster, and say who sees its memberships.
    EditNotes,
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
    /// Answer for an organisation that is asked into a draft, and work on its part there.
    TakePart,
    /// Invite somebody into a role.
    InvitePeople,
    /// See a cluster's people, end their roles, vouch for who speaks for an organisation.
    ManagePeople,
    /// See by which tokens programs act for people, and end them.
    ManageTokens,
    /// See the alliances of a cluster.
    ReadAlliances,
    /// Propose, join and leave alliances for a cluster, and say what its records show by default.
    ManageAlliances,
    /// See and change the settings of a cluster.
    ManageCluster,
    /// Answer what people ask about their data, and say how long data is kept.
    HandleDataRequests,
    /// What the instance wrote to people.
    ReadLetters,
    /// How long data is kept: periods, their previews and runs.
    GovernRetention,
    /// Jobs, imports and clusters of the instance.
    Administer,
    /// Publish versions of instruments and of the dated facts they share.
    EditRules,
    /// Say what a topic changes in the rules of its instrument.
    ChangeTopicRules,
    /// See the programme of events, each as far as it is shown.
    ReadProgramme,
    /// See a cluster's events.
    ReadEvents,
    /// Make and run a cluster's events.
    EditEvents,
    /// Come to events for an organisation: ask for meetings, and answer.
    Attend,
}

impl Action {
    /// All actions, for the permission table.
    pub const ALL: [Action; 32] = [
        Action::ReadPublic,
        Action::OwnAccount,
        Action::ReadToday,
        Action::ReadDirectory,
        Action::ReadContacts,
        Action::EditContacts,
        Action::EditNotes,
        Action::EditOrganisation,
        Action::MergeOrganisations,
        Action::ImportMembers,
        Action::ImportRegisters,
        Action::ReadCalls,
        Action::RankPartners,
        Action::ReadDrafts,
        Action::EditDrafts,
        Action::TakePart,
        Action::InvitePeople,
        Action::ManagePeople,
        Action::ManageTokens,
        Action::ReadAlliances,
        Action::ManageAlliances,
        Action::ManageCluster,
        Action::HandleDataRequests,
        Action::ReadLetters,
        Action::GovernRetention,
        Action::Administer,
        Action::EditRules,
        Action::ChangeTopicRules,
        Action::ReadProgramme,
        Action::ReadEvents,
        Action::EditEvents,
        Action::Attend,
    ];
}

/// What it is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Facts shared by the whole instance; as a question before the record is known: whether it can be at all.
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
    /// A role to be given, ended or offered.
    Role {
        /// Which.
        role: Role,
        /// For which cluster.
        cluster: Option<ClusterId>,
        /// For which organisation.
        organisation: Option<Uuid>,
    },
}

/// Whether the actor may do this to that. Called first by every use case.
///
/// # Errors
/// [`Error::Refused`] with the reason to be shown.
pub fn decide(actor: &Actor, action: Action, resource: Resource) -> Result<(), Error> {
    use Action::*;
    let refused = |reason| Err(Error::Refused { reason, sign_in: false });
    let (role, own_cluster, own_organisation) = match actor {
        Actor::Console => return Ok(()),
        _ if action == ReadPublic => return Ok(()),
        Actor::Nobody => {
            return Err(Error::Refused { reason: "refused-nobody", sign_in: true });
        }
        Actor::Guest { .. } if action == OwnAccount => return Ok(()),
        Actor::Guest { .. } => return refused("refused-no-role"),
        // Whoever comes by may take these roles: what is about real people is not for them.
        Actor::Person { demonstration: true, .. }
            if matches!(
                action,
                OwnAccount
                    | InvitePeople
                    | ManagePeople
                    | ManageTokens
                    | HandleDataRequests
                    | ReadLetters
                    | GovernRetention
            ) =>
        {
            return refused("refused-demonstration");
        }
        Actor::Person { scopes, .. } if !scopes.allow(action) => return refused("refused-scope"),
        Actor::Person { role, cluster, organisation, .. } => {
            (*role, cluster.as_ref().map(|cluster| cluster.id), *organisation)
        }
    };
    let by_role = match action {
        ReadPublic | OwnAccount | ReadToday | ReadDirectory | ReadContacts | ReadCalls | RankPartners
        | ReadProgramme => true,
        EditContacts => role.is_team() || role == Role::MemberContact,
        EditNotes | ReadEvents | EditEvents => role.is_team(),
        EditOrganisation => role.runs_a_cluster() || role == Role::MemberContact,
        // Whoever speaks for a member sees the drafts that the member is in, and no competing one: `TakePart`.
        MergeOrganisations | ImportMembers | ReadDrafts | EditDrafts | ChangeTopicRules => role.runs_a_cluster(),
        TakePart | Attend => role == Role::MemberContact,
        InvitePeople => {
            matches!(role, Role::ClusterAdministrator | Role::InstanceAdministrator | Role::MemberContact)
        }
        ManagePeople | ManageTokens | ReadAlliances | ManageAlliances | ManageCluster | HandleDataRequests => {
            matches!(role, Role::ClusterAdministrator | Role::InstanceAdministrator)
        }
        ImportRegisters | ReadLetters | GovernRetention | Administer | EditRules => role == Role::InstanceAdministrator,
    };
    if !by_role {
        return refused("refused-role");
    }
    match resource {
        Resource::Instance => Ok(()),
        Resource::Cluster(id) if own_cluster == Some(id) => Ok(()),
        // Who runs the instance makes its clusters and sets them up; what belongs to them stays theirs.
        Resource::Cluster(_) if action == ManageCluster && role == Role::InstanceAdministrator => Ok(()),
        Resource::Cluster(_) => refused("refused-other-cluster"),
        Resource::Organisation { id, member_of_actors_cluster } => match (action, role) {
            (EditOrganisation, Role::MemberContact) if own_organisation != Some(id) => {
                refused("refused-other-organisation")
            }
            (EditOrganisation, Role::ProjectOfficer | Role::ClusterAdministrator) if !member_of_actors_cluster => {
                refused("refused-not-a-member")
            }
            _ => Ok(()),
        },
        Resource::Role { role: offered, cluster, organisation } => match role {
            Role::InstanceAdministrator => Ok(()),
            // Nobody hands out more than they hold: what spans clusters is given by who runs the instance.
            Role::ClusterAdministrator if matches!(offered, Role::NetworkOfficer | Role::InstanceAdministrator) => {
                refused("refused-role")
            }
            Role::ClusterAdministrator if cluster.is_none() || cluster != own_cluster => {
                refused("refused-other-cluster")
            }
            Role::ClusterAdministrator => Ok(()),
            _ if offered != Role::MemberContact || cluster != own_cluster => refused("refused-role"),
            _ if organisation.is_none() || organisation != own_organisation => refused("refused-other-organisation"),
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
            demonstration: false,
            scopes: Scopes::ALL,
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
            "++++++++ ReadPublic\n++++++++ OwnAccount\n++++++++ ReadToday\n++++++++ ReadDirectory\n\
             ++++++++ ReadContacts\n.+++.+.+ EditContacts\n..++.+.+ EditNotes\n\
             .++..+.+ EditOrganisation\n..+..+.+ MergeOrganisations\n..+..+.+ ImportMembers\n\
             .......+ ImportRegisters\n++++++++ ReadCalls\n++++++++ RankPartners\n..+..+.+ ReadDrafts\n\
             ..+..+.+ EditDrafts\n.+...... TakePart\n.+...+.+ InvitePeople\n.....+.+ ManagePeople\n.....+.+ ManageTokens\n.....+.+ ReadAlliances\n\
             .....+.+ ManageAlliances\n\
             .....+.+ ManageCluster\n.....+.+ HandleDataRequests\n.......+ ReadLetters\n.......+ GovernRetention\n.......+ Administer\n\
             .......+ EditRules\n..+..+.+ ChangeTopicRules\n++++++++ ReadProgramme\n..++.+.+ ReadEvents\n..++.+.+ EditEvents\n.+...... Attend\n"
        );
    }

    /// Which role may offer which, in the own cluster: one row who offers, one column what is offered.
    #[test]
    fn table_of_roles_that_may_be_offered() {
        let (cluster, organisation) = (ClusterId::new(), Uuid::now_v7());
        let mut table = String::new();
        for role in Role::ALL {
            let who = actor(role, cluster, Some(organisation));
            let row: String = Role::ALL
                .iter()
                .map(|offered| {
                    let organisation = (*offered == Role::MemberContact).then_some(organisation);
                    let grant = Resource::Role { role: *offered, cluster: Some(cluster), organisation };
                    if decide(&who, Action::InvitePeople, grant).is_ok() { '+' } else { '.' }
                })
                .collect();
            table.push_str(&format!("{row} {role:?}\n"));
        }
        assert_eq!(
            table,
            "........ Reader\n.+...... MemberContact\n........ ProjectOfficer\n........ EventOrganiser\n\
             ........ Evaluator\n++++++.. ClusterAdministrator\n........ NetworkOfficer\n\
             ++++++++ InstanceAdministrator\n"
        );
    }

    #[test]
    fn roles_are_offered_in_the_own_cluster_and_for_the_own_organisation_only() {
        let (own, other, organisation) = (ClusterId::new(), ClusterId::new(), Uuid::now_v7());
        let offer = |who: &Actor, role, cluster, organisation| {
            decide(who, Action::InvitePeople, Resource::Role { role, cluster, organisation }).is_ok()
        };
        let head = actor(Role::ClusterAdministrator, own, None);
        assert!(offer(&head, Role::Reader, Some(own), None));
        assert!(!offer(&head, Role::Reader, Some(other), None));
        assert!(!offer(&head, Role::Reader, None, None));
        let contact = actor(Role::MemberContact, own, Some(organisation));
        assert!(offer(&contact, Role::MemberContact, Some(own), Some(organisation)));
        assert!(!offer(&contact, Role::MemberContact, Some(own), Some(Uuid::now_v7())));
        assert!(!offer(&contact, Role::MemberContact, Some(own), None));
        assert!(!offer(&contact, Role::MemberContact, Some(other), Some(organisation)));
        let without = actor(Role::MemberContact, own, None);
        assert!(!offer(&without, Role::MemberContact, Some(own), None), "who speaks for nobody invites nobody");
    }

    #[test]
    fn another_clusters_records_are_refused_to_every_role() {
        let (own, other) = (ClusterId::new(), ClusterId::new());
        for role in Role::ALL {
            for action in Action::ALL.into_iter().filter(|action| *action != Action::ReadPublic) {
                let outcome = decide(&actor(role, own, None), action, Resource::Cluster(other));
                let sets_up = (role, action) == (Role::InstanceAdministrator, Action::ManageCluster);
                assert_eq!(outcome.is_ok(), sets_up, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_member_edits_its_own_organisation_only_and_nobody_nothing() {
        let (cluster, mine) = (ClusterId::new(), Uuid::now_v7());
        let member = actor(Role::MemberContact, cluster, Some(mine));
        let record = |id| Resource::Organisation { id, member_of_actors_cluster: true };
        assert!(decide(&member, Action::EditOrganisation, record(mine)).is_ok());
        assert!(decide(&member, Action::EditOrganisation, record(Uuid::now_v7())).is_err());
        let guest = Actor::Guest { person: PersonId::new(), name: String::new() };
        for action in Action::ALL {
            let outcome = decide(&Actor::Nobody, action, Resource::Instance);
            assert_eq!(outcome.is_ok(), action == Action::ReadPublic, "{action:?}");
            let outcome = decide(&guest, action, Resource::Instance);
            assert_eq!(outcome.is_ok(), matches!(action, Action::ReadPublic | Action::OwnAccount), "{action:?}");
        }
    }

    #[test]
    fn demonstration_people_have_no_account_and_invite_nobody() {
        let mut somebody = actor(Role::InstanceAdministrator, ClusterId::new(), None);
        if let Actor::Person { demonstration, .. } = &mut somebody {
            *demonstration = true;
        }
        let not_theirs = [
            Action::OwnAccount,
            Action::InvitePeople,
            Action::ManagePeople,
            Action::ManageTokens,
            Action::HandleDataRequests,
            Action::ReadLetters,
            Action::GovernRetention,
        ];
        for action in not_theirs {
            assert!(decide(&somebody, action, Resource::Instance).is_err(), "{action:?}");
        }
        assert!(decide(&somebody, Action::Administer, Resource::Instance).is_ok());
    }

    #[test]
    fn a_program_does_what_its_token_says_and_never_touches_accounts() {
        let mut program = actor(Role::InstanceAdministrator, ClusterId::new(), None);
        if let Actor::Person { scopes, .. } = &mut program {
            *scopes = "directory:read".parse().unwrap();
        }
        let allowed: Vec<Action> =
            Action::ALL.into_iter().filter(|action| decide(&program, *action, Resource::Instance).is_ok()).collect();
        assert_eq!(allowed, [Action::ReadPublic, Action::ReadDirectory]);
    }
}
