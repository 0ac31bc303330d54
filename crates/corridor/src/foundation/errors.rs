//! One error for the program's boundary: what happened, what was kept, what to do.
//!
//! Engines and parsers have their own error types; use cases turn them into this one. Messages are lower-case and have
//! no full stop. A page shows [`Error::Invalid`] beside its fields; everything else becomes an error page or the JSON
//! error of the API, in the reader's language (`app::errors`).

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use fluent_bundle::FluentValue;

use super::languages::{Language, Texts};

/// Something about one field of a form or one place of a file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// The field or place, as the form or file names it.
    pub field: String,
    /// The key of the message in the language files.
    pub message: String,
    /// The value as it was given.
    pub value: String,
}

/// An error as programs read it.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct ErrorBody {
    /// What happened, in the reader's language.
    pub error: String,
    /// Where, and how to mend it.
    pub detail: Option<String>,
    /// The fields that cannot be used.
    pub problems: Vec<FieldProblem>,
}

/// A sentence of the language files with the values it names, worded when it is known who reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Wording {
    /// A sentence by its key and the values it names.
    pub fn new(key: &'static str, values: &[(&'static str, &dyn std::fmt::Display)]) -> Self {
        Wording { key, values: values.iter().map(|(name, value)| (*name, value.to_string())).collect() }
    }

    /// The sentence in a language.
    pub fn say(&self, texts: &Texts, language: Language) -> String {
        let values: Vec<(&str, FluentValue<'_>)> =
            self.values.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
        texts.say(language, self.key, &values)
    }
}

impl std::fmt::Display for Wording {
    /// In English, for the log.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match Texts::load() {
            Ok(texts) => formatter.write_str(&self.say(&texts, Language::En)),
            Err(_) => write!(formatter, "{} {:?}", self.key, self.values),
        }
    }
}

/// Why a use case did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or the reader may not know that there is.
    #[error("not found: {0}")]
    NotFound(String),
    /// The person may not do this; `sign_in` says whether choosing a person first could help.
    #[error("not allowed: {reason}")]
    Refused {
        /// The key of the reason in the language files.
        reason: &'static str,
        /// Nobody is signed in.
        sign_in: bool,
    },
    /// The input cannot be used; the message names the place and the mend.
    #[error("{0}")]
    Input(String),
    /// The input cannot be used, told in the reader's language.
    #[error("{0}")]
    Worded(Wording),
    /// Some fields cannot be used; the others were understood.
    #[error("{} of the given values cannot be used", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Somebody else changed it in between; nothing was written.
    #[error("changed by somebody else in between: {0}")]
    Clash(String),
    /// What was begun cannot be ended any more: used, too old, or begun elsewhere.
    #[error("over: {reason}")]
    Over {
        /// The key of the reason in the language files.
        reason: &'static str,
    },
    /// Asked too often; nothing was looked at.
    #[error("asked too often: try again in {seconds} seconds")]
    TooOften {
        /// After how many seconds it is worth while to ask again.
        seconds: u64,
    },
    /// The database refused or failed.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A fault of the program.
    #[error("{0:#}")]
    Unexpected(#[from] anyhow::Error),
}

impl Error {
    /// An [`Error::Input`] with its message.
    pub fn input(message: impl Into<String>) -> Self {
        Error::Input(message.into())
    }

    /// An [`Error::Worded`] with the key of its sentence and the values it names.
    pub fn worded(key: &'static str, values: &[(&'static str, &dyn std::fmt::Display)]) -> Self {
        Error::Worded(Wording::new(key, values))
    }

    /// What the input is lacking, in the reader's language; nothing where the input is not what is wrong.
    pub fn about_input(&self, texts: &Texts, language: Language) -> Option<String> {
        match self {
            Error::Input(message) => Some(message.clone()),
            Error::Worded(wording) => Some(wording.say(texts, language)),
            _ => None,
        }
    }

    /// The engine could not serialise the transaction: the same work may well succeed when run again.
    pub fn asks_for_retry(&self) -> bool {
        let Error::Database(sqlx::Error::Database(error)) = self else {
            return false;
        };
        matches!(error.code().as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }

    /// The status that a browser or a program is told.
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound(_) => StatusCode::NOT_FOUND,
            Error::Refused { sign_in: true, .. } => StatusCode::UNAUTHORIZED,
            Error::Refused { .. } => StatusCode::FORBIDDEN,
            Error::Input(_) | Error::Worded(_) => StatusCode::BAD_REQUEST,
            Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Clash(_) => StatusCode::CONFLICT,
            Error::Over { .. } => StatusCode::GONE,
            Error::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Error::Database(_) | Error::Unexpected(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of the sentence that an error page opens with; `KEY-help` says what was kept and what to do.
    pub fn title_key(&self) -> &'static str {
        match self {
            Error::NotFound(_) => "error-not-found",
            Error::Refused { sign_in: true, .. } => "error-sign-in",
            Error::Refused { .. } => "error-refused",
            Error::Input(_) | Error::Worded(_) | Error::Invalid(_) => "error-input",
            Error::Clash(_) => "error-clash",
            Error::Over { .. } => "error-over",
            Error::TooOften { .. } => "error-too-often",
            Error::Database(_) | Error::Unexpected(_) => "error-unexpected",
        }
    }

    /// What may be told to the outside: a fault of the program keeps its details for the log.
    pub fn public_detail(&self) -> Option<String> {
        match self {
            Error::Database(_) | Error::Unexpected(_) => None,
            Error::Refused { .. } | Error::Over { .. } | Error::TooOften { .. } => None,
            other => Some(other.to_string()),
        }
    }
}

/// An error on its way out, until the outermost layer words it for the reader.
#[derive(Clone, Debug)]
pub struct Carried(pub std::sync::Arc<Error>);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if self.status().is_server_error() {
            tracing::error!(error = ?self, "a use case failed");
        }
        let mut response = self.status().into_response();
        if let Error::TooOften { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(Carried(std::sync::Arc::new(self)));
        response
    }
}
