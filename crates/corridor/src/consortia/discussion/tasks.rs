//! Tasks of a draft: what, whose, until when.

use serde_json::{Value as Json, json};

use super::{
    Place, TaskState, Whose,
    letters::{self, Notice, Reader},
    model::{sees_task, task_state},
    person,
    store::tasks as store,
};
use crate::{
    accounts::{Action, Actor, ClusterId, PersonId, Resource, decide, people},
    consortia::{
        DraftId,
        participation::{
            self, Seat,
            invitations::{kept, problem, today_at},
        },
    },
    foundation::{
        errors::Error,
        instance::App,
        time::{Day, Timestamp},
    },
};

id! {
    /// A task in a draft.
    TaskId
}

/// The longest task.
pub const LONGEST: usize = 500;
/// The most tasks that a draft has open or done; the oldest has to go before another is added.
const MOST: usize = 400;
/// The furthest day in days.
const FURTHEST: i64 = 3_660;

/// A task.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// The cluster of its draft.
    pub cluster: ClusterId,
    /// Its draft.
    pub draft: DraftId,
    /// What that draft is called.
    pub draft_name: String,
    /// What is to be done.
    pub what: String,
    /// For whom.
    pub whose: Whose,
    /// The name of the person, where it is for one.
    pub person: Option<String>,
    /// The last day.
    pub due_on: Option<Day>,
    /// Who gave it.
    pub created_by: Option<PersonId>,
    /// When.
    pub created_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// The name of who said so.
    pub done_by: Option<String>,
    /// The day of its last reminder.
    pub reminded_on: Option<Day>,
}

impl Task {
    /// How it stands on a day.
    pub fn state(&self, today: Day) -> TaskState {
        task_state(today, self.due_on, self.done_at.is_some())
    }

    fn told(&self) -> Json {
        json!({
            "what": self.what, "whose": self.whose.choice(), "due_on": self.due_on.map(|day| day.to_string()),
            "done": self.done_at.is_some(),
        })
    }
}

/// The tasks that are there for whoever is in the place, with the day it is.
///
/// # Errors
/// When the database fails.
pub async fn list(app: &App, place: &Place) -> Result<(Vec<Task>, Day), Error> {
    let (cluster, draft) = place.key();
    let mut tasks = store::tasks(&app.database, cluster, draft).await?;
    tasks.retain(|task| sees_task(place.seat, task.whose));
    Ok((tasks, place.today(app)))
}

/// For whom a task can be, from the place, with the names of people: a partner gives itself tasks only.
///
/// # Errors
/// When the database fails.
pub async fn assignable(app: &App, place: &Place) -> Result<Vec<(Whose, Option<String>)>, Error> {
    if let Some(organisation) = place.seat.organisation() {
        return Ok(vec![(Whose::Organisation(organisation), None)]);
    }
    let mut found = vec![(Whose::Nobody, None)];
    let team = people::who_work_for(&app.database, place.draft.cluster).await?;
    found.extend(team.into_iter().map(|one| (Whose::Person(one.id), Some(one.name))));
    found.extend(place.content().members.iter().map(|member| (Whose::Organisation(member.organisation), None)));
    Ok(found)
}

/// What a form says of a new task.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct NewTask {
    /// What is to be done.
    pub what: String,
    /// For whom: empty, `person:ID` or `organisation:ID`.
    pub whose: String,
    /// The last day; may be empty.
    pub due_on: String,
}

/// Adds a task. Whoever it is for is told by letter.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used.
pub async fn add(app: &App, actor: &Actor, place: &Place, new: &NewTask) -> Result<TaskId, Error> {
    place.writing(actor)?;
    let mut problems = Vec::new();
    let what = kept(&new.what, LONGEST);
    if what.is_empty() {
        problems.push(problem("what", "discussion-wrong-what", ""));
    }
    let (cluster, draft) = place.key();
    if store::tasks(&app.database, cluster, draft).await?.len() >= MOST {
        problems.push(problem("what", "discussion-wrong-many", &what));
    }
    let found = assignable(app, place).await?;
    let whose = found.iter().map(|(whose, _)| *whose).find(|whose| whose.choice() == new.whose);
    // A partner has nobody to choose among.
    let whose = whose.or_else(|| place.seat.organisation().map(Whose::Organisation));
    if whose.is_none() {
        problems.push(problem("whose", "discussion-wrong-whose", &new.whose));
    }
    let today = place.today(app);
    let due_on = match new.due_on.trim() {
        "" => None,
        text => {
            let day = text.parse::<Day>().ok().filter(|day| (0..=FURTHEST).contains(&today.days_until(*day)));
            if day.is_none() {
                problems.push(problem("due_on", "discussion-wrong-day", text));
            }
            day
        }
    };
    let (Some(whose), true) = (whose, problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let now = app.clock.now();
    let task = Task {
        id: TaskId::new(),
        cluster,
        draft,
        draft_name: place.content().name.clone(),
        what,
        whose,
        person: None,
        due_on,
        created_by: person(actor),
        created_at: now,
        done_at: None,
        done_by: None,
        reminded_on: None,
    };
    let notice = Notice {
        what: if due_on.is_some() { "task-until" } else { "task" },
        words: &task.what,
        day: due_on,
        page: "discussion",
    };
    let readers = readers(app, place, whose).await?.into_iter().map(|reader| (reader, notice.clone())).collect();
    let letters = letters::wanted(app, actor, place, readers).await?;
    let (organisation, assignee) = match whose {
        Whose::Nobody => (None, None),
        Whose::Person(person) => (None, Some(person)),
        Whose::Organisation(organisation) => (Some(organisation), None),
    };
    transact!(app.database, transaction => {
        store::put(transaction, &task, organisation, assignee).await?;
        letters::write(transaction, app, place, &letters, now).await?;
        place.tell(transaction, actor, now, "add_task", (Json::Null, task.told())).await
    })?;
    app.jobs.notify_one();
    Ok(task.id)
}

/// Who is written to about a task: the person, or whoever speaks for the partner. A member that has not accepted to take part
/// sees nothing of the draft, and gets no letters about it.
pub(super) async fn readers(app: &App, place: &Place, whose: Whose) -> Result<Vec<Reader>, Error> {
    Ok(match whose {
        Whose::Nobody => Vec::new(),
        Whose::Person(person) => {
            let team = people::who_work_for(&app.database, place.draft.cluster).await?;
            team.iter().filter(|one| one.id == person).map(Reader::of_team).collect()
        }
        Whose::Organisation(organisation) => {
            if !place.partners.iter().any(|(partner, _)| *partner == organisation) {
                return Ok(Vec::new());
            }
            {
                let people = people::who_speak_for(&app.database, &[organisation.0]).await?;
                people.iter().map(|(_, one)| Reader::of_partner(one)).collect()
            }
        }
    })
}

/// A task that is near its last day or past it, with the address of the page it stands on.
#[derive(Clone, Debug)]
pub struct Near {
    /// The task.
    pub task: Task,
    /// How it stands.
    pub state: TaskState,
    /// The page.
    pub href: String,
}

/// The tasks that wait for the actor: their own and those of nobody that are due within so many days, and whatever is
/// overdue in the drafts of their cluster; for a partner those of its organisation.
///
/// # Errors
/// When the database fails.
pub async fn near(app: &App, actor: &Actor, days: i64) -> Result<Vec<Near>, Error> {
    let mut found = Vec::new();
    let mut take = |task: Task, today: Day, base: &str| {
        let left = task.due_on.filter(|_| task.done_at.is_none()).map(|due_on| today.days_until(due_on));
        if left.is_some_and(|left| left <= days) {
            let href = format!("{base}/{}/discussion#task-{}", task.draft, task.id);
            found.push(Near { state: task.state(today), href, task });
        }
    };
    if decide(actor, Action::TakePart, Resource::Instance).is_ok() && actor.organisation().is_some() {
        for workspace in participation::workspaces(app, actor).await? {
            let (draft, seat) = (&workspace.draft, workspace.seat);
            if draft.archived_at.is_some() || draft.merged_into.is_some() {
                continue;
            }
            let today = today_at(app, draft.cluster).await?;
            for task in store::tasks(&app.database, draft.cluster, draft.id).await? {
                if sees_task(seat, task.whose) {
                    take(task, today, "/workspaces");
                }
            }
        }
    } else if decide(actor, Action::ReadDrafts, Resource::Instance).is_ok()
        && let Some(cluster) = actor.cluster()
    {
        let today = today_at(app, cluster.id).await?;
        for task in store::open_of_cluster(&app.database, cluster.id).await? {
            let own = task.whose == Whose::Nobody || person(actor).map(Whose::Person) == Some(task.whose);
            if own || task.state(today) == TaskState::Overdue {
                take(task, today, "/consortia");
            }
        }
    }
    found.sort_by_key(|near| near.task.due_on);
    Ok(found)
}

async fn task(app: &App, place: &Place, id: TaskId) -> Result<Task, Error> {
    let found = list(app, place).await?.0.into_iter().find(|task| task.id == id);
    found.ok_or_else(|| Error::NotFound(format!("this task in the draft {}", place.draft.id)))
}

/// Notes that a task is done, or is not.
///
/// # Errors
/// [`Error::NotFound`] for a task that is not there in the place.
pub async fn finish(app: &App, actor: &Actor, place: &Place, id: TaskId, done: bool) -> Result<(), Error> {
    place.writing(actor)?;
    let before = task(app, place, id).await?;
    let now = app.clock.now();
    let after = Task { done_at: done.then_some(now), ..before.clone() };
    transact!(app.database, transaction => {
        if store::finish(transaction, place.draft.cluster, id, after.done_at, actor.person()).await? {
            let action = if done { "finish_task" } else { "reopen_task" };
            place.tell(transaction, actor, now, action, (before.told(), after.told())).await?;
        }
        Ok(())
    })
}

/// Whether whoever is in the place may take a task away: the team any, a partner those that its own people added.
pub fn may_delete(actor: &Actor, place: &Place, task: &Task) -> bool {
    match place.seat {
        Seat::Team => true,
        Seat::Partner { .. } => task.created_by.is_some() && task.created_by == person(actor),
    }
}

/// Takes a task away.
///
/// # Errors
/// [`Error::NotFound`] for a task that is not there in the place, or that a partner did not add itself.
pub async fn delete(app: &App, actor: &Actor, place: &Place, id: TaskId) -> Result<(), Error> {
    place.writing(actor)?;
    let before = task(app, place, id).await?;
    if !may_delete(actor, place, &before) {
        return Err(Error::Refused { reason: "discussion-refused-task", sign_in: false });
    }
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if store::delete(transaction, place.draft.cluster, id).await? {
            place.tell(transaction, actor, now, "delete_task", (before.told(), Json::Null)).await?;
        }
        Ok(())
    })
}
