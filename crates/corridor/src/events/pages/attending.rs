//! Pages of who takes part: what there is to come to, the own profile, people and availability.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    head, messages,
    participants::{kinds, languages, shown},
    team::programme,
};
use crate::{
    accounts::Acting,
    events::{
        Attendee, EventId,
        attending::{self, PersonForm, Profile, Seat, Seen},
        participants, slots,
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
        time::Timestamp,
    },
};

/// The address may hold a token: nobody is told where one comes from.
pub(super) const TELLS_NOBODY: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

pub(super) async fn index(acting: Acting) -> Result<Response, Error> {
    let (own, open) = attending::of_organisation(&acting.app, &acting.actor, acting.reader().await?).await?;
    let own: Vec<Value> = own
        .iter()
        .map(|(event, participant)| context! { event => head(&acting, event), participant => shown(event, participant, &[]) })
        .collect();
    let context = context! { own, open => open.iter().map(|event| head(&acting, event)).collect::<Vec<_>>() };
    Ok(acting.page("events/meetings.html", context).await?.into_response())
}

async fn open_page(
    acting: &Acting,
    id: EventId,
    profile: &Profile,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let event = attending::open_event(&acting.app, &acting.actor, acting.reader().await?, id).await?;
    let context = context! {
        event => head(acting, &event),
        programme => programme(&event),
        kinds => kinds(&event),
        registers => participants::is_open(&acting.app, &event),
        fields => context! {
            kind => profile.kind.as_str(), offers => profile.offers.as_str(), seeks => profile.seeks.as_str(),
        },
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("events/open.html", context).await?).into_response())
}

pub(super) async fn open_event(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    open_page(&acting, id, &Profile::default(), &[]).await
}

pub(super) async fn register(
    acting: Acting,
    Path(id): Path<EventId>,
    Form(profile): Form<Profile>,
) -> Result<Response, Error> {
    match attending::register(&acting.app, &acting.actor, acting.reader().await?, id, &profile).await {
        Ok(participant) => Ok(Redirect::to(&format!("/attend/{participant}?done=events-registered")).into_response()),
        Err(Error::Invalid(problems)) => open_page(&acting, id, &profile, &problems).await,
        Err(error) => Err(error),
    }
}

/// What every page of a participant names in its head.
pub(super) fn seated(acting: &Acting, seat: &Seat) -> Value {
    context! {
        key => seat.key.as_str(),
        by_link => seat.by_link,
        runs => seat.runs,
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
    }
}

/// Days and slots with what each of the people can; `typed` stands over what is stored.
fn people_fields(acting: &Acting, seat: &Seat, people: &[Attendee]) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    fields.insert(format!("person.{}.language", people.len()), acting.language.code().to_owned());
    for (at, person) in people.iter().enumerate() {
        let mut put = |field: &str, value: String| fields.insert(format!("person.{at}.{field}"), value);
        put("id", person.id.to_string());
        put("name", person.name.clone());
        put("email", person.email.clone());
        put("job", person.job.clone());
        put("language", person.language.code().to_owned());
        for slot in slots(&seat.event.setup) {
            if !person.away.contains(&slot.starts) {
                put(&format!("at.{}", slot.starts.0), "yes".to_owned());
            }
            if person.rest.contains(&slot.starts) {
                put(&format!("rest.{}", slot.starts.0), "yes".to_owned());
            }
        }
    }
    fields
}

async fn page(
    acting: &Acting,
    seat: &Seat,
    typed: Option<BTreeMap<String, String>>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let people = attending::people(&acting.app, seat).await?;
    let zone = seat.event.setup.zone();
    let times = slots(&seat.event.setup);
    let days: Vec<Value> = seat
        .event
        .setup
        .days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let of: Vec<Value> = times
                .iter()
                .filter(|slot| slot.day == at)
                .map(|slot| {
                    context! { starts => slot.starts.0, clock => acting.language.clock(zone.at(slot.starts).time()) }
                })
                .collect();
            context! { on => day.on.as_str(), slots => of }
        })
        .collect();
    let context = context! {
        seat => seated(acting, seat),
        part => "profile",
        event => head(acting, &seat.event),
        programme => programme(&seat.event),
        participant => shown(&seat.event, &seat.participant, &people),
        people => people.len(),
        rows => people.len() + 1,
        days,
        languages => languages(),
        fields => by_field(typed.unwrap_or_else(|| people_fields(acting, seat, &people))),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, TELLS_NOBODY, acting.page("events/attend.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    page(&acting, &seat, None, &[]).await
}

pub(super) async fn save_profile(
    acting: Acting,
    Path(key): Path<String>,
    Form(profile): Form<Profile>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    attending::save_profile(&acting.app, &acting.actor, &seat, &profile).await?;
    Ok(Redirect::to(&format!("/attend/{key}?done=events-saved")).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Answered {
    answer: String,
}

pub(super) async fn answer(
    acting: Acting,
    Path(key): Path<String>,
    Form(given): Form<Answered>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let comes = match given.answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Error::input("`answer` is neither `yes` nor `no`")),
    };
    attending::answer(&acting.app, &acting.actor, &seat, comes).await?;
    let done = if comes { "events-comes" } else { "events-stays-away" };
    Ok(Redirect::to(&format!("/attend/{key}?done={done}")).into_response())
}

pub(super) async fn save_people(
    acting: Acting,
    Path(key): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let typed: BTreeMap<String, String> = pairs.into_iter().collect();
    let revision = |field: &str| {
        let found = typed.get(field).and_then(|text| text.parse::<i64>().ok());
        found.ok_or_else(|| Error::input(format!("the form has no `{field}`: open the page again")))
    };
    let seen = Seen { participant: revision("revision")?, event: revision("event_revision")? };
    let forms: Vec<PersonForm> = (0..=participants::MOST_PEOPLE)
        .map(|at| {
            let prefix = format!("person.{at}.");
            let text = |field: &str| typed.get(&format!("{prefix}{field}")).cloned().unwrap_or_default();
            let times = |word: &str| -> Vec<Timestamp> {
                let prefix = format!("{prefix}{word}.");
                let of = typed.range(prefix.clone()..).map_while(|(field, _)| field.strip_prefix(prefix.as_str()));
                of.filter_map(|starts| starts.parse().ok().map(Timestamp)).collect()
            };
            PersonForm {
                id: text("id").parse().ok(),
                name: text("name"),
                email: text("email"),
                job: text("job"),
                language: text("language").parse().unwrap_or_default(),
                available: if text("id").is_empty() {
                    slots(&seat.event.setup).iter().map(|slot| slot.starts).collect()
                } else {
                    times("at")
                },
                rest: times("rest"),
            }
        })
        .collect();
    match attending::save_people(&acting.app, &acting.actor, &seat, seen, &forms).await {
        Ok(()) => Ok(Redirect::to(&format!("/attend/{key}?done=events-saved#people")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, &seat, Some(typed), &problems).await,
        Err(error) => Err(error),
    }
}
