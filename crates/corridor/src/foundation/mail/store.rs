//! SQL of letters.

use super::{LINK_MARK, Letter, Worded};
use crate::foundation::{
    database::{Batch, Database, Transaction},
    errors::Error,
    secrets::Secret,
    time::Timestamp,
};

id! {
    /// A letter.
    LetterId
}

/// A letter as the outbox lists it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct LetterLine {
    /// Its id.
    pub id: LetterId,
    /// Its kind.
    pub kind: String,
    /// Where it goes.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// `waiting`, `sent` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it did not leave.
    pub last_error: Option<String>,
    /// When it was written.
    pub created_at: i64,
    /// When it left.
    pub sent_at: Option<i64>,
}

/// A letter with its words; the link is not in it.
#[derive(Clone, Debug, serde::Serialize, sqlx::FromRow)]
pub struct StoredLetter {
    /// The line of the list.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub line: LetterLine,
    /// The language it is written in.
    pub language: String,
    /// The words without markup.
    pub text: String,
    /// The words with markup.
    pub html: String,
}

impl StoredLetter {
    /// The letter as a reader of the outbox sees it: where the link was stands what the reader is told instead.
    pub fn without_link(mut self, instead: &str) -> Self {
        self.text = self.text.replace(LINK_MARK, instead);
        self.html = self.html.replace(&format!("href=\"{LINK_MARK}\""), "href=\"#\"").replace(LINK_MARK, instead);
        self
    }
}

/// The kinds of letters whose link ends letters like them, or does with this behind it: what it leads to answers a form
/// that a mail program sends by itself (RFC 8058).
const ENDED_BY_LINK: [(&str, &str); 3] =
    [("discussion", ""), ("event-invitation", "/letters"), ("event-request", "/letters")];

/// A letter ready to leave.
#[derive(sqlx::FromRow)]
pub(super) struct Ready {
    pub(super) id: LetterId,
    kind: String,
    pub(super) recipient: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) attempts: i64,
    link: Option<String>,
}

impl Ready {
    /// The words with the link in its place.
    pub(super) fn with_link(&self, words: &str) -> String {
        match &self.link {
            Some(link) => words.replace(LINK_MARK, link),
            None => words.to_owned(),
        }
    }

    /// The address by which a mail program ends letters like this one, where its link leads there.
    pub(super) fn unsubscribing(&self) -> Option<String> {
        let (_, behind) = ENDED_BY_LINK.iter().find(|(kind, _)| *kind == self.kind)?;
        self.link.as_deref().map(|link| format!("{link}{behind}"))
    }
}

const INSERT: &str = "INSERT INTO letters (id, kind, recipient, language, subject, text, html, link, state, attempts, created_at, fleeting)";

/// Puts letters into the outbox, in few statements; answers their ids in the same order.
pub(super) async fn put(
    transaction: &mut Transaction,
    letters: &[(&Letter<'_>, Worded)],
    fleeting: bool,
    now: Timestamp,
) -> Result<Vec<LetterId>, Error> {
    let mut batch = Batch::new(INSERT, "");
    let mut ids = Vec::with_capacity(letters.len());
    for (letter, worded) in letters {
        let id = LetterId::new();
        batch.push(vec![
            id.into(),
            letter.kind.into(),
            letter.to.into(),
            letter.language.code().into(),
            worded.subject.as_str().into(),
            worded.text.as_str().into(),
            worded.html.as_str().into(),
            letter.link.as_ref().map(Secret::reveal).into(),
            "waiting".into(),
            0i64.into(),
            now.into(),
            fleeting.into(),
        ]);
        ids.push(id);
    }
    batch.write(transaction).await?;
    Ok(ids)
}

pub(super) async fn to_send(database: &Database, id: LetterId) -> Result<Option<Ready>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, kind, recipient, subject, text, html, attempts, link FROM letters WHERE id = $1 AND state = 'waiting'",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}

/// It left: its link is forgotten, and all of it where nothing may be left.
pub(super) async fn sent(transaction: &mut Transaction, id: LetterId, now: Timestamp) -> Result<(), Error> {
    execute!(transaction, sqlx::query("DELETE FROM letters WHERE id = $1 AND fleeting").bind(id));
    execute!(transaction, sqlx::query(
        "UPDATE letters SET state = 'sent', attempts = attempts + 1, link = NULL, last_error = NULL, sent_at = $2 WHERE id = $1",
    )
    .bind(id)
    .bind(now));
    Ok(())
}

pub(super) async fn failed(
    transaction: &mut Transaction,
    id: LetterId,
    attempts: i64,
    error: &str,
    for_good: bool,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE letters SET state = $2, attempts = $3, last_error = $4 WHERE id = $1")
            .bind(id)
            .bind(if for_good { "failed" } else { "waiting" })
            .bind(attempts)
            .bind(error)
    );
    // That it did not arrive stays to be seen; whom it was for does not, nor what a server said of the address.
    execute!(
        transaction,
        sqlx::query(
            "UPDATE letters SET recipient = '', text = '', html = '', link = NULL, last_error = NULL
             WHERE id = $1 AND fleeting AND state = 'failed'",
        )
        .bind(id)
    );
    Ok(())
}

/// Lets a letter that did not leave wait again; whether there was one.
pub(super) async fn revive(transaction: &mut Transaction, id: LetterId) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE letters SET state = 'waiting', attempts = 0 WHERE id = $1 AND state <> 'sent' AND recipient <> ''"
        )
        .bind(id)
    ) == 1)
}

/// The letters to an address, oldest first.
pub(super) async fn letters_to(database: &Database, address: Option<&str>) -> Result<Vec<StoredLetter>, Error> {
    Ok(rows!(
        database,
        "SELECT id, kind, recipient, subject, state, attempts, last_error, created_at, sent_at, language, text, html
         FROM letters WHERE recipient = $1 ORDER BY created_at, id",
        address,
    ))
}

/// Removes the letters to an address; says how many.
pub(super) async fn remove_letters_to(transaction: &mut Transaction, address: Option<&str>) -> Result<u64, Error> {
    Ok(execute!(transaction, sqlx::query("DELETE FROM letters WHERE recipient = $1").bind(address)))
}

/// The words of a letter.
#[derive(sqlx::FromRow)]
pub(super) struct Words {
    pub(super) id: LetterId,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Letters that may have one of the patterns in their words.
pub(super) async fn letters_like(transaction: &mut Transaction, patterns: &[String; 3]) -> Result<Vec<Words>, Error> {
    let [_, address, name] = patterns;
    Ok(rows!(
        transaction,
        "SELECT id, subject, text, html FROM letters
         WHERE LOWER(subject) LIKE $1 OR LOWER(text) LIKE $1 OR LOWER(html) LIKE $1
            OR LOWER(subject) LIKE $2 OR LOWER(text) LIKE $2 OR LOWER(html) LIKE $2",
        address,
        name,
    ))
}

/// Gives a letter other words.
pub(super) async fn reword(transaction: &mut Transaction, words: &Words) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("UPDATE letters SET subject = $2, text = $3, html = $4 WHERE id = $1")
            .bind(words.id)
            .bind(&words.subject)
            .bind(&words.text)
            .bind(&words.html)
    );
    Ok(())
}

/// What left or was given up before the moment, oldest first, where nobody waits for an answer about it.
const OLD: &str = "SELECT id, kind, recipient, subject, state, attempts, last_error, created_at, sent_at FROM letters
     WHERE state <> 'waiting' AND created_at < $1
       AND NOT EXISTS (SELECT 1 FROM personal_holds WHERE personal_holds.email = letters.recipient)
     ORDER BY created_at, id LIMIT $2";

pub(super) async fn old(database: &Database, before: Timestamp) -> Result<Vec<LetterLine>, Error> {
    Ok(rows!(database, OLD, before, i64::MAX))
}

pub(super) async fn remove_old(transaction: &mut Transaction, before: Timestamp, limit: i64) -> Result<u64, Error> {
    let rows: Vec<LetterLine> = rows!(transaction, OLD, before, limit);
    for row in &rows {
        execute!(transaction, sqlx::query("DELETE FROM letters WHERE id = $1").bind(row.id));
    }
    Ok(rows.len() as u64)
}

/// The last letters, newest first.
///
/// # Errors
/// When the database fails.
pub async fn letters(database: &Database, limit: i64) -> Result<Vec<LetterLine>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, kind, recipient, subject, state, attempts, last_error, created_at, sent_at FROM letters
         ORDER BY created_at DESC, id DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(pool)
    .await?))
}

/// How many letters wait, left, and failed.
#[derive(Clone, Copy, Debug, Default, serde::Serialize, sqlx::FromRow)]
pub struct Counts {
    /// On their way.
    pub waiting: i64,
    /// Gone.
    pub sent: i64,
    /// Given up.
    pub failed: i64,
}

/// How many letters wait, left, and failed.
///
/// # Errors
/// When the database fails.
pub async fn counts(database: &Database) -> Result<Counts, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END) AS waiting, COUNT(CASE WHEN state = 'sent' THEN 1 END) AS sent,
                COUNT(CASE WHEN state = 'failed' THEN 1 END) AS failed FROM letters",
    )
    .fetch_one(pool)
    .await?))
}

/// One letter with its words.
///
/// # Errors
/// When the database fails.
pub async fn stored(database: &Database, id: LetterId) -> Result<Option<StoredLetter>, Error> {
    Ok(on!(database, pool => sqlx::query_as(
        "SELECT id, kind, recipient, subject, state, attempts, last_error, created_at, sent_at, language, text, html
         FROM letters WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await?))
}
