//! How requests come in: from «My data», from the public page, in writing.

use super::{Known, acknowledge, desk, identity_is_sure, some_text, tell, today, unknown, wrong, zone_of};
use crate::{
    accounts::{Acting, Action, Actor, Email, Limits, Resource, sessions::Browser, sign_in::links},
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        personal::Subject,
        secrets::Secret,
        time::{Day, Zone},
    },
    privacy::{
        letters::{self, Notice},
        model::{Kind, Proposal, RequestId, State, Step, after},
        store::{self, Request},
    },
};

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
