//! The form of a sheet, read into what a draft says.

use std::collections::BTreeMap;

use super::{
    super::{DayRules, budget, money::parse_money},
    Content, Earlier, MOST_MEMBERS, Member, MemberRole, MemberSide, Outcome,
};
use crate::{
    directory::OrganisationId,
    foundation::{errors::FieldProblem, time::Day},
};

/// The most earlier submissions that a sheet holds.
const MOST_EARLIER: usize = 100;

/// A form as somebody sent it: what could be read, what could not, and everything as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What could be read; a field that could not stays as `before` had it.
    pub content: Content,
    /// What could not be read, field by field.
    pub problems: Vec<FieldProblem>,
    /// Every field as typed, so that nothing is lost.
    pub typed: BTreeMap<String, String>,
}

/// Reads the form of a sheet. `before` is the draft as stored: what the form does not mention stays.
pub fn read_sheet(rules: &DayRules, fields: &[(String, String)], before: &Content) -> Sheet {
    let mut typed = BTreeMap::new();
    let mut organisations: Vec<OrganisationId> = Vec::new();
    let mut problems = Vec::new();
    for (name, value) in fields {
        if name == "member" {
            match value.parse::<OrganisationId>() {
                Ok(id) if organisations.contains(&id) => {}
                Ok(id) if organisations.len() < MOST_MEMBERS => organisations.push(id),
                Ok(_) => problems.push(problem("member", "consortia-wrong-too-many", value)),
                Err(_) => problems.push(problem("member", "consortia-wrong-member", value)),
            }
        } else {
            typed.insert(name.clone(), value.clone());
        }
    }
    let mut content = before.clone();
    let text = |name: &str| typed.get(name).map(|value| value.trim());
    if let Some(name) = text("name") {
        if name.is_empty() {
            problems.push(problem("name", "consortia-wrong-name", name));
        } else {
            content.name = name.chars().filter(|c| !c.is_control()).take(200).collect();
        }
    }
    let chosen = |name: &str| text(name).map(|value| (!value.is_empty()).then(|| value.to_owned()));
    if let Some(instrument) = chosen("instrument") {
        content.instrument = instrument;
    }
    if let Some(stage) = chosen("stage") {
        content.stage = stage;
    }
    let mut whole = |name: &str, least: u32, most: u32, message: &str, into: &mut Option<u32>| {
        let Some(value) = text(name) else { return };
        if value.is_empty() {
            *into = None;
            return;
        }
        match value.parse::<u32>() {
            Ok(number) if (least..=most).contains(&number) => *into = Some(number),
            _ => problems.push(problem(name, message, value)),
        }
    };
    let facts = &mut content.facts;
    whole("duration_months", 1, 240, "consortia-wrong-months", &mut facts.duration_months);
    whole("pages", 1, 2_000, "consortia-wrong-pages", &mut facts.pages);
    for (name, level) in [("trl_start", &mut facts.trl_start), ("trl_end", &mut facts.trl_end)] {
        let mut read = level.map(u32::from);
        whole(name, 1, 9, "consortia-wrong-trl", &mut read);
        *level = read.and_then(|level| u8::try_from(level).ok());
    }
    match text("civil_use") {
        Some("yes") => content.facts.civil_use = Some(true),
        Some("no") => content.facts.civil_use = Some(false),
        Some(_) => content.facts.civil_use = None,
        None => {}
    }
    for (name, day) in [("label_on", &mut content.facts.label_on), ("closes_on", &mut content.facts.closes_on)] {
        match typed.get(name).map(|value| (value, read_day(value))) {
            Some((_, Ok(read))) => *day = read,
            Some((value, Err(()))) => problems.push(problem(name, "consortia-wrong-day", value)),
            None => {}
        }
    }
    if let Some(issuer) = typed.get("label_issuer") {
        let issuer: String = issuer.trim().chars().filter(|c| !c.is_control()).take(200).collect();
        content.facts.label_issuer = (!issuer.is_empty()).then_some(issuer);
    }
    if typed.contains_key("earlier") {
        content.facts.earlier = read_earlier(&typed, &mut problems);
    }
    // Once both sides are together, the draft holds both.
    if let Some(side) = text("holds").filter(|_| !content.facts.merged) {
        content.facts.holds = MemberSide::of(side);
    }
    if typed.contains_key("has_independence") {
        content.facts.independence_confirmed = text("independence") == Some("yes");
    }
    if typed.contains_key("has_members") || !organisations.is_empty() {
        let newcomer = content.clone();
        content.members = organisations
            .into_iter()
            .map(|organisation| {
                let known = before.members.iter().find(|member| member.organisation == organisation);
                let mut member = known.cloned().unwrap_or_else(|| newcomer.newcomer(organisation));
                let field = |name: &str| format!("{name}-{organisation}");
                if let Some(value) = typed.get(&field("role")) {
                    match MemberRole::of(value) {
                        Some(role) => member.role = role,
                        None => problems.push(problem(&field("role"), "consortia-wrong-role", value)),
                    }
                }
                if let Some(value) = typed.get(&field("side")) {
                    match MemberSide::of(value) {
                        Some(side) => member.side = side,
                        None => problems.push(problem(&field("side"), "consortia-wrong-side", value)),
                    }
                }
                for (name, _) in member.clone().amounts() {
                    if !member.budget.is_empty() && matches!(name, "cost" | "subcontracting") {
                        // These follow from the budget, whatever is typed.
                        continue;
                    }
                    let Some(value) = typed.get(&field(name)) else { continue };
                    match (parse_money(value), member.amount_mut(name)) {
                        (Ok(cents), Some(amount)) => *amount = cents,
                        (Err(wrong), _) => problems.push(problem(&field(name), wrong.key(), value)),
                        (Ok(_), None) => {}
                    }
                }
                read_declared(&typed, organisation, &mut member, &mut problems);
                if member.subcontracting_cents > member.cost_cents && member.cost_cents.is_some() {
                    let name = field("subcontracting");
                    let value = typed.get(&name).cloned().unwrap_or_default();
                    problems.push(problem(&name, "consortia-wrong-subcontracting", &value));
                    member.subcontracting_cents = None;
                }
                member
            })
            .collect();
    }
    budget::settle_by_instrument(rules, &mut content);
    Sheet { content, problems, typed }
}

/// A day as typed; none where nothing was.
fn read_day(text: &str) -> Result<Option<Day>, ()> {
    if text.trim().is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

/// What was ticked or typed of a member because the rules ask for it.
fn read_declared(
    typed: &BTreeMap<String, String>,
    organisation: OrganisationId,
    member: &mut Member,
    problems: &mut Vec<FieldProblem>,
) {
    let end = format!("-{organisation}");
    let answer = |value: &str| match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    if let Some(value) = typed.get(&format!("sme{end}")) {
        member.declared.sme = answer(value);
    }
    if let Some(value) = typed.get(&format!("mark{end}")) {
        member.declared.mark = (!value.is_empty()).then(|| value.chars().take(60).collect());
    }
    let name = format!("adherents{end}");
    match typed.get(&name).map(|value| (value, value.trim())) {
        None => {}
        Some((_, "")) => member.declared.members = None,
        Some((value, text)) => match text.parse() {
            Ok(count) => member.declared.members = Some(count),
            Err(_) => problems.push(problem(&name, "consortia-wrong-adherents", value)),
        },
    }
    for (head, answers) in
        [("document.", &mut member.declared.documents), ("register.", &mut member.declared.registers)]
    {
        for (name, value) in typed.range(head.to_owned()..).take_while(|(name, _)| name.starts_with(head)) {
            let Some(word) = name.strip_prefix(head).and_then(|rest| rest.strip_suffix(&end)) else { continue };
            match answer(value) {
                Some(held) => answers.insert(word.chars().take(60).collect(), held),
                None => answers.remove(word),
            };
        }
    }
}

/// The earlier submissions of a form: `none` says that there were none, rows say which; else nobody has said.
fn read_earlier(typed: &BTreeMap<String, String>, problems: &mut Vec<FieldProblem>) -> Option<Vec<Earlier>> {
    let mut found = Vec::new();
    for row in 0..MOST_EARLIER {
        let field = |name: &str| format!("earlier_{name}.{row}");
        let text = |name: &str| typed.get(&field(name)).map(|value| value.trim());
        let Some(programme) = text("programme") else { break };
        if programme.is_empty() {
            continue;
        }
        let mut earlier = Earlier { programme: programme.chars().take(100).collect(), ..Earlier::default() };
        earlier.member = text("member").and_then(|id| id.parse().ok());
        earlier.outcome = text("outcome").and_then(Outcome::of).unwrap_or_default();
        if let Some(score) = text("score").filter(|score| !score.is_empty()) {
            match score.trim_end_matches('%').trim().parse() {
                Ok(percent) if percent <= 100 => earlier.score = Some(percent),
                _ => problems.push(problem(&field("score"), "consortia-wrong-score", score)),
            }
        }
        match read_day(text("on").unwrap_or_default()) {
            Ok(day) => earlier.on = day,
            Err(()) => problems.push(problem(&field("on"), "consortia-wrong-day", text("on").unwrap_or_default())),
        }
        found.push(earlier);
    }
    let none = typed.get("earlier").is_some_and(|value| value == "none");
    (none || !found.is_empty()).then_some(found)
}

fn problem(field: &str, message: &str, value: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), message: message.to_owned(), value: value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consortia::Rulebook;

    fn shipped() -> DayRules {
        Rulebook::shipped().of_day("2026-11-22".parse().unwrap())
    }

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_form_becomes_a_draft_and_keeps_what_cannot_be_read() {
        let (one, two) = (OrganisationId::new(), OrganisationId::new());
        let before = Content { name: "A".to_owned(), ..Content::default() };
        let sheet = read_sheet(
            &shipped(),
            &fields(&[
                ("name", "Heart"),
                ("duration_months", "48"),
                ("trl_start", "12"),
                ("member", &one.to_string()),
                ("member", &two.to_string()),
                (&format!("role-{one}"), "coordinator"),
                (&format!("cost-{one}"), "1 250 000,50"),
                (&format!("cost-{two}"), "-3"),
            ]),
            &before,
        );
        assert_eq!(sheet.content.name, "Heart");
        assert_eq!(sheet.content.facts.duration_months, Some(48));
        assert_eq!(sheet.content.facts.trl_start, None);
        assert_eq!(sheet.content.members.len(), 2);
        assert_eq!(sheet.content.members[0].role, MemberRole::Coordinator);
        assert_eq!(sheet.content.members[0].cost_cents, Some(125_000_050));
        let wrong: Vec<(&str, &str)> =
            sheet.problems.iter().map(|problem| (problem.field.as_str(), problem.message.as_str())).collect();
        assert_eq!(
            wrong,
            [("trl_start", "consortia-wrong-trl"), (format!("cost-{two}").as_str(), "consortia-wrong-negative")]
        );
        assert_eq!(sheet.typed[&format!("cost-{two}")], "-3", "what was typed is kept");
    }

    #[test]
    fn what_rules_ask_for_is_read_and_taken_back() {
        let one = OrganisationId::new();
        let sheet = read_sheet(
            &shipped(),
            &fields(&[
                ("member", &one.to_string()),
                (&format!("sme-{one}"), "yes"),
                (&format!("document.gep-{one}"), "no"),
                (&format!("register.ECCP-{one}"), "yes"),
                (&format!("adherents-{one}"), "many"),
                ("label_issuer", " Medicen "),
                ("label_on", "31/02/2026"),
                ("earlier", ""),
                ("earlier_programme.0", "EIC Accelerator"),
                ("earlier_member.0", &one.to_string()),
                ("earlier_outcome.0", "unsuccessful"),
                ("earlier_score.0", "72 %"),
                ("earlier_on.0", "2025-03-12"),
                ("earlier_programme.1", ""),
            ]),
            &Content { name: "A".to_owned(), ..Content::default() },
        );
        let declared = &sheet.content.members[0].declared;
        assert_eq!((declared.sme, declared.documents["gep"], declared.registers["ECCP"]), (Some(true), false, true));
        assert_eq!(sheet.content.facts.label_issuer.as_deref(), Some("Medicen"));
        let wrong: Vec<&str> = sheet.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(wrong, ["consortia-wrong-day", "consortia-wrong-adherents"]);
        let earlier = sheet.content.facts.earlier.as_ref().unwrap();
        assert_eq!((earlier.len(), earlier[0].outcome, earlier[0].score), (1, Outcome::Unsuccessful, Some(72)));
        let back = read_sheet(
            &shipped(),
            &fields(&[
                ("member", &one.to_string()),
                (&format!("document.gep-{one}"), ""),
                ("earlier", "none"),
                ("earlier_programme.0", ""),
            ]),
            &sheet.content,
        );
        assert!(back.content.members[0].declared.documents.is_empty(), "an answer can be taken back");
        assert_eq!(back.content.members[0].declared.sme, Some(true), "what the form does not mention stays");
        assert_eq!(back.content.facts.earlier, Some(Vec::new()), "there were none");
    }
}
