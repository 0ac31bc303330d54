//! Time as a value: microseconds UTC in the database, zones only where people read them.

use std::{str::FromStr, sync::LazyLock};

use jiff::{
    Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};

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

    /// The day it is in the given zone.
    pub fn today(self, zone: &Zone) -> Day {
        Day(zone.at(self.now()).date())
    }
}

/// A time zone by its name in the IANA database, as people choose it: `Europe/Paris`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of a name; nothing where there is none.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name.trim()).ok().filter(|zone| zone.iana_name().is_some()).map(Zone)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The moment on the clocks there.
    pub fn at(&self, time: Timestamp) -> Zoned {
        time.to_jiff().to_zoned(self.0.clone())
    }

    /// The moment at which a day begins there; midnight, or the first moment after it where clocks skip midnight.
    pub fn start_of(&self, day: Day) -> Timestamp {
        self.moment(day, Time::midnight())
    }

    /// The moment at which clocks there show this; where they skip it, as much later as they jump.
    pub fn moment(&self, day: Day, time: Time) -> Timestamp {
        let local = day.0.to_datetime(time);
        let moment = self.0.to_ambiguous_timestamp(local).compatible().unwrap_or(jiff::Timestamp::MIN);
        Timestamp(moment.as_microsecond())
    }

    /// The zones that people can choose: places, and UTC; no old spellings that only programs use.
    pub fn all() -> Vec<&'static str> {
        static ALL: LazyLock<Vec<String>> = LazyLock::new(|| {
            const PLACES: [&str; 10] = [
                "Africa/",
                "America/",
                "Antarctica/",
                "Arctic/",
                "Asia/",
                "Atlantic/",
                "Australia/",
                "Europe/",
                "Indian/",
                "Pacific/",
            ];
            let mut names: Vec<String> = jiff::tz::db()
                .available()
                .map(|name| name.to_string())
                .filter(|name| name == "UTC" || PLACES.iter().any(|place| name.starts_with(place)))
                .collect();
            names.sort();
            names.dedup();
            names
        });
        ALL.iter().map(String::as_str).collect()
    }
}

impl Default for Zone {
    /// Where the first clusters are.
    fn default() -> Self {
        Zone::named("Europe/Paris").unwrap_or(Zone(TimeZone::UTC))
    }
}

impl From<String> for Zone {
    /// A zone that was stored; UTC where its name is not known (any more), because a page must not fail of it.
    fn from(name: String) -> Self {
        Zone::named(&name).unwrap_or(Zone(TimeZone::UTC))
    }
}

impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Zone::named(&name).ok_or_else(|| {
            serde::de::Error::custom(format!("no time zone is named `{name}` (write one such as `Europe/Paris`)"))
        })
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
    fn clocks_are_put_forward_and_back_with_those_of_the_place() {
        let moment = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        for (zone, instant, shown) in [
            ("Europe/Paris", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59+01:00"),
            ("Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00+02:00"),
            ("Europe/Paris", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00+02:00"),
            ("Europe/Paris", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00+01:00"),
            ("Europe/Athens", "2026-10-25T01:30:00Z", "2026-10-25T03:30:00+02:00"),
            ("America/New_York", "2026-11-01T05:30:00Z", "2026-11-01T01:30:00-04:00"),
            ("Asia/Tokyo", "2026-07-01T00:00:00Z", "2026-07-01T09:00:00+09:00"),
            ("UTC", "2026-07-01T00:00:00Z", "2026-07-01T00:00:00+00:00"),
        ] {
            let zoned = Zone::named(zone).unwrap().at(moment(instant));
            assert_eq!(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), shown, "{zone}");
        }
        let paris = Zone::named("Europe/Paris").unwrap();
        for (day, hour, instant) in [
            ("2026-03-29", 2, "2026-03-29T01:30:00Z"), // skipped: as much later as the clocks jump
            ("2026-10-25", 2, "2026-10-25T00:30:00Z"), // shown twice: the first
            ("2026-07-01", 17, "2026-07-01T15:30:00Z"),
        ] {
            let day: Day = day.parse().unwrap();
            assert_eq!(paris.moment(day, Time::constant(hour, 30, 0, 0)), moment(instant), "{day}");
        }
        let beirut = Zone::named("Asia/Beirut").unwrap();
        assert_eq!(beirut.start_of("2026-03-29".parse().unwrap()), moment("2026-03-28T22:00:00Z"), "no midnight there");
    }

    #[test]
    fn zones_are_known_by_their_names() {
        assert_eq!(Zone::named(" europe/paris ").unwrap().name(), "Europe/Paris");
        for wrong in ["", "Paris", "Europe/Atlantis", "+01:00"] {
            assert_eq!(Zone::named(wrong), None, "{wrong}");
        }
        assert_eq!(Zone::from("Europe/Atlantis".to_owned()).name(), "UTC");
        let all = Zone::all();
        assert!(all.len() > 400 && all.contains(&"Europe/Brussels") && !all.contains(&"EST5EDT"), "{}", all.len());
        assert!(all.iter().all(|name| Zone::named(name).is_some()));
    }

    #[test]
    fn reads_both_orders_and_refuses_days_that_do_not_exist() {
        assert_eq!("2024-02-29".parse::<Day>().unwrap().to_string(), "2024-02-29");
        assert_eq!("05/03/2024".parse::<Day>().unwrap().to_string(), "2024-03-05");
        for wrong in ["31/02/2024", "2023-02-29", "2024-13-01", "tomorrow", "", "1/1/24", "2024-300-01"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong} is no day");
        }
    }
}
