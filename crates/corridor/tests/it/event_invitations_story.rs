//! Many are asked to an event at once: members of clusters, an alliance, a list; and whoever wants no more invitations.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use corridor::{
    accounts::{
        Actor, ClusterId, ClusterRef, Role, Shared, alliances, clusters,
        visibility::{Audience, reader},
    },
    directory::{OrganisationId, search},
    events::{
        self, EventId, EventState, Standing, Template,
        delegations::{self, Asking},
        inviting::{self, Manner, Sent, Source},
        participants,
    },
    execute,
    foundation::{
        database::{Batch, Value},
        errors::Error,
        languages::Language,
    },
    on, transact,
};
use rstest::rstest;
use uuid::Uuid;

use crate::{
    databases::{Engine, Fresh, NOW, fresh},
    mailbox::{letters_to, link_in},
    participation_story::acting,
    visitors::{Visitor, make_cluster, prepare_people},
};

/// Two clusters, and an event of the first.
pub struct World {
    pub fresh: Fresh,
    pub medicen: ClusterRef,
    pub lyon: ClusterRef,
    pub team: Actor,
    pub event: EventId,
}

/// The event is in preparation.
pub async fn world(engine: Engine) -> World {
    let fresh = fresh(engine).await;
    let app = &fresh.app;
    prepare_people(app).await;
    make_cluster(app, "lyonbiopole", "Lyonbiopole").await;
    let all = clusters(&app.database).await.unwrap();
    let of = |slug: &str| all.iter().find(|cluster| cluster.slug == slug).unwrap().clone();
    let (medicen, lyon) = (of("medicen"), of("lyonbiopole"));
    let team = acting(Role::EventOrganiser, Some(&medicen), None);
    let setup = Template::HalfDay.setup("Biotech", "2026-10-06".parse().unwrap(), "Europe/Paris", &str::to_owned);
    let event = events::create(app, &team, setup).await.unwrap();
    World { medicen, lyon, team, event, fresh }
}

/// Members of a cluster whose memberships an audience sees, each with a contact of the cluster that keeps it, where it has
/// an address.
pub async fn members(
    app: &Shared,
    (cluster, keeper): (ClusterId, ClusterId),
    audience: &Audience,
    named: &[(String, String)],
) -> Vec<OrganisationId> {
    let ids: Vec<OrganisationId> = named.iter().map(|_| OrganisationId::new()).collect();
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            let mut organisations = Batch::new(
                "INSERT INTO organisations (id, name, name_key, kind, country, project_count, revision, created_at, updated_at)",
                "",
            );
            let mut memberships =
                Batch::new("INSERT INTO memberships (cluster_id, organisation_id, basis, source_id, audience)", "");
            let mut contacts = Batch::new(
                "INSERT INTO contacts (cluster_id, id, organisation_id, kept_by, name, name_key, name_audience, job_key, job_audience, email, email_audience, telephone_audience, languages_audience, revision, created_at, updated_at)",
                "",
            );
            let source = Uuid::now_v7();
            execute!(transaction, sqlx::query(
                "INSERT INTO sources (id, slug, name, publisher, licence, attribution, dated)
                 VALUES ($1, $2, $2, $2, 'held by the cluster', '', '2026')",
            )
            .bind(source)
            .bind(source.to_string()));
            for (id, (name, email)) in ids.iter().zip(named) {
                organisations.push(vec![
                    (*id).into(), name.as_str().into(), name.to_lowercase().into(), "sme".into(), "FR".into(),
                    0i64.into(), 1i64.into(), NOW.into(), NOW.into(),
                ]);
                memberships.push(vec![
                    cluster.into(), (*id).into(), "stated".into(), Value::Id(Some(source)), audience.to_string().into(),
                ]);
                if !email.is_empty() {
                    contacts.push(vec![
                        keeper.into(), Value::Id(Some(Uuid::now_v7())), (*id).into(), "cluster".into(),
                        format!("Ada of {name}").into(), name.to_lowercase().into(), "team".into(), "".into(),
                        "team".into(), email.as_str().into(), "team".into(), "team".into(), "team".into(),
                        1i64.into(), NOW.into(), NOW.into(),
                    ]);
                }
            }
            organisations.write(transaction).await?;
            memberships.write(transaction).await?;
            contacts.write(transaction).await?;
            search::touch(transaction, NOW).await
        })
    }
    .await;
    written.unwrap();
    app.part::<search::Catalogue>().refresh(&app.database).await.unwrap();
    ids
}

/// Names with their addresses.
pub fn named(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, email)| ((*name).to_owned(), (*email).to_owned())).collect()
}

impl World {
    /// The members of these clusters.
    pub fn of(&self, clusters: &[&ClusterRef]) -> Source {
        Source { clusters: clusters.iter().map(|cluster| cluster.id).collect(), ..Source::default() }
    }

    /// The names of a source in each group of the preview.
    pub async fn groups(&self, actor: &Actor, source: &Source) -> BTreeMap<&'static str, Vec<String>> {
        let app = &self.fresh.app;
        let reader = reader(&app.database, actor).await.unwrap();
        let (_, found) = inviting::candidates(app, actor, &reader, self.event, source).await.unwrap();
        let mut groups: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for one in found {
            let group = one.group(actor.is_of_the_demonstration()).key();
            groups.entry(group).or_default().push(one.name);
        }
        groups
    }

    /// The team invites those who are chosen of a source.
    pub async fn invites(&self, source: &Source, chosen: &[OrganisationId], manner: &Manner) -> Result<Sent, Error> {
        let app = &self.fresh.app;
        let reader = reader(&app.database, &self.team).await.unwrap();
        let chosen: BTreeSet<OrganisationId> = chosen.iter().copied().collect();
        inviting::invite_from(app, &self.team, &reader, self.event, source, &chosen, manner).await
    }

    /// Who is on the list of the event, with its delegation.
    pub async fn listed(&self) -> Vec<(String, String, Standing)> {
        let (_, all) = participants::list(&self.fresh.app, &self.team, self.event).await.unwrap();
        all.into_iter().map(|(one, _)| (one.name, one.delegation, one.standing)).collect()
    }
}

/// As participants, in English, without a delegation.
pub fn plainly() -> Manner {
    Manner { kind: "participant".to_owned(), language: Language::En, ..Manner::default() }
}

/// The one number that a query finds.
pub async fn count(app: &Shared, query: &'static str) -> i64 {
    on!(app.database, pool => sqlx::query_scalar(query).fetch_one(pool).await.unwrap())
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_members_are_invited_in_one_act(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let all: Vec<(String, String)> =
        (0..500).map(|at| (format!("Member {at:03}"), format!("ada{at}@member.example"))).collect();
    let ids = members(app, (world.medicen.id, world.medicen.id), &Audience::Members, &all).await;
    let without =
        members(app, (world.medicen.id, world.medicen.id), &Audience::Members, &named(&[("Unknown", "")])).await;
    let source = world.of(&[&world.medicen]);
    let groups = world.groups(&world.team, &source).await;
    assert_eq!((groups["free"].len(), &groups["nobody"]), (500, &vec!["Unknown".to_owned()]));
    let letters = count(app, "SELECT COUNT(*) FROM letters").await;

    // Two officers press the button at the same moment: each is asked once, and gets one letter.
    let manner = plainly();
    let (one, other) = tokio::join!(world.invites(&source, &ids, &manner), world.invites(&source, &ids, &manner));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!((one.invited + other.invited, one.letters + other.letters), (500, 500), "{one:?} {other:?}");
    assert_eq!(world.listed().await.len(), 500);
    assert_eq!(count(app, "SELECT COUNT(*) FROM letters").await - letters, 500);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_links").await, 500);
    assert_eq!(count(app, "SELECT COUNT(*) FROM jobs WHERE name = 'mail.send' AND state = 'waiting'").await, 500);
    let again = world.invites(&source, &ids, &manner).await.unwrap();
    assert_eq!(again, Sent::default(), "nobody is left to be asked");
    let nobody = world.invites(&source, &without, &manner).await.unwrap();
    assert_eq!(nobody.invited, 0, "whom no letter reaches is not invited");

    // What a letter leads to is the seat of that member.
    let link = link_in(&letters_to(app, "ada7@member.example").await[0]);
    let page = Visitor::nobody(app).get(&link).await;
    assert!(page.text.contains("Member 007") && page.text.contains("Ada of Member 007"), "{}", page.text);

    let wrong = |found: Result<Sent, Error>| match found {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        other => format!("{other:?}"),
    };
    assert_eq!(wrong(world.invites(&source, &[], &manner).await), "inviting-wrong-nobody");
    let crowd: Vec<OrganisationId> = (0..501).map(|_| OrganisationId::new()).collect();
    assert_eq!(wrong(world.invites(&source, &crowd, &manner).await), "inviting-wrong-many");
    let unkind = Manner { kind: "guest".to_owned(), ..plainly() };
    assert_eq!(wrong(world.invites(&source, &ids, &unkind).await), "events-wrong-participation");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_of_others_are_invited_as_far_as_they_are_shown(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (own, lyon) = (world.medicen.id, world.lyon.id);
    let written: Result<(), Error> = async {
        transact!(app.database, transaction => {
            alliances::put_packaged(transaction, "axis", "Axis", &[own, lyon], NOW).await
        })
    }
    .await;
    written.unwrap();
    let axis = alliances::of_cluster(&app.database, own).await.unwrap().remove(0).id;
    members(app, (own, own), &Audience::Members, &named(&[("Own lab", "own@lab.example")])).await;
    let hidden = members(app, (lyon, own), &Audience::Team, &named(&[("Hidden lab", "hidden@lab.example")])).await;
    let shared =
        members(app, (lyon, own), &alliances::shared_with(axis), &named(&[("Shared lab", "shared@lab.example")])).await;
    let public = members(app, (lyon, lyon), &Audience::Public, &named(&[("Public lab", "public@lab.example")])).await;

    let of_lyon = world.of(&[&world.lyon]);
    let groups = world.groups(&world.team, &of_lyon).await;
    assert_eq!(groups["free"], ["Shared lab"]);
    assert_eq!(groups["nobody"], ["Public lab"], "its contact is private to the other cluster");
    let through = Source { alliance: Some(axis), ..Source::default() };
    assert_eq!(world.groups(&world.team, &through).await["free"], ["Own lab", "Shared lab"]);
    let narrowed = Source { words: "shAred".to_owned(), ..through.clone() };
    assert_eq!(world.groups(&world.team, &narrowed).await["free"], ["Shared lab"]);

    // Whoever names an id that is not shown invites nobody.
    let stolen = world.invites(&of_lyon, &hidden, &plainly()).await.unwrap();
    assert_eq!(stolen.invited, 0);
    let all: Vec<OrganisationId> = hidden.iter().chain(&shared).chain(&public).copied().collect();
    let by_cluster = Manner { by_cluster: true, ..plainly() };
    assert_eq!(world.invites(&through, &all, &by_cluster).await.unwrap().invited, 1);
    assert_eq!(world.listed().await, [("Shared lab".to_owned(), "Lyonbiopole".to_owned(), Standing::Invited)]);

    // An alliance that the own cluster left leads to nobody.
    let left: Result<(), Error> = async {
        transact!(app.database, transaction => {
            execute!(transaction, sqlx::query("UPDATE alliance_clusters SET left_at = $2 WHERE cluster_id = $1").bind(own).bind(NOW));
            Ok(())
        })
    }
    .await;
    left.unwrap();
    assert!(world.groups(&world.team, &through).await.is_empty());

    // The other cluster's team sees nothing of the event, on any of its addresses.
    let stranger = Visitor::invited_to(app, "lyonbiopole", "x@lyon.example", Role::EventOrganiser, None).await;
    for path in ["invite", "invite/list"] {
        assert_eq!(stranger.get(&format!("/events/{}/{path}", world.event)).await.status, StatusCode::NOT_FOUND);
        let form = format!("cluster={lyon}&organisation={}&participation=participant", public[0]);
        let sent = stranger.post(&format!("/events/{}/{path}", world.event), &form).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_ends_invitations_gets_none(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let both = named(&[("First lab", "bob@first.example"), ("Second lab", "zoe@second.example")]);
    let ids = members(app, (world.medicen.id, world.medicen.id), &Audience::Members, &both).await;
    let source = world.of(&[&world.medicen]);
    world.invites(&source, &ids[..1], &plainly()).await.unwrap();
    let letter = letters_to(app, "bob@first.example").await.remove(0);
    let link = link_in(&letter);
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
    assert!(letter.contains(&format!("{link}/letters")), "{letter}");

    // Looking at the page changes nothing; a mail program ends the letters by one form.
    let nobody = Visitor::nobody(app);
    let page = nobody.get(&format!("{link}/letters")).await;
    assert!(page.text.contains("bob@first.example") && page.text.contains("No more invitations"), "{}", page.text);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_refusals").await, 0);
    let ended = nobody.post(&format!("{link}/letters"), "List-Unsubscribe=One-Click").await;
    assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
    assert!(ended.text.contains("sends no more invitations"), "{}", ended.text);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_refusals WHERE attendee LIKE '%first%'").await, 0, "a digest");

    // At the next event: not in bulk, not from a list, not one by one.
    let setup = Template::HalfDay.setup("Next", "2026-11-10".parse().unwrap(), "Europe/Paris", &str::to_owned);
    let next = events::create(app, &world.team, setup).await.unwrap();
    let at_next = World { event: next, ..world };
    let app = &at_next.fresh.app;
    let groups = at_next.groups(&at_next.team, &source).await;
    assert_eq!((&groups["refused"], &groups["free"]), (&vec!["First lab".to_owned()], &vec!["Second lab".to_owned()]));
    assert_eq!(at_next.invites(&source, &ids, &plainly()).await.unwrap(), Sent { invited: 1, letters: 1, there: 0 });
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let path = format!("/events/{next}/invite/list");
    let list = organiser.upload(&path, "l.csv", b"name,email\nFirst,bob@first.example\n").await;
    assert!(list.text.contains("This address wants no more invitations"), "{}", list.text);
    let one = "organisation=First&kind=participant&email=Bob@first.example&language=en";
    let refused = organiser.post(&format!("/events/{next}/participants"), one).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("This address wants no more invitations"), "{}", refused.text);
    assert_eq!(letters_to(app, "bob@first.example").await.len(), 1);

    // The team may look at the seat and not end letters in its place; only the person allows them again.
    let (_, all) = participants::list(app, &at_next.team, next).await.unwrap();
    let seat = format!("/attend/{}/letters", all[0].0.id);
    assert_eq!(organiser.get(&seat).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organiser.post(&seat, "again=yes").await.status, StatusCode::FORBIDDEN);
    assert_eq!(nobody.send(Method::POST, &format!("{link}/letters"), "again=yes").await.status, StatusCode::OK);
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_refusals").await, 0);
    assert_eq!(at_next.groups(&at_next.team, &source).await["free"], ["First lab"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_is_checked_before_it_is_taken(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let known = named(&[("Institut Étoile", "")]);
    let known = members(app, (world.medicen.id, world.medicen.id), &Audience::Public, &known).await;
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let list = format!("/events/{}/invite/list", world.event);
    let csv = "Organisation;Pays;Délégation;Contact;E-mail\n\
               Kansai Bio;JP;Kansai;Aki;aki@kansai.example\n\
               institut etoile;FR;Medicen;Bob;bob@etoile.example\n\
               ;FR;;;nowhere\n\
               Late Lab;France;;;zoe@late.example\n";
    let page = organiser.upload(&list, "list.csv", csv.as_bytes()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for said in ["Kansai Bio", "Write the two letters of the country", "This is no address", "Invite 2"] {
        assert!(page.text.contains(said), "{said}: {}", page.text);
    }
    assert!(page.text.contains(&format!("/organisations/{}", known[0])), "the record that the name means is told");
    assert_eq!(world.listed().await.len(), 0, "nothing is written before that was seen");

    let at = page.text.find("name=\"table\" value=\"").unwrap() + "name=\"table\" value=\"".len();
    let table = page.text[at..].split('"').next().unwrap();
    let table = table.replace("&quot;", "\"").replace("&#x2f;", "/").replace("&amp;", "&").replace("&#34;", "\"");
    let table: String = table.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let columns = "column-name=Organisation&column-country=Pays&column-delegation=D%C3%A9l%C3%A9gation\
                   &column-person=Contact&column-email=E-mail";
    let form = format!("table={table}&{columns}&kind=participant&language=fr");
    let checked = organiser.post(&format!("{list}/check"), &format!("{form}&confirmed=yes")).await;
    assert!(checked.text.contains("Put 2 on the list"), "{}", checked.text);
    let taken = organiser.post(&format!("{list}/take"), &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let listed = world.listed().await;
    assert_eq!(
        listed,
        [
            ("Kansai Bio".to_owned(), "Kansai".to_owned(), Standing::Invited),
            ("institut etoile".to_owned(), "Medicen".to_owned(), Standing::Invited),
        ]
    );
    let letter = letters_to(app, "aki@kansai.example").await.remove(0);
    assert!(letter.contains("vous invite") || letter.contains("invite Kansai Bio"), "{letter}");

    // The same list again: nobody is asked twice. What cannot be read says so.
    organiser.post(&format!("{list}/take"), &form).await;
    assert_eq!(world.listed().await.len(), 2);
    assert_eq!(letters_to(app, "aki@kansai.example").await.len(), 1);
    let nothing = organiser.send_file(&list, &[("pasted", " ")], None).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pasted = organiser.send_file(&list, &[("pasted", "name\temail\nPasted Lab\tx@pasted.example\n")], None).await;
    assert!(pasted.text.contains("Pasted Lab"), "{}", pasted.text);
    let lost = organiser.post(&format!("{list}/take"), "table=none").await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);

    // Nobody of a demonstration writes to real people, so nobody needs an address there.
    let demonstration = Visitor::acting_as(app, Role::EventOrganiser).await;
    let quiet = demonstration.send_file(&list, &[("pasted", "name\nQuiet Lab\n")], None).await;
    assert!(quiet.text.contains("Invite one"), "{}", quiet.text);
    let before = count(app, "SELECT COUNT(*) FROM letters").await;
    let table = "%7B%22headers%22%3A%5B%22name%22%5D%2C%22rows%22%3A%5B%5B2%2C%5B%22Quiet%20Lab%22%5D%5D%5D%2C%22broken%22%3A%5B%5D%7D";
    let form = format!("table={table}&column-name=name&kind=participant&language=en");
    assert_eq!(demonstration.post(&format!("{list}/take"), &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!((world.listed().await.len(), count(app, "SELECT COUNT(*) FROM letters").await), (3, before));

    // An event that is called off invites nobody.
    events::set_state(app, &world.team, world.event, EventState::Cancelled, &Audience::Members).await.unwrap();
    let over = organiser.post(&format!("{list}/take"), &form.replace("Quiet", "Other")).await;
    assert_ne!(over.status, StatusCode::SEE_OTHER, "{}", over.text);
    assert_eq!(world.listed().await.len(), 3);
    let ids = [known[0]];
    let found = world.invites(&world.of(&[&world.medicen]), &ids, &plainly()).await;
    assert!(matches!(found, Err(Error::Over { .. })), "{found:?}");
}

impl World {
    /// The only question to a cluster about the event.
    pub async fn question(&self) -> delegations::Line {
        delegations::of_event(&self.fresh.app, &self.team, self.event).await.unwrap().1.remove(0)
    }
}

/// A question to one cluster.
pub fn asking(cluster: ClusterId, quota: &str) -> Asking {
    Asking {
        clusters: vec![cluster],
        alliance: None,
        kind: "participant".to_owned(),
        quota: quota.to_owned(),
        message: "Please come".to_owned(),
    }
}

/// What somebody was told, in a word.
pub fn told<T: std::fmt::Debug>(found: Result<T, Error>) -> String {
    match found {
        Err(Error::Invalid(problems)) => problems[0].message.clone(),
        Err(Error::Clash(_)) => "clash".to_owned(),
        Err(Error::NotFound(_)) => "nowhere".to_owned(),
        Err(Error::Over { reason }) => reason.to_owned(),
        other => format!("{other:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cluster_comes_with_a_delegation(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let world = world(engine).await;
    let app = &world.fresh.app;
    let (own, lyon) = (world.medicen.id, world.lyon.id);
    let theirs = named(&[("Lyon A", "a@lyon-a.example"), ("Lyon B", ""), ("Lyon C", "c@lyon-c.example")]);
    let ids = members(app, (lyon, lyon), &Audience::Team, &theirs).await;
    let organiser = Visitor::invited(app, "organiser@medicen.example", Role::EventOrganiser, None).await;
    let asked = Visitor::invited_to(app, "lyonbiopole", "team@lyon.example", Role::EventOrganiser, None).await;
    let them = acting(Role::EventOrganiser, Some(&world.lyon), None);

    for (wrong, message) in [
        (asking(lyon, "0"), "delegations-wrong-quota"),
        (asking(own, "2"), "delegations-wrong-nobody"),
        (Asking { kind: "guest".to_owned(), ..asking(lyon, "2") }, "events-wrong-participation"),
    ] {
        assert_eq!(told(delegations::ask(app, &world.team, world.event, &wrong).await), message);
    }
    let form = format!("cluster={lyon}&kind=participant&quota=2&message=Please+come");
    let sent = organiser.post(&format!("/events/{}/delegations", world.event), &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let twice = delegations::ask(app, &world.team, world.event, &asking(lyon, "5")).await;
    assert_eq!(told(twice), "delegations-wrong-nobody", "who is asked already stays as it is");
    let letter = letters_to(app, "team@lyon.example").await.pop().unwrap();
    let id = world.question().await.delegation.id;
    assert!(letter.contains("Please come") && letter.contains(&format!("/delegations/{id}")), "{letter}");

    // The asked team sees the question, and who takes part only once it comes.
    participants::invite(
        app,
        &world.team,
        world.event,
        &participants::Asked {
            organisation: "Paris Lab".to_owned(),
            kind: "participant".to_owned(),
            name: "Zacharias".to_owned(),
            email: "zacharias@paris.example".to_owned(),
            confirmed: "yes".to_owned(),
            ..Default::default()
        },
    )
    .await
    .unwrap();
    let page = asked.get(&format!("/delegations/{id}")).await;
    assert!(page.text.contains("Please come") && !page.text.contains("Paris Lab"), "{}", page.text);
    assert!(asked.get("/events").await.text.contains(&format!("/delegations/{id}")));
    let reader_of = reader(&app.database, &them).await.unwrap();
    let chosen: BTreeSet<OrganisationId> = ids.iter().copied().collect();
    let early = delegations::propose(app, &them, &reader_of, id, &chosen, false).await;
    assert_eq!(told(early), "delegations-wrong-not-accepted");
    let accepted = asked.post(&format!("/delegations/{id}/answer"), "revision=1&answer=yes&words=Gladly").await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
    assert_eq!(told(delegations::answer(app, &them, id, 1, (false, "")).await), "clash");
    let letter = letters_to(app, "organiser@medicen.example").await.pop().unwrap();
    assert!(letter.contains("Gladly"), "{letter}");
    let page = asked.get(&format!("/delegations/{id}")).await;
    assert!(page.text.contains("Paris Lab") && page.text.contains("Lyon A"), "{}", page.text);
    assert!(!page.text.contains("Zacharias") && !page.text.contains("paris.example"), "people are not told");

    // No more than the quota, also when two propose at once.
    assert_eq!(told(delegations::propose(app, &them, &reader_of, id, &chosen, false).await), "delegations-wrong-full");
    let (first, second): (BTreeSet<_>, BTreeSet<_>) = ([ids[0], ids[1]].into(), [ids[2]].into());
    let (one, other) = tokio::join!(
        delegations::propose(app, &them, &reader_of, id, &first, true),
        delegations::propose(app, &them, &reader_of, id, &second, true),
    );
    let (one, other) = (told(one), told(other));
    assert!([&one, &other].iter().any(|said| *said == "delegations-wrong-full"), "{one} {other}");
    for who in world.question().await.proposed {
        delegations::take_back(app, &them, id, who.id).await.unwrap();
    }
    assert_eq!(count(app, "SELECT COUNT(*) FROM event_people").await, 1, "what was handed on is taken back too");
    let form = format!("organisation={}&organisation={}&hand_on=yes", ids[0], ids[1]);
    let proposed = asked.post(&format!("/delegations/{id}/proposals"), &form).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text);
    assert_eq!(letters_to(app, "a@lyon-a.example").await.len(), 0, "nobody is written to before the organiser says so");
    let handed = count(app, "SELECT COUNT(*) FROM personal_disclosed").await;
    assert!(handed >= 1, "who was handed on stands in the log");

    // The organiser sees whom they proposed, nothing else of theirs, and lets one in.
    let page = organiser.get(&format!("/events/{}/delegations", world.event)).await;
    assert!(page.text.contains("Lyon A") && page.text.contains("Lyon B") && !page.text.contains("Lyon C"));
    let line = world.question().await;
    let lyon_a = line.proposed.iter().find(|one| one.name == "Lyon A").unwrap();
    assert_eq!((lyon_a.standing, lyon_a.delegation.as_str()), (Standing::Registered, "Lyonbiopole"));
    participants::set_standing(app, &world.team, world.event, lyon_a.id, Standing::Confirmed).await.unwrap();
    assert_eq!(letters_to(app, "a@lyon-a.example").await.len(), 1);
    assert_eq!(told(delegations::take_back(app, &them, id, lyon_a.id).await), "nowhere", "it takes part already");

    // To everybody else the question is nowhere, and to the asked team once it is taken back.
    let stranger = acting(Role::EventOrganiser, Some(&world.medicen), None);
    assert_eq!(told(delegations::question(app, &stranger, id).await), "nowhere");
    make_cluster(app, "atlanpole", "Atlanpole").await;
    let third = Visitor::invited_to(app, "atlanpole", "x@atlan.example", Role::EventOrganiser, None).await;
    let nowhere = "018f0000-0000-7000-8000-000000000000";
    for (path, form) in [("", ""), ("/answer", "revision=2&answer=no"), ("/proposals", "organisation=x")] {
        let of = |id: &str| format!("/delegations/{id}{path}");
        let (there, none) = if form.is_empty() {
            (third.get(&of(&id.to_string())).await, third.get(&of(nowhere)).await)
        } else {
            (third.post(&of(&id.to_string()), form).await, third.post(&of(nowhere), form).await)
        };
        assert_eq!((there.status, there.text.replace(&id.to_string(), nowhere)), (StatusCode::NOT_FOUND, none.text));
    }
    let stolen = delegations::change(app, &them, world.event, id, 2, None).await;
    assert_eq!(told(stolen), "nowhere", "only the organiser takes it back");
    let form = "revision=2&quota=none";
    let path = format!("/events/{}/delegations/{id}", world.event);
    assert_eq!(organiser.post(&path, form).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    delegations::change(app, &world.team, world.event, id, 2, Some("3")).await.unwrap();
    delegations::change(app, &world.team, world.event, id, 3, None).await.unwrap();
    assert_eq!(told(delegations::question(app, &them, id).await), "nowhere");
    assert_eq!(told(delegations::answer(app, &them, id, 4, (true, "")).await), "nowhere");
    assert!(letters_to(app, "team@lyon.example").await.pop().unwrap().contains("taken back"));
    assert_eq!(delegations::ask(app, &world.team, world.event, &asking(lyon, "4")).await.unwrap(), 1, "asked anew");
    assert_eq!(world.question().await.proposed.len(), 2, "whom it proposed is still there");
}
