//! The calendar of a draft: every date of its topic, what partners and tasks wait for, and dates that it sets itself.

use icalendar::Calendar;
use serde_json::{Value as Json, json};

use super::{
    Audience, Place,
    model::reads,
    store::{milestones as store, tasks as task_store},
    tasks::LONGEST,
};
use crate::{
    accounts::{Action, Actor, Resource, decide},
    calls::{self, Dated},
    consortia::{
        documents::{self, Ground, Shown},
        participation::{
            self, Seat, State, interests,
            invitations::{self, kept, problem},
            signoff,
        },
        store as drafts,
    },
    directory::OrganisationId,
    foundation::{
        errors::Error,
        instance::App,
        languages::Language,
        time::{Day, Timestamp},
    },
};

id! {
    /// A date that a draft sets itself.
    MilestoneId
}

/// The most milestones of a draft.
const MOST: usize = 200;
/// How far from today a milestone can be, in days.
const FURTHEST: i64 = 3_660;

/// A date that a draft sets itself.
#[derive(Clone, Debug)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// What it is.
    pub name: String,
    /// When.
    pub day: Day,
    /// Who sees it.
    pub audience: Audience,
    /// When it was set.
    pub created_at: Timestamp,
}

/// What happens on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateKind {
    /// The topic opens.
    Opening,
    /// The first stage of the topic closes.
    FirstStage,
    /// The second stage of the topic closes.
    SecondStage,
    /// One of several cut-offs.
    CutOff,
    /// The topic closes.
    Deadline,
    /// An invitation lapses.
    Invitation,
    /// Partners should have signed off.
    SignOff,
    /// The draft no longer looks for partners.
    Search,
    /// A document of a member ends, or ended, and no other of its kind outlives it.
    Document,
    /// A task should be done.
    Task,
    /// A date that the draft sets itself.
    Milestone,
}

impl DateKind {
    /// All of them.
    pub const ALL: [DateKind; 11] = [
        DateKind::Opening,
        DateKind::FirstStage,
        DateKind::SecondStage,
        DateKind::CutOff,
        DateKind::Deadline,
        DateKind::Invitation,
        DateKind::SignOff,
        DateKind::Search,
        DateKind::Document,
        DateKind::Task,
        DateKind::Milestone,
    ];

    /// The key of its name.
    pub fn text_key(self) -> &'static str {
        match self {
            DateKind::Opening => "calls-date-opening",
            DateKind::FirstStage => "calls-date-stage-1",
            DateKind::SecondStage => "calls-date-stage-2",
            DateKind::CutOff => "calls-date-cut-off",
            DateKind::Deadline => "calls-date-deadline",
            DateKind::Invitation => "discussion-date-invitation",
            DateKind::SignOff => "discussion-date-signoff",
            DateKind::Search => "discussion-date-search",
            DateKind::Document => "discussion-date-document",
            DateKind::Task => "discussion-date-task",
            DateKind::Milestone => "discussion-date-milestone",
        }
    }

    /// What a cut-off of a topic is, by how the topic closes and the stage.
    fn of_topic(model: &str, stage: i64) -> Self {
        match (model, stage) {
            ("two-stage", 1) => DateKind::FirstStage,
            ("two-stage", _) => DateKind::SecondStage,
            ("multiple cut-off", _) => DateKind::CutOff,
            _ => DateKind::Deadline,
        }
    }
}

/// A date of a draft.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What names it in calendars; the same when its day moves.
    pub uid: String,
    /// What happens.
    pub kind: DateKind,
    /// When.
    pub day: Day,
    /// Of what.
    pub name: String,
    /// The page it is from, below the address of the draft where it begins with no slash.
    pub page: String,
    /// The milestone that it is, and who sees it.
    pub milestone: Option<(MilestoneId, Audience)>,
    /// When it became what it is, and how often it was changed.
    pub changed: (Timestamp, i64),
}

fn entry(kind: DateKind, id: impl std::fmt::Display, day: Day, name: &str, page: &str, since: Timestamp) -> Entry {
    Entry {
        uid: format!("{}-{id}", kind.text_key()),
        kind,
        day,
        name: name.to_owned(),
        page: page.to_owned(),
        milestone: None,
        changed: (since, 0),
    }
}

/// The dates that are there for whoever is in the place, the first one first.
///
/// # Errors
/// When the actor may not read calls.
pub async fn entries(app: &App, actor: &Actor, place: &Place, language: Language) -> Result<Vec<Entry>, Error> {
    let (cluster, draft) = place.key();
    let mut found = of_topic(app, actor, place, language).await?;
    found.extend(match place.seat {
        Seat::Team => of_team(app, actor, place).await?,
        Seat::Partner { .. } => {
            let workspace = participation::workspace(app, actor, draft).await?;
            let round = signoff::of_partner(app, &workspace).await?.map(|(round, _)| round);
            round.iter().filter_map(|round| signed_by(round, "#signoff")).collect()
        }
    });
    found.extend(of_documents(app, place, language).await?);
    for task in task_store::tasks(&app.database, cluster, draft).await? {
        if let Some(day) =
            task.due_on.filter(|_| task.done_at.is_none() && super::model::sees_task(place.seat, task.whose))
        {
            let page = format!("discussion#task-{}", task.id);
            found.push(entry(DateKind::Task, task.id, day, &task.what, &page, task.created_at));
        }
    }
    for milestone in list(app, place).await? {
        let plain =
            entry(DateKind::Milestone, milestone.id, milestone.day, &milestone.name, "calendar", milestone.created_at);
        found.push(Entry { milestone: Some((milestone.id, milestone.audience)), ..plain });
    }
    found.sort_by(|a, b| a.day.cmp(&b.day).then_with(|| a.uid.cmp(&b.uid)));
    Ok(found)
}

async fn list(app: &App, place: &Place) -> Result<Vec<Milestone>, Error> {
    let (cluster, draft) = place.key();
    let mut found = store::milestones(&app.database, cluster, draft).await?;
    found.retain(|milestone| reads(place.seat, place.merged(), milestone.audience));
    Ok(found)
}

/// Every date of the topic: its opening, each stage, each cut-off.
async fn of_topic(app: &App, actor: &Actor, place: &Place, language: Language) -> Result<Vec<Entry>, Error> {
    let Some(topic) = place.content().topic else { return Ok(Vec::new()) };
    let Some(facts) = drafts::topic_by_id(&app.database, topic).await? else { return Ok(Vec::new()) };
    let topic = calls::topic(app, actor, &facts.identifier, language).await?;
    let line = &topic.line;
    let opening = line.opens_on.iter().map(|day| (DateKind::Opening, day, String::new()));
    let closing =
        topic.cut_offs.iter().enumerate().map(|(at, (stage, day))| {
            (DateKind::of_topic(&line.deadline_model, *stage), day, format!("-{stage}-{at}"))
        });
    let dates = opening.chain(closing).filter_map(|(kind, day, which)| {
        let day = day.parse::<Day>().ok()?;
        let id = format!("{}{which}", line.id);
        let plain = entry(kind, id, day, &line.title, &line.href(), Timestamp(line.updated_at));
        Some(Entry { changed: (Timestamp(line.updated_at), line.version - 1), ..plain })
    });
    Ok(dates.collect())
}

/// When documents end: the team is told of all members, a partner of its own.
async fn of_documents(app: &App, place: &Place, language: Language) -> Result<Vec<Entry>, Error> {
    let ids: Vec<OrganisationId> = place.content().members.iter().map(|member| member.organisation).collect();
    let known = documents::known(app, Some(Ground::of_seat(&place.draft, place.seat)), &ids).await?;
    let (today, mut found) = (place.today(app), Vec::new());
    for (id, facts) in &known {
        for kind in facts.evidence.kinds() {
            let day = match facts.evidence.shown(kind, today) {
                Some(Shown::Valid { until: Some(day), .. } | Shown::Expired(day)) => day,
                _ => continue,
            };
            let name = format!("{}, {}", app.texts.text(language, &kind.label_key(), None), facts.shown());
            let id = format!("{}-{id}-{}", place.draft.id, kind.key());
            found.push(entry(DateKind::Document, id, day, &name, "documents", place.draft.updated_at));
        }
    }
    Ok(found)
}

fn signed_by(round: &signoff::Round, page: &str) -> Option<Entry> {
    let day = round.due_on.parse().ok()?;
    Some(entry(DateKind::SignOff, round.id, day, &round.statement, page, round.asked_at))
}

/// What the team waits for: answers of those it invited, the sign-off, answers to what it looks for.
async fn of_team(app: &App, actor: &Actor, place: &Place) -> Result<Vec<Entry>, Error> {
    let draft = place.draft.id;
    let mut found = Vec::new();
    let waiting = invitations::of_draft(app, actor, draft).await?;
    let waiting: Vec<_> = waiting.into_iter().filter(|one| one.state == State::Waiting).collect();
    let ids: Vec<OrganisationId> = waiting.iter().map(|one| one.organisation).collect();
    let names = drafts::organisations(&app.database, &ids).await?;
    for one in &waiting {
        let name = names.get(&one.organisation).map(drafts::OrganisationFacts::shown).unwrap_or_default();
        found.push(entry(DateKind::Invitation, one.id, one.answer_by, &name, "partners", one.created_at));
    }
    if let Some((round, _)) = signoff::of_draft(app, actor, draft).await? {
        found.extend(signed_by(&round, "partners#signoff"));
    }
    let (opening, _) = interests::of_draft(app, actor, draft).await?;
    if let Some(opening) = opening.filter(|opening| opening.closed_at.is_none()) {
        let words = &opening.words;
        found.push(entry(DateKind::Search, draft, opening.open_until, words, "partners#opening", opening.opened_at));
    }
    Ok(found)
}

/// The dates as a calendar that programs read.
pub fn calendar(app: &App, place: &Place, language: Language, base: &str, entries: &[Entry]) -> String {
    let mut calendar = Calendar::new();
    calendar.name(&place.content().name);
    for entry in entries {
        let what = app.texts.text(language, entry.kind.text_key(), None);
        let path = if entry.page.starts_with('/') { entry.page.clone() } else { address(base, &entry.page) };
        let dated = Dated {
            uid: &entry.uid,
            changed: entry.changed.0,
            sequence: entry.changed.1,
            day: entry.day,
            summary: &format!("{what}: {}", entry.name),
            description: &place.content().name,
            url: &app.address.link(&path),
        };
        calendar.push(dated.event());
    }
    calendar.done().to_string()
}

/// The address of a page of a draft.
pub(super) fn address(base: &str, page: &str) -> String {
    if page.starts_with('#') { format!("{base}{page}") } else { format!("{base}/{page}") }
}

/// What a form says of a new milestone.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct NewMilestone {
    /// What it is.
    pub name: String,
    /// When.
    pub day: String,
    /// Who sees it.
    pub audience: String,
}

/// Sets a date of a draft. Only the team does.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used.
pub async fn add(app: &App, actor: &Actor, place: &Place, new: &NewMilestone) -> Result<MilestoneId, Error> {
    place.writing(actor)?;
    decide(actor, Action::EditDrafts, Resource::Cluster(place.draft.cluster))?;
    let mut problems = Vec::new();
    let name = kept(&new.name, LONGEST);
    if name.is_empty() {
        problems.push(problem("name", "discussion-wrong-milestone", ""));
    }
    if list(app, place).await?.len() >= MOST {
        problems.push(problem("name", "discussion-wrong-many-milestones", &name));
    }
    let today = place.today(app);
    let day = new.day.trim().parse::<Day>().ok().filter(|day| today.days_until(*day).abs() <= FURTHEST);
    if day.is_none() {
        problems.push(problem("day", "discussion-wrong-milestone-day", &new.day));
    }
    let audience = place.addressable().into_iter().find(|audience| audience.choice() == new.audience);
    if audience.is_none() {
        problems.push(problem("audience", "discussion-wrong-audience", &new.audience));
    }
    let (Some(day), Some(audience), true) = (day, audience, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let now = app.clock.now();
    let milestone = Milestone { id: MilestoneId::new(), name, day, audience, created_at: now };
    transact!(app.database, transaction => {
        store::put(transaction, place.key(), &milestone, actor.person()).await?;
        place.tell(transaction, actor, now, "add_milestone", (Json::Null, told(&milestone))).await
    })?;
    Ok(milestone.id)
}

fn told(milestone: &Milestone) -> Json {
    json!({
        "name": milestone.name, "day": milestone.day.to_string(), "audience": milestone.audience.choice(),
    })
}

/// Takes a date of a draft away. Only the team does.
///
/// # Errors
/// [`Error::NotFound`] for one that is not there.
pub async fn delete(app: &App, actor: &Actor, place: &Place, id: MilestoneId) -> Result<(), Error> {
    place.writing(actor)?;
    decide(actor, Action::EditDrafts, Resource::Cluster(place.draft.cluster))?;
    let unknown = || Error::NotFound(format!("this date in the draft {}", place.draft.id));
    let before = list(app, place).await?.into_iter().find(|milestone| milestone.id == id).ok_or_else(unknown)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if store::delete(transaction, place.draft.cluster, id).await? {
            place.tell(transaction, actor, now, "delete_milestone", (told(&before), Json::Null)).await?;
        }
        Ok(())
    })
}
