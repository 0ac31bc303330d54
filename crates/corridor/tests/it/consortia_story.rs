//! Consortia: a proposal with its proof, its conflict when there is none, and a draft from its first save to a clash.

use std::path::Path;

use axum::http::StatusCode;
use corridor::partnering::Index;
use corridor::{
    accounts::{
        Action, Actor, ClusterRef, PersonId, Resource, Role, RoleId, Shared, clusters, decide, personas, tokens::Scopes,
    },
    calls,
    consortia::{
        self, Asked, Content, Difference, Earlier, Member, MemberRole, MemberSide, Proposal, ProposalStatus, Step,
        VerdictStatus, differences, propose, propose_live,
    },
    directory::{OrganisationId, imports, merge},
    foundation::{errors::Error, languages::Language},
};
use rstest::rstest;

use crate::{
    databases::{Engine, Fresh, fresh},
    visitors::Visitor,
};

const RIA: &str = "HORIZON-HLTH-2027-01-DISEASE-05";
const IHI: &str = "HORIZON-JU-IHI-2026-13-two-stage-01";

/// An instance with the small pack, its calls, its ranking and its demonstration people.
async fn instance(engine: Engine) -> Fresh {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    let intake = imports::Intake { database: &app.database, clock: app.clock, again: false, report: &|_, _, _| {} };
    imports::import_pack(intake, &Actor::Console, &pack).await.unwrap();
    calls::import(app, &Actor::Console, &pack, &|_, _, _| {}).await.unwrap();
    app.part::<Index>().refresh(&app.database).await.unwrap();
    imports::prepare_demonstration(&app.database, app.clock, "medicen").await.unwrap();
    fresh
}

/// A project officer of the cluster.
fn officer(cluster: &ClusterRef) -> Actor {
    Actor::Person {
        person: PersonId::new(),
        role_id: RoleId::new(),
        name: "officer".to_owned(),
        role: Role::ProjectOfficer,
        cluster: Some(cluster.clone()),
        organisation: None,
        demonstration: false,
        scopes: Scopes::ALL,
    }
}

async fn two_officers(app: &Shared) -> (Actor, Actor) {
    let all = clusters(&app.database).await.unwrap();
    let own = all.iter().find(|cluster| cluster.slug == "medicen").unwrap();
    let other = all.iter().find(|cluster| cluster.slug != "medicen").unwrap();
    (officer(own), officer(other))
}

/// Asked with all the time there is: what is proved must not hang on how busy the machine is.
async fn proposal(app: &Shared, asked: Asked) -> Proposal {
    let asked = Asked { patience: Some(std::time::Duration::from_secs(600)), ..asked };
    propose(app, &Actor::Console, &asked, Language::En).await.unwrap()
}

fn ids(proposal: &Proposal) -> Vec<OrganisationId> {
    proposal.members.iter().map(|member| member.id).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_team_is_proposed_with_verdicts_and_alternatives(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let built = corridor::partnering::ready(app).await.unwrap();
    let inside = built.organisations.iter().find(|body| body.country == "FR" && body.kind == "hospital").unwrap().id;
    let asked = Asked { topic: RIA.to_owned(), with: vec![inside.to_string()], ..Asked::default() };
    let found = proposal(app, asked.clone()).await;
    assert_eq!(found.instrument, "horizon-europe-ria");
    assert_eq!(found.status, ProposalStatus::Optimal, "this small a pool is proved");
    assert_eq!(found.value, found.bound);
    assert!((6..=12).contains(&found.members.len()));
    assert!(ids(&found).contains(&inside), "who was asked for is in");
    let leads: Vec<_> = found.members.iter().filter(|member| member.role == MemberRole::Coordinator).collect();
    assert_eq!(leads.len(), 1, "exactly one coordinates");
    assert!(!found.verdicts.is_empty());
    let broken = found.verdicts.iter().filter(|verdict| verdict.status == eligibility::Status::NotMet);
    assert_eq!(broken.map(|verdict| verdict.rule.as_str()).collect::<Vec<_>>(), Vec::<&str>::new());
    let composition = found.verdicts.iter().find(|verdict| verdict.status == eligibility::Status::Met);
    assert!(composition.is_some_and(|verdict| !verdict.text.fr.is_empty() && !verdict.text.en.is_empty()));
    assert_eq!(found.alternatives.len(), 3);
    for other in &found.alternatives {
        assert!(other.leaves.len() >= 2, "an alternative differs in two members at least");
        assert!(other.value <= found.value.unwrap());
    }
    let again = proposal(app, asked).await;
    assert_eq!(ids(&again), ids(&found), "the answer repeats");

    let json = serde_json::to_value(&found).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["topic", "instrument", "status", "value", "bound", "members", "verdicts", "alternatives", "conflict"]
    );

    let first = proposal(app, Asked { topic: IHI.to_owned(), stage: Some("1".to_owned()), ..Asked::default() }).await;
    assert_eq!(first.instrument, "ihi-two-stage");
    assert!(first.members.iter().all(|member| member.side == MemberSide::Applicant), "no industry at the first stage");
    assert!(!first.members.is_empty());
    assert_eq!(first.content(String::new()).facts.holds, Some(MemberSide::Applicant), "a draft of it knows its side");
    assert!(first.verdicts.iter().all(|verdict| verdict.status != eligibility::Status::NotMet));
    let second = proposal(app, Asked { topic: IHI.to_owned(), stage: Some("2".to_owned()), ..Asked::default() }).await;
    let ledger = second.verdicts.iter().find(|verdict| verdict.rule == "contribution").unwrap();
    assert_eq!(ledger.status, eligibility::Status::Unknown, "nobody has said who contributes what");
    assert!(!ledger.missing.as_ref().unwrap().text.fr.is_empty(), "what is missing is named");
    assert!(second.members.iter().any(|member| member.side == MemberSide::Industry));
    assert_eq!(second.context.holds, None, "both sides are in it");

    let unknown = Asked { topic: "HORIZON-HLTH-2027-01-ENVHLTH-MISSCLIMA-03".to_owned(), ..Asked::default() };
    let refused = propose(app, &Actor::Console, &unknown, Language::En).await.unwrap_err();
    assert!(refused.to_string().contains("--instrument"), "{refused}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_is_explained(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let at_home = Asked { topic: RIA.to_owned(), countries: vec!["fr".to_owned()], ..Asked::default() };
    let found = proposal(app, at_home).await;
    assert_eq!(found.status, ProposalStatus::Infeasible);
    assert!(found.members.is_empty() && found.value.is_none());
    let mut rules: Vec<&str> = found.conflict.iter().map(|rule| rule.rule.as_str()).collect();
    rules.sort_unstable();
    assert_eq!(rules, ["countries", "minimum-composition"], "one country and three countries");
    assert!(found.conflict.iter().all(|rule| !rule.text.fr.is_empty() && !rule.relaxation.fr.is_empty()));

    // A competence that nobody in the pack has, with exactly six members.
    let nobody: String = {
        let held: Vec<String> = sqlx_strings(app, "SELECT DISTINCT concept_id FROM organisation_competences").await;
        let all: Vec<String> =
            sqlx_strings(app, "SELECT id FROM concepts WHERE id NOT IN (SELECT broader FROM concepts WHERE broader IS NOT NULL) ORDER BY id").await;
        all.into_iter().find(|id| !held.contains(id)).unwrap()
    };
    let asked =
        Asked { topic: RIA.to_owned(), size: Some((6, 6)), must_cover: vec![nobody.clone()], ..Asked::default() };
    let found = proposal(app, asked).await;
    let rules: Vec<&str> = found.conflict.iter().map(|rule| rule.rule.as_str()).collect();
    assert_eq!(rules, [format!("cover-{nobody}")], "nothing else is to blame");
    let wrong = Asked { topic: RIA.to_owned(), must_cover: vec!["no such thing".to_owned()], ..Asked::default() };
    assert!(matches!(propose(app, &Actor::Console, &wrong, Language::En).await, Err(Error::Input(_))));
    let wrong = Asked { topic: RIA.to_owned(), size: Some((9, 3)), ..Asked::default() };
    assert!(matches!(propose(app, &Actor::Console, &wrong, Language::En).await, Err(Error::Input(_))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_asked_of_a_search_has_bounds() {
    let fresh = instance(Engine::Sqlite).await;
    let app = &fresh.app;
    let asked = |size| Asked { topic: RIA.to_owned(), size: Some(size), ..Asked::default() };
    for size in [(0, 4), (5, 4), (1, 61)] {
        let refused = propose(app, &Actor::Console, &asked(size), Language::En).await;
        assert!(matches!(refused, Err(Error::Input(_))), "{size:?}");
    }
    let (mut program, _) = two_officers(app).await;
    if let Actor::Person { scopes, .. } = &mut program {
        *scopes = "calls:read directory:read".parse().unwrap();
    }
    let refused = propose(app, &program, &asked((4, 4)), Language::En).await;
    assert!(matches!(refused, Err(Error::Refused { .. })), "ranking is not in its scopes");
}

async fn sqlx_strings(app: &Shared, text: &'static str) -> Vec<String> {
    let read: Result<Vec<String>, Error> =
        async { Ok(corridor::on!(app.database, pool => sqlx::query_scalar(text).fetch_all(pool).await?)) }.await;
    read.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_lives(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let (own, other) = two_officers(app).await;
    let asked = Asked { topic: RIA.to_owned(), size: Some((4, 4)), ..Asked::default() };
    let content = proposal(app, asked).await.content("Antivirals".to_owned());
    let id = consortia::create(app, &own, &content).await.unwrap();
    let draft = consortia::open(app, &own, id).await.unwrap();
    assert_eq!((draft.revision, &draft.content), (1, &content));

    let mut mine = content.clone();
    mine.members[0].cost_cents = Some(125_000_050);
    assert_eq!(consortia::save(app, &own, id, 1, &mine).await.unwrap(), 2);
    assert_eq!(consortia::save(app, &own, id, 2, &mine).await.unwrap(), 2, "saving the same is no new version");
    let mut late = content.clone();
    late.members[0].cost_cents = Some(77);
    late.members.pop();
    assert!(matches!(consortia::save(app, &own, id, 1, &late).await, Err(Error::Clash(_))));
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, mine, "a clash writes nothing");
    let (_, open, beside) = consortia::contradictions(app, &own, id, 1, &late).await.unwrap();
    assert!(
        matches!(&open[..], [one] if matches!(&one.differences[..], [Difference::Member(_, "cost", ..)])),
        "{open:?}"
    );
    assert_eq!(beside, []);
    late.members[0].cost_cents = content.members[0].cost_cents;
    assert_eq!(consortia::save(app, &own, id, 1, &late).await.unwrap(), 3, "what contradicts nothing is put together");
    late.members[0].cost_cents = mine.members[0].cost_cents;
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, late);
    let versions = consortia::versions(app, &own, id).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.revision).collect::<Vec<_>>(), [3, 2, 1]);
    let second = consortia::version(app, &own, id, 2).await.unwrap();
    assert_eq!(second, mine);
    assert!(matches!(differences(&mine, &late)[..], [Difference::Left(_)]));
    assert_eq!(consortia::restore(app, &own, id, 2).await.unwrap(), 4);
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, mine);

    let mut negative = mine.clone();
    negative.members[1].requested_cents = Some(-1);
    assert!(matches!(consortia::save(app, &own, id, 4, &negative).await, Err(Error::Invalid(_))));
    let stranger = Content { members: vec![Member::new(OrganisationId::new())], ..mine.clone() };
    assert!(matches!(consortia::save(app, &own, id, 4, &stranger).await, Err(Error::Invalid(_))));

    // Another cluster neither sees nor changes it, and cannot tell that it is there.
    assert!(consortia::list(app, &other).await.unwrap().is_empty());
    assert!(matches!(consortia::open(app, &other, id).await, Err(Error::NotFound(_))));
    assert!(matches!(consortia::save(app, &other, id, 4, &late).await, Err(Error::NotFound(_))));
    assert!(matches!(consortia::delete(app, &other, id).await, Err(Error::NotFound(_))));
    assert!(matches!(consortia::undelete(app, &other, id).await, Err(Error::NotFound(_))));
    assert!(matches!(consortia::archive(app, &other, id, true).await, Err(Error::NotFound(_))));
    assert!(consortia::list(app, &Actor::Nobody).await.is_err());
    let cluster = own.cluster().unwrap().id;
    assert!(decide(&other, Action::ReadDrafts, Resource::Cluster(cluster)).is_err());

    consortia::archive(app, &own, id, true).await.unwrap();
    assert!(consortia::list(app, &own).await.unwrap()[0].archived_at.is_some());
    consortia::archive(app, &own, id, false).await.unwrap();
    consortia::delete(app, &own, id).await.unwrap();
    assert!(consortia::list(app, &own).await.unwrap().is_empty());
    assert!(matches!(consortia::open(app, &own, id).await, Err(Error::NotFound(_))));
    consortia::undelete(app, &own, id).await.unwrap();
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, mine);
    let trail: Vec<String> =
        sqlx_strings(app, "SELECT action FROM audit_entries WHERE subject_kind = 'draft' ORDER BY at, id").await;
    assert_eq!(
        trail,
        ["create", "save", "save", "save", "archive", "reopen", "delete", "undelete"],
        "every change is in the trail, and only those"
    );

    // Of two who save at the same moment neither is lost: each is a version of its own.
    let (mut named, mut longer) = (mine.clone(), mine.clone());
    named.name = "At once".to_owned();
    longer.facts.duration_months = Some(60);
    let (one, another) =
        tokio::join!(consortia::save(app, &own, id, 4, &named), consortia::save(app, &own, id, 4, &longer));
    let mut revisions = [one.unwrap(), another.unwrap()];
    revisions.sort_unstable();
    assert_eq!(revisions, [5, 6]);
    let both = consortia::open(app, &own, id).await.unwrap().content;
    assert_eq!((both.name.as_str(), both.facts.duration_months), ("At once", Some(60)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_ends_when_nobody_listens() {
    let fresh = instance(Engine::Sqlite).await;
    let asked =
        Asked { topic: RIA.to_owned(), patience: Some(std::time::Duration::from_secs(600)), ..Asked::default() };
    let listen = async || propose_live(&fresh.app, &Actor::Console, &asked, Language::En).await.unwrap();
    // Many more than there are turns: those whose listener is gone leave theirs to the last.
    for _ in 0..50 {
        drop(listen().await);
    }
    let mut steps = listen().await;
    let mut ended = None;
    while let Some(step) = steps.recv().await {
        assert!(ended.is_none(), "the answer is the last step");
        match step.unwrap() {
            Step::Better(proposal) => assert_eq!(proposal.status, ProposalStatus::Feasible),
            Step::Ended(proposal) => ended = Some(proposal),
        }
    }
    assert_eq!(ended.unwrap().status, ProposalStatus::Optimal);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_is_worked_on_in_the_browser(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let visitor = Visitor::acting_as(app, Role::ProjectOfficer).await;
    assert!(personas(&app.database).await.unwrap().len() > 2);
    let empty = visitor.get("/consortia?lang=fr").await;
    assert_eq!(empty.status, StatusCode::OK);
    assert!(empty.text.contains("Les consortiums de votre pôle apparaîtront ici"), "{}", empty.text);

    let question = visitor.get(&format!("/consortia/new?topic={RIA}")).await;
    assert!(question.text.contains(RIA), "{}", question.text);
    let answer = visitor.get(&format!("/consortia/proposal?topic={RIA}&least=4&most=5")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.text.contains("team-table") && answer.text.contains("verdict"));
    let none = visitor.get(&format!("/consortia/proposal?topic={RIA}&country=FR")).await;
    assert!(none.text.contains("cannot hold together"), "{}", none.text);
    assert_eq!(visitor.get("/consortia/proposal?topic=NO-SUCH").await.status, StatusCode::NOT_FOUND);

    // Without the time to prove it the page offers to search on: by a stream of its parts, or by the same page once more.
    let hasty = visitor.get(&format!("/consortia/proposal?topic={RIA}&least=4&most=5&patience=0")).await;
    let on = format!("/consortia/proposal/live?topic={RIA}&least=4&most=5");
    assert!(hasty.text.contains(&format!("data-src=\"{}\"", on.replace('&', "&amp;"))), "{}", hasty.text);
    let live = visitor.get(&on).await;
    assert_eq!(live.headers["content-type"], "text/event-stream");
    let last = live.text.trim_end().rsplit("\n\n").next().unwrap();
    let parts = last.strip_prefix("event: ended\ndata: ").unwrap_or_else(|| panic!("{}", live.text));
    let parts: serde_json::Value = serde_json::from_str(parts).unwrap();
    assert!(parts["answer"].as_str().unwrap().contains("Proved best"), "{parts}");
    assert!(parts["rules"].as_str().unwrap().contains("verdict"));
    assert_eq!(visitor.get("/consortia/proposal/live?topic=NO-SUCH").await.status, StatusCode::NOT_FOUND);

    let team = proposal(app, Asked { topic: RIA.to_owned(), size: Some((3, 3)), ..Asked::default() }).await;
    let mut form = format!("topic={RIA}&name=Coeur+%3Cb%3E");
    for member in &team.members {
        form.push_str(&format!("&member={}&role-{}={}", member.id, member.id, member.role.key()));
    }
    let made = visitor.post("/consortia", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let place = made.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let sheet = visitor.get(&place).await;
    assert_eq!(sheet.status, StatusCode::OK, "{}", sheet.text);
    assert!(sheet.text.contains("Coeur &lt;b&gt;") && !sheet.text.contains("Coeur <b>"), "names are escaped");
    assert!(sheet.text.contains("verdict-met"), "the rules are read");

    let gone = team.members[0].id;
    let left: Vec<String> = team.members[1..].iter().map(|member| format!("member={}", member.id)).collect();
    let fields = format!("revision=1&has_members=1&name=Coeur&{}", left.join("&"));
    let preview = visitor.post(&format!("{place}/preview"), &fields).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert!(preview.text.contains("verdict-not-met"), "two members are too few: {}", preview.text);
    assert!(!preview.text.contains("<html"), "only the part that changes");
    let wrong = visitor.post(&place, &format!("{fields}&act=save&cost-{}=-5", team.members[1].id)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("an amount cannot be negative") && wrong.text.contains("value=\"-5\""));

    let typed = format!("{fields}&cost-{}=1+250+000%2C50", team.members[1].id);
    let removed = visitor.post(&place, &format!("{typed}&member={gone}&act=remove:{gone}")).await;
    let back = removed.headers["location"].to_str().unwrap().to_owned();
    assert!(back.contains("undo=1"), "{back}");
    // Somebody else had the page open before: other fields are put together, the same field is asked for.
    let amount = format!("cost-{}", team.members[1].id);
    let late = format!("{}&name=Late", typed.replace("1+250", "9+250"));
    let clash = visitor.post(&place, &format!("{late}&act=save")).await;
    assert_eq!(clash.status, StatusCode::CONFLICT, "{}", clash.text);
    assert!(
        clash.text.contains("€1,250,000.50") && clash.text.contains("€9,250,000.50"),
        "both are shown: {}",
        clash.text
    );
    let own = format!("seen=2&keep.name=own&keep.members%2F{}%2Fcosts=own", team.members[1].id);
    let stale = visitor.post(&place, &format!("{late}&act=save&{}", own.replace("seen=2", "seen=1"))).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "a choice made of another version does not count");
    let chosen = visitor.post(&place, &format!("{late}&act=save&{own}")).await;
    assert!(chosen.headers["location"].to_str().unwrap().contains("consortia-saved-together"), "{}", chosen.text);
    let sheet = visitor.get(&place).await;
    assert!(sheet.text.contains("Late") && sheet.text.contains("value=\"9,250,000.50\""), "{amount}: {}", sheet.text);
    let newer = visitor.post(&format!("{place}/preview"), &fields).await;
    assert!(newer.text.contains("saved version 3 while"), "{}", newer.text);
    let lost = visitor.post(&place, &format!("{}&act=save", fields.replace("revision=1", "revision=99"))).await;
    assert_eq!(lost.status, StatusCode::BAD_REQUEST, "{}", lost.text);
    let undone = visitor.post(&format!("{place}/restore"), "revision=1").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    let history = visitor.get(&format!("{place}/versions")).await;
    assert!(history.text.contains("€1,250,000.50"), "{}", history.text);
    let added =
        visitor.post(&place, &format!("revision=4&act=add&add_id={}", team.alternatives[0].members[0].id)).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);

    // What if a partner left, and what if it were another instrument: nothing is saved by asking.
    let sheet = visitor.get(&place).await.text;
    let revision: i64 =
        sheet.split("name=\"revision\" value=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap();
    let one = format!("revision={revision}&has_members=1&member={}", team.members[1].id);
    let fewer = visitor.post(&format!("{place}/what-if"), &one).await;
    assert_eq!(fewer.status, StatusCode::OK, "{}", fewer.text);
    assert!(fewer.text.contains("turn-worse") && fewer.text.contains("verdict-missing"), "{}", fewer.text);
    let other = visitor.post(&format!("{place}/what-if"), &format!("revision={revision}&instrument=eurostars-3")).await;
    assert!(other.text.contains("turn-other"), "rules that only one of two instruments has: {}", other.text);
    let kept = visitor.get(&format!("/api{place}")).await;
    assert!(
        kept.text.contains(&format!("\"revision\":{revision}")) && kept.text.contains("horizon-europe-ria"),
        "{}",
        kept.text
    );

    for (format, begins) in [("csv", "\u{feff}Organisation"), ("json", "{"), ("xlsx", "PK"), ("pdf", "%PDF-")] {
        let file = visitor.get(&format!("{place}/export/{format}")).await;
        assert!(file.status == StatusCode::OK && file.text.starts_with(begins), "{format}: {:.60}", file.text);
    }
    let network = visitor.get(&format!("/api{place}/network")).await;
    assert!(network.text.contains("\"nodes\""), "{}", network.text);
    let listed = visitor.get("/api/consortia").await;
    assert!(listed.text.contains(RIA), "{}", listed.text);
    let checked = visitor
        .post("/api/check", r#"{"instrument":"horizon-europe-csa","date":"2026-09-01","entities":[{"id":"a","country":"FR","kind":"university"}]}"#)
        .await;
    assert!(checked.text.contains("\"verdicts\""), "{}", checked.text);
    let unusable = visitor.post("/api/check", r#"{"instrument":"horizon-europe-csa"}"#).await;
    assert_eq!(unusable.status, StatusCode::BAD_REQUEST);
    for path in ["/instruments", "/instruments/ihi-two-stage", "/instruments/ihi-two-stage?when=all&lang=fr"] {
        let page = visitor.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
    }
    assert_eq!(visitor.get("/instruments/none").await.status, StatusCode::NOT_FOUND);

    let member = Visitor::acting_as(app, Role::MemberContact).await;
    assert_eq!(member.get(&place).await.status, StatusCode::FORBIDDEN, "a member reads what it takes part in only");
    assert_eq!(member.post(&place, "revision=4&act=save").await.status, StatusCode::FORBIDDEN);
    let region = Visitor::acting_as(app, Role::NetworkOfficer).await;
    assert_eq!(region.get(&place).await.status, StatusCode::FORBIDDEN);
}

/// The status of a rule on a draft.
async fn verdict_on(app: &Shared, actor: &Actor, content: &Content, rule: &str) -> VerdictStatus {
    let sheet = consortia::view(app, actor, content, Language::En).await.unwrap();
    let verdict = sheet.verdicts.iter().find(|verdict| verdict.rule == rule);
    verdict.unwrap_or_else(|| panic!("{rule} among {:?}", sheet.verdicts)).status
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn declarations_settle_what_rules_wait_for(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let visitor = Visitor::acting_as(app, Role::ProjectOfficer).await;
    let (own, _) = two_officers(app).await;
    let built = corridor::partnering::ready(app).await.unwrap();
    let of_kind = |kind: &str| built.organisations.iter().find(|body| body.country == "FR" && body.kind == kind);
    let lab = of_kind("university").or_else(|| of_kind("research_organisation")).unwrap().id;
    let firm = of_kind("company").or_else(|| of_kind("sme")).unwrap().id;

    // A plan for equality is asked of the laboratory alone; yes and no settle the rule, nothing leaves it open.
    let made = visitor.post("/consortia", &format!("topic={RIA}&name=Plan&member={lab}&member={firm}")).await;
    let place = made.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    let id: consortia::DraftId = place.rsplit('/').next().unwrap().parse().unwrap();
    let rule = "gender-equality-plan";
    let draft = consortia::open(app, &own, id).await.unwrap();
    assert_eq!(verdict_on(app, &own, &draft.content, rule).await, VerdictStatus::Unknown);
    let page = visitor.get(&place).await;
    assert!(page.text.contains(&format!("name=\"document.gep-{lab}\"")), "the laboratory is asked: {}", page.text);
    assert!(!page.text.contains(&format!("name=\"document.gep-{firm}\"")), "the firm is not");
    let members = format!("has_members=1&member={lab}&member={firm}");
    let saved = visitor.post(&place, &format!("revision=1&{members}&document.gep-{lab}=yes&act=save")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let draft = consortia::open(app, &own, id).await.unwrap();
    assert_eq!(draft.content.members[0].declared.documents.get("gep"), Some(&true));
    assert_eq!(verdict_on(app, &own, &draft.content, rule).await, VerdictStatus::Met);
    visitor.post(&place, &format!("revision=2&{members}&document.gep-{lab}=no&act=save")).await;
    let draft = consortia::open(app, &own, id).await.unwrap();
    assert_eq!(verdict_on(app, &own, &draft.content, rule).await, VerdictStatus::NotMet);
    let history = visitor.get(&format!("{place}/versions?lang=fr")).await;
    assert!(history.text.contains("Plan d’égalité femmes-hommes"), "{}", history.text);
    let trail = sqlx_strings(app, "SELECT CAST(after AS TEXT) FROM audit_entries WHERE subject_kind = 'draft'").await;
    assert!(trail.iter().any(|after| after.contains("gep")), "what was declared is in the trail: {trail:?}");

    // Without a size nobody knows whether a firm may apply alone; its declaration and its past tell.
    let mut alone =
        Content { name: "Alone".to_owned(), instrument: Some("eic-accelerator".to_owned()), ..Content::default() };
    alone.members.push(Member::new(firm));
    alone.members[0].declared.sme = Some(true);
    assert_eq!(verdict_on(app, &own, &alone, "applicant").await, VerdictStatus::Met);
    assert_eq!(verdict_on(app, &own, &alone, "earlier-failures").await, VerdictStatus::Unknown);
    alone.facts.earlier = Some(Vec::new());
    assert_eq!(verdict_on(app, &own, &alone, "earlier-failures").await, VerdictStatus::Met);
    let failed = Earlier {
        programme: "EIC Accelerator".to_owned(),
        outcome: corridor::consortia::Outcome::Unsuccessful,
        on: Some("2025-03-12".parse().unwrap()),
        ..Earlier::default()
    };
    alone.facts.earlier = Some(vec![failed; 3]);
    assert_eq!(verdict_on(app, &own, &alone, "earlier-failures").await, VerdictStatus::NotMet);
    let id = consortia::create(app, &own, &alone).await.unwrap();
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, alone, "all of it is stored");
    let page = visitor.get(&format!("/consortia/{id}")).await;
    assert!(page.text.contains("name=\"earlier_programme.3\""), "three rows and an empty one: {}", page.text);

    // A label after the closing date comes too late.
    let mut labelled = Content { instrument: Some("pspc-regions".to_owned()), ..alone.clone() };
    labelled.name = "Label".to_owned();
    assert_eq!(verdict_on(app, &own, &labelled, "label").await, VerdictStatus::Unknown);
    labelled.facts.label_issuer = Some("Medicen".to_owned());
    labelled.facts.label_on = Some("2026-03-01".parse().unwrap());
    labelled.facts.closes_on = Some("2026-02-01".parse().unwrap());
    assert_eq!(verdict_on(app, &own, &labelled, "label").await, VerdictStatus::NotMet);
    labelled.facts.closes_on = Some("2026-03-15".parse().unwrap());
    assert_eq!(verdict_on(app, &own, &labelled, "label").await, VerdictStatus::Met);

    // Today says what is not met and what is not known.
    let standing = consortia::under_way(app, &own).await.unwrap();
    let of_alone = standing.iter().find(|(line, _)| line.id == id).and_then(|(_, standing)| *standing).unwrap();
    assert_eq!((of_alone.eligible, of_alone.not_met), (Some(false), 1));
    let today = visitor.get("/").await;
    assert!(today.text.contains("1 condition of eligibility not met"), "{}", today.text);
    assert!(today.text.contains(&format!("/consortia/{id}#live")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_merge_is_followed_and_taken_back(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let fresh = instance(engine).await;
    let app = &fresh.app;
    let (own, _) = two_officers(app).await;
    let team = proposal(app, Asked { topic: RIA.to_owned(), size: Some((3, 3)), ..Asked::default() }).await;
    let mut content = team.content("Three".to_owned());
    for (member, cents) in content.members.iter_mut().zip([100, 200, 300]) {
        member.cost_cents = Some(cents);
    }
    let [kept, other, third] = content.members.iter().map(|member| member.organisation).collect::<Vec<_>>()[..] else {
        panic!("three members")
    };
    let id = consortia::create(app, &own, &content).await.unwrap();
    let call = "imi-call-2";
    let parties = async || calls::other(app, &Actor::Console, call).await.unwrap().parties;
    calls::import_world(app, &Actor::Console, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack/world"))
        .await
        .unwrap();
    let party = OrganisationId(parties().await[0].organisation_id);
    let all = parties().await.len();

    // Merged twice over: the other into the kept one, that into the third; the party of the call into the third as well.
    let first = merge::merge(app, &Actor::Console, kept, other).await.unwrap();
    let open = consortia::open(app, &own, id).await.unwrap().content.members;
    assert_eq!(
        open.iter().map(|member| (member.organisation, member.cost_cents)).collect::<Vec<_>>(),
        [(kept, Some(300)), (third, Some(300))]
    );
    let second = merge::merge(app, &Actor::Console, third, kept).await.unwrap();
    let open = consortia::open(app, &own, id).await.unwrap().content.members;
    assert_eq!(open.len(), 1, "the merge of a merge is followed");
    assert_eq!((open[0].organisation, open[0].role, open[0].cost_cents), (third, MemberRole::Coordinator, Some(600)));
    let line = consortia::list(app, &own).await.unwrap().remove(0);
    assert_eq!((line.members, line.cost_cents), (1, Some(600)));
    let joined = merge::merge(app, &Actor::Console, third, party).await.unwrap();
    let now = parties().await;
    assert_eq!(now.len(), all);
    assert!(
        now.iter().any(|one| one.organisation_id == third.0) && now.iter().all(|one| one.organisation_id != party.0)
    );

    for id in [joined, second, first] {
        merge::undo(app, &Actor::Console, id).await.unwrap();
    }
    assert_eq!(consortia::open(app, &own, id).await.unwrap().content, content, "all is as it was");
    assert!(parties().await.iter().any(|one| one.organisation_id == party.0));
}
