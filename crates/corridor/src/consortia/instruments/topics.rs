//! What a topic changes in the rules of its instrument: said by a cluster for its own drafts, or by who runs the instance
//! for all.

use eligibility::{Change, Library, LibraryError};
use serde::Serialize;

use super::{
    Flaw, InForce, Rulebook, TopicRules, plain,
    plain::{InstrumentPage, RuleLine},
    rulebook::{self, day_of, refresh, rulebook},
    store,
};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide},
    calls,
    consortia::{TopicFacts, find_topic, rules::reading_day},
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        settings,
        time::Day,
    },
};

/// The longest text: a topic changes a handful of rules.
pub const LONGEST_CHANGES: usize = 32 * 1024;

/// One change of a rule, in words.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeLine {
    /// `add`, `replace` or `remove`.
    pub kind: &'static str,
    /// Whether the instance says so; else the cluster does.
    pub of_instance: bool,
    /// The rule as it is now; as it was, where it is removed.
    pub(in crate::consortia) rule: Option<RuleLine>,
    /// The id of the rule.
    pub id: String,
    /// Where a removal is said.
    pub source: Option<String>,
}

/// The rules of a topic as a cluster's drafts are read by them.
#[derive(Debug)]
pub struct TopicPage {
    /// The topic.
    pub topic: TopicFacts,
    /// On which day they are read.
    pub day: Day,
    /// The rules in plain words; none while the topic has no instrument.
    pub(in crate::consortia) rules: Option<InstrumentPage>,
    /// What is changed, and by whom.
    pub changes: Vec<ChangeLine>,
    /// Why what is said cannot be applied to the version that is in force.
    pub flaw: Option<String>,
    /// What the reader's cluster says, with its revision.
    pub own: Option<(String, i64)>,
    /// What the instance says, with its revision.
    pub of_instance: (String, i64),
}

/// The rules of a topic for whoever reads: with what the instance says and what their own cluster says.
///
/// # Errors
/// [`Error::NotFound`] where there is no such topic.
pub async fn of_topic(app: &App, actor: &Actor, identifier: &str, language: Language) -> Result<TopicPage, Error> {
    let topic = find_topic(app, actor, identifier).await?;
    let book = rulebook(app);
    let cluster = actor.cluster().map(|cluster| cluster.id);
    let day = reading_day(topic.closes(), calls::today(app));
    let in_force = topic.instrument.as_deref().and_then(|id| book.in_force(id, Some(topic.id), cluster, Some(day)));
    let shown_on = day_of(Some(day))?;
    let mut changes = Vec::new();
    for whose in std::iter::once(None).chain(cluster.map(Some)) {
        if let Some(in_force) = in_force.as_ref().filter(|in_force| in_force.flaw.is_none())
            && let Some(text) = book.topic_text(topic.id, whose)
        {
            changes.extend(lines(in_force, text, whose.is_none(), language));
        }
    }
    let own = match cluster {
        Some(cluster) => Some(store::topic_revision(&app.database, Some(cluster), topic.id).await?),
        None => None,
    };
    Ok(TopicPage {
        of_instance: store::topic_revision(&app.database, None, topic.id).await?,
        own,
        flaw: in_force.as_ref().and_then(|in_force| in_force.flaw.clone()),
        rules: in_force.as_ref().map(|known| plain::explained(&known.library, &known.instrument, shown_on, language)),
        changes,
        topic,
        day,
    })
}

/// The changes of a text in words.
fn lines(in_force: &InForce, text: &str, of_instance: bool, language: Language) -> Vec<ChangeLine> {
    let Ok(changes) = in_force.library.changes_from_toml("topic", text) else { return Vec::new() };
    let now = plain::in_words(in_force, language);
    let before = in_force.library.instrument(&in_force.instrument.id).ok();
    let before = before.map(|plainly| plain::explained(&in_force.library, plainly, None, language));
    let of = |page: Option<&InstrumentPage>, id: &str| page?.rules.iter().find(|rule| rule.id == id).cloned();
    let line = |change: Change| match change {
        Change::Add(rule) => ("add", rule.id.clone(), of(Some(&now), &rule.id), None),
        Change::Replace(rule) => ("replace", rule.id.clone(), of(Some(&now), &rule.id), None),
        Change::Remove { rule, source } => ("remove", rule.clone(), of(before.as_ref(), &rule), Some(source)),
    };
    let told = |(kind, id, rule, source)| ChangeLine { kind, of_instance, rule, id, source };
    changes.into_iter().map(line).map(told).collect()
}

/// Says what a topic changes, for the actor's cluster or for the whole instance; an empty text says nothing any more.
/// `seen` is the revision that was shown.
///
/// # Errors
/// [`Error::Invalid`] with the line where the text cannot be applied to the rules of the topic; [`Error::Clash`] when
/// somebody else said something since.
pub async fn change_topic(
    app: &App,
    actor: &Actor,
    identifier: &str,
    for_instance: bool,
    text: &str,
    seen: i64,
) -> Result<(), Error> {
    decide(actor, Action::ChangeTopicRules, Resource::Instance)?;
    let cluster = if for_instance {
        decide(actor, Action::EditRules, Resource::Instance)?;
        None
    } else {
        Some(crate::consortia::own_cluster(actor, Action::ChangeTopicRules)?)
    };
    let topic = find_topic(app, actor, identifier).await?;
    let problem = |message: &str, value: String| {
        Error::Invalid(vec![FieldProblem { field: "text".to_owned(), message: message.to_owned(), value }])
    };
    let Some(instrument) = topic.instrument.clone() else {
        return Err(problem("rules-wrong-no-instrument", String::new()));
    };
    refresh(app).await?;
    let book = rulebook(app);
    // What stands before stays, so that lines are those that were typed.
    let text = text.trim_end();
    let day = reading_day(topic.closes(), calls::today(app));
    if let Err(flaw) = applied(&book, &topic, &instrument, cluster, text, day) {
        let place = flaw.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        return Err(problem("rules-wrong-changes", format!("{place}{}", flaw.reason)));
    }
    let (now, person) = (app.clock.now(), actor.person());
    let before = book.topic_text(topic.id, cluster).unwrap_or_default();
    let entry = audit::Entry {
        at: now,
        person,
        cluster: cluster.map(|cluster| cluster.0),
        action: "change",
        subject_kind: "topic-rules",
        subject: topic.id.to_string(),
        summary: topic.identifier.clone(),
        before: serde_json::json!({ "text": before }),
        after: serde_json::json!({ "text": text }),
    };
    let said = TopicRules { topic: topic.id, cluster, instrument, text: text.to_owned() };
    let written = transact!(app.database, transaction => {
        // Who speaks of the same topic at the same moment waits, and is told.
        settings::hold(transaction, rulebook::MARK).await?;
        if store::topic_newest(transaction, cluster, topic.id).await? != seen {
            return Ok(false);
        }
        store::change_topic(transaction, &said, seen + 1, now).await?;
        settings::raise(transaction, rulebook::MARK).await?;
        audit::record(transaction, entry.clone()).await?;
        Ok(true)
    })?;
    if !written {
        return Err(Error::Clash(format!("the rules of the topic {}", topic.identifier)));
    }
    refresh(app).await
}

/// Whether a text can be applied to the instrument of its topic on a day; a cluster's comes after what the instance says.
fn applied(
    book: &Rulebook,
    topic: &TopicFacts,
    instrument: &str,
    cluster: Option<ClusterId>,
    text: &str,
    day: Day,
) -> Result<(), Flaw> {
    if text.len() > LONGEST_CHANGES {
        return Err(Flaw::whole(format!("the text is {} bytes long: at most {LONGEST_CHANGES} are kept", text.len())));
    }
    let library = book.on(Some(day));
    let told = |error: LibraryError| Flaw::of(&error, "topic", text);
    let apply = |library: &Library| -> Result<(), LibraryError> {
        let mut changes = Vec::new();
        if cluster.is_some()
            && let Some(first) = book.topic_text(topic.id, None)
        {
            changes.extend(library.changes_from_toml("topic", first)?);
        }
        changes.extend(library.changes_from_toml("topic", text)?);
        library.with_changes(instrument, &changes).map(drop)
    };
    apply(&library).map_err(told)
}
