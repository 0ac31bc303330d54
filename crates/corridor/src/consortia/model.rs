//! What a draft is, how a form becomes one, and how two versions of it differ. Pure: no SQL, no clock.

use std::collections::BTreeMap;

use super::money::parse_money;
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    directory::OrganisationId,
    foundation::{errors::FieldProblem, time::Timestamp},
};

id! {
    /// A draft of a consortium.
    DraftId
}

/// The most members a draft may have; no real consortium comes near.
pub const MOST_MEMBERS: usize = 200;

/// In what capacity an organisation takes part.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Beneficiary that leads.
    Coordinator,
    /// Beneficiary.
    #[default]
    Beneficiary,
    /// Entity affiliated to a beneficiary.
    Affiliated,
    /// Partner without funding.
    Associated,
    /// Subcontractor.
    Subcontractor,
}

impl MemberRole {
    /// All roles.
    pub const ALL: [MemberRole; 5] = [
        MemberRole::Coordinator,
        MemberRole::Beneficiary,
        MemberRole::Affiliated,
        MemberRole::Associated,
        MemberRole::Subcontractor,
    ];

    /// The word used in keys, files and the database.
    pub fn key(self) -> &'static str {
        match self {
            MemberRole::Coordinator => "coordinator",
            MemberRole::Beneficiary => "beneficiary",
            MemberRole::Affiliated => "affiliated",
            MemberRole::Associated => "associated",
            MemberRole::Subcontractor => "subcontractor",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == word)
    }
}

/// On which side of a two-sided instrument a member stands.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum MemberSide {
    /// Among those who answer the call.
    #[default]
    Applicant,
    /// Among industry, or those who contribute as it does.
    Industry,
}

impl MemberSide {
    /// Both sides.
    pub const ALL: [MemberSide; 2] = [MemberSide::Applicant, MemberSide::Industry];

    /// The word used in keys, files and the database.
    pub fn key(self) -> &'static str {
        match self {
            MemberSide::Applicant => "applicant",
            MemberSide::Industry => "industry",
        }
    }

    /// The side of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.key() == word)
    }
}

/// A member of a draft. Amounts are euro cents; none means that nobody has said.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Member {
    /// The organisation.
    pub organisation: OrganisationId,
    /// In what capacity.
    pub role: MemberRole,
    /// On which side.
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

    fn amount_mut(&mut self, field: &str) -> Option<&mut Option<i64>> {
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
}

/// A form as somebody sent it: what could be read, what could not, and everything as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What could be read; a field that could not stays as `before` had it.
    pub content: Content,
    /// What could not be read, field by field.
    pub problems: Vec<FieldProblem>,
    /// Every field as typed, so that nothing is lost.
    pub typed: BTreeMap<String, String>,
}

/// Reads the form of a sheet. `before` is the draft as stored: what the form does not mention stays.
pub fn read_sheet(fields: &[(String, String)], before: &Content) -> Sheet {
    let mut typed = BTreeMap::new();
    let mut organisations: Vec<OrganisationId> = Vec::new();
    let mut problems = Vec::new();
    for (name, value) in fields {
        if name == "member" {
            match value.parse::<OrganisationId>() {
                Ok(id) if organisations.contains(&id) => {}
                Ok(id) if organisations.len() < MOST_MEMBERS => organisations.push(id),
                Ok(_) => problems.push(problem("member", "consortia-wrong-too-many", value)),
                Err(_) => problems.push(problem("member", "consortia-wrong-member", value)),
            }
        } else {
            typed.insert(name.clone(), value.clone());
        }
    }
    let mut content = before.clone();
    let text = |name: &str| typed.get(name).map(|value| value.trim());
    if let Some(name) = text("name") {
        if name.is_empty() {
            problems.push(problem("name", "consortia-wrong-name", name));
        } else {
            content.name = name.chars().filter(|c| !c.is_control()).take(200).collect();
        }
    }
    let chosen = |name: &str| text(name).map(|value| (!value.is_empty()).then(|| value.to_owned()));
    if let Some(instrument) = chosen("instrument") {
        content.instrument = instrument;
    }
    if let Some(stage) = chosen("stage") {
        content.stage = stage;
    }
    let mut whole = |name: &str, least: u32, most: u32, message: &str, into: &mut Option<u32>| {
        let Some(value) = text(name) else { return };
        if value.is_empty() {
            *into = None;
            return;
        }
        match value.parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => *into = Some(number),
            _ => problems.push(problem(name, message, value)),
        }
    };
    let facts = &mut content.facts;
    whole("duration_months", 1, 240, "consortia-wrong-months", &mut facts.duration_months);
    whole("pages", 1, 2_000, "consortia-wrong-pages", &mut facts.pages);
    for (name, level) in [("trl_start", &mut facts.trl_start), ("trl_end", &mut facts.trl_end)] {
        let mut read = level.map(u32::from);
        whole(name, 1, 9, "consortia-wrong-trl", &mut read);
        *level = read.and_then(|level| u8::try_from(level).ok());
    }
    match text("civil_use") {
        Some("yes") => content.facts.civil_use = Some(true),
        Some("no") => content.facts.civil_use = Some(false),
        Some(_) => content.facts.civil_use = None,
        None => {}
    }
    if typed.contains_key("has_independence") {
        content.facts.independence_confirmed = text("independence") == Some("yes");
    }
    if typed.contains_key("has_members") || !organisations.is_empty() {
        content.members = organisations
            .into_iter()
            .map(|organisation| {
                let known = before.members.iter().find(|member| member.organisation == organisation);
                let mut member = known.cloned().unwrap_or_else(|| Member::new(organisation));
                let field = |name: &str| format!("{name}-{organisation}");
                if let Some(value) = typed.get(&field("role")) {
                    match MemberRole::of(value) {
                        Some(role) => member.role = role,
                        None => problems.push(problem(&field("role"), "consortia-wrong-role", value)),
                    }
                }
                if let Some(value) = typed.get(&field("side")) {
                    match MemberSide::of(value) {
                        Some(side) => member.side = side,
                        None => problems.push(problem(&field("side"), "consortia-wrong-side", value)),
                    }
                }
                for (name, _) in member.clone().amounts() {
                    let Some(value) = typed.get(&field(name)) else { continue };
                    match (parse_money(value), member.amount_mut(name)) {
                        (Ok(cents), Some(amount)) => *amount = cents,
                        (Err(wrong), _) => problems.push(problem(&field(name), wrong.key(), value)),
                        (Ok(_), None) => {}
                    }
                }
                if member.subcontracting_cents > member.cost_cents && member.cost_cents.is_some() {
                    let name = field("subcontracting");
                    let value = typed.get(&name).cloned().unwrap_or_default();
                    problems.push(problem(&name, "consortia-wrong-subcontracting", &value));
                    member.subcontracting_cents = None;
                }
                member
            })
            .collect();
    }
    Sheet { content, problems, typed }
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// One difference between two versions of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A field of the proposal: its name and both values.
    Field(&'static str, String, String),
    /// Only the second version has this member.
    Joined(OrganisationId),
    /// Only the first version has this member.
    Left(OrganisationId),
    /// A field of a member: its name and both values; amounts are cents.
    Member(OrganisationId, &'static str, String, String),
}

/// How the second version differs from the first, in the order of the sheet.
pub fn differences(first: &Content, second: &Content) -> Vec<Difference> {
    let mut found = Vec::new();
    let flat = |content: &Content| {
        let facts = &content.facts;
        let number = |value: Option<u32>| value.map(|number| number.to_string()).unwrap_or_default();
        [
            ("name", content.name.clone()),
            ("instrument", content.instrument.clone().unwrap_or_default()),
            ("stage", content.stage.clone().unwrap_or_default()),
            ("duration_months", number(facts.duration_months)),
            ("trl_start", number(facts.trl_start.map(u32::from))),
            ("trl_end", number(facts.trl_end.map(u32::from))),
            ("pages", number(facts.pages)),
            ("civil_use", facts.civil_use.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned()),
            ("independence", if facts.independence_confirmed { "yes" } else { "" }.to_owned()),
        ]
    };
    for ((name, one), (_, other)) in flat(first).into_iter().zip(flat(second)) {
        if one != other {
            found.push(Difference::Field(name, one, other));
        }
    }
    for member in &first.members {
        let Some(other) = second.members.iter().find(|other| other.organisation == member.organisation) else {
            found.push(Difference::Left(member.organisation));
            continue;
        };
        let mut differ = |name, one: String, two: String| {
            if one != two {
                found.push(Difference::Member(member.organisation, name, one, two));
            }
        };
        differ("role", member.role.key().to_owned(), other.role.key().to_owned());
        differ("side", member.side.key().to_owned(), other.side.key().to_owned());
        let cents = |amount: Option<i64>| amount.map(|cents| cents.to_string()).unwrap_or_default();
        for ((name, one), (_, two)) in member.amounts().into_iter().zip(other.amounts()) {
            differ(name, cents(one), cents(two));
        }
    }
    let joined = second.members.iter().map(|member| member.organisation);
    found.extend(
        joined.filter(|id| !first.members.iter().any(|member| member.organisation == *id)).map(Difference::Joined),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_becomes_a_draft_and_keeps_what_cannot_be_read() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let before = Content { name: "A".to_owned(), ..Content::default() };
        let sheet = read_sheet(
            &fields(&[
                ("name", "Heart"),
                ("duration_months", "48"),
                ("trl_start", "12"),
                ("member", &one.to_string()),
                ("member", &two.to_string()),
                (&format!("role-{one}"), "coordinator"),
                (&format!("cost-{one}"), "1 250 000,50"),
                (&format!("cost-{two}"), "-3"),
            ]),
            &before,
        );
        assert_eq!(sheet.content.name, "Heart");
        assert_eq!(sheet.content.facts.duration_months, Some(48));
        assert_eq!(sheet.content.facts.trl_start, None);
        assert_eq!(sheet.content.members.len(), 2);
        assert_eq!(sheet.content.members[0].role, MemberRole::Coordinator);
        assert_eq!(sheet.content.members[0].cost_cents, Some(125_000_050));
        let wrong: Vec<(&str, &str)> =
            sheet.problems.iter().map(|problem| (problem.field.as_str(), problem.message.as_str())).collect();
        assert_eq!(
            wrong,
            [("trl_start", "consortia-wrong-trl"), (format!("cost-{two}").as_str(), "consortia-wrong-negative")]
        );
        assert_eq!(sheet.typed[&format!("cost-{two}")], "-3", "what was typed is kept");
    }

    #[test]
    fn differences_name_members_and_fields() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let first = Content { name: "A".to_owned(), members: vec![Member::new(one)], ..Content::default() };
        let mut second = first.clone();
        assert_eq!(differences(&first, &second), []);
        second.members[0].cost_cents = Some(500);
        second.members.push(Member::new(two));
        second.facts.pages = Some(40);
        assert_eq!(
            differences(&first, &second),
            [
                Difference::Field("pages", String::new(), "40".to_owned()),
                Difference::Member(one, "cost", String::new(), "500".to_owned()),
                Difference::Joined(two),
            ]
        );
        assert_eq!(differences(&second, &first).last(), Some(&Difference::Left(two)));
    }
}
