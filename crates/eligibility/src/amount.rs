//! Exact percentages, and amounts as English and French pages write them.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A percentage, exact to a millionth of a percent: 70 is `70_000_000`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

/// One hundred percent, in the unit of [`Percent`].
const WHOLE: i128 = 100_000_000;

impl Percent {
    /// All of it.
    pub const HUNDRED: Self = Self(100_000_000);

    /// A whole number of percent.
    pub const fn whole(percent: u16) -> Self {
        Self(percent as i64 * 1_000_000)
    }

    /// From millionths of a percent.
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// From a decimal text such as `25`, `33.3` or `2.5e1`; `None` where it is no number or too fine to be kept exactly.
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.len() > 20 {
            return None;
        }
        let mut value: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = 6 + exponent - i32::try_from(fraction.len()).ok()?;
        if !(-30..=12).contains(&scale) {
            return None;
        }
        for _ in 0..scale.max(0) {
            value = value.checked_mul(10)?;
        }
        for _ in 0..(-scale).max(0) {
            if value % 10 != 0 {
                return None;
            }
            value /= 10;
        }
        let value = i64::try_from(value).ok()?;
        Some(Self(if negative { -value } else { value }))
    }

    /// A millionth of a percent less.
    pub const fn just_below(self) -> Self {
        Self(self.0 - 1)
    }

    /// Millionths of a percent.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Whether it lies between 0 and 100.
    pub fn is_share(self) -> bool {
        (0..=Self::HUNDRED.0).contains(&self.0)
    }

    /// Compares `part / whole` with this percentage without rounding; an empty whole counts as a share of zero.
    pub fn compare_share(self, part: i128, whole: i128) -> std::cmp::Ordering {
        (part * WHOLE).cmp(&(whole * i128::from(self.0)))
    }

    /// This percentage of an amount, rounded down.
    pub fn of(self, amount: i128) -> i128 {
        (amount * i128::from(self.0)).div_euclid(WHOLE)
    }

    /// This percentage of an amount, rounded up.
    pub fn of_rounded_up(self, amount: i128) -> i128 {
        (amount * i128::from(self.0) + WHOLE - 1).div_euclid(WHOLE)
    }

    /// `part / whole`, rounded to hundredths of a percent towards the given side, for display only.
    pub fn shown(part: i128, whole: i128, round_up: bool) -> Self {
        if whole <= 0 {
            return Self(0);
        }
        let numerator = part * 10_000;
        let hundredths = if round_up { (numerator + whole - 1).div_euclid(whole) } else { numerator.div_euclid(whole) };
        Self(i64::try_from(hundredths * 10_000).unwrap_or(i64::MAX))
    }

    /// As an English page writes it: `45.45%`.
    pub fn english(self) -> String {
        format!("{self}%")
    }

    /// As a French page writes it, with a no-break space: `45,45 %`.
    pub fn french(self) -> String {
        format!("{}\u{a0}%", self.to_string().replace('.', ","))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, fraction) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:06}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1_000_000 == 0 {
            serializer.serialize_i64(self.0 / 1_000_000)
        } else {
            serializer.collect_str(self)
        }
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl de::Visitor<'_> for Number {
            type Value = Percent;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a percentage between 0 and 100")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Percent, E> {
                self.visit_f64(value as f64)
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Percent, E> {
                self.visit_f64(value as f64)
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Percent, E> {
                Percent::parse(&value.to_string())
                    .filter(|percent| percent.is_share())
                    .ok_or_else(|| E::custom(format!("{value} is not a percentage between 0 and 100")))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// An amount of euro cents as an English page writes it: `€4,000,000` or `€0.50`.
pub fn euros_english(cents: i128) -> String {
    let (sign, euros, rest) = parts(cents);
    let grouped = grouped(euros, ',');
    if rest == 0 { format!("{sign}€{grouped}") } else { format!("{sign}€{grouped}.{rest:02}") }
}

/// An amount of euro cents as a French page writes it, with no-break spaces: `4 000 000 €`.
pub fn euros_french(cents: i128) -> String {
    let (sign, euros, rest) = parts(cents);
    let grouped = grouped(euros, '\u{a0}');
    if rest == 0 { format!("{sign}{grouped}\u{a0}€") } else { format!("{sign}{grouped},{rest:02}\u{a0}€") }
}

fn parts(cents: i128) -> (&'static str, u128, u128) {
    let sign = if cents < 0 { "-" } else { "" };
    (sign, cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

fn grouped(number: u128, separator: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}
