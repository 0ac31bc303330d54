//! Letters about mergers: to the teams of both clusters, and to the partners of both sides.

use fluent_bundle::FluentValue;
use minijinja::context;

use super::store;
use crate::{
    accounts::{cluster, clusters::Cluster, people},
    consortia::Draft,
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        time::{Timestamp, Zone},
    },
};

#[derive(Debug)]
struct Reader {
    address: String,
    language: Language,
    zone: Zone,
}

/// One letter to several people, each in their language.
#[derive(Debug)]
pub(super) struct Notice {
    /// The word of its texts: `mail-merger-WHAT-subject`, `-text`.
    what: &'static str,
    draft: String,
    /// The cluster that the other side is from.
    from: String,
    page: Option<String>,
    readers: Vec<Reader>,
}

/// To the team of a draft, about what another cluster did.
pub(super) async fn to_team(app: &App, draft: &Draft, what: &'static str, from: &Cluster) -> Result<Notice, Error> {
    let people = people::who_work_for(&app.database, draft.cluster).await?;
    let reader = |person: &crate::accounts::Person| {
        Some(Reader {
            address: person.email.clone()?,
            language: person.language(),
            zone: person.zone(&app.configuration.time_zone),
        })
    };
    Ok(Notice {
        what,
        draft: draft.content.name.clone(),
        from: from.settings.name.clone(),
        page: Some(format!("/consortia/{}/merger", draft.id)),
        readers: people.iter().filter_map(reader).collect(),
    })
}

async fn to_partners(app: &App, draft: &Draft, what: &'static str, from: &Cluster) -> Result<Notice, Error> {
    let partners = store::partners(&app.database, draft.cluster, draft.id).await?;
    let reader = |address: store::Address| Reader {
        address: address.email,
        language: address.language,
        zone: app.configuration.time_zone.clone(),
    };
    Ok(Notice {
        what,
        draft: draft.content.name.clone(),
        from: from.settings.name.clone(),
        page: None,
        readers: partners.into_iter().map(reader).collect(),
    })
}

/// To both teams and all partners of both drafts.
pub(super) async fn to_everybody(
    app: &App,
    what: &'static str,
    (applicants, industry): (&Draft, &Draft),
) -> Result<Vec<Notice>, Error> {
    let (lead, joining) =
        (cluster(&app.database, applicants.cluster).await?, cluster(&app.database, industry.cluster).await?);
    let mut notices = Vec::new();
    for (draft, from) in [(applicants, &joining), (industry, &lead)] {
        notices.push(to_team(app, draft, what, from).await?);
        notices.push(to_partners(app, draft, what, from).await?);
    }
    // Who is in both teams, or answers for a partner too, is told once.
    let mut told = std::collections::BTreeSet::new();
    for notice in &mut notices {
        notice.readers.retain(|reader| told.insert(reader.address.clone()));
    }
    Ok(notices)
}

/// The subject and the words of a letter.
fn worded(app: &App, notice: &Notice, language: Language) -> (String, String) {
    let values: [(&str, FluentValue<'_>); 2] =
        [("draft", notice.draft.as_str().into()), ("cluster", notice.from.as_str().into())];
    let say = |part: &str| app.texts.say(language, &format!("mail-merger-{}-{part}", notice.what), &values);
    (say("subject"), say("text"))
}

pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    notice: &Notice,
    now: Timestamp,
) -> Result<(), Error> {
    for reader in &notice.readers {
        let (subject, words) = worded(app, notice, reader.language);
        let letter = Letter {
            kind: "merger",
            to: &reader.address,
            language: reader.language,
            zone: &reader.zone,
            values: context! {
                subject,
                words,
                at_page => notice.page.as_ref().map(|path| app.address.link(path)),
                address => app.address.to_string(),
            },
            link: None,
        };
        mail::write(transaction, &app.renderer, &letter, now).await?;
    }
    Ok(())
}
