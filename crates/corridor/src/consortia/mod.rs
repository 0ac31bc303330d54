//! Consortia: teams proposed for a call by proof, and drafts that a cluster works on until they are submitted.
//!
//! [`propose`] assembles the best eligible team of a pool of candidates, or says which rules cannot hold together.
//! A draft is a living sheet: [`view`] reads the rules on whatever somebody has typed, before anything is saved;
//! [`save`] keeps every version and refuses to write over what somebody else saved in between. Who takes part from outside
//! the team has a seat: [`participation`].

pub mod api;
pub mod budget;
mod competences;
mod declared;
pub mod discussion;
pub mod documents;
mod export;
pub mod figures;
mod fit;
pub mod instruments;
mod model;
mod money;
pub mod outcomes;
pub mod pages;
pub mod participation;
mod partners;
mod personal;
mod portal;
mod proposing;
mod rules;
mod saving;
pub mod sides;
mod store;
mod summary;
mod view;
mod what_if;

pub use competences::{Competence, suggest_competences};
pub use declared::{Asked as AskedOfMembers, Cell, Choice, Column, Row};
pub use fit::Reason;
pub use instruments::{DayRules, Rulebook, refresh as refresh_rules, rulebook, rules_of, rules_of_today};
pub use model::{
    Choices, Content, Declared, Difference, Draft, DraftId, Earlier, Keep, Member, MemberRole, MemberSide, Merged,
    Outcome, ProposalFacts, Sheet, differences, merge, read_sheet,
};
pub use money::{MoneyProblem, parse_money, write_money};
pub use personal::DraftHolding;
pub use proposing::{
    Alternative, Asked, ConflictRule, Proposal, ProposalStatus, ProposedMember, Step, propose, propose_live,
};
pub use rules::{RuleVerdict, VerdictStatus, check_json};
pub use saving::{Contradiction, contradictions, save, save_choosing};
pub use store::{DraftLine, OrganisationFacts, TopicFacts, VersionRow};
pub use view::{Composition, JointProjects, MemberView, SheetView, view};
pub use what_if::{Compared, SideBySide, Turn, compare};

use std::collections::BTreeMap;

use eligibility::{Severity, Status};
use uuid::Uuid;

use crate::{
    accounts::{Action, Actor, ClusterId, Resource, decide},
    calls::{self, TopicId},
    directory::OrganisationId,
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
        time::{Day, Timestamp},
    },
    partnering,
};

/// How long a deleted draft can be brought back.
const KEPT_AFTER_DELETION_SECONDS: i64 = 30 * 24 * 3600;

/// How many versions the history shows.
const VERSIONS_SHOWN: i64 = 100;

/// The cluster whose drafts the actor works on, once it is decided that the actor may.
///
/// Drafts are only ever looked up inside this cluster, so that a draft of another one is not found rather than refused:
/// its very existence is none of the actor's business.
fn own_cluster(actor: &Actor, action: Action) -> Result<ClusterId, Error> {
    decide(actor, action, Resource::Instance)?;
    let Some(cluster) = actor.cluster() else {
        return Err(Error::Refused { reason: "consortia-refused-no-cluster", sign_in: false });
    };
    decide(actor, action, Resource::Cluster(cluster.id))?;
    Ok(cluster.id)
}

/// Refuses to touch a draft that goes on in another one.
fn still_open(draft: &Draft) -> Result<(), Error> {
    match draft.merged_into {
        Some(_) => Err(Error::Refused { reason: "sides-refused-closed", sign_in: false }),
        None => Ok(()),
    }
}

fn no_such_draft(id: DraftId) -> Error {
    Error::NotFound(format!("the draft {id}"))
}

/// The drafts of the actor's cluster, last saved first.
pub async fn list(app: &App, actor: &Actor) -> Result<Vec<DraftLine>, Error> {
    let cluster = own_cluster(actor, Action::ReadDrafts)?;
    store::drafts(&app.database, cluster).await
}

/// How a draft stands with the rules of its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The whole answer: nothing while a fact is missing.
    pub eligible: Option<bool>,
    /// How many conditions of eligibility are not met.
    pub not_met: usize,
    /// How many of them wait for a fact.
    pub unknown: usize,
}

/// The drafts of the actor's cluster that are not put aside, last saved first, each with how it stands with its rules
/// where they can be read. All is loaded at once, however many drafts there are.
pub async fn under_way(app: &App, actor: &Actor) -> Result<Vec<(DraftLine, Option<Standing>)>, Error> {
    let cluster = own_cluster(actor, Action::ReadDrafts)?;
    let lines = store::drafts(&app.database, cluster).await?;
    let mut contents = store::standing(&app.database, cluster).await?;
    let today = calls::today(app);
    let closes_on: BTreeMap<DraftId, Option<Day>> =
        lines.iter().map(|line| (line.id, line.closes_on.as_deref().and_then(|day| day.parse().ok()))).collect();
    let read_on = |id: &DraftId| rules::reading_day(closes_on.get(id).copied().flatten(), today);
    let of: Vec<(&Content, Day)> = contents.iter().map(|(id, content)| (content, read_on(id))).collect();
    let memory = outcomes::prior::Memory::of(app, actor, of).await?;
    for (id, content) in &mut contents {
        *content = memory.recall(*id, content, read_on(id));
    }
    let mut ids: Vec<OrganisationId> =
        contents.values().flat_map(|content| content.members.iter().map(|member| member.organisation)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut facts = store::organisations(&app.database, &ids).await?;
    let kept = crate::directory::documents::kept_by(&app.database, cluster, &ids).await?;
    let sizes = std::sync::Arc::new(crate::directory::size::kept_by(&app.database, cluster).await?);
    let scope = rules::Scope { book: rulebook(app), cluster: Some(cluster) };
    let mut found = Vec::with_capacity(lines.len());
    for line in lines.into_iter().filter(|line| line.archived_at.is_none()) {
        let closes_on = closes_on.get(&line.id).copied().flatten();
        documents::show(&mut facts, &kept, Some(line.id), &sizes);
        let read = contents
            .get(&line.id)
            .map(|content| rules::read(&scope, content, &facts, closes_on, rules::reading_day(closes_on, today)));
        // What somebody typed may be no consortium; the sheet says so, and Today still lists the draft.
        let report = match read.transpose() {
            Ok(read) => read.flatten().map(|read| read.report),
            Err(Error::Input(_)) => None,
            Err(error) => return Err(error),
        };
        let standing = report.map(|report| {
            // Advice and what is presumed for now holds nothing up.
            let count = |status| {
                let decisive = |verdict: &&eligibility::Verdict| {
                    verdict.status == status && verdict.severity == Severity::Ineligible && !verdict.presumed
                };
                report.verdicts.iter().filter(decisive).count()
            };
            Standing { eligible: report.eligible, not_met: count(Status::NotMet), unknown: count(Status::Unknown) }
        });
        found.push((line, standing));
    }
    Ok(found)
}

/// What instruments are on the day by whose rules a content is read that is no draft yet.
async fn rules_for(app: &App, content: &Content) -> Result<DayRules, Error> {
    let topic = match content.topic {
        Some(topic) => store::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let closes_on = topic.as_ref().and_then(TopicFacts::closes);
    Ok(rulebook(app).of_day(rules::reading_day(closes_on, calls::today(app))))
}

/// A draft of the actor's cluster.
pub async fn open(app: &App, actor: &Actor, id: DraftId) -> Result<Draft, Error> {
    let cluster = own_cluster(actor, Action::ReadDrafts)?;
    store::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))
}

/// Starts a draft.
pub async fn create(app: &App, actor: &Actor, content: &Content) -> Result<DraftId, Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    let content = &budget::settled(&rules_for(app, content).await?, content);
    sound(app, content).await?;
    let (id, now, person) = (DraftId::new(), app.clock.now(), actor.person());
    let entry = trail(cluster, person, now, "create", id, None, Some(content))?;
    transact!(app.database, transaction => {
        store::create(transaction, cluster, id, content, person, now).await?;
        audit::record(transaction, entry.clone()).await
    })?;
    Ok(id)
}

/// The saves of a draft, newest first.
pub async fn versions(app: &App, actor: &Actor, id: DraftId) -> Result<Vec<VersionRow>, Error> {
    let draft = open(app, actor, id).await?;
    store::versions(&app.database, draft.cluster, id, VERSIONS_SHOWN).await
}

/// What a draft said at a revision.
pub async fn version(app: &App, actor: &Actor, id: DraftId, revision: i64) -> Result<Content, Error> {
    let draft = open(app, actor, id).await?;
    store::version(&app.database, draft.cluster, id, revision)
        .await?
        .ok_or_else(|| Error::NotFound(format!("version {revision} of the draft {}", draft.content.name)))
}

/// Makes an earlier version the current one; it becomes a new version, so that this too can be undone.
pub async fn restore(app: &App, actor: &Actor, id: DraftId, revision: i64) -> Result<i64, Error> {
    own_cluster(actor, Action::EditDrafts)?;
    let draft = open(app, actor, id).await?;
    let mut content = version(app, actor, id, revision).await?;
    // Whether the sides are together is no edit: only a merger and its undoing say so.
    content.facts.merged = draft.content.facts.merged;
    save(app, actor, id, draft.revision, &content).await
}

/// Puts a draft aside, or takes it up again.
pub async fn archive(app: &App, actor: &Actor, id: DraftId, aside: bool) -> Result<(), Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    still_open(&store::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))?)?;
    let (now, person) = (app.clock.now(), actor.person());
    let entry = trail(cluster, person, now, if aside { "archive" } else { "reopen" }, id, None, None)?;
    transact!(app.database, transaction => {
        if !store::set_archived(transaction, cluster, id, aside.then_some(now)).await? {
            return Err(no_such_draft(id));
        }
        audit::record(transaction, entry.clone()).await
    })
}

/// Deletes a draft; for a month [`undelete`] brings it back.
///
/// # Errors
/// Refused while an industry draft goes on in it: its team would lose sight of what became of it.
pub async fn delete(app: &App, actor: &Actor, id: DraftId) -> Result<(), Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    let before = store::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))?;
    let (now, person) = (app.clock.now(), actor.person());
    let entry = trail(cluster, person, now, "delete", id, Some(&before.content), None)?;
    transact!(app.database, transaction => {
        if !store::set_deleted(transaction, cluster, id, Some(now)).await? {
            return Err(Error::Refused { reason: "sides-refused-shared", sign_in: false });
        }
        store::forget_deleted(transaction, cluster, now.plus_seconds(-KEPT_AFTER_DELETION_SECONDS)).await?;
        audit::record(transaction, entry.clone()).await
    })
}

/// Brings a deleted draft back.
pub async fn undelete(app: &App, actor: &Actor, id: DraftId) -> Result<(), Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    let (now, person) = (app.clock.now(), actor.person());
    let entry = trail(cluster, person, now, "undelete", id, None, None)?;
    transact!(app.database, transaction => {
        if !store::set_deleted(transaction, cluster, id, None).await? {
            return Err(no_such_draft(id));
        }
        audit::record(transaction, entry.clone()).await
    })
}

fn trail<'a>(
    cluster: ClusterId,
    person: Option<Uuid>,
    at: Timestamp,
    action: &'a str,
    id: DraftId,
    before: Option<&Content>,
    after: Option<&Content>,
) -> Result<audit::Entry<'a>, Error> {
    let json = |content: Option<&Content>| {
        content.map_or(Ok(serde_json::Value::Null), serde_json::to_value).map_err(anyhow::Error::from)
    };
    let name = after.or(before).map(|content| content.name.clone()).unwrap_or_else(|| id.to_string());
    Ok(audit::Entry {
        at,
        person,
        cluster: Some(cluster.0),
        action,
        subject_kind: "draft",
        subject: id.to_string(),
        summary: name,
        before: json(before)?,
        after: json(after)?,
    })
}

/// Refuses content that the database could not hold, or that names what does not exist, before a transaction is opened.
async fn sound(app: &App, content: &Content) -> Result<(), Error> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: String| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value });
    };
    if content.name.trim().is_empty() {
        wrong("name", "consortia-wrong-name", content.name.clone());
    }
    if content.members.len() > model::MOST_MEMBERS {
        wrong("member", "consortia-wrong-too-many", content.members.len().to_string());
    }
    let ids: Vec<OrganisationId> = content.members.iter().map(|member| member.organisation).collect();
    let known = store::organisations(&app.database, &ids).await?;
    for (at, member) in content.members.iter().enumerate() {
        if !known.contains_key(&member.organisation) || ids[..at].contains(&member.organisation) {
            wrong("member", "consortia-wrong-member", member.organisation.to_string());
        }
        for (name, amount) in member.amounts() {
            if let Some(cents) = amount.filter(|cents| *cents < 0) {
                wrong(&format!("{name}-{}", member.organisation), "consortia-wrong-negative", cents.to_string());
            }
        }
    }
    if let Some(instrument) = content.instrument.as_deref().filter(|id| !rulebook(app).is_known(id)) {
        wrong("instrument", "consortia-wrong-instrument", instrument.to_owned());
    }
    if let Some(topic) = content.topic
        && store::topic_by_id(&app.database, topic).await?.is_none()
    {
        wrong("topic", "consortia-wrong-topic", topic.to_string());
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

/// The topic of an identifier or id.
pub async fn find_topic(app: &App, actor: &Actor, text: &str) -> Result<TopicFacts, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let found = match text.trim().parse::<TopicId>() {
        Ok(id) => store::topic_by_id(&app.database, id).await?,
        Err(_) => store::topic_by_identifier(&app.database, text).await?,
    };
    found
        .ok_or_else(|| Error::NotFound(format!("the topic {}: give its identifier as the call writes it", text.trim())))
}

/// The organisation that a person names: by Corridor's id, PIC, ROR, SIREN, VAT number, word in addresses or name.
pub async fn find_organisation(app: &App, actor: &Actor, text: &str) -> Result<OrganisationFacts, Error> {
    decide(actor, Action::ReadDirectory, Resource::Instance)?;
    let id = match text.trim().parse::<OrganisationId>() {
        Ok(id) => id,
        Err(_) => {
            let built = partnering::ready(app).await?;
            partnering::resolve(app, actor, &built, text).await?
        }
    };
    store::organisations(&app.database, &[id])
        .await?
        .remove(&id)
        .ok_or_else(|| Error::NotFound(format!("an organisation with the id {id}")))
}
