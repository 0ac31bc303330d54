//! Whom an invitation reaches, and by which address. Pure.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    accounts::ClusterId,
    directory::{OrganisationId, model::Kind},
    events::{Standing, model::address_key},
    foundation::languages::Language,
};

/// The most that are invited in one act.
pub const MOST_AT_ONCE: usize = 500;

/// Somebody to whom a letter can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressed {
    /// The name; empty where none is known.
    pub name: String,
    /// The address.
    pub email: String,
    /// The language of the letter.
    pub language: Language,
    /// Whether it is an account that speaks for the organisation: it needs no private link.
    pub account: bool,
}

/// Whether and how a letter reaches an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A letter goes to this one.
    By(Addressed),
    /// Everybody who could be written to wants no more invitations.
    Refused,
    /// Nobody there has an address that the reader sees.
    Nobody,
}

/// How an organisation is reached: an account that speaks for it first, because it finds the event there too, else the first
/// contact. One letter a participant.
#[must_use]
pub fn reach(accounts: &[Addressed], contacts: &[Addressed], refused: &BTreeSet<String>) -> Reach {
    let mut known = accounts.iter().chain(contacts).filter(|one| !one.email.is_empty()).peekable();
    if known.peek().is_none() {
        return Reach::Nobody;
    }
    match known.find(|one| !refused.contains(&address_key(&one.email))) {
        Some(one) => Reach::By(one.clone()),
        None => Reach::Refused,
    }
}

/// An organisation that could be invited.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is called.
    pub name: String,
    /// Its country; empty where it is not known.
    pub country: String,
    /// What it is.
    pub kind: Kind,
    /// The cluster through which it is on the list.
    pub cluster: ClusterId,
    /// What that cluster is called.
    pub cluster_name: String,
    /// How it is reached.
    pub reach: Reach,
    /// What it is at in the event, where it is there already.
    pub standing: Option<Standing>,
}

/// In which group of the preview a candidate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// It can be invited.
    Free,
    /// It is on the list of the event already, whatever it answered.
    There,
    /// It wants no more invitations of the cluster.
    Refused,
    /// Nobody is known to write to.
    Nobody,
}

impl Group {
    /// All of them.
    pub const ALL: [Group; 4] = [Group::Free, Group::There, Group::Refused, Group::Nobody];

    /// Its word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Group::Free => "free",
            Group::There => "there",
            Group::Refused => "refused",
            Group::Nobody => "nobody",
        }
    }
}

impl Candidate {
    /// Its group. `quiet`: no letter is written at all, so that nobody needs an address.
    #[must_use]
    pub fn group(&self, quiet: bool) -> Group {
        match (self.standing, &self.reach) {
            (Some(_), _) => Group::There,
            (None, Reach::Refused) => Group::Refused,
            (None, Reach::Nobody) if !quiet => Group::Nobody,
            (None, _) => Group::Free,
        }
    }
}

/// What a list of organisations counts in each group.
#[must_use]
pub fn counts(candidates: &[Candidate], quiet: bool) -> BTreeMap<Group, usize> {
    let mut counts: BTreeMap<Group, usize> = Group::ALL.into_iter().map(|group| (group, 0)).collect();
    for candidate in candidates {
        *counts.entry(candidate.group(quiet)).or_default() += 1;
    }
    counts
}

/// With which delegation somebody comes: one for all, else its cluster where that is asked for, else none.
#[must_use]
pub fn delegation(for_all: &str, by_cluster: bool, cluster: &str) -> String {
    match for_all.trim() {
        "" if by_cluster => cluster.to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addressed(email: &str, account: bool) -> Addressed {
        Addressed { name: String::new(), email: email.to_owned(), language: Language::En, account }
    }

    #[test]
    fn an_account_is_written_to_before_a_contact_and_nobody_who_refused() {
        let account = [addressed("ada@lab.example", true)];
        let contact = [addressed("", false), addressed("bob@lab.example", false)];
        let refused = |emails: &[&str]| emails.iter().map(|email| address_key(email)).collect::<BTreeSet<_>>();
        let by = |reach: Reach| match reach {
            Reach::By(one) => one.email,
            other => format!("{other:?}"),
        };
        // Accounts, contacts, who refused, and who is written to.
        type Case<'a> = (&'a [Addressed], &'a [Addressed], &'a [&'a str], &'a str);
        let cases: [Case<'_>; 6] = [
            (&account, &contact, &[], "ada@lab.example"),
            (&[], &contact, &[], "bob@lab.example"),
            (&account, &contact, &[" ADA@lab.example"], "bob@lab.example"),
            (&account, &contact, &["ada@lab.example", "bob@lab.example"], "Refused"),
            (&[], &[], &["ada@lab.example"], "Nobody"),
            (&[], &contact[..1], &[], "Nobody"),
        ];
        for (accounts, contacts, out, expected) in cases {
            assert_eq!(by(reach(accounts, contacts, &refused(out))), expected);
        }
    }

    #[test]
    fn each_candidate_stands_in_one_group() {
        let candidate = |standing, reach| Candidate {
            organisation: OrganisationId::new(),
            name: String::new(),
            country: String::new(),
            kind: Kind::Other,
            cluster: ClusterId::new(),
            cluster_name: String::new(),
            reach,
            standing,
        };
        let all = [
            candidate(None, Reach::By(addressed("a@b.example", false))),
            candidate(Some(Standing::Declined), Reach::By(addressed("a@b.example", false))),
            candidate(None, Reach::Refused),
            candidate(None, Reach::Nobody),
        ];
        let groups = |quiet| all.iter().map(|one| one.group(quiet).key()).collect::<Vec<_>>();
        assert_eq!(groups(false), ["free", "there", "refused", "nobody"]);
        assert_eq!(groups(true), ["free", "there", "refused", "free"], "no letter, no address needed");
        assert_eq!(counts(&all, false).into_values().sum::<usize>(), all.len());
    }

    #[test]
    fn one_delegation_for_all_goes_before_that_of_the_cluster() {
        for (for_all, by_cluster, expected) in
            [(" Kansai ", true, "Kansai"), ("", true, "Medicen"), (" ", false, ""), ("Kansai", false, "Kansai")]
        {
            assert_eq!(delegation(for_all, by_cluster, "Medicen"), expected);
        }
    }
}
