//! The command line: one file a command; every command runs the same use cases as the pages.

mod assemble;
mod check;
mod demo;
mod doctor;
mod import;
mod invite;
mod rank;
mod serve;

use std::path::PathBuf;

pub use check::Unusable;
pub use doctor::Unwell;

use clap::{Args, Parser, Subcommand};

use crate::foundation::{
    configuration::Configuration,
    errors::Error,
    instance::Settings,
    languages::{Language, Texts},
    time::Clock,
};

/// Corridor, the operating system of innovation clusters.
#[derive(Debug, Parser)]
#[command(name = "corridor", version, propagate_version = true)]
pub struct Arguments {
    #[command(flatten)]
    instance: Instance,
    #[command(subcommand)]
    command: Command,
}

/// Which instance a command works on.
#[derive(Clone, Debug, Args)]
pub struct Instance {
    /// The database: a file, sqlite:FILE or postgres://USER@HOST/NAME.
    #[arg(long, global = true, env = "CORRIDOR_DATABASE", default_value = "var/corridor.sqlite")]
    database: String,
    /// The folder for indexes and uploaded files.
    #[arg(long, global = true, env = "CORRIDOR_VAR", default_value = "var")]
    var: PathBuf,
    /// The configuration: public address, mail, sessions, providers of identities (TOML).
    #[arg(long, global = true, env = "CORRIDOR_CONFIGURATION")]
    configuration: Option<PathBuf>,
}

impl Instance {
    /// # Errors
    /// When the configuration cannot be read.
    fn settings(&self, demonstration: bool) -> Result<Settings, Error> {
        Ok(Settings {
            database: self.database.clone(),
            var: self.var.clone(),
            demonstration,
            clock: Clock::System,
            configuration: match &self.configuration {
                Some(path) => Configuration::read(path)?,
                None => Configuration::default(),
            },
            listening: None,
            strict: false,
        })
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import the packaged data where it is not yet, and serve it with demonstration people.
    Demo(demo::Demo),
    /// Import data: the packaged data, registers, a cluster's members.
    Import(import::Import),
    /// Invite somebody into a role: the first administrator comes to an instance in this way.
    Invite(invite::Invite),
    /// Rank the organisations that fit a topic or a text, with the reasons of each.
    Rank(Box<rank::Rank>),
    /// Serve the pages and the API, and run jobs.
    Serve(serve::Serve),
    /// Check a consortium against the rules of its instrument.
    Check(check::Check),
    /// Say whether the instance is well: its database, its audit trail, its jobs, its indexes.
    Doctor(doctor::Doctor),
    /// Assemble the best eligible consortium for a topic.
    Assemble(assemble::Assemble),
}

/// Runs what the command line asks for.
///
/// # Errors
/// What a person at the command line should read.
pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let instance = arguments.instance;
    match arguments.command {
        Command::Demo(command) => command.run(&instance).await,
        Command::Import(command) => command.run(&instance).await,
        Command::Invite(command) => command.run(&instance).await,
        Command::Rank(command) => command.run(&instance).await,
        Command::Serve(command) => command.run(&instance).await,
        Command::Check(command) => command.run(),
        Command::Doctor(command) => command.run(&instance).await,
        Command::Assemble(command) => command.run(&instance).await,
    }
}

/// An error as a person at the command line reads it: what is wrong with a file in the language of the environment
/// (`LC_ALL`, `LC_MESSAGES`, `LANG`), everything else in English.
pub fn told(error: &anyhow::Error) -> String {
    let named =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let language = Language::from_accept_header(&named.unwrap_or_default()).unwrap_or_default();
    let worded = || error.downcast_ref::<Error>()?.about_input(&Texts::load().ok()?, language);
    worded().unwrap_or_else(|| format!("{error:#}"))
}
