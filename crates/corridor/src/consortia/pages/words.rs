//! What drafts and their differences are called on pages.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use serde::Serialize;

use super::super::{
    DayRules, Difference, DraftLine, OrganisationFacts, budget, declared, money::write_money, rules_of_today,
};
use crate::{accounts::Acting, directory::OrganisationId, foundation::languages::Language};

/// A draft of the list with its instrument in words.
#[derive(Serialize)]
pub(super) struct NamedLine {
    #[serde(flatten)]
    pub(super) draft: DraftLine,
    pub(super) instrument_name: Option<String>,
    pub(super) stage_name: Option<String>,
}

/// The name of a stage; its id where the instrument does not know it.
pub(in crate::consortia) fn stage_name(rules: &DayRules, instrument: &str, stage: &str, language: Language) -> String {
    let stages = rules.stages(instrument, language);
    stages.into_iter().find(|known| known.id == stage).map_or_else(|| stage.to_owned(), |known| known.name)
}

/// A difference in words: what, and both values.
#[derive(Serialize)]
pub(in crate::consortia) struct DifferenceLine {
    what: String,
    first: String,
    second: String,
}

/// Differences in the reader's language.
pub(in crate::consortia) fn differences(
    acting: &Acting,
    differences: &[Difference],
    known: &BTreeMap<OrganisationId, OrganisationFacts>,
) -> Vec<DifferenceLine> {
    let language = acting.language;
    let name = |id: &OrganisationId| known.get(id).map_or_else(|| id.to_string(), OrganisationFacts::shown);
    let field = |name: &str| acting.say(&format!("consortia-field-{}", name.replace('_', "-")));
    let answer = |value: &str| match value {
        "" => "–".to_owned(),
        "yes" => acting.say("ui-yes"),
        "no" => acting.say("ui-no"),
        "none" => acting.say("consortia-earlier-none"),
        value => value.to_owned(),
    };
    let value = |field: &str, value: &str| match field {
        _ if value.is_empty() => "–".to_owned(),
        "role" => acting.say(&format!("consortia-role-{value}")),
        "side" | "holds" => acting.say(&format!("consortia-side-{value}")),
        "civil_use" | "independence" | "merged" => answer(value),
        "instrument" => rules_of_today(&acting.app).name(value, language),
        "cost" | "subcontracting" | "requested" | "ikop" | "fc" | "ikaa" => {
            value.parse().map_or_else(|_| value.to_owned(), |cents| language.money(cents))
        }
        _ => answer(value),
    };
    differences
        .iter()
        .map(|difference| match difference {
            Difference::Field(name, first, second) => {
                DifferenceLine { what: field(name), first: value(name, first), second: value(name, second) }
            }
            Difference::Joined(id) => {
                DifferenceLine {
                    what: name(id), first: "–".to_owned(), second: acting.say("consortia-difference-in")
                }
            }
            Difference::Left(id) => {
                DifferenceLine {
                    what: name(id), first: acting.say("consortia-difference-in"), second: "–".to_owned()
                }
            }
            Difference::Member(id, of, first, second) => DifferenceLine {
                what: format!("{} · {}", name(id), field(of)),
                first: value(of, first),
                second: value(of, second),
            },
            Difference::Budget(id, of, package, first, second) => {
                let shown = |value: &str| match value.parse::<i64>() {
                    Ok(months) if *of == "months" => budget::write_months(language, months),
                    Ok(cents) => language.money(cents),
                    Err(_) => "–".to_owned(),
                };
                let package =
                    package.map(|number| format!(" · {}", budget::numbered(acting, number))).unwrap_or_default();
                let of = acting.say(&format!("consortia-budget-{}", of.replace('_', "-")));
                DifferenceLine {
                    what: format!("{}{package} · {of}", name(id)),
                    first: shown(first),
                    second: shown(second),
                }
            }
            Difference::Package(number, first, second) => {
                DifferenceLine { what: budget::numbered(acting, *number), first: answer(first), second: answer(second) }
            }
            Difference::Declared(id, of, first, second) => DifferenceLine {
                what: format!("{} · {}", name(id), declared::field_name(&acting.app.texts, language, of)),
                first: answer(first),
                second: answer(second),
            },
        })
        .collect()
}

/// An amount as its input shows it.
pub(in crate::consortia) fn amount(language: Language, cents: Option<i64>) -> String {
    cents.map(|cents| write_money(language, cents)).unwrap_or_default()
}

/// A text with values, in the reader's language.
pub(super) fn say(acting: &Acting, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
    acting.app.texts.say(acting.language, key, values)
}
