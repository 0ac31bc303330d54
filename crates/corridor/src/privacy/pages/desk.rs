//! The desk: requests by their limit, one request with all that can be done, what would be answered.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::Form;
use minijinja::context;

use super::{kinds, line, problem, state_words, tabs};
use crate::{
    accounts::{Acting, Question, Sure, names},
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
    },
    privacy::{
        letters,
        model::{Kind, RequestId, Step, after},
        requests::{self, CHANNELS, Entered, Opened, Reach, Taken},
    },
};

pub(super) async fn list(acting: Acting) -> Result<Response, Error> {
    let app = &acting.app;
    let mut open = Vec::new();
    let mut closed = Vec::new();
    for request in requests::list(app, &acting.actor).await? {
        let zone = requests::zone_of(app, request.desk).await?;
        let days = requests::days_left(&request, app, &zone);
        let row = context! {
            who => who(&acting, request.name.as_deref(), request.email.as_deref()),
            desk => requests::cluster_name(&app.database, request.desk).await?,
            channel => acting.say(&format!("request-channel-{}", request.channel)),
            ..line(&acting, &request, Some(days))
        };
        if request.state.is_open() { open.push(row) } else { closed.push(row) }
    }
    let context = context! { tabs => tabs(&acting, "requests"), open, closed };
    Ok(acting.page("privacy/requests.html", context).await?.into_response())
}

fn who(acting: &Acting, name: Option<&str>, email: Option<&str>) -> String {
    match (name, email) {
        (Some(name), Some(email)) => format!("{name} · {email}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => acting.say("request-unnamed"),
    }
}

async fn form(acting: &Acting, entered: &Entered, problems: &[FieldProblem]) -> Result<Response, Error> {
    requests::desk(&acting.actor)?;
    let channels: Vec<_> = CHANNELS
        .iter()
        .map(|key| context! { value => *key, label => acting.say(&format!("request-channel-{key}")) })
        .collect();
    let wrong = |field: &str| problem(acting, problems, field);
    let context = context! {
        kinds => kinds(acting, true),
        channels,
        form => Serde(entered),
        kind_problem => wrong("kind"),
        email_problem => wrong("email"),
        channel_problem => wrong("channel"),
        received_on_problem => wrong("received_on"),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("privacy/enter.html", context).await?).into_response())
}

pub(super) async fn new(acting: Acting) -> Result<Response, Error> {
    let zone = acting.zone();
    let today = zone.at(acting.app.clock.now()).date().to_string();
    let language = acting.language.code().to_owned();
    form(&acting, &Entered { received_on: today, language, ..Entered::default() }, &[]).await
}

pub(super) async fn enter(acting: Acting, Form(entered): Form<Entered>) -> Result<Response, Error> {
    match requests::enter(&acting.app, &acting.actor, &entered).await {
        Ok(id) => Ok(Redirect::to(&format!("/data-requests/{id}?done=request-entered")).into_response()),
        Err(Error::Invalid(problems)) => form(&acting, &entered, &problems).await,
        Err(error) => Err(error),
    }
}

/// A step that can be taken now, with what its form asks for.
#[derive(serde::Serialize)]
struct Offer {
    step: &'static str,
    label: String,
    help: String,
    /// Whether a reason must be given.
    reason: bool,
    /// Whether it asks what was seen.
    identity: bool,
    confirm: String,
    class: &'static str,
    problem: String,
}

/// The sentence that is asked before a step that nothing brings back.
fn for_good(kind: Kind, step: Step) -> Option<&'static str> {
    match (kind, step) {
        (Kind::Erasure, Step::Answer) => Some("request-erase-confirm"),
        (Kind::Objection, Step::Answer) => Some("request-object-confirm"),
        _ => None,
    }
}

fn offers(acting: &Acting, opened: &Opened, step: Option<Step>, problems: &[FieldProblem]) -> Vec<Offer> {
    let request = &opened.request;
    let order = [
        Step::CheckIdentity,
        Step::Take,
        Step::Answer,
        Step::Lift,
        Step::DoubtIdentity,
        Step::Extend,
        Step::Refuse,
        Step::Withdraw,
    ];
    let extendable = requests::may_be_extended(&request.running(), &acting.app, &opened.zone);
    order
        .into_iter()
        .filter(|step| after(request.state, request.kind, *step).is_some())
        .filter(|step| *step != Step::Extend || extendable)
        .filter(|one| *one != Step::DoubtIdentity || request.doubt_since.is_none())
        .filter(|one| *one != Step::Lift || request.restricted)
        .map(|one| {
            let key = one.key().replace('_', "-");
            let answer = one == Step::Answer;
            let name = if answer { format!("answer-{}", request.kind.key()) } else { key };
            let fault = problems.iter().find(|problem| ["reason", "identity"].contains(&problem.field.as_str()));
            Offer {
                step: one.key(),
                label: acting.say(&format!("request-act-{name}")),
                help: acting.say(&format!("request-act-{name}-help")),
                reason: matches!(one, Step::Extend | Step::Refuse),
                identity: one == Step::CheckIdentity,
                confirm: for_good(request.kind, one).map(|key| acting.say(key)).unwrap_or_default(),
                class: match one {
                    Step::Answer | Step::Take | Step::CheckIdentity => "button",
                    Step::Refuse | Step::Withdraw => "button button-quiet",
                    _ => "button button-second",
                },
                problem: fault
                    .filter(|_| step == Some(one))
                    .map(|fault| acting.say(&fault.message))
                    .unwrap_or_default(),
            }
        })
        .collect()
}

async fn page(
    acting: &Acting,
    id: RequestId,
    step: Option<Step>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let app = &acting.app;
    let opened = requests::open(app, &acting.actor, id).await?;
    let request = &opened.request;
    let whole = opened.reach == Reach::Whole;
    let people: Vec<uuid::Uuid> = opened.steps.iter().filter_map(|step| step.person_id).collect();
    let names = names(&app.database, &people).await?;
    let steps: Vec<_> = opened
        .steps
        .iter()
        .map(|step| {
            let by = step.person_id.and_then(|id| names.get(&id).cloned());
            context! {
                at => step.at.0,
                what => acting.say(&format!("request-step-{}", step.step.replace('_', "-"))),
                by => by.filter(|_| whole),
            }
        })
        .collect();
    let identity = match request.identity.as_deref() {
        Some(how @ ("session" | "link")) => Some(acting.say(&format!("request-identity-{how}"))),
        Some(seen) => Some(seen.to_owned()),
        None => None,
    };
    let also = requests::following(app, &opened).await?.into_iter().map(|(label, cluster)| {
        let what = acting.say(label);
        cluster.map_or(what.clone(), |cluster| format!("{what} · {cluster}"))
    });
    let days = requests::days_left(request, app, &opened.zone);
    let shown = line(acting, request, Some(days));
    let context = context! {
        request => shown,
        kind => request.kind.key(),
        who => who(acting, request.name.as_deref(), request.email.as_deref()),
        words => request.words.as_deref().filter(|_| whole),
        proposal => Serde(&request.proposal.as_ref().filter(|_| whole)),
        proposal_field => request.proposal.as_ref().map(|one| acting.say(&format!("personal-field-{}", one.field.replace('_', "-")))),
        also => also.collect::<Vec<_>>(),
        desk => requests::cluster_name(&app.database, request.desk).await?,
        channel => acting.say(&format!("request-channel-{}", request.channel)),
        identity,
        doubt_since => request.doubt_since.map(|day| day.to_string()),
        extended_on => request.extended_on.map(|day| day.to_string()),
        extension_reason => request.extension_reason.as_deref(),
        reason => request.reason.as_deref(),
        closed_at => request.closed_at.map(|at| at.0),
        told => letters::erased_in_words(app, acting.language, &request.told),
        paused => request.paused,
        state => state_words(acting, request),
        whole,
        steps,
        offers => Serde(&if whole { offers(acting, &opened, step, problems) } else { Vec::new() }),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = acting.page("privacy/request.html", context).await?;
    Ok((status, [(header::CACHE_CONTROL, "no-store")], page).into_response())
}

pub(super) async fn show(acting: Acting, Path(id): Path<RequestId>) -> Result<Response, Error> {
    page(&acting, id, None, &[]).await
}

#[derive(Debug, serde::Deserialize)]
pub(super) struct Stepped {
    #[serde(default)]
    step: String,
    #[serde(flatten)]
    taken: TakenText,
    #[serde(flatten)]
    sure: Sure,
}

/// As forms send it: flattened fields are texts.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct TakenText {
    revision: String,
    reason: String,
    identity: String,
}

pub(super) async fn step(
    acting: Acting,
    Path(id): Path<RequestId>,
    Form(stepped): Form<Stepped>,
) -> Result<Response, Error> {
    let Some(step) = Step::of(&stepped.step) else {
        return Err(Error::input(format!("nothing can be done with a request as `{}`", stepped.step)));
    };
    if !stepped.sure.said() {
        let kind = requests::open(&acting.app, &acting.actor, id).await?.request.kind;
        if let Some(sentence) = for_good(kind, step) {
            let question = Question {
                act: &acting.say(&format!("request-act-answer-{}", kind.key())),
                sentence: &acting.say(sentence),
                fields: &[("step", step.key()), ("revision", &stepped.taken.revision)],
                back: &format!("/data-requests/{id}"),
            };
            return acting.ask_first(question).await;
        }
    }
    let taken = Taken {
        revision: stepped.taken.revision.parse().unwrap_or_default(),
        reason: stepped.taken.reason,
        identity: stepped.taken.identity,
    };
    match requests::step(&acting.app, &acting.actor, id, step, &taken).await {
        Ok(()) => Ok(Redirect::to(&format!("/data-requests/{id}?done=request-step")).into_response()),
        Err(Error::Invalid(problems)) => page(&acting, id, Some(step), &problems).await,
        Err(error) => Err(error),
    }
}

/// What would be sent, as the person would read it.
pub(super) async fn preview(acting: Acting, Path(id): Path<RequestId>) -> Result<Response, Error> {
    let opened = requests::open(&acting.app, &acting.actor, id).await?;
    let answer = requests::preview(&acting.app, &acting.actor, &opened, acting.language).await?;
    let part = matches!(opened.reach, Reach::Part(_));
    let context = context! { answer => Serde(&answer), preview => true, part, id => id.to_string() };
    Ok(([(header::CACHE_CONTROL, "no-store")], acting.page("privacy/answer.html", context).await?).into_response())
}

/// Where the person is named in free texts.
pub(super) async fn mentions(acting: Acting, Path(id): Path<RequestId>) -> Result<Response, Error> {
    let opened = requests::open(&acting.app, &acting.actor, id).await?;
    let mentions = requests::mentions(&acting.app, &acting.actor, &opened).await?;
    let context = context! { mentions => Serde(&mentions), id => id.to_string() };
    Ok(([(header::CACHE_CONTROL, "no-store")], acting.page("privacy/mentions.html", context).await?).into_response())
}
