//! The living sheet of a draft: edited, checked as one types, saved, and its history.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use uuid::Uuid;

use super::{
    super::{
        Choices, Content, Draft, DraftId, Earlier, Keep, Member, MemberRole, MemberSide, Outcome, Sheet,
        contradictions, create, differences,
        discussion::threads::open_by_subject,
        documents::Ground,
        export, find_organisation, find_topic,
        model::MOST_MEMBERS,
        open,
        outcomes::{pages::recorded, prior::recalled},
        partners::{self, Addition},
        portal, read_sheet, restore, rules_of, rules_of_today, save_choosing, store, summary, version, versions,
        view::view_with,
    },
    head, words,
};
use crate::{
    accounts::{Acting, Action, Resource},
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        pages::{Serde, by_field},
        time::Day,
    },
};

pub(super) type Fields = Vec<(String, String)>;

#[derive(serde::Deserialize)]
pub(super) struct Shown {
    /// The revision to go back to, offered after a member was removed or a version restored.
    undo: Option<i64>,
}

pub(super) async fn show(
    acting: Acting,
    Path(id): Path<DraftId>,
    Query(shown): Query<Shown>,
) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let sheet = Sheet { content: draft.content.clone(), ..Sheet::default() };
    sheet_page(&acting, &draft, &sheet, shown.undo, false).await
}

/// Saves, adds or removes a member, or only checks, as the button pressed says.
pub(super) async fn submit(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (revision, base) = begun_with(&acting, &draft, &fields).await?;
    let mut sheet = read_sheet(&rules_of(&acting.app, &draft), &fields, &base);
    let typed = |name: &str| sheet.typed.get(name).cloned().unwrap_or_default();
    let act = typed("act");
    let mut done = "consortia-saved";
    if let Some(gone) = act.strip_prefix("remove:") {
        sheet.content.members.retain(|member| member.organisation.to_string() != gone);
        sheet.problems.retain(|problem| !problem.field.ends_with(gone));
        done = "consortia-removed";
    } else if act == "add" || act.starts_with("add:") {
        let chosen = act.strip_prefix("add:").map_or_else(|| typed("add_id"), str::to_owned);
        let text = if chosen.is_empty() { typed("add") } else { chosen };
        match find_organisation(&acting.app, &acting.actor, &text).await {
            Ok(found) => {
                add(&mut sheet, found.id);
                sheet.typed.remove("add");
                sheet.typed.remove("add_id");
                done = "consortia-added";
            }
            Err(error @ (Error::NotFound(_) | Error::Input(_))) => {
                let (field, message) = ("add".to_owned(), error.to_string());
                sheet.problems.push(FieldProblem { field, message, value: text });
            }
            Err(error) => return Err(error),
        }
    }
    if act == "check" {
        return sheet_page(&acting, &draft, &sheet, None, true).await;
    }
    if !sheet.problems.is_empty() {
        return sheet_page(&acting, &draft, &sheet, None, true).await;
    }
    let choices = chosen(&acting, &draft, revision, &sheet).await?;
    match save_choosing(&acting.app, &acting.actor, id, revision, &sheet.content, &choices).await {
        Ok(saved) if done == "consortia-saved" && saved > revision + 1 => {
            Ok(Redirect::to(&format!("/consortia/{id}?done=consortia-saved-together&undo={}", saved - 1))
                .into_response())
        }
        Ok(_) if done == "consortia-saved" => Ok(Redirect::to(&format!("/consortia/{id}?done={done}")).into_response()),
        Ok(saved) => {
            let undo = saved - 1;
            Ok(Redirect::to(&format!("/consortia/{id}?done={done}&undo={undo}#members")).into_response())
        }
        Err(Error::Clash(_)) => clash_page(&acting, id, revision, &sheet, &fields).await,
        Err(Error::Invalid(problems)) => {
            sheet.problems = problems;
            sheet_page(&acting, &draft, &sheet, None, true).await
        }
        Err(error) => Err(error),
    }
}

/// The version that a form began with, which the draft may have left behind; what the form does not mention is as it
/// says, not as somebody else has made it since.
pub(super) async fn begun_with(acting: &Acting, draft: &Draft, fields: &Fields) -> Result<(i64, Content), Error> {
    let given = fields.iter().rev().find(|(name, _)| name == "revision").and_then(|(_, value)| value.parse().ok());
    let revision = given.unwrap_or(0);
    if revision == draft.revision {
        return Ok((revision, draft.content.clone()));
    }
    match version(&acting.app, &acting.actor, draft.id, revision).await {
        Ok(base) => Ok((revision, base)),
        Err(Error::NotFound(_)) => Err(Error::input(acting.say("consortia-wrong-revision"))),
        Err(error) => Err(error),
    }
}

/// Whose values somebody chose on the page of contradictions. Choices made of a version that is no longer the stored one
/// do not count: nobody has seen what they would write over.
async fn chosen(acting: &Acting, draft: &Draft, revision: i64, sheet: &Sheet) -> Result<Choices, Error> {
    if sheet.typed.get("seen").and_then(|seen| seen.parse().ok()) != Some(draft.revision) {
        return Ok(Choices::new());
    }
    let keep = |word: &str| match word {
        "own" => Some(Keep::Own),
        "stored" => Some(Keep::Stored),
        _ => None,
    };
    if let Some(keep) = sheet.typed.get("keep_all").and_then(|word| keep(word)) {
        let (_, open, _) = contradictions(&acting.app, &acting.actor, draft.id, revision, &sheet.content).await?;
        return Ok(open.into_iter().map(|one| (one.place, keep)).collect());
    }
    let places =
        sheet.typed.iter().filter_map(|(name, word)| Some((name.strip_prefix("keep.")?.to_owned(), keep(word)?)));
    Ok(places.collect())
}

fn add(sheet: &mut Sheet, organisation: OrganisationId) {
    let members = &sheet.content.members;
    if members.len() < MOST_MEMBERS && !members.iter().any(|member| member.organisation == organisation) {
        let newcomer = sheet.content.newcomer(organisation);
        sheet.content.members.push(newcomer);
    }
}

/// What the rules say of the values in the form, before they are saved.
pub(super) async fn preview(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let (revision, base) = begun_with(&acting, &draft, &fields).await?;
    let newer = if revision < draft.revision {
        let latest = versions(&acting.app, &acting.actor, id).await?.into_iter().next();
        let person = latest.and_then(|version| version.person).map(|name| person_name(&acting, &name));
        Some(minijinja::context! { revision => draft.revision, person })
    } else {
        None
    };
    let sheet = read_sheet(&rules_of(&acting.app, &draft), &fields, &base);
    let recalled = recalled(&acting.app, &acting.actor, &draft, &sheet.content).await?;
    let ground = Ground::of_team(&acting.actor, Some(draft.id));
    let shown = view_with(&acting.app, &acting.actor, ground, &recalled, acting.language).await?;
    let problems = messages(&acting, &sheet.problems);
    let talk = open_by_subject(&acting.app, &draft).await?;
    let names: BTreeMap<String, String> = shown.members.iter().map(|m| (m.id.to_string(), m.name.clone())).collect();
    let wrong: Vec<String> = sheet.problems.iter().map(|problem| in_place(&acting, problem, &names)).collect();
    let context = minijinja::context! {
        sheet => Serde(&shown),
        problems => Serde(&problems),
        wrong => Serde(&wrong),
        unsaved => sheet.content != draft.content,
        newer,
        instrument => sheet.content.instrument,
        talk => Serde(&talk),
        draft => minijinja::context! { id => draft.id.to_string() },
    };
    Ok(acting.page("consortia/live.html", context).await?.into_response())
}

/// A problem with the place it is in, for the list beside the form.
fn in_place(acting: &Acting, problem: &FieldProblem, names: &BTreeMap<String, String>) -> String {
    let (field, organisation) = match problem.field.split_once('-') {
        Some((field, id)) => (field, names.get(id)),
        None => (problem.field.as_str(), None),
    };
    let label = match field {
        "add" => acting.say("consortia-add"),
        "member" => acting.say("consortia-members"),
        field => match field.split_once('.') {
            Some((head, _)) => acting.say(&format!("consortia-field-{}", head.replace('_', "-"))),
            None => acting.say(&format!("consortia-field-{}", field.replace('_', "-"))),
        },
    };
    let message = acting.say(&problem.message);
    match organisation {
        Some(name) => format!("{name}, {label}: {message} ({})", problem.value),
        None => format!("{label}: {message} ({})", problem.value),
    }
}

pub(super) fn messages(acting: &Acting, problems: &[FieldProblem]) -> BTreeMap<String, String> {
    problems.iter().map(|problem| (problem.field.clone(), acting.say(&problem.message))).collect()
}

async fn sheet_page(
    acting: &Acting,
    draft: &Draft,
    sheet: &Sheet,
    undo: Option<i64>,
    unsaved: bool,
) -> Result<Response, Error> {
    let recalled = recalled(&acting.app, &acting.actor, draft, &sheet.content).await?;
    let ground = Ground::of_team(&acting.actor, Some(draft.id));
    let shown = view_with(&acting.app, &acting.actor, ground, &recalled, acting.language).await?;
    let closed = draft.merged_into.is_some();
    let may_edit = !closed && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok();
    let topic = match sheet.content.topic {
        Some(topic) => store::topic_by_id(&acting.app.database, topic).await?,
        None => None,
    };
    let additions: Vec<Addition> = if may_edit {
        partners::suggest(&acting.app, &acting.actor, &sheet.content, topic.as_ref(), acting.language).await?
    } else {
        Vec::new()
    };
    let choices = |pairs: Vec<(String, String)>| {
        pairs.into_iter().map(|(value, label)| minijinja::context! { value, label }).collect::<Vec<_>>()
    };
    let worded = |words: Vec<&str>, head: &str| {
        words.into_iter().map(|word| (word.to_owned(), acting.say(&format!("consortia-{head}-{word}")))).collect()
    };
    let roles = worded(MemberRole::ALL.iter().map(|role| role.key()).collect(), "role");
    let sides = worded(MemberSide::ALL.iter().map(|side| side.key()).collect(), "side");
    let outcomes = worded(Outcome::ALL.iter().map(|outcome| outcome.key()).collect(), "outcome");
    let rules = rules_of(&acting.app, draft);
    let all = rules.list(acting.language).into_iter().map(|line| (line.id, line.name)).collect();
    let stages = sheet.content.instrument.as_deref().map(|id| rules.stages(id, acting.language));
    let stages: Vec<(String, String)> =
        stages.unwrap_or_default().into_iter().map(|stage| (stage.id, stage.name)).collect();
    let stage_name =
        sheet.content.stage.as_ref().map(|stage| {
            stages.iter().find(|(id, _)| id == stage).map_or_else(|| stage.clone(), |(_, name)| name.clone())
        });
    let instrument_name = sheet.content.instrument.as_deref().map(|id| rules.name(id, acting.language));
    let names: BTreeMap<String, String> = shown.members.iter().map(|m| (m.id.to_string(), m.name.clone())).collect();
    let wrong: Vec<String> = sheet.problems.iter().map(|problem| in_place(acting, problem, &names)).collect();
    let context = minijinja::context! {
        draft => head(acting, draft),
        topic => topic.map(|topic| minijinja::context! {
            identifier => topic.identifier, title => topic.title, closes_on => topic.closes_on,
        }),
        sheet => Serde(&shown),
        recorded => recorded(acting, &recalled),
        fields => by_field(fields_of(acting, sheet)),
        problems => by_field(messages(acting, &sheet.problems)),
        wrong => Serde(&wrong),
        talk => Serde(&open_by_subject(&acting.app, draft).await?),
        unsaved,
        newer => minijinja::Value::from(()),
        undo,
        may_edit,
        additions => Serde(&additions),
        roles => choices(roles),
        sides => choices(sides),
        outcomes => choices(outcomes),
        earlier_rows => sheet.content.facts.earlier.as_ref().map_or(0, Vec::len) + 1,
        instruments => choices(all),
        stages => choices(stages),
        instrument => sheet.content.instrument.clone(),
        instrument_name,
        stage_name,
    };
    let status = if sheet.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/sheet.html", context).await?).into_response())
}

/// Every input's value: as typed where something was typed, else as stored.
pub(super) fn fields_of(acting: &Acting, sheet: &Sheet) -> BTreeMap<String, String> {
    let content = &sheet.content;
    let number = |value: Option<u32>| value.map(|number| number.to_string()).unwrap_or_default();
    let yes = |yes: Option<bool>| yes.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned();
    let mut fields = BTreeMap::from([
        ("name".to_owned(), content.name.clone()),
        ("instrument".to_owned(), content.instrument.clone().unwrap_or_default()),
        ("stage".to_owned(), content.stage.clone().unwrap_or_default()),
        ("duration_months".to_owned(), number(content.facts.duration_months)),
        ("trl_start".to_owned(), number(content.facts.trl_start.map(u32::from))),
        ("trl_end".to_owned(), number(content.facts.trl_end.map(u32::from))),
        ("pages".to_owned(), number(content.facts.pages)),
        ("civil_use".to_owned(), yes(content.facts.civil_use)),
        ("holds".to_owned(), content.facts.holds.map(|side| side.key().to_owned()).unwrap_or_default()),
        ("independence".to_owned(), yes(Some(content.facts.independence_confirmed))),
        ("add".to_owned(), String::new()),
        ("add_id".to_owned(), String::new()),
    ]);
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    fields.insert("label_issuer".to_owned(), content.facts.label_issuer.clone().unwrap_or_default());
    fields.insert("label_on".to_owned(), day(content.facts.label_on));
    fields.insert("closes_on".to_owned(), day(content.facts.closes_on));
    let none = content.facts.earlier.as_ref().is_some_and(Vec::is_empty);
    fields.insert("earlier".to_owned(), if none { "none" } else { "" }.to_owned());
    // One row more than there are, to be filled.
    let blank = Earlier::default();
    for (row, earlier) in content.facts.earlier.iter().flatten().chain([&blank]).enumerate() {
        let member = earlier.member.map(|member| member.to_string()).unwrap_or_default();
        let score = earlier.score.map(|score| score.to_string()).unwrap_or_default();
        for (name, value) in [
            ("programme", earlier.programme.clone()),
            ("member", member),
            ("outcome", earlier.outcome.key().to_owned()),
            ("score", score),
            ("on", day(earlier.on)),
        ] {
            fields.insert(format!("earlier_{name}.{row}"), value);
        }
    }
    for member in &content.members {
        let id = member.organisation;
        for (name, cents) in member.amounts() {
            fields.insert(format!("{name}-{id}"), words::amount(acting.language, cents));
        }
        for (name, answer) in member.declared.answers() {
            fields.insert(format!("{name}-{id}"), answer);
        }
    }
    for problem in &sheet.problems {
        fields.insert(problem.field.clone(), problem.value.clone());
    }
    fields
}

/// A contradiction as its page shows it.
#[derive(serde::Serialize)]
struct ContradictionLine {
    place: String,
    lines: Vec<words::DifferenceLine>,
}

async fn clash_page(
    acting: &Acting,
    id: DraftId,
    revision: i64,
    sheet: &Sheet,
    fields: &Fields,
) -> Result<Response, Error> {
    let (stored, open, beside) = contradictions(&acting.app, &acting.actor, id, revision, &sheet.content).await?;
    let mut ids: Vec<OrganisationId> = stored.content.members.iter().map(|member| member.organisation).collect();
    ids.extend(sheet.content.members.iter().map(|member| member.organisation));
    let known = store::organisations(&acting.app.database, &ids).await?;
    let lines = open
        .into_iter()
        .map(|one| ContradictionLine { place: one.place, lines: words::differences(acting, &one.differences, &known) });
    let latest = versions(&acting.app, &acting.actor, id).await?.into_iter().next();
    let kept: Vec<&(String, String)> = fields
        .iter()
        .filter(|(name, _)| {
            let own = ["revision", "seen", "act", "add", "add_id", "keep_all"].contains(&name.as_str());
            !own && !name.starts_with("keep.")
        })
        .collect();
    let context = minijinja::context! {
        draft => head(acting, &stored),
        revision,
        contradictions => Serde(&lines.collect::<Vec<_>>()),
        beside => Serde(&words::differences(acting, &beside, &known)),
        saved_at => stored.updated_at.0,
        saved_by => latest.and_then(|version| version.person).map(|name| person_name(acting, &name)),
        kept => Serde(&kept),
    };
    Ok((StatusCode::CONFLICT, acting.page("consortia/clash.html", context).await?).into_response())
}

/// A demonstration person is named after its role; everybody else by name.
pub(in crate::consortia) fn person_name(acting: &Acting, name: &str) -> String {
    let key = format!("role-{}", name.replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { name.to_owned() }
}

#[derive(serde::Serialize)]
struct VersionLine {
    revision: i64,
    saved_at: i64,
    person: Option<String>,
    members: usize,
    changed: Vec<words::DifferenceLine>,
    current: bool,
}

pub(super) async fn history(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let rows = versions(&acting.app, &acting.actor, id).await?;
    let mut contents: Vec<Content> = Vec::with_capacity(rows.len());
    for row in &rows {
        contents.push(serde_json::from_value(row.content.0.clone()).map_err(anyhow::Error::from)?);
    }
    let mut ids: Vec<OrganisationId> =
        contents.iter().flat_map(|content| content.members.iter().map(|member| member.organisation)).collect();
    ids.sort_unstable();
    ids.dedup();
    let known = store::organisations(&acting.app.database, &ids).await?;
    let lines: Vec<VersionLine> = rows
        .iter()
        .zip(&contents)
        .enumerate()
        .map(|(at, (row, content))| VersionLine {
            revision: row.revision,
            saved_at: row.saved_at.0,
            person: row.person.as_deref().map(|name| person_name(&acting, name)),
            members: content.members.len(),
            changed: contents
                .get(at + 1)
                .map(|before| words::differences(&acting, &differences(before, content), &known))
                .unwrap_or_default(),
            current: row.revision == draft.revision,
        })
        .collect();
    let context = minijinja::context! {
        draft => head(&acting, &draft),
        versions => Serde(&lines),
        may_edit => draft.merged_into.is_none()
            && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
    };
    Ok(acting.page("consortia/versions.html", context).await?.into_response())
}

#[derive(serde::Deserialize)]
pub(super) struct Restored {
    revision: i64,
}

pub(super) async fn restore_version(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(restored): Form<Restored>,
) -> Result<Response, Error> {
    let before = open(&acting.app, &acting.actor, id).await?.revision;
    restore(&acting.app, &acting.actor, id, restored.revision).await?;
    Ok(Redirect::to(&format!("/consortia/{id}?done=consortia-restored&undo={before}")).into_response())
}

/// Starts a draft from a proposal or from nothing.
pub(super) async fn create_draft(acting: Acting, Form(fields): Form<Fields>) -> Result<Response, Error> {
    let sheet = read_sheet(&rules_of_today(&acting.app), &fields, &Content::default());
    let typed = |name: &str| sheet.typed.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    if !sheet.problems.is_empty() {
        return Err(Error::Invalid(sheet.problems));
    }
    let mut content = sheet.content.clone();
    if let Some(topic) = typed("topic") {
        let topic = find_topic(&acting.app, &acting.actor, &topic).await?;
        content.topic = Some(topic.id);
        content.instrument = content.instrument.or(topic.instrument);
        if content.name.is_empty() {
            content.name = topic.identifier;
        }
    }
    if content.name.is_empty() {
        content.name = words::say(&acting, "consortia-new-name", &[]);
    }
    if let Some(text) = typed("with_id").or_else(|| typed("with")) {
        let found = find_organisation(&acting.app, &acting.actor, &text).await?;
        if !content.members.iter().any(|member| member.organisation == found.id) {
            content.members.insert(0, Member::new(found.id));
        }
    }
    let id = create(&acting.app, &acting.actor, &content).await?;
    Ok(Redirect::to(&format!("/consortia/{id}?done=consortia-created")).into_response())
}

pub(super) async fn export(acting: Acting, Path((id, format)): Path<(Uuid, String)>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, DraftId(id)).await?;
    let recalled = recalled(&acting.app, &acting.actor, &draft, &draft.content).await?;
    let ground = Ground::of_team(&acting.actor, Some(draft.id));
    let shown = view_with(&acting.app, &acting.actor, ground, &recalled, acting.language).await?;
    let (kind, body) = match format.as_str() {
        "csv" => ("text/csv; charset=utf-8", export::csv(&acting, &shown)?),
        "xlsx" => (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            export::xlsx(&acting, &draft, &shown)?,
        ),
        "json" => {
            let json = export::json(&draft, &shown);
            ("application/json", serde_json::to_vec_pretty(&json).map_err(anyhow::Error::from)?)
        }
        "pdf" => {
            let topic = match draft.content.topic {
                Some(topic) => store::topic_by_id(&acting.app.database, topic).await?,
                None => None,
            };
            ("application/pdf", summary::pdf(&acting, &draft, topic.as_ref(), &shown).await?)
        }
        other => return Err(Error::NotFound(format!("the export format {other}: there are csv, xlsx, json and pdf"))),
    };
    let disposition = format!("attachment; filename=\"consortium-{}.{format}\"", draft.id);
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// The participants as the form of the portal asks for them.
pub(super) async fn for_portal(acting: Acting, Path((id, format)): Path<(DraftId, String)>) -> Result<Response, Error> {
    let draft = open(&acting.app, &acting.actor, id).await?;
    let body = portal::file(&acting, &draft, &format).await?;
    let kind = match format.as_str() {
        "csv" => "text/csv; charset=utf-8",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let disposition = format!("attachment; filename=\"participants-{id}.{format}\"");
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}
