//! How often one may try: by the address that asks and by the account that is asked about, whoever asks.
//!
//! The counts stand in the database, one row a key, so that servers which share it count together and a restart forgets
//! nothing. A try is one statement: a bucket that fills again with time (the generic cell rate algorithm), taken from and
//! judged at once.

mod store;

use std::{
    net::IpAddr,
    sync::atomic::{AtomicI64, Ordering},
};

use crate::foundation::{
    database::Database,
    errors::Error,
    instance::{App, Part},
    secrets::Secret,
    time::{Clock, Timestamp},
};

use super::sessions::Browser;

/// How often a server forgets the buckets that are full again, in microseconds.
const FORGET_EVERY: i64 = 10 * 60 * 1_000_000;

/// A bucket of `burst` tries, one more every `seconds`.
#[derive(Clone, Copy, Debug)]
struct Quota {
    /// What keeps its keys apart from those of others.
    of: &'static str,
    burst: i64,
    seconds: i64,
}

impl Quota {
    /// After how long there is one try more, in microseconds.
    fn period(self) -> i64 {
        self.seconds * 1_000_000
    }

    /// How long a bucket that still has one try takes to be full, in microseconds.
    fn most(self) -> i64 {
        (self.burst - 1) * self.period()
    }
}

/// An office or a university may sit behind one address.
const BY_ADDRESS: Quota = Quota { of: "address", burst: 60, seconds: 5 };
const BY_ACCOUNT: Quota = Quota { of: "account", burst: 10, seconds: 60 };
const LETTERS_BY_ACCOUNT: Quota = Quota { of: "letter", burst: 4, seconds: 300 };

/// The limits of the instance.
#[derive(Debug)]
pub struct Limits {
    database: Database,
    clock: Clock,
    forgot_at: AtomicI64,
}

impl Part for Limits {
    fn open(app: &App) -> Self {
        Limits { database: app.database.clone(), clock: app.clock, forgot_at: AtomicI64::new(app.clock.now().0) }
    }
}

/// Whoever holds an IPv6 line holds a whole /64 of addresses: it counts as one.
fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => String::new(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

impl Limits {
    /// A try to sign in to an account, whether there is one of that name or not.
    ///
    /// # Errors
    /// [`Error::TooOften`], or when the database fails.
    pub async fn attempt(&self, browser: &Browser, account: &str) -> Result<(), Error> {
        self.ask(&[(BY_ADDRESS, &network(browser.address)), (BY_ACCOUNT, account)]).await
    }

    /// A letter to an address that somebody typed.
    ///
    /// # Errors
    /// [`Error::TooOften`], or when the database fails.
    pub async fn letter(&self, browser: &Browser, account: &str) -> Result<(), Error> {
        self.ask(&[(BY_ADDRESS, &network(browser.address)), (LETTERS_BY_ACCOUNT, account)]).await
    }

    /// Anything that guesses could be made with, by the address alone.
    ///
    /// # Errors
    /// [`Error::TooOften`], or when the database fails.
    pub async fn from(&self, browser: &Browser) -> Result<(), Error> {
        self.ask(&[(BY_ADDRESS, &network(browser.address))]).await
    }

    /// Takes a try from each bucket in turn, up to the first that has none left. What was taken before it stays taken: who is
    /// refused for an account has tried from an address all the same.
    async fn ask(&self, asked: &[(Quota, &str)]) -> Result<(), Error> {
        let now = self.clock.now();
        let forget = self.is_time_to_forget(now);
        let refused = transact!(self.database, transaction => {
            if forget {
                store::forget(transaction, now).await?;
            }
            for (quota, key) in asked {
                // A digest, because what somebody typed into the field of the address may be their password.
                let key = Secret::new(format!("{} {key}", quota.of)).digest();
                if let Some(free_at) = store::take(transaction, &key, now, quota.period(), quota.most()).await? {
                    return Ok(Some(free_at.0 - quota.most() - now.0));
                }
            }
            Ok(None)
        })?;
        match refused {
            None => Ok(()),
            Some(wait) => Err(Error::TooOften { seconds: wait.max(0).unsigned_abs() / 1_000_000 + 1 }),
        }
    }

    fn is_time_to_forget(&self, now: Timestamp) -> bool {
        let last = self.forgot_at.load(Ordering::Relaxed);
        now.0 - last > FORGET_EVERY
            && self.forgot_at.compare_exchange(last, now.0, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_line_counts_as_one_network_and_an_ipv4_address_by_itself() {
        let of = |text: &str| network(Some(text.parse().unwrap()));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"), "the same line, told in the newer way");
        assert_eq!(network(None), "");
    }
}
