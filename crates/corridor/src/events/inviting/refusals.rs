//! «No more invitations»: what the foot of an invitation leads to. It holds for one address and one cluster, and nothing but a
//! digest of the address is kept of it.

use serde_json::json;

use crate::{
    accounts::{Actor, own_account_of},
    events::{attending::Seat, model::address_key, store, tell},
    foundation::{
        errors::{Error, FieldProblem},
        instance::App,
        secrets::Secret,
    },
};

/// What the page of a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusing {
    /// The addresses that it is about.
    pub addresses: Vec<String>,
    /// Whether none of them is invited any more.
    pub refused: bool,
}

/// Whose letters a seat is about: of its private link the person it was written to, else all people of the participant; of
/// an account its own address. The team in a participant's place has none.
async fn addresses(app: &App, actor: &Actor, seat: &Seat) -> Result<Vec<String>, Error> {
    if seat.runs {
        return Err(Error::Refused { reason: "inviting-refused-team", sign_in: false });
    }
    if !seat.by_link {
        let account = own_account_of(&app.database, actor).await?;
        return Ok(account.and_then(|person| person.email).into_iter().collect());
    }
    let digest = Secret::new(&seat.key).digest();
    let of_link = store::inviting::person_of_link(&app.database, &digest).await?;
    let people = store::people::of_participant(&app.database, seat.participant.id).await?;
    let mine = people.into_iter().filter(|person| of_link.is_none_or(|id| id == person.id));
    Ok(mine.map(|person| person.email).filter(|email| !email.is_empty()).collect())
}

/// Whether somebody in its seat is invited by the event's cluster again.
///
/// # Errors
/// [`Error::Refused`] for the team of the event.
pub async fn of_seat(app: &App, actor: &Actor, seat: &Seat) -> Result<Refusing, Error> {
    let addresses = addresses(app, actor, seat).await?;
    let refused = store::inviting::refused(&app.database, seat.event.cluster).await?;
    let all = !addresses.is_empty() && addresses.iter().all(|email| refused.contains(&address_key(email)));
    Ok(Refusing { addresses, refused: all })
}

/// Ends the invitations of the event's cluster to somebody in its seat, or allows them again.
///
/// # Errors
/// [`Error::Invalid`] where no address is known.
pub async fn set(app: &App, actor: &Actor, seat: &Seat, refuses: bool) -> Result<Refusing, Error> {
    let addresses = addresses(app, actor, seat).await?;
    if addresses.is_empty() {
        let message = "inviting-wrong-no-address".to_owned();
        return Err(Error::Invalid(vec![FieldProblem { field: "address".to_owned(), message, value: String::new() }]));
    }
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let mut changed = 0;
        for email in &addresses {
            let key = address_key(email);
            if store::inviting::set_refused(transaction, seat.event.cluster, &key, refuses, now).await? {
                changed += 1;
            }
        }
        if changed > 0 {
            // How many, not who.
            let told = (json!({ "invited": refuses }), json!({ "invited": !refuses, "addresses": changed }));
            tell(transaction, actor, now, &seat.event, "refuse_invitations", told).await?;
        }
        Ok(())
    })?;
    Ok(Refusing { addresses, refused: refuses })
}
