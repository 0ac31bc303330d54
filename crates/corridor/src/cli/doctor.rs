//! `corridor doctor`

use clap::Args;

use super::Instance;
use crate::{
    accounts::Actor,
    app::{self, doctor},
    foundation::audit::Head,
};

/// Say whether the instance is well: its database, its audit trail, its jobs, its indexes.
#[derive(Debug, Args)]
pub struct Doctor {
    /// A head of the audit trail that was noted earlier (NUMBER:DIGEST): proves that nothing before it was changed.
    #[arg(long, value_name = "HEAD")]
    known_head: Option<Head>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Something is not well; what, was printed already.
#[derive(Debug, thiserror::Error)]
#[error("the instance is not well")]
pub struct Unwell;

impl Doctor {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        // Opening makes a database where there is none, and an empty one is always well.
        let file = instance.database.strip_prefix("sqlite:").unwrap_or(&instance.database);
        if !file.starts_with("postgres") && !std::path::Path::new(file).exists() {
            anyhow::bail!("there is no database at {file}: name it with --database");
        }
        let app = app::open(instance.settings(false)?).await?;
        let findings = doctor::examine(&app, &Actor::Console, self.known_head.as_ref()).await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&findings)?);
        } else {
            for finding in &findings {
                let organ = match finding.organ {
                    doctor::Organ::Database => "database",
                    doctor::Organ::AuditTrail => "audit trail",
                    doctor::Organ::Jobs => "jobs",
                    doctor::Organ::Indexes => "indexes",
                };
                println!("{}  {organ}", if finding.well { "well    " } else { "NOT WELL" });
                for line in &finding.lines {
                    println!("            {line}");
                }
            }
        }
        if findings.iter().all(|finding| finding.well) { Ok(()) } else { Err(Unwell.into()) }
    }
}
