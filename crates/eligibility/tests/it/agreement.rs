//! Check and compile are readings of one value: on random consortia they agree.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use eligibility::{
    Compilation, Consortium, Constraint, Contribution, ContributionKind, Country, Date, Document, Entity, Form,
    Holding, Kind, Library, Percent, Role, Severity, Side, SmeClaim, Status, check, compile_pool,
};
use proptest::prelude::*;

/// A candidate; `sure` ones state everything that a rule may ask.
fn candidate(at: usize, sure: bool) -> impl Strategy<Value = Entity> {
    let country = proptest::sample::select(vec!["FR", "DE", "IT", "NO", "CH", "US", "CA", "PL", "MA"]);
    let kinds: Vec<Kind> = Kind::ALL.iter().map(|(kind, _)| *kind).collect();
    let role = prop_oneof![
        8 => Just(Role::Beneficiary), 1 => Just(Role::Affiliated), 1 => Just(Role::Associated), 1 => Just(Role::Subcontractor)
    ];
    let owner = prop_oneof![3 => Just(None), 1 => Just(Some("holding")), 1 => Just(Some("parent"))];
    (country, proptest::sample::select(kinds), role, owner, 1_i64..60, any::<[bool; 8]>(), 0_u16..=100).prop_map(
        move |(country, kind, role, owner, cost, flags, percent)| {
            let country: Country = country.parse().expect("a country");
            let country = if sure && country.code() == "MA" { "ES".parse().expect("a country") } else { country };
            let mut entity = Entity::new(format!("e{at}"), country, kind);
            let known = |flag: bool| sure || flag;
            entity.role = Some(role);
            entity.sme = if flags[0] && kind.is_company() { SmeClaim::Yes } else { SmeClaim::No };
            if !known(flags[1]) {
                entity.sme = SmeClaim::FromFigures;
            }
            entity.for_profit = Some(kind.is_company());
            entity.side = known(flags[2]).then_some(if flags[3] { Side::Industry } else { Side::Applicant });
            // A single missing cost lists a rule apart, so few are missing.
            entity.cost_cents = known(flags[4] || cost > 8).then_some(cost * 10_000_000);
            entity.requested_cents = known(flags[5]).then_some(if flags[6] { 0 } else { cost * 100_000 });
            entity.registrations =
                known(flags[5]).then(|| if flags[7] { vec!["RCS".into(), "ECCP".into()] } else { Vec::new() });
            entity.documents = known(flags[6]).then(|| vec![Document { kind: "gep".into(), date: None }]);
            entity.region = known(flags[7]).then(|| if flags[3] { "ITF4".into() } else { "FR10".into() });
            entity.headcount = Some(if flags[2] { 600 } else { 20 });
            entity.turnover_cents = sure.then_some(100);
            entity.members = sure.then_some(if flags[3] { 20 } else { 3 });
            // One step of ownership only: what a candidate that is not chosen owns would not be seen by the check.
            let held = owner.map(|owner| Holding::new(owner, Percent::whole(percent)));
            // Nor are the figures of a sister that is not chosen seen, so size is computed for those without owners.
            entity.owned_by = Some(held.into_iter().filter(|_| entity.sme != SmeClaim::FromFigures).collect());
            entity
        },
    )
}

fn pool(sure: bool) -> impl Strategy<Value = Vec<Entity>> {
    (1_usize..9).prop_flat_map(move |size| (0..size).map(|at| candidate(at, sure)).collect::<Vec<_>>())
}

/// Requirements in forms that the instruments do not use, so that these are held against each other too.
const OTHERS: &str = r#"id = "others"
name = { en = "Others", fr = "Autres" }
programme = "test"

[[stage]]
id = "single"
name = { en = "single", fr = "unique" }

[group.strong-sme]
one = { en = "SME with registration", fr = "PME inscrite" }
many = { en = "SMEs with registration", fr = "PME inscrites" }
sme = true
registered = ["RCS"]

[group.nobody]
one = { en = "participant in no register", fr = "participant d'aucun registre" }
many = { en = "participants in no register", fr = "participants d'aucun registre" }
marked = ["no such register"]
"#;

const OTHER_REQUIREMENTS: [&str; 15] = [
    r#"count = { who = "sme", at_most = 1 }"#,
    r#"count = { who = "strong-sme", at_least = 1, at_most = 2 }"#,
    r#"group_share = { who = "sme", at_least = 30, at_most = 80 }"#,
    r#"group_share = { who = "strong-sme", at_least = 20, subcontracting = "excluded" }"#,
    r#"group_share = { who = "strong-sme", at_most = 40 }"#,
    r#"entity_share = { who = "sme", at_most = 40 }"#,
    r#"entity_share = { who = "strong-sme", at_most = 50 }"#,
    r#"entity_amount = { who = "sme", at_least_eur = 1_000_000, at_most_eur = 4_000_000 }"#,
    r#"distinct_countries = { countries = "horizon-europe", at_least = 2, who = "sme" }"#,
    r#"independent_countries = { countries = "horizon-europe", at_least = 2, including = [{ countries = "member-state", at_least = 2 }], who = "firm" }"#,
    r#"independent = { who = "strong-sme" }"#,
    r#"every = { who = "sme", are = "strong-sme" }"#,
    r#"registered = { who = "sme", registers = ["RCS"] }"#,
    r#"any_of = [{ count = { who = "sme", at_least = 2 } }, { count = { who = "nobody", at_least = 1 } }]"#,
    r#"total = { at_least_eur = 2_000_000, at_most_eur = 9_000_000 }"#,
];

fn others() -> &'static Library {
    static OTHERS_LIBRARY: OnceLock<Library> = OnceLock::new();
    OTHERS_LIBRARY.get_or_init(|| {
        let rules = OTHER_REQUIREMENTS.iter().enumerate().map(|(at, require)| {
            let when = if at % 3 == 0 { "when = { entities_at_least = 2, includes = \"strong-sme\" }\n" } else { "" };
            format!(
                "\n[[rule]]\nid = \"r{at}\"\nseverity = \"ineligible\"\nsource = \"test\"\nsource_date = \"2026-11-21\"\nverified = false\n{when}require = {{ {require} }}\n"
            )
        });
        let text = format!("{OTHERS}{}", rules.collect::<String>());
        Library::from_files([("others.toml", text.as_str())]).expect("a sound instrument")
    })
}

/// Instruments with a day on which they are open, and each of their stages; a third of them the others.
fn readings() -> &'static [(&'static Library, String, Date, String)] {
    static READINGS: OnceLock<Vec<(&'static Library, String, Date, String)>> = OnceLock::new();
    READINGS.get_or_init(|| {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        let mut readings = Vec::new();
        for instrument in Library::embedded().instruments() {
            let days = [day("2025-06-01"), day("2018-06-01"), day("2020-06-01")];
            let date = days.into_iter().find(|day| instrument.is_open_on(*day)).expect("an open day");
            for stage in &instrument.stage {
                readings.push((Library::embedded(), instrument.id.clone(), date, stage.id.clone()));
            }
        }
        let more = readings.len() / 2;
        readings.extend((0..more).map(|_| (others(), "others".to_owned(), day("2026-06-01"), "single".to_owned())));
        readings
    })
}

/// The chosen candidates as a consortium; where one of them may lead, it does.
fn chosen_as_consortium(pool: &Consortium, chosen: &[bool], compiled: &Compilation) -> Consortium {
    let mut consortium = pool.clone();
    let leaders = compiled.constraints.iter().find_map(|constraint| match &constraint.form {
        Form::CoordinatorAmong { members } => Some(members.clone()),
        _ => None,
    });
    let leader = leaders.into_iter().flatten().find(|at| chosen[*at]);
    consortium.entities = (0..chosen.len())
        .filter(|at| chosen[*at])
        .map(|at| {
            let mut entity = pool.entities[at].clone();
            if Some(at) == leader {
                entity.role = Some(Role::Coordinator);
            }
            entity
        })
        .collect();
    let ids: Vec<String> = consortium.entities.iter().map(|entity| entity.id.clone()).collect();
    if let Some(ledger) = &mut consortium.contributions {
        ledger.retain(|line| ids.contains(&line.payer));
    }
    consortium
}

fn agree(
    candidates: Vec<Entity>,
    chosen: &[bool],
    which: usize,
    contributed: i64,
    sure: bool,
) -> Result<(), TestCaseError> {
    let mut chosen: Vec<bool> = (0..candidates.len()).map(|at| chosen[at]).collect();
    if !chosen.contains(&true) {
        chosen[0] = true;
    }
    let readings = readings();
    let (library, id, date, stage) = readings[which % readings.len()].clone();
    let instrument = library.instrument(&id).expect("a known instrument");
    let mut pool = Consortium::new(id.clone(), date, Some(stage));
    pool.contributions = Some(
        candidates
            .iter()
            .enumerate()
            .map(|(at, entity)| Contribution {
                payer: entity.id.clone(),
                kind: if at % 2 == 0 { ContributionKind::Ikop } else { ContributionKind::Ikaa },
                amount_cents: contributed * 1_000_000,
            })
            .collect(),
    );
    pool.entities = candidates;
    let compiled = compile_pool(library, instrument, &pool).expect("a sound pool");
    let consortium = chosen_as_consortium(&pool, &chosen, &compiled);
    let report = check(library, &consortium).expect("a sound consortium");
    let mut by_rule: BTreeMap<&str, Vec<&Constraint>> = BTreeMap::new();
    for constraint in &compiled.constraints {
        by_rule.entry(&constraint.rule).or_default().push(constraint);
    }
    for (rule, constraints) in by_rule {
        let verdict = report.verdict(rule);
        let kept = constraints.iter().all(|constraint| constraint.holds(&chosen));
        if kept {
            let status = verdict.map(|verdict| verdict.status);
            prop_assert_ne!(status, Some(Status::NotMet), "{}: {} is kept, but {:?}", id, rule, verdict);
            // Of nothing there are no shares: only then may a pool whose facts are all stated be unknown.
            let bearing = consortium.entities.iter().filter(|entity| entity.role().bears_costs());
            let bears = bearing.filter_map(|entity| entity.requested_cents).sum::<i64>() > 0;
            // Facts that are missing make a constraint stronger, never laxer: whoever keeps it is certainly within the rule.
            let bears_costs = consortium.entities.iter().any(|entity| entity.role().bears_costs());
            if (sure && bears) || (id == "others" && bears_costs) {
                prop_assert_ne!(status, Some(Status::Unknown), "{}: {} is kept, but {:?}", id, rule, verdict);
            }
        }
        if verdict.is_some_and(|verdict| verdict.status == Status::Met) {
            for constraint in constraints.iter().filter(|constraint| !constraint.stronger) {
                prop_assert!(constraint.holds(&chosen), "{}: {} is met, but {:?} does not hold", id, rule, constraint);
            }
        }
    }
    // Each rule that matters is a constraint or listed apart, or holds whoever is chosen.
    for undecided in &compiled.undecided {
        prop_assert!(undecided.severity != Severity::Advice);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_all_facts(candidates in pool(true), chosen in any::<[bool; 9]>(), which in any::<usize>(), contributed in 0_i64..60) {
        agree(candidates, &chosen, which, contributed, true)?;
    }

    #[test]
    fn with_facts_missing(candidates in pool(false), chosen in any::<[bool; 9]>(), which in any::<usize>(), contributed in 0_i64..60) {
        agree(candidates, &chosen, which, contributed, false)?;
    }
}
