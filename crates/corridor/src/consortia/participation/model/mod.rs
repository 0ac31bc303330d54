//! What is decided about taking part in a draft. Pure: no SQL, no clock.

mod seats;

pub use seats::{Seat, visible, visible_totals};
