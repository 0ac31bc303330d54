//! The countries that a text speaks of: by name, people, language or capital, in English and French.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::index::names::capitalised;
use crate::text::fold;

/// Country, words written with a capital letter, and French adjectives (masculine singular), which are not.
const WORDS: &[(&str, &str, &str)] = &[
    ("AT", "austria austrian autriche vienna vienne", "autrichien"),
    ("AU", "australia australian australie", "australien"),
    ("BE", "belgium belgian belgique flanders flemish flandre wallonia wallonie", "belge flamand"),
    ("BG", "bulgaria bulgarian bulgarie sofia", "bulgare"),
    ("BR", "brazil brazilian bresil", "bresilien"),
    ("CA", "canada canadian", "canadien"),
    ("CH", "switzerland swiss suisse zurich", "suisse"),
    ("CN", "china chinese chine beijing", "chinois"),
    ("CY", "cyprus cypriot chypre nicosia", "chypriote"),
    ("CZ", "czech czechia tchequie tcheque prague", "tcheque"),
    ("DE", "germany german allemagne berlin", "allemand"),
    ("DK", "denmark danish danemark copenhagen copenhague", "danois"),
    ("EE", "estonia estonian estonie tallinn", "estonien"),
    ("ES", "spain spanish espagne madrid barcelona barcelone", "espagnol catalan"),
    ("FI", "finland finnish finlande helsinki", "finlandais"),
    ("FR", "france french", "francais"),
    (
        "GB",
        "uk britain british england english scotland scottish wales welsh angleterre ecosse london londres",
        "britannique anglais ecossais",
    ),
    ("GR", "greece greek grece athens athenes", "grec"),
    ("HR", "croatia croatian croatie zagreb", "croate"),
    ("HU", "hungary hungarian hongrie budapest", "hongrois"),
    ("IE", "ireland irish irlande dublin", "irlandais"),
    ("IL", "israel israeli", "israelien"),
    ("IN", "india indian inde", "indien"),
    ("IS", "iceland icelandic islande reykjavik", "islandais"),
    ("IT", "italy italian italie milan", "italien"),
    ("JP", "japan japanese japon tokyo", "japonais"),
    ("KR", "korea korean coree seoul", "coreen"),
    ("LT", "lithuania lithuanian lituanie vilnius", "lituanien"),
    ("LU", "luxembourg", "luxembourgeois"),
    ("LV", "latvia latvian lettonie riga", "letton"),
    ("MT", "malta maltese malte", "maltais"),
    ("NL", "netherlands dutch holland hollande amsterdam rotterdam", "neerlandais hollandais"),
    ("NO", "norway norwegian norvege oslo", "norvegien"),
    ("PL", "poland polish pologne warsaw varsovie", "polonais"),
    ("PT", "portugal portuguese lisbon lisbonne", "portugais"),
    ("RO", "romania romanian roumanie bucharest bucarest", "roumain"),
    ("RS", "serbia serbian serbie belgrade", "serbe"),
    ("RU", "russia russian russie moscow moscou", "russe"),
    ("SE", "sweden swedish suede stockholm", "suedois"),
    ("SI", "slovenia slovenian slovenie ljubljana", "slovene"),
    ("SK", "slovakia slovak slovaquie bratislava", "slovaque"),
    ("TR", "turkey turkish turkiye turquie istanbul ankara", "turc"),
    ("UA", "ukraine ukrainian kyiv", "ukrainien"),
    ("US", "usa american", "americain"),
    ("ZA", "johannesburg pretoria", "sud-africain"),
];

static CAPITALISED: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    WORDS.iter().flat_map(|(code, words, _)| words.split(' ').map(move |word| (word, *code))).collect()
});

static FRENCH: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (code, _, adjectives) in WORDS {
        for adjective in adjectives.split(' ') {
            for ending in ["", "s", "e", "es", "ne", "nes", "que", "ques"] {
                words.insert(format!("{adjective}{ending}"), *code);
            }
        }
    }
    words
});

/// Two-letter codes of the countries that a text speaks of, in order.
pub(crate) fn mentioned(text: &str, french: bool) -> Vec<&'static str> {
    let mut found: Vec<&str> =
        capitalised(text, &[]).iter().filter_map(|word| CAPITALISED.get(word.as_str()).copied()).collect();
    // Too short for a name elsewhere.
    if text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "UK") {
        found.push("GB");
    }
    if french {
        let folded = fold(text);
        let words = folded.split(|c: char| !c.is_alphanumeric() && c != '-');
        found.extend(words.filter_map(|word| FRENCH.get(word).copied()));
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::mentioned;

    #[test]
    fn countries_are_found_by_name_people_and_capital() {
        assert_eq!(
            mentioned("Pilots in Spain, the UK and with Dutch growers near Warsaw", false),
            ["ES", "GB", "NL", "PL"]
        );
        assert_eq!(mentioned("A cohorte en Norvège avec des hôpitaux italiens et tchèques", true), ["CZ", "IT", "NO"]);
    }

    #[test]
    fn ordinary_words_are_no_countries() {
        assert!(mentioned("We polish the lens and raise a turkey in swedes", false).is_empty());
        assert!(mentioned("Projets de recherche sur les puces à ADN", true).is_empty());
    }
}
