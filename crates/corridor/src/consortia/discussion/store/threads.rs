//! Threads and their comments.

use uuid::Uuid;

use super::super::{
    model::Audience,
    threads::{About, Comment, CommentId, Thread, ThreadId},
};
use crate::{
    accounts::{ClusterId, PersonId},
    consortia::DraftId,
    directory::OrganisationId,
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        time::Timestamp,
    },
};

/// The most threads that a page shows; what was last begun first.
const MOST: i64 = 300;

#[derive(sqlx::FromRow)]
struct ThreadRow {
    id: ThreadId,
    member_id: Option<OrganisationId>,
    rule: Option<String>,
    audience: String,
    partner_id: Option<OrganisationId>,
    settled_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct CommentRow {
    id: CommentId,
    thread_id: ThreadId,
    text: String,
    person_id: Option<PersonId>,
    author: Option<String>,
    withheld: bool,
    organisation_id: Option<OrganisationId>,
    written_at: Timestamp,
    deleted_at: Option<Timestamp>,
}

/// The threads of a draft with their comments, the newest thread first, comments in the order they were written. What
/// somebody wrote whose data is restricted is withheld.
pub(in super::super) async fn threads(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<Thread>, Error> {
    let rows: Vec<ThreadRow> = rows!(
        database,
        "SELECT draft_threads.id, COALESCE(member.now_id, member_id) AS member_id, rule, audience,
                COALESCE(partner.now_id, partner_id) AS partner_id, settled_at
         FROM draft_threads LEFT JOIN merged_organisations member ON member.id = member_id
         LEFT JOIN merged_organisations partner ON partner.id = partner_id
         WHERE cluster_id = $1 AND draft_id = $2 ORDER BY draft_threads.id DESC LIMIT $3",
        cluster,
        draft,
        MOST,
    );
    let comments: Vec<CommentRow> = rows!(
        database,
        "SELECT draft_comments.id, thread_id, text, person_id, author.name AS author,
                COALESCE(author.restricted_at IS NOT NULL, FALSE) AS withheld,
                COALESCE(merged.now_id, organisation_id) AS organisation_id, written_at, deleted_at
         FROM draft_comments LEFT JOIN people author ON author.id = person_id
         LEFT JOIN merged_organisations merged ON merged.id = organisation_id
         WHERE cluster_id = $1 AND draft_id = $2 AND thread_id IN
               (SELECT id FROM draft_threads WHERE cluster_id = $1 AND draft_id = $2 ORDER BY id DESC LIMIT $3)
         ORDER BY draft_comments.id",
        cluster,
        draft,
        MOST,
    );
    let mut by_thread: std::collections::HashMap<ThreadId, Vec<Comment>> = std::collections::HashMap::new();
    for row in comments {
        by_thread.entry(row.thread_id).or_default().push(Comment {
            id: row.id,
            text: if row.withheld { String::new() } else { row.text },
            person: row.person_id,
            author: row.author.filter(|_| !row.withheld),
            withheld: row.withheld,
            organisation: row.organisation_id,
            written_at: row.written_at,
            deleted: row.deleted_at.is_some(),
        });
    }
    rows.into_iter()
        .map(|row| {
            let audience = Audience::of(&row.audience, row.partner_id)
                .ok_or_else(|| anyhow::anyhow!("the thread {} holds an audience that is not read", row.id))?;
            Ok(Thread {
                id: row.id,
                about: match (row.member_id, row.rule) {
                    (Some(member), _) => About::Member(member),
                    (None, Some(rule)) => About::Rule(rule),
                    (None, None) => About::Draft,
                },
                audience,
                settled: row.settled_at.is_some(),
                comments: by_thread.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

/// How many threads about each member and rule of a draft are not settled.
pub(in super::super) async fn open_by_subject(
    database: &Database,
    cluster: ClusterId,
    draft: DraftId,
) -> Result<Vec<(About, i64)>, Error> {
    let rows: Vec<(Option<OrganisationId>, Option<String>, i64)> = rows!(
        database,
        "SELECT COALESCE(member.now_id, member_id) AS about_id, rule, COUNT(*) AS threads
         FROM draft_threads LEFT JOIN merged_organisations member ON member.id = member_id
         WHERE cluster_id = $1 AND draft_id = $2 AND settled_at IS NULL
         GROUP BY COALESCE(member.now_id, member_id), rule",
        cluster,
        draft,
    );
    let about = |member: Option<OrganisationId>, rule: Option<String>| match (member, rule) {
        (Some(member), _) => About::Member(member),
        (None, Some(rule)) => About::Rule(rule),
        (None, None) => About::Draft,
    };
    Ok(rows.into_iter().map(|(member, rule, count)| (about(member, rule), count)).collect())
}

pub(in super::super) async fn put_thread(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    thread: ThreadId,
    about: &About,
    audience: Audience,
    now: Timestamp,
) -> Result<(), Error> {
    let (member, rule) = match about {
        About::Draft => (None, None),
        About::Member(member) => (Some(*member), None),
        About::Rule(rule) => (None, Some(rule.as_str())),
    };
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_threads (cluster_id, id, draft_id, member_id, rule, audience, partner_id, started_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(cluster)
        .bind(thread)
        .bind(draft)
        .bind(member)
        .bind(rule)
        .bind(audience.key())
        .bind(audience.partner())
        .bind(now)
    );
    Ok(())
}

/// A comment to be kept.
pub(in super::super) struct NewComment<'a> {
    pub(in super::super) id: CommentId,
    pub(in super::super) thread: ThreadId,
    pub(in super::super) text: &'a str,
    pub(in super::super) person: Option<Uuid>,
    pub(in super::super) organisation: Option<OrganisationId>,
    pub(in super::super) now: Timestamp,
}

pub(in super::super) async fn put_comment(
    transaction: &mut Transaction,
    (cluster, draft): (ClusterId, DraftId),
    comment: &NewComment<'_>,
) -> Result<(), Error> {
    execute!(
        transaction,
        sqlx::query(
            "INSERT INTO draft_comments (cluster_id, id, draft_id, thread_id, text, person_id, organisation_id, written_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(cluster)
        .bind(comment.id)
        .bind(draft)
        .bind(comment.thread)
        .bind(comment.text)
        .bind(comment.person)
        .bind(comment.organisation)
        .bind(comment.now)
    );
    Ok(())
}

/// Takes the words out of a comment that its author deletes; answers whether it was there and theirs.
pub(in super::super) async fn delete_comment(
    transaction: &mut Transaction,
    cluster: ClusterId,
    comment: CommentId,
    person: Option<Uuid>,
    now: Timestamp,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_comments SET text = '', deleted_at = $4
             WHERE cluster_id = $1 AND id = $2 AND person_id = $3 AND deleted_at IS NULL",
        )
        .bind(cluster)
        .bind(comment)
        .bind(person)
        .bind(now)
    ) > 0)
}

/// Settles a thread, or takes it up again; answers whether that changed anything.
pub(in super::super) async fn settle(
    transaction: &mut Transaction,
    cluster: ClusterId,
    thread: ThreadId,
    settled: Option<Timestamp>,
    person: Option<Uuid>,
) -> Result<bool, Error> {
    Ok(execute!(
        transaction,
        sqlx::query(
            "UPDATE draft_threads SET settled_at = $3, settled_by = $4
             WHERE cluster_id = $1 AND id = $2 AND (settled_at IS NULL) = ($3 IS NOT NULL)",
        )
        .bind(cluster)
        .bind(thread)
        .bind(settled)
        .bind(person.filter(|_| settled.is_some()))
    ) > 0)
}
