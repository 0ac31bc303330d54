//! The program: parse, run, exit code.

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Gives memory back after an import and the building of indexes, which the allocator of the C library keeps.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let arguments = corridor::cli::Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn,corridor=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("corridor: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(corridor::cli::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("corridor: {}", corridor::cli::told(&error));
            ExitCode::from(if error.is::<corridor::cli::Unusable>() { 2 } else { 1 })
        }
    }
}
