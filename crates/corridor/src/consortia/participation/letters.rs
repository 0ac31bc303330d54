//! Letters about taking part: to whom a draft asks, and to whoever asked.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use minijinja::context;

use crate::{
    accounts::{Addressee, people},
    directory::OrganisationId,
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        mail::{self, Letter},
        secrets::Secret,
        time::Timestamp,
    },
};

/// Everybody who answers for these organisations and has an address, by organisation.
pub(super) async fn readers_at(
    app: &App,
    organisations: &[OrganisationId],
) -> Result<BTreeMap<OrganisationId, Vec<Addressee>>, Error> {
    let ids: Vec<uuid::Uuid> = organisations.iter().map(|organisation| organisation.0).collect();
    let mut found: BTreeMap<OrganisationId, Vec<Addressee>> = BTreeMap::new();
    for (organisation, person) in people::who_speak_for(&app.database, &ids).await? {
        if let Some(reader) = Addressee::person(app, &person) {
            found.entry(OrganisationId(organisation)).or_default().push(reader);
        }
    }
    Ok(found)
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
    reader: &Addressee,
    notice: &Notice<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let language = reader.language;
    let role = notice.role.as_deref().map(|key| app.texts.text(language, key, None).into_owned());
    let document = notice.document.as_deref().map(|key| app.texts.text(language, key, None).into_owned());
    let values: [(&str, FluentValue<'_>); 5] = [
        ("document", document.unwrap_or_default().into()),
        ("cluster", notice.cluster.into()),
        ("draft", notice.draft.into()),
        ("organisation", notice.organisation.into()),
        ("day", reader.day(&notice.day).into()),
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
