//! The participants of a draft as the application form of the portal asks for them.

use axum::http::StatusCode;
use corridor::{
    accounts::Role,
    consortia::{self, Content, Member, MemberRole, budget::Category},
    foundation::errors::Error,
    transact,
};
use rstest::rstest;

use crate::{
    databases::Engine,
    participation_story::{acting, instance, two_clusters},
    visitors::Visitor,
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn participants_leave_as_the_portal_asks_for_them(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    // The second is a part of the first without a code of its own.
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query("UPDATE organisations SET parent_id = $1, name = '=Heart unit' WHERE id = $2")
                .bind(organisations[0])
                .bind(organisations[1]));
            corridor::execute!(transaction, sqlx::query("DELETE FROM organisation_identifiers WHERE organisation_id = $1 OR organisation_id = $2")
                .bind(organisations[0])
                .bind(organisations[1]));
            corridor::execute!(transaction, sqlx::query(
                "INSERT INTO organisation_identifiers (scheme, value, organisation_id, source_id)
                 VALUES ('pic', '990000001', $1, (SELECT id FROM sources ORDER BY slug LIMIT 1))",
            )
            .bind(organisations[0]));
            Ok(())
        })
    }
    .await;
    written.unwrap();
    let mut content = Content { name: "Portal".to_owned(), ..Content::default() };
    content.instrument = Some("horizon-europe-ria".to_owned());
    content.facts.work_packages.insert(1, Default::default());
    let mut first = Member::new(organisations[1]);
    first.budget.packages.entry(1).or_default().amounts.insert(Category::Personnel, 4_000_000);
    first.budget.packages.entry(1).or_default().amounts.insert(Category::Subcontracting, 1_000_000);
    let second = Member { role: MemberRole::Coordinator, cost_cents: Some(900_000), ..Member::new(organisations[2]) };
    content.members = vec![first, second];
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &actor, &content).await.unwrap();

    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let file = officer.get(&format!("/consortia/{id}/portal/csv")).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    let mut table = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = table.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    let cell = |row: usize, head: &str| {
        let at = heads.iter().position(|known| known == head).unwrap_or_else(|| panic!("{head}: {heads:?}"));
        rows[row][at].to_owned()
    };
    // The coordinator is number 1; a part stands under its legal entity.
    assert_eq!((cell(0, "No."), cell(0, "Role")), ("1".to_owned(), "Coordinator".to_owned()));
    assert_eq!((cell(1, "PIC"), cell(1, "Department")), ("990000001".to_owned(), "'=Heart unit".to_owned()));
    for (head, amount) in [
        ("A. Personnel costs", "40000"),
        ("B. Subcontracting costs", "10000"),
        ("C.1 Travel and subsistence", "0"),
        ("E. Indirect costs", "10000"),
        ("Total eligible costs", "60000"),
    ] {
        assert_eq!(cell(1, head), amount, "{head}");
    }
    // Costs typed on the sheet are a total without categories.
    assert_eq!((cell(0, "A. Personnel costs"), cell(0, "Total eligible costs")), (String::new(), "9000".to_owned()));
    let plain = officer.get(&format!("/consortia/{id}/export/csv")).await.text;
    assert!(plain.contains("'=Heart unit"), "a spreadsheet runs nothing of it: {plain}");
    assert!(officer.get(&format!("/consortia/{id}/portal/xlsx")).await.bytes.starts_with(b"PK"));
    assert_eq!(officer.get(&format!("/consortia/{id}/portal/pdf")).await.status, StatusCode::NOT_FOUND);
    let other = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    let (there, nowhere) = (
        other.get(&format!("/consortia/{id}/portal/csv")).await,
        other.get(&format!("/consortia/{NOWHERE}/portal/csv")).await,
    );
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&id.to_string(), NOWHERE), nowhere.text);
}
