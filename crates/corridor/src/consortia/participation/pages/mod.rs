//! The pages of taking part: what the team asks of partners, what partners see and answer, what drafts look for.

mod answers;
mod interests;
mod partner;
mod team;

use axum::routing::{get, post};
use minijinja::{Value, context};

use super::Workspace;
use crate::{
    accounts::{Acting, Action, Route},
    consortia::{pages::person_name, rules_of, store as drafts},
    foundation::errors::{Error, FieldProblem},
};

/// The routes of taking part.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadCalls, ReadDrafts, ReadPublic, TakePart};
    vec![
        Route::get("/workspaces", TakePart, get(partner::index)),
        Route::get("/workspaces/{id}", TakePart, get(partner::show)),
        Route::post("/workspaces/{id}", TakePart, post(partner::correct)),
        Route::post("/workspaces/{id}/sign", TakePart, post(partner::sign)),
        Route::post("/workspace-invitations/{id}", TakePart, post(answers::in_workspace)),
        Route::get("/partner-invitations/{token}", ReadPublic, get(answers::show)),
        Route::post("/partner-invitations/{token}", ReadPublic, post(answers::by_link)),
        Route::get("/consortia/{id}/partners", ReadDrafts, get(team::show)),
        Route::get("/consortia/{id}/partners/invite", EditDrafts, get(team::ask)),
        Route::post("/consortia/{id}/partners/invite", EditDrafts, post(team::invite)),
        Route::post("/consortia/{id}/partners/{invitation}/withdraw", EditDrafts, post(team::withdraw)),
        Route::post("/consortia/{id}/signoff", EditDrafts, post(team::ask_sign_off)),
        Route::post("/consortia/{id}/signoff/remind", EditDrafts, post(team::remind)),
        Route::post("/consortia/{id}/signoff/end", EditDrafts, post(team::end_sign_off)),
        Route::post("/consortia/{id}/opening", EditDrafts, post(team::open)),
        Route::post("/consortia/{id}/opening/close", EditDrafts, post(team::close)),
        Route::post("/consortia/{id}/interests/{interest}", EditDrafts, post(team::reply)),
        Route::get("/interests", ReadCalls, get(interests::index)),
        Route::get("/interests/{id}", ReadCalls, get(interests::show)),
        Route::post("/interests/{id}", TakePart, post(interests::express)),
        Route::post("/interests/{id}/withdraw", TakePart, post(interests::withdraw)),
        Route::get("/calls/{identifier}/interests", ReadCalls, get(interests::of_topic)),
    ]
}

/// What the pages of a draft name in their head and tabs.
pub(in crate::consortia) async fn head(acting: &Acting, workspace: &Workspace) -> Result<Value, Error> {
    let content = &workspace.draft.content;
    let rules = rules_of(&acting.app, &workspace.draft);
    let topic = match content.topic {
        Some(topic) => drafts::topic_by_id(&acting.app.database, topic).await?,
        None => None,
    };
    let own = content.members.iter().find(|member| Some(member.organisation) == workspace.seat.organisation());
    Ok(context! {
        id => workspace.draft.id.to_string(),
        name => content.name.as_str(),
        revision => workspace.draft.revision,
        updated_at => workspace.draft.updated_at.0,
        archived => workspace.draft.archived_at.is_some(),
        two_sided => content.instrument.as_deref().is_some_and(|id| rules.has_sides(id)),
        cluster => workspace.cluster_name.as_str(),
        role => own.map(|own| acting.say(&format!("consortia-role-{}", own.role.key()))),
        instrument => content.instrument.as_deref(),
        instrument_name => content.instrument.as_deref().map(|id| rules.name(id, acting.language)),
        topic => topic.map(|topic| context! {
            identifier => topic.identifier, title => topic.title, closes_on => topic.closes_on,
        }),
    })
}

/// What is wrong with each field, in words.
pub(in crate::consortia) fn messages(
    acting: &Acting,
    problems: &[FieldProblem],
) -> std::collections::BTreeMap<String, String> {
    problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect()
}

/// What somebody is called; of the demonstration, what they are.
fn person(acting: &Acting, name: Option<&str>) -> Option<String> {
    name.map(|name| person_name(acting, name))
}

/// What a partner decided, as pages show it.
fn decided(acting: &Acting, one: &super::signoff::Decided) -> Value {
    context! {
        decision => one.decision.key(),
        revision => one.revision,
        words => one.words.as_str(),
        person => person(acting, one.person.as_deref()),
        at => one.at.0,
    }
}

/// The words of an enumeration as the choices of a form.
fn choices<'a>(acting: &Acting, head: &str, words: impl IntoIterator<Item = &'a str>) -> Vec<Value> {
    let choice = |word: &str| {
        let label = acting.say(&format!("consortia-{head}-{}", word.replace('_', "-")));
        context! { value => word, label }
    };
    words.into_iter().map(choice).collect()
}
