//! Versions of rules: only what is read and agrees with its vectors is published, a draft is read by the version of its
//! day, an older version stays readable and comes back, and another server takes it in.

use std::path::Path;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterRef, PersonId, Role, RoleId, Shared, clusters, tokens::Scopes},
    app::import_pack,
    consortia::{
        self, Content, DraftId, Member, MemberRole,
        instruments::{self, Document, Proposed, file_of, rulebook, shipped_text},
    },
    directory::OrganisationId,
    execute,
    foundation::{errors::Error, languages::Language, time::Day},
    on, transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, fresh, open},
    visitors::{Visitor, make_cluster, prepare_people},
};

const INSTRUMENT: &str = "horizon-europe-ria";
const RULE: &str = "{ count = { who = \"entity\", at_least = 3 } }";

struct World {
    fresh: Fresh,
    medicen: ClusterRef,
    members: Vec<OrganisationId>,
}

async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let all = clusters(&app.database).await.unwrap();
    let medicen = all.iter().find(|cluster| cluster.slug == "medicen").unwrap().clone();
    let members: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = 'FR'
         AND kind IN ('university', 'research_organisation', 'hospital') ORDER BY id LIMIT 2",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    World { medicen, members: members.into_iter().map(OrganisationId).collect(), fresh }
}

fn acting(role: Role, cluster: &ClusterRef) -> Actor {
    Actor::Person {
        person: PersonId::new(),
        role_id: RoleId::new(),
        name: "somebody".to_owned(),
        role,
        cluster: Some(cluster.clone()),
        organisation: None,
        demonstration: false,
        scopes: Scopes::ALL,
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The instrument with one rule more: at least so many participants, with the vectors that hold it.
fn stricter(at_least: u32) -> (String, String) {
    let text = format!(
        "{}\n[[rule]]\nid = \"own-minimum\"\nseverity = \"ineligible\"\nsource = \"text of the call\"\n\
         source_date = \"2026-08-30\"\nverified = true\nrequire = {}\n",
        shipped_text(&file_of(INSTRUMENT)).unwrap(),
        RULE.replace('3', &at_least.to_string()),
    );
    let entities = |count: u32| {
        let one = |at: u32| format!("{{\"id\": \"e{at}\", \"country\": \"FR\", \"kind\": \"university\"}}");
        (0..count).map(one).collect::<Vec<_>>().join(", ")
    };
    let vector = |name: &str, count: u32, status: &str| {
        format!(
            "{{\"name\": \"{name}\", \"consortium\": {{\"instrument\": \"{INSTRUMENT}\", \"date\": \"2026-09-01\", \"stage\": \
             \"single\", \"entities\": [{}]}}, \"eligible\": false, \"rules\": {{\"own-minimum\": \"{status}\"}}}}",
            entities(count)
        )
    };
    let (enough, few) = (vector("enough", at_least, "met"), vector("too few", at_least - 1, "not_met"));
    (text, format!("{{\"vectors\": [{enough}, {few}]}}"))
}

fn proposed((text, vectors): (String, String), valid_from: &str, seen: i64) -> Proposed {
    let reason = "the call asks for more".to_owned();
    Proposed { text, vectors, valid_from: day(valid_from), reason, seen }
}

fn document() -> Document {
    Document::instrument(INSTRUMENT).unwrap()
}

async fn draft(world: &World) -> DraftId {
    let officer = acting(Role::ProjectOfficer, &world.medicen);
    let mut content =
        Content { name: "Two of us".to_owned(), instrument: Some(INSTRUMENT.to_owned()), ..Content::default() };
    content.stage = Some("single".to_owned());
    for (at, organisation) in world.members.iter().enumerate() {
        let role = if at == 0 { MemberRole::Coordinator } else { MemberRole::Beneficiary };
        content.members.push(Member { role, ..Member::new(*organisation) });
    }
    consortia::create(&world.fresh.app, &officer, &content).await.unwrap()
}

/// What the rule of this story says of the draft, and by which version the draft is read.
async fn read(app: &Shared, world: &World, id: DraftId) -> (Option<consortia::VerdictStatus>, i64) {
    let officer = acting(Role::ProjectOfficer, &world.medicen);
    let draft = consortia::open(app, &officer, id).await.unwrap();
    let sheet = consortia::view(app, &officer, &draft.content, Language::En).await.unwrap();
    let verdict = sheet.verdicts.iter().find(|verdict| verdict.rule == "own-minimum");
    (verdict.map(|verdict| verdict.status), sheet.read_by.unwrap().0.number)
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_draft_is_read_by_the_version_of_its_day(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    let id = draft(&world).await;
    assert_eq!(read(app, &world, id).await, (None, 0));
    // Another server with the same database, which knows the rules of before.
    let folder = world.fresh.folder.join("second");
    std::fs::create_dir_all(&folder).unwrap();
    let second = open(&world.fresh.url, &folder).await;

    assert_eq!(
        instruments::publish(app, &keeper, &document(), &proposed(stricter(3), "2026-09-01", 0)).await.unwrap(),
        1
    );
    let not_met = Some(consortia::VerdictStatus::NotMet);
    assert_eq!(read(app, &world, id).await, (not_met, 1));
    // What comes later does not hold yet.
    let later = proposed(stricter(2), "2027-01-01", 1);
    assert_eq!(instruments::publish(app, &keeper, &document(), &later).await.unwrap(), 2);
    assert_eq!(read(app, &world, id).await, (not_met, 1));
    let on = |on: &str| rulebook(app).in_force(INSTRUMENT, None, None, Some(day(on))).unwrap().version.number;
    assert_eq!((on("2026-08-31"), on("2026-12-31"), on("2027-01-01")), (0, 1, 2));

    // The other server takes both in when it answers the next request.
    assert_eq!(rulebook(&second).newest_number(&file_of(INSTRUMENT)), 0);
    let officer = Visitor::acting_as(&second, Role::ProjectOfficer).await;
    let sheet = officer.get(&format!("/consortia/{id}")).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text);
    assert!(sheet.text.contains("Read by version 1 of the rules"), "{}", sheet.text);
    assert_eq!(rulebook(&second).newest_number(&file_of(INSTRUMENT)), 2);
    drop(second);

    // Back to what came with the program: a third version, and every one stays readable.
    let (text, vectors) = instruments::version(app, &keeper, &document(), 0).await.unwrap();
    let back = proposed((text.clone(), vectors), "2026-09-01", 2);
    assert_eq!(instruments::publish(app, &keeper, &document(), &back).await.unwrap(), 3);
    assert_eq!(read(app, &world, id).await, (None, 3));
    let history = instruments::history(app, &keeper, &document()).await.unwrap();
    assert_eq!(history.iter().map(|line| line.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(instruments::version(app, &keeper, &document(), 3).await.unwrap().0, text);
    assert_eq!(instruments::version(app, &keeper, &document(), 1).await.unwrap().0, stricter(3).0);
    let missing = instruments::version(app, &keeper, &document(), 4).await;
    assert!(matches!(missing, Err(Error::NotFound(_))), "{missing:?}");
    let page = officer_page(app, &format!("/instruments/{INSTRUMENT}/versions/1")).await;
    assert!(page.contains("own-minimum"), "the text of an older version stays");
}

/// What a rule book says of an instrument beside its rules is read by day too: costs, names and the list of drafts.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn flat_rates_and_names_are_those_of_the_day_of_the_draft(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    let officer = acting(Role::ProjectOfficer, &world.medicen);
    let identifier: String = on!(app.database, pool => sqlx::query_scalar(
        "SELECT MIN(identifier) FROM topics WHERE instrument = 'horizon-europe-ria'",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let moved: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let text = "UPDATE topics SET closes_on = '2027-04-13' WHERE identifier = $1";
            execute!(transaction, sqlx::query(text).bind(&identifier));
            Ok(())
        })
    }
    .await;
    moved.unwrap();
    let topic = consortia::find_topic(app, &officer, &identifier).await.unwrap();
    let (text, vectors) = stricter(2);
    let text = text
        .replace("flat_percent = 25", "flat_percent = 20")
        .replace("Horizon Europe research and innovation action (RIA)", "Action of the next year");
    instruments::publish(app, &keeper, &document(), &proposed((text, vectors), "2027-01-01", 0)).await.unwrap();
    let visitor = Visitor::acting_as(app, Role::ProjectOfficer).await;
    for (topic, cost, named) in [(None, 125_000, false), (Some(topic.id), 120_000, true)] {
        let mut content = Content { name: "By day".to_owned(), topic, ..Content::default() };
        content.instrument = Some(INSTRUMENT.to_owned());
        content.facts.work_packages.insert(1, Default::default());
        content.members = vec![Member::new(world.members[0])];
        let line = content.members[0].budget.packages.entry(1).or_default();
        line.amounts.insert(consortia::budget::Category::Travel, 100_000);
        let id = consortia::create(app, &officer, &content).await.unwrap();
        let costs = async || consortia::open(app, &officer, id).await.unwrap().content.members[0].cost_cents;
        assert_eq!(costs().await, Some(cost), "made");
        let saved = visitor.post(&format!("/consortia/{id}"), "revision=1&act=save&name=Renamed").await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
        assert_eq!(costs().await, Some(cost), "saved");
        let flat = format!("{}%", if named { 20 } else { 25 });
        for (page, own) in [("", "Action of the next year"), ("/budget", flat.as_str()), ("/what-if", "next year")] {
            let page = visitor.get(&format!("/consortia/{id}{page}")).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            assert_eq!(page.text.contains(own), named || own == flat, "{own}: {}", page.text);
        }
        // On another day the other rate would hold.
        let then = format!("revision=2&has_members=1&member={}&day=2027-02-01", world.members[0]);
        let then = visitor.post(&format!("/consortia/{id}/what-if"), &then).await;
        assert!(then.text.contains("€1,200"), "{}", then.text);
    }
    let list = visitor.get("/consortia").await.text;
    assert_eq!(list.matches("Action of the next year").count(), 1, "{list}");
}

async fn officer_page(app: &Shared, path: &str) -> String {
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let answer = officer.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn only_what_is_green_is_published(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    let (text, vectors) = stricter(3);
    let refused = async |proposed: Proposed, field: &str| {
        let outcome = instruments::publish(app, &keeper, &document(), &proposed).await;
        let Err(Error::Invalid(problems)) = outcome else { panic!("{outcome:?}") };
        assert_eq!(problems[0].field, field);
    };
    let broken = text.replace("count = { who = \"entity\"", "cuont = { who = \"entity\"");
    refused(proposed((broken.clone(), vectors.clone()), "2026-09-01", 0), "text").await;
    // A condition of eligibility without its source or its date.
    refused(proposed((text.replace("source = \"text of the call\"\n", ""), vectors.clone()), "2026-09-01", 0), "text")
        .await;
    refused(proposed((text.replace("source_date = \"2026-08-30\"\n", ""), vectors.clone()), "2026-09-01", 0), "text")
        .await;
    // Another answer than a vector wants, and no vector at all.
    refused(proposed((text.clone(), vectors.replace("not_met", "met")), "2026-09-01", 0), "text").await;
    refused(proposed((text.clone(), "{\"vectors\": []}".to_owned()), "2026-09-01", 0), "text").await;
    refused(Proposed { reason: " ".to_owned(), ..proposed(stricter(3), "2026-09-01", 0) }, "reason").await;
    assert_eq!(instruments::history(app, &keeper, &document()).await.unwrap().len(), 0, "nothing was written");

    // By line on the page, in the reader's language, with what was typed still there.
    let editor = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    let place = format!("/instruments/{INSTRUMENT}/edit");
    let form = |text: &str, rest: &str| {
        format!("text={}&vectors={}&valid_from=2026-09-01&{rest}", encoded(text), encoded(&vectors))
    };
    let line = broken.lines().position(|line| line.contains("cuont")).unwrap() + 1;
    let page = editor.post(&place, &form(&broken.replace('\n', "\r\n"), "seen=0&act=check")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains(&format!("Line {line} ")), "line {line}: {}", page.text);
    assert!(page.text.contains("cuont"));
    let page = editor.post(&place, &form(&text, "seen=0&reason=more&act=publish")).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let page = editor.post(&place, &form(&text, "seen=0&reason=more&act=publish")).await;
    assert_eq!(page.status, StatusCode::CONFLICT, "two people began with the same version");
    let kept: Vec<(String, String)> = on!(app.database, pool => sqlx::query_as(
        "SELECT subject_id, action FROM audit_entries WHERE subject_kind = 'rules'",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(kept, [(format!("/instruments/{INSTRUMENT}"), "publish".to_owned())]);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_runs_the_instance_publishes_and_nobody_else(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::InstanceAdministrator) {
        let actor = acting(role, &world.medicen);
        let outcome = instruments::publish(app, &actor, &document(), &proposed(stricter(3), "2026-09-01", 0)).await;
        assert!(matches!(outcome, Err(Error::Refused { .. })), "{role:?}: {outcome:?}");
        let change = proposed(stricter(3), "2026-09-01", 0);
        let judged = instruments::check(app, &actor, &document(), &change, Language::En).await;
        assert!(matches!(judged, Err(Error::Refused { .. })), "{role:?}");
    }
    let reader = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let refused = reader.post(&format!("/instruments/{INSTRUMENT}/edit"), "text=x&act=publish").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(reader.get(&format!("/instruments/{INSTRUMENT}/versions")).await.status, StatusCode::OK);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_country_that_joins_a_set_changes_the_verdicts_from_its_day_on(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    let countries = Document::set("countries").unwrap();
    let (text, _) = instruments::version(app, &keeper, &countries, 0).await.unwrap();
    let head = "  { country = \"AL\", since = \"2021-01-01\" },\n";
    let (before, after) = text.split_once(head).unwrap();
    let joined = format!("{before}{head}  {{ country = \"AU\", since = \"2026-09-01\" }},\n{after}");
    let change = proposed((joined, String::new()), "2026-09-01", 0);
    assert_eq!(instruments::publish(app, &keeper, &countries, &change).await.unwrap(), 1);
    let belongs = |on: &str| {
        let library = rulebook(app).on(Some(day(on)));
        library.sets().contains("horizon-europe-associated", "AU".parse().unwrap(), on.parse().unwrap())
    };
    assert_eq!((belongs("2026-08-31"), belongs("2026-09-01")), (Some(false), Some(true)));
    // A set that loses what instruments name is refused with the place.
    let without = proposed((text.replace("id = \"member-state\"", "id = \"members\""), String::new()), "2026-10-01", 1);
    let judgement = instruments::check(app, &keeper, &countries, &without, Language::En).await.unwrap();
    assert!(judgement.flaw.is_some() && !judgement.is_green());
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_figure_is_changed_by_a_form_and_published(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let editor = Visitor::acting_as(app, Role::InstanceAdministrator).await;
    let place = "/rule-sets/countries/edit";
    let text = shipped_text("sets/countries.toml").unwrap();
    let set = text.split("[[set]]").skip(1).position(|set| set.contains("id = \"horizon-europe-associated\"")).unwrap();
    let form = |text: &str, rest: &str| format!("text={}&valid_from=2026-09-01&seen=0&{rest}", encoded(text));
    let chosen = editor.post(place, &form(text, &format!("part=set.{set}&act=part"))).await;
    assert_eq!(chosen.status, StatusCode::OK, "{}", chosen.text);
    assert!(chosen.text.contains("name=\"guided.country\""), "{}", chosen.text);
    let wrong = editor.post(place, &form(text, &format!("part=set.{set}&act=put&guided.country=Australia"))).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("Two capital letters") && wrong.text.contains("value=\"Australia\""), "{}", wrong.text);
    let joins = format!("part=set.{set}&act=put&guided.country=AU&guided.since=2026-09-01");
    let put = editor.post(place, &form(text, &joins)).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    let line = "{ country = &quot;AU&quot;, since = &quot;2026-09-01&quot; }";
    assert!(put.text.contains(line), "{}", put.text);
    assert_eq!(rulebook(app).newest_number("sets/countries.toml"), 0, "a form publishes nothing");
}

/// Of two who publish or speak of a topic at the same moment one is heard and the other told, whichever database keeps it.
#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_two_at_the_same_moment_one_is_told(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    let (document, first, second) =
        (document(), proposed(stricter(3), "2026-09-01", 0), proposed(stricter(4), "2026-09-01", 0));
    let (one, other) = tokio::join!(
        instruments::publish(app, &keeper, &document, &first),
        instruments::publish(app, &keeper, &document, &second)
    );
    let told = |outcome: &Result<i64, Error>| matches!(outcome, Err(Error::Clash(_)));
    assert!((one.is_ok() && told(&other)) || (told(&one) && other.is_ok()), "{one:?} {other:?}");
    assert_eq!(rulebook(app).newest_number(&file_of(INSTRUMENT)), 1);

    let identifier: String = on!(app.database, pool => sqlx::query_scalar(
        "SELECT MIN(identifier) FROM topics WHERE instrument = 'horizon-europe-ria'",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let change = |reason: &str| format!("[[change]]\nremove = \"gender-equality-plan\"\nsource = \"{reason}\"\n");
    let (first, second) = (change("the call"), change("its annex"));
    let (one, other) = tokio::join!(
        instruments::change_topic(app, &keeper, &identifier, true, &first, 0),
        instruments::change_topic(app, &keeper, &identifier, true, &second, 0)
    );
    let told = |outcome: &Result<(), Error>| matches!(outcome, Err(Error::Clash(_)));
    assert!((one.is_ok() && told(&other)) || (told(&one) && other.is_ok()), "{one:?} {other:?}");
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_a_cluster_says_of_a_topic_is_its_own(#[case] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    make_cluster(app, "lyonbiopole", "Lyonbiopôle").await;
    let all = clusters(&app.database).await.unwrap();
    let lyon = all.iter().find(|cluster| cluster.slug == "lyonbiopole").unwrap();
    let (officer, other) = (acting(Role::ProjectOfficer, &world.medicen), acting(Role::ProjectOfficer, lyon));
    let (identifier, instrument): (String, String) = on!(app.database, pool => sqlx::query_as(
        "SELECT identifier, instrument FROM topics WHERE instrument = 'horizon-europe-ria' ORDER BY identifier LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    assert_eq!(instrument, INSTRUMENT);
    let topic = consortia::find_topic(app, &officer, &identifier).await.unwrap();
    let change = |id: &str, at_least: u32| {
        format!(
            "[[change]]\nadd = {{ id = \"{id}\", severity = \"ineligible\", source = \"topic\", source_date = \"2026-08-30\", \
             verified = true, require = {} }}\n",
            RULE.replace('3', &at_least.to_string())
        )
    };
    let asked = async |actor: &Actor| -> Vec<String> {
        let mut content =
            Content { topic: Some(topic.id), instrument: Some(INSTRUMENT.to_owned()), ..Content::default() };
        content.members = world.members.iter().map(|organisation| Member::new(*organisation)).collect();
        let sheet = consortia::view(app, actor, &content, Language::En).await.unwrap();
        let own = |rule: &String| rule.starts_with("topic-");
        sheet.verdicts.into_iter().map(|verdict| verdict.rule).filter(own).collect()
    };
    let path = format!("/calls/{identifier}/rules");
    let reader = Visitor::invited_to(app, "lyonbiopole", "reader@lyon.example", Role::ProjectOfficer, None).await;
    let before = reader.get(&path).await;
    assert_eq!(before.status, StatusCode::OK, "{}", before.text);

    instruments::change_topic(app, &officer, &identifier, false, &change("topic-own", 5), 0).await.unwrap();
    assert_eq!(asked(&officer).await, ["topic-own"]);
    assert_eq!(asked(&other).await, Vec::<String>::new(), "another cluster's word is not its own");
    assert_eq!(reader.get(&path).await.text, before.text, "and cannot be told from its page");

    // For the whole instance only who runs it may speak; a cluster's word comes after.
    let refused = instruments::change_topic(app, &officer, &identifier, true, &change("topic-all", 4), 0).await;
    assert!(matches!(refused, Err(Error::Refused { .. })), "{refused:?}");
    let keeper = acting(Role::InstanceAdministrator, &world.medicen);
    instruments::change_topic(app, &keeper, &identifier, true, &change("topic-all", 4), 0).await.unwrap();
    assert_eq!(asked(&officer).await, ["topic-all", "topic-own"]);
    assert_eq!(asked(&other).await, ["topic-all"]);
    // The sheet leads to what the topic changes, and such a rule can be discussed.
    let mut content = Content { name: "Changed".to_owned(), topic: Some(topic.id), ..Content::default() };
    content.instrument = Some(INSTRUMENT.to_owned());
    content.members = world.members.iter().map(|organisation| Member::new(*organisation)).collect();
    let id = consortia::create(app, &officer, &content).await.unwrap();
    let sheet = officer_page(app, &format!("/consortia/{id}")).await;
    assert!(sheet.contains(&format!("href=\"/calls/{identifier}/rules\"")), "{sheet}");
    let plain = officer_page(app, &format!("/consortia/{}", draft(&world).await)).await;
    assert!(!plain.contains("/rules\""), "{plain}");
    let place = format!("/consortia/{id}/discussion");
    let writer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let written = writer.post(&place, "text=Five+of+us%3F&about=rule:topic-own&audience=team").await;
    assert_eq!(written.status, StatusCode::SEE_OTHER, "{}", written.text);
    for role in [Role::Reader, Role::MemberContact, Role::EventOrganiser, Role::NetworkOfficer] {
        let outcome = instruments::change_topic(app, &acting(role, &world.medicen), &identifier, false, "", 1).await;
        assert!(matches!(outcome, Err(Error::Refused { .. })), "{role:?}: {outcome:?}");
    }

    // What cannot be applied is refused with its line; who was slower is told.
    for (text, reason) in [
        ("[[change]]\nremove = \"nothing-of-the-kind\"\nsource = \"topic\"\n".to_owned(), "nothing-of-the-kind"),
        ("\n[[change]]\nremove = \"gender-equality-plan\"\n".to_owned(), "line 2"),
        (change("topic-own", 5).replace("count", "cuont"), "cuont"),
        ("x".repeat(instruments::LONGEST_CHANGES + 1), "at most"),
    ] {
        let outcome = instruments::change_topic(app, &officer, &identifier, false, &text, 1).await;
        let Err(Error::Invalid(problems)) = outcome else { panic!("{reason}: {outcome:?}") };
        assert!(problems[0].value.contains(reason), "{reason}: {problems:?}");
    }
    let late = instruments::change_topic(app, &officer, &identifier, false, "", 0).await;
    assert!(matches!(late, Err(Error::Clash(_))), "{late:?}");
    let own = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let page = own.get(&path).await.text;
    assert!(page.contains("topic-own") && page.contains("For the whole instance"), "{page}");
    instruments::change_topic(app, &officer, &identifier, false, "", 1).await.unwrap();
    assert_eq!(asked(&officer).await, ["topic-all"]);
}
