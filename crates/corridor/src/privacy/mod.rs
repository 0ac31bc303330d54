//! The desk for people's data: everybody can see, correct, take along and withdraw what is held about them.
//!
//! What is held each slice tells through `foundation::personal`; this slice, right of all others, asks them: for the page
//! «My data», for requests and their legal clock ([`clock`]), and for the register of processing. By what
//! right data is held stands in [`consents`], how long it is kept in [`retention`].

pub mod answer;
pub mod clock;
pub mod consents;
pub mod jobs;
mod letters;
pub mod model;
pub mod pages;
mod personal;
pub mod requests;
pub mod retention;
mod store;

pub use jobs::LookAtRequests;
pub use model::{Kind, Proposal, RequestId, State, Step};
pub use personal::RequestHolding;
pub use store::Request;
