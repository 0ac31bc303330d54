//! Identifiers of organisations, validated by their check digits where they have any.
//!
//! A value of one of these types has passed its check; each is kept and compared in its plain spelling (no spaces,
//! upper-case country, a ROR as its nine characters).

use std::{fmt, str::FromStr};

/// Why a text is no identifier; every message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Wrong length or characters.
    #[error("`{value}` is no {scheme}: {expected}")]
    Shape {
        /// The scheme, as people call it.
        scheme: &'static str,
        /// What was given, cut short.
        value: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// The check digits do not agree with the rest.
    #[error("`{value}` is no {scheme}: its check digits do not match, so a character was probably mistyped")]
    CheckDigits {
        /// The scheme, as people call it.
        scheme: &'static str,
        /// What was given, cut short.
        value: String,
    },
    /// No check is known for the country.
    #[error(
        "`{0}` does not begin with a country of which Corridor knows how VAT numbers look: write for instance FR12345678901, or leave it empty"
    )]
    Country(String),
}

fn short(value: &str) -> String {
    value.chars().take(40).collect()
}

fn plain(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\u{200b}'..='\u{200f}')).collect()
}

fn digits(value: &str, length: usize) -> bool {
    value.len() == length && value.bytes().all(|byte| byte.is_ascii_digit())
}

fn sum_of_digits(value: &str) -> u32 {
    value.bytes().map(|byte| u32::from(byte.wrapping_sub(b'0'))).sum()
}

/// The Luhn checksum: every second digit from the right is doubled.
fn luhn(value: &str) -> bool {
    let sum: u32 = value
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            match (place % 2, digit * 2) {
                (0, _) => digit,
                (_, doubled) if doubled > 9 => doubled - 9,
                (_, doubled) => doubled,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident, $scheme:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The word for it in the database and in addresses.
            pub const SCHEME: &'static str = $scheme;

            /// The plain spelling.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

identifier!(
    /// The participant identification code of the EU Funding & Tenders Portal: nine digits, no check digit.
    Pic,
    "pic"
);
identifier!(
    /// An identifier of the Research Organization Registry: nine characters, the last two check the others.
    Ror,
    "ror"
);
identifier!(
    /// The number of a legal unit in the French register: nine digits, checked by Luhn.
    Siren,
    "siren"
);
identifier!(
    /// The number of an establishment in the French register: a SIREN and five digits.
    Siret,
    "siret"
);
identifier!(
    /// A VAT number with its country, checked as far as the country's rule is public.
    Vat,
    "vat"
);

impl FromStr for Pic {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let value = plain(text);
        if digits(&value, 9) && value != "000000000" {
            return Ok(Pic(value));
        }
        Err(IdentifierError::Shape { scheme: "PIC", value: short(text), expected: "a PIC has nine digits" })
    }
}

/// Crockford's base 32, in which ROR is written.
const ROR_ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl FromStr for Ror {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let lower = text.trim().to_ascii_lowercase();
        let value = lower.trim_start_matches("https://").trim_start_matches("http://");
        let value = value.strip_prefix("ror.org/").unwrap_or(value).trim_end_matches('/');
        let shape = || IdentifierError::Shape {
            scheme: "ROR",
            value: short(text),
            expected: "a ROR is 0, six of 0-9 and a-z without i, l, o, u, and two digits, as in 02feahw73",
        };
        if value.len() != 9 || !value.is_ascii() || !value.starts_with('0') || !digits(&value[7..], 2) {
            return Err(shape());
        }
        let mut number: u64 = 0;
        for byte in value[..7].bytes() {
            let place = ROR_ALPHABET.iter().position(|letter| *letter == byte).ok_or_else(shape)?;
            number = number * 32 + place as u64;
        }
        let check: u64 = value[7..].parse().map_err(|_| shape())?;
        // ISO 7064 MOD 97-10.
        if check != 98 - (number * 100) % 97 {
            return Err(IdentifierError::CheckDigits { scheme: "ROR", value: short(text) });
        }
        Ok(Ror(value.to_owned()))
    }
}

impl Ror {
    /// The address of the record.
    pub fn url(&self) -> String {
        format!("https://ror.org/{}", self.0)
    }
}

impl FromStr for Siren {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let value = plain(text);
        if !digits(&value, 9) {
            return Err(IdentifierError::Shape {
                scheme: "SIREN",
                value: short(text),
                expected: "a SIREN has nine digits",
            });
        }
        if !luhn(&value) || value == "000000000" {
            return Err(IdentifierError::CheckDigits { scheme: "SIREN", value: short(text) });
        }
        Ok(Siren(value))
    }
}

/// The postal service numbers its offices outside of Luhn: there the sum of all digits is a multiple of five.
const LA_POSTE: &str = "356000000";

impl FromStr for Siret {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let value = plain(text);
        if !digits(&value, 14) {
            return Err(IdentifierError::Shape {
                scheme: "SIRET",
                value: short(text),
                expected: "a SIRET has fourteen digits: the SIREN and five more",
            });
        }
        let office = value.starts_with(LA_POSTE) && sum_of_digits(&value).is_multiple_of(5);
        if value[..9].parse::<Siren>().is_err() || !(luhn(&value) || office) {
            return Err(IdentifierError::CheckDigits { scheme: "SIRET", value: short(text) });
        }
        Ok(Siret(value))
    }
}

impl Siret {
    /// The legal unit that the establishment belongs to.
    pub fn siren(&self) -> Siren {
        Siren(self.0[..9].to_owned())
    }
}

/// What follows the country: the least and greatest length, and whether letters may stand in it.
fn vat_shape(country: &str) -> Option<(usize, usize, bool)> {
    Some(match country {
        "AT" => (9, 9, true),
        "BE" => (10, 10, false),
        "BG" => (9, 10, false),
        "CY" => (9, 9, true),
        "CZ" => (8, 10, false),
        "DE" => (9, 9, false),
        "DK" => (8, 8, false),
        "EE" => (9, 9, false),
        "EL" => (9, 9, false),
        "ES" => (9, 9, true),
        "FI" => (8, 8, false),
        "FR" => (11, 11, true),
        "GB" | "XI" => (5, 12, true),
        "HR" => (11, 11, false),
        "HU" => (8, 8, false),
        "IE" => (8, 9, true),
        "IT" => (11, 11, false),
        "LT" => (9, 12, false),
        "LU" => (8, 8, false),
        "LV" => (11, 11, false),
        "MT" => (8, 8, false),
        "NL" => (12, 12, true),
        "NO" => (9, 12, true),
        "PL" => (10, 10, false),
        "PT" => (9, 9, false),
        "RO" => (2, 10, false),
        "SE" => (12, 12, false),
        "SI" => (8, 8, false),
        "SK" => (10, 10, false),
        _ => return None,
    })
}

/// The key of a French VAT number: it is worked out from the SIREN.
pub fn french_vat_key(siren: &Siren) -> u32 {
    let number: u64 = siren.0.parse().unwrap_or(0);
    ((12 + 3 * (number % 97)) % 97) as u32
}

/// ISO 7064 MOD 11-10, by which Germany and Croatia check.
fn mod_11_10(value: &str) -> bool {
    let mut product = 10;
    let Some((check, body)) = value.as_bytes().split_last() else { return false };
    for byte in body {
        let sum = (u32::from(byte.wrapping_sub(b'0')) + product) % 10;
        product = (2 * if sum == 0 { 10 } else { sum }) % 11;
    }
    (11 - product) % 10 == u32::from(check.wrapping_sub(b'0'))
}

fn vat_checks(country: &str, body: &str) -> bool {
    match country {
        // Keys with letters are given to units outside of France and follow no public rule.
        "FR" => match (body[..2].parse::<u32>(), body[2..].parse::<Siren>()) {
            (Ok(key), Ok(siren)) => key == french_vat_key(&siren),
            (Err(_), Ok(_)) => true,
            // Monaco's numbers carry 000 where the SIREN begins and are not in the French register.
            (_, Err(_)) => body[2..].starts_with("000"),
        },
        "BE" => {
            let (number, check): (u64, u64) = (body[..8].parse().unwrap_or(0), body[8..].parse().unwrap_or(100));
            97 - number % 97 == check
        }
        "DE" | "HR" => mod_11_10(body),
        "IT" => luhn(body),
        "LU" => {
            let (number, check): (u64, u64) = (body[..6].parse().unwrap_or(0), body[6..].parse().unwrap_or(100));
            number % 89 == check
        }
        "PT" => weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2], |sum| match 11 - sum % 11 {
            10 | 11 => 0,
            other => other,
        }),
        "PL" => weighted(body, &[6, 5, 7, 2, 3, 4, 5, 6, 7], |sum| sum % 11),
        "FI" => weighted(body, &[7, 9, 10, 5, 8, 4, 2], |sum| match sum % 11 {
            0 => 0,
            other => 11 - other,
        }),
        "DK" => body.bytes().zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(b, w)| u32::from(b - b'0') * w).sum::<u32>() % 11 == 0,
        "SI" => weighted(body, &[8, 7, 6, 5, 4, 3, 2], |sum| match 11 - sum % 11 {
            10 | 11 => 0,
            other => other,
        }),
        _ => true,
    }
}

/// The last digit is what the weighted sum of the others says.
fn weighted(body: &str, weights: &[u32], check: impl Fn(u32) -> u32) -> bool {
    let sum: u32 = body.bytes().zip(weights).map(|(byte, weight)| u32::from(byte.wrapping_sub(b'0')) * weight).sum();
    body.bytes().last().is_some_and(|last| u32::from(last.wrapping_sub(b'0')) == check(sum))
}

impl FromStr for Vat {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let value = plain(text).to_ascii_uppercase();
        let shape = || IdentifierError::Shape {
            scheme: "VAT number",
            value: short(text),
            expected: "it begins with two letters for the country, and has the length that the country gives it",
        };
        if !value.is_ascii() || value.len() < 4 {
            return Err(shape());
        }
        let value = match value.split_at(2) {
            // The register writes Greece as EL.
            ("GR", rest) => format!("EL{rest}"),
            // Since 2023 Belgian numbers may begin with 1; older lists leave the leading zero out.
            ("BE", rest) if digits(rest, 9) => format!("BE0{rest}"),
            _ => value,
        };
        if let Some(number) = value.strip_prefix("CHE") {
            // Switzerland writes the tax in one of its languages behind the number.
            let number = ["MWST", "TVA", "IVA"].iter().find_map(|tax| number.strip_suffix(tax)).unwrap_or(number);
            return if digits(number, 9) { Ok(Vat(format!("CHE{number}"))) } else { Err(shape()) };
        }
        let (country, body) = value.split_at(2);
        let Some((least, most, letters)) = vat_shape(country) else {
            return Err(IdentifierError::Country(short(text)));
        };
        let right = |byte: u8| byte.is_ascii_digit() || (letters && byte.is_ascii_uppercase());
        if body.len() < least || body.len() > most || !body.bytes().all(right) {
            return Err(shape());
        }
        if !vat_checks(country, body) {
            return Err(IdentifierError::CheckDigits { scheme: "VAT number", value: short(text) });
        }
        Ok(Vat(value))
    }
}

impl Vat {
    /// The country, ISO 3166 alpha-2.
    pub fn country(&self) -> &str {
        match &self.0[..2] {
            "EL" => "GR",
            "XI" => "GB",
            other => other,
        }
    }

    /// The SIREN inside a French number.
    pub fn siren(&self) -> Option<Siren> {
        if self.0.starts_with("FR") { self.0[4..].parse().ok() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_identifiers_pass() {
        for ror in ["02feahw73", "https://ror.org/0495fxg12", "ror.org/00pg6eq24", "https://ror.org/02vjkv261/"] {
            ror.parse::<Ror>().unwrap();
        }
        assert_eq!("https://ror.org/02FEAHW73".parse::<Ror>().unwrap().url(), "https://ror.org/02feahw73");
        for siren in ["180089013", "775684897", "732 829 320"] {
            siren.parse::<Siren>().unwrap();
        }
        assert_eq!("73282932000074".parse::<Siret>().unwrap().siren().as_str(), "732829320");
        "35600000049837".parse::<Siret>().unwrap();
        for vat in [
            "FR40303265045",
            "FR76562094425",
            "BE0807605667",
            "LU26375245",
            "DE136695976",
            "IT00743110157",
            "PT501964843",
        ] {
            vat.parse::<Vat>().unwrap();
        }
        assert_eq!("FR40303265045".parse::<Vat>().unwrap().siren().unwrap().as_str(), "303265045");
        assert_eq!("CHE-104.191.520 MWST".parse::<Vat>().unwrap().as_str(), "CHE104191520");
        assert_eq!("999997930".parse::<Pic>().unwrap().as_str(), "999997930");
    }

    #[test]
    fn mistyped_identifiers_say_why() {
        assert!(matches!("02feahw74".parse::<Ror>(), Err(IdentifierError::CheckDigits { .. })));
        assert!(matches!("02feahl73".parse::<Ror>(), Err(IdentifierError::Shape { .. })));
        assert!(matches!("é2feahw7".parse::<Ror>(), Err(IdentifierError::Shape { .. })));
        assert!(matches!("732829321".parse::<Siren>(), Err(IdentifierError::CheckDigits { .. })));
        assert!(matches!("12345".parse::<Pic>(), Err(IdentifierError::Shape { .. })));
        assert!(matches!("FR41303265045".parse::<Vat>(), Err(IdentifierError::CheckDigits { .. })));
        assert!(matches!("ZZ123456789".parse::<Vat>(), Err(IdentifierError::Country(_))));
        assert!(matches!("FR1".parse::<Vat>(), Err(IdentifierError::Shape { .. })));
    }

    proptest! {
        #[test]
        fn no_text_breaks_a_parser(text in "\\PC{0,24}") {
            let _ = (text.parse::<Pic>(), text.parse::<Ror>(), text.parse::<Siren>(), text.parse::<Siret>(), text.parse::<Vat>());
        }

        #[test]
        fn shapes_with_countries_break_nothing(country in "[A-Z]{2}", body in "[0-9A-Z]{0,14}") {
            let _ = format!("{country}{body}").parse::<Vat>();
        }

        #[test]
        fn one_wrong_digit_is_always_found(number in 1u64..100_000_000, place in 0usize..9, shift in 1u8..10) {
            let body = format!("{number:08}");
            let siren = (0..10).map(|check| format!("{body}{check}")).find(|value| value.parse::<Siren>().is_ok()).unwrap();
            let mut bytes = siren.clone().into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + shift) % 10;
            prop_assert!(String::from_utf8(bytes).unwrap().parse::<Siren>().is_err());
            let siren: Siren = siren.parse().unwrap();
            let key = french_vat_key(&siren);
            let vat = format!("FR{key:02}{siren}");
            prop_assert_eq!(vat.parse::<Vat>().unwrap().siren(), Some(siren.clone()));
            let wrong = format!("FR{:02}{siren}", (key + 1) % 97);
            prop_assert!(wrong.parse::<Vat>().is_err());
        }

        #[test]
        fn a_ror_has_exactly_one_pair_of_check_digits(number in 0u64..(1 << 30)) {
            let body: String = (0..6).rev().map(|place| ROR_ALPHABET[((number >> (place * 5)) & 31) as usize] as char).collect();
            let good = (0..100).filter(|check| format!("0{body}{check:02}").parse::<Ror>().is_ok()).count();
            prop_assert_eq!(good, 1);
        }
    }
}
