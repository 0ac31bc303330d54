//! Names of organisations by their words and short forms, to see which of them a text mentions.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::field::Rows;
use crate::corpus::Organisation;
use crate::identity::{normalise, telling_words};
use crate::text::fold;

/// A word that more organisations bear names none of them.
const COMMON: usize = 200;
/// A short form that more organisations bear names none of them.
const AMBIGUOUS: usize = 4;
/// Less of a name than this is no mention.
const LEAST: f32 = 0.3;
/// How often a mention in the text of a project is a member of it, before anything was seen.
const EXPECTED: f32 = 0.3;
/// How many mentions in past texts weigh as much as that expectation.
const PATIENCE: f32 = 2.0;

/// The words and the short form of every name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Names {
    words: Vec<String>,
    /// Words of each organisation.
    own: Rows,
    /// Short forms, each with the organisation that bears it.
    forms: Vec<(String, u32)>,
    /// What a mention of each organisation is worth, by what its mentions in past texts turned out to be.
    trust: Vec<f32>,
    #[serde(skip)]
    places: HashMap<String, u32>,
    /// Organisations of each word.
    #[serde(skip)]
    bearers: Rows,
    #[serde(skip)]
    rarity: Vec<f32>,
    #[serde(skip)]
    by_form: HashMap<String, Vec<u32>>,
}

impl Names {
    pub fn build(organisations: &[Organisation]) -> Self {
        let mut words = Vec::new();
        let mut places: HashMap<String, u32> = HashMap::new();
        let mut pairs = Vec::new();
        let mut forms = Vec::new();
        for (owner, organisation) in organisations.iter().enumerate() {
            let name = normalise(&organisation.name);
            let mut own = telling_words(&name);
            own.sort_unstable();
            own.dedup();
            for word in own {
                let place = *places.entry(word.to_owned()).or_insert_with(|| {
                    words.push(word.to_owned());
                    words.len() as u32 - 1
                });
                pairs.push((owner as u32, place));
            }
            let short = organisation.short_name.trim();
            // Two letters stand for anything, and a form of several words is a name.
            if (3..=14).contains(&short.chars().count()) && !short.contains(char::is_whitespace) {
                forms.push((fold(short), owner as u32));
            }
        }
        let own = Rows::gather(organisations.len(), &pairs);
        let mut names = Self { words, own, forms, trust: vec![1.0; organisations.len()], ..Self::default() };
        names.turn();
        names
    }

    fn turn(&mut self) {
        self.places = self.words.iter().enumerate().map(|(place, word)| (word.clone(), place as u32)).collect();
        let pairs: Vec<(u32, u32)> = (0..self.own.len())
            .flat_map(|owner| self.own.row(owner).iter().map(move |word| (*word, owner as u32)))
            .collect();
        self.bearers = Rows::gather(self.words.len(), &pairs);
        let all = 1.0 + self.own.len() as f32;
        self.rarity = (0..self.words.len())
            .map(|word| (all / (1.0 + self.bearers.row(word).len() as f32)).ln().max(0.01))
            .collect();
        self.by_form = HashMap::with_capacity(self.forms.len());
        for (form, owner) in &self.forms {
            self.by_form.entry(form.clone()).or_default().push(*owner);
        }
        self.by_form.retain(|_, bearers| bearers.len() <= AMBIGUOUS);
    }

    pub fn restore(&mut self, organisations: usize) -> bool {
        let sound = self.own.is_sound(organisations, self.words.len())
            && self.trust.len() == organisations
            && self.forms.iter().all(|(_, owner)| (*owner as usize) < organisations);
        if sound {
            self.turn();
        }
        sound
    }

    /// Looks at the mentions in past texts: what names an organisation there and is no member is rather a word of the
    /// field, `MRI` or `Horizon`, than a name. `took_part` says whether an organisation was in the project of a text.
    pub fn learn(
        &mut self,
        texts: &[String],
        surprise: impl Fn(&str) -> f32 + Sync,
        took_part: impl Fn(usize, u32) -> bool + Sync,
    ) {
        let seen: Vec<(u32, bool)> = texts
            .par_iter()
            .enumerate()
            .flat_map_iter(|(place, text)| {
                let mentioned = self.mentioned(text, &surprise);
                let took_part = &took_part;
                mentioned.into_iter().map(move |(owner, _)| (owner, took_part(place, owner)))
            })
            .collect();
        let mut counts = vec![(0_u32, 0_u32); self.own.len()];
        for (owner, member) in seen {
            let count = &mut counts[owner as usize];
            count.0 += 1;
            count.1 += u32::from(member);
        }
        self.trust = counts
            .into_iter()
            .map(|(all, members)| {
                ((members as f32 + PATIENCE * EXPECTED) / (all as f32 + PATIENCE) / EXPECTED).min(1.0)
            })
            .collect();
    }

    /// Organisations that a text names, and how surely, in (0, 1].
    ///
    /// `surprise` says how rare a word is in texts, from 0 to 1: `Energy` in a name is no mention, `Hydrogenics` is.
    pub fn mentioned(&self, text: &str, surprise: impl Fn(&str) -> f32) -> Vec<(u32, f32)> {
        let explained = abbreviations(text);
        // An abbreviation that the text itself explains otherwise is not the name of whoever bears the same letters.
        let means_another = |form: &str, owner: u32| {
            let own = || self.own.row(owner as usize).iter().map(|word| self.words[*word as usize].as_str());
            let mut meanings = explained.iter().filter(|(short, _)| short == form).peekable();
            meanings.peek().is_some()
                && !meanings.any(|(_, long)| own().any(|word| long.iter().any(|said| said == word)))
        };
        let mut said: Vec<u32> =
            capitalised(text, &[]).iter().filter_map(|word| self.places.get(word).copied()).collect();
        said.sort_unstable();
        said.dedup();
        let mut sums: HashMap<u32, (f32, f32)> = HashMap::new();
        for word in said {
            let bearers = self.bearers.row(word as usize);
            let strange = surprise(&self.words[word as usize]);
            // A name may hold a common word beside a telling one, but it takes a telling one to begin with.
            if bearers.len() <= COMMON {
                for owner in bearers.iter().filter(|owner| !means_another(&self.words[word as usize], **owner)) {
                    let sum = sums.entry(*owner).or_default();
                    sum.0 += self.rarity[word as usize];
                    sum.1 += strange;
                }
            }
        }
        let mut mentioned: HashMap<u32, f32> = sums
            .into_iter()
            .filter_map(|(owner, (covered, strange))| {
                let whole: f32 = self.own.row(owner as usize).iter().map(|word| self.rarity[*word as usize]).sum();
                let coverage = (covered / whole.max(f32::MIN_POSITIVE)).min(1.0);
                let sure = coverage * strange.min(1.0);
                (coverage >= LEAST && strange >= 0.5).then_some((owner, sure * sure))
            })
            .collect();
        for form in capitalised(text, &['-', '&']) {
            let Some(bearers) = self.by_form.get(&form) else { continue };
            let strange = surprise(&form).min(1.0);
            if strange < 0.5 {
                continue;
            }
            for owner in bearers.iter().filter(|owner| !means_another(&form, **owner)) {
                let sure = mentioned.entry(*owner).or_default();
                *sure = sure.max(strange * strange / bearers.len() as f32);
            }
        }
        let mut mentioned: Vec<(u32, f32)> =
            mentioned.into_iter().map(|(owner, sure)| (owner, sure * self.trust[owner as usize])).collect();
        mentioned.sort_unstable_by_key(|(owner, _)| *owner);
        mentioned
    }
}

/// The abbreviations that a text explains, `antimicrobial resistance (AMR)`: the short form and the words of the long one,
/// folded.
///
/// The letters of the short form are looked for from its end among the words before the bracket, the first at the
/// beginning of a word (Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical
/// text, PSB 2003).
fn abbreviations(text: &str) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (open, _) in text.match_indices('(') {
        let Some(length) = text[open..].find(')') else { break };
        let short = text[open + 1..open + length].trim();
        let letters: Vec<char> = fold(short).chars().filter(|c| c.is_alphanumeric()).collect();
        let written_like_one = short.chars().any(char::is_uppercase) && !short.contains(char::is_whitespace);
        if !(2..=10).contains(&letters.len()) || !written_like_one {
            continue;
        }
        let sentence = text[..open].rsplit(['.', ';', ')', '\n']).next().unwrap_or("");
        let folded = fold(sentence);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let near = &words[words.len().saturating_sub((letters.len() + 5).min(letters.len() * 2))..];
        if let Some(start) = explains(&letters, near) {
            let long = near[start..].iter().map(|word| (*word).to_owned()).collect();
            found.push((fold(short), long));
        }
    }
    found
}

/// The place of the word with which the explanation of an abbreviation begins, where the words explain it.
fn explains(letters: &[char], words: &[&str]) -> Option<usize> {
    let mut left = letters.len();
    for (place, word) in words.iter().enumerate().rev() {
        let signs: Vec<char> = word.chars().collect();
        for at in (0..signs.len()).rev() {
            let wanted = letters[left - 1];
            // The first letter must begin a word, so that the explanation begins where it does.
            if signs[at] == wanted && (left > 1 || at == 0) {
                left -= 1;
                if left == 0 {
                    return Some(place);
                }
            }
        }
    }
    None
}

/// Folded words that are written like names: with a capital inside a sentence, or all in capitals.
///
/// `inside` are signs that may stand within a word.
pub(crate) fn capitalised(text: &str, inside: &[char]) -> Vec<String> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    if capitals * 2 > letters {
        // A text in capitals tells nothing apart.
        return Vec::new();
    }
    let mut words = Vec::new();
    let mut begins = true;
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        begins |= rest[..start].contains(['.', '!', '?', ':', '\n']);
        let ends = |c: char| !c.is_alphanumeric() && !inside.contains(&c);
        let end = rest[start..].find(ends).map_or(rest.len(), |end| start + end);
        let word = rest[start..end].trim_end_matches(inside);
        let shouted = word.chars().all(|c| !c.is_lowercase());
        if word.chars().nth(2).is_some() && word.starts_with(char::is_uppercase) && (shouted || !begins) {
            words.push(fold(word));
        }
        begins = false;
        rest = &rest[end..];
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{Names, abbreviations, capitalised};
    use crate::corpus::Organisation;

    #[test]
    fn names_are_words_with_a_capital_inside_a_sentence() {
        let found =
            capitalised("Our partner Hydrogenics builds it. With CEA and Énergie Nord, new plants follow.", &[]);
        assert_eq!(found, ["hydrogenics", "cea", "energie", "nord"]);
        assert!(capitalised("ALL IN CAPITALS", &[]).is_empty());
        assert_eq!(capitalised("by CEA-Leti and MRI- and CT-scans", &['-', '&']), ["cea-leti", "mri", "ct-scans"]);
    }

    #[test]
    fn an_abbreviation_that_the_text_explains_names_nobody_else() {
        let body = |name: &str, short: &str| Organisation {
            name: name.into(),
            short_name: short.into(),
            ..Organisation::default()
        };
        let names = Names::build(&[
            body("Amer Sports Oyj", "AMR"),
            body("Commissariat à l'énergie atomique et aux énergies alternatives", "CEA"),
        ]);
        let named =
            |text: &str| names.mentioned(text, |_| 1.0).into_iter().map(|(owner, _)| owner).collect::<Vec<u32>>();
        assert_eq!(named("The rise of antimicrobial resistance (AMR) is a threat, and AMR kills."), [0_u32; 0]);
        assert_eq!(named("The gear of AMR is tested."), [0]);
        assert_eq!(named("The Commissariat à l’Énergie Atomique (CEA) leads; CEA builds."), [1]);
        assert_eq!(named("A cost-effectiveness analysis (CEA) follows."), [0_u32; 0]);
    }

    #[test]
    fn explanations_of_abbreviations_are_found() {
        let found = abbreviations("We use magnetic resonance imaging (MRI), heat (2024) and the partner (see VTT).");
        let long = ["magnetic", "resonance", "imaging"].map(str::to_owned).to_vec();
        assert_eq!(found, [("mri".to_owned(), long)]);
        assert_eq!(abbreviations("carbapenem-resistant Enterobacterales (CRE)").len(), 1);
        assert!(abbreviations("nothing (XYZ) and (").is_empty());
    }

    #[test]
    fn a_short_form_names_its_bearer_until_past_texts_show_that_it_is_a_word() {
        let body = |short: &str| Organisation { short_name: short.into(), ..Organisation::default() };
        let mut names = Names::build(&[body("VTT"), body("MRI")]);
        let asked = "We scan with VTT and with MRI.";
        assert_eq!(names.mentioned(asked, |_| 1.0), [(0, 1.0), (1, 1.0)]);
        let past: Vec<String> = (0..20).map(|_| asked.to_owned()).collect();
        names.learn(&past, |_| 1.0, |_, owner| owner == 0);
        let found = names.mentioned(asked, |_| 1.0);
        assert_eq!(found[0], (0, 1.0));
        assert!(found[1].1 < 0.1, "{found:?}");
    }
}
