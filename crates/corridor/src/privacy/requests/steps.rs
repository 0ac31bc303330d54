//! What is done with a request, each step in one transaction with its letters and its entry of the trail.

use uuid::Uuid;

use super::{
    ANSWER_DAYS, ANSWER_SECONDS, Known, Reach, identity_is_sure, mine, reach, some_text, tell, today, unknown, wrong,
    zone_of,
};
use crate::{
    accounts::{Acting, Actor},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        personal::{self, Datum, Event, Holdings},
        secrets::Secret,
        time::Timestamp,
    },
    privacy::{
        answer::{self, Scope},
        letters::{self, Notice},
        model::{Kind, RequestId, Step, after},
        store::{self, Request},
    },
};

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
            let (language, zone) = (reader.language, &reader.zone);
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
            if !request.told.is_empty() {
                notice.items = letters::erased_in_words(app, reader.language, &request.told);
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
                let following = holdings.following(&known.held, datum);
                let said = (proposal.field.as_str(), proposal.value.as_str());
                request.told = holdings.follow(transaction, &known.subject, &following, said, now).await?;
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
            request.told = holdings.object(transaction, &known.subject, &known.held, now).await?;
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
