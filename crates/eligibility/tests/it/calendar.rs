//! What happens after the closing date, and cut-offs.

use eligibility::{Date, Library};
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn the_weeks_of_eurostars_after_closing() {
    let instrument = Library::embedded().instrument("eurostars-3").expect("the instrument");
    let days: Vec<(String, String)> = instrument
        .timeline(day("2026-03-19"))
        .into_iter()
        .map(|(milestone, day)| (milestone.id.clone(), day.to_string()))
        .collect();
    let expected = [
        ("signature", "2026-03-26"),
        ("eligibility", "2026-03-26"),
        ("ranking", "2026-06-18"),
        ("letter", "2026-07-09"),
        // Six weeks after the letter.
        ("agreement", "2026-08-20"),
    ];
    assert_eq!(days, expected.map(|(id, day)| (id.to_owned(), day.to_owned())));
}

#[test]
fn the_next_cutoff_is_the_first_from_that_day_on() {
    let instrument = Library::embedded().instrument("i-demo").expect("the instrument");
    let next = |text: &str| instrument.next_cutoff(day(text)).map(|cutoff| cutoff.day.to_string());
    assert_eq!(next("2024-10-08").as_deref(), Some("2024-10-08"));
    assert_eq!(next("2024-10-09").as_deref(), Some("2024-11-26"));
    assert_eq!(next("2025-01-29"), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Days add up, and one day later is later.
    #[test]
    fn days_add_up(a in 0_u32..3000, b in 0_u32..3000, month in 1_u8..=12, of_month in 1_u8..=28) {
        let start = Date::new(2019, month, of_month).expect("a day");
        prop_assert_eq!(start.days_after(a).days_after(b), start.days_after(a + b));
        prop_assert!(start.days_after(a) < start.days_after(a + 1));
    }
}
