//! Identifiers of organisations, validated by their check digits where they have any.
