//! The submissions of a cluster, and the tables from which `rank` learns.

use serde_json::{Value, json};

use super::{
    instrument,
    model::{AnswerKind, Filter, Line},
    store,
};
use crate::{
    accounts::{Action, Actor},
    consortia::own_cluster,
    directory::OrganisationId,
    foundation::{cells::inert, errors::Error, instance::App},
};

/// The submissions of the actor's cluster that a question keeps, newest first.
///
/// # Errors
/// When the actor may not read drafts, or a value of the question can be of no submission.
pub async fn list(app: &App, actor: &Actor, filter: &Filter) -> Result<Vec<Line>, Error> {
    let cluster = own_cluster(actor, Action::ReadDrafts)?;
    filter.sound()?;
    let mut lines = store::lines(&app.database, cluster).await?;
    lines.retain(|line| filter.keeps(line));
    Ok(lines)
}

/// A submission for programs.
pub fn json_of(line: &Line) -> Value {
    let one = &line.submission;
    let participants = line
        .participants
        .iter()
        .map(|one| json!({ "organisation": one.organisation, "role": one.role, "member_of_the_cluster": one.own }));
    let answers = one.answers.iter().map(|answer| {
        let marks = &answer.marks;
        json!({
            "kind": answer.kind, "on": answer.on.to_string(), "criteria": marks.criteria, "total_hundredths": marks.total(),
            "out_of_hundredths": marks.out_of, "threshold_hundredths": marks.threshold, "thresholds": marks.standing(),
            "rank": marks.rank, "rank_of": marks.rank_of, "summary": answer.summary,
            "grant_cents": answer.grant.grant_cents, "cost_cents": answer.grant.cost_cents,
            "agreement": answer.grant.agreement, "starts_on": answer.grant.starts_on.map(|day| day.to_string()),
        })
    });
    json!({
        "id": one.id, "draft": one.draft, "name": line.draft_name, "version": one.revision, "topic": line.topic,
        "instrument": one.instrument, "stage": one.stage, "submitted_on": one.on.to_string(), "reference": one.reference,
        "state": one.state(), "part": line.part(), "participants": participants.collect::<Vec<_>>(),
        "answers": answers.collect::<Vec<_>>(),
    })
}

/// A table from which `rank` learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Table {
    /// What was submitted.
    #[serde(rename = "projects.csv")]
    Projects,
    /// Who took part in it.
    #[serde(rename = "participations.csv")]
    Participations,
    /// Who they are.
    #[serde(rename = "organisations.csv")]
    Organisations,
}

impl Table {
    /// The name of its file, which `rank` looks for.
    pub fn file(self) -> &'static str {
        match self {
            Table::Projects => "projects.csv",
            Table::Participations => "participations.csv",
            Table::Organisations => "organisations.csv",
        }
    }
}

/// One of the tables in the form that `rank --data` reads: submissions as projects, those left out that only led to the next
/// stage, for they are there as what was submitted at that stage.
///
/// # Errors
/// As [`list`].
pub async fn learn(app: &App, actor: &Actor, filter: &Filter, table: Table) -> Result<Vec<u8>, Error> {
    let cluster = own_cluster(actor, Action::ReadDrafts)?;
    let mut lines = list(app, actor, filter).await?;
    lines.retain(|line| line.submission.state() != AnswerKind::Invited.key());
    let known = store::learned(&app.database, cluster).await?;
    // Who has no code in the portal is known by the id here.
    let code = |id: OrganisationId| {
        let pic = known.iter().find(|one| one.id == id).and_then(|one| one.pic.clone());
        pic.unwrap_or_else(|| id.to_string())
    };
    let rows: Vec<Vec<String>> = match table {
        Table::Projects => {
            let texts = store::topic_texts(&app.database, cluster).await?;
            let head = "rcn,start,title,objective,topic_title,topic,programme_part,result,score_percent";
            let rows = lines.iter().map(|line| {
                let one = &line.submission;
                let text = |text: Option<&String>| text.cloned().unwrap_or_default();
                let percent = one.answer().and_then(|answer| answer.marks.percent());
                vec![
                    one.id.to_string(),
                    one.on.to_string(),
                    line.draft_name.clone(),
                    text(line.topic.as_ref().and_then(|topic| texts.get(topic))),
                    text(line.topic_title.as_ref()),
                    text(line.topic.as_ref()),
                    instrument(app, one.instrument.as_deref(), one.on)
                        .map(|of| of.programme.clone())
                        .unwrap_or_default(),
                    one.state().to_owned(),
                    percent.map(|percent| percent.to_string()).unwrap_or_default(),
                ]
            });
            head_and(head, rows)
        }
        Table::Participations => {
            let rows = lines.iter().flat_map(|line| {
                let id = line.submission.id.to_string();
                line.participants.iter().map(move |one| (id.clone(), one))
            });
            head_and("rcn,pic,role", rows.map(|(id, one)| vec![id, code(one.organisation), one.role.key().to_owned()]))
        }
        Table::Organisations => {
            let took_part = |id: OrganisationId| {
                lines.iter().any(|line| line.participants.iter().any(|one| one.organisation == id))
            };
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let rows = known.iter().filter(|one| took_part(one.id)).map(|one| {
                vec![code(one.id), text(&one.name), text(&one.short_name), text(&one.country), one.kind.clone()]
            });
            head_and("pic,name,short_name,country,type", rows)
        }
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| inert(cell))).map_err(anyhow::Error::from)?;
    }
    writer.into_inner().map_err(|error| Error::Unexpected(anyhow::anyhow!("{error}")))
}

fn head_and(head: &str, rows: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    let head = head.split(',').map(str::to_owned).collect();
    std::iter::once(head).chain(rows).collect()
}
