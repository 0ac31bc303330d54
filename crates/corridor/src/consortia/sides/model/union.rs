//! How two drafts become one.

use crate::{
    consortia::{Content, DayRules, Member, MemberRole, MemberSide, budget::renumbered},
    directory::OrganisationId,
};

/// Why two drafts cannot be put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// One of them does not say which side it gathers, or the instrument has one side only.
    NoSide,
    /// Both gather the same side.
    SameSide,
    /// They are for different topics, or read by different rules.
    OtherTopic,
    /// One of them holds both sides already.
    Together,
}

impl Obstacle {
    /// The key of its sentence in the language files.
    pub fn key(self) -> &'static str {
        match self {
            Obstacle::NoSide => "sides-wrong-no-side",
            Obstacle::SameSide => "sides-wrong-same-side",
            Obstacle::OtherTopic => "sides-wrong-other-topic",
            Obstacle::Together => "sides-wrong-together",
        }
    }
}

/// The side that a draft gathers and could bring into a merger.
///
/// # Errors
/// When it gathers none, or both.
pub fn side_of(rules: &DayRules, content: &Content) -> Result<MemberSide, Obstacle> {
    if content.facts.merged {
        return Err(Obstacle::Together);
    }
    let two_sided = content.instrument.as_deref().is_some_and(|id| rules.has_sides(id));
    content.facts.holds.filter(|_| two_sided).ok_or(Obstacle::NoSide)
}

/// Whether the drafts can be put together.
///
/// # Errors
/// What stands in the way.
pub fn may_meet(rules: &DayRules, one: &Content, other: &Content) -> Result<(), Obstacle> {
    let (first, second) = (side_of(rules, one)?, side_of(rules, other)?);
    if first == second {
        return Err(Obstacle::SameSide);
    }
    if one.instrument != other.instrument || one.topic != other.topic {
        return Err(Obstacle::OtherTopic);
    }
    Ok(())
}

/// The organisations that are on both sheets: one of the teams must take them off before.
pub fn both_sided(applicants: &Content, industry: &Content) -> Vec<OrganisationId> {
    let of_industry = |member: &&Member| industry.members.iter().any(|known| known.organisation == member.organisation);
    applicants.members.iter().filter(of_industry).map(|member| member.organisation).collect()
}

/// The applicants' draft with the members of the industry draft, at the stage where industry takes part.
///
/// Each keeps its amounts and answers; the applicants' coordinator coordinates.
pub fn put_together(applicants: &Content, industry: &Content, stage: Option<String>) -> Content {
    let mut both = applicants.clone();
    // Both began to count their work packages at one.
    let industry = &renumbered(industry, &applicants.facts.work_packages);
    both.facts.work_packages.extend(industry.facts.work_packages.clone());
    both.stage = stage.or(both.stage);
    both.facts.merged = true;
    both.facts.holds = None;
    for member in &mut both.members {
        member.side = MemberSide::Applicant;
    }
    let led = both.members.iter().any(|member| member.role == MemberRole::Coordinator);
    both.members.extend(industry.members.iter().cloned().map(|mut member| {
        member.side = MemberSide::Industry;
        if led && member.role == MemberRole::Coordinator {
            member.role = MemberRole::Beneficiary;
        }
        member
    }));
    both.facts.earlier = match (both.facts.earlier.take(), industry.facts.earlier.clone()) {
        (Some(mut own), Some(more)) => {
            own.extend(more);
            Some(own)
        }
        (own, more) => own.or(more),
    };
    // Who owns whom was looked at on each side alone.
    both.facts.independence_confirmed = false;
    both
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        calls::TopicId,
        consortia::{Earlier, Rulebook},
    };

    fn draft(holds: Option<MemberSide>, instrument: &str, topic: TopicId) -> Content {
        let mut content = Content { instrument: Some(instrument.to_owned()), topic: Some(topic), ..Content::default() };
        content.facts.holds = holds;
        content
    }

    #[test]
    fn table_of_obstacles() {
        use MemberSide::{Applicant, Industry};
        let shipped = Rulebook::shipped().of_day("2026-11-22".parse().unwrap());
        let (topic, ihi) = (TopicId::new(), "ihi-two-stage");
        let own = draft(Some(Industry), ihi, topic);
        let mut together = draft(Some(Applicant), ihi, topic);
        together.facts.merged = true;
        for (other, expected) in [
            (draft(Some(Applicant), ihi, topic), Ok(())),
            (draft(Some(Industry), ihi, topic), Err(Obstacle::SameSide)),
            (draft(None, ihi, topic), Err(Obstacle::NoSide)),
            (draft(Some(Applicant), ihi, TopicId::new()), Err(Obstacle::OtherTopic)),
            (draft(Some(Applicant), "imi2-two-stage", topic), Err(Obstacle::OtherTopic)),
            (draft(Some(Applicant), "horizon-europe-ria", topic), Err(Obstacle::NoSide)),
            (together, Err(Obstacle::Together)),
        ] {
            assert_eq!(may_meet(&shipped, &own, &other), expected, "{other:?}");
            assert_eq!(may_meet(&shipped, &other, &own), expected, "the order does not matter");
        }
    }

    #[test]
    fn the_union_keeps_what_each_side_said() {
        let topic = TopicId::new();
        let mut applicants = draft(Some(MemberSide::Applicant), "ihi-two-stage", topic);
        applicants.stage = Some("stage-1".to_owned());
        applicants.facts.independence_confirmed = true;
        applicants.facts.earlier = Some(vec![Earlier::default()]);
        let lead = Member { role: MemberRole::Coordinator, cost_cents: Some(7), ..Member::new(OrganisationId::new()) };
        applicants.members = vec![lead.clone()];
        let mut industry = draft(Some(MemberSide::Industry), "ihi-two-stage", topic);
        industry.facts.earlier = Some(vec![Earlier::default()]);
        let mut payer = Member { role: MemberRole::Coordinator, ..Member::new(OrganisationId::new()) };
        (payer.ikop_cents, payer.declared.mark) = (Some(9), Some("EFPIA".to_owned()));
        industry.members = vec![payer.clone()];
        assert_eq!(both_sided(&applicants, &industry), []);
        let both = put_together(&applicants, &industry, Some("stage-2".to_owned()));
        assert_eq!((both.stage.as_deref(), both.facts.merged, both.facts.holds), (Some("stage-2"), true, None));
        assert!(!both.facts.independence_confirmed);
        assert_eq!(both.facts.earlier.as_ref().map(Vec::len), Some(2));
        assert_eq!(both.members[0], lead);
        let expected = Member { role: MemberRole::Beneficiary, side: MemberSide::Industry, ..payer.clone() };
        assert_eq!(both.members[1], expected);
        let alone = put_together(&Content::default(), &industry, None);
        assert_eq!(alone.members[0].role, MemberRole::Coordinator, "somebody leads where nobody did");
        industry.members.push(lead.clone());
        assert_eq!(both_sided(&applicants, &industry), [lead.organisation]);
    }
}
