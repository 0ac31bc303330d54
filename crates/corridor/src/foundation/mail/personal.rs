//! What the outbox holds about a person: the letters to them, and their name in letters to others.

use async_trait::async_trait;

use super::{
    LINK_MARK, Worded,
    store::{self, Words},
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Error,
    personal::{Basis, Due, DueRow, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: Purpose = Purpose::new("letter.letter", Basis::LegitimateInterests, Some(6), Fate::Deleted);

/// What stands in a letter where the name of somebody stood who was erased.
const UNNAMED: &str = "…";

/// The outbox.
#[derive(Debug)]
pub struct LetterHolding;

/// The letter's words without the person; nothing where they do not name them.
fn without(subject: &Subject, words: &Words) -> Option<Worded> {
    // With markup a name is written as pages write it.
    let escaped = |text: &str| {
        let marks = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")];
        marks.into_iter().fold(text.to_owned(), |text, (mark, written)| text.replace(mark, written))
    };
    let in_markup = subject.clone().with_name(subject.name().map(escaped).as_deref());
    let worded = Worded {
        subject: subject.unnamed(&words.subject, UNNAMED),
        text: subject.unnamed(&words.text, UNNAMED),
        html: in_markup.unnamed(&words.html, UNNAMED),
    };
    let same = worded.subject == words.subject && worded.text == words.text && worded.html == words.html;
    (!same).then_some(worded)
}

#[async_trait]
impl Holding for LetterHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[PURPOSE]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let held = store::letters_to(database, subject.email()).await?.into_iter().map(|letter| Held {
            fields: vec![
                Field::new("subject", letter.line.subject),
                Field::new("text", letter.text.replace(LINK_MARK, "…")),
                Field::new("state", Saying::Word(format!("letters-state-{}", letter.line.state))),
                Field::new("sent_at", letter.line.sent_at.map(Timestamp)),
            ],
            source: "personal-source-program",
            ..Held::new(&PURPOSE, "personal-letter", letter.line.id, Timestamp(letter.line.created_at))
        });
        Ok(held.collect())
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        let removed = store::remove_letters_to(transaction, subject.email()).await?;
        let mut reworded = 0;
        for words in store::letters_like(transaction, &subject.patterns()).await? {
            let Some(without) = without(subject, &words) else { continue };
            let Worded { subject, text, html } = without;
            store::reword(transaction, &Words { id: words.id, subject, text, html }).await?;
            reworded += 1;
        }
        let reason = "personal-reason-letters-to-others";
        Ok(vec![
            Erased::deleted(self.kind(), "personal-letters", removed),
            Erased::anonymised(self.kind(), "personal-letters-to-others", reworded, reason),
        ])
    }

    async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
        let old = store::old(database, before).await?.into_iter().map(|line| DueRow {
            id: line.id.to_string(),
            label: format!("{} → {}", line.subject, line.recipient),
            at: Timestamp(line.created_at),
            subject: Subject::address(&line.recipient).ok(),
        });
        Ok(old.collect())
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        _: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        store::remove_old(transaction, before, limit).await
    }
}
