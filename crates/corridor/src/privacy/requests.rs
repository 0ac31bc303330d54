//! The use cases of requests: made by the person, by an address, or entered by staff; checked, worked on, answered.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    answer::{self, Answer, Scope},
    clock::Running,
    letters::{self, Notice},
    model::{Kind, Proposal, RequestId, State, Step, after, clusters_of, desk_of},
    store::{self, Request, StepRow},
};
use crate::{
    accounts::{
        Acting, Action, Actor, ClusterId, Email, Limits, PersonId, Resource, Role, clusters, decide,
        personal::known_as, sessions::Browser, sign_in::links,
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

fn fresh(app: &App, kind: Kind, channel: &str, language: Language, zone: &Zone) -> Request {
    let received_on = today(app, zone);
    Request {
        id: RequestId::new(),
        kind,
        state: State::Received,
        channel: channel.to_owned(),
        person: None,
        email: None,
        name: None,
        words: None,
        language,
        desk: None,
        received_on,
        due_on: received_on,
        identity: None,
        doubt_since: None,
        doubt_days: 0,
        extended_on: None,
        extension_reason: None,
        proposal: None,
        reason: None,
        told: Vec::new(),
        paused: false,
        restricted: false,
        hold: None,
        reminded: None,
        revision: 1,
        created_at: app.clock.now(),
        closed_at: None,
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
        let purposes: BTreeSet<(&str, &str, Basis)> =
            self.objectionable().map(|one| (one.kind, one.purpose, one.basis)).collect();
        let entry = |(kind, purpose, basis): (&str, &str, Basis), event: Event| BasisEntry {
            at: now,
            kind: kind.to_owned(),
            id: request.to_string(),
            field: purpose.to_owned(),
            event,
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

/// Makes a request of the person who acts; their sign-in of a short while ago says who they are.
///
/// # Errors
/// When they did not sign in lately, or what they want corrected is not theirs.
pub async fn make(acting: &Acting, kind: Kind, words: &str, proposal: Option<Proposal>) -> Result<RequestId, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let (app, person) = (&acting.app, acting.account()?.person);
    let known = Known::of(app, Subject::person(person.0)).await?;
    if let Some(proposal) = &proposal {
        may_be_corrected(&known, proposal)?;
    }
    let (_, desk) = known.clusters();
    let zone = zone_of(app, desk).await?;
    let mut request = fresh(app, kind, "account", acting.language, &zone);
    request.person = Some(person);
    request.email = known.subject.email().map(str::to_owned);
    request.name = known.subject.name().map(str::to_owned);
    request.words = some_text(words);
    request.proposal = proposal;
    request.desk = desk;
    if request.kind == Kind::Rectification && request.proposal.is_none() && request.words.is_none() {
        return Err(wrong("words", "request-problem-words"));
    }
    transact!(app.database, transaction => {
        let mut request = request.clone();
        identity_is_sure(transaction, app, &mut request, &known, "session").await?;
        tell(transaction, app, &request, Step::Receive, Some(person.0)).await?;
        tell(transaction, app, &request, Step::CheckIdentity, None).await?;
        acknowledge(transaction, app, &request).await
    })?;
    app.jobs.notify_one();
    Ok(request.id)
}

fn may_be_corrected(known: &Known, proposal: &Proposal) -> Result<(), Error> {
    let theirs = known.held.iter().any(|one| {
        one.kind == proposal.kind
            && one.id == proposal.id
            && one.fields.iter().any(|field| field.correctable && field.name == proposal.field)
    });
    match (theirs, proposal.value.trim().is_empty()) {
        (false, _) => Err(Error::NotFound("this field of yours".to_owned())),
        (true, true) => Err(wrong("value", "request-problem-value")),
        (true, false) => Ok(()),
    }
}

/// Makes a request in the name of an address. Nothing is looked up: whether anything is held changes neither the answer nor
/// the work. The secret is for the browser that asked; a link in a letter proves the address.
///
/// # Errors
/// When asked too often.
pub async fn ask(acting: &Acting, browser: &Browser, email: &Email, kind: Kind, words: &str) -> Result<Secret, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().letter(browser, email.as_str()).await?;
    let zone = zone_of(app, None).await?;
    let mut request = fresh(app, kind, "page", acting.language, &zone);
    request.email = Some(email.to_string());
    request.words = some_text(words);
    request.doubt_since = Some(request.received_on);
    request.due_on = request.running().due(request.received_on, &zone);
    let now = app.clock.now();
    let asking = transact!(app.database, transaction => {
        store::put(transaction, &request).await?;
        let proof = links::put_proof(transaction, &format!("data-request:{}", request.id), now).await?;
        tell(transaction, app, &request, Step::Receive, None).await?;
        if let Some(reader) = letters::asking(app, &request).await? {
            let notice = Notice {
                what: "confirm",
                kind: Some(kind),
                days: links::LINK_MINUTES,
                link: Some(Secret::new(app.address.link(&format!("/privacy/confirm/{}", proof.token.reveal())))),
                ..Notice::default()
            };
            letters::write(transaction, app, &reader, &notice, now).await?;
        }
        Ok(proof.asking)
    })?;
    app.jobs.notify_one();
    Ok(asking)
}

/// Proves the address of a request by the link of its letter. Nothing tells apart why a link does not work.
///
/// # Errors
/// When asked too often, or the database fails.
pub async fn confirm(
    acting: &Acting,
    browser: &Browser,
    token: &Secret,
    asking: Option<&Secret>,
) -> Result<Option<Request>, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().from(browser).await?;
    let Some(asking) = asking else { return Ok(None) };
    let now = app.clock.now();
    let opens = transact!(app.database, transaction => links::use_proof(transaction, token, asking, now).await)?;
    let id = opens.as_deref().and_then(|opens| opens.strip_prefix("data-request:")).and_then(|id| id.parse().ok());
    let Some(id) = id else { return Ok(None) };
    let Some(found) = store::request(&app.database, id).await? else { return Ok(None) };
    if after(found.state, found.kind, Step::CheckIdentity).is_none() {
        return Ok(None);
    }
    let known = Known::of(app, found.subject()).await?;
    let sure = transact!(app.database, transaction => {
        let mut request = store::take(transaction, id, found.revision).await?.ok_or_else(unknown)?;
        identity_is_sure(transaction, app, &mut request, &known, "link").await?;
        tell(transaction, app, &request, Step::CheckIdentity, None).await?;
        acknowledge(transaction, app, &request).await?;
        Ok(request)
    })?;
    app.jobs.notify_one();
    Ok(Some(sure))
}

/// A request that came in writing, as staff enters it.
#[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
pub struct Entered {
    /// What is asked for.
    pub kind: String,
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What the person says.
    pub words: String,
    /// How it came: `letter`, `email`, `telephone`, `meeting`.
    pub channel: String,
    /// The day of receipt.
    pub received_on: String,
    /// What was seen to be sure who asks; empty where it is not sure yet. Never a copy of it.
    pub identity: String,
    /// The language of letters.
    pub language: String,
}

/// The ways in which requests come to staff.
pub const CHANNELS: [&str; 4] = ["letter", "email", "telephone", "meeting"];

/// Enters a request that came in writing.
///
/// # Errors
/// [`Error::Invalid`] with what cannot be used; when the actor answers no requests.
pub async fn enter(app: &App, actor: &Actor, entered: &Entered) -> Result<RequestId, Error> {
    let own = desk(actor)?;
    let zone = zone_of(app, own).await?;
    let day = today(app, &zone);
    let mut problems = Vec::new();
    let mut problem = |field: &str, message: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: String::new() });
    };
    let kind = Kind::of(&entered.kind);
    if kind.is_none() {
        problem("kind", "request-problem-kind");
    }
    let email = entered.email.parse::<Email>().ok();
    if email.is_none() {
        problem("email", "sign-in-problem-email");
    }
    if !CHANNELS.contains(&entered.channel.as_str()) {
        problem("channel", "request-problem-channel");
    }
    let received = entered.received_on.parse::<Day>().ok().filter(|received| *received <= day);
    if received.is_none() {
        problem("received_on", "request-problem-day");
    }
    let (Some(kind), Some(email), Some(received), true) = (kind, email, received, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let language = entered.language.parse().unwrap_or_default();
    let mut request = fresh(app, kind, &entered.channel, language, &zone);
    request.received_on = received;
    request.email = Some(email.to_string());
    request.name = some_text(&entered.name);
    request.words = some_text(&entered.words);
    request.desk = own;
    let seen = some_text(&entered.identity);
    if seen.is_none() {
        request.doubt_since = Some(received);
    }
    request.due_on = request.running().due(day, &zone);
    let known = Known::of(app, request.subject()).await?;
    let by = actor.person();
    transact!(app.database, transaction => {
        let mut request = request.clone();
        match &seen {
            Some(seen) => identity_is_sure(transaction, app, &mut request, &known, seen).await?,
            None => store::put(transaction, &request).await?,
        }
        tell(transaction, app, &request, Step::Receive, by).await?;
        if seen.is_some() {
            tell(transaction, app, &request, Step::CheckIdentity, by).await?;
            acknowledge(transaction, app, &request).await?;
        }
        Ok(())
    })?;
    app.jobs.notify_one();
    Ok(request.id)
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

/// Takes a request of the person who acts back.
///
/// # Errors
/// When there is no open one of theirs.
pub async fn withdraw(acting: &Acting, id: RequestId) -> Result<(), Error> {
    let found = mine(acting).await?.into_iter().find(|request| request.id == id).ok_or_else(unknown)?;
    let by = Some(acting.account()?.person.0);
    take_step(&acting.app, by, &found, Step::Withdraw, &Taken::default()).await
}

/// What whoever answers says with a step.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Taken {
    /// The revision that they saw.
    pub revision: i64,
    /// Why: of an extension, a refusal, an objection that does not hold.
    pub reason: String,
    /// What was seen to be sure who asks.
    pub identity: String,
}

/// Takes a step with a request.
///
/// # Errors
/// When the actor may not, the step cannot be taken now, or a reason is missing.
pub async fn step(app: &App, actor: &Actor, id: RequestId, step: Step, taken: &Taken) -> Result<(), Error> {
    let found = store::request(&app.database, id).await?.ok_or_else(unknown)?;
    if reach(actor, &found, &store::touching(&app.database, id).await?)? != Reach::Whole {
        return Err(Error::Refused { reason: "refused-other-cluster", sign_in: false });
    }
    if found.revision != taken.revision {
        return Err(Error::Clash("this request".to_owned()));
    }
    take_step(app, actor.person(), &found, step, taken).await
}

async fn take_step(app: &App, by: Option<Uuid>, found: &Request, step: Step, taken: &Taken) -> Result<(), Error> {
    let next = after(found.state, found.kind, step)
        .filter(|_| step != Step::Lift || found.restricted)
        .ok_or(Error::Over { reason: "request-over" })?;
    let zone = zone_of(app, found.desk).await?;
    let day = today(app, &zone);
    let reason = some_text(&taken.reason);
    if matches!(step, Step::Refuse | Step::Extend) && reason.is_none() {
        return Err(wrong("reason", "request-problem-reason"));
    }
    if step == Step::CheckIdentity && some_text(&taken.identity).is_none() {
        return Err(wrong("identity", "request-problem-identity"));
    }
    if step == Step::Extend && !found.running().may_be_extended(day, &zone) {
        return Err(wrong("reason", "request-problem-too-late"));
    }
    let known = Known::of(app, found.subject()).await?;
    let reader = letters::asking(app, found).await?;
    let now = app.clock.now();
    // Read before anything goes: the answer itself, and who received a copy.
    let answer = match (step, found.kind.is_answered_by_a_copy(), &reader) {
        (Step::Answer, true, Some(reader)) => {
            let (language, zone) = reader.reads();
            let scope = Scope { portable: found.kind == Kind::Portability, cluster: None };
            let made = answer::make(app, &known.subject, language, zone, scope).await?;
            Some(serde_json::to_value(&made).map_err(anyhow::Error::from)?)
        }
        _ => None,
    };
    let disclosures = personal::disclosures(&app.database, &known.subject).await?;
    let recipients = letters::recipients(app, &known.subject, &disclosures).await?;
    transact!(app.database, transaction => {
        let mut request = store::take(transaction, found.id, found.revision).await?
            .ok_or_else(|| Error::Clash("this request".to_owned()))?;
        request.state = next;
        let mut notice = Notice { kind: Some(request.kind), reason: reason.as_deref().unwrap_or_default(), ..Notice::default() };
        match step {
            Step::CheckIdentity => {
                identity_is_sure(transaction, app, &mut request, &known, taken.identity.trim()).await?;
                notice.what = "received";
                notice.due = request.due_on.to_string();
            }
            Step::DoubtIdentity => {
                request.doubt_since = request.doubt_since.or(Some(day));
                request.identity = None;
                request.due_on = request.running().due(day, &zone);
                notice.what = "doubt";
            }
            Step::Extend => {
                request.extended_on = Some(day);
                request.extension_reason = reason.clone();
                request.due_on = request.running().due(day, &zone);
                request.reminded = None;
                notice.what = "extended";
                notice.due = request.due_on.to_string();
            }
            Step::Answer => {
                notice.remedies = true;
                match &answer {
                    Some(content) => send_copy(transaction, &mut request, content, app, &mut notice, now).await?,
                    None => carry_out(transaction, app, &mut request, &known, by, &mut notice).await?,
                }
            }
            Step::Refuse => {
                request.reason = reason.clone();
                settle_objection(transaction, app, &mut request, &known, Event::ObjectionOverruled, by).await?;
                notice.what = "refused";
                notice.remedies = true;
            }
            Step::Withdraw => {
                settle_objection(transaction, app, &mut request, &known, Event::ObjectionOverruled, by).await?;
                notice.what = "withdrawn";
            }
            Step::Lift => {
                app.part::<Holdings>().restrict(transaction, &known.subject, false, now).await?;
                request.restricted = false;
                release(transaction, &mut request).await?;
                notice.what = "lifted";
            }
            Step::Take | Step::Receive => {}
        }
        if !request.state.is_open() && request.closed_at.is_none() {
            request.closed_at = Some(now);
            if !request.restricted {
                release(transaction, &mut request).await?;
            }
        }
        store::put(transaction, &request).await?;
        tell(transaction, app, &request, step, by).await?;
        if let Some(reader) = reader.as_ref().filter(|_| !notice.what.is_empty()) {
            if notice.what == "erased" {
                notice.items = letters::erased_in_words(app, reader.reads().0, &request.told);
            }
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        if notice.what == "erased" {
            for recipient in &recipients {
                let items = [known.subject.name(), known.subject.email()].into_iter().flatten().map(str::to_owned);
                let copy = Notice { what: "erase-copy", items: items.collect(), fleeting: true, ..Notice::default() };
                letters::write(transaction, app, recipient, &copy, now).await?;
            }
        }
        Ok(())
    })?;
    app.jobs.notify_one();
    Ok(())
}

async fn release(transaction: &mut Transaction, request: &mut Request) -> Result<(), Error> {
    match request.hold.take() {
        Some(hold) => personal::release(transaction, hold).await,
        None => Ok(()),
    }
}

/// Keeps the copy to be fetched: by the person signed in, or through a link.
async fn send_copy(
    transaction: &mut Transaction,
    request: &mut Request,
    content: &serde_json::Value,
    app: &App,
    notice: &mut Notice<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let token = Secret::fresh();
    let expires_at = now.plus_seconds(ANSWER_SECONDS);
    let (digest, what) = match request.person {
        Some(_) => (None, "answered"),
        None => (Some(token.digest()), "answered-link"),
    };
    store::put_answer(transaction, request.id, content, digest, now, expires_at).await?;
    notice.what = what;
    notice.days = ANSWER_DAYS;
    match request.person {
        Some(_) => notice.page = Some("/my-data".to_owned()),
        None => notice.link = Some(Secret::new(app.address.link(&format!("/privacy/answers/{}", token.reveal())))),
    }
    Ok(())
}

/// Does what a request asks for that is not answered by a copy.
async fn carry_out(
    transaction: &mut Transaction,
    app: &App,
    request: &mut Request,
    known: &Known,
    by: Option<Uuid>,
    notice: &mut Notice<'_>,
) -> Result<(), Error> {
    let (holdings, now) = (app.part::<Holdings>(), app.clock.now());
    match request.kind {
        Kind::Access | Kind::Portability => notice.what = "answered",
        Kind::Rectification => {
            if let Some(proposal) = &request.proposal {
                let holding =
                    holdings.of(&proposal.kind).ok_or_else(|| Error::input("nothing of this kind is held"))?;
                let datum = Datum { kind: &proposal.kind, id: &proposal.id, field: &proposal.field };
                if !holding.rectify(transaction, &known.subject, datum, &proposal.value, now).await? {
                    return Err(Error::worded("request-problem-gone", &[]));
                }
            }
            notice.what = "rectified";
        }
        Kind::Erasure => {
            request.told = holdings.erase(transaction, &known.subject, now).await?;
            // The request stays as a proof that it was answered, without the person.
            request.told.retain(|one| one.kind != "request");
            (request.person, request.email, request.name, request.words) = (None, None, None, None);
            (request.proposal, request.reason, request.extension_reason) = (None, None, None);
            request.identity = request.identity.take().filter(|how| ["session", "link"].contains(&how.as_str()));
            request.hold = None;
            notice.what = "erased";
            notice.fleeting = true;
        }
        Kind::Restriction => {
            holdings.restrict(transaction, &known.subject, true, now).await?;
            request.restricted = true;
            notice.what = "restricted";
        }
        Kind::Objection => {
            settle_objection(transaction, app, request, known, Event::ObjectionUpheld, by).await?;
            let mut gone: Vec<Erased> = Vec::new();
            for one in known.objectionable() {
                if let Some(holding) = holdings.of(one.kind) {
                    let datum = Datum { kind: one.kind, id: &one.id, field: "" };
                    gone.extend(holding.forget(transaction, datum, now).await?);
                }
            }
            request.told = gone;
            notice.what = "objection-upheld";
        }
    }
    Ok(())
}

/// Ends the pause of an objection with what was decided; nothing to do for other kinds.
async fn settle_objection(
    transaction: &mut Transaction,
    app: &App,
    request: &mut Request,
    known: &Known,
    event: Event,
    by: Option<Uuid>,
) -> Result<(), Error> {
    if !request.paused {
        return Ok(());
    }
    let now = app.clock.now();
    app.part::<Holdings>().restrict(transaction, &known.subject, false, now).await?;
    personal::record_bases(transaction, &known.events(request.id, &[event], by, now)).await?;
    request.paused = false;
    Ok(())
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
