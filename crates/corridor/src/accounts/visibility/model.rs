//! Audiences and readers: a pure decision over values, and the same decision as a condition of a query.

use std::{collections::BTreeSet, fmt, str::FromStr};

use sqlx::{Encode, QueryBuilder, Type};
use uuid::Uuid;

use crate::accounts::{Actor, ClusterId, Role, alliances::AllianceId};

/// Who sees a record, or a field of it, beside the team of the cluster that it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Audience {
    /// Nobody else: private to the cluster. What everything personal begins with.
    #[default]
    Team,
    /// The teams of the clusters that are in one of these alliances, as long as they and the owner are.
    Alliances(BTreeSet<AllianceId>),
    /// Everybody who acts for the cluster.
    Members,
    /// Everybody of the instance who may read the directory.
    Public,
}

/// What the text of alliances begins with.
const ALLIANCES: &str = "alliances:";

impl fmt::Display for Audience {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Audience::Team => formatter.write_str("team"),
            Audience::Members => formatter.write_str("members"),
            Audience::Public => formatter.write_str("public"),
            Audience::Alliances(alliances) => {
                let ids: Vec<String> = alliances.iter().map(AllianceId::to_string).collect();
                write!(formatter, "{ALLIANCES}{}", ids.join(","))
            }
        }
    }
}

/// A text that names no audience.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not an audience: `{0}`; write team, members, public, or alliances: and the ids of alliances with commas between"
)]
pub struct UnknownAudience(String);

impl FromStr for Audience {
    type Err = UnknownAudience;

    fn from_str(text: &str) -> Result<Self, UnknownAudience> {
        let unknown = || UnknownAudience(text.chars().take(100).collect());
        match text {
            "team" => Ok(Audience::Team),
            "members" => Ok(Audience::Members),
            "public" => Ok(Audience::Public),
            _ => {
                let ids = text.strip_prefix(ALLIANCES).ok_or_else(unknown)?;
                let ids: Result<BTreeSet<AllianceId>, _> = ids.split(',').map(str::parse).collect();
                ids.map(Audience::Alliances).map_err(|_| unknown())
            }
        }
    }
}

impl TryFrom<String> for Audience {
    type Error = UnknownAudience;

    fn try_from(text: String) -> Result<Self, UnknownAudience> {
        text.parse()
    }
}

impl From<Audience> for String {
    fn from(audience: Audience) -> String {
        audience.to_string()
    }
}

/// An alliance that a cluster is in, with all clusters that are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Allied {
    /// The alliance.
    pub alliance: AllianceId,
    /// The clusters that are in it now.
    pub clusters: BTreeSet<ClusterId>,
}

/// Who reads, as far as it decides what is seen. Two equal readers see the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reader {
    everything: bool,
    cluster: Option<ClusterId>,
    team: bool,
    organisation: Option<Uuid>,
    allied: Vec<Allied>,
}

impl Reader {
    /// Whoever holds the database itself.
    pub fn console() -> Self {
        Reader { everything: true, ..Reader::default() }
    }

    /// The reader that an actor is; `allied` are the alliances of the cluster acted for.
    pub fn of(actor: &Actor, allied: Vec<Allied>) -> Self {
        let Actor::Person { role, cluster, organisation, .. } = actor else {
            return if *actor == Actor::Console { Reader::console() } else { Reader::default() };
        };
        let team = cluster.is_some() && role.is_team();
        Reader {
            everything: false,
            cluster: cluster.as_ref().map(|cluster| cluster.id),
            team,
            organisation: organisation.filter(|_| *role == Role::MemberContact),
            // What is shared with an alliance is for teams.
            allied: if team { allied } else { Vec::new() },
        }
    }

    /// Whether the reader is of the team of this cluster.
    pub fn is_team_of(&self, cluster: ClusterId) -> bool {
        self.everything || self.team && self.cluster == Some(cluster)
    }

    /// The organisation that the reader speaks for, and the cluster for which they do.
    pub fn speaks_for(&self) -> Option<(ClusterId, Uuid)> {
        self.cluster.zip(self.organisation)
    }

    /// Whether the reader sees what this cluster shows to this audience.
    pub fn sees(&self, owner: ClusterId, audience: &Audience) -> bool {
        self.is_team_of(owner)
            || match audience {
                Audience::Team => false,
                Audience::Public => true,
                Audience::Members => self.cluster == Some(owner),
                Audience::Alliances(with) => {
                    self.allied.iter().any(|allied| with.contains(&allied.alliance) && allied.clusters.contains(&owner))
                }
            }
    }

    /// Adds the condition of [`Reader::sees`] to a query; `owner` and `audience` are the columns that hold the cluster
    /// and the text of the audience. The one place where the decision becomes SQL.
    pub fn condition<'q, DB: sqlx::Database>(
        &self,
        query: &mut QueryBuilder<DB>,
        owner: &'static str,
        audience: &'static str,
    ) where
        Uuid: Type<DB> + Encode<'q, DB> + 'q,
        String: Type<DB> + Encode<'q, DB> + 'q,
    {
        if self.everything {
            query.push("(1 = 1)");
            return;
        }
        query.push("(").push(audience).push(" = 'public'");
        if let Some(cluster) = self.cluster {
            query.push(" OR (").push(owner).push(" = ").push_bind(cluster.0);
            if !self.team {
                query.push(" AND ").push(audience).push(" = 'members'");
            }
            query.push(")");
        }
        for allied in &self.allied {
            query.push(" OR (").push(audience).push(" LIKE ").push_bind(format!("{ALLIANCES}%{}%", allied.alliance));
            query.push(" AND ").push(owner).push(" IN (");
            let mut listed = query.separated(", ");
            for cluster in &allied.clusters {
                listed.push_bind(cluster.0);
            }
            query.push("))");
        }
        query.push(")");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::accounts::{ClusterRef, PersonId, RoleId, tokens::Scopes};

    fn actor(role: Role, cluster: Option<ClusterId>) -> Actor {
        Actor::Person {
            person: PersonId::new(),
            role_id: RoleId::new(),
            name: String::new(),
            role,
            cluster: cluster.map(|id| ClusterRef {
                id,
                slug: String::new(),
                name: String::new(),
                accent: String::new(),
            }),
            organisation: Some(Uuid::now_v7()),
            demonstration: false,
            scopes: Scopes::ALL,
        }
    }

    /// One row a reader, one column an audience of `owner`: team, alliance, members, public. + seen, . not.
    #[test]
    fn table_of_readers_and_audiences() {
        let (owner, ally, other) = (ClusterId::new(), ClusterId::new(), ClusterId::new());
        let (alliance, another) = (AllianceId::new(), AllianceId::new());
        let audiences =
            [Audience::Team, Audience::Alliances([alliance, another].into()), Audience::Members, Audience::Public];
        let of = |alliance, clusters: [ClusterId; 2]| vec![Allied { alliance, clusters: clusters.into() }];
        let mut table = String::new();
        let mut row = |name: String, reader: &Reader| {
            let cells: String =
                audiences.iter().map(|audience| if reader.sees(owner, audience) { '+' } else { '.' }).collect();
            table.push_str(&format!("{cells} {name}\n"));
        };
        row("console".into(), &Reader::of(&Actor::Console, Vec::new()));
        row("nobody".into(), &Reader::of(&Actor::Nobody, Vec::new()));
        for role in Role::ALL {
            row(format!("{role:?} of the owner"), &Reader::of(&actor(role, Some(owner)), of(alliance, [owner, ally])));
            row(format!("{role:?} of an ally"), &Reader::of(&actor(role, Some(ally)), of(alliance, [owner, ally])));
        }
        let officer = |cluster, allied| Reader::of(&actor(Role::ProjectOfficer, cluster), allied);
        row("officer of another cluster".into(), &officer(Some(other), Vec::new()));
        row("officer of an ally, which the owner left".into(), &officer(Some(ally), of(alliance, [ally, other])));
        row("officer of an ally elsewhere".into(), &officer(Some(ally), of(AllianceId::new(), [owner, ally])));
        row("administrator of no cluster".into(), &Reader::of(&actor(Role::InstanceAdministrator, None), Vec::new()));
        assert_eq!(
            table,
            "++++ console\n...+ nobody\n\
             ..++ Reader of the owner\n...+ Reader of an ally\n\
             ..++ MemberContact of the owner\n...+ MemberContact of an ally\n\
             ++++ ProjectOfficer of the owner\n.+.+ ProjectOfficer of an ally\n\
             ++++ EventOrganiser of the owner\n.+.+ EventOrganiser of an ally\n\
             ..++ Evaluator of the owner\n...+ Evaluator of an ally\n\
             ++++ ClusterAdministrator of the owner\n.+.+ ClusterAdministrator of an ally\n\
             ..++ NetworkOfficer of the owner\n...+ NetworkOfficer of an ally\n\
             ++++ InstanceAdministrator of the owner\n.+.+ InstanceAdministrator of an ally\n\
             ...+ officer of another cluster\n...+ officer of an ally, which the owner left\n\
             ...+ officer of an ally elsewhere\n...+ administrator of no cluster\n"
        );
    }

    #[test]
    fn what_names_no_audience_is_told() {
        for wrong in ["", "everybody", "alliances:", "alliances:x", "Team", "team "] {
            let told = wrong.parse::<Audience>().unwrap_err().to_string();
            assert!(told.starts_with(&format!("not an audience: `{wrong}`")), "{told}");
        }
    }

    fn audiences() -> impl Strategy<Value = Audience> {
        prop_oneof![
            Just(Audience::Team),
            Just(Audience::Members),
            Just(Audience::Public),
            prop::collection::btree_set(any::<u128>().prop_map(|id| AllianceId(Uuid::from_u128(id))), 1..4)
                .prop_map(Audience::Alliances),
        ]
    }

    proptest! {
        #[test]
        fn an_audience_is_a_text_and_back(audience in audiences()) {
            prop_assert_eq!(audience.to_string().parse::<Audience>(), Ok(audience.clone()));
            let json = serde_json::to_string(&audience).unwrap();
            prop_assert_eq!(serde_json::from_str::<Audience>(&json).unwrap(), audience);
        }

        #[test]
        fn any_text_is_read_without_a_fault(text in ".*") {
            if let Ok(audience) = text.parse::<Audience>() {
                prop_assert_eq!(audience.to_string().parse::<Audience>(), Ok(audience));
            }
        }
    }
}
