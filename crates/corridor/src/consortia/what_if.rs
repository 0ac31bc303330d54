//! What if: a sheet that nobody saved beside the one that is stored, rule by rule.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    documents::Ground,
    model::{Content, Draft},
    outcomes::prior::Memory,
    rules::{RuleVerdict, VerdictStatus, reading_day},
    view::{SheetView, view_on},
};
use crate::{
    accounts::Actor,
    calls,
    foundation::{errors::Error, instance::App, languages::Language, time::Day},
};

/// How a rule's answer changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// It was met, or open, and no longer is.
    Worse,
    /// It was not met, or open, and now is closer to being met.
    Better,
    /// One of the two sheets is not under this rule.
    Other,
    /// The same answer.
    Same,
}

/// A rule on both sheets.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// What the rule says of the draft as it is stored; none where it does not apply to it.
    pub now: Option<RuleVerdict>,
    /// What it says of the other sheet.
    pub then: Option<RuleVerdict>,
    /// How the answer changes.
    pub turn: Turn,
}

/// Two sheets beside each other.
#[derive(Clone, Debug, Serialize)]
pub struct SideBySide {
    /// The draft as stored.
    pub now: SheetView,
    /// The other sheet.
    pub then: SheetView,
    /// Each rule of either, what turns for the worse first.
    pub rules: Vec<Compared>,
}

/// Reads the rules on the draft as it stands and on another sheet in its place; `day` says when the other one would be
/// submitted, where that is not the day that the call gives.
pub async fn compare(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    other: &Content,
    day: Option<Day>,
    language: Language,
) -> Result<SideBySide, Error> {
    let own_day = reading_day(draft.closes_on, calls::today(app));
    let other_day = day.unwrap_or(own_day);
    let memory = Memory::of(app, actor, [(&draft.content, own_day), (other, other_day)]).await?;
    let own = memory.recall(draft.id, &draft.content, own_day);
    let other = memory.recall(draft.id, other, other_day);
    let (cluster, ground) = (Some(draft.cluster), Ground::of_team(actor, Some(draft.id)));
    let now = view_on(app, actor, cluster, ground, &own, None, language).await?;
    let then = view_on(app, actor, cluster, ground, &other, day, language).await?;
    let rules = pair(&now.verdicts, &then.verdicts);
    Ok(SideBySide { now, then, rules })
}

/// Pairs the verdicts of two sheets by rule: an instrument may hold a rule under one id several times, for different
/// stages or years, of which those that apply are paired in their order.
fn pair(now: &[RuleVerdict], then: &[RuleVerdict]) -> Vec<Compared> {
    let mut left: BTreeMap<&str, Vec<&RuleVerdict>> = BTreeMap::new();
    for verdict in then.iter().rev() {
        left.entry(&verdict.rule).or_default().push(verdict);
    }
    let mut found = Vec::with_capacity(now.len().max(then.len()));
    for verdict in now {
        let other = left.get_mut(verdict.rule.as_str()).and_then(Vec::pop);
        found.push(Compared { turn: turn(Some(verdict), other), now: Some(verdict.clone()), then: other.cloned() });
    }
    for verdict in then {
        let Some(rest) = left.get_mut(verdict.rule.as_str()) else { continue };
        if rest.iter().any(|one| std::ptr::eq(*one, verdict)) {
            rest.retain(|one| !std::ptr::eq(*one, verdict));
            found.push(Compared { turn: turn(None, Some(verdict)), now: None, then: Some(verdict.clone()) });
        }
    }
    // Among rules of one sheet only, those of the other sheet come first: they are what the question brings.
    found.sort_by_key(|compared| {
        let shown = compared.then.as_ref().or(compared.now.as_ref());
        (compared.turn, compared.then.is_none(), shown.map(standing))
    });
    found
}

/// How well a rule stands.
fn standing(verdict: &RuleVerdict) -> u8 {
    match verdict.status {
        VerdictStatus::NotMet => 0,
        VerdictStatus::Unknown => 1,
        VerdictStatus::Met => 2,
    }
}

fn turn(now: Option<&RuleVerdict>, then: Option<&RuleVerdict>) -> Turn {
    let (Some(now), Some(then)) = (now, then) else { return Turn::Other };
    match standing(then).cmp(&standing(now)) {
        std::cmp::Ordering::Less => Turn::Worse,
        std::cmp::Ordering::Greater => Turn::Better,
        std::cmp::Ordering::Equal => Turn::Same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(rule: &str, status: VerdictStatus) -> RuleVerdict {
        RuleVerdict {
            rule: rule.to_owned(),
            status,
            severity: "ineligible",
            text: String::new(),
            missing: None,
            fixes: Vec::new(),
            source: String::new(),
            source_date: String::new(),
            verified: true,
            presumed: false,
            wanted: Vec::new(),
        }
    }

    #[test]
    fn what_gets_worse_stands_first_and_no_rule_is_lost() {
        use VerdictStatus::{Met, NotMet, Unknown};
        let now =
            [verdict("a", Met), verdict("b", Met), verdict("c", NotMet), verdict("d", Unknown), verdict("a", Met)];
        let then =
            [verdict("a", Met), verdict("b", NotMet), verdict("c", Met), verdict("e", Met), verdict("a", Unknown)];
        let found: Vec<(Turn, Option<String>, Option<String>)> = pair(&now, &then)
            .into_iter()
            .map(|one| (one.turn, one.now.map(|verdict| verdict.rule), one.then.map(|verdict| verdict.rule)))
            .collect();
        let both = |turn, rule: &str| (turn, Some(rule.to_owned()), Some(rule.to_owned()));
        assert_eq!(
            found,
            [
                both(Turn::Worse, "b"),
                both(Turn::Worse, "a"),
                both(Turn::Better, "c"),
                (Turn::Other, None, Some("e".to_owned())),
                (Turn::Other, Some("d".to_owned()), None),
                both(Turn::Same, "a"),
            ]
        );
    }
}
