//! Long searches take turns: one core stays for everybody else.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::instance::{App, Part};

/// The turns of long searches, whatever they search for.
#[derive(Debug)]
pub struct Turns(Arc<Semaphore>);

impl Part for Turns {
    fn open(_: &App) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Turns(Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))))
    }
}

impl Turns {
    /// Waits for a turn, which ends when it is dropped; none for whoever gave up before it came.
    pub async fn take(&self, gave_up: impl Future<Output = ()>) -> Option<OwnedSemaphorePermit> {
        tokio::select! {
            turn = self.0.clone().acquire_owned() => turn.ok(),
            () = gave_up => None,
        }
    }
}
