//! Addresses of people: parsed once at the edge, written in one way everywhere.

use std::str::FromStr;

/// An address, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Email(String);

/// A text is no address.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an e-mail address")]
pub struct NotAnEmail;

impl Email {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the @.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim().to_lowercase();
        let (_, domain) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
        let plain =
            text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        if dotted && plain && text.parse::<lettre::Address>().is_ok() { Ok(Email(text)) } else { Err(NotAnEmail) }
    }
}

/// Hosts that lend their name to everybody: an address there says nothing about an organisation whose page is there.
const LENT_HOSTS: [&str; 12] = [
    "facebook.com",
    "github.com",
    "google.com",
    "instagram.com",
    "linkedin.com",
    "medium.com",
    "orange.fr",
    "free.fr",
    "twitter.com",
    "wikipedia.org",
    "x.com",
    "youtube.com",
];

/// Whether the address shows that its owner belongs to the organisation of this website: its domain is the host of the
/// website, or lies below it.
pub fn belongs_to_website(email: &Email, website: &str) -> bool {
    let rest = website.split_once("://").map_or(website, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("").to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let domain = email.domain();
    let below = domain.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    host.contains('.') && !LENT_HOSTS.contains(&host) && below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_in_one_way() {
        assert_eq!(" Ada.L@Institute.Example ".parse::<Email>().unwrap().as_str(), "ada.l@institute.example");
        for wrong in [
            "",
            "ada",
            "@institute.example",
            "ada@",
            "ada@institute",
            "a da@institute.example",
            "ada@.example",
            "ada@institute.example\nbcc: other@example.org",
            "<ada@institute.example>",
            "a@b.example,c@d.example",
        ] {
            assert_eq!(wrong.parse::<Email>(), Err(NotAnEmail), "{wrong}");
        }
    }

    #[test]
    fn an_address_belongs_to_the_website_of_its_own_domain_only() {
        let email = |text: &str| text.parse::<Email>().unwrap();
        for website in ["https://www.institute.example/en", "http://institute.example:8080", "institute.example"] {
            assert!(belongs_to_website(&email("ada@institute.example"), website), "{website}");
            assert!(belongs_to_website(&email("ada@paris.institute.example"), website), "{website}");
        }
        let ada = email("ada@institute.example");
        for website in [
            "https://other.example",
            "https://lab.institute.example",
            "https://institute.example.other.org",
            "https://institute.example@other.org",
            "https://titute.example",
            "",
            "example",
        ] {
            assert!(!belongs_to_website(&ada, website), "{website}");
        }
        assert!(!belongs_to_website(&email("ada@linkedin.com"), "https://www.linkedin.com/company/institute"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*", website in ".*") {
            if let Ok(email) = text.parse::<Email>() {
                let _ = belongs_to_website(&email, &website);
            }
            let _ = belongs_to_website(&"ada@institute.example".parse().unwrap(), &website);
        }
    }
}
