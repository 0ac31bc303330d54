//! Whom an event asks, and what stands in the way: others' alliances, limits, the event's end, and whoever acts meanwhile.

use std::{collections::BTreeSet, time::Duration};

use axum::http::StatusCode;
use corridor::{
    accounts::{
        Actor, ClusterId, Role,
        alliances::{self, AllianceId},
        clusters,
        visibility::{Audience, reader},
    },
    directory::OrganisationId,
    events::{
        self, DelegationId, ParticipantId, Setup, Template,
        delegations::{self, Asking},
        inviting::{
            self, Source,
            list::{self, Columns, Table, Taking},
        },
        participants::{self, Asked},
    },
    execute,
    foundation::{database::Batch, errors::Error},
    transact,
};
use rstest::rstest;

use crate::{
    databases::{Engine, NOW},
    event_invitations_story::{World, asking, count, members, named, plainly, told, world},
    event_seats_story::later,
    participation_story::acting,
    visitors::{Visitor, make_cluster},
};

/// Writes to the database of a story beside its use cases.
macro_rules! written {
    ($app:expr, $($query:expr),+ $(,)?) => {{
        let written: Result<(), Error> = async {
            transact!($app.database, transaction => {
                $(execute!(transaction, $query);)+
                Ok(())
            })
        }
        .await;
        written.unwrap();
    }};
}

impl World {
    /// Somebody of the asked cluster's team.
    fn them(&self) -> Actor {
        acting(Role::EventOrganiser, Some(&self.lyon), None)
    }

    async fn proposes(&self, id: DelegationId, chosen: &[OrganisationId], hand_on: bool) -> Result<usize, Error> {
        let (app, them) = (&self.fresh.app, self.them());
        let sees = reader(&app.database, &them).await.unwrap();
        let chosen: BTreeSet<OrganisationId> = chosen.iter().copied().collect();
        delegations::propose(app, &them, &sees, id, &chosen, hand_on).await
    }

    /// The asked cluster accepts to come with so many.
    async fn comes_with(&self, quota: &str) -> DelegationId {
        let app = &self.fresh.app;
        delegations::ask(app, &self.team, self.event, &asking(self.lyon.id, quota)).await.unwrap();
        let id = self.question().await.delegation.id;
        delegations::answer(app, &self.them(), id, 1, (true, "")).await.unwrap();
        id
    }

    async fn members_of(&self, cluster: ClusterId, of: &[(&str, &str)]) -> Vec<OrganisationId> {
        members(&self.fresh.app, (cluster, cluster), &Audience::Members, &named(of)).await
    }
}

async fn alliance(world: &World, slug: &str, of: &[ClusterId]) -> AllianceId {
    let app = &world.fresh.app;
    let made: Result<(), Error> = async {
        transact!(app.database, transaction => alliances::put_packaged(transaction, slug, slug, of, NOW).await)
    }
    .await;
    made.unwrap();
    let all = alliances::of_cluster(&app.database, of[0]).await.unwrap();
    all.into_iter().find(|alliance| alliance.name == slug).unwrap().id
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn alliances_of_others_lead_nowhere(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, own, lyon) = (&world.fresh.app, world.medicen.id, world.lyon.id);
    let atlan = make_cluster(app, "atlanpole", "Atlanpole").await;
    let axis = alliance(&world, "axis", &[own, lyon]).await;
    let belt = alliance(&world, "belt", &[lyon, atlan]).await;
    // One that asks the own cluster, which has not answered.
    let all = clusters(&app.database).await.unwrap();
    let lead = acting(Role::ClusterAdministrator, all.iter().find(|cluster| cluster.id == atlan), None);
    let asks = alliances::propose(app, &lead, "coast", &[own]).await.unwrap();
    members(app, (lyon, own), &Audience::Public, &named(&[("Lyon Lab", "ada@lyon.example")])).await;

    let sees = reader(&app.database, &world.team).await.unwrap();
    let (event, offer) = inviting::offer(app, &world.team, &sees, world.event).await.unwrap();
    let offered: Vec<AllianceId> = offer.alliances.iter().map(|(id, ..)| *id).collect();
    assert_eq!(offered, [axis]);
    let (_, own_ones) = delegations::who_could_be_asked(app, &event, &[]).await.unwrap();
    assert_eq!(own_ones.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [axis]);
    for (alliance, reached, asked) in
        [(axis, 1, "Ok(1)"), (belt, 0, "delegations-wrong-nobody"), (asks, 0, "delegations-wrong-nobody")]
    {
        let source = Source { alliance: Some(alliance), ..Source::default() };
        let (_, found) = inviting::candidates(app, &world.team, &sees, world.event, &source).await.unwrap();
        assert_eq!(found.len(), reached, "{found:?}");
        let setup = Template::HalfDay.setup("Each", "2026-11-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
        let event = events::create(app, &world.team, setup).await.unwrap();
        let through = Asking { clusters: Vec::new(), alliance: Some(alliance), ..asking(lyon, "2") };
        assert_eq!(told(delegations::ask(app, &world.team, event, &through).await), asked);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_takes_so_many_and_no_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, own) = (&world.fresh.app, world.medicen.id);
    let id = world.comes_with("5").await;
    let crowd: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let mut batch = Batch::new(
                "INSERT INTO event_participants (cluster_id, id, event_id, name, country, kind, delegation, standing, offers, seeks, booth, revision, asked_at)",
                "",
            );
            batch.extend((0..14_999).map(|at| {
                vec![
                    own.into(), ParticipantId::new().into(), world.event.into(), format!("Body {at}").into(), "FR".into(),
                    "participant".into(), "".into(), "confirmed".into(), "".into(), "".into(), "".into(), 1i64.into(),
                    NOW.into(),
                ]
            }));
            batch.write(transaction).await?;
            Ok(())
        })
    }
    .await;
    crowd.unwrap();
    let ours = world.members_of(own, &[("One", "one@lab.example"), ("Two", "two@lab.example")]).await;
    let theirs = world.members_of(world.lyon.id, &[("Three", ""), ("Four", "")]).await;
    let source = world.of(&[&world.medicen]);
    assert_eq!(told(world.invites(&source, &ours, &plainly()).await), "inviting-wrong-full");
    assert_eq!(told(world.proposes(id, &theirs, false).await), "inviting-wrong-full");
    assert_eq!(world.invites(&source, &ours[..1], &plainly()).await.unwrap().invited, 1);
    assert_eq!(told(world.proposes(id, &theirs[..1], false).await), "inviting-wrong-full");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_are_too_large_are_told_so(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let organiser = Visitor::invited(&world.fresh.app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let path = format!("/events/{}/invite/list", world.event);
    let rows: String = (0..2_001).map(|at| format!("Lab {at},{at}@lab.example\n")).collect();
    let many = organiser.upload(&path, "l.csv", format!("name,email\n{rows}").as_bytes()).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(many.text.contains("rows: split it"), "{}", many.text);
    let large = format!("name,notes\nLab,{}\n", "x".repeat(list::LARGEST));
    let large = organiser.upload(&path, "l.csv", large.as_bytes()).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large.text.contains("The list is larger than"), "{}", large.text);
    // Nor by a form that claims to have been checked.
    let cells: Vec<String> = (0..2_001).map(|at| format!("[{at},[\"Lab {at}\"]]")).collect();
    let table = format!("{{\"headers\":[\"name\"],\"rows\":[{}],\"broken\":[]}}", cells.join(","));
    let table: String = table.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form = format!("table={table}&column-name=name&kind=participant&language=en&confirmed=yes");
    for step in ["check", "take"] {
        let sent = organiser.post(&format!("{path}/{step}"), &form).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}");
    }
    assert_eq!(world.listed().await.len(), 0);
}

/// An event that was deleted after somebody looked at it: whoever writes then is told, and no letter leaves.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_is_asked_to_what_was_deleted_meanwhile(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = std::sync::Arc::new(world(engine).await);
    let app = &world.fresh.app;
    let ours = world.members_of(world.medicen.id, &[("One", "one@lab.example")]).await;
    let theirs = world.members_of(world.lyon.id, &[("Two", "two@lab.example")]).await;
    let id = world.comes_with("5").await;
    let letters = count(app, "SELECT COUNT(*) FROM letters").await;
    let mut acts = Vec::new();
    let deleted: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE events SET deleted_at = $2 WHERE id = $1").bind(world.event).bind(NOW));
            // They read the event as it was, and wait for this transaction before they write.
            let (one, chosen) = (world.clone(), ours.clone());
            acts.push(tokio::spawn(async move {
                told(one.invites(&one.of(&[&one.medicen]), &chosen, &plainly()).await)
            }));
            let (one, chosen) = (world.clone(), theirs.clone());
            acts.push(tokio::spawn(async move { told(one.proposes(id, &chosen, true).await) }));
            let one = world.clone();
            acts.push(tokio::spawn(async move {
                let asked = Asked {
                    organisation: "Three".to_owned(),
                    kind: "participant".to_owned(),
                    email: "three@lab.example".to_owned(),
                    ..Asked::default()
                };
                told(participants::invite(&one.fresh.app, &one.team, one.event, &asked).await)
            }));
            tokio::time::sleep(Duration::from_millis(800)).await;
            Ok(())
        })
    }
    .await;
    deleted.unwrap();
    for act in acts {
        assert_eq!(act.await.unwrap(), "nowhere");
    }
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_participants").await, 0);
    assert_eq!(count(app, "SELECT COUNT(*) FROM letters").await, letters);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_is_over_asks_nobody(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let ours = world.members_of(world.medicen.id, &[("One", "one@lab.example")]).await;
    let theirs = world.members_of(world.lyon.id, &[("Two", "two@lab.example")]).await;
    let id = world.comes_with("5").await;
    let over = later(&world, "2026-10-07T08:00:00Z").await;
    over.part::<corridor::directory::search::Catalogue>().refresh(&over.database).await.unwrap();
    let sees = reader(&over.database, &world.team).await.unwrap();
    let source = world.of(&[&world.medicen]);
    let chosen: BTreeSet<OrganisationId> = ours.into_iter().collect();
    let many = inviting::invite_from(&over, &world.team, &sees, world.event, &source, &chosen, &plainly()).await;
    let table = Table { headers: vec!["name".to_owned()], rows: vec![(2, vec!["Lab".to_owned()])], broken: Vec::new() };
    let columns = Columns::from([(list::Column::Name, "name".to_owned())]);
    let taking = Taking { kind: "participant".to_owned(), confirmed: true, ..Taking::default() };
    let listed = list::take(&over, &world.team, world.event, &table, &columns, &taking).await;
    let (them, proposed) = (world.them(), theirs.into_iter().collect());
    let of_theirs = reader(&over.database, &them).await.unwrap();
    for (act, said) in [
        ("many", told(many)),
        ("a list", told(listed)),
        ("clusters", told(delegations::ask(&over, &world.team, world.event, &asking(world.lyon.id, "2")).await)),
        ("an answer", told(delegations::answer(&over, &them, id, 2, (false, "")).await)),
        ("proposals", told(delegations::propose(&over, &them, &of_theirs, id, &proposed, false).await)),
    ] {
        assert_eq!(said, "events-over", "{act}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_changed_where_it_was_asked_and_as_it_was_read(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let (app, team, own, lyon) = (&world.fresh.app, &world.team, world.medicen.id, world.lyon.id);
    let named_ones = [("Refusing", "no@lab.example"), ("Willing", "yes@lab.example")];
    let [refusing, willing] = world.members_of(lyon, &named_ones).await[..] else { panic!("two members") };
    // One whose only contact is kept by the organiser, and shown to everybody.
    let foreign = members(app, (lyon, own), &Audience::Members, &named(&[("Foreign", "far@lab.example")])).await;
    written!(
        app,
        sqlx::query("UPDATE contacts SET name_audience = 'public', email_audience = 'public' WHERE cluster_id = $1")
            .bind(own),
        sqlx::query("INSERT INTO event_refusals (cluster_id, attendee, refused_at) VALUES ($1, $2, $3)")
            .bind(own)
            .bind(events::attendee_key("no@lab.example", events::AttendeeId::new()))
            .bind(NOW),
    );
    let id = world.comes_with("1").await;
    let setup = Template::HalfDay.setup("Next", "2026-11-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
    let next = events::create(app, team, setup).await.unwrap();
    assert_eq!(told(delegations::change(app, team, next, id, 2, Some("9")).await), "nowhere");
    assert_eq!(told(delegations::change(app, team, world.event, id, 1, Some("9")).await), "clash");
    for quota in ["0", "501", "-1"] {
        let wrong = delegations::change(app, team, world.event, id, 2, Some(quota)).await;
        assert_eq!(told(wrong), "delegations-wrong-quota", "{quota}");
    }
    // The organiser and the asked cluster at once: the second is told.
    let them = world.them();
    let both = tokio::join!(
        delegations::change(app, team, world.event, id, 2, Some("9")),
        delegations::answer(app, &them, id, 2, (true, "Gladly")),
    );
    let mut both = [told(both.0), told(both.1)];
    both.sort();
    assert_eq!(both, ["Ok(())", "clash"]);
    let line = world.question().await.delegation;
    if line.quota != 9 {
        delegations::change(app, team, world.event, id, line.revision, Some("9")).await.unwrap();
    }

    // Two who propose the same at once propose it once; nobody is proposed twice.
    assert_eq!(told(world.proposes(id, &[], false).await), "delegations-wrong-nobody-proposed");
    let chosen = [willing];
    let both = tokio::join!(world.proposes(id, &chosen, false), world.proposes(id, &chosen, false));
    let counts = [both.0, both.1].map(|found| match found {
        Ok(count) => count.to_string(),
        other => told(other),
    });
    assert_eq!(counts.iter().filter(|count| *count == "1").count(), 1, "{counts:?}");
    assert!(
        counts.iter().all(|count| ["0", "1", "delegations-wrong-nobody-proposed"].contains(&count.as_str())),
        "{counts:?}"
    );
    let proposed = world.question().await.proposed;
    assert_eq!(proposed.len(), 1);
    delegations::take_back(app, &them, id, proposed[0].id).await.unwrap();

    // Handed on is what the asked cluster keeps itself, of who did not refuse, where it says so.
    assert_eq!(world.proposes(id, &[willing], false).await.unwrap(), 1);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_people").await, 0);
    delegations::take_back(app, &them, id, world.question().await.proposed[0].id).await.unwrap();
    assert_eq!(world.proposes(id, &[refusing, willing, foreign[0]], true).await.unwrap(), 3);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_people").await, 1);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_people WHERE email = 'yes@lab.example'").await, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_are_made_and_deleted_by_whose_they_are(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let (app, team, them) = (&world.fresh.app, &world.team, world.them());
    let setup = Template::HalfDay.setup("Next", "2026-11-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
    for wrong in [
        Setup { name: String::new(), ..setup.clone() },
        Setup { minutes: 0, ..setup.clone() },
        Setup { zone: "Nowhere/Land".to_owned(), ..setup.clone() },
    ] {
        assert!(matches!(events::create(app, team, wrong).await, Err(Error::Invalid(_))));
    }
    let deleted =
        async |actor: &Actor, deleted: bool| told(events::set_deleted(app, actor, world.event, deleted).await);
    assert_eq!(deleted(&them, true).await, "nowhere");
    assert_eq!(deleted(team, false).await, "nowhere", "it is not deleted");
    assert_eq!(deleted(team, true).await, "Ok(())");
    assert_eq!(deleted(&them, false).await, "nowhere");
    assert_eq!(told(events::open(app, team, world.event).await), "nowhere");
    assert_eq!(deleted(team, false).await, "Ok(())");
    assert!(events::open(app, team, world.event).await.is_ok());
}
