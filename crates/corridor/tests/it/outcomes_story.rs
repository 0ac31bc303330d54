//! After the answer: what was submitted is frozen, answers follow one another, and who may read them does.

use axum::http::StatusCode;
use corridor::{
    accounts::{Role, Shared},
    consortia::{
        self, Content, DraftId, Member, MemberRole, MemberSide,
        outcomes::{self, AnswerKind, Standing, Submission},
        participation,
    },
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
    databases::{Engine, NOW, open_with},
    participation_story::{accepted, acting, instance, two_clusters},
    visitors::Visitor,
};

const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

fn draft_of(organisations: &[OrganisationId]) -> Content {
    let mut content = Content { name: "Heart".to_owned(), ..Content::default() };
    content.instrument = Some("horizon-europe-ria".to_owned());
    content.members = organisations[..3].iter().copied().map(Member::new).collect();
    content.members[0].role = MemberRole::Coordinator;
    content.members[1].requested_cents = Some(90_000_000);
    content
}

async fn trail(app: &Shared, action: &str) -> Vec<(serde_json::Value, serde_json::Value)> {
    let rows: Vec<(sqlx::types::Json<serde_json::Value>, sqlx::types::Json<serde_json::Value>)> = corridor::on!(app.database, pool => sqlx::query_as(
            "SELECT COALESCE(before, 'null'), COALESCE(after, 'null') FROM audit_entries WHERE action = $1 ORDER BY at",
        )
        .bind(action)
        .fetch_all(pool)
        .await
        .unwrap());
    rows.into_iter().map(|(before, after)| (before.0, after.0)).collect()
}

/// Notes a submission and gives back its address.
async fn noted(visitor: &Visitor, base: &str, form: &str) -> String {
    let answer = visitor.post(base, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let page = visitor.get(base).await;
    let id = page.text.split("id=\"s-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    format!("{base}/{id}")
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_stages_are_submitted_answered_and_corrected(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &actor, &draft_of(&organisations)).await.unwrap();
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let base = format!("/consortia/{id}/outcome");
    let stored = async || -> Vec<Submission> { outcomes::of_draft(app, &actor, id).await.unwrap().1 };

    // What cannot be is told beside its field, and nothing is written.
    for (form, word) in [
        ("submitted_on=2026-09-02&stage=stage-1&version=1", "this day has not come yet"),
        ("submitted_on=2026-04-01&stage=&version=1", "choose a stage of the instrument"),
        ("submitted_on=2026-04-01&stage=stage-1&version=7", "there is no such version"),
    ] {
        let answer = officer.post(&base, form).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text.contains(word), "{form}");
    }
    assert!(stored().await.is_empty());

    let first = noted(&officer, &base, "submitted_on=2026-04-01&stage=stage-1&version=1&reference=101234567-1").await;
    let again = officer.post(&base, "submitted_on=2026-04-01&stage=stage-1&version=1").await;
    assert!(
        again.status == StatusCode::UNPROCESSABLE_ENTITY && again.text.contains("is noted already"),
        "{}",
        again.text
    );

    // The draft goes on; what was sent stays what it was.
    let mut content = consortia::open(app, &actor, id).await.unwrap().content;
    content.members[1].requested_cents = Some(120_000_000);
    consortia::save(app, &actor, id, 1, &content).await.unwrap();
    let page = officer.get(&base).await;
    for text in ["What was sent: version 1", "€900,000", "€1,200,000", "No. 101234567-1", "Waiting for the answer"]
    {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }

    // The scores are those that the instrument asks for at that stage, with their thresholds.
    let form = officer.get(&format!("{first}/answer")).await;
    assert!(form.text.contains("at least 4.") && !form.text.contains("Implementation"), "{}", form.text);
    let early = officer.post(&format!("{first}/answer"), "changes=1&kind=invited&answered_on=2026-03-31").await;
    assert!(early.text.contains("this is before the submission"), "{}", early.text);
    let invited = "changes=1&kind=invited&answered_on=2026-06-15&score.0=4.5&score.1=4&rank=3&rank_of=40";
    assert_eq!(officer.post(&format!("{first}/answer"), invited).await.status, StatusCode::SEE_OTHER);
    let late = officer.post(&format!("{first}/answer"), invited).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "somebody who read it before does not write over it");

    let second = noted(&officer, &base, "submitted_on=2026-07-01&stage=stage-2&version=2").await;
    let last = officer.post(&format!("{second}/answer"), "changes=1&kind=invited&answered_on=2026-08-01").await;
    assert!(last.text.contains("no stage behind this one"), "{}", last.text);
    let reserve = "changes=1&kind=reserve&answered_on=2026-08-01&score.0=4&score.1=4&score.2=4&summary=Clear+aims";
    assert_eq!(officer.post(&format!("{second}/answer"), reserve).await.status, StatusCode::SEE_OTHER);
    let granted = "changes=2&kind=granted&answered_on=2026-08-20&score.0=4&score.1=4&score.2=4&total=12.5&grant=5,2 M€&cost=5,5 M€&agreement=101234567";
    let granted = officer.post(&format!("{second}/answer"), &granted.replace(' ', "+")).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.text);

    let all = stored().await;
    assert_eq!(all.iter().map(Submission::state).collect::<Vec<_>>(), ["granted", "invited"]);
    assert_eq!((all[0].revision, all[1].revision), (2, 1));
    let (answer, earlier) = (&all[0].answers[0], &all[0].answers[1]);
    assert_eq!((answer.kind, earlier.kind), (AnswerKind::Granted, AnswerKind::Reserve), "the newest counts");
    assert_eq!((answer.marks.total(), answer.marks.computed()), (Some(1250), Some(1200)));
    assert_eq!((answer.marks.standing(), answer.grant.grant_cents), (Standing::Met, Some(520_000_000)));
    let page = officer.get(&base).await;
    for text in [
        "12.5 of 15",
        "The criteria add up to 12",
        "€5,200,000",
        "All thresholds reached",
        "Place 3 of 40",
        "Clear aims",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }

    // A correction tells the trail what was said before.
    let correction = "changes=3&kind=reserve&answered_on=2026-08-02&score.0=2.5&score.1=4&score.2=4&summary=Clear+aims";
    let place = format!("{second}/answers/{}", earlier.id);
    let form = officer.get(&place).await;
    assert!(form.text.contains("Clear aims") && form.text.contains("value=\"2026-08-01\""), "{}", form.text);
    assert_eq!(officer.post(&place, correction).await.status, StatusCode::SEE_OTHER);
    let told = trail(app, "correct_answer").await;
    let score = |told: &serde_json::Value| told["answers"][1]["marks"]["criteria"][0]["score"].clone();
    assert_eq!((score(&told[0].0), score(&told[0].1)), (400.into(), 250.into()), "{told:?}");
    assert_eq!(stored().await[0].answers[1].marks.standing(), Standing::NotMet);

    // The day of a submission stays before its answers; another version brings its own stage and members.
    let moved = officer.post(&second, "changes=4&submitted_on=2026-08-03&stage=stage-2&version=2").await;
    assert!(moved.text.contains("the answer that is noted came before this day"), "{}", moved.text);
    let moved = officer.post(&second, "changes=4&submitted_on=2026-07-02&stage=stage-2&version=1&reference=7").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text);
    let all = stored().await;
    assert_eq!((all[0].revision, all[0].on.to_string().as_str(), all[0].reference.as_str()), (1, "2026-07-02", "7"));
    assert_eq!(all[0].answers.len(), 2);
    let onto = officer.post(&second, "changes=5&submitted_on=2026-04-01&stage=stage-1&version=1").await;
    assert!(onto.text.contains("is noted already"), "{}", onto.text);

    for (place, changes) in [(format!("{place}/delete"), 5), (format!("{second}/delete"), 6)] {
        assert_eq!(officer.post(&place, "changes=1").await.status, StatusCode::CONFLICT);
        assert_eq!(officer.post(&place, &format!("changes={changes}")).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(stored().await.len(), 1);
    assert_eq!(trail(app, "delete_submission").await[0].0["reference"], "7");

    // What hangs on a draft goes with it.
    consortia::delete(app, &actor, id).await.unwrap();
    let later = open_with(&fresh.url, &fresh.folder, NOW.plus_seconds(40 * 86_400), "http://corridor.example").await;
    let other = Content { name: "Second".to_owned(), ..Content::default() };
    let other = consortia::create(&later, &actor, &other).await.unwrap();
    consortia::delete(&later, &actor, other).await.unwrap();
    for table in ["draft_submissions", "draft_submission_members", "draft_answers"] {
        let text = format!("SELECT COUNT(*) FROM {table}");
        let left: i64 = corridor::on!(later.database, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(text.clone())).fetch_one(pool).await.unwrap());
        assert_eq!(left, 0, "{table}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_outcome_is_of_the_team_and_of_who_was_sent(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, lyon) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let mut content = draft_of(&organisations);
    content.instrument = Some("ihi-two-stage".to_owned());
    content.members[2].side = MemberSide::Industry;
    let id = consortia::create(app, &actor, &content).await.unwrap();
    for organisation in &organisations[1..4] {
        accepted(app, medicen.id, id, *organisation).await;
    }
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let base = format!("/consortia/{id}/outcome");
    let first = noted(&officer, &base, "submitted_on=2026-04-01&stage=stage-1&version=1").await;
    let answer = "changes=1&kind=granted&answered_on=2026-06-15&score.0=4&summary=Weak+partner&grant=5000&rank=9";
    assert_eq!(officer.post(&format!("{first}/answer"), answer).await.status, StatusCode::SEE_OTHER);
    // A fourth joins after it was sent.
    content.members.push(Member::new(organisations[3]));
    consortia::save(app, &actor, id, 1, &content).await.unwrap();

    let partner = async |email: &str, organisation: OrganisationId| {
        Visitor::invited_to(app, "lyonbiopole", email, Role::MemberContact, Some(organisation.0)).await
    };
    let own = format!("/workspaces/{id}/outcome");
    let applicant = partner("one@lab.example", organisations[1]).await;
    let seen = applicant.get(&own).await;
    assert!(seen.text.contains("Granted") && seen.text.contains("Place 9"), "{}", seen.text);
    for hidden in ["Weak partner", "€5,000", "What was sent", "Correct"] {
        assert!(!seen.text.contains(hidden), "{hidden}: {}", seen.text);
    }
    // Industry before the sides are together, and who was not in it when it was sent, are told of none.
    for (email, organisation) in [("two@lab.example", organisations[2]), ("three@lab.example", organisations[3])] {
        let seen = partner(email, organisation).await.get(&own).await;
        assert!(seen.status == StatusCode::OK && seen.text.contains("has been submitted yet"), "{}", seen.text);
    }
    // Nobody else can tell that there is a draft: another cluster, an organisation that was not asked, nobody.
    let other = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    for (visitor, place) in [(&other, &base), (&partner("four@lab.example", organisations[4]).await, &own)] {
        let (there, nowhere) = (visitor.get(place).await, visitor.get(&place.replace(&id.to_string(), NOWHERE)).await);
        assert_eq!(there.status, StatusCode::NOT_FOUND);
        assert_eq!(there.text.replace(&id.to_string(), NOWHERE), nowhere.text);
    }
    for ending in ["", "/delete", "/answer"] {
        let stolen = other.post(&format!("{first}{ending}"), "changes=2&kind=rejected&submitted_on=2026-04-01").await;
        assert_eq!(stolen.status, StatusCode::NOT_FOUND, "{ending}");
    }
    // A submission is only reached through its own draft.
    let beside = consortia::create(app, &actor, &draft_of(&organisations)).await.unwrap();
    let wrong = first.replace(&id.to_string(), &beside.to_string());
    assert_eq!(officer.post(&format!("{wrong}/delete"), "changes=2").await.status, StatusCode::NOT_FOUND);
    let reader = Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await;
    assert_eq!(reader.post(&base, "submitted_on=2026-05-01").await.status, StatusCode::FORBIDDEN);
    let lyons = acting(Role::ProjectOfficer, Some(&lyon), None);
    assert!(matches!(outcomes::of_draft(app, &lyons, id).await, Err(Error::NotFound(_))));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_noted_an_outcome_is_told_and_forgotten(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let officer = Visitor::invited(app, "ada@medicen.example", Role::ProjectOfficer, None).await;
    let made =
        officer.post("/consortia", &format!("name=Ada&instrument=eurostars-3&member={}", organisations[0])).await;
    let base = format!("{}/outcome", made.headers["location"].to_str().unwrap().split('?').next().unwrap());
    let first = noted(&officer, &base, "submitted_on=2026-04-01&version=1").await;
    // Eurostars has one stage and no criteria in its file: they are named from the letter.
    let answer = "changes=1&kind=rejected&answered_on=2026-06-01&criterion.0=Market&score.0=3&of.0=6&least.0=4";
    assert_eq!(officer.post(&format!("{first}/answer"), answer).await.status, StatusCode::SEE_OTHER);
    let page = officer.get(&base).await;
    assert!(page.text.contains("3 of 6") && page.text.contains("A threshold is not reached"), "{}", page.text);

    let ada: Uuid = corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT id FROM people WHERE email = 'ada@medicen.example'",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    let subject = Subject::person(ada);
    let held = outcomes::OutcomeHolding.held(&app.database, &subject).await.unwrap();
    assert_eq!(held.len(), 2, "a submission and an answer: {held:?}");
    let erased: Result<u64, Error> = async {
        transact!(app.database, transaction => {
            let erased = outcomes::OutcomeHolding.erase(transaction, &subject, NOW).await?;
            Ok(erased.iter().map(|one| one.count).sum())
        })
    }
    .await;
    assert_eq!(erased.unwrap(), 2);
    assert!(outcomes::OutcomeHolding.held(&app.database, &subject).await.unwrap().is_empty());
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id: DraftId = base.split('/').nth(2).unwrap().parse().unwrap();
    let (_, left) = outcomes::of_draft(app, &actor, id).await.unwrap();
    assert!(left[0].person.is_none() && left[0].answers.len() == 1, "what was noted stays");
    assert!(participation::seat(app, &actor, id).await.is_ok());
}
