//! The tab «Discussion» of a draft: its tasks, and its threads of comments.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        Audience, Place, Whose, person as own_person,
        tasks::{self, NewTask, Task, TaskId},
        threads::{self, About, Begun, Comment, CommentId, Thread, ThreadId},
    },
    Door, Names, OfDraft, audience_words, head, may_write, messages, named, person, status,
};
use crate::{
    accounts::{Acting, Question, Sure},
    consortia::{DraftId, store as drafts},
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
        time::Day,
    },
};

/// How much of a rule's text stands in a choice.
const RULE: usize = 90;

/// What each rule asks, in short.
fn rules(acting: &Acting, place: &Place) -> Result<BTreeMap<String, String>, Error> {
    let short = |text: String| match text.char_indices().nth(RULE) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    };
    let rules = threads::rules(&acting.app, &acting.actor, place, acting.language)?;
    Ok(rules.into_iter().map(|(rule, text)| (rule, short(text))).collect())
}

struct Words<'a> {
    acting: &'a Acting,
    place: &'a Place,
    names: Names,
    rules: BTreeMap<String, String>,
}

impl Words<'_> {
    fn about(&self, about: &About) -> String {
        match about {
            About::Draft => self.acting.say("discussion-about-draft"),
            About::Member(member) => named(&self.names, *member),
            // A rule of another instrument than that of today keeps its id.
            About::Rule(rule) => self.rules.get(rule).cloned().unwrap_or_else(|| rule.clone()),
        }
    }

    /// For whom somebody wrote: the partner, else the cluster.
    fn of(&self, organisation: Option<OrganisationId>) -> String {
        organisation.map_or_else(|| self.place.cluster_name.clone(), |id| named(&self.names, id))
    }

    fn comment(&self, comment: &Comment) -> Value {
        let acting = self.acting;
        context! {
            id => comment.id.to_string(),
            author => person(acting, comment.author.as_deref()),
            of => self.of(comment.organisation),
            at => comment.written_at.0,
            text => comment.text.as_str(),
            deleted => comment.deleted,
            withheld => comment.withheld,
            own => comment.person.is_some() && comment.person == own_person(&acting.actor),
        }
    }

    fn thread(&self, thread: &Thread) -> Value {
        context! {
            id => thread.id.to_string(),
            about => self.about(&thread.about),
            kind => match thread.about { About::Draft => "draft", About::Member(_) => "member", About::Rule(_) => "rule" },
            audience => audience_words(self.acting, self.place, &self.names, thread.audience),
            settled => thread.settled,
            comments => thread.comments.iter().map(|comment| self.comment(comment)).collect::<Vec<_>>(),
        }
    }

    fn whose(&self, whose: Whose, name: Option<&str>) -> String {
        match whose {
            Whose::Nobody => self.acting.say("discussion-whose-nobody"),
            Whose::Person(_) => person(self.acting, name).unwrap_or_else(|| self.acting.say("discussion-somebody")),
            Whose::Organisation(organisation) => named(&self.names, organisation),
        }
    }

    fn task(&self, task: &Task, today: Day) -> Value {
        let acting = self.acting;
        context! {
            id => task.id.to_string(),
            what => task.what.as_str(),
            whose => self.whose(task.whose, task.person.as_deref()),
            due_on => task.due_on.map(|day| day.to_string()),
            state => task.state(today).key(),
            done_at => task.done_at.map(|at| at.0),
            done_by => person(acting, task.done_by.as_deref()),
            deletable => tasks::may_delete(&acting.actor, self.place, task),
        }
    }
}

fn organisations(place: &Place, threads: &[Thread], tasks: &[Task]) -> Vec<OrganisationId> {
    let mut ids: Vec<OrganisationId> = place.draft().content.members.iter().map(|one| one.organisation).collect();
    ids.extend(place.seat().organisation());
    for thread in threads {
        ids.extend(thread.audience.partner());
        if let About::Member(member) = thread.about {
            ids.push(member);
        }
        ids.extend(thread.comments.iter().filter_map(|comment| comment.organisation));
    }
    ids.extend(tasks.iter().filter_map(|task| match task.whose {
        Whose::Organisation(organisation) => Some(organisation),
        _ => None,
    }));
    ids.sort_unstable();
    ids.dedup();
    ids
}

type Typed = BTreeMap<String, String>;

async fn page(
    acting: &Acting,
    door: Door,
    place: &Place,
    typed: Typed,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let threads = threads::list(app, place).await?;
    let (tasks, today) = tasks::list(app, place).await?;
    let names = drafts::organisations(&app.database, &organisations(place, &threads, &tasks)).await?;
    let words = Words { acting, place, names, rules: rules(acting, place)? };
    let write = may_write(acting, door, place);
    let about = threads::subjects(app, actor, place)?.into_iter().map(|about| {
        let label = match &about {
            About::Rule(_) => {
                app.texts.say(acting.language, "discussion-about-rule", &[("rule", words.about(&about).into())])
            }
            other => words.about(other),
        };
        context! { value => about.choice(), label }
    });
    let addressable = place.addressable();
    let audiences = addressable.iter().map(|audience| {
        let label = audience_words(acting, place, &words.names, *audience);
        context! { value => audience.choice(), label }
    });
    let assignable = tasks::assignable(app, place).await?;
    let whose = assignable.iter().map(|(whose, name)| {
        context! { value => whose.choice(), label => words.whose(*whose, name.as_deref()) }
    });
    let widest = addressable.last().copied().unwrap_or(Audience::Team);
    let hint = threads::names(app, place, widest).await?;
    let named: Vec<String> = hint.iter().map(|(name, _)| format!("@{}", super::person_name(acting, name))).collect();
    let mut fields: Typed =
        ["text", "about", "what", "whose", "due_on"].map(|name| (name.to_owned(), String::new())).into();
    // What is said is for the team until somebody chooses more.
    fields.insert("audience".to_owned(), addressable.first().map(|audience| audience.choice()).unwrap_or_default());
    fields.extend(typed);
    let (settled, mut open): (Vec<&Thread>, Vec<&Thread>) = threads.iter().partition(|thread| thread.settled);
    // Whoever comes from a member or a rule finds first what is said about it.
    let asked = fields.get("about").filter(|about| !about.is_empty());
    open.sort_by_key(|thread| asked.is_some_and(|about| thread.about.choice() != *about));
    let shown = |threads: Vec<&Thread>| threads.into_iter().map(|thread| words.thread(thread)).collect::<Vec<_>>();
    let context = context! {
        draft => head(acting, place.draft()),
        seat => door.seat(),
        base => door.base(place.draft().id),
        cluster => place.cluster_name.as_str(),
        may_write => write,
        open => shown(open),
        settled => shown(settled),
        tasks => tasks.iter().map(|task| words.task(task, today)).collect::<Vec<_>>(),
        abouts => about.collect::<Vec<_>>(),
        audiences => audiences.collect::<Vec<_>>(),
        whose => whose.collect::<Vec<_>>(),
        named,
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
        wrong_task => problems.iter().any(|problem| matches!(problem.field.as_str(), "what" | "whose" | "due_on")),
    };
    Ok((status(problems), acting.page("consortia/discussion/discussion.html", context).await?).into_response())
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Chosen {
    about: String,
}

pub(super) async fn show(
    door: Door,
    acting: Acting,
    Path(id): OfDraft,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    page(&acting, door, &place, Typed::from([("about".to_owned(), chosen.about)]), &[]).await
}

/// A form that was sent and cannot be used is shown again as it was typed.
async fn again(
    acting: &Acting,
    (door, place): (Door, &Place),
    written: Result<Response, Error>,
    typed: &[(&str, &str)],
) -> Result<Response, Error> {
    match written {
        Err(Error::Invalid(problems)) => {
            let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            page(acting, door, place, typed.collect(), &problems).await
        }
        written => written,
    }
}

pub(super) async fn begin(
    door: Door,
    acting: Acting,
    Path(id): OfDraft,
    Form(begun): Form<Begun>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    let written = threads::begin(&acting.app, &acting.actor, &place, &begun).await;
    let written = written.map(|thread| door.back(id, "written", &format!("#thread-{thread}")));
    let typed = [("text", begun.text.as_str()), ("about", &begun.about), ("audience", &begun.audience)];
    again(&acting, (door, &place), written, &typed).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Answered {
    text: String,
}

pub(super) async fn answer(
    door: Door,
    acting: Acting,
    Path((id, thread)): Path<(DraftId, ThreadId)>,
    Form(answered): Form<Answered>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    let written = threads::answer(&acting.app, &acting.actor, &place, thread, &answered.text).await;
    let written = written.map(|()| door.back(id, "written", &format!("#thread-{thread}")));
    again(&acting, (door, &place), written, &[(&format!("text-{thread}"), &answered.text)]).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Act {
    act: String,
    sure: String,
}

pub(super) async fn settle(
    door: Door,
    acting: Acting,
    Path((id, thread)): Path<(DraftId, ThreadId)>,
    Form(asked): Form<Act>,
) -> Result<Response, Error> {
    let settled = match asked.act.as_str() {
        "settle" => true,
        "reopen" => false,
        _ => return Err(Error::input("`act` is neither `settle` nor `reopen`")),
    };
    let place = door.place(&acting, id).await?;
    threads::settle(&acting.app, &acting.actor, &place, thread, settled).await?;
    Ok(door.back(id, if settled { "settled" } else { "reopened" }, &format!("#thread-{thread}")))
}

pub(super) async fn remove(
    door: Door,
    acting: Acting,
    Path((id, comment)): Path<(DraftId, CommentId)>,
    Form(sure): Form<Sure>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    if !sure.said() {
        let (act, sentence) = (acting.say("discussion-delete"), acting.say("discussion-delete-sure"));
        let back = format!("{}/discussion", door.base(id));
        return acting.ask_first(Question { act: &act, sentence: &sentence, fields: &[], back: &back }).await;
    }
    threads::delete(&acting.app, &acting.actor, &place, comment).await?;
    Ok(door.back(id, "deleted", "#comments"))
}

pub(super) async fn add_task(
    door: Door,
    acting: Acting,
    Path(id): OfDraft,
    Form(new): Form<NewTask>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    let written = tasks::add(&acting.app, &acting.actor, &place, &new).await;
    let written = written.map(|_| door.back(id, "task-added", "#tasks"));
    let typed = [("what", new.what.as_str()), ("whose", &new.whose), ("due_on", &new.due_on)];
    again(&acting, (door, &place), written, &typed).await
}

pub(super) async fn change_task(
    door: Door,
    acting: Acting,
    Path((id, task)): Path<(DraftId, TaskId)>,
    Form(asked): Form<Act>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    let (app, actor) = (&acting.app, &acting.actor);
    let done = match asked.act.as_str() {
        "done" => {
            tasks::finish(app, actor, &place, task, true).await?;
            "task-done"
        }
        "reopen" => {
            tasks::finish(app, actor, &place, task, false).await?;
            "task-reopened"
        }
        "delete" if asked.sure == "yes" => {
            tasks::delete(app, actor, &place, task).await?;
            "task-deleted"
        }
        "delete" => {
            let (act, sentence) = (acting.say("discussion-task-delete"), acting.say("discussion-task-delete-sure"));
            let back = format!("{}/discussion", door.base(id));
            let fields = [("act", "delete")];
            return acting.ask_first(Question { act: &act, sentence: &sentence, fields: &fields, back: &back }).await;
        }
        _ => return Err(Error::input("`act` is neither `done`, `reopen` nor `delete`")),
    };
    Ok(door.back(id, done, "#tasks"))
}

#[cfg(test)]
mod tests {
    use super::super::super::TaskState;
    use crate::foundation::languages::{Language, Texts};

    #[test]
    fn every_word_of_tasks_and_audiences_is_there() {
        let texts = Texts::load().unwrap();
        let states = TaskState::ALL.map(|state| format!("discussion-state-{}", state.key()));
        let audiences = ["team", "partner", "partners", "applicant", "industry", "everybody"];
        for key in states.into_iter().chain(audiences.map(|word| format!("discussion-audience-{word}"))) {
            for language in Language::ALL {
                assert!(texts.knows(language, &key), "{key}");
            }
        }
    }
}
