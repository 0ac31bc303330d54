//! Pages of a participant: whom to meet, and the requests in which it stands.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    attending::{TELLS_NOBODY, seated},
    head,
    participants::{person, shown},
};
use crate::{
    accounts::Acting,
    calls::escaped,
    directory::model::plain,
    events::{
        ParticipantId, RequestId, RequestState, Standing, Wish,
        attending::{self, Seat},
        requests::{self, Answer, Exchange, LONGEST_MESSAGE, Other},
        timetables,
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
    },
};

/// How many of the others stand on one page: with a form each, so many stay under 100 kB.
const ON_A_PAGE: usize = 25;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    kind: String,
    country: String,
    delegation: String,
    page: usize,
}

impl Wanted {
    fn keeps(&self, other: &Other) -> bool {
        let one = &other.participant;
        let is = |asked: &str, value: &str| asked.is_empty() || asked == value;
        let text = || plain(&format!("{} {} {}", one.name, one.offers, one.seeks));
        is(&self.kind, &one.kind)
            && is(&self.country, &one.country)
            && is(&self.delegation, &one.delegation)
            && (self.q.trim().is_empty() || {
                let text = text();
                plain(&self.q).split(' ').all(|word| text.contains(word))
            })
    }

    fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [("q", &self.q), ("kind", &self.kind), ("country", &self.country), ("delegation", &self.delegation)];
        all.into_iter().map(|(name, asked)| (name, asked.trim())).filter(|(_, asked)| !asked.is_empty())
    }

    fn any(&self) -> bool {
        self.given().next().is_some()
    }

    /// The list with these questions, up to the number of a page.
    fn href(&self, key: &str) -> String {
        let asked: String = self.given().map(|(name, value)| format!("{name}={}&", escaped(value))).collect();
        format!("/attend/{key}/meet?{asked}page=")
    }
}

fn other(acting: &Acting, seat: &Seat, other: &Other, reasons: &[String]) -> Value {
    context! {
        one => shown(&seat.event, &other.participant, &[]),
        obstacle => other.obstacle.map(|found| acting.say(found.key())),
        asked => other.asked,
        reasons => reasons.to_vec(),
    }
}

/// The values that are there, as choices of a filter.
fn choices<'a>(values: impl Iterator<Item = (&'a str, String)>) -> Vec<Value> {
    let all: BTreeSet<(String, &str)> =
        values.filter(|(value, _)| !value.is_empty()).map(|(value, label)| (label, value)).collect();
    all.into_iter().map(|(label, value)| context! { value, label }).collect()
}

async fn whom_page(
    acting: &Acting,
    seat: &Seat,
    wanted: &Wanted,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let whom = requests::whom(&acting.app, seat, acting.language).await?;
    let setup = &seat.event.setup;
    let kept: Vec<&Other> = whom.others.iter().filter(|other| wanted.keeps(other)).collect();
    let last = kept.len().div_ceil(ON_A_PAGE).max(1);
    let current = wanted.page.clamp(1, last);
    let listed: Vec<Value> =
        kept.iter().skip((current - 1) * ON_A_PAGE).take(ON_A_PAGE).map(|one| other(acting, seat, one, &[])).collect();
    let suggested: Vec<Value> = whom
        .suggestions
        .iter()
        .filter_map(|one| Some(other(acting, seat, whom.others.get(one.other)?, &one.reasons)))
        .collect();
    let of = |pick: fn(&Other) -> &str| choices(whom.others.iter().map(|one| (pick(one), pick(one).to_owned())));
    let kinds = choices(whom.others.iter().map(|one| {
        let kind = one.participant.kind.as_str();
        (kind, setup.participation(kind).map_or_else(|| kind.to_owned(), |kind| kind.name.clone()))
    }));
    let context = context! {
        seat => seated(acting, seat),
        part => "meet",
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
        takes_part => seat.participant.standing == Standing::Confirmed,
        has_profile => !(seat.participant.offers.is_empty() && seat.participant.seeks.is_empty()),
        sent => whom.sent, cap => whom.cap, accepted => whom.accepted, minimum => whom.minimum, maximum => whom.maximum,
        suggested => if wanted.any() || current > 1 { Vec::new() } else { suggested },
        others => listed,
        found => kept.len(), all => whom.others.len(),
        kinds, countries => of(|one| &one.participant.country), delegations => of(|one| &one.participant.delegation),
        fields => context! {
            q => wanted.q.as_str(), kind => wanted.kind.as_str(), country => wanted.country.as_str(),
            delegation => wanted.delegation.as_str(),
        },
        any => wanted.any(),
        pages => last, current, href => wanted.href(&seat.key),
        longest => LONGEST_MESSAGE,
        problem => problems.first().map(|problem| acting.say(&problem.message)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, TELLS_NOBODY, acting.page("events/meet.html", context).await?).into_response())
}

pub(super) async fn whom(
    acting: Acting,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    whom_page(&acting, &seat, &wanted, &[]).await
}

#[derive(Debug, serde::Deserialize)]
pub(super) struct Asked {
    to: String,
    #[serde(default)]
    wish: String,
    #[serde(default)]
    message: String,
}

fn wish(word: &str) -> Wish {
    Wish::of(word).unwrap_or(Wish::Meet)
}

pub(super) async fn ask(acting: Acting, Path(key): Path<String>, Form(asked): Form<Asked>) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let to: ParticipantId =
        asked.to.parse().map_err(|_| Error::input(format!("`to` is no participant: `{}`", asked.to)))?;
    match requests::ask(&acting.app, &acting.actor, &seat, to, (wish(&asked.wish), &asked.message)).await {
        Ok(RequestState::Accepted) => {
            Ok(Redirect::to(&format!("/attend/{key}/requests?done=meet-agreed")).into_response())
        }
        Ok(_) => Ok(Redirect::to(&format!("/attend/{key}/meet?done=meet-asked")).into_response()),
        Err(Error::Invalid(problems)) => whom_page(&acting, &seat, &Wanted::default(), &problems).await,
        Err(error) => Err(error),
    }
}

/// A request as the page of one of its two participants shows it.
fn exchange(seat: &Seat, one: &Exchange) -> Value {
    let (request, setup) = (&one.request, &seat.event.setup);
    let mine = request.from == seat.participant.id;
    let (said, answered) = if mine { (&request.message, &request.answer) } else { (&request.answer, &request.message) };
    let sessions: Vec<Value> = request
        .sessions
        .iter()
        .filter_map(|(day, session)| {
            let of = setup.days.get(*day)?;
            let session = of.sessions.get(*session)?;
            Some(context! { on => of.on.as_str(), name => session.name.as_str(), from => session.from.as_str(), until => session.until.as_str() })
        })
        .collect();
    context! {
        id => request.id.to_string(),
        state => request.state.key(),
        mine,
        by_team => request.by_team,
        wish => if mine { request.wish } else { request.answer_wish }.key(),
        their_wish => if mine { request.answer_wish } else { request.wish }.key(),
        said => said.as_str(),
        heard => answered.as_str(),
        sessions,
        other => shown(&seat.event, &one.other, &[]),
        people => one.people.iter().map(person).collect::<Vec<_>>(),
        asked_at => request.asked_at.0,
        answered_at => request.answered_at.map(|at| at.0),
    }
}

async fn requests_page(acting: &Acting, seat: &Seat, problems: &[FieldProblem]) -> Result<Response, Error> {
    use RequestState::{Accepted, Countered, Waiting};
    let all = requests::of_seat(&acting.app, seat).await?;
    let own = seat.participant.id;
    let of = |keeps: &dyn Fn(&Exchange) -> bool| -> Vec<Value> {
        all.iter().filter(|one| keeps(one)).map(|one| exchange(seat, one)).collect()
    };
    let waits = |one: &Exchange| match one.request.state {
        Waiting => one.request.to == own,
        Countered => one.request.from == own,
        _ => false,
    };
    let open = |one: &Exchange| matches!(one.request.state, Waiting | Countered);
    let days: Vec<Value> = seat
        .event
        .setup
        .days
        .iter()
        .enumerate()
        .map(|(at, day)| {
            let sessions = day.sessions.iter().enumerate().map(|(number, session)| {
                context! {
                    value => format!("{at}.{number}"), name => session.name.as_str(),
                    from => session.from.as_str(), until => session.until.as_str(),
                }
            });
            context! { on => day.on.as_str(), sessions => sessions.collect::<Vec<_>>() }
        })
        .collect();
    let told: BTreeMap<String, String> =
        problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    let context = context! {
        seat => seated(acting, seat),
        part => "requests",
        event => head(acting, &seat.event),
        participant => shown(&seat.event, &seat.participant, &[]),
        takes_part => seat.participant.standing == Standing::Confirmed,
        any => !all.is_empty(),
        published => timetables::published(&acting.app, &seat.event).await?.is_some(),
        to_answer => of(&waits),
        agreed => of(&|one| one.request.state == Accepted),
        sent => of(&|one| open(one) && !waits(one)),
        past => of(&|one| !open(one) && one.request.state != Accepted),
        days,
        longest => LONGEST_MESSAGE,
        problems => by_field(told),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, TELLS_NOBODY, acting.page("events/attend_requests.html", context).await?).into_response())
}

pub(super) async fn requests(acting: Acting, Path(key): Path<String>) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    requests_page(&acting, &seat, &[]).await
}

/// The sessions of a form, `day.session` from 0.
fn sessions(pairs: &[(String, String)]) -> Vec<(usize, usize)> {
    let ticked = pairs.iter().filter(|(field, _)| field == "session");
    ticked
        .filter_map(|(_, text)| {
            let (day, session) = text.split_once('.')?;
            Some((day.parse().ok()?, session.parse().ok()?))
        })
        .collect()
}

pub(super) async fn answer(
    acting: Acting,
    Path((key, id)): Path<(String, RequestId)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let seat = attending::seat(&acting.app, &acting.actor, &key).await?;
    let text = |field: &str| pairs.iter().find(|(name, _)| name == field).map_or("", |(_, text)| text.as_str());
    let seen = RequestState::of(text("seen"))
        .ok_or_else(|| Error::input("the form does not say what the request was at: open the page again"))?;
    let given = match text("act") {
        "accept" => Answer::Accept(wish(text("wish"))),
        "decline" => Answer::Decline,
        "counter" => Answer::Counter(sessions(&pairs)),
        "withdraw" => Answer::Withdraw,
        act => {
            return Err(Error::input(format!("`act` is none of accept, decline, counter and withdraw: `{act}`")));
        }
    };
    match requests::answer(&acting.app, &acting.actor, &seat, id, seen, (&given, text("words"))).await {
        Ok(state) => {
            let done = format!("/attend/{key}/requests?done=meet-now-{}", state.key());
            Ok(Redirect::to(&done).into_response())
        }
        Err(Error::Invalid(problems)) => requests_page(&acting, &seat, &problems).await,
        Err(error) => Err(error),
    }
}
