//! `rank tune`: coordinate ascent over the blend weights, each situation by itself.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use ranking::weights::{Blend, PARTS, Part, Weights};
use ranking::{Index, Query};
use rayon::prelude::*;

use crate::evaluate;
use crate::tables::Table;

/// Arguments of `rank tune`.
#[derive(Args)]
pub struct Arguments {
    /// A folder with organisations, projects and participations; may be given again.
    #[arg(long, required = true)]
    data: Vec<PathBuf>,
    /// A split with qrels to choose on; may be given again.
    #[arg(long, required = true)]
    split: Vec<PathBuf>,
    /// Weights to start from, JSON.
    #[arg(long)]
    weights: Option<PathBuf>,
    /// Where to write the chosen weights, JSON.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The sets to look at.
    #[arg(long, default_value = "ABCD")]
    sets: String,
    /// Only report the recall of the weights given.
    #[arg(long)]
    report: bool,
}

/// Organisations kept a part for each query; what no part ranks so high cannot reach the first twenty.
const POOL: usize = 250;

struct Case {
    text: usize,
    members: usize,
    set: String,
    /// Parts of the pooled organisations, and whether each is right.
    pool: Vec<([f32; PARTS], bool)>,
    relevant: f32,
}

fn recall(case: &Case, blend: &Blend, depth: usize) -> f32 {
    let mut scored: Vec<(f32, bool)> =
        case.pool.iter().map(|(p, right)| (p.iter().zip(blend).map(|(a, b)| a * b).sum(), *right)).collect();
    if scored.len() > depth {
        scored.select_nth_unstable_by(depth - 1, |a, b| b.0.total_cmp(&a.0));
        scored.truncate(depth);
    }
    scored.iter().filter(|(_, right)| *right).count() as f32 / case.relevant
}

fn mean(cases: &[&Case], blend: &Blend, depth: usize) -> f32 {
    cases.par_iter().map(|case| recall(case, blend, depth)).sum::<f32>() / cases.len().max(1) as f32
}

/// Recall in the first twenty, and a little of that in the first hundred to smooth it.
fn aim(cases: &[&Case], blend: &Blend) -> f32 {
    0.8 * mean(cases, blend, 20) + 0.2 * mean(cases, blend, 100)
}

fn gather(arguments: &Arguments, weights: &Weights) -> Result<Vec<Case>> {
    let embedder = evaluate::embedder(None)?;
    let mut cases = Vec::new();
    for folder in &arguments.split {
        let (first, asked) = evaluate::split(folder)?;
        let named = evaluate::history(&arguments.data, folder, first)?;
        let index = Index::build_with(&named.corpus, Some(embedder.clone()), weights.clone(), |_| ())?;
        let mut relevant: HashMap<String, HashSet<u64>> = HashMap::new();
        Table::in_folder(folder, "qrels")?.each(&["query_id", "pic"], |cell| {
            if let Some(place) = named.places.get(&cell("pic")) {
                relevant.entry(cell("query_id")).or_default().insert(*place);
            }
            Ok(())
        })?;
        cases.par_extend(asked.par_iter().filter_map(|query| {
            let right = relevant.get(&query.id).filter(|_| arguments.sets.contains(&query.set))?;
            let members_in: Vec<u64> = query.known.iter().filter_map(|pic| named.places.get(pic).copied()).collect();
            let parts = index.parts(&Query { text: &query.text, members_in: &members_in, ..Query::default() });
            let known: HashSet<u64> = members_in.iter().copied().collect();
            let mut pooled: HashSet<usize> = HashSet::new();
            for part in 0..PARTS {
                let mut places: Vec<usize> = (0..parts.values.len()).filter(|p| parts.values[*p][part] > 0.0).collect();
                if places.len() > POOL {
                    places
                        .select_nth_unstable_by(POOL, |a, b| parts.values[*b][part].total_cmp(&parts.values[*a][part]));
                    places.truncate(POOL);
                }
                pooled.extend(places);
            }
            let pool = pooled
                .into_iter()
                .filter(|p| !known.contains(&(*p as u64)))
                .map(|p| (parts.values[p], right.contains(&(p as u64))))
                .collect();
            Some(Case {
                text: parts.situation.text,
                members: parts.situation.members,
                set: query.set.clone(),
                pool,
                relevant: right.len() as f32,
            })
        }));
    }
    Ok(cases)
}

fn climb(cases: &[&Case], mut blend: Blend) -> Blend {
    let mut best = aim(cases, &blend);
    for scale in [2.0_f32, 1.5, 1.25, 1.1] {
        loop {
            let before = best;
            for part in 0..PARTS {
                let mut tries = vec![0.0, blend[part] * scale, blend[part] / scale];
                if blend[part] == 0.0 {
                    tries = vec![0.05, 0.2];
                }
                for mut value in tries {
                    if part == Part::Named as usize {
                        // Mentions are few: their weight must not run away on a handful of lucky ones.
                        value = value.min(1.0);
                    }
                    let mut other = blend;
                    other[part] = value;
                    let reached = aim(cases, &other);
                    if reached > best + 1e-5 {
                        best = reached;
                        blend = other;
                    }
                }
            }
            if best - before < 2e-4 {
                break;
            }
        }
    }
    blend
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let mut weights = evaluate::weights(arguments.weights.as_deref())?;
    let cases = gather(arguments, &weights)?;
    for text in 0..3 {
        for members in 0..3 {
            let here: Vec<&Case> = cases.iter().filter(|c| c.text == text && c.members == members).collect();
            if here.is_empty() {
                continue;
            }
            let blend = &mut weights.blends[text][members];
            let before = mean(&here, blend, 20);
            if !arguments.report {
                let declared = blend[PARTS - 1];
                *blend = climb(&here, *blend);
                // Nothing is declared in the benchmark: that weight is kept in proportion.
                blend[PARTS - 1] = declared;
            }
            println!(
                "text {text} members {members}: {} queries, recall@20 {before:.4} -> {:.4}, @100 {:.4}, blend {blend:?}",
                here.len(),
                mean(&here, blend, 20),
                mean(&here, blend, 100)
            );
        }
    }
    for set in ["A", "B", "C", "D"] {
        let here: Vec<&Case> = cases.iter().filter(|c| c.set == set).collect();
        let at = |depth: usize| {
            here.par_iter().map(|c| recall(c, &weights.blends[c.text][c.members], depth)).sum::<f32>()
                / here.len().max(1) as f32
        };
        println!("{set} {} R@20 {:.4} R@100 {:.4}", here.len(), at(20), at(100));
    }
    if let Some(path) = &arguments.out {
        std::fs::write(path, serde_json::to_string_pretty(&weights)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
