//! Making and ending tokens, from "My account"; and those of other people, from "Administration".

use std::collections::HashSet;

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use axum_extra::extract::Form;
use minijinja::context;

use super::{
    Asked, Scope, Scopes, State, TokenId, end, make,
    model::UNUSED_DAYS,
    others::{self, OthersToken},
};
use crate::{
    accounts::{Acting, Action, Resource, Role, Route, clusters, keep_reading, own_account, reading_of_accounts},
    foundation::{errors::Error, pages::Serde, time::Timestamp},
};

/// Tokens on one page of the list.
const PAGE: usize = 50;

/// The routes of tokens.
pub fn routes() -> Vec<Route> {
    vec![
        Route::post("/account/tokens", Action::OwnAccount, post(made)),
        Route::post("/account/tokens/{id}/end", Action::OwnAccount, post(ended)),
        Route::get("/administration/tokens", Action::ManageTokens, get(list_of_others)),
        Route::post("/administration/tokens/{id}/end", Action::ManageTokens, post(ended_of_others)),
    ]
}

/// The scopes of a token in the reader's words.
pub(in crate::accounts) fn scope_labels(acting: &Acting, scopes: &str) -> Vec<String> {
    let known = scopes.parse::<Scopes>().map(Scopes::list).unwrap_or_default();
    known.into_iter().map(|scope| acting.say(&scope.label_key())).collect()
}

#[derive(serde::Deserialize)]
struct Wanted {
    #[serde(default)]
    label: String,
    #[serde(default)]
    scope: Vec<String>,
    #[serde(default)]
    days: i64,
}

/// Answers with the page itself, not by leading there: the token must not stand in any address.
async fn made(acting: Acting, Form(wanted): Form<Wanted>) -> Result<Response, Error> {
    let token = make(&acting, &wanted.label, &wanted.scope, wanted.days).await?;
    own_account::page(&acting, own_account::Notice { token: Some(token), ..Default::default() }).await
}

async fn ended(acting: Acting, Path(id): Path<TokenId>) -> Result<Response, Error> {
    end(&acting, id).await?;
    Ok(Redirect::to("/account?done=token-ended#tokens").into_response())
}

/// What the form of filters sends.
#[derive(Default, serde::Deserialize, serde::Serialize)]
#[serde(default)]
struct Filters {
    q: String,
    scope: String,
    state: String,
    cluster: String,
    page: String,
}

impl Filters {
    /// What is asked for; a word that names nothing asks for nothing.
    fn asked(&self) -> Asked {
        Asked {
            words: self.q.clone(),
            scope: Scope::ALL.into_iter().find(|scope| scope.key() == self.scope),
            cluster: self.cluster.parse().ok(),
            state: State::ALL.into_iter().find(|state| state.key() == self.state),
        }
    }

    fn in_force(&self) -> usize {
        let given = [&self.q, &self.scope, &self.state, &self.cluster];
        given.into_iter().filter(|value| !value.trim().is_empty()).count()
    }
}

#[derive(serde::Serialize)]
struct OthersRow {
    id: String,
    owner: String,
    email: Option<String>,
    label: String,
    role: String,
    scopes: Vec<String>,
    made_on: String,
    ends_on: String,
    used_on: Option<String>,
    over: bool,
    may_end: bool,
}

#[derive(serde::Serialize)]
struct Choice {
    value: String,
    label: String,
}

fn row(acting: &Acting, token: OthersToken) -> OthersRow {
    let zone = acting.zone();
    let day = |micros: i64| zone.at(Timestamp(micros)).date().to_string();
    OthersRow {
        id: token.id.to_string(),
        role: acting.role_words(&token.held, token.cluster_name.as_deref()),
        scopes: scope_labels(acting, &token.scopes),
        over: token.expires_at <= acting.app.clock.now().0,
        may_end: others::may_end(acting, &token),
        owner: token.owner,
        email: token.email,
        label: token.label,
        made_on: day(token.created_at),
        ends_on: day(token.expires_at),
        used_on: token.used_at.map(day),
    }
}

async fn list_of_others(acting: Acting, Query(filters): Query<Filters>) -> Result<Response, Error> {
    acting.may(Action::ManageTokens, Resource::Instance)?;
    let found = others::page(&acting, &filters.asked(), filters.page.parse().unwrap_or(1), PAGE).await?;
    let others::Page { tokens, number: page, last, count, owners } = found;
    let shown = tokens.iter().map(|token| token.person).collect::<HashSet<_>>().len();
    let filter = serde_json::json!({ "list": "/administration/tokens", "asked": filters });
    keep_reading(&acting.app, reading_of_accounts(&acting.app, &acting.actor, filter, shown, owners));
    let rows: Vec<OthersRow> = tokens.into_iter().map(|token| row(&acting, token)).collect();
    let clusters = if acting.actor.role() == Some(Role::InstanceAdministrator) {
        clusters(&acting.app.database).await?
    } else {
        Vec::new()
    };
    let clusters = clusters.into_iter().map(|one| Choice { value: one.id.to_string(), label: one.name });
    let scopes = Scope::ALL.map(|one| Choice { value: one.key().to_owned(), label: acting.say(&one.label_key()) });
    let states = State::ALL.map(|one| Choice {
        value: one.key().to_owned(),
        label: acting.app.texts.say(
            acting.language,
            &format!("tokens-state-{}", one.key()),
            &[("days", UNUSED_DAYS.into())],
        ),
    });
    let context = context! {
        rows => Serde(&rows), count, current => page, last,
        href => format!("/administration/tokens?{}&page=", acting.query_without(&["lang", "done", "page"])),
        in_force => filters.in_force(),
        filters => Serde(&filters),
        clusters => Serde(&clusters.collect::<Vec<_>>()),
        scopes => Serde(&scopes),
        states => Serde(&states),
        of_cluster => acting.actor.cluster().map(|cluster| cluster.name.as_str()).filter(|_| {
            acting.actor.role() != Some(Role::InstanceAdministrator)
        }),
    };
    Ok(acting.page("accounts/tokens.html", context).await?.into_response())
}

async fn ended_of_others(acting: Acting, Path(id): Path<TokenId>) -> Result<Response, Error> {
    others::end(&acting, id).await?;
    Ok(Redirect::to("/administration/tokens?done=others-token-ended").into_response())
}
