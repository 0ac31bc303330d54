//! Whom a participant is advised to meet: the ranking for those that have a record, and for everybody the words that one seeks
//! and the other offers.

use std::{collections::BTreeSet, sync::LazyLock};

use fluent_bundle::FluentValue;
use ranking::text::Terms;

use super::{Other, Participant};
use crate::{
    foundation::{errors::Error, instance::App, languages::Language},
    partnering::{self, Index},
};

/// The most that are suggested.
pub const MOST: usize = 10;
/// Words that a reason names.
const NAMED: usize = 5;
/// Reasons of the ranking beside a name.
const REASONS: usize = 2;

static TERMS: LazyLock<Terms> = LazyLock::new(Terms::default);

/// A participant that another is advised to meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Its place in the list of the others.
    pub other: usize,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// The words of a text, each as it is written and as it is compared.
fn words(text: &str) -> Vec<(&str, String)> {
    let written = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
    written.filter_map(|word| Some((word, TERMS.stems(word).into_iter().next()?))).collect()
}

/// The words of one text that another has too, as the first writes them, each once.
fn shared<'a>(text: &'a [(&'a str, String)], with: &BTreeSet<&str>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let common = text.iter().filter(|(_, stem)| with.contains(stem.as_str()) && seen.insert(stem.clone()));
    common.map(|(written, _)| *written).collect()
}

fn stems<'a>(text: &'a [(&'a str, String)]) -> BTreeSet<&'a str> {
    text.iter().map(|(_, stem)| stem.as_str()).collect()
}

/// Two lists in turns, each entry once: neither of two scales that cannot be compared goes before the other.
fn in_turns(first: &[usize], second: &[usize]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for at in 0..first.len().max(second.len()) {
        for one in [first.get(at), second.get(at)].into_iter().flatten() {
            if !found.contains(one) {
                found.push(*one);
            }
        }
    }
    found.truncate(MOST);
    found
}

/// Those who can be asked and fit best.
pub(super) async fn suggest(
    app: &App,
    me: &Participant,
    others: &[Other],
    language: Language,
) -> Result<Vec<Suggestion>, Error> {
    let (offers, seeks) = (words(&me.offers), words(&me.seeks));
    if offers.is_empty() && seeks.is_empty() {
        return Ok(Vec::new());
    }
    let open: Vec<usize> = (0..others.len()).filter(|at| others[*at].obstacle.is_none()).collect();
    let (offered, sought) = (stems(&offers), stems(&seeks));
    let mut by_words: Vec<(usize, Vec<String>, usize)> = Vec::new();
    for at in &open {
        let other = &others[*at].participant;
        let (theirs, wanted) = (words(&other.offers), words(&other.seeks));
        let (they_offer, they_seek) = (shared(&theirs, &sought), shared(&wanted, &offered));
        let count = they_offer.len() + they_seek.len();
        if count == 0 {
            continue;
        }
        let mut reasons = Vec::new();
        for (key, named) in [("meet-reason-offers", they_offer), ("meet-reason-seeks", they_seek)] {
            if !named.is_empty() {
                let named = named[..named.len().min(NAMED)].join(", ");
                reasons.push(app.texts.say(language, key, &[("words", FluentValue::from(named))]));
            }
        }
        by_words.push((*at, reasons, count));
    }
    by_words.sort_by_key(|(at, _, count)| (std::cmp::Reverse(*count), *at));

    let recorded: Vec<_> = open.iter().filter_map(|at| others[*at].participant.organisation).collect();
    let text = format!("{}\n{}", me.seeks, me.offers);
    // Where the ranking is not built yet, words alone speak: nobody waits for it here.
    let fits = match app.part::<Index>().current() {
        Some(built) if !recorded.is_empty() => {
            partnering::rank_among(app, &built, &text, &recorded, MOST, language).await?
        }
        _ => Vec::new(),
    };
    let of =
        |fit: &partnering::Fit| open.iter().copied().find(|at| others[*at].participant.organisation == Some(fit.id));
    let ranked: Vec<usize> = fits.iter().filter(|fit| !fit.reasons.is_empty()).filter_map(of).collect();
    let worded: Vec<usize> = by_words.iter().map(|(at, ..)| *at).collect();
    let suggestions = in_turns(&ranked, &worded).into_iter().map(|at| {
        let mut reasons =
            by_words.iter().find(|(other, ..)| *other == at).map_or_else(Vec::new, |(_, reasons, _)| reasons.clone());
        if let Some(fit) = fits.iter().find(|fit| others[at].participant.organisation == Some(fit.id)) {
            reasons.extend(fit.reasons.iter().take(REASONS).map(|reason| reason.text.clone()));
        }
        Suggestion { other: at, reasons }
    });
    Ok(suggestions.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_by_their_stems_and_shown_as_written() {
        let theirs = words("Imagerie médicale, capteurs pour les hôpitaux; Sensors");
        let mine = words("sensor, capteur, IMAGERIE, of the");
        let sought = stems(&mine);
        assert_eq!(shared(&theirs, &sought), ["Imagerie", "capteurs", "Sensors"]);
        assert!(
            words("of the and pour les").is_empty(),
            "stop words are no reason: {:?}",
            words("of the and pour les")
        );
    }

    #[test]
    fn two_lists_go_in_turns_and_nobody_comes_twice() {
        assert_eq!(in_turns(&[1, 2, 3], &[3, 4]), [1, 3, 2, 4]);
        assert_eq!(in_turns(&[], &[5]), [5]);
        assert_eq!(in_turns(&(0..20).collect::<Vec<_>>(), &[]).len(), MOST);
    }
}
