//! Dates that drafts set themselves.

use uuid::Uuid;

use super::super::{
    calendar::{Milestone, MilestoneId},
    model::Audience,
};
use crate::{
    accounts::ClusterId,
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

#[derive(sqlx::FromRow)]
struct MilestoneRow {
    id: MilestoneId,
    name: String,
    day: String,
    audience: String,
    partner_id: Option<OrganisationId>,
    created_at: Timestamp,
}

impl MilestoneRow {
    fn read(self) -> Result<Milestone, Error> {
        let unread = |what: &str| anyhow::anyhow!("the milestone {} holds {what} that is not read", self.id);
        Ok(Milestone {
            day: self.day.parse().map_err(|_| unread("a day"))?,
            audience: Audience::of(&self.audience, self.partner_id).ok_or_else(|| unread("an audience"))?,
            id: self.id,
            name: self.name,
            created_at: self.created_at,
        })
    }
}

/// The milestones of a draft, the first one first.
pub(in super::super) async fn milestones(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<Milestone>, Error> {
    let rows: Vec<MilestoneRow> = rows!(
        database,
        "SELECT draft_milestones.id, name, day, audience, COALESCE(merged.now_id, partner_id) AS partner_id, created_at
         FROM draft_milestones LEFT JOIN merged_organisations merged ON merged.id = partner_id
         WHERE cluster_id = $1 AND draft_id = $2 ORDER BY day, draft_milestones.id",
        cluster,
        draft,
    );
    rows.into_iter().map(MilestoneRow::read).collect()
}

pub(in super::super) async fn put(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    milestone: &Milestone,
    person: Option<Uuid>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_milestones (cluster_id, id, draft_id, name, day, audience, partner_id, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(cluster)
        .bind(milestone.id)
        .bind(draft)
        .bind(&milestone.name)
        .bind(milestone.day.to_string())
        .bind(milestone.audience.key())
        .bind(milestone.audience.partner())
        .bind(person)
        .bind(milestone.created_at)
    );
    Ok(())
}

pub(in super::super) async fn delete(
    transaction: &mut Transaction,
    cluster: ClusterId,
    milestone: MilestoneId,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query("DELETE FROM draft_milestones WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(milestone)
    ) > 0)
}
