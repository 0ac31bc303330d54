//! The two sides of an instrument: drafts of applicants and of industry, how they come together, and the ledger of what
//! industry contributes.
//!
//! Until two drafts are put together nothing of one can be told from the other: a team reaches the other side by a code
//! that the other team made and handed over, and by nothing else. The applicants' draft goes on for both; the industry
//! draft is closed and shows its team where it went.

pub mod ledger;
mod letters;
mod model;
pub mod pages;
mod store;

pub use model::{Measure, Obstacle, Terms, both_sided, may_meet, measure, put_together};
pub(super) use store::FORGOTTEN;

use serde_json::json;

use super::{
    Content, Draft, DraftId, MemberSide, SheetView, model::MOST_MEMBERS, no_such_draft, own_cluster, rules, rules_of,
    store as drafts, trail, view,
};
use crate::{
    accounts::{Action, Actor, ClusterId, cluster, clusters::Cluster},
    directory::OrganisationId,
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        secrets::Secret,
        time::Timestamp,
    },
};

id! {
    /// A merger of two drafts.
    MergerId
}

/// How long a merge code works.
const CODE_SECONDS: i64 = 7 * 24 * 3600;
/// How long a merger can be undone.
const UNDO_SECONDS: i64 = 24 * 3600;

/// How a merger stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum MergerState {
    /// One team proposed it, the other has not answered.
    Proposed,
    /// The drafts are one.
    Accepted,
    /// The other team said no.
    Declined,
    /// Taken back by the team that proposed it, or overtaken by another one.
    Withdrawn,
    /// The drafts are two again.
    Undone,
}

/// Two drafts that are to be one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Merger {
    /// The cluster of the applicants.
    pub cluster_id: ClusterId,
    /// Its id.
    pub id: MergerId,
    /// The applicants' draft, which goes on for both.
    pub draft_id: DraftId,
    /// The cluster of the industry draft.
    pub industry_cluster_id: ClusterId,
    /// The industry draft, which is closed.
    pub industry_draft_id: DraftId,
    /// Which side proposed it.
    #[sqlx(try_from = "String")]
    pub proposed_by: MemberSide,
    /// When.
    pub proposed_at: Timestamp,
    /// How it stands.
    pub state: MergerState,
    /// When it came to stand so.
    pub answered_at: Option<Timestamp>,
    /// The revision of the applicants' draft before.
    pub revision_before: Option<i64>,
    /// The revision of the industry draft before.
    pub industry_revision_before: Option<i64>,
}

impl Merger {
    /// On which side of it a draft is.
    pub fn side(&self, draft: DraftId) -> MemberSide {
        if draft == self.industry_draft_id { MemberSide::Industry } else { MemberSide::Applicant }
    }

    /// The draft on a side, with its cluster.
    pub fn of(&self, side: MemberSide) -> (ClusterId, DraftId) {
        match side {
            MemberSide::Applicant => (self.cluster_id, self.draft_id),
            MemberSide::Industry => (self.industry_cluster_id, self.industry_draft_id),
        }
    }

    /// Until when it can be undone.
    pub fn undo_until(&self) -> Option<Timestamp> {
        let since = self.answered_at.filter(|_| self.state == MergerState::Accepted)?;
        Some(since.plus_seconds(UNDO_SECONDS))
    }
}

fn other(side: MemberSide) -> MemberSide {
    match side {
        MemberSide::Applicant => MemberSide::Industry,
        MemberSide::Industry => MemberSide::Applicant,
    }
}

fn wrong(field: &str, message: &str) -> Error {
    let problem = FieldProblem { field: field.to_owned(), message: message.to_owned(), value: String::new() };
    Error::Invalid(vec![problem])
}

async fn own_draft(app: &App, actor: &Actor, action: Action, id: DraftId) -> Result<Draft, Error> {
    let cluster = own_cluster(actor, action)?;
    drafts::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))
}

/// A merger of a draft of the cluster acted for, with that draft; of others there is none.
async fn own_merger(app: &App, actor: &Actor, draft: DraftId, id: MergerId) -> Result<(Draft, Merger), Error> {
    let draft = own_draft(app, actor, Action::EditDrafts, draft).await?;
    let all = store::of_draft(&app.database, draft.cluster, draft.id).await?;
    let merger = all.into_iter().find(|merger| merger.id == id);
    Ok((draft, merger.ok_or_else(|| Error::NotFound(format!("the merger {id}")))?))
}

/// Makes the code by which the other side can propose to merge with this draft; it is told once, and the one before no
/// longer works.
///
/// # Errors
/// [`Error::Invalid`] when the draft gathers no side.
pub async fn make_code(app: &App, actor: &Actor, id: DraftId) -> Result<Secret, Error> {
    let draft = own_draft(app, actor, Action::EditDrafts, id).await?;
    super::still_open(&draft)?;
    model::side_of(&rules_of(app, &draft), &draft.content).map_err(|obstacle| wrong("code", obstacle.key()))?;
    let (code, now) = (Secret::fresh(), app.clock.now());
    let entry = trail(draft.cluster, actor.person(), now, "merge_code", id, None, None)?;
    let entry = audit::Entry { summary: draft.content.name.clone(), ..entry };
    let digest = code.digest();
    transact!(app.database, transaction => {
        store::put_code(transaction, (draft.cluster, id), &digest, now.plus_seconds(CODE_SECONDS)).await?;
        audit::record(transaction, entry.clone()).await
    })?;
    Ok(code)
}

/// Proposes to merge with the draft whose team made the code. The other team sees this draft then, and this one nothing of
/// the other until it accepts.
///
/// # Errors
/// [`Error::Invalid`] when the code does not work, in the same words whatever is wrong with it, or when the drafts cannot be
/// put together.
pub async fn propose(app: &App, actor: &Actor, id: DraftId, code: &str) -> Result<MergerId, Error> {
    let own = own_draft(app, actor, Action::EditDrafts, id).await?;
    super::still_open(&own)?;
    let side = model::side_of(&rules_of(app, &own), &own.content).map_err(|obstacle| wrong("code", obstacle.key()))?;
    let (digest, now) = (Secret::new(code.trim()).digest(), app.clock.now());
    let unknown = || wrong("code", "sides-wrong-code");
    let known = store::code(&app.database, &digest, now).await?.ok_or_else(unknown)?;
    let theirs = drafts::draft(&app.database, known.cluster_id, known.draft_id).await?.ok_or_else(unknown)?;
    may_meet(&rules_of(app, &own), &own.content, &theirs.content).map_err(|obstacle| wrong("code", obstacle.key()))?;
    let (applicants, industry) = match side {
        MemberSide::Applicant => (&own, &theirs),
        MemberSide::Industry => (&theirs, &own),
    };
    let merger = Merger {
        cluster_id: applicants.cluster,
        id: MergerId::new(),
        draft_id: applicants.id,
        industry_cluster_id: industry.cluster,
        industry_draft_id: industry.id,
        proposed_by: side,
        proposed_at: now,
        state: MergerState::Proposed,
        answered_at: None,
        revision_before: None,
        industry_revision_before: None,
    };
    let letter = letters::to_team(app, actor, &theirs, "proposed", &cluster(&app.database, own.cluster).await?).await?;
    let entry = told(&own, actor, now, "merger_propose", &merger);
    transact!(app.database, transaction => {
        if !store::use_code(transaction, &digest, now).await? {
            return Err(unknown());
        }
        store::put(transaction, &merger).await?;
        letters::write(transaction, app, &letter, now).await?;
        audit::record(transaction, entry.clone()).await
    })?;
    app.jobs.notify_one();
    Ok(merger.id)
}

fn told<'a>(draft: &Draft, actor: &Actor, at: Timestamp, action: &'a str, merger: &Merger) -> audit::Entry<'a> {
    audit::Entry {
        at,
        person: actor.person(),
        cluster: Some(draft.cluster.0),
        action,
        subject_kind: "draft",
        subject: draft.id.to_string(),
        summary: draft.content.name.clone(),
        before: serde_json::Value::Null,
        after: json!({ "merger": merger.id }),
    }
}

/// Says no to a proposed merger, or takes back one's own proposal.
///
/// # Errors
/// [`Error::Clash`] when it was answered meanwhile.
pub async fn refuse(app: &App, actor: &Actor, draft: DraftId, id: MergerId) -> Result<(), Error> {
    let (own, merger) = own_merger(app, actor, draft, id).await?;
    let now = app.clock.now();
    let side = merger.side(draft);
    let withdrawn = merger.proposed_by == side;
    let (to, verb) = if withdrawn { ("withdrawn", "merger_withdraw") } else { ("declined", "merger_decline") };
    let (their_cluster, their_draft) = merger.of(other(side));
    let theirs = drafts::draft(&app.database, their_cluster, their_draft).await?;
    let letter = match theirs {
        Some(theirs) if !withdrawn => {
            let from = cluster(&app.database, own.cluster).await?;
            Some(letters::to_team(app, actor, &theirs, "declined", &from).await?)
        }
        _ => None,
    };
    let entry = told(&own, actor, now, verb, &merger);
    transact!(app.database, transaction => {
        if !store::answer(transaction, id, "proposed", to, now).await? {
            return Err(Error::Clash(format!("the draft {}", own.content.name)));
        }
        if let Some(letter) = &letter {
            letters::write(transaction, app, letter, now).await?;
        }
        audit::record(transaction, entry.clone()).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Both drafts of a merger and what they would be together.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The draft of the team that looks.
    pub own: Draft,
    /// The other one.
    pub theirs: Draft,
    /// The cluster of the other one.
    pub from: Cluster,
    /// What the applicants' draft would say.
    pub union: Content,
    /// The organisations that stand on both sheets, which one team must take off.
    pub doubled: Vec<OrganisationId>,
    /// Why they cannot be put together now.
    pub obstacle: Option<&'static str>,
}

impl Preview {
    /// Both drafts as applicants and industry.
    fn sides(&self) -> (&Draft, &Draft) {
        if self.theirs.content.facts.holds == Some(MemberSide::Industry) {
            (&self.own, &self.theirs)
        } else {
            (&self.theirs, &self.own)
        }
    }
}

/// What the two drafts of a proposed merger would be together, for the team that was asked.
///
/// # Errors
/// [`Error::NotFound`] for the team that proposed: it sees nothing of the other draft before the other team accepts.
pub async fn preview(app: &App, actor: &Actor, draft: DraftId, merger: &Merger) -> Result<Preview, Error> {
    let own = own_draft(app, actor, Action::ReadDrafts, draft).await?;
    let side = merger.side(draft);
    let nothing = || Error::NotFound(format!("the merger {}", merger.id));
    if merger.proposed_by == side || merger.state != MergerState::Proposed || merger.of(side) != (own.cluster, own.id) {
        return Err(nothing());
    }
    let (their_cluster, their_draft) = merger.of(other(side));
    let theirs = drafts::draft(&app.database, their_cluster, their_draft).await?.ok_or_else(nothing)?;
    let (applicants, industry) = match side {
        MemberSide::Applicant => (&own, &theirs),
        MemberSide::Industry => (&theirs, &own),
    };
    let on_day = rules_of(app, &own);
    let stage = own.content.instrument.as_deref().and_then(|id| on_day.instrument(id));
    let stage = stage.and_then(rules::stage_of_industry);
    let union = put_together(&applicants.content, &industry.content, stage);
    let doubled = both_sided(&applicants.content, &industry.content);
    let obstacle = match may_meet(&rules_of(app, &own), &own.content, &theirs.content) {
        Err(obstacle) => Some(obstacle.key()),
        Ok(()) if !doubled.is_empty() => Some("sides-wrong-doubled"),
        Ok(()) if union.members.len() > MOST_MEMBERS => Some("consortia-wrong-too-many"),
        Ok(()) => None,
    };
    let from = cluster(&app.database, their_cluster).await?;
    Ok(Preview { from, union, doubled, obstacle, own, theirs })
}

/// Accepts a proposed merger as it was shown: the applicants' draft goes on with both sides, the industry draft is closed,
/// its partners have their seats in the other one, and everybody is told.
///
/// # Errors
/// [`Error::Clash`] when either draft was saved since the preview, whose revisions are given; [`Error::Invalid`] with what
/// stands in the way.
pub async fn accept(
    app: &App,
    actor: &Actor,
    draft: DraftId,
    id: MergerId,
    (own_revision, their_revision): (i64, i64),
) -> Result<(), Error> {
    let (own, merger) = own_merger(app, actor, draft, id).await?;
    super::still_open(&own)?;
    let preview = preview(app, actor, draft, &merger).await?;
    if let Some(obstacle) = preview.obstacle {
        return Err(wrong("merger", obstacle));
    }
    let clash = || Error::Clash(format!("the draft {}", own.content.name));
    if (preview.own.revision, preview.theirs.revision) != (own_revision, their_revision) {
        return Err(clash());
    }
    let (applicants, industry) = preview.sides();
    let (now, person) = (app.clock.now(), actor.person());
    let mut closed = industry.content.clone();
    closed.facts.merged = true;
    let letters = letters::to_everybody(app, actor, "merged", (applicants, industry)).await?;
    let union = &preview.union;
    let made =
        trail(applicants.cluster, person, now, "merge_sides", applicants.id, Some(&applicants.content), Some(union))?;
    let ended =
        trail(industry.cluster, person, now, "merge_sides", industry.id, Some(&industry.content), Some(&closed))?;
    transact!(app.database, transaction => {
        let kept = store::answer(transaction, id, "proposed", "accepted", now).await?
            && drafts::replace(transaction, applicants.cluster, applicants.id, applicants.revision, union, person, now).await?
            && drafts::replace(transaction, industry.cluster, industry.id, industry.revision, &closed, person, now).await?
            && store::close(transaction, &merger, Some(now)).await?;
        if !kept {
            return Err(clash());
        }
        store::settle(transaction, &merger, (applicants.revision, industry.revision), now).await?;
        store::carry_seats(transaction, &merger).await?;
        for letter in &letters {
            letters::write(transaction, app, letter, now).await?;
        }
        audit::record(transaction, made.clone()).await?;
        audit::record(transaction, ended.clone()).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The draft on a side of a merger, and what it said before.
async fn as_before(
    app: &App,
    merger: &Merger,
    side: MemberSide,
    revision: Option<i64>,
) -> Result<(Draft, Content), Error> {
    let (cluster, id) = merger.of(side);
    let now = drafts::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))?;
    let before = drafts::version(&app.database, cluster, id, revision.unwrap_or_default()).await?;
    Ok((now, before.ok_or_else(|| no_such_draft(id))?))
}

/// Why a merger can no longer be undone.
async fn undo_over(app: &App, merger: &Merger, now: Timestamp) -> Result<Option<&'static str>, Error> {
    if merger.undo_until().is_none_or(|until| now > until) {
        return Ok(Some("sides-undo-over"));
    }
    Ok(match store::grown(&app.database, merger).await? {
        (_, true) => Some("sides-undo-submitted"),
        (true, false) => Some("sides-undo-signed"),
        (false, false) => None,
    })
}

/// Undoes a merger: both drafts say again what they said before, each as a new version.
///
/// # Errors
/// [`Error::Over`] after a day, or once somebody signed the merged draft off or noted that it was submitted.
pub async fn undo(app: &App, actor: &Actor, draft: DraftId, id: MergerId) -> Result<(), Error> {
    let (own, merger) = own_merger(app, actor, draft, id).await?;
    let (now, person) = (app.clock.now(), actor.person());
    if let Some(reason) = undo_over(app, &merger, now).await? {
        return Err(Error::Over { reason });
    }
    let (applicants, before) = as_before(app, &merger, MemberSide::Applicant, merger.revision_before).await?;
    let (industry, industry_before) =
        as_before(app, &merger, MemberSide::Industry, merger.industry_revision_before).await?;
    let letters = letters::to_everybody(app, actor, "undone", (&applicants, &industry)).await?;
    let entry = |draft: &Draft, after| {
        trail(draft.cluster, person, now, "merger_undo", draft.id, Some(&draft.content), Some(after))
    };
    let (one, two) = (entry(&applicants, &before)?, entry(&industry, &industry_before)?);
    transact!(app.database, transaction => {
        // A signature, a submission or another undo may have come since.
        let kept = store::undo(transaction, &merger, now.plus_seconds(-UNDO_SECONDS), now).await?
            && store::close(transaction, &merger, None).await?
            && drafts::replace(transaction, applicants.cluster, applicants.id, applicants.revision, &before, person, now).await?
            && drafts::replace(transaction, industry.cluster, industry.id, industry.revision, &industry_before, person, now).await?;
        if !kept {
            return Err(Error::Clash(format!("the draft {}", own.content.name)));
        }
        store::return_seats(transaction, &merger).await?;
        for letter in &letters {
            letters::write(transaction, app, letter, now).await?;
        }
        audit::record(transaction, one.clone()).await?;
        audit::record(transaction, two.clone()).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The mergers that a draft of the cluster acted for is or was in, newest first.
///
/// # Errors
/// [`Error::NotFound`] when there is no such draft.
pub async fn mergers(app: &App, actor: &Actor, id: DraftId) -> Result<(Draft, Vec<Merger>), Error> {
    let draft = own_draft(app, actor, Action::ReadDrafts, id).await?;
    let found = store::of_draft(&app.database, draft.cluster, draft.id).await?;
    Ok((draft, found))
}

/// The draft that goes on for both sides, as the team of the industry draft sees it: who takes part and what the rules say;
/// of amounts only those of its own side.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Its name.
    pub name: String,
    /// Its revision.
    pub revision: i64,
    /// The cluster that leads it.
    pub cluster: Cluster,
    /// The sheet.
    pub sheet: SheetView,
}

/// The partners of a draft of the cluster acted for that no letter about a merger can reach.
///
/// # Errors
/// When the database fails.
pub async fn unreached(app: &App, draft: &Draft) -> Result<Vec<OrganisationId>, Error> {
    letters::unreached(app, draft).await
}

/// Where a closed industry draft of the cluster acted for went.
///
/// # Errors
/// When the database fails.
pub async fn merged(app: &App, actor: &Actor, merger: &Merger, language: Language) -> Result<Option<Merged>, Error> {
    let cluster_id = own_cluster(actor, Action::ReadDrafts)?;
    if merger.state != MergerState::Accepted || merger.industry_cluster_id != cluster_id {
        return Ok(None);
    }
    let Some(draft) = drafts::draft(&app.database, merger.cluster_id, merger.draft_id).await? else { return Ok(None) };
    let mut sheet = view(app, actor, &draft.content, language).await?;
    let others = sheet.members.iter_mut().filter(|member| member.side != MemberSide::Industry.key());
    for amount in others.flat_map(|member| member.amounts.values_mut()) {
        *amount = None;
    }
    sheet.compositions.clear();
    let cluster = cluster(&app.database, merger.cluster_id).await?;
    Ok(Some(Merged { name: draft.content.name, revision: draft.revision, cluster, sheet }))
}
