//! «No letters about requests»: each chooses for its own address, event by event. What somebody agreed to, and the published
//! timetable with its changes, goes on to come by letter.

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

/// Whether none of the addresses of somebody in its seat gets letters about requests.
///
/// # Errors
/// [`Error::Refused`] for the team of the event: the choice is the participant's.
pub async fn is_muted(app: &App, actor: &Actor, seat: &Seat) -> Result<bool, Error> {
    let addresses = attending::own_addresses(app, actor, seat).await?;
    let muted = store::muted::of_event(&app.database, seat.event.id).await?;
    Ok(!addresses.is_empty() && addresses.iter().all(|email| muted.contains(&address_key(email))))
}

/// Ends the letters about requests of the event to somebody in its seat, or begins them again.
///
/// # Errors
/// [`Error::Invalid`] where no address is known; [`Error::Refused`] for the team of the event.
pub async fn set(app: &App, actor: &Actor, seat: &Seat, mutes: bool) -> Result<(), Error> {
    let addresses = attending::known_addresses(app, actor, seat).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        let mut changed = 0;
        for email in &addresses {
            changed += u32::from(store::muted::set(transaction, seat.event.place(), &address_key(email), mutes, now).await?);
        }
        if changed > 0 {
            // How many, not who.
            let told = (json!({ "muted": !mutes }), json!({ "muted": mutes, "addresses": changed }));
            tell(transaction, actor, now, &seat.event, "mute_requests", told).await?;
        }
        Ok(())
    })
}
