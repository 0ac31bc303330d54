//! Documents of organisations as a cluster keeps them: where they are, from when until when they count, who stated them.
//!
//! What is said of an organisation itself (an equality plan, a declaration of its size) counts in every draft of the
//! cluster; a letter belongs to one draft, which stands to the right of here and is known by its id alone.

mod files;
mod holding;
mod jobs;
mod model;
pub mod pages;
mod store;

pub use files::{File, LARGEST, Received, receive};
pub use holding::DocumentHolding;
pub use jobs::ForgetDocument;
pub use model::{DocumentForm, DocumentKind, EXPIRING_DAYS, Standing, Stated, StatedBy, read, standing};

use serde_json::json;
use uuid::Uuid;

use super::{
    OrganisationId,
    contacts::KEPT_DAYS,
    trail::{Trace, tell},
};
use crate::{
    accounts::{Action, Actor, ClusterId, Resource, cluster, decide},
    foundation::{
        database::Database,
        errors::{Error, FieldProblem},
        instance::App,
        jobs as later,
        time::{Day, Timestamp},
    },
};

id! {
    /// A document of an organisation.
    DocumentId
}

/// The kind of record, in the trail.
pub const KIND: &str = "document";

/// A document that somebody may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// The cluster that keeps it.
    pub cluster: ClusterId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The draft it is written for.
    pub draft: Option<Uuid>,
    /// Its kind.
    pub kind: DocumentKind,
    /// What it is called beside its kind.
    pub title: String,
    /// When it was signed or adopted.
    pub issued_on: Option<Day>,
    /// Until when it counts.
    pub valid_until: Option<Day>,
    /// Where it can be read.
    pub link: Option<String>,
    /// Who stated it.
    pub stated_by: StatedBy,
    /// By whom, where that may be said.
    pub person: Option<String>,
    /// When it was stated.
    pub created_at: Timestamp,
    /// The name and size of its file, where one is kept.
    pub file: Option<(String, i64)>,
}

impl Document {
    /// How it stands on a day.
    pub fn standing(&self, day: Day) -> Standing {
        standing(self.issued_on, self.valid_until, day)
    }
}

/// Which documents somebody may handle. Whoever makes one has decided that they may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Those of the team's cluster.
    Team(ClusterId),
    /// Those that a cluster keeps of one organisation, as it works on one draft.
    Organisation {
        /// The cluster.
        cluster: ClusterId,
        /// The organisation.
        organisation: OrganisationId,
        /// The draft.
        draft: Uuid,
    },
}

impl Reach {
    /// The reach of the team of a cluster.
    ///
    /// # Errors
    /// When the actor is not of one, or may not do this there.
    pub fn team(actor: &Actor, action: Action) -> Result<Self, Error> {
        decide(actor, action, Resource::Instance)?;
        let refused = Error::Refused { reason: "refused-no-cluster", sign_in: false };
        let cluster = actor.cluster().ok_or(refused)?.id;
        decide(actor, action, Resource::Cluster(cluster))?;
        Ok(Reach::Team(cluster))
    }

    /// The cluster whose documents they are.
    pub fn cluster(&self) -> ClusterId {
        match self {
            Reach::Team(cluster) | Reach::Organisation { cluster, .. } => *cluster,
        }
    }

    /// As whom somebody of this reach states something.
    fn states(&self) -> StatedBy {
        match self {
            Reach::Team(_) => StatedBy::Team,
            Reach::Organisation { .. } => StatedBy::Organisation,
        }
    }

    /// Whether a document is within it.
    fn reaches(&self, document: &Document) -> bool {
        match self {
            Reach::Team(cluster) => document.cluster == *cluster,
            Reach::Organisation { cluster, organisation, draft } => {
                document.cluster == *cluster
                    && document.organisation == *organisation
                    && document.draft.is_none_or(|of| of == *draft)
            }
        }
    }

    /// Whether whoever has it may take a document away: the team any, an organisation what it stated itself.
    pub fn may_remove(&self, document: &Document) -> bool {
        self.reaches(document) && (self.states() == StatedBy::Team || document.stated_by == StatedBy::Organisation)
    }
}

fn unknown(id: DocumentId) -> Error {
    Error::NotFound(format!("the document {id}"))
}

/// The documents of organisations within reach, newest first: of letters those of `draft` alone.
///
/// # Errors
/// When the database fails.
pub async fn of_organisations(
    app: &App,
    reach: &Reach,
    organisations: &[OrganisationId],
    draft: Option<Uuid>,
) -> Result<Vec<Document>, Error> {
    let mut found = store::of_organisations(&app.database, reach.cluster(), organisations).await?;
    found.retain(|document| reach.reaches(document) && document.draft.is_none_or(|of| Some(of) == draft));
    Ok(found)
}

/// All documents that a cluster keeps of organisations, letters of every draft among them: for rules, not to be shown.
///
/// # Errors
/// When the database fails.
pub async fn kept_by(
    database: &Database,
    cluster: ClusterId,
    organisations: &[OrganisationId],
) -> Result<Vec<Document>, Error> {
    store::of_organisations(database, cluster, organisations).await
}

/// A document within reach.
///
/// # Errors
/// [`Error::NotFound`] for every other one, whether there is such a document or not.
pub async fn one(app: &App, reach: &Reach, id: DocumentId) -> Result<Document, Error> {
    store::one(&app.database, reach, id, false).await?.ok_or_else(|| unknown(id))
}

/// The file of a document within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none within reach.
pub async fn file(app: &App, reach: &Reach, id: DocumentId) -> Result<File, Error> {
    let document = one(app, reach, id).await?;
    store::file(&app.database, document.cluster, id).await?.ok_or_else(|| unknown(id))
}

/// What is told of a document in the trail.
fn told(stated: &Stated, by: StatedBy, file: Option<&File>) -> serde_json::Value {
    json!({
        "kind": stated.kind.key(),
        "title": stated.title,
        "issued_on": stated.issued_on,
        "valid_until": stated.valid_until,
        "link": stated.link,
        "stated_by": by,
        "file": file.map(|file| file.name.as_str()),
        "digest": file.map(File::digest),
    })
}

fn trace<'a>(id: &'a DocumentId, cluster: ClusterId, name: &'a str) -> Trace<'a> {
    Trace { kind: KIND, id, cluster, name }
}

/// Whose document is stated, and for which draft the form stands.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name, for the trail.
    pub name: &'a str,
    /// The draft on whose page the form was; a letter is kept with it.
    pub draft: Option<Uuid>,
}

/// Keeps a document as whoever has the reach states it.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn keep(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    about: About<'_>,
    received: Received,
) -> Result<DocumentId, Error> {
    let zone = cluster(&app.database, reach.cluster()).await?.settings.time_zone;
    let (now, today) = (app.clock.now(), app.clock.today(&zone));
    let form = DocumentForm::of(&received.fields);
    let stated = read(&form, received.file.is_some(), about.draft.is_some(), today);
    let mut problems = stated.as_ref().err().cloned().unwrap_or_default();
    let mut wrong = |message: &str, value: &str| {
        let value = value.chars().take(200).collect();
        problems.push(FieldProblem { field: "file".to_owned(), message: message.to_owned(), value });
    };
    let file = match received.file {
        // Whoever comes by may take a role of the demonstration: nobody leaves files there for others.
        Some((name, _)) if actor.is_of_the_demonstration() => {
            wrong("document-wrong-demonstration", &name);
            None
        }
        Some((name, bytes)) => {
            // Unpacking a hostile file may take a while: not on a thread that serves others.
            let sent = name.clone();
            let file = tokio::task::spawn_blocking(move || File::recognised(&sent, bytes)).await;
            let file = file.map_err(|error| Error::Unexpected(error.into()))?;
            if file.is_none() {
                wrong("document-wrong-file", &name);
            }
            file
        }
        None => None,
    };
    let (Ok(stated), true) = (stated, problems.is_empty()) else { return Err(Error::Invalid(problems)) };
    let id = DocumentId::new();
    let draft = about.draft.filter(|_| stated.kind.is_of_one_draft());
    let place = store::Place { cluster: reach.cluster(), organisation: about.organisation, draft };
    let ends = stated.valid_until.map(|day| zone.start_of(day).plus_seconds(24 * 3600));
    let counts_until = ends.map_or(now, |ends| ends.max(now));
    let by = reach.states();
    transact!(app.database, transaction => {
        store::put(transaction, id, &place, &stated, file.as_ref(), (by, actor.person()), (now, counts_until)).await?;
        let after = told(&stated, by, file.as_ref());
        let of = trace(&id, place.cluster, about.name);
        tell(transaction, actor, now, "create", of, (serde_json::Value::Null, after)).await
    })?;
    Ok(id)
}

/// Puts a document aside; it can be brought back for some days, then it is gone.
///
/// # Errors
/// [`Error::NotFound`] when it is not within reach; refused to an organisation that did not state it itself.
pub async fn remove(app: &App, actor: &Actor, reach: &Reach, id: DocumentId, about: &str) -> Result<Document, Error> {
    let document = one(app, reach, id).await?;
    if !reach.may_remove(&document) {
        return Err(Error::Refused { reason: "document-refused-of-team", sign_in: false });
    }
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, id, Some(now)).await? {
            return Err(unknown(id));
        }
        let gone_at = now.plus_seconds(KEPT_DAYS * 24 * 3600);
        later::schedule::<App, _>(transaction, &ForgetDocument { document: id, deleted_at: now }, gone_at).await?;
        let before = json!({
            "kind": document.kind.key(), "title": document.title, "issued_on": document.issued_on,
            "valid_until": document.valid_until, "link": document.link,
            "file": document.file.as_ref().map(|(name, _)| name),
        });
        let of = trace(&id, document.cluster, about);
        tell(transaction, actor, now, "delete", of, (before, serde_json::Value::Null)).await
    })?;
    app.jobs.notify_one();
    Ok(document)
}

/// Brings a deleted document back.
///
/// # Errors
/// [`Error::NotFound`] when there is none within reach that whoever asks might have taken away.
pub async fn restore(app: &App, actor: &Actor, reach: &Reach, id: DocumentId, about: &str) -> Result<Document, Error> {
    let found = store::one(&app.database, reach, id, true).await?;
    let document = found.filter(|document| reach.may_remove(document)).ok_or_else(|| unknown(id))?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::mark_deleted(transaction, id, None).await? {
            return Err(unknown(id));
        }
        let nothing = (serde_json::Value::Null, serde_json::Value::Null);
        tell(transaction, actor, now, "restore", trace(&id, document.cluster, about), nothing).await
    })?;
    Ok(document)
}
