//! Who fits a topic, as the ranking says it, in the form that assembly and suggestions read.

use std::collections::BTreeMap;

use serde::Serialize;

use super::store::TopicFacts;
use crate::{
    accounts::Actor,
    calls,
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, languages::Language},
    partnering,
};

/// How many reasons are kept of each organisation.
const REASONS: usize = 3;

/// Why an organisation fits; shares of all reasons add up to its score.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Reason {
    /// In the reader's language, with the names of what it rests on.
    pub text: String,
    /// The same without the names.
    #[serde(skip)]
    pub lead: String,
    /// How much of the score it carries.
    pub share: f64,
}

/// How well an organisation fits, and why.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    /// Between 0 and 1.
    pub(super) score: f64,
    /// The strongest reasons first.
    pub(super) reasons: Vec<Reason>,
}

/// Whom to rank for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    /// The topic, if any.
    pub(super) topic: Option<&'a TopicFacts>,
    /// Who is in already.
    pub(super) members: &'a [OrganisationId],
    /// Only from these countries; from everywhere when empty.
    pub(super) countries: &'a [String],
    /// Only of these kinds; of all when empty.
    pub(super) kinds: &'a [String],
    /// How many.
    pub(super) most: usize,
    /// The language of the reasons.
    pub(super) language: Language,
}

/// The organisations that fit best, best first.
pub(super) async fn rank(
    app: &App,
    actor: &Actor,
    question: &Question<'_>,
) -> Result<Vec<(OrganisationId, Fit)>, Error> {
    let text = match question.topic {
        Some(topic) => calls::topic_words(app, actor, &topic.identifier).await?.1,
        None => String::new(),
    };
    let asked = partnering::Question {
        text,
        is_call: true,
        with: question.members.to_vec(),
        countries: question.countries.to_vec(),
        kinds: question.kinds.to_vec(),
        limit: question.most,
        ..partnering::Question::default()
    };
    let built = partnering::ready(app).await?;
    let fits = partnering::rank(app, actor, &built, &asked, question.language).await?;
    Ok(fits.into_iter().map(|fit| (fit.id, Fit::of(fit))).collect())
}

/// How well these organisations fit, though the ranking leaves out whoever is in already: asked for without members.
pub(super) async fn of_members(
    app: &App,
    actor: &Actor,
    question: &Question<'_>,
) -> Result<BTreeMap<OrganisationId, Fit>, Error> {
    let everybody = Question { members: &[], countries: &[], kinds: &[], most: partnering::MOST, ..*question };
    let ranked = rank(app, actor, &everybody).await?;
    Ok(ranked.into_iter().filter(|(id, _)| question.members.contains(id)).collect())
}

impl Fit {
    fn of(fit: partnering::Fit) -> Self {
        let reasons =
            fit.reasons.into_iter().map(|said| Reason { text: said.text, lead: said.lead, share: said.share });
        Fit { score: fit.score, reasons: reasons.take(REASONS).collect() }
    }
}
