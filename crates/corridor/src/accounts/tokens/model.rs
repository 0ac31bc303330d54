//! What a program may do in a person's name: read or write, slice by slice.

use std::str::FromStr;

use crate::accounts::Action;

/// One permission of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Read the directory.
    DirectoryRead,
    /// Correct, merge and import organisations.
    DirectoryWrite,
    /// Read contacts and notes: data about people.
    ContactsRead,
    /// Write contacts and notes.
    ContactsWrite,
    /// Read calls and topics.
    CallsRead,
    /// Rank partners.
    PartneringRead,
    /// Read drafts of consortia.
    ConsortiaRead,
    /// Make and change drafts of consortia.
    ConsortiaWrite,
}

impl Scope {
    /// All scopes, in the order of the chain.
    pub const ALL: [Scope; 8] = [
        Scope::DirectoryRead,
        Scope::DirectoryWrite,
        Scope::ContactsRead,
        Scope::ContactsWrite,
        Scope::CallsRead,
        Scope::PartneringRead,
        Scope::ConsortiaRead,
        Scope::ConsortiaWrite,
    ];

    /// The word in forms, the database and the documentation of the API.
    pub fn key(self) -> &'static str {
        match self {
            Scope::DirectoryRead => "directory:read",
            Scope::DirectoryWrite => "directory:write",
            Scope::ContactsRead => "contacts:read",
            Scope::ContactsWrite => "contacts:write",
            Scope::CallsRead => "calls:read",
            Scope::PartneringRead => "partnering:read",
            Scope::ConsortiaRead => "consortia:read",
            Scope::ConsortiaWrite => "consortia:write",
        }
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("scope-{}", self.key().replace(':', "-"))
    }

    /// The scope that a program needs for an action; accounts and the instance itself are not for programs.
    fn of(action: Action) -> Option<Scope> {
        match action {
            Action::ReadDirectory => Some(Scope::DirectoryRead),
            Action::EditOrganisation | Action::MergeOrganisations | Action::ImportMembers | Action::ImportRegisters => {
                Some(Scope::DirectoryWrite)
            }
            Action::ReadContacts => Some(Scope::ContactsRead),
            Action::EditContacts | Action::EditNotes => Some(Scope::ContactsWrite),
            Action::ReadCalls => Some(Scope::CallsRead),
            Action::RankPartners => Some(Scope::PartneringRead),
            Action::ReadDrafts => Some(Scope::ConsortiaRead),
            Action::EditDrafts => Some(Scope::ConsortiaWrite),
            Action::ReadPublic
            | Action::OwnAccount
            | Action::ReadToday
            | Action::TakePart
            | Action::InvitePeople
            | Action::ManagePeople
            | Action::ManageAlliances
            | Action::ManageCluster
            | Action::HandleDataRequests
            | Action::ReadLetters
            | Action::GovernRetention
            | Action::Administer => None,
        }
    }
}

/// What is allowed: everything, for a person in a session; some scopes, for a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes {
    everything: bool,
    bits: u16,
}

impl Scopes {
    /// A person in their own session.
    pub const ALL: Scopes = Scopes { everything: true, bits: u16::MAX };

    /// Exactly these.
    pub fn of(scopes: impl IntoIterator<Item = Scope>) -> Self {
        Scopes { everything: false, bits: scopes.into_iter().fold(0, |bits, scope| bits | 1 << scope as u16) }
    }

    /// Whether the action is among them.
    pub fn allow(self, action: Action) -> bool {
        self.everything || Scope::of(action).is_some_and(|scope| self.bits & (1 << scope as u16) != 0)
    }

    /// The scopes, one by one.
    pub fn list(self) -> Vec<Scope> {
        Scope::ALL.into_iter().filter(|scope| self.bits & (1 << *scope as u16) != 0).collect()
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words: Vec<&str> = self.list().into_iter().map(Scope::key).collect();
        formatter.write_str(&words.join(" "))
    }
}

/// A word that names no scope.
#[derive(Debug, thiserror::Error)]
#[error("not a scope: `{0}`")]
pub struct UnknownScope(String);

impl FromStr for Scopes {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        let mut scopes = Vec::new();
        for word in text.split_ascii_whitespace() {
            let known = Scope::ALL.into_iter().find(|scope| scope.key() == word);
            scopes.push(known.ok_or_else(|| UnknownScope(word.to_owned()))?);
        }
        Ok(Scopes::of(scopes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_words_and_back() {
        for scope in Scope::ALL {
            let scopes: Scopes = scope.key().parse().unwrap();
            assert_eq!(scopes.list(), [scope]);
            assert_eq!(scopes.to_string(), scope.key());
        }
        assert!("everything".parse::<Scopes>().is_err());
        assert_eq!("".parse::<Scopes>().unwrap().list(), []);
    }
}
