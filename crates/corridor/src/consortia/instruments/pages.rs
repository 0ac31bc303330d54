//! Pages of instruments: what each asks in plain words, its versions, and the editor.

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use std::collections::BTreeMap;

use eligibility::Library;
use minijinja::{Value, context};

use super::{
    Document, Judgement, Proposed, beginning, check,
    guided::{self, FieldKind},
    history, plain, publish, rulebook, rules_of_today, topic_pages, version,
};
use crate::{
    accounts::{Acting, Action, Resource, Route},
    calls,
    consortia::rules::engine_day,
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::Day,
    },
};

/// The routes of instruments and their versions.
pub fn routes() -> Vec<Route> {
    use Action::{ChangeTopicRules, EditRules, ReadCalls};
    vec![
        Route::get("/instruments", ReadCalls, get(index)),
        Route::get("/instruments/new", EditRules, get(ask_new)),
        Route::post("/instruments/new", EditRules, post(begin_new)),
        Route::get("/instruments/{id}", ReadCalls, get(show)),
        Route::get("/instruments/{id}/versions", ReadCalls, get(versions)),
        Route::get("/instruments/{id}/versions/{number}", ReadCalls, get(one_version)),
        Route::get("/instruments/{id}/edit", EditRules, get(edit)),
        Route::post("/instruments/{id}/edit", EditRules, post(submit)),
        Route::get("/rule-sets/{name}/versions", ReadCalls, get(set_versions)),
        Route::get("/rule-sets/{name}/versions/{number}", ReadCalls, get(one_set_version)),
        Route::get("/rule-sets/{name}/edit", EditRules, get(edit_set)),
        Route::post("/rule-sets/{name}/edit", EditRules, post(submit_set)),
        Route::get("/calls/{identifier}/rules", ReadCalls, get(topic_pages::show)),
        Route::post("/calls/{identifier}/rules", ChangeTopicRules, post(topic_pages::change)),
    ]
}

fn may_edit(acting: &Acting) -> bool {
    acting.may(Action::EditRules, Resource::Instance).is_ok()
}

fn instrument_of(id: &str) -> Result<Document, Error> {
    Document::instrument(id).ok_or_else(|| Error::NotFound(format!("the instrument {id}")))
}

fn set_of(name: &str) -> Result<Document, Error> {
    Document::set(name).ok_or_else(|| Error::NotFound(format!("the shared facts {name}")))
}

/// What a document is called.
fn title(acting: &Acting, document: &Document) -> String {
    match document {
        Document::Instrument(id) => rules_of_today(&acting.app).name(id, acting.language),
        Document::Set(name) => acting.say(&format!("rules-set-{name}")),
    }
}

async fn index(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ReadCalls, Resource::Instance)?;
    let sets =
        Library::embedded_files().iter().filter_map(|(file, _)| file.strip_prefix("sets/")?.strip_suffix(".toml"));
    let sets: Vec<Value> =
        sets.map(|name| context! { name, title => acting.say(&format!("rules-set-{name}")) }).collect();
    let context = context! {
        instruments => Serde(&rules_of_today(&acting.app).list(acting.language)),
        sets,
        may_edit => may_edit(&acting),
    };
    Ok(acting.page("consortia/instruments.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
struct Which {
    /// `all` shows the rules of other days too.
    when: Option<String>,
}

async fn show(acting: Acting, Path(id): Path<String>, Query(which): Query<Which>) -> Result<Response, Error> {
    let ever = which.when.as_deref() == Some("all");
    let today = calls::today(&acting.app);
    let book = rulebook(&acting.app);
    let instrument = plain::open(&acting.actor, &book, &id, today, ever, acting.language)?;
    let context = context! {
        instrument => Serde(&instrument),
        today => today.to_string(),
        ever,
        may_edit => may_edit(&acting),
    };
    Ok(acting.page("consortia/instrument.html", context).await?.into_response())
}

async fn versions(acting: Acting, Path(id): Path<String>) -> Result<Response, Error> {
    versions_page(acting, instrument_of(&id)?).await
}

async fn set_versions(acting: Acting, Path(name): Path<String>) -> Result<Response, Error> {
    versions_page(acting, set_of(&name)?).await
}

async fn versions_page(acting: Acting, document: Document) -> Result<Response, Error> {
    let lines = history(&acting.app, &acting.actor, &document).await?;
    let book = rulebook(&acting.app);
    let file = document.file();
    let in_force = book.edition(&file, Some(calls::today(&acting.app))).map_or(0, |edition| edition.number);
    // A version that never begins to hold, or no longer will, because another one of the same first day came after it.
    let replaced = |line: &super::HistoryLine| {
        lines.iter().any(|other| other.valid_from == line.valid_from && other.number > line.number)
    };
    let rows: Vec<Value> = lines
        .iter()
        .map(|line| {
            context! {
                number => line.number,
                valid_from => line.valid_from.as_str(),
                reason => line.reason.as_str(),
                published_at => line.published_at.0,
                in_force => line.number == in_force,
                replaced => replaced(line),
            }
        })
        .collect();
    let context = context! {
        document => head(&acting, &document),
        versions => rows,
        shipped => super::shipped_text(&file).is_some(),
        shipped_in_force => in_force == 0,
        may_edit => may_edit(&acting),
    };
    Ok(acting.page("consortia/instruments/versions.html", context).await?.into_response())
}

async fn one_version(acting: Acting, Path((id, number)): Path<(String, i64)>) -> Result<Response, Error> {
    version_page(acting, instrument_of(&id)?, number).await
}

async fn one_set_version(acting: Acting, Path((name, number)): Path<(String, i64)>) -> Result<Response, Error> {
    version_page(acting, set_of(&name)?, number).await
}

async fn version_page(acting: Acting, document: Document, number: i64) -> Result<Response, Error> {
    let (text, vectors) = version(&acting.app, &acting.actor, &document, number).await?;
    let book = rulebook(&acting.app);
    let line = history(&acting.app, &acting.actor, &document).await?.into_iter().find(|line| line.number == number);
    let day: Option<Day> = line.as_ref().and_then(|line| line.valid_from.parse().ok());
    // Beside what else holds on its first day; of what came with the program, today.
    let day = day.unwrap_or_else(|| calls::today(&acting.app));
    let library = book.library_with(Some(day), Some((&document.file(), &text))).ok();
    let words = library.as_ref().and_then(|library| {
        let instrument = library.instrument(document.word()).ok().filter(|_| document.has_vectors())?;
        Some(plain::explained(library, instrument, None, acting.language))
    });
    let context = context! {
        document => head(&acting, &document),
        number,
        valid_from => line.as_ref().map(|line| line.valid_from.as_str()),
        reason => line.as_ref().map(|line| line.reason.as_str()),
        published_at => line.as_ref().map(|line| line.published_at.0),
        instrument => words.as_ref().map(Serde),
        text,
        vectors,
        may_edit => may_edit(&acting),
    };
    Ok(acting.page("consortia/instruments/version.html", context).await?.into_response())
}

fn head(acting: &Acting, document: &Document) -> Value {
    context! {
        title => title(acting, document),
        word => document.word(),
        href => document.href(),
        instrument => document.has_vectors(),
    }
}

async fn ask_new(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::EditRules, Resource::Instance)?;
    let context = context! { id => "", problem => "" };
    Ok(acting.page("consortia/instruments/new.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
struct NewId {
    id: String,
}

async fn begin_new(acting: Acting, Form(new): Form<NewId>) -> Result<Response, Error> {
    acting.may(Action::EditRules, Resource::Instance)?;
    let id = new.id.trim();
    let problem = match Document::instrument(id) {
        None => "rules-wrong-id",
        Some(_) if rulebook(&acting.app).is_known(id) => "rules-wrong-known",
        Some(_) => return Ok(Redirect::to(&format!("/instruments/{id}/edit")).into_response()),
    };
    let context = context! { id, problem => acting.say(problem) };
    let page = acting.page("consortia/instruments/new.html", context).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

#[derive(serde::Deserialize)]
struct Beginning {
    /// The version to begin with.
    from: Option<i64>,
}

async fn edit(acting: Acting, Path(id): Path<String>, Query(from): Query<Beginning>) -> Result<Response, Error> {
    editor(acting, instrument_of(&id)?, from).await
}

async fn edit_set(acting: Acting, Path(name): Path<String>, Query(from): Query<Beginning>) -> Result<Response, Error> {
    editor(acting, set_of(&name)?, from).await
}

async fn editor(acting: Acting, document: Document, from: Beginning) -> Result<Response, Error> {
    acting.may(Action::EditRules, Resource::Instance)?;
    let today = calls::today(&acting.app);
    let book = rulebook(&acting.app);
    let (text, vectors) = match from.from {
        Some(number) => version(&acting.app, &acting.actor, &document, number).await?,
        None => beginning(&book, &document, today),
    };
    let reason = from.from.map(|number| {
        let number = [("number", number.into())];
        acting.app.texts.say(acting.language, "rules-reason-restored", &number)
    });
    let proposed = Proposed {
        text,
        vectors,
        valid_from: today,
        reason: reason.unwrap_or_default(),
        seen: book.newest_number(&document.file()),
    };
    let judgement = check(&acting.app, &acting.actor, &document, &proposed, acting.language).await?;
    let shown = Shown { valid_from: proposed.valid_from.to_string(), ..Shown::default() };
    page(&acting, &document, &proposed, &judgement, &shown).await
}

/// The editor as it was sent.
type Edited = Vec<(String, String)>;

/// What the page shows beside the text.
#[derive(Default)]
struct Shown {
    /// The first day as it was typed.
    valid_from: String,
    /// What is wrong with which field.
    problems: Vec<FieldProblem>,
    /// The key of what is said above.
    note: Option<&'static str>,
    /// The part that is changed by a form.
    part: String,
    /// What was typed into that form.
    given: BTreeMap<String, String>,
}

/// How the names of fields of the guided form begin.
const GUIDED: &str = "guided.";

async fn submit(acting: Acting, Path(id): Path<String>, Form(edited): Form<Edited>) -> Result<Response, Error> {
    submitted(acting, instrument_of(&id)?, edited).await
}

async fn submit_set(acting: Acting, Path(name): Path<String>, Form(edited): Form<Edited>) -> Result<Response, Error> {
    submitted(acting, set_of(&name)?, edited).await
}

async fn submitted(acting: Acting, document: Document, edited: Edited) -> Result<Response, Error> {
    acting.may(Action::EditRules, Resource::Instance)?;
    let of = |name: &str| edited.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    let day = of("valid_from").parse::<Day>().ok().filter(|day| engine_day(*day).is_ok());
    let mut proposed = Proposed {
        // Browsers send line ends as two characters; lines are counted by the second.
        text: of("text").replace("\r\n", "\n"),
        vectors: of("vectors").replace("\r\n", "\n"),
        valid_from: day.unwrap_or_else(|| calls::today(&acting.app)),
        reason: of("reason").to_owned(),
        seen: of("seen").parse().unwrap_or(0),
    };
    let mut shown = Shown { valid_from: of("valid_from").to_owned(), part: of("part").to_owned(), ..Shown::default() };
    let guided = edited.iter().filter_map(|(name, value)| Some((name.strip_prefix(GUIDED)?, value)));
    shown.given = guided.map(|(name, value)| (name.to_owned(), value.clone())).collect();
    let problem = |field: &str, message: &str, value: &str| FieldProblem {
        field: field.to_owned(),
        message: message.to_owned(),
        value: value.to_owned(),
    };
    if day.is_none() {
        shown.problems.push(problem("valid_from", "rules-wrong-day", of("valid_from")));
    }
    match of("act") {
        // Another part was chosen: what was typed for the one before is not for it.
        "part" => shown.given.clear(),
        "put" => match guided::put(&proposed.text, &shown.part, &shown.given) {
            Ok(text) => {
                proposed.text = text;
                shown.given.clear();
                shown.note = Some("rules-put");
            }
            Err(wrong) => {
                let wrong = wrong.into_iter().map(|(field, message)| {
                    let value = shown.given.get(&field).cloned().unwrap_or_default();
                    problem(&format!("{GUIDED}{field}"), message, &value)
                });
                shown.problems.extend(wrong.collect::<Vec<_>>());
            }
        },
        "publish" if shown.problems.is_empty() => match publish(&acting.app, &acting.actor, &document, &proposed).await
        {
            Ok(_) => {
                let to = format!("{}/versions?done=rules-published", document.href());
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Error::Invalid(found)) => shown.problems = found,
            Err(Error::Clash(_)) => shown.note = Some("rules-clash"),
            Err(error) => return Err(error),
        },
        _ => {}
    }
    let judgement = check(&acting.app, &acting.actor, &document, &proposed, acting.language).await?;
    page(&acting, &document, &proposed, &judgement, &shown).await
}

/// What of the text has a form, as the choices of a drop-down.
fn parts(acting: &Acting, text: &str) -> Vec<Value> {
    let choice = |part: guided::Part| {
        let name = [("name", part.name.as_str().into())];
        let key = format!("rules-part-{}", part.kind.replace('_', "-"));
        context! { value => part.place, label => acting.app.texts.say(acting.language, &key, &name) }
    };
    guided::parts(text).into_iter().map(choice).collect()
}

/// The fields of the part that is changed by a form.
fn fields(acting: &Acting, text: &str, shown: &Shown) -> Vec<Value> {
    let all = guided::fields(text, &shown.part).unwrap_or_default();
    let field = |field: guided::Field| {
        let last = field.name.rsplit('.').next().unwrap_or_default().replace('_', "-");
        let key = match field.kind {
            FieldKind::Figure => format!("rules-figure-{last}"),
            _ => format!("rules-field-{}", field.name.replace(['.', '_'], "-")),
        };
        let known = acting.app.texts.knows(acting.language, &key);
        context! {
            name => format!("{GUIDED}{}", field.name),
            label => if known { acting.say(&key) } else { field.name.clone() },
            path => (field.kind == FieldKind::Figure && known).then(|| field.name.clone()),
            kind => Serde(&field.kind),
            value => shown.given.get(&field.name).unwrap_or(&field.value).clone(),
        }
    };
    all.into_iter().map(field).collect()
}

async fn page(
    acting: &Acting,
    document: &Document,
    proposed: &Proposed,
    judgement: &Judgement,
    shown: &Shown,
) -> Result<Response, Error> {
    let newest = rulebook(&acting.app).newest_number(&document.file());
    let (note, problems) = (shown.note, &shown.problems);
    let clash = note == Some("rules-clash");
    let said = problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect();
    let choice = |value: &str, key: String| context! { value, label => acting.say(&key) };
    let severities: Vec<Value> = ["ineligible", "weak", "advice"]
        .into_iter()
        .map(|word| choice(word, format!("consortia-severity-{word}")))
        .collect();
    let answers: Vec<Value> = ["yes", "no"].into_iter().map(|word| choice(word, format!("ui-{word}"))).collect();
    let context = context! {
        document => head(acting, document),
        text => proposed.text.as_str(),
        vectors => proposed.vectors.as_str(),
        valid_from => shown.valid_from.as_str(),
        reason => proposed.reason.as_str(),
        // After a clash the newer version was shown to whoever publishes again.
        seen => if clash { newest } else { proposed.seen },
        judgement => Serde(judgement),
        green => judgement.is_green(),
        instrument => judgement.plain.as_ref().map(Serde),
        run => judgement.vectors.len(),
        problems => by_field(said),
        note => note.map(|note| acting.say(note)),
        clash,
        parts => parts(acting, &proposed.text),
        part => shown.part.as_str(),
        part_fields => fields(acting, &proposed.text, shown),
        severities => severities,
        answers => answers,
        lines => proposed.text.lines().count().clamp(20, 60),
    };
    let status = match (clash, problems.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (false, true) => StatusCode::OK,
    };
    Ok((status, acting.page("consortia/instruments/edit.html", context).await?).into_response())
}
