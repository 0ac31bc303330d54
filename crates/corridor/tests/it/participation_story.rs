//! Partners of a draft: who has a seat in it, and what each sees.

use std::path::Path;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterId, ClusterRef, PersonId, Role, RoleId, Shared, clusters, tokens::Scopes},
    calls,
    consortia::{
        self, Content, DraftId, Member, MemberSide,
        participation::{self, Seat},
    },
    directory::{OrganisationId, imports, merge},
    execute,
    foundation::errors::Error,
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    visitors::{Visitor, prepare_people},
};

const IHI: &str = "HORIZON-JU-IHI-2026-13-two-stage-01";
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// An instance with the small pack and its calls, and four organisations.
async fn instance(engine: Engine) -> (Fresh, Vec<OrganisationId>) {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    let intake = imports::Intake { database: &app.database, clock: app.clock, again: false, report: &|_, _, _| {} };
    imports::import_pack(intake, &Actor::Console, &pack).await.unwrap();
    calls::import(app, &Actor::Console, &pack, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let organisations: Vec<Uuid> = corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM organisations WHERE name IS NOT NULL AND country IN ('DE', 'FR', 'ES') AND merged_into IS NULL ORDER BY id LIMIT 6",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    (fresh, organisations.into_iter().map(OrganisationId).collect())
}

fn acting(role: Role, cluster: Option<&ClusterRef>, organisation: Option<OrganisationId>) -> Actor {
    Actor::Person {
        person: PersonId::new(),
        role_id: RoleId::new(),
        name: "somebody".to_owned(),
        role,
        cluster: cluster.cloned(),
        organisation: organisation.map(|organisation| organisation.0),
        demonstration: false,
        scopes: Scopes::ALL,
    }
}

async fn two_clusters(app: &Shared) -> (ClusterRef, ClusterRef) {
    let all = clusters(&app.database).await.unwrap();
    let of = |slug: &str| all.iter().find(|cluster| cluster.slug == slug).unwrap().clone();
    (of("medicen"), of("lyonbiopole"))
}

/// Notes that an organisation accepted to take part, without the letters that lead there.
pub async fn accepted(app: &Shared, cluster: ClusterId, draft: DraftId, organisation: OrganisationId) {
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO draft_invitations (cluster_id, id, draft_id, organisation_id, role, side, language, message,
                     answer_by, created_at, state)
                 VALUES ($1, $2, $3, $4, 'beneficiary', 'applicant', 'en', '', '2026-09-10', $5, 'accepted')",
            )
            .bind(cluster)
            .bind(Uuid::now_v7())
            .bind(draft)
            .bind(organisation)
            .bind(NOW));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

fn two_sided(organisations: &[OrganisationId]) -> Content {
    let mut content = Content { name: "Two sides".to_owned(), ..Content::default() };
    content.instrument = Some("ihi-two-stage".to_owned());
    for (at, organisation) in organisations[..4].iter().enumerate() {
        let side = if at == 3 { MemberSide::Industry } else { MemberSide::Applicant };
        let requested_cents = Some(100 << at);
        content.members.push(Member { side, requested_cents, ..Member::new(*organisation) });
    }
    content
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_seat_is_of_the_team_or_of_who_accepted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, lyon) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let mut content = two_sided(&organisations);
    let topic = consortia::find_topic(app, &officer, IHI).await.unwrap();
    content.topic = Some(topic.id);
    let id = consortia::create(app, &officer, &content).await.unwrap();
    for organisation in &organisations[..4] {
        if *organisation != organisations[2] {
            accepted(app, medicen.id, id, *organisation).await;
        }
    }
    assert_eq!(participation::seat(app, &officer, id).await.unwrap(), (medicen.id, Seat::Team));
    // In whatever cluster somebody speaks for a partner, it is the partner's seat.
    for cluster in [Some(&medicen), Some(&lyon), None] {
        let partner = acting(Role::MemberContact, cluster, Some(organisations[0]));
        let seat = Seat::Partner { organisation: organisations[0], side: MemberSide::Applicant };
        assert_eq!(participation::seat(app, &partner, id).await.unwrap(), (medicen.id, seat));
        assert_eq!(participation::workspaces(app, &partner).await.unwrap().len(), 1);
    }
    let industry = acting(Role::MemberContact, Some(&lyon), Some(organisations[3]));
    let seen = participation::workspace(app, &industry, id).await.unwrap();
    assert_eq!(seen.draft.content.members.len(), 1, "before the merger a side sees itself");
    assert!(seen.totals().is_empty());
    let applicant = acting(Role::MemberContact, Some(&lyon), Some(organisations[0]));
    let seen = participation::workspace(app, &applicant, id).await.unwrap();
    assert_eq!(seen.draft.content.members.len(), 3);
    assert_eq!(seen.draft.content.members[1].requested_cents, None);
    assert_eq!(seen.totals()["requested"], 700);

    // Nobody else can tell that it is there: another cluster's team, a member that was not asked, one of another draft.
    let nowhere: DraftId = NOWHERE.parse().unwrap();
    for somebody in [
        acting(Role::ProjectOfficer, Some(&lyon), None),
        acting(Role::ProjectOfficer, Some(&lyon), Some(organisations[0])),
        acting(Role::MemberContact, Some(&medicen), Some(organisations[2])),
        acting(Role::MemberContact, Some(&medicen), Some(organisations[4])),
    ] {
        for draft in [id, nowhere] {
            assert!(matches!(participation::seat(app, &somebody, draft).await, Err(Error::NotFound(_))));
        }
        assert!(participation::workspaces(app, &somebody).await.map_or(true, |seen| seen.is_empty()));
    }
    for somebody in [Actor::Nobody, acting(Role::Reader, Some(&medicen), Some(organisations[0]))] {
        assert!(matches!(participation::seat(app, &somebody, id).await, Err(Error::Refused { .. })));
        assert!(matches!(participation::seat(app, &somebody, nowhere).await, Err(Error::Refused { .. })));
    }

    // Who leaves the sheet, and a draft that is deleted, leave no seat.
    let mut without = content.clone();
    without.members.remove(0);
    consortia::save(app, &officer, id, 1, &without).await.unwrap();
    assert!(matches!(participation::seat(app, &applicant, id).await, Err(Error::NotFound(_))));
    consortia::save(app, &officer, id, 2, &content).await.unwrap();
    assert!(participation::seat(app, &applicant, id).await.is_ok());
    consortia::delete(app, &officer, id).await.unwrap();
    assert!(matches!(participation::seat(app, &applicant, id).await, Err(Error::NotFound(_))));
    assert!(participation::workspaces(app, &applicant).await.unwrap().is_empty());
    consortia::undelete(app, &officer, id).await.unwrap();

    // A merged record of the partner has its seat.
    merge::merge(app, &Actor::Console, organisations[5], organisations[0]).await.unwrap();
    let kept = acting(Role::MemberContact, None, Some(organisations[5]));
    assert!(participation::seat(app, &kept, id).await.is_ok());
    let other = acting(Role::MemberContact, None, Some(organisations[4]));
    assert!(participation::seat(app, &other, id).await.is_err());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_has_a_page_of_the_draft(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &officer, &two_sided(&organisations)).await.unwrap();
    accepted(app, medicen.id, id, organisations[0]).await;
    let partner =
        Visitor::invited_to(app, "lyonbiopole", "ada@institute.example", Role::MemberContact, Some(organisations[0].0))
            .await;
    let list = partner.get("/workspaces").await;
    assert_eq!(list.status, StatusCode::OK, "{}", list.text);
    assert!(list.text.contains(&format!("/workspaces/{id}")) && list.text.contains("Two sides"), "{}", list.text);
    let page = partner.get(&format!("/workspaces/{id}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains(&organisations[1].to_string()) && !page.text.contains(&organisations[3].to_string()));
    assert!(!page.text.contains("/versions"), "the history is the team's");
    assert_eq!(partner.get(&format!("/consortia/{id}")).await.status, StatusCode::FORBIDDEN);
    let other = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(organisations[4].0)).await;
    let (there, nowhere) =
        (other.get(&format!("/workspaces/{id}")).await, other.get(&format!("/workspaces/{NOWHERE}")).await);
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&id.to_string(), NOWHERE), nowhere.text);
    assert!(!other.get("/workspaces").await.text.contains("Two sides"));
}
