//! Letters: worded in the language of who gets them, kept in an outbox in the same transaction as the act they tell of,
//! sent by a job that tries again for a day.
//!
//! A letter has at most one secret, its link. It stands in the outbox until the letter left, and nobody is shown it there.

mod personal;
mod post;
mod store;

pub use personal::LetterHolding;
pub use post::Post;
pub use store::{Counts, LetterId, LetterLine, StoredLetter, counts, letters, stored};

use minijinja::Value;

use super::{
    database::{Database, Transaction},
    errors::Error,
    instance::App,
    jobs::{self, Job, Progress},
    languages::Language,
    pages::Renderer,
    secrets::Secret,
    time::{Timestamp, Zone},
};

/// What stands in a stored letter where its link belongs.
const LINK_MARK: &str = "https://link.invalid/";

/// The pauses between attempts, in seconds: a server that is away for a night still gets the letter.
const PAUSES: [i64; 6] = [60, 300, 1800, 7200, 21600, 43200];

/// A letter to be written.
#[derive(Debug)]
pub struct Letter<'a> {
    /// Its kind: the folder of its templates.
    pub kind: &'static str,
    /// The address it goes to.
    pub to: &'a str,
    /// The language of who gets it.
    pub language: Language,
    /// The zone of who gets it.
    pub zone: &'a Zone,
    /// What its templates name.
    pub values: Value,
    /// The link that is for this reader only.
    pub link: Option<Secret>,
}

/// Words a letter, puts it into the outbox and asks for it to be sent.
///
/// # Errors
/// When a template has a mistake or the database fails.
pub async fn write(
    transaction: &mut Transaction,
    renderer: &Renderer,
    letter: &Letter<'_>,
    now: Timestamp,
) -> Result<LetterId, Error> {
    only(&put(transaction, renderer, std::slice::from_ref(letter), false, now).await?)
}

/// Writes a letter of which nothing is left here once it left: the last one to somebody who asked to be forgotten.
///
/// # Errors
/// When a template has a mistake or the database fails.
pub async fn write_fleeting(
    transaction: &mut Transaction,
    renderer: &Renderer,
    letter: &Letter<'_>,
    now: Timestamp,
) -> Result<LetterId, Error> {
    only(&put(transaction, renderer, std::slice::from_ref(letter), true, now).await?)
}

/// Words letters and puts them all into the outbox, in few statements however many they are.
///
/// # Errors
/// When a template has a mistake or the database fails.
pub async fn write_all(
    transaction: &mut Transaction,
    renderer: &Renderer,
    letters: &[Letter<'_>],
    now: Timestamp,
) -> Result<(), Error> {
    put(transaction, renderer, letters, false, now).await?;
    Ok(())
}

async fn put(
    transaction: &mut Transaction,
    renderer: &Renderer,
    letters: &[Letter<'_>],
    fleeting: bool,
    now: Timestamp,
) -> Result<Vec<LetterId>, Error> {
    let worded: Result<Vec<(&Letter<'_>, Worded)>, Error> =
        letters.iter().map(|letter| Ok((letter, word(renderer, letter)?))).collect();
    let ids = store::put(transaction, &worded?, fleeting, now).await?;
    let sending: Vec<SendLetter> = ids.iter().map(|letter| SendLetter { letter: *letter }).collect();
    jobs::schedule_all(transaction, &sending, now).await?;
    Ok(ids)
}

/// The only one of those that were put.
fn only(ids: &[LetterId]) -> Result<LetterId, Error> {
    ids.first().copied().ok_or_else(|| Error::Unexpected(anyhow::anyhow!("a letter was written and none is there")))
}

/// A letter in words.
#[derive(Debug)]
pub(super) struct Worded {
    subject: String,
    text: String,
    html: String,
}

fn word(renderer: &Renderer, letter: &Letter<'_>) -> Result<Worded, Error> {
    let part = |name: &str| {
        let context = minijinja::context! { link => LINK_MARK, ..letter.values.clone() };
        renderer.text(&format!("mail/{}/{name}", letter.kind), letter.language, letter.zone, context)
    };
    // A line break in a subject would begin a header of its own.
    let subject = part("subject.txt")?.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(Worded { subject, text: part("text.txt")?, html: part("letter.html")? })
}

/// Sends one letter of the outbox.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct SendLetter {
    letter: LetterId,
}

impl Job<App> for SendLetter {
    const NAME: &'static str = "mail.send";

    fn deduplication_key(&self) -> Option<String> {
        Some(self.letter.to_string())
    }

    async fn run(self, app: std::sync::Arc<App>, _progress: Progress) -> Result<(), Error> {
        let Some(letter) = store::to_send(&app.database, self.letter).await? else {
            return Ok(()); // It left already: the process died between sending and saying so, or two jobs met.
        };
        let sent = app.post.send(&letter).await;
        let now = app.clock.now();
        transact!(app.database, transaction => {
            match &sent {
                Ok(()) => store::sent(transaction, self.letter, now).await?,
                Err(error) => {
                    let attempts = letter.attempts + 1;
                    let pause = usize::try_from(letter.attempts).ok().and_then(|at| PAUSES.get(at));
                    store::failed(transaction, self.letter, attempts, &format!("{error:#}"), pause.is_none()).await?;
                    if let Some(pause) = pause {
                        let again = SendLetter { letter: self.letter };
                        jobs::schedule(transaction, &again, now.plus_seconds(*pause)).await?;
                    }
                }
            }
            Ok(())
        })
    }
}

/// Sends a letter again that did not leave.
///
/// # Errors
/// When there is no such letter, or it left already.
pub async fn send_again(database: &Database, id: LetterId, now: Timestamp) -> Result<(), Error> {
    transact!(database, transaction => {
        if !store::revive(transaction, id).await? {
            return Err(Error::NotFound("a letter that has not left".to_owned()));
        }
        jobs::schedule(transaction, &SendLetter { letter: id }, now).await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use minijinja::context;

    use super::*;
    use crate::foundation::languages::Texts;

    fn samples() -> Vec<(&'static str, Value, bool)> {
        const ASKED: i64 = 1_788_249_600_000_000;
        let address = "https://corridor.example";
        vec![
            (
                "sign-in",
                context! { name => "Ada <Example>", address, minutes => 15, asked => ASKED, browser => "Firefox, Linux" },
                true,
            ),
            ("no-account", context! { address, minutes => 15, browser => "" }, false),
            (
                "consent",
                context! { cluster => "Medicen", about => "Institute", wording => "I agree to this.", days => 30, address },
                true,
            ),
            (
                "ways-in",
                context! { name => "Ada <Example>", what => "Passkey made", label => "Office", at => 1_788_249_600_000_000i64, address },
                false,
            ),
            (
                "token-ended",
                context! { name => "Ada <Example>", label => "Monthly report", role => "Reader", cluster => "Medicen", by => "Grace", at => ASKED, address },
                false,
            ),
            (
                "token-ended",
                context! { name => "Ada", label => "Monthly report", role => "Reader", cluster => (), by => "", at => ASKED, address },
                false,
            ),
            ("unused", context! { name => "Ada", months => 24, days => 30, on => "2026-10-01", address }, false),
            (
                "invitation",
                context! { inviter => "Grace Example", role => "Contact", cluster => "Medicen", organisation => "Institute", address, until => ASKED },
                true,
            ),
            (
                "data-request",
                context! { subject => "The answer to your request", words => "It is there.", name => "Ada <Example>", reason => "Because.",
                items => vec!["Account: 1 deleted."], has_link => true, at_page => (), remedies => true, address },
                true,
            ),
            (
                "alliance",
                context! { name => "Ada <Example>", cluster => "Lyonbiopôle", proposed_by => "Medicen", alliance => "Axis",
                others => vec!["Eurobiomed", "Atlanpole"], address },
                false,
            ),
            (
                "partner",
                context! { subject => "Medicen invites Institute", words => "Please answer.", role => "Beneficiary", topic => "HEALTH-01",
                said => "We need <Example>.", has_link => true, at_page => (), address },
                true,
            ),
            (
                "partner",
                context! { subject => "Institute takes part", words => "It stands in the sheet.", role => (), topic => (), said => "",
                has_link => false, at_page => "https://corridor.example/consortia/1/partners", address },
                false,
            ),
            (
                "discussion",
                context! { subject => "You are named", words => "Somebody has named you.", said => "@Ada <Example>, please look.",
                at_page => "https://corridor.example/consortia/1/discussion", address },
                true,
            ),
            (
                "merger",
                context! { subject => "Both sides are together", words => "Applicants and industry.", at_page => "https://corridor.example/x", address },
                false,
            ),
            (
                "claim",
                context! { name => "Ada", organisation => "Institute", cluster => "Medicen", vouched => true, address },
                false,
            ),
            (
                "claim",
                context! { name => "Ada", organisation => "Institute", cluster => "Medicen", vouched => false, address },
                false,
            ),
        ]
    }

    #[test]
    fn letters_in_both_languages() {
        let renderer = Renderer::new(Arc::new(Texts::load().unwrap()), true).unwrap();
        let mut whole = String::new();
        for (kind, values, has_link) in samples() {
            for language in Language::ALL {
                let link = has_link.then(|| Secret::new("https://corridor.example/secret"));
                let (to, zone) = ("ada@institute.example", &Zone::default());
                let letter = Letter { kind, to, language, zone, values: values.clone(), link };
                let worded = word(&renderer, &letter).unwrap();
                assert_eq!(worded.text.contains(LINK_MARK), has_link, "{kind}: {}", worded.text);
                assert_eq!(worded.html.contains(LINK_MARK), has_link, "{kind}");
                assert!(!worded.html.contains("<Example>"), "names are no markup");
                assert!(!worded.text.contains("mail-") && !worded.html.contains("{{"), "every text has its words");
                whole.push_str(&format!("== {kind} {}\n{}\n\n{}\n", language.code(), worded.subject, worded.text));
                if kind == "sign-in" {
                    whole.push_str(&format!("-- html\n{}\n", worded.html));
                }
            }
        }
        insta::assert_snapshot!(whole);
    }
}
