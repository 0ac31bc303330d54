//! The pages of requests to meet, of participants and of the team of an event.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::accounts::{Role, Shared};

use super::{Reader, address};
use crate::{
    mailbox::{letters_to, link_in},
    visitors::Visitor,
};

pub(super) async fn walk_requests(team: &Reader<'_>, app: &Shared) {
    let language = team.language.code();
    let form = "name=Requests&template=convention&first_day=2027-04-10";
    let setup = team.sent("/events", form, StatusCode::SEE_OTHER).await;
    let event = setup.trim_end_matches("/setup").to_owned();
    let tab = format!("{event}/requests");
    team.get(&tab).await;
    // Letters are written by real people only.
    let organiser = format!("requests-{language}@events.example");
    let organiser = Visitor::invited(app, &organiser, Role::EventOrganiser, None).await;
    let organiser = Reader { visitor: &organiser, language: team.language, faults: RefCell::default() };
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: team.language, faults: RefCell::default() };
    let mut links = Vec::new();
    let names = ["Lab", "Clinic", "Firm", "Guest", "Other"];
    for (at, name) in names.into_iter().enumerate() {
        let email = format!("{}-{language}@requests.example", name.to_lowercase());
        let kind = if at % 2 == 0 { "seller" } else { "buyer" };
        let confirmed = if name == "Guest" { "" } else { "&confirmed=yes" };
        let form = format!(
            "organisation={name}&kind={kind}&country=FR&name=Ada&email={email}&delegation=Kansai&language={language}{confirmed}"
        );
        organiser.sent(&format!("{event}/participants"), &form, StatusCode::SEE_OTHER).await;
        links.push(link_in(letters_to(app, &email).await.last().unwrap()));
    }
    let (lab, clinic, firm, guest) = (&links[0], &links[1], &links[2], &links[3]);
    for ending in ["/meet", "/requests"] {
        nobody.get(&format!("{guest}{ending}")).await;
        nobody.get(&format!("{lab}{ending}")).await;
    }
    organiser.sent(&format!("{event}/state"), "state=open&audience=members", StatusCode::SEE_OTHER).await;
    nobody.sent(lab, "revision=1&offers=Imaging&seeks=Cohorts", StatusCode::SEE_OTHER).await;
    nobody.sent(clinic, "revision=1&offers=Cohorts&seeks=Imaging", StatusCode::SEE_OTHER).await;
    let page = nobody.get(&format!("{lab}/meet")).await;
    nobody.get(&format!("{lab}/meet?q=cohort&country=FR&kind=buyer&delegation=Kansai")).await;
    nobody.get(&format!("{lab}/meet?q=zzzz&page=7")).await;
    let to = |page: &str, name: &str| {
        let from = page.find(&format!("<h3>{name}</h3>")).unwrap();
        page[from..].split("name=\"to\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let ask = |page: &str, name: &str| format!("to={}&wish=must&message=Hello", to(page, name));
    nobody.sent(&format!("{lab}/meet"), &ask(&page, "Clinic"), StatusCode::SEE_OTHER).await;
    nobody.sent(&format!("{lab}/meet"), &ask(&page, "Clinic"), StatusCode::UNPROCESSABLE_ENTITY).await;
    let page = nobody.get(&format!("{firm}/meet")).await;
    nobody.sent(&format!("{firm}/meet"), &ask(&page, "Clinic"), StatusCode::SEE_OTHER).await;
    // One is asked back for another session, which does not suit; one is accepted, and called off.
    for word in ["counter&session=0.0", "decline"] {
        let page = nobody.get(&format!("{clinic}/requests")).await;
        let act = page.split("action=\"").find(|part| part.contains("value=\"waiting\"")).unwrap();
        let act = act.split('"').next().unwrap();
        nobody.sent(act, "act=counter&seen=waiting", StatusCode::UNPROCESSABLE_ENTITY).await;
        nobody.sent(act, &format!("act={word}&seen=waiting&words=Perhaps"), StatusCode::SEE_OTHER).await;
        nobody.sent(act, "act=accept&seen=waiting", StatusCode::CONFLICT).await;
        nobody.get(&format!("{clinic}/requests")).await;
    }
    for link in [lab, firm] {
        nobody.get(&format!("{link}/requests")).await;
    }
    let page = nobody.get(&format!("{lab}/requests")).await;
    let act = address(&page, &format!("{lab}/requests/")).to_owned();
    nobody.sent(&act, "act=accept&seen=countered&wish=meet", StatusCode::SEE_OTHER).await;
    nobody.get(&format!("{lab}/requests")).await;
    nobody.sent(&act, "act=withdraw&seen=accepted", StatusCode::SEE_OTHER).await;
    for link in [lab, clinic] {
        nobody.get(&format!("{link}/requests")).await;
    }
    organiser.sent(&tab, "one=Nobody&other=", StatusCode::UNPROCESSABLE_ENTITY).await;
    organiser.sent(&tab, "one=Lab&other=Clinic", StatusCode::SEE_OTHER).await;
    for path in [tab.clone(), format!("{tab}?state=accepted"), format!("{tab}?state=countered&page=3")] {
        organiser.get(&path).await;
    }
    // Other days of requests, and none any more.
    organiser.sent(&format!("{event}/state"), "state=cancelled&audience=members", StatusCode::SEE_OTHER).await;
    for ending in ["", "/meet", "/requests"] {
        nobody.get(&format!("{clinic}{ending}")).await;
    }
    for reader in [organiser, nobody] {
        assert_eq!(*reader.faults.borrow(), Vec::<String>::new());
    }
}
