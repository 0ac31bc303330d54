//! The instruments in the program are those in the folder.

use std::collections::BTreeSet;
use std::path::Path;

use eligibility::Library;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../instruments")
}

fn names(below: &str, ending: &str) -> BTreeSet<String> {
    std::fs::read_dir(folder().join(below))
        .expect("the folder of instruments")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
        .collect()
}

#[test]
fn every_instrument_of_the_folder_is_embedded() {
    let embedded: BTreeSet<String> =
        Library::embedded().instruments().map(|instrument| instrument.id.clone()).collect();
    assert_eq!(embedded, names("", ".toml"));
}

#[test]
fn every_vector_file_of_the_folder_is_embedded() {
    let embedded: BTreeSet<String> = Library::embedded_vectors()
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("vectors/")?.strip_suffix(".json").map(str::to_owned))
        .collect();
    assert_eq!(embedded, names("vectors", ".json"));
}

#[test]
fn the_folder_read_as_files_is_the_embedded_library() {
    let mut files = Vec::new();
    for below in ["", "sets/"] {
        for name in names(below, ".toml") {
            let path = format!("{below}{name}.toml");
            files.push((path.clone(), std::fs::read_to_string(folder().join(&path)).expect("a readable file")));
        }
    }
    let library =
        Library::from_files(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).expect("a sound library");
    assert_eq!(library.instruments().count(), Library::embedded().instruments().count());
    assert_eq!(library.sets().country_sets().count(), Library::embedded().sets().country_sets().count());
}

#[test]
fn set_files_may_be_left_out_of_a_folder() {
    let text = std::fs::read_to_string(folder().join("eurostars-3.toml")).expect("a readable file");
    let library = Library::from_files([("eurostars-3.toml", text.as_str())]).expect("a sound library");
    assert_eq!(library.instruments().count(), 1);
    assert!(library.sets().country_set("eurostars").is_some());
}
