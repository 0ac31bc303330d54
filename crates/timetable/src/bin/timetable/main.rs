//! The timetable engine on the command line.

mod check;
mod conflict;
mod replan;
mod solve;

use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::{Parser, Subcommand};
use timetable::{Fault, Problem, Schedule, dzn};

/// Who meets whom, when and at which table, with a proof.
///
/// Exit status: 0 when the command did its work, 1 when `check` finds a broken rule, 2 when the input is unusable.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Find the timetable with the fewest breaks, or prove that there is none.
    Solve(solve::Solve),
    /// Judge a timetable: print its breaks, or the rules it breaks.
    Check(check::Check),
    /// Plan anew after a change of the day, with as little changed as can be.
    Replan(replan::Replan),
    /// Say which few statements cannot hold together.
    Conflict(conflict::Conflict),
}

fn main() -> ExitCode {
    let start = Instant::now();
    let done = match Arguments::parse().command {
        Command::Solve(solve) => solve.run(start),
        Command::Check(check) => check.run(),
        Command::Replan(replan) => replan.run(start),
        Command::Conflict(conflict) => conflict.run(start),
    };
    done.unwrap_or_else(|error| {
        eprintln!("timetable: {error:#}");
        ExitCode::from(2)
    })
}

/// The largest difference between the breaks of two people.
#[derive(Clone, Copy, Debug)]
struct Fairness(Option<u32>);

impl FromStr for Fairness {
    type Err = String;

    fn from_str(text: &str) -> Result<Fairness, String> {
        match text {
            "none" => Ok(Fairness(None)),
            _ => text.parse().map(Some).map(Fairness).map_err(|_| format!("{text} is neither a number nor none")),
        }
    }
}

/// What every command is given.
#[derive(clap::Args)]
struct Event {
    /// The event: a `.dzn` file of the published problem, or a problem with all its features as `.json`.
    instance: std::path::PathBuf,
    /// Largest difference between the breaks of two people, or none; if not given 2, or what the JSON file says.
    #[arg(long)]
    fairness: Option<Fairness>,
}

impl Event {
    /// The event, without faults.
    fn read(&self) -> anyhow::Result<Problem> {
        let place = || self.instance.display().to_string();
        let bytes = read(&self.instance)?;
        let problem = if self.is_json() {
            let mut problem: Problem = serde_json::from_slice(&bytes).with_context(place)?;
            problem.rules.fairness = self.fairness.map_or(problem.rules.fairness, |fairness| fairness.0);
            problem
        } else {
            dzn::read(&bytes, self.fairness.map_or(Some(2), |fairness| fairness.0)).with_context(place)?
        };
        let faults: Vec<String> = problem.faults().iter().take(20).map(Fault::to_string).collect();
        if faults.is_empty() { Ok(problem) } else { Err(anyhow::anyhow!(faults.join("; ")).context(place())) }
    }

    fn is_json(&self) -> bool {
        self.instance.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
    }

    /// A timetable of the event: `{"slots": [...]}` for a `.dzn` file, `{"held": [...]}` for JSON.
    fn read_schedule(&self, path: &Path, problem: &Problem) -> anyhow::Result<Schedule> {
        let bytes = read(path)?;
        let schedule = if self.is_json() {
            serde_json::from_slice(&bytes).map_err(anyhow::Error::from)
        } else {
            dzn::read_schedule(&bytes, problem).map_err(anyhow::Error::from)
        };
        schedule.with_context(|| path.display().to_string())
    }

    fn write_schedule(&self, path: &Path, schedule: &Schedule) -> anyhow::Result<()> {
        let text = if self.is_json() {
            format!("{}\n", serde_json::to_string(schedule)?)
        } else {
            dzn::write_schedule(&self.name(), schedule)
        };
        std::fs::write(path, text).with_context(|| path.display().to_string())
    }

    /// What the file is called, without its ending.
    fn name(&self) -> String {
        self.instance.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}

/// Seconds of the command line.
fn duration(seconds: f64) -> anyhow::Result<Duration> {
    Duration::try_from_secs_f64(seconds).with_context(|| format!("--time-limit: {seconds} is not a number of seconds"))
}

/// Seconds since the start, to be printed.
fn seconds(start: Instant) -> f64 {
    (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
}
