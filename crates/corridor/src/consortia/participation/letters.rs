//! Letters about taking part: to whom a draft asks, and to whoever asked.

use fluent_bundle::FluentValue;
use minijinja::context;

use crate::{
    accounts::{Person, PersonId, people},
    directory::OrganisationId,
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

/// Where a letter goes and how it is worded.
#[derive(Clone, Debug)]
pub(in crate::consortia) struct Reader {
    address: String,
    language: Language,
    zone: Zone,
}

impl Reader {
    /// Somebody of whom no more than an address is known.
    pub(super) fn address(app: &App, address: &str, language: Language) -> Self {
        Reader { address: address.to_owned(), language, zone: app.configuration.time_zone.clone() }
    }

    fn person(app: &App, person: &Person) -> Option<Self> {
        Some(Reader {
            address: person.email.clone()?,
            language: person.language(),
            zone: person.zone(&app.configuration.time_zone),
        })
    }
}

/// The person of an account, where there is one with an address.
pub(super) async fn reader_of(app: &App, person: Option<PersonId>) -> Result<Option<Reader>, Error> {
    let Some(person) = person else { return Ok(None) };
    Ok(people::person(&app.database, person).await?.and_then(|person| Reader::person(app, &person)))
}

/// Everybody who answers for an organisation.
pub(super) async fn readers_at(app: &App, organisation: OrganisationId) -> Result<Vec<Reader>, Error> {
    let people = people::who_speak_for(&app.database, organisation.0).await?;
    Ok(people.iter().filter_map(|person| Reader::person(app, person)).collect())
}

/// What a letter says.
#[derive(Debug, Default)]
pub(in crate::consortia) struct Notice<'a> {
    /// The word of its texts: `mail-partner-WHAT-subject`, `-text`.
    pub(in crate::consortia) what: &'static str,
    /// The cluster whose draft it is.
    pub(in crate::consortia) cluster: &'a str,
    /// The draft.
    pub(in crate::consortia) draft: &'a str,
    /// The organisation that is asked, or answered.
    pub(in crate::consortia) organisation: &'a str,
    /// The key of the role asked for.
    pub(in crate::consortia) role: Option<String>,
    /// The key of the document asked for.
    pub(in crate::consortia) document: Option<String>,
    /// What the draft answers.
    pub(in crate::consortia) topic: Option<String>,
    /// The last day, `YYYY-MM-DD`.
    pub(in crate::consortia) day: String,
    /// What somebody wrote.
    pub(in crate::consortia) words: &'a str,
    /// A link that is for this reader only.
    pub(in crate::consortia) link: Option<Secret>,
    /// A page that needs no secret.
    pub(in crate::consortia) page: Option<String>,
}

pub(in crate::consortia) async fn write(
    transaction: &mut Transaction,
    app: &App,
    reader: &Reader,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let language = reader.language;
    let day = notice.day.parse::<crate::foundation::time::Day>().map(|day| language.day(day.0)).unwrap_or_default();
    let role = notice.role.as_deref().map(|key| app.texts.text(language, key, None).into_owned());
    let document = notice.document.as_deref().map(|key| app.texts.text(language, key, None).into_owned());
    let values: [(&str, FluentValue<'_>); 5] = [
        ("document", document.unwrap_or_default().into()),
        ("cluster", notice.cluster.into()),
        ("draft", notice.draft.into()),
        ("organisation", notice.organisation.into()),
        ("day", day.into()),
    ];
    let letter = Letter {
        kind: "partner",
        to: &reader.address,
        language,
        zone: &reader.zone,
        values: context! {
            subject => app.texts.say(language, &format!("mail-partner-{}-subject", notice.what), &values),
            words => app.texts.say(language, &format!("mail-partner-{}-text", notice.what), &values),
            role,
            topic => notice.topic.as_deref(),
            said => notice.words,
            has_link => notice.link.is_some(),
            at_page => notice.page.as_ref().map(|path| app.address.link(path)),
            address => app.address.to_string(),
        },
        link: notice.link.clone(),
    };
    mail::write(transaction, &app.renderer, &letter, now).await?;
    Ok(())
}
