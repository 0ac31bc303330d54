//! How large organisations are: their figures year by year and who holds them, as a cluster keeps them, and the status of an
//! SME that follows. They are confidential: seen by the team of the cluster that keeps them, and by the organisation itself.

mod holding;
mod model;
pub(in crate::directory) mod pages;
mod store;

pub use holding::FiguresHolding;
pub use model::{
    Facts, GivenOwners, GivenYear, Kept, Origin, Owner, Ownership, Size, Year, circle, holdings, only_of, size_of,
};

use eligibility::Investor;
use serde_json::json;

use super::{
    OrganisationId,
    documents::{Reach, StatedBy},
    trail::{Trace, tell},
};
use crate::{
    accounts::{Actor, ClusterId, cluster},
    foundation::{database::Database, errors::Error, instance::App},
};

/// The kind of record, in the trail.
pub const KIND: &str = "figures";

/// The word of an investor in forms and the database.
pub fn investor_key(investor: Investor) -> Option<&'static str> {
    Investor::ALL.iter().find(|(known, _)| *known == investor).map(|(_, word)| *word)
}

/// The investor of a word.
pub fn investor_of(word: &str) -> Option<Investor> {
    Investor::ALL.iter().find(|(_, known)| *known == word).map(|(investor, _)| *investor)
}

/// All that a cluster keeps of organisations' sizes: for rules, not to be shown as it is.
///
/// # Errors
/// When the database fails.
pub async fn kept_by(database: &Database, cluster: ClusterId) -> Result<Kept, Error> {
    store::kept(database, cluster).await
}

/// Whether somebody of this reach may handle what is kept of an organisation.
fn reaches(reach: &Reach, of: OrganisationId) -> bool {
    match reach {
        Reach::Team(_) => true,
        Reach::Organisation { organisation, .. } => *organisation == of,
    }
}

fn by(reach: &Reach) -> StatedBy {
    match reach {
        Reach::Team(_) => StatedBy::Team,
        Reach::Organisation { .. } => StatedBy::Organisation,
    }
}

/// Whose figures are stated.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Its name, for the trail.
    pub name: &'a str,
}

impl<'a> About<'a> {
    fn kept_by(&'a self, cluster: ClusterId) -> Trace<'a> {
        Trace { kind: KIND, id: &self.organisation, cluster, name: self.name }
    }
}

fn told_year(year: &Year) -> serde_json::Value {
    json!({
        "year": year.year, "headcount": year.headcount, "turnover_cents": year.turnover_cents,
        "balance_cents": year.balance_cents, "source": year.origin.source, "stated_on": year.origin.stated_on,
    })
}

fn told_owners(owners: &[Owner], kept: &Kept) -> serde_json::Value {
    let told = owners.iter().map(|owner| {
        json!({
            "owner": owner.owner, "name": kept.get(&owner.owner).map(|facts| facts.name.as_str()),
            "percent_hundredths": owner.hundredths, "investor": owner.investor.and_then(investor_key),
        })
    });
    told.collect()
}

fn outside(of: OrganisationId) -> Error {
    Error::NotFound(format!("the organisation {of}"))
}

/// Keeps the figures of a year, in place of those that were there.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used.
pub async fn keep_year(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    about: About<'_>,
    given: &GivenYear,
) -> Result<(), Error> {
    if !reaches(reach, about.organisation) {
        return Err(outside(about.organisation));
    }
    let of_cluster = reach.cluster();
    let zone = cluster(&app.database, of_cluster).await?.settings.time_zone;
    let (year, source, stated_on) = given.sound(app.clock.today(&zone)).map_err(Error::Invalid)?;
    let known = kept_by(&app.database, of_cluster).await?;
    let before = known.get(&about.organisation).and_then(|facts| facts.years.iter().find(|known| known.year == year));
    let before = before.map(told_year).unwrap_or_default();
    let now = app.clock.now();
    let statement = store::Statement {
        cluster: of_cluster,
        organisation: about.organisation,
        source: &source,
        stated_on,
        by: by(reach),
        person: actor.person(),
        at: now,
    };
    let after = json!({
        "year": year, "headcount": given.headcount, "turnover_cents": given.turnover_cents,
        "balance_cents": given.balance_cents, "source": source, "stated_on": stated_on,
    });
    transact!(app.database, transaction => {
        store::remove_year(transaction, of_cluster, about.organisation, year).await?;
        let figures = (given.headcount, given.turnover_cents, given.balance_cents);
        store::put_year(transaction, &statement, year, figures).await?;
        tell(transaction, actor, now, "state", about.kept_by(of_cluster), (before.clone(), after.clone())).await
    })
}

/// Takes the figures of a year away.
///
/// # Errors
/// [`Error::NotFound`] when there are none within reach.
pub async fn remove_year(app: &App, actor: &Actor, reach: &Reach, about: About<'_>, year: u16) -> Result<(), Error> {
    if !reaches(reach, about.organisation) {
        return Err(outside(about.organisation));
    }
    let of_cluster = reach.cluster();
    let known = kept_by(&app.database, of_cluster).await?;
    let before = known.get(&about.organisation).and_then(|facts| facts.years.iter().find(|known| known.year == year));
    let before = before.map(told_year).ok_or_else(|| Error::NotFound(format!("figures of {year}")))?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::remove_year(transaction, of_cluster, about.organisation, year).await? {
            return Err(Error::NotFound(format!("figures of {year}")));
        }
        let nothing = serde_json::Value::Null;
        tell(transaction, actor, now, "remove", about.kept_by(of_cluster), (before.clone(), nothing)).await
    })
}

/// Keeps who holds an organisation, in place of what was stated before; nobody listed says that nobody holds a quarter.
///
/// # Errors
/// [`Error::Invalid`] with the fields that cannot be used: more than all of it, a circle with its path.
pub async fn keep_owners(
    app: &App,
    actor: &Actor,
    reach: &Reach,
    about: About<'_>,
    given: &GivenOwners,
    names: &[(OrganisationId, String)],
) -> Result<(), Error> {
    if !reaches(reach, about.organisation) {
        return Err(outside(about.organisation));
    }
    let of_cluster = reach.cluster();
    let zone = cluster(&app.database, of_cluster).await?.settings.time_zone;
    let mut known = kept_by(&app.database, of_cluster).await?;
    if matches!(reach, Reach::Organisation { .. }) {
        // Who holds others is not for it to learn, not even by what is refused.
        only_of(&mut known, about.organisation);
    }
    for (id, name) in names {
        known.entry(*id).or_insert_with(|| Facts { name: name.clone(), ..Facts::default() });
    }
    let (source, stated_on) =
        given.sound(&known, about.organisation, app.clock.today(&zone)).map_err(Error::Invalid)?;
    let owners: Vec<Owner> = given.owners.iter().map(|(_, owner)| *owner).collect();
    let now = app.clock.now();
    let statement = store::Statement {
        cluster: of_cluster,
        organisation: about.organisation,
        source: &source,
        stated_on,
        by: by(reach),
        person: actor.person(),
        at: now,
    };
    let stated = known.get(&about.organisation).and_then(|facts| facts.ownership.as_ref());
    let before = stated.map(|ownership| told_owners(&ownership.owners, &known)).unwrap_or_default();
    let after = json!({ "owners": told_owners(&owners, &known), "source": source, "stated_on": stated_on });
    transact!(app.database, transaction => {
        store::put_owners(transaction, &statement, &owners).await?;
        tell(transaction, actor, now, "state_owners", about.kept_by(of_cluster), (before.clone(), after.clone())).await
    })
}
