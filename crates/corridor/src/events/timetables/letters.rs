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
    accounts::{Actor, people},
    events::{AttendeeId, Participant, ParticipantId, store},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::Timestamp,
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
    let accounts = people::who_speak_for(&app.database, &silent).await?;
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
        for (_, person) in accounts.iter().filter(|(of, _)| Some(*of) == organisation) {
            if let Some(email) = &person.email {
                put(email, person.language(), None, of_participant.to_vec());
            }
        }
    }
    Ok(found)
}

/// Writes the letters.
pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    timetable: &Timetable,
    readers: &[Reader],
    (now, letters): (Timestamp, Letters),
) -> Result<(), Error> {
    let event = &timetable.event;
    for reader in readers {
        if let Some((person, secret)) = &reader.calendar {
            store::timetables::put_calendar(transaction, event.cluster, *person, &secret.digest()).await?;
        }
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
        let letter = Letter {
            kind: "event",
            to: &reader.email,
            language: reader.language,
            zone: &event.setup.zone(),
            values: context! {
                subject => app.texts.say(reader.language, &format!("mail-event-{}-subject", letters.key()), &values),
                words => app.texts.say(reader.language, &format!("mail-event-{}-text", letters.key()), &values),
                said => said(app, timetable, reader),
                has_link => link.is_some(),
                at_page,
                address => app.address.to_string(),
            },
            link,
        };
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    Ok(())
}

/// The changes, one a line.
fn said(app: &App, timetable: &Timetable, reader: &Reader) -> String {
    let language = reader.language;
    let zone = timetable.event.setup.zone();
    let other = |meeting: &Placed| {
        let request = timetable.ground.requests.iter().find(|request| request.id == meeting.request);
        let other = request.map(|request| request.other(reader.participant.id));
        let found = timetable.ground.participants.iter().find(|(one, _)| Some(one.id) == other);
        found.map_or("", |(one, _)| one.name.as_str())
    };
    let when = |meeting: &Placed| {
        format!("{}, {}", language.day(zone.at(meeting.starts).date()), hours(language, &zone, meeting))
    };
    let line = |change: &Change| {
        let meeting = change.shown();
        let place = |meeting: &Placed| place_words(app, language, &timetable.event, meeting);
        let before = match change {
            Change::Moved(before, _) => format!("{}, {}", when(before), place(before)),
            _ => String::new(),
        };
        let values: [(&str, FluentValue<'_>); 4] = [
            ("with", other(meeting).into()),
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
