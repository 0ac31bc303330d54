//! From a budget to the grant.

use eligibility::{Budget, BudgetLine, Consortium, CostCategory, Field, Grant, GrantStep, Library, check, grants};
use proptest::prelude::*;

fn team(instrument: &str, entities: &str) -> Consortium {
    let text = format!(
        r#"{{"instrument": "{instrument}", "date": "2025-06-01", "stage": "single", "entities": [{entities}]}}"#
    );
    Consortium::from_json(&text).expect("a sound consortium").consortium
}

fn line(entity: &str, category: CostCategory, cents: i64) -> BudgetLine {
    BudgetLine { entity: entity.into(), category, cents }
}

fn read(consortium: &Consortium, lines: &[BudgetLine]) -> Budget {
    let library = Library::embedded();
    let instrument = library.instrument(&consortium.instrument).expect("a known instrument");
    grants(library, instrument, consortium, lines).expect("a sound budget")
}

fn steps(grant: &Grant) -> Vec<(GrantStep, i64)> {
    grant.terms.iter().map(|term| (term.step, term.cents)).collect()
}

const PAIR: &str = r#"{"id": "s", "country": "FR", "kind": "sme"}, {"id": "u", "country": "DE", "kind": "university"}"#;

#[test]
fn an_innovation_action_term_by_term() {
    let team = team("horizon-europe-ia", PAIR);
    let lines = [
        line("s", CostCategory::Personnel, 20_000_000),
        line("s", CostCategory::Travel, 4_000_000),
        line("s", CostCategory::Subcontracting, 10_000_000),
        line("u", CostCategory::Personnel, 32_000_000),
        // Planned indirect costs do not count where there is a flat rate.
        line("u", CostCategory::Indirect, 99_000_000),
    ];
    let budget = read(&team, &lines);
    assert_eq!(
        steps(&budget.grants[0]),
        [
            (GrantStep::Direct, 24_000_000),
            (GrantStep::Subcontracting, 10_000_000),
            (GrantStep::Indirect, 6_000_000),
            (GrantStep::Eligible, 40_000_000),
            (GrantStep::Rate, 28_000_000),
        ]
    );
    assert_eq!(budget.grants[1].grant_cents, Some(40_000_000));
    assert_eq!((budget.cost_cents, budget.grant_cents, budget.complete), (80_000_000, 68_000_000, true));
    let rate = budget.grants[0].terms.last().expect("terms");
    assert!(rate.verified && rate.source.is_some() && rate.percent.is_some());
}

#[test]
fn a_bound_for_one_participant_is_a_term_of_its_own() {
    let team = team(
        "eurostars-3",
        r#"{"id": "l", "country": "FR", "kind": "university"}, {"id": "a", "country": "SE", "kind": "sme"}"#,
    );
    let budget = read(&team, &[line("l", CostCategory::Personnel, 40_000_000)]);
    let last = budget.grants[0].terms.last().expect("terms");
    assert_eq!((last.step, last.cents), (GrantStep::Bound, 10_000_000));
    assert!(budget.grants[0].ceiling && !last.verified);
    // Sweden's rate is not kept here.
    assert_eq!((budget.grants[1].grant_cents, budget.complete), (None, false));
    assert_eq!(budget.grants[1].missing[0].field, Field::FundingRate);
}

#[test]
fn the_most_for_a_project_is_compared() {
    let team = team("eic-accelerator", r#"{"id": "a", "country": "FR", "kind": "sme"}"#);
    let budget = read(&team, &[line("a", CostCategory::Personnel, 400_000_000)]);
    assert_eq!((budget.grant_cents, budget.at_most_cents), (280_000_000, Some(250_000_000)));
    assert_eq!(budget.excess_cents, 30_000_000);
}

#[test]
fn without_a_flat_rate_planned_indirect_costs_count() {
    let team = team("i-demo", r#"{"id": "a", "country": "FR", "kind": "sme"}"#);
    let budget = read(&team, &[line("a", CostCategory::Personnel, 100), line("a", CostCategory::Indirect, 30)]);
    assert_eq!((budget.grants[0].cost_cents, budget.grants[0].grant_cents), (130, Some(104)));
}

#[test]
fn who_pursues_profit_must_be_known() {
    let team = team("horizon-europe-ia", r#"{"id": "o", "country": "FR", "kind": "other"}"#);
    let budget = read(&team, &[line("o", CostCategory::Personnel, 100)]);
    assert_eq!(budget.grants[0].grant_cents, None);
    assert_eq!(budget.grants[0].missing[0].field, Field::ForProfit);
}

#[test]
fn subcontractors_and_associated_partners_get_nothing() {
    let team = team(
        "horizon-europe-ria",
        r#"{"id": "a", "country": "FR", "kind": "university"}, {"id": "x", "country": "FR", "kind": "sme", "role": "subcontractor"}"#,
    );
    assert_eq!(read(&team, &[line("x", CostCategory::Personnel, 100)]).grants.len(), 1);
}

#[test]
fn lines_that_cannot_be_used_name_the_place() {
    let team = team("horizon-europe-ia", PAIR);
    let library = Library::embedded();
    let instrument = library.instrument("horizon-europe-ia").expect("a known instrument");
    let refused = |of: BudgetLine| match grants(library, instrument, &team, &[of]) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("accepted"),
    };
    assert_eq!(
        refused(line("z", CostCategory::Travel, 1)),
        "lines[0].entity: no entity has the id \"z\": name one that takes part"
    );
    assert_eq!(
        refused(line("s", CostCategory::Travel, -1)),
        "lines[0].cents: -1 is negative: an amount is zero or more euro cents"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// The grant is what `check` gives for the same eligible costs, and lines may be split at will.
    #[test]
    fn the_grant_is_that_of_the_check(personnel in 0_i64..1_000_000_000, travel in 0_i64..1_000_000, sub in 0_i64..1_000_000_000) {
        let mut team = team("horizon-europe-ia", PAIR);
        let of = |parts: &[i64]| {
            let mut lines: Vec<BudgetLine> = parts.iter().map(|part| line("s", CostCategory::Personnel, *part)).collect();
            lines.push(line("s", CostCategory::Travel, travel));
            lines.push(line("s", CostCategory::Subcontracting, sub));
            lines
        };
        let budget = read(&team, &of(&[personnel]));
        let split = read(&team, &of(&[personnel / 3, personnel - personnel / 3]));
        prop_assert_eq!(budget.grant_cents, split.grant_cents);
        let grant = &budget.grants[0];
        prop_assert_eq!(grant.indirect_cents, (personnel + travel) / 4);
        prop_assert_eq!(grant.cost_cents, personnel + travel + sub + grant.indirect_cents);
        team.entities[0].cost_cents = Some(grant.cost_cents);
        let report = check(Library::embedded(), &team).expect("a report");
        let funding = report.funding.iter().find(|funding| funding.entity == "s").expect("a grant");
        prop_assert_eq!(funding.grant_cents, grant.grant_cents);
    }
}
