//! Inputs that random search came upon, and those it began with: none of them panics.

use std::path::PathBuf;

use crate::outside;

/// Runs a target over the inputs kept for it.
fn replay(target: &str, run: fn(&[u8])) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut ran = 0;
    for file in std::fs::read_dir(&folder).expect("a folder of seeds") {
        run(&std::fs::read(file.expect("a seed").path()).expect("a readable seed"));
        ran += 1;
    }
    assert!(ran >= 5, "{target}: only {ran} seeds");
}

#[test]
fn instruments() {
    replay("instrument", outside::instrument);
}

#[test]
fn changes() {
    replay("changes", outside::changes);
}

#[test]
fn sets() {
    replay("sets", outside::sets);
}

#[test]
fn consortia() {
    replay("consortium", outside::consortium);
}
