//! A partner corrects its own lines of the sheet: its amounts, and what is declared of it.

use super::{
    invitations::{problem, tell},
    model::corrected,
    own_organisation, workspace,
};
use crate::{
    accounts::Actor,
    consortia::{Content, DraftId, Sheet, read_sheet, store as drafts},
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
    },
};

/// How often a correction is brought together with what others save at the same moment.
const ATTEMPTS: usize = 50;

/// Reads the form of a partner: of the sheet only its own line, in the fields of the sheet.
///
/// `revision` is the version that it saw. Answers the sheet as far as it could be read, the partner's line only.
async fn read(
    app: &App,
    actor: &Actor,
    draft: DraftId,
    fields: &[(String, String)],
) -> Result<(Content, Sheet), Error> {
    let organisation = own_organisation(actor)?;
    let workspace = workspace(app, actor, draft).await?;
    let revision = fields.iter().find(|(name, _)| name == "revision").and_then(|(_, text)| text.parse().ok());
    let seen = match revision {
        Some(revision) => drafts::version(&app.database, workspace.draft.cluster, draft, revision).await?,
        None => None,
    };
    let mut seen = seen.unwrap_or_else(|| workspace.draft.content.clone());
    seen.members.retain(|member| member.organisation == organisation);
    if seen.members.is_empty() {
        seen.members
            .extend(workspace.draft.content.members.iter().find(|own| own.organisation == organisation).cloned());
    }
    // Only fields of the own line are read; role and side are the team's.
    let end = format!("-{organisation}");
    let own = |name: &str| name.strip_suffix(&end).is_some_and(|head| !matches!(head, "role" | "side" | ""));
    let mut kept: Vec<(String, String)> = fields.iter().filter(|(name, _)| own(name)).cloned().collect();
    kept.push(("member".to_owned(), organisation.to_string()));
    let sheet = read_sheet(&kept, &seen);
    Ok((seen, sheet))
}

/// Brings what a partner changed of its own line into the sheet, as a version by them, whatever others saved meanwhile.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be read, and for those that somebody else changed to something else since
/// they were shown; [`Error::NotFound`] when the organisation of the actor has no seat in the draft.
pub async fn correct(app: &App, actor: &Actor, draft: DraftId, fields: &[(String, String)]) -> Result<(), Error> {
    let organisation = own_organisation(actor)?;
    let (seen, sheet) = read(app, actor, draft, fields).await?;
    if !sheet.problems.is_empty() {
        return Err(Error::Invalid(sheet.problems));
    }
    let (Some(seen), Some(made)) = (seen.members.first(), sheet.content.members.first()) else { return Ok(()) };
    for _ in 0..ATTEMPTS {
        let stands = workspace(app, actor, draft).await?;
        let whole = &stands.whole;
        let mut after = whole.clone();
        let Some(own) = after.members.iter_mut().find(|member| member.organisation == organisation) else {
            return Err(Error::Clash(whole.name.clone()));
        };
        let became = corrected(seen, made, own);
        if !became.clashes.is_empty() {
            let problems = became.clashes.iter().map(|field| {
                let name = format!("{field}-{organisation}");
                let typed = sheet.typed.get(&name).cloned().unwrap_or_default();
                problem(&name, "participation-wrong-changed-meanwhile", &typed)
            });
            return Err(Error::Invalid(problems.collect::<Vec<FieldProblem>>()));
        }
        *own = became.member;
        if after == *whole {
            return Ok(());
        }
        let (now, person, cluster) = (app.clock.now(), actor.person(), stands.draft.cluster);
        let json = |content: &Content| serde_json::to_value(content).map_err(anyhow::Error::from);
        let (before, told) = (json(whole)?, json(&after)?);
        let written: Result<(), Error> = transact!(app.database, transaction => {
            if !drafts::replace(transaction, cluster, draft, stands.draft.revision, &after, person, now).await? {
                return Err(Error::Clash(whole.name.clone()));
            }
            let of = (cluster, draft, whole.name.as_str());
            tell(transaction, actor, now, of, "correct", before.clone(), told.clone()).await
        });
        match written {
            Err(Error::Clash(_)) => continue,
            written => return written,
        }
    }
    Err(Error::Clash(draft.to_string()))
}
