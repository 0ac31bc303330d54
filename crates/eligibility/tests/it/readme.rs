//! The examples of the README hold.

use eligibility::{Change, Library};

/// The blocks of TOML, in order.
fn blocks() -> Vec<&'static str> {
    let readme = include_str!("../../README.md");
    readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_instrument_of_the_readme_is_sound() {
    let library = Library::from_files([("my-call.toml", blocks()[0])]).expect("a sound instrument");
    assert_eq!(library.instrument("my-call").expect("the instrument").rules.len(), 1);
}

#[test]
fn the_calendar_of_the_readme_is_sound() {
    let text = format!("{}\n{}", blocks()[0], blocks()[1]);
    let library = Library::from_files([("my-call.toml", text.as_str())]).expect("a sound instrument");
    let instrument = library.instrument("my-call").expect("the instrument");
    assert_eq!((instrument.milestones.len(), instrument.cutoffs.len()), (1, 1));
}

#[test]
fn the_changes_of_the_readme_are_sound() {
    let library = Library::embedded();
    let changes = library.changes_from_toml("topic.toml", blocks()[2]).expect("sound changes");
    assert!(matches!(changes.as_slice(), [Change::Replace(_), Change::Remove { .. }]));
    library.with_changes("horizon-europe-ria", &changes).expect("a sound instrument");
}

#[test]
fn the_readme_names_every_requirement() {
    let readme = include_str!("../../README.md");
    let error = Library::from_files([(
        "own.toml",
        "id = \"own\"\nname = { en = \"a\", fr = \"b\" }\nprogramme = \"p\"\n[[rule]]\nid = \"r\"\nseverity = \"weak\"\nsource = \"s\"\nsource_date = \"2026-11-21\"\nverified = false\nrequire = { nothing = {} }\n",
    )])
    .expect_err("an unknown requirement")
    .to_string();
    let known: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
    assert!(known.len() > 20, "{error}");
    for name in known {
        assert!(readme.contains(&format!("`{name} = ")), "the README lacks {name}");
    }
}
