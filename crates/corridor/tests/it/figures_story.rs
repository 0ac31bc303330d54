//! Figures and owners of organisations: what follows from them, what is refused, and whom they are kept from.

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, Role},
    consortia::{self, Content, DraftId, Member, MemberRole, VerdictStatus},
    directory::{OrganisationId, merge, size::FiguresHolding},
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
    participation_story::{accepted, acting, instance, two_clusters},
    visitors::{Answer, Visitor},
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// A draft of a company and a university, with a company beside that may hold the first.
struct World {
    fresh: Fresh,
    company: OrganisationId,
    holder: OrganisationId,
    officer: Visitor,
    actor: Actor,
    draft: DraftId,
}

async fn world(engine: Engine) -> World {
    let (fresh, _) = instance(engine).await;
    let app = &fresh.app;
    let companies: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country IS NOT NULL
         AND kind = 'company' AND parent_id IS NULL ORDER BY id LIMIT 2",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let university: Uuid = on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = 'DE'
         AND kind = 'university' ORDER BY id LIMIT 1",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let (company, holder) = (OrganisationId(companies[0]), OrganisationId(companies[1]));
    let (medicen, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let mut content = Content { name: "Heart".to_owned(), ..Content::default() };
    content.instrument = Some("eurostars-3".to_owned());
    content.members = vec![
        Member { role: MemberRole::Coordinator, cost_cents: Some(60_000_000), ..Member::new(company) },
        Member { cost_cents: Some(40_000_000), ..Member::new(OrganisationId(university)) },
    ];
    let draft = consortia::create(app, &actor, &content).await.unwrap();
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    World { company, holder, officer, actor, draft, fresh }
}

impl World {
    async fn verdict(&self) -> VerdictStatus {
        let content = consortia::open(&self.fresh.app, &self.actor, self.draft).await.unwrap().content;
        let sheet = consortia::view(&self.fresh.app, &self.actor, &content, Language::En).await.unwrap();
        sheet.verdicts.into_iter().find(|verdict| verdict.rule == "sme-share").unwrap().status
    }

    async fn state(&self, of: OrganisationId, year: &str, staff: &str, money: &str) -> Answer {
        let form = format!(
            "year={year}&headcount={staff}&turnover={money}&balance={money}&source=Annual+accounts&stated_on=2026-05-01"
        );
        self.officer.post(&format!("/organisations/{of}/figures"), &form).await
    }

    async fn owned(&self, of: OrganisationId, owners: &[(OrganisationId, &str)]) -> Answer {
        let mut form = "source=Register&stated_on=2026-05-01".to_owned();
        for (row, (owner, percent)) in owners.iter().enumerate() {
            form.push_str(&format!("&owner.{row}=typed&owner.{row}_id={owner}&percent.{row}={percent}"));
        }
        self.officer.post(&format!("/organisations/{of}/owners"), &form).await
    }

    async fn page(&self) -> String {
        let page = self.officer.get(&format!("/organisations/{}/figures", self.company)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        page.text
    }
}

fn kept(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
}

fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains(words), "{words}: {}", answer.text);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_decide_who_is_an_sme(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    assert_ne!(world.verdict().await, VerdictStatus::Met, "nobody has said how large the company is");
    assert!(world.page().await.contains("No figures are kept yet"));
    kept(&world.state(world.company, "2025", "30", "5+M").await);
    let page = world.page().await;
    assert!(page.contains("Not decided yet") && page.contains("who holds a quarter or more of it"), "{page}");
    assert_ne!(world.verdict().await, VerdictStatus::Met, "nor who holds it");
    kept(&world.owned(world.company, &[]).await);
    assert!(world.page().await.contains("small enterprise"));
    assert_eq!(world.verdict().await, VerdictStatus::Met);
    let sheet = world.officer.get(&format!("/consortia/{}", world.draft)).await.text;
    assert!(sheet.contains("An SME, by its figures"), "the sheet says what answers: {sheet}");
    let organisation = world.officer.get(&format!("/organisations/{}", world.company)).await.text;
    assert!(organisation.contains("An SME, by its figures"), "{organisation}");

    // Held by a large one: its figures count whole, and a mere claim says nothing against them.
    kept(&world.owned(world.company, &[(world.holder, "60")]).await);
    assert_ne!(world.verdict().await, VerdictStatus::Met, "the holder's figures are missing");
    assert!(world.page().await.contains("What is missing"));
    kept(&world.state(world.holder, "2025", "5000", "900+M").await);
    let page = world.page().await;
    assert!(
        page.contains("No SME, by its figures") && page.contains("linked: whole") && page.contains("5,030"),
        "{page}"
    );
    assert_eq!(world.verdict().await, VerdictStatus::NotMet);
    // A year of which the holder has said nothing: what is missing is missing in that one.
    kept(&world.state(world.company, "2024", "28", "4+M").await);
    let page = world.page().await;
    assert!(page.contains("staff (2024)") && !page.contains("2025)"), "{page}");
    kept(&world.officer.post(&format!("/organisations/{}/figures/remove", world.company), "year=2024").await);
    let draft = consortia::open(&world.fresh.app, &world.actor, world.draft).await.unwrap();
    let mut content = draft.content;
    content.members[0].declared.sme = Some(true);
    consortia::save(&world.fresh.app, &world.actor, world.draft, draft.revision, &content).await.unwrap();
    assert_eq!(world.verdict().await, VerdictStatus::NotMet, "figures go before a claim");
    kept(&world.owned(world.company, &[(world.holder, "30")]).await);
    let page = world.page().await;
    assert!(page.contains("partner: its part") && page.contains("1,530"), "{page}");
    kept(&world.owned(world.company, &[(world.holder, "24.99")]).await);
    assert_eq!(world.verdict().await, VerdictStatus::Met);

    // Taken away and merged.
    let gone = world.officer.post(&format!("/organisations/{}/figures/remove", world.company), "year=2025").await;
    kept(&gone);
    assert_eq!(world.verdict().await, VerdictStatus::Met, "the claim is left");
    let twice = world.officer.post(&format!("/organisations/{}/figures/remove", world.company), "year=2025").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    kept(&world.state(world.company, "2025", "400", "90+M").await);
    let spare: Uuid = on!(world.fresh.app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE merged_into IS NULL AND kind = 'company' AND id NOT IN ($1, $2) ORDER BY id LIMIT 1",
    )
    .bind(world.company)
    .bind(world.holder)
    .fetch_one(pool)
    .await
    .unwrap());
    merge::merge(&world.fresh.app, &Actor::Console, OrganisationId(spare), world.company).await.unwrap();
    let page = world.officer.get(&format!("/organisations/{spare}/figures")).await.text;
    assert!(page.contains("No SME, by its figures"), "it follows the merge: {page}");
    let trail: Vec<String> = on!(world.fresh.app.database, pool => sqlx::query_scalar(
        "SELECT action FROM audit_entries WHERE subject_kind = 'figures' ORDER BY at, id",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    let stated = ["state", "state_owners", "state_owners", "state"];
    let corrected = ["state", "remove", "state_owners", "state_owners", "remove", "state"];
    assert_eq!(trail, [&stated[..], &corrected[..]].concat());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_and_figures_that_cannot_be_are_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (company, holder) = (world.company, world.holder);
    kept(&world.owned(holder, &[(company, "30")]).await);
    let names: Vec<String> = on!(world.fresh.app.database, pool => sqlx::query_scalar(
        "SELECT name FROM organisations WHERE id IN ($1, $2)",
    )
    .bind(company)
    .bind(holder)
    .fetch_all(pool)
    .await
    .unwrap());
    let circle = world.owned(company, &[(holder, "51")]).await;
    refused(&circle, "the holdings run in a circle");
    assert!(circle.text.contains("value=\"51\""), "what was typed stays: {} {names:?}", circle.text);
    kept(&world.owned(company, &[(holder, "24")]).await);
    refused(&world.owned(company, &[(company, "10")]).await, "does not hold itself");
    let other = world.actor.clone();
    let university =
        consortia::open(&world.fresh.app, &other, world.draft).await.unwrap().content.members[1].organisation;
    refused(&world.owned(company, &[(holder, "24"), (university, "77")]).await, "more than 100");
    refused(&world.owned(company, &[(holder, "1"), (holder, "2")]).await, "add its shares up");
    refused(&world.owned(company, &[(holder, "half")]).await, "between 0.01 and 100");
    refused(
        &world.owned(company, &[(OrganisationId(NOWHERE.parse().unwrap()), "5")]).await,
        "no organisation is found",
    );
    refused(&world.state(company, "2027", "3", "1").await, "a year from 1990");
    refused(&world.state(company, "2025", "-3", "1").await, "a whole number");
    refused(&world.state(company, "2025", "3", "-1").await, "cannot be negative");
    refused(&world.state(company, "2025", "", "").await, "at least one figure");
    let undated = world
        .officer
        .post(&format!("/organisations/{company}/figures"), "year=2025&headcount=3&source=x&stated_on=2030-01-01")
        .await;
    refused(&undated, "not later than today");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn owners_stated_at_the_same_moment_stand_one_after_the_other(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (company, holder) = (world.company, world.holder);
    for _ in 0..5 {
        let (fifth, more) = ([(holder, "20")], [(holder, "21")]);
        let (one, two, three) =
            tokio::join!(world.owned(company, &fifth), world.owned(company, &more), world.owned(company, &[]),);
        for answer in [one, two, three] {
            kept(&answer);
        }
    }
    kept(&world.owned(company, &[(holder, "22")]).await);
    let left: Vec<i64> = on!(world.fresh.app.database, pool => sqlx::query_scalar(
        "SELECT percent_hundredths FROM organisation_owners",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(left, [2_200]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_are_the_teams_and_the_organisations_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (company, holder) = (world.company, world.holder);
    kept(&world.state(company, "2025", "30", "5+M").await);
    kept(&world.state(holder, "2025", "4321", "900+M").await);
    kept(&world.owned(holder, &[]).await);
    let (medicen, _) = two_clusters(app).await;
    accepted(app, medicen.id, world.draft, company).await;
    let ada = Visitor::invited_to(app, "lyonbiopole", "ada@firm.example", Role::MemberContact, Some(company.0)).await;
    let own = format!("/workspaces/{}/figures", world.draft);
    let page = ada.get(&own).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("Annual accounts") && page.text.contains("The cluster"), "{}", page.text);

    // Saying who holds it tells it nothing of that one: neither figures nor what follows from them, nor its owners.
    let owners = format!("/workspaces/{}/owners", world.draft);
    let form = format!("source=Own&stated_on=2026-05-01&owner.0=x&owner.0_id={holder}&percent.0=60");
    kept(&ada.post(&owners, &form).await);
    let page = ada.get(&own).await.text;
    assert!(page.contains("Not decided yet") && !page.contains("4,321"), "{page}");
    assert!(world.page().await.contains("No SME, by its figures"), "the team sees it");
    let workspace = ada.get(&format!("/workspaces/{}", world.draft)).await.text;
    assert!(!workspace.contains("No SME, by its figures"), "{workspace}");
    let year = "year=2024&headcount=28&source=Own+accounts&stated_on=2026-01-01";
    kept(&ada.post(&own, year).await);
    assert!(world.page().await.contains("Own accounts"));
    kept(&ada.post(&format!("{own}/remove"), "year=2024").await);
    refused(&ada.post(&own, "year=2024").await, "at least one figure");

    let lyon = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let theirs = lyon.get(&format!("/organisations/{company}/figures")).await;
    assert!(theirs.text.contains("No figures are kept yet"), "another cluster keeps its own: {}", theirs.text);
    let eve = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(holder.0)).await;
    let reader = Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await;
    for visitor in [&eve, &reader, &Visitor::nobody(app)] {
        for (there, nowhere) in [
            (format!("/organisations/{company}/figures"), format!("/organisations/{NOWHERE}/figures")),
            (own.clone(), format!("/workspaces/{NOWHERE}/figures")),
        ] {
            let (one, other) = (visitor.get(&there).await, visitor.get(&nowhere).await);
            assert!(one.status == other.status && !one.status.is_success(), "{there}: {}", one.status);
            assert!(!one.text.contains("Annual accounts"));
            let (one, other) = (visitor.post(&there, year).await, visitor.post(&nowhere, year).await);
            assert!(one.status == other.status && one.status != StatusCode::SEE_OTHER, "{there}: {}", one.status);
        }
    }

    // Nor by what is refused: a circle through what the team states of others is told to the team alone.
    kept(&ada.post(&owners, "source=Own&stated_on=2026-05-01").await);
    kept(&world.owned(holder, &[(company, "30")]).await);
    kept(&ada.post(&owners, &form).await);
    refused(&world.owned(company, &[(holder, "60")]).await, "the holdings run in a circle");

    let subject = Subject::address("officer@medicen.example").unwrap();
    let subject = corridor::accounts::personal::known_as(&app.database, subject).await.unwrap();
    let held = FiguresHolding.held(&app.database, &subject).await.unwrap();
    assert!(held.len() >= 2, "{held:?}");
    let erased: Result<_, Error> =
        async { transact!(app.database, transaction => FiguresHolding.erase(transaction, &subject, NOW).await) }.await;
    assert_eq!(erased.unwrap()[0].count as usize, held.len());
    assert!(FiguresHolding.held(&app.database, &subject).await.unwrap().is_empty());
    assert!(world.page().await.contains("Annual accounts"), "the figures stay");
}
