//! The settings of a cluster, and the clusters of the instance.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use minijinja::{Value, context};

use super::{Accent, Cluster, ClusterForm, ClusterSettings};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::Zone,
    },
};

/// The routes of settings.
pub fn routes() -> Vec<Route> {
    use axum::routing::post;
    vec![
        Route::get("/administration/clusters", Action::Administer, get(list)),
        Route::get("/administration/clusters/new", Action::Administer, get(new)),
        Route::post("/administration/clusters/new", Action::Administer, post(make)),
        Route::get("/administration/clusters/{slug}", Action::ManageCluster, get(show)),
        Route::post("/administration/clusters/{slug}", Action::ManageCluster, post(save)),
        Route::get("/administration/accent", Action::ManageCluster, get(preview)),
    ]
}

/// What the form sends, with what is not a setting.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Sent {
    #[serde(flatten)]
    form: ClusterForm,
    slug: String,
    /// A text, because what is flattened into a form is.
    revision: String,
    /// `preview` shows the page again with the colour typed, and keeps nothing.
    act: String,
}

async fn list(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let clusters = super::manageable(&acting.app, &acting.actor).await?;
    Ok(acting.page("accounts/clusters.html", context! { clusters => Serde(&clusters) }).await?.into_response())
}

/// The shades of a colour that is still being typed; one that is none shows nothing.
fn shades(accent: &str) -> Value {
    match accent.parse::<Accent>() {
        Ok(accent) => context! { chosen => accent.to_string(), shades => Serde(accent.shades()) },
        Err(_) => Value::UNDEFINED,
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Typed {
    accent: String,
}

/// The part of the page that shows a colour, while it is being chosen.
async fn preview(acting: Acting, Query(typed): Query<Typed>) -> Result<Response, Error> {
    acting.may(Action::ManageCluster, Resource::Instance)?;
    let preview = shades(&typed.accent);
    let context = context! { preview => if preview.is_undefined() { Value::from(()) } else { preview } };
    Ok(acting.page("accounts/accent_preview.html", context).await?.into_response())
}

#[derive(serde::Serialize)]
struct Difference {
    label: String,
    yours: String,
    theirs: String,
}

/// What of the form is not what somebody else has saved meanwhile.
fn differences(acting: &Acting, yours: &ClusterForm, theirs: &ClusterForm) -> Vec<Difference> {
    [
        ("cluster-name", &yours.name, &theirs.name),
        ("cluster-short-name", &yours.short_name, &theirs.short_name),
        ("cluster-accent", &yours.accent, &theirs.accent),
        ("cluster-time-zone", &yours.time_zone, &theirs.time_zone),
        ("cluster-page-language", &yours.page_language, &theirs.page_language),
        ("cluster-letter-language", &yours.letter_language, &theirs.letter_language),
    ]
    .into_iter()
    .filter(|(_, yours, theirs)| yours.trim() != theirs.trim())
    .map(|(key, yours, theirs)| Difference { label: acting.say(key), yours: yours.clone(), theirs: theirs.clone() })
    .collect()
}

async fn page(
    acting: &Acting,
    cluster: Option<&Cluster>,
    sent: &Sent,
    problems: &[FieldProblem],
    differences: &[Difference],
) -> Result<Response, Error> {
    let said = problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    let zone = Zone::named(&sent.form.time_zone);
    let preview = shades(&sent.form.accent);
    let context = context! {
        cluster => Serde(&cluster),
        form => Serde(&sent.form),
        slug => sent.slug.as_str(),
        revision => sent.revision.as_str(),
        problems => by_field(said),
        problem_count => problems.len(),
        differences => Serde(differences),
        zones => Zone::all(),
        there => zone.map(|zone| acting.language.moment(&zone, acting.app.clock.now())),
        preview => if preview.is_undefined() { Value::from(()) } else { preview },
        runs_instance => acting.may(Action::Administer, Resource::Instance).is_ok(),
    };
    Ok(acting.page("accounts/cluster.html", context).await?.into_response())
}

async fn new(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    let settings = ClusterSettings {
        name: String::new(),
        short_name: String::new(),
        accent: "#0a5f70".to_owned(),
        time_zone: acting.app.configuration.time_zone.clone(),
        page_language: acting.language,
        letter_language: acting.language,
    };
    page(&acting, None, &Sent { form: ClusterForm::from(&settings), ..Sent::default() }, &[], &[]).await
}

async fn make(acting: Acting, Form(sent): Form<Sent>) -> Result<Response, Error> {
    acting.may(Action::Administer, Resource::Instance)?;
    if sent.act == "preview" {
        return page(&acting, None, &sent, &[], &[]).await;
    }
    match super::make(&acting.app, &acting.actor, &sent.slug, &sent.form).await {
        Ok(_) => Ok(Redirect::to("/administration/clusters?done=cluster-made").into_response()),
        Err(Error::Invalid(problems)) => {
            let page = page(&acting, None, &sent, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

async fn show(acting: Acting, Path(slug): Path<String>) -> Result<Response, Error> {
    let cluster = super::open(&acting.app, &acting.actor, &slug).await?;
    let form = ClusterForm::from(&cluster.settings);
    let sent = Sent { form, revision: cluster.revision.to_string(), ..Sent::default() };
    page(&acting, Some(&cluster), &sent, &[], &[]).await
}

async fn save(acting: Acting, Path(slug): Path<String>, Form(sent): Form<Sent>) -> Result<Response, Error> {
    let cluster = super::open(&acting.app, &acting.actor, &slug).await?;
    if sent.act == "preview" {
        return page(&acting, Some(&cluster), &sent, &[], &[]).await;
    }
    // A revision that nobody gave is one that nobody saw: it clashes, and the form is shown again.
    let revision = sent.revision.parse().unwrap_or(0);
    match super::change(&acting.app, &acting.actor, &cluster, revision, &sent.form).await {
        Ok(()) => Ok(Redirect::to(&format!("/administration/clusters/{slug}?done=saved")).into_response()),
        Err(Error::Invalid(problems)) => {
            let page = page(&acting, Some(&cluster), &sent, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Clash(_)) => {
            let theirs = super::open(&acting.app, &acting.actor, &slug).await?;
            let differences = differences(&acting, &sent.form, &ClusterForm::from(&theirs.settings));
            // Sent again with the new revision, the form is a decision taken with both versions in sight.
            let sent = Sent { revision: theirs.revision.to_string(), ..sent };
            let page = page(&acting, Some(&theirs), &sent, &[], &differences).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error),
    }
}
