//! SQL of the imports: their runs, and what they alone read and write.

mod derived;
mod network;
mod projects;
mod reference;
mod registry;
mod runs;

pub(super) use derived::*;
pub(super) use network::*;
pub(super) use projects::*;
pub(super) use reference::*;
pub(super) use registry::*;
pub(super) use runs::*;
