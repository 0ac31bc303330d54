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
    // Of two who answer at the same moment one is told.
    let place = format!("{second}/answer");
    let (one, another) = tokio::join!(officer.post(&place, reserve), officer.post(&place, reserve));
    let mut both = [one.status, another.status];
    both.sort_unstable();
    assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
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

/// A draft that was submitted on a day, with its answer where there is one.
async fn sent(visitor: &Visitor, app: &Shared, content: &Content, on: &str, answer: &str) -> DraftId {
    let (medicen, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let id = consortia::create(app, &actor, content).await.unwrap();
    let base = format!("/consortia/{id}/outcome");
    let first = noted(visitor, &base, &format!("submitted_on={on}&stage=single&version=1")).await;
    if !answer.is_empty() {
        let noted = visitor.post(&format!("{first}/answer"), &format!("changes=1&{answer}")).await;
        assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.text);
    }
    id
}

async fn is_member(app: &Shared, cluster: corridor::accounts::ClusterId, organisation: OrganisationId) {
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            corridor::execute!(transaction, sqlx::query(
                "INSERT INTO memberships (cluster_id, organisation_id, basis, source_id, audience)
                 VALUES ($1, $2, 'stated', (SELECT id FROM sources ORDER BY slug LIMIT 1), 'team')
                 ON CONFLICT DO NOTHING",
            )
            .bind(cluster)
            .bind(organisation));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_rate_opens_on_its_records(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    is_member(app, medicen.id, organisations[0]).await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    assert!(officer.get("/submissions").await.text.contains("Nothing has been submitted yet"));
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let topic = consortia::find_topic(app, &actor, "HORIZON-HLTH-2027-01-DISEASE-05").await.unwrap();
    let mut content = draft_of(&organisations);
    content.topic = Some(topic.id);
    let granted = "kind=granted&answered_on=2026-06-01&score.0=4&score.1=4&score.2=4&grant=5000000&rank=1&rank_of=8";
    let heart = sent(&officer, app, &content, "2026-02-01", granted).await;
    let lung = Content { name: "=Lung".to_owned(), topic: None, ..content.clone() };
    sent(&officer, app, &lung, "2025-02-01", "kind=rejected&answered_on=2025-06-01&total=9").await;
    let mut liver = Content { name: "Liver".to_owned(), topic: None, ..content.clone() };
    liver.members.remove(0);
    sent(&officer, app, &liver, "2026-03-01", "").await;

    let page = officer.get("/submissions").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for text in [
        "1 of 2 granted",
        "href=\"/submissions?year=2026&amp;state=granted#records\"",
        "/submissions?part=coordinator#records",
        "€5,000,000",
        "3 submissions",
    ] {
        assert!(page.text.contains(text), "{text}: {}", page.text);
    }
    let of = async |query: &str| officer.get(&format!("/submissions?{query}")).await;
    let records = |page: &str| page.split("id=\"records\"").nth(1).unwrap_or_default().to_owned();
    for (query, inside, outside) in [
        ("year=2025", "=Lung", "Heart"),
        ("state=waiting", "Liver", "=Lung"),
        ("part=coordinator&state=granted", "Heart", "Liver"),
        ("topic=horizon-hlth-2027-01-disease-05", "Heart", "Liver"),
    ] {
        let shown = records(&of(query).await.text);
        assert!(shown.contains(inside) && !shown.contains(outside), "{query}: {shown}");
    }
    assert!(records(&of("state=withdrawn").await.text).contains("No submission is of this sort"));
    assert_eq!(of("state=won").await.status, StatusCode::BAD_REQUEST);

    // Files hold the same, and nothing that a spreadsheet would run.
    let file = officer.get("/submissions/export?format=csv&year=2025").await;
    let mut rows = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!((rows.len(), &rows[0][0], &rows[0][6], &rows[0][8], &rows[0][10]), (1, "'=Lung", "rejected", "9", "60"));
    let json: serde_json::Value =
        serde_json::from_str(&officer.get("/submissions/export?format=json").await.text).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 3);
    assert!(officer.get("/submissions/export?format=xlsx").await.bytes.starts_with(b"PK"));
    let api: serde_json::Value =
        serde_json::from_str(&officer.get("/api/submissions?state=granted").await.text).unwrap();
    assert_eq!((&api[0]["name"], &api[0]["answers"][0]["total_hundredths"]), (&"Heart".into(), &1200.into()));

    // What ranking learns from, in the form that it reads.
    let table = async |name: &str, query: &str| {
        let file = officer.get(&format!("/submissions/learning/{name}{query}")).await;
        assert_eq!(file.status, StatusCode::OK, "{}", file.text);
        file.text
    };
    let projects = table("projects.csv", "?state=granted").await;
    assert!(projects.starts_with("rcn,start,title,objective,topic_title,topic,programme_part,"), "{projects}");
    assert!(projects.contains("2026-02-01,Heart,") && projects.contains(",horizon-europe,granted,80"), "{projects}");
    assert!(!projects.contains("Liver"), "{projects}");
    let rejected = table("projects.csv", "?state=rejected").await;
    assert!(rejected.contains(",'=Lung,"), "a spreadsheet runs nothing of it: {rejected}");
    let participations = table("participations.csv", "?state=granted").await;
    assert_eq!(participations.lines().filter(|line| line.ends_with(",coordinator")).count(), 1, "{participations}");
    assert_eq!(table("organisations.csv", "").await.lines().count(), 4);

    // In short beside the call and the organisation, for the team only.
    let call = "/calls/HORIZON-HLTH-2027-01-DISEASE-05/submissions";
    let beside = format!("/organisations/{}/submissions", organisations[0]);
    assert!(officer.get(call).await.text.contains(&format!("/consortia/{heart}/outcome")));
    assert!(officer.get(&beside).await.text.contains("2 submissions"));
    let reader = Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await;
    let other = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    for place in [call, &beside] {
        for visitor in [&reader, &other] {
            let seen = visitor.get(place).await;
            assert!(seen.status == StatusCode::OK && seen.text.is_empty(), "{place}: {}", seen.text);
        }
    }
    assert!(other.get("/submissions").await.text.contains("Nothing has been submitted yet"));
    assert_eq!(other.get("/api/submissions").await.text, "[]");
    assert_eq!(reader.get("/submissions").await.status, StatusCode::FORBIDDEN);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_count_what_was_noted(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, lyon) = two_clusters(app).await;
    let officer = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let alone = |name: &str, organisation| {
        let mut content = Content { name: name.to_owned(), ..Content::default() };
        content.instrument = Some("eic-accelerator".to_owned());
        content.members = vec![Member { role: MemberRole::Coordinator, ..Member::new(organisation) }];
        content
    };
    let asked = async |visitor: &Visitor, id: DraftId, rule: &str| -> (String, bool) {
        let text = visitor.get(&format!("/api/consortia/{id}")).await.text;
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let all = json["verdicts"].as_array().unwrap();
        let found = all.iter().find(|verdict| verdict["rule"] == rule).unwrap_or_else(|| panic!("{rule}: {text}"));
        (found["status"].as_str().unwrap().to_owned(), json["eligible"] == false)
    };
    let verdict = async |id: DraftId, rule: &str| asked(&officer, id, rule).await;
    let fourth = consortia::create(app, &actor, &alone("Fourth", organisations[0])).await.unwrap();
    for (name, on) in [("First", "2024-03-01"), ("Second", "2025-03-01"), ("Third", "2026-03-01")] {
        let before = verdict(fourth, "earlier-failures").await;
        assert_ne!(before.0, "not-met", "{name}");
        sent(&officer, app, &alone(name, organisations[0]), on, &format!("kind=rejected&answered_on={on}")).await;
    }
    // Three that were noted break the rule; a rule that they do not break still waits for somebody to say that there were
    // no others.
    assert_eq!(verdict(fourth, "earlier-failures").await, ("not-met".to_owned(), true));
    assert_eq!(verdict(fourth, "grant-only-once").await.0, "unknown");
    let sheet = officer.get(&format!("/consortia/{fourth}")).await;
    for text in ["Earlier submissions noted in Corridor", ">Third</a>", "submitted on 1 March 2026, rejected"] {
        assert!(sheet.text.contains(text), "{text}: {}", sheet.text);
    }
    // Once somebody says that there were no others, those that were noted are all.
    let mut content = consortia::open(app, &actor, fourth).await.unwrap().content;
    content.facts.earlier = Some(Vec::new());
    consortia::save(app, &actor, fourth, 1, &content).await.unwrap();
    assert_eq!(verdict(fourth, "grant-only-once").await.0, "met");
    assert!(
        consortia::open(app, &actor, fourth).await.unwrap().content.facts.recorded.is_empty(),
        "it is never stored"
    );
    // Somebody else's failures, and what another cluster noted, are not its own.
    let beside = consortia::create(app, &actor, &alone("Beside", organisations[1])).await.unwrap();
    assert_ne!(verdict(beside, "earlier-failures").await.0, "not-met");
    let lyons = acting(Role::ProjectOfficer, Some(&lyon), None);
    let theirs = consortia::create(app, &lyons, &alone("Theirs", organisations[0])).await.unwrap();
    let other = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    assert_ne!(asked(&other, theirs, "earlier-failures").await.0, "not-met");
    let seen = other.get(&format!("/consortia/{theirs}")).await.text;
    assert!(!seen.contains("Earlier submissions noted in Corridor"), "{seen}");

    // A network that was rejected under 80 % cannot come again next year; one with other beneficiaries can.
    let mut network = draft_of(&organisations);
    network.instrument = Some("msca-doctoral-networks".to_owned());
    let low = "kind=rejected&answered_on=2026-05-01&score.0=79&score.1=79&score.2=80";
    let rejected = sent(&officer, app, &network, "2025-11-20", low).await;
    assert_eq!(verdict(rejected, "resubmission").await, ("not-met".to_owned(), true));
    network.members[2] = Member::new(organisations[3]);
    let other = consortia::create(app, &actor, &network).await.unwrap();
    assert_ne!(verdict(other, "resubmission").await.0, "not-met");
    // That it may be the same proposal is told, for somebody to say so.
    let sheet = officer.get(&format!("/consortia/{other}")).await.text;
    assert!(sheet.contains("Of its 3 beneficiaries 2 take part here"), "{sheet}");
    network.members[1] = Member::new(organisations[4]);
    let apart = consortia::create(app, &actor, &network).await.unwrap();
    let sheet = officer.get(&format!("/consortia/{apart}")).await.text;
    assert!(!sheet.contains("Earlier submissions noted in Corridor"), "{sheet}");
}
