//! Applicants and industry: two drafts that cannot be told from each other's side until both teams agree, the draft that
//! they become, and the ledger of contributions.

use std::path::Path;

use axum::http::StatusCode;
use corridor::{
    accounts::{Actor, ClusterId, ClusterRef, PersonId, Role, RoleId, Shared, clusters, tokens::Scopes},
    app::import_pack,
    consortia::{
        self, Content, DraftId, Member, MemberRole, MemberSide,
        participation::{self, Seat},
        sides,
    },
    directory::OrganisationId,
    execute,
    foundation::errors::Error,
    on, transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    mailbox::letters_to,
    visitors::{Visitor, prepare_people},
};

mod standing;

const IHI: &str = "HORIZON-JU-IHI-2026-13-two-stage-01";
const NOWHERE: &str = "018f0000-0000-7000-8000-000000000000";

/// An instance with the packaged data: three public organisations of three countries, and three others.
struct World {
    fresh: Fresh,
    medicen: ClusterRef,
    lyon: ClusterRef,
    applicants: Vec<OrganisationId>,
    companies: Vec<OrganisationId>,
}

async fn organisations(app: &Shared, query: &'static str) -> Vec<OrganisationId> {
    let found: Vec<Uuid> = on!(app.database, pool => sqlx::query_scalar(query).fetch_all(pool).await.unwrap());
    found.into_iter().map(OrganisationId).collect()
}

async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pack");
    import_pack(app, &Actor::Console, &pack, false, &|_, _, _| {}).await.unwrap();
    prepare_people(app).await;
    let all = clusters(&app.database).await.unwrap();
    let of = |slug: &str| all.iter().find(|cluster| cluster.slug == slug).unwrap().clone();
    let mut applicants = Vec::new();
    for query in [
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = 'FR'
         AND kind IN ('university', 'research_organisation', 'hospital') ORDER BY id LIMIT 1",
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = 'DE'
         AND kind IN ('university', 'research_organisation', 'hospital') ORDER BY id LIMIT 1",
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country = 'ES'
         AND kind IN ('university', 'research_organisation', 'hospital') ORDER BY id LIMIT 1",
    ] {
        applicants.extend(organisations(app, query).await);
    }
    let companies = organisations(
        app,
        "SELECT id FROM organisations WHERE name IS NOT NULL AND merged_into IS NULL AND country IS NOT NULL
         AND kind IN ('company', 'sme', 'large_company') ORDER BY id LIMIT 3",
    )
    .await;
    assert_eq!((applicants.len(), companies.len()), (3, 3));
    let (medicen, lyon) = (of("medicen"), of("lyonbiopole"));
    World { medicen, lyon, applicants, companies, fresh }
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

/// Notes that an organisation was invited, and how it answered, without the letters that lead there.
async fn invited(
    app: &Shared,
    cluster: ClusterId,
    draft: DraftId,
    who: OrganisationId,
    email: impl Into<Option<&'static str>>,
    state: &str,
) {
    let email: Option<&str> = email.into();
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query(
                "INSERT INTO draft_invitations (cluster_id, id, draft_id, organisation_id, role, side, email, language,
                     message, answer_by, created_at, state)
                 VALUES ($1, $2, $3, $4, 'beneficiary', 'applicant', $5, 'en', '', '2026-09-10', $6, $7)",
            )
            .bind(cluster)
            .bind(Uuid::now_v7())
            .bind(draft)
            .bind(who)
            .bind(email)
            .bind(NOW)
            .bind(state));
            Ok(())
        })
    }
    .await;
    written.unwrap();
}

impl World {
    async fn content(&self, side: MemberSide) -> Content {
        let actor = acting(Role::ProjectOfficer, Some(&self.medicen), None);
        let topic = consortia::find_topic(&self.fresh.app, &actor, IHI).await.unwrap();
        let mut content =
            Content { topic: Some(topic.id), instrument: Some("ihi-two-stage".to_owned()), ..Content::default() };
        content.facts.holds = Some(side);
        match side {
            MemberSide::Applicant => {
                content.name = "Heart of applicants".to_owned();
                content.stage = Some("stage-1".to_owned());
                for (at, organisation) in self.applicants.iter().enumerate() {
                    let role = if at == 0 { MemberRole::Coordinator } else { MemberRole::Beneficiary };
                    let cost_cents = Some(200_000_000);
                    content.members.push(Member {
                        role,
                        cost_cents,
                        requested_cents: cost_cents,
                        ..Member::new(*organisation)
                    });
                }
            }
            MemberSide::Industry => {
                content.name = "Hidden industry".to_owned();
                for organisation in &self.companies[..2] {
                    let mut member = Member { side, ..Member::new(*organisation) };
                    member.cost_cents = Some(250_000_000);
                    member.ikop_cents = Some(250_000_000);
                    member.requested_cents = Some(0);
                    member.declared.mark = Some("EFPIA".to_owned());
                    content.members.push(member);
                }
            }
        }
        content
    }

    fn officers(&self) -> (Actor, Actor) {
        let of = |cluster| acting(Role::ProjectOfficer, Some(cluster), None);
        (of(&self.medicen), of(&self.lyon))
    }

    /// Both drafts, the applicants' in one cluster and industry's in another.
    async fn drafts(&self) -> (DraftId, DraftId) {
        let (officer, other) = self.officers();
        let app = &self.fresh.app;
        let applicants = consortia::create(app, &officer, &self.content(MemberSide::Applicant).await).await.unwrap();
        let industry = consortia::create(app, &other, &self.content(MemberSide::Industry).await).await.unwrap();
        (applicants, industry)
    }

    async fn merger(&self, applicants: DraftId, industry: DraftId) -> sides::MergerId {
        let (officer, other) = self.officers();
        let app = &self.fresh.app;
        let code = sides::make_code(app, &officer, applicants).await.unwrap();
        sides::propose(app, &other, industry, code.reveal()).await.unwrap()
    }

    async fn merged(&self, applicants: DraftId, industry: DraftId) -> sides::MergerId {
        let merger = self.merger(applicants, industry).await;
        let (officer, _) = self.officers();
        sides::accept(&self.fresh.app, &officer, applicants, merger, (1, 1)).await.unwrap();
        merger
    }
}

fn field_wrong(outcome: Result<impl std::fmt::Debug, Error>) -> String {
    match outcome {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sides_come_together_by_a_code_and_apart_again(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, other) = world.officers();
    let (applicants, industry) = world.drafts().await;
    invited(app, world.medicen.id, applicants, world.applicants[1], "lab@lab.example", "accepted").await;
    invited(app, world.lyon.id, industry, world.companies[0], "pay@company.example", "accepted").await;
    invited(app, world.lyon.id, industry, world.companies[1], "slow@company.example", "waiting").await;
    let team = Visitor::invited_to(app, "medicen", "officer@medicen.example", Role::ProjectOfficer, None).await;
    let theirs = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let lab = acting(Role::MemberContact, None, Some(world.applicants[1]));
    let company = acting(Role::MemberContact, None, Some(world.companies[0]));

    let payer = Visitor::invited_to(
        app,
        "lyonbiopole",
        "payer@company.example",
        Role::MemberContact,
        Some(world.companies[0].0),
    )
    .await;
    let asked = theirs.post(&format!("/consortia/{industry}/signoff"), "statement=We+pay&due_on=2026-09-20").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text);
    assert_eq!(participation::waiting(app, &company).await.unwrap().to_sign.len(), 1);

    // A code is handed over, works once, and leads to nothing but a proposal.
    assert_eq!(field_wrong(sides::propose(app, &other, industry, "wrong").await), "sides-wrong-code");
    let replaced = sides::make_code(app, &officer, applicants).await.unwrap();
    let made = team.post(&format!("/consortia/{applicants}/merger/code"), "").await;
    assert_eq!(made.headers["cache-control"], "no-store");
    let code = made.text.split("readonly value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let again = team.get(&format!("/consortia/{applicants}/merger")).await;
    assert!(!again.text.contains(&code), "a code is shown once");
    assert_eq!(field_wrong(sides::propose(app, &other, industry, replaced.reveal()).await), "sides-wrong-code");
    let own = consortia::create(app, &officer, &world.content(MemberSide::Applicant).await).await.unwrap();
    assert_eq!(field_wrong(sides::propose(app, &officer, own, &code).await), "sides-wrong-same-side");
    let typed = theirs.post(&format!("/consortia/{industry}/merger"), "code=mistyped").await;
    assert_eq!(typed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = theirs.post(&format!("/consortia/{industry}/merger"), &format!("code={code}")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert_eq!(field_wrong(sides::propose(app, &other, industry, &code).await), "sides-wrong-code");
    let asked = letters_to(app, "officer@medicen.example").await;
    assert!(asked.iter().any(|letter| letter.contains(&format!("/consortia/{applicants}/merger"))), "{asked:?}");

    // Who was asked sees who comes; who proposed sees nothing of the other side.
    let seen = team.get(&format!("/consortia/{applicants}/merger")).await.text;
    assert!(world.companies[..2].iter().all(|id| seen.contains(&id.to_string())), "{seen}");
    let waiting = theirs.get(&format!("/consortia/{industry}/merger")).await.text;
    assert!(!waiting.contains("Heart of applicants"));
    assert!(!world.applicants.iter().any(|id| waiting.contains(&id.to_string())));
    let merger = sides::mergers(app, &officer, applicants).await.unwrap().1[0].clone();
    for (actor, draft) in [(&other, industry), (&officer, own), (&other, applicants)] {
        let refused = sides::accept(app, actor, draft, merger.id, (1, 1)).await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }
    let stale = sides::accept(app, &officer, applicants, merger.id, (1, 2)).await;
    assert!(matches!(stale, Err(Error::Clash(_))), "what is accepted is what was seen");
    assert!(participation::seat(app, &company, applicants).await.is_err());
    assert_eq!(participation::workspace(app, &lab, applicants).await.unwrap().draft.content.members.len(), 3);

    let agreed = team.post(&format!("/consortia/{applicants}/merger/{}/accept", merger.id), "own=1&theirs=1").await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.text);
    let both = consortia::open(app, &officer, applicants).await.unwrap();
    assert_eq!((both.revision, both.content.members.len(), both.content.stage.as_deref()), (2, 5, Some("stage-2")));
    assert!(both.content.facts.merged);
    assert_eq!(both.content.members[3].ikop_cents, Some(250_000_000));
    assert_eq!(both.content.members[3].side, MemberSide::Industry);
    // 500 of 1 100 are contributed: 45.45 %.
    let sheet =
        consortia::view(app, &officer, &both.content, corridor::foundation::languages::Language::En).await.unwrap();
    let share = sheet.verdicts.iter().find(|verdict| verdict.rule == "contribution").unwrap();
    assert_eq!(share.status, consortia::VerdictStatus::Met, "{}", share.text);

    // The industry draft is closed and says where it went; its partners have seats in the other one. Nothing is asked of
    // anybody in it any more.
    for (path, form) in [
        (
            "partners/invite",
            format!(
                "organisation={}&role=beneficiary&side=industry&email=x@x.example&answer_by=2026-09-20",
                world.companies[2]
            ),
        ),
        ("signoff", "statement=So+it+is&due_on=2026-09-20".to_owned()),
        ("signoff/end", "sure=yes".to_owned()),
        ("opening", "words=A+payer&open_until=2026-09-20&audience=members".to_owned()),
        ("document-requests", format!("organisation={}&kind=gep&due_on=2026-09-20", world.companies[0])),
    ] {
        let refused = theirs.post(&format!("/consortia/{industry}/{path}"), &form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}: {}", refused.text);
    }
    for (path, form) in [("sign", "revision=1&decision=signed"), ("documents", "kind=gep"), ("tasks", "what=More")] {
        let refused = payer.post(&format!("/workspaces/{industry}/{path}"), form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}: {}", refused.text);
    }
    assert!(participation::waiting(app, &company).await.unwrap().to_sign.is_empty(), "a closed draft waits for nobody");
    let closed = consortia::open(app, &other, industry).await.unwrap();
    assert_eq!(closed.merged_into, Some(applicants));
    let mut changed = closed.content.clone();
    changed.name = "Changed".to_owned();
    let refused = consortia::save(app, &other, industry, closed.revision, &changed).await;
    assert!(matches!(refused, Err(Error::Refused { reason: "sides-refused-closed", .. })), "{refused:?}");
    assert!(matches!(consortia::archive(app, &other, industry, false).await, Err(Error::Refused { .. })));
    assert!(matches!(consortia::restore(app, &other, industry, 1).await, Err(Error::Refused { .. })));
    assert!(sides::make_code(app, &other, industry).await.is_err());
    let page = theirs.get(&format!("/consortia/{industry}/merger")).await;
    assert!(world.applicants.iter().all(|id| page.text.contains(&id.to_string())), "{}", page.text);
    assert!(!page.text.contains("€2,000,000"), "amounts of applicants are theirs");
    assert_eq!(theirs.get(&format!("/consortia/{industry}")).await.status, StatusCode::OK);
    assert_eq!(theirs.get(&format!("/consortia/{applicants}")).await.status, StatusCode::NOT_FOUND);
    let (_, seat) = participation::seat(app, &company, applicants).await.unwrap();
    assert_eq!(seat, Seat::Partner { organisation: world.companies[0], side: MemberSide::Industry });
    assert_eq!(participation::workspace(app, &company, applicants).await.unwrap().draft.content.members.len(), 5);
    assert_eq!(participation::workspace(app, &lab, applicants).await.unwrap().draft.content.members.len(), 5);
    let entries: i64 = on!(app.database, pool => sqlx::query_scalar(
        "SELECT COUNT(DISTINCT cluster_id) FROM audit_entries WHERE action = 'merge_sides'",
    )
    .fetch_one(pool)
    .await
    .unwrap());
    assert_eq!(entries, 2, "both clusters' trails tell it");
    for address in ["lab@lab.example", "payer@company.example", "officer@lyon.example"] {
        assert_eq!(
            letters_to(app, address).await.iter().filter(|one| one.contains("together")).count(),
            1,
            "{address}"
        );
    }
    for (address, why) in [
        ("slow@company.example", "who has not answered is not told"),
        ("pay@company.example", "who answers for a partner here is told, not the address beside"),
    ] {
        assert!(letters_to(app, address).await.is_empty(), "{why}");
    }

    // Either team takes them apart within the day; both say again what they said, and the seats go back.
    let back = theirs.post(&format!("/consortia/{industry}/merger/{}/undo", merger.id), "").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text);
    let (one, two) = (
        consortia::open(app, &officer, applicants).await.unwrap(),
        consortia::open(app, &other, industry).await.unwrap(),
    );
    assert_eq!(one.content, world.content(MemberSide::Applicant).await);
    assert_eq!(two.content, world.content(MemberSide::Industry).await);
    assert_eq!((two.merged_into, two.archived_at), (None, None));
    assert!(participation::seat(app, &company, applicants).await.is_err());
    assert!(participation::seat(app, &company, industry).await.is_ok());
    let states: Vec<String> = on!(app.database, pool => sqlx::query_scalar(
        "SELECT state FROM draft_invitations WHERE draft_id = $1 ORDER BY state",
    )
    .bind(industry)
    .fetch_all(pool)
    .await
    .unwrap());
    assert_eq!(states, ["accepted", "waiting"]);
    let twice = sides::undo(app, &officer, applicants, merger.id).await;
    assert!(matches!(twice, Err(Error::Over { .. })), "{twice:?}");
    let changed = consortia::save(app, &other, industry, two.revision, &changed).await;
    assert!(changed.is_ok(), "it is open again: {changed:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn partners_whom_no_letter_reaches_are_named(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, other) = world.officers();
    let (applicants, industry) = world.drafts().await;
    invited(app, world.medicen.id, applicants, world.applicants[1], "lab@lab.example", "accepted").await;
    invited(app, world.medicen.id, applicants, world.applicants[2], None, "accepted").await;
    invited(app, world.lyon.id, industry, world.companies[0], None, "accepted").await;
    invited(app, world.lyon.id, industry, world.companies[1], "pay@company.example", "accepted").await;
    let team = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    let theirs = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let told = async |visitor: &Visitor, draft: DraftId| {
        let page = visitor.get(&format!("/consortia/{draft}/merger")).await.text;
        let note = page.split("No letter about a merger reaches ").nth(1).map(|rest| rest.split(':').next().unwrap());
        note.unwrap_or_default().to_lowercase()
    };
    let name = async |id: OrganisationId| -> String {
        let found: String = on!(app.database, pool => sqlx::query_scalar("SELECT name FROM organisations WHERE id = $1")
            .bind(id.0)
            .fetch_one(pool)
            .await
            .unwrap());
        found.replace('&', "&amp;").replace('\'', "&#x27;").to_lowercase()
    };
    let (lab, payer) = (name(world.applicants[2]).await, name(world.companies[0]).await);
    assert_eq!(told(&team, applicants).await, lab, "each team is told of its own partners");
    assert_eq!(told(&theirs, industry).await, payer);
    // Nobody of a demonstration writes to real people.
    let merger = world.merger(applicants, industry).await;
    let Actor::Person { person, role_id, name, role, cluster, organisation, scopes, .. } = officer.clone() else {
        panic!("an officer is a person")
    };
    let shown = Actor::Person { person, role_id, name, role, cluster, organisation, scopes, demonstration: true };
    sides::accept(app, &shown, applicants, merger, (1, 1)).await.unwrap();
    let together = async |address: &str| {
        letters_to(app, address).await.iter().filter(|letter| letter.contains("Amounts stay")).count()
    };
    for address in ["lab@lab.example", "pay@company.example", "officer@medicen.example", "officer@lyon.example"] {
        assert_eq!(together(address).await, 0, "{address}");
    }
    sides::undo(app, &shown, applicants, merger).await.unwrap();
    // Both are named where both are partners; who has an address gets one letter.
    let code = sides::make_code(app, &officer, applicants).await.unwrap();
    let merger = sides::propose(app, &other, industry, code.reveal()).await.unwrap();
    sides::accept(app, &officer, applicants, merger, (3, 3)).await.unwrap();
    for address in ["lab@lab.example", "pay@company.example", "officer@medicen.example", "officer@lyon.example"] {
        assert_eq!(together(address).await, 1, "{address}");
    }
    let both = told(&team, applicants).await;
    assert!(both.contains(&lab) && both.contains(&payer), "{both}");
    assert_eq!(told(&theirs, industry).await, payer);
    // As soon as somebody answers for it here, it is reached.
    Visitor::invited_to(app, "lyonbiopole", "boss@company.example", Role::MemberContact, Some(world.companies[0].0))
        .await;
    assert_eq!(told(&theirs, industry).await, "");
    assert_eq!(told(&team, applicants).await, lab);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_can_tell_that_there_is_another_side(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, _) = world.officers();
    let applicants = consortia::create(app, &officer, &world.content(MemberSide::Applicant).await).await.unwrap();
    invited(app, world.medicen.id, applicants, world.applicants[1], "lab@lab.example", "accepted").await;
    let readers = [
        Visitor::invited(app, "lab@lab.example", Role::MemberContact, Some(world.applicants[1].0)).await,
        Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await,
        Visitor::invited(app, "head@medicen.example", Role::ClusterAdministrator, None).await,
        Visitor::invited(app, "reader@medicen.example", Role::Reader, None).await,
        Visitor::invited_to(app, "lyonbiopole", "reader@lyon.example", Role::Reader, None).await,
    ];
    let walk = async |industry: &str| {
        let mut seen = Vec::new();
        for reader in &readers {
            for path in [
                "/".to_owned(),
                "/workspaces".to_owned(),
                format!("/workspaces/{applicants}"),
                format!("/workspaces/{applicants}/ledger"),
                format!("/workspaces/{applicants}/ledger/export"),
                "/consortia".to_owned(),
                format!("/consortia/{applicants}"),
                format!("/consortia/{applicants}/merger"),
                format!("/consortia/{applicants}/ledger"),
                format!("/consortia/{applicants}/versions"),
                format!("/consortia/{applicants}/export/json"),
                format!("/calls/{IHI}"),
                "/search?q=Hidden".to_owned(),
                "/calls?q=Hidden".to_owned(),
                format!("/consortia/{industry}"),
                format!("/consortia/{industry}/merger"),
                format!("/consortia/{industry}/ledger"),
                format!("/workspaces/{industry}"),
                format!("/workspaces/{industry}/ledger"),
            ] {
                let answer = reader.get(&path).await;
                seen.push(format!("{} {path}\n{}", answer.status, answer.text).replace(industry, NOWHERE));
            }
            let guessed = reader.post(&format!("/consortia/{applicants}/merger"), "code=guessed").await;
            seen.push(format!("{}\n{}", guessed.status, guessed.text));
        }
        seen
    };
    // What is built on demand is built before the first walk that counts.
    for _ in 0..100 {
        if !walk(NOWHERE).await.iter().any(|page| page.contains("The ranking is being built")) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let without = walk(NOWHERE).await;
    let (_, other) = world.officers();
    let industry = consortia::create(app, &other, &world.content(MemberSide::Industry).await).await.unwrap();
    invited(app, world.lyon.id, industry, world.companies[0], "pay@company.example", "accepted").await;
    sides::make_code(app, &other, industry).await.unwrap();
    let with = walk(&industry.to_string()).await;
    for (without, with) in without.iter().zip(&with) {
        assert_eq!(without, with);
    }
    assert_eq!(without.len(), with.len());
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ledger_says_what_is_missing_and_who_may_pay(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (officer, _) = world.officers();
    let (applicants, industry) = world.drafts().await;
    let theirs = Visitor::invited_to(app, "lyonbiopole", "officer@lyon.example", Role::ProjectOfficer, None).await;
    let alone = theirs.get(&format!("/consortia/{industry}/ledger")).await;
    assert_eq!(alone.status, StatusCode::OK, "{}", alone.text);
    // 5 million make up 45 % of 11 111 111.11.
    assert!(alone.text.contains("€11,111,111.11"), "{}", alone.text);
    let sheet = theirs.get(&format!("/consortia/{industry}")).await;
    assert!(sheet.text.contains("gathers industry alone"), "{}", sheet.text);
    assert!(
        !sheet.text.contains("Industry joins at the second stage"),
        "an industry draft is no consortium of stage 1"
    );

    world.merged(applicants, industry).await;
    let team = Visitor::invited(app, "officer@medicen.example", Role::ProjectOfficer, None).await;
    let page = format!("/consortia/{applicants}/ledger");
    let shown = team.get(&page).await;
    assert!(shown.text.contains("45.45%"), "{}", shown.text);
    let (company, lab) = (world.companies[0], world.applicants[0]);
    let wrong = team.post(&page, &format!("revision=2&ikop-{company}=many")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"many\""), "what was typed stays");
    // A form that names a side, a role or a cost changes none of them.
    let form = format!("revision=2&ikop-{company}=2000000&ikaa-{lab}=100000&side-{company}=applicant&cost-{company}=1");
    let saved = team.post(&page, &form).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let draft = consortia::open(app, &officer, applicants).await.unwrap();
    let of = |id: OrganisationId| draft.content.members.iter().find(|member| member.organisation == id).unwrap();
    assert_eq!((of(company).side, of(company).cost_cents), (MemberSide::Industry, Some(250_000_000)));
    assert_eq!((of(company).ikop_cents, of(lab).ikaa_cents), (Some(200_000_000), Some(10_000_000)));
    let shown = team.get(&page).await.text;
    // 4.6 of 11.1 million are there; 4.995 are needed.
    assert!(shown.contains("41.44%") && shown.contains("€395,000"), "{shown}");
    let line = shown.split(&format!("/{lab}\"")).nth(1).unwrap().split("</tr>").next().unwrap();
    assert!(line.contains("IKAA contributions come from"), "the wrong payer is named beside its line: {line}");
    let export = team.get(&format!("{page}/export")).await;
    assert_eq!(export.headers["content-type"], "text/csv; charset=utf-8");
    assert!(
        export.text.contains("100000.00") && export.text.contains("IKAA contributions come from"),
        "{}",
        export.text
    );
    let against = format!("revision=2&ikop-{company}=1900000");
    assert_eq!(team.post(&page, &against).await.status, StatusCode::CONFLICT, "nobody's save is written over");
    let beside = format!("revision=2&fc-{}=50000", world.companies[1]);
    assert_eq!(team.post(&page, &beside).await.status, StatusCode::SEE_OTHER);
    let draft = consortia::open(app, &officer, applicants).await.unwrap();
    let of = |id: OrganisationId| draft.content.members.iter().find(|member| member.organisation == id).unwrap();
    assert_eq!((of(company).ikop_cents, of(world.companies[1]).fc_cents), (Some(200_000_000), Some(5_000_000)));

    // A partner sees its own line, and of the others what cannot be told apart.
    invited(app, world.medicen.id, applicants, company, "pay@company.example", "accepted").await;
    let partner =
        Visitor::invited_to(app, "lyonbiopole", "pay@company.example", Role::MemberContact, Some(company.0)).await;
    let own = partner.get(&format!("/workspaces/{applicants}/ledger")).await;
    assert!(own.text.contains("€2,000,000") && !own.text.contains("€2,500,000"), "{}", own.text);
    assert!(!own.text.contains("€4,500,000"), "the sum less its own would be the other's: {}", own.text);
    let export = partner.get(&format!("/workspaces/{applicants}/ledger/export")).await;
    assert_eq!(export.text.lines().count(), 2, "{}", export.text);
    let outsider = Visitor::invited(app, "eve@other.example", Role::MemberContact, Some(world.companies[2].0)).await;
    let there = outsider.get(&format!("/workspaces/{applicants}/ledger")).await;
    let nowhere = outsider.get(&format!("/workspaces/{NOWHERE}/ledger")).await;
    assert_eq!(there.status, StatusCode::NOT_FOUND);
    assert_eq!(there.text.replace(&applicants.to_string(), NOWHERE), nowhere.text);
}
