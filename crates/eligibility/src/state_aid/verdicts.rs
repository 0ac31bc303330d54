//! The aid that partners get, against the ceiling of each category of their costs.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{AidCategory, AidRow, Ceiling, aid_row, collaborates};
use crate::amount::{Percent, euros_english, euros_french};
use crate::consortium::{Consortium, Entity, Kind, SmeClaim};
use crate::fact::{Answer, Fact, Field};
use crate::library::{Library, Source};
use crate::lines::{self, LineError};
use crate::ownership::Ownership;
use crate::size::{SizeClass, is_sme_on, size_status};
use crate::text::Text;
use crate::verdict::Status;

/// The costs of one partner in one category, and the public aid it gets for them from whomever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AidLine {
    /// Id of the entity.
    pub entity: String,
    /// Category of the costs.
    pub category: AidCategory,
    /// Eligible costs.
    pub cost_cents: i64,
    /// Every public aid for these costs: all of them add up.
    pub aid: Vec<PublicAid>,
}

/// Public aid from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicAid {
    /// Who gives it, such as a region.
    pub payer: String,
    /// How much.
    pub amount_cents: i64,
}

/// What only the partners know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AidFacts {
    /// Whether results are widely disseminated, or licensed at market price.
    pub dissemination: Option<bool>,
    /// For how many years the operation of the cluster is aided.
    pub operation_years: Option<u32>,
}

/// The aid of one partner in one category against its ceiling.
#[derive(Clone, Debug, Serialize)]
pub struct AidVerdict {
    /// Id of the entity.
    pub entity: String,
    /// Category.
    pub category: AidCategory,
    /// Whether the aid keeps within the ceiling.
    pub status: Status,
    /// Eligible costs in all.
    pub cost_cents: i64,
    /// Aid in all.
    pub aid_cents: i64,
    /// The ceiling, the lower one where facts are missing; absent where no rule of that day covers the category.
    pub ceiling: Option<Ceiling>,
    /// The most aid: costs times ceiling, rounded down.
    pub at_most_cents: Option<i64>,
    /// How much too much, where it is not met.
    pub excess_cents: i64,
    /// How the ceiling is made up.
    pub terms: Vec<AidTerm>,
    /// What is missing, where it is unknown.
    pub missing: Vec<Fact>,
    /// The answer as a sentence.
    pub text: Text,
    /// What else is asked, for a person to judge.
    pub note: Option<Text>,
    /// Where the rule was read.
    pub source: Option<Source>,
}

/// A part of a ceiling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AidTerm {
    /// What it is for.
    pub text: Text,
    /// How much.
    pub percent: Percent,
    /// Whether a source was seen to say so.
    pub verified: bool,
}

/// The aid of each partner in each category against its ceiling. Lines of one partner and category are added up.
pub fn aid_verdicts(
    library: &Library,
    consortium: &Consortium,
    costs: &[AidLine],
    facts: &AidFacts,
) -> Result<Vec<AidVerdict>, LineError> {
    consortium.validate()?;
    let mut sums: BTreeMap<(usize, AidCategory), (i128, i128)> = BTreeMap::new();
    for (line, of) in costs.iter().enumerate() {
        let at = lines::place(consortium, line, &of.entity)?;
        let sum = sums.entry((at, of.category)).or_default();
        sum.0 += lines::amount(line, "cost_cents", of.cost_cents)?;
        for (nth, aid) in of.aid.iter().enumerate() {
            sum.1 += lines::amount(line, &format!("aid[{nth}].amount_cents"), aid.amount_cents)?;
        }
    }
    let together = library.sets().collaboration().map_or(Answer::No, |rule| collaborates(rule, consortium));
    let ownership = Ownership::of(&consortium.entities);
    let judge = |((at, category), (cost, aid)): ((usize, AidCategory), (i128, i128))| {
        let entity = consortium.entities.get(at)?;
        let row = aid_row(library.sets(), category, consortium.date);
        let sizes = sizes(consortium, &ownership, at);
        Some(verdict(entity, category, row, (cost, aid), &sizes, &together, facts))
    };
    Ok(sums.into_iter().filter_map(judge).collect())
}

/// The smallest and the largest enterprise that a partner may be, and the facts that would tell.
struct Sizes {
    smallest: SizeClass,
    largest: SizeClass,
    missing: Vec<Fact>,
    /// Whether its work on the project is a business at all.
    undertaking: bool,
}

fn sizes(consortium: &Consortium, ownership: &Ownership, at: usize) -> Sizes {
    let certain = |size| Sizes { smallest: size, largest: size, missing: Vec::new(), undertaking: true };
    let Some(entity) = consortium.entities.get(at) else {
        return certain(SizeClass::Large);
    };
    if entity.for_profit() == Some(false) && entity.kind != Kind::Cluster {
        return Sizes { undertaking: false, ..certain(SizeClass::Large) };
    }
    let day = Some(consortium.date);
    let status = size_status(&consortium.entities, at, day);
    let class = status.as_ref().filter(|status| status.sme.is_some()).and_then(|status| status.class);
    match (is_sme_on(&consortium.entities, ownership, at, day), class) {
        (Answer::No, _) => certain(SizeClass::Large),
        (Answer::Yes, Some(class)) if class != SizeClass::Large => certain(class),
        (Answer::Yes, _) => Sizes {
            smallest: SizeClass::Small,
            largest: SizeClass::Medium,
            missing: vec![Fact::of(entity, if entity.sme == SmeClaim::Yes { Field::Headcount } else { Field::Sme })],
            undertaking: true,
        },
        (Answer::Unknown(missing), _) => {
            Sizes { smallest: SizeClass::Small, largest: SizeClass::Large, missing, undertaking: true }
        }
    }
}

fn verdict(
    entity: &Entity,
    category: AidCategory,
    row: Option<&AidRow>,
    (cost, aid): (i128, i128),
    sizes: &Sizes,
    together: &Answer,
    facts: &AidFacts,
) -> AidVerdict {
    let cents = |amount: i128| i64::try_from(amount).unwrap_or(i64::MAX);
    let mut verdict = AidVerdict {
        entity: entity.id.clone(),
        category,
        status: Status::Unknown,
        cost_cents: cents(cost),
        aid_cents: cents(aid),
        ceiling: None,
        at_most_cents: None,
        excess_cents: 0,
        terms: Vec::new(),
        missing: Vec::new(),
        text: Text::default(),
        note: row.and_then(|row| row.note.clone()).map(Text::typeset),
        source: row.map(AidRow::source),
    };
    let name = entity.shown();
    let Some(row) = row else {
        verdict.text = Text::new(
            format!("{name}: no ceiling of aid is kept for that day."),
            format!("{name} : aucun plafond d'aide n'est connu à cette date."),
        )
        .typeset();
        return verdict;
    };
    let (low, high) = if sizes.undertaking {
        let sure = facts.dissemination == Some(true);
        let maybe = facts.dissemination != Some(false);
        (row.ceiling(sizes.largest, together.is_yes(), sure), row.ceiling(sizes.smallest, !together.is_no(), maybe))
    } else {
        // Work that is no business is no aid; it is never paid more than whole.
        let whole = Ceiling { percent: Percent::HUNDRED, verified: false };
        (whole, whole)
    };
    let over = |ceiling: Ceiling| ceiling.percent.compare_share(aid, cost) == Ordering::Greater;
    let too_long = row.years_at_most.zip(facts.operation_years).is_some_and(|(most, years)| years > most);
    let (shown, status) = if over(high) {
        (high, Status::NotMet)
    } else if over(low) {
        (low, Status::Unknown)
    } else {
        (low, Status::Met)
    };
    let certain_shape = status == Status::NotMet;
    verdict.status = if too_long { Status::NotMet } else { status };
    verdict.ceiling = Some(shown);
    verdict.at_most_cents = Some(cents(shown.percent.of(cost)));
    if status == Status::NotMet {
        verdict.excess_cents = cents(aid - shown.percent.of(cost));
    }
    verdict.terms = terms(row, sizes, certain_shape, together, facts);
    if status == Status::Unknown {
        verdict.missing.clone_from(&sizes.missing);
        if let Answer::Unknown(more) = together {
            verdict.missing.extend(more.iter().cloned());
        }
        if facts.dissemination.is_none() && !together.is_yes() {
            verdict.missing.push(Fact::proposal(Field::Dissemination));
        }
        verdict.missing.sort();
        verdict.missing.dedup();
    }
    if row.years_at_most.is_some() && facts.operation_years.is_none() && verdict.status == Status::Met {
        verdict.status = Status::Unknown;
        verdict.missing.push(Fact::proposal(Field::OperationYears));
    }
    verdict.text = sentence(name, row, &verdict, too_long).typeset();
    verdict
}

/// The parts of the ceiling that is shown: the highest possible one where even that is broken, else the certain one.
fn terms(row: &AidRow, sizes: &Sizes, highest: bool, together: &Answer, facts: &AidFacts) -> Vec<AidTerm> {
    if !sizes.undertaking {
        let text = Text::new("no business activity: whole costs", "activité non économique : coûts entiers");
        return vec![AidTerm { text, percent: Percent::HUNDRED, verified: false }];
    }
    let mut terms =
        vec![AidTerm { text: Text::new("base", "taux de base"), percent: row.base, verified: row.verified }];
    let (size, collaboration, dissemination) = if highest {
        (sizes.smallest, !together.is_no(), facts.dissemination != Some(false))
    } else {
        (sizes.largest, together.is_yes(), facts.dissemination == Some(true))
    };
    let mut sum = row.base.millionths();
    for addition in [row.for_size(size), row.for_conduct(collaboration, dissemination)].into_iter().flatten() {
        sum = sum.saturating_add(addition.percent.millionths());
        let text = match addition.when {
            super::AdditionReason::Medium => Text::new("medium-sized enterprise", "moyenne entreprise"),
            super::AdditionReason::Small => Text::new("small enterprise", "petite entreprise"),
            super::AdditionReason::Collaboration => Text::new("effective collaboration", "collaboration effective"),
            super::AdditionReason::Dissemination => Text::new("wide dissemination", "large diffusion des résultats"),
        };
        terms.push(AidTerm { text, percent: addition.percent, verified: addition.verified });
    }
    if sum > row.cap.millionths() {
        let percent = Percent::from_millionths(row.cap.millionths() - sum);
        terms
            .push(AidTerm { text: Text::new("above the cap", "au-delà du plafond"), percent, verified: row.verified });
    }
    terms
}

fn sentence(name: &str, row: &AidRow, verdict: &AidVerdict, too_long: bool) -> Text {
    let (aid, cost) = (i128::from(verdict.aid_cents), i128::from(verdict.cost_cents));
    let percent = verdict.ceiling.map_or(Percent::HUNDRED, |ceiling| ceiling.percent);
    let text = Text::new(
        format!(
            "{name}, {}: public aid of {} for costs of {}; at most {} is allowed.",
            row.name.en,
            euros_english(aid),
            euros_english(cost),
            percent.english()
        ),
        format!(
            "{name}, {} : {} d'aides publiques pour {} de coûts ; le plafond est de {}.",
            row.name.fr,
            euros_french(aid),
            euros_french(cost),
            percent.french()
        ),
    );
    let mut text = text;
    if verdict.excess_cents > 0 {
        let excess = i128::from(verdict.excess_cents);
        text = text.then(&Text::new(
            format!("That is {} too much.", euros_english(excess)),
            format!("C'est {} de trop.", euros_french(excess)),
        ));
    }
    if too_long {
        let years = row.years_at_most.unwrap_or_default();
        text = text.then(&Text::new(
            format!("Operation is aided for at most {years} years."),
            format!("Le fonctionnement n'est aidé que {years} ans au plus."),
        ));
    }
    if verdict.status == Status::Unknown {
        text = text.then(&crate::fact::missing_sentence(&verdict.missing));
    }
    text
}
