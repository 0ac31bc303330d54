//! Nothing that a reader may not see changes what they get: lists, counts, facets, suggestions, exports, searches, maps,
//! rankings, pages and refusals are byte for byte the same with it and without it.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{Actor, HeldRole, Role, Shared, visibility::Audience},
    app::{import_pack, routes},
    calls,
    directory::search::Catalogue,
    execute,
    foundation::errors::Error,
    on,
    partnering::Index,
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, fresh},
    visitors::{Visitor, cluster, invite, prepare_people},
};

const TOPIC: &str = "HORIZON-HLTH-2027-01-DISEASE-05";
/// What stands nowhere: an id of its own kind.
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";
/// Numbers that look drawn by chance and are the same in every run of a case.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// An instance with the packaged data and somebody in every role of `medicen`.
struct World {
    fresh: Fresh,
    readers: Vec<(&'static str, Option<Role>, Visitor)>,
    officers: BTreeMap<&'static str, Visitor>,
    /// The people of the officers.
    hiding: Vec<Uuid>,
    organisations: Vec<Uuid>,
    facts: BTreeMap<&'static str, String>,
}

async fn text(app: &Shared, query: &'static str) -> String {
    on!(app.database, pool => sqlx::query_scalar(query).fetch_one(pool).await.unwrap())
}

async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let organisations: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country = 'DE' AND merged_into IS NULL ORDER BY id LIMIT 4",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let project: Uuid = on!(app.database, pool => sqlx::query_scalar("SELECT id FROM past_projects ORDER BY reference LIMIT 1")
        .fetch_one(pool)
        .await
        .unwrap());
    let facts = BTreeMap::from([
        ("topic", TOPIC.to_owned()),
        ("concept", text(app, "SELECT concept_id FROM organisation_competences ORDER BY concept_id LIMIT 1").await),
        ("project", project.to_string()),
    ]);
    let mut readers = vec![("nobody", None, Visitor::nobody(app))];
    // Who reads the trail comes first, before what the others read is noted in it.
    for role in Role::ALL.into_iter().rev() {
        let own = (role == Role::MemberContact).then_some(organisations[3]);
        let visitor = Visitor::invited(app, &format!("{}@medicen.example", role.key()), role, own).await;
        readers.push((role.key(), Some(role), visitor));
    }
    let mut officers = BTreeMap::new();
    for slug in ["medicen", "lyonbiopole"] {
        let email = format!("hidden@{slug}.example");
        officers.insert(slug, Visitor::invited_to(app, slug, &email, Role::ProjectOfficer, None).await);
    }
    let hiding = on!(app.database, pool => sqlx::query_scalar("SELECT id FROM people WHERE email LIKE 'hidden@%' ORDER BY id")
        .fetch_all(pool)
        .await
        .unwrap());
    built(app).await;
    // What was built is told on the page of jobs; what hiding builds is taken away there too.
    let settled: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("DELETE FROM jobs"));
            Ok(())
        })
    }
    .await;
    settled.unwrap();
    World { fresh, readers, officers, hiding, organisations, facts }
}

async fn built(app: &Shared) {
    app.part::<Catalogue>().refresh(&app.database).await.unwrap();
    app.part::<calls::Shelf>().at_hand(&app.database).await.unwrap();
    app.part::<Index>().refresh(&app.database).await.unwrap();
}

/// Takes back what reading itself writes.
async fn forgotten(app: &Shared) {
    let forgotten: Result<(), Error> = async {
        transact!(app.database, transaction => {
            for statement in [
                "DELETE FROM audit_entries WHERE action IN ('read_many', 'export')",
                "DELETE FROM personal_disclosed",
                "DELETE FROM personal_disclosures",
                "DELETE FROM tries",
            ] {
                execute!(transaction, sqlx::query(statement));
            }
            Ok(())
        })
    }
    .await;
    forgotten.unwrap();
}

impl World {
    /// Every address of the table of routes that only reads, with parameters that mean something, and questions to lists
    /// that would find what is hidden.
    fn addresses(&self) -> Vec<String> {
        let organisation = self.organisations[0].to_string();
        let mut addresses = Vec::new();
        for route in routes().into_iter().filter(|route| route.method == Method::GET) {
            let value = |before: &str, name: &str| match (before, name) {
                ("organisations", _) => organisation.clone(),
                ("merge", _) => self.organisations[1].to_string(),
                ("calls", _) => self.facts["topic"].clone(),
                ("concepts", _) => self.facts["concept"].clone(),
                ("past-projects", _) => self.facts["project"].clone(),
                ("clusters", _) => "lyonbiopole".to_owned(),
                ("with", _) => "campus".to_owned(),
                _ => NOWHERE.to_owned(),
            };
            let parts: Vec<&str> = route.path.split('/').collect();
            let filled: Vec<String> = parts
                .iter()
                .enumerate()
                .map(|(place, part)| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
                    Some(name) => value(parts[place - 1], name),
                    None => (*part).to_owned(),
                })
                .collect();
            addresses.push(filled.join("/"));
        }
        for asked in [
            "/organisations?q=lyonbiopole",
            "/organisations?cluster=lyonbiopole&cluster=medicen",
            "/organisations?country=DE&college=sme",
            "/organisations/export?format=csv&country=DE",
            "/organisations/export?format=json&cluster=lyonbiopole",
            "/api/organisations?cluster=lyonbiopole",
            "/api/organisations?country=DE",
            "/api/map?country=DE&cluster=lyonbiopole",
            "/map?cluster=medicen",
            "/contacts?q=zacharias",
            "/contacts?country=DE",
            "/contacts/export?format=csv",
            "/contacts/export?format=json&q=zacharias",
            "/api/contacts",
            "/api/contacts?q=zacharias",
            "/api/contacts?q=hidden&country=DE&kind=sme",
            "/api/suggest?q=zacharias",
            "/search?q=zacharias",
            "/search?q=hidden",
            "/api/partners?text=antibiotic+resistance&cluster=lyonbiopole",
            "/api/partners?text=antibiotic+resistance&cluster=medicen",
            "/partners?text=antibiotic+resistance",
            "/consortia?q=hidden",
            "/submissions?state=granted",
            "/submissions/export?format=csv",
            "/meetings",
            "/administration/trail?what=event%2Fcreate",
            "/submissions/export?format=json",
            "/submissions/learning/projects.csv",
            "/submissions/learning/organisations.csv",
            "/administration/trail?what=draft%2Fcreate",
            "/administration/trail?what=contact%2Fcreate",
            "/administration/trail?what=note%2Fcreate&q=hidden",
            "/administration/trail/export?format=json&what=contact%2Fcreate",
            "/administration/trail/export?format=csv&what=draft%2Fcreate",
            "/my-data/file?portable=true",
        ] {
            addresses.push(asked.to_owned());
        }
        // All that those did who hide, wherever it was.
        for who in &self.hiding {
            addresses.push(format!("/administration/trail?person={who}"));
            addresses.push(format!("/administration/trail/export?format=json&person={who}"));
        }
        addresses.push(format!("/calls/{TOPIC}/partners?cluster=medicen"));
        // What tells readers of their own readings comes before all that is one.
        let order = |address: &String| match address.as_str() {
            address if address.starts_with("/my-data") => 0,
            "/administration/trail" => 1,
            "/administration/trail/export" => 2,
            _ => 3,
        };
        addresses.sort_by_key(order);
        addresses
    }

    /// What everybody of these roles gets at every address.
    async fn answers(&self, whom: impl Fn(Option<Role>) -> bool) -> BTreeMap<(String, String), (StatusCode, String)> {
        let mut answers = BTreeMap::new();
        // A walk leaves its own readings in the trail and in the log of disclosures, and takes tries from the network that it
        // comes from: each walk begins without those of the last.
        forgotten(&self.fresh.app).await;
        for (who, role, visitor) in self.readers.iter().filter(|(_, role, _)| whom(*role)) {
            for address in self.addresses() {
                let answer = visitor.get(&address).await;
                // An instance administrator answers requests about personal data for the whole instance, and so reads the
                // log of legal bases of every cluster: what was hidden is in it, by right. Everybody else is compared.
                if *role == Some(Role::InstanceAdministrator) && address == "/legal-bases" {
                    continue;
                }
                let mut headers: Vec<String> = answer
                    .headers
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or("?")))
                    .collect();
                headers.sort();
                let said = format!("{}\n{}", headers.join("\n"), answer.text);
                answers.insert(((*who).to_owned(), address), (answer.status, said));
            }
        }
        answers
    }
}

fn compared(
    before: &BTreeMap<(String, String), (StatusCode, String)>,
    after: &BTreeMap<(String, String), (StatusCode, String)>,
    what: &str,
) {
    assert_eq!(before.len(), after.len());
    let mut told = Vec::new();
    for ((who, address), was) in before {
        let is = &after[&(who.clone(), address.clone())];
        if was == is {
            continue;
        }
        let differing = was.1.lines().zip(is.1.lines()).find(|(one, two)| one != two);
        told.push(format!("{address} tells {who} apart: {} and {}, {differing:?}", was.0, is.0));
    }
    assert!(told.is_empty(), "{what}:\n{}", told.join("\n"));
}

/// Ids of records that were made to be hidden.
#[derive(Default)]
struct Hidden {
    contacts: Vec<String>,
    notes: Vec<String>,
    drafts: Vec<String>,
    events: Vec<String>,
    participants: Vec<String>,
}

async fn ids(app: &Shared, query: &'static str, cluster: Uuid) -> Vec<String> {
    let ids: Vec<Uuid> =
        on!(app.database, pool => sqlx::query_scalar(query).bind(cluster).fetch_all(pool).await.unwrap());
    ids.into_iter().map(|id| id.to_string()).collect()
}

/// An event of a cluster, open to an audience, with two participants that are to meet.
async fn hide_event(officer: &Visitor, audience: &Audience) {
    let made = officer.post("/events", "name=Hidden+event&template=half-day&first_day=2026-10-05").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let setup = made.headers["location"].to_str().unwrap();
    let event = setup.split("/setup").next().unwrap().to_owned();
    let opened = officer.post(&format!("{event}/state"), &format!("state=open&audience={audience}")).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text);
    for name in ["Hidden+lab", "Hidden+clinic"] {
        let form = format!("organisation={name}&kind=participant&email=zacharias@hidden.example&confirmed=yes");
        let joined = officer.post(&format!("{event}/participants"), &form).await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.text);
    }
    let set = officer.post(&format!("{event}/requests"), "one=Hidden+lab&other=Hidden+clinic").await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.text);
}

/// Writes contacts, notes, a draft, an event and memberships of a cluster, with audiences drawn from these.
async fn hide(world: &World, slug: &str, audiences: &[Audience], drawn: &mut Drawn) -> Hidden {
    let app = &world.fresh.app;
    let officer = &world.officers[slug];
    for place in 0..3 + drawn.below(3) {
        let organisation = world.organisations[if place == 0 { 0 } else { drawn.below(3) }];
        let mut form = format!(
            "name=Zacharias+Hidden{place}&function=Hidden+head&email=zacharias{place}@hidden.example\
             &telephone=%2B49+30+000{place}0&basis=legitimate_interests&known_by=meeting"
        );
        for field in ["name", "function", "email", "telephone", "languages"] {
            form.push_str(&format!("&{field}_audience={}", audiences[drawn.below(audiences.len())]));
        }
        let added = officer.post(&format!("/organisations/{organisation}/contacts"), &form).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        let note = format!("text=Hidden+note+{place}&audience={}", audiences[drawn.below(audiences.len())]);
        let added = officer.post(&format!("/organisations/{organisation}/notes"), &note).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
    }
    let stated = [("kind", "gep"), ("valid_until", "2026-10-01"), ("link", "https://hidden.example/gep.pdf")];
    let place = format!("/organisations/{}/documents", world.organisations[0]);
    let kept = officer.send_file(&place, &stated, Some(("hidden.pdf", b"%PDF-1.7 hidden"))).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    let made =
        officer.post("/consortia", &format!("topic={TOPIC}&name=Hidden+draft&member={}", world.organisations[0])).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let draft = made.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let audience = &audiences[drawn.below(audiences.len())];
    let opened = format!("words=Hidden+search&open_until=2026-10-01&audience={audience}");
    assert_eq!(officer.post(&format!("{draft}/opening"), &opened).await.status, StatusCode::SEE_OTHER);
    let invited = format!(
        "organisation={}&role=beneficiary&side=applicant&answer_by=2026-09-20&email=zacharias@hidden.example",
        world.organisations[0]
    );
    let invited = officer.post(&format!("{draft}/partners/invite"), &invited).await;
    assert_eq!(invited.status, StatusCode::SEE_OTHER, "{}", invited.text);
    let said = format!("text=Hidden+words+to+%40{slug}&audience=team");
    assert_eq!(officer.post(&format!("{draft}/discussion"), &said).await.status, StatusCode::SEE_OTHER);
    let task = format!("what=Hidden+task&whose=organisation:{}&due_on=2026-09-02", world.organisations[0]);
    let members = format!("revision=1&name=Hidden+draft&member={}&act=save", world.organisations[0]);
    officer.post(&draft, &members).await;
    assert_eq!(officer.post(&format!("{draft}/tasks"), &task).await.status, StatusCode::SEE_OTHER);
    hide_event(officer, audience).await;
    let id = cluster(app, slug).await;
    let stage = "submitted_on=2026-05-01&stage=single&version=1&reference=Hidden";
    let submitted = officer.post(&format!("{draft}/outcome"), stage).await;
    assert_eq!(submitted.status, StatusCode::SEE_OTHER, "{}", submitted.text);
    let submission = ids(app, "SELECT id FROM draft_submissions WHERE cluster_id = $1", id.0).await.remove(0);
    let granted = "changes=1&kind=granted&answered_on=2026-06-01&summary=Hidden";
    let answered = officer.post(&format!("{draft}/outcome/{submission}/answer"), granted).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.text);
    let list = format!("members-{slug}-hidden");
    let chosen: Vec<String> =
        world.organisations[..3].iter().map(|_| audiences[drawn.below(audiences.len())].to_string()).collect();
    let stated: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO sources (id, slug, name, publisher, licence, attribution, dated)
                 VALUES ($1, $2, $2, $2, 'held by the cluster', '', '2026')",
            )
            .bind(Uuid::now_v7())
            .bind(&list));
            for (organisation, audience) in world.organisations[..3].iter().zip(&chosen) {
                execute!(transaction, sqlx::query(
                    "INSERT INTO memberships (cluster_id, organisation_id, college, fee_cents, basis, source_id, audience)
                     VALUES ($1, $2, 'sme', 100, 'stated', (SELECT id FROM sources WHERE slug = $4), $3)",
                )
                .bind(id)
                .bind(*organisation)
                .bind(audience)
                .bind(&list));
                execute!(transaction, sqlx::query(
                    "INSERT INTO topic_fits (cluster_id, topic_id, organisation_id, position, score)
                     VALUES ($1, (SELECT id FROM topics WHERE identifier = $3), $2, 1, 1.0)",
                )
                .bind(id)
                .bind(*organisation)
                .bind(TOPIC));
            }
            corridor::directory::search::touch(transaction, app.clock.now()).await?;
            // The job is done here: a list of jobs is for whoever runs them.
            execute!(transaction, sqlx::query("DELETE FROM jobs"));
            // Somebody of the directory was met at the event.
            execute!(transaction, sqlx::query(
                "UPDATE event_participants SET organisation_id = $2 WHERE cluster_id = $1 AND name = 'Hidden lab'",
            )
            .bind(id)
            .bind(world.organisations[0]));
            execute!(transaction, sqlx::query(
                "INSERT INTO event_outcomes (cluster_id, id, event_id, request_id, participant_id, revision, kept, second, words,
                     by_team, said_at)
                 SELECT cluster_id, id, event_id, id, from_id, 1, (1 = 1), (1 = 1), 'Hidden words', (1 = 0), 1
                 FROM event_requests WHERE cluster_id = $1",
            )
            .bind(id));
            // So are letters, which whoever runs the instance reads.
            execute!(transaction, sqlx::query("DELETE FROM letters WHERE recipient = 'zacharias@hidden.example'"));
            Ok(())
        })
    }
    .await;
    stated.unwrap();
    built(app).await;
    Hidden {
        contacts: ids(app, "SELECT id FROM contacts WHERE cluster_id = $1", id.0).await,
        notes: ids(app, "SELECT id FROM notes WHERE cluster_id = $1", id.0).await,
        drafts: ids(app, "SELECT id FROM drafts WHERE cluster_id = $1", id.0).await,
        events: ids(app, "SELECT id FROM events WHERE cluster_id = $1", id.0).await,
        participants: ids(app, "SELECT id FROM event_participants WHERE cluster_id = $1", id.0).await,
    }
}

/// What is hidden is refused in the words in which what is nowhere is refused.
async fn refused_alike(world: &World, hidden: &Hidden, whom: impl Fn(Option<Role>) -> bool) {
    for (who, _, visitor) in world.readers.iter().filter(|(_, role, _)| whom(*role)) {
        for (pattern, ids) in [
            ("/api/contacts/{}", &hidden.contacts),
            ("/contacts/{}/edit", &hidden.contacts),
            ("/notes/{}/edit", &hidden.notes),
            ("/consortia/{}", &hidden.drafts),
            ("/consortia/{}/versions", &hidden.drafts),
            ("/consortia/{}/budget", &hidden.drafts),
            ("/api/consortia/{}", &hidden.drafts),
            ("/consortia/{}/outcome", &hidden.drafts),
            ("/workspaces/{}/outcome", &hidden.drafts),
            ("/consortia/{}/partners", &hidden.drafts),
            ("/consortia/{}/discussion", &hidden.drafts),
            ("/workspaces/{}/discussion", &hidden.drafts),
            ("/consortia/{}/calendar", &hidden.drafts),
            ("/consortia/{}/calendar.ics", &hidden.drafts),
            ("/workspaces/{}/calendar", &hidden.drafts),
            ("/workspaces/{}/calendar.ics", &hidden.drafts),
            ("/consortia/{}/partners/invite", &hidden.drafts),
            ("/workspaces/{}", &hidden.drafts),
            ("/consortia/{}/documents", &hidden.drafts),
            ("/workspaces/{}/documents", &hidden.drafts),
            ("/interests/{}", &hidden.drafts),
            ("/events/{}", &hidden.events),
            ("/events/{}/setup", &hidden.events),
            ("/events/{}/participants", &hidden.events),
            ("/events/{}/requests", &hidden.events),
            ("/events/{}/day", &hidden.events),
            ("/events/{}/day/incidents", &hidden.events),
            ("/events/{}/day/replan", &hidden.events),
            ("/events/{}/requests/export?format=json", &hidden.events),
            ("/events/{}/results", &hidden.events),
            ("/events/{}/results/export?format=json", &hidden.events),
            ("/events/{}/results/participants", &hidden.events),
            ("/events/{}/results/delegations", &hidden.events),
            ("/events/{}/results/meeting/018f0000-0000-7000-8000-000000000000", &hidden.events),
            ("/events/{}/invite", &hidden.events),
            ("/events/{}/invite/list", &hidden.events),
            ("/meetings/{}", &hidden.events),
            ("/attend/{}", &hidden.participants),
            ("/attend/{}/outcomes", &hidden.participants),
            ("/attend/{}/meet", &hidden.participants),
            ("/attend/{}/requests", &hidden.participants),
            ("/attend/{}/requests/letters", &hidden.participants),
            ("/attend/{}/letters", &hidden.participants),
        ] {
            let (there, nowhere) = (pattern.replace("{}", &ids[0]), pattern.replace("{}", NOWHERE));
            let (one, other) = (visitor.get(&there).await, visitor.get(&nowhere).await);
            let same = one.text.replace(&ids[0], NOWHERE) == other.text;
            assert!(one.status == other.status && same, "{who} {pattern}: {} and {}", one.status, other.status);
        }
        for (pattern, ids) in [
            ("/contacts/{}/edit", &hidden.contacts),
            ("/contacts/{}/delete", &hidden.contacts),
            ("/contacts/{}/restore", &hidden.contacts),
            ("/notes/{}/edit", &hidden.notes),
            ("/notes/{}/delete", &hidden.notes),
            ("/notes/{}/restore", &hidden.notes),
            ("/consortia/{}/partners/invite", &hidden.drafts),
            ("/consortia/{}/documents", &hidden.drafts),
            ("/workspaces/{}/documents", &hidden.drafts),
            ("/consortia/{}/document-requests", &hidden.drafts),
            ("/consortia/{}/signoff", &hidden.drafts),
            ("/consortia/{}/outcome", &hidden.drafts),
            ("/consortia/{}/discussion", &hidden.drafts),
            ("/consortia/{}/tasks", &hidden.drafts),
            ("/workspaces/{}/discussion", &hidden.drafts),
            ("/workspaces/{}/tasks", &hidden.drafts),
            ("/consortia/{}/opening", &hidden.drafts),
            ("/workspaces/{}", &hidden.drafts),
            ("/workspaces/{}/sign", &hidden.drafts),
            ("/interests/{}", &hidden.drafts),
            ("/events/{}/state", &hidden.events),
            ("/events/{}/participants", &hidden.events),
            ("/events/{}/requests", &hidden.events),
            ("/events/{}/day/incidents", &hidden.events),
            ("/events/{}/day/replan", &hidden.events),
            ("/events/{}/invite", &hidden.events),
            ("/events/{}/invite/list/take", &hidden.events),
            ("/meetings/{}", &hidden.events),
            ("/attend/{}/letters", &hidden.participants),
            ("/attend/{}/requests/letters", &hidden.participants),
            ("/attend/{}/answer", &hidden.participants),
            ("/attend/{}/outcomes/018f0000-0000-7000-8000-000000000000", &hidden.participants),
            ("/attend/{}/meet", &hidden.participants),
        ] {
            let (there, nowhere) = (pattern.replace("{}", &ids[0]), pattern.replace("{}", NOWHERE));
            let form = "revision=1&name=Other&text=Other&message=Other&decision=signed&state=open&answer=yes\
                        &to=018f0000-0000-7000-8000-000000000000";
            let (one, other) = (visitor.post(&there, form).await, visitor.post(&nowhere, form).await);
            let same = one.text.replace(&ids[0], NOWHERE) == other.text;
            assert!(one.status == other.status && same, "{who} POST {pattern}: {} and {}", one.status, other.status);
        }
    }
}

/// Who is not of the team of `medicen`, and may not read its drafts.
fn is_not_of_the_team(role: Option<Role>) -> bool {
    matches!(role, None | Some(Role::Reader | Role::MemberContact | Role::Evaluator | Role::NetworkOfficer))
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_that_a_reader_may_not_see_change_nothing(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    #[values(1, 2)] case: u64,
) {
    let world = world(engine).await;
    let mut drawn = Drawn(case);
    // The first walk fills what is kept in memory and marks what was used; the ones that are compared find the same there.
    world.answers(|_| true).await;
    let before = world.answers(|_| true).await;
    let of_others = hide(&world, "lyonbiopole", &[Audience::Team, Audience::Members], &mut drawn).await;
    compared(&before, &world.answers(|_| true).await, "another cluster's records");
    refused_alike(&world, &of_others, |_| true).await;
    let before = world.answers(is_not_of_the_team).await;
    let of_the_team = hide(&world, "medicen", &[Audience::Team], &mut drawn).await;
    compared(&before, &world.answers(is_not_of_the_team).await, "what the own team keeps");
    refused_alike(&world, &of_the_team, is_not_of_the_team).await;
    // People, invitations, letters and claims of another cluster are for it and for whoever runs the instance.
    let others = |role| role != Some(Role::InstanceAdministrator);
    let before = world.answers(others).await;
    let app = &world.fresh.app;
    let invited = HeldRole {
        role: Role::Reader,
        cluster: Some(cluster(app, "lyonbiopole").await),
        organisation: None,
        organisation_name: None,
    };
    invite(app, "zacharias@hidden.example", &invited).await;
    let claimant = Visitor::invited_to(app, "lyonbiopole", "claimant@hidden.example", Role::Reader, None).await;
    let claimed = claimant.post(&format!("/organisations/{}/claim", world.organisations[0]), "reason=Hidden").await;
    assert_eq!(claimed.status, StatusCode::SEE_OTHER);
    compared(&before, &world.answers(others).await, "another cluster's people");
    // And it is really there: the team finds it.
    let (_, _, officer) = world.readers.iter().find(|(who, ..)| *who == "project_officer").unwrap();
    assert!(officer.get("/api/contacts?q=zacharias").await.text.contains("zacharias0@hidden.example"));
}

/// How many statements the databases were asked since the test began.
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

struct Counting;

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Counting {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            STATEMENTS.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hidden_costs_as_many_statements_as_what_is_nowhere(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    use tracing_subscriber::layer::SubscriberExt;
    let world = world(engine).await;
    let hidden = hide(&world, "lyonbiopole", &[Audience::Team], &mut Drawn(3)).await;
    let filter = tracing_subscriber::filter::LevelFilter::DEBUG;
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(filter).with(Counting)).unwrap();
    for (who, _, visitor) in &world.readers {
        // The least of three: a connection that a pool opens meanwhile asks statements of its own, which only ever adds.
        let cost = async |address: &str| {
            let mut least = usize::MAX;
            for _ in 0..3 {
                let before = STATEMENTS.load(Ordering::SeqCst);
                visitor.get(address).await;
                least = least.min(STATEMENTS.load(Ordering::SeqCst) - before);
            }
            least
        };
        for (pattern, id) in [
            ("/api/contacts/{}", &hidden.contacts[0]),
            ("/contacts/{}/edit", &hidden.contacts[0]),
            ("/notes/{}/edit", &hidden.notes[0]),
            ("/consortia/{}", &hidden.drafts[0]),
        ] {
            let (there, nowhere) =
                (cost(&pattern.replace("{}", id)).await, cost(&pattern.replace("{}", NOWHERE)).await);
            assert_eq!(there, nowhere, "{who} {pattern}");
        }
        let (found, nothing) = (cost("/api/contacts?q=zacharias").await, cost("/api/contacts?q=nobodyatall").await);
        assert_eq!(found, nothing, "{who}");
    }
    assert!(STATEMENTS.load(Ordering::SeqCst) > 100, "statements are counted");
}
