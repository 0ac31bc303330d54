//! `corridor import ...`

use std::{path::PathBuf, sync::Mutex, time::Duration};

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::Instance;
use crate::{
    accounts::Actor,
    app::{self, import_pack, make_ready},
    calls,
    directory::imports::{self, Intake, Outcome},
};

/// Import data.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
    /// Read files again that are known already; what is unchanged stays as it is.
    #[arg(long, global = true)]
    again: bool,
    /// Print the outcome as JSON.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Code lists: fields of science in both languages, regions.
    Reference {
        /// The folder with euroscivoc.csv, euroscivoc_fr.csv and nuts_codes.csv.
        path: PathBuf,
    },
    /// EU projects, organisations by PIC, and who took part in what.
    Cordis {
        /// The folder with organisations, projects and participations (CSV, packed with zstd or not).
        path: PathBuf,
    },
    /// The Research Organization Registry.
    Ror {
        /// The folder with ror.jsonl, or a file of that form, packed with zstd or not.
        path: PathBuf,
    },
    /// The demonstration network: organisations, clusters, memberships.
    World {
        /// The folder with organisations.toml and clusters.toml.
        path: PathBuf,
    },
    /// Calls with their topics.
    Calls {
        /// open_calls.jsonl, packed with zstd or not, or the folder that holds it.
        path: PathBuf,
    },
    /// A cluster's list of members: CSV or XLSX, with headers in French or English.
    Members {
        /// The file.
        path: PathBuf,
        /// The cluster whose members they are.
        #[arg(long)]
        cluster: String,
        /// Which column holds which field, as column=field, where the guess from the headers is wrong; or a file with
        /// one such pair a line.
        #[arg(long, num_args = 1..)]
        mapping: Vec<String>,
        /// Say what would be done, and do nothing.
        #[arg(long)]
        dry_run: bool,
    },
    /// Work out again what follows from what was imported: competences from projects, memberships from regions.
    Derive,
    /// All of the packaged data, and what is derived from it.
    Pack {
        /// The folder with the folders reference, cordis, ror, world and calls.
        path: PathBuf,
        /// Make the demonstration people as well.
        #[arg(long)]
        demonstration: bool,
    },
}

/// A bar that names what is being done; silent where nobody watches a terminal.
pub(super) struct Bar {
    bar: ProgressBar,
    current: Mutex<String>,
}

impl Bar {
    pub(super) fn new() -> Self {
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{elapsed_precise} {bar:30} {percent:>3} % {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Bar { bar, current: Mutex::new(String::new()) }
    }

    pub(super) fn tell(&self, what: &str, done: u64, total: u64) {
        self.bar.set_length(total.max(1));
        self.bar.set_position(done.min(total));
        self.bar.set_message(said(what));
        if let Ok(mut current) = self.current.lock()
            && *current != what
        {
            *current = what.to_owned();
            tracing::debug!(step = what, "importing");
        }
    }

    pub(super) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

fn said(what: &str) -> &'static str {
    match what {
        "concepts" => "reading fields of science",
        "regions" => "reading regions",
        "cordis.organisations" => "importing organisations of EU projects",
        "cordis.projects" => "importing EU projects",
        "cordis.participations" => "importing who took part in which project",
        "ror.entries" => "importing the registry of research organisations",
        "ror.links" => "linking organisations to the registry",
        "world" => "importing the demonstration network",
        "derived.competences" => "deriving competences from past projects",
        "derived.memberships" => "deriving memberships from regions",
        "calls" => "importing calls and topics",
        "ranking" => "building the ranking of partners",
        "index.directory" => "indexing the directory",
        "index.calls" => "indexing calls",
        "index.partnering" => "building the ranking",
        "analyze" => "refreshing the statistics of the database",
        _ => "importing",
    }
}

impl Import {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let began = std::time::Instant::now();
        let app = app::open(instance.settings(false)?).await?;
        let (database, clock) = (&app.database, app.clock);
        let bar = Bar::new();
        let report = |what: &str, done: u64, total: u64| bar.tell(what, done, total);
        let intake = Intake { database, clock, again: self.again, report: &report };
        let outcomes = match &self.what {
            What::Reference { path } => vec![
                imports::reference::import_concepts(intake, path).await?,
                imports::reference::import_regions(intake, path).await?,
            ],
            What::Cordis { path } => imports::cordis::import(intake, path).await?,
            What::Ror { path } => imports::ror::import(intake, path).await?,
            What::World { path } => imports::world::import(intake, path).await?,
            What::Calls { path } => vec![calls::import(&app, &Actor::Console, path, &report).await?.told("calls")],
            What::Members { path, cluster, mapping, dry_run } => {
                let outcome = members(&app, path, cluster, mapping, *dry_run, self.again, self.json).await;
                bar.clear();
                vec![outcome?]
            }
            What::Derive => imports::derive::derive(intake).await?,
            What::Pack { path, demonstration } => {
                let outcomes = import_pack(&app, &Actor::Console, path, self.again, &report).await?;
                make_ready(&app, &report).await?;
                if *demonstration {
                    imports::prepare_demonstration(database, clock, "medicen").await?;
                }
                outcomes
            }
        };
        bar.clear();
        database.close().await;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&outcomes)?);
        } else {
            print(&outcomes);
            println!("took {:.1} s", began.elapsed().as_secs_f64());
        }
        Ok(())
    }
}

async fn members(
    app: &crate::accounts::Shared,
    path: &std::path::Path,
    cluster: &str,
    mapping: &[String],
    dry_run: bool,
    again: bool,
    json: bool,
) -> anyhow::Result<Outcome> {
    let bytes = std::fs::read(path).map_err(|error| imports::reading::cannot_open(path, &error))?;
    let name = imports::reading::file_name(path);
    let mut pairs = Vec::new();
    for given in mapping {
        match std::fs::read_to_string(given) {
            Ok(text) => pairs.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)),
            Err(_) => pairs.push(given.clone()),
        }
    }
    let actor = Actor::Console;
    let cluster = imports::members::cluster_of(&app.database, &actor, Some(cluster)).await?;
    let (outcome, plan) = imports::members::import(app, &actor, &cluster, &name, bytes, &pairs, dry_run, again).await?;
    if let Some(plan) = plan.filter(|_| !json) {
        println!("dry run, nothing was written: {} rows, of which {} refused", plan.total, plan.refused);
        for row in plan.rows.iter().filter(|row| !row.candidates.is_empty()) {
            let best = &row.candidates[0];
            let sure = if best.certain { "is" } else { "may be" };
            println!(
                "  row {}: {} {sure} {} ({:.0} %)",
                row.member.position,
                row.member.name,
                best.name,
                best.score * 100.0
            );
        }
    }
    Ok(outcome)
}

fn print(outcomes: &[Outcome]) {
    println!("{:<24} {:>9} {:>9} {:>9} {:>9}", "", "created", "changed", "unchanged", "refused");
    for outcome in outcomes {
        let counts = outcome.counts;
        let known = if outcome.known { "  already imported, nothing done" } else { "" };
        println!(
            "{:<24} {:>9} {:>9} {:>9} {:>9}{known}",
            outcome.kind, counts.created, counts.changed, counts.unchanged, counts.refused
        );
    }
    for outcome in outcomes.iter().filter(|outcome| !outcome.known && !outcome.problems.is_empty()) {
        println!("\nproblems of {} (all of them are in the database):", outcome.file);
        for problem in &outcome.problems {
            println!("  {problem}");
        }
    }
}
