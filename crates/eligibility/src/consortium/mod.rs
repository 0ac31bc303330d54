//! A consortium as the rules see it: who takes part, with how much, and what is known of the proposal.
//!
//! Whatever is `None` is not known, and a rule that needs it answers *unknown*.

mod read;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use read::{InputError, Reading};

use crate::amount::Percent;
use crate::country::Country;
use crate::date::Date;

/// A consortium at a date and a stage of an instrument.
#[derive(Clone, Debug)]
pub struct Consortium {
    /// Instrument id, as in [`Library::instrument`](crate::Library::instrument).
    pub instrument: String,
    /// The day on which the rules are read, normally that of the submission.
    pub date: Date,
    /// The stage; where absent, rules of single stages stay undecided.
    pub stage: Option<String>,
    /// Those who take part, each once.
    pub entities: Vec<Entity>,
    /// Who brings what besides public money.
    pub contributions: Option<Vec<Contribution>>,
    /// Length of the project.
    pub duration_months: Option<u32>,
    /// Technology readiness level at the start, 1 to 9.
    pub trl_start: Option<u8>,
    /// Technology readiness level aimed at, 1 to 9.
    pub trl_end: Option<u8>,
    /// Pages of the proposal.
    pub pages: Option<u32>,
    /// Whether the results are for civil use only.
    pub civil_use: Option<bool>,
    /// The label of a cluster.
    pub label: Option<Label>,
    /// When the call closes.
    pub closing_date: Option<Date>,
    /// Earlier projects and submissions of the participants.
    pub prior: Option<Vec<Prior>>,
}

impl Consortium {
    /// An empty consortium.
    pub fn new(instrument: impl Into<String>, date: Date, stage: Option<String>) -> Self {
        Self {
            instrument: instrument.into(),
            date,
            stage,
            entities: Vec::new(),
            contributions: None,
            duration_months: None,
            trl_start: None,
            trl_end: None,
            pages: None,
            civil_use: None,
            label: None,
            closing_date: None,
            prior: None,
        }
    }

    /// Reads the JSON that `eligibility check` takes; what is not understood is listed in the answer, never dropped in silence.
    pub fn from_json(text: &str) -> Result<Reading, InputError> {
        read::consortium(text)
    }

    /// Reads an already parsed JSON value.
    pub fn from_value(value: &serde_json::Value) -> Result<Reading, InputError> {
        read::consortium_value(value)
    }

    /// Checks what types cannot: every entity once, shares between 0 and 100, no negative money, payers that take part.
    pub fn validate(&self) -> Result<(), InputError> {
        read::validate(self)
    }

    /// The entity of that id.
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

/// What an organisation is, in the words of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Small or medium-sized enterprise.
    Sme,
    /// Company between the SME and the large company (French ETI).
    MidCap,
    /// Large company.
    LargeCompany,
    /// University or other higher education.
    University,
    /// Research organisation.
    ResearchOrganisation,
    /// Hospital.
    Hospital,
    /// Patient organisation.
    PatientOrganisation,
    /// Public authority.
    PublicAuthority,
    /// Cluster organisation.
    Cluster,
    /// Association.
    Association,
    /// Foundation.
    Foundation,
    /// Anything else.
    Other,
}

impl Kind {
    /// Every kind with its word in JSON and TOML.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Sme, "sme"),
        (Self::MidCap, "mid_cap"),
        (Self::LargeCompany, "large_company"),
        (Self::University, "university"),
        (Self::ResearchOrganisation, "research_organisation"),
        (Self::Hospital, "hospital"),
        (Self::PatientOrganisation, "patient_organisation"),
        (Self::PublicAuthority, "public_authority"),
        (Self::Cluster, "cluster"),
        (Self::Association, "association"),
        (Self::Foundation, "foundation"),
        (Self::Other, "other"),
    ];

    /// Whether it is a company.
    pub fn is_company(self) -> bool {
        matches!(self, Self::Sme | Self::MidCap | Self::LargeCompany)
    }

    /// Whether organisations of this kind pursue profit, as far as the kind tells.
    pub fn for_profit(self) -> Option<bool> {
        match self {
            Self::Other => None,
            kind => Some(kind.is_company()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(kind, _)| kind == self).map_or("other", |(_, word)| word))
    }
}

/// In what capacity an entity takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Beneficiary that leads.
    Coordinator,
    /// Beneficiary.
    Beneficiary,
    /// Entity affiliated to a beneficiary.
    Affiliated,
    /// Partner without funding.
    Associated,
    /// Subcontractor.
    Subcontractor,
}

impl Role {
    /// Every role with its word in JSON and TOML.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Coordinator, "coordinator"),
        (Self::Beneficiary, "beneficiary"),
        (Self::Affiliated, "affiliated"),
        (Self::Associated, "associated"),
        (Self::Subcontractor, "subcontractor"),
    ];

    /// Whether it signs the grant, and so counts towards a minimum number of participants.
    pub fn is_beneficiary(self) -> bool {
        matches!(self, Self::Coordinator | Self::Beneficiary)
    }

    /// Whether its costs are costs of the project; those of a subcontractor stand in its principal's.
    pub fn bears_costs(self) -> bool {
        self.is_beneficiary() || self == Self::Affiliated
    }
}

/// On which side of a two-sided instrument an entity stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Among those who answer the call.
    Applicant,
    /// Among industry, or those who contribute as it does.
    Industry,
}

/// What is said about being an SME.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmeClaim {
    /// Stated: yes.
    Yes,
    /// Stated: no.
    No,
    /// Nothing stated: figures and owners decide where there are any, else the kind of the organisation.
    FromKind,
    /// Expressly open (`"sme": null`): figures and owners decide, and without them it is unknown.
    FromFigures,
}

/// A holding in an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The owner, in the consortium or not.
    pub owner: String,
    /// How much of the capital or the votes.
    pub percent: Percent,
    /// What the owner is, where it is one of those who may hold up to half without ending the autonomy of an enterprise.
    pub investor: Option<Investor>,
}

impl Holding {
    /// A holding of an owner of whom nothing more is known.
    pub fn new(owner: impl Into<String>, percent: Percent) -> Self {
        Self { owner: owner.into(), percent, investor: None }
    }
}

/// An owner that may hold up to half without ending the autonomy of an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Investor {
    /// Venture capital company.
    VentureCapital,
    /// Public investment corporation.
    PublicInvestmentCorporation,
    /// Business angel.
    BusinessAngel,
    /// Institutional investor, regional development fund.
    InstitutionalInvestor,
    /// University.
    University,
    /// Research centre that pursues no profit.
    ResearchCentre,
    /// Autonomous local authority with a budget under €10 million and fewer than 5,000 inhabitants.
    LocalAuthority,
}

impl Investor {
    /// Every investor with its word in JSON.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::VentureCapital, "venture_capital"),
        (Self::PublicInvestmentCorporation, "public_investment_corporation"),
        (Self::BusinessAngel, "business_angel"),
        (Self::InstitutionalInvestor, "institutional_investor"),
        (Self::University, "university"),
        (Self::ResearchCentre, "research_centre"),
        (Self::LocalAuthority, "local_authority"),
    ];
}

/// Staff, turnover and balance of an enterprise alone, without its owners and holdings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Staff, in annual work units.
    pub headcount: Option<u32>,
    /// Yearly turnover.
    pub turnover_cents: Option<i64>,
    /// Balance sheet total.
    pub balance_cents: Option<i64>,
}

/// The figures of one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearFigures {
    /// The year in which the accounts were closed.
    pub year: u16,
    /// The figures.
    pub figures: Figures,
}

/// Something written that an entity holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is, such as `gep`.
    pub kind: String,
    /// Its date.
    pub date: Option<Date>,
}

/// One who takes part.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Identifier, unique in the consortium.
    pub id: String,
    /// Name to show.
    pub name: Option<String>,
    /// Where it is established.
    pub country: Country,
    /// NUTS code, or the name of the region.
    pub region: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// What is said about being an SME.
    pub sme: SmeClaim,
    /// Staff, in annual work units.
    pub headcount: Option<u32>,
    /// Yearly turnover.
    pub turnover_cents: Option<i64>,
    /// Balance sheet total.
    pub balance_cents: Option<i64>,
    /// The same year by year; where there are any, they go before the three above.
    pub figures: Option<Vec<YearFigures>>,
    /// Who holds how much of it; an empty list says that nobody holds a share that matters.
    pub owned_by: Option<Vec<Holding>>,
    /// Side.
    pub side: Option<Side>,
    /// Role; one without a role counts as a beneficiary.
    pub role: Option<Role>,
    /// Whether it pursues profit; where absent its kind tells.
    pub for_profit: Option<bool>,
    /// Eligible costs, subcontracting and indirect costs included.
    pub cost_cents: Option<i64>,
    /// The part of the costs that is subcontracted; where absent, none.
    pub subcontracting_cents: Option<i64>,
    /// Public money asked for.
    pub requested_cents: Option<i64>,
    /// Registers it is in.
    pub registrations: Option<Vec<String>>,
    /// Documents it holds.
    pub documents: Option<Vec<Document>>,
    /// Members, where the entity is a cluster.
    pub members: Option<u32>,
}

impl Entity {
    /// An entity of which only the necessary is known.
    pub fn new(id: impl Into<String>, country: Country, kind: Kind) -> Self {
        Self {
            id: id.into(),
            name: None,
            country,
            region: None,
            kind,
            sme: SmeClaim::FromKind,
            headcount: None,
            turnover_cents: None,
            balance_cents: None,
            figures: None,
            owned_by: None,
            side: None,
            role: None,
            for_profit: None,
            cost_cents: None,
            subcontracting_cents: None,
            requested_cents: None,
            registrations: None,
            documents: None,
            members: None,
        }
    }

    /// The name to show, else the id.
    pub fn shown(&self) -> &str {
        self.name.as_deref().filter(|name| !name.trim().is_empty()).unwrap_or(&self.id)
    }

    /// Whether any figure is stated.
    pub fn has_figures(&self) -> bool {
        self.years(None).iter().any(|year| year.is_some_and(|year| self.figures_of(year) != Figures::default()))
            || self.undated_figures() != Figures::default()
    }

    /// The years of which figures are stated, oldest first, without those after the day.
    pub(crate) fn years(&self, day: Option<Date>) -> Vec<Option<u16>> {
        let stated = self.figures.iter().flatten().map(|figures| figures.year);
        let mut years: Vec<u16> = stated.filter(|year| day.is_none_or(|day| *year <= day.year())).collect();
        years.sort_unstable();
        years.dedup();
        years.into_iter().map(Some).collect()
    }

    /// The figures of a year; where none carry a year, those without one.
    pub(crate) fn figures_of(&self, year: u16) -> Figures {
        match self.figures.as_deref() {
            None | Some([]) => self.undated_figures(),
            Some(years) => years.iter().find(|of| of.year == year).map(|of| of.figures).unwrap_or_default(),
        }
    }

    /// The figures of the last year that is not after the day; where none carry a year, those without one.
    pub fn latest_figures(&self, day: Option<Date>) -> Figures {
        match self.years(day).last() {
            Some(Some(year)) => self.figures_of(*year),
            _ => self.undated_figures(),
        }
    }

    fn undated_figures(&self) -> Figures {
        Figures { headcount: self.headcount, turnover_cents: self.turnover_cents, balance_cents: self.balance_cents }
    }

    /// Its role, a beneficiary's where none is given.
    pub fn role(&self) -> Role {
        self.role.unwrap_or(Role::Beneficiary)
    }

    /// Whether it pursues profit, from what is stated, else from its kind.
    pub fn for_profit(&self) -> Option<bool> {
        self.for_profit.or_else(|| self.kind.for_profit())
    }
}

/// What a contribution is made of, in the words of the Innovative Health Initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContributionKind {
    /// In-kind contribution to operational activities.
    #[serde(rename = "IKOP")]
    Ikop,
    /// Financial contribution.
    #[serde(rename = "FC")]
    Fc,
    /// In-kind contribution to additional activities.
    #[serde(rename = "IKAA")]
    Ikaa,
}

impl ContributionKind {
    /// Every kind with its word.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Ikop, "IKOP"), (Self::Fc, "FC"), (Self::Ikaa, "IKAA")];
}

impl fmt::Display for ContributionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::ALL.iter().find(|(kind, _)| kind == self).map_or("", |(_, word)| word))
    }
}

/// A commitment of one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Id of the entity that pays.
    pub payer: String,
    /// Kind.
    pub kind: ContributionKind,
    /// Amount.
    pub amount_cents: i64,
}

/// A label given by a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Cluster that gave it.
    pub issuer: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// An earlier project or submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    /// Id of the entity.
    pub entity: Option<String>,
    /// Programme or instrument.
    pub programme: Option<String>,
    /// Outcome, such as `funded` or `rejected`.
    pub result: Option<String>,
    /// Score in percent.
    pub score: Option<Percent>,
    /// When it was submitted.
    pub date: Option<Date>,
}
