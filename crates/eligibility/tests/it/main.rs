//! Everything the eligibility engine promises, as tests.

mod agreement;
mod calendar;
mod changes;
mod command;
mod embedded;
mod hostile;
mod malformed;
mod readme;
mod requirements;
mod sentences;
mod size;
mod state_aid;
mod vectors;
