//! What a session is, and what its owner is told of it: the browser in words, the place coarsely.

use std::net::IpAddr;

use crate::{
    accounts::{PersonId, RoleId},
    foundation::{
        configuration::Sessions,
        time::{Timestamp, Zone},
    },
};

id! {
    /// A session.
    SessionId
}

/// How somebody signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// As a person of the demonstration: nobody proved anything.
    Demonstration,
    /// By a link in a letter.
    Link,
    /// By accepting an invitation.
    Invitation,
    /// By a password.
    Password,
    /// By a passkey.
    Passkey,
    /// By a provider of identities.
    Provider,
}

impl Method {
    /// The word in the database and in the keys of the language files.
    pub fn key(self) -> &'static str {
        match self {
            Method::Demonstration => "demonstration",
            Method::Link => "link",
            Method::Invitation => "invitation",
            Method::Password => "password",
            Method::Passkey => "passkey",
            Method::Provider => "provider",
        }
    }
}

/// Who asks, as far as the request says: for the list of sessions, the trail and the limits.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The browser and its system in words.
    pub agent: String,
    /// The address it asks from.
    pub address: Option<IpAddr>,
}

impl Browser {
    /// What the trail keeps of it.
    pub(in crate::accounts) fn told(&self) -> serde_json::Value {
        serde_json::json!({ "browser": self.agent, "place": self.place() })
    }

    /// The address without what tells one household from the next: enough to recognise a place, too little to find one.
    pub fn place(&self) -> String {
        match self.address {
            Some(IpAddr::V4(address)) => {
                let [a, b, c, _] = address.octets();
                format!("{a}.{b}.{c}.x")
            }
            Some(IpAddr::V6(address)) => {
                if let Some(mapped) = address.to_ipv4_mapped() {
                    return Browser { agent: String::new(), address: Some(mapped.into()) }.place();
                }
                let [a, b, c, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}::")
            }
            None => String::new(),
        }
    }
}

/// `Firefox, Linux` from a `User-Agent`: enough to recognise one's own, and nothing that tells one from a thousand others.
pub fn summary_of_agent(header: &str) -> String {
    // The order matters: Edge says it is Chrome, Chrome says it is Safari.
    let browsers = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chromium/", "Chromium"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| header.contains(mark)).map(|(_, name)| *name);
    match (first(&browsers), first(&systems)) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

/// The two ends of a session: after idling, and in any case.
pub(super) fn ends(settings: Sessions, now: Timestamp) -> (Timestamp, Timestamp) {
    let longest = now.plus_seconds(settings.longest_hours.max(1) * 3600);
    (idle_end(settings, now).min(longest), longest)
}

/// When a session is over that is not used again.
pub(super) fn idle_end(settings: Sessions, now: Timestamp) -> Timestamp {
    now.plus_seconds(settings.idle_minutes.max(1) * 60)
}

/// A session as it is read with every request.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// The role acted in.
    pub role: Option<RoleId>,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// The zone that the person chose to read times in.
    pub zone: Option<Zone>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_in_words() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(summary_of_agent(chrome), "Chrome, Linux");
        let edge =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0";
        assert_eq!(summary_of_agent(edge), "Edge, Windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile Safari/604.1";
        assert_eq!(summary_of_agent(phone), "Safari, iPhone");
        assert_eq!(summary_of_agent("<script>alert(1)</script>"), "");
    }

    #[test]
    fn places_are_coarse() {
        let place = |text: &str| Browser { agent: String::new(), address: Some(text.parse().unwrap()) }.place();
        assert_eq!(place("192.0.2.77"), "192.0.2.x");
        assert_eq!(place("::ffff:192.0.2.77"), "192.0.2.x");
        assert_eq!(place("2001:db8:1234:5678::9"), "2001:db8:1234::");
        assert_eq!(Browser::default().place(), "");
    }

    #[test]
    fn a_session_never_outlives_its_longest_end() {
        let (idle, longest) = ends(Sessions { idle_minutes: 600, longest_hours: 1 }, Timestamp(0));
        assert_eq!((idle, longest), (Timestamp(3_600_000_000), Timestamp(3_600_000_000)));
    }
}
