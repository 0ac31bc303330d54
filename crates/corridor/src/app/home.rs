//! The home page: the choice of a person, or Today: what needs me, then what changed.

use axum::response::{IntoResponse, Redirect, Response};
use minijinja::context;

use super::trail::{Worded, worded};
use crate::{
    accounts::{Acting, Action, Actor, Resource, Role, Route},
    calls, consortia,
    directory::OrganisationId,
    foundation::{audit, errors::Error, jobs, pages::Serde, time::Day},
    partnering::Index,
    partnering::fits::{self, TopicFit},
    privacy,
};

/// How many topics Today shows; the list of calls has them all.
const TOPICS: usize = 8;
/// How many members are named beside a topic.
const NAMED: usize = 3;
/// How many documents that end Today shows.
const DOCUMENTS: usize = 6;
/// How many changes Today shows.
const CHANGES: i64 = 12;

/// With how many days left requests about personal data come to Today.
const REQUEST_DAYS: i64 = 14;

/// With how many days left tasks of drafts come to Today.
const TASK_DAYS: i64 = 7;

/// The routes of the home page.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/", Action::ReadPublic, axum::routing::get(home))]
}

async fn home(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    if acting.actor == Actor::Nobody {
        if !acting.app.demonstration {
            return Ok(Redirect::to("/sign-in").into_response());
        }
        return Ok(acting.page("accounts/choose.html", context! {}).await?.into_response());
    }
    if let Actor::Guest { .. } = acting.actor {
        return Ok(Redirect::to("/account").into_response());
    }
    today(acting).await
}

#[derive(serde::Serialize)]
struct Closing {
    #[serde(flatten)]
    fit: TopicFit,
    href: String,
    days: i64,
}

#[derive(serde::Serialize)]
struct Draft {
    name: String,
    href: String,
    topic: Option<String>,
    topic_title: Option<String>,
    members: i64,
    countries: i64,
    days: Option<i64>,
    closes_on: Option<String>,
    /// Whether its rules could be read at all.
    read: bool,
    not_met: usize,
    unknown: usize,
}

impl Draft {
    /// The draft, unless its topic has closed.
    fn due(line: consortia::DraftLine, standing: Option<consortia::Standing>, today: Day) -> Option<Self> {
        let days = line
            .closes_on
            .as_ref()
            .and_then(|closes| closes.parse::<Day>().ok())
            .map(|closes| today.days_until(closes));
        days.is_none_or(|days| days >= 0).then(|| Draft {
            read: standing.is_some(),
            not_met: standing.map_or(0, |standing| standing.not_met),
            unknown: standing.map_or(0, |standing| standing.unknown),
            href: format!("/consortia/{}", line.id),
            name: line.name,
            topic: line.topic,
            topic_title: line.topic_title,
            members: line.members,
            countries: line.countries,
            days,
            closes_on: line.closes_on,
        })
    }
}

async fn today(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadToday, Resource::Instance)?;
    let app = &acting.app;
    let day = calls::today(app);
    let own = match &acting.actor {
        Actor::Person { role: Role::MemberContact, organisation: Some(own), .. } => Some(OrganisationId(*own)),
        _ => None,
    };
    let fitting = match acting.actor.cluster() {
        Some(cluster) => fits::of_cluster(app, acting.reader().await?, cluster.id, own).await?,
        None => Vec::new(),
    };
    // What has a draft is shown as such, not as something nobody has taken up.
    let drafts: Vec<Draft> = match (acting.may(Action::ReadDrafts, Resource::Instance), acting.actor.cluster()) {
        (Ok(()), Some(_)) => {
            let under_way = consortia::under_way(app, &acting.actor).await?.into_iter();
            under_way.filter_map(|(line, standing)| Draft::due(line, standing, day)).collect()
        }
        _ => Vec::new(),
    };
    let fitting: Vec<TopicFit> = fitting
        .into_iter()
        .filter(|fit| !drafts.iter().any(|draft| draft.topic.as_deref() == Some(&fit.identifier)))
        .collect();
    let fitting_count = fitting.len();
    let closing: Vec<Closing> = fitting
        .into_iter()
        .take(TOPICS)
        .map(|mut fit| {
            fit.members.truncate(NAMED);
            Closing {
                href: calls::href(&fit.identifier),
                days: fit.closes_on.parse::<Day>().map(|closes| day.days_until(closes)).unwrap_or_default(),
                fit,
            }
        })
        .collect();
    let failed = match acting.may(Action::Administer, Resource::Instance) {
        Ok(()) => jobs::unfinished(&app.database).await?.into_iter().filter(|job| job.state == "failed").collect(),
        Err(_) => Vec::new(),
    };
    let requests = match acting.may(Action::HandleDataRequests, Resource::Instance) {
        Ok(()) => privacy::requests::near(app, &acting.actor, REQUEST_DAYS).await?,
        Err(_) => Vec::new(),
    };
    let waiting = match (acting.may(Action::TakePart, Resource::Instance), acting.actor.organisation()) {
        (Ok(()), Some(_)) => consortia::participation::waiting(app, &acting.actor).await?,
        _ => consortia::participation::Waiting::default(),
    };
    let asked = match (acting.may(Action::TakePart, Resource::Instance), acting.actor.organisation()) {
        (Ok(()), Some(_)) => consortia::documents::asked_of(app, &acting.actor).await?,
        _ => Vec::new(),
    };
    let asked = asked.iter().map(|one| {
        context! {
            draft_id => one.draft_id.to_string(),
            draft => one.draft.as_str(),
            kind => acting.say(&one.kind.label_key()),
            due_on => one.due_on.as_str(),
        }
    });
    let ending = match (acting.may(Action::ReadDrafts, Resource::Instance), acting.actor.cluster()) {
        (Ok(()), Some(_)) => consortia::documents::ending(app, &acting.actor).await?,
        _ => Vec::new(),
    };
    let ending_count = ending.len();
    let ending = ending.iter().take(DOCUMENTS).map(|one| {
        context! {
            draft_id => one.draft.to_string(),
            draft => one.draft_name.as_str(),
            organisation => one.organisation.as_str(),
            kind => acting.say(&one.kind.label_key()),
            on => one.on.to_string(),
            over => one.over,
        }
    });
    let offers = waiting.offers.iter().map(|offer| {
        context! {
            cluster => offer.invitation.cluster_name.as_str(),
            draft => offer.invitation.draft_name.as_str(),
            answer_by => offer.invitation.answer_by.to_string(),
        }
    });
    let to_sign = waiting.to_sign.iter().map(|(id, name, due_on)| context! { id => id.to_string(), name, due_on });
    let tasks = consortia::discussion::tasks::near(app, &acting.actor, TASK_DAYS).await?;
    let tasks = tasks.iter().map(|near| {
        context! {
            what => near.task.what.as_str(), draft => near.task.draft_name.as_str(), href => near.href.as_str(),
            state => near.state.key(), due_on => near.task.due_on.map(|day| day.to_string()),
        }
    });
    let news = audit::News {
        drafts: acting.may(Action::ReadDrafts, Resource::Instance).is_ok(),
        team: acting.may(Action::EditNotes, Resource::Instance).is_ok(),
    };
    let cluster = acting.actor.cluster().map(|cluster| cluster.id.0);
    let trail = audit::recent(&app.database, cluster, news, CHANGES).await?;
    let changes: Vec<Worded> = trail.iter().map(|line| worded(&acting, line)).collect();
    let measuring = app.part::<Index>().current().is_none();
    let page = acting.page(
        "app/today.html",
        context! {
            day => day.to_string(),
            closing => Serde(&closing),
            drafts => Serde(&drafts),
            offers => offers.collect::<Vec<_>>(),
            to_sign => to_sign.collect::<Vec<_>>(),
            asked => asked.collect::<Vec<_>>(),
            ending => ending.collect::<Vec<_>>(),
            ending_count,
            tasks => tasks.collect::<Vec<_>>(),
            fitting_count,
            for_member => own.is_some(),
            measuring,
            failed => Serde(&failed),
            requests => Serde(&requests),
            changes => Serde(&changes),
        },
    );
    Ok(page.await?.into_response())
}
