//! The rules of a funding instrument as data: check, explain and compile from one value.
