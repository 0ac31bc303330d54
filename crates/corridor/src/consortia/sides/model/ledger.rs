//! The sums of a ledger of contributions, exact to the cent.

use std::cmp::Ordering;

use eligibility::{ContributionKind, Percent, Role};

use crate::consortia::Member;

/// What an instrument asks contributions to add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The kinds that count.
    pub kinds: Vec<ContributionKind>,
    /// The share.
    pub at_least: Percent,
    /// Whether the costs of additional activities are part of the whole, beside the eligible costs.
    pub with_additional: bool,
}

/// How the contributions of a sheet stand against its terms; amounts are cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is contributed.
    pub given: i128,
    /// The eligible costs.
    pub costs: i128,
    /// Of what the share is taken.
    pub base: i128,
    /// Whether the share is reached; nothing while there are no costs.
    pub reached: Option<bool>,
    /// What is missing, where it is given without enlarging the whole.
    pub lack: i128,
    /// What is missing, where it is given by additional activities, which enlarge the whole; none where they do not.
    pub lack_additional: Option<i128>,
    /// The largest whole of which the contributions are the share asked for.
    pub carries: i128,
    /// The members whose costs nobody has said.
    pub without_costs: usize,
}

/// What a member contributes of a kind.
pub(in crate::consortia::sides) fn amount(member: &Member, kind: ContributionKind) -> Option<i64> {
    match kind {
        ContributionKind::Ikop => member.ikop_cents,
        ContributionKind::Fc => member.fc_cents,
        ContributionKind::Ikaa => member.ikaa_cents,
    }
}

/// Measures the contributions of the members.
pub fn measure(members: &[Member], terms: &Terms) -> Measure {
    let sum = |kind: ContributionKind| -> i128 {
        members.iter().filter_map(|member| amount(member, kind)).map(i128::from).sum()
    };
    let bearing: Vec<&Member> = members.iter().filter(|member| Role::from(member.role).bears_costs()).collect();
    let costs: i128 = bearing.iter().filter_map(|member| member.cost_cents).map(i128::from).sum();
    let given: i128 = terms.kinds.iter().map(|kind| sum(*kind)).sum();
    let base = costs + if terms.with_additional { sum(ContributionKind::Ikaa) } else { 0 };
    let (part, whole) = (i128::from(terms.at_least.millionths()), i128::from(Percent::HUNDRED.millionths()));
    let enlarges = terms.with_additional && terms.kinds.contains(&ContributionKind::Ikaa) && part < whole;
    // x additional: given + x makes up the part of base + x.
    let additional = ceiling(part * base - whole * given, whole - part);
    Measure {
        given,
        costs,
        base,
        reached: (base > 0).then(|| terms.at_least.compare_share(given, base) != Ordering::Less),
        lack: (terms.at_least.of_rounded_up(base) - given).max(0),
        lack_additional: enlarges.then(|| additional.max(0)),
        carries: if part > 0 { (given * whole).div_euclid(part) } else { i128::MAX },
        without_costs: bearing.iter().filter(|member| member.cost_cents.is_none()).count(),
    }
}

fn ceiling(amount: i128, divisor: i128) -> i128 {
    if divisor <= 0 { amount } else { (amount + divisor - 1).div_euclid(divisor) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{consortia::MemberRole, directory::OrganisationId};

    fn terms() -> Terms {
        use ContributionKind::{Fc, Ikaa, Ikop};
        Terms { kinds: vec![Ikop, Fc, Ikaa], at_least: Percent::whole(45), with_additional: true }
    }

    fn member(cost: Option<i64>, ikop: i64, ikaa: i64) -> Member {
        let mut member = Member { cost_cents: cost, ..Member::new(OrganisationId::new()) };
        (member.ikop_cents, member.ikaa_cents) = (Some(ikop), Some(ikaa));
        member
    }

    /// Costs, in kind, additional → whole, reached, lack, lack by additional activities, carried.
    #[test]
    fn table_of_measures() {
        let mut table = String::new();
        for (costs, ikop, ikaa) in [
            (0, 0, 0),
            (0, 4_500, 0),
            (10_000, 4_500, 0),
            (10_000, 4_499, 0),
            (10_000, 0, 0),
            (10_000, 0, 8_182),
            (10_000, 0, 8_181),
            (10_001, 4_500, 0),
            (10_000, 2_000, 1_000),
        ] {
            let found = measure(&[member(Some(costs), ikop, ikaa)], &terms());
            let reached = match found.reached {
                None => "?",
                Some(true) => "yes",
                Some(false) => "no",
            };
            table.push_str(&format!(
                "{costs} {ikop} {ikaa}: {} {reached} {} {} {}\n",
                found.base,
                found.lack,
                found.lack_additional.unwrap(),
                found.carries
            ));
        }
        assert_eq!(
            table,
            "0 0 0: 0 ? 0 0 0\n\
             0 4500 0: 0 ? 0 0 10000\n\
             10000 4500 0: 10000 yes 0 0 10000\n\
             10000 4499 0: 10000 no 1 2 9997\n\
             10000 0 0: 10000 no 4500 8182 0\n\
             10000 0 8182: 18182 yes 0 0 18182\n\
             10000 0 8181: 18181 no 1 1 18180\n\
             10001 4500 0: 10001 no 1 1 10000\n\
             10000 2000 1000: 11000 no 1950 3546 6666\n"
        );
    }

    #[test]
    fn only_those_who_bear_costs_are_asked_for_them() {
        let mut associated = member(None, 100, 0);
        associated.role = MemberRole::Associated;
        let found = measure(&[member(Some(1_000), 0, 0), member(None, 0, 0), associated], &terms());
        assert_eq!((found.costs, found.given, found.without_costs), (1_000, 100, 1));
    }
}
