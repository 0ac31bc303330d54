//! Which meeting comes before which: set by the team, kept by every search and move, and never a circle.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Value as Json, json};

use super::{Ground, to_change};
use crate::{
    accounts::Actor,
    events::{EventId, ParticipantId, RequestId, hold, store, tell},
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
    },
};

/// The shortest way from one meeting to another along the orders, both among it; none where there is none.
#[must_use]
pub fn chain(orders: &[(RequestId, RequestId)], from: RequestId, to: RequestId) -> Option<Vec<RequestId>> {
    let mut before: BTreeMap<RequestId, RequestId> = BTreeMap::new();
    let mut met = BTreeSet::from([from]);
    let mut next = VecDeque::from([from]);
    while let Some(at) = next.pop_front() {
        if at == to {
            let mut way = vec![to];
            while let Some(earlier) = before.get(way.last().unwrap_or(&to)) {
                way.push(*earlier);
            }
            way.reverse();
            return Some(way);
        }
        for (_, later) in orders.iter().filter(|(earlier, _)| *earlier == at) {
            if met.insert(*later) {
                before.insert(*later, at);
                next.push_back(*later);
            }
        }
    }
    None
}

/// What both participants of a meeting are called.
fn names(ground: &Ground, id: RequestId) -> String {
    let name = |id: ParticipantId| {
        ground.participants.iter().find(|(one, _)| one.id == id).map_or("", |(one, _)| one.name.as_str())
    };
    let request = ground.requests.iter().find(|request| request.id == id);
    request.map(|request| format!("{} – {}", name(request.from), name(request.to))).unwrap_or_default()
}

fn wrong(message: &str, value: String) -> Error {
    Error::Invalid(vec![FieldProblem { field: "other".to_owned(), message: message.to_owned(), value }])
}

/// Says that one meeting comes before another. Versions stay what they are: one that breaks it says so and is not published.
///
/// # Errors
/// [`Error::Invalid`] for a meeting before itself, and for an order that closes a circle, with the meetings of the smallest;
/// [`Error::NotFound`] for a meeting that is not agreed.
pub async fn set(app: &App, actor: &Actor, id: EventId, (earlier, later): (RequestId, RequestId)) -> Result<(), Error> {
    let timetable = to_change(app, actor, id, None).await?;
    let (event, ground) = (&timetable.event, &timetable.ground);
    for request in [earlier, later] {
        if !ground.agreed().any(|one| one.id == request) {
            return Err(super::no_such(request));
        }
    }
    if earlier == later {
        return Err(wrong("timetable-order-itself", names(ground, earlier)));
    }
    let now = app.clock.now();
    let told = json!({ "earlier": earlier, "later": later });
    transact!(app.database, transaction => {
        hold(transaction, event).await?;
        let before = store::orders::put(transaction, event.place(), (earlier, later), now).await?;
        if let Some(way) = chain(&before, later, earlier) {
            let way: Vec<String> = way.iter().map(|request| names(ground, *request)).collect();
            return Err(wrong("timetable-order-circle", way.join(" → ")));
        }
        tell(transaction, actor, now, event, "order_meetings", (Json::Null, told.clone())).await
    })
}

/// Takes an order away.
///
/// # Errors
/// [`Error::NotFound`] where there is none.
pub async fn remove(
    app: &App,
    actor: &Actor,
    id: EventId,
    (earlier, later): (RequestId, RequestId),
) -> Result<(), Error> {
    let event = crate::events::editable(app, actor, id).await?;
    let now = app.clock.now();
    let told = json!({ "earlier": earlier, "later": later });
    transact!(app.database, transaction => {
        if !store::orders::remove(transaction, event.place(), (earlier, later)).await? {
            return Err(Error::NotFound("this order of two meetings".to_owned()));
        }
        tell(transaction, actor, now, &event, "order_meetings", (told.clone(), Json::Null)).await
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_shortest_way_is_found() {
        let id = |number: u128| RequestId(Uuid::from_u128(number));
        let orders: Vec<(RequestId, RequestId)> =
            [(1, 2), (2, 3), (3, 4), (1, 3), (5, 1)].map(|(one, other)| (id(one), id(other))).to_vec();
        let way = |from, to| chain(&orders, id(from), id(to)).map(|way| way.iter().map(|id| id.0.as_u128()).collect());
        assert_eq!(way(1, 4), Some(vec![1, 3, 4]));
        assert_eq!(way(5, 2), Some(vec![5, 1, 2]));
        assert_eq!(way(2, 2), Some(vec![2]));
        assert_eq!(way(4, 1), None::<Vec<u128>>);
        assert_eq!(chain(&[], id(1), id(2)), None);
    }
}
