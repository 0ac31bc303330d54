//! Typed ids: a bare UUID never travels through the program.

/// Declares an id newtype over UUIDv7 that binds, decodes, parses and prints as the UUID it is.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
            utoipa::ToSchema,
        )]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            #[expect(clippy::new_without_default, reason = "an id is made on purpose, never by default")]
            pub fn new() -> Self {
                Self(uuid::Uuid::now_v7())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for $crate::foundation::database::Value {
            fn from(id: $name) -> Self {
                $crate::foundation::database::Value::Id(Some(id.0))
            }
        }

        impl From<Option<$name>> for $crate::foundation::database::Value {
            fn from(id: Option<$name>) -> Self {
                $crate::foundation::database::Value::Id(id.map(|id| id.0))
            }
        }
    };
}

id! {
    /// A source of facts: a dataset, a document, or a member's own import.
    SourceId
}
