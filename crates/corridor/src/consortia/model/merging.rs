//! Two people at once: what each changed since the version both began with, put together.
//!
//! Every field is compared with the version that was read before editing. What only one of two people changed is taken
//! from that one; where both changed the same field to different values, somebody has to choose. A field that is added
//! to [`Content`] later is merged without a word here: the comparison walks its serialised form.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::Content;

/// Whose value to keep where two people gave the same field different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What is stored.
    Stored,
    /// What is being saved.
    Own,
}

/// Choices by the place of the field.
pub type Choices = BTreeMap<String, Keep>;

/// Two edits put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// What both say; where they contradict each other and nobody has chosen, what is stored.
    pub content: Content,
    /// The places where they contradict each other and nobody has chosen.
    pub open: BTreeSet<String>,
}

/// Puts together what is `stored` and somebody's `own` edit, both made of `base`.
///
/// # Errors
/// Only where a content cannot be written as JSON, which no content read from a form or the database does.
pub fn merge(base: &Content, stored: &Content, own: &Content, choices: &Choices) -> serde_json::Result<Merged> {
    let mut merging = Merging { choices, open: BTreeSet::new() };
    let (base_tree, stored_tree, own_tree) = (tree(base)?, tree(stored)?, tree(own)?);
    let tree = merging.value("", Some(&base_tree), Some(&stored_tree), Some(&own_tree));
    let order = stored.members.iter().chain(&own.members).map(|member| member.organisation.to_string());
    let content = content(tree.unwrap_or(stored_tree), order)?;
    Ok(Merged { content, open: merging.open })
}

struct Merging<'a> {
    choices: &'a Choices,
    open: BTreeSet<String>,
}

impl Merging<'_> {
    fn value(
        &mut self,
        place: &str,
        base: Option<&Value>,
        stored: Option<&Value>,
        own: Option<&Value>,
    ) -> Option<Value> {
        if stored == own || own == base {
            return stored.cloned();
        }
        if stored == base {
            return own.cloned();
        }
        if let (Some(Value::Object(stored)), Some(Value::Object(own))) = (stored, own) {
            let none = Map::new();
            let base = base.and_then(Value::as_object).unwrap_or(&none);
            let keys: BTreeSet<&String> = stored.keys().chain(own.keys()).collect();
            let merged = keys.into_iter().filter_map(|key| {
                let inner = if place.is_empty() { key.clone() } else { format!("{place}/{key}") };
                Some((key.clone(), self.value(&inner, base.get(key), stored.get(key), own.get(key))?))
            });
            return Some(Value::Object(merged.collect()));
        }
        match self.choices.get(place) {
            Some(Keep::Own) => return own.cloned(),
            Some(Keep::Stored) => {}
            None => {
                self.open.insert(place.to_owned());
            }
        }
        stored.cloned()
    }
}

/// The fields of a member that only make sense together: what is subcontracted is a part of the costs.
const COSTS: [&str; 2] = ["cost_cents", "subcontracting_cents"];

/// A content as a tree in which each member stands under its organisation.
fn tree(content: &Content) -> serde_json::Result<Value> {
    let mut tree = serde_json::to_value(content)?;
    let mut members = Map::new();
    for member in &content.members {
        let mut fields = serde_json::to_value(member)?;
        let mut costs = COSTS.map(|field| fields[field].take());
        if !member.budget.is_empty() {
            // They follow from the budget: two people who change two lines of it do not contradict each other.
            costs = [Value::Null, Value::Null];
        }
        fields["costs"] = Value::from(costs.to_vec());
        members.insert(member.organisation.to_string(), fields);
    }
    tree["members"] = Value::Object(members);
    Ok(tree)
}

/// A tree as a content, its members in the order given.
fn content(mut tree: Value, order: impl Iterator<Item = String>) -> serde_json::Result<Content> {
    let mut members = Vec::new();
    if let Value::Object(known) = &mut tree["members"] {
        for organisation in order {
            let Some(mut member) = known.remove(&organisation) else { continue };
            let costs = member["costs"].take();
            for (at, field) in COSTS.iter().enumerate() {
                member[*field] = costs[at].clone();
            }
            members.push(member);
        }
    }
    tree["members"] = Value::from(members);
    serde_json::from_value(tree)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Member, MemberRole},
        *,
    };
    use crate::directory::OrganisationId;

    fn base() -> (Content, [OrganisationId; 3]) {
        let ids = [OrganisationId::new(), OrganisationId::new(), OrganisationId::new()];
        let members = ids.iter().map(|id| Member { cost_cents: Some(900), ..Member::new(*id) }).collect();
        (Content { name: "A".to_owned(), members, ..Content::default() }, ids)
    }

    fn merged(base: &Content, stored: &Content, own: &Content) -> Merged {
        merge(base, stored, own, &Choices::new()).unwrap()
    }

    #[test]
    fn what_only_one_changed_is_kept_from_each() {
        let (base, [one, two, three]) = base();
        let (mut stored, mut own) = (base.clone(), base.clone());
        stored.members[0].cost_cents = Some(1_000);
        stored.facts.pages = Some(40);
        stored.members.remove(2);
        own.members[0].requested_cents = Some(500);
        own.members[0].declared.documents.insert("gep".to_owned(), true);
        own.members[1].role = MemberRole::Coordinator;
        own.name = "B".to_owned();
        let four = OrganisationId::new();
        own.members.insert(0, Member::new(four));
        let both = merged(&base, &stored, &own);
        assert_eq!(both.open, BTreeSet::new());
        let content = both.content;
        assert_eq!(content.members.iter().map(|m| m.organisation).collect::<Vec<_>>(), [one, two, four]);
        assert!(!content.members.iter().any(|member| member.organisation == three));
        assert_eq!((content.name.as_str(), content.facts.pages), ("B", Some(40)));
        let first = &content.members[0];
        assert_eq!((first.cost_cents, first.requested_cents), (Some(1_000), Some(500)));
        assert!(first.declared.documents["gep"]);
        assert_eq!(content.members[1].role, MemberRole::Coordinator);
    }

    #[test]
    fn a_contradiction_waits_for_a_choice_and_the_rest_does_not() {
        let (base, [one, two, _]) = base();
        let (mut stored, mut own) = (base.clone(), base.clone());
        stored.members[0].requested_cents = Some(1);
        own.members[0].requested_cents = Some(2);
        stored.members.remove(1);
        own.members[1].role = MemberRole::Coordinator;
        own.facts.duration_months = Some(36);
        let both = merged(&base, &stored, &own);
        let requested = format!("members/{one}/requested_cents");
        let gone = format!("members/{two}");
        assert_eq!(both.open, BTreeSet::from([requested.clone(), gone.clone()]));
        assert_eq!(both.content.members[0].requested_cents, Some(1));
        assert_eq!(both.content.facts.duration_months, Some(36));
        let choices = Choices::from([(requested, Keep::Stored), (gone, Keep::Own)]);
        let chosen = merge(&base, &stored, &own, &choices).unwrap();
        assert_eq!(chosen.open, BTreeSet::new());
        assert_eq!(chosen.content.members[0].requested_cents, Some(1));
        let kept = chosen.content.members.iter().find(|member| member.organisation == two);
        assert_eq!(kept.map(|member| member.role), Some(MemberRole::Coordinator));
    }

    #[test]
    fn costs_and_their_subcontracted_part_are_one_field() {
        let (base, [one, ..]) = base();
        let (mut stored, mut own) = (base.clone(), base.clone());
        stored.members[0].cost_cents = Some(100);
        own.members[0].subcontracting_cents = Some(800);
        let both = merged(&base, &stored, &own);
        assert_eq!(both.open, BTreeSet::from([format!("members/{one}/costs")]));
        assert_eq!(both.content.members[0].subcontracting_cents, None);
    }

    #[test]
    fn both_adding_the_same_partner_add_it_once() {
        let (base, _) = base();
        let four = OrganisationId::new();
        let (mut stored, mut own) = (base.clone(), base.clone());
        stored.members.push(Member { cost_cents: Some(5), ..Member::new(four) });
        own.members.push(Member { cost_cents: Some(5), requested_cents: Some(3), ..Member::new(four) });
        let both = merged(&base, &stored, &own);
        assert_eq!(both.content.members.len(), 4);
        assert_eq!(both.open, BTreeSet::from([format!("members/{four}/requested_cents")]));
    }

    proptest::proptest! {
        /// Whoever saves first, the same is stored where nothing contradicts; and whoever changed nothing takes nothing away.
        #[test]
        fn the_order_of_two_saves_does_not_matter(first in edits(), second in edits()) {
            let (base, ids) = base();
            let (one, other) = (edited(&base, &ids, &first), edited(&base, &ids, &second));
            let (there, back) = (merged(&base, &one, &other), merged(&base, &other, &one));
            proptest::prop_assert_eq!(&there.open, &back.open);
            if there.open.is_empty() {
                let sorted = |mut content: Content| { content.members.sort_by_key(|member| member.organisation); content };
                proptest::prop_assert_eq!(sorted(there.content), sorted(back.content));
            }
            proptest::prop_assert_eq!(&merged(&base, &one, &base).content, &one);
            proptest::prop_assert_eq!(&merged(&base, &base, &other).content, &other);
        }
    }

    fn edits() -> impl proptest::strategy::Strategy<Value = Vec<(u8, usize, i64)>> {
        proptest::collection::vec((0u8..5, 0usize..3, 0i64..3), 0..5)
    }

    fn edited(base: &Content, ids: &[OrganisationId; 3], edits: &[(u8, usize, i64)]) -> Content {
        let mut content = base.clone();
        for (what, at, value) in edits {
            if *what == 0 {
                content.members.retain(|member| member.organisation != ids[*at]);
            }
            if *what == 1 {
                content.facts.pages = u32::try_from(*value).ok();
            }
            let Some(member) = content.members.iter_mut().find(|member| member.organisation == ids[*at]) else {
                continue;
            };
            match what {
                2 => member.cost_cents = Some(*value),
                3 => member.requested_cents = Some(*value),
                4 => member.declared.sme = Some(*value > 1),
                _ => {}
            }
        }
        content
    }
}
