//! Texts as directions: the bundled static model, read once a process, for whatever compares by meaning.

use std::sync::{Arc, OnceLock};

use ranking::Embedder;

use super::errors::Error;

static EMBEDDER: OnceLock<Arc<Embedder>> = OnceLock::new();

/// The bundled embedding model; the first call reads it.
pub fn embedder() -> Result<Arc<Embedder>, Error> {
    if let Some(known) = EMBEDDER.get() {
        return Ok(known.clone());
    }
    let read = Arc::new(Embedder::bundled().map_err(anyhow::Error::from)?);
    Ok(EMBEDDER.get_or_init(|| read).clone())
}

/// The cosine of two unit vectors.
pub fn similarity(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
