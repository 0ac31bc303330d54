//! What a program may do in a person's name: read or write, slice by slice.

use std::str::FromStr;

use super::others::OthersToken;
use crate::{
    accounts::{Action, ClusterId},
    foundation::time::Timestamp,
};

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
    /// Take part in drafts as a partner. No token has it: a private address does, which reads one feed and nothing else.
    Workspaces,
}

impl Scope {
    /// All scopes that a token may have, in the order of the chain.
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
            Scope::Workspaces => "workspaces",
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
            Action::TakePart => Some(Scope::Workspaces),
            Action::ReadPublic
            | Action::OwnAccount
            | Action::ReadToday
            | Action::InvitePeople
            | Action::ManagePeople
            | Action::ManageTokens
            | Action::ManageAlliances
            | Action::ManageCluster
            | Action::HandleDataRequests
            | Action::ReadLetters
            | Action::GovernRetention
            | Action::Administer
            | Action::EditRules
            | Action::ChangeTopicRules
            | Action::ReadEvents
            | Action::EditEvents
            | Action::Attend => None,
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

/// For how many days a token may lie there before it counts as unused.
pub const UNUSED_DAYS: i64 = 30;

/// How a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// A program can act by it.
    Valid,
    /// It can, and none has for thirty days.
    Unused,
    /// It is over.
    Over,
}

impl State {
    /// All states, as they are offered.
    pub const ALL: [State; 3] = [State::Valid, State::Unused, State::Over];

    /// The word in addresses.
    pub fn key(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Unused => "unused",
            State::Over => "over",
        }
    }

    fn holds(self, token: &OthersToken, now: Timestamp) -> bool {
        let over = token.expires_at <= now.0;
        match self {
            State::Valid => !over,
            State::Unused => {
                !over && token.used_at.unwrap_or(token.created_at) <= now.plus_seconds(-UNUSED_DAYS * 86_400).0
            }
            State::Over => over,
        }
    }
}

/// What is asked among the tokens of other people; what is empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Words: each in the owner's name or address, or in what the token is called.
    pub words: String,
    /// What it may do.
    pub scope: Option<Scope>,
    /// For which cluster its programs act.
    pub cluster: Option<ClusterId>,
    /// How it stands.
    pub state: Option<State>,
}

impl Asked {
    /// Whether a token is asked for.
    pub fn holds(&self, token: &OthersToken, now: Timestamp) -> bool {
        let said = [&token.owner, &token.label, token.email.as_ref().unwrap_or(&token.owner)];
        let said = said.map(|text| text.to_lowercase());
        let words = self.words.to_lowercase();
        words.split_whitespace().all(|word| said.iter().any(|text| text.contains(word)))
            && self.scope.is_none_or(|scope| token.scopes.split(' ').any(|known| known == scope.key()))
            && self.cluster.is_none_or(|cluster| token.held.cluster == Some(cluster))
            && self.state.is_none_or(|state| state.holds(token, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{HeldRole, PersonId, Role, tokens::TokenId};

    const DAY: i64 = 86_400_000_000;

    fn token(days_left: i64, used_days_ago: Option<i64>, now: Timestamp) -> OthersToken {
        OthersToken {
            id: TokenId::new(),
            label: "Monthly report".to_owned(),
            scopes: "directory:read calls:read".to_owned(),
            person: PersonId::new(),
            owner: "Élodie Example".to_owned(),
            email: Some("elodie@institute.example".to_owned()),
            held: HeldRole { role: Role::Reader, cluster: None, organisation: None, organisation_name: None },
            cluster_name: None,
            created_at: now.0 - 40 * DAY,
            expires_at: now.0 + days_left * DAY,
            used_at: used_days_ago.map(|days| now.0 - days * DAY),
        }
    }

    #[test]
    fn table_of_states() {
        let now = Timestamp(1_800_000_000_000_000);
        for (days_left, used, expected) in [
            (50, Some(1), [true, false, false]),
            (50, Some(30), [true, true, false]),
            (50, None, [true, true, false]),
            (0, Some(1), [false, false, true]),
            (-1, None, [false, false, true]),
        ] {
            let token = token(days_left, used, now);
            let is = State::ALL.map(|state| Asked { state: Some(state), ..Asked::default() }.holds(&token, now));
            assert_eq!(is, expected, "{days_left} days left, used {used:?} days ago");
        }
    }

    #[test]
    fn table_of_questions() {
        let now = Timestamp(1_800_000_000_000_000);
        let token = token(50, None, now);
        let words = |words: &str| Asked { words: words.to_owned(), ..Asked::default() };
        let scope = |scope| Asked { scope: Some(scope), ..Asked::default() };
        for (asked, held) in [
            (Asked::default(), true),
            (words("élodie REPORT"), true),
            (words("elodie@institute"), true),
            (words("élodie weekly"), false),
            (scope(Scope::CallsRead), true),
            (scope(Scope::ContactsRead), false),
            (Asked { cluster: Some(ClusterId::new()), ..Asked::default() }, false),
        ] {
            assert_eq!(asked.holds(&token, now), held, "{asked:?}");
        }
    }

    #[test]
    fn scopes_are_words_and_back() {
        for scope in Scope::ALL {
            let scopes: Scopes = scope.key().parse().unwrap();
            assert_eq!(scopes.list(), [scope]);
            assert_eq!(scopes.to_string(), scope.key());
        }
        assert!("everything".parse::<Scopes>().is_err());
        assert!(Scope::Workspaces.key().parse::<Scopes>().is_err(), "no token takes part in drafts");
        assert_eq!("".parse::<Scopes>().unwrap().list(), []);
    }
}
