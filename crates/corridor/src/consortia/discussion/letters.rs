//! Letters about what is said and to be done in a draft. Each has a link by which its reader ends them for this draft.

use fluent_bundle::FluentValue;
use minijinja::context;
use serde_json::json;

use super::{Place, store::letters as store};
use crate::{
    accounts::{Action, Actor, ClusterId, Person, PersonId, Resource, decide},
    consortia::{DraftId, participation::invitations::tell},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::{Day, Timestamp},
    },
};

/// Who gets a letter, and where they have the draft.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    person: Person,
    base: &'static str,
}

impl Reader {
    pub(super) fn of_team(person: &Person) -> Self {
        Reader { person: person.clone(), base: "/consortia" }
    }

    pub(super) fn of_partner(person: &Person) -> Self {
        Reader { person: person.clone(), base: "/workspaces" }
    }
}

/// What a letter says.
#[derive(Clone, Debug)]
pub(super) struct Notice<'a> {
    /// The word of its texts: `mail-discussion-WHAT-subject`, `-text`.
    pub(super) what: &'static str,
    /// What somebody wrote.
    pub(super) words: &'a str,
    /// A last day.
    pub(super) day: Option<Day>,
    /// The page of the draft that it leads to.
    pub(super) page: &'static str,
}

/// Those of the readers who get a letter, each once: not who acts, not who wants none; nobody of a demonstration writes to
/// real people.
pub(super) async fn wanted<T>(
    app: &App,
    actor: &Actor,
    place: &Place,
    readers: Vec<(Reader, T)>,
) -> Result<Vec<(Reader, T)>, Error> {
    if actor.is_of_the_demonstration() || readers.is_empty() {
        return Ok(Vec::new());
    }
    let (cluster, draft) = place.key();
    let stopped = store::stopped(&app.database, cluster, draft).await?;
    let mut met: Vec<PersonId> = actor.person().map(PersonId).into_iter().collect();
    let once = readers.into_iter().filter(|(reader, _)| {
        let new = !met.contains(&reader.person.id);
        met.push(reader.person.id);
        new && reader.person.email.is_some() && !stopped.contains(&reader.person.id)
    });
    Ok(once.collect())
}

/// The subject and the words of a letter.
fn worded(app: &App, place: &Place, notice: &Notice<'_>, language: Language) -> (String, String) {
    let day = notice.day.map(|day| language.day(day.0)).unwrap_or_default();
    let values: [(&str, FluentValue<'_>); 3] = [
        ("draft", place.content().name.as_str().into()),
        ("cluster", place.cluster_name.as_str().into()),
        ("day", day.into()),
    ];
    let say = |part: &str| app.texts.say(language, &format!("mail-discussion-{}-{part}", notice.what), &values);
    (say("subject"), say("text"))
}

/// Words the letters and puts them into the outbox, with the digests of their links.
pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    place: &Place,
    letters: &[(Reader, Notice<'_>)],
    now: Timestamp,
) -> Result<(), Error> {
    for (reader, notice) in letters {
        let (person, language) = (&reader.person, reader.person.language());
        let Some(to) = person.email.as_deref() else { continue };
        let token = Secret::fresh();
        store::put_link(transaction, place.key(), person.id, &token.digest()).await?;
        let (subject, words) = worded(app, place, notice, language);
        let letter = Letter {
            kind: "discussion",
            to,
            language,
            zone: &person.zone(&app.configuration.time_zone),
            values: context! {
                subject,
                words,
                said => notice.words,
                at_page => app.address.link(&format!("{}/{}/{}", reader.base, place.draft.id, notice.page)),
                address => app.address.to_string(),
            },
            link: Some(Secret::new(app.address.link(&format!("/draft-letters/{}", token.reveal())))),
        };
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    Ok(())
}

/// What the link of a letter leads to: whether letters about this draft are written to its reader.
#[derive(Clone, Debug)]
pub struct Stopping {
    /// What the draft is called.
    pub draft_name: String,
    /// Whether they have been ended.
    pub stopped: bool,
}

async fn linked(app: &App, actor: &Actor, token: &Secret) -> Result<store::Linked, Error> {
    decide(actor, Action::ReadPublic, Resource::Instance)?;
    let found = store::linked(&app.database, &token.digest()).await?;
    found.ok_or(Error::Over { reason: "discussion-link-over" })
}

/// What the link of a letter leads to.
///
/// # Errors
/// [`Error::Over`] for a link that is worth nothing.
pub async fn stopping(app: &App, actor: &Actor, token: &Secret) -> Result<Stopping, Error> {
    let linked = linked(app, actor, token).await?;
    Ok(Stopping { draft_name: linked.draft_name, stopped: linked.stopped })
}

/// Ends letters about a draft to the reader of the letter, or lets them be written again. Twice is once.
///
/// # Errors
/// [`Error::Over`] for a link that is worth nothing.
pub async fn stop(app: &App, actor: &Actor, token: &Secret, stopped: bool) -> Result<Stopping, Error> {
    let linked = linked(app, actor, token).await?;
    let now = app.clock.now();
    let of: (ClusterId, DraftId, &str) = (linked.cluster_id, linked.draft_id, &linked.draft_name);
    transact!(app.database, transaction => {
        let at = stopped.then_some(now);
        if store::stop(transaction, (linked.cluster_id, linked.draft_id), linked.person_id, at).await? {
            let state = |stopped: bool| json!({ "reader": linked.person_id, "letters": !stopped });
            tell(transaction, actor, now, of, "letters", state(!stopped), state(stopped)).await?;
        }
        Ok(())
    })?;
    Ok(Stopping { draft_name: linked.draft_name, stopped })
}
