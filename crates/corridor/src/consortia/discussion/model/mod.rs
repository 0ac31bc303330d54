//! What is decided about what is said and to be done in a draft. Pure: no SQL, no clock.

mod audiences;
mod mentions;
mod tasks;

pub use audiences::{Audience, Partner, addressable, reads};
pub use mentions::{Whom, mentioned};
pub use tasks::{REMINDED_DAYS, Reminder, TaskState, Whose, reminder, sees_task, task_state};
