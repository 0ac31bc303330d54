//! What becomes of a sheet when somebody joins it, and when a partner corrects its own lines.

use crate::{
    consortia::{Content, Declared, Member, MemberRole, MemberSide},
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

/// What a partner changed of its own lines, and what it could not because somebody else changed the same meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrected {
    /// The member with what could be changed.
    pub member: Member,
    /// The fields that somebody else changed to something else meanwhile; they stay as those did.
    pub clashes: Vec<String>,
}

/// Brings together what a partner saw of its own line, what it made of that, and what stands there now: a field that it
/// did not touch stays as it is now. Role and side are the team's.
pub fn corrected(seen: &Member, made: &Member, now: &Member) -> Corrected {
    let mut member = now.clone();
    let mut clashes = Vec::new();
    let of = |of: &Member, field: &str| of.amounts().into_iter().find(|(name, _)| *name == field).and_then(|(_, c)| c);
    for (field, _) in now.amounts() {
        let (seen, made, now) = (of(seen, field), of(made, field), of(now, field));
        if made == seen || made == now {
            continue;
        }
        if now != seen {
            clashes.push(field.to_owned());
        } else if let Some(amount) = member.amount_mut(field) {
            *amount = made;
        }
    }
    let (was, made, is) = (seen.declared.answers(), made.declared.clone(), now.declared.answers());
    for (field, answer) in changes(&was, &made.answers()) {
        match is.get(&field) {
            now if now == answer.as_ref() => {}
            now if now != was.get(&field) => clashes.push(field),
            _ => answer_as(&mut member.declared, &made, &field),
        }
    }
    Corrected { member, clashes }
}

type Answers = std::collections::BTreeMap<String, String>;

/// The fields that differ, with the later answer; none where it was taken back.
fn changes(was: &Answers, made: &Answers) -> Vec<(String, Option<String>)> {
    let mut fields: Vec<&String> = was.keys().chain(made.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .into_iter()
        .filter(|field| was.get(*field) != made.get(*field))
        .map(|field| (field.clone(), made.get(field).cloned()))
        .collect()
}

/// Takes the answer to one field over.
fn answer_as(into: &mut Declared, from: &Declared, field: &str) {
    let take = |into: &mut std::collections::BTreeMap<String, bool>, from: Option<&bool>, word: &str| match from {
        Some(held) => {
            into.insert(word.to_owned(), *held);
        }
        None => {
            into.remove(word);
        }
    };
    match field.split_once('.') {
        Some(("document", word)) => take(&mut into.documents, from.documents.get(word), word),
        Some(("register", word)) => take(&mut into.registers, from.registers.get(word), word),
        _ => match field {
            "sme" => into.sme = from.sme,
            "mark" => into.mark.clone_from(&from.mark),
            "adherents" => into.members = from.members,
            _ => {}
        },
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

    /// Seen, made, now, and what becomes of it: `!` where both changed the same differently.
    #[test]
    fn table_of_corrections() {
        let member = |cost: Option<i64>| {
            let mut member = Member { cost_cents: cost, ..Member::new(OrganisationId(uuid::Uuid::nil())) };
            member.declared.sme = cost.map(|cost| cost > 1);
            if let Some(cost) = cost {
                member.declared.documents.insert("gep".to_owned(), cost > 1);
            }
            member
        };
        let mut table = String::new();
        for (seen, made, now) in [
            (None, None, None),
            (None, Some(2), None),
            (Some(1), None, Some(1)),
            (Some(1), Some(1), Some(2)),
            (Some(1), Some(2), Some(2)),
            (None, Some(1), Some(2)),
            (Some(1), None, Some(2)),
        ] {
            let became = corrected(&member(seen), &member(made), &member(now));
            let clash = if became.clashes.is_empty() { "" } else { "!" };
            let shown = became.member.cost_cents.map_or("-".to_owned(), |cost| cost.to_string());
            assert_eq!(became.member, member(became.member.cost_cents), "answers go as amounts do");
            table.push_str(&format!("{shown}{clash} "));
        }
        assert_eq!(table, "- 2 - 2 2 2! 2! ");
    }

    #[test]
    fn role_and_side_are_the_teams() {
        let seen = Member::new(OrganisationId::new());
        let made = Member { role: MemberRole::Coordinator, side: MemberSide::Industry, ..seen.clone() };
        assert_eq!(corrected(&seen, &made, &seen).member, seen);
    }
}
