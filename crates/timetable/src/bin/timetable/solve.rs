//! `timetable solve`.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use serde_json::json;
use timetable::{Fault, Limits, Status, Wish};

use crate::Event;

#[derive(clap::Args)]
pub struct Solve {
    #[command(flatten)]
    event: Event,
    /// Seconds, counted from the start of the command; the last moments are for writing the timetable down.
    #[arg(long, default_value_t = 60.0)]
    time_limit: f64,
    /// Where the timetable goes as JSON: the slot and the table of each meeting, counted from 1.
    #[arg(long)]
    out: Option<PathBuf>,
    /// The same seed gives the same answer, when the time suffices.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print better timetables and bounds to standard error as they come.
    #[arg(long)]
    progress: bool,
}

/// How many times as long as reading the event it takes to give out tables, judge and write.
const WRITING: u32 = 3;

impl Solve {
    pub fn run(&self, start: Instant) -> anyhow::Result<ExitCode> {
        let limit = crate::duration(self.time_limit)?;
        let problem = self.event.read()?;
        // on a machine that is short of time both take longer
        let search = limit - (start.elapsed() * WRITING).min(limit / 4);
        let expired = || start.elapsed() >= search;
        let mut last = None;
        let answer = timetable::solve(&problem, &Limits::until(&expired).with_seed(self.seed), &mut |news| {
            let now = (news.score.map(|score| score.breaks), news.bound.breaks);
            if self.progress && last != Some(now) {
                let breaks = now.0.map_or_else(|| "none".to_owned(), |breaks| breaks.to_string());
                eprintln!("{:.3} s, breaks {breaks}, bound {}", start.elapsed().as_secs_f64(), now.1);
                last = Some(now);
            }
            ControlFlow::Continue(())
        });
        let answer = answer.map_err(|faults| {
            anyhow::anyhow!(faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; "))
                .context(self.event.instance.display().to_string())
        })?;
        if let (Some(path), Some(schedule)) = (&self.out, &answer.schedule) {
            self.event.write_schedule(path, schedule)?;
        }
        let mut line = json!({
            "instance": self.event.name(),
            "status": answer.status,
            "breaks": answer.score.map(|score| score.breaks),
            "bound": (answer.status != Status::Infeasible).then_some(answer.bound.breaks),
            "seconds": crate::seconds(start),
        });
        if problem.meetings.iter().any(|meeting| meeting.wish != Wish::Must) {
            line["score"] = json!(answer.score);
            line["bounds"] = json!(answer.bound);
        }
        println!("{line}");
        Ok(ExitCode::SUCCESS)
    }
}
