//! SQL of submissions and of the answers to them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::types::Json;
use uuid::Uuid;

use super::model::{Answer, AnswerId, AnswerKind, Grant, Line, Participant, Submission, SubmissionId};
use crate::{
    accounts::ClusterId,
    calls::TopicId,
    consortia::{
        Content, DraftId, MemberRole,
        store::named::{self, Named, naming},
    },
    directory::OrganisationId,
    foundation::{
        database::{Batch, Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

/// What goes with the cluster's drafts that were deleted before a moment.
pub(in crate::consortia) const FORGOTTEN: &[&str] = &[
    "DELETE FROM draft_answers WHERE cluster_id = $1 AND submission_id IN
     (SELECT id FROM draft_submissions WHERE cluster_id = $1
      AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2))",
    "DELETE FROM draft_submission_members WHERE cluster_id = $1 AND submission_id IN
     (SELECT id FROM draft_submissions WHERE cluster_id = $1
      AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2))",
    "DELETE FROM draft_submissions WHERE cluster_id = $1
     AND draft_id IN (SELECT id FROM drafts WHERE cluster_id = $1 AND deleted_at < $2)",
];

#[derive(sqlx::FromRow)]
struct SubmissionRow {
    id: SubmissionId,
    draft_id: DraftId,
    revision: i64,
    stage: String,
    instrument: Option<String>,
    topic_id: Option<TopicId>,
    submitted_on: String,
    reference: String,
    person: Option<String>,
    recorded_at: Timestamp,
    changes: i64,
}

#[derive(sqlx::FromRow)]
struct AnswerRow {
    submission_id: SubmissionId,
    id: AnswerId,
    kind: String,
    answered_on: String,
    marks: Json<serde_json::Value>,
    summary: String,
    grant_cents: Option<i64>,
    cost_cents: Option<i64>,
    agreement: String,
    starts_on: Option<String>,
    person: Option<String>,
    recorded_at: Timestamp,
}

fn stored_day(text: &str) -> Result<Day, Error> {
    text.parse().map_err(|error| Error::Unexpected(anyhow::anyhow!("a day of a submission: {error}")))
}

impl AnswerRow {
    fn answer(self) -> Result<Answer, Error> {
        let unread = || anyhow::anyhow!("an answer is of a kind that is not read: {}", self.kind);
        Ok(Answer {
            id: self.id,
            kind: AnswerKind::of(&self.kind).ok_or_else(unread)?,
            on: stored_day(&self.answered_on)?,
            marks: serde_json::from_value(self.marks.0).map_err(anyhow::Error::from)?,
            summary: self.summary,
            grant: Grant {
                grant_cents: self.grant_cents,
                cost_cents: self.cost_cents,
                agreement: self.agreement,
                starts_on: self.starts_on.as_deref().map(stored_day).transpose()?,
            },
            person: self.person,
            recorded_at: self.recorded_at,
        })
    }
}

/// The submissions of a draft, or of all drafts of the cluster that are not deleted, newest first.
pub(super) async fn submissions(
    database: &Database,
    cluster: ClusterId,
    draft: Option<DraftId>,
) -> Result<Vec<Submission>, Error> {
    let rows: Vec<SubmissionRow> = rows!(
        database,
        "SELECT draft_submissions.id, draft_submissions.draft_id, draft_submissions.revision, draft_submissions.stage,
                draft_submissions.instrument, draft_submissions.topic_id, draft_submissions.submitted_on,
                draft_submissions.reference, people.name AS person, draft_submissions.recorded_at,
                draft_submissions.changes
         FROM draft_submissions JOIN drafts ON drafts.cluster_id = draft_submissions.cluster_id
              AND drafts.id = draft_submissions.draft_id AND drafts.deleted_at IS NULL
         LEFT JOIN people ON people.id = draft_submissions.submitted_by AND people.restricted_at IS NULL
         WHERE draft_submissions.cluster_id = $1 AND draft_submissions.draft_id = COALESCE($2, draft_submissions.draft_id)
         ORDER BY draft_submissions.submitted_on DESC, draft_submissions.id DESC",
        cluster,
        draft,
    );
    let answers: Vec<AnswerRow> = rows!(
        database,
        "SELECT draft_answers.submission_id, draft_answers.id, draft_answers.kind, draft_answers.answered_on,
                draft_answers.marks, draft_answers.summary, draft_answers.grant_cents, draft_answers.cost_cents,
                draft_answers.agreement, draft_answers.starts_on, people.name AS person, draft_answers.recorded_at
         FROM draft_answers JOIN draft_submissions ON draft_submissions.cluster_id = draft_answers.cluster_id
              AND draft_submissions.id = draft_answers.submission_id
         LEFT JOIN people ON people.id = draft_answers.answered_by AND people.restricted_at IS NULL
         WHERE draft_answers.cluster_id = $1 AND draft_submissions.draft_id = COALESCE($2, draft_submissions.draft_id)
         ORDER BY draft_answers.answered_on DESC, draft_answers.id DESC",
        cluster,
        draft,
    );
    let mut of: BTreeMap<SubmissionId, Vec<Answer>> = BTreeMap::new();
    for row in answers {
        of.entry(row.submission_id).or_default().push(row.answer()?);
    }
    rows.into_iter()
        .map(|row| {
            Ok(Submission {
                id: row.id,
                draft: row.draft_id,
                revision: row.revision,
                stage: Some(row.stage).filter(|stage| !stage.is_empty()),
                instrument: row.instrument,
                topic: row.topic_id,
                on: stored_day(&row.submitted_on)?,
                reference: row.reference,
                person: row.person,
                recorded_at: row.recorded_at,
                changes: row.changes,
                answers: of.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// What a draft said in the versions that were submitted, by revision.
pub(super) async fn frozen(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<BTreeMap<i64, Content>, Error> {
    let rows: Vec<(i64, Json<serde_json::Value>)> = rows!(
        database,
        "SELECT revision, content FROM draft_versions WHERE cluster_id = $1 AND draft_id = $2 AND revision IN
             (SELECT draft_submissions.revision FROM draft_submissions
              WHERE draft_submissions.cluster_id = $1 AND draft_submissions.draft_id = $2)",
        cluster,
        draft,
    );
    let read = |(revision, content): (i64, Json<serde_json::Value>)| {
        Ok((revision, serde_json::from_value(content.0).map_err(anyhow::Error::from)?))
    };
    rows.into_iter().map(read).collect()
}

/// The submissions of a draft in whose frozen version the organisation took part, each with its side there.
pub(super) async fn taking_part(
    database: &Database,
    (cluster, draft): (ClusterId, DraftId),
    organisation: OrganisationId,
) -> Result<BTreeMap<SubmissionId, String>, Error> {
    let rows: Vec<(SubmissionId, String)> = rows!(
        database,
        "SELECT draft_submissions.id, draft_submission_members.side
         FROM draft_submissions JOIN draft_submission_members
              ON draft_submission_members.cluster_id = draft_submissions.cluster_id
              AND draft_submission_members.submission_id = draft_submissions.id
         LEFT JOIN merged_organisations merged ON merged.id = draft_submission_members.organisation_id
         WHERE draft_submissions.cluster_id = $1 AND draft_submissions.draft_id = $2
               AND COALESCE(merged.now_id, draft_submission_members.organisation_id) = $3",
        cluster,
        draft,
        organisation,
    );
    Ok(rows.into_iter().collect())
}

/// Writes a submission; answers whether it is the first of its draft, stage and day.
pub(super) async fn put(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: &Submission,
    frozen: &Content,
    by: Option<Uuid>,
) -> Result<bool, Error> {
    let written = execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_submissions (cluster_id, id, draft_id, revision, stage, instrument, topic_id, submitted_on,
                 reference, submitted_by, recorded_at, changes)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1) ON CONFLICT DO NOTHING",
        )
        .bind(cluster)
        .bind(submission.id)
        .bind(submission.draft)
        .bind(submission.revision)
        .bind(submission.stage.as_deref().unwrap_or_default())
        .bind(&submission.instrument)
        .bind(submission.topic)
        .bind(submission.on.to_string())
        .bind(&submission.reference)
        .bind(by)
        .bind(submission.recorded_at)
    ) > 0;
    if written {
        put_members(transaction, cluster, submission.id, frozen).await?;
    }
    Ok(written)
}

async fn put_members(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: SubmissionId,
    frozen: &Content,
) -> Result<(), Error> {
    let mut batch =
        Batch::new("INSERT INTO draft_submission_members (cluster_id, submission_id, organisation_id, role, side)", "");
    let mut seen = BTreeSet::new();
    for member in frozen.members.iter().filter(|member| seen.insert(member.organisation)) {
        batch.push(vec![
            cluster.into(),
            submission.into(),
            member.organisation.into(),
            member.role.key().into(),
            member.side.key().into(),
        ]);
    }
    batch.write(transaction).await?;
    Ok(())
}

/// Counts a correction; answers whether nobody else has counted one since the submission was read.
pub(super) async fn count(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: SubmissionId,
    changes: i64,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_submissions SET changes = changes + 1 WHERE cluster_id = $1 AND id = $2 AND changes = $3",
        )
        .bind(cluster)
        .bind(submission)
        .bind(changes)
    ) > 0)
}

/// Whether the draft has another submission of that stage and day.
pub(super) async fn is_taken(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: &Submission,
) -> Result<bool, Error> {
    let other: Option<SubmissionId> = value!(
        transaction,
        "SELECT id FROM draft_submissions
         WHERE cluster_id = $1 AND draft_id = $2 AND stage = $3 AND submitted_on = $4 AND id <> $5",
        cluster,
        submission.draft,
        submission.stage.as_deref().unwrap_or_default(),
        submission.on.to_string(),
        submission.id,
    );
    Ok(other.is_some())
}

/// Corrects a submission.
pub(super) async fn replace(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: &Submission,
    frozen: &Content,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_submissions SET revision = $3, stage = $4, instrument = $5, topic_id = $6, submitted_on = $7,
                 reference = $8
             WHERE cluster_id = $1 AND id = $2",
        )
        .bind(cluster)
        .bind(submission.id)
        .bind(submission.revision)
        .bind(submission.stage.as_deref().unwrap_or_default())
        .bind(&submission.instrument)
        .bind(submission.topic)
        .bind(submission.on.to_string())
        .bind(&submission.reference)
    );
    execute!(
        transaction,
        sqlx::query("DELETE FROM draft_submission_members WHERE cluster_id = $1 AND submission_id = $2")
            .bind(cluster)
            .bind(submission.id)
    );
    put_members(transaction, cluster, submission.id, frozen).await
}

/// Takes a submission away with its answers.
pub(super) async fn remove(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: SubmissionId,
) -> Result<(), Error> {
    for statement in [
        "DELETE FROM draft_answers WHERE cluster_id = $1 AND submission_id = $2",
        "DELETE FROM draft_submission_members WHERE cluster_id = $1 AND submission_id = $2",
        "DELETE FROM draft_submissions WHERE cluster_id = $1 AND id = $2",
    ] {
        execute!(transaction, sqlx::query(statement).bind(cluster).bind(submission));
    }
    Ok(())
}

/// Writes an answer, in place of the one with its id where there is one; who noted it first stays.
pub(super) async fn put_answer(
    transaction: &mut Transaction,
    cluster: ClusterId,
    submission: SubmissionId,
    answer: &Answer,
    by: Option<Uuid>,
) -> Result<(), Error> {
    let marks = serde_json::to_value(&answer.marks).map_err(anyhow::Error::from)?;
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_answers (cluster_id, id, submission_id, kind, answered_on, marks, summary, grant_cents,
                 cost_cents, agreement, starts_on, answered_by, recorded_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (cluster_id, id) DO UPDATE SET kind = excluded.kind, answered_on = excluded.answered_on,
                 marks = excluded.marks, summary = excluded.summary, grant_cents = excluded.grant_cents,
                 cost_cents = excluded.cost_cents, agreement = excluded.agreement, starts_on = excluded.starts_on",
        )
        .bind(cluster)
        .bind(answer.id)
        .bind(submission)
        .bind(answer.kind.key())
        .bind(answer.on.to_string())
        .bind(Json(marks))
        .bind(&answer.summary)
        .bind(answer.grant.grant_cents)
        .bind(answer.grant.cost_cents)
        .bind(&answer.grant.agreement)
        .bind(answer.grant.starts_on.map(|day| day.to_string()))
        .bind(by)
        .bind(answer.recorded_at)
    );
    Ok(())
}

/// Takes an answer away.
pub(super) async fn remove_answer(
    transaction: &mut Transaction,
    cluster: ClusterId,
    answer: AnswerId,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query("DELETE FROM draft_answers WHERE cluster_id = $1 AND id = $2").bind(cluster).bind(answer)
    );
    Ok(())
}

/// What somebody noted, oldest first.
pub(super) async fn noted_by(database: &Database, person: Option<Uuid>) -> Result<Vec<Named>, Error> {
    Ok(rows!(
        database,
        naming!(
            "SELECT cluster_id, id, draft_id, 'submission' AS part, NULL AS words, recorded_at AS at
             FROM draft_submissions WHERE submitted_by = $1
             UNION ALL SELECT answer.cluster_id, answer.id, submission.draft_id, 'answer', NULL, answer.recorded_at
             FROM draft_answers answer JOIN draft_submissions submission ON submission.cluster_id = answer.cluster_id
                  AND submission.id = answer.submission_id
             WHERE answer.answered_by = $1"
        ),
        person,
    ))
}

/// Takes somebody out of what they noted; says of how many.
pub(super) async fn forget(transaction: &mut Transaction, person: Option<Uuid>) -> Result<u64, Error> {
    let statements = [
        "UPDATE draft_submissions SET submitted_by = NULL WHERE submitted_by = $1",
        "UPDATE draft_answers SET answered_by = NULL WHERE answered_by = $1",
    ];
    named::forget(transaction, &statements, person).await
}

/// What stands beside a submission in lists.
#[derive(sqlx::FromRow)]
struct BesideRow {
    id: SubmissionId,
    name: String,
    topic: Option<String>,
    topic_title: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ParticipantRow {
    submission_id: SubmissionId,
    organisation_id: OrganisationId,
    role: String,
    own: Option<ClusterId>,
}

/// All submissions of the cluster, newest first, with the names of their drafts and topics and who took part.
pub(super) async fn lines(database: &Database, cluster: ClusterId) -> Result<Vec<Line>, Error> {
    let submissions = submissions(database, cluster, None).await?;
    let beside: Vec<BesideRow> = rows!(
        database,
        "SELECT draft_submissions.id, drafts.name, topics.identifier AS topic, topics.title AS topic_title
         FROM draft_submissions JOIN drafts ON drafts.cluster_id = draft_submissions.cluster_id
              AND drafts.id = draft_submissions.draft_id
         LEFT JOIN topics ON topics.id = draft_submissions.topic_id
         WHERE draft_submissions.cluster_id = $1",
        cluster,
    );
    let participants: Vec<ParticipantRow> = rows!(
        database,
        "SELECT draft_submission_members.submission_id,
                COALESCE(merged.now_id, draft_submission_members.organisation_id) AS organisation_id,
                draft_submission_members.role, memberships.cluster_id AS own
         FROM draft_submission_members
         LEFT JOIN merged_organisations merged ON merged.id = draft_submission_members.organisation_id
         LEFT JOIN memberships ON memberships.cluster_id = draft_submission_members.cluster_id
              AND memberships.organisation_id = COALESCE(merged.now_id, draft_submission_members.organisation_id)
         WHERE draft_submission_members.cluster_id = $1
         ORDER BY draft_submission_members.submission_id, draft_submission_members.organisation_id",
        cluster,
    );
    let mut beside: BTreeMap<SubmissionId, BesideRow> = beside.into_iter().map(|row| (row.id, row)).collect();
    let mut of: BTreeMap<SubmissionId, Vec<Participant>> = BTreeMap::new();
    for row in participants {
        let role = MemberRole::of(&row.role).unwrap_or_default();
        let one = Participant { organisation: row.organisation_id, role, own: row.own.is_some() };
        let known = of.entry(row.submission_id).or_default();
        // Two records of one organisation that were merged since count once, in the foremost role.
        match known.iter_mut().find(|known| known.organisation == one.organisation) {
            Some(known) => known.role = known.role.min(one.role),
            None => known.push(one),
        }
    }
    let line = |submission: Submission| {
        let participants = of.remove(&submission.id).unwrap_or_default();
        let row = beside.remove(&submission.id)?;
        let (draft_name, topic, topic_title) = (row.name, row.topic, row.topic_title);
        Some(Line { submission, draft_name, topic, topic_title, participants })
    };
    Ok(submissions.into_iter().filter_map(line).collect())
}

/// An organisation as ranking learns of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Learned {
    /// Its id.
    pub id: OrganisationId,
    /// Its participant identification code.
    pub pic: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its kind.
    pub kind: String,
}

/// The organisations that ever took part in a submission of the cluster, each with its code.
pub(super) async fn learned(database: &Database, cluster: ClusterId) -> Result<Vec<Learned>, Error> {
    Ok(rows!(
        database,
        "SELECT organisations.id, MIN(organisation_identifiers.value) AS pic, organisations.name,
                organisations.short_name, organisations.country, organisations.kind
         FROM organisations LEFT JOIN organisation_identifiers
              ON organisation_identifiers.organisation_id = organisations.id AND organisation_identifiers.scheme = 'pic'
         WHERE organisations.id IN
               (SELECT COALESCE(merged.now_id, draft_submission_members.organisation_id) FROM draft_submission_members
                LEFT JOIN merged_organisations merged ON merged.id = draft_submission_members.organisation_id
                WHERE draft_submission_members.cluster_id = $1)
         GROUP BY organisations.id, organisations.name, organisations.short_name, organisations.country,
                  organisations.kind
         ORDER BY organisations.id",
        cluster,
    ))
}

/// The texts of the topics that the cluster submitted to, by identifier.
pub(super) async fn topic_texts(database: &Database, cluster: ClusterId) -> Result<BTreeMap<String, String>, Error> {
    let rows: Vec<(String, String)> = rows!(
        database,
        "SELECT DISTINCT topics.identifier, topics.description FROM topics
         JOIN draft_submissions ON draft_submissions.topic_id = topics.id WHERE draft_submissions.cluster_id = $1",
        cluster,
    );
    Ok(rows.into_iter().collect())
}
