//! The pages on which many are invited, and where invitations are ended.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::accounts::{Role, Shared};

use super::{Reader, address};
use crate::{
    mailbox::{letters_to, link_in},
    visitors::{Visitor, make_cluster},
};

/// What stands between two texts on a page.
pub(super) fn between<'p>(page: &'p str, begins: &str, ends: &str) -> &'p str {
    let at = page.find(begins).unwrap_or_else(|| panic!("no {begins}")) + begins.len();
    page[at..].split(ends).next().unwrap()
}

pub(super) async fn walk_inviting(organiser: &Reader<'_>, nobody: &Reader<'_>, app: &Shared, event: &str) {
    let invite = format!("{event}/invite");
    let page = organiser.get(&invite).await;
    let cluster = between(&page, "name=\"cluster\" value=\"", "\"").to_owned();
    organiser.get(&format!("{invite}?cluster={cluster}")).await;
    organiser.get(&format!("{invite}?cluster={cluster}&kind=hospital&q=zzzzqq")).await;
    let nobody_chosen = format!("cluster={cluster}&participation=none&delegation=Kansai");
    organiser.sent(&invite, &nobody_chosen, StatusCode::UNPROCESSABLE_ENTITY).await;
    let list = format!("{invite}/list");
    organiser.get(&list).await;
    let language = organiser.language.code();
    let email = format!("list-{language}@lab.example");
    let rows = format!("name,kind,person,email,country\nListed,seller,Ada,{email},FR\nLab,,,,FR\n,none,,x,\n");
    let upload = |bytes: Vec<u8>| {
        let path = organiser.path(&list);
        async move { organiser.visitor.upload(&path, "list.csv", &bytes).await }
    };
    organiser.note(&list, upload(b" ".to_vec()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let checked = upload(rows.into_bytes()).await;
    organiser.note(&list, checked.status, StatusCode::OK);
    let table = between(&checked.text, "name=\"table\" value=\"", "\"");
    let table = table.replace("&quot;", "\"").replace("&#34;", "\"").replace("&#x2f;", "/").replace("&amp;", "&");
    let table: String = table.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form = format!(
        "table={table}&column-name=name&column-email=email&column-person=person&kind=seller&language={language}"
    );
    organiser.sent(&format!("{list}/check"), &format!("{form}&confirmed=yes"), StatusCode::OK).await;
    organiser.sent(&format!("{list}/check"), &format!("table={table}&kind=seller"), StatusCode::OK).await;
    organiser.sent(&format!("{list}/take"), &form, StatusCode::SEE_OTHER).await;
    let letters = letters_to(app, &email).await;
    let letters = format!("{}/letters", link_in(letters.last().expect("the list was invited")));
    nobody.get(&letters).await;
    nobody.sent(&letters, "", StatusCode::OK).await;
    nobody.sent(&letters, "again=yes", StatusCode::OK).await;
    let requests = letters.replace("/letters", "/requests/letters");
    nobody.get(&requests).await;
    nobody.sent(&requests, "", StatusCode::OK).await;
    nobody.sent(&requests, "again=yes", StatusCode::OK).await;
}

/// The questions to other clusters, on both sides.
pub(super) async fn walk_delegations(organiser: &Reader<'_>, app: &Shared, event: &str) {
    let language = organiser.language.code();
    let slug = format!("guests-{language}");
    make_cluster(app, &slug, "Guest cluster").await;
    let path = format!("{event}/delegations");
    let page = organiser.get(&path).await;
    let cluster = crate::visitors::cluster(app, &slug).await;
    assert!(page.contains(&cluster.to_string()));
    organiser.sent(&path, "kind=none&quota=x", StatusCode::UNPROCESSABLE_ENTITY).await;
    let form = format!("cluster={cluster}&kind=seller&quota=3&message=Come");
    organiser.sent(&path, &form, StatusCode::SEE_OTHER).await;
    let team = Visitor::invited_to(app, &slug, &format!("{slug}@team.example"), Role::EventOrganiser, None).await;
    let team = Reader { visitor: &team, language: organiser.language, faults: RefCell::default() };
    let list = team.get("/events").await;
    let question = address(&list, "/delegations/0").to_owned();
    team.get(&question).await;
    team.sent(&format!("{question}/proposals"), "sure=", StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&format!("{question}/answer"), "revision=1&answer=yes&words=Gladly", StatusCode::SEE_OTHER).await;
    team.get(&question).await;
    walk_dates(organiser, &team, event, &question).await;
    let page = organiser.get(&path).await;
    let line = address(&page, &format!("{path}/0")).to_owned();
    organiser.sent(&line, "revision=2&quota=0", StatusCode::UNPROCESSABLE_ENTITY).await;
    organiser.sent(&line, "revision=2&withdraw=yes", StatusCode::SEE_OTHER).await;
    organiser.get(&path).await;
    assert_eq!(*team.faults.borrow(), Vec::<String>::new());
}

/// The date poll of an event, as its team, a participant and the team of an asked cluster see it.
async fn walk_dates(organiser: &Reader<'_>, team: &Reader<'_>, event: &str, question: &str) {
    let path = format!("{event}/dates");
    organiser.get(&path).await;
    organiser.sent(&path, "day.0=soon&until=", StatusCode::UNPROCESSABLE_ENTITY).await;
    let form = "day.0=2026-11-10&day.1=2026-11-12&until=2026-09-20&message=Which";
    organiser.sent(&path, form, StatusCode::SEE_OTHER).await;
    organiser.get(event).await;
    let page = organiser.get(&path).await;
    let seat = address(&page, "/attend/0").to_owned();
    organiser.get(&seat).await;
    organiser.sent(&seat, "", StatusCode::UNPROCESSABLE_ENTITY).await;
    organiser.sent(&seat, "day.2026-11-10=no", StatusCode::SEE_OTHER).await;
    organiser.get(&seat).await;
    team.get(question).await;
    let asked = format!("{question}/dates");
    team.get(&asked).await;
    team.sent(&asked, "", StatusCode::UNPROCESSABLE_ENTITY).await;
    team.sent(&asked, "day.2026-11-12=if-need-be", StatusCode::SEE_OTHER).await;
    organiser.get(&format!("{path}?show=silent")).await;
    let fixed = between(&organiser.get(&path).await, "name=\"revision\" value=\"", "\"").to_owned();
    organiser.sent(&format!("{path}/fix"), &format!("revision={fixed}&day=2026-11-12"), StatusCode::SEE_OTHER).await;
    organiser.get(&path).await;
    organiser.get(&seat).await;
    team.get(&asked).await;
}
