//! SQL of events.

pub(super) mod day;
pub(super) mod delegations;
pub(super) mod events;
pub(super) mod inviting;
pub(super) mod muted;
pub(super) mod orders;
pub(super) mod outcomes;
pub(super) mod participants;
pub(super) mod people;
pub(super) mod polls;
pub(super) mod programme;
pub(super) mod requests;
pub(super) mod timetables;
