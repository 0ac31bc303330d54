//! Corridor, the operating system of innovation clusters: one program, cut by what a cluster does.
//!
//! A slice is a folder with always the same rooms: `mod.rs` (use cases), `model.rs` (types and decisions), `store.rs`
//! (SQL), `pages.rs` (HTML), `api.rs` (JSON), `jobs.rs` (later). Slices lean to the left only; see `ARCHITECTURE.md`.

#[macro_use]
pub mod foundation;
pub mod accounts;
pub mod app;
pub mod calls;
pub mod cli;
pub mod consortia;
pub mod directory;
pub mod events;
pub mod partnering;
pub mod privacy;
