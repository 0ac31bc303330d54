//! `rank cost`: time and memory as the data grows, by data repeated with noise.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use ranking::{Corpus, Index, Query};
use serde_json::json;

use crate::evaluate;

/// One word in so many is left out of a copy, and one participation in so many goes to another organisation.
const NOISE: u64 = 10;

/// Arguments of `rank cost`.
#[derive(Args)]
pub struct Arguments {
    /// A folder with organisations, projects and participations; may be given again.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// A folder with split.json, queries and candidates.
    #[arg(long)]
    split: PathBuf,
    /// How many times the data is laid in. One run a figure: memory is the most that the process has held.
    #[arg(long, default_value_t = 1)]
    times: u64,
    /// Every so many queries of the split are asked.
    #[arg(long, default_value_t = 20)]
    every: usize,
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }

    fn thinned(&mut self, text: &str) -> String {
        text.split(' ').filter(|_| self.below(NOISE) != 0).collect::<Vec<_>>().join(" ")
    }
}

fn repeated(corpus: &Corpus, times: u64) -> Corpus {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (bodies, projects) = (corpus.organisations.len() as u64, corpus.projects.len() as u64);
    let mut all = corpus.clone();
    for copy in 1..times {
        for body in &corpus.organisations {
            let mut body = body.clone();
            body.key += copy * bodies;
            all.organisations.push(body);
        }
        for project in &corpus.projects {
            let mut project = project.clone();
            project.key += copy * projects;
            project.title = dice.thinned(&project.title);
            project.objective = dice.thinned(&project.objective);
            all.projects.push(project);
        }
        for participation in &corpus.participations {
            let mut participation = *participation;
            participation.project += copy * projects;
            let stray = dice.below(NOISE) == 0;
            participation.organisation =
                copy * bodies + if stray { dice.below(bodies) } else { participation.organisation };
            all.participations.push(participation);
        }
    }
    all
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let (first, asked) = evaluate::split(&arguments.split)?;
    let named = evaluate::history(&arguments.data, &arguments.split, first)?;
    let corpus = repeated(&named.corpus, arguments.times.max(1));
    let start = Instant::now();
    let index = Index::build(&corpus, Some(evaluate::embedder(None)?), |_| ())?;
    let index_seconds = start.elapsed().as_secs_f64();
    let mut times = Vec::new();
    for query in asked.iter().step_by(arguments.every.max(1)) {
        let members_in: Vec<u64> = query.known.iter().filter_map(|pic| named.places.get(pic).copied()).collect();
        let begin = Instant::now();
        std::hint::black_box(index.rank(&Query {
            text: &query.text,
            members_in: &members_in,
            limit: 200,
            ..Query::default()
        }));
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{}",
        json!({
            "times": arguments.times.max(1),
            "organisations": corpus.organisations.len(),
            "projects": corpus.projects.len(),
            "index_seconds": evaluate::rounded(index_seconds),
            "queries": times.len(),
            "p50_ms": evaluate::rounded(evaluate::percentile(&times, 0.5)),
            "p95_ms": evaluate::rounded(evaluate::percentile(&times, 0.95)),
            "peak_mb": evaluate::peak_megabytes(),
        })
    );
    Ok(())
}
