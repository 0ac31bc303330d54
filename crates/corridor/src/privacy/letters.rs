//! Letters about requests: to the person, to whoever answers, and to whoever received a copy.

use fluent_bundle::FluentValue;
use minijinja::context;

use super::{model::Kind, store::Request};
use crate::{
    accounts::{Addressee, PersonId},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        personal::{DisclosureLine, Erased, Fate, Subject},
        secrets::Secret,
        time::Timestamp,
    },
};

/// Who asks, as letters reach them.
pub(super) async fn asking(app: &App, request: &Request) -> Result<Option<Addressee>, Error> {
    if let Some(reader) = Addressee::account(app, request.person).await? {
        return Ok(Some(reader));
    }
    Ok(request.email.as_deref().map(|address| Addressee {
        name: request.name.clone().unwrap_or_default(),
        ..Addressee::address(app, address, request.language)
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
    reader: &Addressee,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let language = reader.language;
    let kind =
        notice.kind.map(|kind| app.texts.text(language, &format!("request-kind-{}", kind.key()), None).into_owned());
    let values: [(&str, FluentValue<'_>); 4] = [
        ("kind", kind.unwrap_or_default().into()),
        ("due", reader.day(&notice.due).into()),
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
) -> Result<Vec<Addressee>, Error> {
    let mut readers: Vec<Addressee> = Vec::new();
    for line in disclosures {
        let reader = match (line.recipient_person, &line.recipient_email) {
            (Some(id), _) if subject.person_id() == Some(id) => None,
            (Some(id), _) => Addressee::account(app, Some(PersonId(id))).await?,
            (None, Some(address)) if subject.email() != Some(address) => Some(Addressee {
                name: line.recipient.clone(),
                ..Addressee::address(app, address, Language::default())
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
