//! The pages of drafts, of whoever works on them.

use std::cell::RefCell;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    consortia::{self, Asked, propose},
    directory::OrganisationId,
};

use super::{IHI, NOWHERE, Reader, TOPIC, address};
use crate::{
    mailbox::{letters_to, link_in},
    visitors::{Visitor, cluster},
};

pub(super) async fn walk_consortia(reader: &Reader<'_>, app: &Shared) {
    reader.get("/consortia/new").await;
    reader.get(&format!("/consortia/new?topic={TOPIC}")).await;
    reader.get(&format!("/consortia/proposal?topic={TOPIC}&size=3..4")).await;
    reader.get(&format!("/consortia/proposal?topic={TOPIC}&country=FR")).await;
    let hasty = reader.get(&format!("/consortia/proposal?topic={TOPIC}&patience=0")).await;
    assert!(hasty.contains("data-island=\"search\""), "{hasty}");
    let asked = Asked { topic: TOPIC.to_owned(), size: Some((3, 3)), ..Asked::default() };
    let team = propose(app, &Actor::Console, &asked, reader.language).await.unwrap();
    let members: String = team.members.iter().map(|member| format!("&member={}", member.id)).collect();
    let sheet = reader.sent("/consortia", &format!("topic={TOPIC}&name=Coeur{members}"), StatusCode::SEE_OTHER).await;
    reader.get(&sheet).await;
    let fields = format!("revision=1&has_members=1&name=Coeur{members}");
    reader.sent(&format!("{sheet}/preview"), &fields, StatusCode::OK).await;
    reader.sent(&sheet, &format!("{fields}&act=save&name=Early"), StatusCode::SEE_OTHER).await;
    reader.sent(&sheet, &format!("{fields}&act=save&name=Late"), StatusCode::CONFLICT).await;
    reader.sent(&format!("{sheet}/preview"), &fields, StatusCode::OK).await;
    reader.get(&format!("{sheet}/what-if")).await;
    let fewer = format!("revision=2&has_members=1&member={}&day=2026-12-01", team.members[0].id);
    reader.sent(&format!("{sheet}/what-if"), &fewer, StatusCode::OK).await;
    let other = format!("{fewer}&instrument=eurostars-3&cost-{}=-4", team.members[0].id);
    reader.sent(&format!("{sheet}/what-if"), &other, StatusCode::UNPROCESSABLE_ENTITY).await;
    reader.get(&format!("{sheet}/versions")).await;
    reader.get("/consortia").await;
    reader.get("/").await;
    walk_workspaces(reader, app, &sheet, &members).await;
    walk_budget(reader, app, &sheet, team.members[0].id).await;
    walk_outcome(reader, &sheet).await;
    let email = format!("officer-{}@sides.example", reader.language.code());
    let officer = Visitor::invited(app, &email, Role::ProjectOfficer, None).await;
    let officer = Reader { visitor: &officer, language: reader.language, faults: RefCell::default() };
    walk_sides(&officer, &team.members.iter().map(|member| member.id.to_string()).collect::<Vec<_>>()).await;
    assert_eq!(*officer.faults.borrow(), Vec::<String>::new());
}

/// Two drafts of a two-sided instrument, from the first to what they become together.
pub(super) async fn walk_sides(reader: &Reader<'_>, members: &[String]) {
    let new = async |name: &str, holds: &str, member: &str| {
        let form = format!("topic={IHI}&instrument=ihi-two-stage&name={name}&holds={holds}&member={member}");
        reader.sent("/consortia", &form, StatusCode::SEE_OTHER).await
    };
    reader.get(&format!("/consortia/new?topic={IHI}")).await;
    let (first, second) = (new("One", "applicant", &members[0]).await, new("Two", "industry", &members[1]).await);
    for sheet in [&first, &second] {
        for page in ["", "/ledger", "/merger", "/versions"] {
            reader.get(&format!("{sheet}{page}")).await;
        }
    }
    let ledger = format!("{second}/ledger");
    reader.sent(&ledger, &format!("revision=1&ikop-{}=x", members[1]), StatusCode::UNPROCESSABLE_ENTITY).await;
    reader.sent(&ledger, &format!("revision=1&ikaa-{}=5", members[1]), StatusCode::SEE_OTHER).await;
    reader.get(&ledger).await;
    let shown = reader.sent(&format!("{first}/merger/code"), "", StatusCode::OK).await;
    let code = shown.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap();
    reader.get(&format!("{first}/merger")).await;
    reader.sent(&format!("{second}/merger"), "code=wrong", StatusCode::UNPROCESSABLE_ENTITY).await;
    reader.sent(&format!("{second}/merger"), &format!("code={code}"), StatusCode::SEE_OTHER).await;
    reader.get(&format!("{second}/merger")).await;
    let asked = reader.get(&format!("{first}/merger")).await;
    let accept = address(&asked, &format!("{first}/merger/0")).to_owned();
    reader.sent(&accept, "own=1&theirs=2", StatusCode::SEE_OTHER).await;
    for sheet in [&first, &second] {
        for page in ["", "/ledger", "/merger", "/versions"] {
            reader.get(&format!("{sheet}{page}")).await;
        }
    }
    reader.sent(&accept.replace("/accept", "/undo"), "", StatusCode::SEE_OTHER).await;
}

/// The budget of a draft, with a mistake, a ceiling of aid and a file.
pub(super) async fn walk_budget(reader: &Reader<'_>, app: &Shared, sheet: &str, member: OrganisationId) {
    let budget = format!("{}/budget", sheet.split('?').next().unwrap());
    reader.get(&budget).await;
    reader.sent(&budget, "act=add-package&new-package=One", StatusCode::SEE_OTHER).await;
    let fields = format!("package-research.1=industrial&amount.1.travel.{member}=1000&rate.{member}=5000");
    reader.sent(&format!("{budget}/preview"), &fields, StatusCode::OK).await;
    reader.sent(&budget, &fields, StatusCode::SEE_OTHER).await;
    reader
        .sent(&budget, &format!("months.1.{member}=many&requested.{member}=90000000"), StatusCode::UNPROCESSABLE_ENTITY)
        .await;
    reader.get(&format!("{budget}?package=1")).await;
    reader.get(&format!("{budget}?partner={member}")).await;
    reader.get(&format!("{budget}/import")).await;
    let file = format!("Id,Work package,Travel and subsistence\n{member},1,2000\n{member},7,x\n");
    let checked = reader.visitor.upload(&format!("{budget}/import"), "budget.csv", file.as_bytes()).await;
    assert_eq!(checked.status, StatusCode::OK, "{}", checked.text);
    let nothing = reader.visitor.upload(&format!("{budget}/import"), "budget.csv", b"").await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nothing.text);
    let email = format!("budget-{}@partner.example", reader.language.code());
    let partner = Visitor::invited(app, &email, Role::MemberContact, Some(member.0)).await;
    let partner = Reader { visitor: &partner, language: reader.language, faults: RefCell::default() };
    let own = budget.replace("/consortia/", "/workspaces/");
    partner.get(&own).await;
    partner.sent(&own, &format!("months.1.{member}=x"), StatusCode::UNPROCESSABLE_ENTITY).await;
    assert_eq!(*partner.faults.borrow(), Vec::<String>::new());
}

/// A submission with its answers, with criteria of the instrument and with named ones.
pub(super) async fn walk_outcome(reader: &Reader<'_>, sheet: &str) {
    let outcome = format!("{}/outcome", sheet.split('?').next().unwrap());
    reader.get(&outcome).await;
    reader.sent(&outcome, "submitted_on=", StatusCode::UNPROCESSABLE_ENTITY).await;
    reader.sent(&outcome, "submitted_on=2026-05-01&stage=single&version=1&reference=9", StatusCode::SEE_OTHER).await;
    let page = reader.get(&outcome).await;
    let submission = format!("{outcome}/{}", page.split("id=\"s-").nth(1).unwrap().split('"').next().unwrap());
    reader.get(&submission).await;
    reader.sent(&submission, "changes=1&submitted_on=x", StatusCode::UNPROCESSABLE_ENTITY).await;
    let answer = format!("{submission}/answer");
    reader.get(&answer).await;
    reader.sent(&answer, "changes=1&kind=x&score.0=9", StatusCode::UNPROCESSABLE_ENTITY).await;
    let scores = "changes=1&kind=granted&answered_on=2026-06-01&score.0=4&score.1=4&score.2=3&total=12&rank=2&rank_of=9\
                  &grant=5000&cost=6000&agreement=7&starts_on=2027-01-01&summary=Good";
    reader.sent(&answer, scores, StatusCode::SEE_OTHER).await;
    let page = reader.get(&outcome).await;
    reader.get(address(&page, &format!("{submission}/answers/"))).await;
    for question in ["", "?state=granted&year=2026&part=nobody&topic=x", "?instrument=none"] {
        reader.get(&format!("/submissions{question}")).await;
    }
    reader.get(&format!("/calls/{TOPIC}/submissions")).await;
}

/// What is said and to be done in a draft, by the team and a partner.
pub(super) async fn walk_discussion(
    officer: &Reader<'_>,
    partner: &Reader<'_>,
    app: &Shared,
    draft: consortia::DraftId,
    organisation: OrganisationId,
) {
    let (team, theirs) = (format!("/consortia/{draft}/discussion"), format!("/workspaces/{draft}/discussion"));
    officer.get(&team).await;
    officer.sent(&team, "text=&audience=king", StatusCode::UNPROCESSABLE_ENTITY).await;
    let about = format!("text=Look&about=member:{organisation}&audience=partner:{organisation}");
    officer.sent(&team, &about, StatusCode::SEE_OTHER).await;
    officer.sent(&team, "text=Done&audience=team", StatusCode::SEE_OTHER).await;
    let thread = address(&officer.get(&team).await, &format!("{team}/0")).to_owned();
    officer.sent(&thread, "text=", StatusCode::UNPROCESSABLE_ENTITY).await;
    officer.sent(&format!("{thread}/settle"), "act=settle", StatusCode::SEE_OTHER).await;
    let tasks = team.replace("/discussion", "/tasks");
    officer.sent(&tasks, "what=&due_on=never", StatusCode::UNPROCESSABLE_ENTITY).await;
    let task = format!("what=Write&whose=organisation:{organisation}&due_on=2026-09-03");
    officer.sent(&tasks, &task, StatusCode::SEE_OTHER).await;
    officer.sent(&tasks, "what=Read", StatusCode::SEE_OTHER).await;
    let page = officer.get(&team).await;
    let task = address(&page, &format!("{tasks}/0")).to_owned();
    officer.sent(&task, "act=delete", StatusCode::OK).await;
    officer.sent(&task, "act=done", StatusCode::SEE_OTHER).await;
    officer.get(&team).await;
    officer.get("/").await;
    partner.get(&theirs).await;
    partner.get("/").await;
    partner.sent(&theirs, "text=Hello&audience=applicant", StatusCode::SEE_OTHER).await;
    let page = partner.get(&theirs).await;
    let comment = page.split(&format!("action=\"/workspaces/{draft}/comments/")).nth(1).unwrap();
    let comment = comment.split('/').next().unwrap();
    let delete = format!("/workspaces/{draft}/comments/{comment}/delete");
    partner.sent(&delete, "sure=", StatusCode::OK).await;
    partner.sent(&delete, "sure=yes", StatusCode::SEE_OTHER).await;
    partner.get(&theirs).await;
    let calendar = team.replace("/discussion", "/calendar");
    officer.get(&calendar).await;
    officer.sent(&calendar, "name=&day=never", StatusCode::UNPROCESSABLE_ENTITY).await;
    for day in ["2026-08-01", "2026-09-02", "2026-09-10"] {
        officer.sent(&calendar, &format!("name=Meet&day={day}&audience=applicant"), StatusCode::SEE_OTHER).await;
    }
    let page = officer.get(&calendar).await;
    officer.sent(address(&page, &format!("{calendar}/0")), "sure=", StatusCode::OK).await;
    officer.sent(&format!("{calendar}/address"), "label=Mine", StatusCode::OK).await;
    partner.get(&calendar.replace("/consortia/", "/workspaces/")).await;
    let email = format!("partner-{}@partner.example", partner.language.code());
    let letters = letters_to(app, &email).await;
    let letter = letters.iter().find(|letter| letter.contains("/draft-letters/")).unwrap();
    let (at, _) = letter.match_indices("http://corridor.example/draft-letters/").next().unwrap();
    let link = link_in(&letter[at..]).trim_end_matches('>').to_owned();
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: partner.language, faults: RefCell::default() };
    nobody.get(&link).await;
    nobody.sent(&link, "again=no", StatusCode::OK).await;
    assert_eq!(*nobody.faults.borrow(), Vec::<String>::new());
}

/// A draft as a partner works on it.
pub(super) async fn walk_workspaces(reader: &Reader<'_>, app: &Shared, sheet: &str, members: &str) {
    let organisation: OrganisationId = members.split("&member=").nth(1).unwrap().parse().unwrap();
    let draft: consortia::DraftId = sheet.split('?').next().unwrap().rsplit('/').next().unwrap().parse().unwrap();
    crate::participation_story::accepted(app, cluster(app, "medicen").await, draft, organisation).await;
    let email = format!("partner-{}@partner.example", reader.language.code());
    let partner = Visitor::invited(app, &email, Role::MemberContact, Some(organisation.0)).await;
    let partner = Reader { visitor: &partner, language: reader.language, faults: RefCell::default() };
    partner.get("/workspaces").await;
    let place = format!("/workspaces/{draft}");
    partner.get(&place).await;
    let base = format!("/consortia/{draft}");
    reader.get(&format!("{base}/partners")).await;
    reader.get(&format!("{base}/partners/invite?organisation_id={organisation}")).await;
    let other: uuid::Uuid = corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country IS NOT NULL AND merged_into IS NULL
         AND id NOT IN (SELECT organisation_id FROM draft_members) ORDER BY id LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let officer = Visitor::invited(
        app,
        &format!("officer-{}@partner.example", reader.language.code()),
        Role::ProjectOfficer,
        None,
    )
    .await;
    let officer = Reader { visitor: &officer, language: reader.language, faults: RefCell::default() };
    let asked = format!("organisation={other}&role=beneficiary&side=applicant&message=Please");
    officer.sent(&format!("{base}/partners/invite"), &asked, StatusCode::UNPROCESSABLE_ENTITY).await;
    let email = format!("invited-{}@partner.example", reader.language.code());
    let asked = format!("{asked}&answer_by=2026-09-20&email={email}");
    officer.sent(&format!("{base}/partners/invite"), &asked, StatusCode::SEE_OTHER).await;
    let link = link_in(letters_to(app, &email).await.last().unwrap());
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language: reader.language, faults: RefCell::default() };
    nobody.get(&link).await;
    let sought = "words=A+hospital&open_until=2026-10-01&audience=public&country=fr&kind=hospital&competence=organoids";
    officer.sent(&format!("{base}/opening"), sought, StatusCode::SEE_OTHER).await;
    officer.sent(&format!("{base}/signoff"), "statement=Yes&due_on=2026-09-20", StatusCode::SEE_OTHER).await;
    let contact = Visitor::invited(
        app,
        &format!("contact-{}@partner.example", reader.language.code()),
        Role::MemberContact,
        Some(other),
    )
    .await;
    let contact = Reader { visitor: &contact, language: reader.language, faults: RefCell::default() };
    contact.get("/").await;
    contact.get("/workspaces").await;
    contact.get("/interests").await;
    contact.get(&format!("/interests/{draft}")).await;
    contact.sent(&format!("/interests/{draft}"), "message=", StatusCode::UNPROCESSABLE_ENTITY).await;
    contact.sent(&format!("/interests/{draft}"), "message=We+do", StatusCode::SEE_OTHER).await;
    contact.get("/workspaces").await;
    contact.get(&format!("/interests/{draft}")).await;
    contact.get(&format!("/calls/{TOPIC}/interests")).await;
    walk_discussion(&officer, &partner, app, draft, organisation).await;
    nobody.sent(&link, "answer=yes&words=Gladly", StatusCode::OK).await;
    partner.get(&place).await;
    partner.sent(&place, &format!("revision=3&cost-{organisation}=-1"), StatusCode::UNPROCESSABLE_ENTITY).await;
    partner.sent(&format!("{place}/sign"), "revision=3&decision=objected", StatusCode::UNPROCESSABLE_ENTITY).await;
    partner.sent(&format!("{place}/sign"), "revision=3&decision=signed", StatusCode::SEE_OTHER).await;
    partner.get(&place).await;
    walk_documents(&officer, &partner, &base, organisation).await;
    walk_figures(&officer, &partner, &base, [organisation, OrganisationId(other)]).await;
    partner.get("/").await;
    officer.get("/").await;
    officer.get(&format!("{base}/partners")).await;
    assert_eq!(*officer.faults.borrow(), Vec::<String>::new());
    assert_eq!(*nobody.faults.borrow(), Vec::<String>::new());
    assert_eq!(*contact.faults.borrow(), Vec::<String>::new());
    reader.sent(sheet, "revision=2&instrument=ihi-two-stage", StatusCode::SEE_OTHER).await;
    partner.get(&format!("/workspaces/{draft}/ledger")).await;
    assert_eq!(*partner.faults.borrow(), Vec::<String>::new());
}

/// Documents kept by the team and by a partner, one over, one asked for, one taken away.
pub(super) async fn walk_documents(team: &Reader<'_>, partner: &Reader<'_>, base: &str, organisation: OrganisationId) {
    let (id, own) = (organisation.to_string(), base.replace("/consortia/", "/workspaces/"));
    let list = format!("{base}/documents");
    team.get(&list).await;
    partner.get(&format!("{own}/documents")).await;
    let asked = format!("organisation={id}&kind=gep&due_on=");
    team.sent(&format!("{base}/document-requests"), &asked, StatusCode::UNPROCESSABLE_ENTITY).await;
    let asked = format!("{asked}2026-09-20&message=Please");
    team.sent(&format!("{base}/document-requests"), &asked, StatusCode::SEE_OTHER).await;
    team.get(&list).await;
    partner.get("/").await;
    partner.get(&format!("{own}/documents?kind=gep")).await;
    let over =
        [("organisation", id.as_str()), ("kind", "gep"), ("valid_until", "2026-01-01"), ("link", "https://a.example")];
    let letter = [("kind", "mandate"), ("issued_on", "2026-05-01"), ("title", "Signed"), ("link", "https://a.example")];
    let pages = format!("/organisations/{id}/documents");
    for (visitor, place, fields) in
        [(team, &list, &over), (team, &pages, &over), (partner, &format!("{own}/documents"), &letter)]
    {
        let kept = visitor.visitor.send_file(&visitor.path(place), fields, Some(("plan.pdf", b"%PDF-1.7"))).await;
        visitor.note(place, kept.status, StatusCode::SEE_OTHER);
        let wrong = visitor.visitor.send_file(&visitor.path(place), fields, Some(("plan.pdf", b"<html>"))).await;
        visitor.note(place, wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let unread = visitor.visitor.post(&visitor.path(place), "kind=gep").await;
        visitor.note(place, unread.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = visitor.get(place).await;
        let act = address(&page, &format!("{place}/0")).to_owned();
        visitor.get(&format!("{place}?removed={NOWHERE}")).await;
        assert!(act.starts_with(place.as_str()), "{act}");
    }
    team.get(base).await;
    team.get(&format!("/organisations/{id}")).await;
}

/// Figures and owners, as the team and the organisation itself state them, with mistakes.
pub(super) async fn walk_figures(team: &Reader<'_>, partner: &Reader<'_>, base: &str, of: [OrganisationId; 2]) {
    let [organisation, holder] = of;
    let own = base.replace("/consortia/", "/workspaces/");
    let stated = "source=Accounts&stated_on=2026-05-01";
    let owners = format!("{stated}&owner.0=x&owner.0_id={holder}&percent.0=40&investor.0=venture_capital");
    for (visitor, place) in [(team, format!("/organisations/{organisation}")), (partner, own)] {
        let (figures, held) = (format!("{place}/figures"), format!("{place}/owners"));
        visitor.get(&figures).await;
        visitor.sent(&figures, "year=x&turnover=many", StatusCode::UNPROCESSABLE_ENTITY).await;
        visitor.sent(&figures, &format!("{stated}&year=2025&headcount=30&turnover=5+M"), StatusCode::SEE_OTHER).await;
        visitor.get(&figures).await;
        visitor.sent(&held, "owner.1=nobodyatall&percent.1=5", StatusCode::UNPROCESSABLE_ENTITY).await;
        visitor.sent(&held, stated, StatusCode::SEE_OTHER).await;
        visitor.get(&figures).await;
        visitor.sent(&held, &owners, StatusCode::SEE_OTHER).await;
        visitor.get(&figures).await;
    }
    let large = format!("{stated}&year=2024&headcount=3000&turnover=900+M&balance=900+M");
    team.sent(&format!("/organisations/{holder}/figures"), &large, StatusCode::SEE_OTHER).await;
    team.get(&format!("/organisations/{holder}/figures")).await;
    team.get(&format!("/organisations/{organisation}/figures")).await;
    team.get(&format!("/organisations/{organisation}")).await;
    team.get(base).await;
}
