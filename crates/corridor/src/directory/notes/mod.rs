//! Notes: what a cluster notes about an organisation, for its team until somebody says otherwise.

mod holding;
mod jobs;
pub mod pages;
mod store;

pub use holding::NoteHolding;
pub use jobs::ForgetNote;

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    OrganisationId,
    contacts::KEPT_DAYS,
    record::Record,
    trail::{Trace, tell},
};
use crate::{
    accounts::{
        Action, Actor, ClusterId, ClusterRef, Resource, decide,
        visibility::{Audience, Circle, Reader},
    },
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        jobs as later,
    },
};

id! {
    /// A note.
    NoteId
}

/// The kind of record, in the trail.
pub const KIND: &str = "note";
/// The longest note.
const LONGEST: usize = 4000;

/// A note that the reader sees.
#[derive(Clone, Debug, Serialize, sqlx::FromRow, utoipa::ToSchema)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The cluster that it belongs to.
    pub cluster_id: ClusterId,
    /// What the cluster is called.
    pub cluster: String,
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// What it says.
    pub text: String,
    /// Who sees it.
    #[sqlx(try_from = "String")]
    #[serde(skip)]
    pub audience: Audience,
    /// Who wrote it.
    #[serde(skip)]
    pub author_id: Option<Uuid>,
    /// The revision.
    #[serde(skip)]
    pub revision: i64,
    /// When it was written; microseconds.
    pub created_at: i64,
    /// When it was last changed; microseconds.
    pub updated_at: i64,
}

/// The form as it was sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Form {
    /// The revision that the person saw.
    pub revision: i64,
    /// The text.
    pub text: String,
    /// Who sees it.
    pub audience: String,
}

/// Reads the form.
///
/// # Errors
/// The fields that cannot be used.
fn read(form: &Form, may_choose: impl Fn(&Audience) -> bool) -> Result<(String, Audience), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        let value = value.chars().take(200).collect();
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value });
    };
    let text: String = form.text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    let text = text.trim().to_owned();
    if text.is_empty() {
        wrong("text", "note-problem-empty", "");
    } else if text.chars().count() > LONGEST {
        wrong("text", "directory-problem-too-long", &text);
    }
    let audience = if form.audience.is_empty() { Ok(Audience::Team) } else { Audience::from_str(&form.audience) };
    let audience = audience.ok().filter(|audience| may_choose(audience));
    if audience.is_none() {
        wrong("audience", "contact-problem-audience", &form.audience);
    }
    match audience {
        Some(audience) if problems.is_empty() => Ok((text, audience)),
        _ => Err(problems),
    }
}

/// The notes on an organisation that the reader sees, newest first.
pub async fn of_organisation(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    organisation: OrganisationId,
) -> Result<Vec<Note>, Error> {
    decide(actor, Action::ReadContacts, Resource::Instance)?;
    store::of_organisation(&app.database, reader, organisation).await
}

fn unknown(id: NoteId) -> Error {
    Error::NotFound(format!("the note {id}"))
}

/// For which cluster the actor writes notes.
fn own_cluster(actor: &Actor) -> Result<ClusterRef, Error> {
    decide(actor, Action::EditNotes, Resource::Instance)?;
    let refused = Error::Refused { reason: "refused-no-cluster", sign_in: false };
    let cluster = actor.cluster().cloned().ok_or(refused)?;
    decide(actor, Action::EditNotes, Resource::Cluster(cluster.id))?;
    Ok(cluster)
}

/// A note that the actor may change: one of the own cluster.
///
/// # Errors
/// [`Error::NotFound`] where they see nothing of it, [`Error::Refused`] where it is another cluster's.
pub async fn one_to_change(app: &App, actor: &Actor, reader: &Reader, id: NoteId) -> Result<Note, Error> {
    decide(actor, Action::EditNotes, Resource::Instance)?;
    let note = store::one(&app.database, reader, id, false).await?.ok_or_else(|| unknown(id))?;
    decide(actor, Action::EditNotes, Resource::Cluster(note.cluster_id))?;
    Ok(note)
}

fn trace<'a>(id: &'a NoteId, cluster: ClusterId, name: &'a str) -> Trace<'a> {
    Trace { kind: KIND, id, cluster, name }
}

/// Writes a note on an organisation.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn add(app: &App, actor: &Actor, record: &Record, form: &Form) -> Result<NoteId, Error> {
    let cluster = own_cluster(actor)?;
    let circle = Circle::of(&app.database, &cluster).await?;
    let (text, audience) = read(form, |audience| circle.may_choose(audience)).map_err(Error::Invalid)?;
    let (id, now, about) = (NoteId::new(), app.clock.now(), record.shown_name());
    transact!(app.database, transaction => {
        let place = (cluster.id, id, record.organisation.id);
        store::put(transaction, place, (&text, &audience), actor.person(), now).await?;
        let after = json!({ "text": text, "audience": audience });
        tell(transaction, actor, now, "create", trace(&id, cluster.id, &about), (serde_json::Value::Null, after)).await
    })?;
    Ok(id)
}

/// Changes a note.
///
/// # Errors
/// [`Error::Clash`] when somebody else changed it since; [`Error::Invalid`] with the fields that cannot be used.
pub async fn change(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    (note, about): (&Note, &str),
    form: &Form,
) -> Result<(), Error> {
    one_to_change(app, actor, reader, note.id).await?;
    let cluster = own_cluster(actor)?;
    let circle = Circle::of(&app.database, &cluster).await?;
    let chosen = read(form, |audience| circle.may_choose(audience) || *audience == note.audience);
    let (text, audience) = chosen.map_err(Error::Invalid)?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::change(transaction, note.id, form.revision, (&text, &audience), now).await? {
            return Err(Error::Clash("this note; nothing of yours was written".to_owned()));
        }
        let before = json!({ "text": note.text, "audience": note.audience });
        let after = json!({ "text": text, "audience": audience });
        tell(transaction, actor, now, "correct", trace(&note.id, note.cluster_id, about), (before, after)).await
    })
}

/// Puts a note aside; it can be brought back for some days, then it is gone.
pub async fn delete(app: &App, actor: &Actor, reader: &Reader, id: NoteId) -> Result<Note, Error> {
    let note = one_to_change(app, actor, reader, id).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, id, Some(now)).await? {
            return Err(unknown(id));
        }
        let gone_at = now.plus_seconds(KEPT_DAYS * 24 * 3600);
        later::schedule::<App, _>(transaction, &ForgetNote { note: id, deleted_at: now }, gone_at).await?;
        let before = json!({ "text": note.text, "audience": note.audience });
        tell(transaction, actor, now, "delete", trace(&id, note.cluster_id, ""), (before, serde_json::Value::Null)).await
    })?;
    app.jobs.notify_one();
    Ok(note)
}

/// Brings a deleted note back.
pub async fn restore(app: &App, actor: &Actor, reader: &Reader, id: NoteId) -> Result<Note, Error> {
    decide(actor, Action::EditNotes, Resource::Instance)?;
    let note = store::one(&app.database, reader, id, true).await?.ok_or_else(|| unknown(id))?;
    decide(actor, Action::EditNotes, Resource::Cluster(note.cluster_id)).map_err(|_| unknown(id))?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, id, None).await? {
            return Err(unknown(id));
        }
        let nothing = (serde_json::Value::Null, serde_json::Value::Null);
        tell(transaction, actor, now, "restore", trace(&id, note.cluster_id, ""), nothing).await
    })?;
    Ok(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_private_to_the_team_until_somebody_says_otherwise() {
        let form = |text: &str, audience: &str| Form {
            text: text.to_owned(),
            audience: audience.to_owned(),
            ..Form::default()
        };
        assert_eq!(read(&form(" Met at BIO. ", ""), |_| true), Ok(("Met at BIO.".to_owned(), Audience::Team)));
        assert_eq!(read(&form("x", "public"), |_| true).unwrap().1, Audience::Public);
        let fields = |form: &Form| -> Vec<String> {
            read(form, |_| false).unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(fields(&form(" \u{1}", "everybody")), ["text", "audience"]);
        assert_eq!(fields(&form("x", "members")), ["audience"]);
    }
}
