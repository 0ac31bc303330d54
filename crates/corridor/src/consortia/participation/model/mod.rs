//! What is decided about taking part in a draft. Pure: no SQL, no clock.

mod invitations;
mod parts;
mod seats;
mod signoff;

pub use invitations::{Look, State, look};
pub use parts::{Part, fields_of, joined};
pub use seats::{Seat, on_side, visible, visible_totals};
pub use signoff::{Concern, Decision, SignOff, sign_off};
