//! The form of a budget, read into what a draft says. Pure: no SQL, no clock.

use std::collections::BTreeMap;

use super::model::{Category, MOST_MONTHS, MOST_PACKAGES, MOST_RATE, Research, WorkPackage};
use crate::{
    consortia::{Content, parse_money},
    directory::OrganisationId,
    foundation::errors::FieldProblem,
};

/// A form of a budget as somebody sent it.
#[derive(Clone, Debug, Default)]
pub struct BudgetForm {
    /// What could be read; a field that could not stays as it was.
    pub content: Content,
    /// What could not be read, field by field.
    pub problems: Vec<FieldProblem>,
    /// Every field as typed.
    pub typed: BTreeMap<String, String>,
}

/// The name of the field of an amount.
pub fn amount_field(package: u16, category: Category, organisation: OrganisationId) -> String {
    format!("amount.{package}.{}.{organisation}", category.key())
}

/// The name of the field of person-months.
pub fn months_field(package: u16, organisation: OrganisationId) -> String {
    format!("months.{package}.{organisation}")
}

/// The name of a field of a partner: `rate`, `aid` or `requested`.
pub fn partner_field(of: &str, organisation: OrganisationId) -> String {
    format!("{of}.{organisation}")
}

/// Reads the form of a budget. `before` is the draft as it was shown: what the form does not mention stays. `only` is the
/// partner whose lines may be changed, where it is not the team that writes.
pub fn read_budget(fields: &[(String, String)], before: &Content, only: Option<OrganisationId>) -> BudgetForm {
    let mut form = BudgetForm { content: before.clone(), ..BudgetForm::default() };
    for (name, value) in fields {
        form.typed.insert(name.clone(), value.clone());
        let parts: Vec<&str> = name.split('.').collect();
        let outcome = match parts[..] {
            ["package-name", number] if only.is_none() => form.package(number, |package| {
                package.name = value.trim().chars().filter(|c| !c.is_control()).take(120).collect();
            }),
            ["package-research", number] if only.is_none() => {
                form.package(number, |package| package.research = Research::of(value))
            }
            ["rate", partner] => form.set_rate(partner, value, only),
            ["aid" | "requested", partner] => form.set_sum(parts[0], partner, value, only),
            ["months", number, partner] => form.set_months(number, partner, value, only),
            ["amount", number, category, partner] => form.set_amount(number, category, partner, value, only),
            _ => Ok(()),
        };
        if let Err(message) = outcome {
            form.problems.push(FieldProblem { field: name.clone(), message: message.to_owned(), value: value.clone() });
        }
    }
    form
}

type Outcome = Result<(), &'static str>;

impl BudgetForm {
    fn package(&mut self, number: &str, change: impl FnOnce(&mut WorkPackage)) -> Outcome {
        let number: u16 = number.parse().map_err(|_| "consortia-budget-wrong-package")?;
        change(self.content.facts.work_packages.get_mut(&number).ok_or("consortia-budget-wrong-package")?);
        Ok(())
    }

    /// Adds a work package with the lowest number that is free; answers the number.
    pub fn add_package(&mut self, name: &str) -> Result<u16, &'static str> {
        let packages = &mut self.content.facts.work_packages;
        if packages.len() >= MOST_PACKAGES {
            return Err("consortia-budget-wrong-too-many");
        }
        let number = (1..=u16::MAX).find(|number| !packages.contains_key(number)).unwrap_or(1);
        let name = name.trim().chars().filter(|c| !c.is_control()).take(120).collect();
        packages.insert(number, WorkPackage { name, research: None });
        Ok(number)
    }

    fn member(
        &mut self,
        partner: &str,
        only: Option<OrganisationId>,
    ) -> Result<&mut crate::consortia::Member, &'static str> {
        let organisation: OrganisationId = partner.parse().map_err(|_| "consortia-budget-wrong-partner")?;
        if only.is_some_and(|only| only != organisation) {
            return Err("consortia-budget-wrong-partner");
        }
        let found = self.content.members.iter_mut().find(|member| member.organisation == organisation);
        found.ok_or("consortia-budget-wrong-partner")
    }

    fn set_rate(&mut self, partner: &str, value: &str, only: Option<OrganisationId>) -> Outcome {
        let cents = parse_money(value).map_err(|wrong| wrong.key())?;
        if cents.is_some_and(|cents| cents > MOST_RATE) {
            return Err("consortia-budget-wrong-rate");
        }
        self.member(partner, only)?.budget.monthly_rate_cents = cents;
        Ok(())
    }

    fn set_sum(&mut self, of: &str, partner: &str, value: &str, only: Option<OrganisationId>) -> Outcome {
        let cents = parse_money(value).map_err(|wrong| wrong.key())?;
        let member = self.member(partner, only)?;
        if of == "aid" {
            member.budget.other_aid_cents = cents;
        } else {
            member.requested_cents = cents;
        }
        Ok(())
    }

    fn line(
        &mut self,
        number: &str,
        partner: &str,
        only: Option<OrganisationId>,
    ) -> Result<(u16, &mut crate::consortia::Member), &'static str> {
        let number: u16 = number.parse().map_err(|_| "consortia-budget-wrong-package")?;
        if !self.content.facts.work_packages.contains_key(&number) {
            return Err("consortia-budget-wrong-package");
        }
        Ok((number, self.member(partner, only)?))
    }

    fn set_months(&mut self, number: &str, partner: &str, value: &str, only: Option<OrganisationId>) -> Outcome {
        let months = read_months(value)?;
        let (number, member) = self.line(number, partner, only)?;
        let line = member.budget.packages.entry(number).or_default();
        // Without its months personnel would stay as it was computed from them.
        if months.is_none() && line.months.is_some() && member.budget.monthly_rate_cents.is_some() {
            line.amounts.remove(&Category::Personnel);
        }
        line.months = months;
        Ok(())
    }

    fn set_amount(
        &mut self,
        number: &str,
        category: &str,
        partner: &str,
        value: &str,
        only: Option<OrganisationId>,
    ) -> Outcome {
        let category = Category::of(category).ok_or("consortia-budget-wrong-category")?;
        let cents = parse_money(value).map_err(|wrong| wrong.key())?;
        let (number, member) = self.line(number, partner, only)?;
        let line = member.budget.packages.entry(number).or_default();
        match cents {
            Some(cents) => line.amounts.insert(category, cents),
            None => line.amounts.remove(&category),
        };
        Ok(())
    }
}

/// Reads person-months as hundredths: `12`, `12,5`, `0.25`.
pub fn read_months(text: &str) -> Result<Option<i64>, &'static str> {
    const WRONG: &str = "consortia-budget-wrong-months";
    let text = text.trim().replace(',', ".");
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(WRONG);
    }
    let whole: i64 = whole.parse().map_err(|_| WRONG)?;
    let part: i64 = format!("{part:0<2}").parse().map_err(|_| WRONG)?;
    let months = whole * 100 + part;
    if months > MOST_MONTHS { Err(WRONG) } else { Ok(Some(months)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_both_ways() {
        for (text, months) in [("12", 1200), ("12,5", 1250), ("0.25", 25), (" 3 ", 300), ("7.05", 705)] {
            assert_eq!(read_months(text), Ok(Some(months)), "{text}");
        }
        assert_eq!(read_months(""), Ok(None));
        for text in ["-1", "a", "1.234", ".5", "1e3", "1000000", "1,2,3"] {
            assert!(read_months(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_by_its_field_and_the_rest_is_kept() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let members = [one, two].map(crate::consortia::Member::new).to_vec();
        let mut before = Content { members, ..Content::default() };
        before.facts.work_packages.insert(1, WorkPackage::default());
        let field = |name: String, value: &str| (name, value.to_owned());
        let fields = vec![
            field(amount_field(1, Category::Travel, one), "1 200,50"),
            field(amount_field(1, Category::Goods, one), "-3"),
            field(amount_field(2, Category::Goods, one), "3"),
            field(amount_field(1, Category::Goods, OrganisationId::new()), "3"),
            field(months_field(1, two), "many"),
            field(partner_field("rate", two), "6 500"),
            field("package-name.1".to_owned(), " Management "),
        ];
        let form = read_budget(&fields, &before, None);
        let wrong: Vec<&str> = form.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(
            wrong,
            [
                "consortia-wrong-negative",
                "consortia-budget-wrong-package",
                "consortia-budget-wrong-partner",
                "consortia-budget-wrong-months",
            ]
        );
        assert_eq!(form.content.members[0].budget.amount(1, Category::Travel), Some(120_050));
        assert_eq!(form.content.members[1].budget.monthly_rate_cents, Some(650_000));
        assert_eq!(form.content.facts.work_packages[&1].name, "Management");

        // A partner writes its own lines, and no work package.
        let own = read_budget(&fields, &before, Some(two));
        assert_eq!(own.content.members[0], before.members[0]);
        assert_eq!(own.content.members[1].budget.monthly_rate_cents, Some(650_000));
        assert_eq!(own.content.facts, before.facts);
    }
}
