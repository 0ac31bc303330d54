//! Whom a text names: `@` and a name, as it stands on the page.

use crate::{accounts::PersonId, directory::OrganisationId};

/// Who can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The team.
    Team,
    /// Whoever speaks for an organisation.
    Organisation(OrganisationId),
    /// One person.
    Person(PersonId),
}

/// Whom a text names, in the order of the names known; a longer name wins over one that it begins with.
pub fn mentioned(text: &str, names: &[(String, Whom)]) -> Vec<Whom> {
    let mut found: Vec<Whom> = Vec::new();
    for (at, _) in text.match_indices('@') {
        // An address is no mention.
        if text[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
            continue;
        }
        let rest = &text[at + 1..];
        let longest = names
            .iter()
            .filter(|(name, _)| begins_with(rest, name))
            .max_by_key(|(name, _)| name.chars().count())
            .map(|(name, _)| name);
        // People who are called the same are all meant.
        let meant = names.iter().filter(|(name, _)| Some(name) == longest).map(|(_, whom)| *whom);
        for whom in meant {
            if !found.contains(&whom) {
                found.push(whom);
            }
        }
    }
    found
}

/// Whether the text begins with the name, whatever the case, and the name ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (text, name) = (lower(text), lower(name.trim()));
    !name.is_empty() && text.starts_with(&name) && text.get(name.len()).is_none_or(|next| !next.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_of_mentions() {
        let (ada, other_ada, eve) = (PersonId::new(), PersonId::new(), PersonId::new());
        let (short, long) = (OrganisationId::new(), OrganisationId::new());
        let names = vec![
            ("Ada Example".to_owned(), Whom::Person(ada)),
            ("Ada Example".to_owned(), Whom::Person(other_ada)),
            ("Ève Île".to_owned(), Whom::Person(eve)),
            ("Institut Pasteur".to_owned(), Whom::Organisation(short)),
            ("Institut Pasteur de Lille".to_owned(), Whom::Organisation(long)),
            ("Medicen".to_owned(), Whom::Team),
            (" ".to_owned(), Whom::Team),
        ];
        let both = vec![Whom::Person(ada), Whom::Person(other_ada)];
        for (text, whom) in [
            ("@Ada Example, please look", both.clone()),
            ("please, @ada example", both.clone()),
            ("@Ada Examples", vec![]),
            ("Ada Example", vec![]),
            ("write to x@medicen.example", vec![]),
            ("(@Medicen)", vec![Whom::Team]),
            ("@MEDICEN @medicen", vec![Whom::Team]),
            ("@ÈVE ÎLE !", vec![Whom::Person(eve)]),
            ("@Institut Pasteur de Lille", vec![Whom::Organisation(long)]),
            ("@Institut Pasteur de Tunis", vec![Whom::Organisation(short)]),
            ("@", vec![]),
            ("@@Medicen", vec![Whom::Team]),
        ] {
            assert_eq!(mentioned(text, &names), whom, "{text}");
        }
    }
}
