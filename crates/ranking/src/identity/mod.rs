//! Same organisation or not: identifiers first, then names within a country.
//!
//! [`link`] never decides to merge: it says how certain it is, and below [`Certainty::Certain`] a person decides.

mod matcher;
mod name;

use serde::{Deserialize, Serialize};

pub use matcher::{Linker, link, within};
pub(crate) use name::telling_words;
pub use name::{normalise, normalise_keeping_form};

/// A record of an organisation, as a list or a register gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// The name.
    pub name: String,
    /// The country, ISO 3166 alpha-2; empty when unknown. Records of two known countries are never the same.
    pub country: String,
    /// The town; empty when unknown.
    pub city: String,
    /// Identifiers, for instance (`pic`, `999984059`); schemes and values are compared as they are.
    pub identifiers: Vec<Identifier>,
}

/// A number that a register has given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identifier {
    /// Which register: `pic`, `ror`, `siren`, `vat`.
    pub scheme: String,
    /// The number, in that register's plain spelling.
    pub value: String,
}

/// How sure a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Worth a look, oftener wrong than right.
    Possible,
    /// Probably the same: show it, let a person decide.
    Likely,
    /// The same identifier, or the same distinctive name in the same country.
    Certain,
}

/// What a link rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Both carry this identifier.
    Identifier(Identifier),
    /// The names are equal once case, accents, punctuation and legal form are gone.
    SameName,
    /// The names resemble each other.
    SimilarName,
    /// The names are equal, but an identifier of one register differs: two branches, or a register that holds it twice.
    SameNameOtherIdentifier,
}

/// A record on the left that may be the one on the right.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Place among the records on the left.
    pub left: usize,
    /// In [0, 1].
    pub score: f32,
    /// How sure.
    pub certainty: Certainty,
    /// Why.
    pub ground: Ground,
}
