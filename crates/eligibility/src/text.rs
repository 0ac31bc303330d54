//! A sentence in both languages, and the small grammar that sentences need.

use serde::{Deserialize, Serialize};

/// One text in English and in French.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
}

impl Text {
    /// A text from both languages.
    pub fn new(en: impl Into<String>, fr: impl Into<String>) -> Self {
        Self { en: en.into(), fr: fr.into() }
    }

    /// The same characters in both languages, for names and codes.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { en: text.clone(), fr: text }
    }

    /// The same with the apostrophes and, in French, the no-break spaces that typography wants.
    pub fn typeset(mut self) -> Self {
        for (signs, space) in [(";:?!»", '\u{202f}'), ("%€", '\u{a0}')] {
            for sign in signs.chars() {
                self.fr = self.fr.replace(&format!(" {sign}"), &format!("{space}{sign}"));
            }
        }
        self.fr = self.fr.replace("« ", "«\u{202f}");
        Self { en: curled(&self.en), fr: curled(&self.fr) }
    }

    /// This sentence followed by another one.
    pub fn then(mut self, next: &Self) -> Self {
        for (text, more) in [(&mut self.en, &next.en), (&mut self.fr, &next.fr)] {
            if !more.is_empty() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(more);
            }
        }
        self
    }
}

/// Reads a citation: one text where it reads the same in both languages, else one each.
pub(crate) fn citation<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Citation {
        Same(String),
        Each(Text),
    }
    Ok(match Citation::deserialize(deserializer)? {
        Citation::Same(text) => Text::same(text),
        Citation::Each(text) => text,
    }
    .typeset())
}

/// A text with typographic apostrophes: those that follow a letter.
fn curled(text: &str) -> String {
    let mut before = ' ';
    let curl = |letter: char| {
        let apostrophe = letter == '\'' && before.is_alphanumeric();
        before = letter;
        if apostrophe { '’' } else { letter }
    };
    text.chars().map(curl).collect()
}

/// A thing that is counted, in both languages and both numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noun {
    /// One of them: `SME`, `PME`.
    pub one: Text,
    /// Several of them: `SMEs`, `PME`.
    pub many: Text,
}

impl Noun {
    /// The number followed by the noun in the right number: `1 SME`, `2 PME`.
    pub fn counted(&self, count: usize) -> Text {
        Text::new(format!("{count} {}", self.en(count)), format!("{count} {}", self.fr(count)))
    }

    fn en(&self, count: usize) -> &str {
        if count == 1 { &self.one.en } else { &self.many.en }
    }

    /// In French zero and one are singular.
    fn fr(&self, count: usize) -> &str {
        if count < 2 { &self.one.fr } else { &self.many.fr }
    }

    /// «The consortium has ...», with a sentence that reads well for none.
    pub fn consortium_has(&self, count: usize) -> Text {
        if count == 0 {
            Text::new(
                format!("The consortium has no {}", self.one.en),
                format!("Le consortium ne compte pas {}", de(&self.one.fr)),
            )
        } else {
            let counted = self.counted(count);
            Text::new(format!("The consortium has {}", counted.en), format!("Le consortium compte {}", counted.fr))
        }
    }
}

/// French «de» with its elision: `de PME`, `d'organisme`.
pub fn de(noun: &str) -> String {
    let vowel = noun.chars().next().is_some_and(|first| "aeiouyhàâéèêëîïôöûüAEIOUHÀÂÉÈÊËÎÏÔÖÛ".contains(first));
    // Initials that are spelt, such as ETI, elide as their first letter's name does.
    if vowel { format!("d'{noun}") } else { format!("de {noun}") }
}

/// A list as a sentence writes it: `a, b and c`.
pub fn listed(items: &[Text]) -> Text {
    let join = |items: Vec<&str>, and: &str| match items.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).into(),
        Some((last, rest)) => format!("{} {and} {last}", rest.join(", ")),
    };
    Text::new(
        join(items.iter().map(|item| item.en.as_str()).collect(), "and"),
        join(items.iter().map(|item| item.fr.as_str()).collect(), "et"),
    )
}

/// A list of names, the same in both languages, cut after the first few.
pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Text {
    const SHOWN: usize = 6;
    let all: Vec<&str> = names.into_iter().collect();
    let mut items: Vec<Text> = all.iter().take(SHOWN).map(|name| Text::same(*name)).collect();
    if all.len() > SHOWN {
        let more = all.len() - SHOWN;
        items.push(Text::new(
            format!("{more} {}", if more == 1 { "other" } else { "others" }),
            format!("{more} {}", if more == 1 { "autre" } else { "autres" }),
        ));
    }
    listed(&items)
}

/// Letters and digits only, in lower case and without French accents, so that `EIC Accelerator` and `eic-accelerator` are one word.
pub fn folded(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            other => other,
        })
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}
