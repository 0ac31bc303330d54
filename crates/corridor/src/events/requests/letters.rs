//! Letters about requests, and about what came of them: to the people of a participant, at the addresses that stand there,
//! else to whoever speaks for its organisation.

use std::collections::BTreeSet;

use fluent_bundle::FluentValue;
use minijinja::context;

use crate::{
    accounts::{Addressee, Person, people},
    events::{Attendee, AttendeeId, Event, Participant, model::address_key, store},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::Timestamp,
    },
};

/// Somebody who is written to for a participant.
#[derive(Clone, Debug)]
pub(in crate::events) struct Reader {
    to: Addressee,
    /// Whom the private link of the letter is for; none: the account of the address leads there.
    link_for: Option<AttendeeId>,
}

/// The accounts that speak for the organisations of participants.
pub(in crate::events) async fn accounts(app: &App, of: &[&Participant]) -> Result<Vec<(uuid::Uuid, Person)>, Error> {
    let organisations: Vec<uuid::Uuid> = of.iter().filter_map(|one| one.organisation).map(|id| id.0).collect();
    people::who_speak_for(&app.database, &organisations).await
}

/// Those who have not chosen to hear nothing of requests.
pub(in crate::events) fn unmuted(readers: &[Reader], muted: &BTreeSet<String>) -> Vec<Reader> {
    readers.iter().filter(|reader| !muted.contains(&address_key(&reader.to.address))).cloned().collect()
}

/// Who is written to for a participant: its people with an address, else whoever speaks for its organisation.
pub(in crate::events) fn readers(
    app: &App,
    participant: &Participant,
    attendees: &[Attendee],
    accounts: &[(uuid::Uuid, Person)],
) -> Vec<Reader> {
    let own = || accounts.iter().filter(|(id, _)| participant.organisation.is_some_and(|own| own.0 == *id));
    let has_account = |address: &str| {
        own().filter_map(|(_, person)| person.email.as_deref()).any(|known| known.eq_ignore_ascii_case(address))
    };
    let named: Vec<Reader> = attendees
        .iter()
        .filter(|person| !person.email.is_empty())
        .map(|person| Reader {
            to: Addressee::address(app, &person.email, person.language),
            link_for: (!has_account(&person.email)).then_some(person.id),
        })
        .collect();
    if !named.is_empty() {
        return named;
    }
    own().filter_map(|(_, person)| Some(Reader { to: Addressee::person(app, person)?, link_for: None })).collect()
}

/// What a letter says.
#[derive(Clone, Debug)]
pub(in crate::events) struct Notice<'a> {
    /// The word of its texts: `mail-meet-WHAT-subject`, `-text`.
    pub(in crate::events) what: &'static str,
    /// Whose people read it.
    pub(in crate::events) participant: &'a Participant,
    /// The other participant, where there is one; else empty.
    pub(in crate::events) other: &'a str,
    /// How many requests wait.
    pub(in crate::events) count: i64,
    /// What the other wrote.
    pub(in crate::events) words: &'a str,
}

impl Notice<'_> {
    /// The page of the participant to which it leads.
    fn page(&self) -> &'static str {
        if self.what == "outcomes" { "outcomes" } else { "requests" }
    }

    /// The kind of the letter: what only tells that requests wait can be ended by a link in it.
    fn kind(&self) -> &'static str {
        if matches!(self.what, "asked" | "asked-by" | "reminder") { "event-request" } else { "event" }
    }
}

/// The subject and the words of a letter.
fn worded(app: &App, event: &Event, notice: &Notice<'_>, language: Language) -> (String, String) {
    let until = event.setup.requests_until.map(|day| language.day(day.0)).unwrap_or_default();
    let values: [(&str, FluentValue<'_>); 7] = [
        ("event", event.setup.name.as_str().into()),
        ("cluster", event.cluster_name.as_str().into()),
        ("organisation", notice.participant.name.as_str().into()),
        ("other", notice.other.into()),
        ("count", notice.count.into()),
        ("has-until", if until.is_empty() { "no" } else { "yes" }.into()),
        ("until", until.into()),
    ];
    let say = |part: &str| app.texts.say(language, &format!("mail-meet-{}-{part}", notice.what), &values);
    (say("subject"), say("text"))
}

/// Writes to the people of a participant. Who has no account gets a link of its own, which ends none of an earlier letter.
pub(in crate::events) async fn write(
    transaction: &mut Transaction,
    app: &App,
    event: &Event,
    notice: &Notice<'_>,
    readers: &[Reader],
    now: Timestamp,
) -> Result<(), Error> {
    let participant = notice.participant;
    let page = notice.page();
    for reader in readers {
        let link = match reader.link_for {
            Some(person) => {
                let key = Secret::fresh();
                let seat = (participant.id, person);
                store::participants::put_link(transaction, event.cluster, seat, &key.digest(), now).await?;
                Some(Secret::new(app.address.link(&format!("/attend/{}/{page}", key.reveal()))))
            }
            None => None,
        };
        let (subject, words) = worded(app, event, notice, reader.to.language);
        let letter = Letter {
            kind: notice.kind(),
            to: &reader.to.address,
            language: reader.to.language,
            zone: &event.setup.zone(),
            values: context! {
                subject,
                words,
                said => notice.words,
                has_link => link.is_some(),
                at_page => app.address.link(&format!("/attend/{}/{page}", participant.id)),
                address => app.address.to_string(),
            },
            link,
        };
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    Ok(())
}
