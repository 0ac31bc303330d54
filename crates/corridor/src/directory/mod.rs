//! The directory: who is in the field, what they can do, and where each fact about them comes from.

pub mod countries;
pub mod identifiers;
pub mod imports;
pub mod model;
pub mod search;

id! {
    /// An organisation of the directory.
    OrganisationId
}
