//! How two versions of a draft differ.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::budget::{Lines, WorkPackage},
    Content, Declared, Earlier, Outcome,
};
use crate::directory::OrganisationId;

/// One difference between two versions of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A field of the proposal: its name and both values.
    Field(&'static str, String, String),
    /// Only the second version has this member.
    Joined(OrganisationId),
    /// Only the first version has this member.
    Left(OrganisationId),
    /// A field of a member: its name and both values; amounts are cents.
    Member(OrganisationId, &'static str, String, String),
    /// What is declared of a member: the field of the form and both answers, `yes`, `no`, a word or a number.
    Declared(OrganisationId, String, String, String),
    /// A line of a member's budget: `rate`, `aid`, or `months` or a category with the number of its work package; both
    /// values, cents or hundredths of months.
    Budget(OrganisationId, &'static str, Option<u16>, String, String),
    /// A work package: its number, and its titles.
    Package(u16, String, String),
}

impl Difference {
    /// Whether both are about the same field or the same member's being there.
    pub fn concerns(&self, other: &Difference) -> bool {
        use Difference::{Budget, Declared, Field, Joined, Left, Member, Package};
        match (self, other) {
            (Field(one, ..), Field(two, ..)) => one == two,
            (Joined(one) | Left(one), Joined(two) | Left(two)) => one == two,
            (Member(one, field, ..), Member(two, other, ..)) => one == two && field == other,
            (Declared(one, field, ..), Declared(two, other, ..)) => one == two && field == other,
            (Budget(one, field, at, ..), Budget(two, other, there, ..)) => (one, field, at) == (two, other, there),
            (Package(one, ..), Package(two, ..)) => one == two,
            _ => false,
        }
    }
}

impl Declared {
    /// All answers by the field of the form they are given in.
    pub fn answers(&self) -> BTreeMap<String, String> {
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let mut answers = BTreeMap::new();
        answers.extend(self.sme.map(|sme| ("sme".to_owned(), yes(sme))));
        answers.extend(self.mark.as_ref().map(|mark| ("mark".to_owned(), mark.clone())));
        answers.extend(self.members.map(|members| ("adherents".to_owned(), members.to_string())));
        answers.extend(self.documents.iter().map(|(word, held)| (format!("document.{word}"), yes(*held))));
        answers.extend(self.registers.iter().map(|(word, held)| (format!("register.{word}"), yes(*held))));
        answers
    }
}

/// Earlier submissions as one text, the same for the same list; `none` where it is said that there were none.
fn told(earlier: &[Earlier]) -> String {
    if earlier.is_empty() {
        return "none".to_owned();
    }
    let one = |earlier: &Earlier| {
        let score = earlier.score.map(|score| format!(" {score} %")).unwrap_or_default();
        let on = earlier.on.map(|day| format!(" {day}")).unwrap_or_default();
        let mark = if earlier.outcome == Outcome::Funded { "✓" } else { "✗" };
        format!("{mark} {}{score}{on}", earlier.programme)
    };
    earlier.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// All amounts of a budget by the place they stand at.
fn spent(lines: &Lines) -> BTreeMap<(Option<u16>, &'static str), i64> {
    let mut all = BTreeMap::new();
    all.extend(lines.monthly_rate_cents.map(|cents| ((None, "rate"), cents)));
    all.extend(lines.other_aid_cents.map(|cents| ((None, "aid"), cents)));
    for (package, line) in &lines.packages {
        all.extend(line.months.map(|months| ((Some(*package), "months"), months)));
        all.extend(line.amounts.iter().map(|(category, cents)| ((Some(*package), category.key()), *cents)));
    }
    all
}

/// How the second version differs from the first, in the order of the sheet.
pub fn differences(first: &Content, second: &Content) -> Vec<Difference> {
    let mut found = Vec::new();
    let flat = |content: &Content| {
        let facts = &content.facts;
        let number = |value: Option<u32>| value.map(|number| number.to_string()).unwrap_or_default();
        [
            ("name", content.name.clone()),
            ("instrument", content.instrument.clone().unwrap_or_default()),
            ("stage", content.stage.clone().unwrap_or_default()),
            ("duration_months", number(facts.duration_months)),
            ("trl_start", number(facts.trl_start.map(u32::from))),
            ("trl_end", number(facts.trl_end.map(u32::from))),
            ("pages", number(facts.pages)),
            ("civil_use", facts.civil_use.map(|yes| if yes { "yes" } else { "no" }).unwrap_or_default().to_owned()),
            ("label_issuer", facts.label_issuer.clone().unwrap_or_default()),
            ("label_on", facts.label_on.map(|day| day.to_string()).unwrap_or_default()),
            ("closes_on", facts.closes_on.map(|day| day.to_string()).unwrap_or_default()),
            ("earlier", facts.earlier.as_deref().map(told).unwrap_or_default()),
            ("independence", if facts.independence_confirmed { "yes" } else { "" }.to_owned()),
            ("holds", facts.holds.map(|side| side.key().to_owned()).unwrap_or_default()),
            ("merged", if facts.merged { "yes" } else { "" }.to_owned()),
        ]
    };
    for ((name, one), (_, other)) in flat(first).into_iter().zip(flat(second)) {
        if one != other {
            found.push(Difference::Field(name, one, other));
        }
    }
    let packages = |content: &Content| content.facts.work_packages.keys().copied().collect::<BTreeSet<u16>>();
    for number in packages(first).union(&packages(second)) {
        let titled =
            |content: &Content| content.facts.work_packages.get(number).map(WorkPackage::told).unwrap_or_default();
        if titled(first) != titled(second) {
            found.push(Difference::Package(*number, titled(first), titled(second)));
        }
    }
    for member in &first.members {
        let Some(other) = second.members.iter().find(|other| other.organisation == member.organisation) else {
            found.push(Difference::Left(member.organisation));
            continue;
        };
        let mut differ = |name, one: String, two: String| {
            if one != two {
                found.push(Difference::Member(member.organisation, name, one, two));
            }
        };
        differ("role", member.role.key().to_owned(), other.role.key().to_owned());
        differ("side", member.side.key().to_owned(), other.side.key().to_owned());
        let cents = |amount: Option<i64>| amount.map(|cents| cents.to_string()).unwrap_or_default();
        for ((name, one), (_, two)) in member.amounts().into_iter().zip(other.amounts()) {
            differ(name, cents(one), cents(two));
        }
        let (one, two) = (spent(&member.budget), spent(&other.budget));
        let places: BTreeSet<_> = one.keys().chain(two.keys()).collect();
        for place @ (package, of) in places {
            let cents = |lines: &BTreeMap<(Option<u16>, &'static str), i64>| {
                lines.get(place).map(|cents| cents.to_string()).unwrap_or_default()
            };
            if cents(&one) != cents(&two) {
                found.push(Difference::Budget(member.organisation, of, *package, cents(&one), cents(&two)));
            }
        }
        let (one, two) = (member.declared.answers(), other.declared.answers());
        let words: BTreeSet<&String> = one.keys().chain(two.keys()).collect();
        for word in words {
            let of = |answers: &BTreeMap<String, String>| answers.get(word).cloned().unwrap_or_default();
            if of(&one) != of(&two) {
                found.push(Difference::Declared(member.organisation, word.clone(), of(&one), of(&two)));
            }
        }
    }
    let joined = second.members.iter().map(|member| member.organisation);
    found.extend(
        joined.filter(|id| !first.members.iter().any(|member| member.organisation == *id)).map(Difference::Joined),
    );
    found
}

#[cfg(test)]
mod tests {
    use super::{super::Member, *};

    #[test]
    fn differences_name_members_and_fields() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let first = Content { name: "A".to_owned(), members: vec![Member::new(one)], ..Content::default() };
        let mut second = first.clone();
        assert_eq!(differences(&first, &second), []);
        second.members[0].cost_cents = Some(500);
        second.members.push(Member::new(two));
        second.facts.pages = Some(40);
        assert_eq!(
            differences(&first, &second),
            [
                Difference::Field("pages", String::new(), "40".to_owned()),
                Difference::Member(one, "cost", String::new(), "500".to_owned()),
                Difference::Joined(two),
            ]
        );
        assert_eq!(differences(&second, &first).last(), Some(&Difference::Left(two)));
    }
}
