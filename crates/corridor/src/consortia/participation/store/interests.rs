//! What drafts look for, and who answered.

use sqlx::QueryBuilder;
use uuid::Uuid;

use super::super::{interests::InterestId, model::State};
use crate::{
    accounts::{
        ClusterId, PersonId,
        visibility::{Audience, Reader},
    },
    calls::TopicId,
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::{Day, Timestamp},
    },
};

/// What a draft looks for.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The cluster whose draft it is.
    pub cluster: ClusterId,
    /// What that cluster is called.
    pub cluster_name: String,
    /// The draft.
    pub draft: DraftId,
    /// The identifier of its topic.
    pub topic: Option<String>,
    /// The title of its topic.
    pub topic_title: Option<String>,
    /// What it looks for, in words.
    pub words: String,
    /// The competence looked for, in words.
    pub competence: Option<String>,
    /// The kind of organisation looked for.
    pub kind: Option<String>,
    /// The country looked for, two letters.
    pub country: Option<String>,
    /// The last day for answers.
    pub open_until: Day,
    /// Who sees it.
    pub audience: Audience,
    /// Since when.
    pub opened_at: Timestamp,
    /// When the team closed it.
    pub closed_at: Option<Timestamp>,
    /// Who opened it.
    pub opened_by: Option<PersonId>,
}

#[derive(sqlx::FromRow)]
struct OpeningRow {
    cluster_id: ClusterId,
    cluster_name: String,
    draft_id: DraftId,
    topic: Option<String>,
    topic_title: Option<String>,
    words: String,
    competence: Option<String>,
    kind: Option<String>,
    country: Option<String>,
    open_until: String,
    audience: String,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
    opened_by: Option<PersonId>,
}

impl OpeningRow {
    fn read(self) -> Result<Opening, Error> {
        let unread =
            |what: &str| anyhow::anyhow!("the opening of the draft {} holds {what} that is not read", self.draft_id);
        Ok(Opening {
            open_until: self.open_until.parse().map_err(|_| unread("a day"))?,
            audience: self.audience.parse().map_err(|_| unread("an audience"))?,
            cluster: self.cluster_id,
            cluster_name: self.cluster_name,
            draft: self.draft_id,
            topic: self.topic,
            topic_title: self.topic_title,
            words: self.words,
            competence: self.competence,
            kind: self.kind,
            country: self.country,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
            opened_by: self.opened_by,
        })
    }
}

const SELECT_OPENINGS: &str = "SELECT opening.cluster_id, clusters.name AS cluster_name, opening.draft_id,
        topics.identifier AS topic, topics.title AS topic_title, opening.words, opening.competence, opening.kind,
        opening.country, opening.open_until, opening.audience, opening.opened_at, opening.closed_at, opening.opened_by
    FROM draft_openings opening JOIN clusters ON clusters.id = opening.cluster_id
    JOIN drafts ON drafts.cluster_id = opening.cluster_id AND drafts.id = opening.draft_id AND drafts.deleted_at IS NULL
    LEFT JOIN topics ON topics.id = drafts.topic_id WHERE ";

/// The opening of a draft, whether it is closed or not.
pub(in super::super) async fn of_draft(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Option<Opening>, Error> {
    let row: Option<OpeningRow> = on!(database, pool => QueryBuilder::new(SELECT_OPENINGS)
        .push("opening.cluster_id = ")
        .push_bind(cluster)
        .push(" AND opening.draft_id = ")
        .push_bind(draft)
        .build_query_as()
        .fetch_optional(pool)
        .await?);
    row.map(OpeningRow::read).transpose()
}

/// The openings that the reader sees and that are open today, those that close first: all, those of a topic, or that of
/// a draft.
pub(in super::super) async fn seen(
    database: &Database,
    reader: &Reader,
    today: Day,
    topic: Option<TopicId>,
    draft: Option<DraftId>,
) -> Result<Vec<Opening>, Error> {
    let rows: Vec<OpeningRow> = on!(database, pool => {
        let mut query = QueryBuilder::new(SELECT_OPENINGS);
        query.push("opening.closed_at IS NULL AND drafts.archived_at IS NULL AND opening.open_until >= ");
        query.push_bind(today.to_string());
        if let Some(topic) = topic {
            query.push(" AND drafts.topic_id = ").push_bind(topic);
        }
        if let Some(draft) = draft {
            query.push(" AND opening.draft_id = ").push_bind(draft);
        }
        query.push(" AND ");
        reader.condition(&mut query, "opening.cluster_id", "opening.audience");
        query.push(" ORDER BY opening.open_until, opening.draft_id LIMIT 500");
        query.build_query_as().fetch_all(pool).await?
    });
    rows.into_iter().map(OpeningRow::read).collect()
}

/// Opens a draft, or changes what it looks for.
pub(in super::super) async fn put(
    transaction: &mut Transaction,
    opening: &Opening,
    by: Option<Uuid>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_openings (cluster_id, draft_id, words, competence, kind, country, open_until, audience,
                 opened_by, opened_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (cluster_id, draft_id) DO UPDATE SET words = excluded.words, competence = excluded.competence,
                 kind = excluded.kind, country = excluded.country, open_until = excluded.open_until,
                 audience = excluded.audience, opened_by = excluded.opened_by, opened_at = excluded.opened_at,
                 closed_at = NULL",
        )
        .bind(opening.cluster)
        .bind(opening.draft)
        .bind(&opening.words)
        .bind(&opening.competence)
        .bind(&opening.kind)
        .bind(&opening.country)
        .bind(opening.open_until.to_string())
        .bind(opening.audience.to_string())
        .bind(by)
        .bind(opening.opened_at)
    );
    Ok(())
}

/// Closes a draft to further answers; answers whether it was open.
pub(in super::super) async fn close(
    transaction: &mut Transaction,
    cluster: ClusterId,
    draft: DraftId,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_openings SET closed_at = $3 WHERE cluster_id = $1 AND draft_id = $2 AND closed_at IS NULL",
        )
        .bind(cluster)
        .bind(draft)
        .bind(now)
    ) > 0)
}

/// An expression of interest.
#[derive(Clone, Debug)]
pub struct Interest {
    /// Its id.
    pub id: InterestId,
    /// The cluster whose draft it is about.
    pub cluster: ClusterId,
    /// What that cluster is called.
    pub cluster_name: String,
    /// The draft.
    pub draft: DraftId,
    /// What its topic is called.
    pub topic: Option<String>,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// What it says.
    pub message: String,
    /// Who wrote it.
    pub person: Option<PersonId>,
    /// The name of who wrote it.
    pub person_name: Option<String>,
    /// When.
    pub created_at: Timestamp,
    /// How it stands.
    pub state: State,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// What the team said.
    pub answer_words: Option<String>,
}

#[derive(sqlx::FromRow)]
struct InterestRow {
    id: InterestId,
    cluster_id: ClusterId,
    cluster_name: String,
    draft_id: DraftId,
    topic: Option<String>,
    organisation_id: OrganisationId,
    message: String,
    person_id: Option<PersonId>,
    person_name: Option<String>,
    created_at: Timestamp,
    state: String,
    answered_at: Option<Timestamp>,
    answer_words: Option<String>,
}

impl InterestRow {
    fn read(self) -> Result<Interest, Error> {
        let unread = || anyhow::anyhow!("the expression of interest {} holds a state that is not read", self.id);
        Ok(Interest {
            state: State::of(&self.state).ok_or_else(unread)?,
            id: self.id,
            cluster: self.cluster_id,
            cluster_name: self.cluster_name,
            draft: self.draft_id,
            topic: self.topic,
            organisation: self.organisation_id,
            message: self.message,
            person: self.person_id,
            person_name: self.person_name,
            created_at: self.created_at,
            answered_at: self.answered_at,
            answer_words: self.answer_words,
        })
    }
}

macro_rules! select_interests {
    ($rest:literal) => {
        concat!(
            "SELECT interest.id, interest.cluster_id, clusters.name AS cluster_name, interest.draft_id, ",
            "topics.identifier AS topic, COALESCE(merged.now_id, interest.organisation_id) AS organisation_id, ",
            "interest.message, interest.person_id, people.name AS person_name, interest.created_at, interest.state, ",
            "interest.answered_at, interest.answer_words FROM draft_interests interest ",
            "JOIN clusters ON clusters.id = interest.cluster_id ",
            "JOIN drafts ON drafts.cluster_id = interest.cluster_id AND drafts.id = interest.draft_id ",
            "AND drafts.deleted_at IS NULL ",
            "LEFT JOIN topics ON topics.id = drafts.topic_id ",
            "LEFT JOIN merged_organisations merged ON merged.id = interest.organisation_id ",
            "LEFT JOIN people ON people.id = interest.person_id AND people.restricted_at IS NULL ",
            $rest
        )
    };
}

/// All expressions of interest in a draft, newest first.
pub(in super::super) async fn in_draft(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<Interest>, Error> {
    let rows: Vec<InterestRow> = rows!(
        database,
        select_interests!(
            "WHERE interest.cluster_id = $1 AND interest.draft_id = $2 AND interest.state <> 'withdrawn'
             ORDER BY interest.id DESC LIMIT 500"
        ),
        cluster,
        draft,
    );
    rows.into_iter().map(InterestRow::read).collect()
}

/// All expressions of interest of an organisation, newest first.
pub(in super::super) async fn of_organisation(
    database: &Database,
    organisation: OrganisationId,
) -> Result<Vec<Interest>, Error> {
    let rows: Vec<InterestRow> = rows!(
        database,
        select_interests!(
            "WHERE COALESCE(merged.now_id, interest.organisation_id) = $1 ORDER BY interest.id DESC LIMIT 200"
        ),
        organisation,
    );
    rows.into_iter().map(InterestRow::read).collect()
}

/// Keeps an expression of interest, unless one of the organisation waits; answers whether it was kept.
pub(in super::super) async fn express(
    transaction: &mut Transaction,
    cluster: ClusterId,
    draft: DraftId,
    organisation: OrganisationId,
    message: &str,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_interests (cluster_id, id, draft_id, organisation_id, message, person_id, created_at, state)
             SELECT $1, $2, $3, $4, $5, $6, $7, 'waiting' FROM drafts WHERE cluster_id = $1 AND id = $3
             AND NOT EXISTS (SELECT 1 FROM draft_interests WHERE cluster_id = $1 AND draft_id = $3
                             AND organisation_id = $4 AND state = 'waiting')",
        )
        .bind(cluster)
        .bind(InterestId::new())
        .bind(draft)
        .bind(organisation)
        .bind(message)
        .bind(person)
        .bind(now)
    ) > 0)
}

/// Ends what an organisation waits for once it takes part by an invitation: whoever invited it has answered.
pub(in super::super) async fn end_by_joining(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    organisation: OrganisationId,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_interests SET state = $4, answered_at = $5, answered_by = $6
             WHERE cluster_id = $1 AND draft_id = $2 AND organisation_id = $3 AND state = 'waiting'",
        )
        .bind(cluster)
        .bind(draft)
        .bind(organisation)
        .bind(State::Accepted.key())
        .bind(now)
        .bind(by)
    );
    Ok(())
}

/// Ends an expression of interest that waits; answers whether it did wait.
pub(in super::super) async fn end(
    transaction: &mut Transaction,
    id: InterestId,
    state: State,
    by: Option<Uuid>,
    words: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_interests SET state = $2, answered_at = $3, answered_by = $4, answer_words = $5
             WHERE id = $1 AND state = 'waiting'",
        )
        .bind(id)
        .bind(state.key())
        .bind(now)
        .bind(by)
        .bind(words)
    ) > 0)
}
