//! People come in, prove who they are, act in one of their roles, and see and end what acts in their name.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use corridor::{
    accounts::{self, ClusterId, HeldRole, Role, Shared},
    foundation::errors::Error,
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    visitors::{HOST, Visitor, invite, prepare_people},
};

const ADA: &str = "ada@institute.example";
const PASSPHRASE: &str = "brique+tulipe+neuf+hiver";

async fn instance(engine: Engine) -> Fresh {
    let fresh = fresh(engine).await;
    prepare_people(&fresh.app).await;
    fresh
}

async fn cluster(app: &Shared, slug: &str) -> ClusterId {
    let made: Result<ClusterId, Error> = async {
        transact!(app.database, transaction => {
            let name = if slug == "medicen" { "Medicen Paris Region" } else { slug };
            accounts::put_cluster(transaction, slug, name, "#0a5f70", app.clock).await
        })
    }
    .await;
    made.unwrap()
}

fn held(role: Role, cluster: Option<ClusterId>) -> HeldRole {
    HeldRole { role, cluster, organisation: None, organisation_name: None }
}

const SESSION: &str = "corridor_session";

/// Asks for a link and follows it in the same browser; the token of the session.
async fn sign_in_by_link(app: &Shared, visitor: &Visitor, email: &str) -> String {
    let asked = visitor.post("/sign-in/link", &format!("email={email}&back=/account")).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let link = link_in(letters_to(app, email).await.last().expect("a letter was sent"));
    let opened = visitor.post(&link, "").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    assert_eq!(opened.headers["location"], "/account");
    visitor.cookie(SESSION).expect("a session opens")
}

#[rstest]
#[tokio::test]
async fn somebody_invited_comes_in_sees_their_sessions_and_ends_them(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let medicen = cluster(app, "medicen").await;
    let path = invite(app, ADA, &held(Role::ProjectOfficer, Some(medicen))).await;
    let letter = letters_to(app, ADA).await.pop().expect("the invitation was sent");
    assert_eq!(link_in(&letter), path, "the letter carries the link");

    let ada = Visitor::nobody(app);
    let shown = ada.get(&path).await;
    assert!(shown.text.contains("Project officer") && shown.text.contains(ADA), "{}", shown.text);
    assert_eq!(shown.headers["referrer-policy"], "no-referrer", "the address holds a token");
    assert_eq!(ada.post(&path, "name=").await.status, StatusCode::UNPROCESSABLE_ENTITY, "a name is asked for");
    assert_eq!(ada.post(&path, "name=Ada+Example").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get(&path).await.status, StatusCode::NOT_FOUND, "an invitation is accepted once");
    let account = ada.get("/account").await;
    assert_eq!(account.status, StatusCode::OK);
    for told in ["Ada Example", ADA, "Firefox, Linux", "this one", "Project officer"] {
        assert!(account.text.contains(told), "the account page says {told}");
    }

    let second = Visitor::nobody(app);
    sign_in_by_link(app, &second, ADA).await;
    let page = ada.get("/account").await.text;
    let end =
        page.split("action=\"").find(|part| part.starts_with("/account/sessions/") && !part.contains("end-all\""));
    let end = end.and_then(|part| part.split('"').next()).expect("the other session can be ended");
    assert_eq!(ada.post(end, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(second.get("/account").await.status, StatusCode::UNAUTHORIZED, "the other session is over");
    assert_eq!(ada.get("/account").await.status, StatusCode::OK);
    assert_eq!(ada.post(end, "").await.status, StatusCode::NOT_FOUND);

    let third = Visitor::nobody(app);
    sign_in_by_link(app, &third, ADA).await;
    assert_eq!(third.post("/account/sessions/end-all", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/account").await.status, StatusCode::UNAUTHORIZED, "everywhere is everywhere");
}

#[rstest]
#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let ada = Visitor::invited(&fresh.app, ADA, Role::Reader, None).await;
    let other = Visitor::invited(&fresh.app, "eve@other.example", Role::InstanceAdministrator, None).await;
    sign_in_by_link(&fresh.app, &Visitor::nobody(&fresh.app), ADA).await;
    let page = ada.get("/account").await.text;
    let end =
        page.split("action=\"").find(|part| part.starts_with("/account/sessions/") && !part.contains("end-all\""));
    let end = end.and_then(|part| part.split('"').next()).unwrap();
    assert_eq!(other.post(end, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.post(end, "").await.status, StatusCode::SEE_OTHER, "it was still there");
}

#[rstest]
#[tokio::test]
async fn a_session_that_somebody_planted_is_never_taken_over(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    Visitor::invited(app, ADA, Role::Reader, None).await;
    // A token that the attacker made up, and one that the server gave the attacker: neither becomes Ada's.
    let attacker = Visitor::acting_as(app, Role::EventOrganiser).await;
    let given = attacker.cookie(SESSION).unwrap();
    for planted in ["made-up-by-somebody", given.as_str()] {
        let ada = Visitor::nobody(app);
        ada.plant(SESSION, planted);
        let token = sign_in_by_link(app, &ada, ADA).await;
        assert_ne!(token, planted);
        let other = Visitor::nobody(app);
        other.plant(SESSION, planted);
        assert_eq!(other.get("/account").await.status, StatusCode::UNAUTHORIZED, "{planted}");
    }
    assert_eq!(attacker.get("/organisations").await.status, StatusCode::UNAUTHORIZED, "the session it had is over");
}

#[rstest]
#[tokio::test]
async fn a_link_works_once_in_time_and_only_where_it_was_asked_for(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    Visitor::invited(app, ADA, Role::Reader, None).await;
    let ada = Visitor::nobody(app);
    ada.post("/sign-in/link", &format!("email={ADA}&back=https://other.example/")).await;
    let link = link_in(letters_to(app, ADA).await.last().unwrap());

    assert_eq!(ada.get(&link).await.status, StatusCode::OK, "programs that scan letters follow links");
    let scanner = Visitor::nobody(app);
    assert_eq!(scanner.post(&link, "").await.status, StatusCode::GONE, "not in a browser that never asked");
    scanner.post("/sign-in/link", "email=eve@other.example").await;
    assert_eq!(scanner.post(&link, "").await.status, StatusCode::GONE, "nor in one that asked for another");

    let asking = ada.cookie("corridor_asking").unwrap();
    let opened = ada.post(&link, "").await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    assert_eq!(opened.headers["location"], "/", "never back to another site");
    assert_eq!(ada.get("/account").await.status, StatusCode::OK);
    let again = Visitor::nobody(app);
    again.plant("corridor_asking", &asking);
    assert_eq!(again.post(&link, "").await.status, StatusCode::GONE, "nor twice");

    // Last, because tries are counted by the clock: a server that is ahead leaves none to the others.
    let slow = Visitor::nobody(app);
    slow.post("/sign-in/link", &format!("email={ADA}")).await;
    let link = link_in(letters_to(app, ADA).await.last().unwrap());
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(16 * 60), "http://corridor.example").await;
    let late = Visitor::nobody(&later);
    late.plant("corridor_asking", &slow.cookie("corridor_asking").unwrap());
    assert_eq!(late.post(&link, "").await.status, StatusCode::GONE, "nor after a quarter of an hour");
}

#[rstest]
#[tokio::test]
async fn no_answer_says_whether_there_is_an_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let ada = Visitor::invited(app, ADA, Role::Reader, None).await;
    assert_eq!(ada.post("/account/password", &format!("password={PASSPHRASE}")).await.status, StatusCode::SEE_OTHER);
    let without_name = |text: String, name: &str| text.replace(name, "NAME");
    let unknown = "nobody@institute.example";
    let mut answers = Vec::new();
    for email in [ADA, unknown] {
        let visitor = Visitor::nobody(app);
        let link = visitor.post("/sign-in/link", &format!("email={email}")).await;
        let password = visitor.post("/sign-in/password", &format!("email={email}&password=not+the+right+one")).await;
        let names = |answer: &crate::visitors::Answer| {
            let mut names: Vec<String> = answer.headers.keys().map(|name| name.as_str().to_owned()).collect();
            names.sort();
            names
        };
        answers.push((
            (link.status, names(&link), without_name(link.text, email)),
            (password.status, names(&password), without_name(password.text, email)),
        ));
    }
    assert_eq!(answers[0], answers[1]);
    let letters = letters_to(app, unknown).await;
    assert_eq!(letters.len(), 1, "whoever owns the address is told that there is no account");
    assert!(letters[0].contains("no account") && !letters[0].contains("/sign-in/link/"), "{}", letters[0]);
}

#[rstest]
#[tokio::test]
async fn a_password_is_chosen_checked_used_and_removed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let ada = Visitor::invited(app, ADA, Role::Reader, None).await;
    let weak = ada.post("/account/password", "password=password1234").await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.text.contains("Too easy to guess") && !weak.text.contains("password1234"), "{}", weak.text);
    let other = Visitor::nobody(app);
    sign_in_by_link(app, &other, ADA).await;
    assert_eq!(ada.post("/account/password", &format!("password={PASSPHRASE}")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(other.get("/account").await.status, StatusCode::UNAUTHORIZED, "a new password ends other sessions");

    let visitor = Visitor::nobody(app);
    let form = |password: &str| format!("email=ADA@institute.example&password={password}&back=/account");
    assert_eq!(
        visitor.post("/sign-in/password", &form("wrong+wrong+wrong")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(visitor.post("/sign-in/password", &form(PASSPHRASE)).await.headers["location"], "/account");
    assert_eq!(visitor.get("/account").await.status, StatusCode::OK);

    assert_eq!(ada.post("/account/password/remove", "").await.status, StatusCode::SEE_OTHER);
    let gone = Visitor::nobody(app).post("/sign-in/password", &form(PASSPHRASE)).await;
    assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);

    // An old session may look, but not change how one signs in.
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(31 * 60), "http://corridor.example").await;
    let old = Visitor::nobody(&later);
    old.plant(SESSION, &ada.cookie(SESSION).unwrap());
    assert_eq!(old.get("/account").await.status, StatusCode::OK);
    let refused = old.post("/account/password", &format!("password={PASSPHRASE}")).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{}", refused.text);
}

#[rstest]
#[tokio::test]
async fn who_tries_too_often_is_told_when_to_come_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let visitor = Visitor::nobody(&fresh.app);
    let mut refused = None;
    for _ in 0..12 {
        let answer = visitor.post("/sign-in/password", &format!("email={ADA}&password=wrong+wrong+wrong")).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("the eleventh try in a moment is refused");
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    assert!(refused.text.contains("Too many attempts"), "{}", refused.text);
}

#[rstest]
#[tokio::test]
async fn one_acts_in_one_role_at_a_time_and_a_role_that_ends_ends_at_once(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let (medicen, lyon) = (cluster(app, "medicen").await, cluster(app, "lyonbiopole").await);
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    let second = invite(app, ADA, &held(Role::Reader, Some(lyon))).await;
    let forwarded = Visitor::nobody(app).post(&second, "name=Eve").await;
    assert_eq!(forwarded.status, StatusCode::UNAUTHORIZED, "a forwarded letter opens no account that is there");
    let before = ada.cookie(SESSION).unwrap();
    assert_eq!(ada.post(&second, "name=").await.status, StatusCode::SEE_OTHER);
    assert_ne!(ada.cookie(SESSION).unwrap(), before, "a change of role changes the token");
    assert_eq!(ada.get("/consortia").await.status, StatusCode::FORBIDDEN, "a reader of the other cluster now");

    let page = ada.get("/account").await.text;
    assert!(
        page.contains("Act as") && page.contains("Project officer · Medicen") && page.contains("Reader · lyonbiopole")
    );
    let officer =
        page.split("name=\"role\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let token = ada.cookie(SESSION).unwrap();
    assert_eq!(ada.post("/account/role", &format!("role={officer}")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/consortia").await.status, StatusCode::OK);
    let old = Visitor::nobody(app);
    old.plant(SESSION, &token);
    assert_eq!(old.get("/account").await.status, StatusCode::UNAUTHORIZED, "the token of before is worth nothing");
    let unknown = ada.post("/account/role", &format!("role={}", accounts::RoleId::new())).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "a role that is not theirs");

    let head = Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await;
    let people = head.get("/people").await.text;
    assert!(people.contains("Ada Example") && !people.contains("Reader · lyonbiopole"), "of one's own cluster only");
    let ends: Vec<&str> = people
        .split("action=\"")
        .filter(|part| part.starts_with("/people/roles/"))
        .filter_map(|part| part.split('"').next())
        .collect();
    let of_ada = ends.iter().find(|end| end.contains(&officer)).expect("Ada's role can be ended");
    assert_eq!(head.post(of_ada, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get("/consortia").await.status, StatusCode::FORBIDDEN, "the role is over at once");
    assert_eq!(ada.get("/organisations").await.status, StatusCode::OK, "the other role goes on");
    let _ = medicen;
}

#[rstest]
#[tokio::test]
async fn nobody_invites_beyond_what_they_run(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let lyon = cluster(app, "lyonbiopole").await;
    let head = Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await;
    let invited = head.post("/people/invitations", "email=new@institute.example&role=evaluator").await;
    assert_eq!(invited.headers["location"], "/people?done=invited", "{}", invited.text);
    let too_much = head.post("/people/invitations", "email=new@institute.example&role=instance_administrator").await;
    assert_eq!(too_much.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The cluster comes from the session, whatever the form says.
    head.post("/people/invitations", &format!("email=far@institute.example&role=reader&cluster={lyon}")).await;
    let letters = letters_to(app, "far@institute.example").await;
    assert!(letters[0].contains("Medicen") && !letters[0].contains("lyonbiopole"), "{}", letters[0]);
    let page = head.get("/people").await.text;
    let withdraw =
        page.split("action=\"").find(|part| part.contains("/withdraw\"")).unwrap().split('"').next().unwrap();
    let outsider = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(uuid::Uuid::now_v7())).await;
    assert_eq!(outsider.post(withdraw, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(head.post(withdraw, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        outsider.post("/people/invitations", "email=x@other.example&role=reader").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(Visitor::invited(app, ADA, Role::Reader, None).await.get("/people").await.status, StatusCode::FORBIDDEN);
}

#[rstest]
#[tokio::test]
async fn the_last_administrator_stays(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let link = invite(app, ADA, &held(Role::InstanceAdministrator, None)).await;
    let ada = Visitor::nobody(app);
    ada.post(&link, "name=Ada").await;
    let page = ada.get("/people").await.text;
    let end =
        page.split("action=\"").find(|part| part.starts_with("/people/roles/")).unwrap().split('"').next().unwrap();
    let refused = ada.post(end, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("Somebody must be left"), "{}", refused.text);
}

#[rstest]
#[tokio::test]
async fn a_program_acts_within_its_token_until_it_is_ended(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let ada = Visitor::invited(app, ADA, Role::ProjectOfficer, None).await;
    let none = ada.post("/account/tokens", "label=report&days=30").await;
    assert_eq!(none.status, StatusCode::BAD_REQUEST, "a token without scopes is no token");
    let made = ada.post("/account/tokens", "label=report&scope=calls:read&scope=directory:read&days=30").await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let token =
        made.text.split("<code class=\"token\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    assert!(token.starts_with("corridor_"));
    assert!(!ada.get("/account").await.text.contains(&token), "it is shown once");
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(31 * 60), "http://corridor.example").await;
    let left_open = Visitor::nobody(&later);
    left_open.plant(SESSION, &ada.cookie(SESSION).unwrap());
    let made = left_open.post("/account/tokens", "label=report&scope=calls:read&days=30").await;
    assert_eq!(made.status, StatusCode::UNAUTHORIZED, "whoever finds a browser left open makes no token");

    let program = Visitor::nobody(app);
    let api = corridor::app::routes();
    let api = |action| {
        api.iter()
            .find(|route| {
                route.method == Method::GET
                    && route.path.starts_with("/api/")
                    && route.action == action
                    && !route.path.contains('{')
            })
            .map(|route| route.path)
    };
    let (calls, drafts) = (api(accounts::Action::ReadCalls).unwrap(), api(accounts::Action::ReadDrafts).unwrap());
    assert_eq!(program.as_program(Method::GET, calls, &token).await.status, StatusCode::OK);
    assert_eq!(
        program.as_program(Method::GET, drafts, &token).await.status,
        StatusCode::FORBIDDEN,
        "beyond its scopes"
    );
    assert_eq!(
        program.as_program(Method::GET, "/account", &token).await.status,
        StatusCode::UNAUTHORIZED,
        "tokens are for /api only"
    );
    for wrong in ["", "corridor_nothing", &token[..token.len() - 1]] {
        let answer = program.as_program(Method::GET, calls, wrong).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "`{wrong}`");
        assert!(answer.text.contains("\"error\""), "{}", answer.text);
    }
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(31 * 24 * 3600), "http://corridor.example").await;
    assert_eq!(
        Visitor::nobody(&later).as_program(Method::GET, calls, &token).await.status,
        StatusCode::UNAUTHORIZED,
        "tokens end"
    );

    let page = ada.get("/account").await.text;
    let end =
        page.split("action=\"").find(|part| part.starts_with("/account/tokens/")).unwrap().split('"').next().unwrap();
    let other = Visitor::invited(app, "grace@institute.example", Role::ProjectOfficer, None).await;
    assert_eq!(other.post(end, "").await.status, StatusCode::NOT_FOUND, "somebody else's token is nowhere");
    assert_eq!(program.as_program(Method::GET, calls, &token).await.status, StatusCode::OK);
    assert_eq!(ada.post(end, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(program.as_program(Method::GET, calls, &token).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn only_the_public_address_is_answered_and_no_link_is_made_of_what_a_request_claims() {
    let fresh = instance(Engine::Sqlite).await;
    let app = &fresh.app;
    Visitor::invited(app, ADA, Role::Reader, None).await;
    let visitor = Visitor::nobody(app);
    let to = |host: &str, path: &str| Request::get(path).header("host", host).body(Body::empty()).unwrap();
    assert_eq!(visitor.ask(to(HOST, "/sign-in")).await.status, StatusCode::OK);
    for wrong in ["other.example", "corridor.example.other.example", "corridor.example:81", ""] {
        assert_eq!(visitor.ask(to(wrong, "/sign-in")).await.status, StatusCode::MISDIRECTED_REQUEST, "{wrong}");
    }
    assert_eq!(visitor.ask(to("10.0.0.7:8080", "/health")).await.status, StatusCode::OK, "machines ask by number");
    let forwarded = Request::post("/sign-in/link")
        .header("host", HOST)
        .header("x-forwarded-host", "other.example")
        .header("forwarded", "host=other.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("email={ADA}")))
        .unwrap();
    assert_eq!(visitor.ask(forwarded).await.status, StatusCode::OK);
    let letter = letters_to(app, ADA).await.pop().unwrap();
    assert!(letter.contains("http://corridor.example/sign-in/link/") && !letter.contains("other.example"), "{letter}");
}

/// What a form or a program sends beside the fields that are asked for is nobody's order.
#[rstest]
#[tokio::test]
async fn fields_that_nobody_asked_for_change_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let ada = Visitor::invited(app, ADA, Role::ClusterAdministrator, None).await;
    /// Name, role, whether of the demonstration, since when restricted, address.
    type Line = (String, String, bool, Option<i64>, Option<String>);
    let person = async |app: &Shared| -> Vec<Line> {
        let found: Result<_, Error> = async {
            Ok(corridor::rows!(
                app.database,
                "SELECT people.name, roles.role, demonstration, restricted_at, email FROM people
                 JOIN roles ON roles.person_id = people.id WHERE email = $1 OR people.name = 'Ada Lovelace'",
                ADA
            ))
        }
        .await;
        found.unwrap()
    };
    let more = "id=018f0000-0000-7000-8000-000000000000&person_id=018f0000-0000-7000-8000-000000000000&email=eve@other.example\
                &role=instance_administrator&cluster_id=018f0000-0000-7000-8000-000000000000&demonstration=true&restricted_at=1";
    let renamed = ada.post("/account/name", &format!("name=Ada+Lovelace&language=en&{more}")).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER, "{}", renamed.text);
    let role = Role::ClusterAdministrator.key().to_owned();
    assert_eq!(person(app).await, [("Ada Lovelace".to_owned(), role, false, None, Some(ADA.to_owned()))]);
    // The cluster of an invitation is the one that is acted for, whatever the form says.
    let elsewhere = cluster(app, "elsewhere").await;
    let invited = ada.post("/people/invitations", &format!("email=bob@institute.example&role=reader&cluster={elsewhere}&cluster_id={elsewhere}&accepted_at=1&invited_by={elsewhere}")).await;
    type Offered = Vec<(Option<ClusterId>, Option<i64>)>;
    let offered: Result<Offered, Error> = async {
        Ok(corridor::rows!(
            app.database,
            "SELECT cluster_id, accepted_at FROM invitations WHERE email = 'bob@institute.example'"
        ))
    }
    .await;
    let own = cluster(app, "medicen").await;
    let offered = offered.unwrap();
    assert!(offered.iter().all(|line| *line == (Some(own), None)), "{}: {offered:?}", invited.status);
    let program = Visitor::nobody(app);
    let asked = "{\"topic\":\"X\",\"patience\":{\"secs\":3600,\"nanos\":0}}";
    let request = Request::post("/api/assemble")
        .header("host", HOST)
        .header("cookie", format!("{SESSION}={}", ada.cookie(SESSION).unwrap()))
        .header("content-type", "application/json")
        .body(Body::from(asked))
        .unwrap();
    let refused = program.ask(request).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.text.contains("unknown field `patience`"), "{}", refused.text);
}

/// Whoever borrows a browser for a moment cannot make a way in of their own unseen.
#[rstest]
#[tokio::test]
async fn the_owner_is_told_of_every_way_in_that_changes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let ada = Visitor::invited(app, ADA, Role::Reader, None).await;
    ada.post("/account/password", &format!("password={PASSPHRASE}")).await;
    ada.post("/account/password/remove", "").await;
    ada.post("/account/tokens", "label=report&scope=calls:read&days=7").await;
    let letters = letters_to(app, ADA).await;
    for what in ["Password chosen", "Password removed", "Token made"] {
        let told = letters.iter().filter(|letter| letter.contains(what) && letter.contains("If that was you")).count();
        assert_eq!(told, 1, "{what}: {letters:?}");
    }
    assert!(letters.iter().all(|letter| !letter.contains(PASSPHRASE)));
}

#[tokio::test]
async fn bodies_have_an_end() {
    let fresh = instance(Engine::Sqlite).await;
    let visitor = Visitor::acting_as(&fresh.app, Role::ProjectOfficer).await;
    let long = format!("email={}", "a".repeat(5 * 1024 * 1024));
    assert_eq!(visitor.post("/sign-in/link", &long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let list = "Raison sociale\n".to_owned() + &"Institut;\n".repeat(600_000);
    let sent = visitor.upload("/organisations/import", "list.csv", list.as_bytes()).await;
    assert_ne!(sent.status, StatusCode::PAYLOAD_TOO_LARGE, "lists of members may be longer");
}

#[rstest]
#[tokio::test]
async fn who_leaves_leaves_nothing_in_the_browser(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    for way in ["/sign-out", "/account/sessions/end-all"] {
        let ada = Visitor::invited(&fresh.app, ADA, Role::Reader, None).await;
        let left = ada.post(way, "").await;
        assert_eq!(left.headers["clear-site-data"], "\"cache\", \"storage\"", "{way}");
        assert!(ada.cookie(SESSION).is_none(), "{way}");
        let again: Result<(), Error> = async {
            transact!(fresh.app.database, transaction => {
                corridor::execute!(transaction, sqlx::query("UPDATE people SET email = NULL"));
                Ok(())
            })
        }
        .await;
        again.unwrap();
    }
}

#[tokio::test]
async fn with_https_the_cookies_of_accounts_never_leave_it() {
    let fresh = fresh(Engine::Sqlite).await;
    let app = open_with(&fresh.url, &fresh.folder, NOW, "https://corridor.example").await;
    prepare_people(&app).await;
    let visitor = Visitor::acting_as(&app, Role::EventOrganiser).await;
    assert!(visitor.cookie("__Host-corridor_session").is_some());
    let again = Visitor::nobody(&app).post("/sign-in/link", &format!("email={ADA}")).await;
    let cookie = again.headers["set-cookie"].to_str().unwrap();
    assert_eq!(again.headers["strict-transport-security"], "max-age=31536000", "browsers stay with https");
    assert!(!Visitor::nobody(&fresh.app).get("/sign-in").await.headers.contains_key("strict-transport-security"));
    for part in ["__Host-corridor_asking=", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    // The name of unencrypted times is not read any more.
    let planted = Visitor::nobody(&app);
    planted.plant(SESSION, &visitor.cookie("__Host-corridor_session").unwrap());
    assert_eq!(planted.get("/organisations").await.status, StatusCode::UNAUTHORIZED);
}

#[rstest]
#[tokio::test]
async fn the_outbox_shows_what_was_written_but_not_the_links(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    Visitor::invited(app, ADA, Role::Reader, None).await;
    Visitor::nobody(app).post("/sign-in/link", &format!("email={ADA}")).await;
    let anybody = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    assert_eq!(anybody.get("/administration/letters").await.status, StatusCode::FORBIDDEN, "not to whoever comes by");
    assert!(!anybody.get("/administration/trail").await.text.contains(ADA), "nor who has an account");
    let administrator = Visitor::invited(app, "head@institute.example", Role::InstanceAdministrator, None).await;
    let waiting = administrator.get("/administration/letters").await.text;
    assert!(waiting.contains("Your link to Corridor") && waiting.contains("On its way"), "{waiting}");
    let token = link_in(letters_to(app, ADA).await.last().unwrap()).replace("/sign-in/link/", "");
    let list = administrator.get("/administration/letters").await.text;
    let letter = list.split("href=\"").find(|part| part.contains("Your link to Corridor")).unwrap();
    let letter = letter.split('"').next().unwrap().to_owned();
    let shown = administrator.get(&letter).await;
    assert!(shown.text.contains("Sent") && shown.text.contains("the link is for its reader only"), "{}", shown.text);
    let html = administrator.get(&format!("{letter}/html")).await;
    assert!(html.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(html.text.contains("the link is for its reader only"), "{}", html.text);
    for page in [list, shown.text, html.text] {
        assert!(!page.contains(&token) && !page.contains("/sign-in/link/"), "no link is shown");
    }
    assert_eq!(administrator.post(&format!("{letter}/again"), "").await.status, StatusCode::NOT_FOUND, "it left");
}
