//! From when on a merger stands: after a day, a signature, a submission.

use axum::http::StatusCode;
use corridor::{
    accounts::Role,
    consortia::{self, MemberSide, sides},
    execute,
    foundation::{errors::Error, time::Timestamp},
    on, transact,
};
use rstest::rstest;
use uuid::Uuid;

use super::{field_wrong, world};
use crate::{
    databases::{Engine, NOW, open_with},
    visitors::Visitor,
};

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merger_stands_after_a_day_or_a_signature(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, other) = world.officers();
    let (applicants, industry) = world.drafts().await;
    let code = sides::make_code(app, &officer, applicants).await.unwrap();
    let week = NOW.plus_seconds(7 * 24 * 3600);
    let week = open_with(&world.fresh.url, &world.fresh.folder, week, "http://corridor.example").await;
    let late = sides::propose(&week, &other, industry, code.reveal()).await;
    assert_eq!(field_wrong(late), "sides-wrong-code", "a code works for a week");
    let merger = world.merged(applicants, industry).await;
    let later = Timestamp(NOW.0 + 25 * 3600 * 1_000_000);
    let tomorrow = open_with(&world.fresh.url, &world.fresh.folder, later, "http://corridor.example").await;
    let late = sides::undo(&tomorrow, &other, industry, merger).await;
    assert!(matches!(late, Err(Error::Over { reason: "sides-undo-over" })), "{late:?}");
    // A second industry draft cannot come in.
    let second = consortia::create(app, &other, &world.content(MemberSide::Industry).await).await.unwrap();
    assert_eq!(field_wrong(sides::make_code(app, &officer, applicants).await), "sides-wrong-together");
    let code = sides::make_code(app, &other, second).await.unwrap();
    assert_eq!(field_wrong(sides::propose(app, &officer, applicants, code.reveal()).await), "sides-wrong-together");
    let round = Uuid::now_v7();
    let signed: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO draft_signoff_rounds (cluster_id, id, draft_id, revision, statement, due_on, asked_at)
                 VALUES ($1, $2, $3, 2, 'So it is', '2026-10-01', $4)",
            )
            .bind(world.medicen.id)
            .bind(round)
            .bind(applicants)
            .bind(NOW));
            execute!(transaction, sqlx::query(
                "INSERT INTO draft_signoffs (cluster_id, id, draft_id, round_id, organisation_id, revision, concern,
                     decision, words, decided_at)
                 VALUES ($1, $2, $3, $4, $5, 2, $6, 'signed', '', $7)",
            )
            .bind(world.medicen.id)
            .bind(Uuid::now_v7())
            .bind(applicants)
            .bind(round)
            .bind(world.applicants[0])
            .bind(sqlx::types::Json(serde_json::json!({})))
            .bind(NOW));
            Ok(())
        })
    }
    .await;
    signed.unwrap();
    let signed = sides::undo(app, &officer, applicants, merger).await;
    assert!(matches!(signed, Err(Error::Over { reason: "sides-undo-signed" })), "{signed:?}");
    // One team alone does not take the draft away on which the other one counts; aside it is still seen.
    let refused = consortia::delete(app, &officer, applicants).await;
    assert!(matches!(refused, Err(Error::Refused { reason: "sides-refused-shared", .. })), "{refused:?}");
    consortia::archive(app, &officer, applicants, true).await.unwrap();
    let seen = sides::mergers(app, &other, industry).await.unwrap().1;
    let language = corridor::foundation::languages::Language::En;
    let seen = sides::merged(app, &other, &seen[0], language).await.unwrap();
    assert_eq!(seen.map(|seen| seen.name).as_deref(), Some("Heart of applicants"));
    consortia::delete(app, &other, industry).await.unwrap();
    // What was deleted goes with all that hangs on it.
    consortia::delete(app, &officer, applicants).await.unwrap();
    let month = Timestamp(NOW.0 + 40 * 24 * 3600 * 1_000_000);
    let then = open_with(&world.fresh.url, &world.fresh.folder, month, "http://corridor.example").await;
    let more = consortia::create(&then, &officer, &world.content(MemberSide::Applicant).await).await.unwrap();
    consortia::delete(&then, &officer, more).await.unwrap();
    let left: i64 = on!(app.database, pool => sqlx::query_scalar("SELECT COUNT(*) FROM draft_mergers")
        .fetch_one(pool)
        .await
        .unwrap());
    assert_eq!(left, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merger_stands_once_the_merged_draft_was_submitted(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, other) = world.officers();
    let (applicants, industry) = world.drafts().await;
    let team = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    let theirs = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let merger = world.merged(applicants, industry).await;
    let mut content = consortia::open(app, &officer, applicants).await.unwrap().content;
    content.members[0].ikaa_cents = Some(12_345_600);
    consortia::save(app, &officer, applicants, 2, &content).await.unwrap();
    let seen = theirs.get(&format!("/consortia/{industry}/merger")).await.text;
    assert!(seen.contains("€2,500,000") && !seen.contains("€123,456"), "amounts of applicants are theirs: {seen}");
    let outcome = format!("/consortia/{applicants}/outcome");
    // That the applicants submitted their first stage before is noted late, and hinders nothing.
    let early = team.post(&outcome, "submitted_on=2026-04-01&stage=stage-1&version=1").await;
    assert_eq!(early.status, StatusCode::SEE_OTHER, "{}", early.text);
    let undo = format!("/consortia/{industry}/merger/{merger}/undo");
    let page = format!("/consortia/{industry}/merger");
    assert!(theirs.get(&page).await.text.contains(&undo));
    let sent = team.post(&outcome, "submitted_on=2026-09-01&stage=stage-2&version=2").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let shown = theirs.get(&page).await.text;
    assert!(!shown.contains(&undo) && shown.contains("the merged draft was submitted"), "{shown}");
    for (visitor, actor, draft) in [(&theirs, &other, industry), (&team, &officer, applicants)] {
        let refused = visitor.post(&format!("/consortia/{draft}/merger/{merger}/undo"), "").await;
        assert_eq!(refused.status, StatusCode::GONE);
        assert!(refused.text.contains("the merged draft was submitted"), "{}", refused.text);
        let refused = sides::undo(app, actor, draft, merger).await;
        assert!(matches!(refused, Err(Error::Over { reason: "sides-undo-submitted" })), "{refused:?}");
    }
    assert_eq!(consortia::open(app, &other, industry).await.unwrap().merged_into, Some(applicants));
    // Noted by mistake, and taken away.
    let (_, noted) = consortia::outcomes::of_draft(app, &officer, applicants).await.unwrap();
    let last = noted.iter().find(|one| one.revision == 2).unwrap();
    let gone = team.post(&format!("{outcome}/{}/delete", last.id), &format!("changes={}", last.changes)).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    sides::undo(app, &other, industry, merger).await.unwrap();
    assert_eq!(consortia::open(app, &other, industry).await.unwrap().merged_into, None);
}
