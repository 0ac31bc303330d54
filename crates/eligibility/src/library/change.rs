//! What a topic changes in the rules of its instrument.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Group, Instrument, LibraryError, Rule, Sets, line_at, parse};

/// What a topic changes in the rules of its instrument.
#[derive(Clone, Debug)]
pub enum Change {
    /// A further rule.
    Add(Box<Rule>),
    /// Another rule in place of all those of the same id.
    Replace(Box<Rule>),
    /// One rule less.
    Remove {
        /// Id of the rule.
        rule: String,
        /// Where that is said.
        source: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangesFile {
    #[serde(default)]
    change: Vec<toml::Spanned<ChangeTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeTable {
    add: Option<Box<Rule>>,
    replace: Option<Box<Rule>>,
    remove: Option<String>,
    source: Option<String>,
}

pub(super) fn read_changes(file: &str, text: &str) -> Result<Vec<Change>, LibraryError> {
    let read: ChangesFile = parse(file, text)?;
    let one = |spanned: toml::Spanned<ChangeTable>| {
        let line = line_at(text, spanned.span().start);
        let wrong = |reason: &str| LibraryError::Text { file: file.into(), line, reason: reason.into() };
        let at_line = |mut rule: Box<Rule>| {
            rule.line = line;
            rule
        };
        match spanned.into_inner() {
            ChangeTable { add: Some(rule), replace: None, remove: None, source: None } => {
                Ok(Change::Add(at_line(rule)))
            }
            ChangeTable { add: None, replace: Some(rule), remove: None, source: None } => {
                Ok(Change::Replace(at_line(rule)))
            }
            ChangeTable { add: None, replace: None, remove: Some(rule), source: Some(source) } => {
                Ok(Change::Remove { rule, source })
            }
            ChangeTable { add: None, replace: None, remove: Some(_), source: None } => {
                Err(wrong("a removal needs its source"))
            }
            _ => Err(wrong("a change is one of add, replace (a rule each), or remove with source")),
        }
    };
    read.change.into_iter().map(one).collect()
}

impl Instrument {
    /// The instrument with these changes.
    pub(super) fn with_changes(
        &self,
        changes: &[Change],
        sets: &Sets,
        shared: &BTreeMap<String, Group>,
    ) -> Result<Self, LibraryError> {
        let mut changed = self.clone();
        for change in changes {
            let known = |id: &str| {
                if self.rules.iter().any(|rule| rule.id == id) {
                    return Ok(());
                }
                let reason = format!("a topic changes the rule {id:?}, which the instrument does not have");
                Err(LibraryError::File { file: format!("{}.toml", self.id), reason })
            };
            match change {
                Change::Add(rule) => changed.rules.push((**rule).clone()),
                Change::Replace(rule) => {
                    known(&rule.id)?;
                    changed.rules.retain(|old| old.id != rule.id);
                    changed.rules.push((**rule).clone());
                }
                Change::Remove { rule, .. } => {
                    known(rule)?;
                    changed.rules.retain(|old| old.id != *rule);
                }
            }
        }
        changed.validate(&format!("{}.toml", self.id), sets, shared)?;
        Ok(changed)
    }
}
