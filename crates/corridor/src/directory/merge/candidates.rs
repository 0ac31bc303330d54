//! Pairs of records that may be one organisation, by likelihood.

use std::collections::HashMap;

use crate::{
    accounts::{Action, Actor, Resource, decide},
    directory::{search::Catalogue, search::Snapshot},
    foundation::{errors::Error, instance::App},
};

/// Groups of more records than this share a name that says nothing (`university hospital`).
const LARGEST_GROUP: usize = 6;

/// Words that names of one organisation have or have not: articles, prepositions, legal forms.
const SAYS_NOTHING: [&str; 60] = [
    "the", "of", "and", "for", "at", "in", "de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "pour", "aux",
    "au", "di", "del", "della", "dei", "e", "y", "der", "die", "das", "und", "fur", "van", "het", "voor", "sa", "sas",
    "sarl", "sasu", "eurl", "sci", "ag", "gmbh", "mbh", "kg", "se", "nv", "bv", "b", "v", "spa", "srl", "s", "r", "p",
    "a", "ltd", "limited", "plc", "inc", "co", "sl",
];

/// Two records that may be one organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The record with more projects, as a position in [`Snapshot::entries`].
    pub first: u32,
    /// The other one.
    pub second: u32,
    /// How likely, of one.
    pub likelihood: f64,
    /// Why, as keys of the language files.
    pub reasons: Vec<&'static str>,
}

/// The pairs, the likeliest first.
pub fn candidates(app: &App, actor: &Actor) -> Result<Vec<Candidate>, Error> {
    decide(actor, Action::MergeOrganisations, Resource::Instance)?;
    Ok(find(&app.part::<Catalogue>().snapshot()))
}

fn telling_words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split(' ').filter(|word| !SAYS_NOTHING.contains(word)).collect();
    words.sort_unstable();
    words
}

fn find(snapshot: &Snapshot) -> Vec<Candidate> {
    let mut groups: HashMap<Vec<&str>, Vec<u32>> = HashMap::new();
    for (position, entry) in snapshot.entries.iter().enumerate().filter(|(_, entry)| entry.is_named()) {
        let words = telling_words(&entry.sort_name);
        if !words.is_empty() {
            groups.entry(words).or_default().push(position as u32);
        }
    }
    let mut found = Vec::new();
    for group in groups.values().filter(|group| (2..=LARGEST_GROUP).contains(&group.len())) {
        for (place, one) in group.iter().enumerate() {
            for other in &group[place + 1..] {
                found.extend(pair(snapshot, *one, *other));
            }
        }
    }
    found.sort_by(|a, b| {
        b.likelihood
            .total_cmp(&a.likelihood)
            .then_with(|| {
                snapshot.entries[a.first as usize].sort_name.cmp(&snapshot.entries[b.first as usize].sort_name)
            })
            .then_with(|| (a.first, a.second).cmp(&(b.first, b.second)))
    });
    found
}

/// How likely two records with the same telling words are one organisation. The figures are orders of trust, not
/// measured frequencies: the page shows the reasons beside them.
fn pair(snapshot: &Snapshot, one: u32, other: u32) -> Option<Candidate> {
    let (a, b) = (&snapshot.entries[one as usize], &snapshot.entries[other as usize]);
    let mut likelihood: f64 = 0.6;
    let mut reasons = Vec::new();
    if a.sort_name == b.sort_name {
        likelihood += 0.15;
        reasons.push("directory-duplicate-same-name");
    } else {
        reasons.push("directory-duplicate-same-words");
    }
    match (&a.country, &b.country) {
        (Some(one), Some(two)) if one == two => {
            likelihood += 0.1;
            reasons.push("directory-duplicate-same-country");
        }
        // The same name in two countries is mostly two subsidiaries.
        (Some(_), Some(_)) => return None,
        _ => reasons.push("directory-duplicate-country-unknown"),
    }
    let city = |city: &Option<String>| city.as_deref().map(crate::directory::model::plain);
    match (city(&a.city), city(&b.city)) {
        (Some(one), Some(two)) if one == two => {
            likelihood += 0.1;
            reasons.push("directory-duplicate-same-city");
        }
        (Some(_), Some(_)) => {
            likelihood -= 0.25;
            reasons.push("directory-duplicate-other-city");
        }
        _ => {}
    }
    if !a.sort_short.is_empty() && !b.sort_short.is_empty() {
        if a.sort_short == b.sort_short {
            likelihood += 0.04;
            reasons.push("directory-duplicate-same-short-name");
        } else {
            likelihood -= 0.05;
        }
    }
    let (first, second) = if b.project_count > a.project_count { (other, one) } else { (one, other) };
    Some(Candidate { first, second, likelihood: likelihood.clamp(0.0, 0.99), reasons })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_and_order_say_nothing() {
        assert_eq!(telling_words("university of paris"), telling_words("paris university"));
        assert_eq!(telling_words("sanofi sa"), telling_words("sanofi"));
        assert_ne!(telling_words("sanofi pasteur"), telling_words("sanofi"));
    }
}
