//! The assembly engine against exhaustive search, and its manners with bad input.

mod command;
mod conflicts;
mod exhaustive;
mod manners;
mod outside;
mod reading;
mod seeds;
mod worlds;
