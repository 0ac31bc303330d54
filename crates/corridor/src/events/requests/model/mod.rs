//! What can be asked and answered, decided without asking a database.

mod figures;

pub use figures::{BETWEEN_LETTERS, Notice, Tally, notice};

use crate::{
    events::model::{
        Attendee, Participant, Request, RequestId, RequestState, Setup, SlotTime, Standing, Wish, may_meet,
    },
    foundation::time::Timestamp,
};

/// Why two participants cannot be asked to meet, or a request not answered so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody meets oneself.
    Oneself,
    /// Requests are not open on this day.
    Closed,
    /// The event is over or cancelled.
    Over,
    /// Whoever asks does not take part.
    Outside,
    /// The other does not take part.
    Absent,
    /// Their kinds of participation do not meet.
    Kinds,
    /// The other said «no thanks».
    Refused,
    /// It is asked already, and waits for the other.
    Asked,
    /// They proposed another time, and wait for whoever asked.
    Proposed,
    /// They have agreed to meet.
    Agreed,
    /// Whoever asks has sent as many requests as its kind may.
    Cap,
    /// Whoever asks has as many meetings as it may have.
    OwnFull,
    /// The other has as many meetings as it may have.
    OtherFull,
    /// No slot is free on both sides.
    NoSlot,
    /// Another time was proposed without naming a session of the event.
    NoSession,
    /// What the request is at leaves no such answer to whoever gives it.
    NotSo,
}

impl Obstacle {
    /// All of them.
    pub const ALL: [Obstacle; 16] = [
        Obstacle::Oneself,
        Obstacle::Closed,
        Obstacle::Over,
        Obstacle::Outside,
        Obstacle::Absent,
        Obstacle::Kinds,
        Obstacle::Refused,
        Obstacle::Asked,
        Obstacle::Proposed,
        Obstacle::Agreed,
        Obstacle::Cap,
        Obstacle::OwnFull,
        Obstacle::OtherFull,
        Obstacle::NoSlot,
        Obstacle::NoSession,
        Obstacle::NotSo,
    ];

    /// The key of its words.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Obstacle::Oneself => "meet-not-oneself",
            Obstacle::Closed => "meet-not-closed",
            Obstacle::Over => "meet-not-over",
            Obstacle::Outside => "meet-not-outside",
            Obstacle::Absent => "meet-not-absent",
            Obstacle::Kinds => "meet-not-kinds",
            Obstacle::Refused => "meet-not-refused",
            Obstacle::Asked => "meet-not-asked",
            Obstacle::Proposed => "meet-not-proposed",
            Obstacle::Agreed => "meet-not-agreed",
            Obstacle::Cap => "meet-not-cap",
            Obstacle::OwnFull => "meet-not-own-full",
            Obstacle::OtherFull => "meet-not-other-full",
            Obstacle::NoSlot => "meet-not-slot",
            Obstacle::NoSession => "meet-not-session",
            Obstacle::NotSo => "meet-not-so",
        }
    }
}

/// The event as requests see it on a day.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    /// Days, kinds and rules.
    pub setup: &'a Setup,
    /// Whether requests are asked and answered today.
    pub open: bool,
    /// Whether it is over or cancelled.
    pub over: bool,
    /// The slots that are still to come.
    pub slots: Vec<SlotTime>,
}

/// A participant as requests see it.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    /// Who it is.
    pub participant: &'a Participant,
    /// Its people; none are named: it counts as free all the time.
    pub people: &'a [Attendee],
    /// Its meetings that were accepted.
    pub accepted: usize,
    /// What it asked itself and was neither declined nor withdrawn.
    pub sent: usize,
}

impl Party<'_> {
    /// Meetings it may have at most.
    #[must_use]
    pub fn maximum(&self, setup: &Setup) -> Option<u32> {
        let kind = || setup.participation(&self.participant.kind).and_then(|kind| kind.maximum);
        self.participant.maximum.or_else(kind)
    }

    /// Meetings it should have at least.
    #[must_use]
    pub fn minimum(&self, setup: &Setup) -> u32 {
        let kind = || setup.participation(&self.participant.kind).map_or(0, |kind| kind.minimum);
        self.participant.minimum.unwrap_or_else(kind)
    }

    /// Requests it may have sent at most.
    #[must_use]
    pub fn cap(&self, setup: &Setup) -> Option<u32> {
        setup.participation(&self.participant.kind).and_then(|kind| kind.most_requests)
    }

    fn full(&self, setup: &Setup) -> bool {
        self.maximum(setup).is_some_and(|maximum| self.accepted >= maximum as usize)
    }

    fn free(&self, slot: &SlotTime) -> bool {
        self.people.is_empty() || self.people.iter().any(|person| !person.away.contains(&slot.starts))
    }
}

/// How many requests of a participant were accepted, and how many of those it asked are neither declined nor withdrawn.
#[must_use]
pub fn counted(participant: &Participant, requests: &[Request]) -> (usize, usize) {
    let own = requests.iter().filter(|one| one.from == participant.id || one.to == participant.id);
    own.fold((0, 0), |(accepted, sent), one| {
        let stands = !matches!(one.state, RequestState::Declined | RequestState::Withdrawn);
        (
            accepted + usize::from(one.state == RequestState::Accepted),
            sent + usize::from(stands && one.from == participant.id && !one.by_team),
        )
    })
}

/// Whether two participants can meet at all, in one of these sessions; none: in any.
fn can_meet(
    ground: &Ground<'_>,
    (one, other): (&Party<'_>, &Party<'_>),
    sessions: &[(usize, usize)],
) -> Result<(), Obstacle> {
    if !may_meet(ground.setup, &one.participant.kind, &other.participant.kind) {
        return Err(Obstacle::Kinds);
    }
    if one.full(ground.setup) {
        return Err(Obstacle::OwnFull);
    }
    if other.full(ground.setup) {
        return Err(Obstacle::OtherFull);
    }
    let within = |slot: &&SlotTime| sessions.is_empty() || sessions.contains(&(slot.day, slot.session));
    if !ground.slots.iter().filter(within).any(|slot| one.free(slot) && other.free(slot)) {
        return Err(Obstacle::NoSlot);
    }
    Ok(())
}

fn both_there(one: &Party<'_>, other: &Party<'_>) -> Result<(), Obstacle> {
    if one.participant.id == other.participant.id {
        return Err(Obstacle::Oneself);
    }
    if one.participant.standing != Standing::Confirmed {
        return Err(Obstacle::Outside);
    }
    if other.participant.standing != Standing::Confirmed {
        return Err(Obstacle::Absent);
    }
    Ok(())
}

/// What becomes of a wish to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// A first request of the two.
    New,
    /// The other asked first: it is accepted.
    Accepts(RequestId),
    /// What was withdrawn, or declined by whoever asks now, is asked again.
    Again(RequestId),
}

/// Whether somebody can ask to meet another, and what becomes of it.
///
/// # Errors
/// Why it cannot.
pub fn asking(
    ground: &Ground<'_>,
    me: &Party<'_>,
    other: &Party<'_>,
    between: Option<&Request>,
) -> Result<Asking, Obstacle> {
    both_there(me, other)?;
    let mine = between.is_some_and(|request| request.from == me.participant.id);
    let asking = match between.map(|request| (request.state, request.id)) {
        None => Asking::New,
        Some((RequestState::Accepted, _)) => return Err(Obstacle::Agreed),
        Some((RequestState::Waiting, _)) if mine => return Err(Obstacle::Asked),
        Some((RequestState::Waiting, id)) => Asking::Accepts(id),
        Some((RequestState::Countered, _)) if mine => return Err(Obstacle::Proposed),
        Some((RequestState::Countered, _)) => return Err(Obstacle::Asked),
        // Whoever declined is the one who was asked: see `answered`.
        Some((RequestState::Declined, _)) if mine => return Err(Obstacle::Refused),
        Some((RequestState::Declined | RequestState::Withdrawn, id)) => Asking::Again(id),
    };
    if !ground.open {
        return Err(if ground.over { Obstacle::Over } else { Obstacle::Closed });
    }
    can_meet(ground, (me, other), &[])?;
    let capped = || me.cap(ground.setup).is_some_and(|cap| me.sent >= cap as usize);
    if !matches!(asking, Asking::Accepts(_)) && capped() {
        return Err(Obstacle::Cap);
    }
    Ok(asking)
}

/// Whether the team can set a meeting of two participants: their kinds, their figures and «no thanks» hold for it too, the cap
/// and the days of requests do not.
///
/// # Errors
/// Why it cannot.
pub fn setting(
    ground: &Ground<'_>,
    one: &Party<'_>,
    other: &Party<'_>,
    between: Option<&Request>,
) -> Result<(), Obstacle> {
    both_there(one, other)?;
    match between.map(|request| request.state) {
        Some(RequestState::Accepted) => return Err(Obstacle::Agreed),
        Some(RequestState::Declined) => return Err(Obstacle::Refused),
        _ => {}
    }
    if ground.over {
        return Err(Obstacle::Over);
    }
    // What two proposed to one another stays, and so does when they would.
    let sessions = between.map_or(&[][..], |request| &request.sessions);
    can_meet(ground, (one, other), sessions)
}

/// What somebody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is to be held.
    Accept(Wish),
    /// «No thanks», also to what was accepted before.
    Decline,
    /// Gladly, in one of these sessions.
    Counter(Vec<(usize, usize)>),
    /// What one asked oneself is taken back.
    Withdraw,
}

/// A request after an answer of one of the two.
///
/// Whoever declines stands as the one who was asked from then on, so that a request that was declined says who did.
///
/// # Errors
/// Why it cannot be answered so.
pub fn answered(
    ground: &Ground<'_>,
    (me, other): (&Party<'_>, &Party<'_>),
    request: &Request,
    (answer, words): (&Answer, &str),
    now: Timestamp,
) -> Result<Request, Obstacle> {
    use RequestState::{Accepted, Countered, Declined, Waiting, Withdrawn};
    let mine = request.from == me.participant.id;
    let state = match (answer, request.state, mine) {
        (Answer::Accept(_), Waiting, false) | (Answer::Accept(_), Countered, true) => Accepted,
        (Answer::Decline, Waiting | Countered | Accepted, false) | (Answer::Decline, Countered, true) => Declined,
        (Answer::Counter(_), Waiting, false) => Countered,
        (Answer::Withdraw, Waiting | Countered | Accepted, true) => Withdrawn,
        _ => return Err(Obstacle::NotSo),
    };
    if ground.over {
        return Err(Obstacle::Over);
    }
    let mut after = Request { state, answered_at: Some(now), ..request.clone() };
    if matches!(state, Accepted | Countered) {
        if !ground.open {
            return Err(Obstacle::Closed);
        }
        both_there(me, other)?;
        if let Answer::Counter(sessions) = answer {
            let known = |(day, session): &(usize, usize)| {
                ground.setup.days.get(*day).is_some_and(|day| *session < day.sessions.len())
            };
            if sessions.is_empty() || !sessions.iter().all(known) {
                return Err(Obstacle::NoSession);
            }
            after.sessions.clone_from(sessions);
        }
        can_meet(ground, (me, other), &after.sessions)?;
    }
    if let Answer::Accept(wish) = answer {
        *(if mine { &mut after.wish } else { &mut after.answer_wish }) = *wish;
    }
    if !words.is_empty() {
        *(if mine { &mut after.message } else { &mut after.answer }) = words.to_owned();
    }
    if state == Declined && mine {
        (after.from, after.to) = (request.to, request.from);
        std::mem::swap(&mut after.message, &mut after.answer);
        std::mem::swap(&mut after.wish, &mut after.answer_wish);
    }
    Ok(after)
}

#[cfg(test)]
mod tests;
