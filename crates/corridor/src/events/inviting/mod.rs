//! Many are asked to come at once: members of clusters, the clusters of an alliance, or a list from a spreadsheet. First it
//! is seen who would be; then they are written in one transaction, with one letter a participant.

mod holding;
pub mod list;
mod model;
pub mod refusals;

pub use holding::RefusalHolding;
pub use model::{Addressed, Candidate, Group, MOST_AT_ONCE, Reach, counts, delegation, reach};

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value as Json, json};

use super::{
    Attendee, AttendeeId, Event, EventId, EventState, Participant, ParticipantId, Standing, attendee_key, editable,
    participants::{LONGEST_NAME, MOST_PARTICIPANTS, kept, letter},
    store, tell, today_at,
};
use crate::{
    accounts::{
        Actor, ClusterId,
        alliances::{self, AllianceId},
        people,
        visibility::Reader,
    },
    directory::{
        OrganisationId, contacts,
        model::{Kind, plain},
        search::{Catalogue, Snapshot},
    },
    foundation::{
        database::Transaction,
        errors::{Error, FieldProblem},
        instance::App,
        languages::Language,
        mail,
        secrets::Secret,
        time::Timestamp,
    },
};

/// From where organisations are taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The members of these clusters, as far as the reader sees them.
    pub clusters: Vec<ClusterId>,
    /// The clusters of this alliance of the own cluster.
    pub alliance: Option<AllianceId>,
    /// Only organisations of this kind.
    pub kind: Option<Kind>,
    /// Only organisations whose name holds these words.
    pub words: String,
}

/// What somebody can take organisations from.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Clusters of which the reader sees members, with how many; the own one first.
    pub clusters: Vec<(ClusterId, String, usize)>,
    /// Alliances that the own cluster is in, with the clusters that are.
    pub alliances: Vec<(AllianceId, String, Vec<String>)>,
}

/// The clusters and alliances from which an event of the actor's cluster can invite.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn offer(app: &App, actor: &Actor, reader: &Reader, id: EventId) -> Result<(Event, Offer), Error> {
    let event = editable(app, actor, id).await?;
    let snapshot = app.part::<Catalogue>().snapshot();
    let view = snapshot.view(reader);
    let mut counts = vec![0_usize; snapshot.clusters.len()];
    for entry in &snapshot.entries {
        // One organisation may be on several lists of one cluster.
        let of: BTreeSet<u16> = entry.memberships_seen(&view).map(|membership| membership.cluster).collect();
        for at in of {
            if let Some(count) = counts.get_mut(usize::from(at)) {
                *count += 1;
            }
        }
    }
    let mut clusters: Vec<(ClusterId, String, usize)> = snapshot
        .clusters
        .iter()
        .zip(counts)
        .filter(|(_, count)| *count > 0)
        .map(|(cluster, count)| (cluster.id, cluster.name.clone(), count))
        .collect();
    clusters.sort_by_key(|(id, ..)| *id != event.cluster);
    let alliances = alliances::of_cluster(&app.database, event.cluster)
        .await?
        .into_iter()
        .filter(|alliance| alliance.holds(event.cluster))
        .map(|alliance| {
            let joined = alliance.clusters.iter().filter(|place| alliance.holds(place.cluster.id));
            (alliance.id, alliance.name.clone(), joined.map(|place| place.cluster.name.clone()).collect())
        })
        .collect();
    Ok((event, Offer { clusters, alliances }))
}

/// The clusters of a source, each once: the own one first, the others by name.
async fn clusters_of(app: &App, event: &Event, source: &Source, snapshot: &Snapshot) -> Result<Vec<ClusterId>, Error> {
    let mut asked: BTreeSet<ClusterId> = source.clusters.iter().copied().collect();
    if let Some(alliance) = source.alliance {
        // An alliance of others is nobody's way to their members.
        let allied = alliances::allied(&app.database, event.cluster).await?;
        let found = allied.into_iter().find(|allied| allied.alliance == alliance);
        asked.extend(found.map(|allied| allied.clusters).unwrap_or_default());
    }
    let mut clusters: Vec<ClusterId> =
        snapshot.clusters.iter().map(|cluster| cluster.id).filter(|id| asked.contains(id)).collect();
    clusters.sort_by_key(|id| *id != event.cluster);
    Ok(clusters)
}

/// The organisations of a source, with how a letter reaches each and whether it is invited already, by name.
///
/// # Errors
/// [`Error::NotFound`] for an event of somebody else.
pub async fn candidates(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    id: EventId,
    source: &Source,
) -> Result<(Event, Vec<Candidate>), Error> {
    let event = editable(app, actor, id).await?;
    let snapshot = app.part::<Catalogue>().snapshot();
    let view = snapshot.view(reader);
    let words = plain(&source.words);
    let mut found: Vec<Candidate> = Vec::new();
    let mut seen: BTreeSet<OrganisationId> = BTreeSet::new();
    for cluster in clusters_of(app, &event, source, &snapshot).await? {
        let named = snapshot.clusters.iter().find(|known| known.id == cluster);
        let cluster_name = named.map(|known| known.name.clone()).unwrap_or_default();
        for entry in snapshot.members_of_cluster(&view, cluster) {
            let wanted = entry.is_named()
                && source.kind.is_none_or(|kind| entry.kind == kind)
                && words.split_whitespace().all(|word| entry.sort_name.contains(word));
            if wanted && seen.insert(entry.id) {
                found.push(Candidate {
                    organisation: entry.id,
                    name: entry.shown_name(),
                    country: entry.country.clone().unwrap_or_default(),
                    kind: entry.kind,
                    cluster,
                    cluster_name: cluster_name.clone(),
                    reach: Reach::Nobody,
                    standing: None,
                });
            }
        }
    }
    let ids: Vec<OrganisationId> = found.iter().map(|one| one.organisation).collect();
    let reached = reached(app, actor, reader, &event, &ids).await?;
    let there: HashMap<OrganisationId, Standing> = store::participants::of_event(&app.database, id)
        .await?
        .into_iter()
        .filter_map(|one| Some((one.organisation?, one.standing)))
        .collect();
    for candidate in &mut found {
        candidate.reach = reached.get(&candidate.organisation).cloned().unwrap_or(Reach::Nobody);
        candidate.standing = there.get(&candidate.organisation).copied();
    }
    found.sort_by(|one, other| {
        plain(&one.name).cmp(&plain(&other.name)).then(one.organisation.cmp(&other.organisation))
    });
    Ok((event, found))
}

/// How a letter reaches each of these organisations.
pub(super) async fn reached(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    event: &Event,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Reach>, Error> {
    let ids: Vec<uuid::Uuid> = organisations.iter().map(|id| id.0).collect();
    let mut accounts: HashMap<OrganisationId, Vec<Addressed>> = HashMap::new();
    for part in ids.chunks(5_000) {
        for (organisation, person) in people::who_speak_for(&app.database, part).await? {
            let addressed = Addressed {
                name: person.name.clone(),
                email: person.email.clone().unwrap_or_default(),
                language: person.language(),
                account: true,
            };
            accounts.entry(OrganisationId(organisation)).or_default().push(addressed);
        }
    }
    let mut known: HashMap<OrganisationId, Vec<Addressed>> = HashMap::new();
    for contact in contacts::reachable(app, actor, reader, organisations).await? {
        let addressed = Addressed {
            name: contact.values.name.clone().unwrap_or_default(),
            email: contact.values.email.clone().unwrap_or_default(),
            language: Language::default(),
            account: false,
        };
        known.entry(contact.organisation).or_default().push(addressed);
    }
    let refused = store::inviting::refused(&app.database, event.cluster).await?;
    let none = Vec::new();
    Ok(organisations
        .iter()
        .map(|id| (*id, reach(accounts.get(id).unwrap_or(&none), known.get(id).unwrap_or(&none), &refused)))
        .collect())
}

/// How those who were chosen are invited.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// The key of their kind of participation.
    pub kind: String,
    /// One delegation for all; empty for none.
    pub delegation: String,
    /// Where there is no delegation for all: whether each comes with that of its cluster.
    pub by_cluster: bool,
    /// The language of letters to contacts; accounts have their own.
    pub language: Language,
}

/// Somebody who is to be on the list of an event.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// The organisation, where it has a record.
    pub organisation: Option<OrganisationId>,
    /// What it is called.
    pub name: String,
    /// Its country; empty where it is not known.
    pub country: String,
    /// The key of its kind of participation.
    pub kind: String,
    /// With which delegation it comes; empty for none.
    pub delegation: String,
    /// To whom the letter goes; none where nobody is written to.
    pub to: Option<Addressed>,
}

/// What came of inviting many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Who is on the list of the event now and was not before.
    pub invited: usize,
    /// How many letters wait to leave.
    pub letters: usize,
    /// Who was on the list already.
    pub there: usize,
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

/// Invites those of a source that were chosen and can be: whoever was invited, refused or lost its address since it was
/// looked at is left out.
///
/// # Errors
/// [`Error::Invalid`] where nobody is chosen, too many are, or there is no such kind of participation.
pub async fn invite_from(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    id: EventId,
    source: &Source,
    chosen: &BTreeSet<OrganisationId>,
    manner: &Manner,
) -> Result<Sent, Error> {
    let (event, candidates) = candidates(app, actor, reader, id, source).await?;
    still_invites(app, &event)?;
    let mut problems = Vec::new();
    if event.setup.participation(&manner.kind).is_none() {
        problems.push(problem("participation", "events-wrong-participation", &manner.kind));
    }
    if chosen.is_empty() {
        problems.push(problem("organisation", "inviting-wrong-nobody", ""));
    } else if chosen.len() > MOST_AT_ONCE {
        problems.push(problem("organisation", "inviting-wrong-many", &chosen.len().to_string()));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let quiet = actor.is_of_the_demonstration();
    let for_all = kept(&manner.delegation, LONGEST_NAME);
    let invitees: Vec<Invitee> = candidates
        .into_iter()
        .filter(|one| chosen.contains(&one.organisation) && one.group(quiet) == Group::Free)
        .map(|one| Invitee {
            organisation: Some(one.organisation),
            delegation: delegation(&for_all, manner.by_cluster, &one.cluster_name),
            name: one.name,
            country: one.country,
            kind: manner.kind.clone(),
            to: match one.reach {
                Reach::By(to) if to.account => Some(to),
                Reach::By(to) => Some(Addressed { language: manner.language, ..to }),
                Reach::Refused | Reach::Nobody => None,
            },
        })
        .collect();
    put(app, actor, &event, &invitees, Standing::Invited).await
}

/// A participant that is to be written, with its person and the secret of its link where it gets one.
struct Written {
    participant: Participant,
    attendee: Option<Attendee>,
    to: Option<(Addressed, Option<Secret>)>,
}

fn prepare(event: &Event, invitee: &Invitee, standing: Standing, quiet: bool, now: Timestamp) -> Written {
    let participant = Participant {
        id: ParticipantId::new(),
        event: event.id,
        organisation: invitee.organisation,
        name: invitee.name.clone(),
        country: invitee.country.clone(),
        kind: invitee.kind.clone(),
        delegation: invitee.delegation.clone(),
        standing,
        offers: String::new(),
        seeks: String::new(),
        minimum: None,
        maximum: None,
        booth: String::new(),
        revision: 1,
        asked_at: now,
        answered_at: (standing == Standing::Confirmed).then_some(now),
    };
    // Who has an account names its people itself.
    let attendee = invitee.to.as_ref().filter(|to| !to.account).map(|to| {
        let id = AttendeeId::new();
        Attendee {
            id,
            participant: participant.id,
            name: if to.name.is_empty() { to.email.clone() } else { to.name.clone() },
            email: to.email.clone(),
            job: String::new(),
            language: to.language,
            key: attendee_key(&to.email, id),
            away: Vec::new(),
            rest: Vec::new(),
            checked_in_at: None,
        }
    });
    let written_to = invitee.to.clone().filter(|to| !quiet && !to.email.is_empty());
    let to = written_to.map(|to| {
        let key = (!to.account).then(Secret::fresh);
        (to, key)
    });
    Written { participant, attendee, to }
}

/// Whether somebody is on a list already: the same organisation, or the same name where there is no record.
pub(super) fn is_there(
    there: &(BTreeSet<OrganisationId>, BTreeSet<String>),
    organisation: Option<OrganisationId>,
    name: &str,
) -> bool {
    match organisation {
        Some(id) => there.0.contains(&id),
        None => there.1.contains(&plain(name)),
    }
}

/// Whom a list holds, by record and by name.
pub(super) fn known(participants: &[Participant]) -> (BTreeSet<OrganisationId>, BTreeSet<String>) {
    let ids = participants.iter().filter_map(|one| one.organisation).collect();
    (ids, participants.iter().map(|one| plain(&one.name)).collect())
}

/// Writes invitees, their people, links and letters, all or none. Nobody of a demonstration writes to anybody.
pub(super) async fn put(
    app: &App,
    actor: &Actor,
    event: &Event,
    invitees: &[Invitee],
    standing: Standing,
) -> Result<Sent, Error> {
    let (now, quiet) = (app.clock.now(), actor.is_of_the_demonstration());
    let prepared: Vec<Written> = invitees.iter().map(|one| prepare(event, one, standing, quiet, now)).collect();
    let sent = transact!(app.database, transaction => {
        write(transaction, app, actor, event, &prepared, standing, now).await
    })?;
    app.jobs.notify_one();
    Ok(sent)
}

async fn write(
    transaction: &mut Transaction,
    app: &App,
    actor: &Actor,
    event: &Event,
    prepared: &[Written],
    standing: Standing,
    now: Timestamp,
) -> Result<Sent, Error> {
    super::hold(transaction, event).await?;
    // Who was invited since it was looked at stays as it is, and gets no second letter.
    let there = store::participants::of_event_in(transaction, event.id).await?;
    if there.len() + prepared.len() > MOST_PARTICIPANTS {
        return Err(Error::Invalid(vec![problem("organisation", "inviting-wrong-full", "")]));
    }
    let mut listed = known(&there);
    let mut fresh: Vec<&Written> = Vec::with_capacity(prepared.len());
    for one in prepared {
        if !is_there(&listed, one.participant.organisation, &one.participant.name) {
            listed.0.extend(one.participant.organisation);
            listed.1.insert(plain(&one.participant.name));
            fresh.push(one);
        }
    }
    let participants: Vec<Participant> = fresh.iter().map(|one| one.participant.clone()).collect();
    let people: Vec<Attendee> = fresh.iter().filter_map(|one| one.attendee.clone()).collect();
    let links: Vec<(String, &Attendee)> = fresh
        .iter()
        .filter_map(|one| {
            let key = one.to.as_ref()?.1.as_ref()?;
            Some((key.digest(), one.attendee.as_ref()?))
        })
        .collect();
    store::inviting::put_participants(transaction, event.cluster, &participants, None).await?;
    store::inviting::put_people(transaction, event.place(), &people, now).await?;
    store::inviting::put_links(transaction, event.cluster, &links, now).await?;
    let zone = event.setup.zone();
    let what = if standing == Standing::Confirmed { "added" } else { "invited" };
    let letters: Vec<mail::Letter<'_>> = fresh
        .iter()
        .filter_map(|one| {
            let (to, key) = one.to.as_ref()?;
            Some(letter(app, (event, &zone), &one.participant, what, (&to.email, to.language), key.as_ref()))
        })
        .collect();
    mail::write_all(transaction, &app.renderer, &letters, now).await?;
    let sent = Sent { invited: participants.len(), letters: letters.len(), there: prepared.len() - participants.len() };
    // The trail is told whom by name: they are organisations. Their people stand in the record itself.
    let names: Vec<&str> = participants.iter().map(|one| one.name.as_str()).collect();
    let after = json!({
        "participants": names, "standing": standing.key(), "letters": sent.letters,
        "delegations": delegations(&participants),
    });
    tell(transaction, actor, now, event, "invite_many", (Json::Null, after)).await?;
    Ok(sent)
}

/// How many come with each delegation.
fn delegations(participants: &[Participant]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for one in participants.iter().filter(|one| !one.delegation.is_empty()) {
        *counts.entry(one.delegation.as_str()).or_default() += 1;
    }
    counts
}

/// An event still invites as long as it is neither over nor called off.
///
/// # Errors
/// [`Error::Over`] once it is.
pub(super) fn still_invites(app: &App, event: &Event) -> Result<(), Error> {
    if event.state == EventState::Cancelled || event.is_over(today_at(app, event)) {
        return Err(Error::Over { reason: "events-over" });
    }
    Ok(())
}
