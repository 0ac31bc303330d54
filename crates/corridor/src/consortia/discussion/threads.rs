//! Threads of comments.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::{
    Audience, Place,
    letters::{self, Notice, Reader},
    model::{Whom, mentioned, reads},
    person,
    store::threads as store,
};
use crate::{
    accounts::{Action, Actor, PersonId, Resource, decide, people},
    calls,
    consortia::{
        Draft, DraftId, instruments,
        participation::{
            Seat,
            invitations::{kept, problem},
        },
        rulebook,
        rules::{Scope, reading_day},
        store as drafts,
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language, time::Timestamp},
};

id! {
    /// A thread of comments in a draft.
    ThreadId
}
id! {
    /// A comment in a thread.
    CommentId
}

/// The longest comment.
pub const LONGEST: usize = 4_000;

/// What a thread is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The draft as a whole.
    Draft,
    /// A member.
    Member(OrganisationId),
    /// A rule of the instrument, by its id.
    Rule(String),
}

impl About {
    /// The word of a choice in a form.
    pub fn choice(&self) -> String {
        match self {
            About::Draft => String::new(),
            About::Member(member) => format!("member:{member}"),
            About::Rule(rule) => format!("rule:{rule}"),
        }
    }
}

/// A comment.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// What it says; nothing where it was deleted or is withheld.
    pub text: String,
    /// Who wrote it.
    pub person: Option<PersonId>,
    /// Their name.
    pub author: Option<String>,
    /// Whether it is not shown because its author's data is restricted.
    pub withheld: bool,
    /// The partner for which it was written; none for the team.
    pub organisation: Option<OrganisationId>,
    /// When.
    pub written_at: Timestamp,
    /// Whether its author deleted it.
    pub deleted: bool,
}

/// A thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// What it is about.
    pub about: About,
    /// Who reads it.
    pub audience: Audience,
    /// Whether it is settled.
    pub settled: bool,
    /// Its comments, the first one first.
    pub comments: Vec<Comment>,
}

/// The threads that are there for whoever is in the place: newest first, what is settled last.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, place: &Place) -> Result<Vec<Thread>, Error> {
    let (cluster, draft) = place.key();
    let mut threads = store::threads(&app.database, cluster, draft).await?;
    threads.retain(|thread| is_there(place, thread));
    threads.sort_by_key(|thread| thread.settled);
    Ok(threads)
}

/// Whether a thread is there: addressed to whoever is in the place, and about nobody whom they do not see.
fn is_there(place: &Place, thread: &Thread) -> bool {
    let seen = match (place.seat, &thread.about) {
        (Seat::Partner { .. }, About::Member(member)) => {
            place.content().members.iter().any(|seen| seen.organisation == *member)
        }
        _ => true,
    };
    seen && reads(place.seat, place.merged(), thread.audience)
}

async fn thread(app: &App, place: &Place, id: ThreadId) -> Result<Thread, Error> {
    let found = list(app, place).await?.into_iter().find(|thread| thread.id == id);
    found.ok_or_else(|| no_such_thread(place.draft.id))
}

fn no_such_thread(draft: DraftId) -> Error {
    Error::NotFound(format!("this thread in the draft {draft}"))
}

/// What a thread can be about, in the order of the page.
///
/// # Errors
/// When the instrument cannot be read.
pub fn subjects(app: &App, actor: &Actor, place: &Place) -> Result<Vec<About>, Error> {
    let mut found = vec![About::Draft];
    found.extend(place.content().members.iter().map(|member| About::Member(member.organisation)));
    found.extend(rules(app, actor, place, Language::En)?.into_iter().map(|(rule, _)| About::Rule(rule)));
    Ok(found)
}

/// How many threads about each member and rule of a draft are not settled, by the word of the choice; for its team, which reads
/// all of them.
///
/// # Errors
/// When the database fails.
pub async fn open_by_subject(app: &App, draft: &Draft) -> Result<BTreeMap<String, i64>, Error> {
    let open = store::open_by_subject(&app.database, draft.cluster, draft.id).await?;
    Ok(open.into_iter().map(|(about, count)| (about.choice(), count)).collect())
}

/// The rules by which the draft is read, with what each asks in words: those of its topic too.
///
/// # Errors
/// When the actor may not read rules.
pub fn rules(app: &App, actor: &Actor, place: &Place, language: Language) -> Result<Vec<(String, String)>, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let scope = Scope { book: rulebook(app), cluster: Some(place.draft.cluster) };
    let day = reading_day(place.draft.closes_on, calls::today(app));
    let Some(in_force) = scope.in_force(place.content(), day) else { return Ok(Vec::new()) };
    let plain = instruments::plain::in_words(&in_force, language);
    // A rule may stand under one id several times, for other stages or years.
    let mut seen = BTreeSet::new();
    let rules = plain.rules.into_iter().filter(|rule| seen.insert(rule.id.clone()));
    Ok(rules.map(|rule| (rule.id, rule.text)).collect())
}

/// What somebody writes into a new thread.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Begun {
    /// What.
    pub text: String,
    /// What about: empty, `member:ID` or `rule:ID`.
    pub about: String,
    /// To whom: `team`, `partner:ID`, `applicant`, `industry` or `everybody`.
    pub audience: String,
}

/// Begins a thread.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used.
pub async fn begin(app: &App, actor: &Actor, place: &Place, begun: &Begun) -> Result<ThreadId, Error> {
    place.writing(actor)?;
    let mut problems = Vec::new();
    let text = kept(&begun.text, LONGEST);
    if text.is_empty() {
        problems.push(problem("text", "discussion-wrong-text", ""));
    }
    let about = subjects(app, actor, place)?.into_iter().find(|about| about.choice() == begun.about);
    if about.is_none() {
        problems.push(problem("about", "discussion-wrong-about", &begun.about));
    }
    let audience = place.addressable().into_iter().find(|audience| audience.choice() == begun.audience);
    if audience.is_none() {
        problems.push(problem("audience", "discussion-wrong-audience", &begun.audience));
    }
    let (Some(about), Some(audience), true) = (about, audience, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let id = ThreadId::new();
    let readers = told(app, actor, place, audience, &text, &[]).await?;
    let (comment, now) = (new_comment(app, actor, place, id, &text), app.clock.now());
    let what = json!({ "about": about.choice(), "audience": audience.choice(), "text": text });
    transact!(app.database, transaction => {
        store::put_thread(transaction, place.key(), id, &about, audience, now).await?;
        store::put_comment(transaction, place.key(), &comment).await?;
        letters::write(transaction, app, place, &readers, now).await?;
        place.tell(transaction, actor, now, "comment", (Json::Null, what.clone())).await
    })?;
    app.jobs.notify_one();
    Ok(id)
}

fn new_comment<'a>(app: &App, actor: &Actor, place: &Place, thread: ThreadId, text: &'a str) -> store::NewComment<'a> {
    let organisation = place.seat.organisation();
    store::NewComment { id: CommentId::new(), thread, text, person: actor.person(), organisation, now: app.clock.now() }
}

/// Answers in a thread; one that was settled goes on.
///
/// # Errors
/// [`Error::Invalid`] without words; [`Error::NotFound`] for a thread that is not there in the place.
pub async fn answer(app: &App, actor: &Actor, place: &Place, id: ThreadId, text: &str) -> Result<(), Error> {
    place.writing(actor)?;
    let thread = thread(app, place, id).await?;
    let text = kept(text, LONGEST);
    if text.is_empty() {
        return Err(Error::Invalid(vec![problem(&format!("text-{id}"), "discussion-wrong-text", "")]));
    }
    let readers = told(app, actor, place, thread.audience, &text, &thread.comments).await?;
    let (comment, now) = (new_comment(app, actor, place, id, &text), app.clock.now());
    let what = json!({ "about": thread.about.choice(), "audience": thread.audience.choice(), "text": text });
    transact!(app.database, transaction => {
        store::put_comment(transaction, place.key(), &comment).await?;
        store::settle(transaction, place.draft.cluster, id, None, None).await?;
        letters::write(transaction, app, place, &readers, now).await?;
        place.tell(transaction, actor, now, "comment", (Json::Null, what.clone())).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Settles a thread, or takes it up again.
///
/// # Errors
/// [`Error::NotFound`] for a thread that is not there in the place.
pub async fn settle(app: &App, actor: &Actor, place: &Place, id: ThreadId, settled: bool) -> Result<(), Error> {
    place.writing(actor)?;
    let thread = thread(app, place, id).await?;
    let now = app.clock.now();
    let state = |settled: bool| json!({ "about": thread.about.choice(), "settled": settled });
    transact!(app.database, transaction => {
        let at = settled.then_some(now);
        if store::settle(transaction, place.draft.cluster, id, at, actor.person()).await? {
            let action = if settled { "settle_thread" } else { "reopen_thread" };
            place.tell(transaction, actor, now, action, (state(!settled), state(settled))).await?;
        }
        Ok(())
    })
}

/// Takes the words out of a comment of the actor's own.
///
/// # Errors
/// [`Error::NotFound`] for one that is not there in the place, or somebody else's.
pub async fn delete(app: &App, actor: &Actor, place: &Place, id: CommentId) -> Result<(), Error> {
    place.writing(actor)?;
    let unknown = || Error::NotFound(format!("this comment of yours in the draft {}", place.draft.id));
    let threads = list(app, place).await?;
    let comment = threads.iter().flat_map(|thread| &thread.comments).find(|comment| comment.id == id);
    let comment = comment.filter(|comment| comment.person == person(actor)).ok_or_else(unknown)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::delete_comment(transaction, place.draft.cluster, id, actor.person(), now).await? {
            return Err(unknown());
        }
        let before = json!({ "text": comment.text });
        place.tell(transaction, actor, now, "delete_comment", (before, Json::Null)).await
    })
}

/// Whom somebody in the place can name in what is addressed so, as it is written after `@`.
///
/// # Errors
/// When the database fails.
pub async fn names(app: &App, place: &Place, audience: Audience) -> Result<Vec<(String, Whom)>, Error> {
    let mut names = vec![(place.cluster_name.clone(), Whom::Team)];
    // Whether a member has accepted to take part is for the team to know: others can name any that they see.
    let seats =
        place.content().members.iter().map(|one| Seat::Partner { organisation: one.organisation, side: one.side });
    let among = seats.filter(|seat| reads(*seat, place.merged(), audience));
    let ids: Vec<OrganisationId> = among.filter_map(Seat::organisation).collect();
    let known = drafts::organisations(&app.database, &ids).await?;
    names.extend(ids.iter().filter_map(|id| Some((known.get(id)?.shown(), Whom::Organisation(*id)))));
    // Names of the team are for the team; partners name it as a whole, and whoever wrote to them.
    if place.seat == Seat::Team {
        let team = people::who_work_for(&app.database, place.draft.cluster).await?;
        names.extend(team.into_iter().filter(|one| !one.demonstration).map(|one| (one.name, Whom::Person(one.id))));
    }
    Ok(names)
}

/// The partners, as far as they are seen in the place, that read what is addressed so.
fn readers_among(place: &Place, audience: Audience) -> Vec<OrganisationId> {
    let seats =
        place.partners.iter().map(|(organisation, side)| Seat::Partner { organisation: *organisation, side: *side });
    seats.filter(|seat| reads(*seat, place.merged(), audience)).filter_map(Seat::organisation).collect()
}

/// Who gets a letter about a new comment: whoever is named in it, whoever began the thread, and the team where a partner
/// begins one. Only those who read it; never its author, nobody of whom no more is known than that they were there once.
async fn told<'a>(
    app: &App,
    actor: &'a Actor,
    place: &Place,
    audience: Audience,
    text: &'a str,
    earlier: &[Comment],
) -> Result<Vec<(Reader, Notice<'a>)>, Error> {
    let mut names = names(app, place, audience).await?;
    let wrote = earlier.iter().filter_map(|comment| Some((comment.author.clone()?, Whom::Person(comment.person?))));
    names.extend(wrote);
    let named = mentioned(text, &names);
    let team = people::who_work_for(&app.database, place.draft.cluster).await?;
    let mut readers: Vec<(Reader, bool)> = Vec::new();
    let begins = earlier.is_empty();
    let starter = earlier.first().and_then(|comment| comment.person);
    for one in &team {
        let is_named = named.contains(&Whom::Team) || named.contains(&Whom::Person(one.id));
        let concerned = starter == Some(one.id) || (begins && place.seat != Seat::Team);
        if is_named || concerned {
            readers.push((Reader::of_team(one), is_named));
        }
    }
    let among: Vec<uuid::Uuid> =
        readers_among(place, audience).into_iter().map(|organisation| organisation.0).collect();
    for (organisation, one) in people::who_speak_for(&app.database, &among).await? {
        let whom = [Whom::Organisation(OrganisationId(organisation)), Whom::Person(one.id)];
        let is_named = whom.iter().any(|whom| named.contains(whom));
        if is_named || starter == Some(one.id) {
            readers.push((Reader::of_partner(&one), is_named));
        }
    }
    let notice = |is_named: bool| Notice {
        what: match (is_named, begins) {
            (true, _) => "mention",
            (false, true) => "comment",
            (false, false) => "answer",
        },
        words: text,
        day: None,
        page: "discussion",
    };
    let kept = letters::wanted(app, actor, place, readers).await?;
    Ok(kept.into_iter().map(|(reader, is_named)| (reader, notice(is_named))).collect())
}
