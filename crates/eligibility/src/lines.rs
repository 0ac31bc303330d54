//! Lines of money beside a consortium: whose they are, and amounts that can be used.

use crate::consortium::{Consortium, InputError};

/// Why lines of a budget or of public aid cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// The consortium cannot be used.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A line cannot be used.
    #[error("lines[{line}].{reason}")]
    Line {
        /// Which, from 0.
        line: usize,
        /// The field and what is wrong with it.
        reason: String,
    },
}

/// The place of the entity that a line names.
pub(crate) fn place(consortium: &Consortium, line: usize, id: &str) -> Result<usize, LineError> {
    consortium.entities.iter().position(|entity| entity.id == id).ok_or_else(|| LineError::Line {
        line,
        reason: format!("entity: no entity has the id {id:?}: name one that takes part"),
    })
}

/// The amount in a field of a line, as a number that sums do not overflow.
pub(crate) fn amount(line: usize, field: &str, cents: i64) -> Result<i128, LineError> {
    if cents < 0 {
        let reason = format!("{field}: {cents} is negative: an amount is zero or more euro cents");
        return Err(LineError::Line { line, reason });
    }
    Ok(i128::from(cents))
}
