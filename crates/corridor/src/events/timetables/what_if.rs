//! What more tables or slots would bring: the same search, for as long, with and without them.

use std::time::{Duration, Instant};

use jiff::{Span, civil::Time};
use timetable::{Limits, Score};

use super::{Placed, Timetable, build, problem::Ground, to_change};
use crate::{
    accounts::Actor,
    events::{EventId, Setup},
    foundation::{errors::Error, instance::App, turns::Turns},
};

/// How long each of the two searches takes.
const PATIENCE: Duration = Duration::from_secs(4);
/// The most tables, and the most slots a day, that one can ask about.
pub const MOST: (u32, u32) = (500, 12);

/// What a search came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Meetings held; none where there is no timetable.
    pub held: Option<usize>,
    /// What it costs.
    pub score: Score,
}

impl Outcome {
    /// The better of two: a timetable of the event as it is holds with more tables and slots as well.
    fn or(self, now: Outcome) -> Outcome {
        let worse = now.held.is_some() && (self.held.is_none() || self.score > now.score);
        if worse { now } else { self }
    }
}

/// The event as it is, beside the event with more.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// As it is.
    pub now: Outcome,
    /// With more.
    pub then: Outcome,
    /// Meetings asked for and agreed.
    pub asked: usize,
}

/// An event with so many more tables in its largest room, and so many more slots at the end of each day; none where that
/// cannot be.
#[must_use]
pub fn with_more(setup: &Setup, tables: u32, slots: u32) -> Option<Setup> {
    let mut more = setup.clone();
    let room = more.rooms.iter_mut().max_by_key(|room| room.tables)?;
    room.tables = room.tables.checked_add(tables)?;
    let longer = i64::from(slots) * i64::from(setup.minutes + setup.pause);
    for day in &mut more.days {
        let last = day.sessions.last_mut()?;
        let (from, until) = last.hours()?;
        // Without the slot that does not fit whole, the first one more would end too late.
        let until = aligned(from, until, setup)?.checked_add(Span::new().minutes(longer)).ok()?;
        if slots > 0 {
            last.until = format!("{:02}:{:02}", until.hour(), until.minute());
        }
    }
    more.wrong().is_empty().then_some(more)
}

/// The end of the last slot that fits between two hours.
fn aligned(from: Time, until: Time, setup: &Setup) -> Option<Time> {
    let minutes = from.until(until).ok()?.total(jiff::Unit::Minute).ok()? as i64;
    let (long, pause) = (i64::from(setup.minutes), i64::from(setup.pause));
    let count = (minutes + pause) / (long + pause).max(1);
    from.checked_add(Span::new().minutes(count * (long + pause) - pause)).ok()
}

/// Compares.
///
/// # Errors
/// [`Error::Worded`] for more than an event can hold.
pub async fn compare(app: &App, actor: &Actor, id: EventId, tables: u32, slots: u32) -> Result<Compared, Error> {
    let timetable = to_change(app, actor, id, None).await?;
    let too_much = || Error::worded("timetable-what-if-too-much", &[]);
    if tables > MOST.0 || slots > MOST.1 {
        return Err(too_much());
    }
    let setup = with_more(&timetable.event.setup, tables, slots).ok_or_else(too_much)?;
    let turn = app.part::<Turns>().take(std::future::pending()).await;
    let compared = tokio::task::spawn_blocking(move || {
        let Timetable { ground, version, built, .. } = timetable;
        let kept = version.map(|version| version.meetings).unwrap_or_default();
        let more = Ground { setup, ..ground.clone() };
        let now = outcome(&ground, &kept);
        Compared { now, then: outcome(&more, &kept).or(now), asked: built.meetings.len() }
    })
    .await
    .map_err(anyhow::Error::from)?;
    drop(turn);
    Ok(compared)
}

fn outcome(ground: &Ground, kept: &[Placed]) -> Outcome {
    let built = build(ground, kept);
    let started = Instant::now();
    let expired = || started.elapsed() > PATIENCE;
    let answer =
        timetable::solve(&built.problem, &Limits::until(&expired), &mut |_| std::ops::ControlFlow::Continue(()));
    match answer {
        Ok(answer) => Outcome {
            held: answer.schedule.map(|schedule| schedule.held.iter().flatten().count()),
            score: answer.score.unwrap_or_default(),
        },
        Err(_) => Outcome::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Template, slots};

    #[test]
    fn more_never_counts_as_worse() {
        let outcome = |held, breaks| Outcome { held, score: Score { breaks, ..Score::default() } };
        let now = outcome(Some(5), 3);
        assert_eq!(outcome(Some(5), 4).or(now), now);
        assert_eq!(outcome(None, 0).or(now), now);
        assert_eq!(outcome(Some(5), 2).or(now), outcome(Some(5), 2));
        assert_eq!(outcome(Some(4), 9).or(outcome(None, 0)), outcome(Some(4), 9));
    }

    #[test]
    fn more_tables_and_slots_are_what_was_asked_for() {
        let setup = Template::HalfDay.setup("M", "2027-03-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
        let more = with_more(&setup, 3, 2).unwrap();
        assert_eq!((more.tables(), slots(&more).len()), (setup.tables() + 3, slots(&setup).len() + 2));
        let same = slots(&setup);
        assert_eq!(slots(&more)[..same.len()], same, "slots that are there stay where they are");
        assert_eq!(with_more(&setup, 0, 0), Some(setup.clone()));
        assert_eq!(with_more(&setup, 0, 200), None, "a day ends at midnight");
        assert_eq!(with_more(&setup, u32::MAX, 0), None);
    }
}
