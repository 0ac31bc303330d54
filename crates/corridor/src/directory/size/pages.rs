//! What the page of an organisation says of its size to the team that keeps its figures.

use minijinja::{Value, context};

use super::{kept_by, size_of};
use crate::{
    accounts::{Acting, Action},
    directory::{
        OrganisationId,
        documents::{Reach, pages::today},
    },
    foundation::errors::Error,
};

/// What the page of an organisation shows of its size.
pub(in crate::directory) async fn section(acting: &Acting, organisation: OrganisationId) -> Result<Value, Error> {
    let Ok(reach) = Reach::team(&acting.actor, Action::ReadDrafts) else {
        return Ok(context! { shown => false });
    };
    let kept = kept_by(&acting.app.database, reach.cluster()).await?;
    let day = today(acting, &reach).await?.to_string().parse();
    let day = day.map_err(|error| Error::Unexpected(anyhow::anyhow!("today is no day: {error}")))?;
    let size = size_of(&kept, organisation, day);
    let (kind, label) = match size.as_ref().map(super::Size::sme) {
        Some(Some(true)) => ("met", "figures-is-sme"),
        Some(Some(false)) => ("not-met", "figures-is-no-sme"),
        _ => ("unknown", "figures-is-open"),
    };
    let kept = kept.get(&organisation).is_some_and(|facts| !facts.years.is_empty());
    Ok(context! { shown => true, kept, stated => size.is_some(), kind, label => acting.say(label) })
}
