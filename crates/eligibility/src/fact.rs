//! Three-valued answers, and the facts that would decide them.

use serde::Serialize;

use crate::consortium::Entity;
use crate::text::{Text, listed};

/// Yes, no, or unknown for want of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Certainly.
    Yes,
    /// Certainly not.
    No,
    /// These facts would decide it.
    Unknown(Vec<Fact>),
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Answer {
    /// Unknown for want of one fact.
    pub fn unknown(fact: Fact) -> Self {
        Self::Unknown(vec![fact])
    }

    /// Whether it is a certain yes.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }

    /// Whether it is a certain no.
    pub fn is_no(&self) -> bool {
        *self == Self::No
    }

    /// Both.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, answer) | (answer, Self::Yes) => answer,
            (Self::Unknown(mut facts), Self::Unknown(more)) => {
                facts.extend(more);
                Self::Unknown(facts)
            }
        }
    }

    /// Either.
    pub fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    /// The contrary.
    #[expect(
        clippy::should_implement_trait,
        reason = "reads as the other connectives, and `!answer` hides the third value"
    )]
    pub fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            unknown => unknown,
        }
    }
}

/// A fact that is missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fact {
    /// Id of the entity it is about; absent where it is about the proposal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Name to show for that entity.
    #[serde(skip)]
    pub name: Option<String>,
    /// What is missing.
    pub field: Field,
}

impl Fact {
    /// A fact about an entity.
    pub fn of(entity: &Entity, field: Field) -> Self {
        Self { entity: Some(entity.id.clone()), name: Some(entity.shown().to_owned()), field }
    }

    /// A fact about somebody who takes no part, such as an owner.
    pub fn outside(id: &str, field: Field) -> Self {
        Self { entity: Some(id.to_owned()), name: Some(id.to_owned()), field }
    }

    /// A fact about the proposal.
    pub fn proposal(field: Field) -> Self {
        Self { entity: None, name: None, field }
    }
}

/// The field of the input that holds a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Whether it is an SME.
    Sme,
    /// Staff.
    Headcount,
    /// Turnover or balance.
    Turnover,
    /// Figures of its owners and holdings.
    OwnersFigures,
    /// Figures of a year between two that differ.
    EarlierFigures,
    /// Owners.
    OwnedBy,
    /// Costs.
    CostCents,
    /// Money asked for.
    RequestedCents,
    /// Profit or not.
    ForProfit,
    /// Side.
    Side,
    /// Role, for want of a coordinator.
    Coordinator,
    /// Region.
    Region,
    /// Class of its region in the cohesion policy.
    RegionClass,
    /// Whether its country belongs to a set of countries.
    CountryStatus,
    /// Registers.
    Registrations,
    /// Documents.
    Documents,
    /// Date of a document.
    DocumentDate,
    /// Members of a cluster.
    Members,
    /// Contributions.
    Contributions,
    /// Duration.
    DurationMonths,
    /// Technology readiness at the start.
    TrlStart,
    /// Technology readiness at the end.
    TrlEnd,
    /// Pages.
    Pages,
    /// Civil use.
    CivilUse,
    /// Label.
    Label,
    /// Date of the label.
    LabelDate,
    /// Closing date.
    ClosingDate,
    /// Earlier submissions.
    Prior,
    /// Outcome, score or date of an earlier submission.
    PriorResult,
    /// Funding rate, which the instrument does not set.
    FundingRate,
    /// Whether results are widely disseminated or licensed.
    Dissemination,
    /// For how many years the operation of a cluster is aided.
    OperationYears,
    /// Stage.
    Stage,
    /// Something that only a person can judge.
    Judgement,
}

impl Field {
    /// What is missing, as the object of «state ...».
    pub fn noun(self) -> Text {
        let (en, fr) = match self {
            Self::Sme => (
                "SME status, or staff, turnover and balance",
                "le statut de PME, ou l'effectif, le chiffre d'affaires et le bilan",
            ),
            Self::Headcount => ("staff", "l'effectif"),
            Self::Turnover => ("turnover or balance", "le chiffre d'affaires ou le bilan"),
            Self::OwnersFigures => {
                ("figures of owners and linked enterprises", "les chiffres des actionnaires et des entreprises liées")
            }
            Self::EarlierFigures => ("figures of the years in between", "les chiffres des exercices intermédiaires"),
            Self::OwnedBy => ("owners", "l'actionnariat"),
            Self::CostCents => ("costs", "les coûts"),
            Self::RequestedCents => ("funding requested", "l'aide demandée"),
            Self::ForProfit => ("whether it pursues profit", "le but lucratif ou non"),
            Self::Side => ("side (applicant or industry)", "le côté (candidat ou industrie)"),
            Self::Coordinator => ("who coordinates", "le coordinateur"),
            Self::Region => ("region (NUTS code)", "la région (code NUTS)"),
            Self::RegionClass => (
                "class of the region in the cohesion policy",
                "la catégorie de la région dans la politique de cohésion",
            ),
            Self::CountryStatus => ("status of the country at that date", "le statut du pays à cette date"),
            Self::Registrations => ("registrations", "les inscriptions"),
            Self::Documents => ("documents held", "les documents détenus"),
            Self::DocumentDate => ("date of the document", "la date du document"),
            Self::Members => ("number of members", "le nombre d'adhérents"),
            Self::Contributions => ("contributions", "les contributions"),
            Self::DurationMonths => ("duration", "la durée"),
            Self::TrlStart => {
                ("technology readiness level at the start", "le niveau de maturité technologique au départ")
            }
            Self::TrlEnd => ("technology readiness level aimed at", "le niveau de maturité technologique visé"),
            Self::Pages => ("number of pages", "le nombre de pages"),
            Self::CivilUse => ("whether the use is civil only", "l'usage exclusivement civil ou non"),
            Self::Label => ("label of a cluster", "le label d'un pôle"),
            Self::LabelDate => ("date of the label", "la date du label"),
            Self::ClosingDate => ("closing date of the call", "la date de clôture de l'appel"),
            Self::Prior => ("earlier projects and submissions", "les projets et dépôts antérieurs"),
            Self::PriorResult => {
                ("outcome, score and date of earlier submissions", "l'issue, la note et la date des dépôts antérieurs")
            }
            Self::FundingRate => ("funding rate, which the call sets", "le taux d'aide, fixé par l'appel"),
            Self::Dissemination => (
                "whether results are widely disseminated or licensed",
                "la large diffusion ou la concession sous licence des résultats",
            ),
            Self::OperationYears => ("years of aid for operation", "le nombre d'années d'aide au fonctionnement"),
            Self::Stage => ("stage of the call", "l'étape de l'appel"),
            Self::Judgement => ("the judgement of a person", "l'appréciation d'une personne"),
        };
        Text::new(en, fr)
    }
}

/// «Missing: costs of A and B; duration.», each fact once, grouped by what is missing.
pub fn missing_sentence(facts: &[Fact]) -> Text {
    let mut fields: Vec<Field> = facts.iter().map(|fact| fact.field).collect();
    fields.sort();
    fields.dedup();
    let parts: Vec<Text> = fields
        .into_iter()
        .map(|field| {
            let mut names: Vec<&str> =
                facts.iter().filter(|fact| fact.field == field).filter_map(|fact| fact.name.as_deref()).collect();
            names.dedup();
            let noun = field.noun();
            if names.is_empty() {
                noun
            } else {
                let names = crate::text::names(names);
                Text::new(format!("{} ({})", noun.en, names.en), format!("{} ({})", noun.fr, names.fr))
            }
        })
        .collect();
    let list = listed(&parts);
    Text::new(format!("Not known: {}.", list.en), format!("Il manque : {}.", list.fr))
}
