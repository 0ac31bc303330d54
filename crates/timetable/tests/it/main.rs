//! The timetable engine against second readings of its rules, and its manners with bad input.

mod brute;
mod command;
mod conflicts;
mod exact;
mod judge;
mod odd;
mod outside;
mod reading;
mod replanning;
mod search;
mod seeds;
mod worlds;
