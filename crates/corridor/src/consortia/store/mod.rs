//! SQL of drafts, and of the facts about organisations and topics that rules and assembly read.

mod authors;
mod competences;
mod drafts;
mod facts;
pub(super) mod named;
mod versions;

pub(super) use authors::{forget_author, written_by};
pub(super) use competences::{
    ConceptLabel, competences, concept_exists, concept_labels, concept_with_narrower, holders, labels_of_language,
};
pub use drafts::DraftLine;
pub(super) use drafts::{create, draft, drafts, forget_deleted, replace, set_archived, set_deleted, standing};
pub use facts::{OrganisationFacts, TopicFacts};
pub(super) use facts::{organisations, participations, pics, topic_by_id, topic_by_identifier};
pub use versions::VersionRow;
pub(super) use versions::{version, versions};
