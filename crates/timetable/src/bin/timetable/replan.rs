//! `timetable replan`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;
use serde_json::json;
use timetable::{Limits, Problem, SlotSet, Status, Wish, local, replan};

use crate::Event;

#[derive(clap::Args)]
pub struct Replan {
    #[command(flatten)]
    event: Event,
    /// The published timetable, as `solve` writes it.
    schedule: PathBuf,
    /// A participant who does not come, counted from 1: its meetings fall away. May be given several times.
    #[arg(long, value_name = "P")]
    without_participant: Vec<usize>,
    /// A table that cannot be used any more, counted from 1. May be given several times.
    #[arg(long, value_name = "N")]
    without_table: Vec<usize>,
    /// Seconds, counted from the start of the command.
    #[arg(long, default_value_t = 10.0)]
    time_limit: f64,
    /// Where the new timetable goes as JSON; meetings that fell away have slot 0.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where it goes what was moved, dropped and added and who is touched, as JSON, counted from 0.
    #[arg(long)]
    changes: Option<PathBuf>,
    /// The same seed gives the same answer, when the time suffices.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Replan {
    pub fn run(&self, start: Instant) -> anyhow::Result<ExitCode> {
        let limit = crate::duration(self.time_limit)?;
        let mut problem = self.event.read()?;
        let published = self.event.read_schedule(&self.schedule, &problem)?;
        for &number in &self.without_participant {
            let at = counted(number, problem.participants.len(), "--without-participant")?;
            problem.cancel_participant(at);
        }
        for &number in &self.without_table {
            let at = counted(number, problem.places.len(), "--without-table")?;
            problem.cancel_place(at);
        }
        let expired = || start.elapsed() >= limit;
        let plan = replan(&problem, &published, &Limits::until(&expired).with_seed(self.seed));
        // with nothing moved and nothing dropped but what fell away, breaks are what they have to be
        let untouched = plan.as_ref().is_some_and(|plan| {
            plan.moved.is_empty() && plan.dropped.iter().all(|&meeting| problem.meetings[meeting].slots.is_empty())
        });
        if let Some(plan) = &plan {
            leave_out(&mut problem, &plan.dropped);
            if let Some(path) = &self.out {
                self.event.write_schedule(path, &plan.schedule)?;
            }
            if let Some(path) = &self.changes {
                let text = serde_json::to_string(plan)?;
                std::fs::write(path, format!("{text}\n")).with_context(|| path.display().to_string())?;
            }
        }
        let mut bound = local::bound(&problem).breaks;
        let breaks = plan.as_ref().map(|plan| plan.score.breaks);
        if let Some(breaks) = breaks.filter(|_| untouched) {
            bound = breaks;
        }
        let status = match breaks {
            None => Status::Nothing,
            Some(breaks) if breaks <= bound => Status::Optimal,
            Some(_) => Status::Feasible,
        };
        let line = json!({
            "instance": self.event.name(),
            "status": status,
            "breaks": breaks,
            "bound": bound,
            "seconds": crate::seconds(start),
            "moved": plan.as_ref().map(|plan| plan.moved.len()),
        });
        println!("{line}");
        Ok(ExitCode::SUCCESS)
    }
}

/// What had to be dropped is not counted on by the bound.
fn leave_out(problem: &mut Problem, dropped: &[usize]) {
    for &meeting in dropped {
        let meeting = &mut problem.meetings[meeting];
        (meeting.wish, meeting.slots, meeting.locked) = (Wish::Weight(0), SlotSet::NONE, None);
    }
}

/// A number counted from 1, counted from 0.
fn counted(number: usize, most: usize, option: &str) -> anyhow::Result<usize> {
    anyhow::ensure!((1..=most).contains(&number), "{option}: {number}, but they are counted from 1 to {most}");
    Ok(number - 1)
}
