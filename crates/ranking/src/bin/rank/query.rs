//! `rank query`: one question, answered from the tables of a folder.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use ranking::{Evidence, Index, Query};
use serde_json::{Value, json};

use crate::{evaluate, tables};

/// Arguments of `rank query`.
#[derive(Args)]
pub struct Arguments {
    /// A folder with organisations, projects and participations, .csv or .csv.zst; may be given again.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// What is wanted, in French or English.
    #[arg(long, default_value = "")]
    text: String,
    /// The PIC of a member already in; may be given again.
    #[arg(long = "with")]
    members: Vec<String>,
    /// Only organisations of this country, ISO 3166 alpha-2.
    #[arg(long)]
    country: Option<String>,
    /// How many to show.
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// A folder with another Model2Vec model.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let named = tables::corpus(&arguments.data, None)?;
    let mut members_in = Vec::new();
    for pic in &arguments.members {
        match named.places.get(pic) {
            Some(key) => members_in.push(*key),
            None => bail!("no organisation has the PIC {pic}"),
        }
    }
    let index = Index::build(&named.corpus, Some(evaluate::embedder(arguments.model.as_deref())?), |_| ())?;
    let organisation = |key: u64| &named.corpus.organisations[key as usize];
    let admitted = |key: u64| {
        arguments.country.as_ref().is_none_or(|country| organisation(key).country.eq_ignore_ascii_case(country))
    };
    let query = Query {
        text: &arguments.text,
        members_in: &members_in,
        admitted: Some(&admitted),
        limit: arguments.limit,
        ..Query::default()
    };
    let title = |key: &u64| {
        let project = &named.corpus.projects[*key as usize];
        let title = if project.title.is_empty() { &project.topic_title } else { &project.title };
        json!({ "rcn": named.projects[*key as usize], "title": title })
    };
    let worded = |evidence: &Evidence| -> Value {
        match evidence {
            Evidence::SimilarProject { project, similarity } => {
                json!({ "similar_project": title(project), "similarity": similarity })
            }
            Evidence::MoreSimilarProjects { count } => json!({ "more_similar_projects": count }),
            Evidence::SharedProjects { with, projects } => {
                json!({ "shared_with": named.pics[*with as usize], "projects": projects.iter().map(title).collect::<Vec<_>>() })
            }
            Evidence::SharedPartners { projects } => {
                json!({ "shared_partners": projects.iter().map(title).collect::<Vec<_>>() })
            }
            Evidence::SimilarCircle { projects } => {
                json!({ "similar_circle": projects.iter().map(title).collect::<Vec<_>>() })
            }
            Evidence::Declared { declaration, words, similarity, vouched } => {
                json!({ "declared": declaration, "words": words, "similarity": similarity, "vouched": vouched })
            }
            Evidence::Programme { programme, projects } => json!({ "programme": programme, "projects": projects }),
            Evidence::Strand { strand, projects } => json!({ "topics": strand, "projects": projects }),
            Evidence::Country => json!({ "country_in_the_text": true }),
            Evidence::Named => json!({ "named_in_the_text": true }),
            Evidence::Activity { consortia } => json!({ "consortia": consortia }),
        }
    };
    for (place, one) in index.rank(&query).iter().enumerate() {
        let body = organisation(one.organisation);
        let reasons: Vec<Value> =
            one.reasons.iter().map(|r| json!({ "share": r.share, "evidence": worded(&r.evidence) })).collect();
        println!(
            "{}",
            json!({
                "rank": place + 1,
                "pic": named.pics[one.organisation as usize],
                "name": body.name,
                "country": body.country,
                "kind": body.kind,
                "score": one.score,
                "reasons": reasons,
            })
        );
    }
    Ok(())
}
