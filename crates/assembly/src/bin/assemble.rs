//! The assembly engine on the command line.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use assembly::{Answer, Conflict, Limits, Problem, Relaxation, Share, Status};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::{Value, json};

/// The best eligible consortium, with its proof.
///
/// Exit status: 0 when the command did its work, 1 when `check` finds a broken rule, 2 when the input is unusable.
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

/// What every command that searches takes.
#[derive(Args)]
struct Common {
    /// The instance, format corridor-assembly-1 (`.json` or `.json.zst`).
    instance: PathBuf,
    /// Seconds, counted from the start of the command.
    #[arg(long, default_value_t = 30.0)]
    time_limit: f64,
    /// Whether pairs of members add to the value.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    pairs: Switch,
    /// Seed of the local search.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Subcommand)]
enum Command {
    /// Find the best members, or the smallest set of rules that cannot hold together.
    Solve {
        #[command(flatten)]
        common: Common,
        /// Where the members, or the conflicting rules, go as JSON.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Print better answers and bounds to standard error as they come.
        #[arg(long)]
        progress: bool,
    },
    /// Judge a set of members: print its value, or the first broken rule.
    Check {
        /// The instance.
        instance: PathBuf,
        /// The answer, `{"members": [...]}`.
        solution: PathBuf,
        /// Whether pairs of members add to the value.
        #[arg(long, value_enum, default_value_t = Switch::On)]
        pairs: Switch,
    },
    /// Find the best members, then the best others that differ enough, and what each member is worth.
    Alternatives {
        #[command(flatten)]
        common: Common,
        /// How many.
        #[arg(long, default_value_t = 3)]
        count: usize,
        /// How many members of each earlier answer must be missing.
        #[arg(long, default_value_t = 2)]
        differ: usize,
        /// How much less an alternative may be worth, in percent.
        #[arg(long, default_value_t = 10)]
        tolerance: u32,
        /// Also solve again without each member.
        #[arg(long)]
        losses: bool,
    },
}

fn main() -> ExitCode {
    let start = Instant::now();
    match command(start) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("assemble: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn command(start: Instant) -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Solve { common, out, progress } => solve(start, &common, out.as_deref(), progress),
        Command::Check { instance, solution, pairs } => check(&instance, &solution, pairs),
        Command::Alternatives { common, count, differ, tolerance, losses } => {
            alternatives(start, &common, count, differ, tolerance, losses)
        }
    }
}

fn solve(start: Instant, common: &Common, out: Option<&Path>, progress: bool) -> anyhow::Result<ExitCode> {
    let limit = duration(common.time_limit)?;
    let problem = load(&common.instance, common.pairs)?;
    let expired = || start.elapsed() >= limit;
    let limits = Limits::until(&expired).with_seed(common.seed);
    let answer = assembly::solve(&problem, &limits, &mut |news| {
        if progress {
            let value = news.value.map_or_else(|| "none".to_owned(), |value| value.to_string());
            let seconds = start.elapsed().as_secs_f64();
            eprintln!("{seconds:.3} s, value {value}, bound {}, nodes {}", news.bound, news.nodes);
        }
        ControlFlow::Continue(())
    })?;
    if progress {
        let done = answer.statistics;
        eprintln!("nodes: {}, bounds: {}, steps: {}", done.nodes, done.bounds, done.steps);
    }
    let mut file = None;
    if answer.status == Status::Infeasible {
        if let Some(conflict) = assembly::conflict(&problem, &limits)? {
            file = Some(conflict_json(&problem, &conflict, &limits));
        }
    } else if !answer.members.is_empty() {
        file = Some(json!({"instance": problem.name, "members": answer.members}));
    }
    if let (Some(path), Some(content)) = (out, &file) {
        std::fs::write(path, format!("{content}\n")).with_context(|| path.display().to_string())?;
    }
    println!("{}", line(&problem, &answer, start));
    Ok(ExitCode::SUCCESS)
}

fn check(instance: &Path, solution: &Path, pairs: Switch) -> anyhow::Result<ExitCode> {
    let problem = load(instance, pairs)?;
    let bytes = std::fs::read(solution).with_context(|| solution.display().to_string())?;
    let members = assembly::instance::read_members(&bytes).with_context(|| solution.display().to_string())?;
    Ok(match assembly::check(&problem, &members) {
        Ok(value) => {
            println!("{value}");
            ExitCode::SUCCESS
        }
        Err(violation) => {
            println!("VIOLATION: {violation}");
            ExitCode::FAILURE
        }
    })
}

fn alternatives(
    start: Instant,
    common: &Common,
    count: usize,
    differ: usize,
    tolerance: u32,
    losses: bool,
) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(tolerance <= 100, "--tolerance: {tolerance} is more than 100 percent");
    let limit = duration(common.time_limit)?;
    let problem = load(&common.instance, common.pairs)?;
    let expired = || start.elapsed() >= limit;
    let limits = Limits::until(&expired).with_seed(common.seed);
    let best = assembly::solve(&problem, &limits, &mut |_| ControlFlow::Continue(()))?;
    let others = assembly::alternatives(&problem, &best, count, differ, Share::percent(tolerance), &limits)?;
    let describe = |answer: &Answer| {
        json!({
            "status": answer.status,
            "value": answer.value,
            "bound": answer.bound,
            "members": answer.members,
        })
    };
    let mut report = json!({
        "instance": problem.name,
        "best": describe(&best),
        "alternatives": others.iter().map(describe).collect::<Vec<Value>>(),
    });
    if losses {
        report["losses"] = assembly::irreplaceability(&problem, &best, &limits)?
            .iter()
            .map(|loss| json!({"member": loss.member, "lost": loss.lost, "irreplaceable": loss.irreplaceable()}))
            .collect();
    }
    report["seconds"] = seconds(start);
    println!("{report}");
    Ok(ExitCode::SUCCESS)
}

fn line(problem: &Problem, answer: &Answer, start: Instant) -> Value {
    let objective = (!answer.members.is_empty()).then_some(answer.value);
    let bound = (answer.status != Status::Infeasible && answer.bound < i64::MAX).then_some(answer.bound);
    json!({
        "instance": problem.name,
        "status": answer.status,
        "objective": objective,
        "bound": bound,
        "seconds": seconds(start),
    })
}

fn conflict_json(problem: &Problem, conflict: &Conflict, limits: &Limits<'_>) -> Value {
    let relaxations: Vec<Value> = conflict
        .relaxations(problem, limits)
        .iter()
        .zip(conflict.ids(problem))
        .map(|(relaxation, id)| match relaxation {
            Relaxation::Value { from, to, least } => {
                json!({"rule": id, "from": from, "to": to, "least": least})
            }
            Relaxation::Drop => json!({"rule": id, "drop": true}),
            Relaxation::NotEnough => json!({"rule": id, "not_enough": true}),
            Relaxation::Unknown => json!({"rule": id, "unknown": true}),
        })
        .collect();
    json!({
        "instance": problem.name,
        "infeasible": conflict.ids(problem),
        "minimal": conflict.minimal,
        "smallest": conflict.smallest,
        "relaxations": relaxations,
    })
}

fn seconds(start: Instant) -> Value {
    json!((start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0)
}

fn duration(seconds: f64) -> anyhow::Result<Duration> {
    Duration::try_from_secs_f64(seconds).with_context(|| format!("--time-limit: {seconds} is not a number of seconds"))
}

fn load(path: &Path, pairs: Switch) -> anyhow::Result<Problem> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let compressed = path.extension().is_some_and(|extension| extension == "zst");
    let problem = assembly::instance::read(&bytes, compressed).with_context(|| path.display().to_string())?;
    Ok(if pairs == Switch::Off { assembly::instance::without_pairs(problem) } else { problem })
}
