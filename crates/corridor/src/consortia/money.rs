//! Amounts as people type them, in French or in English, and as the sheet writes them back.

use crate::foundation::languages::Language;

/// The largest amount taken: a hundred billion euros, more than any call.
const MOST_CENTS: i64 = 10_000_000_000_000;

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyProblem {
    /// It is less than nothing.
    #[error("an amount cannot be negative")]
    Negative,
    /// It cannot be read.
    #[error("not an amount: write 1250000.50, 1,250,000.50 or 1 250 000,50")]
    NotAnAmount,
    /// It is beyond what any call pays.
    #[error("the amount is larger than any budget: write it in euros")]
    TooLarge,
}

impl MoneyProblem {
    /// The key of its sentence in the language files.
    pub fn key(self) -> &'static str {
        match self {
            MoneyProblem::Negative => "consortia-wrong-negative",
            MoneyProblem::NotAnAmount => "consortia-wrong-amount",
            MoneyProblem::TooLarge => "consortia-wrong-too-large",
        }
    }
}

/// Reads an amount in euros as cents; an empty text is no amount.
///
/// Both ways of writing are understood whatever the page's language, since people paste from both: `1 250 000,50`,
/// `1,250,000.50`, `1.250.000,50`, `1250000.5`, `€1,250,000`, `1,25 M€`, `300 k€`. A lone separator with exactly three
/// digits behind it parts thousands, because cents never have three digits.
pub fn parse_money(text: &str) -> Result<Option<i64>, MoneyProblem> {
    use MoneyProblem::{Negative, NotAnAmount, TooLarge};
    let mut bare = text.trim().trim_matches('€').trim().to_owned();
    for mark in ["EUR", "eur", "euros", "Euros"] {
        bare = bare.trim_end_matches(mark).trim_start_matches(mark).trim().to_owned();
    }
    if bare.is_empty() {
        return if text.trim().is_empty() { Ok(None) } else { Err(NotAnAmount) };
    }
    if let Some(rest) = bare.strip_prefix(['-', '\u{2212}', '\u{2013}', '(']) {
        let amount = rest.trim_end_matches(')').trim();
        return Err(if amount.starts_with(|c: char| c.is_ascii_digit()) { Negative } else { NotAnAmount });
    }
    let (number, unit) = match bare.trim_end_matches('€').trim().char_indices().next_back() {
        Some((at, 'k' | 'K')) => (bare[..at].trim_end(), 1_000i64),
        Some((at, 'M')) => (bare[..at].trim_end(), 1_000_000),
        _ => (bare.trim_end_matches('€').trim_end(), 1),
    };
    let (whole, fraction) = split(number, unit > 1).ok_or(NotAnAmount)?;
    if whole.len() > 15 {
        return Err(TooLarge);
    }
    let euros: i64 = whole.parse().map_err(|_| NotAnAmount)?;
    // The fraction in cents of the unit: `1,25 M` has 25 hundredths of a million.
    let scale = 10i64.pow(fraction.len() as u32);
    let part: i64 = if fraction.is_empty() { 0 } else { fraction.parse().map_err(|_| NotAnAmount)? };
    let cents_of_part = part.checked_mul(unit * 100).ok_or(TooLarge)?;
    if cents_of_part % scale != 0 {
        return Err(NotAnAmount);
    }
    let cents = euros.checked_mul(unit * 100).and_then(|sum| sum.checked_add(cents_of_part / scale)).ok_or(TooLarge)?;
    if cents > MOST_CENTS { Err(TooLarge) } else { Ok(Some(cents)) }
}

/// The digits before and after the decimal mark; none where the groups of thousands make no sense.
fn split(number: &str, has_unit: bool) -> Option<(String, String)> {
    let gap = |c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}');
    let marks: Vec<(usize, char)> = number.char_indices().filter(|(_, c)| matches!(c, '.' | ',')).collect();
    let decimal = match marks[..] {
        [] => None,
        [(at, _)] => {
            let behind = number.len() - at - 1;
            let grouped = number[..at].contains(gap) || number.starts_with('0');
            (has_unit || behind != 3 || grouped).then_some(at)
        }
        [.., (_, before), (at, last)] => (before != last).then_some(at),
    };
    let (front, fraction) = match decimal {
        Some(at) => (&number[..at], &number[at + 1..]),
        None => (number, ""),
    };
    let parts: Vec<&str> = front.split(|c: char| gap(c) || matches!(c, '.' | ',')).collect();
    let [first, rest @ ..] = &parts[..] else { return None };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let grouped = rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|part| part.len() == 3));
    let fine = digits(first) && rest.iter().all(|part| digits(part)) && grouped && fraction.len() <= 6;
    if !fine || !(fraction.is_empty() || digits(fraction)) || (decimal.is_some() && fraction.is_empty()) {
        return None;
    }
    Some((parts.concat(), fraction.to_owned()))
}

/// An amount as an input of the page shows it: grouped, without the sign of the euro.
pub fn write_money(language: Language, cents: i64) -> String {
    if cents % 100 == 0 { language.number(cents / 100) } else { language.decimal(cents as f64 / 100.0, 2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_ways_of_writing() {
        for (text, cents) in [
            ("1 250 000,50", 125_000_050),
            ("1,250,000.50", 125_000_050),
            ("1.250.000,50", 125_000_050),
            ("1\u{202f}250\u{202f}000,5 €", 125_000_050),
            ("€1,250,000", 125_000_000),
            ("1250000", 125_000_000),
            ("1250000.5", 125_000_050),
            ("1,250", 125_000),
            ("1.250", 125_000),
            ("12,5", 1_250),
            ("0,05", 5),
            ("1,25 M€", 125_000_000),
            ("300 k€", 30_000_000),
            ("300k", 30_000_000),
            ("1'250'000", 125_000_000),
            ("450000 EUR", 45_000_000),
            ("0", 0),
        ] {
            assert_eq!(parse_money(text), Ok(Some(cents)), "{text}");
        }
        assert_eq!(parse_money("  "), Ok(None));
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["-5", "\u{2212}1 250", "(1 250)", "-1,250.00 €"] {
            assert_eq!(parse_money(text), Err(MoneyProblem::Negative), "{text}");
        }
        for text in [
            "abc",
            "12 50",
            "1,2,3",
            "1.2.3,4",
            "1,250.00.00",
            "€",
            "12.",
            ".5",
            "1,2345",
            "--5",
            "1e6",
            "12 M 5",
            "0,005",
        ] {
            assert_eq!(parse_money(text), Err(MoneyProblem::NotAnAmount), "{text}");
        }
        for text in ["99999999999999", "9999999999999999999999", "200000 M"] {
            assert_eq!(parse_money(text), Err(MoneyProblem::TooLarge), "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for language in [Language::En, Language::Fr] {
            for cents in [0, 1, 5, 99, 100, 12_345, 99_999, 125_000_000, 125_000_050, 9_999_999_999] {
                assert_eq!(parse_money(&write_money(language, cents)), Ok(Some(cents)), "{language:?} {cents}");
            }
        }
    }
}
