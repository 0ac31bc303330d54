//! The answer to an invitation: through the link of a letter, or in the workspace.

use axum::{
    Form,
    extract::Path,
    http::{HeaderName, header},
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::super::invitations::{self, Answer, InvitationId, Offer};
use crate::{
    accounts::{Acting, Limits, sessions::Browser},
    foundation::{errors::Error, secrets::Secret},
};

/// The address holds a token: nobody is told where one comes from.
const TELLS_NOBODY: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

/// An offer as pages show it.
pub(super) fn offered(acting: &Acting, offer: &Offer) -> Value {
    let one = &offer.invitation;
    context! {
        id => one.id.to_string(),
        draft => one.draft_name.as_str(),
        cluster => one.cluster_name.as_str(),
        organisation => offer.organisation.as_str(),
        role => acting.say(&format!("consortia-role-{}", one.part.role.key())),
        side => acting.say(&format!("consortia-side-{}", one.part.side.key())),
        inviter => super::person(acting, one.inviter.as_deref()),
        message => one.message.as_str(),
        answer_by => one.answer_by.to_string(),
        coordinator => offer.coordinator.as_deref(),
        topic => offer.topic.as_ref().map(|topic| context! {
            identifier => topic.identifier.as_str(), title => topic.title.as_str(), closes_on => topic.closes_on.as_deref(),
        }),
    }
}

pub(super) async fn show(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    let offer = invitations::offer_of_link(&acting.app, &acting.actor, &Secret::new(token.clone())).await?;
    let context = context! { token, answered => "", offer => offered(&acting, &offer) };
    let page = acting.page("consortia/participation/answer.html", context).await?;
    Ok((TELLS_NOBODY, page).into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Given {
    answer: String,
    #[serde(default)]
    words: String,
}

impl Given {
    fn read(&self) -> Result<Answer<'_>, Error> {
        let yes = match self.answer.as_str() {
            "yes" => true,
            "no" => false,
            _ => return Err(Error::input("`answer` is neither `yes` nor `no`")),
        };
        Ok(Answer { yes, words: &self.words })
    }
}

pub(super) async fn by_link(
    acting: Acting,
    browser: Browser,
    Path(token): Path<String>,
    Form(given): Form<Given>,
) -> Result<Response, Error> {
    acting.app.part::<Limits>().from(&browser).await?;
    let answer = given.read()?;
    let secret = Secret::new(token.clone());
    let offer = invitations::answer_by_link(&acting.app, &acting.actor, &secret, answer).await?;
    let answered = if answer.yes { "yes" } else { "no" };
    let context = context! { token, answered, offer => offered(&acting, &offer) };
    let page = acting.page("consortia/participation/answer.html", context).await?;
    Ok((TELLS_NOBODY, page).into_response())
}

pub(super) async fn in_workspace(
    acting: Acting,
    Path(id): Path<InvitationId>,
    Form(given): Form<Given>,
) -> Result<Response, Error> {
    let answer = given.read()?;
    let offer = invitations::answer(&acting.app, &acting.actor, id, answer).await?;
    let to = match answer.yes {
        true => format!("/workspaces/{}?done=participation-accepted", offer.invitation.draft),
        false => "/workspaces?done=participation-declined".to_owned(),
    };
    Ok(Redirect::to(&to).into_response())
}
