//! What accounts hold about a person: the account with its roles and ways in, invitations, claims.

mod store;

use uuid::Uuid;

use super::{Email, Role, own_account::name_of};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Datum, Due, Erased, Fate, Field, Held, Holding, Later, Purpose, Saying, Subject, ToTell},
    time::Timestamp,
};

const ACCOUNT: &str = "account.account";
const WAYS_IN: &str = "account.ways_in";
const INVITATION: &str = "invitation.invitation";
const CLAIM: &str = "claim.claim";

/// How many days before an unused account goes its owner is written to.
const TOLD_BEFORE: i64 = 30;

/// The same person with everything by which accounts know them: the account of an address, the address and the name of an
/// account.
///
/// # Errors
/// When the database fails.
pub async fn known_as(database: &Database, subject: Subject) -> Result<Subject, Error> {
    Ok(match store::person(database, &subject).await? {
        Some(person) => {
            let name = Some(person.name.as_str());
            subject.with_person(Some(person.id)).with_address(person.email.as_deref()).with_name(name)
        }
        None => subject,
    })
}

/// The account itself.
#[derive(Debug)]
pub struct AccountHolding;

/// Invitations to an address.
#[derive(Debug)]
pub struct InvitationHolding;

/// Claims to speak for an organisation.
#[derive(Debug)]
pub struct ClaimHolding;

fn by_administrators() -> Wording {
    Wording::new("personal-audience-administrators", &[])
}

fn role_word(role: &str) -> Saying {
    Saying::Word(Role::of(role).map_or_else(|| role.to_owned(), Role::label_key))
}

impl AccountHolding {
    async fn all(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let Some(person) = store::person(database, subject).await? else { return Ok(Vec::new()) };
        let account = Held {
            kind: self.kind(),
            id: person.id.to_string(),
            label: "personal-account",
            fields: vec![
                Field::correctable("name", person.name),
                Field::correctable("email", person.email),
                Field::new("language", person.language.map(|code| Saying::Word(format!("personal-language-{code}")))),
                Field::new("time_zone", person.time_zone),
                Field::new("password_since", person.password_since),
                Field::new("used_at", person.used_at),
            ],
            source: "personal-source-yourself",
            since: Some(person.created_at),
            purpose: ACCOUNT,
            basis: Basis::Contract,
            audience: Wording::new("personal-audience-colleagues", &[]),
            cluster: None,
            given: true,
            restricted: person.restricted_at.is_some(),
        };
        let base = Held { given: false, ..account.clone() };
        let mut all = vec![account];
        all.extend(store::roles(database, person.id).await?.into_iter().map(|role| Held {
            id: role.id.to_string(),
            label: "personal-role",
            fields: vec![
                Field::new("role", role_word(&role.role)),
                Field::new("cluster", role.cluster),
                Field::new("organisation", role.organisation_name),
                Field::new("given_by", role.giver.map(Saying::SomebodyElse)),
            ],
            source: "personal-source-inviter",
            since: Some(role.given_at),
            cluster: role.cluster_id,
            ..base.clone()
        }));
        all.extend(store::ways(database, person.id).await?.into_iter().map(|way| {
            let (label, label_field, detail_field) = match way.what.as_str() {
                "session" => ("personal-session", "browser", "place"),
                "passkey" => ("personal-passkey", "label", "detail"),
                "identity" => ("personal-identity", "provider", "email"),
                "address" => ("personal-address", "label", "detail"),
                _ => ("personal-token", "label", "scopes"),
            };
            Held {
                id: way.id.to_string(),
                label,
                fields: vec![
                    Field::new(label_field, way.label),
                    Field::new(detail_field, way.detail),
                    Field::new("used_at", way.used_at),
                ],
                source: "personal-source-use",
                since: Some(way.since),
                purpose: WAYS_IN,
                audience: Wording::new("personal-audience-self", &[]),
                ..base.clone()
            }
        }));
        Ok(all)
    }

    async fn remove(&self, transaction: &mut Transaction, subject: &Subject) -> Result<Vec<Erased>, Error> {
        store::forget_ceremonies(transaction, subject).await?;
        let Some(person) = store::person_in(transaction, subject).await? else { return Ok(Vec::new()) };
        if store::is_last_administrator(transaction, person).await? {
            return Err(Error::Refused { reason: "refused-last-administrator", sign_in: false });
        }
        let ways = store::remove_account(transaction, person).await?;
        let mut erased = vec![Erased::deleted(self.kind(), "personal-account", 1)];
        if ways > 0 {
            erased.push(Erased::deleted(self.kind(), "personal-ways-in", ways));
        }
        Ok(erased)
    }
}

impl Holding for AccountHolding {
    fn kind(&self) -> &'static str {
        "account"
    }

    fn purposes(&self) -> &'static [Purpose] {
        &[
            Purpose { key: ACCOUNT, basis: Basis::Contract, months: Some(24), fate: Fate::Deleted },
            // A way in ends with the account, or when its owner ends it; a session within hours.
            Purpose { key: WAYS_IN, basis: Basis::Contract, months: None, fate: Fate::Deleted },
        ]
    }

    fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
        Box::pin(self.all(database, subject))
    }

    fn erase<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        _now: Timestamp,
    ) -> Later<'a, Vec<Erased>> {
        Box::pin(self.remove(transaction, subject))
    }

    fn restrict<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        on: bool,
        now: Timestamp,
    ) -> Later<'a, u64> {
        Box::pin(async move {
            match store::person_in(transaction, subject).await? {
                Some(person) => store::restrict(transaction, person, on.then_some(now)).await,
                None => Ok(0),
            }
        })
    }

    fn rectify<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        subject: &'a Subject,
        datum: Datum<'a>,
        value: &'a str,
        _now: Timestamp,
    ) -> Later<'a, bool> {
        Box::pin(async move {
            let Some(person) = store::person_in(transaction, subject).await? else { return Ok(false) };
            if datum.id != person.to_string() {
                return Ok(false);
            }
            match datum.field {
                "name" => {
                    let name = name_of(value).ok_or_else(|| Error::worded("account-problem-name", &[]))?;
                    store::rename(transaction, person, &name).await
                }
                "email" => {
                    let email: Email = value.parse().map_err(|_| Error::worded("sign-in-problem-email", &[]))?;
                    if store::readdress(transaction, person, email.as_str()).await? {
                        return Ok(true);
                    }
                    Err(Error::worded("personal-problem-address-taken", &[]))
                }
                _ => Ok(false),
            }
        })
    }

    fn due<'a>(&'a self, database: &'a Database, purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
        Box::pin(async move {
            if purpose == ACCOUNT { store::due(database, self.kind(), before).await } else { Ok(Due::default()) }
        })
    }

    fn told_before(&self, purpose: &str) -> Option<i64> {
        (purpose == ACCOUNT).then_some(TOLD_BEFORE)
    }

    fn to_tell<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        _purpose: &'a str,
        from: Timestamp,
        until: Timestamp,
    ) -> Later<'a, Vec<ToTell>> {
        Box::pin(store::to_tell(transaction, from, until))
    }

    fn expire<'a>(
        &'a self,
        transaction: &'a mut Transaction,
        purpose: &'a str,
        before: Timestamp,
        limit: i64,
    ) -> Later<'a, u64> {
        Box::pin(async move {
            if purpose == ACCOUNT { store::expire(transaction, self.kind(), before, limit).await } else { Ok(0) }
        })
    }
}

/// Records of one kind that are only ever told and deleted.
macro_rules! told_and_deleted {
    ($holding:ident, $kind:literal, $purpose:expr, $months:literal, $plural:literal, $held:path, $remove:path) => {
        impl Holding for $holding {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn purposes(&self) -> &'static [Purpose] {
                &[Purpose {
                    key: $purpose,
                    basis: Basis::LegitimateInterests,
                    months: Some($months),
                    fate: Fate::Deleted,
                }]
            }

            fn held<'a>(&'a self, database: &'a Database, subject: &'a Subject) -> Later<'a, Vec<Held>> {
                Box::pin($held(database, subject))
            }

            fn erase<'a>(
                &'a self,
                transaction: &'a mut Transaction,
                subject: &'a Subject,
                _now: Timestamp,
            ) -> Later<'a, Vec<Erased>> {
                Box::pin(async move {
                    let count = $remove(transaction, subject).await?;
                    Ok(if count == 0 { Vec::new() } else { vec![Erased::deleted($kind, $plural, count)] })
                })
            }

            fn due<'a>(&'a self, database: &'a Database, _purpose: &'a str, before: Timestamp) -> Later<'a, Due> {
                Box::pin(store::due(database, $kind, before))
            }

            fn expire<'a>(
                &'a self,
                transaction: &'a mut Transaction,
                _purpose: &'a str,
                before: Timestamp,
                limit: i64,
            ) -> Later<'a, u64> {
                Box::pin(store::expire(transaction, $kind, before, limit))
            }
        }
    };
}

told_and_deleted!(
    InvitationHolding,
    "invitation",
    INVITATION,
    3,
    "personal-invitations",
    invitations,
    store::remove_invitations
);
told_and_deleted!(ClaimHolding, "claim", CLAIM, 12, "personal-claims", claims, store::remove_claims);

fn record(kind: &'static str, id: Uuid, label: &'static str, since: Timestamp, purpose: &'static str) -> Held {
    Held {
        kind,
        id: id.to_string(),
        label,
        fields: Vec::new(),
        source: "personal-source-inviter",
        since: Some(since),
        purpose,
        basis: Basis::LegitimateInterests,
        audience: by_administrators(),
        cluster: None,
        given: false,
        restricted: false,
    }
}

async fn invitations(database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
    let rows = store::invitations(database, subject).await?;
    let held = rows.into_iter().map(|row| Held {
        fields: vec![
            Field::new("email", row.email),
            Field::new("role", role_word(&row.role)),
            Field::new("cluster", row.cluster),
            Field::new("organisation", row.organisation_name),
            Field::new("given_by", row.inviter.map(Saying::SomebodyElse)),
            Field::new("expires_at", row.expires_at),
            Field::new("accepted_at", row.accepted_at),
        ],
        cluster: row.cluster_id,
        ..record("invitation", row.id, "personal-invitation", row.created_at, INVITATION)
    });
    Ok(held.collect())
}

async fn claims(database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
    let rows = store::claims(database, subject).await?;
    let held = rows.into_iter().map(|row| Held {
        fields: vec![
            Field::new("organisation", row.organisation_name),
            Field::new("reason", row.reason),
            Field::new("state", Saying::Word(format!("personal-claim-{}", row.state))),
        ],
        source: "personal-source-yourself",
        cluster: row.cluster_id,
        given: true,
        ..record("claim", row.id, "personal-claim", row.created_at, CLAIM)
    });
    Ok(held.collect())
}
