//! What the outbox holds about a person: the letters to them, and their name in letters to others.

use super::{
    LINK_MARK, Worded,
    store::{self, Words},
};
use crate::foundation::{
    database::{Database, Transaction},
    errors::Wording,
    personal::{Basis, DUE_SHOWN, Due, DueRow, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject},
    time::Timestamp,
};

const PURPOSE: &str = "letter.letter";

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

impl Holding for LetterHolding {
    fn kind(&self) -> &'static str {
        "letter"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[Purpose { key: PURPOSE, basis: Basis::LegitimateInterests, months: Some(6), fate: Fate::Deleted }]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(async move {
            let letters = store::letters_to(database, subject.email()).await?;
            let held = letters.into_iter().map(|letter| Held {
                kind: self.kind(),
                id: letter.line.id.to_string(),
                label: "personal-letter",
                fields: vec![
                    Field::new("subject", letter.line.subject),
                    Field::new("text", letter.text.replace(LINK_MARK, "…")),
                    Field::new("state", Saying::Word(format!("letters-state-{}", letter.line.state))),
                    Field::new("sent_at", letter.line.sent_at.map(Timestamp)),
                ],
                source: "personal-source-program",
                since: Some(Timestamp(letter.line.created_at)),
                purpose: PURPOSE,
                basis: Basis::LegitimateInterests,
                audience: Wording::new("personal-audience-instance", &[]),
                cluster: None,
                given: false,
                restricted: false,
            });
            Ok(held.collect())
        })
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        _now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(async move {
            let mut erased = Vec::new();
            let removed = store::remove_letters_to(transaction, subject.email()).await?;
            if removed > 0 {
                erased.push(Erased::deleted(self.kind(), "personal-letters", removed));
            }
            let mut reworded = 0;
            for words in store::letters_like(transaction, &subject.patterns()).await? {
                let Some(without) = without(subject, &words) else { continue };
                let Worded { subject, text, html } = without;
                store::reword(transaction, &Words { id: words.id, subject, text, html }).await?;
                reworded += 1;
            }
            if reworded > 0 {
                let reason = "personal-reason-letters-to-others";
                erased.push(Erased::anonymised(self.kind(), "personal-letters-to-others", reworded, reason));
            }
            Ok(erased)
        })
    }

    fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(async move {
            let old = store::old(database, before).await?;
            let shown = usize::try_from(DUE_SHOWN).unwrap_or(usize::MAX);
            Ok(Due {
                count: old.len() as u64,
                oldest: old.first().map(|line| Timestamp(line.created_at)),
                first: old
                    .into_iter()
                    .take(shown)
                    .map(|line| DueRow {
                        id: line.id.to_string(),
                        label: format!("{} → {}", line.subject, line.recipient),
                        at: Timestamp(line.created_at),
                        subject: Subject::address(&line.recipient).ok(),
                    })
                    .collect(),
            })
        })
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(store::remove_old(transaction, before, limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_from_text_and_markup() {
        let subject = Subject::address("d@institute.example").unwrap().with_name(Some("D'Arcy & Co"));
        let words = Words {
            id: super::super::LetterId::new(),
            subject: "D'Arcy & Co invites you".to_owned(),
            text: "From D'Arcy & Co (d@institute.example)".to_owned(),
            html: "<p>From D&#39;Arcy &amp; Co (d@institute.example)</p>".to_owned(),
        };
        let without = without(&subject, &words).unwrap();
        assert_eq!(without.subject, "… invites you");
        assert_eq!(without.text, "From … (…)");
        assert_eq!(without.html, "<p>From … (…)</p>");
    }
}
