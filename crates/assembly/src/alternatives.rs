//! What else would do: other consortia nearly as good, and what each member is worth.

use std::ops::ControlFlow;

use crate::answer::{Answer, Limits, Status};
use crate::model::Model;
use crate::problem::{Problem, ProblemError, RuleKind, Share};
use crate::search::{Request, run};

/// The best `count` other consortia, best first.
///
/// Each leaves out at least `min_difference` members of `best` and of every alternative before it, and is worth at
/// least the value of `best` less `tolerance` of it. The list is shorter when no more exist or a limit came first;
/// an entry is [`Status::Optimal`] when no better alternative of its rank exists. The node limit counts for each.
///
/// # Errors
/// When the problem is not one (see [`Problem::validate`]).
pub fn alternatives(
    problem: &Problem,
    best: &Answer,
    count: usize,
    min_difference: usize,
    tolerance: Share,
    limits: &Limits<'_>,
) -> Result<Vec<Answer>, ProblemError> {
    problem.validate()?;
    let mut found = Vec::new();
    if best.members.is_empty() {
        return Ok(found);
    }
    let allowed = i128::from(best.value) * i128::from(tolerance.part) / i128::from(tolerance.whole.max(1));
    let least = best.value - i64::try_from(allowed).unwrap_or(i64::MAX).min(best.value);
    let mut varied = problem.clone();
    let mut apart = best.members.clone();
    while found.len() < count {
        let Some(shared) = apart.len().checked_sub(min_difference.max(1)) else {
            break;
        };
        let id = apart_id(&varied);
        let weights = apart.iter().map(|&i| (i, 1)).collect();
        varied.add(id, RuleKind::WeightMax { weights, value: shared as i64 });
        let model = Model::new(&varied, &|_| true, true);
        let request = Request { hint: apart.clone(), feasibility: false, above: Some(least - 1) };
        let answer = run(&model, &request, limits, &mut |_| ControlFlow::Continue(()));
        if answer.members.is_empty() {
            break;
        }
        apart.clone_from(&answer.members);
        found.push(answer);
    }
    Ok(found)
}

/// A rule identifier that is not taken.
fn apart_id(problem: &Problem) -> String {
    (0..).map(|k| format!("apart {k}")).find(|id| problem.rules.iter().all(|rule| rule.id != *id)).unwrap_or_default()
}

/// What a consortium would be without one of its members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// The member, by place in the problem.
    pub member: usize,
    /// The best consortium without it; its status says whether that is proved.
    pub without: Answer,
    /// Value lost; `None` when nothing keeps the rules without it, or nothing was found in time.
    pub lost: Option<i64>,
}

impl Loss {
    /// True when it is proved that the rules cannot be kept without the member.
    #[must_use]
    pub fn irreplaceable(&self) -> bool {
        self.without.status == Status::Infeasible
    }
}

/// What is lost without each member, solved anew for each; in the order of the members.
///
/// # Errors
/// When the problem is not one (see [`Problem::validate`]).
pub fn irreplaceability(problem: &Problem, best: &Answer, limits: &Limits<'_>) -> Result<Vec<Loss>, ProblemError> {
    problem.validate()?;
    let full = Model::new(problem, &|_| true, true);
    Ok(best
        .members
        .iter()
        .map(|&member| {
            let mut model = full.clone();
            model.excluded[member] = true;
            let hint = best.members.iter().copied().filter(|&i| i != member).collect();
            let request = Request { hint, feasibility: false, above: None };
            let without = run(&model, &request, limits, &mut |_| ControlFlow::Continue(()));
            let lost = (!without.members.is_empty()).then(|| best.value - without.value);
            Loss { member, without, lost }
        })
        .collect())
}
