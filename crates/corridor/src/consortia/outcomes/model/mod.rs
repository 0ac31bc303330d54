//! What a submission and the answers to it are, and how forms become them. Pure: no SQL, no clock.

mod form;
mod list;
mod marks;

pub use form::{AnswerForm, MOST_NAMED, SubmissionForm, by_name, read_answer, read_submission};
pub use list::{By, ClusterPart, DECIDED, Filter, Line, NONE, Participant, Tally, tallies};
pub use marks::{Criterion, Marks, Standing, asked_by, points};

use crate::{
    calls::TopicId,
    consortia::{DraftId, model::worded},
    directory::OrganisationId,
    foundation::time::{Day, Timestamp},
};

id! {
    /// A submission of a draft.
    SubmissionId
}

id! {
    /// An answer to a submission.
    AnswerId
}

worded! {
    /// What a funder answered, or what became of a submission without it.
    AnswerKind {
        /// It is funded.
        #[default]
        Granted = "granted",
        /// It is funded if others fall out.
        Reserve = "reserve",
        /// It is not funded.
        Rejected = "rejected",
        /// Whoever submitted it took it back.
        Withdrawn = "withdrawn",
        /// It may be submitted at the next stage.
        Invited = "invited",
    }
}

/// What was sent, when, at which stage.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// The draft.
    pub draft: DraftId,
    /// The version that was sent.
    pub revision: i64,
    /// The stage; none where the instrument has none.
    pub stage: Option<String>,
    /// The instrument of that version.
    pub instrument: Option<String>,
    /// The topic of that version.
    pub topic: Option<TopicId>,
    /// The day.
    pub on: Day,
    /// The number that the funder gave it; empty while nobody has said.
    pub reference: String,
    /// Who noted it.
    #[serde(skip)]
    pub person: Option<String>,
    /// When it was noted.
    pub recorded_at: Timestamp,
    /// Counts up with every correction of it and of its answers.
    #[serde(skip)]
    pub changes: i64,
    /// The answers, newest first.
    pub answers: Vec<Answer>,
}

impl Submission {
    /// The answer that counts; none while one waits for it.
    pub fn answer(&self) -> Option<&Answer> {
        self.answers.first()
    }

    /// The word of the answer that counts, or `waiting`.
    pub fn state(&self) -> &'static str {
        self.answer().map_or("waiting", |answer| answer.kind.key())
    }
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Answer {
    /// Its id.
    pub id: AnswerId,
    /// What.
    pub kind: AnswerKind,
    /// The day.
    pub on: Day,
    /// Scores and place.
    pub marks: Marks,
    /// What the evaluators wrote.
    pub summary: String,
    /// What is granted; nothing but with [`AnswerKind::Granted`].
    pub grant: Grant,
    /// Who noted it.
    #[serde(skip)]
    pub person: Option<String>,
    /// When it was noted.
    pub recorded_at: Timestamp,
}

/// The figures of a grant.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Grant {
    /// The grant, in cents.
    pub grant_cents: Option<i64>,
    /// The eligible costs, in cents.
    pub cost_cents: Option<i64>,
    /// The number of the grant agreement; empty while nobody has said.
    pub agreement: String,
    /// When the project begins.
    pub starts_on: Option<Day>,
}

/// An earlier submission that the cluster noted, as the rules of a draft count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The draft that was submitted.
    pub draft: DraftId,
    /// The submission.
    pub submission: SubmissionId,
    /// What the draft is called.
    pub name: String,
    /// Whose it counts as; of the whole consortium where nobody is named.
    pub member: Option<OrganisationId>,
    /// The programme, in the word of its instrument.
    pub programme: String,
    /// What became of it; none while one waits for the answer.
    pub kind: Option<AnswerKind>,
    /// Its score in whole percent, rounded down.
    pub score: Option<u8>,
    /// When it was submitted.
    pub on: Day,
    /// Whether it counts by itself; else it may be the same proposal, for somebody to say.
    pub counts: bool,
    /// How many of its beneficiaries take part in the draft, of how many.
    pub again: (usize, usize),
}
