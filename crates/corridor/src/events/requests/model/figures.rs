//! When somebody is written to about requests, and what requests of an event came to.

use crate::{
    events::model::{Request, RequestState},
    foundation::time::Timestamp,
};

/// Between two letters that tell one participant of its requests, in seconds: a day, less what a job is early.
pub const BETWEEN_LETTERS: i64 = 20 * 3_600;
/// After how many seconds an unanswered request is worth a reminder.
const OLD: i64 = 2 * 86_400;
/// Between two reminders, in seconds, less what a job is early.
const BETWEEN_REMINDERS: i64 = 3 * 86_400 - 4 * 3_600;

/// A letter about requests that wait for a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Some came since the last letter.
    Asked,
    /// All were told, and are not answered.
    Reminder,
}

/// Whether a participant is written to today about requests that wait for it: when it was told last, and when the oldest and
/// the newest of them came.
#[must_use]
pub fn notice(now: Timestamp, told: Option<Timestamp>, oldest: Timestamp, newest: Timestamp) -> Option<Notice> {
    let since = |then: Timestamp| (now.0 - then.0) / 1_000_000;
    match told {
        None => Some(Notice::Asked),
        Some(told) if newest > told => (since(told) >= BETWEEN_LETTERS).then_some(Notice::Asked),
        Some(told) => (since(oldest) >= OLD && since(told) >= BETWEEN_REMINDERS).then_some(Notice::Reminder),
    }
}

/// What requests of an event came to, beside what the field counts as good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests of participants that were accepted.
    pub accepted: usize,
    /// Requests that were declined.
    pub declined: usize,
    /// Requests that wait for one side.
    pub waiting: usize,
    /// Requests that were taken back.
    pub withdrawn: usize,
    /// Meetings that the team set.
    pub by_team: usize,
}

impl Tally {
    /// That of these requests.
    #[must_use]
    pub fn of(requests: &[Request]) -> Self {
        let mut tally = Tally::default();
        for request in requests {
            match request.state {
                RequestState::Accepted if request.by_team => tally.by_team += 1,
                RequestState::Accepted => tally.accepted += 1,
                RequestState::Declined => tally.declined += 1,
                RequestState::Waiting | RequestState::Countered => tally.waiting += 1,
                RequestState::Withdrawn => tally.withdrawn += 1,
            }
        }
        tally
    }

    /// The share of answered requests that were accepted; none where none was answered.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let answered = self.accepted + self.declined;
        (answered > 0).then(|| self.accepted as f64 / answered as f64)
    }

    /// Meetings to be held.
    #[must_use]
    pub fn meetings(&self) -> usize {
        self.accepted + self.by_team
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_788_249_600_000_000);

    #[test]
    fn at_most_one_letter_a_day_and_reminders_every_third_day() {
        let ago = |hours: i64| NOW.plus_seconds(-hours * 3_600);
        for (told, oldest, newest, expected) in [
            (None, 1, 1, Some(Notice::Asked)),
            (Some(10), 30, 1, None),
            (Some(24), 30, 1, Some(Notice::Asked)),
            (Some(24), 90, 90, None),
            (Some(72), 80, 73, Some(Notice::Reminder)),
            (Some(69), 80, 73, Some(Notice::Reminder)),
            (Some(47), 80, 73, None),
        ] {
            let found = notice(NOW, told.map(ago), ago(oldest), ago(newest));
            assert_eq!(found, expected, "{told:?} {oldest} {newest}");
        }
    }
}
