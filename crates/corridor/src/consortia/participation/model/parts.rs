//! What becomes of a sheet when somebody joins it, and when a partner corrects its own lines.

use crate::{
    consortia::{Content, Member, MemberRole, MemberSide},
    directory::OrganisationId,
};

/// As what somebody takes part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Part {
    /// The role.
    pub role: MemberRole,
    /// The side.
    pub side: MemberSide,
}

/// The sheet with this member in this part, whatever else was saved meanwhile; amounts and answers of whom it listed
/// already stay.
pub fn joined(content: &Content, organisation: OrganisationId, part: Part) -> Content {
    let mut content = content.clone();
    match content.members.iter_mut().find(|member| member.organisation == organisation) {
        Some(member) => (member.role, member.side) = (part.role, part.side),
        None => content.members.push(Member { role: part.role, side: part.side, ..Member::new(organisation) }),
    }
    content
}

/// The fields of a form that stand for a place in a member where two edits contradict each other, as merging names it.
pub fn fields_of(place: &str) -> Vec<String> {
    let mut parts = place.splitn(5, '/').skip(2);
    let one = |name: &str| vec![name.to_owned()];
    match (parts.next(), parts.next(), parts.next()) {
        // What is subcontracted is a part of the costs: they are one place.
        (Some("costs"), ..) => vec!["cost".to_owned(), "subcontracting".to_owned()],
        (Some("declared"), Some("documents"), Some(word)) => one(&format!("document.{word}")),
        (Some("declared"), Some("registers"), Some(word)) => one(&format!("register.{word}")),
        (Some("declared"), Some("members"), None) => one("adherents"),
        (Some("declared"), Some(field), None) => one(field),
        (Some(amount), ..) => one(amount.trim_end_matches("_cents")),
        (None, ..) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_joins_is_added_or_takes_the_part_asked_for() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let part = Part { role: MemberRole::Associated, side: MemberSide::Industry };
        let before =
            Content { members: vec![Member { cost_cents: Some(5), ..Member::new(one) }], ..Content::default() };
        let added = joined(&before, two, part);
        assert_eq!((added.members.len(), added.members[1].role, added.members[1].side), (2, part.role, part.side));
        assert_eq!(added.members[0], before.members[0]);
        let again = joined(&before, one, part);
        assert_eq!((again.members.len(), again.members[0].role, again.members[0].cost_cents), (1, part.role, Some(5)));
        assert_eq!(joined(&again, one, part), again, "twice is once");
    }

    #[test]
    fn a_contradiction_is_told_at_the_fields_it_is_about() {
        let table = [
            ("members/1/costs", "cost subcontracting"),
            ("members/1/requested_cents", "requested"),
            ("members/1/fc_cents", "fc"),
            ("members/1/declared/sme", "sme"),
            ("members/1/declared/mark", "mark"),
            ("members/1/declared/members", "adherents"),
            ("members/1/declared/documents/gep", "document.gep"),
            ("members/1/declared/registers/ESFRI", "register.ESFRI"),
            ("name", ""),
        ];
        for (place, fields) in table {
            assert_eq!(fields_of(place).join(" "), fields, "{place}");
        }
    }
}
