//! What a seat in a draft lets somebody see. Pure: no SQL, no clock.

use std::collections::BTreeMap;

use crate::{
    consortia::{Content, Member, MemberSide},
    directory::OrganisationId,
};

/// Who somebody is in a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// Of the team that works on the draft.
    Team,
    /// Speaks for an organisation that has accepted to take part.
    Partner {
        /// The organisation.
        organisation: OrganisationId,
        /// The side on which it stands.
        side: MemberSide,
    },
}

impl Seat {
    /// The organisation spoken for; none for the team.
    pub fn organisation(self) -> Option<OrganisationId> {
        match self {
            Seat::Team => None,
            Seat::Partner { organisation, .. } => Some(organisation),
        }
    }
}

/// The draft with the members that somebody in this seat sees, and all that is said of these: for decisions, not to be shown.
pub fn on_side(content: &Content, seat: Seat) -> Content {
    let mut seen = content.clone();
    if let Seat::Partner { organisation, side } = seat {
        let shown = |member: &Member| member.side == side || member.organisation == organisation;
        seen.members.retain(|member| content.facts.merged || shown(member));
    }
    seen
}

/// What somebody in this seat sees of a draft.
///
/// The team sees all. A partner sees the members of its own side, and those of the other one once the sides are merged; its
/// own amounts and answers, and nobody else's.
pub fn visible(content: &Content, seat: Seat) -> Content {
    let mut seen = on_side(content, seat);
    let Some(organisation) = seat.organisation() else { return seen };
    for member in seen.members.iter_mut().filter(|member| member.organisation != organisation) {
        *member = Member { role: member.role, side: member.side, ..Member::new(member.organisation) };
    }
    if let Some(earlier) = &mut seen.facts.earlier {
        // What others submitted before is theirs to tell.
        earlier.retain(|earlier| earlier.member.is_none_or(|member| member == organisation));
    }
    seen
}

/// The sums that somebody in this seat sees, by the name of the amount.
///
/// To a partner a sum of the members it sees is shown only where at least two others have part in it: from the sum and its
/// own amount it could tell what a single other one asks for.
pub fn visible_totals(content: &Content, seat: Seat) -> BTreeMap<&'static str, i64> {
    let seen = visible(content, seat);
    let mut totals = BTreeMap::new();
    let names = Member::new(OrganisationId(uuid::Uuid::nil())).amounts().map(|(name, _)| name);
    for name in names {
        let amounts: Vec<(OrganisationId, i64)> = content
            .members
            .iter()
            .filter(|member| seen.members.iter().any(|shown| shown.organisation == member.organisation))
            .filter_map(|member| {
                let (_, cents) = member.amounts().into_iter().find(|(known, _)| *known == name)?;
                Some((member.organisation, cents.filter(|cents| *cents > 0)?))
            })
            .collect();
        let others = amounts.iter().filter(|(of, _)| Some(*of) != seat.organisation()).count();
        if amounts.is_empty() || (seat != Seat::Team && others < 2) {
            continue;
        }
        totals.insert(name, amounts.iter().fold(0_i64, |sum, (_, cents)| sum.saturating_add(*cents)));
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consortia::{Declared, Earlier, MemberRole};

    fn member(side: MemberSide, requested: Option<i64>) -> Member {
        let mut member = Member { side, requested_cents: requested, ..Member::new(OrganisationId::new()) };
        member.declared.sme = Some(true);
        member
    }

    fn draft() -> Content {
        let (applicant, industry) = (MemberSide::Applicant, MemberSide::Industry);
        let members = vec![
            Member { role: MemberRole::Coordinator, ..member(applicant, Some(100)) },
            member(applicant, Some(200)),
            member(applicant, Some(400)),
            member(industry, Some(800)),
        ];
        let mut content = Content { members, ..Content::default() };
        let whose = |member: &Member| Earlier { member: Some(member.organisation), ..Earlier::default() };
        content.facts.earlier = Some(vec![whose(&content.members[0]), whose(&content.members[1]), Earlier::default()]);
        content
    }

    fn of(content: &Content, at: usize) -> Seat {
        let member = &content.members[at];
        Seat::Partner { organisation: member.organisation, side: member.side }
    }

    #[test]
    fn the_team_sees_all() {
        let content = draft();
        assert_eq!(visible(&content, Seat::Team), content);
        assert_eq!(visible_totals(&content, Seat::Team)["requested"], 1500);
    }

    /// One row a partner, before and after the merger: which members it sees, whose amounts, and the sum.
    #[test]
    fn table_of_what_partners_see() {
        let mut table = String::new();
        for merged in [false, true] {
            let mut content = draft();
            content.facts.merged = merged;
            for at in 0..content.members.len() {
                let seen = visible(&content, of(&content, at));
                let cells: String = content
                    .members
                    .iter()
                    .map(|member| match seen.members.iter().find(|shown| shown.organisation == member.organisation) {
                        None => '.',
                        Some(shown) if shown == member => 'a',
                        Some(shown) => {
                            assert_eq!((shown.role, shown.side), (member.role, member.side));
                            assert_eq!(shown.declared, Declared::default());
                            assert!(shown.amounts().iter().all(|(_, amount)| amount.is_none()));
                            'm'
                        }
                    })
                    .collect();
                let sum = visible_totals(&content, of(&content, at)).get("requested").copied();
                table.push_str(&format!("{cells} {}\n", sum.map_or("-".to_owned(), |sum| sum.to_string())));
            }
        }
        assert_eq!(table, "amm. 700\nmam. 700\nmma. 700\n...a -\nammm 1500\nmamm 1500\nmmam 1500\nmmma 1500\n");
    }

    #[test]
    fn a_sum_that_tells_one_amount_is_not_shown() {
        let mut content = draft();
        content.members[2].requested_cents = None;
        let seat = of(&content, 0);
        assert_eq!(visible_totals(&content, seat).get("requested"), None, "the sum less one's own is the other's");
        content.members[2].requested_cents = Some(0);
        assert_eq!(visible_totals(&content, seat).get("requested"), None, "nothing hides nothing");
        content.members[2].requested_cents = Some(1);
        assert_eq!(visible_totals(&content, seat)["requested"], 301);
    }

    #[test]
    fn earlier_submissions_of_others_are_theirs() {
        let content = draft();
        let seen = visible(&content, of(&content, 0)).facts.earlier.unwrap();
        assert_eq!(
            seen.iter().map(|one| one.member).collect::<Vec<_>>(),
            [Some(content.members[0].organisation), None]
        );
    }
}
