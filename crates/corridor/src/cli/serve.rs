//! `corridor serve`

use clap::Args;

use super::Instance;
use crate::{
    app::{self, serve},
    foundation::instance::Settings,
};

/// Serve the pages and the API, and run jobs.
#[derive(Debug, Args)]
pub struct Serve {
    /// The address to listen on; port 0 takes a free one.
    #[arg(long, env = "CORRIDOR_LISTEN", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Let visitors choose a demonstration person instead of signing in.
    #[arg(long, env = "CORRIDOR_DEMONSTRATION")]
    demonstration: bool,
}

impl Serve {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let listener = tokio::net::TcpListener::bind(&self.listen)
            .await
            .map_err(|error| anyhow::anyhow!("cannot listen on {}: {error}", self.listen))?;
        let listening = Some(listener.local_addr()?);
        let app = app::open(Settings { listening, ..instance.settings(self.demonstration)? }).await?;
        println!("Corridor is here: {}", app.address);
        serve(app, listener).await
    }
}
