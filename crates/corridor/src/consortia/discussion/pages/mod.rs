//! The pages of what is said and to be done in a draft: the same for the team and for partners, each with what is there for
//! them.

mod calendar;
mod discussion;
mod letters;

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};

use super::{Audience, Place, of_partner, of_team};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    consortia::{
        DraftId,
        pages::{head, person_name},
        rules_of,
        store::OrganisationFacts,
    },
    directory::OrganisationId,
    foundation::errors::{Error, FieldProblem},
};

/// By which address somebody comes to a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// As the team.
    Team,
    /// As a partner.
    Partner,
}

impl Door {
    async fn place(self, acting: &Acting, draft: DraftId) -> Result<Place, Error> {
        match self {
            Door::Team => of_team(&acting.app, &acting.actor, draft).await,
            Door::Partner => of_partner(&acting.app, &acting.actor, draft).await,
        }
    }

    fn seat(self) -> &'static str {
        match self {
            Door::Team => "team",
            Door::Partner => "partner",
        }
    }

    /// The address of the draft.
    fn base(self, draft: DraftId) -> String {
        match self {
            Door::Team => format!("/consortia/{draft}"),
            Door::Partner => format!("/workspaces/{draft}"),
        }
    }

    fn back(self, draft: DraftId, done: &str, anchor: &str) -> Response {
        Redirect::to(&format!("{}/discussion?done=discussion-{done}{anchor}", self.base(draft))).into_response()
    }
}

/// The routes of what is said and to be done in drafts.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadDrafts, ReadPublic, TakePart};
    let (show, begin, answer, settle) = (discussion::show, discussion::begin, discussion::answer, discussion::settle);
    let (remove, add, change) = (discussion::remove, discussion::add_task, discussion::change_task);
    let mut routes = Vec::new();
    for (door, read, write, paths) in [
        (
            Door::Team,
            ReadDrafts,
            EditDrafts,
            [
                "/consortia/{id}/discussion",
                "/consortia/{id}/discussion/{thread}",
                "/consortia/{id}/discussion/{thread}/settle",
                "/consortia/{id}/comments/{comment}/delete",
                "/consortia/{id}/tasks",
                "/consortia/{id}/tasks/{task}",
                "/consortia/{id}/calendar",
                "/consortia/{id}/calendar.ics",
                "/consortia/{id}/calendar/address",
                "/private/{token}/draft.ics",
            ],
        ),
        (
            Door::Partner,
            TakePart,
            TakePart,
            [
                "/workspaces/{id}/discussion",
                "/workspaces/{id}/discussion/{thread}",
                "/workspaces/{id}/discussion/{thread}/settle",
                "/workspaces/{id}/comments/{comment}/delete",
                "/workspaces/{id}/tasks",
                "/workspaces/{id}/tasks/{task}",
                "/workspaces/{id}/calendar",
                "/workspaces/{id}/calendar.ics",
                "/workspaces/{id}/calendar/address",
                "/private/{token}/workspace.ics",
            ],
        ),
    ] {
        let [discussion, thread, settled, comment, tasks, task, dates, ics, address, private] = paths;
        routes.extend([
            Route::get(discussion, read, get(move |acting, id, query| show(door, acting, id, query))),
            Route::post(discussion, write, post(move |acting, id, form| begin(door, acting, id, form))),
            Route::post(thread, write, post(move |acting, ids, form| answer(door, acting, ids, form))),
            Route::post(settled, write, post(move |acting, ids, form| settle(door, acting, ids, form))),
            Route::post(comment, write, post(move |acting, ids, form| remove(door, acting, ids, form))),
            Route::post(tasks, write, post(move |acting, id, form| add(door, acting, id, form))),
            Route::post(task, write, post(move |acting, ids, form| change(door, acting, ids, form))),
            Route::get(dates, read, get(move |acting, id| calendar::show(door, acting, id))),
            Route::get(ics, read, get(move |acting, id| calendar::download(door, acting, id))),
            Route::post(address, read, post(move |acting, id, form| calendar::make_address(door, acting, id, form))),
            Route::get(private, ReadPublic, get(move |acting, token| calendar::private(door, acting, token))),
        ]);
    }
    routes.push(Route::post("/consortia/{id}/calendar", EditDrafts, post(calendar::add)));
    routes.push(Route::post("/consortia/{id}/calendar/{milestone}/delete", EditDrafts, post(calendar::delete)));
    routes.push(Route::get("/draft-letters/{token}", ReadPublic, get(letters::show)));
    routes.push(Route::post("/draft-letters/{token}", ReadPublic, post(letters::stop)));
    routes
}

type OfDraft = Path<DraftId>;

fn two_sided(acting: &Acting, place: &Place) -> bool {
    place.draft().content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, place.draft()).has_sides(id))
}

/// Whether the reader may write there.
fn may_write(acting: &Acting, door: Door, place: &Place) -> bool {
    let draft = place.draft();
    let allowed = match door {
        Door::Team => acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)),
        Door::Partner => acting.may(Action::TakePart, Resource::Instance),
    };
    allowed.is_ok() && draft.merged_into.is_none()
}

type Names = std::collections::BTreeMap<OrganisationId, OrganisationFacts>;

fn named(names: &Names, id: OrganisationId) -> String {
    names.get(&id).map(OrganisationFacts::shown).unwrap_or_default()
}

fn person(acting: &Acting, name: Option<&str>) -> Option<String> {
    name.map(|name| person_name(acting, name))
}

/// An audience in words.
fn audience_words(acting: &Acting, place: &Place, names: &Names, audience: Audience) -> String {
    let key = match audience {
        Audience::Side(_) if !two_sided(acting, place) => "discussion-audience-partners".to_owned(),
        other => format!("discussion-audience-{}", other.key()),
    };
    let values = [
        ("cluster", place.cluster_name.as_str().into()),
        ("organisation", audience.partner().map(|partner| named(names, partner)).unwrap_or_default().into()),
    ];
    acting.app.texts.say(acting.language, &key, &values)
}

/// What is wrong with each field, in words.
fn messages(acting: &Acting, problems: &[FieldProblem]) -> std::collections::BTreeMap<String, String> {
    problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect()
}

fn status(problems: &[FieldProblem]) -> StatusCode {
    if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}
