//! The legal clock of a request: one month from its receipt, two more when the case is difficult (GDPR, article 12(3)).
//!
//! Periods are counted as Regulation (EEC, Euratom) 1182/71 says: to the day of the same number, the last day of the month
//! where there is none, and on to the next working day. While the identity of the person is in doubt and has been asked
//! for, the clock stands still (EDPB, Guidelines 01/2022, on the right of access).

use std::sync::LazyLock;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use crate::foundation::time::{Day, Zone};

/// Days before the limit at which whoever handles the request is reminded; a last time once it is over.
pub const REMINDERS: [i64; 4] = [14, 7, 2, -1];

/// Public holidays of a country.
#[derive(Debug, serde::Deserialize)]
struct Calendar {
    zones: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
    fixed: Vec<String>,
    after_easter: Vec<i32>,
}

#[derive(Debug, Default, serde::Deserialize)]
struct Calendars {
    calendar: Vec<Calendar>,
}

static CALENDARS: LazyLock<Calendars> =
    LazyLock::new(|| toml::from_str(include_str!("holidays.toml")).unwrap_or_default());

/// Easter Sunday of the Gregorian calendar (Butcher's method).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whether nobody works on the day.
pub fn is_day_off(day: Date, zone: &Zone) -> bool {
    if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
        return true;
    }
    let Some(calendar) = CALENDARS.calendar.iter().find(|one| one.zones.iter().any(|name| name == zone.name())) else {
        return false;
    };
    let number = format!("{:02}-{:02}", day.month(), day.day());
    let after = |days: i32| easter(day.year()).and_then(|easter| easter.checked_add(days.days()).ok());
    calendar.fixed.contains(&number) || calendar.after_easter.iter().any(|days| after(*days) == Some(day))
}

fn working_day(day: Date, zone: &Zone) -> Date {
    let mut day = day;
    while is_day_off(day, zone) {
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    day
}

/// How a request stands to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// The day of receipt, in the zone of the desk.
    pub received: Day,
    /// Whether the two further months were taken.
    pub extended: bool,
    /// For how many days in all identity was in doubt.
    pub doubt_days: i64,
    /// Since when it is in doubt now.
    pub doubt_since: Option<Day>,
}

impl Running {
    /// The last day for the answer, if doubt ends today.
    pub fn due(&self, today: Day, zone: &Zone) -> Day {
        let months = if self.extended { 3 } else { 1 };
        let now_in_doubt = self.doubt_since.map_or(0, |since| since.days_until(today).max(0));
        let still = self.doubt_days.saturating_add(now_in_doubt).clamp(0, 36_500);
        // The same number, or the last day of the month where there is none.
        let end = self.received.0.checked_add(months.months()).and_then(|day| day.checked_add(still.days()));
        Day(working_day(end.unwrap_or(self.received.0), zone))
    }

    /// Whether the person can still be told that it will take longer: within the first month.
    pub fn may_be_extended(&self, today: Day, zone: &Zone) -> bool {
        !self.extended && today <= Running { extended: false, ..*self }.due(today, zone)
    }
}

/// The reminder that is due with this many days left, after the last one that was given.
pub fn reminder(days_left: i64, reminded: Option<i64>) -> Option<i64> {
    let due = REMINDERS.into_iter().filter(|step| days_left <= *step).min();
    due.filter(|step| reminded.is_none_or(|last| *step < last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn paris() -> Zone {
        Zone::named("Europe/Paris").unwrap()
    }

    fn due(received: &str, extended: bool, doubt_days: i64) -> String {
        let running = Running { received: day(received), extended, doubt_days, doubt_since: None };
        running.due(day(received), &paris()).to_string()
    }

    #[test]
    fn a_month_is_counted_as_the_regulation_says() {
        for (received, month, quarter) in [
            // The same number; a weekend or a holiday at the end is passed over.
            ("2026-03-05", "2026-04-07", "2026-06-05"), // 5 April is Easter Sunday, 6 April Easter Monday
            ("2026-09-10", "2026-10-12", "2026-12-10"), // Saturday
            ("2026-10-01", "2026-11-02", "2027-01-04"), // All Saints on a Sunday; New Year, then the weekend
            ("2026-10-11", "2026-11-12", "2027-01-11"), // 11 November
            ("2026-11-25", "2026-12-28", "2027-02-25"), // Christmas on a Friday
            ("2026-04-14", "2026-05-15", "2026-07-15"), // Ascension; 14 July
            ("2026-04-25", "2026-05-26", "2026-07-27"), // Whit Monday
            // The last day where there is no such number.
            ("2026-01-31", "2026-03-02", "2026-04-30"), // 28 February is a Saturday
            ("2027-01-31", "2027-03-01", "2027-04-30"), // 28 February is a Sunday
            ("2028-01-31", "2028-02-29", "2028-05-02"), // leap year; 30 April is a Sunday, 1 May a holiday
            ("2028-01-29", "2028-02-29", "2028-05-02"), // 29 April is a Saturday
            ("2026-08-31", "2026-09-30", "2026-11-30"),
            ("2027-11-30", "2027-12-30", "2028-02-29"),
        ] {
            assert_eq!(due(received, false, 0), month, "{received}");
            assert_eq!(due(received, true, 0), quarter, "{received}, extended");
        }
    }

    #[test]
    fn the_clock_stands_still_while_identity_is_in_doubt() {
        assert_eq!(due("2026-09-01", false, 0), "2026-10-01");
        assert_eq!(due("2026-09-01", false, 5), "2026-10-06");
        let running = Running {
            received: day("2026-09-01"),
            extended: false,
            doubt_days: 2,
            doubt_since: Some(day("2026-09-10")),
        };
        assert_eq!(running.due(day("2026-09-13"), &paris()).to_string(), "2026-10-06");
        assert_eq!(running.due(day("2026-09-09"), &paris()).to_string(), "2026-10-05", "3 October is a Saturday");
    }

    #[test]
    fn holidays_are_those_of_the_place() {
        let off = |text: &str, zone: &str| is_day_off(day(text).0, &Zone::named(zone).unwrap());
        for (text, paris, brussels, athens) in [
            ("2026-07-14", true, false, false),
            ("2026-07-21", false, true, false),
            ("2026-05-25", true, true, false),
            ("2026-12-25", true, true, false),
            ("2026-12-26", true, true, true),
            ("2026-12-28", false, false, false),
        ] {
            assert_eq!(off(text, "Europe/Paris"), paris, "{text} in Paris");
            assert_eq!(off(text, "Europe/Brussels"), brussels, "{text} in Brussels");
            assert_eq!(off(text, "Europe/Athens"), athens, "{text} in Athens");
        }
        assert_eq!(CALENDARS.calendar.len(), 2, "the file can be read");
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, sunday) in [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2038, "2038-04-25")] {
            assert_eq!(Day(easter(year).unwrap()), day(sunday));
        }
    }

    #[test]
    fn an_extension_is_told_within_the_first_month() {
        let running = Running { received: day("2026-09-10"), extended: false, doubt_days: 0, doubt_since: None };
        assert!(running.may_be_extended(day("2026-10-12"), &paris()));
        assert!(!running.may_be_extended(day("2026-10-13"), &paris()));
        assert!(!Running { extended: true, ..running }.may_be_extended(day("2026-09-11"), &paris()));
    }

    #[test]
    fn each_reminder_is_given_once() {
        for (left, reminded, expected) in [
            (30, None, None),
            (14, None, Some(14)),
            (10, Some(14), None),
            (7, Some(14), Some(7)),
            (2, Some(7), Some(2)),
            (0, Some(2), None),
            (-1, Some(2), Some(-1)),
            (-5, Some(-1), None),
            // A server that was away gives the one that counts now, not three at once.
            (1, None, Some(2)),
            (-3, Some(14), Some(-1)),
        ] {
            assert_eq!(reminder(left, reminded), expected, "{left} days left, reminded at {reminded:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_limit_is_a_working_day_after_the_month(offset in 0i32..20_000, extended: bool, doubt in 0i64..100) {
            let received = Day(Date::constant(2000, 1, 1).checked_add(offset.days()).unwrap());
            let running = Running { received, extended, doubt_days: doubt, doubt_since: None };
            let due = running.due(received, &paris());
            proptest::prop_assert!(!is_day_off(due.0, &paris()));
            let shortest = if extended { 89 } else { 28 } + doubt;
            let longest = if extended { 92 } else { 31 } + doubt + 4;
            proptest::prop_assert!((shortest..=longest).contains(&received.days_until(due)));
        }
    }
}
