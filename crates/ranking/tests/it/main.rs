//! The ranking engine from outside.

mod corpora;
mod identity;
mod ranking_answers;
mod stored;
