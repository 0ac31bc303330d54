//! Inviting an organisation into a draft, and its answer: through the link of a letter or in its workspace.
//!
//! An acceptance never clashes: it is brought into whatever the sheet says by then.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    letters::{self, Notice},
    model::{Part, Seat, State, joined, visible},
    own_organisation,
    store::{interests::end_by_joining, invitations as store},
};
use crate::{
    accounts::{Action, Actor, Addressee, ClusterId, Email, Resource, cluster, decide},
    consortia::{
        self, Content, Draft, DraftId, MemberRole, MemberSide, find_organisation,
        model::MOST_MEMBERS,
        no_such_draft, own_cluster,
        saving::{Attempts, put},
        still_open, store as drafts,
    },
    directory::{
        OrganisationId,
        contacts::{self, Contact, ContactId},
    },
    foundation::{
        audit,
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        personal::{self, Disclosed, Disclosure, Subject},
        secrets::Secret,
        time::{Day, Timestamp},
    },
};

pub use store::Invitation;

id! {
    /// An invitation of an organisation into a draft.
    InvitationId
}

/// The longest message.
const LONGEST: usize = 2_000;
/// For how many days at most an invitation can be answered.
const MOST_DAYS: i64 = 366;

/// Whom somebody asks into a draft.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The organisation, by Corridor's id.
    pub organisation: String,
    /// The role.
    pub role: String,
    /// The side.
    pub side: String,
    /// A contact of the directory.
    pub contact: String,
    /// An address, where no contact is chosen.
    pub email: String,
    /// The language of the letter.
    pub language: String,
    /// A message.
    pub message: String,
    /// The last day for the answer.
    pub answer_by: String,
}

/// Text as it is kept: without control characters but line breaks, at most so long.
pub(in crate::consortia) fn kept(text: &str, longest: usize) -> String {
    text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).take(longest).collect()
}

pub(in crate::consortia) fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// A draft of the cluster of the actor that they may change: not one that goes on in another one.
pub(in crate::consortia) async fn own_draft(app: &App, actor: &Actor, id: DraftId) -> Result<Draft, Error> {
    let cluster = own_cluster(actor, Action::EditDrafts)?;
    let draft = drafts::draft(&app.database, cluster, id).await?.ok_or_else(|| no_such_draft(id))?;
    still_open(&draft)?;
    Ok(draft)
}

/// The last day that a form names, not before today.
pub(in crate::consortia) fn last_day(text: &str, today: Day) -> Option<Day> {
    text.trim().parse::<Day>().ok().filter(|day| (0..=MOST_DAYS).contains(&today.days_until(*day)))
}

/// The day it is where the cluster of a draft is.
pub(in crate::consortia) async fn today_at(app: &App, of: ClusterId) -> Result<Day, Error> {
    Ok(app.clock.today(&cluster(&app.database, of).await?.settings.time_zone))
}

/// Tells the trail of the cluster whose draft it is.
pub(in crate::consortia) async fn tell(
    transaction: &mut Transaction,
    actor: &Actor,
    now: Timestamp,
    of: (ClusterId, DraftId, &str),
    action: &str,
    before: serde_json::Value,
    after: serde_json::Value,
) -> Result<(), Error> {
    let (cluster, draft, name) = of;
    let entry = audit::Entry {
        at: now,
        person: actor.person(),
        cluster: Some(cluster.0),
        action,
        subject_kind: "draft",
        subject: draft.to_string(),
        summary: name.to_owned(),
        before,
        after,
    };
    audit::record(transaction, entry).await
}

/// What a topic is called in letters.
pub(super) async fn topic_of(app: &App, content: &Content) -> Result<Option<String>, Error> {
    let Some(topic) = content.topic else { return Ok(None) };
    let found = drafts::topic_by_id(&app.database, topic).await?;
    Ok(found.map(|topic| format!("{}, {}", topic.identifier, topic.title)))
}

/// The contacts at an organisation to whose address the actor may write.
pub async fn contacts_at(
    app: &App,
    actor: &Actor,
    reader: &crate::accounts::visibility::Reader,
    organisation: OrganisationId,
) -> Result<Vec<Contact>, Error> {
    let all = contacts::of_organisation(app, actor, reader, organisation).await?;
    Ok(all.into_iter().map(|(contact, _)| contact).filter(|contact| contact.values.email.is_some()).collect())
}

/// Invites an organisation. An earlier invitation of it that waits ends: only the newest counts.
///
/// A letter goes to the contact or the address, else to everybody who answers for the organisation here. Nobody of a
/// demonstration writes to real people: their invitations are answered in the workspace.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::NotFound`] for a draft of somebody else.
pub async fn invite(
    app: &App,
    actor: &Actor,
    reader: &crate::accounts::visibility::Reader,
    draft: DraftId,
    asked: &Asked,
) -> Result<InvitationId, Error> {
    let draft = own_draft(app, actor, draft).await?;
    let organisation = find_organisation(app, actor, &asked.organisation).await?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| problems.push(problem(field, message, value));
    let role = MemberRole::of(&asked.role);
    if role.is_none() {
        wrong("role", "consortia-wrong-role", &asked.role);
    }
    let side = MemberSide::of(&asked.side);
    if side.is_none() {
        wrong("side", "consortia-wrong-side", &asked.side);
    }
    let today = today_at(app, draft.cluster).await?;
    let answer_by = last_day(&asked.answer_by, today);
    if answer_by.is_none() {
        wrong("answer_by", "participation-wrong-day", &asked.answer_by);
    }
    let chosen = match asked.contact.parse::<ContactId>() {
        Ok(id) => {
            let contact = contacts::one(app, actor, reader, id).await?;
            Some(contact).filter(|contact| contact.organisation == organisation.id)
        }
        Err(_) => None,
    };
    let typed = asked.email.trim();
    let email = match &chosen {
        Some(contact) => contact.values.email.as_deref().and_then(|email| email.parse::<Email>().ok()),
        None if typed.is_empty() => None,
        None => match typed.parse::<Email>() {
            Ok(email) => Some(email),
            Err(_) => {
                wrong("email", "participation-wrong-email", typed);
                None
            }
        },
    };
    let shown = actor.is_of_the_demonstration();
    let accounts = letters::readers_at(app, &[organisation.id]).await?.remove(&organisation.id).unwrap_or_default();
    if email.is_none() && typed.is_empty() && accounts.is_empty() && !shown {
        wrong("email", "participation-wrong-nobody", "");
    }
    let is_member = draft.content.members.iter().any(|member| member.organisation == organisation.id);
    let known = store::of_draft(&app.database, draft.cluster, draft.id).await?;
    let of_it: Vec<&Invitation> = known.iter().filter(|one| one.organisation == organisation.id).collect();
    if is_member && of_it.iter().any(|one| one.state == State::Accepted) {
        wrong("organisation", "participation-wrong-partner-already", &organisation.shown());
    }
    if !is_member && draft.content.members.len() >= MOST_MEMBERS {
        wrong("organisation", "consortia-wrong-too-many", &draft.content.members.len().to_string());
    }
    let (Some(role), Some(side), Some(answer_by), true) = (role, side, answer_by, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let of_cluster = cluster(&app.database, draft.cluster).await?.settings;
    let language: Language = asked.language.parse().unwrap_or(of_cluster.letter_language);
    let (id, now, token) = (InvitationId::new(), app.clock.now(), Secret::fresh());
    let message = kept(&asked.message, LONGEST);
    let email = email.filter(|_| !shown);
    let topic = topic_of(app, &draft.content).await?;
    let name = organisation.shown();
    let notice = |link: bool| Notice {
        what: "invited",
        cluster: &of_cluster.name,
        draft: &draft.content.name,
        organisation: &name,
        document: None,
        role: Some(format!("consortia-role-{}", role.key())),
        topic: topic.clone(),
        day: answer_by.to_string(),
        words: &message,
        link: link.then(|| link_of(app, &token)),
        page: (!link).then(|| "/workspaces".to_owned()),
    };
    let part = Part { role, side };
    transact!(app.database, transaction => {
        for earlier in of_it.iter().filter(|one| one.state == State::Waiting) {
            store::end(transaction, earlier.id, State::Withdrawn, actor.person(), None, now).await?;
        }
        store::put(transaction, &store::New {
            id,
            cluster: draft.cluster,
            draft: draft.id,
            organisation: organisation.id,
            part,
            email: email.as_ref().map(Email::as_str),
            language,
            message: &message,
            answer_by,
            by: actor.person(),
            now,
        })
        .await?;
        match &email {
            Some(email) => {
                store::put_link(transaction, draft.cluster, id, &token.digest()).await?;
                let to = Addressee::address(app, email.as_str(), language);
                letters::write(transaction, app, &to, &notice(true), now).await?;
            }
            None => {
                for to in accounts.iter().filter(|_| !shown) {
                    letters::write(transaction, app, to, &notice(false), now).await?;
                }
            }
        }
        if let (Some(contact), Some(email)) = (&chosen, &email) {
            disclosed(transaction, actor, contact, email, &name, now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        let what = json!({ "organisation": name, "role": role.key(), "side": side.key(), "answer_by": answer_by.to_string() });
        tell(transaction, actor, now, of, "invite", serde_json::Value::Null, what).await
    })?;
    app.jobs.notify_one();
    Ok(id)
}

/// The address of a contact was used to write to it: noted, so that an erasure can follow it.
async fn disclosed(
    transaction: &mut Transaction,
    actor: &Actor,
    contact: &Contact,
    email: &Email,
    organisation: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let disclosure = Disclosure {
        at: now,
        channel: "letter",
        purpose: "/consortia",
        recipient: organisation,
        recipient_person: None,
        recipient_email: Some(email.as_str()),
        cluster: actor.cluster().map(|cluster| cluster.id.0),
    };
    let subject = Subject::default().with_person(contact.person).with_address(Some(email.as_str()));
    let subject = subject.with_name(contact.values.name.as_deref());
    let whose = [Disclosed { subject, kind: contacts::KIND, datum: contact.id.to_string() }];
    personal::disclose(transaction, &disclosure, &whose).await?;
    Ok(())
}

pub(super) fn link_of(app: &App, token: &Secret) -> Secret {
    Secret::new(app.address.link(&format!("/partner-invitations/{}", token.reveal())))
}

/// The invitations into a draft of the cluster of the actor, newest first.
///
/// # Errors
/// [`Error::NotFound`] for a draft of somebody else.
pub async fn of_draft(app: &App, actor: &Actor, draft: DraftId) -> Result<Vec<Invitation>, Error> {
    let draft = consortia::open(app, actor, draft).await?;
    store::of_draft(&app.database, draft.cluster, draft.id).await
}

/// Takes back an invitation that was not answered.
///
/// # Errors
/// [`Error::NotFound`] when there is none of this draft, [`Error::Over`] when it waits no more.
pub async fn withdraw(app: &App, actor: &Actor, draft: DraftId, id: InvitationId) -> Result<(), Error> {
    let draft = own_draft(app, actor, draft).await?;
    let known = store::of_draft(&app.database, draft.cluster, draft.id).await?;
    let Some(one) = known.into_iter().find(|one| one.id == id) else {
        return Err(Error::NotFound("this invitation".to_owned()));
    };
    let name = drafts_name(app, one.organisation).await?;
    let readers = addressees(app, &one).await?;
    let now = app.clock.now();
    let notice = Notice {
        what: "withdrawn",
        cluster: &one.cluster_name,
        draft: &one.draft_name,
        organisation: &name,
        ..Notice::default()
    };
    transact!(app.database, transaction => {
        if !store::end(transaction, id, State::Withdrawn, actor.person(), None, now).await? {
            return Err(over());
        }
        for reader in &readers {
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        tell(transaction, actor, now, of, "withdraw_invitation", json!({ "organisation": name }), serde_json::Value::Null).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Whom letters about an invitation go to: the address it went to, else the accounts of the organisation.
pub(super) async fn addressees(app: &App, one: &Invitation) -> Result<Vec<Addressee>, Error> {
    match &one.email {
        Some(email) => Ok(vec![Addressee::address(app, email, one.language)]),
        None => Ok(letters::readers_at(app, &[one.organisation]).await?.into_values().flatten().collect()),
    }
}

/// Whom letters to the partners of a draft go to, by partner: the accounts of the organisation, else the address by which it
/// accepted to take part; nobody where neither is known. Who has not accepted is not among them.
pub(in crate::consortia) async fn readers_of(
    app: &App,
    draft: &Draft,
) -> Result<BTreeMap<OrganisationId, Vec<Addressee>>, Error> {
    let known = store::of_draft(&app.database, draft.cluster, draft.id).await?;
    let accepted: Vec<&Invitation> = known.iter().filter(|one| one.state == State::Accepted).collect();
    let ids: Vec<OrganisationId> = accepted.iter().map(|one| one.organisation).collect();
    let mut found = letters::readers_at(app, &ids).await?;
    for one in accepted {
        let readers = found.entry(one.organisation).or_default();
        if let Some(email) = one.email.as_deref().filter(|_| readers.is_empty()) {
            readers.push(Addressee::address(app, email, one.language));
        }
    }
    Ok(found)
}

/// What an organisation is called.
pub(in crate::consortia) async fn drafts_name(app: &App, organisation: OrganisationId) -> Result<String, Error> {
    let known = drafts::organisations(&app.database, &[organisation]).await?;
    Ok(known.get(&organisation).map(drafts::OrganisationFacts::shown).unwrap_or_default())
}

fn over() -> Error {
    Error::Over { reason: "participation-invitation-over" }
}

/// What whoever is invited is shown of a draft: not who else is in it but the coordinator of their side, and no amounts.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The invitation.
    pub invitation: Invitation,
    /// What the organisation is called.
    pub organisation: String,
    /// Who coordinates, where somebody does and it may be seen.
    pub coordinator: Option<String>,
    /// The topic, where there is one.
    pub topic: Option<drafts::TopicFacts>,
}

async fn offer(app: &App, invitation: Invitation) -> Result<Offer, Error> {
    let draft = drafts::draft(&app.database, invitation.cluster, invitation.draft).await?.ok_or_else(over)?;
    let seat = Seat::Partner { organisation: invitation.organisation, side: invitation.part.side };
    let seen = visible(&draft.content, seat);
    let leads = seen.members.iter().find(|member| member.role == MemberRole::Coordinator);
    let coordinator = match leads {
        Some(leads) => Some(drafts_name(app, leads.organisation).await?),
        None => None,
    };
    let topic = match draft.content.topic {
        Some(topic) => drafts::topic_by_id(&app.database, topic).await?,
        None => None,
    };
    let organisation = drafts_name(app, invitation.organisation).await?;
    Ok(Offer { invitation, organisation, coordinator, topic })
}

/// What the link of a letter leads to.
///
/// # Errors
/// [`Error::Over`] for every link that is worth nothing, whatever the reason.
pub async fn offer_of_link(app: &App, actor: &Actor, token: &Secret) -> Result<Offer, Error> {
    decide(actor, Action::ReadPublic, Resource::Instance)?;
    let one = store::of_link(&app.database, &token.digest()).await?.ok_or_else(over)?;
    open(app, one).await
}

async fn open(app: &App, one: Invitation) -> Result<Offer, Error> {
    if one.state != State::Waiting || today_at(app, one.cluster).await? > one.answer_by {
        return Err(over());
    }
    offer(app, one).await
}

/// The invitations that wait for the organisation of the actor.
///
/// # Errors
/// When the actor answers for none.
pub async fn offers(app: &App, actor: &Actor) -> Result<Vec<Offer>, Error> {
    let organisation = own_organisation(actor)?;
    let mut found = Vec::new();
    for one in store::waiting_for(&app.database, organisation).await? {
        match open(app, one).await {
            Ok(offer) => found.push(offer),
            Err(Error::Over { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// An answer to an invitation.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Whether the organisation takes part.
    pub yes: bool,
    /// What it says beside.
    pub words: &'a str,
}

/// Answers through the link of a letter: whoever reads the address, whoever may be signed in here.
///
/// # Errors
/// [`Error::Over`] when the link is worth nothing, or was answered.
pub async fn answer_by_link(app: &App, actor: &Actor, token: &Secret, answer: Answer<'_>) -> Result<Offer, Error> {
    let offer = offer_of_link(app, actor, token).await?;
    answered(app, &Actor::Nobody, &offer, answer).await?;
    Ok(offer)
}

/// Answers in the workspace, for the organisation of the actor.
///
/// # Errors
/// [`Error::NotFound`] when it has no such invitation that waits.
pub async fn answer(app: &App, actor: &Actor, id: InvitationId, answer: Answer<'_>) -> Result<Offer, Error> {
    let found = offers(app, actor).await?.into_iter().find(|offer| offer.invitation.id == id);
    let offer = found.ok_or_else(|| Error::NotFound("this invitation".to_owned()))?;
    answered(app, actor, &offer, answer).await?;
    Ok(offer)
}

async fn answered(app: &App, actor: &Actor, offer: &Offer, answer: Answer<'_>) -> Result<(), Error> {
    let one = &offer.invitation;
    let (now, words) = (app.clock.now(), kept(answer.words, LONGEST));
    let state = if answer.yes { State::Accepted } else { State::Declined };
    let told = Addressee::account(app, one.invited_by).await?;
    let notice = Notice {
        what: state.key(),
        cluster: &one.cluster_name,
        draft: &one.draft_name,
        organisation: &offer.organisation,
        words: &words,
        page: Some(format!("/consortia/{}/partners", one.draft)),
        ..Notice::default()
    };
    let what = json!({ "organisation": offer.organisation, "words": words });
    let mut attempts = Attempts::new(one.cluster, one.draft);
    loop {
        let draft = attempts.read(app).await.map_err(|error| match error {
            Error::NotFound(_) => over(),
            error => error,
        })?;
        let after = match answer.yes {
            true => joined(&draft.content, one.organisation, one.part),
            false => draft.content.clone(),
        };
        if after.members.len() > MOST_MEMBERS {
            return Err(Error::worded("participation-full", &[]));
        }
        let written: Result<(), Error> = transact!(app.database, transaction => {
            if !store::end(transaction, one.id, state, actor.person(), Some(&words), now).await? {
                return Err(over());
            }
            if answer.yes {
                end_by_joining(transaction, (one.cluster, one.draft), one.organisation, one.invited_by, now).await?;
            }
            if after != draft.content {
                put(transaction, actor, now, &draft, &after, "join").await?;
            } else {
                let of = (one.cluster, one.draft, draft.content.name.as_str());
                let action = if answer.yes { "join" } else { "decline" };
                tell(transaction, actor, now, of, action, serde_json::Value::Null, what.clone()).await?;
            }
            if let Some(reader) = &told {
                letters::write(transaction, app, reader, &notice, now).await?;
            }
            Ok(())
        });
        match written {
            // Somebody saved at this moment: what they saved is read again and brought together.
            Err(Error::Clash(_)) => continue,
            written => {
                app.jobs.notify_one();
                return written;
            }
        }
    }
}
