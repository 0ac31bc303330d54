//! The timetable engine on the command line.

mod check;
mod solve;

use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;

use anyhow::Context;
use clap::{Parser, Subcommand};
use timetable::{Problem, dzn};

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
}

fn main() -> ExitCode {
    let start = Instant::now();
    let done = match Arguments::parse().command {
        Command::Solve(solve) => solve.run(start),
        Command::Check(check) => check.run(),
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
    /// The event, a `.dzn` file of the published problem.
    instance: std::path::PathBuf,
    /// Largest difference between the breaks of two people, or none.
    #[arg(long, default_value = "2")]
    fairness: Fairness,
}

impl Event {
    fn read(&self) -> anyhow::Result<Problem> {
        dzn::read(&read(&self.instance)?, self.fairness.0).with_context(|| self.instance.display().to_string())
    }

    /// What the file is called, without its ending.
    fn name(&self) -> String {
        self.instance.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| path.display().to_string())
}
