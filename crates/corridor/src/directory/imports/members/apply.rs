//! Writing a list of members: organisations, memberships, competences, each with the list as its source.

use std::collections::{HashMap, HashSet};

use super::{
    plan::{Choice, Planned},
    rows::Member,
};
use crate::{
    accounts::{ClusterId, ClusterRef},
    directory::{
        OrganisationId,
        imports::{
            concepts::Labels,
            facts::{self, Change, Fact, Known, Record, Writer},
            run::Run,
            sources,
        },
    },
    foundation::{
        database::{Batch, Database, Value},
        errors::Error,
        ids::SourceId,
        jobs::Progress,
        sources::id_of,
        time::Clock,
    },
};

/// Rows in one transaction: a list is short, and progress should be seen.
const ROWS_A_BATCH: usize = 200;

#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
struct Membership {
    organisation_id: OrganisationId,
    college: Option<String>,
    since: Option<String>,
    until: Option<String>,
    fee_cents: Option<i64>,
    basis: String,
}

/// Writes the rows that are not yet written.
pub(super) async fn apply(
    database: &Database,
    clock: Clock,
    cluster: &ClusterRef,
    file_name: &str,
    rows: &[(Planned, Choice)],
    run: &mut Run,
    progress: &Progress,
) -> Result<(), Error> {
    let day = clock.today("Europe/Paris").to_string();
    let source = id_of(database, &sources::members(&cluster.slug, &cluster.name, file_name, &day)).await?;
    let labels = Labels::read(database).await?;
    let memberships: Vec<Membership> = on!(database, pool => sqlx::query_as(
        "SELECT organisation_id, college, since, until, fee_cents, basis FROM memberships WHERE cluster_id = $1",
    )
    .bind(cluster.id)
    .fetch_all(pool)
    .await?);
    let mut memberships: HashMap<OrganisationId, Membership> =
        memberships.into_iter().map(|membership| (membership.organisation_id, membership)).collect();
    let done = usize::try_from(run.skip).unwrap_or(usize::MAX).min(rows.len());
    for chunk in rows[done..].chunks(ROWS_A_BATCH) {
        let there: Vec<OrganisationId> = chunk
            .iter()
            .filter_map(|(_, choice)| if let Choice::Into(id) = choice { Some(*id) } else { None })
            .collect();
        let known = facts::known(database, &there).await?;
        let mut pen = Pen::new(clock, cluster.id, source, &day);
        for (planned, choice) in chunk {
            run.rows_done += 1;
            let base = match choice {
                Choice::Skip => continue,
                Choice::Create => None,
                Choice::Into(id) => match known.records.get(id) {
                    Some(record) => Some(record.clone()),
                    None => {
                        return Err(Error::NotFound(format!(
                            "the organisation {id} that row {} was to become",
                            planned.member.position
                        )));
                    }
                },
            };
            match pen.put(&planned.member, base, &known, &mut memberships, &labels) {
                Change::Created => run.counts.created += 1,
                Change::Changed => run.counts.changed += 1,
                Change::Unchanged => run.counts.unchanged += 1,
            }
        }
        let mut transaction = database.begin().await?;
        pen.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        transaction.commit().await?;
        progress.tell(run.rows_done, rows.len() as u64, "members").await;
    }
    Ok(())
}

struct Pen<'a> {
    writer: Writer,
    memberships: Batch,
    declarations: Batch,
    competences: Batch,
    cluster: ClusterId,
    source: SourceId,
    day: &'a str,
    clock: Clock,
}

impl<'a> Pen<'a> {
    fn new(clock: Clock, cluster: ClusterId, source: SourceId, day: &'a str) -> Self {
        Pen {
            writer: Writer::new(clock.now()),
            memberships: Batch::new(
                "INSERT INTO memberships (cluster_id, organisation_id, college, since, until, fee_cents, basis, source_id)",
                "ON CONFLICT (cluster_id, organisation_id) DO UPDATE SET college = excluded.college, since = excluded.since,
                 until = excluded.until, fee_cents = excluded.fee_cents, basis = excluded.basis, source_id = excluded.source_id",
            ),
            declarations: Batch::new(
                "INSERT INTO organisation_declarations (id, organisation_id, text, vouched_by, source_id, observed_on)",
                "ON CONFLICT (organisation_id, text) DO NOTHING",
            ),
            competences: Batch::new(
                "INSERT INTO organisation_competences (organisation_id, concept_id, basis, weight, project_count, source_id)",
                "ON CONFLICT DO NOTHING",
            ),
            cluster,
            source,
            day,
            clock,
        }
    }

    fn put(
        &mut self,
        member: &Member,
        base: Option<Record>,
        known: &Known,
        memberships: &mut HashMap<OrganisationId, Membership>,
        labels: &Labels,
    ) -> Change {
        let is_new = base.is_none();
        let base = base.unwrap_or_else(|| Record::new(self.clock.now()));
        let id = base.id;
        let change = self.writer.state(base, is_new, known, &self.facts(member));
        for (scheme, value) in &member.identifiers {
            self.writer.identify(id, scheme, value, self.source, Some(self.day));
        }
        let mut seen = HashSet::new();
        for text in &member.competences {
            self.declarations.push(vec![
                uuid::Uuid::now_v7().into(),
                id.into(),
                text.clone().into(),
                self.cluster.into(),
                self.source.into(),
                self.day.into(),
            ]);
            for concept in labels.named_in(text) {
                if seen.insert(concept.to_owned()) {
                    self.competences.push(vec![
                        id.into(),
                        concept.into(),
                        "vouched".into(),
                        1.0.into(),
                        0i64.into(),
                        self.source.into(),
                    ]);
                }
            }
        }
        let stated = Membership {
            organisation_id: id,
            college: member.college.clone(),
            since: member.since.map(|day| day.to_string()),
            until: member.until.map(|day| day.to_string()),
            fee_cents: member.fee_cents,
            basis: "stated".to_owned(),
        };
        let same = memberships.get(&id) == Some(&stated);
        if !same {
            self.memberships.push(vec![
                self.cluster.into(),
                id.into(),
                stated.college.clone().into(),
                stated.since.clone().into(),
                stated.until.clone().into(),
                Value::Int(stated.fee_cents),
                "stated".into(),
                self.source.into(),
            ]);
            memberships.insert(id, stated);
        }
        match (change, same) {
            (Change::Unchanged, false) => Change::Changed,
            (change, _) => change,
        }
    }

    fn facts(&self, member: &Member) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut say = |field: &str, value: Option<String>| {
            if let Some(value) = value {
                facts.push(Fact::single(self.source, field, value, Some(self.day)));
            }
        };
        say("name", Some(member.name.clone()));
        say("kind", member.kind.map(str::to_owned));
        if member.kind == Some("sme") {
            say("sme", Some("true".to_owned()));
        }
        say("country", member.country.clone());
        say("city", member.city.clone());
        say("postcode", member.postcode.clone());
        say("website", member.website.clone());
        say("description", member.description.clone());
        say("turnover", member.turnover_cents.map(|cents| format!("{}.{:02}", cents / 100, cents % 100)));
        facts
    }

    async fn write(mut self, transaction: &mut crate::foundation::database::Transaction) -> Result<(), Error> {
        self.writer.write(transaction).await?;
        self.memberships.write(transaction).await?;
        self.declarations.write(transaction).await?;
        self.competences.write(transaction).await?;
        Ok(())
    }
}
