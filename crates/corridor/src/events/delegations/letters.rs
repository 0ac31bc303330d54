//! Letters between the teams of two clusters. Nobody of a demonstration writes to anybody.

use fluent_bundle::FluentValue;
use minijinja::context;

use super::Delegation;
use crate::{
    accounts::{Actor, Addressee, people},
    events::{Event, participants::in_brackets},
    foundation::{
        database::Transaction,
        errors::Error,
        instance::App,
        mail::{self, Letter},
        time::{Timestamp, Zone},
    },
};

/// Somebody who is written to about a delegation, and the page that the letter leads to.
#[derive(Clone, Debug)]
pub(super) struct Reader {
    delegation: Delegation,
    to: Addressee,
    page: String,
}

/// The people of the asked clusters.
pub(super) async fn teams(app: &App, actor: &Actor, delegations: &[Delegation]) -> Result<Vec<Reader>, Error> {
    let mut found = Vec::new();
    if actor.is_of_the_demonstration() {
        return Ok(found);
    }
    for delegation in delegations {
        let page = app.address.link(&format!("/delegations/{}", delegation.id));
        for person in people::who_run_events_of(&app.database, delegation.asked).await? {
            if let Some(to) = Addressee::person(app, &person) {
                found.push(Reader { delegation: delegation.clone(), to, page: page.clone() });
            }
        }
    }
    Ok(found)
}

/// The people of the organiser.
pub(super) async fn organisers(
    app: &App,
    actor: &Actor,
    event: &Event,
    delegation: &Delegation,
) -> Result<Vec<Reader>, Error> {
    if actor.is_of_the_demonstration() {
        return Ok(Vec::new());
    }
    let page = app.address.link(&format!("/events/{}/delegations", event.id));
    let people = people::who_run_events_of(&app.database, event.cluster).await?;
    let reader = |to| Reader { delegation: delegation.clone(), to, page: page.clone() };
    Ok(people.iter().filter_map(|person| Addressee::person(app, person)).map(reader).collect())
}

/// Writes what happened to each reader, in few statements.
pub(super) async fn write(
    transaction: &mut Transaction,
    app: &App,
    event: &Event,
    what: &str,
    readers: &[Reader],
    now: Timestamp,
) -> Result<(), Error> {
    let zones: Vec<Zone> = readers.iter().map(|reader| reader.to.zone.clone()).collect();
    let letters: Vec<Letter<'_>> =
        readers.iter().zip(&zones).map(|(reader, zone)| letter(app, event, what, reader, zone)).collect();
    mail::write_all(transaction, &app.renderer, &letters, now).await
}

fn letter<'a>(app: &App, event: &Event, what: &str, reader: &'a Reader, zone: &'a Zone) -> Letter<'a> {
    let language = reader.to.language;
    let values: [(&str, FluentValue<'_>); 5] = [
        ("event", event.setup.name.as_str().into()),
        ("cluster", event.cluster_name.as_str().into()),
        ("delegation", reader.delegation.name.as_str().into()),
        ("quota", reader.delegation.quota.into()),
        ("days", in_brackets(event, language).into()),
    ];
    let said = match what {
        "asked" => reader.delegation.message.as_str(),
        "accepted" | "declined" => reader.delegation.answer.as_str(),
        _ => "",
    };
    Letter {
        kind: "event",
        to: &reader.to.address,
        language,
        zone,
        values: context! {
            subject => app.texts.say(language, &format!("mail-delegation-{what}-subject"), &values),
            words => app.texts.say(language, &format!("mail-delegation-{what}-text"), &values),
            said,
            has_link => false,
            // Of what was taken back nothing is to be seen any more.
            at_page => if what == "withdrawn" { app.address.link("/events") } else { reader.page.clone() },
            address => app.address.to_string(),
        },
        link: None,
    }
}
