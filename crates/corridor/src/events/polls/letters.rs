//! Letters of a date poll: to those who take part or are invited, and to the teams of asked clusters. Nobody of a
//! demonstration writes to anybody.

use std::collections::BTreeMap;

use fluent_bundle::FluentValue;
use minijinja::context;
use uuid::Uuid;

use super::{Poll, View, Voter};
use crate::{
    accounts::{Actor, Addressee, people},
    events::{Attendee, Event, Standing, model::address_key, store},
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

/// Of what a letter tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// Days are proposed.
    Asked,
    /// An answer is still missing.
    Reminded,
    /// A day was chosen.
    Fixed,
}

impl About {
    fn key(self) -> &'static str {
        match self {
            About::Asked => "asked",
            About::Reminded => "reminded",
            About::Fixed => "fixed",
        }
    }
}

/// Somebody who is written to, and where the letter leads.
#[derive(Debug)]
pub(super) struct Reader {
    address: String,
    language: Language,
    zone: Zone,
    /// The organisation or the cluster.
    name: String,
    /// The page for whoever has an account.
    page: String,
    /// The person that gets a private link, with its secret.
    link: Option<(Attendee, Secret)>,
}

/// Who is written to of those who have a voice and whom `wanted` names: of each participant the first of its people with an
/// address, by a private link; where there is none, whoever speaks for the organisation; of each asked cluster its team.
pub(super) async fn readers(
    app: &App,
    actor: &Actor,
    view: &View,
    wanted: impl Fn(Voter) -> bool,
) -> Result<Vec<Reader>, Error> {
    let mut found = Vec::new();
    if actor.is_of_the_demonstration() {
        return Ok(found);
    }
    let zone = view.event.setup.zone();
    // Whoever wants no more invitations gets none about what it has not said yes to.
    let refused = store::inviting::refused(&app.database, view.event.cluster).await?;
    let mut without: Vec<(Uuid, &str, String, bool)> = Vec::new();
    for (participant, people) in &view.participants {
        if !wanted(Voter::Participant(participant.id)) {
            continue;
        }
        let invited = participant.standing == Standing::Invited;
        let page = app.address.link(&format!("/attend/{}/dates", participant.id));
        match (people.iter().find(|person| !person.email.is_empty()), participant.organisation) {
            (Some(person), _) if invited && refused.contains(&person.key) => {}
            (Some(person), _) => found.push(Reader {
                address: person.email.clone(),
                language: person.language,
                zone: zone.clone(),
                name: participant.name.clone(),
                page,
                link: Some((person.clone(), Secret::fresh())),
            }),
            (None, Some(organisation)) => without.push((organisation.0, &participant.name, page, invited)),
            (None, None) => {}
        }
    }
    let ids: Vec<Uuid> = without.iter().map(|(organisation, ..)| *organisation).collect();
    let mut speakers: BTreeMap<Uuid, Vec<Addressee>> = BTreeMap::new();
    for part in ids.chunks(5_000) {
        for (organisation, person) in people::who_speak_for(&app.database, part).await? {
            speakers.entry(organisation).or_default().extend(Addressee::person(app, &person));
        }
    }
    for (organisation, name, page, invited) in without {
        for to in speakers.get(&organisation).map_or(&[][..], Vec::as_slice) {
            if !(invited && refused.contains(&address_key(&to.address))) {
                found.push(Reader {
                    address: to.address.clone(),
                    language: to.language,
                    zone: to.zone.clone(),
                    name: name.to_owned(),
                    page: page.clone(),
                    link: None,
                });
            }
        }
    }
    for delegation in view.delegations.iter().filter(|one| wanted(Voter::Delegation(one.id))) {
        let page = app.address.link(&format!("/delegations/{}/dates", delegation.id));
        for person in people::who_run_events_of(&app.database, delegation.asked).await? {
            found.extend(Addressee::person(app, &person).map(|to| Reader {
                address: to.address,
                language: to.language,
                zone: to.zone,
                name: delegation.name.clone(),
                page: page.clone(),
                link: None,
            }));
        }
    }
    Ok(found)
}

/// Writes the letters and keeps their private links, in few statements.
pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    (event, poll): (&Event, &Poll),
    about: About,
    readers: &[Reader],
    now: Timestamp,
) -> Result<(), Error> {
    let links: Vec<(String, &Attendee)> =
        readers.iter().filter_map(|reader| reader.link.as_ref()).map(|(person, key)| (key.digest(), person)).collect();
    store::inviting::put_links(transaction, event.cluster, &links, now).await?;
    let letters: Vec<Letter<'_>> = readers.iter().map(|reader| letter(app, (event, poll), about, reader)).collect();
    mail::write_all(transaction, &app.renderer, &letters, now).await
}

fn letter<'a>(app: &App, (event, poll): (&Event, &Poll), about: About, reader: &'a Reader) -> Letter<'a> {
    let language = reader.language;
    let fixed = poll.fixed.map(|day| language.weekday(day.0)).unwrap_or_default();
    let values: [(&str, FluentValue<'_>); 6] = [
        ("event", event.setup.name.as_str().into()),
        ("cluster", event.cluster_name.as_str().into()),
        ("who", reader.name.as_str().into()),
        ("count", poll.proposals.len().into()),
        ("until", language.weekday(poll.until.0).into()),
        ("fixed", fixed.into()),
    ];
    let mut said = poll.message.clone();
    if about != About::Fixed {
        let days: Vec<String> = poll.proposals.iter().map(|day| format!("– {}", language.weekday(day.0))).collect();
        said = [said, days.join("\n")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
    } else {
        said.clear();
    }
    let link = reader.link.as_ref().map(|(_, key)| {
        let page = if about == About::Fixed { "" } else { "/dates" };
        Secret::new(app.address.link(&format!("/attend/{}{page}", key.reveal())))
    });
    Letter {
        kind: "event",
        to: &reader.address,
        language,
        zone: &reader.zone,
        values: context! {
            subject => app.texts.say(language, &format!("mail-poll-{}-subject", about.key()), &values),
            words => app.texts.say(language, &format!("mail-poll-{}-text", about.key()), &values),
            said,
            has_link => link.is_some(),
            at_page => if about == About::Fixed { reader.page.trim_end_matches("/dates") } else { reader.page.as_str() },
            address => app.address.to_string(),
        },
        link,
    }
}
