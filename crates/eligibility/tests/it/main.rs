//! Everything the eligibility engine promises, as tests.

mod agreement;
mod budget;
mod calendar;
mod changes;
mod command;
mod embedded;
mod hostile;
mod malformed;
mod outside;
mod readme;
mod requirements;
mod seeds;
mod sentences;
mod size;
mod state_aid;
mod vectors;
