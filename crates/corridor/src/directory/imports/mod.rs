//! Data in: importers that can be taken up again, change nothing the second time, and keep the source of every fact.
//!
//! A run is known by what it imports and the digest of the file. Rows are written in batches, each in one transaction
//! with the count of rows done, so that a process that dies loses at most the batch it was at. What cannot be used is
//! refused with its row and column and how to mend it; what was good is kept.

mod concepts;
pub mod cordis;
pub mod derive;
pub(in crate::directory) mod facts;
mod intake;
mod kinds;
pub mod members;
mod pack;
pub mod places;
pub mod reading;
pub mod reference;
pub mod ror;
mod run;
pub mod runs;
mod sources;
mod store;
pub mod world;

pub use intake::Intake;
pub use kinds::KINDS;
pub use pack::{import_pack, prepare_demonstration};
pub use reading::Problem;
pub use run::{Counts, ImportId, ImportState, Outcome, Report};
pub(in crate::directory) use sources::MEMBERS_LIST;
