//! SQL of the directory: what pages read, what people change, what imports and people write alike. What only imports
//! write or read stands in `imports::store`, merging in `merge::store`, searching in `search::store`.

mod authors;
mod changes;
mod reading;
mod writing;

pub(super) use authors::*;
pub(super) use changes::*;
pub(super) use reading::*;
pub(super) use writing::*;
