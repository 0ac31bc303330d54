//! Pairs of records that may be one, what merging them would do, and the merge itself.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use ranking::identity::Certainty;
use serde::Serialize;

use super::{Asked, Link, RowView, row};
use crate::{
    accounts::Acting,
    directory::{
        self, OrganisationId,
        countries::country_name,
        merge::{self, MergeId, Preview},
        model::{Kind, shown_city},
        record::Record,
        search::Catalogue,
    },
    foundation::{errors::Error, pages::Serde},
};

/// How many pairs a page shows.
const PAGE: usize = 25;

#[derive(Serialize)]
struct PairView {
    first: RowView,
    second: RowView,
    first_pic: Option<String>,
    second_pic: Option<String>,
    certainty: String,
    reasons: Vec<String>,
    href: String,
}

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct PageAsked {
    page: usize,
}

pub(super) async fn duplicates(acting: Acting, Asked(asked): Asked<PageAsked>) -> Result<Html<String>, Error> {
    let candidates = merge::candidates(&acting.app, &acting.actor)?;
    let looking = candidates.is_none();
    let candidates = candidates.unwrap_or_default();
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let view = snapshot.view(acting.reader().await?);
    let last = candidates.len().div_ceil(PAGE).max(1);
    let current = asked.page.clamp(1, last);
    let pairs: Vec<PairView> = candidates
        .iter()
        .skip((current - 1) * PAGE)
        .take(PAGE)
        .filter_map(|candidate| {
            let (first, second) = (snapshot.entry(candidate.first)?, snapshot.entry(candidate.second)?);
            Some(PairView {
                first: row(&snapshot, &view, first, &acting),
                second: row(&snapshot, &view, second, &acting),
                first_pic: first.pic.clone(),
                second_pic: second.pic.clone(),
                certainty: acting.say(match candidate.certainty {
                    Certainty::Certain => "directory-certainty-certain",
                    Certainty::Likely | Certainty::Possible => "directory-certainty-likely",
                }),
                reasons: candidate.reasons.iter().map(|reason| acting.say(reason)).collect(),
                href: format!("/organisations/{}/merge/{}", first.id, second.id),
            })
        })
        .collect();
    acting
        .page(
            "directory/duplicates.html",
            minijinja::context! { pairs => Serde(&pairs), total => candidates.len(), current, last, looking },
        )
        .await
}

#[derive(Serialize)]
struct SideView {
    id: String,
    name: String,
    href: String,
    kind: String,
    place: String,
    identifiers: Vec<String>,
    names: Vec<String>,
    memberships: Vec<String>,
    projects: i64,
    competences: usize,
}

fn side(record: &Record, acting: &Acting) -> SideView {
    let organisation = &record.organisation;
    let country = organisation.country.as_deref().map(|code| country_name(code, acting.language));
    SideView {
        id: organisation.id.to_string(),
        name: record.shown_name(),
        href: format!("/organisations/{}", organisation.id),
        kind: acting.say(&Kind::stored(&organisation.kind).label_key()),
        place: [organisation.city.as_deref().map(shown_city).as_deref(), country]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
        identifiers: record
            .identifiers
            .iter()
            .map(|identifier| format!("{} {}", identifier.scheme.to_uppercase(), identifier.value))
            .collect(),
        names: record.names.iter().map(|name| name.name.clone()).collect(),
        memberships: record.memberships.iter().map(|membership| membership.cluster.clone()).collect(),
        projects: organisation.project_count,
        competences: record
            .competences
            .iter()
            .map(|competence| &competence.concept_id)
            .collect::<std::collections::HashSet<_>>()
            .len(),
    }
}

#[derive(Serialize)]
struct TallyView {
    label: String,
    kept: usize,
    other: usize,
    united: usize,
    after: usize,
}

pub(super) async fn preview(
    acting: Acting,
    Path((kept, other)): Path<(OrganisationId, OrganisationId)>,
) -> Result<Response, Error> {
    let preview = merge::preview(&acting.app, &acting.actor, kept, other).await?;
    show(&acting, kept, other, &preview).await
}

async fn show(
    acting: &Acting,
    kept: OrganisationId,
    other: OrganisationId,
    preview: &Preview,
) -> Result<Response, Error> {
    let first = directory::record(&acting.app, &acting.actor, kept).await?;
    let second = directory::record(&acting.app, &acting.actor, other).await?;
    let tallies: Vec<TallyView> = preview
        .tallies
        .iter()
        .map(|tally| TallyView {
            label: acting.say(&format!("directory-rows-{}", tally.table.replace('_', "-"))),
            kept: tally.kept,
            other: tally.other,
            united: tally.united,
            after: tally.after,
        })
        .collect();
    let disagreements: Vec<(String, String, String)> = preview
        .disagreements
        .iter()
        .map(|found| {
            let shown = |value: &str| match found.field.as_str() {
                "kind" => acting.say(&Kind::stored(value).label_key()),
                "country" => country_name(value, acting.language).to_owned(),
                _ => value.to_owned(),
            };
            (
                acting.say(&format!("directory-field-{}", found.field.replace('_', "-"))),
                shown(&found.kept),
                shown(&found.other),
            )
        })
        .collect();
    let swap = Link { label: String::new(), href: format!("/organisations/{other}/merge/{kept}"), lang: None };
    let page = acting
        .page(
            "directory/merge.html",
            minijinja::context! {
                kept => Serde(&side(&first, acting)),
                other => Serde(&side(&second, acting)),
                tallies => Serde(&tallies),
                disagreements => Serde(&disagreements),
                impossible => preview.impossible.as_ref().map(|key| acting.say(key)),
                swap => Serde(&swap),
            },
        )
        .await?;
    let status = if preview.impossible.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}

pub(super) async fn merge(
    acting: Acting,
    Path((kept, other)): Path<(OrganisationId, OrganisationId)>,
) -> Result<Response, Error> {
    match merge::merge(&acting.app, &acting.actor, kept, other).await {
        Ok(_) => Ok(Redirect::to(&format!("/organisations/{kept}?done=merged")).into_response()),
        Err(Error::Invalid(problems)) => {
            // Also where one of the two does not exist: then the record's own page says so.
            let impossible = problems.into_iter().next().map(|problem| problem.message);
            let preview = Preview { disagreements: Vec::new(), tallies: Vec::new(), impossible };
            show(&acting, kept, other, &preview).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn undo(acting: Acting, Path(id): Path<MergeId>) -> Result<Redirect, Error> {
    let kept = merge::undo(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to(&format!("/organisations/{kept}?done=taken-apart")))
}
