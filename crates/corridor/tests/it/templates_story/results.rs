//! The pages of what came of meetings, of participants and of the team of an event.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::{
    accounts::Shared,
    events::{outcomes, timetables::publishing},
    execute,
    foundation::errors::Error,
    transact,
};

use super::Reader;
use crate::{
    mailbox::{letters_to, link_in},
    timetable_story::{morning, organiser, searched},
    visitors::Visitor,
};

/// The pages before an event and after one.
pub(super) async fn walk_results(team: &Reader<'_>, app: &Shared) {
    let (actor, code) = (organiser(app, "medicen").await, team.language.code());
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: team.language, faults: RefCell::default() };
    let published = async |day: &str, addresses: [String; 3]| {
        let addresses = addresses.each_ref().map(String::as_str);
        let event = morning(app, &actor, day, &addresses, |_| ()).await;
        let link = link_in(&letters_to(app, addresses[0]).await[0]);
        nobody.get(&format!("{link}/outcomes")).await;
        for ending in ["", "/participants", "/delegations"] {
            team.get(&format!("/events/{}/results{ending}", event.id)).await;
        }
        let number = searched(app, &actor, event.id).await;
        publishing::publish(app, &actor, event.id, (number, None)).await.unwrap();
        nobody.get(&format!("{link}/outcomes")).await;
        (event, link)
    };
    let (coming, _) =
        published("2027-03-10", ["one", "two", "three"].map(|name| format!("{name}-{code}@coming.example"))).await;
    team.get(&format!("/events/{}/results/meeting/{}", coming.id, coming.requests[0])).await;
    team.get(&format!("/events/{}/results?came=to-come", coming.id)).await;
    team.sent(&format!("/events/{}/delete", coming.id), "", StatusCode::SEE_OTHER).await;

    let (event, link) =
        published("2026-08-31", ["one", "two", "three"].map(|name| format!("{name}-{code}@results.example"))).await;
    let (base, request) = (format!("/events/{}/results", event.id), event.requests[0]);
    let own = format!("{link}/outcomes/{request}");
    nobody.get(&link).await;
    nobody.sent(&own, "words=Hello&second=yes", StatusCode::UNPROCESSABLE_ENTITY).await;
    nobody.sent(&own, "kept=yes&second=yes&rating=4&words=Hello", StatusCode::SEE_OTHER).await;
    nobody.get(&format!("{link}/outcomes")).await;
    let meeting = format!("{base}/meeting/{request}");
    team.get(&meeting).await;
    let note = format!("{meeting}/{}", event.participants[1]);
    team.sent(&note, "words=Hello", StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&note, "kept=no", StatusCode::SEE_OTHER).await;
    team.sent(&note, "kept=no", StatusCode::CONFLICT).await;
    team.get(&base).await;
    // All have a record in the directory, and one comes with a delegation.
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            for (at, participant) in event.participants.iter().enumerate() {
                execute!(transaction, sqlx::query(
                    "UPDATE event_participants SET delegation = $2, organisation_id = (SELECT id FROM organisations
                         WHERE name IS NOT NULL AND merged_into IS NULL ORDER BY id LIMIT 1 OFFSET $3) WHERE id = $1",
                )
                .bind(*participant)
                .bind(if at == 0 { "Kansai" } else { "" })
                .bind(i64::try_from(at).unwrap()));
            }
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let one = format!("?participant={}", event.participants[0]);
    for question in
        ["", "?came=contradicted", "?second=wish", "?between=Kansai&and=", "?between=Kansai", "?came=kept&page=7", &one]
    {
        team.get(&format!("{base}{question}")).await;
    }
    team.get(&meeting).await;
    team.sent(&note, "kept=yes&second=yes&seen=1", StatusCode::SEE_OTHER).await;
    for ending in [
        "",
        "?came=kept&second=wanted",
        "/participants",
        "/participants?with=fewer",
        "/participants?with=two",
        "/delegations",
    ] {
        team.get(&format!("{base}{ending}")).await;
    }
    nobody.get(&format!("{link}/outcomes")).await;
    let known = outcomes::results(app, &actor, event.id).await.unwrap();
    let record = known.participants.iter().find_map(|one| one.organisation).unwrap();
    team.get(&format!("/organisations/{record}/meetings")).await;
    team.sent(&note, "act=take-back&seen=2", StatusCode::SEE_OTHER).await;
    team.sent(&format!("/events/{}/delete", event.id), "", StatusCode::SEE_OTHER).await;
    assert_eq!(*nobody.faults.borrow(), Vec::<String>::new());
}
