//! The page of alliances, and the same as JSON.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Json, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::Form;
use minijinja::context;

use super::{Alliance, AllianceId, Answer, Standing, answer, list, propose};
use crate::{
    accounts::{
        Acting, Action, ClusterId, Question, Route, Sure, clusters,
        visibility::{self, Audience, Circle},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
};

/// The routes of alliances.
pub fn routes() -> Vec<Route> {
    let manage = Action::ManageAlliances;
    vec![
        Route::get("/administration/alliances", manage, get(page)),
        Route::post("/administration/alliances", manage, post(proposed)),
        Route::post("/administration/alliances/{id}/accept", manage, post(accepted)),
        Route::post("/administration/alliances/{id}/decline", manage, post(declined)),
        Route::post("/administration/alliances/{id}/leave", manage, post(left)),
        Route::post("/administration/alliances/memberships", manage, post(defaulted)),
        Route::get("/api/alliances", Action::ReadAlliances, get(all)),
    ]
}

#[derive(serde::Serialize)]
struct PlaceView {
    name: String,
    standing: Standing,
    label: String,
    since: Option<i64>,
}

#[derive(serde::Serialize)]
struct AllianceView {
    id: String,
    name: String,
    places: Vec<PlaceView>,
    /// How the own cluster stands in it.
    own: Option<Standing>,
    /// Who sees what is shared with it, in words.
    shown_to: String,
}

/// The form of a proposal, as it was filled in.
#[derive(Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
struct Proposal {
    name: String,
    cluster: Vec<String>,
}

async fn show(acting: &Acting, form: &Proposal, problems: &[FieldProblem]) -> Result<Response, Error> {
    let app = &acting.app;
    let alliances = list(app, &acting.actor).await?;
    let Some(own) = acting.actor.cluster() else { return Err(Error::NotFound("this cluster".to_owned())) };
    let circle = Circle::of(&app.database, own).await?;
    let shown: Vec<AllianceView> = alliances
        .into_iter()
        .map(|alliance| AllianceView {
            id: alliance.id.to_string(),
            own: alliance.standing(own.id),
            shown_to: circle.words(&app.texts, acting.language, &super::shared_with(alliance.id)),
            places: alliance
                .clusters
                .into_iter()
                .map(|place| PlaceView {
                    name: place.cluster.name,
                    standing: place.standing,
                    label: acting.say(place.standing.label_key()),
                    since: place.since,
                })
                .collect(),
            name: alliance.name,
        })
        .collect();
    let others: Vec<_> = clusters(&app.database)
        .await?
        .into_iter()
        .filter(|cluster| cluster.id != own.id)
        .map(|cluster| {
            let id = cluster.id.to_string();
            context! { chosen => form.cluster.contains(&id), value => id, label => cluster.name }
        })
        .collect();
    let problem = |field: &str| {
        let found = problems.iter().find(|problem| problem.field == field);
        found.map(|problem| acting.say(&problem.message)).unwrap_or_default()
    };
    let default = visibility::membership_default(&app.database, own.id).await?;
    let context = context! {
        default => default.to_string(),
        audiences => Serde(circle.choices(&app.texts, acting.language, &[&default])),
        own => own.name.as_str(),
        alliances => Serde(&shown),
        others,
        name => form.name.as_str(),
        name_problem => problem("name"),
        cluster_problem => problem("cluster"),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("accounts/alliances.html", context).await?).into_response())
}

async fn page(acting: Acting) -> Result<Response, Error> {
    show(&acting, &Proposal::default(), &[]).await
}

async fn proposed(acting: Acting, Form(form): Form<Proposal>) -> Result<Response, Error> {
    let with: Result<Vec<ClusterId>, _> = form.cluster.iter().map(|id| id.parse()).collect();
    let with = with.map_err(|_| Error::input("a cluster of the alliance is named by its id"))?;
    match propose(&acting.app, &acting.actor, &form.name, &with).await {
        Ok(_) => Ok(Redirect::to("/administration/alliances?done=alliance-proposed").into_response()),
        Err(Error::Invalid(problems)) => show(&acting, &form, &problems).await,
        Err(error) => Err(error),
    }
}

/// Who sees the memberships that the cluster states from now on.
#[derive(serde::Deserialize)]
struct ShownTo {
    audience: Audience,
}

async fn defaulted(acting: Acting, Form(form): Form<ShownTo>) -> Result<Response, Error> {
    super::show_memberships_to(&acting.app, &acting.actor, &form.audience).await?;
    Ok(Redirect::to("/administration/alliances?done=memberships-shown").into_response())
}

async fn answered(acting: &Acting, id: AllianceId, given: Answer, done: &str) -> Result<Response, Error> {
    answer(&acting.app, &acting.actor, id, given).await?;
    Ok(Redirect::to(&format!("/administration/alliances?done={done}")).into_response())
}

async fn accepted(acting: Acting, Path(id): Path<AllianceId>) -> Result<Response, Error> {
    answered(&acting, id, Answer::Accept, "alliance-joined").await
}

async fn declined(acting: Acting, Path(id): Path<AllianceId>) -> Result<Response, Error> {
    answered(&acting, id, Answer::Decline, "alliance-declined").await
}

async fn left(acting: Acting, Path(id): Path<AllianceId>, Form(sure): Form<Sure>) -> Result<Response, Error> {
    if !sure.said() {
        let own = acting.actor.cluster().map(|cluster| cluster.id);
        let alliances = list(&acting.app, &acting.actor).await?;
        let joined = |alliance: &&Alliance| own.and_then(|own| alliance.standing(own)) == Some(Standing::Joined);
        if let Some(alliance) = alliances.iter().filter(joined).find(|alliance| alliance.id == id) {
            let name = [("name", alliance.name.as_str().into())];
            let act = acting.app.texts.say(acting.language, "alliances-leave", &name);
            let sentence = acting.say("alliances-leave-confirm");
            let question = Question { act: &act, sentence: &sentence, fields: &[], back: "/administration/alliances" };
            return acting.ask_first(question).await;
        }
    }
    answered(&acting, id, Answer::Leave, "alliance-left").await
}

/// The alliances of the cluster acted for, and those that it is asked into.
#[utoipa::path(get, path = "/api/alliances", tag = "alliances", responses((status = 200, body = [Alliance])))]
pub async fn all(acting: Acting) -> Result<Json<Vec<Alliance>>, Error> {
    Ok(Json(list(&acting.app, &acting.actor).await?))
}
