//! What the cluster noted of earlier submissions, for the rules that count them.

use std::sync::Arc;

use eligibility::{Declaration, Instrument, Percent, Report, Rule, Severity, Status};

use super::{
    model::{AnswerKind, Line, Recorded},
    store,
};
use crate::{
    accounts::{Action, Actor},
    calls,
    consortia::{
        Content, Draft, DraftId, MemberRole, Rulebook,
        instruments::InForce,
        own_cluster, rulebook,
        rules::{self, engine_day, reading_day},
    },
    directory::OrganisationId,
    foundation::{errors::Error, instance::App, time::Day},
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

/// Whether and as what an earlier submission is told of beside a draft, and whether it counts by itself.
///
/// It is the same proposal where it was submitted of the same draft, or by the same beneficiaries under an instrument of the
/// same programme. Of the same draft only what was rejected counts: what waits or was granted is the proposal at hand. What
/// was taken back or led to the next stage is no outcome. One of which at least half of the beneficiaries take part may be the
/// same proposal: only who knows both can say so, and it does not count before.
fn counts(line: &Line, draft: DraftId, content: &Content, (of, book): (&Instrument, &Rulebook)) -> Option<Recorded> {
    let one = &line.submission;
    let other = book.in_force(one.instrument.as_deref()?, None, None, Some(one.on))?.instrument;
    let programme = counted_as(&other).filter(|_| other.programme == of.programme)?;
    let beneficiaries = funded(content.members.iter().map(|member| (member.organisation, member.role)));
    let then = funded(line.participants.iter().map(|one| (one.organisation, one.role)));
    let kind = one.answer().map(|answer| answer.kind);
    let again = then.iter().filter(|one| beneficiaries.contains(one)).count();
    let counts = match (one.draft == draft, kind) {
        (_, Some(AnswerKind::Withdrawn | AnswerKind::Invited)) => return None,
        (true, kind) if kind != Some(AnswerKind::Rejected) => return None,
        (true, _) => true,
        (false, _) if again == 0 || again * 2 < then.len() => return None,
        (false, _) => then == beneficiaries,
    };
    Some(Recorded {
        draft: one.draft,
        submission: one.id,
        name: line.draft_name.clone(),
        // One that applies alone is named; a consortium as a whole is not anybody's.
        member: if then.len() == 1 { then.first().copied() } else { None },
        programme,
        kind,
        score: one.answer().and_then(|answer| answer.marks.percent()),
        on: one.on,
        counts,
        again: (again, then.len()),
    })
}

/// What the cluster noted, read once for several drafts.
#[derive(Debug)]
pub(in crate::consortia) struct Memory {
    lines: Vec<Line>,
    book: Arc<Rulebook>,
}

/// The instrument of a content as its rules stand on the day, where one of them counts earlier submissions.
fn counting(book: &Rulebook, content: &Content, day: Day) -> Option<Arc<Instrument>> {
    let of = book.in_force(content.instrument.as_deref()?, None, None, Some(day))?.instrument;
    counted_as(&of).is_some().then_some(of)
}

impl Memory {
    /// All that the actor's cluster noted; nothing where no rule of these contents, each on the day on which it is read,
    /// counts earlier submissions.
    pub(in crate::consortia) async fn of<'a>(
        app: &App,
        actor: &Actor,
        contents: impl IntoIterator<Item = (&'a Content, Day)>,
    ) -> Result<Self, Error> {
        let cluster = own_cluster(actor, Action::ReadDrafts)?;
        let book = rulebook(app);
        let lines = match contents.into_iter().any(|(content, day)| counting(&book, content, day).is_some()) {
            true => store::lines(&app.database, cluster).await?,
            false => Vec::new(),
        };
        Ok(Memory { lines, book })
    }

    /// The content, read on a day, with what was noted of earlier submissions of the same proposal, newest first.
    pub(in crate::consortia) fn recall(&self, draft: DraftId, content: &Content, day: Day) -> Content {
        let mut content = content.clone();
        if let Some(of) = counting(&self.book, &content, day) {
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
    draft: &Draft,
    content: &Content,
) -> Result<Content, Error> {
    let day = reading_day(draft.closes_on, calls::today(app));
    Ok(Memory::of(app, actor, [(content, day)]).await?.recall(draft.id, content, day))
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
    let recorded = content.facts.recorded.iter().filter(|recorded| recorded.counts && !is_typed(recorded));
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
