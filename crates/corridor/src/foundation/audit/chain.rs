//! The seal of an entry, and what a broken chain looks like.
//!
//! A seal is the SHA-256 digest of the seal before it, the entry's place, its columns, and the digest of its content. The
//! content (what the record was called, before and after) is digested apart and with a salt of its own: when a person's
//! data must be erased, content and salt go, the digest stays, and the chain still holds while nobody can guess the
//! content back from its digest.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{AuditEntryId, Found, Line};

/// The seal before the first.
pub(super) const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry as it is sealed and verified.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Told {
    pub id: Uuid,
    pub at: i64,
    pub person_id: Option<Uuid>,
    pub cluster_id: Option<Uuid>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub summary: String,
    pub before: Option<sqlx::types::Json<Json>>,
    pub after: Option<sqlx::types::Json<Json>>,
}

impl Told {
    /// The entry as it is shown.
    pub fn found(self) -> Found {
        let json = |json: Option<sqlx::types::Json<Json>>| json.map_or(Json::Null, |json| json.0);
        Found {
            line: Line {
                id: AuditEntryId(self.id),
                at: self.at,
                person_id: self.person_id,
                cluster_id: self.cluster_id,
                action: self.action,
                subject_kind: self.subject_kind,
                subject_id: self.subject_id,
                summary: self.summary,
            },
            before: json(self.before),
            after: json(self.after),
        }
    }
}

/// A seal as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Seal {
    pub sequence: i64,
    pub entry_id: Uuid,
    pub salt: String,
    pub content_digest: String,
    pub digest: String,
    pub redacted_at: Option<i64>,
}

/// The last seal of the chain.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Head {
    /// How many entries are sealed.
    pub sequence: i64,
    /// The digest of the last.
    pub digest: String,
}

impl Default for Head {
    fn default() -> Self {
        Head { sequence: 0, digest: BEGINNING.to_owned() }
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}", self.sequence, self.digest)
    }
}

impl std::str::FromStr for Head {
    type Err = String;

    /// Reads what [`Head`] prints.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no head of an audit trail: write NUMBER:DIGEST as `corridor doctor` prints it");
        let (sequence, digest) = text.trim().split_once(':').ok_or_else(wrong)?;
        let sequence = sequence.parse().map_err(|_| wrong())?;
        let hexadecimal = digest.len() == BEGINNING.len() && digest.chars().all(|c| c.is_ascii_hexdigit());
        if hexadecimal { Ok(Head { sequence, digest: digest.to_lowercase() }) } else { Err(wrong()) }
    }
}

/// What is wrong at one place of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Seals are missing before this one.
    Gap,
    /// The entry of the seal is gone.
    EntryGone,
    /// What the entry tells is not what was sealed.
    ContentChanged,
    /// Who, when, what or to which record is not what was sealed, or the seal itself was changed.
    SealBroken,
}

impl Fault {
    /// The fault in words, for the log and the command line.
    pub fn words(self) -> &'static str {
        match self {
            Fault::Gap => "seals are missing before it",
            Fault::EntryGone => "its entry is gone",
            Fault::ContentChanged => "its content is not what was sealed",
            Fault::SealBroken => "its seal does not follow from the one before",
        }
    }
}

fn part(hasher: &mut Sha256, text: &str) {
    // The length in front: no two lists of parts read the same.
    hasher.update((text.len() as u64).to_le_bytes());
    hasher.update(text.as_bytes());
}

fn hex(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn spelt(json: Option<&sqlx::types::Json<Json>>) -> String {
    json.map(|json| json.0.to_string()).unwrap_or_default()
}

/// The digest of what an entry tells.
pub(super) fn content_digest(salt: &str, told: &Told) -> String {
    let mut hasher = Sha256::new();
    for text in [salt, &told.summary, &spelt(told.before.as_ref()), &spelt(told.after.as_ref())] {
        part(&mut hasher, text);
    }
    hex(hasher)
}

/// The seal of an entry behind the head.
pub(super) fn digest(head: &Head, told: &Told, content: &str) -> String {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut hasher = Sha256::new();
    part(&mut hasher, &head.digest);
    part(&mut hasher, &(head.sequence + 1).to_string());
    for text in [
        &told.id.to_string(),
        &told.at.to_string(),
        &id(told.person_id),
        &id(told.cluster_id),
        &told.action,
        &told.subject_kind,
        &told.subject_id,
        content,
    ] {
        part(&mut hasher, text);
    }
    hex(hasher)
}

/// Seals an entry behind the head and moves the head on.
pub(super) fn seal(head: &mut Head, told: &Told, salt: String) -> Seal {
    let content_digest = content_digest(&salt, told);
    let digest = digest(head, told, &content_digest);
    *head = Head { sequence: head.sequence + 1, digest: digest.clone() };
    Seal { sequence: head.sequence, entry_id: told.id, salt, content_digest, digest, redacted_at: None }
}

/// Compares a seal and its entry with the chain so far, and moves the head to the seal either way.
pub(super) fn follow(head: &mut Head, seal: &Seal, told: Option<&Told>) -> Result<(), Fault> {
    let verdict = match told {
        _ if seal.sequence != head.sequence + 1 => Err(Fault::Gap),
        None => Err(Fault::EntryGone),
        Some(told) if seal.redacted_at.is_none() && content_digest(&seal.salt, told) != seal.content_digest => {
            Err(Fault::ContentChanged)
        }
        Some(told) if digest(head, told, &seal.content_digest) != seal.digest => Err(Fault::SealBroken),
        Some(_) => Ok(()),
    };
    *head = Head { sequence: seal.sequence, digest: seal.digest.clone() };
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(n: u8) -> Told {
        Told {
            id: Uuid::from_u128(u128::from(n)),
            at: i64::from(n),
            person_id: None,
            cluster_id: None,
            action: "save".to_owned(),
            subject_kind: "draft".to_owned(),
            subject_id: n.to_string(),
            summary: format!("draft {n}"),
            before: None,
            after: Some(sqlx::types::Json(serde_json::json!({"n": n}))),
        }
    }

    fn chain() -> (Vec<Told>, Vec<Seal>) {
        let told: Vec<Told> = (1..=4).map(told).collect();
        let mut head = Head::default();
        let seals = told.iter().map(|told| seal(&mut head, told, format!("salt {}", told.at))).collect();
        (told, seals)
    }

    fn faults(told: &[Option<Told>], seals: &[Seal]) -> Vec<(i64, Fault)> {
        let mut head = Head::default();
        let pairs = seals.iter().zip(told);
        pairs
            .filter_map(|(seal, told)| follow(&mut head, seal, told.as_ref()).err().map(|f| (seal.sequence, f)))
            .collect()
    }

    #[test]
    fn an_untouched_chain_holds() {
        let (told, seals) = chain();
        assert_eq!(faults(&told.into_iter().map(Some).collect::<Vec<_>>(), &seals), []);
    }

    #[test]
    fn every_change_shows_where_it_was_made() {
        type Change = fn(&mut Vec<Option<Told>>, &mut Vec<Seal>);
        let changes: [(Change, Vec<(i64, Fault)>); 7] = [
            (|told, _| told[1].as_mut().unwrap().summary = "other".to_owned(), vec![(2, Fault::ContentChanged)]),
            (|told, _| told[1].as_mut().unwrap().after = None, vec![(2, Fault::ContentChanged)]),
            (|told, _| told[1].as_mut().unwrap().action = "delete".to_owned(), vec![(2, Fault::SealBroken)]),
            (|told, _| told[1].as_mut().unwrap().person_id = Some(Uuid::nil()), vec![(2, Fault::SealBroken)]),
            (|told, _| told[1] = None, vec![(2, Fault::EntryGone)]),
            (
                |told, seals| {
                    told.remove(1);
                    seals.remove(1);
                },
                vec![(3, Fault::Gap)],
            ),
            // Whoever changes an entry and its own seal breaks the next.
            (
                |told, seals| {
                    let told = told[1].as_mut().unwrap();
                    told.summary = "other".to_owned();
                    let mut head = Head { sequence: 1, digest: seals[0].digest.clone() };
                    seals[1] = seal(&mut head, told, "salt".to_owned());
                },
                vec![(3, Fault::SealBroken)],
            ),
        ];
        for (change, expected) in changes {
            let (told, mut seals) = chain();
            let mut told: Vec<Option<Told>> = told.into_iter().map(Some).collect();
            change(&mut told, &mut seals);
            assert_eq!(faults(&told, &seals), expected);
        }
    }

    #[test]
    fn content_can_go_and_the_chain_still_holds() {
        let (told, mut seals) = chain();
        let mut told: Vec<Option<Told>> = told.into_iter().map(Some).collect();
        let erased = told[2].as_mut().unwrap();
        (erased.summary, erased.before, erased.after) = (String::new(), None, None);
        seals[2].redacted_at = Some(9);
        seals[2].salt = String::new();
        assert_eq!(faults(&told, &seals), []);
    }

    #[test]
    fn a_head_reads_what_it_prints() {
        let head = Head { sequence: 12, digest: "ab".repeat(32) };
        assert_eq!(head.to_string().parse(), Ok(head));
        assert!("12".parse::<Head>().is_err());
        assert!("12:xyz".parse::<Head>().is_err());
    }
}
