//! Partners of a draft: who has a seat in it, and what each sees.

use std::path::Path;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterId, ClusterRef, PersonId, Role, RoleId, Shared, clusters, tokens::Scopes},
    calls,
    consortia::{
        self, Content, DraftId, Member, MemberRole, MemberSide,
        participation::{self, Seat, SignOff, State},
    },
    directory::{OrganisationId, imports, merge},
    execute,
    foundation::{
        errors::Error,
        personal::{Holding, Subject},
    },
    transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, fresh, open_with},
    mailbox::{letters_to, link_in},
    visitors::{Visitor, prepare_people},
};

const IHI: &str = "HORIZON-JU-IHI-2026-13-two-stage-01";
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// An instance with the small pack and its calls, and four organisations.
pub async fn instance(engine: Engine) -> (Fresh, Vec<OrganisationId>) {
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

pub fn acting(role: Role, cluster: Option<&ClusterRef>, organisation: Option<OrganisationId>) -> Actor {
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

pub async fn two_clusters(app: &Shared) -> (ClusterRef, ClusterRef) {
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
    // Where the instrument knows no sides, nobody is hidden behind one that no page shows.
    let mut one_sided = two_sided(&organisations);
    one_sided.instrument = Some("horizon-europe-ria".to_owned());
    let whole = consortia::create(app, &officer, &one_sided).await.unwrap();
    accepted(app, medicen.id, whole, organisations[0]).await;
    let page = partner.get(&format!("/workspaces/{whole}")).await;
    assert!(page.text.contains(&organisations[3].to_string()), "{}", page.text);
    assert_eq!(partner.get(&format!("/consortia/{id}")).await.status, StatusCode::FORBIDDEN);
    let other = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(organisations[4].0)).await;
    let (there, nowhere) =
        (other.get(&format!("/workspaces/{id}")).await, other.get(&format!("/workspaces/{NOWHERE}")).await);
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&id.to_string(), NOWHERE), nowhere.text);
    assert!(!other.get("/workspaces").await.text.contains("Two sides"));
}

/// A world with an officer who has an account, a draft of two members, and the organisations.
struct World {
    fresh: Fresh,
    organisations: Vec<OrganisationId>,
    officer: Visitor,
    actor: Actor,
    draft: DraftId,
}

async fn world(engine: Engine) -> World {
    let (fresh, organisations) = instance(engine).await;
    let app = &fresh.app;
    let (medicen, _) = two_clusters(app).await;
    let actor = acting(Role::ProjectOfficer, Some(&medicen), None);
    let mut content = Content { name: "Heart".to_owned(), ..Content::default() };
    content.instrument = Some("horizon-europe-ria".to_owned());
    content.topic = Some(consortia::find_topic(app, &actor, "HORIZON-HLTH-2027-01-DISEASE-05").await.unwrap().id);
    for (organisation, role) in
        [(organisations[0], MemberRole::Coordinator), (organisations[1], MemberRole::Beneficiary)]
    {
        let requested_cents = Some(123_456_700);
        content.members.push(Member { role, requested_cents, ..Member::new(organisation) });
    }
    let draft = consortia::create(app, &actor, &content).await.unwrap();
    let officer = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    World { officer, organisations, actor, draft, fresh }
}

impl World {
    async fn content(&self) -> (i64, Content) {
        let draft = consortia::open(&self.fresh.app, &self.actor, self.draft).await.unwrap();
        (draft.revision, draft.content)
    }

    async fn invite(&self, organisation: OrganisationId, rest: &str) -> crate::visitors::Answer {
        let form = format!(
            "organisation={organisation}&role=associated&side=applicant&answer_by=2026-09-10&message=We+need+you{rest}"
        );
        self.officer.post(&format!("/consortia/{}/partners/invite", self.draft), &form).await
    }

    async fn partner(&self, email: &str, organisation: OrganisationId) -> Visitor {
        Visitor::invited_to(&self.fresh.app, "lyonbiopole", email, Role::MemberContact, Some(organisation.0)).await
    }

    fn partners(&self) -> String {
        format!("/consortia/{}/partners", self.draft)
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_is_answered_without_an_account(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, new) = (&world.fresh.app, world.organisations[2]);
    let form = world.officer.get(&format!("{}/invite?organisation_id={new}", world.partners())).await;
    assert_eq!(form.status, StatusCode::OK, "{}", form.text);
    let made = world.invite(new, "&email=Marie@Lab.example").await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text);
    let letters = letters_to(app, "marie@lab.example").await;
    assert!(letters[0].contains("Medicen") && letters[0].contains("We need you"), "{}", letters[0]);
    let link = link_in(&letters[0]);
    let nobody = Visitor::nobody(app);
    let page = nobody.get(&link).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for shown in ["HORIZON-HLTH-2027-01-DISEASE-05", "Associated partner", "We need you", "Heart"] {
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    assert!(!page.text.contains("1,234,567") && !page.text.contains(&world.organisations[1].to_string()), "no amounts");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(nobody.get("/partner-invitations/unknown").await.status, StatusCode::GONE);

    // Somebody saves between: the acceptance comes into what they saved.
    let (revision, mut content) = world.content().await;
    content.facts.duration_months = Some(48);
    consortia::save(app, &world.actor, world.draft, revision, &content).await.unwrap();
    let thanks = nobody.post(&link, "answer=yes&words=With+pleasure").await;
    assert_eq!(thanks.status, StatusCode::OK, "{}", thanks.text);
    let (revision, content) = world.content().await;
    assert_eq!((revision, content.facts.duration_months, content.members.len()), (3, Some(48), 3));
    let joined = &content.members[2];
    assert_eq!((joined.organisation, joined.role), (new, MemberRole::Associated));
    for again in [nobody.get(&link).await, nobody.post(&link, "answer=no").await] {
        assert_eq!(again.status, StatusCode::GONE, "a link is answered once");
    }
    let told = letters_to(app, "officer@medicen.example").await;
    assert!(told.iter().any(|letter| letter.contains("With pleasure")), "{told:?}");
    let tab = world.officer.get(&world.partners()).await;
    assert!(tab.text.contains("Accepted") && tab.text.contains("With pleasure"), "{}", tab.text);
    let twice = world.invite(new, "&email=marie@lab.example").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "who takes part is not invited again");

    // Whoever has no account of the organisation declines; what they say is read.
    let third = world.organisations[3];
    world.invite(third, "&email=third@lab.example").await;
    let link = link_in(letters_to(app, "third@lab.example").await.last().unwrap());
    nobody.post(&link, "answer=no&words=Too+late+for+us").await;
    assert_eq!(world.content().await.1.members.len(), 3);
    assert!(world.officer.get(&world.partners()).await.text.contains("Too late for us"));
    // Invited again, then withdrawn: both links are worth nothing.
    world.invite(third, "&email=third@lab.example").await;
    let first = link_in(letters_to(app, "third@lab.example").await.last().unwrap());
    world.invite(third, "&email=third@lab.example").await;
    let second = link_in(letters_to(app, "third@lab.example").await.last().unwrap());
    assert_eq!(nobody.get(&first).await.status, StatusCode::GONE, "only the newest letter counts");
    let all = participation::invitations::of_draft(app, &world.actor, world.draft).await.unwrap();
    let waiting = all.iter().find(|one| one.state == State::Waiting).unwrap();
    let place = format!("{}/{}/withdraw", world.partners(), waiting.id);
    let asked = world.officer.post(&place, "sure=").await;
    assert!(asked.status == StatusCode::OK && asked.text.contains("will be worth nothing"), "{}", asked.text);
    assert_eq!(nobody.get(&second).await.status, StatusCode::OK, "asked, and nothing done yet");
    let gone = world.officer.post(&place, "sure=yes").await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text);
    assert_eq!(nobody.post(&second, "answer=yes").await.status, StatusCode::GONE);
    let trail: Vec<String> = corridor::on!(app.database, pool => sqlx::query_scalar(
        "SELECT action FROM audit_entries WHERE subject_kind = 'draft' ORDER BY at, id",
    )
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(
        trail,
        ["create", "invite", "save", "join", "invite", "decline", "invite", "invite", "withdraw_invitation"]
    );

    // What cannot be used is said beside its field, and nothing is written.
    for (rest, problem) in
        [("&email=nonsense", "this is not an e-mail address"), ("", "nobody answers for this organisation here")]
    {
        let wrong = world.invite(world.organisations[4], rest).await;
        assert!(wrong.text.contains(problem) && wrong.status == StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text);
    }
    let past = format!("organisation={new}&role=king&side=applicant&answer_by=2026-08-31&email=a@b.example");
    let wrong = world.officer.post(&format!("{}/invite", world.partners()), &past).await;
    for problem in ["write a day from today on", "there is no such role"] {
        assert!(wrong.text.contains(problem), "{}", wrong.text);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_come_once_and_what_is_not_answered_lapses(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    world.invite(world.organisations[2], "&email=marie@lab.example").await;
    let link = link_in(letters_to(&world.fresh.app, "marie@lab.example").await.last().unwrap());
    let day = 24 * 3600;
    let later = |days: i64| NOW.plus_seconds(days * day);
    for (days, letters) in [(1, 1), (7, 2), (8, 2), (9, 2)] {
        let app = open_with(&world.fresh.url, &world.fresh.folder, later(days), "http://corridor.example").await;
        participation::look_at_all(&app).await.unwrap();
        assert_eq!(letters_to(&app, "marie@lab.example").await.len(), letters, "day {days}");
    }
    let app = open_with(&world.fresh.url, &world.fresh.folder, later(9), "http://corridor.example").await;
    let reminder = link_in(letters_to(&app, "marie@lab.example").await.last().unwrap());
    assert_ne!(link, reminder);
    let nobody = Visitor::nobody(&app);
    assert_eq!(nobody.get(&link).await.status, StatusCode::OK, "both letters lead there");
    assert_eq!(nobody.get(&reminder).await.status, StatusCode::OK);
    let app = open_with(&world.fresh.url, &world.fresh.folder, later(10), "http://corridor.example").await;
    assert_eq!(Visitor::nobody(&app).get(&reminder).await.status, StatusCode::GONE, "over before the job says so");
    participation::look_at_all(&app).await.unwrap();
    participation::look_at_all(&app).await.unwrap();
    let all = participation::invitations::of_draft(&app, &world.actor, world.draft).await.unwrap();
    assert_eq!(all[0].state, State::Lapsed);
    let told = letters_to(&app, "officer@medicen.example").await;
    assert_eq!(told.iter().filter(|letter| letter.contains("has not answered")).count(), 1, "{told:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_through_links_are_limited_by_network(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let nobody = Visitor::nobody(&world.fresh.app);
    let mut guessed = Vec::new();
    for guess in 0..80 {
        let answer = nobody.post(&format!("/partner-invitations/guess-{guess}"), "answer=yes").await;
        guessed.push(answer.status);
    }
    assert_eq!(guessed.first(), Some(&StatusCode::GONE));
    assert_eq!(guessed.last(), Some(&StatusCode::TOO_MANY_REQUESTS));
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_partner_works_on_its_part_and_signs_it_off(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, own) = (&world.fresh.app, world.organisations[2]);
    let partner = world.partner("ada@lab.example", own).await;
    // Who has an account is written to without naming an address, and answers in the workspace.
    assert_eq!(world.invite(own, "").await.status, StatusCode::SEE_OTHER);
    assert!(letters_to(app, "ada@lab.example").await.iter().any(|letter| letter.contains("/workspaces")));
    let today = partner.get("/").await.text;
    assert!(today.contains("invites you") && !today.contains("Nothing needs you"), "Today tells of it: {today}");
    let offer = participation::invitations::of_draft(app, &world.actor, world.draft).await.unwrap()[0].id;
    let other = world.partner("eve@other.example", world.organisations[4]).await;
    let stolen = other.post(&format!("/workspace-invitations/{offer}"), "answer=yes").await;
    let nowhere = other.post(&format!("/workspace-invitations/{NOWHERE}"), "answer=yes").await;
    let stolen = (stolen.status, stolen.text.replace(&offer.to_string(), NOWHERE));
    assert_eq!(stolen, (StatusCode::NOT_FOUND, nowhere.text), "another's is not there");
    let joined = partner.post(&format!("/workspace-invitations/{offer}"), "answer=yes").await;
    let place = joined.headers["location"].to_str().unwrap().split('?').next().unwrap().to_owned();
    assert_eq!(place, format!("/workspaces/{}", world.draft));

    // Its own lines, and nobody else's; the sheet says who did it.
    let form = format!(
        "revision=2&requested-{own}=250+000&cost-{own}=300000&role-{own}=coordinator&requested-{}=1&name=Mine&act=save",
        world.organisations[0]
    );
    let saved = partner.post(&place, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let (revision, content) = world.content().await;
    assert_eq!((revision, content.name.as_str()), (3, "Heart"));
    assert_eq!(content.members[0].requested_cents, Some(123_456_700), "another's amount is not its own");
    assert_eq!(
        (content.members[2].requested_cents, content.members[2].role),
        (Some(25_000_000), MemberRole::Associated)
    );
    let history = world.officer.get(&format!("/consortia/{}/versions", world.draft)).await;
    assert!(history.text.contains("Ada Example"), "{}", history.text);
    // What the team changed meanwhile stays; the same field twice is told.
    let mut team = content.clone();
    team.members[2].cost_cents = Some(99_900);
    team.members[0].requested_cents = Some(5);
    consortia::save(app, &world.actor, world.draft, 3, &team).await.unwrap();
    let other_field = format!("revision=3&requested-{own}=260000&cost-{own}=300000");
    assert_eq!(partner.post(&place, &other_field).await.status, StatusCode::SEE_OTHER);
    let (_, content) = world.content().await;
    assert_eq!((content.members[2].cost_cents, content.members[2].requested_cents), (Some(99_900), Some(26_000_000)));
    let same_field = partner.post(&place, &format!("revision=3&requested-{own}=260000&cost-{own}=310000")).await;
    assert_eq!(same_field.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same_field.text.contains("somebody else changed this meanwhile"), "{}", same_field.text);
    let wrong = partner.post(&place, &format!("revision=5&cost-{own}=-1")).await;
    assert!(
        wrong.text.contains("an amount cannot be negative") && wrong.text.contains("value=\"-1\""),
        "{}",
        wrong.text
    );
    assert_eq!(other.post(&place, &other_field).await.status, StatusCode::NOT_FOUND);

    // Sign-off.
    let base = format!("/consortia/{}", world.draft);
    assert_eq!(partner.post(&format!("{place}/sign"), "revision=5&decision=signed").await.status, StatusCode::GONE);
    let asked = world.officer.post(&format!("{base}/signoff"), "statement=We+confirm.&due_on=2026-09-20").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    assert!(letters_to(app, "ada@lab.example").await.iter().any(|letter| letter.contains("We confirm.")));
    assert!(partner.get("/").await.text.contains("Heart"), "Today asks for it");
    let page = partner.get(&place).await;
    assert!(page.text.contains("We confirm.") && page.text.contains("€260,000"), "{}", page.text);
    assert_eq!(other.post(&format!("{place}/sign"), "revision=5&decision=signed").await.status, StatusCode::NOT_FOUND);
    let (revision, content) = world.content().await;
    let mut changed = content.clone();
    changed.members[2].requested_cents = Some(1);
    consortia::save(app, &world.actor, world.draft, revision, &changed).await.unwrap();
    let late = partner.post(&format!("{place}/sign"), &format!("revision={revision}&decision=signed")).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "nobody signs what they were not shown");
    let revision = revision + 1;
    let signed = partner.post(&format!("{place}/sign"), &format!("revision={revision}&decision=signed")).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    let standing = async || {
        let (_, lines) = participation::signoff::of_draft(app, &world.actor, world.draft).await.unwrap().unwrap();
        lines.into_iter().map(|line| (line.is_partner, line.standing)).collect::<Vec<_>>()
    };
    let nobody_yet = (false, SignOff::Open);
    assert_eq!(standing().await, [nobody_yet, nobody_yet, (true, SignOff::Signed)]);
    let mut elsewhere = changed.clone();
    elsewhere.members[0].requested_cents = Some(7);
    elsewhere.facts.duration_months = Some(36);
    consortia::save(app, &world.actor, world.draft, revision, &elsewhere).await.unwrap();
    assert_eq!(standing().await[2], (true, SignOff::Signed), "what is not its own does not touch it");
    elsewhere.members[2].role = MemberRole::Beneficiary;
    consortia::save(app, &world.actor, world.draft, revision + 1, &elsewhere).await.unwrap();
    assert_eq!(standing().await[2], (true, SignOff::Void));
    assert!(world.officer.get(&world.partners()).await.text.contains("Void"), "and the page says so");
    let reminded = world.officer.post(&format!("{base}/signoff/remind"), "").await;
    assert_eq!(reminded.status, StatusCode::SEE_OTHER, "{}", reminded.text);
    assert!(letters_to(app, "ada@lab.example").await.iter().any(|letter| letter.contains("Reminder")));
    assert_eq!(world.officer.post(&format!("{base}/signoff/remind"), "").await.status, StatusCode::GONE);
    let without = partner.post(&format!("{place}/sign"), &format!("revision={}&decision=objected", revision + 2)).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "an objection has a reason");
    let objection = format!("revision={}&decision=objected&words=Not+our+role", revision + 2);
    assert_eq!(partner.post(&format!("{place}/sign"), &objection).await.status, StatusCode::SEE_OTHER);
    assert_eq!(standing().await[2], (true, SignOff::Objected));
    assert!(letters_to(app, "officer@medicen.example").await.iter().any(|letter| letter.contains("Not our role")));
    let ended = world.officer.post(&format!("{base}/signoff/end"), "sure=yes").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert!(participation::signoff::of_draft(app, &world.actor, world.draft).await.unwrap().is_none());

    // A person who is erased is named nowhere any more; what was decided stays.
    let erased: Result<u64, Error> = async {
        transact!(app.database, transaction => {
            let ada: Uuid = corridor::on!(transaction, connection => sqlx::query_scalar(
                "SELECT id FROM people WHERE email = 'ada@lab.example'",
            )
            .fetch_one(connection)
            .await?);
            let subject = Subject::person(ada).with_address(Some("ada@lab.example"));
            let erased = participation::ParticipationHolding.erase(transaction, &subject, NOW).await?;
            Ok(erased.iter().map(|one| one.count).sum())
        })
    }
    .await;
    assert_eq!(erased.unwrap(), 3, "an answer, a signature and an objection");
    // What hangs on a draft goes with it.
    consortia::delete(app, &world.actor, world.draft).await.unwrap();
    let later =
        open_with(&world.fresh.url, &world.fresh.folder, NOW.plus_seconds(40 * 86_400), "http://corridor.example");
    let later = later.await;
    let second = Content { name: "Second".to_owned(), ..Content::default() };
    let second = consortia::create(&later, &world.actor, &second).await.unwrap();
    consortia::delete(&later, &world.actor, second).await.unwrap();
    for table in ["draft_invitations", "draft_invitation_links", "draft_signoffs", "draft_signoff_rounds"] {
        let text = format!("SELECT COUNT(*) FROM {table}");
        let left: i64 = corridor::on!(later.database, pool => sqlx::query_scalar(sqlx::AssertSqlSafe(text.clone())).fetch_one(pool).await.unwrap());
        assert_eq!(left, 0, "{table}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_draft_is_opened_for_interest(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, base) = (&world.fresh.app, format!("/consortia/{}", world.draft));
    let own = Visitor::invited(app, "ada@lab.example", Role::MemberContact, Some(world.organisations[2].0)).await;
    let foreign = world.partner("eve@other.example", world.organisations[3]).await;
    let opening = format!("/interests/{}", world.draft);
    assert_eq!(own.get(&opening).await.status, StatusCode::NOT_FOUND);
    let open = async |audience: &str| {
        let form = format!(
            "words=A+lab+that+grows+organoids&kind=hospital&country=fr&open_until=2026-10-01&audience={audience}"
        );
        world.officer.post(&format!("{base}/opening"), &form).await.status
    };
    assert_eq!(open("members").await, StatusCode::SEE_OTHER);
    let seen = own.get("/interests").await;
    assert!(seen.text.contains("organoids") && !seen.text.contains("Heart"), "{}", seen.text);
    assert!(own.get("/calls/HORIZON-HLTH-2027-01-DISEASE-05/interests").await.text.contains("organoids"));
    // Who is not of the cluster cannot tell that it is there.
    let (there, nowhere) = (foreign.get(&opening).await, foreign.get(&format!("/interests/{NOWHERE}")).await);
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&world.draft.to_string(), NOWHERE), nowhere.text);
    assert_eq!(foreign.post(&opening, "message=Hello").await.status, StatusCode::NOT_FOUND);
    assert!(!foreign.get("/interests").await.text.contains("organoids"));
    assert!(!foreign.get("/calls/HORIZON-HLTH-2027-01-DISEASE-05/interests").await.text.contains("organoids"));
    assert_eq!(open("alliances:018f0000-0000-7000-8000-000000000000").await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(open("public").await, StatusCode::SEE_OTHER);
    assert_eq!(foreign.get(&opening).await.status, StatusCode::OK);

    assert_eq!(own.post(&opening, "message=").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    for visitor in [&own, &foreign] {
        let sent = visitor.post(&opening, "message=We+grow+them").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    }
    assert_eq!(own.post(&opening, "message=Again").await.status, StatusCode::GONE, "one at a time");
    assert!(letters_to(app, "officer@medicen.example").await.iter().any(|letter| letter.contains("We grow them")));
    let (_, answers) = participation::interests::of_draft(app, &world.actor, world.draft).await.unwrap();
    let of = |organisation| answers.iter().find(|one| one.organisation == organisation).unwrap().id;
    let (first, second) = (of(world.organisations[2]), of(world.organisations[3]));
    let other_cluster = Visitor::invited_to(app, "lyonbiopole", "o@lyon.example", Role::ProjectOfficer, None).await;
    let stolen = other_cluster.post(&format!("{base}/interests/{first}"), "act=accept&role=beneficiary").await;
    assert_eq!(stolen.status, StatusCode::NOT_FOUND);
    assert_eq!(foreign.post(&format!("/interests/{first}/withdraw"), "").await.status, StatusCode::NOT_FOUND);
    let taken =
        world.officer.post(&format!("{base}/interests/{first}"), "act=accept&role=beneficiary&side=applicant").await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    assert_eq!(world.content().await.1.members.len(), 3);
    assert_eq!(own.get(&format!("/workspaces/{}", world.draft)).await.status, StatusCode::OK, "it has its seat");
    assert!(letters_to(app, "ada@lab.example").await.iter().any(|letter| letter.contains("into its consortium")));
    let again = world.officer.post(&format!("{base}/interests/{first}"), "act=accept&role=beneficiary").await;
    assert_eq!(again.status, StatusCode::GONE);
    let silent = world.officer.post(&format!("{base}/interests/{second}"), "act=decline&words=").await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "who is declined is told why");
    world.officer.post(&format!("{base}/interests/{second}"), "act=decline&words=We+have+found+one").await;
    assert!(foreign.get("/interests").await.text.contains("We have found one"));
    assert_eq!(foreign.get(&format!("/workspaces/{}", world.draft)).await.status, StatusCode::NOT_FOUND);
    // Who accepts an invitation waits for no answer to its interest any more.
    assert_eq!(foreign.post(&opening, "message=Once+more").await.status, StatusCode::SEE_OTHER);
    world.invite(world.organisations[3], "&email=eve@other.example").await;
    let link = link_in(letters_to(app, "eve@other.example").await.last().unwrap());
    assert_eq!(foreign.post(&link, "answer=yes").await.status, StatusCode::OK);
    let (_, answers) = participation::interests::of_draft(app, &world.actor, world.draft).await.unwrap();
    let once_more = answers.iter().find(|one| one.message == "Once more").unwrap();
    assert_eq!(once_more.state, State::Accepted);
    assert_eq!(world.officer.post(&format!("{base}/opening/close"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(foreign.get(&opening).await.status, StatusCode::NOT_FOUND);
    assert_eq!(foreign.post(&opening, "message=Late").await.status, StatusCode::NOT_FOUND);
}
