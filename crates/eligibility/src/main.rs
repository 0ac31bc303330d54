//! `eligibility`: check a consortium, explain an instrument, list instruments, run their test vectors.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand, ValueEnum};
use eligibility::{Change, Consortium, Date, Explanation, Library, Text, vectors};

#[derive(Parser)]
#[command(name = "eligibility", version, about = "The rules of funding instruments: check, explain, list, compile")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Folder of instruments to use in place of those that come with the program
    #[arg(long, global = true, value_name = "DIR")]
    instruments: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Check a consortium against the rules of its instrument
    Check {
        /// Consortium as JSON; - reads standard input
        consortium: PathBuf,
        /// Changes of a topic as TOML: [[change]] tables
        #[arg(long, value_name = "FILE")]
        changes: Option<PathBuf>,
    },
    /// Say in sentences what an instrument requires
    Explain {
        /// Id of the instrument
        instrument: String,
        /// Only what holds on this day
        #[arg(long)]
        date: Option<Date>,
        /// Language of the sentences
        #[arg(long, value_enum, default_value_t = Language::Both)]
        lang: Language,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// List the instruments
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Compile rules to linear constraints over candidates, given as the entities of a consortium
    Compile {
        /// Consortium as JSON whose entities are the candidates; - reads standard input
        candidates: PathBuf,
    },
    /// Run the test vectors kept beside the instruments
    Vectors,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    En,
    Fr,
    Both,
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("eligibility: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let own = arguments.instruments.as_deref().map(library_of).transpose()?;
    let library = own.as_ref().unwrap_or_else(|| Library::embedded());
    match arguments.command {
        Command::Check { consortium, changes } => {
            let consortium = read_consortium(&consortium)?;
            let changes = changes.map(|path| read_changes(library, &path)).transpose()?.unwrap_or_default();
            let instrument = library.with_changes(&consortium.instrument, &changes).context("instrument")?;
            let report = eligibility::check_with(library, &instrument, &consortium)?;
            print_json(&report)?;
        }
        Command::Explain { instrument, date, lang, json } => {
            let explanation = eligibility::explain(library, library.instrument(&instrument)?, date);
            if json { print_json(&explanation)? } else { print(&explained(&explanation, lang))? }
        }
        Command::List { json } => {
            let rows: Vec<serde_json::Value> = library
                .instruments()
                .map(|instrument| {
                    serde_json::json!({
                        "id": instrument.id, "name": instrument.name, "programme": instrument.programme,
                        "stages": instrument.stage.iter().map(|stage| &stage.id).collect::<Vec<_>>(),
                        "rules": instrument.rules.len(),
                        "valid_from": instrument.valid_from, "valid_to": instrument.valid_to,
                    })
                })
                .collect();
            if json {
                print_json(&rows)?;
            } else {
                let lines: Vec<String> = library
                    .instruments()
                    .map(|instrument| {
                        format!("{:<32} {} · {}\n", instrument.id, instrument.name.en, instrument.name.fr)
                    })
                    .collect();
                print(&lines.concat())?;
            }
        }
        Command::Compile { candidates } => {
            let pool = read_consortium(&candidates)?;
            let instrument = library.instrument(&pool.instrument).context("instrument")?;
            print_json(&eligibility::compile_pool(library, instrument, &pool)?)?;
        }
        Command::Vectors => return run_vectors(library, arguments.instruments.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

fn run_vectors(library: &Library, folder: Option<&Path>) -> anyhow::Result<ExitCode> {
    let files: Vec<(String, String)> = match folder {
        Some(folder) => files_of(&folder.join("vectors"), "json", "")?,
        None => {
            Library::embedded_vectors().iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
        }
    };
    let (mut run, mut failures) = (0, Vec::new());
    for (name, text) in &files {
        let outcome = vectors::run(library, name, text);
        run += outcome.run;
        failures.extend(outcome.failures);
    }
    for failure in &failures {
        eprintln!("{failure}");
    }
    print(&format!("{run} vectors, {} differ\n", failures.len()))?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn library_of(folder: &Path) -> anyhow::Result<Library> {
    let mut files = files_of(folder, "toml", "")?;
    let sets = folder.join("sets");
    if sets.is_dir() {
        files.extend(files_of(&sets, "toml", "sets/")?);
    }
    if files.is_empty() {
        bail!("{}: no instrument here: expected .toml files", folder.display());
    }
    Ok(Library::from_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

/// The files of a folder with that ending, sorted, as name and text.
fn files_of(folder: &Path, ending: &str, prefix: &str) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry.with_context(|| format!("{}", folder.display()))?.path();
        if path.extension().is_some_and(|found| found == ending) && path.is_file() {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((format!("{prefix}{name}"), read_text(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("standard input")?;
        bytes
    } else {
        std::fs::read(path).with_context(|| format!("{}", path.display()))?
    };
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        anyhow::anyhow!("{}: byte {at} is not UTF-8: save the file as UTF-8", path.display())
    })
}

fn read_consortium(path: &Path) -> anyhow::Result<Consortium> {
    let text = read_text(path)?;
    let reading =
        Consortium::from_json(text.trim_start_matches('\u{feff}')).with_context(|| format!("{}", path.display()))?;
    for field in &reading.unknown_fields {
        eprintln!("eligibility: {}: {field}: unknown field, left out", path.display());
    }
    Ok(reading.consortium)
}

fn read_changes(library: &Library, path: &Path) -> anyhow::Result<Vec<Change>> {
    Ok(library.changes_from_toml(&path.display().to_string(), &read_text(path)?)?)
}

fn explained(explanation: &Explanation, lang: Language) -> String {
    let lines = |text: &Text| match lang {
        Language::En => vec![text.en.clone()],
        Language::Fr => vec![text.fr.clone()],
        Language::Both => vec![text.en.clone(), text.fr.clone()],
    };
    let mut out = String::new();
    let mut put = |head: String, text: &Text, tail: String| {
        for (nth, line) in lines(text).into_iter().enumerate() {
            let head = if nth == 0 { head.clone() } else { " ".repeat(head.chars().count()) };
            out.push_str(&format!("{head}{line}\n"));
        }
        if !tail.is_empty() {
            out.push_str(&format!("    {tail}\n"));
        }
    };
    put(format!("{}: ", explanation.instrument), &explanation.name, String::new());
    if let Some(note) = &explanation.note {
        put("  ".into(), note, String::new());
    }
    let origin = |source: &eligibility::Source, verified: bool| {
        let mark = if verified { "" } else { ", not verified" };
        let reference = if lang == Language::Fr { &source.reference.fr } else { &source.reference.en };
        format!("[{reference}, {}{mark}]", source.date)
    };
    for rule in &explanation.rules {
        let stages = if rule.stages.is_empty() { String::new() } else { format!(" {}", rule.stages.join(", ")) };
        let from = rule.valid_from.map(|day| format!(" from {day}")).unwrap_or_default();
        let to = rule.valid_to.map(|day| format!(" to {day}")).unwrap_or_default();
        let severity = format!("{:?}", rule.severity).to_lowercase();
        let tail = format!("{severity}{stages}{from}{to} {}", origin(&rule.source, rule.verified));
        put(format!("- {}: ", rule.rule), &rule.text, tail);
    }
    for rate in &explanation.rates {
        put("- ".into(), &rate.text, origin(&rate.source, rate.verified));
    }
    out
}

fn print_json(value: &impl serde::Serialize) -> anyhow::Result<()> {
    print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Writes to standard output; a reader that has seen enough is no error.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("standard output"),
        _ => Ok(()),
    }
}
