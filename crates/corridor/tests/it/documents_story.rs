//! Documents of organisations: kept by a cluster while they are valid, read by the rules, seen by whom they concern.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role, Shared},
    consortia::{self, Content, DraftId, Member, MemberRole, RuleVerdict, VerdictStatus},
    directory::{
        OrganisationId,
        documents::{self, DocumentHolding, Reach},
        merge,
    },
    foundation::{
        errors::Error,
        languages::Language,
        personal::{Holding, Subject},
    },
    on, transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW},
    mailbox::letters_to,
    participation_story::{accepted, acting, instance, two_clusters},
    visitors::{Visitor, cluster},
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";
const GEP: &str = "gender-equality-plan";
const PDF: &[u8] = b"%PDF-1.7 plan";
const DAY: i64 = 24 * 3600;

/// A draft of three public organisations of three countries, with an officer.
struct World {
    fresh: Fresh,
    members: Vec<OrganisationId>,
    officer: Visitor,
    actor: Actor,
    draft: DraftId,
}

async fn world(engine: Engine) -> World {
    let (fresh, _) = instance(engine).await;
    let app = &fresh.app;
    let mut members = Vec::new();
    for country in ["FR", "DE", "ES"] {
        let found: Uuid = on!(app.database, pool => sqlx::query_scalar(
            "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = $1
             AND kind IN ('university', 'research_organisation', 'hospital') ORDER BY id LIMIT 1",
        )
        .bind(country)
        .fetch_one(pool)
        .await
        .unwrap());
        members.push(OrganisationId(found));
    }
    let (medicen, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let draft = draft_of(app, &actor, &members, "Heart").await;
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    World { members, officer, actor, draft, fresh }
}

async fn draft_of(app: &Shared, actor: &Actor, members: &[OrganisationId], name: &str) -> DraftId {
    let mut content = Content { name: name.to_owned(), ..Content::default() };
    content.instrument = Some("horizon-europe-ria".to_owned());
    content.members = members.iter().map(|member| Member::new(*member)).collect();
    content.members[0].role = MemberRole::Coordinator;
    consortia::create(app, actor, &content).await.unwrap()
}

impl World {
    fn tab(&self) -> String {
        format!("/consortia/{}/documents", self.draft)
    }

    fn workspace(&self) -> String {
        format!("/workspaces/{}/documents", self.draft)
    }

    async fn verdict(&self, actor: &Actor, draft: DraftId) -> RuleVerdict {
        let content = consortia::open(&self.fresh.app, actor, draft).await.unwrap().content;
        let sheet = consortia::view(&self.fresh.app, actor, &content, Language::En).await.unwrap();
        sheet.verdicts.into_iter().find(|verdict| verdict.rule == GEP).unwrap()
    }

    /// Keeps a plan of a member with these days, as the team.
    async fn plan(&self, member: usize, issued_on: &str, valid_until: &str) -> Uuid {
        let id = self.members[member].to_string();
        let fields =
            [("organisation", id.as_str()), ("kind", "gep"), ("issued_on", issued_on), ("valid_until", valid_until)];
        let kept = self.officer.send_file(&self.tab(), &fields, Some(("plan.pdf", PDF))).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
        self.newest().await
    }

    async fn newest(&self) -> Uuid {
        on!(self.fresh.app.database, pool => sqlx::query_scalar(
            "SELECT id FROM organisation_documents ORDER BY id DESC LIMIT 1",
        )
        .fetch_one(pool)
        .await
        .unwrap())
    }

    async fn partner(&self, email: &str, member: usize) -> Visitor {
        let (medicen, _) = two_clusters(&self.fresh.app).await;
        accepted(&self.fresh.app, medicen.id, self.draft, self.members[member]).await;
        let own = Some(self.members[member].0);
        Visitor::invited_to(&self.fresh.app, "lyonbiopole", email, Role::MemberContact, own).await
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_counts_for_the_rules_while_it_is_valid(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let verdict = world.verdict(&world.actor, world.draft).await;
    assert_eq!(verdict.status, VerdictStatus::Unknown);
    let (mut wanted, mut members): (Vec<_>, _) =
        (verdict.wanted.iter().map(|one| one.organisation).collect(), world.members.clone());
    wanted.sort_unstable();
    members.sort_unstable();
    assert_eq!(wanted, members, "{verdict:?}");
    let sheet = world.officer.get(&format!("/consortia/{}", world.draft)).await;
    let act = format!("{}?kind=gep&amp;organisation={}#ask", world.tab(), world.members[0]);
    assert!(sheet.text.contains(&act), "the verdict says what mends it: {}", sheet.text);

    // Without an end, with one that lies ahead, and one that is over: the last breaks the rule until a newer one is there.
    world.plan(0, "2024-03-01", "").await;
    world.plan(1, "2024-03-01", "2027-03-01").await;
    world.plan(2, "2022-03-01", "2026-08-31").await;
    let verdict = world.verdict(&world.actor, world.draft).await;
    assert_eq!(verdict.status, VerdictStatus::NotMet, "{verdict:?}");
    assert_eq!(verdict.wanted.len(), 1);
    assert_eq!(
        (verdict.wanted[0].organisation, verdict.wanted[0].expired_on.as_deref()),
        (world.members[2], Some("2026-08-31"))
    );
    let sheet = world.officer.get(&format!("/consortia/{}", world.draft)).await.text;
    assert!(
        sheet.contains("Document expired on August 31, 2026") || sheet.contains("Document expired on 31 August 2026"),
        "{sheet}"
    );
    let tab = world.officer.get(&world.tab()).await;
    assert!(tab.text.contains("Expired") && tab.text.contains("plan.pdf"), "{}", tab.text);
    let link = format!("href=\"{}/{}\"", world.tab(), world.newest().await);
    assert!(tab.text.contains(&link), "the file is where it is linked: {}", tab.text);
    let today = world.officer.get("/").await.text;
    assert!(today.contains("Documents that end") && today.contains(&world.tab()), "{today}");

    let newer = world.plan(2, "2026-08-01", "2028-08-01").await;
    assert_eq!(world.verdict(&world.actor, world.draft).await.status, VerdictStatus::Met);
    assert!(!world.officer.get("/").await.text.contains("Documents that end"), "the newer one outlives it");
    let other = draft_of(app, &world.actor, &world.members, "Other").await;
    assert_eq!(world.verdict(&world.actor, other).await.status, VerdictStatus::Met, "it counts in every draft");

    // What another cluster keeps is its own; a merged record stands for what it became.
    let (_, lyon) = two_clusters(app).await;
    let neighbour = acting(Role::ProjectOfficer, Some(&lyon), None);
    let theirs = draft_of(app, &neighbour, &world.members, "Theirs").await;
    assert_eq!(world.verdict(&neighbour, theirs).await.status, VerdictStatus::Unknown);

    // Taken away and brought back.
    let place = format!("{}/{newer}", world.tab());
    let gone = world.officer.post(&format!("{place}/remove"), "").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    let back = gone.headers["location"].to_str().unwrap().to_owned();
    assert!(world.officer.get(&back).await.text.contains(&format!("{place}/restore")));
    assert_eq!(world.officer.get(&place).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.verdict(&world.actor, world.draft).await.status, VerdictStatus::NotMet);
    assert_eq!(world.officer.post(&format!("{place}/restore"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.verdict(&world.actor, world.draft).await.status, VerdictStatus::Met);

    // What somebody declared holds where no document is; where one is, the document answers.
    let (revision, mut content) = {
        let draft = consortia::open(app, &world.actor, world.draft).await.unwrap();
        (draft.revision, draft.content)
    };
    content.members[2].declared.documents.insert("gep".to_owned(), false);
    consortia::save(app, &world.actor, world.draft, revision, &content).await.unwrap();
    assert_eq!(world.verdict(&world.actor, world.draft).await.status, VerdictStatus::Met);
    world.officer.post(&format!("{place}/remove"), "").await;
    let declared = world.plan(2, "2026-08-01", "").await;
    world.officer.post(&format!("{}/{declared}/remove", world.tab()), "").await;

    let spare: Uuid = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE country = 'ES' AND merged_into IS NULL AND id <> $1 ORDER BY id LIMIT 1",
    )
    .bind(world.members[2])
    .fetch_one(pool)
    .await
    .unwrap());
    world.plan(2, "2026-08-01", "").await;
    merge::merge(app, &Actor::Console, OrganisationId(spare), world.members[2]).await.unwrap();
    assert_eq!(world.verdict(&world.actor, world.draft).await.status, VerdictStatus::Met, "it follows the merge");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_what_it_says_and_only_ever_saved(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let id = world.members[0].to_string();
    let fields = [("organisation", id.as_str()), ("kind", "gep"), ("issued_on", "2026-01-01")];
    let page = b"<html><script>alert(1)</script></html>";
    for (name, content) in [
        ("plan.pdf", page.as_slice()),
        ("plan.png", b"GIF89a".as_slice()),
        ("plan.svg", b"<svg onload='x'/>".as_slice()),
    ] {
        let refused = world.officer.send_file(&world.tab(), &fields, Some((name, content))).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(refused.text.contains("this is no PDF") && refused.text.contains("2026-01-01"), "{}", refused.text);
    }
    let mut large = PDF.to_vec();
    large.resize(documents::LARGEST + 1, b' ');
    let refused = world.officer.send_file(&world.tab(), &fields, Some(("large.pdf", &large))).await;
    assert!(refused.text.contains("larger than 4 MB"), "{} {}", refused.status, refused.text);
    large.truncate(documents::LARGEST);
    let kept = world.officer.send_file(&world.tab(), &fields, Some(("..\\large.html", &large))).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
    for link in ["javascript:alert(1)", "data:text/html,x"] {
        let fields = [("organisation", id.as_str()), ("kind", "gep"), ("link", link)];
        let refused = world.officer.send_file(&world.tab(), &fields, None).await;
        assert!(refused.text.contains("begins with https://"), "{}", refused.text);
    }
    let nowhere = world.officer.send_file(&world.tab(), &fields, None).await;
    assert!(nowhere.text.contains("say where it is"), "{}", nowhere.text);
    let file = world.officer.get(&format!("{}/{}", world.tab(), world.newest().await)).await;
    assert_eq!((file.status, file.bytes.len()), (StatusCode::OK, documents::LARGEST));
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "private, no-store"),
    ] {
        assert_eq!(file.headers[header], value);
    }
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"large"));
    // Whoever comes by may take a role of the demonstration: nobody leaves files there.
    let anybody = Visitor::acting_as(&world.fresh.app, Role::ProjectOfficer).await;
    let refused = anybody.send_file(&world.tab(), &fields, Some(("plan.pdf", PDF))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("In the demonstration no files are kept"), "{}", refused.text);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_sees_and_states_its_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (tab, workspace) = (world.tab(), world.workspace());
    let ada = world.partner("ada@institute.example", 1).await;
    let eve = world.partner("eve@university.example", 2).await;
    let plan = world.plan(1, "2025-01-01", "2028-01-01").await;
    let own = ada.get(&workspace).await;
    assert_eq!(own.status, StatusCode::OK, "{}", own.text);
    assert!(own.text.contains(&plan.to_string()) && own.text.contains("The cluster"), "{}", own.text);
    assert_eq!(ada.get(&format!("{workspace}/{plan}")).await.bytes, PDF);
    let refused = ada.post(&format!("{workspace}/{plan}/remove"), "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "what the team stated is the team's");
    assert!(!eve.get(&workspace).await.text.contains(&plan.to_string()));
    let dates = workspace.replace("/documents", "/calendar");
    assert!(ada.get(&dates).await.text.contains("Gender equality plan"), "when it ends is in its calendar");
    assert!(!eve.get(&dates).await.text.contains("Gender equality plan"), "and in nobody else's");

    // A letter belongs to the draft; what the partner states the team sees, and no other partner.
    let letter = [("kind", "commitment_letter"), ("issued_on", "2026-08-20"), ("organisation", NOWHERE)];
    let sent = ada.send_file(&workspace, &letter, Some(("Letter.pdf", PDF))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let letter = world.newest().await;
    let seen = world.officer.get(&tab).await.text;
    assert!(seen.contains(&letter.to_string()) && seen.contains("The organisation itself"), "{seen}");
    assert!(seen.contains("Letter of commitment") && seen.contains("for this draft alone"), "{seen}");
    let second = draft_of(app, &world.actor, &world.members, "Second").await;
    let elsewhere = world.officer.get(&format!("/consortia/{second}/documents")).await.text;
    assert!(elsewhere.contains(&plan.to_string()) && !elsewhere.contains(&letter.to_string()), "{elsewhere}");
    let page = world.officer.get(&format!("/organisations/{}/documents", world.members[1])).await;
    assert!(page.text.contains(&plan.to_string()) && !page.text.contains(&letter.to_string()), "{}", page.text);
    let organisation = world.officer.get(&format!("/organisations/{}", world.members[1])).await.text;
    assert!(organisation.contains("plan.pdf"), "{organisation}");

    // The same partner in another draft of the cluster: its own plan, and no letter of this one.
    let (medicen, _) = two_clusters(app).await;
    accepted(app, medicen.id, second, world.members[1]).await;
    let there = ada.get(&format!("/workspaces/{second}/documents")).await;
    assert!(there.text.contains(&plan.to_string()) && !there.text.contains(&letter.to_string()), "{}", there.text);
    assert_eq!(ada.get(&format!("/workspaces/{second}/documents/{letter}")).await.status, StatusCode::NOT_FOUND);

    // Nobody else can tell that they are there.
    let lyon = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let reader = Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await;
    let nobody = Visitor::nobody(app);
    for document in [plan, letter] {
        for (who, visitor, base) in [
            ("another partner", &eve, workspace.clone()),
            ("another cluster", &lyon, tab.clone()),
            ("another cluster", &lyon, format!("/organisations/{}/documents", world.members[1])),
            ("a reader", &reader, tab.clone()),
            ("a reader", &reader, format!("/organisations/{}/documents", world.members[1])),
            ("nobody", &nobody, workspace.clone()),
        ] {
            let there = format!("{base}/{document}");
            let nowhere = format!("{base}/{NOWHERE}");
            for act in ["", "/remove", "/restore"] {
                let (one, other) = match act {
                    "" => (visitor.get(&there).await, visitor.get(&nowhere).await),
                    act => (
                        visitor.post(&format!("{there}{act}"), "").await,
                        visitor.post(&format!("{nowhere}{act}"), "").await,
                    ),
                };
                let same = one.text.replace(&document.to_string(), NOWHERE) == other.text;
                assert!(one.status == other.status && same, "{who} {there}{act}: {} {}", one.status, other.status);
                assert!(!one.status.is_success() && one.status != StatusCode::SEE_OTHER, "{who} {there}{act}");
            }
        }
    }
    let page = lyon.get(&format!("/organisations/{}", world.members[1])).await.text;
    assert!(!page.contains("plan.pdf"), "another cluster keeps its own: {page}");

    // What it stated itself it takes away, and back.
    let place = format!("{workspace}/{letter}");
    assert_eq!(ada.post(&format!("{place}/remove"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ada.get(&place).await.status, StatusCode::NOT_FOUND);
    assert_eq!(ada.post(&format!("{place}/restore"), "").await.status, StatusCode::SEE_OTHER);
    let trail: Vec<String> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT action FROM audit_entries WHERE subject_kind = 'document' ORDER BY at, id",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(trail, ["create", "create", "delete", "restore"]);

    // A draft that is gone takes its letters along, and nothing that is said of the organisation.
    consortia::delete(app, &world.actor, world.draft).await.unwrap();
    let later = crate::databases::open_with(
        &world.fresh.url,
        &world.fresh.folder,
        NOW.plus_seconds(31 * DAY),
        "http://corridor.example",
    )
    .await;
    consortia::delete(&later, &world.actor, second).await.unwrap();
    let left: Vec<Uuid> = on!(later.database, pool => sqlx::query_scalar("SELECT id FROM organisation_documents")
        .fetch_all(pool)
        .await
        .unwrap());
    assert_eq!(left, [plan]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_is_asked_for_what_is_missing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let ask = format!("/consortia/{}/document-requests", world.draft);
    let form = |member: usize| {
        format!("organisation={}&kind=gep&due_on=2026-09-20&message=The+signed+one", world.members[member])
    };
    let refused = world.officer.post(&ask, &form(1)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("invite it first") && refused.text.contains("The signed one"), "{}", refused.text);
    let ada = world.partner("ada@institute.example", 1).await;
    let asked = world.officer.post(&ask, &form(1)).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    let letters = letters_to(app, "ada@institute.example").await;
    let letter = letters.iter().find(|letter| letter.contains("The signed one")).unwrap();
    assert!(letter.contains("Gender equality plan") && letter.contains(&world.workspace()), "{letter}");
    let again = world.officer.post(&ask, &form(1)).await;
    assert!(again.text.contains("less than a day ago"), "{}", again.text);
    assert!(world.officer.get(&world.tab()).await.text.contains("Asked for"));
    let own = ada.get(&world.workspace()).await.text;
    assert!(own.contains("The signed one") && own.contains("Asked for"), "{own}");
    assert!(ada.get("/").await.text.contains(&world.workspace()), "Today says so");
    for wrong in
        ["kind=gep&due_on=2026-09-20&organisation=x", "due_on=2026-09-20&kind=other", "kind=gep&due_on=2020-01-01"]
    {
        assert_eq!(world.officer.post(&ask, wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }

    let sent =
        ada.send_file(&world.workspace(), &[("kind", "gep"), ("link", "https://institute.example/gep")], None).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    for page in [ada.get(&world.workspace()).await, ada.get("/").await, world.officer.get(&world.tab()).await] {
        assert!(!page.text.contains("The signed one"), "it was answered: {}", page.text);
    }
}

#[rstest]
#[tokio::test]
async fn who_stated_a_document_is_erased_and_the_document_ages(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let over = world.plan(0, "2020-01-01", "2021-01-01").await;
    let lasting = world.plan(0, "2020-01-01", "2040-01-01").await;
    let person: Uuid = on!(app.database, pool => sqlx::query_scalar("SELECT id FROM people WHERE email = 'officer@medicen.example'")
        .fetch_one(pool)
        .await
        .unwrap());
    let subject =
        corridor::accounts::personal::known_as(&app.database, Subject::address("officer@medicen.example").unwrap())
            .await
            .unwrap();
    let held = DocumentHolding.held(&app.database, &subject).await.unwrap();
    assert_eq!(held.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [over.to_string(), lasting.to_string()]);
    let erased: Result<_, Error> =
        async { transact!(app.database, transaction => DocumentHolding.erase(transaction, &subject, NOW).await) }.await;
    assert_eq!(erased.unwrap()[0].count, 2);
    assert!(DocumentHolding.held(&app.database, &subject).await.unwrap().is_empty());
    let named: i64 = on!(app.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM organisation_documents WHERE person_id = $1")
        .bind(person)
        .fetch_one(pool)
        .await
        .unwrap());
    assert_eq!(named, 0);
    // Its age counts from the day it was stated, or from the end of its validity where that is later.
    let five_years = NOW.plus_seconds(DAY);
    let due = DocumentHolding.due(&app.database, "document.organisations", five_years).await.unwrap();
    assert_eq!((due.count, due.first[0].id.as_str()), (1, over.to_string().as_str()));
    let gone: Result<u64, Error> = async {
        transact!(app.database, transaction => {
            DocumentHolding.expire(transaction, "document.organisations", five_years, 10, NOW).await
        })
    }
    .await;
    assert_eq!(gone.unwrap(), 1);
    let reach = Reach::Team(cluster(app, "medicen").await);
    let left = documents::of_organisations(app, &reach, &[world.members[0]], None).await.unwrap();
    assert_eq!(left.iter().map(|document| document.id.0).collect::<Vec<_>>(), [lasting]);
    let files: i64 = on!(app.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM document_files").fetch_one(pool).await.unwrap());
    assert_eq!(files, 1, "the file goes with it");
}
