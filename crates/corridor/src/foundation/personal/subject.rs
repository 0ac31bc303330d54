//! Whose data it is: a person by their account, by their address, or by both.

use uuid::Uuid;

/// A person about whom something may be held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    person: Option<Uuid>,
    address: Option<String>,
    name: Option<String>,
}

/// A text is no address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an e-mail address: write it as name@example.org")]
pub struct NotAnAddress;

/// An address as it is compared everywhere: without blanks around it, in small letters.
fn normalised(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let plain = text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    (plain && !text.chars().any(char::is_whitespace)).then_some(text)
}

impl Subject {
    /// Somebody who has an account.
    pub fn person(id: Uuid) -> Self {
        Subject { person: Some(id), ..Default::default() }
    }

    /// Somebody who is known by an address only.
    ///
    /// # Errors
    /// When the text is no address.
    pub fn address(text: &str) -> Result<Self, NotAnAddress> {
        Ok(Subject { address: Some(normalised(text).ok_or(NotAnAddress)?), ..Default::default() })
    }

    /// The same person, whose account is known too.
    pub fn with_person(self, id: Option<Uuid>) -> Self {
        Subject { person: id.or(self.person), ..self }
    }

    /// The same person, whose address is known too; a text that is none changes nothing.
    pub fn with_address(self, text: Option<&str>) -> Self {
        Subject { address: text.and_then(normalised).or(self.address), ..self }
    }

    /// The same person, whose name is known too: by it they are found where others wrote of them.
    pub fn with_name(self, name: Option<&str>) -> Self {
        let name = name.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        Subject { name: name.or(self.name), ..self }
    }

    /// The account.
    pub fn person_id(&self) -> Option<Uuid> {
        self.person
    }

    /// The address.
    pub fn email(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether a text names the person: by the id of the account, the address, or the name as whole words.
    pub fn is_named_in(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        let id = self.person.map(|id| id.to_string());
        self.marks().chain(id.as_deref()).any(|mark| !places(&letters, mark).is_empty())
    }

    /// The text with `instead` wherever it names the person by address or name.
    pub fn unnamed(&self, text: &str, instead: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        // What is taken out may show a mark that something before it hid: until nothing is found any more.
        loop {
            let found: Vec<(usize, usize)> = self.marks().flat_map(|mark| places(&letters, mark)).take(1).collect();
            let Some(&(from, to)) = found.first() else { return letters.into_iter().collect() };
            letters.splice(from..to, instead.chars());
        }
    }

    fn marks(&self) -> impl Iterator<Item = &str> {
        [self.address.as_deref(), self.name.as_deref()].into_iter().flatten()
    }

    /// The patterns for `LIKE` by which a database finds texts that may name the person; they are looked at again with
    /// [`Subject::is_named_in`]. What the person lacks becomes a pattern that finds nothing.
    pub fn patterns(&self) -> [String; 3] {
        // What the two engines lower, escape or read as a wildcard differently may be anything: that finds more, never less.
        let pattern = |mark: Option<String>| match mark {
            Some(mark) => {
                let plain = |c: char| c.is_ascii_alphanumeric() || " @.-".contains(c);
                let kept: String = mark.chars().map(|c| if plain(c) { c.to_ascii_lowercase() } else { '%' }).collect();
                format!("%{kept}%")
            }
            None => "\u{0001}".to_owned(),
        };
        [pattern(self.person.map(|id| id.to_string())), pattern(self.address.clone()), pattern(self.name.clone())]
    }
}

/// Where the mark stands by itself, whatever its capitals: «Ada» is not found in «Adana», nor an address in a longer one.
fn places(letters: &[char], mark: &str) -> Vec<(usize, usize)> {
    let wanted: Vec<char> = mark.to_lowercase().chars().collect();
    let of_addresses = |c: char| mark.contains('@') && "._-+@".contains(c);
    let goes_on = |at: usize, step: isize| {
        let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).copied();
        match letter(Some(at)) {
            Some(c) if c.is_alphanumeric() => true,
            // A full stop that ends a sentence is no part of an address.
            Some(c) => of_addresses(c) && letter(at.checked_add_signed(step)).is_some_and(char::is_alphanumeric),
            None => false,
        }
    };
    let mut found = Vec::new();
    for from in 0..letters.len() {
        let (mut to, mut seen) = (from, Vec::with_capacity(wanted.len()));
        while to < letters.len() && seen.len() < wanted.len() {
            seen.extend(letters[to].to_lowercase());
            to += 1;
        }
        let begins = from.checked_sub(1).is_none_or(|before| !goes_on(before, -1));
        if !wanted.is_empty() && seen == wanted && begins && !goes_on(to, 1) {
            found.push((from, to));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> Subject {
        Subject::address(" Ada.L@Institute.example").unwrap().with_name(Some("Ada Example"))
    }

    #[test]
    fn addresses_are_written_in_one_way() {
        assert_eq!(ada().email(), Some("ada.l@institute.example"));
        for wrong in ["", "ada", "@institute.example", "ada@institute", "a da@institute.example"] {
            assert_eq!(Subject::address(wrong), Err(NotAnAddress), "{wrong}");
        }
    }

    #[test]
    fn texts_that_name_the_person_are_told_from_those_that_do_not() {
        let ada = ada().with_person(Some(Uuid::from_u128(7)));
        for text in [
            "Ada Example",
            "written by ADA EXAMPLE.",
            "{\"email\":\"ada.l@institute.example\"}",
            "to ada.l@institute.example.",
            "person 00000000-0000-0000-0000-000000000007",
        ] {
            assert!(ada.is_named_in(text), "{text}");
        }
        for text in ["Adana Example", "Ada Examples", "xada.l@institute.example", "ada.l@institute.example.org", ""] {
            assert!(!ada.is_named_in(text), "{text}");
        }
    }

    #[test]
    fn names_are_taken_out_of_texts() {
        let said = "Ada Example <ada.l@institute.example> invites you. ADA EXAMPLE! Not Adam Example.";
        assert_eq!(ada().unnamed(said, "…"), "… <…> invites you. …! Not Adam Example.");
    }

    proptest::proptest! {
        #[test]
        fn nothing_names_the_person_once_their_name_is_out(text in "(Ada Example|ada\\.l@institute\\.example|[ a-zA-Zİß@.<>])*") {
            let out = ada().unnamed(&text, "…");
            proptest::prop_assert!(!ada().is_named_in(&out), "{out}");
        }
    }
}
