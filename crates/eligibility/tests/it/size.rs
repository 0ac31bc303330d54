//! Size classes by Recommendation 2003/361.

use eligibility::{Entity, Holding, Kind, Ownership, Percent, SizeClass, SmeClaim, computed_class, is_sme};
use proptest::prelude::*;

fn firm(id: &str, staff: u32, turnover: i64, balance: i64, owners: &[(&str, &str)]) -> Entity {
    let mut entity = Entity::new(id, "FR".parse().expect("a country"), Kind::Other);
    entity.sme = SmeClaim::FromFigures;
    entity.headcount = Some(staff);
    entity.turnover_cents = Some(turnover * 100_000_000);
    entity.balance_cents = Some(balance * 100_000_000);
    let holding = |(owner, percent): &(&str, &str)| Holding {
        owner: (*owner).into(),
        percent: Percent::parse(percent).expect("a percentage"),
    };
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
    sub.owned_by = Some(vec![Holding { owner: "a".into(), percent: Percent::whole(30) }]);
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
}
