//! Calendar days, without clock and without time zone.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The months as English pages write them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the Gregorian calendar, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Why a text is not a day of the calendar.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text has not the form `YYYY-MM-DD`.
    #[error("{0:?} is not a date: write YYYY-MM-DD")]
    Form(String),
    /// The form is right, but the calendar has no such day.
    #[error("the calendar has no day {0}")]
    NoSuchDay(String),
}

impl Date {
    /// A day from its parts, `None` where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let fits = (1000..=9999).contains(&year) && (1..=12).contains(&month);
        (fits && day >= 1 && day <= days_in_month(year, month)).then_some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The same day so many months earlier, or the last day of that month where it is shorter.
    pub fn months_before(self, months: u32) -> Self {
        let index = u32::from(self.year) * 12 + u32::from(self.month) - 1;
        let earlier = index.saturating_sub(months).max(12_000);
        let year = u16::try_from(earlier / 12).unwrap_or(self.year);
        let month = u8::try_from(earlier % 12 + 1).unwrap_or(self.month);
        Self { year, month, day: self.day.min(days_in_month(year, month)) }
    }

    /// So many days later; the last day of the year 9999 at most.
    pub fn days_after(self, days: u32) -> Self {
        let (mut year, mut month, mut left) = (self.year, self.month, days.saturating_add(u32::from(self.day)));
        loop {
            let length = u32::from(days_in_month(year, month));
            if left <= length {
                return Self { year, month, day: u8::try_from(left).unwrap_or(1) };
            }
            left -= length;
            (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            if year > 9999 {
                return Self { year: 9999, month: 12, day: 31 };
            }
        }
    }

    /// How an English page writes it: `31 December 2027`.
    pub fn english(self) -> String {
        let month = MONTHS.get(usize::from(self.month).saturating_sub(1)).unwrap_or(&"");
        format!("{} {month} {}", self.day, self.year)
    }

    /// How a French page writes it: `31/12/2027`.
    pub fn french(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let form = || DateError::Form(text.chars().take(40).collect());
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(form());
        }
        let year = text[0..4].parse().map_err(|_| form())?;
        let month = text[5..7].parse().map_err(|_| form())?;
        let day = text[8..10].parse().map_err(|_| form())?;
        Self::new(year, month, day).ok_or_else(|| DateError::NoSuchDay(text.into()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Quoted;
        impl de::Visitor<'_> for Quoted {
            type Value = Date;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a quoted date \"YYYY-MM-DD\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}

/// From when to when something holds; an end that is absent is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// First day, open where absent.
    pub from: Option<Date>,
    /// Last day, open where absent.
    pub to: Option<Date>,
}

impl Period {
    /// Whether the day lies in the period, both ends included.
    pub fn holds_on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}
