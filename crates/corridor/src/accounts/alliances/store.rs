//! SQL of alliances.

use std::collections::{BTreeMap, BTreeSet};

use super::{Alliance, AllianceId, Place, Standing};
use crate::{
    accounts::{ClusterId, ClusterRef, visibility::Allied},
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct PlaceRow {
    alliance_id: AllianceId,
    alliance: String,
    id: ClusterId,
    slug: String,
    name: String,
    accent: String,
    joined_at: Option<i64>,
    left_at: Option<i64>,
}

/// The alliances that name a cluster, however it stands in them, by name.
pub(super) async fn of_cluster(database: &Database, cluster: ClusterId) -> Result<Vec<Alliance>, Error> {
    let rows: Vec<PlaceRow> = rows!(
        database,
        "SELECT alliances.id AS alliance_id, alliances.name AS alliance, clusters.id, clusters.slug, clusters.name,
                clusters.accent, joined_at, left_at
         FROM alliance_clusters JOIN alliances ON alliances.id = alliance_id
         JOIN clusters ON clusters.id = alliance_clusters.cluster_id
         WHERE alliance_id IN (SELECT own.alliance_id FROM alliance_clusters own WHERE own.cluster_id = $1)
         ORDER BY alliances.name, alliances.id, clusters.name, clusters.id",
        cluster,
    );
    let mut alliances: Vec<Alliance> = Vec::new();
    for row in rows {
        let place = Place {
            cluster: ClusterRef { id: row.id, slug: row.slug, name: row.name, accent: row.accent },
            standing: match (row.joined_at, row.left_at) {
                (None, None) => Standing::Asked,
                (Some(_), None) => Standing::Joined,
                (None, Some(_)) => Standing::Declined,
                (Some(_), Some(_)) => Standing::Left,
            },
            since: row.left_at.or(row.joined_at),
        };
        match alliances.last_mut() {
            Some(alliance) if alliance.id == row.alliance_id => alliance.clusters.push(place),
            _ => alliances.push(Alliance { id: row.alliance_id, name: row.alliance, clusters: vec![place] }),
        }
    }
    Ok(alliances)
}

/// The alliances that a cluster is in now, each with all clusters that are.
pub(super) async fn allied(database: &Database, cluster: ClusterId) -> Result<Vec<Allied>, Error> {
    let rows: Vec<(AllianceId, ClusterId)> = rows!(
        database,
        "SELECT others.alliance_id, others.cluster_id FROM alliance_clusters own
         JOIN alliance_clusters others ON others.alliance_id = own.alliance_id
         WHERE own.cluster_id = $1 AND own.joined_at IS NOT NULL AND own.left_at IS NULL
           AND others.joined_at IS NOT NULL AND others.left_at IS NULL",
        cluster,
    );
    let mut allied: BTreeMap<AllianceId, BTreeSet<ClusterId>> = BTreeMap::new();
    for (alliance, cluster) in rows {
        allied.entry(alliance).or_default().insert(cluster);
    }
    Ok(allied.into_iter().map(|(alliance, clusters)| Allied { alliance, clusters }).collect())
}

/// Writes an alliance; a known slug keeps the alliance that is there. Tells whether it is new.
pub(super) async fn put(
    transaction: &mut Transaction,
    id: AllianceId,
    slug: Option<&str>,
    name: &str,
    proposed_by: Option<ClusterId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO alliances (id, slug, name, proposed_by, created_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT DO NOTHING",
        )
        .bind(id)
        .bind(slug)
        .bind(name)
        .bind(proposed_by)
        .bind(now)
    );
    Ok(written == 1)
}

pub(super) async fn put_cluster(
    transaction: &mut Transaction,
    alliance: AllianceId,
    cluster: ClusterId,
    joined_at: Option<Timestamp>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO alliance_clusters (cluster_id, alliance_id, joined_at) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(alliance)
        .bind(joined_at)
    );
    Ok(())
}

/// Says yes for a cluster that was asked and has not answered.
pub(super) async fn join(
    transaction: &mut Transaction,
    alliance: AllianceId,
    cluster: ClusterId,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE alliance_clusters SET joined_at = $3
             WHERE cluster_id = $2 AND alliance_id = $1 AND joined_at IS NULL AND left_at IS NULL",
        )
        .bind(alliance)
        .bind(cluster)
        .bind(now)
    ) == 1)
}

/// Ends the place of a cluster: with `joined` it leaves, without it declines.
pub(super) async fn leave(
    transaction: &mut Transaction,
    alliance: AllianceId,
    cluster: ClusterId,
    joined: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE alliance_clusters SET left_at = $3
             WHERE cluster_id = $2 AND alliance_id = $1 AND left_at IS NULL AND (joined_at IS NOT NULL) = $4",
        )
        .bind(alliance)
        .bind(cluster)
        .bind(now)
        .bind(joined)
    ) == 1)
}
