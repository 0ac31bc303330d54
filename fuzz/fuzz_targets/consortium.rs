#![no_main]

#[path = "../../crates/eligibility/tests/it/outside.rs"]
mod outside;

libfuzzer_sys::fuzz_target!(|data: &[u8]| outside::consortium(data));
