//! The directory: who is in the field, what they can do, and where each fact about them comes from.

pub mod identifiers;
pub mod imports;


id! {
    /// An organisation of the directory.
    OrganisationId
}
