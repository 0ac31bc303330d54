//! Periods, their approval, and from when a record is too old: decisions, without database or clock.

use jiff::{ToSpan, civil::Date, tz::TimeZone};

use crate::foundation::{
    personal::{Fate, Purpose},
    time::Timestamp,
};

/// The shortest and the longest period that can be chosen, in months.
pub const BOUNDS: (u32, u32) = (1, 240);

/// For how many hours a preview may be answered: what it shows changes with every day.
pub const PREVIEW_HOURS: i64 = 24;

/// What an administrator chose for a purpose, and what was let run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The period, in months.
    pub months: u32,
    /// Why it is not the default.
    pub reason: String,
    /// The period and the fate that somebody saw the preview of and let run.
    pub approved: Option<(u32, Fate)>,
    /// Whether it rests.
    pub paused: bool,
}

/// How a purpose stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Records end by an act of somebody, not by age.
    Unlimited,
    /// Nobody let this period run yet.
    Waiting,
    /// It runs every day.
    Running,
    /// It was let run, and rests.
    Paused,
}

impl Standing {
    /// The word in the language files, after `retention-standing-`.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Unlimited => "unlimited",
            Standing::Waiting => "waiting",
            Standing::Running => "running",
            Standing::Paused => "paused",
        }
    }
}

/// The period of a purpose: what was chosen, else the default; none where records do not end by age.
pub fn months(purpose: &Purpose, chosen: Option<&Chosen>) -> Option<u32> {
    purpose.months.map(|default| chosen.map_or(default, |chosen| chosen.months))
}

/// How a purpose stands. What was let run counts for the very period and fate that were seen.
pub fn standing(purpose: &Purpose, chosen: Option<&Chosen>) -> Standing {
    let Some(months) = months(purpose, chosen) else { return Standing::Unlimited };
    match chosen {
        Some(chosen) if chosen.approved != Some((months, purpose.fate)) => Standing::Waiting,
        Some(Chosen { paused: true, .. }) => Standing::Paused,
        Some(_) => Standing::Running,
        None => Standing::Waiting,
    }
}

/// The period that a form gives, if it can be one.
pub fn period(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|months| (BOUNDS.0..=BOUNDS.1).contains(months))
}

/// The beginning of the day (UTC) so many months ago: what began before it is too old. In a month that has no such day,
/// its last one.
pub fn due_before(now: Timestamp, months: u32) -> Timestamp {
    let today = now.to_jiff().to_zoned(TimeZone::UTC).date();
    start_of(today.saturating_sub(i64::from(months).months()))
}

/// The day (UTC) of a moment.
pub fn day(moment: Timestamp) -> String {
    moment.to_jiff().to_zoned(TimeZone::UTC).date().to_string()
}

/// So many days later.
pub fn days_later(moment: Timestamp, days: i64) -> Timestamp {
    moment.plus_seconds(days.saturating_mul(24 * 3600))
}

fn start_of(day: Date) -> Timestamp {
    let start = day.to_zoned(TimeZone::UTC).map(|start| start.timestamp().as_microsecond());
    // A day so far away that it has no moment: nothing is older.
    Timestamp(start.unwrap_or(i64::MIN))
}

/// Whether a preview may still be answered.
pub fn still_holds(made_at: Timestamp, now: Timestamp) -> bool {
    now.0 - made_at.0 <= PREVIEW_HOURS * 3600 * 1_000_000
}

/// Up to which beginning of their period people were told long enough ago: `told` are the notices, each with the moment
/// up to which it reached and when it was written.
pub fn told_long_ago(told: &[(Timestamp, Timestamp)], now: Timestamp, days: i64) -> Option<Timestamp> {
    let long_ago = days_later(now, -days);
    told.iter().filter(|(_, written)| *written <= long_ago).map(|(until, _)| *until).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::foundation::personal::Basis;

    const LETTERS: Purpose = Purpose::new("letter.outbox", Basis::LegitimateInterests, Some(6), Fate::Deleted);

    fn moment(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_period_runs_only_as_it_was_seen() {
        let chosen = |months, approved, paused| Chosen { months, approved, paused, ..Default::default() };
        let table = [
            (None, Standing::Waiting),
            (Some(chosen(6, None, false)), Standing::Waiting),
            (Some(chosen(6, Some((6, Fate::Deleted)), false)), Standing::Running),
            (Some(chosen(6, Some((6, Fate::Deleted)), true)), Standing::Paused),
            // Shortened, lengthened, or the program does something else with the records since.
            (Some(chosen(3, Some((6, Fate::Deleted)), false)), Standing::Waiting),
            (Some(chosen(12, Some((6, Fate::Deleted)), false)), Standing::Waiting),
            (Some(chosen(6, Some((6, Fate::Anonymised)), false)), Standing::Waiting),
            (Some(chosen(3, Some((6, Fate::Deleted)), true)), Standing::Waiting),
        ];
        for (chosen, expected) in table {
            assert_eq!(standing(&LETTERS, chosen.as_ref()), expected, "{chosen:?}");
        }
        let forever = Purpose { months: None, ..LETTERS };
        assert_eq!(standing(&forever, Some(&chosen(6, Some((6, Fate::Deleted)), false))), Standing::Unlimited);
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        for (now, months, due) in [
            ("2026-09-01T08:00:00Z", 6, "2026-03-01T00:00:00Z"),
            ("2026-08-31T23:59:59Z", 6, "2026-02-28T00:00:00Z"),
            ("2024-08-31T00:00:00Z", 6, "2024-02-29T00:00:00Z"),
            ("2026-01-15T12:00:00Z", 24, "2024-01-15T00:00:00Z"),
        ] {
            assert_eq!(due_before(moment(now), months), moment(due), "{now}");
        }
    }

    #[test]
    fn periods_are_whole_months_within_reason() {
        for (text, months) in
            [("6", Some(6)), (" 240 ", Some(240)), ("0", None), ("241", None), ("-1", None), ("six", None)]
        {
            assert_eq!(period(text), months, "{text}");
        }
    }

    #[test]
    fn a_preview_is_answered_within_a_day() {
        let made = moment("2026-09-01T08:00:00Z");
        assert!(still_holds(made, moment("2026-09-02T08:00:00Z")));
        assert!(!still_holds(made, moment("2026-09-02T08:00:01Z")));
    }

    #[test]
    fn nobody_goes_before_they_were_told_in_time() {
        let now = moment("2026-09-01T08:00:00Z");
        let told = [
            (moment("2024-07-01T00:00:00Z"), moment("2026-07-01T00:00:00Z")),
            (moment("2024-08-01T00:00:00Z"), moment("2026-08-01T00:00:00Z")),
            (moment("2024-09-01T00:00:00Z"), moment("2026-08-31T00:00:00Z")),
        ];
        assert_eq!(told_long_ago(&told, now, 30), Some(moment("2024-08-01T00:00:00Z")));
        assert_eq!(told_long_ago(&told[2..], now, 30), None);
    }
}
