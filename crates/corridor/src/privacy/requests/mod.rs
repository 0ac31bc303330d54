//! The use cases of requests: made by the person, by an address, or entered by staff (`making`); checked, worked on,
//! answered (`steps`); read by whom they concern.

mod making;
mod steps;

pub use making::{CHANNELS, Entered, ask, confirm, enter, make};
pub use steps::{Taken, step, withdraw};

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    answer::{self, Answer, Scope},
    clock::Running,
    letters::{self, Notice},
    model::{Kind, RequestId, State, Step, clusters_of, desk_of},
    store::{self, Request, StepRow},
};
use crate::{
    accounts::{
        Acting, Action, Actor, ClusterId, Limits, PersonId, Resource, Role, clusters, decide, personal::known_as,
        sessions::Browser,
    },
    foundation::{
        audit,
        database::{Database, Transaction},
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        personal::{self, Basis, BasisEntry, Datum, Erased, Event, Held, Holdings, Proof, Subject},
        secrets::Secret,
        time::{Day, Timestamp, Zone},
    },
};

/// The most requests that a list shows.
pub const LISTED: i64 = 300;
/// How long an answer can be fetched.
const ANSWER_DAYS: i64 = 30;
/// The same in seconds.
pub const ANSWER_SECONDS: i64 = ANSWER_DAYS * 24 * 3600;
/// For how long a browser that opened the link of an answer can read it.
const OPENED_SECONDS: i64 = 3600;
/// The longest text that somebody writes about a request.
const LONGEST: usize = 4000;

fn unknown() -> Error {
    Error::NotFound("this request".to_owned())
}

fn wrong(field: &str, message: &str) -> Error {
    Error::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.to_owned(), value: String::new() }])
}

fn some_text(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// The zone in which a desk counts its days.
pub async fn zone_of(app: &App, desk: Option<ClusterId>) -> Result<Zone, Error> {
    Ok(match desk {
        Some(id) => crate::accounts::cluster(&app.database, id).await?.settings.time_zone,
        None => app.configuration.time_zone.clone(),
    })
}

fn today(app: &App, zone: &Zone) -> Day {
    Day(zone.at(app.clock.now()).date())
}

/// What the actor sees of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it, and acts on it.
    Whole,
    /// What a cluster holds about the person.
    Part(ClusterId),
}

/// The cluster whose requests the actor sees; all where none is named.
///
/// # Errors
/// When the actor answers no requests.
pub fn desk(actor: &Actor) -> Result<Option<ClusterId>, Error> {
    decide(actor, Action::HandleDataRequests, Resource::Instance)?;
    match actor {
        Actor::Console => Ok(None),
        _ if actor.role() == Some(Role::InstanceAdministrator) => Ok(None),
        _ => match actor.cluster() {
            Some(cluster) => Ok(Some(cluster.id)),
            None => Err(Error::Refused { reason: "refused-role", sign_in: false }),
        },
    }
}

fn reach(actor: &Actor, request: &Request, touching: &[ClusterId]) -> Result<Reach, Error> {
    match desk(actor)? {
        None => Ok(Reach::Whole),
        Some(own) if request.desk == Some(own) => Ok(Reach::Whole),
        Some(own) if touching.contains(&own) => Ok(Reach::Part(own)),
        // Of another cluster's requests nobody learns even that there are any.
        Some(_) => Err(unknown()),
    }
}

async fn tell(
    transaction: &mut Transaction,
    app: &App,
    request: &Request,
    step: Step,
    by: Option<Uuid>,
) -> Result<(), Error> {
    let now = app.clock.now();
    store::put_step(transaction, request.id, step, by, now).await?;
    // Told as something about accounts: it shows on nobody's Today, and to nobody of the demonstration.
    audit::record(
        transaction,
        audit::Entry {
            at: now,
            person: by,
            cluster: request.desk.map(|cluster| cluster.0),
            action: &format!("data_request_{}", step.key()),
            subject_kind: "account",
            subject: request.id.to_string(),
            summary: String::new(),
            before: serde_json::Value::Null,
            after: serde_json::json!({ "request": request.id, "kind": request.kind.key(), "state": request.state.key() }),
        },
    )
    .await
}

/// What is known of the person once it is sure who asks.
struct Known {
    subject: Subject,
    held: Vec<Held>,
}

impl Known {
    async fn of(app: &App, subject: Subject) -> Result<Self, Error> {
        let subject = known_as(&app.database, subject).await?;
        let held = app.part::<Holdings>().held(&app.database, &subject).await?;
        Ok(Known { subject, held })
    }

    /// The clusters that hold something, and whose desk answers. Whoever acts for the whole instance is not a single
    /// cluster's to answer.
    fn clusters(&self) -> (Vec<ClusterId>, Option<ClusterId>) {
        let clusters = clusters_of(&self.held);
        let instance_wide = self.held.iter().any(|one| one.label == "personal-role" && one.cluster.is_none());
        let desk = if instance_wide { None } else { desk_of(&clusters) };
        (clusters, desk)
    }

    /// The records that the person may object to.
    fn objectionable(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|one| one.basis.may_be_objected_to())
    }

    /// What the log of legal bases is told of an objection: once a purpose, not once a record.
    fn events(&self, request: RequestId, events: &[Event], by: Option<Uuid>, now: Timestamp) -> Vec<BasisEntry> {
        let purposes: BTreeSet<(&str, &str, Basis, bool)> =
            self.objectionable().map(|one| (one.kind, one.purpose.key, one.basis, one.stays().is_some())).collect();
        let entry = |(kind, purpose, basis, stays): (&str, &str, Basis, bool), event: Event| BasisEntry {
            at: now,
            kind: kind.to_owned(),
            id: request.to_string(),
            field: purpose.to_owned(),
            // Upheld for the rest, it does not hold against what claims are defended with.
            event: if stays && event == Event::ObjectionUpheld { Event::ObjectionOverruled } else { event },
            basis,
            proof: Proof { channel: "request".to_owned(), ..Proof::default() },
            entered_by: by,
            cluster: None,
        };
        purposes.into_iter().flat_map(|purpose| events.iter().map(move |event| entry(purpose, *event))).collect()
    }
}

/// From here on the clock runs, nothing is removed by age, and what is objected to rests.
async fn identity_is_sure(
    transaction: &mut Transaction,
    app: &App,
    request: &mut Request,
    known: &Known,
    how: &str,
) -> Result<(), Error> {
    let (clusters, desk) = known.clusters();
    let now = app.clock.now();
    request.state = State::IdentityChecked;
    request.identity = Some(how.to_owned());
    request.person = known.subject.person_id().map(PersonId);
    request.desk = request.desk.or(desk);
    let zone = zone_of(app, request.desk).await?;
    let day = today(app, &zone);
    if let Some(since) = request.doubt_since.take() {
        request.doubt_days += since.days_until(day).max(0);
    }
    request.due_on = request.running().due(day, &zone);
    if request.hold.is_none() {
        request.hold = Some(personal::hold(transaction, &known.subject, now).await?);
    }
    if request.kind == Kind::Objection && !request.paused {
        app.part::<Holdings>().restrict(transaction, &known.subject, true, now).await?;
        let events = known.events(request.id, &[Event::Recorded, Event::Objected], None, now);
        personal::record_bases(transaction, &events).await?;
        request.paused = true;
    }
    store::put(transaction, request).await?;
    store::put_clusters(transaction, request.id, &clusters).await
}

async fn acknowledge(transaction: &mut Transaction, app: &App, request: &Request) -> Result<(), Error> {
    let Some(reader) = letters::asking(app, request).await? else { return Ok(()) };
    let notice = Notice {
        what: "received",
        kind: Some(request.kind),
        due: request.due_on.to_string(),
        page: request.person.map(|_| "/my-data".to_owned()),
        ..Notice::default()
    };
    letters::write(transaction, app, &reader, &notice, app.clock.now()).await
}

/// The requests that the actor answers, open ones first.
///
/// # Errors
/// When the actor answers none.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<Request>, Error> {
    store::requests(&app.database, desk(actor)?, LISTED).await
}

/// A request as whoever answers it sees it.
#[derive(Debug)]
pub struct Opened {
    /// The request; without its words where the actor sees only a part.
    pub request: Request,
    /// What the actor sees of it.
    pub reach: Reach,
    /// What was done.
    pub steps: Vec<StepRow>,
    /// The zone of its days.
    pub zone: Zone,
}

/// Opens a request.
///
/// # Errors
/// When there is none that the actor sees.
pub async fn open(app: &App, actor: &Actor, id: RequestId) -> Result<Opened, Error> {
    let request = store::request(&app.database, id).await?.ok_or_else(unknown)?;
    let reach = reach(actor, &request, &store::touching(&app.database, id).await?)?;
    let zone = zone_of(app, request.desk).await?;
    Ok(Opened { steps: store::steps(&app.database, id).await?, request, reach, zone })
}

/// What would be answered, as whoever answers sees it before: all of it, or the part of their cluster.
///
/// # Errors
/// When there is no such request that the actor sees.
pub async fn preview(app: &App, actor: &Actor, opened: &Opened, language: Language) -> Result<Answer, Error> {
    desk(actor)?;
    let subject = known_as(&app.database, opened.request.subject()).await?;
    let scope = Scope {
        portable: opened.request.kind == Kind::Portability,
        cluster: match opened.reach {
            Reach::Whole => None,
            Reach::Part(cluster) => Some(cluster),
        },
    };
    answer::make(app, &subject, language, &opened.zone, scope).await
}

/// The records of others that are corrected together with what a request asks to correct, with the cluster of each.
///
/// # Errors
/// When the database fails.
pub(super) async fn following(app: &App, opened: &Opened) -> Result<Vec<(&'static str, Option<String>)>, Error> {
    let asked = opened.request.proposal.as_ref().filter(|_| opened.reach == Reach::Whole);
    let Some(proposal) = asked.filter(|_| opened.request.state.is_open()) else { return Ok(Vec::new()) };
    let known = Known::of(app, opened.request.subject()).await?;
    let datum = Datum { kind: &proposal.kind, id: &proposal.id, field: &proposal.field };
    let clusters = clusters(&app.database).await?;
    let name = |id: Uuid| clusters.iter().find(|cluster| cluster.id.0 == id).map(|cluster| cluster.name.clone());
    let following = app.part::<Holdings>().following(&known.held, datum).into_iter();
    Ok(following.map(|one| (one.label, one.cluster.and_then(name))).collect())
}

/// Where the person is still named in free texts that no part of the program knows as personal data.
///
/// # Errors
/// When there is no such request that the actor sees whole.
pub async fn mentions(app: &App, actor: &Actor, opened: &Opened) -> Result<Vec<personal::Mention>, Error> {
    desk(actor)?;
    if opened.reach != Reach::Whole {
        return Err(unknown());
    }
    let subject = known_as(&app.database, opened.request.subject()).await?;
    personal::mentions(&app.database, &subject).await
}

/// The requests of the person who acts.
///
/// # Errors
/// When nobody is signed in.
pub async fn mine(acting: &Acting) -> Result<Vec<Request>, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    store::of_person(&acting.app.database, &Subject::person(acting.account()?.person.0)).await
}

/// Everything held about the person who acts, or what they can take along.
///
/// # Errors
/// When nobody is signed in.
pub async fn held_about_me(acting: &Acting, portable: bool) -> Result<Answer, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let app = &acting.app;
    let subject = known_as(&app.database, Subject::person(acting.account()?.person.0)).await?;
    answer::make(app, &subject, acting.language, &acting.zone(), Scope { portable, cluster: None }).await
}

/// The answer to a request of the person who acts, while it can be fetched.
///
/// # Errors
/// When there is none of theirs.
pub async fn my_answer(acting: &Acting, id: RequestId) -> Result<Answer, Error> {
    let own = mine(acting).await?.into_iter().any(|request| request.id == id);
    let answer = match own {
        true => store::answer(&acting.app.database, id, acting.app.clock.now()).await?,
        false => None,
    };
    read_answer(answer)
}

fn read_answer(answer: Option<serde_json::Value>) -> Result<Answer, Error> {
    let answer = answer.ok_or_else(|| Error::NotFound("an answer that can be fetched".to_owned()))?;
    Ok(serde_json::from_value(answer).map_err(anyhow::Error::from)?)
}

/// Opens the link of an answer: it works once, and belongs to the browser of the secret from then on.
///
/// # Errors
/// When tried too often, or the database fails.
pub async fn open_answer(
    acting: &Acting,
    browser: &Browser,
    token: &Secret,
) -> Result<Option<(RequestId, Secret)>, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let (mark, now) = (Secret::fresh(), app.clock.now());
    let until = now.plus_seconds(OPENED_SECONDS);
    let opened = transact!(app.database, transaction =>
        store::open_answer(transaction, &token.digest(), &mark.digest(), now, until).await)?;
    Ok(opened.map(|id| (id, mark)))
}

/// The answer that this browser opened.
///
/// # Errors
/// When it opened none, or an hour has passed.
pub async fn opened_answer(acting: &Acting, id: RequestId, mark: Option<&Secret>) -> Result<Answer, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    let found = match mark {
        Some(mark) => store::opened_answer(&app.database, id, &mark.digest(), app.clock.now()).await?,
        None => None,
    };
    read_answer(found)
}

/// A request near its limit, for Today.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Near {
    /// Its id.
    pub id: RequestId,
    /// The key of what is asked for.
    pub kind: &'static str,
    /// The last day for the answer.
    pub due_on: String,
    /// Days left; negative once it is over.
    pub days: i64,
}

/// The open requests of the actor's desk whose limit is near.
///
/// # Errors
/// When the actor answers none.
pub async fn near(app: &App, actor: &Actor, within: i64) -> Result<Vec<Near>, Error> {
    let own = desk(actor)?;
    let mut near = Vec::new();
    for request in store::waiting(&app.database).await? {
        let theirs = own.is_none_or(|own| request.desk == Some(own));
        let day = today(app, &zone_of(app, request.desk).await?);
        let days = day.days_until(request.due_on);
        // Whoever never proved their address is nobody's to answer yet.
        if theirs && days <= within && is_due_to_desk(&request) {
            near.push(Near { id: request.id, kind: request.kind.key(), due_on: request.due_on.to_string(), days });
        }
    }
    Ok(near)
}

/// Whether the desk is to be reminded: the address is proved, or staff entered it.
pub(super) fn is_due_to_desk(request: &Request) -> bool {
    request.channel != "page" || request.identity.is_some()
}

/// Reads an entry of the log in which a withdrawn consent was the only basis, and lets the datum go.
///
/// # Errors
/// When the database fails.
pub async fn forget_if_ended(
    transaction: &mut Transaction,
    holdings: &Holdings,
    datum: Datum<'_>,
    now: Timestamp,
) -> Result<Vec<Erased>, Error> {
    let log: Vec<BasisEntry> = personal::bases_in(transaction, datum.kind, datum.id)
        .await?
        .into_iter()
        .filter(|entry| entry.field == datum.field)
        .collect();
    if !personal::standing(&log).has_ended(&log) {
        return Ok(Vec::new());
    }
    match holdings.of(datum.kind) {
        Some(holding) => holding.forget(transaction, datum, now).await,
        None => Ok(Vec::new()),
    }
}

/// The names of clusters, for pages.
pub(super) async fn cluster_name(database: &Database, id: Option<ClusterId>) -> Result<Option<String>, Error> {
    Ok(clusters(database).await?.into_iter().find(|cluster| Some(cluster.id) == id).map(|cluster| cluster.name))
}

/// How a request stands to the clock on a day, for pages.
pub(super) fn may_be_extended(running: &Running, app: &App, zone: &Zone) -> bool {
    running.may_be_extended(today(app, zone), zone)
}

/// Days left for the answer, for pages.
pub(super) fn days_left(request: &Request, app: &App, zone: &Zone) -> i64 {
    today(app, zone).days_until(request.due_on)
}
