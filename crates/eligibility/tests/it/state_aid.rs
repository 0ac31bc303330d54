//! Ceilings of aid to research and development.

use eligibility::state_aid::{Research, ceiling, collaborates};
use eligibility::{Answer, Consortium, Entity, Kind, Percent, SizeClass};

#[test]
fn ceilings_of_the_regulation() {
    let cases = [
        (Research::Fundamental, SizeClass::Large, false, 100),
        (Research::Fundamental, SizeClass::Small, true, 100),
        (Research::Industrial, SizeClass::Large, false, 50),
        (Research::Industrial, SizeClass::Medium, false, 60),
        (Research::Industrial, SizeClass::Small, true, 80),
        (Research::Industrial, SizeClass::Medium, true, 75),
        (Research::ExperimentalDevelopment, SizeClass::Large, false, 25),
        (Research::ExperimentalDevelopment, SizeClass::Large, true, 40),
        (Research::ExperimentalDevelopment, SizeClass::Micro, true, 60),
        (Research::Feasibility, SizeClass::Large, true, 50),
        (Research::Feasibility, SizeClass::Small, true, 70),
    ];
    for (research, size, together, percent) in cases {
        assert_eq!(
            ceiling(research, size, together).percent,
            Percent::whole(percent),
            "{research:?} {size:?} {together}"
        );
    }
    assert!(ceiling(Research::Industrial, SizeClass::Large, true).verified);
    assert!(!ceiling(Research::Industrial, SizeClass::Small, false).verified);
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
    let large = Kind::LargeCompany;
    let yes = [
        consortium(&[("a", "FR", large, Some(70)), ("b", "FR", Kind::Sme, Some(30))]),
        consortium(&[("a", "FR", large, Some(70)), ("b", "DE", large, Some(30))]),
        consortium(&[("a", "FR", large, Some(90)), ("u", "FR", Kind::University, Some(10))]),
    ];
    for consortium in &yes {
        assert_eq!(collaborates(consortium), Answer::Yes);
    }
    let no = [
        consortium(&[("a", "FR", large, Some(71)), ("b", "FR", Kind::Sme, Some(29))]),
        consortium(&[("a", "FR", large, Some(70)), ("b", "FR", large, Some(30))]),
        consortium(&[("a", "FR", large, Some(91)), ("u", "FR", Kind::University, Some(9))]),
        consortium(&[("u", "FR", Kind::University, Some(9))]),
    ];
    for consortium in &no {
        assert_eq!(collaborates(consortium), Answer::No);
    }
    let open = consortium(&[("a", "FR", large, Some(70)), ("b", "FR", Kind::Sme, None)]);
    assert!(matches!(collaborates(&open), Answer::Unknown(_)));
}
