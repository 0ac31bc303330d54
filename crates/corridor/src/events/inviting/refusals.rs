//! «No more invitations»: what the foot of an invitation leads to. It holds for one address and one cluster, and nothing but a
//! digest of the address is kept of it.

use serde_json::json;

use crate::{
    accounts::Actor,
    events::{
        attending::{self, Seat},
        model::address_key,
        store, tell,
    },
    foundation::{errors::Error, instance::App},
};

/// What the page of a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusing {
    /// The addresses that it is about.
    pub addresses: Vec<String>,
    /// Whether none of them is invited any more.
    pub refused: bool,
}

/// Whether somebody in its seat is invited by the event's cluster again.
///
/// # Errors
/// [`Error::Refused`] for the team of the event.
pub async fn of_seat(app: &App, actor: &Actor, seat: &Seat) -> Result<Refusing, Error> {
    let addresses = attending::own_addresses(app, actor, seat).await?;
    let refused = store::inviting::refused(&app.database, seat.event.cluster).await?;
    let all = !addresses.is_empty() && addresses.iter().all(|email| refused.contains(&address_key(email)));
    Ok(Refusing { addresses, refused: all })
}

/// Ends the invitations of the event's cluster to somebody in its seat, or allows them again.
///
/// # Errors
/// [`Error::Invalid`] where no address is known.
pub async fn set(app: &App, actor: &Actor, seat: &Seat, refuses: bool) -> Result<Refusing, Error> {
    let addresses = attending::known_addresses(app, actor, seat).await?;
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
