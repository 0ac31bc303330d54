//! How a task stands on a day, whose it is, and when its reader is reminded.

use crate::{accounts::PersonId, consortia::participation::Seat, directory::OrganisationId, foundation::time::Day};

/// For whom a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Nobody has been named; the team sees it.
    Nobody,
    /// Somebody of the team.
    Person(PersonId),
    /// A member of the draft.
    Organisation(OrganisationId),
}

impl Whose {
    /// The word of a choice in a form.
    pub fn choice(self) -> String {
        match self {
            Whose::Nobody => String::new(),
            Whose::Person(person) => format!("person:{person}"),
            Whose::Organisation(organisation) => format!("organisation:{organisation}"),
        }
    }
}

/// Whether somebody in this seat sees a task: the team all, a partner its own.
pub fn sees_task(seat: Seat, whose: Whose) -> bool {
    match seat {
        Seat::Team => true,
        Seat::Partner { organisation, .. } => whose == Whose::Organisation(organisation),
    }
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// To be done.
    Open,
    /// To be done before today.
    Overdue,
    /// Done.
    Done,
}

impl TaskState {
    /// All of them.
    pub const ALL: [TaskState; 3] = [TaskState::Open, TaskState::Overdue, TaskState::Done];

    /// The word in keys.
    pub fn key(self) -> &'static str {
        match self {
            TaskState::Open => "open",
            TaskState::Overdue => "overdue",
            TaskState::Done => "done",
        }
    }
}

/// How a task stands on a day.
pub fn task_state(today: Day, due_on: Option<Day>, done: bool) -> TaskState {
    match due_on {
        _ if done => TaskState::Done,
        Some(due_on) if due_on < today => TaskState::Overdue,
        _ => TaskState::Open,
    }
}

/// With how many days left somebody is reminded.
pub const REMINDED_DAYS: i64 = 3;

/// Of what somebody is reminded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    /// The last day is near.
    Soon,
    /// It has passed.
    Overdue,
}

/// Of what is reminded today of a task that was given on a day, is to be done until another, and was reminded of last on a
/// third: once shortly before its last day, not on the day on which it was given, and once after.
pub fn reminder(today: Day, made: Day, due_on: Day, reminded_on: Option<Day>) -> Option<Reminder> {
    match today.days_until(due_on) {
        left if left < 0 => reminded_on.is_none_or(|day| day <= due_on).then_some(Reminder::Overdue),
        left if left <= REMINDED_DAYS => (reminded_on.is_none() && made < today).then_some(Reminder::Soon),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consortia::MemberSide;

    #[test]
    fn table_of_states() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let mut table = String::new();
        for due_on in [None, Some("2026-09-01"), Some("2026-09-02"), Some("2026-09-03")] {
            for done in [false, true] {
                table.push_str(task_state(day("2026-09-02"), due_on.map(day), done).key());
                table.push(' ');
            }
        }
        assert_eq!(table, "open done overdue done open done open done ");
    }

    /// A task given on the 1st (and on the 8th), to be done by the 10th: what each day brings, once.
    #[test]
    fn table_of_reminders() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        for (made, expected) in [("2026-09-01", "......s...o."), ("2026-09-08", "........s.o.")] {
            let (mut table, mut reminded) = (String::new(), None);
            for number in 1..=12 {
                let today = day(&format!("2026-09-{number:02}"));
                let found = reminder(today, day(made), day("2026-09-10"), reminded);
                table.push(match found {
                    None => '.',
                    Some(Reminder::Soon) => 's',
                    Some(Reminder::Overdue) => 'o',
                });
                reminded = found.map(|_| today).or(reminded);
            }
            assert_eq!(table, expected, "{made}");
        }
    }

    #[test]
    fn a_partner_sees_its_own_tasks_only() {
        let (own, other) = (OrganisationId::new(), OrganisationId::new());
        let seat = Seat::Partner { organisation: own, side: MemberSide::Applicant };
        let whose =
            [Whose::Organisation(own), Whose::Organisation(other), Whose::Person(PersonId::new()), Whose::Nobody];
        assert_eq!(whose.map(|whose| sees_task(seat, whose)), [true, false, false, false]);
        assert_eq!(whose.map(|whose| sees_task(Seat::Team, whose)), [true; 4]);
    }
}
