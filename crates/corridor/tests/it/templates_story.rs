//! Every template, rendered in both languages from what its page really gives it.
//!
//! Stories run with a strict renderer: a value or a text that is not there fails the page. The samples here are requests
//! which together must bring up every template; a new template needs one.

use std::{cell::RefCell, collections::BTreeSet, path::Path};

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    app, calls,
    consortia::{self, Asked, propose},
    directory::{OrganisationId, imports, merge::Duplicates, search::Catalogue},
    execute,
    foundation::{
        errors::Error,
        languages::{Language, Texts},
        pages::Renderer,
        secrets::Secret,
    },
    partnering::Index,
    transact,
};

use crate::{
    databases::{Engine, NOW, fresh},
    mailbox::{letters_to, link_in},
    visitors::{Visitor, cluster},
};

const IHI: &str = "HORIZON-JU-IHI-2026-13-two-stage-01";
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";
const TOPIC: &str = "HORIZON-HLTH-2027-01-DISEASE-05";

async fn import(app: &Shared) {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    app::import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    imports::prepare_demonstration(&app.database, app.clock, "medicen").await.unwrap();
}

/// A browser that asks in one language and notes what is not answered as it should be.
struct Reader<'a> {
    visitor: &'a Visitor,
    language: Language,
    faults: RefCell<Vec<String>>,
}

impl Reader<'_> {
    fn path(&self, path: &str) -> String {
        format!("{path}{}lang={}", if path.contains('?') { '&' } else { '?' }, self.language.code())
    }

    fn note(&self, path: &str, came: StatusCode, expected: StatusCode) {
        if came != expected {
            self.faults.borrow_mut().push(format!("{path} in {}: {came}, not {expected}", self.language.code()));
        }
    }

    async fn get(&self, path: &str) -> String {
        self.asked(path, StatusCode::OK).await
    }

    async fn asked(&self, path: &str, status: StatusCode) -> String {
        let answer = self.visitor.get(&self.path(path)).await;
        self.note(path, answer.status, status);
        answer.text
    }

    async fn sent(&self, path: &str, form: &str, status: StatusCode) -> String {
        let answer = self.visitor.post(&self.path(path), form).await;
        self.note(path, answer.status, status);
        match answer.headers.get("location") {
            Some(place) => place.to_str().unwrap().split('?').next().unwrap().to_owned(),
            None => answer.text,
        }
    }
}

/// The first address on a page that begins so.
fn address<'a>(page: &'a str, begins: &str) -> &'a str {
    let from = page.find(&format!("\"{begins}")).unwrap_or_else(|| panic!("no address {begins}")) + 1;
    page[from..].split(['"', '#', '?']).next().unwrap()
}

async fn walk_directory(reader: &Reader<'_>) {
    let list = reader.get("/organisations?q=pasteur").await;
    let organisation = address(&list, "/organisations/0").to_owned();
    let page = reader.get(&organisation).await;
    for path in ["/organisations", "/organisations?unnamed=yes&sort=name", "/organisations?q=zzzzqq", "/map"] {
        reader.get(path).await;
    }
    reader.get(address(&page, "/past-projects/")).await;
    let tree = reader.get("/competences").await;
    reader.get(address(&tree, "/concepts/")).await;
    for path in ["/facilities", "/search", "/search?q=canc", "/demo", "/", "/organisations/import"] {
        reader.get(path).await;
    }
    reader.get(&format!("{organisation}/edit")).await;
    reader.sent(&format!("{organisation}/edit"), "revision=1&name=&kind=none", StatusCode::UNPROCESSABLE_ENTITY).await;
    let contacts = format!("{organisation}/contacts");
    reader.get(&format!("{contacts}/new")).await;
    reader.sent(&contacts, "name=", StatusCode::UNPROCESSABLE_ENTITY).await;
    let form = "name=Ada&email=ada@institute.example&basis=contract&known_by=paper";
    reader.sent(&contacts, form, StatusCode::SEE_OTHER).await;
    reader.sent(&format!("{organisation}/notes"), "text=Met", StatusCode::SEE_OTHER).await;
    let page = reader.get(&organisation).await;
    let contact = address(&page, "/contacts/0").to_owned();
    reader.get(&contact).await;
    reader.sent(&contact, "revision=1&name=Early", StatusCode::SEE_OTHER).await;
    reader.sent(&contact, "revision=1&name=Late", StatusCode::CONFLICT).await;
    for path in ["/contacts", "/contacts?q=early", "/contacts?q=zzzzqq"] {
        reader.get(path).await;
    }
    reader.sent(&contact.replace("/edit", "/delete"), "", StatusCode::SEE_OTHER).await;
    reader.get("/contacts/deleted").await;
    reader.get(&format!("{organisation}/notes/new")).await;
    reader.sent(&format!("{organisation}/notes"), "text=", StatusCode::UNPROCESSABLE_ENTITY).await;
    let note = address(&page, "/notes/0").to_owned();
    reader.get(&note).await;
    reader.sent(&note, "revision=1&text=Early", StatusCode::SEE_OTHER).await;
    reader.sent(&note, "revision=1&text=Late", StatusCode::CONFLICT).await;
    reader.sent(&note.replace("/edit", "/delete"), "", StatusCode::OK).await;
    reader.get("/organisations/duplicates").await;
    let other = address(&reader.get("/organisations?q=inserm").await, "/organisations/0").to_owned();
    reader.get(&format!("{organisation}/merge/{}", other.rsplit('/').next().unwrap())).await;
    reader.asked("/nowhere", StatusCode::NOT_FOUND).await;
}

async fn walk_import(reader: &Reader<'_>, app: &Shared) {
    let list = "Raison sociale;Pays\nInstitut Pasteur;FR\nSans pays;QQ\n";
    let upload = reader.visitor.upload("/organisations/import", "list.csv", list.as_bytes()).await;
    let place = upload.headers["location"].to_str().unwrap().to_owned();
    reader.get(&place).await;
    reader.sent(&format!("{place}/columns"), "name=Raison+sociale&country=Pays", StatusCode::SEE_OTHER).await;
    reader.get(&place).await;
    reader.sent(&format!("{place}/start"), "", StatusCode::SEE_OTHER).await;
    reader.get(&place).await;
    let keeper = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    let keeper = Reader { visitor: &keeper, language: reader.language, faults: RefCell::default() };
    let jobs = keeper.get("/administration/jobs").await;
    let cancel = jobs.split("action=\"").find(|part| part.contains("/cancel\"")).unwrap().split('"').next().unwrap();
    keeper.sent(cancel, "", StatusCode::SEE_OTHER).await;
    reader.get(&place).await;
    keeper.get("/administration/jobs").await;
    assert_eq!(*keeper.faults.borrow(), Vec::<String>::new());
    reader.sent(&format!("{place}/go-on"), "", StatusCode::SEE_OTHER).await;
    while app::runner(app).run_one(&app.database, app, app.clock).await.unwrap() {}
    reader.get(&place).await;
}

async fn walk_calls(reader: &Reader<'_>) {
    for path in ["/calls", "/calls?q=cancer&state=closed", "/calls?q=zzzzqq", "/instruments"] {
        reader.get(path).await;
    }
    for ending in ["", "/versions", "/partners", "/partners/short", "/projects", "/projects/short"] {
        reader.get(&format!("/calls/{TOPIC}{ending}")).await;
    }
    for path in ["/partners", "/partners?text=antibiotic+resistance", "/calls/imi-call-2"] {
        reader.get(path).await;
    }
    let instruments = reader.get("/instruments").await;
    let all: BTreeSet<&str> =
        instruments.split("\"/instruments/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(all.len() > 20);
    for instrument in all {
        reader.get(&format!("/instruments/{instrument}")).await;
    }
}

/// The editor of rules: green, red by line, red by vectors, published, restored, new.
async fn walk_rules(keeper: &Reader<'_>) {
    for path in [
        "/instruments",
        "/instruments/new",
        "/instruments/eurostars-3",
        "/instruments/eurostars-3/edit",
        "/rule-sets/countries/edit",
    ] {
        keeper.get(path).await;
    }
    keeper.sent("/instruments/new", "id=Not+so", StatusCode::UNPROCESSABLE_ENTITY).await;
    let code = keeper.language.code();
    keeper.sent("/instruments/new", &format!("id=fresh-{code}"), StatusCode::SEE_OTHER).await;
    let page = keeper.get(&format!("/instruments/fresh-{code}/edit")).await;
    let of = |name: &str| {
        let begins = format!("name=\"{name}\"");
        let rest = page.split(&begins).nth(1).unwrap().split_once('>').unwrap().1;
        rest.split("</textarea>").next().unwrap().replace("&quot;", "\"").replace("&#x27;", "'").replace("&#x2f;", "/")
    };
    let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let (text, vectors) = (of("text"), of("vectors"));
    let form = |text: &str, rest: &str| {
        format!("text={}&vectors={}&valid_from=2026-09-01&seen=0&{rest}", encoded(text), encoded(&vectors))
    };
    let place = format!("/instruments/fresh-{code}/edit");
    keeper.sent(&place, &form(&text.replace("at_least", "at_last"), "act=check"), StatusCode::OK).await;
    keeper.sent(&place, &form(&text.replace("at_least = 2", "at_least = 3"), "act=check"), StatusCode::OK).await;
    keeper.sent(&place, &form(&text, "act=publish"), StatusCode::UNPROCESSABLE_ENTITY).await;
    keeper.sent(&place, &form(&text, "act=publish&reason=new+call"), StatusCode::SEE_OTHER).await;
    keeper.sent(&place, &form(&text, "act=publish&reason=again"), StatusCode::CONFLICT).await;
    keeper.sent(&place, &form(&text, "part=rule.0&act=part"), StatusCode::OK).await;
    keeper.sent(&place, &form(&text, "part=rule.0&act=put&guided.severity=weak"), StatusCode::OK).await;
    keeper.sent(&place, &form(&text, "part=rule.0&act=put&guided.valid_to=x"), StatusCode::UNPROCESSABLE_ENTITY).await;
    let rules = format!("/calls/{TOPIC}/rules");
    let page = keeper.get(&rules).await;
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let removal = encoded("[[change]]\nremove = \"gender-equality-plan\"\nsource = \"topic\"\n");
    keeper.sent(&rules, &format!("text={removal}&seen={seen}"), StatusCode::SEE_OTHER).await;
    keeper.sent(&rules, "text=x&seen=0", StatusCode::UNPROCESSABLE_ENTITY).await;
    keeper.get(&rules).await;
    for ending in ["", "/versions", "/versions/1", "/edit?from=1"] {
        keeper.get(&format!("/instruments/fresh-{code}{ending}")).await;
    }
    for path in
        ["/rule-sets/countries/versions", "/rule-sets/countries/versions/0", "/instruments/eurostars-3/versions/0"]
    {
        keeper.get(path).await;
    }
}

async fn walk_consortia(reader: &Reader<'_>, app: &Shared) {
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
async fn walk_sides(reader: &Reader<'_>, members: &[String]) {
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
async fn walk_budget(reader: &Reader<'_>, app: &Shared, sheet: &str, member: OrganisationId) {
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
async fn walk_outcome(reader: &Reader<'_>, sheet: &str) {
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
async fn walk_discussion(
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
async fn walk_workspaces(reader: &Reader<'_>, app: &Shared, sheet: &str, members: &str) {
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
async fn walk_documents(team: &Reader<'_>, partner: &Reader<'_>, base: &str, organisation: OrganisationId) {
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
async fn walk_figures(team: &Reader<'_>, partner: &Reader<'_>, base: &str, of: [OrganisationId; 2]) {
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

async fn walk_consents(app: &Shared, language: Language) {
    let (email, head) =
        (format!("{}@consent.example", language.code()), format!("head-{}@consent.example", language.code()));
    let head = Visitor::invited(app, &head, Role::ClusterAdministrator, None).await;
    let head = Reader { visitor: &head, language, faults: RefCell::default() };
    let organisation = address(&head.get("/organisations?q=inserm").await, "/organisations/0").to_owned();
    let form = format!("name=Marie+Essai&email={email}&basis=consent&known_by=meeting");
    head.sent(&format!("{organisation}/contacts"), &form, StatusCode::SEE_OTHER).await;
    let log = head.get("/legal-bases").await;
    let datum = address(&log, "/legal-bases/contact/").to_owned();
    head.get(&datum).await;
    head.sent(&format!("{datum}/ask"), "", StatusCode::SEE_OTHER).await;
    head.get(&datum).await;
    let marie = Visitor::invited(app, &email, Role::Reader, None).await;
    let marie = Reader { visitor: &marie, language, faults: RefCell::default() };
    let link = crate::mailbox::link_in(
        crate::mailbox::letters_to(app, &email).await.iter().find(|letter| letter.contains("/consents/")).unwrap(),
    );
    marie.get(&link).await;
    marie.get("/my-data/consents").await;
    marie.sent(&format!("{link}/no"), "", StatusCode::OK).await;
    marie.get("/my-data/consents").await;
    for reader in [head, marie] {
        assert_eq!(*reader.faults.borrow(), Vec::<String>::new());
    }
}

async fn walk_retention(app: &Shared, keeper: &Reader<'_>) {
    // Somebody who was last here in 1970.
    let long_ago: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO people (id, slug, name, email, language, demonstration, created_at)
                 VALUES ($1, $2, 'Grace Example', $3, $4, FALSE, 0)",
            )
            .bind(uuid::Uuid::now_v7())
            .bind(uuid::Uuid::now_v7().to_string())
            .bind(format!("{}@long.example", keeper.language.code()))
            .bind(keeper.language.code()));
            Ok(())
        })
    }
    .await;
    long_ago.unwrap();
    let purpose = "/retention/account.account";
    keeper.sent(&format!("{purpose}/period"), "months=0&reason=", StatusCode::UNPROCESSABLE_ENTITY).await;
    let preview = keeper.sent(&format!("{purpose}/preview"), "", StatusCode::SEE_OTHER).await;
    keeper.get(&preview).await;
    keeper.sent(&format!("{preview}/run"), "", StatusCode::SEE_OTHER).await;
    crate::mailbox::run_jobs(app).await;
    keeper.get(&preview).await;
    keeper.get(purpose).await;
    keeper.get("/retention").await;
}

async fn walk_accounts(app: &Shared, language: Language) {
    let nobody = Visitor::nobody(app);
    let nobody = Reader { visitor: &nobody, language, faults: RefCell::default() };
    nobody.get("/sign-in").await;
    nobody.sent("/sign-in/link", "email=nobody@institute.example", StatusCode::OK).await;
    nobody.sent("/sign-in/password", "email=x&password=wrong", StatusCode::UNPROCESSABLE_ENTITY).await;
    nobody.get("/sign-in/link/unknown").await;
    nobody.sent("/sign-in/link/unknown", "", StatusCode::GONE).await;
    nobody.asked("/invitations/unknown", StatusCode::NOT_FOUND).await;
    let (email, head) = ("ada@institute.example", "head@institute.example");
    let ada = Visitor::invited(app, email, Role::Reader, None).await;
    nobody.sent("/sign-in/link", &format!("email={email}"), StatusCode::OK).await;
    let ada = Reader { visitor: &ada, language, faults: RefCell::default() };
    ada.get("/account").await;
    ada.sent("/calls/addresses", "feed=calls.ics&query=theme%3DJU&label=agenda", StatusCode::OK).await;
    ada.get("/calls").await;
    ada.get(&format!("/calls/{TOPIC}")).await;
    ada.sent("/account/password", "password=short", StatusCode::UNPROCESSABLE_ENTITY).await;
    ada.sent("/account/tokens", "label=report&scope=calls:read&days=7", StatusCode::OK).await;
    let list = ada.get("/organisations?q=inserm").await;
    let organisation = address(&list, "/organisations/0").to_owned();
    ada.sent(&format!("{organisation}/claim"), "reason=I+work+there", StatusCode::SEE_OTHER).await;
    // What a provider of identities would have left in this browser.
    let linking = Secret::fresh();
    let waits = serde_json::json!({ "provider": "campus", "subject": "ada", "verified_email": email });
    let kept: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO ceremonies (id, kind, browser_digest, state, created_at, expires_at) VALUES ($1, 'identity', $2, $3, $4, $5)",
            )
            .bind(uuid::Uuid::now_v7())
            .bind(linking.digest())
            .bind(sqlx::types::Json(&waits))
            .bind(NOW)
            .bind(NOW.plus_seconds(60)));
            Ok(())
        })
    }
    .await;
    kept.unwrap();
    ada.visitor.plant("corridor_linking", linking.reveal());
    ada.get("/account/identities").await;
    let keeper = Visitor::invited(app, head, Role::InstanceAdministrator, None).await;
    let keeper = Reader { visitor: &keeper, language, faults: RefCell::default() };
    keeper.sent("/people/invitations", "email=x&role=reader", StatusCode::UNPROCESSABLE_ENTITY).await;
    keeper.sent("/people/invitations", &format!("email={email}&role=network_officer"), StatusCode::SEE_OTHER).await;
    let people = keeper.get("/people").await;
    let vouch = people.split("action=\"").find(|part| part.contains("/vouch\"")).unwrap().split('"').next().unwrap();
    keeper.sent(vouch, "", StatusCode::SEE_OTHER).await;
    let tokens = keeper.get("/administration/tokens").await;
    keeper.sent(address(&tokens, "/administration/tokens/0"), "", StatusCode::SEE_OTHER).await;
    keeper.get("/administration/tokens?q=nobody").await;
    walk_retention(app, &keeper).await;
    walk_consents(app, language).await;
    keeper.get("/administration/alliances").await;
    keeper.sent("/administration/alliances", "name=", StatusCode::UNPROCESSABLE_ENTITY).await;
    Visitor::invited_to(app, "lyonbiopole", "asked@institute.example", Role::ClusterAdministrator, None).await;
    let asked = cluster(app, "lyonbiopole").await;
    keeper.sent("/administration/alliances", &format!("name=Axis&cluster={asked}"), StatusCode::SEE_OTHER).await;
    keeper.get("/administration/clusters").await;
    keeper.get("/administration/clusters/new").await;
    let wrong = "name=&accent=&time_zone=&revision=0";
    keeper.sent("/administration/clusters/medicen", wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    let late = "name=X&accent=06c&time_zone=UTC&page_language=fr&letter_language=fr&revision=0";
    keeper.sent("/administration/clusters/medicen", late, StatusCode::CONFLICT).await;
    keeper.get("/administration/accent?accent=fd0").await;
    keeper.get(address(&keeper.get("/administration/letters").await, "/administration/letters/0")).await;
    walk_privacy(app, &nobody, &ada, &keeper).await;
    for reader in [nobody, ada, keeper] {
        assert_eq!(*reader.faults.borrow(), Vec::<String>::new());
    }
}

/// What people ask about their data, and the desk that answers.
async fn walk_privacy(app: &Shared, nobody: &Reader<'_>, ada: &Reader<'_>, keeper: &Reader<'_>) {
    nobody.get("/privacy").await;
    nobody.sent("/privacy/requests", "email=x&kind=none", StatusCode::UNPROCESSABLE_ENTITY).await;
    nobody.sent("/privacy/requests", "email=zoe@institute.example&kind=access&words=", StatusCode::OK).await;
    let letters = letters_to(app, "zoe@institute.example").await;
    let link = link_in(letters.last().unwrap());
    nobody.get(&link).await;
    nobody.sent("/privacy/confirm/unknown", "", StatusCode::GONE).await;
    nobody.sent(&link, "", StatusCode::OK).await;
    ada.get("/my-data").await;
    for kind in ["erasure", "restriction", "objection"] {
        ada.sent("/my-data/requests", &format!("kind={kind}&words=please"), StatusCode::SEE_OTHER).await;
    }
    ada.sent("/my-data/requests", "kind=rectification&words=", StatusCode::UNPROCESSABLE_ENTITY).await;
    keeper.get("/data-requests/new").await;
    keeper.sent("/data-requests", "kind=none", StatusCode::UNPROCESSABLE_ENTITY).await;
    let entered =
        "kind=portability&email=ada@institute.example&channel=letter&received_on=2026-08-01&language=fr&identity=seen";
    keeper.sent("/data-requests", entered, StatusCode::SEE_OTHER).await;
    let list = keeper.get("/data-requests").await;
    let all: BTreeSet<&str> =
        list.split("\"/data-requests/0").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(all.len() >= 5, "{all:?}");
    for id in all {
        let path = format!("/data-requests/0{id}");
        let page = keeper.get(&path).await;
        let seen = page.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let revision: i64 = seen.parse().unwrap();
        keeper.get(&format!("{path}/preview")).await;
        keeper.get(&format!("{path}/mentions")).await;
        keeper.sent(&path, &format!("step=take&revision={revision}"), StatusCode::SEE_OTHER).await;
        let refused = format!("step=refuse&revision={}", revision + 1);
        keeper.sent(&path, &refused, StatusCode::UNPROCESSABLE_ENTITY).await;
        if keeper.get(&path).await.contains("data-confirm=") {
            keeper.sent(&path, &format!("step=answer&revision={}", revision + 1), StatusCode::OK).await;
        }
    }
    keeper.get("/register-of-processing").await;
    keeper.get("/").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_template_has_a_sample_in_both_languages() {
    // What is wrong with a page is told to the log only.
    let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer().try_init();
    for language in Language::ALL {
        let fresh = fresh(Engine::Sqlite).await;
        let app = &fresh.app;
        import(app).await;
        let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
        let reader = Reader { visitor: &officer, language, faults: RefCell::default() };
        // Before the ranking is built, its pages say so.
        reader.get(&format!("/calls/{TOPIC}/partners")).await;
        app.part::<Catalogue>().refresh(&app.database).await.unwrap();
        app.part::<Duplicates>().refresh(app).await.unwrap();
        app.part::<calls::Shelf>().at_hand(&app.database).await.unwrap();
        app.part::<Index>().refresh(&app.database).await.unwrap();
        walk_directory(&reader).await;
        walk_calls(&reader).await;
        walk_consortia(&reader, app).await;
        walk_import(&reader, app).await;
        let administrator = Visitor::acting_as(app, Role::InstanceAdministrator).await;
        let keeper = Reader { visitor: &administrator, language, faults: RefCell::default() };
        for path in ["/administration", "/administration/trail", "/administration/jobs", "/"] {
            keeper.get(path).await;
        }
        let imports = keeper.get("/administration/imports").await;
        keeper.get(address(&imports, "/administration/imports/0")).await;
        walk_rules(&keeper).await;
        walk_accounts(app, language).await;
        assert_eq!(*keeper.faults.borrow(), Vec::<String>::new());
        assert_eq!(*reader.faults.borrow(), Vec::<String>::new());
        let missing: Vec<String> = Renderer::all().difference(&app.renderer.used()).cloned().collect();
        assert_eq!(missing, Vec::<String>::new(), "templates without a sample in {}", language.code());
    }
}

/// What no sample reaches is at least spelt right: every key that a template names has its text in both languages.
#[test]
fn every_text_that_a_template_names_is_there() {
    let texts = Texts::load().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut named = 0;
    for template in Renderer::all() {
        let source = std::fs::read_to_string(folder.join(&template)).unwrap();
        for (at, call) in source.match_indices("t(\"") {
            let another_word = source[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            let Some((key, rest)) = source[at + call.len()..].split_once('"') else { continue };
            // A key that is put together («"kind-" ~ kind») is known only when the page is made.
            if another_word || rest.trim_start().starts_with('~') {
                continue;
            }
            for language in Language::ALL {
                assert!(texts.knows(language, key), "{template} names `{key}`, unknown in {}", language.code());
            }
            named += 1;
        }
    }
    assert!(named > 500, "keys are found: {named}");
}
