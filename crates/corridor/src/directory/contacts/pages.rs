//! The pages of contacts: the list with its export, the section of an organisation's page, and the forms.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};
use serde::Serialize;

use super::{CHANNELS, Contact, ContactId, Field, Form, HIDDEN, KeptBy, Selection, api, table};
use crate::{
    accounts::{
        Acting, Action, Actor, ClusterRef, Resource, Route, clusters, own_account_of,
        visibility::{Audience, Choice, Circle},
    },
    directory::{
        self, OrganisationId, contacts,
        countries::country_name,
        export::Format,
        model::{Kind, shown_name},
        pages::{Asked, Sent},
        record::Record,
        search::{Suggestion, encoded},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::Serde,
        personal::{self, Basis},
    },
};

/// The routes of contacts.
pub fn routes() -> Vec<Route> {
    use axum::routing::{get, post};
    let (read, write) = (Action::ReadContacts, Action::EditContacts);
    vec![
        Route::get("/contacts", read, get(list)),
        Route::get("/contacts/export", read, get(export)),
        Route::get("/contacts/deleted", write, get(deleted)),
        Route::get("/contacts/{id}/edit", write, get(edit)),
        Route::post("/contacts/{id}/edit", write, post(save)),
        Route::post("/contacts/{id}/delete", write, post(delete)),
        Route::post("/contacts/{id}/restore", write, post(restore)),
        Route::get("/organisations/{id}/contacts/new", write, get(new)),
        Route::post("/organisations/{id}/contacts", write, post(add)),
        Route::get("/organisations/{id}/contacts/own", write, get(own)),
        Route::post("/organisations/{id}/contacts/own", write, post(show_own)),
        Route::get("/api/contacts", read, get(api::all)),
        Route::get("/api/contacts/{id}", read, get(api::single)),
    ]
}

/// A field as it is shown.
#[derive(Serialize)]
struct Shown {
    key: &'static str,
    label: String,
    value: String,
    /// Who sees it, in words, for those who keep it.
    seen_by: Option<String>,
}

#[derive(Serialize)]
struct ContactRow {
    id: String,
    name: String,
    fields: Vec<Shown>,
    /// Who sees all of it, in words, where every field is shown to the same: said once instead of beside each.
    seen_by: Option<String>,
    organisation: String,
    organisation_href: String,
    cluster: String,
    kept_by: String,
    may_change: bool,
    elsewhere: Vec<(String, String)>,
}

fn organisation_name(contact: &Contact) -> String {
    shown_name(contact.organisation_name.as_deref(), None, contact.organisation)
}

async fn view(
    acting: &Acting,
    circle: Option<&Circle>,
    contact: &Contact,
    elsewhere: &[Contact],
) -> Result<ContactRow, Error> {
    let reader = acting.reader().await?;
    let may_change = contact.may_be_changed_by(&acting.actor, reader)
        && acting.may(Action::EditContacts, Resource::Instance).is_ok();
    let own = circle.filter(|_| {
        reader.is_team_of(contact.cluster) || reader.speaks_for().is_some_and(|(cluster, _)| cluster == contact.cluster)
    });
    let mut fields: Vec<Shown> = Field::ALL
        .into_iter()
        .filter_map(|field| {
            let value = contact.values.get(field).clone()?;
            let audience = contact.audiences.get(field);
            let words = |circle: &Circle| circle.words(&acting.app.texts, acting.language, audience);
            Some(Shown {
                key: field.key(),
                label: acting.say(field.label_key()),
                value,
                seen_by: own.filter(|_| may_change).map(words),
            })
        })
        .collect();
    let first = fields.first().and_then(|field| field.seen_by.clone());
    let seen_by = first.filter(|first| fields.iter().all(|field| field.seen_by.as_ref() == Some(first)));
    if seen_by.is_some() {
        fields.iter_mut().for_each(|field| field.seen_by = None);
    }
    Ok(ContactRow {
        id: contact.id.to_string(),
        name: contact.shown_name().to_owned(),
        fields,
        seen_by,
        organisation: organisation_name(contact),
        organisation_href: format!("/organisations/{}#contacts", contact.organisation),
        cluster: contact.cluster_name.clone(),
        kept_by: acting.say(&format!("contact-kept-by-{}", contact.kept_by.key())),
        may_change,
        elsewhere: elsewhere
            .iter()
            .map(|other| (organisation_name(other), format!("/organisations/{}#contacts", other.organisation)))
            .collect(),
    })
}

/// What the page of an organisation shows of its contacts.
pub(in crate::directory) async fn section(acting: &Acting, organisation: OrganisationId) -> Result<Value, Error> {
    if acting.may(Action::ReadContacts, Resource::Instance).is_err() {
        return Ok(context! { shown => false });
    }
    let reader = acting.reader().await?;
    let circle = acting.circle().await?;
    let mut rows = Vec::new();
    for (contact, elsewhere) in contacts::of_organisation(&acting.app, &acting.actor, reader, organisation).await? {
        rows.push(view(acting, circle, &contact, &elsewhere).await?);
    }
    let may_add = contacts::may_add(&acting.actor, reader, organisation);
    let of_organisation = matches!(may_add, Ok((_, KeptBy::Organisation)));
    Ok(context! {
        shown => true,
        rows => Serde(&rows),
        may_add => may_add.is_ok(),
        own => of_organisation && matches!(acting.actor, Actor::Person { demonstration: false, .. }),
    })
}

/// Contacts for the search across slices.
pub async fn suggest(acting: &Acting, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let reader = acting.reader().await?;
    let found = contacts::suggest(&acting.app, &acting.actor, reader, typed, limit).await?;
    Ok(found
        .into_iter()
        .map(|contact| Suggestion {
            kind: acting.say("contact"),
            label: contact.shown_name().to_owned(),
            detail: organisation_name(&contact),
            href: format!("/organisations/{}#contacts", contact.organisation),
            id: contact.id.to_string(),
        })
        .collect())
}

/// A facet of the list.
#[derive(Serialize)]
struct OptionView {
    value: String,
    label: String,
    count: i64,
    selected: bool,
}

fn query(asked: &Selection) -> String {
    let mut pairs = vec![format!("q={}", encoded(&asked.q))];
    for (name, values) in [("kind", &asked.kind), ("country", &asked.country), ("concept", &asked.concept)] {
        pairs.extend(values.iter().map(|value| format!("{name}={}", encoded(value))));
    }
    pairs.join("&")
}

async fn list(acting: Acting, Asked(asked): Asked<Selection>) -> Result<Html<String>, Error> {
    let (app, actor, reader) = (&acting.app, &acting.actor, acting.reader().await?);
    let listed = contacts::list_on_screen(app, actor, reader, &asked).await?;
    let [kinds, countries] = contacts::facets(app, actor, reader, &asked).await?;
    let circle = acting.circle().await?;
    let mut rows = Vec::new();
    for contact in &listed.contacts {
        rows.push(view(&acting, circle, contact, &[]).await?);
    }
    let option = |chosen: &[String], (value, count): (String, i64), label: String| OptionView {
        selected: chosen.contains(&value),
        value,
        label,
        count,
    };
    let kinds: Vec<OptionView> = kinds
        .into_iter()
        .map(|one| {
            let label = acting.say(&Kind::stored(&one.0).label_key());
            option(&asked.kind, one, label)
        })
        .collect();
    let countries: Vec<OptionView> = countries
        .into_iter()
        .map(|one| {
            let label = country_name(&one.0, acting.language).to_owned();
            option(&asked.country, one, label)
        })
        .collect();
    let team = actor.cluster().is_some_and(|cluster| reader.is_team_of(cluster.id));
    let context = context! {
        q => asked.q.as_str(),
        active => asked.kind.len() + asked.country.len() + asked.concept.len(),
        kinds => Serde(&kinds),
        countries => Serde(&countries),
        rows => Serde(&rows),
        total => listed.total,
        current => listed.page.min(listed.pages()),
        last => listed.pages(),
        query => query(&asked),
        team,
        may_write => acting.may(Action::EditContacts, Resource::Instance).is_ok(),
    };
    acting.page("directory/contacts.html", context).await
}

#[derive(Debug, serde::Deserialize)]
struct ExportAsked {
    format: Format,
}

async fn export(
    acting: Acting,
    Asked(asked): Asked<ExportAsked>,
    Asked(selection): Asked<Selection>,
) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let found = contacts::export(&acting.app, &acting.actor, reader, &selection).await?;
    let file = table::write(asked.format, found)?;
    let name = format!("attachment; filename=\"contacts.{}\"", asked.format.ending());
    let kind = asked.format.content_type().to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

async fn deleted(acting: Acting) -> Result<Html<String>, Error> {
    let reader = acting.reader().await?;
    let circle = acting.circle().await?;
    let mut rows = Vec::new();
    for contact in contacts::deleted(&acting.app, &acting.actor, reader).await? {
        rows.push(view(&acting, circle, &contact, &[]).await?);
    }
    acting.page("directory/contacts_deleted.html", context! { rows => Serde(&rows), days => contacts::KEPT_DAYS }).await
}

/// A field of the form, with who will see it.
#[derive(Serialize)]
struct FieldView {
    key: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    problem: String,
    audience: String,
    autocomplete: &'static str,
}

/// A field that somebody else changed in between, with both values.
#[derive(Serialize)]
struct Difference {
    label: String,
    yours: String,
    theirs: String,
}

/// What a form stands for.
struct Sheet<'a> {
    /// Where it is sent.
    action: String,
    /// The organisation.
    organisation: OrganisationId,
    organisation_name: String,
    cluster: &'a ClusterRef,
    /// The contact that is changed.
    contact: Option<&'a Contact>,
    /// Whether it shows one's own account, whose address stays what it is.
    own: bool,
}

async fn form(
    acting: &Acting,
    sheet: &Sheet<'_>,
    filled: &Form,
    problems: &[FieldProblem],
    differences: &[Difference],
) -> Result<Html<String>, Error> {
    let app = &acting.app;
    let circle = Circle::of(&app.database, sheet.cluster).await?;
    let problem = |field: &str| {
        let found = problems.iter().find(|problem| problem.field == field);
        found.map(|problem| acting.say(&problem.message)).unwrap_or_default()
    };
    let kept: Vec<&Audience> = match sheet.contact {
        Some(contact) => Field::ALL.into_iter().map(|field| contact.audiences.get(field)).collect(),
        None => Vec::new(),
    };
    let mut choices = circle.choices(&app.texts, acting.language, &kept);
    if sheet.own {
        choices.insert(0, Choice { value: HIDDEN.to_owned(), label: acting.say("contact-hidden") });
    }
    let fields: Vec<FieldView> = Field::ALL
        .into_iter()
        .map(|field| FieldView {
            key: field.key(),
            label: acting.say(field.label_key()),
            kind: match field {
                Field::Email => "email",
                Field::Telephone => "tel",
                _ => "text",
            },
            value: filled.value(field).to_owned(),
            problem: problem(field.key()),
            audience: filled.audience(field).to_owned(),
            // A browser must not fill in the reader's own data for somebody else's.
            autocomplete: "off",
        })
        .collect();
    let bases: Vec<_> = Basis::ALL
        .into_iter()
        .map(|basis| context! { value => basis.key(), label => acting.say(&basis.label_key()) })
        .collect();
    let channels: Vec<_> = CHANNELS
        .into_iter()
        .map(|channel| context! { value => channel, label => acting.say(&format!("contact-known-by-{channel}")) })
        .collect();
    let basis_now = match sheet.contact {
        Some(contact) => {
            let log = personal::bases(&app.database, contacts::KIND, &contact.id.to_string()).await?;
            personal::standing(&log).basis().map(|basis| acting.say(&basis.label_key())).unwrap_or_default()
        }
        None => String::new(),
    };
    let context = context! {
        action => sheet.action.as_str(),
        organisation => sheet.organisation.to_string(),
        organisation_name => sheet.organisation_name.as_str(),
        cluster => sheet.cluster.name.as_str(),
        is_new => sheet.contact.is_none() && !sheet.own,
        own => sheet.own,
        contact => sheet.contact.map(|contact| contact.id.to_string()).unwrap_or_default(),
        revision => filled.revision,
        fields => Serde(&fields),
        choices => Serde(&choices),
        bases,
        basis => filled.basis.as_str(),
        basis_problem => problem("basis"),
        basis_now,
        channels,
        known_by => filled.known_by.as_str(),
        known_by_problem => problem("known_by"),
        problem_count => problems.len(),
        differences => Serde(differences),
    };
    acting.page("directory/contact.html", context).await
}

fn back(organisation: OrganisationId, done: &str) -> Response {
    Redirect::to(&format!("/organisations/{organisation}?done={done}#contacts")).into_response()
}

async fn record_at(acting: &Acting, id: OrganisationId) -> Result<Record, Error> {
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    match record.organisation.merged_into {
        Some(kept) => Err(Error::NotFound(format!("the organisation {id}: it was merged into {kept}"))),
        None => Ok(record),
    }
}

async fn new(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Html<String>, Error> {
    let record = record_at(&acting, id).await?;
    let (cluster, _) = contacts::may_add(&acting.actor, acting.reader().await?, id)?;
    let filled = Form { basis: Basis::LegitimateInterests.key().to_owned(), ..Form::default() };
    form(&acting, &sheet_of_new(&record, &cluster), &filled, &[], &[]).await
}

fn sheet_of_new<'a>(record: &Record, cluster: &'a ClusterRef) -> Sheet<'a> {
    let id = record.organisation.id;
    Sheet {
        action: format!("/organisations/{id}/contacts"),
        organisation: id,
        organisation_name: record.shown_name(),
        cluster,
        contact: None,
        own: false,
    }
}

async fn add(acting: Acting, Path(id): Path<OrganisationId>, Sent(sent): Sent<Form>) -> Result<Response, Error> {
    let record = record_at(&acting, id).await?;
    let reader = acting.reader().await?;
    let (cluster, _) = contacts::may_add(&acting.actor, reader, id)?;
    match contacts::add(&acting.app, &acting.actor, reader, &record, &sent).await {
        Ok(_) => Ok(back(id, "contact-added")),
        Err(Error::Invalid(problems)) => {
            let page = form(&acting, &sheet_of_new(&record, &cluster), &sent, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}

/// The cluster that a contact belongs to, which need not be the one acted for where the console changes it.
async fn cluster_of(acting: &Acting, contact: &Contact) -> Result<ClusterRef, Error> {
    let all = clusters(&acting.app.database).await?;
    all.into_iter()
        .find(|cluster| cluster.id == contact.cluster)
        .ok_or_else(|| Error::NotFound("this cluster".to_owned()))
}

fn sheet_of<'a>(contact: &'a Contact, cluster: &'a ClusterRef) -> Sheet<'a> {
    Sheet {
        action: format!("/contacts/{}/edit", contact.id),
        organisation: contact.organisation,
        organisation_name: organisation_name(contact),
        cluster,
        contact: Some(contact),
        own: false,
    }
}

async fn edit(acting: Acting, Path(id): Path<ContactId>) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let contact = contacts::one_to_change(&acting.app, &acting.actor, reader, id).await?;
    if contact.kept_by == KeptBy::Person {
        return Ok(Redirect::to(&format!("/organisations/{}/contacts/own", contact.organisation)).into_response());
    }
    let cluster = cluster_of(&acting, &contact).await?;
    Ok(form(&acting, &sheet_of(&contact, &cluster), &Form::of(&contact), &[], &[]).await?.into_response())
}

async fn save(acting: Acting, Path(id): Path<ContactId>, Sent(sent): Sent<Form>) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let contact = contacts::one_to_change(&acting.app, &acting.actor, reader, id).await?;
    let cluster = cluster_of(&acting, &contact).await?;
    match contacts::change(&acting.app, &acting.actor, reader, &cluster, &contact, &sent).await {
        Ok(()) => Ok(back(contact.organisation, "contact-saved")),
        Err(Error::Invalid(problems)) => {
            let page = form(&acting, &sheet_of(&contact, &cluster), &sent, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(Error::Clash(_)) => {
            let theirs = contacts::one_to_change(&acting.app, &acting.actor, reader, id).await?;
            let differences = differences(&acting, &sent, &Form::of(&theirs));
            // Sent again with the new revision, the form is a decision taken with both versions in sight.
            let sent = Form { revision: theirs.revision, ..sent };
            let page = form(&acting, &sheet_of(&theirs, &cluster), &sent, &[], &differences).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(error) => Err(error),
    }
}

fn differences(acting: &Acting, yours: &Form, theirs: &Form) -> Vec<Difference> {
    Field::ALL
        .into_iter()
        .filter(|field| yours.value(*field).trim() != theirs.value(*field).trim())
        .map(|field| Difference {
            label: acting.say(field.label_key()),
            yours: yours.value(field).to_owned(),
            theirs: theirs.value(field).to_owned(),
        })
        .collect()
}

async fn delete(acting: Acting, Path(id): Path<ContactId>) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let contact = contacts::delete(&acting.app, &acting.actor, reader, id).await?;
    Ok(back(contact.organisation, "contact-deleted"))
}

async fn restore(acting: Acting, Path(id): Path<ContactId>) -> Result<Response, Error> {
    let reader = acting.reader().await?;
    let contact = contacts::restore(&acting.app, &acting.actor, reader, id).await?;
    Ok(back(contact.organisation, "contact-restored"))
}

async fn own(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Html<String>, Error> {
    let record = record_at(&acting, id).await?;
    let reader = acting.reader().await?;
    let (cluster, _) = contacts::may_add(&acting.actor, reader, id)?;
    let account = own_account_of(&acting.app.database, &acting.actor).await?;
    let refused = Error::Refused { reason: "refused-other-organisation", sign_in: false };
    let account = account.filter(|_| reader.speaks_for().is_some()).ok_or(refused)?;
    let there = contacts::of_organisation(&acting.app, &acting.actor, reader, id).await?;
    let there = there.into_iter().map(|(contact, _)| contact).find(|contact| contact.person == Some(account.id.0));
    let mut filled = there.as_ref().map(Form::of).unwrap_or_default();
    filled.name = there.and_then(|contact| contact.values.name).unwrap_or(account.name);
    filled.email = account.email.unwrap_or_default();
    // Nothing is shown until its owner says to whom.
    for audience in [
        &mut filled.name_audience,
        &mut filled.function_audience,
        &mut filled.email_audience,
        &mut filled.telephone_audience,
        &mut filled.languages_audience,
    ] {
        if audience.is_empty() {
            *audience = HIDDEN.to_owned();
        }
    }
    form(&acting, &sheet_of_own(&record, &cluster), &filled, &[], &[]).await
}

fn sheet_of_own<'a>(record: &Record, cluster: &'a ClusterRef) -> Sheet<'a> {
    let action = format!("/organisations/{}/contacts/own", record.organisation.id);
    Sheet { action, own: true, ..sheet_of_new(record, cluster) }
}

async fn show_own(acting: Acting, Path(id): Path<OrganisationId>, Sent(sent): Sent<Form>) -> Result<Response, Error> {
    let record = record_at(&acting, id).await?;
    let reader = acting.reader().await?;
    let (cluster, _) = contacts::may_add(&acting.actor, reader, id)?;
    let wording = acting.say("contact-own-consent");
    match contacts::show_own(&acting.app, &acting.actor, reader, id, &sent, &wording).await {
        Ok(()) => Ok(back(id, "contact-own-saved")),
        Err(Error::Invalid(problems)) => {
            let page = form(&acting, &sheet_of_own(&record, &cluster), &sent, &problems, &[]).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error),
    }
}
