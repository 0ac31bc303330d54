//! Inputs that random search came upon, and those it began with: none of them panics.

use std::path::PathBuf;

use crate::outside;

#[test]
fn instances() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/instance");
    let mut ran = 0;
    for file in std::fs::read_dir(&folder).expect("a folder of seeds") {
        outside::instance(&std::fs::read(file.expect("a seed").path()).expect("a readable seed"));
        ran += 1;
    }
    assert!(ran >= 5, "only {ran} seeds");
}
