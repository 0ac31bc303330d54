//! The rules of a topic: what it changes, in words, and the text in which that is said.

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::context;

use super::topics::{change_topic, of_topic};
use crate::{
    accounts::{Acting, Action, Resource},
    calls,
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
};

/// What was typed and could not be kept.
struct Typed {
    for_instance: bool,
    text: String,
    problem: String,
}

pub(super) async fn show(acting: Acting, Path(identifier): Path<String>) -> Result<Response, Error> {
    page(&acting, &identifier, None, StatusCode::OK).await
}

#[derive(serde::Deserialize)]
pub(super) struct Said {
    text: String,
    #[serde(default)]
    seen: i64,
    /// `instance`, or the cluster of whoever says it.
    #[serde(default)]
    whose: String,
}

pub(super) async fn change(
    acting: Acting,
    Path(identifier): Path<String>,
    Form(said): Form<Said>,
) -> Result<Response, Error> {
    let for_instance = said.whose == "instance";
    let text = said.text.replace("\r\n", "\n");
    let (problem, status) =
        match change_topic(&acting.app, &acting.actor, &identifier, for_instance, &text, said.seen).await {
            Ok(()) => {
                let to = format!("{}/rules?done=rules-topic-changed", calls::href(&identifier));
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Error::Invalid(problems)) => (told(&acting, &problems), StatusCode::UNPROCESSABLE_ENTITY),
            Err(Error::Clash(_)) => (acting.say("rules-topic-clash"), StatusCode::CONFLICT),
            Err(error) => return Err(error),
        };
    page(&acting, &identifier, Some(Typed { for_instance, text, problem }), status).await
}

fn told(acting: &Acting, problems: &[FieldProblem]) -> String {
    let say = |problem: &FieldProblem| format!("{} {}", acting.say(&problem.message), problem.value).trim().to_owned();
    problems.iter().map(say).collect::<Vec<_>>().join(" ")
}

async fn page(acting: &Acting, identifier: &str, typed: Option<Typed>, status: StatusCode) -> Result<Response, Error> {
    let shown = of_topic(&acting.app, &acting.actor, identifier, acting.language).await?;
    let may = |action| acting.may(action, Resource::Instance).is_ok();
    let form = |for_instance: bool, (text, seen): &(String, i64)| {
        let typed = typed.as_ref().filter(|typed| typed.for_instance == for_instance);
        context! {
            whose => if for_instance { "instance" } else { "cluster" },
            text => typed.map_or(text, |typed| &typed.text).as_str(),
            problem => typed.map_or("", |typed| &typed.problem),
            seen => *seen,
        }
    };
    let mut forms = Vec::new();
    if may(Action::ChangeTopicRules) {
        forms.extend(shown.own.as_ref().map(|own| form(false, own)));
    }
    if may(Action::EditRules) {
        forms.push(form(true, &shown.of_instance));
    }
    let context = context! {
        topic => context! { identifier => shown.topic.identifier.as_str(), title => shown.topic.title.as_str() },
        href => calls::href(&shown.topic.identifier),
        day => shown.day.to_string(),
        instrument => shown.rules.as_ref().map(Serde),
        changes => Serde(&shown.changes),
        flaw => shown.flaw,
        forms,
        cluster => acting.actor.cluster().map(|cluster| cluster.name.clone()),
    };
    Ok((status, acting.page("consortia/instruments/topic.html", context).await?).into_response())
}
