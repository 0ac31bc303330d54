//! `timetable check`.

use std::path::PathBuf;
use std::process::ExitCode;

use timetable::{score, violations};

use crate::Event;

#[derive(clap::Args)]
pub struct Check {
    #[command(flatten)]
    event: Event,
    /// The timetable, `{"slots": [...]}` with or without `"tables": [...]`, counted from 1; or as `solve` writes it for
    /// an event in JSON.
    schedule: PathBuf,
}

impl Check {
    pub fn run(&self) -> anyhow::Result<ExitCode> {
        let problem = self.event.read()?;
        let schedule = self.event.read_schedule(&self.schedule, &problem)?;
        let broken = violations(&problem, &schedule);
        for violation in &broken {
            println!("VIOLATION: {violation}");
        }
        if broken.is_empty() {
            println!("{}", score(&problem, &schedule).breaks);
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    }
}
