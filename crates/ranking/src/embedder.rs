//! The static multilingual embedding: a text in any of its languages becomes a direction.

use std::path::Path;

use model2vec_rs::model::StaticModel;
use thiserror::Error;

const TOKENIZER: &[u8] = include_bytes!("../../../models/corridor-static-192/tokenizer.json");
const MODEL: &[u8] = include_bytes!("../../../models/corridor-static-192/model.safetensors");
const CONFIG: &[u8] = include_bytes!("../../../models/corridor-static-192/config.json");

/// Texts beyond this many tokens are cut: a mean over 512 tokens hardly moves any more.
const LONGEST: usize = 512;

/// Turns texts into unit vectors, so that a French text lies near its English translation.
pub struct Embedder {
    model: StaticModel,
    fingerprint: u64,
}

impl std::fmt::Debug for Embedder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedder").field("dimensions", &self.dimensions()).finish_non_exhaustive()
    }
}

/// Why a model cannot be used.
#[derive(Debug, Error)]
pub enum EmbedderError {
    /// The files are not a readable Model2Vec model.
    #[error(
        "embedding model {place} cannot be read ({cause}): give a folder in Model2Vec format with config.json, model.safetensors and tokenizer.json"
    )]
    Unreadable {
        /// Which model.
        place: String,
        /// What the reader said.
        cause: String,
    },
}

impl Embedder {
    /// The model that comes with Corridor; it is part of the program and needs no file.
    ///
    /// # Errors
    /// [`EmbedderError::Unreadable`] when the bundled bytes are damaged.
    pub fn bundled() -> Result<Self, EmbedderError> {
        StaticModel::from_bytes(TOKENIZER, MODEL, CONFIG, None).map(Self::new).map_err(|cause| {
            EmbedderError::Unreadable { place: "bundled with the program".into(), cause: cause.to_string() }
        })
    }

    /// Another model in Model2Vec format, from its folder.
    ///
    /// # Errors
    /// [`EmbedderError::Unreadable`] when the folder does not hold such a model.
    pub fn from_folder(folder: &Path) -> Result<Self, EmbedderError> {
        if !folder.is_dir() {
            // A name that is no folder would otherwise be looked up on a model hub.
            return Err(EmbedderError::Unreadable {
                place: folder.display().to_string(),
                cause: "no such folder".into(),
            });
        }
        StaticModel::from_pretrained(folder, None, None, None).map(Self::new).map_err(|cause| {
            EmbedderError::Unreadable { place: folder.display().to_string(), cause: cause.to_string() }
        })
    }

    fn new(model: StaticModel) -> Self {
        // An index keeps vectors: what one model made must not be compared with another's. A probe tells them apart.
        let probe =
            model.encode_with_args(&["fingerprint of the model: énergie, health, 2026".into()], Some(LONGEST), 1);
        let mut fingerprint = 0xcbf2_9ce4_8422_2325_u64;
        for value in probe.iter().flatten() {
            fingerprint = (fingerprint ^ u64::from(((value * 1e4) as i32) as u32)).wrapping_mul(0x0100_0000_01b3);
        }
        Self { model, fingerprint }
    }

    /// The length of the vectors.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.model.dim()
    }

    /// Tells models apart: equal for equal models.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The unit vector of a text; all zeros when the text holds nothing the model knows.
    #[must_use]
    pub fn embed(&self, text: &str) -> Vec<f32> {
        let mut vector = self.model.encode_with_args(&[text.to_owned()], Some(LONGEST), 1).pop().unwrap_or_default();
        unit(&mut vector);
        vector
    }

    /// The cosine of two texts, between -1 and 1.
    #[must_use]
    pub fn similarity(&self, one: &str, other: &str) -> f32 {
        self.embed(one).iter().zip(self.embed(other)).map(|(a, b)| a * b).sum::<f32>().clamp(-1.0, 1.0)
    }
}

fn unit(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 && length.is_finite() {
        vector.iter_mut().for_each(|x| *x /= length);
    } else {
        vector.fill(0.0);
    }
}
