//! Who takes part: invited by the team, registered by itself, let in, and with which people.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentValue;
use minijinja::context;
use serde_json::{Value as Json, json};

use super::{
    Attendee, AttendeeId, Event, EventId, Participant, ParticipantId, Standing, attendee_key, clash, editable, hold,
    inviting::{is_there, known, still_invites},
    model::{MOST_COUNT, address_key, booth},
    open, store, tell, today_at,
};
use crate::{
    accounts::{Actor, Email, people},
    consortia::find_organisation,
    foundation::{
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

/// The longest text of a profile.
pub const LONGEST: usize = 2_000;
/// The longest name, of a person or a delegation.
pub(super) const LONGEST_NAME: usize = 120;
/// The most people of a participant.
pub const MOST_PEOPLE: usize = 30;
/// The most participants of an event.
pub const MOST_PARTICIPANTS: usize = 15_000;

/// Whom the team asks to come.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The organisation, by its id in Corridor; empty where it has no record.
    pub organisation_id: String,
    /// The organisation as typed: a name, where there is no record.
    pub organisation: String,
    /// The country of an organisation without a record.
    pub country: String,
    /// The key of its kind of participation.
    pub kind: String,
    /// With which cluster or network it comes.
    pub delegation: String,
    /// Somebody there: the name.
    pub name: String,
    /// Somebody there: the address.
    pub email: String,
    /// The language of the letter.
    pub language: String,
    /// Whether it takes part already: nobody is asked.
    pub confirmed: String,
}

pub(super) fn kept(text: &str, longest: usize) -> String {
    text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(longest).collect()
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// Participants of an event of the actor's cluster with their people, by name.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn list(app: &App, actor: &Actor, id: EventId) -> Result<(Event, Vec<(Participant, Vec<Attendee>)>), Error> {
    let event = open(app, actor, id).await?;
    let found = with_people(app, id).await?;
    Ok((event, found))
}

/// People by the participants whose they are.
pub(super) fn by_participant(people: Vec<Attendee>) -> BTreeMap<ParticipantId, Vec<Attendee>> {
    let mut of: BTreeMap<ParticipantId, Vec<Attendee>> = BTreeMap::new();
    for attendee in people {
        of.entry(attendee.participant).or_default().push(attendee);
    }
    of
}

/// Participants of an event with their people, by name.
pub(super) async fn with_people(app: &App, id: EventId) -> Result<Vec<(Participant, Vec<Attendee>)>, Error> {
    let mut of = by_participant(store::people::of_event(&app.database, id).await?);
    let participants = store::participants::of_event(&app.database, id).await?;
    Ok(participants
        .into_iter()
        .map(|one| (of.remove(&one.id).unwrap_or_default(), one))
        .map(|(people, one)| (one, people))
        .collect())
}

/// A participant of an event of the actor's cluster, to be changed, with its people.
///
/// # Errors
/// [`Error::NotFound`] for one of somebody else.
pub async fn one(
    app: &App,
    actor: &Actor,
    id: EventId,
    participant: ParticipantId,
) -> Result<(Event, Participant, Vec<Attendee>), Error> {
    let event = editable(app, actor, id).await?;
    let found = store::participants::one(&app.database, Some(participant), None).await?;
    let found = found.filter(|one| one.event == id).ok_or_else(|| no_such(participant))?;
    let people = store::people::of_participant(&app.database, participant).await?;
    Ok((event, found, people))
}

pub(super) fn no_such(id: ParticipantId) -> Error {
    Error::NotFound(format!("the participant {id}"))
}

fn told(participant: &Participant) -> Json {
    json!({
        "participant": participant.name, "standing": participant.standing.key(), "kind": participant.kind,
        "delegation": participant.delegation, "minimum": participant.minimum, "maximum": participant.maximum,
        "booth": participant.booth, "offers": participant.offers, "seeks": participant.seeks,
    })
}

/// Asks an organisation to come, or notes that it does; the one named there gets a letter with the private link of the
/// participant, else everybody who speaks for the organisation here.
///
/// Nobody of a demonstration writes to real people.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::Over`] once the event is over and somebody is to be asked.
pub async fn invite(app: &App, actor: &Actor, id: EventId, asked: &Asked) -> Result<ParticipantId, Error> {
    let event = editable(app, actor, id).await?;
    // Whoever was there is noted also afterwards; nobody is asked to come any more.
    if asked.confirmed != "yes" {
        still_invites(app, &event)?;
    }
    let mut problems = Vec::new();
    let typed = kept(&asked.organisation, 200);
    let organisation = match asked.organisation_id.trim() {
        "" => None,
        id => Some(find_organisation(app, actor, id).await?),
    };
    if organisation.is_none() && typed.is_empty() {
        problems.push(problem("organisation", "events-wrong-organisation", ""));
    }
    if event.setup.participation(&asked.kind).is_none() {
        problems.push(problem("kind", "events-wrong-participation", &asked.kind));
    }
    let email = match asked.email.trim() {
        "" => None,
        text => match text.parse::<Email>() {
            Ok(email) => Some(email.to_string()),
            Err(_) => {
                problems.push(problem("email", "events-wrong-email", text));
                None
            }
        },
    };
    let name = kept(&asked.name, 120);
    let confirmed = asked.confirmed == "yes";
    let mut of_account = match &organisation {
        Some(organisation) => people::who_speak_for(&app.database, &[organisation.id.0]).await?,
        None => Vec::new(),
    };
    // Whoever wants no more invitations gets none, and is no reason not to write to somebody else.
    let refused =
        if confirmed { BTreeSet::new() } else { store::inviting::refused(&app.database, event.cluster).await? };
    let refuses = |email: &str| refused.contains(&address_key(email));
    if let Some(email) = email.as_deref().filter(|email| refuses(email)) {
        problems.push(problem("email", "events-wrong-refused", email));
    }
    let speakers = of_account.len();
    of_account.retain(|(_, person)| !person.email.as_deref().is_some_and(refuses));
    if !confirmed && email.is_none() && of_account.is_empty() && speakers > 0 {
        problems.push(problem("email", "events-wrong-refused", ""));
    } else if !confirmed && email.is_none() && of_account.is_empty() && !actor.is_of_the_demonstration() {
        problems.push(problem("email", "events-wrong-nobody", ""));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let now = app.clock.now();
    let participant = Participant {
        id: ParticipantId::new(),
        event: id,
        organisation: organisation.as_ref().map(|organisation| organisation.id),
        name: organisation.as_ref().map_or(typed, |organisation| organisation.shown()),
        country: match &organisation {
            Some(organisation) => organisation.country.clone().unwrap_or_default(),
            None => kept(&asked.country, 2).to_uppercase(),
        },
        kind: asked.kind.clone(),
        delegation: kept(&asked.delegation, 120),
        standing: if confirmed { Standing::Confirmed } else { Standing::Invited },
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: now,
        answered_at: confirmed.then_some(now),
    };
    let language: Language = asked.language.parse().unwrap_or_default();
    let attendee = (!name.is_empty() || email.is_some()).then(|| {
        let id = AttendeeId::new();
        let email = email.clone().unwrap_or_default();
        let name = if name.is_empty() { email.clone() } else { name.clone() };
        let key = attendee_key(&email, id);
        Attendee {
            id,
            participant: participant.id,
            name,
            email,
            job: String::new(),
            language,
            key,
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: None,
        }
    });
    let key = Secret::fresh();
    transact!(app.database, transaction => {
        hold(transaction, &event).await?;
        let there = store::participants::of_event_in(transaction, id).await?;
        if there.len() >= MOST_PARTICIPANTS {
            return Err(Error::Invalid(vec![problem("organisation", "inviting-wrong-full", "")]));
        }
        if is_there(&known(&there), participant.organisation, &participant.name) {
            return Err(Error::Invalid(vec![problem("organisation", "events-wrong-twice", &participant.name)]));
        }
        if !store::participants::put(transaction, event.cluster, &participant).await? {
            return Err(Error::Invalid(vec![problem("organisation", "events-wrong-twice", &participant.name)]));
        }
        if let Some(attendee) = &attendee {
            store::people::put(transaction, event.place(), attendee, now).await?;
            let seat = (participant.id, attendee.id);
            store::participants::put_link(transaction, event.cluster, seat, &key.digest(), now).await?;
        }
        if !actor.is_of_the_demonstration() {
            let what = if confirmed { "added" } else { "invited" };
            match &email {
                Some(email) => {
                    write_letter(transaction, app, &event, &participant, what, (email, language), Some(&key), now).await?;
                }
                None => {
                    for (_, person) in &of_account {
                        if let Some(email) = &person.email {
                            let reader = (email.as_str(), person.language());
                            write_letter(transaction, app, &event, &participant, what, reader, None, now).await?;
                        }
                    }
                }
            }
        }
        tell(transaction, actor, now, &event, "invite", (Json::Null, told(&participant))).await
    })?;
    Ok(participant.id)
}

/// Writes a letter to somebody of a participant: with its private link, or to where its account leads.
#[expect(clippy::too_many_arguments, reason = "a letter has a reader, a subject and a moment; they share no struct")]
pub(super) async fn write_letter(
    transaction: &mut Transaction,
    app: &App,
    event: &Event,
    participant: &Participant,
    what: &'static str,
    to: (&str, Language),
    key: Option<&Secret>,
    now: Timestamp,
) -> Result<(), Error> {
    let zone = event.setup.zone();
    mail::write(transaction, &app.renderer, &letter(app, (event, &zone), participant, what, to, key), now).await?;
    Ok(())
}

/// The days of an event as a letter adds them to its name; nothing where they are not known or not fixed.
pub(super) fn in_brackets(event: &Event, language: Language) -> String {
    match event.setup.days_words(language) {
        days if days.is_empty() => days,
        _ if event.polled => String::new(),
        days => format!(" ({days})"),
    }
}

/// The letter to somebody of a participant. Invitations tell how to have no more of them.
pub(super) fn letter<'a>(
    app: &App,
    (event, zone): (&Event, &'a Zone),
    participant: &Participant,
    what: &str,
    (to, language): (&'a str, Language),
    key: Option<&Secret>,
) -> Letter<'a> {
    let values: [(&str, FluentValue<'_>); 5] = [
        ("event", event.setup.name.as_str().into()),
        ("cluster", event.cluster_name.as_str().into()),
        ("organisation", participant.name.as_str().into()),
        ("place", event.setup.place.as_str().into()),
        ("days", in_brackets(event, language).into()),
    ];
    let link = key.map(|key| Secret::new(app.address.link(&format!("/attend/{}", key.reveal()))));
    Letter {
        kind: if what == "invited" { "event-invitation" } else { "event" },
        to,
        language,
        zone,
        values: context! {
            subject => app.texts.say(language, &format!("mail-event-{what}-subject"), &values),
            // Days that are asked about are not told as if they were fixed.
            words => match what {
                "invited" | "added" | "confirmed" if event.polled => {
                    app.texts.say(language, &format!("mail-event-{what}-polled-text"), &values)
                }
                _ => app.texts.say(language, &format!("mail-event-{what}-text"), &values),
            },
            said => event.setup.summary.as_str(),
            has_link => link.is_some(),
            at_page => app.address.link(&format!("/attend/{}", participant.id)),
            address => app.address.to_string(),
        },
        link,
    }
}

/// What the team says of a participant.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Said {
    /// Counts its saves: the one that was read.
    pub revision: i64,
    /// The key of its kind of participation.
    pub kind: String,
    /// With which cluster or network it comes.
    pub delegation: String,
    /// Meetings at least; empty for the figure of its kind.
    pub minimum: String,
    /// Meetings at most; empty for the figure of its kind.
    pub maximum: String,
    /// Its own booth, `room/table`; empty for none.
    pub booth: String,
}

fn count(field: &str, text: &str, problems: &mut Vec<FieldProblem>) -> Option<u32> {
    match text.trim() {
        "" => None,
        text => match text.parse::<u32>() {
            Ok(count) if count <= MOST_COUNT => Some(count),
            _ => {
                problems.push(problem(field, "events-wrong-count", text));
                None
            }
        },
    }
}

/// A booth as it is kept, `room/table`, where it is one of the event's tables.
fn table_of(event: &Event, typed: &str) -> Option<String> {
    let (room, table) = booth(typed)?;
    let there = event.setup.rooms.get(room).is_some_and(|room| table <= room.tables);
    there.then(|| format!("{}/{table}", room + 1))
}

/// Corrects what the team says of a participant.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::Clash`] when somebody changed it since it was read.
pub async fn correct(
    app: &App,
    actor: &Actor,
    id: EventId,
    participant: ParticipantId,
    said: &Said,
) -> Result<(), Error> {
    let (event, before, _) = one(app, actor, id, participant).await?;
    let mut problems = Vec::new();
    if event.setup.participation(&said.kind).is_none() {
        problems.push(problem("kind", "events-wrong-participation", &said.kind));
    }
    let minimum = count("minimum", &said.minimum, &mut problems);
    let maximum = count("maximum", &said.maximum, &mut problems);
    if minimum.zip(maximum).is_some_and(|(minimum, maximum)| minimum > maximum) {
        problems.push(problem("minimum", "events-wrong-minimum", &said.minimum));
    }
    let own = table_of(&event, &said.booth);
    if own.is_none() && !said.booth.trim().is_empty() {
        problems.push(problem("booth", "events-wrong-booth", &said.booth));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if before.revision != said.revision {
        return Err(clash(&event));
    }
    let after = Participant {
        kind: said.kind.clone(),
        delegation: kept(&said.delegation, 120),
        minimum,
        maximum,
        booth: own.unwrap_or_default(),
        ..before.clone()
    };
    put(app, actor, &event, &before, after, "correct_participant").await
}

/// Writes a participant over the revision that was read.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    event: &Event,
    before: &Participant,
    after: Participant,
    action: &str,
) -> Result<(), Error> {
    if *before == after {
        return Ok(());
    }
    let now = app.clock.now();
    let after = Participant { revision: before.revision + 1, ..after };
    transact!(app.database, transaction => {
        if !after.booth.is_empty() && after.booth != before.booth {
            // Two of the team who give the same table away at once do so one after the other.
            hold(transaction, event).await?;
            if store::participants::has_booth(transaction, event.id, after.id, &after.booth).await? {
                return Err(Error::Invalid(vec![problem("booth", "events-wrong-booth-taken", &after.booth)]));
            }
        }
        if !store::participants::replace(transaction, event.cluster, &after).await? {
            return Err(clash(event));
        }
        tell(transaction, actor, now, event, action, (told(before), told(&after))).await
    })
}

/// Lets somebody in, or takes it out. Who is let in gets a new private link by letter, at the address of its people.
///
/// # Errors
/// [`Error::Input`] for a standing that the team does not give.
pub async fn set_standing(
    app: &App,
    actor: &Actor,
    id: EventId,
    participant: ParticipantId,
    standing: Standing,
) -> Result<(), Error> {
    let (event, before, named) = one(app, actor, id, participant).await?;
    if !matches!(standing, Standing::Confirmed | Standing::Withdrawn) {
        return Err(Error::input(format!("the team confirms or takes out; `{}` is neither", standing.key())));
    }
    if before.standing == standing {
        return Ok(());
    }
    let now = app.clock.now();
    let after = Participant { standing, answered_at: Some(now), revision: before.revision + 1, ..before.clone() };
    let key = Secret::fresh();
    // Whom a delegation proposed without a contact is told by its account, where it has one.
    let speakers = match before.organisation.filter(|_| named.iter().all(|person| person.email.is_empty())) {
        Some(organisation) => people::who_speak_for(&app.database, &[organisation.0]).await?,
        None => Vec::new(),
    };
    transact!(app.database, transaction => {
        if !store::participants::replace(transaction, event.cluster, &after).await? {
            return Err(clash(&event));
        }
        for (_, person) in speakers.iter().filter(|_| !actor.is_of_the_demonstration()) {
            let what = if standing == Standing::Confirmed { "confirmed" } else { "withdrawn" };
            let Some(email) = &person.email else { continue };
            let to = (email.as_str(), person.language());
            write_letter(transaction, app, &event, &after, what, to, None, now).await?;
        }
        let reader = named.iter().find(|person| !person.email.is_empty());
        if let Some(reader) = reader.filter(|_| !actor.is_of_the_demonstration()) {
            let confirmed = standing == Standing::Confirmed;
            if confirmed {
                let seat = (participant, reader.id);
                store::participants::put_link(transaction, event.cluster, seat, &key.digest(), now).await?;
            }
            let what = if confirmed { "confirmed" } else { "withdrawn" };
            let to = (reader.email.as_str(), reader.language);
            write_letter(transaction, app, &event, &after, what, to, confirmed.then_some(&key), now).await?;
        }
        tell(transaction, actor, now, &event, "set_standing", (told(&before), told(&after))).await
    })
}

/// Whether somebody can still come to an event today, for those whom it is open to.
#[must_use]
pub fn is_open(app: &App, event: &Event) -> bool {
    event.registers(today_at(app, event))
}
