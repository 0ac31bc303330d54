//! What is decided about the two sides of a draft. Pure: no SQL, no clock.

mod ledger;
mod union;

pub(super) use ledger::amount;
pub use ledger::{Measure, Terms, measure};
pub use union::{Obstacle, both_sided, may_meet, put_together, side_of};
