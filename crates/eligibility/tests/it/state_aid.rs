//! Ceilings of public aid, and the aid of partners against them.

use eligibility::{
    AidCategory, AidFacts, AidLine, AidVerdict, Answer, Consortium, Entity, Field, Kind, Library, Percent, PublicAid,
    SizeClass, SmeClaim, Status, aid_row, aid_verdicts, collaborates,
};
use proptest::prelude::*;

const LARGE: SizeClass = SizeClass::Large;

fn library() -> &'static Library {
    Library::embedded()
}

fn percent(category: AidCategory, size: SizeClass, together: bool, dissemination: bool) -> (Percent, bool) {
    let day = "2025-01-01".parse().expect("a date");
    let ceiling = aid_row(library().sets(), category, day).expect("a row").ceiling(size, together, dissemination);
    (ceiling.percent, ceiling.verified)
}

#[test]
fn ceilings_of_the_regulation() {
    use AidCategory::{
        ClusterInvestment, ClusterOperation, ExperimentalDevelopment, FeasibilityStudy, FundamentalResearch,
        IndustrialResearch,
    };
    let cases = [
        (FundamentalResearch, LARGE, false, 100),
        (FundamentalResearch, SizeClass::Small, true, 100),
        (IndustrialResearch, LARGE, false, 50),
        (IndustrialResearch, SizeClass::Medium, false, 60),
        (IndustrialResearch, SizeClass::Small, true, 80),
        (IndustrialResearch, SizeClass::Medium, true, 75),
        (ExperimentalDevelopment, LARGE, false, 25),
        (ExperimentalDevelopment, LARGE, true, 40),
        (ExperimentalDevelopment, SizeClass::Medium, true, 50),
        (ExperimentalDevelopment, SizeClass::Micro, true, 60),
        (FeasibilityStudy, LARGE, true, 50),
        (FeasibilityStudy, SizeClass::Small, true, 70),
        (ClusterInvestment, SizeClass::Small, true, 50),
        (ClusterOperation, LARGE, false, 50),
    ];
    for (category, size, together, expected) in cases {
        let found = percent(category, size, together, false).0;
        assert_eq!(found, Percent::whole(expected), "{category:?} {size:?} {together}");
    }
    assert!(percent(IndustrialResearch, LARGE, true, false).1);
    assert!(!percent(IndustrialResearch, SizeClass::Small, false, false).1);
    // Collaboration and dissemination do not add up, and where both are there the verified one is shown.
    assert_eq!(percent(ExperimentalDevelopment, LARGE, true, true), (Percent::whole(40), true));
    assert_eq!(percent(ExperimentalDevelopment, LARGE, false, true), (Percent::whole(40), false));
}

#[test]
fn the_regulation_holds_in_its_time() {
    let row = |day: &str| aid_row(library().sets(), AidCategory::IndustrialResearch, day.parse().expect("a date"));
    assert!(row("2014-06-30").is_none() && row("2014-07-01").is_some());
    assert!(row("2026-12-31").is_some() && row("2027-01-01").is_none());
}

fn consortium(parts: &[(&str, &str, Kind, Option<i64>)]) -> Consortium {
    let mut consortium = Consortium::new("any", "2025-01-01".parse().expect("a date"), None);
    for (id, country, kind, cost) in parts {
        let mut entity = Entity::new(*id, country.parse().expect("a country"), *kind);
        entity.cost_cents = *cost;
        consortium.entities.push(entity);
    }
    consortium
}

#[test]
fn collaboration_of_firms_or_with_research() {
    let rule = library().sets().collaboration().expect("a rule");
    let large = Kind::LargeCompany;
    let yes = [
        consortium(&[("a", "FR", large, Some(70)), ("b", "FR", Kind::Sme, Some(30))]),
        consortium(&[("a", "FR", large, Some(70)), ("b", "DE", large, Some(30))]),
        consortium(&[("a", "FR", large, Some(90)), ("u", "FR", Kind::University, Some(10))]),
    ];
    for consortium in &yes {
        assert_eq!(collaborates(rule, consortium), Answer::Yes);
    }
    let no = [
        consortium(&[("a", "FR", large, Some(71)), ("b", "FR", Kind::Sme, Some(29))]),
        consortium(&[("a", "FR", large, Some(70)), ("b", "FR", large, Some(30))]),
        consortium(&[("a", "FR", large, Some(91)), ("u", "FR", Kind::University, Some(9))]),
        consortium(&[("u", "FR", Kind::University, Some(9))]),
    ];
    for consortium in &no {
        assert_eq!(collaborates(rule, consortium), Answer::No);
    }
    let open = consortium(&[("a", "FR", large, Some(70)), ("b", "FR", Kind::Sme, None)]);
    assert!(matches!(collaborates(rule, &open), Answer::Unknown(_)));
}

fn line(entity: &str, category: AidCategory, cost_cents: i64, aid: &[i64]) -> AidLine {
    let of = |amount_cents: &i64| PublicAid { payer: "region".into(), amount_cents: *amount_cents };
    AidLine { entity: entity.into(), category, cost_cents, aid: aid.iter().map(of).collect() }
}

fn judged(consortium: &Consortium, lines: &[AidLine], facts: AidFacts) -> Vec<AidVerdict> {
    aid_verdicts(library(), consortium, lines, &facts).expect("sound lines")
}

const SAID: AidFacts = AidFacts { dissemination: Some(false), operation_years: None };

#[test]
fn aid_of_all_sources_adds_up_per_partner_and_category() {
    let alone = consortium(&[("a", "FR", Kind::LargeCompany, Some(100))]);
    let industrial = AidCategory::IndustrialResearch;
    let met = judged(&alone, &[line("a", industrial, 100, &[30, 20])], SAID);
    assert_eq!((met[0].status, met[0].aid_cents, met[0].at_most_cents), (Status::Met, 50, Some(50)));
    // A second line of the same category is added to the first; another category is not.
    let lines = [
        line("a", industrial, 100, &[30, 20]),
        line("a", industrial, 1, &[1]),
        line("a", AidCategory::ExperimentalDevelopment, 100, &[25]),
    ];
    let verdicts = judged(&alone, &lines, SAID);
    assert_eq!(verdicts.len(), 2);
    assert_eq!((verdicts[0].status, verdicts[0].cost_cents, verdicts[0].excess_cents), (Status::NotMet, 101, 1));
    assert_eq!(verdicts[1].status, Status::Met);
    assert_eq!(
        verdicts[0].text.en,
        "a, industrial research: public aid of €0.51 for costs of €1.01; at most 50% is allowed. That is €0.01 too much."
    );
}

#[test]
fn a_small_enterprise_in_collaboration_is_capped() {
    let mut pair = consortium(&[("a", "FR", Kind::Sme, Some(60)), ("u", "FR", Kind::University, Some(40))]);
    pair.entities[0].headcount = Some(10);
    pair.entities[0].turnover_cents = Some(1);
    let verdicts = judged(&pair, &[line("a", AidCategory::IndustrialResearch, 1000, &[801])], SAID);
    let terms: Vec<String> =
        verdicts[0].terms.iter().map(|term| format!("{} {}", term.text.en, term.percent)).collect();
    assert_eq!(terms, ["base 50", "small enterprise 20", "effective collaboration 15", "above the cap -5"]);
    assert_eq!((verdicts[0].status, verdicts[0].excess_cents), (Status::NotMet, 1));
    // What a university does on the project is no business: it may be paid whole, and no more.
    let paid = judged(&pair, &[line("u", AidCategory::IndustrialResearch, 1000, &[1000])], SAID);
    assert_eq!(paid[0].status, Status::Met);
    let overpaid = judged(&pair, &[line("u", AidCategory::IndustrialResearch, 1000, &[1001])], SAID);
    assert_eq!((overpaid[0].status, overpaid[0].excess_cents), (Status::NotMet, 1));
}

#[test]
fn bounds_decide_where_facts_are_missing() {
    // An SME by its own word may be small or medium: 50 + 10 is certain, 50 + 20 possible.
    let mut alone = consortium(&[("a", "FR", Kind::Sme, Some(60))]);
    alone.entities[0].sme = SmeClaim::Yes;
    let of = |aid: i64, facts: AidFacts| {
        let lines = [line("a", AidCategory::IndustrialResearch, 100, &[aid])];
        judged(&alone, &lines, facts).remove(0)
    };
    assert_eq!(of(60, SAID).status, Status::Met);
    let open = of(61, SAID);
    assert_eq!((open.status, open.missing[0].field), (Status::Unknown, Field::Headcount));
    assert_eq!(of(70, SAID).status, Status::Unknown);
    assert_eq!((of(71, SAID).status, of(71, SAID).excess_cents), (Status::NotMet, 1));
    // Wide dissemination might add 15.
    let open = of(80, AidFacts::default());
    assert_eq!(open.status, Status::Unknown);
    assert!(open.missing.iter().any(|fact| fact.field == Field::Dissemination));
    assert_eq!(of(81, AidFacts::default()).status, Status::NotMet);
}

#[test]
fn operation_of_a_cluster_is_aided_for_ten_years() {
    let cluster = consortium(&[("c", "FR", Kind::Cluster, Some(100))]);
    let of = |aid: i64, years: Option<u32>| {
        let lines = [line("c", AidCategory::ClusterOperation, 100, &[aid])];
        judged(&cluster, &lines, AidFacts { operation_years: years, ..SAID }).remove(0)
    };
    assert_eq!(of(50, Some(10)).status, Status::Met);
    assert_eq!(of(51, Some(10)).status, Status::NotMet);
    assert_eq!(of(50, Some(11)).status, Status::NotMet);
    assert_eq!((of(50, None).status, of(50, None).missing[0].field), (Status::Unknown, Field::OperationYears));
    assert!(of(50, Some(3)).note.is_some(), "open access is for a person to judge");
}

#[test]
fn lines_that_cannot_be_used_name_the_place() {
    let alone = consortium(&[("a", "FR", Kind::Sme, Some(60))]);
    let refused = |of: AidLine| match aid_verdicts(library(), &alone, &[of], &SAID) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("accepted"),
    };
    let industrial = AidCategory::IndustrialResearch;
    assert_eq!(
        refused(line("z", industrial, 1, &[])),
        "lines[0].entity: no entity has the id \"z\": name one that takes part"
    );
    assert_eq!(
        refused(line("a", industrial, -1, &[])),
        "lines[0].cost_cents: -1 is negative: an amount is zero or more euro cents"
    );
    assert_eq!(
        refused(line("a", industrial, 1, &[2, -3])),
        "lines[0].aid[1].amount_cents: -3 is negative: an amount is zero or more euro cents"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A cent less is never worse, and what is said to be too much is exactly too much.
    #[test]
    fn excess_is_exact(cost in 0_i64..1_000_000, aid in 0_i64..1_000_000, staff in 1_u32..400, together in any::<bool>()) {
        let mut team = consortium(&[("a", "FR", Kind::Other, Some(60)), ("u", "FR", Kind::University, Some(if together { 40 } else { 0 }))]);
        team.entities[0].sme = SmeClaim::FromFigures;
        team.entities[0].headcount = Some(staff);
        team.entities[0].turnover_cents = Some(1);
        team.entities[0].for_profit = Some(true);
        let of = |aid: i64| judged(&team, &[line("a", AidCategory::ExperimentalDevelopment, cost, &[aid])], SAID).remove(0);
        let verdict = of(aid);
        let most = verdict.at_most_cents.expect("a ceiling");
        prop_assert_eq!(verdict.status == Status::Met, aid <= most);
        prop_assert_eq!(verdict.excess_cents, (aid - most).max(0));
        prop_assert_eq!(of(most).status, Status::Met);
        prop_assert_eq!(of(most + 1).status, Status::NotMet);
        let sum: i64 = verdict.terms.iter().map(|term| term.percent.millionths()).sum();
        prop_assert_eq!(Some(sum), verdict.ceiling.map(|ceiling| ceiling.percent.millionths()));
    }
}
