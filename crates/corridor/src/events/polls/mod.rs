//! Date polls: before the days of an event are fixed its team proposes some, and those who take part or are invited say which
//! suit them. The team reads what each said, best day first, fixes one, and the event moves there with its hours.
//!
//! While a poll is open the event stands at the earliest of its days, and no timetable of it can be published.

mod letters;
mod model;

pub use model::{
    Answer, FEWEST, Given, MOST, Poll, PollState, Proposed, Suits, Tally, Voter, delegation_has_a_voice, has_a_voice,
    usual_end,
};

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use serde_json::{Value as Json, json};

use super::{
    Attendee, DelegationId, Event, EventId, EventState, Participant, ParticipantId,
    attending::Seat,
    clash,
    delegations::{self, Delegation},
    editable,
    inviting::still_invites,
    open,
    participants::{kept, with_people},
    problems, store, tell, today_at,
};
use crate::{
    accounts::{Action, Actor, visibility::Reader},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        time::{Day, Timestamp},
    },
};
use letters::About;

/// The longest message of a poll.
const LONGEST: usize = 2_000;

/// Somebody who has a voice, with what it said.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who.
    pub voter: Voter,
    /// What the organisation or the cluster is called.
    pub name: String,
    /// What it said; nothing yet where there is none.
    pub given: Option<Given>,
}

/// Another event on the days that a proposal takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// What it is called.
    pub name: String,
    /// Which cluster organises it.
    pub cluster: String,
}

/// The poll of an event as its team sees it.
#[derive(Clone, Debug)]
pub struct View {
    /// The event.
    pub event: Event,
    /// The poll; none where nothing was ever asked.
    pub poll: Option<Poll>,
    /// Everybody who has a voice: organisations by name, then clusters by name.
    pub lines: Vec<Line>,
    /// What is said of each day, the best first.
    pub tallies: Vec<Tally>,
    /// Whether a timetable is published: its days stand.
    pub published: bool,
    participants: Vec<(Participant, Vec<Attendee>)>,
    delegations: Vec<Delegation>,
}

impl View {
    /// Who has said something of each day.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.lines.iter().filter(|line| !self.is_silent(line)).count()
    }

    /// Whether something is still missing in what somebody said.
    #[must_use]
    pub fn is_silent(&self, line: &Line) -> bool {
        match (&self.poll, &line.given) {
            (Some(poll), Some(given)) => !poll.is_answered_by(&given.answer),
            _ => true,
        }
    }

    /// Whether a poll can be begun now.
    #[must_use]
    pub fn begins(&self, today: Day) -> bool {
        !self.event.polled && !self.published && self.event.state != EventState::Cancelled && !self.event.is_over(today)
    }
}

async fn view(app: &App, event: Event) -> Result<View, Error> {
    let id = event.id;
    let poll = store::polls::of_event(&app.database, id).await?;
    let mut answers = store::polls::answers(&app.database, id).await?;
    let published = super::timetables::published(app, &event).await?.is_some();
    let mut participants = with_people(app, id).await?;
    participants.retain(|(one, _)| has_a_voice(one.standing));
    let mut delegations = store::delegations::of_event(&app.database, id).await?;
    delegations.retain(|one| delegation_has_a_voice(one.state));
    let of_participants = participants.iter().map(|(one, _)| (Voter::Participant(one.id), &one.name));
    let of_delegations = delegations.iter().map(|one| (Voter::Delegation(one.id), &one.name));
    let mut line = |(voter, name): (Voter, &String)| Line { voter, name: name.clone(), given: answers.remove(&voter) };
    let lines: Vec<Line> = of_participants.chain(of_delegations).map(&mut line).collect();
    let proposals = poll.as_ref().map_or(&[][..], |poll| &poll.proposals);
    let tallies = model::tallies(proposals, lines.iter().map(|line| line.given.as_ref().map(|given| &given.answer)));
    Ok(View { event, poll, lines, tallies, published, participants, delegations })
}

/// The poll of an event of the actor's cluster, with what everybody said.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn of_event(app: &App, actor: &Actor, id: EventId) -> Result<View, Error> {
    view(app, open(app, actor, id).await?).await
}

/// The other events of the programme, as far as the reader sees them, on the days that the event would take from each of
/// these days on. What is known to the month only, or called off, is on no day.
///
/// # Errors
/// When the database fails.
pub async fn beside(
    app: &App,
    reader: &Reader,
    event: &Event,
    days: &[Day],
) -> Result<BTreeMap<Day, Vec<Beside>>, Error> {
    let long = event.setup.first_day().zip(event.setup.last_day()).map_or(0, |(first, last)| first.days_until(last));
    let own = reader.is_team_of(event.cluster).then_some(event.cluster);
    let mut found: BTreeMap<Day, Vec<Beside>> = BTreeMap::new();
    for other in store::programme::seen(&app.database, reader, own).await? {
        if other.id == event.id || other.state == EventState::Cancelled || other.polled {
            continue;
        }
        let taken: BTreeSet<Day> = other.setup.days.iter().filter_map(super::EventDay::day).collect();
        for first in days {
            let last = first.0.checked_add(long.days()).map_or(*first, Day);
            if taken.range(*first..=last).next().is_some() {
                let beside = Beside { name: other.setup.name.clone(), cluster: other.cluster_name.clone() };
                found.entry(*first).or_default().push(beside);
            }
        }
    }
    Ok(found)
}

fn told(poll: &Poll) -> Json {
    json!({
        "state": poll.state.key(), "days": poll.proposals, "until": poll.until, "message": poll.message,
        "fixed": poll.fixed,
    })
}

/// The event at another day, one save later.
fn moved(event: &Event, first: Day, now: Timestamp) -> Result<Event, Error> {
    let setup = event.setup.moved_to(first);
    problems(&setup)?;
    Ok(Event { setup, revision: event.revision + 1, updated_at: now, ..event.clone() })
}

/// Writes the event over the revision that was read; an act on a poll holds its event by that.
async fn write_event(transaction: &mut Transaction, before: &Event, after: &Event) -> Result<(), Error> {
    if store::events::replace(transaction, after).await? { Ok(()) } else { Err(clash(before)) }
}

/// Asks which of some days suits. Everybody who takes part or is invited, and every asked cluster, gets a letter; answers to
/// an earlier poll of the event are forgotten. Says how many letters leave.
///
/// # Errors
/// [`Error::Invalid`] for days that cannot be proposed; [`Error::Over`] once a timetable is published or the event over;
/// [`Error::Clash`] when somebody saved in between.
pub async fn begin(app: &App, actor: &Actor, id: EventId, proposed: &Proposed) -> Result<usize, Error> {
    let view = view(app, editable(app, actor, id).await?).await?;
    let before = &view.event;
    still_invites(app, before)?;
    let (proposals, until) = model::read(proposed, today_at(app, before)).map_err(Error::Invalid)?;
    let now = app.clock.now();
    let poll = Poll {
        cluster: before.cluster,
        event: id,
        revision: 1,
        state: PollState::Open,
        until,
        message: kept(&proposed.message, LONGEST),
        fixed: None,
        begun_at: now,
        written_at: now,
        proposals,
    };
    let after = moved(before, poll.proposals[0], now)?;
    let readers = letters::readers(app, actor, &view, |_| true).await?;
    transact!(app.database, transaction => {
        write_event(transaction, before, &after).await?;
        if store::timetables::published_number(transaction, before.place()).await?.is_some() {
            return Err(Error::Over { reason: "polls-published" });
        }
        if !store::polls::begin(transaction, &poll).await? {
            return Err(clash(before));
        }
        letters::write(transaction, app, (&after, &poll), About::Asked, &readers, now).await?;
        tell(transaction, actor, now, &after, "begin_poll", (Json::Null, told(&poll))).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}

/// The open poll of an event that the actor may change, as it was read.
async fn to_change(app: &App, actor: &Actor, id: EventId, revision: i64) -> Result<(View, Poll), Error> {
    let view = view(app, editable(app, actor, id).await?).await?;
    let poll = view.poll.clone().ok_or_else(|| Error::NotFound(format!("a date poll of the event {id}")))?;
    if poll.state != PollState::Open {
        return Err(Error::Over { reason: "polls-over" });
    }
    if poll.revision != revision {
        return Err(clash(&view.event));
    }
    Ok((view, poll))
}

/// Proposes other days in an open poll, or asks for longer. What was said of days that stay, stays.
///
/// # Errors
/// As [`begin`]; [`Error::Clash`] when the poll changed since it was read.
pub async fn change(app: &App, actor: &Actor, id: EventId, revision: i64, proposed: &Proposed) -> Result<(), Error> {
    let (view, before) = to_change(app, actor, id, revision).await?;
    still_invites(app, &view.event)?;
    let (proposals, until) = model::read(proposed, today_at(app, &view.event)).map_err(Error::Invalid)?;
    let now = app.clock.now();
    let message = kept(&proposed.message, LONGEST);
    let after = Poll { proposals, until, message, revision: revision + 1, ..before.clone() };
    let event = moved(&view.event, after.proposals[0], now)?;
    transact!(app.database, transaction => {
        write_event(transaction, &view.event, &event).await?;
        if !store::polls::replace(transaction, &after).await? {
            return Err(clash(&event));
        }
        tell(transaction, actor, now, &event, "change_poll", (told(&before), told(&after))).await
    })
}

/// Writes again to those whose answer is missing or says nothing of some day, at most once a day. Says how many letters leave.
///
/// # Errors
/// [`Error::Over`] when the poll takes no answers any more, or everybody was written to within a day.
pub async fn remind(app: &App, actor: &Actor, id: EventId, revision: i64) -> Result<usize, Error> {
    let (view, before) = to_change(app, actor, id, revision).await?;
    still_invites(app, &view.event)?;
    let now = app.clock.now();
    let today = today_at(app, &view.event);
    if !before.takes_answers(today) {
        return Err(Error::Over { reason: "polls-answers-over" });
    }
    if !before.reminds(today, now) {
        return Err(Error::Over { reason: "polls-reminded" });
    }
    let silent: BTreeSet<Voter> =
        view.lines.iter().filter(|line| view.is_silent(line)).map(|line| line.voter).collect();
    let readers = letters::readers(app, actor, &view, |voter| silent.contains(&voter)).await?;
    let after = Poll { written_at: now, revision: revision + 1, ..before };
    transact!(app.database, transaction => {
        if !store::polls::replace(transaction, &after).await? {
            return Err(clash(&view.event));
        }
        letters::write(transaction, app, (&view.event, &after), About::Reminded, &readers, now).await?;
        let after = json!({ "silent": silent.len(), "letters": readers.len() });
        tell(transaction, actor, now, &view.event, "remind_poll", (Json::Null, after)).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}

/// Fixes one of the days: the event moves there with its hours, and everybody who has a voice is told by letter, whether it
/// answered or not. Says how many letters leave.
///
/// # Errors
/// [`Error::Worded`] for a day that is not proposed or has passed; [`Error::Over`] once the poll is over; [`Error::Clash`] when the event or
/// its poll changed since it was read.
pub async fn fix(app: &App, actor: &Actor, id: EventId, revision: i64, day: Day) -> Result<usize, Error> {
    let (view, before) = to_change(app, actor, id, revision).await?;
    still_invites(app, &view.event)?;
    if !before.proposals.contains(&day) {
        return Err(Error::worded("polls-not-proposed", &[("day", &day)]));
    }
    if day < today_at(app, &view.event) {
        return Err(Error::worded("polls-has-passed", &[("day", &day)]));
    }
    let now = app.clock.now();
    let event = moved(&view.event, day, now)?;
    let after = Poll { state: PollState::Fixed, fixed: Some(day), revision: revision + 1, ..before.clone() };
    let readers = letters::readers(app, actor, &view, |_| true).await?;
    transact!(app.database, transaction => {
        write_event(transaction, &view.event, &event).await?;
        if !store::polls::replace(transaction, &after).await? {
            return Err(clash(&event));
        }
        letters::write(transaction, app, (&event, &after), About::Fixed, &readers, now).await?;
        tell(transaction, actor, now, &event, "fix_date", (told(&before), told(&after))).await
    })?;
    app.jobs.notify_one();
    Ok(readers.len())
}

/// Gives a poll up without a day: the event stays where it stands, at the earliest of them.
///
/// # Errors
/// [`Error::Over`] once the poll is over; [`Error::Clash`] when it changed since it was read.
pub async fn end(app: &App, actor: &Actor, id: EventId, revision: i64) -> Result<(), Error> {
    let (view, before) = to_change(app, actor, id, revision).await?;
    let now = app.clock.now();
    let after = Poll { state: PollState::Ended, revision: revision + 1, ..before.clone() };
    transact!(app.database, transaction => {
        if !store::polls::replace(transaction, &after).await? {
            return Err(clash(&view.event));
        }
        tell(transaction, actor, now, &view.event, "end_poll", (told(&before), told(&after))).await
    })
}

/// A poll as somebody with a voice sees it: the days and what it said itself, nothing of others.
#[derive(Clone, Debug)]
pub struct Question {
    /// The poll.
    pub poll: Poll,
    /// What one said.
    pub given: Option<Given>,
    /// Whether one can still say something.
    pub open: bool,
}

async fn question(app: &App, event: &Event, voter: Voter, has_a_voice: bool) -> Result<Option<Question>, Error> {
    let Some(poll) = store::polls::of_event(&app.database, event.id).await? else { return Ok(None) };
    let given = store::polls::answer_of(&app.database, (event.cluster, voter)).await?;
    let open = has_a_voice && event.state != EventState::Cancelled && poll.takes_answers(today_at(app, event));
    Ok(Some(Question { poll, given, open }))
}

/// The poll of the event of a seat.
///
/// # Errors
/// When the database fails.
pub async fn of_seat(app: &App, seat: &Seat) -> Result<Option<Question>, Error> {
    let voter = Voter::Participant(seat.participant.id);
    question(app, &seat.event, voter, has_a_voice(seat.participant.standing)).await
}

/// What is asked of the actor's cluster, with the poll of the event.
///
/// # Errors
/// [`Error::NotFound`] for a question to somebody else.
pub async fn of_delegation(
    app: &App,
    actor: &Actor,
    id: DelegationId,
) -> Result<(Delegation, Event, Option<Question>), Error> {
    let (delegation, event) = delegations::own(app, actor, id, Action::ReadEvents).await?;
    let found = question(app, &event, Voter::Delegation(id), delegation_has_a_voice(delegation.state)).await?;
    Ok((delegation, event, found))
}

async fn put(
    app: &App,
    actor: &Actor,
    event: &Event,
    (voter, name, by_team): (Voter, &str, bool),
    question: Option<Question>,
    said: &Answer,
) -> Result<(), Error> {
    let question = question.ok_or_else(|| Error::NotFound("a date poll of this event".to_owned()))?;
    if !question.open {
        return Err(Error::Over { reason: "polls-answers-over" });
    }
    let answer = model::answer_to(&question.poll, said).map_err(|problem| Error::Invalid(vec![problem]))?;
    let now = app.clock.now();
    let before = question.given.map_or(Json::Null, |given| json!({ "who": name, "days": given.answer }));
    let given = Given { answer, by_team, at: now };
    transact!(app.database, transaction => {
        if !store::polls::answer(transaction, &question.poll, voter, &given).await? {
            return Err(Error::Over { reason: "polls-answers-over" });
        }
        let after = json!({ "who": name, "days": given.answer });
        tell(transaction, actor, now, event, "answer_poll", (before.clone(), after)).await
    })
}

/// Says in one's seat which days suit; the whole answer is written over the one before.
///
/// # Errors
/// [`Error::Over`] once it is not answered any more, also for whoever does not come; [`Error::Invalid`] where nothing is said.
pub async fn answer(app: &App, actor: &Actor, seat: &Seat, said: &Answer) -> Result<(), Error> {
    let id: ParticipantId = seat.participant.id;
    let voter = (Voter::Participant(id), seat.participant.name.as_str(), seat.runs);
    put(app, actor, &seat.event, voter, of_seat(app, seat).await?, said).await
}

/// Says for the actor's cluster which days suit its delegation.
///
/// # Errors
/// As [`answer`]; [`Error::NotFound`] for a question to somebody else.
pub async fn answer_for_cluster(app: &App, actor: &Actor, id: DelegationId, said: &Answer) -> Result<(), Error> {
    let (delegation, event) = delegations::own(app, actor, id, Action::EditEvents).await?;
    let found = question(app, &event, Voter::Delegation(id), delegation_has_a_voice(delegation.state)).await?;
    put(app, actor, &event, (Voter::Delegation(id), &delegation.name, false), found, said).await
}
