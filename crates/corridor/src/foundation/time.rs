//! Time as a value: microseconds UTC in the database, zones only where people read them.

use std::str::FromStr;

use jiff::civil::Date;

/// A moment, in microseconds since 1970 UTC. Stored as BIGINT: text times would sort wrongly on SQLite.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type,
)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment as jiff knows it.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// The moment `seconds` later (earlier when negative).
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Timestamp(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
}

impl From<Timestamp> for super::database::Value {
    fn from(time: Timestamp) -> Self {
        super::database::Value::Int(Some(time.0))
    }
}

/// Where the program reads the time, so that every test can repeat.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment it is.
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp(jiff::Timestamp::now().as_microsecond()),
            Clock::Fixed(time) => time,
        }
    }

    /// The day it is in the given zone (UTC where the zone is not known).
    pub fn today(self, zone: &str) -> Day {
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Day(self.now().to_jiff().to_zoned(zone).date())
    }
}

/// A calendar day. Stored and exchanged as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Day(pub Date);

impl Day {
    /// Days from this day to the other; negative when the other is earlier.
    pub fn days_until(self, other: Day) -> i64 {
        self.0.until(other.0).map(|span| i64::from(span.get_days())).unwrap_or(0)
    }
}

/// Why a text is no day.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a day of the calendar: `{0}` (write YYYY-MM-DD or DD/MM/YYYY)")]
pub struct NotADay(pub String);

impl FromStr for Day {
    type Err = NotADay;

    /// Reads `YYYY-MM-DD`, and `DD/MM/YYYY` as French files write it.
    fn from_str(text: &str) -> Result<Self, NotADay> {
        let text = text.trim();
        let wrong = || NotADay(text.to_owned());
        let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
        let [first, second, third] = parts[..] else {
            return Err(wrong());
        };
        let (year, month, day) = if first.len() == 4 { (first, second, third) } else { (third, second, first) };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(wrong());
        }
        let number = |text: &str| text.parse::<i16>().map_err(|_| wrong());
        let (month, day) = (number(month)?, number(day)?);
        Date::new(number(year)?, month as i8, day as i8).map(Day).map_err(|_| wrong())
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl From<Day> for super::database::Value {
    fn from(day: Day) -> Self {
        super::database::Value::Text(Some(day.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_orders_and_refuses_days_that_do_not_exist() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        assert_eq!("05/03/2024".parse::<Day>().unwrap().to_string(), "2024-03-05");
        for wrong in ["31/02/2024", "2023-02-29", "2024-13-01", "tomorrow", "", "1/1/24", "2024-300-01"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong} is no day");
        }
    }
}
