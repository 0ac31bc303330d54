//! What is said and to be done in a draft: who reads it, who is told, and what becomes of it.

mod calendar;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterRef, Role, Shared},
    consortia::{self, Content, DraftId, Member, MemberSide, discussion::DiscussionHolding},
    directory::OrganisationId,
    foundation::{
        errors::Error,
        personal::{Holding, Subject},
    },
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, open_with},
    mailbox::{letters_to, link_in},
    participation_story::{accepted, acting, instance, two_clusters},
    visitors::{Answer, Visitor},
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// A two-sided draft of `medicen` with two applicants and one of industry who all take part, and a member who does not.
struct World {
    fresh: Fresh,
    organisations: Vec<OrganisationId>,
    actor: Actor,
    officer: Visitor,
    draft: DraftId,
}

/// Somebody who speaks for an organisation, in another cluster than the one whose draft it is.
async fn partner(app: &Shared, email: &str, organisation: OrganisationId) -> Visitor {
    Visitor::invited_to(app, "lyonbiopole", email, Role::MemberContact, Some(organisation.0)).await
}

async fn draft_of(app: &Shared, actor: &Actor, name: &str, members: &[(OrganisationId, MemberSide)]) -> DraftId {
    let mut content = Content { name: name.to_owned(), ..Content::default() };
    content.instrument = Some("ihi-two-stage".to_owned());
    content.members =
        members.iter().map(|(organisation, side)| Member { side: *side, ..Member::new(*organisation) }).collect();
    consortia::create(app, actor, &content).await.unwrap()
}

async fn world(engine: Engine) -> World {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _): (ClusterRef, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let sides = [MemberSide::Applicant, MemberSide::Applicant, MemberSide::Industry, MemberSide::Applicant];
    let members: Vec<_> = organisations.iter().copied().zip(sides).collect();
    let draft = draft_of(app, &actor, "Heart", &members).await;
    for organisation in &organisations[..3] {
        accepted(app, medicen.id, draft, *organisation).await;
    }
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    World { fresh, organisations, actor, officer, draft }
}

impl World {
    fn team(&self) -> String {
        format!("/consortia/{}", self.draft)
    }

    fn theirs(&self) -> String {
        format!("/workspaces/{}", self.draft)
    }

    async fn says(&self, text: &str, about: &str, audience: &str) -> String {
        let form = format!("text={}&about={about}&audience={audience}", text.replace(' ', "+"));
        thread_of(&self.officer.post(&format!("{}/discussion", self.team()), &form).await)
    }
}

/// The thread to which an answer leads.
fn thread_of(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let place = answer.headers["location"].to_str().unwrap();
    place.split("#thread-").nth(1).unwrap_or_else(|| panic!("no thread in {place}")).to_owned()
}

async fn id_of(app: &Shared, email: &str) -> Uuid {
    let email = email.to_owned();
    corridor::on!(app.database, pool => sqlx::query_scalar("SELECT id FROM people WHERE email = $1")
        .bind(&email)
        .fetch_one(pool)
        .await
        .unwrap())
}

async fn trail(app: &Shared) -> Vec<String> {
    corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT action FROM audit_entries WHERE subject_kind = 'draft' ORDER BY at, id",
    )
    .fetch_all(pool)
    .await
    .unwrap())
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thread_is_read_by_those_it_is_addressed_to(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    let first = partner(app, "ada@lab.example", of[0]).await;
    let second = partner(app, "bea@lab.example", of[1]).await;
    let industry = partner(app, "ida@industry.example", of[2]).await;
    for (text, about, audience) in [
        ("For the team alone", "", "team".to_owned()),
        ("For one partner", "", format!("partner:{}", of[0])),
        ("For applicants", "", "applicant".to_owned()),
        ("For industry", "", "industry".to_owned()),
        ("About industry", &format!("member:{}", of[2]), "applicant".to_owned()),
        ("About an applicant", &format!("member:{}", of[3]), "applicant".to_owned()),
    ] {
        world.says(text, about, &audience).await;
    }
    let seen = async |visitor: &Visitor, place: &str| {
        let page = visitor.get(&format!("{place}/discussion")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let texts =
            ["team alone", "one partner", "For applicants", "For industry", "About industry", "About an applicant"];
        texts.map(|text| if page.text.contains(text) { '+' } else { '.' }).iter().collect::<String>()
    };
    assert_eq!(seen(&world.officer, &world.team()).await, "++++++");
    assert_eq!(seen(&first, &world.theirs()).await, ".++..+", "what is about somebody unseen is not there");
    assert_eq!(seen(&second, &world.theirs()).await, "..+..+");
    assert_eq!(seen(&industry, &world.theirs()).await, "...+..");

    // The sheet leads to what is said about a member or a rule, and says how much of it is open.
    let rule = world.says("Are we three", "rule:minimum-composition", "team").await;
    let sheet = async || world.officer.get(&world.team()).await.text;
    let link =
        |about: &str, said: &str| format!("{}/discussion?about={about}#comments\" data-no-print>{said}<", world.team());
    let shown = sheet().await;
    for (about, said) in [
        (format!("member%3A{}", of[2]), "One open thread"),
        (format!("member%3A{}", of[0]), "Discuss"),
        ("rule%3Aminimum-composition".to_owned(), "One open thread"),
    ] {
        assert!(shown.contains(&link(&about, said)), "{about}: {shown}");
    }
    world.officer.post(&format!("{}/discussion/{rule}/settle", world.team()), "act=settle").await;
    assert!(sheet().await.contains(&link("rule%3Aminimum-composition", "Discuss")));
    let first_of = world.officer.get(&format!("{}/discussion?about=member:{}", world.team(), of[2])).await.text;
    assert!(first_of.find("About industry") < first_of.find("About an applicant"), "what was asked for stands first");

    // A partner writes to the team, and to its side; answers stay among the readers of the thread.
    let alone = format!("text=Only+you&audience=partner:{}", of[0]);
    let alone = thread_of(&first.post(&format!("{}/discussion", world.theirs()), &alone).await);
    let side =
        thread_of(&first.post(&format!("{}/discussion", world.theirs()), "text=Dear+all&audience=applicant").await);
    assert!(second.get(&format!("{}/discussion", world.theirs())).await.text.contains("Dear all"));
    assert!(!second.get(&format!("{}/discussion", world.theirs())).await.text.contains("Only you"));
    let industry_page = industry.get(&format!("{}/discussion", world.theirs())).await.text;
    assert!(!industry_page.contains("Dear all") && !industry_page.contains(&of[0].to_string()), "{industry_page}");
    let answered = second.post(&format!("{}/discussion/{side}", world.theirs()), "text=Yes+indeed").await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text);
    assert!(first.get(&format!("{}/discussion", world.theirs())).await.text.contains("Yes indeed"));
    // What is not there for somebody is answered as what is nowhere; so is the other side, from either hand.
    for (visitor, thread) in [(&second, &alone), (&industry, &side), (&industry, &alone)] {
        for act in ["", "/settle"] {
            let form = "text=Hello&act=settle";
            let there = visitor.post(&format!("{}/discussion/{thread}{act}", world.theirs()), form).await;
            let nowhere = visitor.post(&format!("{}/discussion/{NOWHERE}{act}", world.theirs()), form).await;
            assert_eq!(there.status, StatusCode::NOT_FOUND);
            assert_eq!(there.text.replace(thread.as_str(), NOWHERE), nowhere.text);
        }
    }
    for audience in ["team", "industry", "everybody", &format!("partner:{}", of[1]), "king", ""] {
        let form = format!("text=Hello&audience={audience}");
        let wrong = first.post(&format!("{}/discussion", world.theirs()), &form).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{audience}");
        assert!(wrong.text.contains("you cannot address these") && wrong.text.contains("Hello"), "{}", wrong.text);
    }
    let hidden = format!("text=Hello&audience=applicant&about=member:{}", of[2]);
    let wrong = first.post(&format!("{}/discussion", world.theirs()), &hidden).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody writes about whom they do not see");
    let empty = first.post(&format!("{}/discussion", world.theirs()), "text=+&audience=applicant").await;
    assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.text.contains("write something"));

    // Once both sides are together there is an audience of all; it ends with the merger.
    let mut content = consortia::open(app, &world.actor, world.draft).await.unwrap().content;
    content.facts.merged = true;
    let revision = consortia::save(app, &world.actor, world.draft, 1, &content).await.unwrap();
    world.says("For everybody", "", "everybody").await;
    assert!(industry.get(&format!("{}/discussion", world.theirs())).await.text.contains("For everybody"));
    assert_eq!(seen(&industry, &world.theirs()).await, "...+..", "what was said before stays among its readers");
    content.facts.merged = false;
    consortia::save(app, &world.actor, world.draft, revision, &content).await.unwrap();
    assert!(!industry.get(&format!("{}/discussion", world.theirs())).await.text.contains("For everybody"));

    // Nobody else can tell that there is anything: a member who did not accept, another cluster, a competing draft.
    let lyon = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let waiting = partner(app, "eve@other.example", of[3]).await;
    let competitor = partner(app, "mia@other.example", of[4]).await;
    let (medicen, _) = two_clusters(app).await;
    let other = draft_of(app, &world.actor, "Other", &[(of[4], MemberSide::Applicant)]).await;
    accepted(app, medicen.id, other, of[4]).await;
    for (visitor, base) in [(&lyon, "/consortia"), (&waiting, "/workspaces"), (&competitor, "/workspaces")] {
        let there = visitor.get(&format!("{base}/{}/discussion", world.draft)).await;
        let nowhere = visitor.get(&format!("{base}/{NOWHERE}/discussion")).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND);
        assert_eq!(there.text.replace(&world.draft.to_string(), NOWHERE), nowhere.text);
        for path in ["discussion", &format!("discussion/{side}"), "tasks"] {
            let form = "text=Hello&audience=applicant&what=Hello";
            let there = visitor.post(&format!("{base}/{}/{path}", world.draft), form).await;
            assert_eq!(there.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    // A thread is reached in its own draft only.
    let elsewhere = world.officer.post(&format!("/consortia/{other}/discussion/{side}"), "text=Hello").await;
    assert_eq!(elsewhere.status, StatusCode::NOT_FOUND);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_named_gets_a_letter_and_can_end_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    let first = partner(app, "ada@lab.example", of[0]).await;
    let industry = partner(app, "ida@industry.example", of[2]).await;
    let page = world.officer.get(&format!("{}/discussion", world.team())).await;
    let ids: Vec<Uuid> = vec![of[0].0, of[2].0];
    let names: Vec<String> = corridor::on!(app.database, pool => {
        let mut names = Vec::new();
        for id in &ids {
            names.push(sqlx::query_scalar("SELECT name FROM organisations WHERE id = $1").bind(id).fetch_one(pool).await.unwrap());
        }
        names
    });
    assert!(page.text.contains("@Medicen"), "{}", page.text);
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    // Named by the organisation; who does not read the thread gets nothing, whatever the text says.
    let text = encoded(&format!("Please look, @{} and @{}", names[0], names[1]));
    let thread = world.says(&text, "", "applicant").await;
    let letters = letters_to(app, "ada@lab.example").await;
    let letter = letters.iter().find(|letter| letter.contains("You are named")).unwrap();
    assert!(
        letter.contains(&format!("/workspaces/{}/discussion", world.draft)) && letter.contains("Please look"),
        "{letter}"
    );
    assert!(!letters_to(app, "ida@industry.example").await.iter().any(|letter| letter.contains("Please look")));
    // A partner that answers is read by whoever began; it names the team by the name of the cluster.
    let to = format!("{}/discussion/{thread}", world.theirs());
    assert_eq!(first.post(&to, "text=Here+it+is").await.status, StatusCode::SEE_OTHER);
    let told = letters_to(app, "officer@medicen.example").await;
    assert!(told.iter().any(|letter| letter.contains("An answer in") && letter.contains("Here it is")), "{told:?}");
    let begun = industry.post(&format!("{}/discussion", world.theirs()), "text=A+question&audience=industry").await;
    thread_of(&begun);
    let told = letters_to(app, "officer@medicen.example").await;
    assert!(told.iter().any(|letter| letter.contains("A partner has written") && letter.contains("A question")));
    assert!(!letters_to(app, "ada@lab.example").await.iter().any(|letter| letter.contains("A question")));

    // One click ends them for this draft: the mail program's own form, or the button; looking changes nothing.
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
    let links = letter.match_indices("http://corridor.example/draft-letters/");
    let link = links.map(|(at, _)| link_in(&letter[at..])).next().unwrap().trim_end_matches('>').to_owned();
    let nobody = Visitor::nobody(app);
    let asked = nobody.get(&link).await;
    assert!(asked.status == StatusCode::OK && asked.text.contains("No more letters"), "{}", asked.text);
    assert_eq!(asked.headers["referrer-policy"], "no-referrer");
    let before = letters_to(app, "ada@lab.example").await.len();
    world.says(&encoded(&format!("Again, @{}", names[0])), "", "applicant").await;
    assert_eq!(letters_to(app, "ada@lab.example").await.len(), before + 1);
    for _ in 0..2 {
        let ended = nobody.post(&link, "List-Unsubscribe=One-Click").await;
        assert!(
            ended.status == StatusCode::OK && ended.text.contains("no more letters about this draft"),
            "{}",
            ended.text
        );
    }
    world.says(&encoded(&format!("Once more, @{}", names[0])), "", "applicant").await;
    assert_eq!(letters_to(app, "ada@lab.example").await.len(), before + 1);
    nobody.post(&link, "again=yes").await;
    world.says(&encoded(&format!("Back, @{}", names[0])), "", "applicant").await;
    assert_eq!(letters_to(app, "ada@lab.example").await.len(), before + 2);
    for path in [NOWHERE, "x"] {
        assert_eq!(nobody.get(&format!("/draft-letters/{path}")).await.status, StatusCode::GONE);
        assert_eq!(nobody.post(&format!("/draft-letters/{path}"), "again=no").await.status, StatusCode::GONE);
    }
    assert_eq!(trail(app).await.iter().filter(|action| *action == "letters").count(), 2, "twice is once");
    // Nobody of a demonstration writes to real people.
    let shown = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let form = format!("text={}&audience=applicant", encoded(&format!("@{}", names[0])));
    thread_of(&shown.post(&format!("{}/discussion", world.team()), &form).await);
    assert_eq!(letters_to(app, "ada@lab.example").await.len(), before + 2);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_are_seen_by_whose_they_are(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    let first = partner(app, "ada@lab.example", of[0]).await;
    let second = partner(app, "bea@lab.example", of[1]).await;
    let me = id_of(app, "officer@medicen.example").await;
    let add = async |visitor: &Visitor, base: &str, form: &str| visitor.post(&format!("{base}/tasks"), form).await;
    for form in [
        "what=Write+the+summary&due_on=2026-09-03".to_owned(),
        format!("what=Ask+the+accountant&whose=person:{me}&due_on=2026-09-04"),
        format!("what=Send+the+letter&whose=organisation:{}&due_on=2026-09-05", of[0]),
        format!("what=Far+away&whose=person:{me}&due_on=2027-03-01"),
        format!("what=For+who+has+no+seat&whose=organisation:{}", of[3]),
    ] {
        let added = add(&world.officer, &world.team(), &form).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
    }
    let letters = letters_to(app, "ada@lab.example").await;
    assert!(
        letters.iter().any(|letter| letter.contains("Something to do") && letter.contains("Send the letter")),
        "{letters:?}"
    );
    assert!(
        !letters_to(app, "officer@medicen.example").await.iter().any(|letter| letter.contains("Ask the accountant"))
    );
    let page = first.get(&format!("{}/discussion", world.theirs())).await.text;
    assert!(
        page.contains("Send the letter") && !page.contains("Write the summary") && !page.contains("accountant"),
        "{page}"
    );
    assert!(!second.get(&format!("{}/discussion", world.theirs())).await.text.contains("Send the letter"));
    // Today: what is near, mine or nobody's; for a partner its own.
    let today = world.officer.get("/").await.text;
    assert!(today.contains("Write the summary") && today.contains("Ask the accountant"), "{today}");
    assert!(!today.contains("Far away") && !today.contains("Send the letter"), "{today}");
    assert!(first.get("/").await.text.contains("Send the letter"));
    assert!(!second.get("/").await.text.contains("Send the letter"));
    let lyon = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    assert!(!lyon.get("/").await.text.contains("Write the summary"));

    // What cannot be used is said beside its field.
    for (form, problem) in [
        ("what=+", "say what is to be done"),
        ("what=Old&due_on=2026-08-31", "write a day from today on"),
        ("what=Odd&due_on=soon", "write a day from today on"),
        ("what=Theirs&whose=person:018f0000-0000-7000-8000-000000000000", "nobody like this works on the draft"),
    ] {
        let wrong = add(&world.officer, &world.team(), form).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains(problem), "{}", wrong.text);
    }
    // A partner gives itself a task, whoever it names; it is nobody else's to touch but the team's.
    let own = format!("what=Our+own&whose=organisation:{}", of[1]);
    assert_eq!(add(&first, &world.theirs(), &own).await.status, StatusCode::SEE_OTHER);
    assert!(first.get(&format!("{}/discussion", world.theirs())).await.text.contains("Our own"));
    assert!(!second.get(&format!("{}/discussion", world.theirs())).await.text.contains("Our own"));
    let id = async |what: &'static str| -> String {
        let id: Uuid = corridor::on!(app.database, pool => sqlx::query_scalar("SELECT id FROM draft_tasks WHERE what = $1")
            .bind(what)
            .fetch_one(pool)
            .await
            .unwrap());
        id.to_string()
    };
    let (given, own, teams) = (id("Send the letter").await, id("Our own").await, id("Write the summary").await);
    for (visitor, task) in [(&second, &given), (&second, &own), (&first, &teams)] {
        for act in ["done", "delete&sure=yes"] {
            let there = visitor.post(&format!("{}/tasks/{task}", world.theirs()), &format!("act={act}")).await;
            let nowhere = visitor.post(&format!("{}/tasks/{NOWHERE}", world.theirs()), &format!("act={act}")).await;
            assert_eq!((there.status, there.text.replace(task.as_str(), NOWHERE)), (nowhere.status, nowhere.text));
            assert_eq!(there.status, StatusCode::NOT_FOUND);
        }
    }
    let refused = first.post(&format!("{}/tasks/{given}", world.theirs()), "act=delete&sure=yes").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "what the team gave is the team's to delete");
    for act in ["done", "done", "reopen", "done"] {
        let done = first.post(&format!("{}/tasks/{given}", world.theirs()), &format!("act={act}")).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    }
    assert!(!first.get("/").await.text.contains("Send the letter"), "done is not near");
    let tab = world.officer.get(&format!("{}/discussion", world.team())).await.text;
    assert!(tab.contains("Ada Example") && tab.contains("Done"), "{tab}");
    let asked = first.post(&format!("{}/tasks/{own}", world.theirs()), "act=delete").await;
    assert!(asked.status == StatusCode::OK && asked.text.contains("cannot be brought back"), "{}", asked.text);
    assert_eq!(
        first.post(&format!("{}/tasks/{own}", world.theirs()), "act=delete&sure=yes").await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!first.get(&format!("{}/discussion", world.theirs())).await.text.contains("Our own"));
    assert_eq!(
        trail(app).await[1..],
        [
            "add_task",
            "add_task",
            "add_task",
            "add_task",
            "add_task",
            "add_task",
            "finish_task",
            "reopen_task",
            "finish_task",
            "delete_task"
        ]
    );

    // A task is reached in its own draft only.
    let other = draft_of(app, &world.actor, "Other", &[(of[0], MemberSide::Applicant)]).await;
    for act in ["reopen", "delete&sure=yes"] {
        let elsewhere = world.officer.post(&format!("/consortia/{other}/tasks/{given}"), &format!("act={act}")).await;
        assert_eq!(elsewhere.status, StatusCode::NOT_FOUND, "{act}");
    }

    // Past its day it is overdue, on the page and on Today, whoever it is for.
    let app =
        open_with(&world.fresh.url, &world.fresh.folder, NOW.plus_seconds(4 * 86_400), "http://corridor.example").await;
    let later = Visitor::acting_as(&app, Role::ProjectOfficer).await;
    assert!(later.get("/").await.text.contains("Ask the accountant"), "somebody else's, and overdue");
    assert!(later.get(&format!("{}/discussion", world.team())).await.text.contains("Overdue"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wrote_is_told_and_forgotten(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, of) = (&world.fresh.app, &world.organisations);
    let first = partner(app, "ada@lab.example", of[0]).await;
    let second = partner(app, "bea@lab.example", of[1]).await;
    let discussion = format!("{}/discussion", world.theirs());
    let thread = thread_of(&first.post(&discussion, "text=Wrong+word&audience=applicant").await);
    first.post(&format!("{discussion}/{thread}"), "text=Right+word").await;
    first.post(&format!("{}/tasks", world.theirs()), "what=Ours&due_on=2026-09-05").await;
    first.post(&format!("{discussion}/{thread}/settle"), "act=settle").await;
    assert!(second.get(&discussion).await.text.contains("One settled thread"));
    // Only its author takes a comment back; that there was one stays.
    let comments: Vec<Uuid> = corridor::on!(app.database, pool => sqlx::query_scalar("SELECT id FROM draft_comments ORDER BY id")
        .fetch_all(pool)
        .await
        .unwrap());
    let place = format!("{}/comments/{}/delete", world.theirs(), comments[0]);
    assert_eq!(second.post(&place, "sure=yes").await.status, StatusCode::NOT_FOUND);
    let asked = first.post(&place, "sure=").await;
    assert!(asked.status == StatusCode::OK && asked.text.contains("Its words are gone"), "{}", asked.text);
    assert_eq!(first.post(&place, "sure=yes").await.status, StatusCode::SEE_OTHER);
    let page = second.get(&discussion).await.text;
    assert!(
        !page.contains("Wrong word") && page.contains("Deleted by its author") && page.contains("Right word"),
        "{page}"
    );

    let ada = id_of(app, "ada@lab.example").await;
    let subject = Subject::person(ada).with_address(Some("ada@lab.example"));
    let held = DiscussionHolding.held(&app.database, &subject).await.unwrap();
    assert_eq!(held.len(), 4, "two comments, a thread settled, a task given: {held:?}");
    let my_data = first.get("/my-data").await.text;
    assert!(my_data.contains("Right word") && my_data.contains("Author of a comment"), "{my_data}");
    // While their data rests, what they wrote is withheld.
    let rest = async |at: Option<i64>| {
        let written: Result<(), Error> = async {
            transact!(app.database, transaction => {
                corridor::execute!(transaction, sqlx::query("UPDATE people SET restricted_at = $2 WHERE id = $1").bind(ada).bind(at));
                Ok(())
            })
        }
        .await;
        written.unwrap();
    };
    rest(Some(NOW.0)).await;
    let page = second.get(&discussion).await.text;
    assert!(
        !page.contains("Right word") && !page.contains("Ada Example, Institute") && page.contains("Not shown"),
        "{page}"
    );
    rest(None).await;
    let erased: Result<u64, Error> = async {
        transact!(app.database, transaction => {
            let erased = DiscussionHolding.erase(transaction, &subject, NOW).await?;
            Ok(erased.iter().map(|one| one.count).sum())
        })
    }
    .await;
    assert_eq!(erased.unwrap(), 4);
    assert!(DiscussionHolding.held(&app.database, &subject).await.unwrap().is_empty());
    let page = second.get(&discussion).await.text;
    assert!(page.contains("Right word") && page.contains("Somebody"), "{page}");

    // What hangs on a draft goes with it, and only with it.
    let kept = draft_of(app, &world.actor, "Kept", &[]).await;
    let form = "text=Kept&audience=team";
    thread_of(&world.officer.post(&format!("/consortia/{kept}/discussion"), form).await);
    consortia::delete(app, &world.actor, world.draft).await.unwrap();
    let later =
        open_with(&world.fresh.url, &world.fresh.folder, NOW.plus_seconds(40 * 86_400), "http://corridor.example")
            .await;
    let second_draft = draft_of(&later, &world.actor, "Second", &[]).await;
    consortia::delete(&later, &world.actor, second_draft).await.unwrap();
    for (table, left) in [
        ("draft_threads", 1),
        ("draft_comments", 1),
        ("draft_tasks", 0),
        ("draft_letter_links", 0),
        ("draft_letter_stops", 0),
    ] {
        let text = format!("SELECT COUNT(*) FROM {table}");
        let count: i64 = corridor::on!(later.database, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(text.clone())).fetch_one(pool).await.unwrap());
        assert_eq!(count, left, "{table}");
    }
}
