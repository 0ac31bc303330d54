//! `rank`: the ranking engine on the command line, without the rest of Corridor.

mod cost;
mod evaluate;
mod linking;
mod query;
mod tables;
mod tune;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Ranks organisations for a text, measures rankings, finds records of one organisation.
#[derive(Parser)]
#[command(name = "rank", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers the queries of a benchmark split, using only projects that start before it.
    Evaluate(evaluate::Arguments),
    /// Tells time and memory as the data grows.
    Cost(cost::Arguments),
    /// For each record on the right finds the record on the left that is the same organisation.
    Link(linking::Arguments),
    /// Answers one question from the tables of a folder.
    Query(query::Arguments),
    /// Chooses blend weights on benchmark splits.
    Tune(tune::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Cost(arguments) => cost::run(&arguments),
        Command::Link(arguments) => linking::run(&arguments),
        Command::Query(arguments) => query::run(&arguments),
        Command::Tune(arguments) => tune::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("rank: {cause:#}");
            ExitCode::from(2)
        }
    }
}
