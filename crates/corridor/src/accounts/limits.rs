//! How often one may try: by the address that asks and by the account that is asked about, whoever asks.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    state::keyed::DefaultKeyedStateStore,
};

use crate::foundation::{
    errors::Error,
    instance::{App, Part},
    secrets::Secret,
};

use super::sessions::Browser;

type Limiter<K> = RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock>;

/// After this many keys the ones that are free again are forgotten.
const MANY_KEYS: usize = 10_000;

/// The limits of this process. Several servers each count for themselves.
pub struct Limits {
    by_address: Limiter<Network>,
    by_account: Limiter<String>,
    letters_by_account: Limiter<String>,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Limits").field("addresses", &self.by_address.len()).finish_non_exhaustive()
    }
}

/// Whoever holds an IPv6 line holds a whole /64 of addresses: it counts as one.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Network(Option<[u8; 8]>);

impl Network {
    fn of(address: Option<IpAddr>) -> Self {
        Network(address.map(|address| match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, d] = address.octets();
                [0, 0, 0, 0, a, b, c, d]
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, g, h, ..] = address.octets();
                [a, b, c, d, e, f, g, h]
            }
        }))
    }
}

/// A full bucket of `burst`, one more every `seconds`.
fn quota(burst: u32, seconds: u64) -> Quota {
    let burst = NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN);
    Quota::with_period(Duration::from_secs(seconds)).unwrap_or(Quota::per_minute(burst)).allow_burst(burst)
}

impl Part for Limits {
    fn open(_: &App) -> Self {
        Limits::default()
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            // An office or a university may sit behind one address.
            by_address: RateLimiter::keyed(quota(60, 5)),
            by_account: RateLimiter::keyed(quota(10, 60)),
            letters_by_account: RateLimiter::keyed(quota(4, 300)),
        }
    }
}

impl Limits {
    /// A try to sign in to an account, whether there is one of that name or not.
    ///
    /// # Errors
    /// [`Error::TooOften`].
    pub fn attempt(&self, browser: &Browser, account: &str) -> Result<(), Error> {
        self.from(browser)?;
        ask(&self.by_account, &Secret::new(account).digest())
    }

    /// A letter to an address that somebody typed.
    ///
    /// # Errors
    /// [`Error::TooOften`].
    pub fn letter(&self, browser: &Browser, account: &str) -> Result<(), Error> {
        self.from(browser)?;
        ask(&self.letters_by_account, &Secret::new(account).digest())
    }

    /// Anything that guesses could be made with, by the address alone.
    ///
    /// # Errors
    /// [`Error::TooOften`].
    pub fn from(&self, browser: &Browser) -> Result<(), Error> {
        ask(&self.by_address, &Network::of(browser.address))
    }
}

fn ask<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), Error> {
    if limiter.len() > MANY_KEYS {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|until| {
        let wait = until.wait_time_from(DefaultClock::default().now());
        Error::TooOften { seconds: wait.as_secs() + 1 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(address: &str) -> Browser {
        Browser { agent: String::new(), address: Some(address.parse().unwrap()) }
    }

    #[test]
    fn an_account_is_guarded_from_many_addresses_and_an_address_from_many_accounts() {
        let limits = Limits::default();
        let tries = |address: &dyn Fn(u32) -> String, account: &dyn Fn(u32) -> String| {
            (0..200).take_while(|n| limits.attempt(&browser(&address(*n)), &account(*n)).is_ok()).count()
        };
        let scattered = |n: u32| format!("10.{}.{}.1", n / 250, n % 250);
        assert_eq!(tries(&scattered, &|_| "ada@institute.example".to_owned()), 10);
        assert_eq!(tries(&|_| "192.0.2.1".to_owned(), &|n| format!("{n}@institute.example")), 60);
        let one_line = |n: u32| format!("2001:db8:1:2::{n:x}");
        assert_eq!(tries(&one_line, &|n| format!("{n}@other.example")), 60, "a /64 is one line");
    }

    #[test]
    fn who_is_refused_is_told_when_to_come_back() {
        let limits = Limits::default();
        let outcome = (0..20).find_map(|_| limits.letter(&browser("192.0.2.9"), "ada@institute.example").err());
        let Some(Error::TooOften { seconds }) = outcome else { panic!("the fifth letter is refused") };
        assert!((1..=301).contains(&seconds), "{seconds}");
    }
}
