//! What drafts look for, for those who may see it, and their answers.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::interests::{self, Interest, InterestId, Opening},
    messages,
};
use crate::{
    accounts::{Acting, Action, Resource},
    consortia::{DraftId, find_topic, rules},
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
    },
};

/// An opening as pages show it.
pub(super) fn shown(acting: &Acting, opening: &Opening) -> Value {
    let kind = opening.kind.as_deref();
    context! {
        id => opening.draft.to_string(),
        cluster => opening.cluster_name.as_str(),
        topic => opening.topic.as_deref(),
        topic_title => opening.topic_title.as_deref(),
        words => opening.words.as_str(),
        competence => opening.competence.as_deref(),
        kind,
        kind_name => kind.map(|kind| acting.say(&format!("consortia-kind-{}", kind.replace('_', "-")))),
        country => opening.country.as_deref(),
        country_name => opening.country.as_deref().map(|code| rules::country_name(code, acting.language)),
        open_until => opening.open_until.to_string(),
        opened_at => opening.opened_at.0,
        closed => opening.closed_at.is_some(),
        audience => opening.audience.to_string(),
    }
}

/// An expression of interest as whoever expressed it sees it.
pub(super) fn told(interest: &Interest) -> Value {
    context! {
        id => interest.id.to_string(),
        draft => interest.draft.to_string(),
        cluster => interest.cluster_name.as_str(),
        topic => interest.topic.as_deref(),
        message => interest.message.as_str(),
        created_at => interest.created_at.0,
        state => interest.state.key(),
        answer => interest.answer_words.as_deref().unwrap_or_default(),
    }
}

pub(super) async fn index(acting: Acting) -> Result<Response, Error> {
    let found = interests::openings(&acting.app, &acting.actor, acting.reader().await?, None).await?;
    let own = interests::own(&acting.app, &acting.actor).await?;
    let context = context! {
        openings => found.iter().map(|opening| shown(&acting, opening)).collect::<Vec<_>>(),
        interests => own.iter().map(told).collect::<Vec<_>>(),
    };
    Ok(acting.page("consortia/participation/interests.html", context).await?.into_response())
}

pub(super) async fn of_topic(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    let topic = find_topic(&acting.app, &acting.actor, &identifier).await?;
    let found = interests::openings(&acting.app, &acting.actor, acting.reader().await?, Some(topic.id)).await?;
    let context = context! { openings => found.iter().map(|opening| shown(&acting, opening)).collect::<Vec<_>>() };
    Ok(acting.page("consortia/participation/openings.html", context).await?.into_response())
}

async fn page(acting: &Acting, id: DraftId, typed: &str, problems: &[FieldProblem]) -> Result<Response, Error> {
    let opening = interests::opening(&acting.app, &acting.actor, acting.reader().await?, id).await?;
    let own = interests::own(&acting.app, &acting.actor).await?;
    let mut fields = BTreeMap::new();
    fields.insert("message".to_owned(), typed.to_owned());
    let context = context! {
        opening => shown(acting, &opening),
        interests => own.iter().filter(|one| one.draft == id).map(told).collect::<Vec<_>>(),
        may_answer => acting.may(Action::TakePart, Resource::Instance).is_ok(),
        waits => own.iter().any(|one| one.draft == id && one.state == super::super::State::Waiting),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/participation/opening.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    page(&acting, id, "", &[]).await
}

#[derive(serde::Deserialize)]
pub(super) struct Expressed {
    #[serde(default)]
    message: String,
}

pub(super) async fn express(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(given): Form<Expressed>,
) -> Result<Response, Error> {
    match interests::express(&acting.app, &acting.actor, acting.reader().await?, id, &given.message).await {
        Ok(()) => Ok(Redirect::to(&format!("/interests/{id}?done=participation-expressed")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, &given.message, &problems).await,
        Err(error) => Err(error),
    }
}

pub(super) async fn withdraw(acting: Acting, Path(id): Path<InterestId>) -> Result<Response, Error> {
    interests::withdraw(&acting.app, &acting.actor, id).await?;
    Ok(Redirect::to("/interests?done=participation-interest-withdrawn").into_response())
}
