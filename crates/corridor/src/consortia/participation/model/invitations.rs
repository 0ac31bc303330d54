//! How an invitation stands on a day.

use crate::foundation::time::Day;

/// How an invitation or an expression of interest stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not answered yet.
    Waiting,
    /// Accepted.
    Accepted,
    /// Declined.
    Declined,
    /// Taken back by whoever made it.
    Withdrawn,
    /// Not answered in time.
    Lapsed,
}

impl State {
    /// All of them.
    pub const ALL: [State; 5] = [State::Waiting, State::Accepted, State::Declined, State::Withdrawn, State::Lapsed];

    /// The word used in keys and the database.
    pub fn key(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Accepted => "accepted",
            State::Declined => "declined",
            State::Withdrawn => "withdrawn",
            State::Lapsed => "lapsed",
        }
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        State::ALL.into_iter().find(|state| state.key() == word)
    }
}

/// With how many days left somebody is reminded.
const REMINDED_DAYS: i64 = 3;

/// What the daily look does with an invitation that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing.
    Leave,
    /// Reminds whom it was sent to.
    Remind,
    /// Ends it.
    Lapse,
}

/// What is done today with an invitation that was made on a day, can be answered until another, and of which somebody was
/// reminded already or not. Nobody is reminded on the day on which they were invited.
pub fn look(today: Day, made: Day, answer_by: Day, reminded: bool) -> Look {
    let left = today.days_until(answer_by);
    match left {
        left if left < 0 => Look::Lapse,
        left if left <= REMINDED_DAYS && !reminded && made < today => Look::Remind,
        _ => Look::Leave,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_words_and_back() {
        for state in State::ALL {
            assert_eq!(State::of(state.key()), Some(state));
        }
        assert_eq!(State::of("gone"), None);
    }

    #[test]
    fn table_of_days() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut table = String::new();
        for today in ["2026-09-01", "2026-09-06", "2026-09-07", "2026-09-10", "2026-09-11"] {
            for (made, reminded) in [("2026-09-01", false), ("2026-09-01", true), ("2026-09-07", false)] {
                table.push(match look(day(today), day(made), day("2026-09-10"), reminded) {
                    Look::Leave => '.',
                    Look::Remind => 'r',
                    Look::Lapse => 'x',
                });
            }
            table.push(' ');
        }
        assert_eq!(table, "... ... r.. r.r xxx ");
    }
}
