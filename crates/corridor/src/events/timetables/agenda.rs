//! What somebody has before them: the published meetings of a participant or of one of its people, as a page, as a calendar.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentValue;
use icalendar::{Calendar, Component, Event as CalendarEvent, EventLike};

use super::{Change, Entry, Placed, entries, published};
use crate::{
    accounts::Actor,
    events::{
        Attendee, AttendeeId, Event, EventId, EventState, Participant, ParticipantId, Request, RequestId, SlotTime,
        attending::{self, Seat},
        day, open as open_event, participants, slots, store,
    },
    foundation::{
        errors::Error,
        instance::App,
        languages::Language,
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

/// Whose agenda is looked at.
#[derive(Clone, Debug)]
pub struct Whose {
    /// The participant in its seat.
    pub seat: Seat,
    /// The one of its people whose private calendar the address is.
    pub person: Option<Attendee>,
}

/// Whose agenda an address names: the private calendar of somebody, or the seat of a participant.
///
/// # Errors
/// [`Error::NotFound`] for everything else.
pub async fn whose(app: &App, actor: &Actor, key: &str) -> Result<Whose, Error> {
    if key.parse::<ParticipantId>().is_err()
        && let Some(id) = store::timetables::of_calendar(&app.database, &Secret::new(key).digest()).await?
        && let Some(person) = store::people::one(&app.database, id).await?
        && let Some(participant) = store::participants::one(&app.database, Some(person.participant), None).await?
        && let Some(event) = store::events::event(&app.database, participant.event).await?
    {
        let seat = Seat { event, participant, key: key.to_owned(), by_link: true, runs: false };
        return Ok(Whose { seat, person: Some(person) });
    }
    Ok(Whose { seat: attending::seat(app, actor, key).await?, person: None })
}

/// Gives one of the people of a participant a private address of its calendar; an earlier one is worth nothing any more.
///
/// # Errors
/// [`Error::NotFound`] for somebody who is not of the participant.
pub async fn make_calendar(app: &App, seat: &Seat, id: AttendeeId) -> Result<(Attendee, Secret), Error> {
    let people = store::people::of_participant(&app.database, seat.participant.id).await?;
    let person = people.into_iter().find(|person| person.id == id);
    let person = person.ok_or_else(|| Error::NotFound("this person".to_owned()))?;
    let secret = Secret::fresh();
    let digest = secret.digest();
    transact!(app.database, transaction => {
        store::timetables::put_calendar(transaction, seat.event.cluster, id, &digest).await
    })?;
    Ok((person, secret))
}

/// A meeting in an agenda.
#[derive(Clone, Debug)]
pub struct Line {
    /// When and where.
    pub meeting: Placed,
    /// Where it was when the day began, if it was moved since.
    pub was: Option<Placed>,
    /// The other participant.
    pub with: Participant,
    /// Who sits there for it.
    pub their: String,
    /// Who sits there for the own side.
    pub own: String,
    /// What was written when it was asked for and answered.
    pub words: Vec<String>,
}

/// The published meetings of somebody, in the order of time.
///
/// # Errors
/// When the database fails.
pub async fn agenda(app: &App, whose: &Whose) -> Result<Vec<Line>, Error> {
    let Some(version) = published(app, &whose.seat.event).await? else { return Ok(Vec::new()) };
    let known = Known::of(app, &whose.seat.event, whose.seat.participant.id).await?;
    let sits = |meeting: &&Placed| whose.person.as_ref().is_none_or(|person| meeting.people.contains(&person.id));
    let mut lines: Vec<Line> = version.meetings.iter().filter(sits).filter_map(|meeting| known.line(meeting)).collect();
    let moved: BTreeMap<RequestId, Placed> = day::changed_today(app, &whose.seat.event)
        .await?
        .into_iter()
        .filter_map(|change| if let Change::Moved(was, now) = change { Some((now.request, was)) } else { None })
        .collect();
    for line in &mut lines {
        line.was = moved.get(&line.meeting.request).copied();
    }
    Ok(lines)
}

/// The meetings of somebody that fell away today, as they stood when the day began.
///
/// # Errors
/// When the database fails.
pub async fn fallen_away(app: &App, whose: &Whose) -> Result<Vec<Line>, Error> {
    let changes = day::changed_today(app, &whose.seat.event).await?;
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let known = Known::of(app, &whose.seat.event, whose.seat.participant.id).await?;
    let sits = |meeting: &Placed| whose.person.as_ref().is_none_or(|person| meeting.people.contains(&person.id));
    let gone = changes.iter().filter_map(|change| match change {
        Change::Gone(was) if sits(was) => known.line(was),
        _ => None,
    });
    Ok(gone.collect())
}

/// What an agenda names.
struct Known {
    own: ParticipantId,
    requests: BTreeMap<RequestId, Request>,
    participants: BTreeMap<ParticipantId, Participant>,
    names: BTreeMap<AttendeeId, String>,
}

impl Known {
    async fn of(app: &App, event: &Event, own: ParticipantId) -> Result<Self, Error> {
        let requests = store::requests::of_event(&app.database, event.id, Some(own)).await?;
        let (mut of, mut names) = (BTreeMap::new(), BTreeMap::new());
        for (participant, people) in participants::with_people(app, event.id).await? {
            names.extend(people.into_iter().map(|person| (person.id, person.name)));
            of.insert(participant.id, participant);
        }
        let requests = requests.into_iter().map(|request| (request.id, request)).collect();
        Ok(Known { own, requests, participants: of, names })
    }

    fn line(&self, meeting: &Placed) -> Option<Line> {
        let request = self.requests.get(&meeting.request)?;
        let asked = request.from == self.own;
        let name = |at: usize| self.names.get(&meeting.people[at]).cloned().unwrap_or_default();
        Some(Line {
            meeting: *meeting,
            was: None,
            with: self.participants.get(&request.other(self.own))?.clone(),
            own: name(usize::from(!asked)),
            their: name(usize::from(asked)),
            words: [&request.message, &request.answer].into_iter().filter(|text| !text.is_empty()).cloned().collect(),
        })
    }
}

/// Room and table in words: the room is named where there are several.
#[must_use]
pub fn place_words(app: &App, language: Language, event: &Event, meeting: &Placed) -> String {
    let room = event.setup.rooms.get(meeting.room).map_or("", |room| room.name.as_str());
    let values = [("room", FluentValue::from(room)), ("table", FluentValue::from(meeting.table.to_string()))];
    let key = if event.setup.rooms.len() > 1 { "timetable-place-room" } else { "timetable-place" };
    app.texts.say(language, key, &values)
}

/// When a meeting is, on the clock of the event: `10:20–10:40`.
#[must_use]
pub fn hours(language: Language, zone: &Zone, meeting: &Placed) -> String {
    let clock = |time: Timestamp| language.clock(zone.at(time).time());
    format!("{}–{}", clock(meeting.starts), clock(meeting.ends))
}

/// The calendar of somebody: every meeting that was ever published to them, those that fell away as cancelled.
///
/// # Errors
/// When the database fails.
pub async fn calendar(app: &App, whose: &Whose, language: Language) -> Result<String, Error> {
    let event = &whose.seat.event;
    let known = Known::of(app, event, whose.seat.participant.id).await?;
    let mut all = store::timetables::ever_published(&app.database, event.id).await?;
    for (_, meetings) in &mut all {
        meetings.retain(|meeting| known.requests.contains_key(&meeting.request));
    }
    let found = entries(&all, whose.person.as_ref().map(|person| person.id));
    let held = event.state != EventState::Cancelled;
    let link = app.address.link(&format!("/attend/{}/agenda", whose.seat.participant.id));
    let mut calendar = Calendar::new();
    calendar.name(&event.setup.name);
    for entry in &found {
        let Some(line) = known.line(&entry.meeting) else { continue };
        // What the whole event takes back is one more change.
        let entry = if held { *entry } else { Entry { held: false, sequence: entry.sequence + 1, ..*entry } };
        calendar.push(one(app, language, event, &entry, &line, &link));
    }
    Ok(calendar.done().to_string())
}

fn stamp(time: Timestamp) -> String {
    time.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A meeting as a calendar holds it. Times are in UTC, so that no calendar needs to know the zone of the event.
fn one(app: &App, language: Language, event: &Event, entry: &Entry, line: &Line, link: &str) -> CalendarEvent {
    let values = [
        ("with", FluentValue::from(line.with.name.as_str())),
        ("event", FluentValue::from(event.setup.name.as_str())),
        ("their", FluentValue::from(line.their.as_str())),
        ("own", FluentValue::from(line.own.as_str())),
    ];
    let say = |key: &str| app.texts.say(language, key, &values);
    let mut place = vec![place_words(app, language, event, &entry.meeting)];
    if !event.setup.place.is_empty() {
        place.push(event.setup.place.clone());
    }
    let mut made = CalendarEvent::new();
    made.uid(&format!("{}@{}", entry.meeting.request, app.address.host()))
        .add_property("DTSTAMP", stamp(entry.changed))
        .add_property("LAST-MODIFIED", stamp(entry.changed))
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("DTSTART", stamp(entry.meeting.starts))
        .add_property("DTEND", stamp(entry.meeting.ends))
        .add_property("STATUS", if entry.held { "CONFIRMED" } else { "CANCELLED" })
        .summary(&say("timetable-calendar-summary"))
        .description(&say("timetable-calendar-text"))
        .location(&place.join(", "))
        .url(link);
    made.done()
}

/// The most changes on the big screen.
const MOST_CHANGES: usize = 60;

/// A meeting on the big screen: where, and who meets whom.
pub type Shown = (Placed, String, String);

/// What a big screen shows: the slot that runs, and the one after it.
#[derive(Clone, Debug)]
pub struct Board {
    /// The event.
    pub event: Event,
    /// The slot that runs, or the next one, with its meetings: when, table, who meets whom.
    pub slots: Vec<(SlotTime, Vec<Shown>)>,
    /// Whether the first of them runs.
    pub runs: bool,
    /// What changed today of what has not begun yet, by the names of the participants: whose, the change, with whom.
    pub changes: Vec<(String, Change, String)>,
}

/// The big screen of an event of the actor's cluster.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn board(app: &App, actor: &Actor, id: EventId) -> Result<Board, Error> {
    let event = open_event(app, actor, id).await?;
    let now = app.clock.now();
    let meetings = published(app, &event).await?.map(|version| version.meetings).unwrap_or_default();
    // A slot without any meeting is none to wait for.
    let used: BTreeSet<Timestamp> = meetings.iter().map(|meeting| meeting.starts).collect();
    let coming = slots(&event.setup).into_iter().filter(|slot| slot.ends > now && used.contains(&slot.starts));
    let coming: Vec<SlotTime> = coming.take(2).collect();
    let names: BTreeMap<ParticipantId, String> = store::participants::of_event(&app.database, id)
        .await?
        .into_iter()
        .map(|participant| (participant.id, participant.name))
        .collect();
    let requests = store::requests::of_event(&app.database, id, None).await?;
    let sides: BTreeMap<RequestId, [ParticipantId; 2]> =
        requests.into_iter().map(|request| (request.id, [request.from, request.to])).collect();
    let name = |id: &ParticipantId| names.get(id).cloned().unwrap_or_default();
    let of = |slot: &SlotTime| {
        let mut held: Vec<(Placed, String, String)> = meetings
            .iter()
            .filter(|meeting| meeting.starts == slot.starts)
            .filter_map(|meeting| sides.get(&meeting.request).map(|[one, other]| (*meeting, name(one), name(other))))
            .collect();
        held.sort_by_key(|(meeting, ..)| (meeting.room, meeting.table));
        held
    };
    let runs = coming.first().is_some_and(|slot| slot.starts <= now);
    let slots = coming.iter().map(|slot| (*slot, of(slot))).collect();
    let mut changes: Vec<(String, Change, String)> = Vec::new();
    for change in day::changed_today(app, &event).await?.into_iter().filter(|change| change.shown().starts > now) {
        if let Some([one, other]) = sides.get(&change.shown().request) {
            changes.push((name(one), change, name(other)));
            changes.push((name(other), change, name(one)));
        }
    }
    changes.sort_by_cached_key(|(whose, change, _)| (whose.to_lowercase(), change.shown().starts));
    changes.truncate(MOST_CHANGES);
    Ok(Board { event, slots, runs, changes })
}
