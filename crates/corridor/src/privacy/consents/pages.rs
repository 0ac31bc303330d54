//! The pages of consents: one's own, the log for those who keep the data, and the answer to a letter.

use axum::{
    extract::{Path, Query},
    http::{HeaderName, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use minijinja::{Value, context};

use super::{Consequence, Mine, consequence};
use crate::{
    accounts::{Acting, Action, Route, names},
    foundation::{
        errors::Error,
        personal::{Basis, BasisEntry, Consent, Saying},
        secrets::Secret,
    },
    privacy::pages::tabs,
};

/// The routes of consents.
pub fn routes() -> Vec<Route> {
    use Action::{HandleDataRequests, OwnAccount, ReadPublic};
    vec![
        Route::get("/my-data/consents", OwnAccount, get(mine)),
        Route::post("/my-data/consents/{kind}/{id}/withdraw", OwnAccount, post(withdraw)),
        Route::post("/my-data/consents/{kind}/{id}/give", OwnAccount, post(give)),
        Route::get("/legal-bases", HandleDataRequests, get(log)),
        Route::get("/legal-bases/{kind}/{id}", HandleDataRequests, get(of_datum)),
        Route::post("/legal-bases/{kind}/{id}/ask", HandleDataRequests, post(ask)),
        Route::get("/consents/{token}", ReadPublic, get(asked)),
        Route::post("/consents/{token}/yes", ReadPublic, post(yes)),
        Route::post("/consents/{token}/no", ReadPublic, post(no)),
    ]
}

/// The address holds a token: nobody is told where one comes from.
const TELLS_NOBODY: [(HeaderName, &str); 1] = [(header::REFERRER_POLICY, "no-referrer")];

fn kind_label(acting: &Acting, kind: &str) -> String {
    let key = format!("personal-{kind}");
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { kind.to_owned() }
}

fn standing_key(consent: Consent) -> &'static str {
    match consent {
        Consent::None => "none",
        Consent::Asked => "asked",
        Consent::Given => "given",
        Consent::Confirmed => "confirmed",
        Consent::Withdrawn => "withdrawn",
    }
}

fn channel(acting: &Acting, entry: &BasisEntry) -> String {
    let key = format!("consent-channel-{}", entry.proof.channel);
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { entry.proof.channel.clone() }
}

/// What giving again agrees to, as the page shows it and the log keeps it.
fn again(acting: &Acting, one: &Mine) -> String {
    let audience = one.held.audience.say(&acting.app.texts, acting.language);
    let what = acting.say(one.held.label);
    acting.app.texts.say(
        acting.language,
        "consent-again-wording",
        &[("what", what.as_str().into()), ("audience", audience.as_str().into())],
    )
}

fn one_of_mine(acting: &Acting, one: &Mine) -> Value {
    let fields = one.held.fields.iter().filter_map(|field| match &field.value {
        Saying::Text(text) => {
            let name = field.name.replace('_', "-");
            Some(context! { name => acting.say(&format!("personal-field-{name}")), value => text.as_str() })
        }
        _ => None,
    });
    let last = one.last_consent();
    let leads_to = match consequence(one.standing) {
        Consequence::Erased => acting.say("consent-then-erased"),
        Consequence::Stays(basis) => {
            let basis = acting.say(&basis.label_key());
            acting.app.texts.say(acting.language, "consent-then-stays", &[("basis", basis.as_str().into())])
        }
    };
    context! {
        href => format!("/my-data/consents/{}/{}", one.held.kind, one.held.id),
        label => acting.say(one.held.label),
        fields => fields.collect::<Vec<_>>(),
        audience => one.held.audience.say(&acting.app.texts, acting.language),
        given => one.standing.consents(),
        standing => acting.say(&format!("consent-standing-{}", standing_key(one.standing.consent))),
        wording => last.map(|entry| entry.proof.wording.as_str()).unwrap_or_default(),
        at => last.map(|entry| entry.at.0),
        how => last.map(|entry| channel(acting, entry)),
        leads_to,
        again => again(acting, one),
    }
}

async fn mine(acting: Acting) -> Result<Response, Error> {
    let all = super::mine(&acting).await?;
    let context = context! { consents => all.iter().map(|one| one_of_mine(&acting, one)).collect::<Vec<_>>() };
    Ok(acting.page("privacy/consents_mine.html", context).await?.into_response())
}

async fn withdraw(acting: Acting, Path((kind, id)): Path<(String, String)>) -> Result<Response, Error> {
    let gone = super::withdraw(&acting, &kind, &id).await?;
    let done = if gone { "consent-withdrawn-erased" } else { "consent-withdrawn" };
    Ok(Redirect::to(&format!("/my-data/consents?done={done}")).into_response())
}

async fn give(acting: Acting, Path((kind, id)): Path<(String, String)>) -> Result<Response, Error> {
    let one = super::one_of_mine(&acting, &kind, &id).await?;
    super::give(&acting, &kind, &id, &again(&acting, &one)).await?;
    Ok(Redirect::to("/my-data/consents?done=consent-given").into_response())
}

/// The lines of a log, each with who entered it.
async fn lines(acting: &Acting, log: &[BasisEntry]) -> Result<Vec<Value>, Error> {
    let ids: Vec<uuid::Uuid> = log.iter().filter_map(|entry| entry.entered_by).collect();
    let names = names(&acting.app.database, &ids).await?;
    let line = |entry: &BasisEntry| {
        let who = match entry.entered_by {
            Some(id) => names.get(&id).cloned().unwrap_or_else(|| acting.say("trail-erased-person")),
            None => acting.say("consent-by-themself"),
        };
        context! {
            at => entry.at.0,
            kind => kind_label(acting, &entry.kind),
            href => format!("/legal-bases/{}/{}", entry.kind, entry.id),
            event => acting.say(&format!("basis-event-{}", entry.event.key().replace('_', "-"))),
            basis => acting.say(&entry.basis.label_key()),
            how => channel(acting, entry),
            wording => entry.proof.wording.as_str(),
            version => entry.proof.version.as_str(),
            who,
        }
    };
    Ok(log.iter().map(line).collect())
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Filter {
    basis: String,
}

async fn log(acting: Acting, Query(filter): Query<Filter>) -> Result<Response, Error> {
    let basis = Basis::of(&filter.basis);
    let found = super::log(&acting, basis).await?;
    let without = super::unfounded(&acting).await?;
    let bases = Basis::ALL.map(|basis| context! { value => basis.key(), label => acting.say(&basis.label_key()) });
    let context = context! {
        tabs => tabs(&acting, "consents"),
        lines => lines(&acting, &found).await?,
        listed => super::LISTED,
        bases => bases.to_vec(),
        basis => basis.map_or("", Basis::key),
        without => without.iter().map(|(kind, one)| context! {
            kind => kind_label(&acting, kind),
            label => one.label.as_str(),
            since => one.since.0,
            href => format!("/legal-bases/{kind}/{}", one.id),
        }).collect::<Vec<_>>(),
    };
    Ok(acting.page("privacy/consents.html", context).await?.into_response())
}

async fn of_datum(acting: Acting, Path((kind, id)): Path<(String, String)>) -> Result<Response, Error> {
    let datum = super::of_datum(&acting, &kind, &id).await?;
    let stands = datum.standing;
    let language = datum.addressee.as_ref().and_then(|one| one.language.as_deref()?.parse().ok());
    let context = context! {
        kind => kind_label(&acting, &kind),
        href => format!("/legal-bases/{kind}/{id}"),
        lines => lines(&acting, &datum.log).await?,
        consent => acting.say(&format!("consent-standing-{}", standing_key(stands.consent))),
        basis => stands.basis().map(|basis| acting.say(&basis.label_key())),
        allows => stands.allows(),
        objection => stands.objection_open,
        email => datum.addressee.as_ref().map(|one| one.email.as_str()),
        about => datum.addressee.as_ref().map(|one| one.about.as_str()),
        wording => datum.addressee.as_ref().map(|one| super::wording(&acting.app, language.unwrap_or(acting.language), one)),
        confirmed => stands.consent == Consent::Confirmed,
    };
    Ok(acting.page("privacy/consents_datum.html", context).await?.into_response())
}

async fn ask(acting: Acting, Path((kind, id)): Path<(String, String)>) -> Result<Response, Error> {
    super::ask(&acting, &kind, &id).await?;
    Ok(Redirect::to(&format!("/legal-bases/{kind}/{id}?done=consent-asked")).into_response())
}

/// Programs that scan letters follow links: this only asks, and uses nothing up.
async fn asked(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    let wording = super::asked(&acting, &Secret::new(token.as_str())).await?;
    let page = acting.page("privacy/consent_asked.html", context! { wording, token }).await?;
    Ok((TELLS_NOBODY, page).into_response())
}

async fn answered(acting: Acting, token: String, yes: bool) -> Result<Response, Error> {
    let gone = super::answer(&acting, &Secret::new(token), yes).await?;
    let page = acting.page("privacy/consent_answered.html", context! { yes, gone }).await?;
    Ok((TELLS_NOBODY, page).into_response())
}

async fn yes(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    answered(acting, token, true).await
}

async fn no(acting: Acting, Path(token): Path<String>) -> Result<Response, Error> {
    answered(acting, token, false).await
}
