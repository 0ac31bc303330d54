//! The pages of the day of an event.

use std::time::Duration;

use axum::http::StatusCode;
use corridor::{
    accounts::Shared,
    events::{
        day::{self, replanning},
        slots,
        timetables::{self, publishing, search},
    },
};

use super::Reader;
use crate::{
    mailbox::{letters_to, link_in},
    timetable_story::{morning, organiser},
    visitors::Visitor,
};

pub(super) async fn walk_day(team: &Reader<'_>, app: &Shared) {
    let actor = organiser(app, "medicen").await;
    let code = team.language.code();
    let addresses = ["one", "two", "three"].map(|name| format!("{name}-{code}@day.example"));
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    // The day that it is, so that what changes is of today; its slots are later than the clock.
    let event = morning(app, &actor, "2026-09-01", &addresses, |setup| {
        setup.days[0].sessions[0].from = "14:00".to_owned();
        setup.days[0].sessions[0].until = "18:00".to_owned();
    })
    .await;
    let base = format!("/events/{}/day", event.id);
    team.get(&base).await;
    team.get(&format!("{base}/incidents")).await;
    team.get(&format!("{base}/participants/{}", event.participants[0])).await;
    team.asked(&format!("{base}/replan"), StatusCode::BAD_REQUEST).await;
    let mut steps = search::begin(app, &actor, event.id, Duration::from_secs(20)).await.unwrap();
    while steps.recv().await.is_some() {}
    publishing::publish(app, &actor, event.id, (1, None)).await.unwrap();

    let look = day::look(app, &actor, event.id).await.unwrap();
    let person = look.all.iter().find(|(one, _)| one.id == event.participants[0]).unwrap().1[0].id;
    let arrives = format!("person={person}&here=yes&back=q%3D%26show%3D");
    team.sent(&format!("{base}/check-in"), &arrives, StatusCode::SEE_OTHER).await;
    for ending in ["", "?q=firm&show=here", "?q=firm&show=expected", "?q=nobody+at+all"] {
        team.get(&format!("{base}{ending}")).await;
    }
    let of_participant = format!("{base}/participants/{}", event.participants[0]);
    let back = format!("person={person}&here=no&participant={}", event.participants[0]);
    team.sent(&format!("{base}/check-in"), &back, StatusCode::SEE_OTHER).await;
    team.get(&of_participant).await;
    team.get(&format!("{base}/incidents")).await;
    team.get(&format!("{base}/replan")).await;

    let noted = |incident: &str| format!("{base}/incidents/new?{incident}");
    let until = slots(&look.event.setup)[3].starts.0;
    let late = format!("what=away&participant={}&person={person}&until={until}", event.participants[0]);
    let whole = format!("what=away&participant={}", event.participants[1]);
    let meeting = look.meetings()[0];
    let last = look.meetings()[look.meetings().len() - 1];
    let table = format!("what=table&room=1&table={}", meeting.table);
    let span = format!("{table}&until={until}");
    let off = format!("what=called_off&request={}", last.request);
    for incident in [&late, &whole, &table, &span, &off] {
        team.get(&noted(incident)).await;
        team.sent(&format!("{base}/incidents"), &format!("{incident}&why=lamp+broken"), StatusCode::SEE_OTHER).await;
    }
    team.asked(&noted("what=table&table=0"), StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&format!("{base}/incidents"), "what=table&table=0", StatusCode::UNPROCESSABLE_ENTITY).await;
    team.get(&base).await;
    team.get(&format!("{base}/incidents")).await;
    team.get(&of_participant).await;
    team.get(&format!("{base}/replan")).await;
    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    let accept = format!("version=1&plan={}", preview.plan.mark());
    team.sent(&format!("{base}/replan"), &accept, StatusCode::SEE_OTHER).await;
    team.get(&format!("/events/{}/timetable/versions", event.id)).await;
    for incident in day::look(app, &actor, event.id).await.unwrap().incidents.iter().take(4) {
        team.sent(&format!("{base}/incidents/{}/end", incident.id), "", StatusCode::SEE_OTHER).await;
    }
    team.get(&format!("{base}/incidents")).await;
    team.get(&format!("{base}/replan")).await;
    team.get(&format!("{base}/replan?fill=yes")).await;
    team.get(&format!("/events/{}/board", event.id)).await;

    // Written by somebody real: moved, and called off.
    let fill = replanning::preview(app, &actor, event.id, true).await.unwrap();
    let accepted = replanning::Accepted { version: 2, plan: fill.plan.mark(), fill: "yes".to_owned() };
    replanning::accept(app, &actor, event.id, &accepted).await.unwrap();
    let open = timetables::open(app, &actor, event.id, None).await.unwrap();
    let off = day::Noted {
        what: "called_off".to_owned(),
        request: open.meetings()[0].request.to_string(),
        ..day::Noted::default()
    };
    day::note(app, &actor, event.id, &off).await.unwrap();
    let preview = replanning::preview(app, &actor, event.id, false).await.unwrap();
    let accepted = replanning::Accepted { version: 3, plan: preview.plan.mark(), fill: String::new() };
    replanning::accept(app, &actor, event.id, &accepted).await.unwrap();
    team.get(&format!("/events/{}/board", event.id)).await;
    let nobody = Visitor::nobody(app);
    for address in addresses {
        let letters = letters_to(app, address).await;
        let with_link = letters.iter().filter(|letter| letter.contains("/attend/"));
        let links: Vec<String> = with_link.map(|letter| link_in(letter)).collect();
        let calendar = links.iter().rfind(|link| link.ends_with("/agenda")).unwrap();
        let page = nobody.get(&format!("{calendar}?lang={code}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    }
    team.sent(&format!("/events/{}/delete", event.id), "", StatusCode::SEE_OTHER).await;
}
