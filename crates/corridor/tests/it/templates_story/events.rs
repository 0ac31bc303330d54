//! The pages of events, of the team and of who takes part.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::accounts::{Role, Shared};

use super::{NOWHERE, Reader, address, inviting, inviting::between};
use crate::{
    mailbox::{letters_to, link_in},
    visitors::Visitor,
};

pub(super) async fn walk_events(team: &Reader<'_>, app: &Shared) {
    team.get("/events").await;
    team.get("/events/new").await;
    team.get("/events/programme?year=1900").await;
    let plain = team.sent("/events", "name=Signing&template=plain&first_day=2027-03-10", StatusCode::SEE_OTHER).await;
    team.get(&plain).await;
    let plain = plain.trim_end_matches("/setup").to_owned();
    for part in ["", "/participants", "/day"] {
        team.get(&format!("{plain}{part}")).await;
    }
    team.get("/events/programme").await;
    team.get("/events/programme.ics").await;
    team.sent(&format!("{plain}/delete"), "", StatusCode::SEE_OTHER).await;
    team.sent("/events", "name=&template=none&first_day=soon", StatusCode::UNPROCESSABLE_ENTITY).await;
    let setup =
        team.sent("/events", "name=Biotech&template=convention&first_day=2027-03-10", StatusCode::SEE_OTHER).await;
    let event = setup.trim_end_matches("/setup").to_owned();
    team.get(&setup).await;
    team.sent(&setup, "revision=1&name=&minutes=7&day.0.on=soon&walk.0.from=9", StatusCode::UNPROCESSABLE_ENTITY).await;
    let participants = format!("{event}/participants");
    team.get(&participants).await;
    team.sent(&participants, "organisation=&kind=none&email=x", StatusCode::UNPROCESSABLE_ENTITY).await;
    // Letters are written by real people only.
    let language = team.language.code();
    let email = format!("organiser-{language}@events.example");
    let organiser = Visitor::invited(app, &email, Role::EventOrganiser, None).await;
    let organiser = Reader { visitor: &organiser, language: team.language, faults: RefCell::default() };
    let guest = format!("guest-{language}@lab.example");
    let form = format!("organisation=Lab&kind=seller&name=Ada&email={guest}&delegation=Kansai&language={language}");
    organiser.sent(&participants, &form, StatusCode::SEE_OTHER).await;
    let list = organiser.get(&participants).await;
    organiser.get(&format!("{participants}?standing=invited")).await;
    let participant = address(&list, &format!("{participants}/0")).to_owned();
    let page = organiser.get(&participant).await;
    organiser.sent(&participant, "revision=1&kind=none&booth=9/9&minimum=x", StatusCode::UNPROCESSABLE_ENTITY).await;
    organiser.sent(&participant, "revision=1&kind=buyer&booth=1/3", StatusCode::SEE_OTHER).await;
    organiser.get(address(&page, "/attend/0")).await;
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: team.language, faults: RefCell::default() };
    let letters = letters_to(app, &guest).await;
    let own = link_in(letters.last().unwrap());
    nobody.get(&own).await;
    nobody.sent(&format!("{own}/answer"), "answer=yes", StatusCode::SEE_OTHER).await;
    nobody.sent(&own, "revision=3&offers=Assays&seeks=Cohorts", StatusCode::SEE_OTHER).await;
    let page = nobody.get(&own).await;
    let seen = |field: &str| between(&page, &format!("name=\"{field}\" value=\""), "\"").to_owned();
    let (revision, event_revision) = (seen("revision"), seen("event_revision"));
    let wrong = format!("revision={revision}&event_revision={event_revision}&person.0.name=Bob&person.0.email=nowhere");
    nobody.sent(&format!("{own}/people"), &wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    nobody.get(&own).await;
    organiser.sent(&format!("{participant}/standing"), "standing=withdrawn", StatusCode::SEE_OTHER).await;
    organiser.sent(&format!("{participant}/standing"), "standing=confirmed", StatusCode::SEE_OTHER).await;
    nobody.asked(&format!("/attend/{NOWHERE}"), StatusCode::NOT_FOUND).await;
    team.sent(&format!("{event}/state"), "state=open&audience=members", StatusCode::SEE_OTHER).await;
    team.get(&event).await;
    let member = Visitor::acting_as(app, Role::MemberContact).await;
    let member = Reader { visitor: &member, language: team.language, faults: RefCell::default() };
    let open = member.get("/meetings").await;
    let open = address(&open, "/meetings/0").to_owned();
    member.get(&open).await;
    member.sent(&open, "kind=none", StatusCode::UNPROCESSABLE_ENTITY).await;
    let own = member.sent(&open, "kind=laboratory&offers=Sequencing", StatusCode::SEE_OTHER).await;
    member.get(&own).await;
    member.get("/meetings").await;
    inviting::walk_inviting(&organiser, &nobody, app, &event).await;
    inviting::walk_delegations(&organiser, app, &event).await;
    team.sent(&format!("{event}/delete"), "", StatusCode::SEE_OTHER).await;
    team.get(&format!("/events?deleted={}", event.trim_start_matches("/events/"))).await;
    for reader in [organiser, nobody, member] {
        assert_eq!(*reader.faults.borrow(), Vec::<String>::new());
    }
}
