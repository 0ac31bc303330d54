//! SQL of invitations of many, and of who wants none any more.

use std::collections::BTreeSet;

use crate::{
    accounts::ClusterId,
    events::model::{Attendee, AttendeeId, DelegationId, EventId, Participant},
    foundation::{
        database::{Batch, Database, Transaction, Value},
        errors::Error,
        time::Timestamp,
    },
};

/// Writes new participants of an event, in few statements; `delegation`: the one that proposes them.
pub(in crate::events) async fn put_participants(
    transaction: &mut Transaction,
    cluster: ClusterId,
    participants: &[Participant],
    delegation: Option<DelegationId>,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO event_participants (cluster_id, id, event_id, organisation_id, name, country, kind, delegation, standing, offers, seeks, minimum, maximum, booth, revision, asked_at, answered_at, delegation_id)",
        "",
    );
    batch.extend(participants.iter().map(|one| {
        vec![
            cluster.into(),
            one.id.into(),
            one.event.into(),
            one.organisation.into(),
            one.name.as_str().into(),
            one.country.as_str().into(),
            one.kind.as_str().into(),
            one.delegation.as_str().into(),
            one.standing.key().into(),
            one.offers.as_str().into(),
            one.seeks.as_str().into(),
            Value::Int(one.minimum.map(i64::from)),
            Value::Int(one.maximum.map(i64::from)),
            one.booth.as_str().into(),
            one.revision.into(),
            one.asked_at.into(),
            Value::Int(one.answered_at.map(|at| at.0)),
            delegation.into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(())
}

/// Writes new people of an event, in few statements.
pub(in crate::events) async fn put_people(
    transaction: &mut Transaction,
    (cluster, event): (ClusterId, EventId),
    people: &[Attendee],
    now: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new(
        "INSERT INTO event_people (cluster_id, id, event_id, participant_id, name, email, job, language, attendee, away, rest, added_at)",
        "",
    );
    batch.extend(people.iter().map(|one| {
        vec![
            cluster.into(),
            one.id.into(),
            event.into(),
            one.participant.into(),
            one.name.as_str().into(),
            one.email.as_str().into(),
            one.job.as_str().into(),
            one.language.code().into(),
            one.key.as_str().into(),
            serde_json::json!([]).into(),
            serde_json::json!([]).into(),
            now.into(),
        ]
    }));
    batch.write(transaction).await?;
    Ok(())
}

/// Keeps the private links of letters to people, by their digests, in few statements.
pub(in crate::events) async fn put_links(
    transaction: &mut Transaction,
    cluster: ClusterId,
    links: &[(String, &Attendee)],
    now: Timestamp,
) -> Result<(), Error> {
    let mut batch = Batch::new("INSERT INTO event_links (digest, cluster_id, participant_id, person_id, made_at)", "");
    batch.extend(links.iter().map(|(digest, person)| {
        vec![digest.as_str().into(), cluster.into(), person.participant.into(), person.id.into(), now.into()]
    }));
    batch.write(transaction).await?;
    Ok(())
}

/// Whose private link this is, where it was written to one of the people.
pub(in crate::events) async fn person_of_link(database: &Database, digest: &str) -> Result<Option<AttendeeId>, Error> {
    Ok(value!(database, "SELECT person_id FROM event_links WHERE digest = $1", digest))
}

/// The digests of the addresses that want no more invitations of a cluster.
pub(in crate::events) async fn refused(database: &Database, cluster: ClusterId) -> Result<BTreeSet<String>, Error> {
    let found: Vec<String> = values!(database, "SELECT attendee FROM event_refusals WHERE cluster_id = $1", cluster);
    Ok(found.into_iter().collect())
}

/// When, and of which clusters, an address refused invitations.
pub(in crate::events) async fn refusals_of(
    database: &Database,
    attendee: &str,
) -> Result<Vec<(ClusterId, String, Timestamp)>, Error> {
    Ok(rows!(
        database,
        "SELECT event_refusals.cluster_id, clusters.name, event_refusals.refused_at
         FROM event_refusals JOIN clusters ON clusters.id = event_refusals.cluster_id
         WHERE event_refusals.attendee = $1 ORDER BY event_refusals.refused_at",
        attendee,
    ))
}

/// By how many clusters an address is not invited any more.
pub(in crate::events) async fn count_refusals(transaction: &mut Transaction, attendee: &str) -> Result<u64, Error> {
    let count: Option<i64> = value!(transaction, "SELECT COUNT(*) FROM event_refusals WHERE attendee = $1", attendee);
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
}

/// Notes that somebody wants no more invitations of a cluster, or wants them again; answers whether that is new.
pub(in crate::events) async fn set_refused(
    transaction: &mut Transaction,
    cluster: ClusterId,
    attendee: &str,
    refuses: bool,
    now: Timestamp,
) -> Result<bool, Error> {
    let written = if refuses {
        execute!(
            transaction,
            sqlx::query(
                "INSERT INTO event_refusals (cluster_id, attendee, refused_at) VALUES ($1, $2, $3)
                 ON CONFLICT (cluster_id, attendee) DO NOTHING",
            )
            .bind(cluster)
            .bind(attendee)
            .bind(now)
        )
    } else {
        execute!(
            transaction,
            sqlx::query("DELETE FROM event_refusals WHERE cluster_id = $1 AND attendee = $2")
                .bind(cluster)
                .bind(attendee)
        )
    };
    Ok(written > 0)
}
