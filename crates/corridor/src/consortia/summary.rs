//! The summary of a draft on one page, as PDF: for whoever decides without opening the draft.

use serde_json::{Value, json};

use super::{
    instruments::rules_of,
    model::Draft,
    pages::words::stage_name,
    rules::VerdictStatus,
    store::TopicFacts,
    view::{Composition, SheetView},
};
use crate::{accounts::Acting, foundation::errors::Error};

/// How many rules that are not met, or wait for a fact, are told one by one.
const MOST_RULES: usize = 6;
/// How many parts of a composition are shown; the rest is one.
const MOST_PARTS: usize = 5;
/// Up to how many members the usual size of type leaves everything on one page; more are set smaller.
const MEMBERS_AT_EASE: usize = 12;

/// The summary of a draft whose sheet is `sheet`.
///
/// # Errors
/// When the page cannot be set: a fault of its markup.
pub(super) async fn pdf(
    acting: &Acting,
    draft: &Draft,
    topic: Option<&TopicFacts>,
    sheet: &SheetView,
) -> Result<Vec<u8>, Error> {
    let values = values(acting, draft, topic, sheet);
    // Setting a page takes some tens of milliseconds of a core.
    tokio::task::spawn_blocking(move || typesetting::pdf(include_str!("summary.typ"), &values))
        .await
        .map_err(anyhow::Error::from)?
        .map_err(|error| Error::Unexpected(error.into()))
}

fn values(acting: &Acting, draft: &Draft, topic: Option<&TopicFacts>, sheet: &SheetView) -> Value {
    let language = acting.language;
    let content = &draft.content;
    let on_day = rules_of(&acting.app, draft);
    let say = |key: &str| acting.say(key);
    let worded =
        |key: &str, values: &[(&str, fluent_bundle::FluentValue<'_>)]| acting.app.texts.say(language, key, values);
    let mut lede: Vec<String> = Vec::new();
    if let Some(instrument) = content.instrument.as_deref() {
        lede.push(on_day.name(instrument, language));
        lede.extend(content.stage.as_deref().map(|stage| stage_name(&on_day, instrument, stage, language)));
    }
    if let Some(closes) = topic.and_then(TopicFacts::closes).or(content.facts.closes_on) {
        lede.push(worded("consortia-closes", &[("date", language.day(closes.0).into())]));
    }
    let total = |name: &str| sheet.totals.get(name).copied().flatten().map(|cents| language.money(cents));
    let fact = |key: &str, value: Option<String>| value.map(|value| json!({ "label": say(key), "value": value }));
    let facts: Vec<Value> = [
        fact("consortia-column-members", Some(language.number(sheet.members.len() as i64))),
        fact("consortia-column-countries", Some(language.number(sheet.countries as i64))),
        fact("consortia-field-cost", total("cost")),
        fact("consortia-field-requested", total("requested")),
        fact("consortia-field-duration-months", content.facts.duration_months.map(|months| months.to_string())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let kicker = topic.map(|topic| format!("{} · {}", topic.identifier, topic.title)).unwrap_or_default();
    let cluster = acting.actor.cluster().map(|cluster| cluster.name.clone()).unwrap_or_default();
    let foot = worded(
        "consortia-summary-foot",
        &[
            ("cluster", cluster.into()),
            ("revision", draft.revision.into()),
            ("date", language.day(crate::calls::today(&acting.app).0).into()),
        ],
    );
    json!({
        "lang": language.code(),
        "size": if sheet.members.len() > MEMBERS_AT_EASE { 8.5 } else { 10.0 },
        "title": content.name,
        "kicker": kicker,
        "lede": lede.join(" · "),
        "facts": facts,
        "rules": rules(acting, sheet),
        "members": members(acting, sheet),
        "worked": (!sheet.joint.is_empty()).then(|| {
            worded("consortia-worked-pairs", &[("together", sheet.joint.len().into()), ("pairs", sheet.pairs.into())])
        }),
        "cuts": sheet.compositions.iter().take(2).map(|one| cut(acting, one)).collect::<Vec<_>>(),
        "foot": foot,
    })
}

/// What the rules say, with those that are not met, then those that hold the answer up.
fn rules(acting: &Acting, sheet: &SheetView) -> Value {
    let decisive = |status: VerdictStatus| {
        let of = sheet.verdicts.iter().filter(move |verdict| verdict.status == status);
        of.filter(|verdict| verdict.severity == "ineligible" && !verdict.presumed)
    };
    let open: Vec<_> = decisive(VerdictStatus::NotMet).chain(decisive(VerdictStatus::Unknown)).collect();
    let told: Vec<Value> = open
        .iter()
        .take(MOST_RULES)
        .map(|verdict| {
            let (tone, status) = match verdict.status {
                VerdictStatus::NotMet => ("not-met", "status-not-met"),
                _ => ("unknown", "status-unknown"),
            };
            json!({ "tone": tone, "status": acting.say(status), "text": verdict.text })
        })
        .collect();
    let more = open.len().saturating_sub(MOST_RULES);
    let more =
        (more > 0).then(|| acting.app.texts.say(acting.language, "consortia-summary-more", &[("count", more.into())]));
    let (tone, answer) = match sheet.eligible {
        _ if sheet.verdicts.is_empty() => ("unknown", "consortia-summary-unread"),
        Some(true) => ("met", "consortia-eligible-yes"),
        Some(false) => ("not-met", "consortia-eligible-no"),
        None => ("unknown", "consortia-eligible-unknown"),
    };
    let counts: Vec<String> = [
        ("verdict-count-not-met", sheet.not_met),
        ("verdict-count-unknown", sheet.unknown),
        ("verdict-count-met", sheet.met),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| acting.app.texts.say(acting.language, key, &[("count", count.into())]))
    .collect();
    json!({
        "title": acting.say("consortia-rules"),
        "tone": tone,
        "answer": acting.say(answer),
        "counts": counts.join(" · "),
        "open": told,
        "more": more,
    })
}

/// The table of members: number, name, role, side where there are two, country, kind, costs and what is asked for.
fn members(acting: &Acting, sheet: &SheetView) -> Value {
    let amounts = ["cost", "requested"];
    let mut keys = vec!["consortia-column-organisation", "consortia-field-role"];
    if sheet.two_sided {
        keys.push("consortia-field-side");
    }
    keys.extend([
        "consortia-column-country",
        "consortia-column-kind",
        "consortia-field-cost",
        "consortia-field-requested",
    ]);
    let mut headings = vec![acting.say("consortia-summary-number")];
    headings.extend(keys.iter().map(|key| acting.say(key)));
    let money = |cents: Option<i64>| cents.map_or_else(|| "–".to_owned(), |cents| acting.language.money(cents));
    let rows: Vec<Vec<String>> = sheet
        .members
        .iter()
        .enumerate()
        .map(|(at, member)| {
            let mut row = vec![(at + 1).to_string(), member.name.clone(), member.role_name.clone()];
            if sheet.two_sided {
                row.push(member.side_name.clone());
            }
            row.extend([member.country_name.clone(), member.kind_name.clone()]);
            row.extend(amounts.map(|name| money(member.amounts.get(name).copied().flatten())));
            row
        })
        .collect();
    let sums = amounts.map(|name| sheet.totals.get(name).copied().flatten());
    let totals: Vec<String> = match sums.iter().any(Option::is_some) {
        true => {
            let mut row = vec![String::new(), acting.say("consortia-summary-total")];
            row.resize(headings.len() - amounts.len(), String::new());
            row.extend(sums.map(money));
            row
        }
        false => Vec::new(),
    };
    json!({
        "title": acting.say("consortia-members"),
        "headings": headings,
        "rows": rows,
        "totals": totals,
        "money": amounts.len(),
    })
}

/// A composition of members with its largest parts, the rest as one; the share is of the largest.
fn cut(acting: &Acting, cut: &Composition) -> Value {
    let (shown, rest) = cut.rows.split_at(cut.rows.len().min(MOST_PARTS));
    let others: i64 = rest.iter().map(|part| part.value).sum();
    let most = shown.iter().map(|part| part.value).chain([others, 1]).max().unwrap_or(1);
    let part = |label: &str, text: &str, value: i64| json!({ "label": label, "text": text, "share": value as f64 / most as f64 });
    let mut parts: Vec<Value> = shown.iter().map(|one| part(&one.label, &one.text, one.value)).collect();
    if !rest.is_empty() {
        let count = [("count", rest.len().into())];
        let label = acting.app.texts.say(acting.language, "consortia-summary-others", &count);
        parts.push(part(&label, &acting.language.number(others), others));
    }
    json!({ "title": cut.title, "parts": parts })
}
