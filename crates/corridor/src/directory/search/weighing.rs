//! The order of what a search found: how well the text fits, the name that was meant, and how well known it is.

use strsim::osa_distance;

use super::snapshot::{Entry, Snapshot};
use crate::directory::model::plain;

/// Of so many close spellings the name is looked at; what lies behind them fits worse than all of these.
const LOOKED_AT: usize = 3000;

/// What a close and well-known name weighs beside the score of the text.
const MEANT: f32 = 4.0;
/// A word less alike than this is another word.
const ALIKE: f32 = 0.6;

impl Snapshot {
    /// The text score, raised for a name that is exactly what was asked for and a little for experience. Where close
    /// spellings were allowed, what counts is how close the name is and how well known: who misspells a name mostly means
    /// the one that everybody knows, not the one that happens to be spelt a little more alike.
    pub(super) fn weighed(&self, words: &str, found: Vec<(u32, f32)>, approximate: bool) -> Vec<(u32, f32)> {
        let asked = plain(words);
        let typed: Vec<&str> = asked.split(' ').filter(|word| !word.is_empty()).collect();
        found
            .into_iter()
            .enumerate()
            .filter_map(|(place, (position, score))| {
                let entry = self.entries.get(position as usize)?;
                let known = (1.0 + entry.project_count as f32).ln();
                let name = if entry.sort_name == asked || entry.sort_short == asked {
                    3.0
                } else if !asked.is_empty() && entry.sort_name.starts_with(&asked) {
                    1.5
                } else {
                    1.0
                };
                let fits = score * name * (1.0 + 0.12 * known);
                if !approximate {
                    return Some((position, fits));
                }
                // A rare word that happens to share its stem with what was typed scores high: it must not drown the rest.
                let meant = if place < LOOKED_AT { closeness(entry, &asked, &typed) } else { 0.0 };
                Some((position, fits / (1.0 + fits) + MEANT * meant * (1.0 + known)))
            })
            .collect()
    }
}

/// How close the names of an entry come to what was typed, in [0, 1]: word by word, and as a whole.
fn closeness(entry: &Entry, asked: &str, typed: &[&str]) -> f32 {
    let names: Vec<&str> =
        [&entry.sort_name, &entry.sort_short].into_iter().chain(&entry.other_names).map(String::as_str).collect();
    let own: Vec<&str> = names.iter().flat_map(|name| name.split(' ')).filter(|word| !word.is_empty()).collect();
    let best = |word: &&str| own.iter().map(|own| alike(word, own)).filter(|like| *like >= ALIKE).fold(0.0, f32::max);
    let words = typed.iter().map(best).sum::<f32>() / typed.len().max(1) as f32;
    let whole = names.iter().map(|name| alike(asked, name)).fold(0.0, f32::max);
    words.powi(3) * (0.5 + 0.5 * whole)
}

/// One less the share of letters to change; a letter left out, added, replaced or swapped with the next is one change.
fn alike(one: &str, other: &str) -> f32 {
    let longer = one.chars().count().max(other.chars().count());
    if longer == 0 { 0.0 } else { 1.0 - osa_distance(one, other) as f32 / longer as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{
        OrganisationId,
        model::Kind,
        search::{Selection, keep, snapshot::Contents, store::Read, text::Indexed},
    };

    /// Names and how many projects each has; the small ones are those that such typing really brought up.
    const NAMES: [(&str, &str, u32); 16] = [
        ("Institut Pasteur", "IP", 90),
        ("PASTU CONSULT SPRL", "PASTU", 1),
        ("SANOFI PASTEUR SA", "", 7),
        ("SANOFI-AVENTIS RECHERCHE & DEVELOPPEMENT", "", 30),
        ("Institut National de la Santé et de la Recherche Médicale", "", 256),
        ("Institut National des Sciences et Technologies de la Mer", "INSTM", 4),
        ("Centre National de la Recherche Scientifique", "CNRS", 1103),
        ("Consiglio Nazionale delle Ricerche", "CNR", 532),
        ("Fraunhofer-Gesellschaft zur Förderung der angewandten Forschung", "Fraunhofer", 812),
        ("FRAUNHOFER AUSTRIA RESEARCH GMBH", "", 3),
        ("FONDAZIONE POLITECNICO DI MILANO", "", 11),
        ("Politecnico di Milano", "POLIMI", 287),
        ("THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF OXFORD", "UOXF", 524),
        ("Oxford Brookes University", "", 16),
        ("BIOMERIEUX SA", "", 8),
        ("bioMérieux Japan", "", 0),
    ];

    #[test]
    fn who_misspells_a_name_finds_the_one_that_everybody_knows() {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let entries = NAMES.iter().map(|(name, short, projects)| Entry {
            id: OrganisationId::new(),
            name: text(name),
            short_name: text(short),
            other_names: if *projects == 256 { vec!["inserm".to_owned()] } else { Vec::new() },
            pic: None,
            kind: Kind::Other,
            country: None,
            region: None,
            city: None,
            point: None,
            project_count: *projects,
            memberships: Vec::new(),
            concepts: Vec::new(),
            covered: Vec::new(),
            sort_name: String::new(),
            sort_short: String::new(),
        });
        let named = NAMES.iter().map(|(name, short, projects)| Indexed {
            names: [text(name), text(short), (*projects == 256).then(|| "INSERM".to_owned())]
                .into_iter()
                .flatten()
                .collect(),
            ..Indexed::default()
        });
        let crowd =
            (0..3000).map(|number| Indexed { names: vec![format!("Laboratory {number}")], ..Indexed::default() });
        let read = Read {
            contents: Contents { entries: entries.collect(), ..Contents::default() },
            // Words are as rare as in a directory of thousands: the index holds texts that no entry answers for.
            indexed: named.chain(crowd).collect(),
        };
        let folder = std::env::temp_dir().join(format!("corridor_weighing_{}", uuid::Uuid::now_v7().simple()));
        let snapshot = keep(&folder, "1".to_owned(), read).unwrap();
        for (typed, meant) in [
            ("pasteru", "Institut Pasteur"),
            ("pastuer", "Institut Pasteur"),
            ("sanoffi", "SANOFI-AVENTIS RECHERCHE & DEVELOPPEMENT"),
            ("insrm", "Institut National de la Santé et de la Recherche Médicale"),
            ("cnsr", "Centre National de la Recherche Scientifique"),
            ("fraunhoffer", "Fraunhofer-Gesellschaft zur Förderung der angewandten Forschung"),
            ("politecnico millano", "Politecnico di Milano"),
            ("univeristy of oxford", "THE CHANCELLOR, MASTERS AND SCHOLARS OF THE UNIVERSITY OF OXFORD"),
            ("biomereux", "BIOMERIEUX SA"),
        ] {
            let found = snapshot
                .select(&super::super::View::default(), &Selection { q: typed.to_owned(), ..Selection::default() })
                .unwrap();
            let names: Vec<String> = found
                .positions
                .iter()
                .map(|position| snapshot.entries[*position as usize].name.clone().unwrap_or_default())
                .collect();
            assert_eq!(names.first().map(String::as_str), Some(meant), "{typed}: {names:?}");
            assert!(found.approximate, "{typed} is no exact spelling");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_letter_swapped_with_the_next_is_one_change() {
        assert!(alike("pastuer", "pasteur") > alike("pastuer", "pastu"));
        assert_eq!(alike("", ""), 0.0);
    }
}
