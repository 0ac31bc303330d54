//! Letters about mergers: to the teams of both clusters, and to the partners of both sides.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentValue;
use minijinja::context;

use crate::{
    accounts::{Actor, Addressee, cluster, clusters::Cluster, people},
    consortia::{Draft, participation::invitations::readers_of},
    directory::OrganisationId,
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        time::Timestamp,
    },
};

/// One letter to several people, each in their language.
#[derive(Debug)]
pub(super) struct Notice {
    /// The word of its texts: `mail-merger-WHAT-subject`, `-text`.
    what: &'static str,
    draft: String,
    /// The cluster that the other side is from.
    from: String,
    page: Option<String>,
    readers: Vec<Addressee>,
}

/// To the team of a draft, about what another cluster did. Nobody of a demonstration writes to real people.
pub(super) async fn to_team(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    what: &'static str,
    from: &Cluster,
) -> Result<Notice, Error> {
    let people = match actor.is_of_the_demonstration() {
        true => Vec::new(),
        false => people::who_work_for(&app.database, draft.cluster).await?,
    };
    Ok(Notice {
        what,
        draft: draft.content.name.clone(),
        from: from.settings.name.clone(),
        page: Some(format!("/consortia/{}/merger", draft.id)),
        readers: people.iter().filter_map(|person| Addressee::person(app, person)).collect(),
    })
}

async fn to_partners(
    app: &App,
    actor: &Actor,
    draft: &Draft,
    what: &'static str,
    from: &Cluster,
) -> Result<Notice, Error> {
    let partners = match actor.is_of_the_demonstration() {
        true => BTreeMap::new(),
        false => readers_of(app, draft).await?,
    };
    Ok(Notice {
        what,
        draft: draft.content.name.clone(),
        from: from.settings.name.clone(),
        page: None,
        readers: partners.into_values().flatten().collect(),
    })
}

/// The partners of a draft to whom no letter can be written: nobody answers for them here, and no address of theirs is known.
pub(super) async fn unreached(app: &App, draft: &Draft) -> Result<Vec<OrganisationId>, Error> {
    let partners = readers_of(app, draft).await?;
    Ok(partners.into_iter().filter(|(_, readers)| readers.is_empty()).map(|(partner, _)| partner).collect())
}

/// To both teams and all partners of both drafts.
pub(super) async fn to_everybody(
    app: &App,
    actor: &Actor,
    what: &'static str,
    (applicants, industry): (&Draft, &Draft),
) -> Result<Vec<Notice>, Error> {
    let (lead, joining) =
        (cluster(&app.database, applicants.cluster).await?, cluster(&app.database, industry.cluster).await?);
    let mut notices = Vec::new();
    for (draft, from) in [(applicants, &joining), (industry, &lead)] {
        notices.push(to_team(app, actor, draft, what, from).await?);
        notices.push(to_partners(app, actor, draft, what, from).await?);
    }
    // Who is in both teams, or answers for a partner too, is told once.
    let mut told = BTreeSet::new();
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
