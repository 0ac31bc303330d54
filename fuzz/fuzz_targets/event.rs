#![no_main]

#[path = "../../crates/timetable/tests/it/outside.rs"]
mod outside;

libfuzzer_sys::fuzz_target!(|data: &[u8]| outside::event(data));
