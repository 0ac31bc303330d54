//! A partner corrects its own lines of the sheet: its amounts, and what is declared of it.

use super::{invitations::problem, model::fields_of, own_organisation, workspace};
use crate::{
    accounts::Actor,
    consortia::{
        Choices, Content, DraftId, Member, budget, merge, no_such_draft, read_sheet, rules_of,
        saving::{Attempts, write},
        store as drafts,
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App},
};

/// The fields of the partner's own line; role and side are the team's.
fn own_fields(fields: &[(String, String)], organisation: OrganisationId) -> Vec<(String, String)> {
    let end = format!("-{organisation}");
    let own = |name: &str| name.strip_suffix(&end).is_some_and(|head| !matches!(head, "role" | "side" | ""));
    fields.iter().filter(|(name, _)| own(name)).cloned().collect()
}

/// Brings what a partner changed of its own line into the sheet, as a version by them, whatever others saved meanwhile.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be read, and for those that somebody else changed to something else since
/// they were shown; [`Error::NotFound`] when the organisation of the actor has no seat in the draft.
pub async fn correct(app: &App, actor: &Actor, draft: DraftId, fields: &[(String, String)]) -> Result<(), Error> {
    let organisation = own_organisation(actor)?;
    let stands = workspace(app, actor, draft).await?;
    let revision = fields.iter().find(|(name, _)| name == "revision").and_then(|(_, text)| text.parse().ok());
    let shown = match revision {
        Some(revision) => drafts::version(&app.database, stands.draft.cluster, draft, revision).await?,
        None => None,
    };
    // A form without a version is held against what stands there now.
    let shown = shown.filter(|shown| member(shown, organisation).is_some()).unwrap_or(stands.whole);
    let alone = Content { members: member(&shown, organisation).cloned().into_iter().collect(), ..Content::default() };
    let mut kept = own_fields(fields, organisation);
    kept.push(("member".to_owned(), organisation.to_string()));
    let sheet = read_sheet(&rules_of(app, &stands.draft), &kept, &alone);
    if !sheet.problems.is_empty() {
        return Err(Error::Invalid(sheet.problems));
    }
    let mut own = shown.clone();
    for member in own.members.iter_mut().filter(|member| member.organisation == organisation) {
        if let Some(made) = sheet.content.members.first() {
            // Role, side and budget are not on this form.
            let (role, side, budget) = (member.role, member.side, member.budget.clone());
            *member = Member { role, side, budget, ..made.clone() };
        }
    }
    let mut attempts = Attempts::new(stands.draft.cluster, draft);
    loop {
        let before = attempts.read(app).await?;
        if member(&before.content, organisation).is_none() {
            return Err(no_such_draft(draft));
        }
        let merged = merge(&shown, &before.content, &own, &Choices::new()).map_err(anyhow::Error::from)?;
        if !merged.open.is_empty() {
            let open = merged.open.iter().flat_map(|place| fields_of(place));
            let problems = open.map(|field| {
                let name = format!("{field}-{organisation}");
                let typed = sheet.typed.get(&name).cloned().unwrap_or_default();
                problem(&name, "participation-wrong-changed-meanwhile", &typed)
            });
            return Err(Error::Invalid(problems.collect()));
        }
        let after = budget::settled(&rules_of(app, &before), &merged.content);
        if after == before.content {
            return Ok(());
        }
        match write(app, actor, &before, &after, "correct").await {
            Err(Error::Clash(_)) => continue,
            written => return written,
        }
    }
}

fn member(content: &Content, organisation: OrganisationId) -> Option<&Member> {
    content.members.iter().find(|member| member.organisation == organisation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn role_and_side_are_the_teams() {
        let (own, other) = (OrganisationId::new(), OrganisationId::new());
        let sent: Vec<(String, String)> = [
            format!("requested-{own}"),
            format!("document.gep-{own}"),
            format!("role-{own}"),
            format!("side-{own}"),
            format!("-{own}"),
            format!("requested-{other}"),
            "name".to_owned(),
            "member".to_owned(),
        ]
        .map(|name| (name, "1".to_owned()))
        .to_vec();
        let kept: Vec<String> = own_fields(&sent, own).into_iter().map(|(name, _)| name).collect();
        assert_eq!(kept, [format!("requested-{own}"), format!("document.gep-{own}")]);
    }
}
