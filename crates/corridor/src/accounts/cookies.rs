//! The cookies of accounts: secrets of one browser, never seen by scripts, never sent along from other sites.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::foundation::{instance::App, secrets::Secret};

/// The session.
pub(crate) const SESSION: &str = "corridor_session";
/// What binds a link or a ceremony to the browser that asked for it.
pub(super) const ASKING: &str = "corridor_asking";

/// What binds an identity at a provider to the browser until the person confirms it.
pub(super) const LINKING: &str = "corridor_linking";

/// What binds a link that proves an address, and the answer that a link opened, to the browser.
const PROVING: &str = "corridor_proving";

/// What the browser keeps that proves an address or opened an answer.
pub fn proving(app: &App, jar: &CookieJar) -> Option<Secret> {
    read(app, jar, PROVING)
}

/// Lets the browser keep what proves an address or opened an answer.
pub fn keep_proving(app: &App, jar: CookieJar, secret: &Secret) -> CookieJar {
    keep(app, jar, PROVING, secret)
}

/// The name under which the browser keeps it. With HTTPS it carries the prefix that makes browsers refuse it from any
/// other host, path or unencrypted line.
fn name(app: &App, name: &'static str) -> String {
    if app.address.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

pub(super) fn read(app: &App, jar: &CookieJar, which: &'static str) -> Option<Secret> {
    jar.get(&name(app, which)).map(|cookie| Secret::new(cookie.value()))
}

pub(super) fn keep(app: &App, jar: CookieJar, which: &'static str, secret: &Secret) -> CookieJar {
    let cookie = Cookie::build((name(app, which), secret.reveal().to_owned()))
        .path("/")
        .http_only(true)
        .secure(app.address.is_secure())
        // Lax, not Strict: links in letters and the way back from a provider lead here from elsewhere.
        .same_site(SameSite::Lax);
    jar.add(cookie.build())
}

pub(super) fn forget(app: &App, jar: CookieJar, which: &'static str) -> CookieJar {
    jar.add(
        Cookie::build((name(app, which), ""))
            .path("/")
            .http_only(true)
            .secure(app.address.is_secure())
            .same_site(SameSite::Lax)
            .max_age(Default::default())
            .build(),
    )
}
