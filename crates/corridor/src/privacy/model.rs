//! Requests about personal data: what is asked, how a request stands, and what may be done with it.

use serde::{Deserialize, Serialize};

use crate::{accounts::ClusterId, foundation::personal::Held};

id! {
    /// A request about personal data.
    RequestId
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// To see what is held (article 15).
    Access,
    /// To have it corrected (16).
    Rectification,
    /// To have it erased (17).
    Erasure,
    /// To have it kept without being used (18).
    Restriction,
    /// To take along what one gave (20).
    Portability,
    /// That it is not used on grounds of interests (21).
    Objection,
}

impl Kind {
    /// All of them, in the order of the regulation.
    pub const ALL: [Kind; 6] =
        [Kind::Access, Kind::Rectification, Kind::Erasure, Kind::Restriction, Kind::Portability, Kind::Objection];

    /// The word in forms and the database.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Access => "access",
            Kind::Rectification => "rectification",
            Kind::Erasure => "erasure",
            Kind::Restriction => "restriction",
            Kind::Portability => "portability",
            Kind::Objection => "objection",
        }
    }

    /// The kind of a word.
    pub fn of(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Whether its answer is a copy of the data.
    pub fn is_answered_by_a_copy(self) -> bool {
        matches!(self, Kind::Access | Kind::Portability)
    }
}

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Received; who asks is not sure.
    Received,
    /// Who asks is sure.
    IdentityChecked,
    /// Somebody works on it.
    InWork,
    /// Answered.
    Answered,
    /// Refused, with the reason and the remedies.
    Refused,
    /// Taken back by the person.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [State; 6] =
        [State::Received, State::IdentityChecked, State::InWork, State::Answered, State::Refused, State::Withdrawn];

    /// The word in the database and the language files.
    pub fn key(self) -> &'static str {
        match self {
            State::Received => "received",
            State::IdentityChecked => "identity_checked",
            State::InWork => "in_work",
            State::Answered => "answered",
            State::Refused => "refused",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state of a word.
    pub fn of(key: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Whether somebody still waits for an answer.
    pub fn is_open(self) -> bool {
        matches!(self, State::Received | State::IdentityChecked | State::InWork)
    }
}

/// What can be done with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It came in.
    Receive,
    /// Who asks is sure.
    CheckIdentity,
    /// It is not, and was asked for.
    DoubtIdentity,
    /// Somebody takes it.
    Take,
    /// It takes two months more.
    Extend,
    /// It is answered: the data is sent, corrected, erased, restricted.
    Answer,
    /// It is refused.
    Refuse,
    /// The person takes it back.
    Withdraw,
    /// A restriction is lifted again.
    Lift,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 9] = [
        Step::Receive,
        Step::CheckIdentity,
        Step::DoubtIdentity,
        Step::Take,
        Step::Extend,
        Step::Answer,
        Step::Refuse,
        Step::Withdraw,
        Step::Lift,
    ];

    /// The word in forms, the database and the language files.
    pub fn key(self) -> &'static str {
        match self {
            Step::Receive => "receive",
            Step::CheckIdentity => "check_identity",
            Step::DoubtIdentity => "doubt_identity",
            Step::Take => "take",
            Step::Extend => "extend",
            Step::Answer => "answer",
            Step::Refuse => "refuse",
            Step::Withdraw => "withdraw",
            Step::Lift => "lift",
        }
    }

    /// The step of a word.
    pub fn of(key: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.key() == key)
    }
}

/// How the request stands after a step; nothing where the step cannot be taken.
pub fn after(state: State, kind: Kind, step: Step) -> Option<State> {
    use State::*;
    match (step, state) {
        (Step::CheckIdentity, Received) => Some(IdentityChecked),
        (Step::DoubtIdentity, IdentityChecked | InWork) => Some(Received),
        // Asked for again: nothing new, but it may be told.
        (Step::DoubtIdentity, Received) => Some(Received),
        (Step::Take, IdentityChecked) => Some(InWork),
        (Step::Extend, open) if open.is_open() => Some(open),
        (Step::Answer, InWork) => Some(Answered),
        // Refused also where nobody ever proved who they are.
        (Step::Refuse, open) if open.is_open() => Some(Refused),
        (Step::Withdraw, open) if open.is_open() => Some(Withdrawn),
        (Step::Lift, Answered) if kind == Kind::Restriction => Some(Answered),
        _ => None,
    }
}

/// What a rectification asks for: one field of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The kind of record.
    pub kind: String,
    /// The record.
    pub id: String,
    /// The field.
    pub field: String,
    /// What it should say.
    pub value: String,
}

/// The clusters that hold something about the person.
pub fn clusters_of(held: &[Held]) -> Vec<ClusterId> {
    let mut clusters: Vec<ClusterId> = held.iter().filter_map(|one| one.cluster.map(ClusterId)).collect();
    clusters.sort();
    clusters.dedup();
    clusters
}

/// Whose desk answers: the one cluster that the person has to do with, else the instance.
pub fn desk_of(clusters: &[ClusterId]) -> Option<ClusterId> {
    match clusters {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One row a step, one column a state in the order of [`State::ALL`]; `.` where the step cannot be taken.
    #[test]
    fn table_of_steps_and_states() {
        let letter = |state: State| match state {
            State::Received => 'R',
            State::IdentityChecked => 'I',
            State::InWork => 'W',
            State::Answered => 'A',
            State::Refused => 'F',
            State::Withdrawn => 'X',
        };
        let table = |kind: Kind| {
            let mut table = String::new();
            for step in Step::ALL {
                let row: String =
                    State::ALL.into_iter().map(|state| after(state, kind, step).map_or('.', letter)).collect();
                table.push_str(&format!("{row} {}\n", step.key()));
            }
            table
        };
        assert_eq!(
            table(Kind::Access),
            "...... receive\nI..... check_identity\nRRR... doubt_identity\n.W.... take\nRIW... extend\n..A... answer\n\
             FFF... refuse\nXXX... withdraw\n...... lift\n"
        );
        assert!(table(Kind::Restriction).ends_with("...A.. lift\n"));
    }

    #[test]
    fn words_lead_back_to_what_they_name() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::of(kind.key()) == Some(kind)));
        assert!(State::ALL.into_iter().all(|state| State::of(state.key()) == Some(state)));
        assert!(Step::ALL.into_iter().all(|step| Step::of(step.key()) == Some(step)));
    }

    #[test]
    fn one_cluster_answers_for_itself_and_several_through_the_instance() {
        let (one, other) = (ClusterId::new(), ClusterId::new());
        assert_eq!(desk_of(&[]), None);
        assert_eq!(desk_of(&[one]), Some(one));
        assert_eq!(desk_of(&[one, other]), None);
    }
}
