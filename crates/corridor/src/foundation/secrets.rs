//! What must never be seen: tokens, passwords, keys. A [`Secret`] has no text of its own; who needs it asks for it by name.

use sha2::{Digest, Sha256};

/// A text that does not show itself: not in logs, not in errors, not in debug prints.
#[derive(Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Hides a text.
    pub fn new(text: impl Into<String>) -> Self {
        Secret(text.into())
    }

    /// A token that cannot be guessed: 244 random bits of two version-4 UUIDs.
    pub fn fresh() -> Self {
        Secret(format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple()))
    }

    /// The text itself, for the cookie, letter or hash that it is made for.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps of a token: who reads the table cannot sign in with it.
    pub fn digest(&self) -> String {
        Sha256::digest(self.0.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        let secret = Secret::new("correct horse");
        assert!(!format!("{secret:?} {:?}", Some(&secret)).contains("horse"));
        assert_eq!(secret.reveal(), "correct horse");
    }

    #[test]
    fn no_two_tokens_are_alike_and_digests_do_not_tell_them() {
        let (one, other) = (Secret::fresh(), Secret::fresh());
        assert_ne!(one, other);
        assert_ne!(one.digest(), other.digest());
        assert_eq!(one.digest().len(), 64);
        assert!(!one.digest().contains(one.reveal()));
    }
}
