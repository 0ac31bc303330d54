//! The requests of an event as its team has them: all of them, and meetings that it sets.

use serde_json::{Value as Json, json};

use super::{Held, cannot, ground, letters, model, two, write};
use crate::{
    accounts::Actor,
    directory::model::plain,
    events::{
        Event, EventId, Participant, ParticipantId, Request, RequestId, RequestState, Standing, Wish, editable, open,
        store,
    },
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
    },
};

/// Which requests are listed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Filter {
    /// In this state, or `unanswered`: waiting for one of the two; empty: in any.
    pub state: String,
}

impl Filter {
    /// The states that are listed.
    fn states(&self) -> Result<&'static [RequestState], Error> {
        match self.state.as_str() {
            "" => Ok(RequestState::ALL),
            "unanswered" => Ok(&[RequestState::Waiting, RequestState::Countered]),
            word => {
                let found = RequestState::ALL.iter().position(|state| state.key() == word);
                found
                    .map(|at| &RequestState::ALL[at..=at])
                    .ok_or_else(|| Error::input(format!("`state` is no state of a request: `{word}`")))
            }
        }
    }
}

/// A request with its two participants.
pub type Line = (Request, Participant, Participant);

/// The requests of an event of the actor's cluster, in the order in which they were asked, and its participants.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else; [`Error::Input`] for a state that is none.
pub async fn list(
    app: &App,
    actor: &Actor,
    id: EventId,
    filter: &Filter,
) -> Result<(Event, Vec<Participant>, Vec<Request>, Vec<Line>), Error> {
    let event = open(app, actor, id).await?;
    let states = filter.states()?;
    let participants = store::participants::of_event(&app.database, id).await?;
    let by_id: std::collections::BTreeMap<ParticipantId, &Participant> =
        participants.iter().map(|one| (one.id, one)).collect();
    let all = store::requests::of_event(&app.database, id, None).await?;
    let lines = all
        .iter()
        .filter(|request| states.contains(&request.state))
        .filter_map(|request| {
            let (from, to) = (by_id.get(&request.from)?, by_id.get(&request.to)?);
            Some((request.clone(), (*from).clone(), (*to).clone()))
        })
        .collect();
    Ok((event, participants, all, lines))
}

/// A request for programs. What the two wrote to one another is theirs and not in it.
#[must_use]
pub fn json_of((request, from, to): &Line) -> Json {
    let side = |one: &Participant| {
        json!({
            "id": one.id, "name": one.name, "organisation": one.organisation, "country": one.country, "kind": one.kind,
            "delegation": one.delegation,
        })
    };
    let sessions = request.sessions.iter().map(|(day, session)| json!({ "day": day + 1, "session": session + 1 }));
    json!({
        "id": request.id, "from": side(from), "to": side(to), "state": request.state, "wish": request.wish,
        "answer_wish": request.answer_wish, "sessions": sessions.collect::<Vec<_>>(), "by_team": request.by_team,
        "asked_at": request.asked_at.to_jiff().to_string(),
        "answered_at": request.answered_at.map(|at| at.to_jiff().to_string()),
    })
}

/// The participant that a typed name means.
fn named(participants: &[Participant], field: &str, name: &str) -> Result<ParticipantId, Box<FieldProblem>> {
    let wanted = plain(name);
    let problem = |message: &str| {
        Box::new(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: name.to_owned() })
    };
    let mut of_name = participants.iter().filter(|one| !wanted.is_empty() && plain(&one.name) == wanted);
    let standing = |one: &&Participant| one.standing == Standing::Confirmed;
    let mut confirmed = of_name.clone().filter(standing);
    match (confirmed.next(), confirmed.next()) {
        (Some(one), None) => Ok(one.id),
        (Some(_), Some(_)) => Err(problem("meet-wrong-name-twice")),
        // Somebody who is there and takes no part is told so by the rules.
        (None, _) => of_name.next().map(|one| one.id).ok_or_else(|| problem("meet-wrong-name")),
    }
}

/// Sets a meeting of two participants, by their names: accepted at once, on behalf of both.
///
/// # Errors
/// [`Error::Invalid`] for a name that is nobody's, and with the [`Obstacle`](super::Obstacle).
pub async fn set(app: &App, actor: &Actor, id: EventId, one: &str, other: &str) -> Result<RequestId, Error> {
    let event = editable(app, actor, id).await?;
    let participants = store::participants::of_event(&app.database, id).await?;
    let (first, second) = match (named(&participants, "one", one), named(&participants, "other", other)) {
        (Ok(first), Ok(second)) => (first, second),
        (first, second) => {
            return Err(Error::Invalid(
                [first.err(), second.err()].into_iter().flatten().map(|problem| *problem).collect(),
            ));
        }
    };
    let ground = ground(app, &event);
    let Some(me) = participants.iter().find(|one| one.id == first) else {
        return Err(crate::events::participants::no_such(first));
    };
    let two = two(app, actor, &event, me, second).await?;
    let now = app.clock.now();
    let id = transact!(app.database, transaction => {
        let held = Held::of(transaction, &event, &two).await?;
        let (first, second) = held.parties(&two);
        model::setting(&ground, &first, &second, held.between.as_ref()).map_err(|found| cannot("other", found))?;
        let fresh = Request {
            id: RequestId::new(),
            from: held.me.id,
            to: held.other.id,
            state: RequestState::Accepted,
            wish: Wish::Must,
            answer_wish: Wish::Must,
            message: String::new(),
            answer: String::new(),
            sessions: Vec::new(),
            by_team: true,
            asked_at: now,
            answered_at: Some(now),
        };
        // What the two wrote to one another before stays.
        let after = match &held.between {
            None => fresh,
            Some(between) => Request {
                state: RequestState::Accepted,
                wish: Wish::Must,
                answer_wish: Wish::Must,
                by_team: true,
                answered_at: Some(now),
                ..between.clone()
            },
        };
        write(transaction, actor, &event, (held.between.as_ref(), &after), now).await?;
        for (participant, other, readers) in
            [(&held.me, &held.other, &two.readers.0), (&held.other, &held.me, &two.readers.1)]
        {
            let notice = letters::Notice { what: "set", participant, other: &other.name, count: 1, words: "" };
            letters::write(transaction, app, &event, &notice, readers, now).await?;
        }
        Ok(after.id)
    })?;
    app.jobs.notify_one();
    Ok(id)
}
