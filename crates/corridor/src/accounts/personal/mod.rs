//! What accounts hold about a person: the account with its roles and ways in, invitations, claims.

mod store;

use async_trait::async_trait;

use super::{Email, Role, own_account::name_of};
use crate::foundation::{
    database::{Database, Transaction},
    errors::{Error, Wording},
    personal::{Basis, Datum, Due, Erased, Fate, Field, Held, Holding, Purpose, Saying, Subject, ToTell},
    time::Timestamp,
};

const ACCOUNT: Purpose = Purpose::new("account.account", Basis::Contract, Some(24), Fate::Deleted);
/// A way in ends with the account, or when its owner ends it; a session within hours.
const WAYS_IN: Purpose = Purpose::new("account.ways_in", Basis::Contract, None, Fate::Deleted);
const INVITATION: Purpose = Purpose::new("invitation.invitation", Basis::LegitimateInterests, Some(3), Fate::Deleted);
const CLAIM: Purpose = Purpose::new("claim.claim", Basis::LegitimateInterests, Some(12), Fate::Deleted);

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

#[async_trait]
impl Holding for AccountHolding {
    fn purposes(&self) -> &'static [Purpose] {
        &[ACCOUNT, WAYS_IN]
    }

    async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
        let Some(person) = store::person(database, subject).await? else { return Ok(Vec::new()) };
        let restricted = person.restricted_at.is_some();
        let colleagues = Wording::new("personal-audience-colleagues", &[]);
        let mut all = vec![Held {
            fields: vec![
                Field::correctable("name", person.name),
                Field::correctable("email", person.email),
                Field::new("language", person.language.map(|code| Saying::Word(format!("personal-language-{code}")))),
                Field::new("time_zone", person.time_zone),
                Field::new("password_since", person.password_since),
                Field::new("used_at", person.used_at),
            ],
            source: "personal-source-yourself",
            audience: colleagues.clone(),
            given: true,
            restricted,
            ..Held::new(&ACCOUNT, "personal-account", person.id, person.created_at)
        }];
        all.extend(store::roles(database, person.id).await?.into_iter().map(|role| Held {
            fields: vec![
                Field::new("role", role_word(&role.role)),
                Field::new("cluster", role.cluster),
                Field::new("organisation", role.organisation_name),
                Field::new("given_by", role.giver.map(Saying::SomebodyElse)),
            ],
            source: "personal-source-inviter",
            audience: colleagues.clone(),
            cluster: role.cluster_id,
            restricted,
            ..Held::new(&ACCOUNT, "personal-role", role.id, role.given_at)
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
                fields: vec![
                    Field::new(label_field, way.label),
                    Field::new(detail_field, way.detail),
                    Field::new("used_at", way.used_at),
                ],
                audience: Wording::new("personal-audience-self", &[]),
                restricted,
                ..Held::new(&WAYS_IN, label, way.id, way.since)
            }
        }));
        Ok(all)
    }

    async fn erase(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        _: Timestamp,
    ) -> Result<Vec<Erased>, Error> {
        store::forget_ceremonies(transaction, subject).await?;
        let Some(person) = store::person_in(transaction, subject).await? else { return Ok(Vec::new()) };
        if store::is_last_administrator(transaction, person).await? {
            return Err(Error::Refused { reason: "refused-last-administrator", sign_in: false });
        }
        let ways = store::remove_account(transaction, person).await?;
        Ok(vec![
            Erased::deleted(self.kind(), "personal-account", 1),
            Erased::deleted(self.kind(), "personal-ways-in", ways),
        ])
    }

    async fn restrict(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        on: bool,
        now: Timestamp,
    ) -> Result<u64, Error> {
        match store::person_in(transaction, subject).await? {
            Some(person) => store::restrict(transaction, person, on.then_some(now)).await,
            None => Ok(0),
        }
    }

    async fn rectify(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        datum: Datum<'_>,
        value: &str,
        _: Timestamp,
    ) -> Result<bool, Error> {
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
    }

    async fn due(&self, database: &Database, purpose: &str, before: Timestamp) -> Result<Due, Error> {
        if purpose == ACCOUNT.key { store::due(database, self.kind(), before).await } else { Ok(Due::default()) }
    }

    fn told_before(&self, purpose: &str) -> Option<i64> {
        (purpose == ACCOUNT.key).then_some(TOLD_BEFORE)
    }

    async fn to_tell(
        &self,
        transaction: &mut Transaction,
        _: &str,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<ToTell>, Error> {
        store::to_tell(transaction, from, until).await
    }

    async fn expire(
        &self,
        transaction: &mut Transaction,
        purpose: &str,
        before: Timestamp,
        limit: i64,
        _: Timestamp,
    ) -> Result<u64, Error> {
        if purpose == ACCOUNT.key { store::expire(transaction, self.kind(), before, limit).await } else { Ok(0) }
    }
}

/// Records of one kind that are only ever told and deleted.
macro_rules! told_and_deleted {
    ($holding:ident, $purpose:expr, $plural:literal, $held:path, $remove:path) => {
        #[async_trait]
        impl Holding for $holding {
            fn purposes(&self) -> &'static [Purpose] {
                &[$purpose]
            }

            async fn held(&self, database: &Database, subject: &Subject) -> Result<Vec<Held>, Error> {
                $held(database, subject).await
            }

            async fn erase(
                &self,
                transaction: &mut Transaction,
                subject: &Subject,
                _: Timestamp,
            ) -> Result<Vec<Erased>, Error> {
                Ok(vec![Erased::deleted(self.kind(), $plural, $remove(transaction, subject).await?)])
            }

            async fn due(&self, database: &Database, _: &str, before: Timestamp) -> Result<Due, Error> {
                store::due(database, self.kind(), before).await
            }

            async fn expire(
                &self,
                transaction: &mut Transaction,
                _: &str,
                before: Timestamp,
                limit: i64,
                _: Timestamp,
            ) -> Result<u64, Error> {
                store::expire(transaction, self.kind(), before, limit).await
            }
        }
    };
}

told_and_deleted!(InvitationHolding, INVITATION, "personal-invitations", invitations, store::remove_invitations);
told_and_deleted!(ClaimHolding, CLAIM, "personal-claims", claims, store::remove_claims);

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
        source: "personal-source-inviter",
        audience: by_administrators(),
        cluster: row.cluster_id,
        ..Held::new(&INVITATION, "personal-invitation", row.id, row.created_at)
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
        audience: by_administrators(),
        cluster: row.cluster_id,
        given: true,
        ..Held::new(&CLAIM, "personal-claim", row.id, row.created_at)
    });
    Ok(held.collect())
}
