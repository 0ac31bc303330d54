//! Asks every label once in French and once in English and tells how far the answers agree.
//!
//! `cargo run --release -p ranking --example two_languages -- PAIRS.csv PROJECTS.csv` where PAIRS.csv has the columns `fr` and
//! `en`, and PROJECTS.csv the columns `title`, `objective` and `topic_title`.

use std::collections::HashSet;
use std::sync::Arc;

use anyhow::{Context, Result};
use ranking::{Corpus, Embedder, Index, Organisation, Participation, Project, Weights};

const DEPTH: usize = 10;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut table = |what: &str| -> Result<csv::Reader<std::fs::File>> {
        let path = arguments.next().with_context(|| format!("give the path of {what}"))?;
        csv::Reader::from_path(&path).with_context(|| format!("cannot read {path}"))
    };
    let (mut pairs, mut projects) = (table("the label pairs")?, table("the projects")?);
    let mut corpus = Corpus { organisations: vec![Organisation::default()], ..Corpus::default() };
    for (key, row) in projects.deserialize::<std::collections::HashMap<String, String>>().enumerate() {
        let row = row?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        corpus.projects.push(Project {
            key: key as u64,
            title: cell("title"),
            objective: cell("objective"),
            topic_title: cell("topic_title"),
            ..Project::default()
        });
        corpus.participations.push(Participation { project: key as u64, organisation: 0, coordinator: false });
    }
    let pairs: Vec<(String, String)> = pairs
        .deserialize::<std::collections::HashMap<String, String>>()
        .map(|row| row.map(|row| (row["fr"].clone(), row["en"].clone())))
        .collect::<Result<_, _>>()?;
    let embedder = Arc::new(Embedder::bundled()?);
    for weight in [0.0, 0.3, 1.0, 3.0, 10.0] {
        let weights = Weights { dense_foreign: weight, ..Weights::default() };
        let index = Index::build_with(&corpus, Some(embedder.clone()), weights, |_| ())?;
        let mut agreed = 0;
        for (french, english) in &pairs {
            let nearest = |text: &str| -> HashSet<u64> {
                index.similar_projects(text, DEPTH).iter().map(|found| found.project).collect()
            };
            agreed += nearest(french).intersection(&nearest(english)).count();
        }
        let share = agreed as f64 / (pairs.len() * DEPTH) as f64;
        println!(
            "weight of meaning {weight}: {share:.3} of the {DEPTH} nearest projects are the same in both languages"
        );
    }
    Ok(())
}
