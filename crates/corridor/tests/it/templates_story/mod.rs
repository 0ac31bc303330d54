//! Every template, rendered in both languages from what its page really gives it.
//!
//! Stories run with a strict renderer: a value or a text that is not there fails the page. The samples here are requests
//! which together must bring up every template; a new template needs one.

mod day;
mod drafts;
mod events;
mod inviting;
mod requests;
mod results;
mod timetable;

use std::{cell::RefCell, collections::BTreeSet, path::Path};

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    app, calls,
    directory::{imports, merge::Duplicates, search::Catalogue},
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
        drafts::walk_consortia(&reader, app).await;
        events::walk_events(&reader, app).await;
        timetable::walk_timetable(&reader, app).await;
        results::walk_results(&reader, app).await;
        day::walk_day(&reader, app).await;
        requests::walk_requests(&reader, app).await;
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
