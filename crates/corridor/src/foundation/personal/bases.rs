//! Legal bases and consents: a log of events about each datum, and what it comes to. The last state wins.

use uuid::Uuid;

use crate::foundation::time::Timestamp;

/// By what right a datum is held (GDPR, article 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The person consented.
    Consent,
    /// A contract with the person, or what they asked for before one.
    Contract,
    /// A law asks for it.
    LegalObligation,
    /// Somebody's life depends on it.
    VitalInterests,
    /// A task of public interest.
    PublicTask,
    /// Interests that the person's own do not outweigh.
    LegitimateInterests,
}

impl Basis {
    /// All of them, in the order of article 6.
    pub const ALL: [Basis; 6] = [
        Basis::Consent,
        Basis::Contract,
        Basis::LegalObligation,
        Basis::VitalInterests,
        Basis::PublicTask,
        Basis::LegitimateInterests,
    ];

    /// The word in forms, the database and programs.
    pub fn key(self) -> &'static str {
        match self {
            Basis::Consent => "consent",
            Basis::Contract => "contract",
            Basis::LegalObligation => "legal_obligation",
            Basis::VitalInterests => "vital_interests",
            Basis::PublicTask => "public_task",
            Basis::LegitimateInterests => "legitimate_interests",
        }
    }

    /// The basis of a word.
    pub fn of(key: &str) -> Option<Basis> {
        Basis::ALL.into_iter().find(|basis| basis.key() == key)
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> String {
        format!("basis-{}", self.key().replace('_', "-"))
    }

    /// Whether the person may object to it (article 21).
    pub fn may_be_objected_to(self) -> bool {
        matches!(self, Basis::PublicTask | Basis::LegitimateInterests)
    }

    /// Whether what the person gave on it is theirs to take along (article 20).
    pub fn is_portable(self) -> bool {
        matches!(self, Basis::Consent | Basis::Contract)
    }
}

/// What happened to the basis of a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A basis was noted. A consent that is only noted was asked for and is not given yet.
    Recorded,
    /// The person consented.
    Given,
    /// The person confirmed the consent through their own address (double opt-in).
    Confirmed,
    /// The person took the consent back.
    Withdrawn,
    /// The person objected.
    Objected,
    /// The objection holds: the basis is over.
    ObjectionUpheld,
    /// The objection does not hold.
    ObjectionOverruled,
}

impl Event {
    /// All of them.
    pub const ALL: [Event; 7] = [
        Event::Recorded,
        Event::Given,
        Event::Confirmed,
        Event::Withdrawn,
        Event::Objected,
        Event::ObjectionUpheld,
        Event::ObjectionOverruled,
    ];

    /// The word in the database and, with `basis-event-` before it and `-` for `_`, in the language files.
    pub fn key(self) -> &'static str {
        match self {
            Event::Recorded => "recorded",
            Event::Given => "given",
            Event::Confirmed => "confirmed",
            Event::Withdrawn => "withdrawn",
            Event::Objected => "objected",
            Event::ObjectionUpheld => "objection_upheld",
            Event::ObjectionOverruled => "objection_overruled",
        }
    }

    /// The event of a word.
    pub fn of(key: &str) -> Option<Event> {
        Event::ALL.into_iter().find(|event| event.key() == key)
    }
}

/// How it is known: what was shown or said, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Proof {
    /// The wording that the person saw, whole; empty where there was none.
    pub wording: String,
    /// Its version.
    pub version: String,
    /// How and where: `page`, `letter`, `paper`, `telephone`, `meeting`, `import`.
    pub channel: String,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BasisEntry {
    /// When.
    pub at: Timestamp,
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub id: String,
    /// The part of it; empty for all of it.
    pub field: String,
    /// What happened.
    pub event: Event,
    /// To which basis.
    pub basis: Basis,
    /// How it is known.
    pub proof: Proof,
    /// Who entered it; nobody for the program.
    pub entered_by: Option<Uuid>,
    /// The cluster that it was entered for.
    pub cluster: Option<Uuid>,
}

/// How a consent stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// Nobody ever asked.
    #[default]
    None,
    /// Asked for, not given.
    Asked,
    /// Given.
    Given,
    /// Given, and confirmed through the person's own address.
    Confirmed,
    /// Taken back.
    Withdrawn,
}

/// What the log of a datum comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Standing {
    /// The consent.
    pub consent: Consent,
    /// A basis other than consent, the last one noted, unless an objection ended it.
    pub other: Option<Basis>,
    /// Whether an objection waits for its decision: until then nothing is done with the datum.
    pub objection_open: bool,
}

impl Standing {
    /// Whether the datum may be used.
    pub fn allows(self) -> bool {
        self.consents() || (self.other.is_some() && !self.objection_open)
    }

    /// Whether a consent stands.
    pub fn consents(self) -> bool {
        matches!(self.consent, Consent::Given | Consent::Confirmed)
    }

    /// The basis on which the datum stands, if it does.
    pub fn basis(self) -> Option<Basis> {
        self.other.or(self.consents().then_some(Basis::Consent))
    }

    /// Whether there was a basis and there is none any more: then the datum has to go.
    pub fn has_ended(self, log: &[BasisEntry]) -> bool {
        !log.is_empty() && self.other.is_none() && !self.consents() && self.consent != Consent::Asked
    }
}

/// What the log of one datum comes to; its events in the order in which they happened.
pub fn standing<'a>(log: impl IntoIterator<Item = &'a BasisEntry>) -> Standing {
    let mut stands = Standing::default();
    for entry in log {
        match (entry.event, entry.basis) {
            (Event::Recorded, Basis::Consent) if !stands.consents() => stands.consent = Consent::Asked,
            (Event::Recorded, Basis::Consent) => {}
            // A basis noted anew ends an objection to the one before: who notes it answers for it.
            (Event::Recorded, other) => (stands.other, stands.objection_open) = (Some(other), false),
            (Event::Given, _) if stands.consent != Consent::Confirmed => stands.consent = Consent::Given,
            (Event::Given, _) => {}
            (Event::Confirmed, _) => stands.consent = Consent::Confirmed,
            (Event::Withdrawn, _) => stands.consent = Consent::Withdrawn,
            (Event::Objected, _) => {
                stands.objection_open = stands.other.is_some_and(Basis::may_be_objected_to);
            }
            (Event::ObjectionUpheld, _) => {
                stands.other = stands.other.filter(|basis| !basis.may_be_objected_to());
                stands.objection_open = false;
            }
            (Event::ObjectionOverruled, _) => stands.objection_open = false,
        }
    }
    stands
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(event: Event, basis: Basis) -> BasisEntry {
        BasisEntry {
            at: Timestamp(0),
            kind: "contact".to_owned(),
            id: "1".to_owned(),
            field: String::new(),
            event,
            basis,
            proof: Proof::default(),
            entered_by: None,
            cluster: None,
        }
    }

    /// A log written as words: `asked`, `given`, `confirmed`, `withdrawn`, `interests`, `law`, `objected`, `upheld`, `overruled`.
    fn log(words: &str) -> Vec<BasisEntry> {
        words
            .split_whitespace()
            .map(|word| match word {
                "asked" => entry(Event::Recorded, Basis::Consent),
                "given" => entry(Event::Given, Basis::Consent),
                "confirmed" => entry(Event::Confirmed, Basis::Consent),
                "withdrawn" => entry(Event::Withdrawn, Basis::Consent),
                "interests" => entry(Event::Recorded, Basis::LegitimateInterests),
                "law" => entry(Event::Recorded, Basis::LegalObligation),
                "objected" => entry(Event::Objected, Basis::LegitimateInterests),
                "upheld" => entry(Event::ObjectionUpheld, Basis::LegitimateInterests),
                "overruled" => entry(Event::ObjectionOverruled, Basis::LegitimateInterests),
                other => panic!("{other}"),
            })
            .collect()
    }

    #[test]
    fn the_last_state_wins() {
        let table: [(&str, Consent, bool, Option<Basis>, bool); 17] = [
            // log, consent, may be used, on which basis, has ended
            ("", Consent::None, false, None, false),
            ("asked", Consent::Asked, false, None, false),
            ("given", Consent::Given, true, Some(Basis::Consent), false),
            ("asked confirmed", Consent::Confirmed, true, Some(Basis::Consent), false),
            ("given withdrawn", Consent::Withdrawn, false, None, true),
            ("given withdrawn given", Consent::Given, true, Some(Basis::Consent), false),
            // A confirmation counts after an earlier withdrawal too.
            ("given withdrawn asked confirmed", Consent::Confirmed, true, Some(Basis::Consent), false),
            ("given withdrawn confirmed", Consent::Confirmed, true, Some(Basis::Consent), false),
            ("given withdrawn asked", Consent::Asked, false, None, false),
            ("confirmed asked", Consent::Confirmed, true, Some(Basis::Consent), false),
            ("interests", Consent::None, true, Some(Basis::LegitimateInterests), false),
            ("interests given withdrawn", Consent::Withdrawn, true, Some(Basis::LegitimateInterests), false),
            ("interests objected", Consent::None, false, Some(Basis::LegitimateInterests), false),
            ("interests objected overruled", Consent::None, true, Some(Basis::LegitimateInterests), false),
            ("interests objected upheld", Consent::None, false, None, true),
            ("interests objected upheld law", Consent::None, true, Some(Basis::LegalObligation), false),
            ("law objected upheld", Consent::None, true, Some(Basis::LegalObligation), false),
        ];
        for (words, consent, allows, basis, ended) in table {
            let log = log(words);
            let stands = standing(&log);
            assert_eq!(stands.consent, consent, "{words}");
            assert_eq!(stands.allows(), allows, "{words}");
            assert_eq!(stands.basis(), basis, "{words}");
            assert_eq!(stands.has_ended(&log), ended, "{words}");
        }
    }

    #[test]
    fn words_lead_back_to_what_they_name() {
        assert!(Basis::ALL.into_iter().all(|basis| Basis::of(basis.key()) == Some(basis)));
        assert!(Event::ALL.into_iter().all(|event| Event::of(event.key()) == Some(event)));
        assert_eq!((Basis::of("because"), Event::of("because")), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn a_withdrawal_that_is_last_leaves_no_consent(words in proptest::collection::vec(
            proptest::sample::select(vec!["asked", "given", "confirmed", "withdrawn", "interests", "objected", "upheld"]), 0..12)) {
            let mut all = log(&words.join(" "));
            all.push(entry(Event::Withdrawn, Basis::Consent));
            proptest::prop_assert!(!standing(&all).consents());
            all.push(entry(Event::Given, Basis::Consent));
            proptest::prop_assert!(standing(&all).consents() && standing(&all).allows());
        }
    }
}
