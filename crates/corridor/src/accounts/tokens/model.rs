//! What a program may do in a person's name: read or write, slice by slice.

use std::str::FromStr;

use crate::accounts::{Action, ClusterId};

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
    /// Read events, who takes part and timetables.
    EventsRead,
    /// Invite to events and set meetings.
    EventsWrite,
    /// Read alliances.
    AlliancesRead,
    /// Take part in drafts as a partner. No token has it: a private address does, which reads one feed and nothing else.
    Workspaces,
}

impl Scope {
    /// All scopes that a token may have, in the order of the chain.
    pub const ALL: [Scope; 11] = [
        Scope::DirectoryRead,
        Scope::DirectoryWrite,
        Scope::ContactsRead,
        Scope::ContactsWrite,
        Scope::CallsRead,
        Scope::PartneringRead,
        Scope::ConsortiaRead,
        Scope::ConsortiaWrite,
        Scope::EventsRead,
        Scope::EventsWrite,
        Scope::AlliancesRead,
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
            Scope::EventsRead => "events:read",
            Scope::EventsWrite => "events:write",
            Scope::AlliancesRead => "alliances:read",
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
            Action::ReadEvents | Action::ReadProgramme => Some(Scope::EventsRead),
            Action::EditEvents => Some(Scope::EventsWrite),
            Action::ReadAlliances => Some(Scope::AlliancesRead),
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

/// The most words of a question that are looked at.
const MOST_WORDS: usize = 8;

impl Asked {
    /// The words, each as patterns: as it is and in both cases, because databases fold only what is ASCII.
    pub(super) fn patterns(&self) -> Vec<[String; 3]> {
        let plain = |word: &str| word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        let patterns = |word: &str| {
            let lower = word.to_lowercase();
            let mut letters = lower.chars();
            let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
            let as_name = format!("{first}{}", letters.as_str());
            [lower.clone(), as_name, lower.to_uppercase()]
                .map(|word| format!("%{}%", plain(&word)).to_ascii_lowercase())
        };
        self.words.split_whitespace().take(MOST_WORDS).map(patterns).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_patterns_of_themselves() {
        let asked = Asked { words: " Hélène 50%_\\ ".to_owned(), ..Asked::default() };
        let [first, second] = &asked.patterns()[..] else { panic!("two words") };
        // As databases fold them that know no letters beyond ASCII.
        assert_eq!(first, &["%hélène%", "%hélène%", "%hÉlÈne%"]);
        let asked = Asked { words: "élodie".to_owned(), ..Asked::default() };
        assert_eq!(asked.patterns(), [["%élodie%", "%Élodie%", "%Élodie%"]]);
        assert_eq!(second[0], "%50\\%\\_\\\\%");
        assert_eq!(Asked::default().patterns().len(), 0);
        assert_eq!(Asked { words: "a ".repeat(100), ..Asked::default() }.patterns().len(), MOST_WORDS);
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
