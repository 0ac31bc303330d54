//! The slots of an event, from its hours.

use super::Setup;
use crate::foundation::time::Timestamp;

/// Bookings are kept in cells of so many minutes; slots begin and end at their borders.
pub const CELL_MINUTES: u32 = 5;

/// A time at which meetings can be held. Named by its beginning, so that a timetable outlives a change of other hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotTime {
    /// When it begins.
    pub starts: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// The day of the event, from 0.
    pub day: usize,
    /// The session of the day, from 0.
    pub session: usize,
}

/// The slots of an event in the order of time. Counted in real time from the beginning of each session: where clocks
/// change within one, it has as many slots as hours really pass.
#[must_use]
pub fn slots(setup: &Setup) -> Vec<SlotTime> {
    let zone = setup.zone();
    let (minutes, pause) = (i64::from(setup.minutes), i64::from(setup.pause));
    if minutes <= 0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (day, of) in setup.days.iter().enumerate() {
        let Some(on) = of.day() else { continue };
        for (session, hours) in of.sessions.iter().enumerate() {
            let Some((from, until)) = hours.hours() else { continue };
            let end = zone.moment(on, until);
            let mut starts = zone.moment(on, from);
            while starts.plus_seconds(minutes * 60) <= end {
                let ends = starts.plus_seconds(minutes * 60);
                found.push(SlotTime { starts, ends, day, session });
                starts = ends.plus_seconds(pause * 60);
            }
        }
    }
    found
}

/// The cells of five minutes that a time takes, counted from 1970.
#[must_use]
pub fn cells(starts: Timestamp, ends: Timestamp) -> std::ops::Range<i64> {
    let cell = i64::from(CELL_MINUTES) * 60_000_000;
    starts.0.div_euclid(cell)..(ends.0 + cell - 1).div_euclid(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::model::{EventDay, Session};

    fn setup(zone: &str, on: &str, hours: &[(&str, &str)]) -> Setup {
        let session = |(from, until): &(&str, &str)| Session {
            name: String::new(),
            from: (*from).to_owned(),
            until: (*until).to_owned(),
        };
        let day = EventDay { on: on.to_owned(), sessions: hours.iter().map(session).collect(), ..EventDay::default() };
        Setup { zone: zone.to_owned(), minutes: 20, pause: 5, days: vec![day], ..Setup::default() }
    }

    #[test]
    fn a_morning_is_cut_into_slots_with_pauses_between() {
        let found = slots(&setup("Europe/Paris", "2027-03-10", &[("09:00", "10:10"), ("14:00", "14:20")]));
        let clock: Vec<String> =
            found.iter().map(|slot| slot.starts.to_jiff().to_string()[11..16].to_owned()).collect();
        assert_eq!(clock, ["08:00", "08:25", "08:50", "13:00"], "winter time: one hour before Paris");
        assert_eq!(found[2].ends.0 - found[2].starts.0, 20 * 60_000_000);
        assert_eq!((found[0].session, found[3].session), (0, 1));
    }

    #[test]
    fn hours_that_clocks_skip_or_repeat_are_counted_as_they_pass() {
        // On 28 March 2027 clocks in Paris go from 02:00 to 03:00, on 31 October back from 03:00 to 02:00.
        let spring = slots(&setup("Europe/Paris", "2027-03-28", &[("01:00", "04:00")]));
        let plain = slots(&setup("Europe/Paris", "2027-03-29", &[("01:00", "04:00")]));
        let autumn = slots(&setup("Europe/Paris", "2027-10-31", &[("01:00", "04:00")]));
        assert_eq!((spring.len(), plain.len(), autumn.len()), (5, 7, 9));
        for day in [spring, plain, autumn] {
            assert!(day.windows(2).all(|pair| pair[0].ends < pair[1].starts));
        }
    }

    #[test]
    fn cells_of_neighbours_do_not_touch_and_of_overlapping_ones_do() {
        let at = |minute: i64| Timestamp(1_800_000_000_000_000 + minute * 60_000_000);
        assert_eq!(cells(at(0), at(20)).count(), 4);
        assert_eq!(cells(at(0), at(20)).end, cells(at(20), at(40)).start);
        assert!(cells(at(0), at(20)).contains(&cells(at(18), at(30)).start), "what begins within a cell takes it");
    }
}
