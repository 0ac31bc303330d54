//! The index as bytes: a header that says what follows, then the parts.

use std::io::{Read, Write};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Index, Inner, NONE};
use crate::embedder::Embedder;
use crate::weights::Weights;

const MAGIC: &[u8; 16] = b"corridor-ranking";
/// Raise it whenever the shape of what is saved changes.
const VERSION: u32 = 4;

#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    /// Fingerprint of the embedding model, absent when the index was built without one.
    embedder: Option<u64>,
}

/// Why an index could not be written.
#[derive(Debug, Error)]
pub enum SaveError {
    /// The place written to refused.
    #[error("the ranking index cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A value does not fit the format.
    #[error("the ranking index cannot be encoded: {0}")]
    Encode(#[from] postcard::Error),
}

/// Why bytes could not be read as an index. The mend is always the same: build it again.
#[derive(Debug, Error)]
pub enum LoadError {
    /// The place read from refused.
    #[error("the ranking index cannot be read: {0}")]
    Read(#[from] std::io::Error),
    /// These bytes are something else.
    #[error("this is not a ranking index: build it again")]
    Foreign,
    /// It was written by another version of the engine.
    #[error("the ranking index has format {found}, this program reads {expected}: build it again")]
    Version {
        /// The format found.
        found: u32,
        /// The format that can be read.
        expected: u32,
    },
    /// It was built with another embedding model.
    #[error("the ranking index was built with another embedding model: build it again with the present one")]
    Embedder,
    /// Bytes are missing or changed.
    #[error("the ranking index is damaged: build it again")]
    Damaged,
}

impl Index {
    /// Writes the index; [`Index::load`] reads it back in a fraction of the time of building.
    ///
    /// # Errors
    /// [`SaveError`] when the writer refuses.
    pub fn save(&self, mut to: impl Write) -> Result<(), SaveError> {
        to.write_all(MAGIC)?;
        to.write_all(&VERSION.to_le_bytes())?;
        let header = Header { version: VERSION, embedder: self.embedder.as_ref().map(|e| e.fingerprint()) };
        let bytes = postcard::to_stdvec(&(&header, &self.weights, &self.inner))?;
        to.write_all(&(bytes.len() as u64).to_le_bytes())?;
        to.write_all(&checksum(&bytes).to_le_bytes())?;
        to.write_all(&bytes)?;
        to.flush()?;
        Ok(())
    }

    /// Reads an index that [`Index::save`] wrote. Give the same embedder that it was built with, or none if it had none.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are not an index of this format, damaged, or made with another model.
    pub fn load(mut from: impl Read, embedder: Option<Arc<Embedder>>) -> Result<Self, LoadError> {
        let mut start = [0_u8; 36];
        from.read_exact(&mut start).map_err(|cause| {
            if cause.kind() == std::io::ErrorKind::UnexpectedEof { LoadError::Foreign } else { cause.into() }
        })?;
        let (magic, rest) = start.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(LoadError::Foreign);
        }
        let version = u32::from_le_bytes(rest[..4].try_into().unwrap_or_default());
        if version != VERSION {
            return Err(LoadError::Version { found: version, expected: VERSION });
        }
        let length = u64::from_le_bytes(rest[4..12].try_into().unwrap_or_default());
        let sum = u64::from_le_bytes(rest[12..20].try_into().unwrap_or_default());
        let mut bytes = Vec::new();
        from.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != length || checksum(&bytes) != sum {
            return Err(LoadError::Damaged);
        }
        let (header, weights, mut inner): (Header, Weights, Inner) =
            postcard::from_bytes(&bytes).map_err(|_| LoadError::Damaged)?;
        if header.embedder != embedder.as_ref().map(|e| e.fingerprint()) {
            return Err(LoadError::Embedder);
        }
        if !restore(&mut inner) {
            return Err(LoadError::Damaged);
        }
        Ok(Self::assemble(inner, weights, embedder))
    }
}

/// FNV-1a over eight bytes at a time: it finds accidents, not intent.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |sum, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (sum ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// Rebuilds what is not saved, and checks that no number leads outside.
fn restore(inner: &mut Inner) -> bool {
    let (organisations, projects) = (inner.organisations.len(), inner.projects.len());
    let documents = inner.document_projects.len();
    let inside = |place: u32, bound: usize| place == NONE || (place as usize) < bound;
    inner.documents.restore(documents)
        && inner.topics.restore(inner.topic_count as usize)
        && inner.statements.restore(inner.statement_owners.len())
        && (inner.statement_owners.is_empty() || inner.usual.iter().all(|u| u.is_sound(inner.statement_owners.len())))
        && inner.members.is_sound(projects, organisations)
        && inner.portfolio.is_sound(organisations, projects)
        && inner.names.restore(organisations)
        && inner.coordinators.len() == projects
        && inner.coordinators.iter().all(|c| inside(*c, organisations))
        && inner.document_projects.iter().all(|p| (*p as usize) < projects)
        && inner.statement_owners.iter().all(|s| (s.organisation as usize) < organisations)
        && inner.projects.iter().all(|p| {
            inside(p.document, documents)
                && inside(p.topic, inner.topic_count as usize)
                && inside(p.programme, inner.programmes.len())
                && inside(p.family, inner.programmes.len())
        })
        && inner.programme_mass.len() == inner.programmes.len()
        && inner.strands.len() == inner.programmes.len()
        && inner.circle.is_sound(projects, organisations)
        && inner.echo.is_sound(projects, organisations)
        && inner.activity.len() == organisations
}
