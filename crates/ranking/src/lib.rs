//! Ranks organisations for a text and for the members already in, with reasons that add up to the score.
//!
//! The engine reads no file, keeps no clock and talks to nobody: the caller hands over a [`Corpus`],
//! gets an [`Index`], and asks it [`Query`] after [`Query`]. What carries the ranking:
//!
//! - past projects that resemble the text vote for their members ([`Evidence::SimilarProject`]);
//! - projects of the same part of the programme as those vote a little ([`Evidence::Programme`]);
//! - past work with the members already in, and with their usual partners, counts ([`Evidence::SharedProjects`],
//!   [`Evidence::SharedPartners`]);
//! - what an organisation declares, and others vouched for, is matched with the text ([`Evidence::Declared`]),
//!   so that an organisation without any past project is found too.
//!
//! Module [`identity`] answers the other question of a directory: are these two records one organisation?

pub mod corpus;
mod countries;
pub mod embedder;
pub mod identity;
pub mod index;
pub mod rank;
pub mod text;
pub mod weights;

pub use corpus::{Corpus, CorpusError, Declaration, Organisation, Participation, Project};
pub use embedder::{Embedder, EmbedderError};
pub use index::{Index, LoadError, Progress, SaveError};
pub use rank::{Evidence, Query, Ranked, Reason, SimilarProject};
pub use weights::Weights;
