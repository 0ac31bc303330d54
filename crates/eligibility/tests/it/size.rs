//! Size classes by Recommendation 2003/361.

use eligibility::{
    Autonomy, Entity, Field, Figures, Holding, Investor, Kind, Ownership, Percent, Relation, SizeClass, SmeClaim,
    YearFigures, computed_class, is_sme, size_status,
};
use proptest::prelude::*;

fn firm(id: &str, staff: u32, turnover: i64, balance: i64, owners: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, "FR".parse().expect("a country"), Kind::Other);
    entity.sme = SmeClaim::FromFigures;
    entity.headcount = Some(staff);
    entity.turnover_cents = Some(turnover * 100_000_000);
    entity.balance_cents = Some(balance * 100_000_000);
    let holding =
        |(owner, percent): &(&str, &str)| Holding::new(*owner, Percent::parse(percent).expect("a percentage"));
    entity.owned_by = Some(owners.iter().map(holding).collect());
    entity
}

fn class(entities: &[Entity]) -> Option<SizeClass> {
    computed_class(entities, &Ownership::of(entities), 0)
}

#[test]
fn the_borders_of_each_class() {
    let cases = [
        (9, 2, 99, SizeClass::Micro),
        (9, 3, 2, SizeClass::Micro),
        (10, 1, 1, SizeClass::Small),
        (9, 3, 3, SizeClass::Small),
        (49, 10, 99, SizeClass::Small),
        (50, 1, 1, SizeClass::Medium),
        (249, 50, 99, SizeClass::Medium),
        (249, 99, 43, SizeClass::Medium),
        (249, 51, 44, SizeClass::Large),
        (250, 0, 0, SizeClass::Large),
    ];
    for (staff, turnover, balance, expected) in cases {
        assert_eq!(class(&[firm("a", staff, turnover, balance, &[])]), Some(expected), "{staff} {turnover} {balance}");
    }
}

#[test]
fn linked_count_whole_and_partners_in_part() {
    let parent = || firm("p", 400, 0, 0, &[]);
    assert_eq!(class(&[firm("a", 10, 0, 0, &[("p", "24.99")]), parent()]), Some(SizeClass::Small));
    // 25 % of 400 staff are 100.
    assert_eq!(class(&[firm("a", 10, 0, 0, &[("p", "25")]), parent()]), Some(SizeClass::Medium));
    // 50 % of 400 are 200, 210 with its own: still medium; one staff more than 49 would not matter.
    assert_eq!(class(&[firm("a", 49, 0, 0, &[("p", "50")]), parent()]), Some(SizeClass::Medium));
    assert_eq!(class(&[firm("a", 50, 0, 0, &[("p", "50")]), parent()]), Some(SizeClass::Large));
    assert_eq!(class(&[firm("a", 10, 0, 0, &[("p", "50.000001")]), parent()]), Some(SizeClass::Large));
}

#[test]
fn what_an_enterprise_owns_counts_too() {
    let mut sub = firm("s", 300, 0, 0, &[("a", "60")]);
    assert_eq!(class(&[firm("a", 10, 0, 0, &[]), sub.clone()]), Some(SizeClass::Large));
    sub.owned_by = Some(vec![Holding::new("a", Percent::whole(30))]);
    assert_eq!(class(&[firm("a", 10, 0, 0, &[]), sub]), Some(SizeClass::Medium));
}

#[test]
fn missing_figures_leave_it_open_unless_the_rest_decides() {
    let mut open = firm("a", 10, 0, 0, &[]);
    open.turnover_cents = None;
    open.balance_cents = None;
    assert_eq!(class(std::slice::from_ref(&open)), None);
    open.headcount = Some(300);
    assert_eq!(class(std::slice::from_ref(&open)), Some(SizeClass::Large));
    open.headcount = Some(100);
    open.turnover_cents = Some(1);
    assert_eq!(class(&[open]), Some(SizeClass::Medium));
}

#[test]
fn circles_of_any_length_end() {
    let names: Vec<String> = (0..50).map(|at| format!("e{at}")).collect();
    let circle: Vec<Entity> = (0..50).map(|at| firm(&names[at], 1, 0, 0, &[(&names[(at + 1) % 50], "100")])).collect();
    // Fifty enterprises of one member of staff each are one of fifty.
    assert_eq!(class(&circle), Some(SizeClass::Medium));
    assert!(Ownership::of(&circle).linked(0, 25));
}

/// An enterprise with staff year by year, and little money.
fn over_years(staff: &[(u16, u32)]) -> Entity {
    let mut entity = firm("a", 0, 0, 0, &[]);
    let of = |(year, staff): &(u16, u32)| YearFigures {
        year: *year,
        figures: Figures { headcount: Some(*staff), turnover_cents: Some(1), balance_cents: Some(1) },
    };
    entity.figures = Some(staff.iter().map(of).collect());
    entity
}

/// Staff by year, and the class that follows.
type Case = (&'static [(u16, u32)], Option<SizeClass>);

#[test]
fn a_change_takes_two_years_in_a_row() {
    let cases: [Case; 10] = [
        (&[(2024, 240)], Some(SizeClass::Medium)),
        // Exceeded once: it keeps its status; exceeded twice: it loses it.
        (&[(2023, 240), (2024, 260)], Some(SizeClass::Medium)),
        (&[(2022, 240), (2023, 260), (2024, 270)], Some(SizeClass::Large)),
        (&[(2022, 240), (2023, 260), (2024, 240), (2025, 260)], Some(SizeClass::Medium)),
        // The same on the way down.
        (&[(2023, 260), (2024, 240)], Some(SizeClass::Large)),
        (&[(2022, 260), (2023, 240), (2024, 30)], Some(SizeClass::Medium)),
        // Two years above, by different steps: only the smaller one was exceeded twice.
        (&[(2022, 30), (2023, 100), (2024, 300)], Some(SizeClass::Medium)),
        // Above, then below: neither twice.
        (&[(2022, 100), (2023, 300), (2024, 20)], Some(SizeClass::Medium)),
        // A year is missing between two that differ.
        (&[(2022, 240), (2024, 260)], None),
        (&[(2022, 240), (2024, 230)], Some(SizeClass::Medium)),
    ];
    for (staff, expected) in cases {
        assert_eq!(class(&[over_years(staff)]), expected, "{staff:?}");
    }
    // The order in which years are stated does not matter.
    assert_eq!(class(&[over_years(&[(2024, 270), (2022, 240), (2023, 260)])]), Some(SizeClass::Large));
}

#[test]
fn years_after_the_day_are_left_aside() {
    let entities = [over_years(&[(2023, 240), (2024, 260), (2025, 260)])];
    let on = |day: &str| size_status(&entities, 0, Some(day.parse().expect("a day"))).expect("an entity");
    assert_eq!(on("2024-06-01").class, Some(SizeClass::Medium));
    assert!(on("2024-06-01").held_by_two_years);
    assert_eq!(on("2025-06-01").class, Some(SizeClass::Large));
    assert!(!on("2025-06-01").held_by_two_years);
}

#[test]
fn investors_may_hold_up_to_half() {
    let owned = |percent: u16, investor: Option<Investor>| {
        let mut entity = firm("a", 10, 0, 0, &[]);
        entity.owned_by = Some(vec![Holding { investor, ..Holding::new("fund", Percent::whole(percent)) }]);
        [entity, firm("fund", 900, 0, 0, &[])]
    };
    for (investor, _) in Investor::ALL {
        assert_eq!(class(&owned(50, Some(investor))), Some(SizeClass::Small), "{investor:?}");
        assert_eq!(class(&owned(51, Some(investor))), Some(SizeClass::Large), "{investor:?}");
    }
    assert_eq!(class(&owned(50, None)), Some(SizeClass::Large));
    // The figures of an exempt owner outside are not asked for.
    let alone = &owned(40, Some(Investor::VentureCapital))[..1];
    let status = size_status(alone, 0, None).expect("an entity");
    assert_eq!((status.class, status.autonomy), (Some(SizeClass::Small), Autonomy::Autonomous));
    assert_eq!(status.years[0].terms[1].relation, Relation::Exempt);
}

#[test]
fn a_quarter_in_public_hands_rules_it_out() {
    let with = |first: u16, second: u16| {
        let mut entity = firm("a", 10, 0, 0, &[]);
        entity.owned_by =
            Some(vec![Holding::new("city", Percent::whole(first)), Holding::new("state", Percent::whole(second))]);
        let mut city = firm("city", 1, 0, 0, &[]);
        city.kind = Kind::PublicAuthority;
        let mut state = firm("state", 1, 0, 0, &[]);
        state.kind = Kind::PublicAuthority;
        [entity, city, state]
    };
    assert!(is_sme(&with(12, 12), &Ownership::of(&with(12, 12)), 0).is_yes());
    assert!(is_sme(&with(13, 12), &Ownership::of(&with(13, 12)), 0).is_no());
    let status = size_status(&with(13, 12), 0, None).expect("an entity");
    assert_eq!((status.sme, status.public_percent), (Some(false), Percent::whole(25)));
}

#[test]
fn the_page_sees_every_term() {
    let entities = [
        firm("a", 10, 3, 2, &[("p", "40"), ("m", "60")]),
        firm("p", 101, 5, 4, &[]),
        firm("m", 20, 1, 1, &[]),
        firm("s", 7, 1, 1, &[("p", "80")]),
    ];
    let status = size_status(&entities, 0, None).expect("an entity");
    let year = &status.years[0];
    let terms: Vec<(&str, Relation, String)> =
        year.terms.iter().map(|term| (term.entity.as_str(), term.relation, term.percent.to_string())).collect();
    assert_eq!(
        terms,
        [
            ("a", Relation::Own, "100".to_owned()),
            ("m", Relation::Linked, "100".to_owned()),
            ("p", Relation::Partner, "40".to_owned()),
            ("s", Relation::LinkedToPartner, "40".to_owned()),
        ]
    );
    // 10 + 20 + 40 % of 108.
    assert_eq!((year.staff_hundredths.at_least, year.staff_hundredths.complete), (7320, true));
    assert_eq!(year.turnover_cents.at_least, 640_000_000);
    assert_eq!((status.class, status.autonomy), (Some(SizeClass::Medium), Autonomy::Linked));
    assert!(status.missing.is_empty() && !status.verified);
}

#[test]
fn what_is_missing_is_named_with_whom() {
    let mut entities = [firm("a", 100, 0, 0, &[("x", "30"), ("p", "30")]), firm("p", 10, 0, 0, &[])];
    entities[1].headcount = None;
    let status = size_status(&entities, 0, None).expect("an entity");
    let missing: Vec<(Option<&str>, Field)> =
        status.missing.iter().map(|fact| (fact.entity.as_deref(), fact.field)).collect();
    assert_eq!(missing, [(Some("p"), Field::Headcount), (Some("x"), Field::OwnersFigures)]);
    assert_eq!((status.class, status.sme, status.small_mid_cap), (None, None, None));
    let gap = size_status(&[over_years(&[(2021, 240), (2024, 260)])], 0, None).expect("an entity");
    assert_eq!(gap.missing.iter().map(|fact| fact.field).collect::<Vec<_>>(), [Field::EarlierFigures]);
}

#[test]
fn mid_caps_small_and_french() {
    let of = |staff: u32, turnover: i64, balance: i64| {
        let status = size_status(&[firm("a", staff, turnover, balance, &[])], 0, None).expect("an entity");
        (status.small_mid_cap, status.mid_cap)
    };
    assert_eq!(of(249, 50, 43), (Some(false), Some(false)));
    assert_eq!(of(250, 50, 43), (Some(true), Some(true)));
    assert_eq!(of(499, 60, 60), (Some(true), Some(true)));
    assert_eq!(of(500, 60, 60), (Some(false), Some(true)));
    assert_eq!(of(4999, 1499, 9999), (Some(false), Some(true)));
    assert_eq!(of(4999, 1500, 1999), (Some(false), Some(true)));
    assert_eq!(of(4999, 1500, 2000), (Some(false), Some(false)));
    assert_eq!(of(5000, 1, 1), (Some(false), Some(false)));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Adding an owner never makes an enterprise smaller.
    #[test]
    fn owners_never_make_it_smaller(staff in 0_u32..400, other in 0_u32..400, percent in 0_u16..=100) {
        let alone = class(&[firm("a", staff, 1, 1, &[])]).expect("all figures are known");
        let owned = class(&[firm("a", staff, 1, 1, &[("p", &percent.to_string())]), firm("p", other, 1, 1, &[])]).expect("all figures are known");
        prop_assert!(owned >= alone);
    }

    /// What is stated wins over figures.
    #[test]
    fn a_statement_wins(staff in 0_u32..1000, yes in any::<bool>()) {
        let mut entity = firm("a", staff, 1, 1, &[]);
        entity.sme = if yes { SmeClaim::Yes } else { SmeClaim::No };
        let entities = [entity];
        prop_assert_eq!(is_sme(&entities, &Ownership::of(&entities), 0).is_yes(), yes);
    }

    /// One more year that says the same never changes the status, and a class is never one that no year has shown.
    #[test]
    fn years_change_the_status_one_step_at_a_time(staff in proptest::collection::vec(0_u32..400, 1..7)) {
        let years: Vec<(u16, u32)> = staff.iter().enumerate().map(|(at, staff)| (2015 + at as u16, *staff)).collect();
        let alone: Vec<SizeClass> = years.iter().filter_map(|year| class(&[over_years(&[*year])])).collect();
        let status = class(&[over_years(&years)]).expect("all figures are known");
        prop_assert!(alone.contains(&status));
        // The status is that of an earlier stretch, or both of the last two years lie beyond it on the same side.
        if let [.., before, last] = alone.as_slice() {
            let earlier = class(&[over_years(&years[..years.len() - 1])]).expect("all figures are known");
            if status != earlier {
                prop_assert!((*before > earlier && *last > earlier && status == *before.min(last))
                    || (*before < earlier && *last < earlier && status == *before.max(last)));
            }
        }
    }

    /// The totals that a page shows are the sums of the terms it shows.
    #[test]
    fn terms_add_up(own in 0_u32..1000, part in 0_u32..1000, percent in 25_u16..=50, money in 0_i64..100) {
        let entities = [firm("a", own, money, 0, &[("p", &percent.to_string())]), firm("p", part, money, 0, &[])];
        let status = size_status(&entities, 0, None).expect("an entity");
        let year = &status.years[0];
        let sum: i64 = year.terms.iter().map(|term| i64::from(term.headcount.unwrap_or(0)) * term.percent.millionths()).sum();
        prop_assert_eq!(year.staff_hundredths.at_least, sum / 1_000_000);
        prop_assert_eq!(status.class, class(&entities));
    }
}
