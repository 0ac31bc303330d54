//! The first reading: a consortium against the rules, each with its verdict.

use crate::consortium::{Consortium, InputError};
use crate::date::Date;
use crate::fact::{Answer, Fact, Field};
use crate::library::{Instrument, Library, LibraryError, Rule, Severity, Source, Stage};
use crate::rules::{Finding, Scene, Scope, Words, grant_rate, headed};
use crate::text::Text;
use crate::verdict::{Funding, Report, Status, Verdict};

/// Why a check could not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The consortium cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The instrument cannot be used.
    #[error("instrument: {0}")]
    Library(#[from] LibraryError),
}

/// Id of the verdict that says whether the instrument takes applications at all on that day.
pub const OPEN: &str = "instrument-open";

/// Checks a consortium against the rules of the instrument it names.
pub fn check(library: &Library, consortium: &Consortium) -> Result<Report, CheckError> {
    let instrument = library.instrument(&consortium.instrument)?;
    check_with(library, instrument, consortium)
}

/// Checks a consortium against an instrument, such as one with the changes of a topic.
pub fn check_with(library: &Library, instrument: &Instrument, consortium: &Consortium) -> Result<Report, CheckError> {
    consortium.validate()?;
    let stage = stage_of(instrument, consortium)?;
    let words = Words { sets: library.sets(), groups: library.groups(instrument) };
    let scene = Scene::of(consortium, instrument, words);
    let mut verdicts: Vec<Verdict> = closed(instrument, consortium.date).into_iter().collect();
    let rules: Vec<&Rule> = instrument.rules_at(stage.map(|stage| stage.id.as_str()), consortium.date).collect();
    for (at, rule) in rules.iter().enumerate() {
        if stage.is_some() || !rule.hangs_on_stage(instrument) {
            verdicts.extend(judge(rule, &scene));
            continue;
        }
        // Rules of one id at several stages are one question as long as the stage is not said.
        let same = |other: &&&Rule| other.id == rule.id && other.hangs_on_stage(instrument);
        if !rules[..at].iter().any(|earlier| same(&earlier)) {
            let all: Vec<&Rule> = rules[at..].iter().filter(same).copied().collect();
            verdicts.extend(at_some_stage(&all, &scene));
        }
    }
    let funding = (0..consortium.entities.len())
        .filter(|at| scene.in_scope(Scope::CostBearers).contains(at))
        .filter_map(|at| {
            let (entity, rate) = (consortium.entities.get(at)?, grant_rate(&scene, at)?);
            let grant_cents = entity.cost_cents.map(|cost| rate.grant_of(cost));
            Some(Funding { entity: entity.id.clone(), rate_percent: rate.percent, ceiling: rate.ceiling, grant_cents })
        })
        .collect();
    Ok(Report {
        instrument: instrument.id.clone(),
        stage: stage.map(|stage| stage.id.clone()),
        date: consortium.date,
        eligible: eligible(&verdicts),
        verdicts,
        funding,
    })
}

/// Three-valued: one broken rule is enough for no; a missing fact leaves it open.
fn eligible(verdicts: &[Verdict]) -> Option<bool> {
    let mut decisive = verdicts.iter().filter(|verdict| verdict.severity == Severity::Ineligible);
    if decisive.clone().any(|verdict| verdict.status == Status::NotMet) {
        return Some(false);
    }
    if decisive.any(|verdict| verdict.status == Status::Unknown && !verdict.presumed) { None } else { Some(true) }
}

/// The stage the consortium names, if it names one; with a single stage there is no doubt.
pub(crate) fn stage_of<'i>(
    instrument: &'i Instrument,
    consortium: &Consortium,
) -> Result<Option<&'i Stage>, InputError> {
    match (&consortium.stage, instrument.stage.as_slice()) {
        (None, [only]) => Ok(Some(only)),
        (None, _) => Ok(None),
        (Some(word), stages) => instrument.stage(word).map(Some).ok_or_else(|| {
            let known: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
            let word: String = word.chars().take(40).collect();
            InputError::at("stage", format!("unknown stage {word:?}: {} has {}", instrument.id, known.join(", ")))
        }),
    }
}

/// The verdict on rules of one id that each apply at some stages, while the stage is not said: each with its stages.
fn at_some_stage(rules: &[&Rule], scene: &Scene<'_>) -> Option<Verdict> {
    let rules: Vec<&Rule> = rules.iter().copied().filter(|rule| !applies(rule, scene).is_no()).collect();
    let first = rules.first()?;
    let facts = vec![Fact::proposal(Field::Stage)];
    let mut finding = Finding::unknown(Text::default(), facts);
    let mut text = Text::default();
    for rule in &rules {
        let of_rule = scene.instrument.stage.iter().filter(|stage| rule.stages.contains(&stage.id));
        let names: Vec<Text> = of_rule.map(|stage| stage.name.clone()).collect();
        let stages = Text::new(
            names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join("; "),
            names.iter().map(|name| name.fr.as_str()).collect::<Vec<_>>().join(" ; "),
        );
        let statement = rule.require.predicate().statement(scene.words);
        text = text.then(&headed(&format!("Required ({})", stages.en), &format!("Exigé ({})", stages.fr), &statement));
    }
    if let Some(missing) = &finding.missing {
        text = text.then(&missing.text);
    }
    finding.text = text;
    let severity = rules.iter().map(|rule| rule.severity).min().unwrap_or(first.severity);
    let presumed = !rules.iter().any(|rule| rule.waits_for_facts());
    let verified = rules.iter().all(|rule| rule.verified);
    Some(Verdict { severity, verified, presumed, ..verdict(first, finding) })
}

fn judge(rule: &Rule, scene: &Scene<'_>) -> Option<Verdict> {
    let applies = applies(rule, scene);
    if applies.is_no() {
        return None;
    }
    let predicate = rule.require.predicate();
    let finding = match (predicate.check(scene), applies) {
        // Whether the rule applies is open: that matters only if it is not met.
        (finding, Answer::Unknown(facts)) if finding.status != Status::Met => {
            Finding::unknown(predicate.statement(scene.words), facts)
        }
        (finding, _) => finding,
    };
    Some(verdict(rule, finding))
}

/// A finding as the verdict on its rule.
fn verdict(rule: &Rule, finding: Finding) -> Verdict {
    let text = match (&rule.text, finding.status) {
        (Some(own), Status::NotMet) => finding.text.then(own),
        _ => finding.text,
    };
    Verdict {
        rule: rule.id.clone(),
        status: finding.status,
        severity: rule.severity,
        missing: finding.missing.map(|mut missing| {
            missing.text = missing.text.typeset();
            missing
        }),
        text: text.typeset(),
        source: rule.source(),
        verified: rule.verified,
        presumed: finding.status == Status::Unknown && !rule.waits_for_facts(),
        fixes: finding
            .fixes
            .into_iter()
            .map(|mut fix| {
                fix.text = fix.text.typeset();
                fix
            })
            .collect(),
    }
}

/// Whether the conditions of a rule hold.
fn applies(rule: &Rule, scene: &Scene<'_>) -> Answer {
    let size = scene.in_scope(Scope::Beneficiaries).len();
    let sized = rule.when.entities_at_least.is_none_or(|least| size >= least)
        && rule.when.entities_at_most.is_none_or(|most| size <= most);
    let included = rule.when.includes.as_deref().map_or(Answer::Yes, |group| {
        let members = scene.members(Some(group), Scope::Beneficiaries);
        match (members.certain.is_empty(), members.possible.is_empty()) {
            (false, _) => Answer::Yes,
            (true, true) => Answer::No,
            (true, false) => Answer::Unknown(members.facts()),
        }
    });
    Answer::from(sized).and(included)
}

/// A verdict when the instrument takes no applications on that day. The rules are still read: they show what held then.
fn closed(instrument: &Instrument, date: Date) -> Option<Verdict> {
    if instrument.is_open_on(date) {
        return None;
    }
    let end = |end: Option<Date>| end.map_or(Text::same("…"), |end| Text::new(end.english(), end.french()));
    let (from, to) = (end(instrument.valid_from), end(instrument.valid_to));
    let text = Text::new(
        format!(
            "{} takes no applications on {}: it runs from {} to {}.",
            instrument.name.en,
            date.english(),
            from.en,
            to.en
        ),
        format!(
            "{} : pas de dépôt possible le {} ; période : {} – {}.",
            instrument.name.fr,
            date.french(),
            from.fr,
            to.fr
        ),
    );
    let missing = Text::new("Another date or another instrument.", "Une autre date ou un autre instrument.");
    let (source, verified) = instrument
        .rules
        .first()
        .map_or((Source { reference: Text::same(instrument.id.clone()), date }, false), |rule| (rule.source(), false));
    Some(Verdict {
        rule: OPEN.into(),
        status: Status::NotMet,
        severity: Severity::Weak,
        missing: Some(crate::verdict::Missing { quantity: None, facts: Vec::new(), text: missing }),
        text: text.typeset(),
        source,
        verified,
        presumed: false,
        fixes: Vec::new(),
    })
}
