//! `timetable conflict`.

use std::process::ExitCode;
use std::time::Instant;

use serde_json::json;
use timetable::{Limits, conflict};

use crate::Event;

#[derive(clap::Args)]
pub struct Conflict {
    #[command(flatten)]
    event: Event,
    /// Seconds, counted from the start of the command.
    #[arg(long, default_value_t = 60.0)]
    time_limit: f64,
}

impl Conflict {
    pub fn run(&self, start: Instant) -> anyhow::Result<ExitCode> {
        let limit = crate::duration(self.time_limit)?;
        let problem = self.event.read()?;
        let expired = || start.elapsed() >= limit;
        let found = conflict(&problem, &Limits::until(&expired));
        let texts = found.as_ref().map(|found| found.statements.iter().map(ToString::to_string).collect::<Vec<_>>());
        let line = json!({
            "instance": self.event.name(),
            "conflict": found.as_ref().map(|found| &found.statements),
            "texts": texts,
            "minimal": found.as_ref().map(|found| found.minimal),
            "seconds": crate::seconds(start),
        });
        println!("{line}");
        Ok(ExitCode::SUCCESS)
    }
}
