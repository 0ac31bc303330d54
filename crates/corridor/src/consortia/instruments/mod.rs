//! Instruments: the rules in force, in plain words, and their versions that are written here.
//!
//! [`rulebook`] answers which rules hold on a day; everybody who reads rules asks it. [`publish`] adds a version of a file
//! once it is read, said in words and held against its vectors ([`judge`]); versions are never changed afterwards.

mod guided;
mod model;
pub mod pages;
pub(super) mod plain;
mod rulebook;
mod store;
mod topic_pages;
mod topics;

pub use model::{Document, Flaw, Judgement, VectorLine, beginning, judge};
pub use rulebook::{
    DayRules, Edition, InForce, Rulebook, TopicRules, Version, file_of, refresh, rulebook, rules_of, rules_of_today,
    shipped_text,
};
pub use store::HistoryLine;
pub use topics::{ChangeLine, LONGEST_CHANGES, TopicPage, change_topic, of_topic};

use std::sync::Arc;

use crate::{
    accounts::{Action, Actor, Resource, decide},
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        settings,
        time::Day,
    },
};

/// How often a version is judged anew because others were published in between.
const ATTEMPTS: usize = 4;
/// The longest reason.
const LONGEST_REASON: usize = 500;

/// A version that is to be published.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The TOML.
    pub text: String,
    /// Its vectors as JSON; nothing for sets.
    pub vectors: String,
    /// From which day on it holds.
    pub valid_from: Day,
    /// Why it is made.
    pub reason: String,
    /// The number of the newest version when the editor was opened.
    pub seen: i64,
}

fn may_edit(actor: &Actor) -> Result<(), Error> {
    decide(actor, Action::EditRules, Resource::Instance)
}

fn no_such_document(document: &Document) -> Error {
    Error::NotFound(format!("rules by the name {}", document.word()))
}

/// Whether there is anything under that name.
fn known(book: &Rulebook, document: &Document) -> bool {
    book.files().contains(&document.file())
}

/// Judges a changed file on a thread of its own: reading and running vectors keeps a core busy for a moment.
///
/// # Errors
/// When the actor may not edit rules.
pub async fn check(
    app: &App,
    actor: &Actor,
    document: &Document,
    proposed: &Proposed,
    language: Language,
) -> Result<Judgement, Error> {
    may_edit(actor)?;
    judged(rulebook(app), document.clone(), proposed.clone(), language).await
}

async fn judged(
    book: Arc<Rulebook>,
    document: Document,
    proposed: Proposed,
    language: Language,
) -> Result<Judgement, Error> {
    let judging = move || judge(&book, &document, &proposed.text, &proposed.vectors, proposed.valid_from, language);
    Ok(tokio::task::spawn_blocking(judging).await.map_err(anyhow::Error::from)?)
}

/// Publishes a version; answers its number.
///
/// # Errors
/// [`Error::Invalid`] while it is not green or nobody says why; [`Error::Clash`] when another version was published since.
pub async fn publish(app: &App, actor: &Actor, document: &Document, proposed: &Proposed) -> Result<i64, Error> {
    may_edit(actor)?;
    let reason: String = proposed.reason.trim().chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect();
    let problem = |field: &str, message: &str| {
        Error::Invalid(vec![FieldProblem {
            field: field.to_owned(),
            message: message.to_owned(),
            value: String::new(),
        }])
    };
    if reason.is_empty() {
        return Err(problem("reason", "rules-wrong-reason"));
    }
    let file = document.file();
    for _ in 0..ATTEMPTS {
        refresh(app).await?;
        let book = rulebook(app);
        if book.newest_number(&file) != proposed.seen {
            return Err(Error::Clash(format!("the rules {}", document.word())));
        }
        if !judged(book.clone(), document.clone(), proposed.clone(), Language::En).await?.is_green() {
            return Err(problem("text", "rules-wrong-not-green"));
        }
        let (now, person) = (app.clock.now(), actor.person());
        let edition = Edition {
            file: file.clone(),
            number: proposed.seen + 1,
            valid_from: proposed.valid_from,
            text: proposed.text.clone(),
            vectors: proposed.vectors.clone(),
        };
        let told = |edition: Option<&Edition>, text: Option<&str>| {
            serde_json::json!({
                "version": edition.map_or(0, |edition| edition.number),
                "valid_from": edition.map(|edition| edition.valid_from.to_string()),
                "text": text,
            })
        };
        let before = match book.text(&file, Some(proposed.valid_from)) {
            Some(text) => told(book.edition(&file, Some(proposed.valid_from)), Some(text)),
            None => serde_json::Value::Null,
        };
        let entry = audit::Entry {
            at: now,
            person,
            cluster: None,
            action: "publish",
            subject_kind: "rules",
            subject: document.href(),
            summary: format!("{}: {reason}", document.word()),
            before,
            after: told(Some(&edition), Some(&edition.text)),
        };
        let written = transact!(app.database, transaction => {
            // Judged beside what was published until now: what came in between must be judged with it, and what comes at
            // the same moment waits.
            if settings::hold(transaction, rulebook::MARK).await? != book.mark() {
                return Ok(false);
            }
            store::publish(transaction, &edition, &reason, now).await?;
            settings::raise(transaction, rulebook::MARK).await?;
            audit::record(transaction, entry.clone()).await?;
            Ok(true)
        })?;
        if written {
            refresh(app).await?;
            return Ok(edition.number);
        }
    }
    Err(Error::Clash(format!("the rules {}", document.word())))
}

/// The versions that were published of a file, the newest first.
///
/// # Errors
/// [`Error::NotFound`] where there is nothing under that name.
pub async fn history(app: &App, actor: &Actor, document: &Document) -> Result<Vec<HistoryLine>, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    if !known(&rulebook(app), document) {
        return Err(no_such_document(document));
    }
    store::history(&app.database, &document.file()).await
}

/// The text and the vectors of a version; 0 is what came with the program.
///
/// # Errors
/// [`Error::NotFound`] where there is no such version.
pub async fn version(app: &App, actor: &Actor, document: &Document, number: i64) -> Result<(String, String), Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let file = document.file();
    let found = match number {
        0 => shipped_text(&file)
            .map(|text| (text.to_owned(), rulebook::shipped_vectors(&file).unwrap_or_default().to_owned())),
        number => store::edition(&app.database, &file, number).await?,
    };
    found.ok_or_else(|| Error::NotFound(format!("version {number} of the rules {}", document.word())))
}
