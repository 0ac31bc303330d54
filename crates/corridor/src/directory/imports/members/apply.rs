//! Writing a list of members: organisations, memberships, competences, each with the list as its source.

use std::collections::{HashMap, HashSet};

use super::{
    plan::{Choice, Planned},
    rows::Member,
};
use crate::{
    accounts::{
        self, ClusterId, ClusterRef,
        visibility::{self, Audience},
    },
    directory::{
        OrganisationId,
        imports::{
            concepts::Labels,
            facts::{Change, Fact, Known, Writer},
            run::Run,
            sources, store,
        },
        model::DERIVED_FROM_REGION,
        record::Organisation,
        store::{Replacing, StoredMembership},
    },
    foundation::{database::Database, errors::Error, ids::SourceId, jobs::Progress, sources::id_of, time::Clock},
};

/// Rows in one transaction: a list is short, and progress should be seen.
const ROWS_A_BATCH: usize = 200;

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
    let zone = accounts::cluster(database, cluster.id).await?.settings.time_zone;
    let day = clock.today(&zone).to_string();
    let source = id_of(database, &sources::members(&cluster.slug, &cluster.name, file_name, &day)).await?;
    let audience = visibility::membership_default(database, cluster.id).await?;
    let labels = Labels::read(database).await?;
    let mut memberships: HashMap<OrganisationId, StoredMembership> = store::memberships(database, cluster.id)
        .await?
        .into_iter()
        .map(|membership| (membership.organisation_id, membership))
        .collect();
    let done = usize::try_from(run.skip).unwrap_or(usize::MAX).min(rows.len());
    for chunk in rows[done..].chunks(ROWS_A_BATCH) {
        let there: Vec<OrganisationId> = chunk
            .iter()
            .filter_map(|(_, choice)| if let Choice::Into(id) = choice { Some(*id) } else { None })
            .collect();
        let known = Known::of(database, &there).await?;
        let writer = Writer::new(clock, Replacing::Everything);
        let mut pen = Pen { writer, cluster: cluster.id, source, day: &day, audience: &audience };
        for (planned, choice) in chunk {
            run.rows_done += 1;
            let base = match choice {
                Choice::Skip => continue,
                Choice::Create => None,
                Choice::Into(id) => Some(known.records.get(id).ok_or_else(|| {
                    let row = planned.member.position;
                    Error::NotFound(format!("the organisation {id} that row {row} was to become"))
                })?),
            };
            run.counts.count(pen.put(&planned.member, base, &known, &mut memberships, &labels));
        }
        let mut transaction = database.begin().await?;
        pen.writer.rows.write(&mut transaction).await?;
        run.checkpoint(&mut transaction).await?;
        transaction.commit().await?;
        progress.tell(run.rows_done, rows.len() as u64, "members").await;
        progress.go_on()?;
    }
    Ok(())
}

struct Pen<'a> {
    writer: Writer,
    cluster: ClusterId,
    source: SourceId,
    day: &'a str,
    audience: &'a Audience,
}

impl Pen<'_> {
    fn put(
        &mut self,
        member: &Member,
        base: Option<&Organisation>,
        known: &Known,
        memberships: &mut HashMap<OrganisationId, StoredMembership>,
        labels: &Labels,
    ) -> Change {
        let (base, is_new) = self.writer.base(base);
        let id = base.id;
        let change = self.writer.state(base, is_new, known, &self.facts(member));
        for (scheme, value) in &member.identifiers {
            self.writer.rows.identifier(id, scheme, value, self.source, Some(self.day));
        }
        let mut seen = HashSet::new();
        for text in &member.competences {
            self.writer.rows.declaration(id, text, Some(self.cluster), self.source, Some(self.day));
            for concept in labels.named_in(text) {
                if seen.insert(concept.to_owned()) {
                    self.writer.rows.competence(id, concept, "vouched", self.source);
                }
            }
        }
        let stated = StoredMembership {
            organisation_id: id,
            college: member.college.clone(),
            since: member.since.map(|day| day.to_string()),
            until: member.until.map(|day| day.to_string()),
            fee_cents: member.fee_cents,
            basis: "stated".to_owned(),
            // Who sees a membership that is there already was decided by somebody.
            audience: match memberships.get(&id) {
                Some(there) if there.basis != DERIVED_FROM_REGION => there.audience.clone(),
                _ => self.audience.clone(),
            },
        };
        let same = memberships.get(&id) == Some(&stated);
        if !same {
            self.writer.rows.membership(self.cluster, &stated, self.source);
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
}
