//! Every input kept in `fuzz/seeds/event` again, on the stable toolchain.

use crate::outside::event;

#[test]
fn every_kept_input_is_read_without_a_panic() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/seeds/event");
    let mut seeds = 0;
    for seed in std::fs::read_dir(folder).expect("the seeds are kept") {
        event(&std::fs::read(seed.expect("a seed").path()).expect("readable"));
        seeds += 1;
    }
    assert!(seeds > 0, "no seeds in {folder}");
}
