//! Which members of each cluster fit which open topic: measured beside the requests, kept in a table, so that Today
//! opens with it at the cost of one query.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use super::{Question, ready, store};
use crate::{
    accounts::{Actor, ClusterId, visibility::Reader},
    calls,
    directory::{OrganisationId, model::shown_name},
    foundation::{errors::Error, instance::App, languages::Language},
    partnering::Index,
};

/// How deep the ranking of all organisations is read: a member further down is no news for anybody.
const DEPTH: usize = 100;
/// How often a server looks whether the ranking, the topics or the day changed.
const LOOK: Duration = Duration::from_secs(10);

/// A topic of interest to a cluster, with its best placed members.
#[derive(Clone, Debug, serde::Serialize)]
pub struct TopicFit {
    /// The topic's identifier.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// When it closes.
    pub closes_on: String,
    /// How many of the cluster's members are among the first hundred of all organisations.
    pub member_count: usize,
    /// The best placed of them: id, name, place among all organisations.
    pub members: Vec<PlacedMember>,
}

/// A member and its place among all organisations.
#[derive(Clone, Debug, serde::Serialize)]
pub struct PlacedMember {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its place, from 1.
    pub position: i64,
}

/// The topics that are open or to come and have members among the first hundred, soonest closing first.
/// Only members that the reader sees as such count.
pub async fn of_cluster(
    app: &App,
    reader: &Reader,
    cluster: ClusterId,
    organisation: Option<OrganisationId>,
) -> Result<Vec<TopicFit>, Error> {
    let today = calls::today(app).to_string();
    let members: HashSet<uuid::Uuid> = store::members(&app.database, reader, cluster).await?.into_iter().collect();
    let mut rows = store::fits(&app.database, cluster, &today).await?;
    rows.retain(|row| members.contains(&row.organisation_id));
    let mut fits: Vec<TopicFit> = Vec::new();
    for row in rows {
        if fits.last().is_none_or(|last| last.identifier != row.identifier) {
            fits.push(TopicFit {
                identifier: row.identifier,
                title: row.title,
                closes_on: row.closes_on,
                member_count: 0,
                members: Vec::new(),
            });
        }
        let Some(fit) = fits.last_mut() else { continue };
        fit.member_count += 1;
        let id = OrganisationId(row.organisation_id);
        if organisation.is_none_or(|own| own == id) {
            fit.members.push(PlacedMember {
                id,
                name: shown_name(row.name.as_deref(), None, id),
                position: row.position,
            });
        }
    }
    fits.retain(|fit| !fit.members.is_empty());
    Ok(telling(fits))
}

/// How many topics are worth a look at a time.
const WORTH_A_LOOK: usize = 30;

/// Keeps the topics that say something about the cluster, soonest closing first.
///
/// A research giant stands high for nearly every topic, which is no news. So a member counts the more, the fewer topics
/// it stands high for: ln(topics / topics of the member), the inverse document frequency of text search, over the
/// logarithm of its place.
fn telling(mut fits: Vec<TopicFit>) -> Vec<TopicFit> {
    let topics = fits.len() as f64;
    let mut topics_of: HashMap<OrganisationId, f64> = HashMap::new();
    for member in fits.iter().flat_map(|fit| &fit.members) {
        *topics_of.entry(member.id).or_default() += 1.0;
    }
    let weight = |member: &PlacedMember| {
        let rarity = ((topics + 1.0) / topics_of.get(&member.id).copied().unwrap_or(topics)).ln();
        rarity / (1.0 + member.position as f64).log2()
    };
    let mut weighed: Vec<(f64, TopicFit)> = fits
        .drain(..)
        .map(|mut fit| {
            fit.members
                .sort_by(|one, other| weight(other).total_cmp(&weight(one)).then(one.position.cmp(&other.position)));
            (fit.members.iter().map(&weight).sum(), fit)
        })
        .collect();
    weighed.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.identifier.cmp(&other.1.identifier)));
    weighed.truncate(WORTH_A_LOOK);
    let mut kept: Vec<TopicFit> = weighed.into_iter().map(|(_, fit)| fit).collect();
    kept.sort_by(|one, other| (&one.closes_on, &one.identifier).cmp(&(&other.closes_on, &other.identifier)));
    kept
}

/// Measures again where the ranking, the topics or the day changed; says whether it did.
pub async fn measure(app: &App) -> Result<bool, Error> {
    let built = ready(app).await?;
    let today = calls::today(app).to_string();
    let stamp = format!("{} {} {today}", built.stamp, calls::stamp(app).await?);
    if store::fits_stamp(&app.database).await? == stamp {
        return Ok(false);
    }
    let mut clusters_of: HashMap<OrganisationId, Vec<ClusterId>> = HashMap::new();
    for (cluster, organisation) in store::memberships(&app.database).await? {
        clusters_of.entry(OrganisationId(organisation)).or_default().push(cluster);
    }
    let mut fits = Vec::new();
    for (topic, text) in calls::open_texts(app).await? {
        let question = Question { text, is_call: true, limit: DEPTH, ..Question::default() };
        for fit in super::rank(app, &Actor::Console, &built, &question, Language::En).await? {
            for cluster in clusters_of.get(&fit.id).into_iter().flatten() {
                fits.push((*cluster, topic, fit.id, i64::try_from(fit.rank).unwrap_or(i64::MAX), fit.score));
            }
        }
    }
    // Written down first, so that the transaction stays short: nobody waits for the ranking.
    store::put_fits(&app.database, fits, &stamp).await?;
    Ok(true)
}

/// Keeps the measure up to date until the process ends.
pub async fn watch(app: &App) {
    loop {
        if app.part::<Index>().current().is_some()
            && let Err(error) = measure(app).await
        {
            tracing::error!(error = ?error, "the fit of members to topics could not be measured");
        }
        tokio::time::sleep(LOOK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(name: &str, members: &[(OrganisationId, i64)]) -> TopicFit {
        TopicFit {
            identifier: name.to_owned(),
            title: name.to_owned(),
            closes_on: format!("2027-01-{:02}", 1 + name.len() % 28),
            member_count: members.len(),
            members: members
                .iter()
                .map(|(id, position)| PlacedMember { id: *id, name: String::new(), position: *position })
                .collect(),
        }
    }

    #[test]
    fn a_giant_that_fits_everything_tells_less_than_an_sme_that_fits_one_topic() {
        let (giant, small) = (OrganisationId::new(), OrganisationId::new());
        let mut fits: Vec<TopicFit> = (0..60).map(|n| fit(&"x".repeat(n + 1), &[(giant, 1)])).collect();
        fits[50].members.push(PlacedMember { id: small, name: String::new(), position: 12 });
        let told = fits[50].identifier.clone();
        let kept = telling(fits);
        assert_eq!(kept.len(), WORTH_A_LOOK);
        let topic = kept.iter().find(|fit| fit.identifier == told).expect("the topic of the small member is kept");
        assert_eq!(topic.members[0].id, small, "the member that tells most comes first");
        assert!(kept.is_sorted_by_key(|fit| fit.closes_on.clone()));
    }
}
