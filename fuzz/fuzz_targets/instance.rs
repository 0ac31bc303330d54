#![no_main]

#[path = "../../crates/assembly/tests/it/outside.rs"]
mod outside;

libfuzzer_sys::fuzz_target!(|data: &[u8]| outside::instance(data));
