//! `rank evaluate`: the benchmark's queries answered, with the time and memory they took.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use ranking::{Embedder, Index, Query, Weights};
use serde_json::{Value, json};

use crate::tables::{self, Named, Table};

/// How many organisations are written for each query.
const DEPTH: usize = 200;

/// Arguments of `rank evaluate`.
#[derive(Args)]
pub struct Arguments {
    /// A folder with organisations, projects and participations, .csv or .csv.zst; may be given again.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// A folder with split.json, queries and candidates.
    #[arg(long)]
    split: PathBuf,
    /// Where to write query_id,pic,rank,score.
    #[arg(long)]
    out: PathBuf,
    /// Other weights than the built-in ones, JSON.
    #[arg(long)]
    weights: Option<PathBuf>,
    /// A folder with another Model2Vec model.
    #[arg(long)]
    model: Option<PathBuf>,
}

/// A query of the benchmark.
pub struct Asked {
    pub id: String,
    pub set: String,
    pub text: String,
    pub known: Vec<String>,
}

/// The first day of a split and its queries.
pub fn split(folder: &Path) -> Result<(i32, Vec<Asked>)> {
    let path = folder.join("split.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let info: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))?;
    let Some(first) = info.get("first").and_then(Value::as_str) else {
        bail!("{} does not say the first day", path.display())
    };
    let mut asked = Vec::new();
    Table::in_folder(folder, "queries")?.each(&["query_id", "known_pics", "text"], |cell| {
        let known = cell("known_pics").split(';').filter(|p| !p.is_empty()).map(str::to_owned).collect();
        asked.push(Asked { id: cell("query_id"), set: cell("set"), text: cell("text"), known });
        Ok(())
    })?;
    Ok((tables::day(first)?, asked))
}

/// The corpus of what was known before the split.
pub fn history(data: &[PathBuf], folder: &Path, first: i32) -> Result<Named> {
    let mut named = tables::corpus(data, Some(first))?;
    // Every candidate of the split is there, also one that no folder mentions.
    Table::in_folder(folder, "candidates")?.each(&["pic"], |cell| {
        tables::organisation(&mut named, cell("pic"));
        Ok(())
    })?;
    Ok(named)
}

/// Weights from a file, or the built-in ones.
pub fn weights(path: Option<&Path>) -> Result<Weights> {
    path.map_or_else(
        || Ok(Weights::default()),
        |path| {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            serde_json::from_str(&text).with_context(|| format!("{} does not hold weights", path.display()))
        },
    )
}

/// The bundled model, or the one in a folder.
pub fn embedder(folder: Option<&Path>) -> Result<Arc<Embedder>> {
    Ok(Arc::new(folder.map_or_else(Embedder::bundled, Embedder::from_folder)?))
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let start = Instant::now();
    let weights = weights(arguments.weights.as_deref())?;
    let (first, asked) = split(&arguments.split)?;
    let named = history(&arguments.data, &arguments.split, first)?;
    let index = Index::build_with(&named.corpus, Some(embedder(arguments.model.as_deref())?), weights, |_| ())?;
    let index_seconds = start.elapsed().as_secs_f64();

    let file =
        std::fs::File::create(&arguments.out).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    let mut out = std::io::BufWriter::new(file);
    writeln!(out, "query_id,pic,rank,score")?;
    let mut times = Vec::with_capacity(asked.len());
    for query in &asked {
        let members_in: Vec<u64> = query.known.iter().filter_map(|pic| named.places.get(pic).copied()).collect();
        let begin = Instant::now();
        let ranked =
            index.rank(&Query { text: &query.text, members_in: &members_in, limit: DEPTH, ..Query::default() });
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
        for (place, one) in ranked.iter().enumerate() {
            writeln!(out, "{},{},{},{:.7}", query.id, named.pics[one.organisation as usize], place + 1, one.score)?;
        }
    }
    out.flush()?;
    times.sort_by(f64::total_cmp);
    println!(
        "{}",
        json!({
            "index_seconds": rounded(index_seconds),
            "queries": asked.len(),
            "p50_ms": rounded(percentile(&times, 0.5)),
            "p95_ms": rounded(percentile(&times, 0.95)),
            "peak_mb": peak_megabytes(),
        })
    );
    Ok(())
}

/// The value that this share of sorted values does not pass.
pub fn percentile(sorted: &[f64], share: f64) -> f64 {
    sorted.get(((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// Three digits after the point.
pub fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The most memory the process has held, where the system tells (Linux), else null.
pub fn peak_megabytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}
