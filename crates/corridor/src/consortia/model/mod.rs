//! What a draft is, how a form becomes one, and how two versions of it differ. Pure: no SQL, no clock.

mod differences;
mod merging;
mod sheet;

use std::collections::BTreeMap;

pub use differences::{Difference, differences};
pub use merging::{Choices, Keep, Merged, merge};
pub use sheet::{Sheet, read_sheet};

use super::{
    budget::{Lines, WorkPackage},
    outcomes::Recorded,
};
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    directory::OrganisationId,
    foundation::time::{Day, Timestamp},
};

id! {
    /// A draft of a consortium.
    DraftId
}

/// The most members a draft may have; no real consortium comes near.
pub const MOST_MEMBERS: usize = 200;

/// An enumeration whose values stand as words in keys, files and the database.
macro_rules! worded {
    ($(#[$about:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $value,)+ }

        impl $name {
            /// All of them, in the order of the page.
            pub const ALL: &[$name] = &[$($name::$value),+];

            /// The word used in keys, files and the database.
            pub fn key(self) -> &'static str {
                match self { $($name::$value => $word,)+ }
            }

            /// The value of a word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.key() == word)
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(word: String) -> Result<Self, String> {
                Self::of(&word).ok_or_else(|| format!(concat!("`{}` is no ", stringify!($name)), word))
            }
        }
    };
}

pub(in crate::consortia) use worded;

worded! {
    /// In what capacity an organisation takes part.
    MemberRole {
        /// Beneficiary that leads.
        Coordinator = "coordinator",
        /// Beneficiary.
        #[default]
        Beneficiary = "beneficiary",
        /// Entity affiliated to a beneficiary.
        Affiliated = "affiliated",
        /// Partner without funding.
        Associated = "associated",
        /// Subcontractor.
        Subcontractor = "subcontractor",
    }
}

worded! {
    /// On which side of a two-sided instrument a member stands.
    MemberSide {
        /// Among those who answer the call.
        #[default]
        Applicant = "applicant",
        /// Among industry, or those who contribute as it does.
        Industry = "industry",
    }
}

worded! {
    /// What became of an earlier submission.
    Outcome {
        /// It was funded.
        #[default]
        Funded = "funded",
        /// It was not.
        Unsuccessful = "unsuccessful",
    }
}

/// What somebody has declared of a member because the rules of an instrument ask for it. What is not there, nobody has
/// said.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Declared {
    /// Whether it has declared itself an SME.
    pub sme: Option<bool>,
    /// Whether it holds a document, by the word for it.
    pub documents: BTreeMap<String, bool>,
    /// Whether it is in a register, by the register's name.
    pub registers: BTreeMap<String, bool>,
    /// As what it is registered in the programme, in the word of the instrument.
    pub mark: Option<String>,
    /// How many members it has, where it is a cluster.
    pub members: Option<u32>,
}

/// A member of a draft. Amounts are euro cents; none means that nobody has said.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, sqlx::FromRow)]
pub struct Member {
    /// The organisation.
    pub organisation: OrganisationId,
    /// In what capacity.
    #[sqlx(try_from = "String")]
    pub role: MemberRole,
    /// On which side.
    #[sqlx(try_from = "String")]
    pub side: MemberSide,
    /// Eligible costs.
    pub cost_cents: Option<i64>,
    /// The part of them that is subcontracted.
    pub subcontracting_cents: Option<i64>,
    /// Public money asked for.
    pub requested_cents: Option<i64>,
    /// In-kind contribution to operational activities (Innovative Health Initiative).
    pub ikop_cents: Option<i64>,
    /// Financial contribution.
    pub fc_cents: Option<i64>,
    /// In-kind contribution to additional activities.
    pub ikaa_cents: Option<i64>,
    /// What somebody has declared of it.
    #[serde(default)]
    #[sqlx(json)]
    pub declared: Declared,
    /// What it spends, by work package and category. Where anything is said, its costs follow from it.
    #[serde(default)]
    #[sqlx(json)]
    pub budget: Lines,
}

impl Member {
    /// A beneficiary on the applicant side of whom nothing else is said.
    pub fn new(organisation: OrganisationId) -> Self {
        Member {
            organisation,
            role: MemberRole::Beneficiary,
            side: MemberSide::Applicant,
            cost_cents: None,
            subcontracting_cents: None,
            requested_cents: None,
            ikop_cents: None,
            fc_cents: None,
            ikaa_cents: None,
            declared: Declared::default(),
            budget: Lines::default(),
        }
    }

    /// The amounts by the name of their field.
    pub fn amounts(&self) -> [(&'static str, Option<i64>); 6] {
        [
            ("cost", self.cost_cents),
            ("subcontracting", self.subcontracting_cents),
            ("requested", self.requested_cents),
            ("ikop", self.ikop_cents),
            ("fc", self.fc_cents),
            ("ikaa", self.ikaa_cents),
        ]
    }

    /// Takes in what is said of another record of the same organisation: its amounts are added, what is open is filled.
    fn take_in(&mut self, other: Member) {
        for (field, amount) in other.amounts() {
            if let (Some(more), Some(own)) = (amount, self.amount_mut(field)) {
                *own = Some(own.unwrap_or(0).saturating_add(more));
            }
        }
        self.role = self.role.min(other.role);
        self.budget.take_in(other.budget);
        let (own, more) = (&mut self.declared, other.declared);
        own.sme = own.sme.or(more.sme);
        own.mark = own.mark.take().or(more.mark);
        own.members = own.members.or(more.members);
        for (own, more) in [(&mut own.documents, more.documents), (&mut own.registers, more.registers)] {
            for (word, held) in more {
                own.entry(word).and_modify(|own| *own |= held).or_insert(held);
            }
        }
    }

    /// An amount by the name of its field.
    pub(in crate::consortia) fn amount_mut(&mut self, field: &str) -> Option<&mut Option<i64>> {
        match field {
            "cost" => Some(&mut self.cost_cents),
            "subcontracting" => Some(&mut self.subcontracting_cents),
            "requested" => Some(&mut self.requested_cents),
            "ikop" => Some(&mut self.ikop_cents),
            "fc" => Some(&mut self.fc_cents),
            "ikaa" => Some(&mut self.ikaa_cents),
            _ => None,
        }
    }
}

/// What is known of the proposal beside its members.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ProposalFacts {
    /// Length of the project.
    pub duration_months: Option<u32>,
    /// Technology readiness level at the start.
    pub trl_start: Option<u8>,
    /// Technology readiness level aimed at.
    pub trl_end: Option<u8>,
    /// Pages of the proposal.
    pub pages: Option<u32>,
    /// Whether the results are for civil use only.
    pub civil_use: Option<bool>,
    /// Whether somebody has confirmed that no member controls another.
    #[serde(default)]
    pub independence_confirmed: bool,
    /// The cluster that gives its label.
    #[serde(default)]
    pub label_issuer: Option<String>,
    /// When it gave it.
    #[serde(default)]
    pub label_on: Option<Day>,
    /// When the call closes, where no topic says so.
    #[serde(default)]
    pub closes_on: Option<Day>,
    /// Earlier submissions of the members; none while nobody has said, an empty list when there were none.
    #[serde(default)]
    pub earlier: Option<Vec<Earlier>>,
    /// Whether applicants and industry were put together: until then the partners of one side do not see the other.
    #[serde(default)]
    pub merged: bool,
    /// The one side of a two-sided instrument that the draft gathers until the sides are put together; none while nobody
    /// has said.
    #[serde(default)]
    pub holds: Option<MemberSide>,
    /// The work packages by their number.
    #[serde(default)]
    pub work_packages: BTreeMap<u16, WorkPackage>,
    /// What the cluster noted itself of earlier submissions: put in where rules are read, never stored.
    #[serde(skip)]
    pub recorded: Vec<Recorded>,
}

/// An earlier project or submission of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Earlier {
    /// Whose; of all members where nobody is named.
    pub member: Option<OrganisationId>,
    /// The programme, in the word of the instrument.
    pub programme: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Its score in percent.
    pub score: Option<u8>,
    /// When it was submitted.
    pub on: Option<Day>,
}

/// Members of which two may be records of one organisation, merged since: each organisation once.
pub fn united(members: Vec<Member>) -> Vec<Member> {
    let mut found: Vec<Member> = Vec::with_capacity(members.len());
    for member in members {
        match found.iter_mut().find(|known| known.organisation == member.organisation) {
            Some(known) => known.take_in(member),
            None => found.push(member),
        }
    }
    found
}

/// All that one saves of a draft, and all that a version keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Content {
    /// The working name.
    pub name: String,
    /// The topic it answers, if any.
    pub topic: Option<TopicId>,
    /// The id of the instrument, if chosen.
    pub instrument: Option<String>,
    /// The stage, where the instrument has several.
    pub stage: Option<String>,
    /// The proposal.
    pub facts: ProposalFacts,
    /// The members, in the order of the sheet.
    pub members: Vec<Member>,
}

impl Content {
    /// What is declared of a member; nothing of whom is not one.
    pub fn declared_of(&self, organisation: OrganisationId) -> Option<&Declared> {
        Some(&self.members.iter().find(|member| member.organisation == organisation)?.declared)
    }

    /// Whether it gathers industry alone, before the sides are put together.
    pub fn is_industry_alone(&self) -> bool {
        self.facts.holds == Some(MemberSide::Industry) && !self.facts.merged
    }

    /// A member on the side that the draft gathers, of whom nothing else is said.
    pub fn newcomer(&self, organisation: OrganisationId) -> Member {
        let side = self.facts.holds.filter(|_| !self.facts.merged).unwrap_or_default();
        Member { side, ..Member::new(organisation) }
    }

    /// The sum of one amount over all members; none while nobody has said any.
    pub fn total(&self, amount: impl Fn(&Member) -> Option<i64>) -> Option<i64> {
        self.members.iter().filter_map(amount).reduce(i64::saturating_add)
    }
}

/// A draft as it stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The cluster it belongs to.
    pub cluster: ClusterId,
    /// What it says.
    pub content: Content,
    /// Counts up with every save; whoever saves says which one was read.
    pub revision: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// When it was put aside.
    pub archived_at: Option<Timestamp>,
    /// The draft that goes on for both sides since they were put together; this one is closed then.
    pub merged_into: Option<DraftId>,
    /// The day on which its topic closes, where that is known.
    pub closes_on: Option<Day>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_organisation_become_one_member() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let mut first = Member { cost_cents: Some(300), ..Member::new(one) };
        first.declared.documents.insert("gep".to_owned(), false);
        let mut again = Member { role: MemberRole::Coordinator, cost_cents: Some(200), ..Member::new(one) };
        again.requested_cents = Some(50);
        again.declared.documents.insert("gep".to_owned(), true);
        let all = united(vec![first, Member::new(two), again]);
        assert_eq!(all.iter().map(|member| member.organisation).collect::<Vec<_>>(), [one, two]);
        assert_eq!(
            (all[0].role, all[0].cost_cents, all[0].requested_cents),
            (MemberRole::Coordinator, Some(500), Some(50))
        );
        assert!(all[0].declared.documents["gep"]);
    }
}
