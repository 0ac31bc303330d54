//! The documents of a draft: what its members can show, what rules make of it, and what is asked of whom.

mod holding;
mod model;
pub mod pages;
mod store;

pub use holding::RequestedHolding;
pub use model::{Evidence, Shown};
pub(super) use store::FORGOTTEN;
pub use store::Request;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use eligibility::{Declaration, Instrument, Verdict};
use serde::Serialize;
use serde_json::json;

use super::{
    Draft, DraftId,
    participation::{Seat, invitations, letters},
    rules,
    store::{self as drafts, OrganisationFacts},
};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, cluster, decide},
    directory::{
        OrganisationId,
        documents::{self as kept, Document, DocumentKind},
        size::{self, Kept},
    },
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        time::Day,
    },
};

/// The longest message beside a request.
const LONGEST: usize = 2_000;
/// How soon the same may be asked for again.
const AGAIN_AFTER_SECONDS: i64 = 24 * 3600;
/// The most documents that one verdict names.
const MOST_WANTED: usize = 12;

/// With whose documents and figures rules are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ground {
    /// The cluster that keeps them.
    cluster: ClusterId,
    /// The draft whose letters count.
    draft: Option<DraftId>,
    /// The one organisation whose documents may be told; all where nobody is named.
    only: Option<OrganisationId>,
    /// The one organisation whose figures are read, as if nobody had stated those of others; all where nobody is named.
    sized: Option<OrganisationId>,
}

impl Ground {
    /// The cluster that keeps them.
    pub(super) fn cluster(self) -> ClusterId {
        self.cluster
    }

    /// What the cluster of the actor keeps, where they may read its drafts.
    pub(super) fn of_team(actor: &Actor, draft: Option<DraftId>) -> Option<Self> {
        decide(actor, Action::ReadDrafts, Resource::Instance).ok()?;
        Some(Ground { cluster: actor.cluster()?.id, draft, only: None, sized: None })
    }

    /// What a cluster keeps, for a page of its team.
    pub(super) fn of_cluster(cluster: ClusterId) -> Self {
        Ground { cluster, draft: None, only: None, sized: None }
    }

    /// What is read on a draft of a cluster, for what is said to somebody in this seat of the seat itself. Figures of others
    /// stay out of it: an organisation that says who holds it must not learn how large that one is.
    pub(super) fn about_seat(draft: &Draft, seat: Seat) -> Self {
        Ground { cluster: draft.cluster, draft: Some(draft.id), only: None, sized: seat.organisation() }
    }

    /// What somebody in a seat of a draft may be told.
    pub(super) fn of_seat(draft: &Draft, seat: Seat) -> Self {
        Ground { only: seat.organisation(), ..Ground::about_seat(draft, seat) }
    }
}

/// Says of each organisation what documents it has among these, and with which figures its size is read: letters count for
/// their draft alone.
pub(super) fn show(
    facts: &mut BTreeMap<OrganisationId, OrganisationFacts>,
    documents: &[Document],
    draft: Option<DraftId>,
    sizes: &Arc<Kept>,
) {
    for (id, known) in facts {
        let mut evidence = Evidence::default();
        for document in documents.iter().filter(|document| document.organisation == *id) {
            if document.draft.is_none_or(|of| draft.is_some_and(|draft| draft.0 == of)) {
                evidence.take(document);
            }
        }
        if sizes.contains_key(id) {
            evidence.take_figures(*id, sizes);
        }
        known.evidence = evidence;
    }
}

/// What is known of these organisations, with what can be shown of them.
pub(super) async fn known(
    app: &App,
    ground: Option<Ground>,
    ids: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, OrganisationFacts>, Error> {
    let mut facts = drafts::organisations(&app.database, ids).await?;
    if let Some(ground) = ground {
        let of: Vec<OrganisationId> =
            ids.iter().copied().filter(|id| ground.only.is_none_or(|only| only == *id)).collect();
        let documents = kept::kept_by(&app.database, ground.cluster, &of).await?;
        let mut sizes = size::kept_by(&app.database, ground.cluster).await?;
        if let Some(own) = ground.sized {
            size::only_of(&mut sizes, own);
        }
        show(&mut facts, &documents, ground.draft, &Arc::new(sizes));
    }
    Ok(facts)
}

/// A document that a rule waits for, or finds expired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WantedDocument {
    /// The organisation that should have it.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// The kind, as forms send it.
    pub kind: &'static str,
    /// The kind in the reader's language.
    pub label: String,
    /// When the last one ended, where there was one.
    pub expired_on: Option<String>,
}

/// The documents that would mend a verdict: of the organisations that it waits for, or that break it.
pub(super) fn wanted(
    app: &App,
    language: Language,
    verdict: &Verdict,
    instrument: &Instrument,
    facts: &BTreeMap<OrganisationId, OrganisationFacts>,
    day: Day,
) -> Vec<WantedDocument> {
    if verdict.status == eligibility::Status::Met {
        return Vec::new();
    }
    let rules = instrument.rules.iter().filter(|rule| rule.id == verdict.rule);
    let asked = rules.flat_map(eligibility::Rule::declarations).filter_map(|declaration| match declaration {
        Declaration::Document { kinds, .. } => kinds.iter().find_map(|word| DocumentKind::asked_by(word)),
        _ => None,
    });
    let mut kinds: Vec<DocumentKind> = asked.collect();
    kinds.dedup();
    let missing = verdict.missing.iter().flat_map(|missing| &missing.facts).filter_map(|fact| fact.entity.as_deref());
    let breaking = verdict.fixes.iter().flat_map(|fix| &fix.entities).map(String::as_str);
    let mut found: Vec<WantedDocument> = Vec::new();
    for id in missing.chain(breaking).filter_map(|id| id.parse::<OrganisationId>().ok()) {
        let Some(known) = facts.get(&id) else { continue };
        for kind in &kinds {
            let ended = match known.evidence.shown(*kind, day) {
                Some(Shown::Valid { .. }) => continue,
                Some(Shown::Expired(on)) => Some(on.to_string()),
                Some(Shown::NotYet(_)) | None => None,
            };
            if found.len() < MOST_WANTED && !found.iter().any(|one| one.organisation == id && one.kind == kind.key()) {
                found.push(WantedDocument {
                    organisation: id,
                    name: known.shown(),
                    kind: kind.key(),
                    label: app.texts.text(language, &kind.label_key(), None).into_owned(),
                    expired_on: ended,
                });
            }
        }
    }
    found
}

/// What the team of a draft waits for.
pub(super) async fn waited_for(app: &App, draft: &Draft) -> Result<Vec<Request>, Error> {
    store::of_draft(&app.database, draft.cluster, draft.id).await
}

/// What the organisation of the actor is asked for in the drafts in which it takes part.
///
/// # Errors
/// When the actor speaks for none.
pub async fn asked_of(app: &App, actor: &Actor) -> Result<Vec<Request>, Error> {
    let seats = super::participation::workspaces(app, actor).await?;
    let Some(own) = actor.organisation().map(OrganisationId) else { return Ok(Vec::new()) };
    let mut found = store::of_organisation(&app.database, own).await?;
    found.retain(|request| seats.iter().any(|workspace| workspace.draft.id == request.draft_id));
    Ok(found)
}

/// A document that expires, or has, of a member of a draft.
#[derive(Clone, Debug)]
pub struct Ending {
    /// The draft.
    pub draft: DraftId,
    /// What the draft is called.
    pub draft_name: String,
    /// Of which organisation.
    pub organisation: String,
    /// Which kind.
    pub kind: DocumentKind,
    /// When it ends or ended.
    pub on: Day,
    /// Whether it is over.
    pub over: bool,
}

/// The documents that end soon, or ended, of the members of drafts that go on, each once, the soonest first: those that no
/// other document of their kind outlives.
///
/// # Errors
/// When the actor may not read drafts.
pub async fn ending(app: &App, actor: &Actor) -> Result<Vec<Ending>, Error> {
    let own = super::own_cluster(actor, Action::ReadDrafts)?;
    let today = app.clock.today(&cluster(&app.database, own).await?.settings.time_zone);
    let lines = drafts::drafts(&app.database, own).await?;
    let contents = drafts::standing(&app.database, own).await?;
    let mut ids: Vec<OrganisationId> =
        contents.values().flat_map(|content| content.members.iter().map(|member| member.organisation)).collect();
    ids.sort_unstable();
    ids.dedup();
    let documents = kept::kept_by(&app.database, own, &ids).await?;
    if documents.iter().all(|document| document.valid_until.is_none()) {
        return Ok(Vec::new());
    }
    let mut facts = drafts::organisations(&app.database, &ids).await?;
    let nothing = Arc::new(Kept::new());
    let mut found: Vec<Ending> = Vec::new();
    let mut told = BTreeSet::new();
    for line in lines.into_iter().filter(|line| line.archived_at.is_none()) {
        let Some(content) = contents.get(&line.id) else { continue };
        show(&mut facts, &documents, Some(line.id), &nothing);
        for member in &content.members {
            let Some(known) = facts.get(&member.organisation) else { continue };
            for kind in known.evidence.kinds() {
                let (on, over) = match known.evidence.shown(kind, today) {
                    Some(Shown::Valid { until: Some(until), .. }) if today.days_until(until) <= kept::EXPIRING_DAYS => {
                        (until, false)
                    }
                    Some(Shown::Expired(on)) => (on, true),
                    _ => continue,
                };
                if told.insert((known.id, kind, on)) {
                    let (draft_name, organisation) = (line.name.clone(), known.shown());
                    found.push(Ending { draft: line.id, draft_name, organisation, kind, on, over });
                }
            }
        }
    }
    found.sort_by_key(|one| one.on);
    Ok(found)
}

/// What the team asks a member of its draft for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asking {
    /// The organisation.
    pub organisation: String,
    /// The kind of document.
    pub kind: String,
    /// The last day.
    pub due_on: String,
    /// What is said beside.
    pub message: String,
}

/// Asks a member of a draft for a document, by a letter to whoever answers for it.
///
/// # Errors
/// [`Error::Invalid`] for what cannot be used, also when nobody answers for the organisation or it was asked a moment ago.
pub async fn ask(app: &App, actor: &Actor, id: DraftId, asking: &Asking) -> Result<(), Error> {
    let draft = invitations::own_draft(app, actor, id).await?;
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() });
    };
    let member = asking.organisation.parse::<OrganisationId>().ok();
    let member = member.filter(|id| draft.content.members.iter().any(|member| member.organisation == *id));
    if member.is_none() {
        wrong("organisation", "document-wrong-member", &asking.organisation);
    }
    let kind = DocumentKind::of(&asking.kind).filter(|kind| *kind != DocumentKind::Other);
    if kind.is_none() {
        wrong("kind", "document-wrong-kind", &asking.kind);
    }
    let due = invitations::last_day(&asking.due_on, invitations::today_at(app, draft.cluster).await?);
    if due.is_none() {
        wrong("due_on", "participation-wrong-day", &asking.due_on);
    }
    let (Some(organisation), Some(kind), Some(due)) = (member, kind, due) else { return Err(Error::Invalid(problems)) };
    // In the demonstration no letter leaves: the partner finds the request in its workspace.
    let readers = match invitations::readers_of(app, &draft).await?.remove(&organisation) {
        Some(readers) if !readers.is_empty() || actor.is_of_the_demonstration() => readers,
        found => {
            let message = if found.is_some() { "document-wrong-nobody" } else { "document-wrong-no-partner" };
            wrong("organisation", message, &asking.organisation);
            return Err(Error::Invalid(problems));
        }
    };
    let now = app.clock.now();
    let name = invitations::drafts_name(app, organisation).await?;
    let request = Request {
        cluster_id: draft.cluster,
        draft_id: draft.id,
        draft: draft.content.name.clone(),
        organisation_id: organisation,
        kind,
        message: invitations::kept(&asking.message, LONGEST),
        due_on: due.to_string(),
        asked_at: now,
    };
    let cluster_name = cluster(&app.database, draft.cluster).await?.settings.name;
    let notice = letters::Notice {
        what: "document",
        cluster: &cluster_name,
        draft: &draft.content.name,
        organisation: &name,
        document: Some(kind.label_key()),
        day: request.due_on.clone(),
        words: &request.message,
        page: Some(format!("/workspaces/{}/documents", draft.id)),
        ..letters::Notice::default()
    };
    transact!(app.database, transaction => {
        if !store::ask(transaction, &request, actor.person(), now.plus_seconds(-AGAIN_AFTER_SECONDS)).await? {
            let problem = FieldProblem {
                field: "kind".to_owned(), message: "document-wrong-asked".to_owned(), value: kind.key().to_owned(),
            };
            return Err(Error::Invalid(vec![problem]));
        }
        for reader in &readers {
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        let what = json!({ "organisation": name, "kind": kind.key(), "due_on": request.due_on });
        invitations::tell(transaction, actor, now, of, "ask_document", serde_json::Value::Null, what).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The day on which the rules of a draft are read.
pub(super) async fn reading_day(app: &App, draft: &Draft) -> Result<Day, Error> {
    let topic = match draft.content.topic {
        Some(topic) => drafts::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let closes = topic.as_ref().and_then(drafts::TopicFacts::closes);
    Ok(rules::reading_day(closes, crate::calls::today(app)))
}
