//! SQL of the directory.

mod changes;
mod reading;

pub(super) use changes::*;
pub(super) use reading::*;
