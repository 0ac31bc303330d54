//! Every partner signs off what the draft says of it before the draft is submitted.

use serde_json::json;

use super::{
    Workspace,
    invitations::{drafts_name, kept, last_day, own_draft, problem, readers_of, tell, today_at},
    letters::{self, Notice},
    model::{Concern, Decision, SignOff, sign_off},
    own_organisation,
    store::{self, signoffs},
};
use crate::{
    accounts::{Actor, Addressee, cluster},
    consortia::{self, Draft, DraftId, store as drafts},
    directory::OrganisationId,
    foundation::{errors::Error, instance::App},
};

pub use signoffs::{Decided, Round};

id! {
    /// A round of sign-off.
    RoundId
}

/// The longest statement, objection or remark.
const LONGEST: usize = 2_000;
/// How long after a reminder the next one can be written.
const BETWEEN_REMINDERS: i64 = 20 * 3600;

/// How a member of a draft stands with the sign-off.
#[derive(Clone, Debug)]
pub struct Line {
    /// The member.
    pub organisation: OrganisationId,
    /// Whether it has accepted to take part: nobody else can sign.
    pub is_partner: bool,
    /// How it stands.
    pub standing: SignOff,
    /// What it decided last, whatever became of that.
    pub decided: Option<Decided>,
}

fn line(decisions: &[Decided], organisation: OrganisationId, now: &Concern, is_partner: bool) -> Line {
    let decided = decisions.iter().find(|one| one.organisation == organisation).cloned();
    let standing = sign_off(decided.as_ref().map(|one| (one.decision, &one.concern)), now);
    Line { organisation, is_partner, standing, decided }
}

async fn lines(app: &App, draft: &Draft, round: &Round) -> Result<Vec<Line>, Error> {
    let decisions = signoffs::decisions(&app.database, draft.cluster, round.id).await?;
    let partners = store::partners(&app.database, draft.cluster, draft.id).await?;
    let members = draft.content.members.iter();
    let lines = members.filter_map(|member| {
        let now = Concern::of(&draft.content, member.organisation)?;
        Some(line(&decisions, member.organisation, &now, partners.contains(&member.organisation)))
    });
    Ok(lines.collect())
}

/// The round that goes on in a draft of the cluster of the actor, with every member in the order of the sheet.
///
/// # Errors
/// [`Error::NotFound`] for a draft of somebody else.
pub async fn of_draft(app: &App, actor: &Actor, draft: DraftId) -> Result<Option<(Round, Vec<Line>)>, Error> {
    let draft = consortia::open(app, actor, draft).await?;
    match signoffs::current(&app.database, draft.cluster, draft.id).await? {
        None => Ok(None),
        Some(round) => {
            let lines = lines(app, &draft, &round).await?;
            Ok(Some((round, lines)))
        }
    }
}

/// The round that goes on in a draft, and how the partner whose workspace it is stands.
pub async fn of_partner(app: &App, workspace: &Workspace) -> Result<Option<(Round, Line)>, Error> {
    let draft = &workspace.draft;
    let Some(organisation) = workspace.seat.organisation() else { return Ok(None) };
    let Some(round) = signoffs::current(&app.database, draft.cluster, draft.id).await? else { return Ok(None) };
    let Some(now) = Concern::of(&draft.content, organisation) else { return Ok(None) };
    let decisions = signoffs::decisions(&app.database, draft.cluster, round.id).await?;
    Ok(Some((round, line(&decisions, organisation, &now, true))))
}

/// Whom letters to these partners go to, each with the name of the partner.
async fn to_partners(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    partners: &[OrganisationId],
) -> Result<Vec<(String, Addressee)>, Error> {
    // Nobody of a demonstration writes to real people.
    if actor.is_of_the_demonstration() {
        return Ok(Vec::new());
    }
    let names = drafts::organisations(&app.database, partners).await?;
    let mut readers = readers_of(app, draft).await?;
    let mut found = Vec::new();
    for partner in partners {
        let name = names.get(partner).map(drafts::OrganisationFacts::shown).unwrap_or_default();
        let of_it = readers.remove(partner).unwrap_or_default();
        found.extend(of_it.into_iter().map(|reader| (name.clone(), reader)));
    }
    Ok(found)
}

/// Asks every partner to sign off the current version; a round before this one ends.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::NotFound`] for a draft of somebody else.
pub async fn ask(app: &App, actor: &Actor, draft: DraftId, statement: &str, due_on: &str) -> Result<RoundId, Error> {
    let draft = own_draft(app, actor, draft).await?;
    let statement = kept(statement, LONGEST);
    let mut problems = Vec::new();
    if statement.is_empty() {
        problems.push(problem("statement", "participation-wrong-statement", ""));
    }
    let day = last_day(due_on, today_at(app, draft.cluster).await?);
    let Some(due_on) = day.filter(|_| problems.is_empty()) else {
        if day.is_none() {
            problems.push(problem("due_on", "participation-wrong-day", due_on));
        }
        return Err(Error::Invalid(problems));
    };
    let now = app.clock.now();
    let round = Round {
        id: RoundId::new(),
        revision: draft.revision,
        statement,
        due_on: due_on.to_string(),
        asked_at: now,
        reminded_at: None,
    };
    let partners = partners_of(app, &draft).await?;
    let readers = to_partners(app, actor, &draft, &partners).await?;
    let of_cluster = cluster(&app.database, draft.cluster).await?.settings.name;
    transact!(app.database, transaction => {
        signoffs::begin(transaction, draft.cluster, draft.id, &round, actor.person()).await?;
        for (organisation, reader) in &readers {
            letters::write(transaction, app, reader, &asked(&of_cluster, &draft, organisation, &round, "signoff"), now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        let what = json!({ "revision": round.revision, "statement": round.statement, "due_on": round.due_on });
        tell(transaction, actor, now, of, "ask_signoff", serde_json::Value::Null, what).await
    })?;
    app.jobs.notify_one();
    Ok(round.id)
}

fn asked<'a>(
    of_cluster: &'a str,
    draft: &'a Draft,
    organisation: &'a str,
    round: &'a Round,
    what: &'static str,
) -> Notice<'a> {
    Notice {
        what,
        cluster: of_cluster,
        draft: &draft.content.name,
        organisation,
        day: round.due_on.clone(),
        words: &round.statement,
        page: Some(format!("/workspaces/{}", draft.id)),
        ..Notice::default()
    }
}

/// The members that have accepted to take part.
async fn partners_of(app: &App, draft: &Draft) -> Result<Vec<OrganisationId>, Error> {
    let accepted = store::partners(&app.database, draft.cluster, draft.id).await?;
    let members = draft.content.members.iter().map(|member| member.organisation);
    Ok(members.filter(|member| accepted.contains(member)).collect())
}

/// Reminds the partners that have not signed what the draft says now; once in a day at most.
///
/// # Errors
/// [`Error::Over`] when no round goes on, or somebody reminded them a short while ago.
pub async fn remind(app: &App, actor: &Actor, draft: DraftId) -> Result<usize, Error> {
    let draft = own_draft(app, actor, draft).await?;
    let over = || Error::Over { reason: "participation-signoff-over" };
    let round = signoffs::current(&app.database, draft.cluster, draft.id).await?.ok_or_else(over)?;
    let waiting: Vec<OrganisationId> = lines(app, &draft, &round)
        .await?
        .into_iter()
        .filter(|line| line.is_partner && matches!(line.standing, SignOff::Open | SignOff::Void))
        .map(|line| line.organisation)
        .collect();
    let readers = to_partners(app, actor, &draft, &waiting).await?;
    let of_cluster = cluster(&app.database, draft.cluster).await?.settings.name;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let since = now.plus_seconds(-BETWEEN_REMINDERS);
        if !signoffs::remind(transaction, draft.cluster, round.id, since, now).await? {
            return Err(Error::Over { reason: "participation-signoff-reminded" });
        }
        for (organisation, reader) in &readers {
            let notice = asked(&of_cluster, &draft, organisation, &round, "signoff-reminder");
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        tell(transaction, actor, now, of, "remind_signoff", serde_json::Value::Null, json!({ "partners": waiting.len() })).await
    })?;
    app.jobs.notify_one();
    Ok(waiting.len())
}

/// Ends the round that goes on; what was signed stays in the trail.
///
/// # Errors
/// [`Error::Over`] when none goes on.
pub async fn end(app: &App, actor: &Actor, draft: DraftId) -> Result<(), Error> {
    let draft = own_draft(app, actor, draft).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !signoffs::end(transaction, draft.cluster, draft.id, now).await? {
            return Err(Error::Over { reason: "participation-signoff-over" });
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        tell(transaction, actor, now, of, "end_signoff", serde_json::Value::Null, serde_json::Value::Null).await
    })
}

/// What a partner decides.
#[derive(Clone, Debug)]
pub struct Signing<'a> {
    /// The version that it saw.
    pub revision: i64,
    /// What.
    pub decision: Decision,
    /// What it says beside; an objection has a reason.
    pub words: &'a str,
}

/// Signs off for the organisation of the actor, or objects.
///
/// # Errors
/// [`Error::Clash`] when what concerns the partner was changed since it was shown; [`Error::Over`] when no round goes on.
pub async fn sign(app: &App, actor: &Actor, draft: DraftId, signing: &Signing<'_>) -> Result<(), Error> {
    let organisation = own_organisation(actor)?;
    let workspace = super::workspace(app, actor, draft).await?;
    let over = || Error::Over { reason: "participation-signoff-over" };
    let draft = &workspace.draft;
    consortia::still_open(draft)?;
    let round = signoffs::current(&app.database, draft.cluster, draft.id).await?.ok_or_else(over)?;
    let words = kept(signing.words, LONGEST);
    if signing.decision == Decision::Objected && words.is_empty() {
        return Err(Error::Invalid(vec![problem("words", "participation-wrong-objection", "")]));
    }
    let clash = || Error::Clash(draft.content.name.clone());
    let seen = drafts::version(&app.database, draft.cluster, draft.id, signing.revision).await?;
    let seen = seen.and_then(|seen| Concern::of(&seen, organisation));
    let concern = Concern::of(&draft.content, organisation).ok_or_else(clash)?;
    if seen.as_ref() != Some(&concern) {
        return Err(clash());
    }
    let now = app.clock.now();
    let decided = Decided {
        organisation,
        revision: draft.revision,
        concern,
        decision: signing.decision,
        words,
        person: None,
        at: now,
    };
    let told = match signing.decision {
        Decision::Objected => Addressee::account(app, store::asked_by(&app.database, round.id).await?).await?,
        Decision::Signed => None,
    };
    let name = drafts_name(app, organisation).await?;
    transact!(app.database, transaction => {
        if !signoffs::decide(transaction, draft.cluster, draft.id, round.id, &decided, actor.person()).await? {
            return Err(over());
        }
        if let Some(reader) = &told {
            let notice = Notice {
                what: "objected",
                cluster: &workspace.cluster_name,
                draft: &draft.content.name,
                organisation: &name,
                words: &decided.words,
                page: Some(format!("/consortia/{}/partners", draft.id)),
                ..Notice::default()
            };
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        let action = if decided.decision == Decision::Signed { "sign_off" } else { "object" };
        let what = json!({
            "organisation": name, "revision": decided.revision, "words": decided.words, "concern": decided.concern,
        });
        tell(transaction, actor, now, of, action, serde_json::Value::Null, what).await
    })?;
    app.jobs.notify_one();
    Ok(())
}
