//! Letters about requests: to the person, to whoever answers, and to whoever received a copy.

use fluent_bundle::FluentValue;
use minijinja::context;

use super::{model::Kind, store::Request};
use crate::{
    accounts::{Person, PersonId, people},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        personal::{DisclosureLine, Erased, Fate, Subject},
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

/// Where a letter goes and how it is worded.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    address: String,
    name: String,
    language: Language,
    zone: Zone,
}

impl Reader {
    pub(super) fn person(app: &App, person: &Person) -> Option<Self> {
        Some(Reader {
            address: person.email.clone()?,
            name: person.name.clone(),
            language: person.language(),
            zone: person.zone(&app.configuration.time_zone),
        })
    }

    /// The language and the zone that the reader reads in.
    pub(super) fn reads(&self) -> (Language, &Zone) {
        (self.language, &self.zone)
    }
}

/// Who asks, as letters reach them.
pub(super) async fn asking(app: &App, request: &Request) -> Result<Option<Reader>, Error> {
    let account = match request.person {
        Some(person) => people::person(&app.database, person).await?,
        None => None,
    };
    if let Some(reader) = account.and_then(|person| Reader::person(app, &person)) {
        return Ok(Some(reader));
    }
    Ok(request.email.clone().map(|address| Reader {
        address,
        name: request.name.clone().unwrap_or_default(),
        language: request.language,
        zone: app.configuration.time_zone.clone(),
    }))
}

/// What a letter says.
#[derive(Debug, Default)]
pub(super) struct Notice<'a> {
    /// The word of its texts: `mail-request-WHAT-subject`, `-text`.
    pub(super) what: &'static str,
    /// What is asked for.
    pub(super) kind: Option<Kind>,
    /// The last day for the answer, `YYYY-MM-DD`.
    pub(super) due: String,
    /// Days left.
    pub(super) days: i64,
    /// Why, in the words of whoever answers.
    pub(super) reason: &'a str,
    /// Lines below.
    pub(super) items: Vec<String>,
    /// A link that is for this reader only.
    pub(super) link: Option<Secret>,
    /// A page that needs no secret.
    pub(super) page: Option<String>,
    /// Whether the letter tells what one can do against the answer.
    pub(super) remedies: bool,
    /// Whether nothing of the letter may be left here.
    pub(super) fleeting: bool,
}

pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    reader: &Reader,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let language = reader.language;
    let kind =
        notice.kind.map(|kind| app.texts.text(language, &format!("request-kind-{}", kind.key()), None).into_owned());
    let due = notice.due.parse::<crate::foundation::time::Day>().map(|day| language.day(day.0)).unwrap_or_default();
    let values: [(&str, FluentValue<'_>); 4] = [
        ("kind", kind.unwrap_or_default().into()),
        ("due", due.into()),
        ("days", notice.days.into()),
        ("address", app.address.to_string().into()),
    ];
    let letter = Letter {
        kind: "data-request",
        to: &reader.address,
        language,
        zone: &reader.zone,
        values: context! {
            subject => app.texts.say(language, &format!("mail-request-{}-subject", notice.what), &values),
            words => app.texts.say(language, &format!("mail-request-{}-text", notice.what), &values),
            name => reader.name.as_str(),
            reason => notice.reason,
            items => &notice.items,
            has_link => notice.link.is_some(),
            at_page => notice.page.as_ref().map(|path| app.address.link(path)),
            remedies => notice.remedies,
            address => app.address.to_string(),
        },
        link: notice.link.clone(),
    };
    if notice.fleeting {
        mail::write_fleeting(transaction, &app.renderer, &letter, now).await?;
    } else {
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    Ok(())
}

/// What an erasure did, line by line.
pub(super) fn erased_in_words(app: &App, language: Language, erased: &[Erased]) -> Vec<String> {
    erased
        .iter()
        .map(|one| {
            let what = app.texts.text(language, &one.label, None).into_owned();
            let values: [(&str, FluentValue<'_>); 2] =
                [("what", what.into()), ("count", i64::try_from(one.count).unwrap_or(i64::MAX).into())];
            let key = match one.fate {
                Fate::Deleted => "request-erased-deleted",
                Fate::Anonymised => "request-erased-anonymised",
                Fate::Kept => "request-erased-kept",
                Fate::Corrected => "request-erased-corrected",
            };
            let line = app.texts.say(language, key, &values);
            if one.reason.is_empty() { line } else { format!("{line} {}", app.texts.text(language, &one.reason, None)) }
        })
        .collect()
}

/// Everybody who received a copy of the person's data and can be written to, once each.
pub(super) async fn recipients(
    app: &App,
    subject: &Subject,
    disclosures: &[DisclosureLine],
) -> Result<Vec<Reader>, Error> {
    let mut readers: Vec<Reader> = Vec::new();
    for line in disclosures {
        let reader = match (line.recipient_person, &line.recipient_email) {
            (Some(id), _) if subject.person_id() == Some(id) => None,
            (Some(id), _) => {
                people::person(&app.database, PersonId(id)).await?.and_then(|person| Reader::person(app, &person))
            }
            (None, Some(address)) if subject.email() != Some(address) => Some(Reader {
                address: address.clone(),
                name: line.recipient.clone(),
                language: Language::default(),
                zone: app.configuration.time_zone.clone(),
            }),
            _ => None,
        };
        if let Some(reader) = reader
            && !readers.iter().any(|known| known.address == reader.address)
        {
            readers.push(reader);
        }
    }
    Ok(readers)
}
