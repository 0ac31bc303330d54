//! What every slice stands on: database, ids, time, jobs, pages, errors, languages, audit, settings, sources, what is held about people.

#[macro_use]
pub mod database;
#[macro_use]
pub mod ids;
pub mod audit;
pub mod cells;
pub mod configuration;
pub mod errors;
pub mod instance;
pub mod jobs;
pub mod languages;
pub mod mail;
pub mod meaning;
pub mod pages;
pub mod personal;
pub mod secrets;
pub mod security;
pub mod settings;
pub mod sources;
pub mod time;
pub mod turns;
