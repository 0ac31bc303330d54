//! What an instance is told once: its public address, how mail leaves it, who may vouch for people, how long sessions last.
//!
//! One TOML file (`--configuration`); without it an instance answers on its own machine and puts letters into files.
//! Secrets stand in files of their own (`..._file`), so that the configuration can be shown around.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
    str::FromStr,
};

use super::{errors::Error, secrets::Secret, time::Zone};

/// Everything that is configured.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Configuration {
    /// Where people reach the instance. Links in letters are made of it, never of what a request claims.
    pub address: Option<Address>,
    /// The zone of what the instance does at a time of the day, and of times shown where no cluster says another.
    pub time_zone: Zone,
    /// Whether a proxy of one's own stands in front and says in `X-Forwarded-For` who asks.
    pub behind_proxy: bool,
    /// How long sessions last.
    pub sessions: Sessions,
    /// How letters leave.
    pub mail: Mail,
    /// Who else may vouch for people (OpenID Connect).
    #[serde(rename = "provider")]
    pub providers: Vec<Provider>,
}

/// How long sessions last.
#[derive(Clone, Copy, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Sessions {
    /// A session that nobody used for so long is over.
    pub idle_minutes: i64,
    /// A session is over after so long, however busy it is.
    pub longest_hours: i64,
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions { idle_minutes: 120, longest_hours: 12 }
    }
}

/// How letters leave.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mail {
    /// Who writes: `Name <address>`.
    pub from: String,
    /// The server that takes letters; without one they are put into files (`mail/` in the folder of the instance).
    pub smtp: Option<Smtp>,
}

impl Default for Mail {
    fn default() -> Self {
        Mail { from: "Corridor <corridor@localhost>".to_owned(), smtp: None }
    }
}

/// A server that takes letters.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    /// Its name.
    pub host: String,
    /// Its port; 465 and 587 are usual.
    pub port: u16,
    /// How the line is encrypted.
    #[serde(default)]
    pub encryption: Encryption,
    /// Whom we are to it.
    pub user: Option<String>,
    /// The file that holds the password.
    pub password_file: Option<std::path::PathBuf>,
}

/// How the line to the server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// From the first byte.
    #[default]
    Tls,
    /// After a greeting in clear; never without.
    Starttls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// A provider of identities.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// The word in addresses.
    pub key: String,
    /// What the button says.
    pub name: String,
    /// The issuer, whose discovery document says the rest.
    pub issuer: String,
    /// Whom we are to it.
    pub client_id: String,
    /// The file that holds the client's secret.
    pub client_secret_file: Option<std::path::PathBuf>,
}

impl Configuration {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or says what is not understood; the message names the place.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::input(format!("cannot read the configuration {}: {error}", path.display())))?;
        toml::from_str(&text)
            .map_err(|error| Error::input(format!("the configuration {} has a mistake: {error}", path.display())))
    }

    /// The address, or where the instance listens when none is configured.
    pub fn address(&self, listening: Option<SocketAddr>) -> Address {
        match (&self.address, listening) {
            (Some(address), _) => address.clone(),
            (None, Some(listening)) => Address::of_listener(listening),
            (None, None) => Address::of_listener(SocketAddr::from(([127, 0, 0, 1], 8080))),
        }
    }
}

/// Reads a secret from its own file; the line's end does not belong to it.
///
/// # Errors
/// When the file cannot be read.
pub fn secret_from(path: &Path) -> Result<Secret, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::input(format!("cannot read the secret in {}: {error}", path.display())))?;
    Ok(Secret::new(text.trim_end_matches(['\r', '\n'])))
}

/// Where people reach the instance: scheme and host, without a path.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct Address {
    secure: bool,
    authority: String,
    /// An instance without a configured address answers to every name of its own machine.
    own_machine: bool,
}

/// Why a text is no public address.
#[derive(Debug, thiserror::Error)]
#[error("not a public address: `{0}` (write https://HOST or http://HOST:PORT, without a path)")]
pub struct NotAnAddress(String);

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let wrong = || NotAnAddress(text.to_owned());
        let (scheme, authority) = text.trim_end_matches('/').split_once("://").ok_or_else(wrong)?;
        let secure = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let parsed: axum::http::uri::Authority = authority.parse().map_err(|_| wrong())?;
        if parsed.host().is_empty() || authority.contains('@') {
            return Err(wrong());
        }
        Ok(Address { secure, authority: authority.to_ascii_lowercase(), own_machine: false })
    }
}

impl TryFrom<String> for Address {
    type Error = NotAnAddress;

    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}://{}", if self.secure { "https" } else { "http" }, self.authority)
    }
}

impl Address {
    fn of_listener(listening: SocketAddr) -> Self {
        let host = if listening.ip().is_unspecified() {
            SocketAddr::from(([127, 0, 0, 1], listening.port()))
        } else {
            listening
        };
        Address { secure: false, authority: host.to_string(), own_machine: true }
    }

    /// Whether people come by HTTPS: cookies then never travel in clear.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// The name without the port.
    pub fn host(&self) -> &str {
        host_of(&self.authority)
    }

    /// The same address under a name: devices bind passkeys to names, and one's own machine is `localhost`.
    pub fn by_name(&self) -> Address {
        if !self.own_machine {
            return self.clone();
        }
        let port = self.authority.rsplit_once(':').map_or("", |(_, port)| port);
        Address { authority: format!("localhost:{port}"), ..self.clone() }
    }

    /// The full address of a path of this instance.
    pub fn link(&self, path: &str) -> String {
        format!("{self}{path}")
    }

    /// Whether a request that names this host was meant for this instance.
    ///
    /// Without a configured address it answers to its own machine and to bare numbers only: no name that somebody
    /// else could point here (DNS rebinding).
    pub fn accepts(&self, host: &str) -> bool {
        let asked = host.to_ascii_lowercase();
        let plain = |text: &str| {
            let usual = if self.secure { ":443" } else { ":80" };
            text.strip_suffix(usual).unwrap_or(text).to_owned()
        };
        if plain(&asked) == plain(&self.authority) {
            return true;
        }
        let name = host_of(&asked);
        self.own_machine && (name == "localhost" || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok())
    }
}

fn host_of(authority: &str) -> &str {
    match authority.rfind(':') {
        // The colons of an IPv6 address stand inside brackets.
        Some(colon) if !authority[colon..].contains(']') => &authority[..colon],
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_configured_host_is_answered() {
        let address: Address = "https://Corridor.example".parse().unwrap();
        assert!(address.is_secure());
        assert_eq!(address.link("/calls"), "https://corridor.example/calls");
        for good in ["corridor.example", "CORRIDOR.example", "corridor.example:443"] {
            assert!(address.accepts(good), "{good}");
        }
        for bad in
            ["", "other.example", "corridor.example.other.example", "corridor.example:8080", "127.0.0.1", "localhost"]
        {
            assert!(!address.accepts(bad), "{bad}");
        }
    }

    #[test]
    fn an_instance_without_an_address_answers_its_own_machine_only() {
        let address = Configuration::default().address(Some("0.0.0.0:8080".parse().unwrap()));
        assert_eq!(address.to_string(), "http://127.0.0.1:8080");
        assert_eq!(address.by_name().to_string(), "http://localhost:8080");
        for good in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "192.0.2.7:8080"] {
            assert!(address.accepts(good), "{good}");
        }
        for bad in ["rebound.example:8080", "rebound.example", "localhost.rebound.example"] {
            assert!(!address.accepts(bad), "{bad}");
        }
    }

    #[test]
    fn addresses_with_a_path_or_another_scheme_are_refused() {
        for wrong in [
            "corridor.example",
            "ftp://corridor.example",
            "https://a@b.example",
            "https://",
            "https://a b",
            "https://a.example/b",
        ] {
            assert!(wrong.parse::<Address>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mistake_in_the_configuration_names_its_place() {
        let text = "address = \"https://corridor.example\"\n[mail]\nform = \"x\"\n";
        let error = toml::from_str::<Configuration>(text).unwrap_err().to_string();
        assert!(error.contains("line 3") && error.contains("form"), "{error}");
        let text = "[[provider]]\nkey = \"campus\"\nname = \"Campus\"\nissuer = \"https://id.example\"\nclient_id = \"corridor\"\n";
        assert_eq!(toml::from_str::<Configuration>(text).unwrap().providers[0].key, "campus");
    }
}
