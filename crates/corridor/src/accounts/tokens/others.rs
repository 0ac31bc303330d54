//! The tokens of other people, for those who run a cluster or the instance: seen with whom they act for, and ended.

use minijinja::context;

use super::{TokenId, model::Asked, store};
use crate::{
    accounts::{Acting, Action, Actor, ClusterId, HeldRole, PersonId, Resource, Role, store as accounts_store, tell},
    foundation::{
        errors::Error,
        mail::{self, Letter},
    },
};

/// A token as those who run a cluster see it: whom it acts for and how far, never the secret.
#[derive(Clone, Debug)]
pub struct OthersToken {
    /// Its id.
    pub id: TokenId,
    /// What its owner calls it.
    pub label: String,
    /// The scopes, in one text.
    pub scopes: String,
    /// Whose it is.
    pub person: PersonId,
    /// What the owner is called.
    pub owner: String,
    /// The owner's address.
    pub email: Option<String>,
    /// The role that a program acts in.
    pub held: HeldRole,
    /// The cluster that a program acts for.
    pub cluster_name: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// When it was used last.
    pub used_at: Option<i64>,
}

/// Whose tokens the actor sees: of the whole instance, or of everybody who acts for their cluster.
enum Seen {
    All,
    Of(ClusterId),
}

fn seen(actor: &Actor) -> Option<Seen> {
    match (actor, actor.role()) {
        (Actor::Console, _) | (_, Some(Role::InstanceAdministrator)) => Some(Seen::All),
        _ => actor.cluster().map(|cluster| Seen::Of(cluster.id)),
    }
}

/// For which cluster the tokens act that the actor sees, within all that an outer nothing leaves out.
fn bounds(acting: &Acting) -> Result<Option<Option<ClusterId>>, Error> {
    acting.may(Action::ManageTokens, Resource::Instance)?;
    Ok(seen(&acting.actor).map(|seen| match seen {
        Seen::All => None,
        Seen::Of(cluster) => Some(cluster),
    }))
}

/// A page of tokens.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The tokens.
    pub tokens: Vec<OthersToken>,
    /// Which page this is, from 1.
    pub number: usize,
    /// The last page.
    pub last: usize,
    /// How many tokens there are on all pages.
    pub count: usize,
    /// How many people own them.
    pub owners: usize,
}

/// A page of the tokens that the actor sees and the question holds, expired ones too, newest first; the last page where
/// there is none of that number.
///
/// # Errors
/// When the actor runs neither a cluster nor the instance.
pub async fn page(acting: &Acting, asked: &Asked, number: usize, size: usize) -> Result<Page, Error> {
    let Some(cluster) = bounds(acting)? else { return Ok(Page { number: 1, last: 1, ..Page::default() }) };
    let (database, now) = (&acting.app.database, acting.app.clock.now());
    let (count, owners) = store::count_of_others(database, cluster, asked, now).await?;
    let last = count.div_ceil(size.max(1)).max(1);
    let number = number.clamp(1, last);
    let part = ((number - 1) * size, size);
    Ok(Page { tokens: store::of_others(database, cluster, asked, now, part).await?, number, last, count, owners })
}

/// Whether the actor may end a token: as they may end the role that it acts in.
pub fn may_end(acting: &Acting, token: &OthersToken) -> bool {
    acting.may(Action::ManageTokens, token.held.resource()).is_ok()
}

/// Ends somebody's token, and tells them by letter.
///
/// # Errors
/// [`Error::NotFound`] where the actor does not see it, whether there is one or not; [`Error::Refused`] where its owner
/// runs more than the actor does.
pub async fn end(acting: &Acting, id: TokenId) -> Result<(), Error> {
    let unknown = || Error::NotFound("this token".to_owned());
    let token = match bounds(acting)? {
        Some(cluster) => store::one_of_others(&acting.app.database, cluster, id).await?,
        None => None,
    };
    let token = token.ok_or_else(unknown)?;
    acting.may(Action::ManageTokens, token.held.resource())?;
    let (app, now) = (&acting.app, acting.app.clock.now());
    let owner = accounts_store::person(&app.database, token.person).await?;
    let by = match &acting.actor {
        Actor::Person { name, .. } => name.as_str(),
        _ => "",
    };
    transact!(app.database, transaction => {
        if store::end(transaction, token.person, id).await?.is_none() {
            return Err(unknown());
        }
        if let Some((owner, email)) = owner.as_ref().and_then(|owner| Some((owner, owner.email.as_deref()?))) {
            let language = owner.language();
            let role = app.texts.text(language, &token.held.role.label_key(), None);
            let letter = Letter {
                kind: "token-ended",
                to: email,
                language,
                zone: &owner.zone(&app.configuration.time_zone),
                values: context! {
                    name => owner.name.as_str(), label => token.label.as_str(), role, by, at => now.0,
                    cluster => token.cluster_name.as_deref(), address => app.address.to_string(),
                },
                link: None,
            };
            mail::write(transaction, &app.renderer, &letter, now).await?;
        }
        let what = serde_json::json!({
            "person": token.person, "label": token.label, "scopes": token.scopes, "role": token.held.role.key(),
            "cluster": token.held.cluster,
        });
        tell(transaction, now, acting.actor.person(), "end_token_of", token.owner.clone(), what).await
    })?;
    app.jobs.notify_one();
    Ok(())
}
