//! Names as people read them. Registers write many in capitals; the fact stays as the register has it, the page shows
//! `Institut National de la Recherche Agronomique`.

/// Words that stay small inside a name, of the languages most names are in.
const SMALL: &[&str] = &[
    "a", "al", "am", "and", "at", "au", "aux", "bij", "by", "d", "da", "de", "degli", "dei", "del", "dell", "della",
    "delle", "dello", "der", "des", "di", "do", "dos", "du", "e", "el", "en", "et", "for", "fuer", "für", "het", "i",
    "im", "in", "kai", "l", "la", "las", "le", "les", "los", "na", "of", "on", "para", "per", "por", "pour", "sur",
    "the", "to", "und", "van", "voor", "von", "y", "za", "zu", "zum", "zur",
];

/// Short words that are words; other words of up to three letters are taken for acronyms.
const WORDS: &[&str] = &[
    "air", "art", "bay", "bio", "car", "eau", "eco", "est", "gas", "ile", "law", "mer", "new", "non", "oil", "old",
    "ost", "pan", "pro", "sea", "sol", "sud", "sun", "uni", "vie",
];

/// Legal forms whose spelling is not that of a word.
const FORMS: &[(&str, &str)] = &[
    ("gmbh", "GmbH"),
    ("ggmbh", "gGmbH"),
    ("mbh", "mbH"),
    ("ltd", "Ltd"),
    ("inc", "Inc"),
    ("co", "Co"),
    ("corp", "Corp"),
];

/// Pairs of consonants that a word may begin with; other pairs begin acronyms (`CSEM`, `CNRS`).
const BEGINNINGS: &[&str] = &[
    "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gn", "gr", "kl", "kn", "kr", "ph", "pl", "pr", "ps", "rh",
    "sc", "sh", "sk", "sl", "sm", "sn", "sp", "st", "sv", "sw", "th", "tr", "tw", "vl", "vr", "wh", "wr", "zw",
];

/// The name in small letters where a register wrote all of it in capitals; as it is where it has small letters or is one
/// word, which may well be an acronym or a brand.
pub fn readable(name: &str) -> String {
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    if name.chars().any(char::is_lowercase) || name.split_whitespace().filter(is_word).count() < 2 {
        return name.to_owned();
    }
    let mut shown = String::with_capacity(name.len());
    let mut word = String::new();
    for character in name.chars().chain(std::iter::once(' ')) {
        if character.is_alphanumeric() {
            word.push(character);
            continue;
        }
        if !word.is_empty() {
            let after = shown.chars().last();
            let dotted = character == '.' && word.chars().count() == 1;
            shown.push_str(&cased(&word, after, dotted));
            word.clear();
        }
        shown.push(character);
    }
    shown.pop();
    shown
}

/// One word; `after` is the character before it, `dotted` says that it is a letter of an abbreviation.
fn cased(word: &str, after: Option<char>, dotted: bool) -> String {
    let small = word.to_lowercase();
    let apostrophe = matches!(after, Some('\'' | '’'));
    if dotted || word.chars().any(|c| c.is_ascii_digit()) {
        return word.to_owned();
    }
    if apostrophe && small == "s" {
        return small;
    }
    // Never the first word of a name, nor of a part in brackets or behind a dash.
    if matches!(after, Some(' ' | '\'' | '’')) && SMALL.contains(&small.as_str()) {
        return small;
    }
    if let Some((_, spelt)) = FORMS.iter().find(|(form, _)| *form == small) {
        return (*spelt).to_owned();
    }
    if is_acronym(&small) {
        return word.to_owned();
    }
    let mut letters = small.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn is_acronym(word: &str) -> bool {
    let letters: Vec<char> = ranking::text::fold(word).chars().collect();
    if WORDS.contains(&word) || SMALL.contains(&word) {
        return false;
    }
    let is_roman = word.chars().all(|c| "ivx".contains(c));
    let vowel = |letter: &char| "aeiouy".contains(*letter);
    let begins_like_none = letters.len() > 1
        && !vowel(&letters[0])
        && !vowel(&letters[1])
        && !BEGINNINGS.contains(&letters[..2].iter().collect::<String>().as_str());
    is_roman || letters.len() <= 3 || !letters.iter().any(vowel) || (letters.len() <= 5 && begins_like_none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_capitals_are_read_in_small_letters() {
        for (registered, read) in [
            ("INSTITUT NATIONAL DE LA RECHERCHE AGRONOMIQUE", "Institut National de la Recherche Agronomique"),
            ("THE UNIVERSITY OF EDINBURGH", "The University of Edinburgh"),
            ("THE QUEEN'S UNIVERSITY OF BELFAST", "The Queen's University of Belfast"),
            ("LUDWIG-MAXIMILIANS-UNIVERSITAET MUENCHEN", "Ludwig-Maximilians-Universitaet Muenchen"),
            ("AIT AUSTRIAN INSTITUTE OF TECHNOLOGY GMBH", "AIT Austrian Institute of Technology GmbH"),
            (
                "CSEM CENTRE SUISSE D'ELECTRONIQUE ET DE MICROTECHNIQUE SA - RECHERCHE ET DEVELOPPEMENT",
                "CSEM Centre Suisse d'Electronique et de Microtechnique SA - Recherche et Developpement",
            ),
            ("ÉCOLE SUPÉRIEURE DE PHYSIQUE", "École Supérieure de Physique"),
            ("UNIVERSITE PARIS XII", "Universite Paris XII"),
            ("UNIVERSITAET BERN", "Universitaet Bern"),
            ("EXPERTISE FRANCE - C.I.R.A.D. EPIC", "Expertise France - C.I.R.A.D. Epic"),
            ("4C BIO (THE NETHERLANDS)", "4C Bio (The Netherlands)"),
        ] {
            assert_eq!(readable(registered), read);
        }
    }

    #[test]
    fn names_that_are_written_as_names_stay_as_they_are() {
        for name in ["Institut Pasteur", "CEA", "OWKIN", "bioMérieux SA", "SINTEF AS", "INRAE", "", "PIC 999"] {
            let read = readable(name);
            assert!(read == name || name == "SINTEF AS", "{name} is shown as {read}");
        }
        assert_eq!(readable("SINTEF AS"), "Sintef AS");
    }

    proptest::proptest! {
        #[test]
        fn only_the_case_of_letters_changes(name in "\\PC*") {
            let spelt = |text: &str| text.to_lowercase().to_uppercase();
            proptest::prop_assert_eq!(spelt(&readable(&name)), spelt(&name));
        }
    }
}
