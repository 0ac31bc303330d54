//! A draft is opened for interest, organisations express theirs, the team takes them in or declines.

use serde_json::json;

use super::{
    invitations::{InvitationId, drafts_name, kept, last_day, own_draft, problem, tell, today_at},
    letters::{self, Notice},
    model::{Part, State, joined},
    own_organisation,
    store::{self, interests, invitations},
};
use crate::{
    accounts::{
        Action, Actor, Addressee, Resource, cluster, decide,
        visibility::{Audience, Circle, Reader},
    },
    calls::{self, TopicId},
    consortia::{
        self, DraftId, MemberRole, MemberSide,
        model::MOST_MEMBERS,
        saving::{Attempts, put},
        store as drafts,
    },
    foundation::{errors::Error, instance::App},
};

pub use interests::{Interest, Opening};

id! {
    /// An expression of interest.
    InterestId
}

/// The longest text, of an opening or of a message.
const LONGEST: usize = 2_000;

/// What a form says that a draft looks for.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Sought {
    /// In words.
    pub words: String,
    /// A competence, in words.
    pub competence: String,
    /// A kind of organisation.
    pub kind: String,
    /// A country.
    pub country: String,
    /// The last day for answers.
    pub open_until: String,
    /// Who sees it.
    pub audience: String,
}

/// The kinds of organisation that can be looked for.
pub const KINDS: [&str; 11] = [
    "company",
    "university",
    "research_organisation",
    "hospital",
    "patient_organisation",
    "public_authority",
    "cluster",
    "association",
    "foundation",
    "other",
    "sme",
];

/// Opens a draft for interest, or changes what it looks for.
///
/// # Errors
/// [`Error::Invalid`] for fields that cannot be used; [`Error::NotFound`] for a draft of somebody else.
pub async fn open(app: &App, actor: &Actor, draft: DraftId, sought: &Sought) -> Result<(), Error> {
    let draft = own_draft(app, actor, draft).await?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| problems.push(problem(field, message, value));
    let words = kept(&sought.words, LONGEST);
    if words.is_empty() {
        wrong("words", "participation-wrong-words", "");
    }
    let open_until = last_day(&sought.open_until, today_at(app, draft.cluster).await?);
    if open_until.is_none() {
        wrong("open_until", "participation-wrong-day", &sought.open_until);
    }
    let named = |text: &str, longest: usize| Some(kept(text, longest)).filter(|text| !text.is_empty());
    let kind = named(&sought.kind, 40);
    if kind.as_deref().is_some_and(|kind| !KINDS.contains(&kind)) {
        wrong("kind", "participation-wrong-kind", &sought.kind);
    }
    let country = named(&sought.country, 2).map(|code| code.to_uppercase());
    if country.as_deref().is_some_and(|code| code.parse::<eligibility::Country>().is_err()) {
        wrong("country", "participation-wrong-country", &sought.country);
    }
    let own = actor.cluster().cloned();
    let audience = match (sought.audience.parse::<Audience>(), own) {
        (Ok(audience), Some(own)) if Circle::of(&app.database, &own).await?.may_choose(&audience) => Some(audience),
        _ => None,
    };
    if audience.is_none() {
        wrong("audience", "participation-wrong-audience", &sought.audience);
    }
    let (Some(open_until), Some(audience), true) = (open_until, audience, problems.is_empty()) else {
        return Err(Error::Invalid(problems));
    };
    let now = app.clock.now();
    let opening = Opening {
        cluster: draft.cluster,
        cluster_name: String::new(),
        draft: draft.id,
        topic: None,
        topic_title: None,
        words,
        competence: named(&sought.competence, 200),
        kind,
        country,
        open_until,
        audience,
        opened_at: now,
        closed_at: None,
        opened_by: None,
    };
    let what = json!({
        "words": opening.words, "competence": opening.competence, "kind": opening.kind, "country": opening.country,
        "open_until": open_until.to_string(), "audience": opening.audience.to_string(),
    });
    transact!(app.database, transaction => {
        interests::put(transaction, &opening, actor.person()).await?;
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        tell(transaction, actor, now, of, "open", serde_json::Value::Null, what.clone()).await
    })
}

/// Closes a draft to further expressions of interest.
///
/// # Errors
/// [`Error::Over`] when it is not open.
pub async fn close(app: &App, actor: &Actor, draft: DraftId) -> Result<(), Error> {
    let draft = own_draft(app, actor, draft).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !interests::close(transaction, draft.cluster, draft.id, now).await? {
            return Err(Error::Over { reason: "participation-opening-over" });
        }
        let of = (draft.cluster, draft.id, draft.content.name.as_str());
        tell(transaction, actor, now, of, "close", serde_json::Value::Null, serde_json::Value::Null).await
    })
}

/// The opening of a draft of the cluster of the actor, closed or not, with who answered, newest first.
///
/// # Errors
/// [`Error::NotFound`] for a draft of somebody else.
pub async fn of_draft(app: &App, actor: &Actor, draft: DraftId) -> Result<(Option<Opening>, Vec<Interest>), Error> {
    let draft = consortia::open(app, actor, draft).await?;
    Ok((
        interests::of_draft(&app.database, draft.cluster, draft.id).await?,
        interests::in_draft(&app.database, draft.cluster, draft.id).await?,
    ))
}

/// The openings that the reader sees: all, or those on a topic.
///
/// # Errors
/// When the actor may not read calls.
pub async fn openings(
    app: &App,
    actor: &Actor,
    reader: &Reader,
    topic: Option<TopicId>,
) -> Result<Vec<Opening>, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    interests::seen(&app.database, reader, calls::today(app), topic, None).await
}

/// One of them.
///
/// # Errors
/// [`Error::NotFound`] for one that the reader does not see, whether it is there or not.
pub async fn opening(app: &App, actor: &Actor, reader: &Reader, draft: DraftId) -> Result<Opening, Error> {
    decide(actor, Action::ReadCalls, Resource::Instance)?;
    let found = interests::seen(&app.database, reader, calls::today(app), None, Some(draft)).await?;
    found.into_iter().next().ok_or_else(|| Error::NotFound(format!("an opening of the draft {draft}")))
}

/// What the organisation of the actor answered to openings, newest first; nothing where they answer for none.
///
/// # Errors
/// When the database fails.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Interest>, Error> {
    match own_organisation(actor) {
        Ok(organisation) => interests::of_organisation(&app.database, organisation).await,
        Err(_) => Ok(Vec::new()),
    }
}

/// Expresses the interest of the organisation of the actor.
///
/// # Errors
/// [`Error::NotFound`] for an opening that the reader does not see; [`Error::Over`] when one of the organisation waits.
pub async fn express(app: &App, actor: &Actor, reader: &Reader, draft: DraftId, message: &str) -> Result<(), Error> {
    let organisation = own_organisation(actor)?;
    let opening = opening(app, actor, reader, draft).await?;
    let message = kept(message, LONGEST);
    if message.is_empty() {
        return Err(Error::Invalid(vec![problem("message", "participation-wrong-words", "")]));
    }
    let now = app.clock.now();
    let name = drafts_name(app, organisation).await?;
    let told = Addressee::account(app, opening.opened_by).await?;
    let kept_draft = drafts::draft(&app.database, opening.cluster, draft).await?;
    let draft_name = kept_draft.map(|draft| draft.content.name).unwrap_or_default();
    transact!(app.database, transaction => {
        if !interests::express(transaction, opening.cluster, draft, organisation, &message, actor.person(), now).await? {
            return Err(Error::Over { reason: "participation-interest-waits" });
        }
        if let Some(reader) = &told {
            let notice = Notice {
                what: "interest",
                cluster: &opening.cluster_name,
                draft: &draft_name,
                organisation: &name,
                words: &message,
                page: Some(format!("/consortia/{draft}/partners")),
                ..Notice::default()
            };
            letters::write(transaction, app, reader, &notice, now).await?;
        }
        let of = (opening.cluster, draft, draft_name.as_str());
        let what = json!({ "organisation": name, "message": message });
        tell(transaction, actor, now, of, "express_interest", serde_json::Value::Null, what).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Takes back what the organisation of the actor answered.
///
/// # Errors
/// [`Error::NotFound`] when there is none of it that waits.
pub async fn withdraw(app: &App, actor: &Actor, id: InterestId) -> Result<(), Error> {
    let organisation = own_organisation(actor)?;
    let all = interests::of_organisation(&app.database, organisation).await?;
    let unknown = || Error::NotFound("this expression of interest".to_owned());
    let one = all.into_iter().find(|one| one.id == id).ok_or_else(unknown)?;
    let now = app.clock.now();
    let name = drafts_name(app, organisation).await?;
    transact!(app.database, transaction => {
        if !interests::end(transaction, id, State::Withdrawn, actor.person(), None, now).await? {
            return Err(unknown());
        }
        let of = (one.cluster, one.draft, name.as_str());
        tell(transaction, actor, now, of, "withdraw_interest", serde_json::Value::Null, serde_json::Value::Null).await
    })
}

/// What the team answers to an expression of interest.
#[derive(Clone, Copy, Debug)]
pub enum Reply<'a> {
    /// The organisation is taken in, as this.
    TakeIn(MemberRole, MemberSide),
    /// It is not, and is told why.
    Decline(&'a str),
}

/// Answers an expression of interest. Whoever is taken in is a member of the sheet from then on, and has its seat.
///
/// # Errors
/// [`Error::NotFound`] when there is none in this draft; [`Error::Over`] when it waits no more.
pub async fn reply(app: &App, actor: &Actor, draft: DraftId, id: InterestId, reply: Reply<'_>) -> Result<(), Error> {
    let draft = own_draft(app, actor, draft).await?;
    let all = interests::in_draft(&app.database, draft.cluster, draft.id).await?;
    let unknown = || Error::NotFound("this expression of interest".to_owned());
    let one = all.into_iter().find(|one| one.id == id).ok_or_else(unknown)?;
    let name = drafts_name(app, one.organisation).await?;
    let (state, words) = match reply {
        Reply::TakeIn(..) => (State::Accepted, String::new()),
        Reply::Decline(words) => (State::Declined, kept(words, LONGEST)),
    };
    if state == State::Declined && words.is_empty() {
        return Err(Error::Invalid(vec![problem("reply", "participation-wrong-words", "")]));
    }
    let told = match actor.is_of_the_demonstration() {
        true => None,
        false => Addressee::account(app, one.person).await?,
    };
    let of_cluster = cluster(&app.database, draft.cluster).await?.settings;
    let now = app.clock.now();
    let notice = Notice {
        what: if state == State::Accepted { "taken-in" } else { "not-taken-in" },
        cluster: &one.cluster_name,
        draft: one.topic.as_deref().unwrap_or(&draft.content.name),
        organisation: &name,
        words: &words,
        page: Some(match state {
            State::Accepted => format!("/workspaces/{}", draft.id),
            _ => "/interests".to_owned(),
        }),
        ..Notice::default()
    };
    let mut attempts = Attempts::new(draft.cluster, draft.id);
    loop {
        let stands = attempts.read(app).await?;
        let after = match reply {
            Reply::TakeIn(role, side) => joined(&stands.content, one.organisation, Part { role, side }),
            Reply::Decline(_) => stands.content.clone(),
        };
        if after.members.len() > MOST_MEMBERS {
            return Err(Error::worded("participation-full", &[]));
        }
        let partners = store::partners(&app.database, draft.cluster, draft.id).await?;
        let written: Result<(), Error> = transact!(app.database, transaction => {
            if !interests::end(transaction, one.id, state, actor.person(), Some(&words), now).await? {
                return Err(Error::Over { reason: "participation-interest-over" });
            }
            if let Reply::TakeIn(role, side) = reply && !partners.contains(&one.organisation) {
                let invitation = InvitationId::new();
                invitations::put(transaction, &invitations::New {
                    id: invitation,
                    cluster: draft.cluster,
                    draft: draft.id,
                    organisation: one.organisation,
                    part: Part { role, side },
                    email: None,
                    language: of_cluster.letter_language,
                    message: "",
                    answer_by: calls::today(app),
                    by: actor.person(),
                    now,
                })
                .await?;
                // What it wrote is its answer.
                let by = one.person.map(|person| person.0);
                invitations::end(transaction, invitation, State::Accepted, by, Some(&one.message), now).await?;
            }
            if after != stands.content {
                put(transaction, actor, now, &stands, &after, "take_in").await?;
            } else {
                let of = (draft.cluster, draft.id, stands.content.name.as_str());
                let action = if state == State::Accepted { "take_in" } else { "decline_interest" };
                let what = json!({ "organisation": name, "words": words });
                tell(transaction, actor, now, of, action, serde_json::Value::Null, what).await?;
            }
            if let Some(reader) = &told {
                letters::write(transaction, app, reader, &notice, now).await?;
            }
            Ok(())
        });
        match written {
            Err(Error::Clash(_)) => continue,
            written => {
                app.jobs.notify_one();
                return written;
            }
        }
    }
}
