//! The assembly engine on the command line.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};

/// The best eligible consortium: exact, with a proof.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Subcommand)]
enum Command {
    /// Find the best members, or the smallest set of rules that cannot hold together.
    Solve {
        /// The instance (`.json` or `.json.zst`).
        instance: PathBuf,
        /// Seconds from the start of the command.
        #[arg(long, default_value_t = 30.0)]
        time_limit: f64,
        /// Where the members go, as JSON.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Whether pairs add to the value.
        #[arg(long, value_enum, default_value_t = Switch::On)]
        pairs: Switch,
        /// Seed of the local search.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Print better answers and bounds to standard error as they come.
        #[arg(long)]
        progress: bool,
    },
}

fn main() -> anyhow::Result<()> {
    let start = Instant::now();
    match Arguments::parse().command {
        Command::Solve { instance, time_limit, out, pairs, seed, progress } => {
            let problem = load(&instance, pairs)?;
            let limit = duration(time_limit)?;
            let expired = || start.elapsed() >= limit;
            let limits = assembly::Limits::until(&expired).with_seed(seed);
            let answer = assembly::solve(&problem, &limits, &mut |news| {
                if progress {
                    let value = news.value.map_or_else(|| "-".to_owned(), |v| v.to_string());
                    eprintln!("{:.3} s value {value} bound {} nodes {}", start.elapsed().as_secs_f64(), news.bound, news.nodes);
                }
                ControlFlow::Continue(())
            })?;
            if progress {
                eprintln!("{:?}", answer.statistics);
            }
            if let Some(out) = &out {
                let text = serde_json::json!({"instance": problem.name, "members": answer.members});
                std::fs::write(out, text.to_string()).with_context(|| out.display().to_string())?;
            }
            let objective = (!answer.members.is_empty()).then_some(answer.value);
            println!("{}", serde_json::json!({"instance": problem.name, "status": answer.status, "objective": objective, "bound": answer.bound, "seconds": (start.elapsed().as_secs_f64()*1000.0).round()/1000.0}));
            Ok(())
        }
    }
}

fn duration(seconds: f64) -> anyhow::Result<Duration> {
    Duration::try_from_secs_f64(seconds).with_context(|| format!("--time-limit: {seconds} is not a number of seconds"))
}

fn load(path: &Path, pairs: Switch) -> anyhow::Result<assembly::Problem> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let compressed = path.extension().is_some_and(|extension| extension == "zst");
    let problem = assembly::instance::read(&bytes, compressed).with_context(|| path.display().to_string())?;
    Ok(if pairs == Switch::Off { assembly::instance::without_pairs(problem) } else { problem })
}
