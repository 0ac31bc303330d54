//! Consents: withdrawn and given again by whom they are of, asked for by letter where staff entered an address, and the log of
//! legal bases for those who keep the data.
//!
//! A consent that staff noted is only somebody's word; the letter goes to the person's own address, and their answer there
//! counts (double opt-in), also after an earlier withdrawal.

pub mod pages;
mod store;

use minijinja::context;
use uuid::Uuid;

use crate::{
    accounts::{Acting, Action, Actor, ClusterId, Resource, Role, personal::known_as},
    foundation::{
        audit::{self, Entry},
        database::Transaction,
        errors::Error,
        instance::App,
        languages::Language,
        mail::{self, Letter},
        personal::{
            self, Addressee, Basis, BasisEntry, Consent, Datum, Event, Held, Holding, Holdings, Listed, Proof,
            Standing, Subject, standing,
        },
        secrets::Secret,
        time::{Timestamp, Zone},
    },
};

id! {
    /// A letter that asks for a consent.
    LetterId
}

/// For how many days such a letter may be answered.
pub const ANSWER_DAYS: i64 = 30;
/// The version of the wording in these letters; it changes with the sentence.
const WORDING_VERSION: &str = "1";
/// How many entries of the log a page lists.
pub const LISTED: i64 = 200;

/// A datum about the person who reads, to which they consented or were asked to.
#[derive(Debug)]
pub struct Mine {
    /// The datum.
    pub held: Held,
    /// Its log.
    pub log: Vec<BasisEntry>,
    /// What the log comes to.
    pub standing: Standing,
}

impl Mine {
    /// The consent in force, or the last one: what was shown, how and when.
    pub fn last_consent(&self) -> Option<&BasisEntry> {
        self.log.iter().rev().find(|entry| matches!(entry.event, Event::Given | Event::Confirmed))
    }
}

/// What taking a consent back leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing else keeps the datum: it goes.
    Erased,
    /// It stays on another basis.
    Stays(Basis),
}

/// What taking the consent back would lead to.
pub fn consequence(standing: Standing) -> Consequence {
    standing.other.map_or(Consequence::Erased, Consequence::Stays)
}

async fn reader(acting: &Acting) -> Result<Subject, Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    let person = acting.actor.person().ok_or(Error::Refused { reason: "refused-nobody", sign_in: true })?;
    known_as(&acting.app.database, Subject::person(person)).await
}

/// Everything held about the person who reads that rests on their consent, did, or waits for it.
///
/// # Errors
/// When they have no account, or the database fails.
pub async fn mine(acting: &Acting) -> Result<Vec<Mine>, Error> {
    let (app, subject) = (&acting.app, reader(acting).await?);
    let mut found = Vec::new();
    for held in app.part::<Holdings>().held(&app.database, &subject).await? {
        let log = personal::bases(&app.database, held.kind, &held.id).await?;
        let standing = standing(&log);
        if standing.consent != Consent::None {
            found.push(Mine { held, log, standing });
        }
    }
    Ok(found)
}

/// One of them; another's does not exist.
async fn one_of_mine(acting: &Acting, kind: &str, id: &str) -> Result<Mine, Error> {
    let found = mine(acting).await?.into_iter().find(|one| one.held.kind == kind && one.held.id == id);
    found.ok_or_else(|| Error::NotFound("this consent of yours".to_owned()))
}

fn entry(
    actor: &Actor,
    datum: Datum<'_>,
    event: Event,
    cluster: Option<Uuid>,
    proof: Proof,
    now: Timestamp,
) -> BasisEntry {
    BasisEntry {
        at: now,
        kind: datum.kind.to_owned(),
        id: datum.id.to_owned(),
        field: datum.field.to_owned(),
        event,
        basis: Basis::Consent,
        proof,
        entered_by: actor.person(),
        cluster,
    }
}

async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    action: &str,
    datum: Datum<'_>,
    cluster: Option<Uuid>,
) -> Result<(), Error> {
    let told = Entry {
        at: now,
        person: actor.person(),
        cluster,
        action,
        subject_kind: "consent",
        subject: datum.id.to_owned(),
        summary: datum.kind.to_owned(),
        before: serde_json::Value::Null,
        after: serde_json::Value::Null,
    };
    audit::record(transaction, told).await
}

/// Takes the datum out where nothing keeps it any more.
async fn settle(
    transaction: &mut Transaction,
    holding: &'static dyn Holding,
    datum: Datum<'_>,
    now: Timestamp,
) -> Result<bool, Error> {
    let log = personal::bases_in(transaction, datum.kind, datum.id).await?;
    let over = standing(&log).has_ended(&log);
    if over {
        holding.forget(transaction, datum, now).await?;
    }
    Ok(over)
}

fn holding(app: &App, kind: &str) -> Result<&'static dyn Holding, Error> {
    app.part::<Holdings>().of(kind).ok_or_else(|| Error::NotFound(format!("records of the kind {kind}")))
}

/// Takes a consent of the person who acts back; whether the datum went with it.
///
/// # Errors
/// When it is not theirs, or not given.
pub async fn withdraw(acting: &Acting, kind: &str, id: &str) -> Result<bool, Error> {
    let one = one_of_mine(acting, kind, id).await?;
    if !one.standing.consents() {
        return Err(Error::Over { reason: "consent-not-given" });
    }
    let (app, now) = (&acting.app, acting.app.clock.now());
    let (holding, datum) = (holding(app, kind)?, Datum { kind, id, field: "" });
    let proof = Proof { channel: "page".to_owned(), ..Proof::default() };
    let withdrawn = entry(&acting.actor, datum, Event::Withdrawn, one.held.cluster, proof, now);
    transact!(app.database, transaction => {
        personal::record_basis(transaction, &withdrawn).await?;
        tell(transaction, &acting.actor, now, "withdraw", datum, one.held.cluster).await?;
        settle(transaction, holding, datum, now).await
    })
}

/// Gives a consent again, in the words that were shown.
///
/// # Errors
/// When it is not about them, or is given already.
pub async fn give(acting: &Acting, kind: &str, id: &str, wording: &str) -> Result<(), Error> {
    let one = one_of_mine(acting, kind, id).await?;
    if one.standing.consents() {
        return Err(Error::Over { reason: "consent-given-already" });
    }
    let (app, now, datum) = (&acting.app, acting.app.clock.now(), Datum { kind, id, field: "" });
    let proof = Proof { wording: wording.to_owned(), version: WORDING_VERSION.to_owned(), channel: "page".to_owned() };
    let given = entry(&acting.actor, datum, Event::Given, one.held.cluster, proof, now);
    transact!(app.database, transaction => {
        personal::record_basis(transaction, &given).await?;
        tell(transaction, &acting.actor, now, "give", datum, one.held.cluster).await
    })
}

/// The cluster whose log the actor reads; none for all of them.
fn whose(actor: &Actor) -> Result<Option<ClusterId>, Error> {
    let own = actor.cluster().map(|cluster| cluster.id);
    match actor.role() {
        Some(Role::InstanceAdministrator) => Ok(None),
        _ if own.is_some() => Ok(own),
        _ => Err(Error::Refused { reason: "refused-other-cluster", sign_in: false }),
    }
}

/// The log of legal bases that the actor may read, newest first.
///
/// # Errors
/// When they may not.
pub async fn log(acting: &Acting, basis: Option<Basis>) -> Result<Vec<BasisEntry>, Error> {
    acting.may(Action::HandleDataRequests, Resource::Instance)?;
    let cluster = whose(&acting.actor)?.map(|cluster| cluster.0);
    personal::recent_bases(&acting.app.database, cluster, basis, LISTED).await
}

/// Records that need a basis of their own and have none, by kind.
///
/// # Errors
/// When the actor may not see them.
pub async fn unfounded(acting: &Acting) -> Result<Vec<(&'static str, Listed)>, Error> {
    acting.may(Action::HandleDataRequests, Resource::Instance)?;
    let (app, cluster) = (&acting.app, whose(&acting.actor)?.map(|cluster| cluster.0));
    let mut found = Vec::new();
    for holding in app.part::<Holdings>().0 {
        let all = holding.listed(&app.database, cluster).await?;
        if all.is_empty() {
            continue;
        }
        let founded = personal::founded(&app.database, holding.kind()).await?;
        found.extend(all.into_iter().filter(|one| !founded.contains(&one.id)).map(|one| (holding.kind(), one)));
    }
    Ok(found)
}

/// A datum with its log, for those who keep it.
#[derive(Debug)]
pub struct OfDatum {
    /// Its log, oldest first.
    pub log: Vec<BasisEntry>,
    /// What the log comes to.
    pub standing: Standing,
    /// Whom a letter would go to, where the datum has an address.
    pub addressee: Option<Addressee>,
}

/// One datum with its log.
///
/// # Errors
/// When there is none of the actor's cluster.
pub async fn of_datum(acting: &Acting, kind: &str, id: &str) -> Result<OfDatum, Error> {
    acting.may(Action::HandleDataRequests, Resource::Instance)?;
    let (app, own) = (&acting.app, whose(&acting.actor)?.map(|cluster| cluster.0));
    let addressee = holding(app, kind)?.addressee(&app.database, id).await?;
    let log = personal::bases(&app.database, kind, id).await?;
    let of = addressee.as_ref().map(|one| one.cluster).or_else(|| log.last().and_then(|entry| entry.cluster));
    if (log.is_empty() && addressee.is_none()) || (own.is_some() && of != own) {
        return Err(Error::NotFound("this record".to_owned()));
    }
    Ok(OfDatum { standing: standing(&log), log, addressee })
}

/// What the person is asked to agree to.
pub fn wording(app: &App, language: Language, addressee: &Addressee) -> String {
    let values = [("cluster", addressee.cluster_name.as_str().into()), ("about", addressee.about.as_str().into())];
    app.texts.say(language, "consent-letter-wording", &values)
}

/// Asks the person by letter; the answer through their own address counts.
///
/// # Errors
/// When the datum has no address, belongs to another cluster, or a letter waits for its answer.
pub async fn ask(acting: &Acting, kind: &str, id: &str) -> Result<(), Error> {
    let datum = of_datum(acting, kind, id).await?;
    let no_address = || Error::worded("consent-problem-address", &[]);
    let (app, now, addressee) = (&acting.app, acting.app.clock.now(), datum.addressee.ok_or_else(no_address)?);
    if datum.standing.consent == Consent::Confirmed {
        return Err(Error::Over { reason: "consent-given-already" });
    }
    let language = addressee.language.as_deref().and_then(|code| code.parse().ok()).unwrap_or(acting.language);
    let token = Secret::fresh();
    let row = store::AskedRow {
        id: LetterId::new(),
        kind: kind.to_owned(),
        datum: id.to_owned(),
        cluster_id: Some(addressee.cluster),
        wording: wording(app, language, &addressee),
        wording_version: WORDING_VERSION.to_owned(),
    };
    let expires_at = now.plus_seconds(ANSWER_DAYS * 24 * 3600);
    let letter = Letter {
        kind: "consent",
        to: &addressee.email,
        language,
        zone: &Zone::default(),
        values: context! {
            cluster => addressee.cluster_name.as_str(), about => addressee.about.as_str(),
            wording => row.wording.as_str(), days => ANSWER_DAYS, address => app.address.to_string(),
        },
        link: Some(Secret::new(app.address.link(&format!("/consents/{}", token.reveal())))),
    };
    let what = Datum { kind, id, field: "" };
    let proof =
        Proof { wording: row.wording.clone(), version: WORDING_VERSION.to_owned(), channel: "letter".to_owned() };
    let asked = entry(&acting.actor, what, Event::Recorded, Some(addressee.cluster), proof, now);
    transact!(app.database, transaction => {
        if store::open_since(transaction, kind, id, now).await?.is_some() {
            return Err(Error::Over { reason: "consent-asked-already" });
        }
        let new = store::New { digest: &token.digest(), row: &row, by: acting.actor.person(), now, expires_at };
        store::put(transaction, &new).await?;
        mail::write(transaction, &app.renderer, &letter, now).await?;
        personal::record_basis(transaction, &asked).await?;
        tell(transaction, &acting.actor, now, "ask", what, Some(addressee.cluster)).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// The wording of a letter that may still be answered.
///
/// # Errors
/// [`Error::Over`] for every link that is worth nothing, whatever the reason.
pub async fn asked(acting: &Acting, token: &Secret) -> Result<String, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let now = acting.app.clock.now();
    let found = transact!(acting.app.database, transaction => store::open(transaction, &token.digest(), now).await)?;
    Ok(found.ok_or(Error::Over { reason: "consent-letter-over" })?.wording)
}

/// Answers a letter: yes confirms the consent; no takes back what was said in the person's name, and objects to any other use.
/// Says whether the datum went with it.
///
/// # Errors
/// [`Error::Over`] when the link is worth nothing, or was answered.
pub async fn answer(acting: &Acting, token: &Secret, yes: bool) -> Result<bool, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let (app, now) = (&acting.app, acting.app.clock.now());
    let over = || Error::Over { reason: "consent-letter-over" };
    transact!(app.database, transaction => {
        let row = store::open(transaction, &token.digest(), now).await?.ok_or_else(over)?;
        let datum = Datum { kind: &row.kind, id: &row.datum, field: "" };
        let holding = holding(app, &row.kind)?;
        if !store::answer(transaction, row.id, if yes { "yes" } else { "no" }, now).await? {
            return Err(over());
        }
        // Who answers is whoever reads the address, not who may be signed in here.
        let (nobody, proof) = (Actor::Nobody, Proof {
            wording: row.wording.clone(),
            version: row.wording_version.clone(),
            channel: "letter".to_owned(),
        });
        let event = if yes { Event::Confirmed } else { Event::Withdrawn };
        personal::record_basis(transaction, &entry(&nobody, datum, event, row.cluster_id, proof.clone(), now)).await?;
        if !yes {
            let objected = entry(&nobody, datum, Event::Objected, row.cluster_id, proof, now);
            let log = personal::bases_in(transaction, datum.kind, datum.id).await?;
            if let Some(basis) = standing(&log).other.filter(|basis| basis.may_be_objected_to()) {
                personal::record_basis(transaction, &BasisEntry { basis, ..objected }).await?;
            }
        }
        tell(transaction, &nobody, now, if yes { "confirm" } else { "refuse" }, datum, row.cluster_id).await?;
        settle(transaction, holding, datum, now).await
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_consent_keeps_goes_with_it() {
        let stands = |other| Standing { consent: Consent::Given, other, objection_open: false };
        assert_eq!(consequence(stands(None)), Consequence::Erased);
        let law = Basis::LegalObligation;
        assert_eq!(consequence(stands(Some(law))), Consequence::Stays(law));
    }
}
