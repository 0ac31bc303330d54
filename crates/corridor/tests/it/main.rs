//! The stories of the program: one file a slice, each on SQLite and on PostgreSQL.

mod accounts_story;
mod administration_story;
mod api_story;
mod audit_story;
mod budget_story;
mod calls_story;
mod claims_story;
mod consents_story;
mod consortia_story;
mod contacts_story;
mod crash_story;
mod data_requests_story;
mod databases;
mod directory_story;
mod discussion_story;
mod foundation_story;
mod import_story;
mod interference_story;
mod jobs_story;
mod letters_story;
mod limits_story;
mod mailbox;
mod matrix_story;
mod members_story;
mod outcomes_story;
mod participation_story;
mod partnering_story;

mod permissions_story;
mod personal_story;
mod retention_story;
mod rules_story;
mod sides_story;
mod templates_story;
mod visibility_story;
mod visitors;
