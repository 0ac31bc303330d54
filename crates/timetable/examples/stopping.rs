//! How long a search goes on after it was told to end: for each file, ended after 0.05, 0.2, 0.5, 1 and 3 s, the milliseconds
//! until it answers. Not a test: what it measures is this machine.
//!
//!     cargo run --release -p timetable --example stopping -- INSTANCE.dzn...

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use anyhow::Context;
use timetable::{Limits, dzn, solve};

fn main() -> anyhow::Result<()> {
    for path in std::env::args_os().skip(1).map(PathBuf::from) {
        let place = || path.display().to_string();
        let problem = dzn::read(&std::fs::read(&path).with_context(place)?, Some(2)).with_context(place)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for after in [50, 200, 500, 1_000, 3_000] {
            let stop = AtomicBool::new(false);
            let (ended, told) = mpsc::channel();
            let lag = std::thread::scope(|scope| {
                let search = scope.spawn(|| {
                    let answer =
                        solve(&problem, &Limits::none().or_stopped_by(&stop), &mut |_| ControlFlow::Continue(()));
                    // Who listens may have gone: then nobody wants to know.
                    let _ = ended.send(());
                    answer.is_ok()
                });
                let over = told.recv_timeout(Duration::from_millis(after)).is_ok();
                let asked = Instant::now();
                stop.store(true, Ordering::Relaxed);
                anyhow::ensure!(search.join().is_ok_and(|solved| solved), "{}: no problem to solve", path.display());
                anyhow::Ok((!over).then(|| asked.elapsed()))
            })?;
            // Proved before it was told to end: there is nothing to measure.
            if let Some(lag) = lag {
                println!("{{\"instance\":\"{name}\",\"after_ms\":{after},\"lag_ms\":{:.1}}}", lag.as_secs_f64() * 1e3);
            }
        }
    }
    Ok(())
}
