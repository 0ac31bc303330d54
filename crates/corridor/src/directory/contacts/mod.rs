//! Contacts: people at organisations as a cluster knows them, every field with its own audience.
//!
//! The team of a cluster keeps contacts, who speaks for an organisation keeps those of the organisation as it shows them to
//! the cluster acted for, and somebody with an account may show it there. All of it is private to the team until
//! somebody says otherwise, beside the field.

pub mod api;
mod holding;
mod jobs;
mod model;
pub mod pages;
mod store;
mod table;

pub use holding::ContactHolding;
pub use jobs::ForgetContact;
pub use model::{CHANNELS, Change, Contact, ContactId, Field, Fields, Form, HIDDEN, KeptBy};

use serde_json::json;

use super::{
    OrganisationId,
    record::Record,
    trail::{Trace, tell},
};
use crate::{
    accounts::{
        Action, Actor, ClusterId, ClusterRef, Resource, decide, keep_reading, own_account_of,
        visibility::{Circle, Reader},
    },
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        jobs as later,
        personal::{self, Basis, BasisEntry, Disclosed, Disclosure, Event, Proof, Reading, Subject, Way},
        time::Timestamp,
    },
};

/// How many contacts a page of a list has.
pub const PAGE: i64 = 25;
/// The most contacts of one export.
const MOST: i64 = 10_000;
/// How many days a contact that was deleted can be brought back.
pub const KEPT_DAYS: i64 = 7;

/// What is selected among contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Selection {
    /// Words: of a name, a function, an address, an organisation.
    pub q: String,
    /// Kinds of organisation.
    pub kind: Vec<String>,
    /// Countries of organisations, two letters.
    pub country: Vec<String>,
    /// Competences of organisations, as concept ids.
    pub concept: Vec<String>,
    /// The page, from 1.
    pub page: i64,
}

/// A page of contacts.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The contacts.
    pub contacts: Vec<Contact>,
    /// How many there are in all.
    pub total: i64,
    /// The page, from 1.
    pub page: i64,
}

impl Listed {
    /// How many pages there are.
    pub fn pages(&self) -> i64 {
        self.total.max(1).div_euclid(PAGE) + i64::from(self.total.max(1).rem_euclid(PAGE) > 0)
    }
}

/// A page of the contacts that the reader sees.
async fn list(app: &App, actor: &Actor, reader: &Reader, asked: &Selection) -> Result<Listed, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    let page = asked.page.clamp(1, MOST);
    let (contacts, total) = store::list(&app.database, reader, asked, PAGE, (page - 1) * PAGE).await?;
    Ok(Listed { contacts, total, page })
}

/// How many contacts the reader sees at organisations of each kind, and in each country.
pub async fn facets(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    asked: &Selection,
) -> Result<[Vec<(String, i64)>; 2], Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    let kinds = Selection { kind: Vec::new(), ..asked.clone() };
    let countries = Selection { country: Vec::new(), ..asked.clone() };
    Ok([
        store::facets(&app.database, reader, &kinds, "kind").await?,
        store::facets(&app.database, reader, &countries, "country").await?,
    ])
}

/// Contacts as the actor reads them.
fn reading(app: &App, actor: &Actor, way: Way, asked: &Selection, shown: usize, total: i64) -> Result<Reading, Error> {
    Ok(Reading {
        at: app.clock.now(),
        reader: actor.person(),
        cluster: actor.cluster().map(|cluster| cluster.id.0),
        kind: KIND,
        way,
        filter: serde_json::to_value(asked).map_err(anyhow::Error::from)?,
        shown,
        total: usize::try_from(total).unwrap_or(0),
    })
}

/// A copy of contacts that leaves the program: noted in the trail, and for each of them in the log of disclosures, so
/// that an erasure can follow it.
async fn hand_over(app: &App, actor: &Actor, reading: Reading, contacts: &[Contact]) -> Result<(), Error> {
    if !reading.is_kept() {
        return Ok(());
    }
    let recipient = match actor {
        Actor::Person { name, .. } => name.clone(),
        _ => "console".to_owned(),
    };
    let whose: Vec<Disclosed> = contacts
        .iter()
        .map(|contact| Disclosed { subject: subject_of(contact), kind: KIND, datum: contact.id.to_string() })
        .collect();
    transact!(app.database, transaction => {
        let disclosure = Disclosure {
            at: reading.at,
            channel: reading.way.key(),
            purpose: "/contacts",
            recipient: &recipient,
            recipient_person: reading.reader,
            recipient_email: None,
            cluster: reading.cluster,
        };
        personal::disclose(transaction, &disclosure, &whose).await?;
        reading.keep(transaction).await
    })
}

/// The kind of record, in the trail and in the log of legal bases.
pub const KIND: &str = "contact";

fn subject_of(contact: &Contact) -> Subject {
    let known = Subject::default().with_person(contact.person).with_address(contact.values.email.as_deref());
    known.with_name(contact.values.name.as_deref())
}

/// All contacts that the reader sees and the selection holds, to be taken away. An entry of the trail.
pub async fn export(app: &App, actor: &Actor, reader: &Reader, asked: &Selection) -> Result<Vec<Contact>, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    let (contacts, total) = store::list(&app.database, reader, asked, MOST, 0).await?;
    let reading = reading(app, actor, Way::Export, asked, contacts.len(), total)?;
    hand_over(app, actor, reading, &contacts).await?;
    Ok(contacts)
}

/// A page for a program.
pub async fn list_for_program(app: &App, actor: &Actor, reader: &Reader, asked: &Selection) -> Result<Listed, Error> {
    let listed = list(app, actor, reader, asked).await?;
    let reading = reading(app, actor, Way::Program, asked, listed.contacts.len(), listed.total)?;
    hand_over(app, actor, reading, &listed.contacts).await?;
    Ok(listed)
}

/// A page for somebody's screen.
pub async fn list_on_screen(app: &App, actor: &Actor, reader: &Reader, asked: &Selection) -> Result<Listed, Error> {
    let listed = list(app, actor, reader, asked).await?;
    keep_reading(app, reading(app, actor, Way::Screen, asked, listed.contacts.len(), listed.total)?);
    Ok(listed)
}

/// The contacts at an organisation that the reader sees, and for each where else somebody with its address is one.
pub async fn of_organisation(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    organisation: OrganisationId,
) -> Result<Vec<(Contact, Vec<Contact>)>, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    let contacts = store::of_organisation(&app.database, reader, organisation).await?;
    let emails: Vec<&str> = contacts.iter().filter_map(|contact| contact.values.email.as_deref()).collect();
    let others = store::with_addresses(&app.database, reader, &emails).await?;
    Ok(contacts
        .into_iter()
        .map(|contact| {
            let same = |other: &&Contact| {
                contact.values.email.is_some()
                    && other.values.email == contact.values.email
                    && other.organisation != contact.organisation
            };
            let elsewhere = others.iter().filter(same).cloned().collect();
            (contact, elsewhere)
        })
        .collect())
}

/// The contacts with an address at organisations, as far as the reader sees them: to whom a letter could go.
///
/// # Errors
/// When the actor reads no contacts.
pub async fn reachable(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    organisations: &[OrganisationId],
) -> Result<Vec<Contact>, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    if organisations.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::with_address_at(&app.database, reader, organisations).await?;
    let (asked, total) = (Selection::default(), i64::try_from(found.len()).unwrap_or(i64::MAX));
    keep_reading(app, reading(app, actor, Way::Screen, &asked, found.len(), total)?);
    Ok(found)
}

/// Notes that contacts were handed on to another cluster of the instance, so that an erasure can follow them.
///
/// # Errors
/// When the database fails.
pub async fn hand_on(
    transaction: &mut Transaction,
    actor: &Actor,
    (recipient, purpose): (&str, &str),
    contacts: &[Contact],
    now: Timestamp,
) -> Result<(), Error> {
    if contacts.is_empty() {
        return Ok(());
    }
    let whose: Vec<Disclosed> = contacts
        .iter()
        .map(|contact| Disclosed { subject: subject_of(contact), kind: KIND, datum: contact.id.to_string() })
        .collect();
    let disclosure = Disclosure {
        at: now,
        channel: "cluster",
        purpose,
        recipient,
        recipient_person: None,
        recipient_email: None,
        cluster: actor.cluster().map(|cluster| cluster.id.0),
    };
    personal::disclose(transaction, &disclosure, &whose).await?;
    Ok(())
}

/// Contacts for a field that suggests.
pub async fn suggest(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    typed: &str,
    limit: usize,
) -> Result<Vec<Contact>, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    if super::model::plain(typed).is_empty() {
        return Ok(Vec::new());
    }
    let asked = Selection { q: typed.to_owned(), ..Selection::default() };
    Ok(store::list(&app.database, reader, &asked, limit as i64, 0).await?.0)
}

/// A contact that the reader sees.
///
/// # Errors
/// [`Error::NotFound`] where they see nothing of it, whether it is there or not.
pub async fn one(app: &App, actor: &Actor, reader: &Reader, id: ContactId) -> Result<Contact, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    store::one(&app.database, reader, id, false).await?.ok_or_else(|| unknown(id))
}

fn unknown(id: ContactId) -> Error {
    Error::NotFound(format!("the contact {id}"))
}

/// A contact that the actor may change.
///
/// # Errors
/// [`Error::NotFound`] where they see nothing of it, [`Error::Refused`] where somebody else keeps it.
pub async fn one_to_change(app: &App, actor: &Actor, reader: &Reader, id: ContactId) -> Result<Contact, Error> {
    decide(actor, Action::EditContacts, Resource::Instance)?;
    let contact = one(app, actor, reader, id).await?;
    if contact.may_be_changed_by(actor, reader) {
        Ok(contact)
    } else {
        Err(Error::Refused { reason: "refused-contact", sign_in: false })
    }
}

/// For which cluster, and as whom, the actor may write contacts of an organisation.
pub fn may_add(actor: &Actor, reader: &Reader, organisation: OrganisationId) -> Result<(ClusterRef, KeptBy), Error> {
    let no_cluster = Error::Refused { reason: "refused-no-cluster", sign_in: false };
    decide(actor, Action::EditContacts, Resource::Instance)?;
    let cluster = actor.cluster().cloned().ok_or(no_cluster)?;
    decide(actor, Action::EditContacts, Resource::Cluster(cluster.id))?;
    if reader.is_team_of(cluster.id) {
        return Ok((cluster, KeptBy::Cluster));
    }
    match reader.speaks_for() {
        Some((_, own)) if own == organisation.0 => Ok((cluster, KeptBy::Organisation)),
        _ => Err(Error::Refused { reason: "refused-other-organisation", sign_in: false }),
    }
}

fn told(change: &Change) -> serde_json::Value {
    json!({ "values": change.values, "audiences": change.audiences })
}

fn trace<'a>(id: &'a ContactId, cluster: ClusterId, name: &'a str) -> Trace<'a> {
    Trace { kind: KIND, id, cluster, name }
}

/// What the log of legal bases notes for a contact.
fn basis_entry(
    actor: &Actor,
    id: ContactId,
    cluster: uuid::Uuid,
    basis: Basis,
    proof: Proof,
    now: Timestamp,
) -> BasisEntry {
    BasisEntry {
        at: now,
        kind: KIND.to_owned(),
        id: id.to_string(),
        field: String::new(),
        event: if basis == Basis::Consent { Event::Given } else { Event::Recorded },
        basis,
        proof,
        entered_by: actor.person(),
        cluster: Some(cluster),
    }
}

fn known_by(channel: &str) -> Proof {
    Proof { channel: channel.to_owned(), ..Proof::default() }
}

/// Writes a contact of an organisation.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn add(app: &App, actor: &Actor, reader: &Reader, record: &Record, form: &Form) -> Result<ContactId, Error> {
    let organisation = record.organisation.id;
    let (cluster, kept_by) = may_add(actor, reader, organisation)?;
    let circle = Circle::of(&app.database, &cluster).await?;
    let change = model::read(form, true, |audience| circle.may_choose(audience)).map_err(Error::Invalid)?;
    let now = app.clock.now();
    let new = store::New { id: ContactId::new(), cluster: cluster.id, organisation, kept_by, person: None };
    let name = named(&change);
    transact!(app.database, transaction => {
        store::put(transaction, &new, &change, now).await?;
        if let Some(basis) = change.basis {
            let entry = basis_entry(actor, new.id, cluster.id.0, basis, known_by(&change.known_by), now);
            personal::record_basis(transaction, &entry).await?;
        }
        let after = told(&change);
        tell(transaction, actor, now, "create", trace(&new.id, cluster.id, &name), (serde_json::Value::Null, after)).await
    })?;
    Ok(new.id)
}

fn named(change: &Change) -> String {
    let values = [&change.values.name, &change.values.function, &change.values.email];
    values.into_iter().flatten().next().cloned().unwrap_or_default()
}

/// Changes a contact.
///
/// # Errors
/// [`Error::Clash`] when somebody else changed it since; [`Error::Invalid`] with the fields that cannot be used.
pub async fn change(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    cluster: &ClusterRef,
    contact: &Contact,
    form: &Form,
) -> Result<(), Error> {
    one_to_change(app, actor, reader, contact.id).await?;
    if contact.kept_by == KeptBy::Person {
        return Err(Error::Refused { reason: "refused-contact", sign_in: false });
    }
    let circle = Circle::of(&app.database, cluster).await?;
    let kept = |audience: &_| Field::ALL.into_iter().any(|field| contact.audiences.get(field) == audience);
    let change = model::read(form, false, |audience| circle.may_choose(audience) || kept(audience));
    let change = change.map_err(Error::Invalid)?;
    let now = app.clock.now();
    let before = json!({ "values": contact.values, "audiences": contact.audiences });
    let (after, name) = (told(&change), named(&change));
    transact!(app.database, transaction => {
        if !store::change(transaction, (contact.cluster, contact.id), form.revision, &change, now).await? {
            return Err(Error::Clash("this contact; nothing of yours was written".to_owned()));
        }
        if let Some(basis) = change.basis {
            let entry = basis_entry(actor, contact.id, contact.cluster.0, basis, known_by(&change.known_by), now);
            personal::record_basis(transaction, &entry).await?;
        }
        let what = trace(&contact.id, contact.cluster, &name);
        tell(transaction, actor, now, "correct", what, (before.clone(), after.clone())).await
    })
}

/// Puts a contact aside; it can be brought back for some days, then it is gone.
pub async fn delete(app: &App, actor: &Actor, reader: &Reader, id: ContactId) -> Result<Contact, Error> {
    let contact = one_to_change(app, actor, reader, id).await?;
    let now = app.clock.now();
    let before = json!({ "values": contact.values, "audiences": contact.audiences });
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, (contact.cluster, id), Some(now)).await? {
            return Err(unknown(id));
        }
        let gone_at = now.plus_seconds(KEPT_DAYS * 24 * 3600);
        later::schedule::<App, _>(transaction, &ForgetContact { contact: id, deleted_at: now }, gone_at).await?;
        let what = trace(&id, contact.cluster, contact.shown_name());
        tell(transaction, actor, now, "delete", what, (before.clone(), serde_json::Value::Null)).await
    })?;
    app.jobs.notify_one();
    Ok(contact)
}

/// What the reader's team deleted and can still bring back.
pub async fn deleted(app: &App, actor: &Actor, reader: &Reader) -> Result<Vec<Contact>, Error> {
    decide(actor, Action::EditContacts, Resource::Instance)?;
    let all = store::deleted(&app.database, reader).await?;
    Ok(all.into_iter().filter(|contact| contact.may_be_changed_by(actor, reader)).collect())
}

/// Brings a deleted contact back.
pub async fn restore(app: &App, actor: &Actor, reader: &Reader, id: ContactId) -> Result<Contact, Error> {
    decide(actor, Action::EditContacts, Resource::Instance)?;
    let contact = store::one(&app.database, reader, id, true).await?.ok_or_else(|| unknown(id))?;
    if !contact.may_be_changed_by(actor, reader) {
        return Err(unknown(id));
    }
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, (contact.cluster, id), None).await? {
            return Err(unknown(id));
        }
        let what = trace(&id, contact.cluster, contact.shown_name());
        tell(transaction, actor, now, "restore", what, (serde_json::Value::Null, serde_json::Value::Null)).await
    })?;
    Ok(contact)
}

/// Shows one's own account at the organisation one speaks for, field by field; with nothing shown, the entry goes.
///
/// `wording` is the sentence beside the button, which says what pressing it means: the consent.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn show_own(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    organisation: OrganisationId,
    form: &Form,
    wording: &str,
) -> Result<(), Error> {
    let (cluster, own) = may_add(actor, reader, organisation)?;
    let refused = Error::Refused { reason: "refused-other-organisation", sign_in: false };
    let Some(account) = own_account_of(&app.database, actor).await?.filter(|_| own == KeptBy::Organisation) else {
        return Err(refused);
    };
    let person = account.id;
    let circle = Circle::of(&app.database, &cluster).await?;
    // One's own address is the one that was proved to be.
    let email = account.email.unwrap_or_default();
    let form = Form { email, basis: Basis::Consent.key().to_owned(), known_by: "page".to_owned(), ..form.clone() };
    let change = model::read(&form, true, |audience| circle.may_choose(audience)).map_err(Error::Invalid)?;
    let now = app.clock.now();
    let nothing = Field::ALL.into_iter().all(|field| change.values.get(field).is_none());
    let (after, name) = (told(&change), named(&change));
    transact!(app.database, transaction => {
        let there = store::of_person(transaction, cluster.id, organisation, person.0).await?;
        if let Some(id) = there {
            store::remove_own(transaction, id, person.0).await?;
        }
        let id = there.unwrap_or_else(ContactId::new);
        if nothing && there.is_none() {
            return Ok(());
        }
        let mut entry =
            basis_entry(actor, id, cluster.id.0, Basis::Consent, Proof { wording: wording.to_owned(), ..known_by("page") }, now);
        let verb = if nothing {
            entry.event = Event::Withdrawn;
            "hide_account"
        } else {
            let new = store::New { id, cluster: cluster.id, organisation, kept_by: KeptBy::Person, person: Some(person) };
            store::put(transaction, &new, &change, now).await?;
            "show_account"
        };
        personal::record_basis(transaction, &entry).await?;
        tell(transaction, actor, now, verb, trace(&id, cluster.id, &name), (serde_json::Value::Null, after.clone())).await
    })
}
