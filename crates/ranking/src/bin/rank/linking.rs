//! `rank link`: which record on the left is the one on the right.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use ranking::identity::{Certainty, Link, Party, link};
use serde_json::json;

use crate::tables::Table;

/// Arguments of `rank link`.
#[derive(Args)]
pub struct Arguments {
    /// The table searched: left_id, name, country, city.
    #[arg(long)]
    left: PathBuf,
    /// The table whose rows are looked for: right_id, name, country.
    #[arg(long)]
    right: PathBuf,
    /// Where to write right_id,left_id,score: surest first, left_id empty where there is none.
    #[arg(long)]
    out: PathBuf,
    /// Let several rows on the right lead to one on the left (a list with repetitions).
    #[arg(long)]
    many: bool,
}

fn parties(path: &Path, id: &str) -> Result<(Vec<String>, Vec<Party>)> {
    let (mut ids, mut parties) = (Vec::new(), Vec::new());
    Table::open(path)?.each(&[id, "name", "country"], |cell| {
        if cell(id).is_empty() {
            bail!("the row has no {id}");
        }
        ids.push(cell(id));
        parties.push(Party {
            name: cell("name"),
            country: cell("country"),
            city: cell("city"),
            identifiers: Vec::new(),
        });
        Ok(())
    })?;
    Ok((ids, parties))
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<()> {
    let (left_ids, left) = parties(&arguments.left, "left_id")?;
    let (right_ids, right) = parties(&arguments.right, "right_id")?;
    let links = link(&left, &right);
    let mut offers: Vec<(usize, &Link)> = links
        .iter()
        .enumerate()
        .flat_map(|(right, links)| links.iter().map(move |l| (right, l)))
        .filter(|(_, l)| l.certainty >= Certainty::Likely)
        .collect();
    offers.sort_by(|a, b| b.1.score.total_cmp(&a.1.score).then(a.0.cmp(&b.0)));
    let mut taken: HashSet<usize> = HashSet::new();
    let mut chosen: Vec<Option<&Link>> = vec![None; right.len()];
    let mut order: Vec<usize> = Vec::with_capacity(right.len());
    for (right, offer) in offers {
        if chosen[right].is_none() && (arguments.many || taken.insert(offer.left)) {
            chosen[right] = Some(offer);
            order.push(right);
        }
    }
    let linked = order.len();
    order.extend((0..right.len()).filter(|right| chosen[*right].is_none()));
    let mut out =
        csv::Writer::from_path(&arguments.out).with_context(|| format!("cannot write {}", arguments.out.display()))?;
    out.write_record(["right_id", "left_id", "score"])?;
    for right in order {
        let (left, score) =
            chosen[right].map_or(("", String::new()), |l| (left_ids[l.left].as_str(), format!("{:.4}", l.score)));
        out.write_record([right_ids[right].as_str(), left, &score])?;
    }
    out.flush()?;
    println!("{}", json!({ "left": left.len(), "right": right.len(), "linked": linked }));
    Ok(())
}
