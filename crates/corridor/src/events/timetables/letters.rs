//! Letters to those whose agenda changed with a published timetable.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use minijinja::context;
use uuid::Uuid;

use super::{
    Change, Placed, Timetable,
    agenda::{hours, place_words},
};
use crate::{
    accounts::{Actor, Person, people},
    events::{AttendeeId, Event, Participant, ParticipantId, RequestId, store},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

/// The most changes that a letter lists; the agenda has them all.
const MOST_LINES: usize = 40;

/// Of what letters tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::events) enum Letters {
    /// A published timetable: everybody of a participant.
    Agenda,
    /// A change of the day: those whose meetings change.
    OfTheDay,
}

impl Letters {
    fn key(self) -> &'static str {
        match self {
            Letters::Agenda => "agenda",
            Letters::OfTheDay => "day",
        }
    }
}

/// Who is told what.
#[derive(Debug)]
pub(in crate::events) struct Reader {
    participant: Participant,
    email: String,
    language: Language,
    /// Somebody who has no private calendar yet gets its address.
    calendar: Option<(AttendeeId, Secret)>,
    changes: Vec<Change>,
}

/// Who is told: the people of each participant that the changes touch; where none has an address, whoever speaks for the
/// organisation. Nobody of a demonstration writes to real people.
pub(super) async fn readers(
    app: &App,
    actor: &Actor,
    timetable: &Timetable,
    touched: &BTreeMap<ParticipantId, Vec<Change>>,
    letters: Letters,
) -> Result<Vec<Reader>, Error> {
    if actor.is_of_the_demonstration() {
        return Ok(Vec::new());
    }
    let with_calendar = store::timetables::with_calendar(&app.database, timetable.event.id).await?;
    let of_touched = || timetable.ground.participants.iter().filter(|(one, _)| touched.contains_key(&one.id));
    let silent: Vec<Uuid> = of_touched()
        .filter(|(_, people)| people.iter().all(|person| person.email.is_empty()))
        .filter_map(|(participant, _)| participant.organisation.map(|organisation| organisation.0))
        .collect();
    let mut accounts: BTreeMap<Uuid, Vec<Person>> = BTreeMap::new();
    for (organisation, person) in people::who_speak_for(&app.database, &silent).await? {
        accounts.entry(organisation).or_default().push(person);
    }
    let mut found = Vec::new();
    for (participant, of) in of_touched() {
        let of_participant = touched.get(&participant.id).map_or(&[][..], Vec::as_slice);
        let mut put = |email: &str, language: Language, calendar: Option<AttendeeId>, changes: Vec<Change>| {
            found.push(Reader {
                participant: participant.clone(),
                email: email.to_owned(),
                language,
                calendar: calendar.map(|person| (person, Secret::fresh())),
                changes,
            });
        };
        let mut told = false;
        for person in of.iter().filter(|person| !person.email.is_empty()) {
            told = true;
            let sits = |change: &&Change| letters == Letters::Agenda || change.is_of(person.id);
            let changes: Vec<Change> = of_participant.iter().filter(sits).copied().collect();
            if !changes.is_empty() {
                let calendar = (!with_calendar.contains(&person.id)).then_some(person.id);
                put(&person.email, person.language, calendar, changes);
            }
        }
        let organisation = participant.organisation.filter(|_| !told).map(|organisation| organisation.0);
        for person in organisation.and_then(|organisation| accounts.get(&organisation)).into_iter().flatten() {
            if let Some(email) = &person.email {
                put(email, person.language(), None, of_participant.to_vec());
            }
        }
    }
    Ok(found)
}

/// The letters with what each says, put together before the transaction that writes them: a large event has thousands of
/// lines, and nobody else writes meanwhile.
#[derive(Debug)]
pub(in crate::events) struct Written<'a> {
    event: &'a Event,
    letters: Letters,
    each: Vec<(&'a Reader, String)>,
}

impl<'a> Written<'a> {
    pub(in crate::events) fn of(app: &App, timetable: &'a Timetable, readers: &'a [Reader], letters: Letters) -> Self {
        let with = With::of(timetable);
        let each = readers.iter().map(|reader| (reader, with.said(app, &timetable.event, reader))).collect();
        Written { event: &timetable.event, letters, each }
    }

    /// Writes them, in few statements.
    pub(super) async fn write(&self, transaction: &mut Transaction, app: &App, now: Timestamp) -> Result<(), Error> {
        for (reader, _) in &self.each {
            if let Some((person, secret)) = &reader.calendar {
                store::timetables::put_calendar(transaction, self.event.cluster, *person, &secret.digest()).await?;
            }
        }
        let zone = self.event.setup.zone();
        let letters: Vec<Letter<'_>> =
            self.each.iter().map(|(reader, said)| self.letter(app, &zone, reader, said)).collect();
        mail::write_all(transaction, &app.renderer, &letters, now).await
    }

    fn letter<'l>(&self, app: &App, zone: &'l Zone, reader: &'l Reader, said: &str) -> Letter<'l> {
        let event = self.event;
        let values: [(&str, FluentValue<'_>); 4] = [
            ("event", event.setup.name.as_str().into()),
            ("cluster", event.cluster_name.as_str().into()),
            ("organisation", reader.participant.name.as_str().into()),
            ("count", reader.changes.len().into()),
        ];
        let link = reader
            .calendar
            .as_ref()
            .map(|(_, secret)| Secret::new(app.address.link(&format!("/attend/{}/agenda", secret.reveal()))));
        // An account opens it under the participant; whoever has none has a private link already.
        let at_page = match (&link, reader.participant.organisation) {
            (None, Some(_)) => app.address.link(&format!("/attend/{}/agenda", reader.participant.id)),
            _ => String::new(),
        };
        let say =
            |part: &str| app.texts.say(reader.language, &format!("mail-event-{}-{part}", self.letters.key()), &values);
        Letter {
            kind: "event",
            to: &reader.email,
            language: reader.language,
            zone,
            values: context! {
                subject => say("subject"),
                words => say("text"),
                said,
                has_link => link.is_some(),
                at_page,
                address => app.address.to_string(),
            },
            link,
        }
    }
}

/// Who meets whom, as letters name it.
struct With<'a> {
    sides: BTreeMap<RequestId, [ParticipantId; 2]>,
    names: BTreeMap<ParticipantId, &'a str>,
}

impl<'a> With<'a> {
    fn of(timetable: &'a Timetable) -> Self {
        let ground = &timetable.ground;
        With {
            sides: ground.requests.iter().map(|request| (request.id, [request.from, request.to])).collect(),
            names: ground.participants.iter().map(|(one, _)| (one.id, one.name.as_str())).collect(),
        }
    }

    /// What the other participant of a meeting is called.
    fn other(&self, meeting: &Placed, own: ParticipantId) -> &'a str {
        let other = self.sides.get(&meeting.request).and_then(|sides| sides.iter().find(|side| **side != own));
        other.and_then(|other| self.names.get(other)).copied().unwrap_or_default()
    }

    /// The changes, one a line.
    fn said(&self, app: &App, event: &Event, reader: &Reader) -> String {
        let language = reader.language;
        let zone = event.setup.zone();
        let when = |meeting: &Placed| {
            format!("{}, {}", language.day(zone.at(meeting.starts).date()), hours(language, &zone, meeting))
        };
        let line = |change: &Change| {
            let meeting = change.shown();
            let place = |meeting: &Placed| place_words(app, language, event, meeting);
            let before = match change {
                Change::Moved(before, _) => format!("{}, {}", when(before), place(before)),
                _ => String::new(),
            };
            let values: [(&str, FluentValue<'_>); 4] = [
                ("with", self.other(meeting, reader.participant.id).into()),
                ("when", when(meeting).into()),
                ("where", place(meeting).into()),
                ("before", before.into()),
            ];
            app.texts.say(language, &format!("mail-event-agenda-{}", change.key()), &values)
        };
        let mut lines: Vec<String> = reader.changes.iter().take(MOST_LINES).map(line).collect();
        if reader.changes.len() > MOST_LINES {
            lines.push("…".to_owned());
        }
        lines.join("\n")
    }
}
