//! Claims jobs one at a time and runs them.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use jiff::civil::Time;
use tokio::{sync::Notify, time::Instant};

use super::{Job, JobId, daily, store};
use crate::foundation::{
    database::Database,
    errors::Error,
    time::{Clock, Timestamp, Zone},
};

/// How often a job that fails is tried before it is left for a person to look at.
const MOST_ATTEMPTS: i64 = 5;
/// How often the process that runs a job gives a sign of life.
const BEAT: Duration = Duration::from_secs(15);
/// A job without a sign of life for so long is taken up by another server, in seconds.
const DEAD_AFTER: i64 = 60;
/// How often a server looks for what others left, and for the next day's work.
const LOOK_AROUND: Duration = Duration::from_secs(30);

/// Where a running job says how far it is, and hears that it was called off.
#[derive(Clone, Debug)]
pub struct Progress {
    database: Database,
    job: Option<JobId>,
    clock: Clock,
    called_off: Arc<AtomicBool>,
}

impl Progress {
    /// Progress that nobody watches: for work that a command runs itself.
    pub fn unwatched(database: &Database) -> Self {
        Progress { database: database.clone(), job: None, clock: Clock::System, called_off: Arc::default() }
    }

    /// Tells how far the work is. A failure to tell is no failure of the work.
    pub async fn tell(&self, done: u64, total: u64, text: &str) {
        let Some(job) = self.job else { return };
        let (done, total) = (i64::try_from(done).unwrap_or(i64::MAX), i64::try_from(total).unwrap_or(i64::MAX));
        let now = self.clock.now();
        let told = async {
            transact!(self.database, transaction => store::progress(transaction, job, done, total, text, now).await)
        };
        self.hear(told.await);
    }

    /// Says that the work goes on, for whom only its silence would tell.
    async fn beat(&self) {
        let Some(job) = self.job else { return };
        let now = self.clock.now();
        let told = async { transact!(self.database, transaction => store::beat(transaction, job, now).await) };
        self.hear(told.await);
    }

    fn hear(&self, asked: Result<bool, Error>) {
        match asked {
            Ok(true) => self.called_off.store(true, Ordering::Relaxed),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "progress could not be stored"),
        }
    }

    /// Whether somebody called the work off, as far as was heard when it last told how far it is.
    pub fn is_called_off(&self) -> bool {
        self.called_off.load(Ordering::Relaxed)
    }

    /// Goes on, unless somebody called the work off: for the places where nothing is half done.
    ///
    /// # Errors
    /// When it was called off.
    pub fn go_on(&self) -> Result<(), Error> {
        if self.is_called_off() { Err(Error::Over { reason: "refused-called-off" }) } else { Ok(()) }
    }
}

type Work<C> = Box<
    dyn Fn(serde_json::Value, Arc<C>, Progress) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>
        + Send
        + Sync,
>;

type Payload = Box<dyn Fn() -> serde_json::Result<serde_json::Value> + Send + Sync>;

/// A kind of job that a runner knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub name: &'static str,
    /// Whether somebody may call it off.
    pub cancellable: bool,
    /// The time of the day at which it is done by itself.
    pub daily: Option<Time>,
}

/// Runs jobs of the kinds it was told about.
pub struct Runner<C> {
    kinds: Vec<(Kind, Work<C>)>,
    daily: Vec<(&'static str, Time, Payload)>,
    wake: Arc<Notify>,
    zone: Zone,
}

impl<C> std::fmt::Debug for Runner<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_list().entries(self.kinds.iter().map(|(kind, _)| kind)).finish()
    }
}

impl<C: Send + Sync + 'static> Runner<C> {
    /// A runner that knows no kind yet; `wake` is rung after a job was stored, so that it need not wait for the next look.
    /// Times of the day are those of the zone.
    pub fn new(wake: Arc<Notify>, zone: Zone) -> Self {
        Runner { kinds: Vec::new(), daily: Vec::new(), wake, zone }
    }

    /// Teaches it a kind of job.
    pub fn with<J: Job<C>>(mut self) -> Self {
        let kind = Kind { name: J::NAME, cancellable: J::CANCELLABLE, daily: None };
        self.kinds.push((
            kind,
            Box::new(|payload, context, progress| {
                Box::pin(async move {
                    let job: J = serde_json::from_value(payload).map_err(anyhow::Error::from)?;
                    job.run(context, progress).await
                })
            }),
        ));
        self
    }

    /// Teaches it a kind of job that is also done every day at a time of the zone, by one server only. What was missed
    /// while no server ran is made up for once.
    pub fn daily<J: Job<C>>(mut self, at: Time, job: fn() -> J) -> Self {
        self = self.with::<J>();
        if let Some((kind, _)) = self.kinds.last_mut() {
            kind.daily = Some(at);
        }
        self.daily.push((J::NAME, at, Box::new(move || serde_json::to_value(job()))));
        self
    }

    /// The kinds it knows.
    pub fn kinds(&self) -> Vec<Kind> {
        self.kinds.iter().map(|(kind, _)| *kind).collect()
    }

    /// Stores the next occurrence of all that is done daily, where it is not stored yet.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan(&self, database: &Database, now: Timestamp) -> Result<(), Error> {
        for (name, at, payload) in &self.daily {
            let next = daily::next(*at, &self.zone, now);
            // Looked for first without a lock: a day has one occurrence, and a server looks thousands of times.
            if store::is_known(database, name, &next.key).await? {
                continue;
            }
            let payload = payload().map_err(anyhow::Error::from)?;
            let job = store::NewJob { name, payload, key: Some(next.key), run_at: next.at, now };
            transact!(database, transaction => store::put_daily(transaction, &job).await)?;
        }
        Ok(())
    }

    /// Takes up again what ran when a process died: everything, when the one process of an SQLite instance begins; what gave
    /// no sign of life for a minute, on PostgreSQL.
    async fn recover(&self, database: &Database, now: Timestamp) -> Result<(), Error> {
        let before = match database {
            Database::Sqlite { .. } => now,
            Database::Postgres(_) => now.plus_seconds(-DEAD_AFTER),
        };
        let recovered = transact!(database, transaction => store::recover(transaction, before).await)?;
        if recovered > 0 {
            tracing::warn!(recovered, "jobs were taken up whose process died");
        }
        Ok(())
    }

    async fn finish(
        &self,
        database: &Database,
        job: &store::Claimed,
        outcome: Result<(), Error>,
        called_off: bool,
        now: Timestamp,
    ) -> Result<(), Error> {
        let (state, run_at, error) = match outcome {
            Ok(()) => ("done", now, None),
            Err(_) if called_off => ("cancelled", now, None),
            Err(error) => {
                tracing::error!(job = %job.name, id = %job.id, attempt = job.attempts, error = ?error, "a job failed");
                // Bad input stays bad: only faults that may pass are tried again.
                let again = error.status().is_server_error() && job.attempts < MOST_ATTEMPTS;
                let pause = 2i64.saturating_pow(u32::try_from(job.attempts).unwrap_or(8).min(8));
                (if again { "waiting" } else { "failed" }, now.plus_seconds(pause), Some(error.to_string()))
            }
        };
        let ending = store::Ending { state, run_at, error: error.as_deref(), now };
        transact!(database, transaction => store::end(transaction, job.id, &ending).await)
    }

    /// Runs one job that is due; says whether there was one.
    pub async fn run_one(&self, database: &Database, context: &Arc<C>, clock: Clock) -> Result<bool, Error> {
        let now = clock.now();
        let claimed = transact!(database, transaction => store::claim(transaction, now).await)?;
        let Some(job) = claimed else { return Ok(false) };
        let progress = Progress { database: database.clone(), job: Some(job.id), clock, called_off: Arc::default() };
        let outcome = match self.kinds.iter().find(|(kind, _)| *kind.name == job.name) {
            Some((_, work)) => {
                let mut running = tokio::spawn(work(job.payload.0.clone(), context.clone(), progress.clone()));
                let mut ticks = tokio::time::interval_at(Instant::now() + BEAT, BEAT);
                let ended = loop {
                    tokio::select! {
                        ended = &mut running => break ended,
                        _ = ticks.tick() => progress.beat().await,
                    }
                };
                ended.unwrap_or_else(|fault| Err(anyhow::anyhow!("the job broke off: {fault}").into()))
            }
            None => Err(Error::input(format!("no kind of job is named `{}`", job.name))),
        };
        self.finish(database, &job, outcome, progress.is_called_off(), clock.now()).await?;
        Ok(true)
    }

    /// Looks for what others left, and for the next day's work.
    async fn look_around(&self, database: &Database, clock: Clock, begins: bool) {
        let now = clock.now();
        // Whatever runs in an SQLite instance runs here: only what the last process left is to be taken up.
        if (begins || matches!(database, Database::Postgres(_)))
            && let Err(error) = self.recover(database, now).await
        {
            tracing::error!(%error, "jobs of a process that died could not be taken up");
        }
        if let Err(error) = self.plan(database, now).await {
            tracing::error!(%error, "the work of the day could not be planned");
        }
    }

    /// Runs jobs until the process ends.
    pub async fn run(self, database: Database, context: Arc<C>, clock: Clock) {
        self.look_around(&database, clock, true).await;
        let mut looked = Instant::now();
        loop {
            if looked.elapsed() > LOOK_AROUND {
                self.look_around(&database, clock, false).await;
                looked = Instant::now();
            }
            match self.run_one(&database, &context, clock).await {
                Ok(true) => {}
                Ok(false) => {
                    let _ = tokio::time::timeout(Duration::from_millis(1000), self.wake.notified()).await;
                }
                Err(error) => {
                    tracing::error!(%error, "the job runner could not reach the database");
                    tokio::time::sleep(Duration::from_secs(2)).await;
                }
            }
        }
    }
}
