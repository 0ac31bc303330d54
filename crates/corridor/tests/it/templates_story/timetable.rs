//! The pages of the timetable of an event, of agendas and of the big screen.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::{
    accounts::Shared,
    events::timetables::{self, Timetable},
    execute,
    foundation::errors::Error,
    transact,
};

use super::Reader;
use crate::{
    mailbox::{letters_to, link_in},
    timetable_story::{morning, organiser},
    visitors::Visitor,
};

pub(super) async fn walk_timetable(team: &Reader<'_>, app: &Shared) {
    let actor = organiser(app, "medicen").await;
    let code = team.language.code();
    let addresses = ["one", "two", "three", "four"].map(|name| format!("{name}-{code}@timetable.example"));
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let bare = morning(app, &actor, "2027-03-10", &addresses[..1], |_| ()).await;
    team.get(&format!("/events/{}/timetable", bare.id)).await;
    team.get(&format!("/events/{}/timetable/versions", bare.id)).await;
    let event = morning(app, &actor, "2027-03-10", &addresses, |setup| {
        setup.days.push(corridor::events::EventDay { on: "2027-03-11".to_owned(), ..setup.days[0].clone() });
        setup.rooms.push(corridor::events::Room { name: "Annex".to_owned(), tables: 1, days: vec![1] });
    })
    .await;
    let base = format!("/events/{}/timetable", event.id);
    team.get(&base).await;
    team.get(&format!("{base}/what-if")).await;
    team.get(&format!("/events/{}/board", event.id)).await;
    team.asked(&format!("{base}/live"), StatusCode::BAD_REQUEST).await;
    team.sent(&format!("{base}/run"), "", StatusCode::SEE_OTHER).await;
    for ending in ["", "?day=1", "?version=1&page=9", "/versions", "/publish?version=1"] {
        team.get(&format!("{base}{ending}")).await;
    }
    let made = timetables::open(app, &actor, event.id, None).await.unwrap();
    let meeting = format!("{base}/meeting/{}", event.requests[0]);
    team.get(&meeting).await;
    let order = format!("other={}&how=before", event.requests[1]);
    team.sent(&format!("{meeting}/order"), &order, StatusCode::SEE_OTHER).await;
    team.get(&meeting).await;
    let circle = format!("other={}&how=after", event.requests[1]);
    team.sent(&format!("{meeting}/order"), &circle, StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&format!("{meeting}/unorder"), &order, StatusCode::SEE_OTHER).await;
    let clash = taken(&made, event.requests[0]);
    team.sent(&meeting, &format!("version=1&starts={clash}"), StatusCode::UNPROCESSABLE_ENTITY).await;
    let act = format!("version=1&request={}", event.requests[0]);
    team.sent(&format!("{base}/take-out"), &act, StatusCode::SEE_OTHER).await;
    team.get(&base).await;
    team.get(&meeting).await;
    let found = timetables::movable(app, &actor, event.id, event.requests[0]).await.unwrap();
    let (slot, tables) = &found.free[0];
    let (room, table) = made.built.places[tables[0].place];
    let place = format!("version=2&starts={}&table={}/{table}", made.built.slots[*slot].starts.0, room + 1);
    team.sent(&meeting, &place, StatusCode::SEE_OTHER).await;
    let act = format!("version=3&request={}&locked=yes", event.requests[0]);
    team.sent(&format!("{base}/lock"), &act, StatusCode::SEE_OTHER).await;
    team.get(&meeting).await;
    // Letters are written by real people only.
    timetables::publishing::publish(app, &actor, event.id, (4, None)).await.unwrap();
    let act = format!("version=4&request={}", event.requests[1]);
    team.sent(&format!("{base}/take-out"), &act, StatusCode::SEE_OTHER).await;
    team.get(&format!("{base}/versions?from=4&to=5")).await;
    team.get(&format!("{base}/publish?version=4")).await;
    team.sent(&format!("{base}/publish"), "version=5&over=4", StatusCode::SEE_OTHER).await;
    team.get(&format!("/events/{}/board", event.id)).await;
    team.get(&format!("{base}/what-if?tables=1&slots=1")).await;
    walk_agenda(team, app, addresses[0]).await;

    // Three meetings that must be held, and two slots.
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE event_requests SET by_team = (1 = 1) WHERE event_id = $1").bind(event.id));
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let mut narrow = timetables::open(app, &actor, event.id, None).await.unwrap().event;
    narrow.setup.days.truncate(1);
    narrow.setup.rooms.truncate(1);
    narrow.setup.days[0].sessions[0].until = "09:45".to_owned();
    corridor::events::save(app, &actor, event.id, narrow.revision, narrow.setup).await.unwrap();
    team.get(&base).await;
    let act = format!("version=5&request={}&locked=no", event.requests[0]);
    team.sent(&format!("{base}/lock"), &act, StatusCode::SEE_OTHER).await;
    team.sent(&format!("{base}/run"), "", StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&format!("/events/{}/delete", event.id), "", StatusCode::SEE_OTHER).await;
    team.sent(&format!("/events/{}/delete", bare.id), "", StatusCode::SEE_OTHER).await;
}

async fn walk_agenda(team: &Reader<'_>, app: &Shared, address: &str) {
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: team.language, faults: RefCell::default() };
    let letters = letters_to(app, address).await;
    let links: Vec<String> = letters.iter().map(|letter| link_in(letter)).collect();
    // The newest of them is of the event that is published.
    let own = links.iter().rfind(|link| !link.ends_with("/agenda")).unwrap();
    let calendar = links.iter().find(|link| link.ends_with("/agenda")).unwrap();
    let page = nobody.get(&format!("{own}/agenda")).await;
    nobody.get(calendar).await;
    nobody.get(&format!("{own}/agenda.ics")).await;
    let form = page.split("/calendar#calendar\"").nth(1).unwrap();
    let person = form.split("name=\"person\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let made = nobody.sent(&format!("{own}/calendar"), &format!("person={person}"), StatusCode::OK).await;
    assert!(made.contains("/agenda.ics</code>"), "{made}");
    nobody.asked(calendar, StatusCode::NOT_FOUND).await;
    assert_eq!(*nobody.faults.borrow(), Vec::<String>::new());
}

/// The beginning of a slot in which somebody of the meeting is in another one.
fn taken(made: &Timetable, request: corridor::events::RequestId) -> i64 {
    let own = made.meetings().iter().find(|meeting| meeting.request == request).unwrap();
    let clash = made
        .meetings()
        .iter()
        .find(|other| other.starts != own.starts && other.people.iter().any(|person| own.people.contains(person)));
    clash.unwrap().starts.0
}
