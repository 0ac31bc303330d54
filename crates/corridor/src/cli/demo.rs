//! `corridor demo`

use std::path::PathBuf;

use clap::Args;

use super::{Instance, import::Bar};
use crate::{
    accounts::Actor,
    app::{self, import_pack, make_ready, serve},
    directory::imports,
    events,
    foundation::instance::Settings,
};

/// Import the packaged data where it is not yet, and serve it with demonstration people.
#[derive(Debug, Args)]
pub struct Demo {
    /// The folder of the packaged data.
    #[arg(long, default_value = "data")]
    pack: PathBuf,
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "CORRIDOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
}

impl Demo {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let listener = tokio::net::TcpListener::bind(&self.listen)
            .await
            .map_err(|error| anyhow::anyhow!("cannot listen on {}: {error}", self.listen))?;
        let listening = Some(listener.local_addr()?);
        let app = app::open(Settings { listening, ..instance.settings(true)? }).await?;
        let bar = Bar::new();
        let report = |what: &str, done: u64, total: u64| bar.tell(what, done, total);
        import_pack(&app, &Actor::Console, &self.pack, false, &report).await?;
        imports::prepare_demonstration(&app.database, app.clock, "medicen").await?;
        make_ready(&app, &report).await?;
        events::prepare_demonstration(&app, "medicen").await?;
        bar.clear();
        println!("Corridor is here: {}", app.address);
        serve(app, listener).await
    }
}
