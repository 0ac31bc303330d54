//! What the cluster noted of earlier submissions, for the rules that count them.

use std::sync::Arc;

use eligibility::{Declaration, Instrument, Percent, Report, Rule, Severity, Status};

use super::{
    model::{AnswerKind, Line, Recorded},
    store,
};
use crate::{
    accounts::{Action, Actor},
    consortia::{
        Content, DraftId, MemberRole, Rulebook,
        instruments::InForce,
        own_cluster, rulebook,
        rules::{self, engine_day},
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App},
};

/// Under what name an instrument counts its own earlier submissions; none where none of its rules counts any.
fn counted_as(instrument: &Instrument) -> Option<String> {
    instrument.rules.iter().flat_map(Rule::declarations).find_map(|declaration| match declaration {
        Declaration::Prior { programmes } => programmes.into_iter().next(),
        _ => None,
    })
}

/// Those who count as participants: coordinator and beneficiaries.
fn funded(all: impl Iterator<Item = (OrganisationId, MemberRole)>) -> Vec<OrganisationId> {
    let funded = all.filter(|(_, role)| matches!(role, MemberRole::Coordinator | MemberRole::Beneficiary));
    let mut funded: Vec<OrganisationId> = funded.map(|(organisation, _)| organisation).collect();
    funded.sort_unstable();
    funded
}

/// Whether and as what an earlier submission counts for a draft.
///
/// It is the same proposal where it was submitted of the same draft, or by the same beneficiaries under an instrument of the
/// same programme. Of the same draft only what was rejected counts: what waits or was granted is the proposal at hand. What
/// was taken back or led to the next stage is no outcome.
fn counts(line: &Line, draft: DraftId, content: &Content, (of, book): (&Instrument, &Rulebook)) -> Option<Recorded> {
    let one = &line.submission;
    let other = book.in_force(one.instrument.as_deref()?, None, None, Some(one.on))?.instrument;
    let programme = counted_as(&other).filter(|_| other.programme == of.programme)?;
    let beneficiaries = funded(content.members.iter().map(|member| (member.organisation, member.role)));
    let then = funded(line.participants.iter().map(|one| (one.organisation, one.role)));
    let kind = one.answer().map(|answer| answer.kind);
    let counts = match (one.draft == draft, kind) {
        (_, Some(AnswerKind::Withdrawn | AnswerKind::Invited)) => false,
        (true, kind) => kind == Some(AnswerKind::Rejected),
        (false, _) => !then.is_empty() && then == beneficiaries,
    };
    counts.then(|| Recorded {
        draft: one.draft,
        submission: one.id,
        name: line.draft_name.clone(),
        // One that applies alone is named; a consortium as a whole is not anybody's.
        member: if then.len() == 1 { then.first().copied() } else { None },
        programme,
        kind,
        score: one.answer().and_then(|answer| answer.marks.percent()),
        on: one.on,
    })
}

/// What the cluster noted, read once for several drafts.
#[derive(Debug)]
pub(in crate::consortia) struct Memory {
    lines: Vec<Line>,
    book: Arc<Rulebook>,
}

/// The instrument of a content as its newest rules say it, where one of them counts earlier submissions.
fn counting(book: &Rulebook, content: &Content) -> Option<Arc<Instrument>> {
    let of = book.in_force(content.instrument.as_deref()?, None, None, None)?.instrument;
    counted_as(&of).is_some().then_some(of)
}

impl Memory {
    /// All that the actor's cluster noted; nothing where no rule of these contents counts earlier submissions.
    pub(in crate::consortia) async fn of<'a>(
        app: &App,
        actor: &Actor,
        contents: impl IntoIterator<Item = &'a Content>,
    ) -> Result<Self, Error> {
        let cluster = own_cluster(actor, Action::ReadDrafts)?;
        let book = rulebook(app);
        let lines = match contents.into_iter().any(|content| counting(&book, content).is_some()) {
            true => store::lines(&app.database, cluster).await?,
            false => Vec::new(),
        };
        Ok(Memory { lines, book })
    }

    /// The content with what was noted of earlier submissions of the same proposal, newest first.
    pub(in crate::consortia) fn recall(&self, draft: DraftId, content: &Content) -> Content {
        let mut content = content.clone();
        if let Some(of) = counting(&self.book, &content) {
            let found = self.lines.iter().filter_map(|line| counts(line, draft, &content, (&of, &self.book)));
            content.facts.recorded = found.collect();
        }
        content
    }
}

/// The content of a draft with what the actor's cluster noted of earlier submissions: to read rules on, never to be saved.
pub(in crate::consortia) async fn recalled(
    app: &App,
    actor: &Actor,
    draft: DraftId,
    content: &Content,
) -> Result<Content, Error> {
    Ok(Memory::of(app, actor, [content]).await?.recall(draft, content))
}

/// Earlier submissions as rules count them, those left out that somebody typed too.
fn as_counted(content: &Content) -> Result<Vec<eligibility::Prior>, Error> {
    let typed = content.facts.earlier.iter().flatten();
    let is_typed = |recorded: &Recorded| {
        typed.clone().any(|earlier| {
            earlier.on == Some(recorded.on)
                && (earlier.member.is_none() || recorded.member.is_none() || earlier.member == recorded.member)
        })
    };
    let recorded = content.facts.recorded.iter().filter(|recorded| !is_typed(recorded));
    recorded
        .map(|recorded| {
            let result = match recorded.kind {
                Some(AnswerKind::Granted) => Some("funded"),
                Some(AnswerKind::Rejected) => Some("unsuccessful"),
                // Nobody knows yet.
                _ => None,
            };
            Ok(eligibility::Prior {
                entity: recorded.member.map(|member| member.to_string()),
                programme: Some(recorded.programme.clone()),
                result: result.map(str::to_owned),
                score: recorded.score.map(|percent| Percent::whole(percent.into())),
                date: Some(engine_day(recorded.on)?),
            })
        })
        .collect()
}

/// What the rules say once what was noted counts too.
///
/// Where nobody has said which earlier submissions there were, those that were noted are some of them: they can break a
/// rule, not keep it.
pub(in crate::consortia) fn report(
    in_force: &InForce,
    consortium: &mut eligibility::Consortium,
    content: &Content,
) -> Result<Report, Error> {
    let noted = as_counted(content)?;
    if let Some(known) = &mut consortium.prior {
        known.extend(noted);
        return rules::report(in_force, consortium);
    }
    let mut report = rules::report(in_force, consortium)?;
    if noted.is_empty() {
        return Ok(report);
    }
    let mut with = consortium.clone();
    with.prior = Some(noted);
    let is_counting = |id: &str| {
        let rules = in_force.instrument.rules.iter().filter(|rule| rule.id == id);
        rules.flat_map(Rule::declarations).any(|declaration| matches!(declaration, Declaration::Prior { .. }))
    };
    for (verdict, other) in report.verdicts.iter_mut().zip(rules::report(in_force, &with)?.verdicts) {
        if other.rule == verdict.rule && other.status == Status::NotMet && is_counting(&other.rule) {
            if other.severity == Severity::Ineligible {
                report.eligible = Some(false);
            }
            *verdict = other;
        }
    }
    Ok(report)
}
