//! What is done every day at a time of the instance's zone.
//!
//! The next occurrence is a row of the table of jobs, keyed by its day and hour: servers that share a database store it
//! once and run it once, and what was missed while none ran is made up for once.

use jiff::civil::Time;

use crate::foundation::time::{Day, Timestamp, Zone};

/// An occurrence of daily work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// When.
    pub(super) at: Timestamp,
    /// What keeps it apart from every other occurrence.
    pub(super) key: String,
}

/// The first occurrence after a moment.
pub(super) fn next(at: Time, zone: &Zone, now: Timestamp) -> Occurrence {
    let today = Day(zone.at(now).date());
    let tomorrow = Day(today.0.tomorrow().unwrap_or(today.0));
    let day = if zone.moment(today, at) > now { today } else { tomorrow };
    Occurrence { at: zone.moment(day, at), key: format!("daily {day} {} {}", at.strftime("%H:%M"), zone.name()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_time_of_the_day_is_told_by_the_clocks_of_the_zone() {
        let moment = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        for (zone, hour, now, at, key) in [
            ("UTC", 3, "2026-09-01T00:00:00Z", "2026-09-01T03:10:00Z", "daily 2026-09-01 03:10 UTC"),
            ("UTC", 3, "2026-09-01T03:10:00Z", "2026-09-02T03:10:00Z", "daily 2026-09-02 03:10 UTC"),
            ("UTC", 3, "2026-12-31T04:00:00Z", "2027-01-01T03:10:00Z", "daily 2027-01-01 03:10 UTC"),
            ("Europe/Paris", 3, "2026-03-28T12:00:00Z", "2026-03-29T01:10:00Z", "daily 2026-03-29 03:10 Europe/Paris"),
            // Skipped that night: as much later as the clocks jump.
            ("Europe/Paris", 2, "2026-03-28T12:00:00Z", "2026-03-29T01:10:00Z", "daily 2026-03-29 02:10 Europe/Paris"),
            // Shown twice that night: at the first only.
            ("Europe/Paris", 2, "2026-10-24T12:00:00Z", "2026-10-25T00:10:00Z", "daily 2026-10-25 02:10 Europe/Paris"),
            ("Europe/Paris", 2, "2026-10-25T00:30:00Z", "2026-10-26T01:10:00Z", "daily 2026-10-26 02:10 Europe/Paris"),
        ] {
            let next = next(Time::constant(hour, 10, 0, 0), &Zone::named(zone).unwrap(), moment(now));
            assert_eq!(next, Occurrence { at: moment(at), key: key.to_owned() }, "{zone} {now}");
        }
    }
}
