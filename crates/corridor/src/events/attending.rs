//! Who takes part, in its own seat: through an account that speaks for the organisation, or the private link of a letter.

use serde_json::{Value as Json, json};

use super::{
    Attendee, AttendeeId, Event, EventId, EventKind, EventState, Participant, ParticipantId, Standing, attendee_key,
    clash, hold, no_such_event,
    participants::{self, LONGEST, MOST_PEOPLE},
    slots, store, tell, today_at,
};
use crate::{
    accounts::{Action, Actor, Email, Resource, decide, own_account_of, visibility},
    consortia::find_organisation,
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        secrets::Secret,
        time::Timestamp,
    },
};

/// A participant in its seat.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The event.
    pub event: Event,
    /// The participant.
    pub participant: Participant,
    /// What names the participant in the addresses of its pages: its id, or the secret of its private link.
    pub key: String,
    /// Whether it came by its private link.
    pub by_link: bool,
    /// Whether somebody of the event's team looks at it in the participant's place.
    pub runs: bool,
}

/// Who somebody is, by what names a participant in an address: its id for whoever speaks for the organisation and for the
/// team of the event, or the secret of its private link for anybody who holds it.
///
/// # Errors
/// [`Error::NotFound`] for everybody else, whether there is such a participant or not.
pub async fn seat(app: &App, actor: &Actor, key: &str) -> Result<Seat, Error> {
    decide(actor, Action::ReadPublic, Resource::Instance)?;
    let nowhere = || Error::NotFound("this participant".to_owned());
    let id = key.parse::<ParticipantId>().ok();
    let digest = id.is_none().then(|| Secret::new(key).digest());
    let found = store::participants::one(&app.database, id, digest.as_deref()).await?;
    let participant = found.ok_or_else(nowhere)?;
    let event = store::events::event(&app.database, participant.event).await?.ok_or_else(nowhere)?;
    let speaks = || {
        decide(actor, Action::Attend, Resource::Instance).is_ok()
            && actor.organisation().map(OrganisationId) == participant.organisation
            && participant.organisation.is_some()
    };
    let runs = id.is_some() && !speaks() && decide(actor, Action::EditEvents, Resource::Cluster(event.cluster)).is_ok();
    if id.is_some() && !speaks() && !runs {
        return Err(nowhere());
    }
    Ok(Seat { event, participant, key: key.to_owned(), by_link: id.is_none(), runs })
}

/// Whose letters a seat is about: of its private link the person it was written to, else all people of the participant; of
/// an account its own address. The team in a participant's place has none.
pub(super) async fn own_addresses(app: &App, actor: &Actor, seat: &Seat) -> Result<Vec<String>, Error> {
    if seat.runs {
        return Err(Error::Refused { reason: "inviting-refused-team", sign_in: false });
    }
    if !seat.by_link {
        let account = own_account_of(&app.database, actor).await?;
        return Ok(account.and_then(|person| person.email).into_iter().collect());
    }
    let digest = Secret::new(&seat.key).digest();
    let of_link = store::inviting::person_of_link(&app.database, &digest).await?;
    let people = store::people::of_participant(&app.database, seat.participant.id).await?;
    let mine = people.into_iter().filter(|person| of_link.is_none_or(|id| id == person.id));
    Ok(mine.map(|person| person.email).filter(|email| !email.is_empty()).collect())
}

/// The same, where letters are to be chosen: there must be an address.
pub(super) async fn known_addresses(app: &App, actor: &Actor, seat: &Seat) -> Result<Vec<String>, Error> {
    let addresses = own_addresses(app, actor, seat).await?;
    if addresses.is_empty() {
        let message = "inviting-wrong-no-address".to_owned();
        return Err(Error::Invalid(vec![FieldProblem { field: "address".to_owned(), message, value: String::new() }]));
    }
    Ok(addresses)
}

/// What the organisation of the actor takes part in or is invited to, and the open events that it can still come to.
///
/// # Errors
/// When the actor speaks for no organisation.
pub async fn of_organisation(
    app: &App,
    actor: &Actor,
    reader: &visibility::Reader,
) -> Result<(Vec<(Event, Participant)>, Vec<Event>), Error> {
    decide(actor, Action::Attend, Resource::Instance)?;
    let organisation = actor
        .organisation()
        .map(OrganisationId)
        .ok_or(Error::Refused { reason: "participation-refused-no-organisation", sign_in: false })?;
    let today = app.clock.today(&app.configuration.time_zone);
    let open = store::events::open_to(&app.database, reader, today).await?;
    let taking = store::participants::of_organisation(&app.database, organisation).await?;
    let ids: Vec<_> = taking.iter().map(|one| one.event).collect();
    let mut events = store::events::events(&app.database, &ids).await?;
    let others = open.into_iter().filter(|event| !ids.contains(&event.id)).collect();
    let mut own = Vec::new();
    for participant in taking {
        if let Some(event) = events.remove(&participant.event) {
            own.push((event, participant));
        }
    }
    Ok((own, others))
}

/// An open event that the reader sees, whoever's it is.
///
/// # Errors
/// [`Error::NotFound`] for one that is not open to them.
pub async fn open_event(app: &App, actor: &Actor, reader: &visibility::Reader, id: EventId) -> Result<Event, Error> {
    decide(actor, Action::Attend, Resource::Instance)?;
    let found = store::events::event(&app.database, id).await?;
    let sees = |event: &Event| event.state == EventState::Open && reader.sees(event.cluster, &event.audience);
    found.filter(sees).ok_or_else(|| no_such_event(id))
}

/// What a participant says of itself.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Counts its saves: the one that was read.
    pub revision: i64,
    /// The key of its kind of participation, where it registers.
    pub kind: String,
    /// What it offers.
    pub offers: String,
    /// What it seeks.
    pub seeks: String,
}

fn kept(text: &str) -> String {
    text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST).collect()
}

/// Comes to an open event: at once where the event lets everybody in, else once the team does. Who speaks for the organisation
/// is its first attendee.
///
/// # Errors
/// [`Error::Invalid`] for a kind of participation that there is not; [`Error::Over`] once registration is closed.
pub async fn register(
    app: &App,
    actor: &Actor,
    reader: &visibility::Reader,
    id: EventId,
    profile: &Profile,
) -> Result<ParticipantId, Error> {
    let event = open_event(app, actor, reader, id).await?;
    if !event.registers(today_at(app, &event)) {
        return Err(Error::Over { reason: "events-registration-over" });
    }
    let wrong = |field: &str, message: &str, value: &str| {
        Error::Invalid(vec![FieldProblem { field: field.into(), message: message.into(), value: value.into() }])
    };
    if event.setup.participation(&profile.kind).is_none() {
        return Err(wrong("kind", "events-wrong-participation", &profile.kind));
    }
    let organisation = actor.organisation().unwrap_or_default().to_string();
    let organisation = find_organisation(app, actor, &organisation).await?;
    let now = app.clock.now();
    let participant = Participant {
        id: ParticipantId::new(),
        event: id,
        organisation: Some(organisation.id),
        name: organisation.shown(),
        country: organisation.country.clone().unwrap_or_default(),
        kind: profile.kind.clone(),
        delegation: if event.setup.kind == EventKind::Clusters {
            actor.cluster().map(|cluster| cluster.name.clone()).unwrap_or_default()
        } else {
            String::new()
        },
        standing: if event.setup.admits { Standing::Confirmed } else { Standing::Registered },
        offers: kept(&profile.offers),
        seeks: kept(&profile.seeks),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: now,
        answered_at: event.setup.admits.then_some(now),
    };
    let account = own_account_of(&app.database, actor).await?;
    let attendee = account.map(|person| {
        let id = AttendeeId::new();
        let email = person.email.clone().unwrap_or_default();
        Attendee {
            id,
            participant: participant.id,
            name: person.name.clone(),
            job: String::new(),
            language: person.language(),
            key: attendee_key(&email, id),
            email,
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: None,
        }
    });
    transact!(app.database, transaction => {
        hold(transaction, &event).await?;
        if !store::participants::put(transaction, event.cluster, &participant).await? {
            return Err(wrong("kind", "events-wrong-twice", &participant.name));
        }
        if let Some(attendee) = &attendee {
            store::people::put(transaction, event.place(), attendee, now).await?;
        }
        tell(transaction, actor, now, &event, "register", (Json::Null, json!({ "participant": participant.name }))).await
    })?;
    Ok(participant.id)
}

/// Says whether one comes, or comes no more.
///
/// # Errors
/// [`Error::Over`] once the event is over or cancelled.
pub async fn answer(app: &App, actor: &Actor, seat: &Seat, comes: bool) -> Result<(), Error> {
    if seat.event.is_over(today_at(app, &seat.event)) || seat.event.state == EventState::Cancelled {
        return Err(Error::Over { reason: "events-over" });
    }
    let before = &seat.participant;
    let standing = match (comes, before.standing) {
        (true, Standing::Invited | Standing::Declined) => Standing::Confirmed,
        // Who was taken out by the team, or left, asks again.
        (true, Standing::Withdrawn) => Standing::Registered,
        (true, standing) => standing,
        (false, Standing::Invited) => Standing::Declined,
        (false, _) => Standing::Withdrawn,
    };
    let after = Participant { standing, answered_at: Some(app.clock.now()), ..before.clone() };
    if standing == before.standing {
        return Ok(());
    }
    participants::put(app, actor, &seat.event, before, after, "answer").await
}

/// Saves what a participant says of itself.
///
/// # Errors
/// [`Error::Clash`] when somebody changed it since it was read.
pub async fn save_profile(app: &App, actor: &Actor, seat: &Seat, profile: &Profile) -> Result<(), Error> {
    if seat.participant.revision != profile.revision {
        return Err(clash(&seat.event));
    }
    let after = Participant { offers: kept(&profile.offers), seeks: kept(&profile.seeks), ..seat.participant.clone() };
    participants::put(app, actor, &seat.event, &seat.participant, after, "save_profile").await
}

/// One of the people as a form names them.
#[derive(Clone, Debug, Default)]
pub struct PersonForm {
    /// The person, where it is there already.
    pub id: Option<AttendeeId>,
    /// The name; empty to take the person out.
    pub name: String,
    /// The address.
    pub email: String,
    /// The function.
    pub job: String,
    /// The language of letters.
    pub language: Language,
    /// Beginnings of slots in which this person can meet.
    pub available: Vec<Timestamp>,
    /// Beginnings of slots that this person would rather keep free.
    pub rest: Vec<Timestamp>,
}

/// What stood there when a form was opened: the form holds everybody of the participant in all slots of the event, so that what
/// either became since would be written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The revision of the participant, which counts changes of its people too.
    pub participant: i64,
    /// The revision of the event, whose hours the slots follow from.
    pub event: i64,
}

/// Saves the people of a participant with their availability; who is not named any more is taken out.
///
/// # Errors
/// [`Error::Invalid`] for an address that is none, an address twice or booked elsewhere, or too many people; [`Error::Clash`]
/// when somebody changed the participant, its people or the hours of the event since they were read.
pub async fn save_people(app: &App, actor: &Actor, seat: &Seat, seen: Seen, forms: &[PersonForm]) -> Result<(), Error> {
    if seen != (Seen { participant: seat.participant.revision, event: seat.event.revision }) {
        return Err(clash(&seat.event));
    }
    let before = store::people::of_participant(&app.database, seat.participant.id).await?;
    let times = slots(&seat.event.setup);
    let mut problems = Vec::new();
    let mut after: Vec<Attendee> = Vec::new();
    for (at, form) in forms.iter().enumerate().filter(|(_, form)| !form.name.trim().is_empty()) {
        let mut wrong = |field: &str, message: &str, value: &str| {
            let field = format!("person.{at}.{field}");
            problems.push(FieldProblem { field, message: message.into(), value: value.into() });
        };
        let email = match form.email.trim() {
            "" => String::new(),
            text => match text.parse::<Email>() {
                Ok(email) => email.to_string(),
                Err(_) => {
                    wrong("email", "events-wrong-email", text);
                    continue;
                }
            },
        };
        let known = form.id.and_then(|id| before.iter().find(|person| person.id == id));
        let id = known.map_or_else(AttendeeId::new, |known| known.id);
        let key = attendee_key(&email, id);
        if after.iter().any(|other| other.key == key) {
            wrong("email", "events-wrong-email-twice", &email);
            continue;
        }
        let away = times.iter().map(|slot| slot.starts).filter(|starts| !form.available.contains(starts)).collect();
        let rest = times.iter().map(|slot| slot.starts).filter(|starts| form.rest.contains(starts)).collect();
        after.push(Attendee {
            id,
            participant: seat.participant.id,
            name: form.name.trim().chars().filter(|c| !c.is_control()).take(120).collect(),
            email,
            job: form.job.trim().chars().filter(|c| !c.is_control()).take(120).collect(),
            language: form.language,
            key,
            away,
            rest,
            checked_in_at: known.and_then(|known| known.checked_in_at),
        });
    }
    if after.len() > MOST_PEOPLE {
        let field = format!("person.{MOST_PEOPLE}.name");
        problems.push(FieldProblem { field, message: "events-wrong-many-people".into(), value: String::new() });
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if after == before {
        return Ok(());
    }
    let now = app.clock.now();
    let gone: Vec<AttendeeId> =
        before.iter().map(|person| person.id).filter(|id| !after.iter().any(|person| person.id == *id)).collect();
    let counted = Participant { revision: seat.participant.revision + 1, ..seat.participant.clone() };
    transact!(app.database, transaction => {
        // Who publishes meanwhile books those who were there before, or those who are there now.
        hold(transaction, &seat.event).await?;
        if !store::participants::replace(transaction, seat.event.cluster, &counted).await? {
            return Err(clash(&seat.event));
        }
        for id in &gone {
            store::people::remove(transaction, seat.event.cluster, *id).await?;
        }
        for (field, from, to) in readdressed(&before, &after, forms) {
            if !store::people::rebook(transaction, seat.event.id, (from, to)).await? {
                let message = "events-wrong-email-booked".to_owned();
                return Err(Error::Invalid(vec![FieldProblem { field, message, value: String::new() }]));
            }
        }
        for person in &after {
            store::people::put(transaction, seat.event.place(), person, now).await?;
        }
        // The trail is told how many, not who: names stand in the record itself.
        let told = (json!({ "people": before.len() }), json!({ "people": after.len() }));
        tell(transaction, actor, now, &seat.event, "save_people", told).await
    })
}

/// Whose address is another one now: the field that says it, what told the person apart before and what does now.
fn readdressed<'a>(
    before: &'a [Attendee],
    after: &'a [Attendee],
    forms: &'a [PersonForm],
) -> impl Iterator<Item = (String, &'a str, &'a str)> {
    after.iter().filter_map(|now| {
        let was = before.iter().find(|person| person.id == now.id && person.key != now.key)?;
        let at = forms.iter().position(|form| form.id == Some(now.id))?;
        Some((format!("person.{at}.email"), was.key.as_str(), now.key.as_str()))
    })
}

/// The people of a participant.
///
/// # Errors
/// When the database fails.
pub async fn people(app: &App, seat: &Seat) -> Result<Vec<Attendee>, Error> {
    store::people::of_participant(&app.database, seat.participant.id).await
}
