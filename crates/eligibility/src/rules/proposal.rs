//! What the proposal itself must be: length, duration, maturity, label.

use serde::Deserialize;

use super::{Compiled, Declaration, Finding, Predicate, Scene, Words, bounds, bounds_flaw};
use crate::fact::{Fact, Field};
use crate::text::Text;
use crate::verdict::{Fix, Unit};

/// Duration in months.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Duration {
    #[serde(default)]
    at_least: Option<u32>,
    #[serde(default)]
    at_most: Option<u32>,
}

impl Duration {
    /// «between 20 and 24 months»: the unit is said once.
    fn range(&self) -> Text {
        let low = self.at_least.map(|low| match self.at_most {
            Some(high) if high != low => Text::same(low.to_string()),
            _ => months(low),
        });
        bounds(low.as_ref(), self.at_most.map(months).as_ref())
    }
}

pub(super) fn months(count: u32) -> Text {
    Text::new(format!("{count} month{}", if count == 1 { "" } else { "s" }), format!("{count} mois"))
}

impl Predicate for Duration {
    fn statement(&self, _words: Words<'_>) -> Text {
        let bounds = self.range();
        Text::new(format!("The project lasts {}.", bounds.en), format!("Le projet dure {}.", bounds.fr))
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let statement = self.statement(scene.words);
        let Some(found) = scene.consortium.duration_months else {
            return Finding::unknown(statement, vec![Fact::proposal(Field::DurationMonths)]);
        };
        let says = |bound: Text| {
            let found = months(found);
            Text::new(
                format!("The project lasts {} (required: {}).", found.en, bound.en),
                format!("Le projet dure {} (exigé : {}).", found.fr, bound.fr),
            )
        };
        if let Some(low) = self.at_least.filter(|low| found < *low) {
            let lack = months(low - found);
            let missing = Text::new(format!("{} longer.", lack.en), format!("{} de plus.", lack.fr));
            let fix = Fix::change(Vec::new(), missing.clone());
            return Finding::not_met(
                says(bounds(Some(&months(low)), None)),
                Some((i128::from(low - found), Unit::Months)),
                missing,
                vec![fix],
            );
        }
        if let Some(high) = self.at_most.filter(|high| found > *high) {
            let excess = months(found - high);
            let missing = Text::new(format!("{} shorter.", excess.en), format!("{} de moins.", excess.fr));
            let fix = Fix::change(Vec::new(), missing.clone());
            let amount = Some((i128::from(found - high), Unit::MonthsTooMany));
            return Finding::not_met(says(bounds(None, Some(&months(high)))), amount, missing, vec![fix]);
        }
        Finding::met(says(self.range()))
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }

    fn flaw(&self) -> Option<String> {
        bounds_flaw(self.at_least, self.at_most)
    }
}

/// Technology readiness levels, first and last that are allowed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trl {
    #[serde(default)]
    start: Option<[u8; 2]>,
    #[serde(default)]
    end: Option<[u8; 2]>,
}

fn levels([low, high]: [u8; 2]) -> Text {
    if low == high {
        Text::new(format!("TRL {low}"), format!("TRL {low}"))
    } else {
        Text::new(format!("TRL {low} to {high}"), format!("TRL {low} à {high}"))
    }
}

impl Predicate for Trl {
    fn statement(&self, _words: Words<'_>) -> Text {
        let start = self.start.map(levels).map(|range| {
            Text::new(format!("Maturity at the start: {}.", range.en), format!("Maturité au départ : {}.", range.fr))
        });
        let end = self.end.map(levels).map(|range| {
            Text::new(format!("Maturity aimed at: {}.", range.en), format!("Maturité visée : {}.", range.fr))
        });
        start.unwrap_or_default().then(&end.unwrap_or_default())
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let statement = self.statement(scene.words);
        let pairs = [
            (self.start, scene.consortium.trl_start, Field::TrlStart),
            (self.end, scene.consortium.trl_end, Field::TrlEnd),
        ];
        let mut facts = Vec::new();
        let mut wrong = Text::default();
        for (range, found, field) in pairs {
            let Some([low, high]) = range else { continue };
            match found {
                None => facts.push(Fact::proposal(field)),
                Some(level) if level < low || level > high => {
                    let (en, fr) = if field == Field::TrlStart {
                        ("It starts at", "Départ à")
                    } else {
                        ("It aims at", "Cible :")
                    };
                    wrong = wrong.then(&Text::new(format!("{en} TRL {level}."), format!("{fr} TRL {level}.")));
                }
                Some(_) => {}
            }
        }
        if !wrong.en.is_empty() {
            let missing = statement.clone();
            let fix = Fix::change(Vec::new(), missing.clone());
            return Finding::not_met(statement.then(&wrong), None, missing, vec![fix]);
        }
        if !facts.is_empty() {
            return Finding::unknown(statement, facts);
        }
        Finding::met(statement.then(&Text::new("This is the case.", "C'est le cas.")))
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }

    fn flaw(&self) -> Option<String> {
        let ranges: Vec<[u8; 2]> = self.start.into_iter().chain(self.end).collect();
        if ranges.is_empty() {
            return Some("give start, end or both".into());
        }
        let wrong = ranges.iter().any(|[low, high]| low > high || *low < 1 || *high > 9);
        wrong.then(|| "a range of levels is [first, last], within 1 to 9".into())
    }
}

/// Pages of the proposal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pages {
    at_most: u32,
}

impl Predicate for Pages {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(
            format!("The proposal has at most {} pages; evaluators do not read any beyond.", self.at_most),
            format!(
                "La proposition compte au plus {} pages ; les évaluateurs ne lisent pas les suivantes.",
                self.at_most
            ),
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let Some(pages) = scene.consortium.pages else {
            return Finding::unknown(self.statement(scene.words), vec![Fact::proposal(Field::Pages)]);
        };
        let text = Text::new(
            format!("The proposal has {pages} pages; at most {} are allowed.", self.at_most),
            format!("La proposition compte {pages} pages ; le maximum est de {}.", self.at_most),
        );
        if pages <= self.at_most {
            return Finding::met(text);
        }
        let text = text.then(&Text::new(
            "Evaluators do not read the pages beyond.",
            "Les évaluateurs ne lisent pas les pages au-delà.",
        ));
        let excess = pages - self.at_most;
        let s = if excess == 1 { "" } else { "s" };
        let missing =
            Text::new(format!("Shorten it by {excess} page{s}."), format!("La raccourcir de {excess} page{s}."));
        let fix = Fix::change(Vec::new(), missing.clone());
        Finding::not_met(text, Some((i128::from(excess), Unit::PagesTooMany)), missing, vec![fix])
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}

/// The results are for civil use only.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CivilUse {}

impl Predicate for CivilUse {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new("The project is for civil use only.", "Le projet a un usage exclusivement civil.")
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        match scene.consortium.civil_use {
            None => Finding::unknown(self.statement(scene.words), vec![Fact::proposal(Field::CivilUse)]),
            Some(true) => Finding::met(self.statement(scene.words)),
            Some(false) => {
                let text = Text::new(
                    "The project is not for civil use only, as it must be.",
                    "Le projet n'a pas un usage exclusivement civil, alors que c'est exigé.",
                );
                let missing =
                    Text::new("Restrict the project to civil use.", "Restreindre le projet à un usage civil.");
                Finding::not_met(text, None, missing.clone(), vec![Fix::change(Vec::new(), missing)])
            }
        }
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}

/// A cluster has given its label by the closing date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {}

impl Predicate for Label {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(
            "At least one cluster has given its label by the closing date of the call.",
            "Au moins un pôle a accordé son label au plus tard à la clôture de l'appel.",
        )
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let statement = self.statement(scene.words);
        let Some(label) = &scene.consortium.label else {
            return Finding::unknown(statement, vec![Fact::proposal(Field::Label)]);
        };
        let mut facts = Vec::new();
        if label.issuer.is_none() {
            facts.push(Fact::proposal(Field::Label));
        }
        match (label.date, scene.consortium.closing_date) {
            (Some(date), Some(closing)) if date > closing => {
                let text = Text::new(
                    format!("The label is dated {}, after the closing date ({}).", date.english(), closing.english()),
                    format!("Le label date du {}, après la clôture du {}.", date.french(), closing.french()),
                );
                let missing = Text::new(
                    format!("A label dated {} or before is needed.", closing.english()),
                    format!("Il faut un label daté du {} au plus tard.", closing.french()),
                );
                return Finding::not_met(text, None, missing.clone(), vec![Fix::change(Vec::new(), missing)]);
            }
            (Some(date), Some(_)) if facts.is_empty() => {
                let issuer = label.issuer.as_deref().unwrap_or_default();
                return Finding::met(Text::new(
                    format!("Label given by {issuer} on {}, in time.", date.english()),
                    format!("Label accordé par {issuer} le {}, dans les délais.", date.french()),
                ));
            }
            (None, _) => facts.push(Fact::proposal(Field::LabelDate)),
            (_, None) => facts.push(Fact::proposal(Field::ClosingDate)),
            _ => {}
        }
        Finding::unknown(statement, facts)
    }

    fn declarations(&self) -> Vec<Declaration> {
        vec![Declaration::Label]
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }
}

/// Something that only a person can judge: it is explained, and always answers *unknown*.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Statement {
    en: String,
    fr: String,
}

impl Predicate for Statement {
    fn statement(&self, _words: Words<'_>) -> Text {
        Text::new(&self.en, &self.fr)
    }

    fn check(&self, scene: &Scene<'_>) -> Finding {
        let mut finding = Finding::unknown(self.statement(scene.words), vec![Fact::proposal(Field::Judgement)]);
        finding.text = super::headed("For a person to judge", "À apprécier", &self.statement(scene.words));
        finding.fixes.clear();
        finding
    }

    fn compile(&self, _pool: &Scene<'_>) -> Compiled {
        Compiled::not_by_members()
    }

    fn flaw(&self) -> Option<String> {
        (self.en.trim().is_empty() || self.fr.trim().is_empty())
            .then(|| "a statement is written in both languages".into())
    }
}
