//! Calls and topics as values: where a topic stands today, what a filter keeps, how its text is laid out.

use crate::foundation::{pages::escaped, time::Day};

id! {
    /// A call.
    CallId
}
id! {
    /// A topic of a call.
    TopicId
}

/// Where a topic stands on a given day.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Proposals can be handed in.
    Open,
    /// It opens later.
    Forthcoming,
    /// Its last date has passed.
    Closed,
    /// It has several cut-offs and the next one is not in the data: only its page on the portal says.
    Unsure,
}

impl State {
    /// All states, in the order of the filter.
    pub const ALL: [State; 4] = [State::Open, State::Forthcoming, State::Unsure, State::Closed];

    /// The word used in addresses and language keys.
    pub fn key(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Forthcoming => "forthcoming",
            State::Closed => "closed",
            State::Unsure => "unsure",
        }
    }
}

/// Works the state out from the dates; what the source said of it ages and only counts where no date decides.
pub fn state(
    today: &str,
    opens_on: Option<&str>,
    closes_on: Option<&str>,
    deadline_model: &str,
    status: &str,
) -> State {
    if closes_on.is_some_and(|last| last < today) {
        return if deadline_model == "multiple cut-off" && status != "closed" { State::Unsure } else { State::Closed };
    }
    if status == "closed" {
        return State::Closed;
    }
    match opens_on {
        Some(opening) if opening > today => State::Forthcoming,
        Some(_) => State::Open,
        None if status == "forthcoming" => State::Forthcoming,
        None if status == "open" => State::Open,
        None => State::Unsure,
    }
}

/// A topic as lists, searches and feeds know it: everything but its texts.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow, serde::Serialize, utoipa::ToSchema)]
pub struct Line {
    /// Its id.
    #[serde(skip)]
    pub id: TopicId,
    /// Its identifier on the portal.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The identifier of its call.
    pub call_identifier: String,
    /// The title of its call.
    pub call_title: String,
    /// The programme, by the name its publisher uses.
    pub programme: String,
    /// The part of the programme (`CL1`, `MISS`, `JU` ...).
    pub theme: Option<String>,
    /// The type of action in full.
    pub type_of_action: String,
    /// The type of action, short (`RIA`, `IA` ...); empty when unknown.
    pub action_code: String,
    /// The instrument whose rules Corridor has.
    pub instrument: Option<String>,
    /// What the source said of its state when the data was taken.
    #[serde(skip)]
    pub status: String,
    /// The first day proposals are accepted.
    pub opens_on: Option<String>,
    /// The last date known.
    pub closes_on: Option<String>,
    /// `single-stage`, `two-stage`, `multiple cut-off`, or empty.
    pub deadline_model: String,
    /// The least a project is expected to ask for.
    pub budget_min_cents: Option<i64>,
    /// The most a project is expected to ask for.
    pub budget_max_cents: Option<i64>,
    /// How many grants are expected.
    pub expected_grants: Option<i64>,
    /// Its page on the portal.
    pub url: Option<String>,
    /// How many versions were seen.
    pub version: i64,
    /// When this version was seen first.
    #[serde(skip)]
    pub updated_at: i64,
}

impl Line {
    /// Where it stands on the day.
    pub fn state(&self, today: &str) -> State {
        state(today, self.opens_on.as_deref(), self.closes_on.as_deref(), &self.deadline_model, &self.status)
    }

    /// Days to the last date known; negative once it has passed.
    pub fn days_left(&self, today: Day) -> Option<i64> {
        self.closes_on.as_deref()?.parse::<Day>().ok().map(|last| today.days_until(last))
    }

    /// Its page in Corridor.
    pub fn href(&self) -> String {
        href(&self.identifier)
    }
}

/// The page of a topic or call. Some identifiers hold slashes, so all but plain characters are escaped.
pub fn href(identifier: &str) -> String {
    format!("/calls/{}", escaped(identifier))
}

/// The bands of money a project may ask for, in millions of euro; the last has no upper end.
pub const BUDGET_BANDS: [(&str, i64, i64); 5] =
    [("0-1", 0, 1), ("1-3", 1, 3), ("3-5", 3, 5), ("5-10", 5, 10), ("10-", 10, i64::MAX / 100_000_000)];

/// How a list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By the words asked for when there are any, else by closing date.
    #[default]
    Fitting,
    /// The next to close first; what has no date last.
    Closing,
    /// The largest sum per project first.
    Budget,
    /// The newest version first.
    Changed,
}

/// What a list shows. Values that mean nothing are left out of account, so that an old address still opens.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Words, in French or English.
    pub q: String,
    /// Parts of programmes.
    pub theme: Vec<String>,
    /// Programmes.
    pub programme: Vec<String>,
    /// Instruments with rules.
    pub instrument: Vec<String>,
    /// Types of action, short.
    pub action: Vec<String>,
    /// States; open and forthcoming when none is named.
    pub state: Vec<String>,
    /// Closing within so many days.
    pub closing: String,
    /// Bands of money.
    pub budget: Vec<String>,
    /// `closing`, `budget` or `changed`.
    pub sort: String,
    /// The page of the list, from 1.
    pub page: String,
}

/// The groups of tick boxes beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// [`Filter::state`].
    State,
    /// [`Filter::closing`].
    Closing,
    /// [`Filter::theme`].
    Theme,
    /// [`Filter::programme`].
    Programme,
    /// [`Filter::action`].
    Action,
    /// [`Filter::instrument`].
    Instrument,
    /// [`Filter::budget`].
    Budget,
}

impl Facet {
    /// All groups, in the order of the page.
    pub const ALL: [Facet; 7] =
        [Facet::State, Facet::Closing, Facet::Theme, Facet::Programme, Facet::Action, Facet::Instrument, Facet::Budget];

    /// The name of its parameter.
    pub fn name(self) -> &'static str {
        match self {
            Facet::State => "state",
            Facet::Closing => "closing",
            Facet::Theme => "theme",
            Facet::Programme => "programme",
            Facet::Action => "action",
            Facet::Instrument => "instrument",
            Facet::Budget => "budget",
        }
    }
}

impl Filter {
    /// The order asked for.
    pub fn order(&self) -> Order {
        match self.sort.as_str() {
            "closing" => Order::Closing,
            "budget" => Order::Budget,
            "changed" => Order::Changed,
            _ => Order::Fitting,
        }
    }

    /// The page asked for, from 1.
    pub fn page_number(&self) -> usize {
        self.page.parse().ok().filter(|page| (1..=100_000).contains(page)).unwrap_or(1)
    }

    /// The values chosen in a group.
    pub fn chosen(&self, facet: Facet) -> Vec<&str> {
        match facet {
            Facet::State => self.state.iter().map(String::as_str).filter(|value| !value.is_empty()).collect(),
            Facet::Theme => present(&self.theme),
            Facet::Programme => present(&self.programme),
            Facet::Action => present(&self.action),
            Facet::Instrument => present(&self.instrument),
            Facet::Budget => present(&self.budget),
            Facet::Closing if self.closing_days().is_some() => vec![self.closing.as_str()],
            Facet::Closing => Vec::new(),
        }
    }

    /// Closing within so many days.
    pub fn closing_days(&self) -> Option<i64> {
        self.closing.parse().ok().filter(|days| (1..=3650).contains(days))
    }

    /// How many filters are in force, the words not counted.
    pub fn in_force(&self) -> usize {
        Facet::ALL.into_iter().map(|facet| self.chosen(facet).len()).sum()
    }

    /// Whether a topic that answers `values` in a group of tick boxes passes this filter's choice in it.
    pub fn passes(&self, facet: Facet, values: &[&str], line: &Line, today: &Today) -> bool {
        let chosen = self.chosen(facet);
        match facet {
            // Closed topics are shown to whoever asks for them.
            Facet::State if chosen.is_empty() => !values.contains(&State::Closed.key()),
            Facet::Closing => chosen.is_empty() || self.closes_in_time(line, today.day),
            _ => chosen.is_empty() || chosen.iter().any(|value| values.contains(value)),
        }
    }

    fn closes_in_time(&self, line: &Line, today: Day) -> bool {
        let (Some(most), Some(left)) = (self.closing_days(), line.days_left(today)) else {
            return false;
        };
        (0..=most).contains(&left)
    }

    /// The address of the list with this filter, without the page.
    pub fn query(&self) -> String {
        let mut pairs: Vec<String> = Vec::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                pairs.push(format!("{name}={}", escaped(value)));
            }
        };
        add("q", &self.q);
        for facet in Facet::ALL {
            for value in self.chosen(facet) {
                add(facet.name(), value);
            }
        }
        add("sort", &self.sort);
        pairs.join("&")
    }

    /// The same filter without one value of one group.
    pub fn without(&self, facet: Facet, value: &str) -> Filter {
        let mut less = self.clone();
        let keep = |values: &mut Vec<String>| values.retain(|own| own != value);
        match facet {
            Facet::State => keep(&mut less.state),
            Facet::Theme => keep(&mut less.theme),
            Facet::Programme => keep(&mut less.programme),
            Facet::Action => keep(&mut less.action),
            Facet::Instrument => keep(&mut less.instrument),
            Facet::Budget => keep(&mut less.budget),
            Facet::Closing => less.closing.clear(),
        }
        less
    }
}

fn present(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).filter(|value| !value.is_empty()).collect()
}

/// The day it is, as a day and as the data writes days.
#[derive(Clone, Debug)]
pub struct Today {
    /// The day.
    pub day: Day,
    /// `YYYY-MM-DD`.
    pub text: String,
}

impl From<Day> for Today {
    fn from(day: Day) -> Self {
        Today { day, text: day.to_string() }
    }
}

/// What a topic answers in a group of tick boxes.
pub fn values<'a>(line: &'a Line, facet: Facet, today: &Today) -> Vec<&'a str> {
    let one = |value: &'a str| if value.is_empty() { Vec::new() } else { vec![value] };
    match facet {
        Facet::State => one(line.state(&today.text).key()),
        Facet::Theme => one(line.theme.as_deref().unwrap_or("")),
        Facet::Programme => one(&line.programme),
        Facet::Action => one(&line.action_code),
        Facet::Instrument => one(line.instrument.as_deref().unwrap_or("")),
        Facet::Budget => bands(line),
        Facet::Closing => match line.days_left(today.day) {
            Some(left) if left >= 0 => [("30", 30), ("60", 60), ("90", 90)]
                .into_iter()
                .filter(|(_, most)| left <= *most)
                .map(|(name, _)| name)
                .collect(),
            _ => Vec::new(),
        },
    }
}

/// The bands that a topic's money per project reaches into.
pub fn bands(line: &Line) -> Vec<&'static str> {
    let (Some(least), Some(most)) =
        (line.budget_min_cents.or(line.budget_max_cents), line.budget_max_cents.or(line.budget_min_cents))
    else {
        return Vec::new();
    };
    let million = 100_000_000;
    BUDGET_BANDS
        .into_iter()
        .filter(|(_, from, to)| least < to.saturating_mul(million) && most >= from.saturating_mul(million))
        .map(|(name, _, _)| name)
        .collect()
}

/// A part of a topic's text under its heading.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Section {
    /// The heading as published; empty for what stands before the first one.
    pub heading: String,
    /// A word for the headings that all topics share (`outcome`, `scope` ...), for anchors and translation.
    pub key: Option<&'static str>,
    /// Paragraphs and list items, in order.
    pub paragraphs: Vec<String>,
}

/// The headings that the portal uses, with the word pages know them by.
const HEADINGS: [(&str, &str); 12] = [
    ("expected outcome", "outcome"),
    ("expected outcomes", "outcome"),
    ("scope", "scope"),
    ("topic scope", "scope"),
    ("expected impact", "impact"),
    ("expected impacts", "impact"),
    ("objective", "objective"),
    ("objectives", "objective"),
    ("general objective", "objective"),
    ("specific challenge", "challenge"),
    ("specific conditions", "conditions"),
    ("conditions", "conditions"),
];

/// Lays a text out in sections: a known heading alone on its line, or a numbered condition, opens one.
pub fn sections(text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let lines = text.lines().map(str::trim).flat_map(|line| match trailing_heading(line) {
        Some((before, heading)) => [before, heading],
        None => [line, ""],
    });
    for line in lines.filter(|line| !line.is_empty()) {
        if let Some((heading, key, rest)) = heading(line) {
            let paragraphs = if rest.is_empty() { Vec::new() } else { vec![rest.to_owned()] };
            found.push(Section { heading: heading.to_owned(), key, paragraphs });
            continue;
        }
        if found.is_empty() {
            found.push(Section { heading: String::new(), key: None, paragraphs: Vec::new() });
        }
        if let Some(last) = found.last_mut() {
            last.paragraphs.push(line.to_owned());
        }
    }
    found.retain(|section| !section.paragraphs.is_empty() || section.key != Some("conditions"));
    found
}

/// A heading that lost its own line and stands at the end of the paragraph before it.
fn trailing_heading(line: &str) -> Option<(&str, &str)> {
    HEADINGS.iter().find_map(|(words, key)| {
        let place = line.strip_suffix(':')?.len().checked_sub(words.len())?;
        let (before, heading) = line.split_at_checked(place)?;
        let meant = heading[..words.len()].eq_ignore_ascii_case(words)
            && heading.starts_with(|c: char| c.is_ascii_uppercase())
            && before.ends_with(' ')
            && *key != "conditions";
        meant.then(|| (before.trim_end(), heading))
    })
}

fn heading(line: &str) -> Option<(&str, Option<&'static str>, &str)> {
    let (before, after) = line.split_once(':').unwrap_or((line, ""));
    let (before, after) = (before.trim(), after.trim());
    let known = HEADINGS.iter().find(|(words, _)| before.eq_ignore_ascii_case(words));
    if let Some((_, key)) = known
        && (after.is_empty() || *key != "conditions")
    {
        return Some((before, Some(key), after));
    }
    // Conditions are numbered: "1. Admissibility Conditions: described in ...".
    let number: usize = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=2).contains(&number) && line[number..].starts_with(". ") && line.contains(':');
    if numbered && before.len() < 120 { Some((before, None, after)) } else { None }
}

/// The instrument whose rules hold for a type of action; none where that is not sure.
pub fn instrument(identifier: &str, type_of_action: &str, deadline_model: &str) -> Option<&'static str> {
    match type_of_action {
        "HORIZON Research and Innovation Actions" => Some("horizon-europe-ria"),
        "HORIZON Innovation Actions" => Some("horizon-europe-ia"),
        "HORIZON Coordination and Support Actions" => Some("horizon-europe-csa"),
        "HORIZON Programme Cofund Actions" => Some("horizon-europe-cofund"),
        "HORIZON TMA MSCA Doctoral Networks" => Some("msca-doctoral-networks"),
        "HORIZON TMA MSCA Doctoral Networks - Joint Doctorates" => Some("msca-doctoral-networks-joint"),
        "HORIZON TMA MSCA Doctoral Networks - Industrial Doctorates" => Some("msca-doctoral-networks-industrial"),
        // The type of action is the same for all grants of the EIC: its calls are told apart by their identifiers.
        "HORIZON EIC Grants" => [
            ("PATHFINDEROPEN", "eic-pathfinder-open"),
            ("PATHFINDERCHALLENGES", "eic-pathfinder-challenges"),
            ("TRANSITION", "eic-transition"),
            ("ACCELERATOR", "eic-accelerator"),
        ]
        .into_iter()
        .find_map(|(part, instrument)| identifier.contains(part).then_some(instrument)),
        "HORIZON JU Research and Innovation Actions" | "HORIZON JU Innovation Actions"
            if identifier.starts_with("HORIZON-JU-IHI-") && deadline_model == "two-stage" =>
        {
            Some("ihi-two-stage")
        }
        _ => None,
    }
}

/// What can change from one version of a topic to the next, by name, as it is shown.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Content {
    /// The title.
    pub title: String,
    /// The identifier of the call.
    pub call_identifier: String,
    /// The title of the call.
    pub call_title: String,
    /// The programme.
    pub programme: String,
    /// The part of the programme.
    pub theme: Option<String>,
    /// The type of action in full.
    pub type_of_action: String,
    /// The type of action, short.
    pub action_code: String,
    /// The state said by the source.
    pub status: String,
    /// The first day proposals are accepted.
    pub opens_on: Option<String>,
    /// All dates, by stage or cut-off.
    pub deadlines: Vec<String>,
    /// `single-stage`, `two-stage`, `multiple cut-off`, or empty.
    pub deadline_model: String,
    /// The least a project is expected to ask for.
    pub budget_min_cents: Option<i64>,
    /// The most a project is expected to ask for.
    pub budget_max_cents: Option<i64>,
    /// How many grants are expected.
    pub expected_grants: Option<i64>,
    /// The text.
    pub description: String,
    /// The conditions.
    pub conditions: String,
    /// Its keywords and cross-cutting marks.
    pub keywords: Vec<String>,
    /// Its page on the portal.
    pub url: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_decide_before_what_the_source_said() {
        let on = |opens, closes, model, status| state("2026-11-21", opens, closes, model, status);
        assert_eq!(on(None, Some("2026-09-15"), "single-stage", "open"), State::Closed);
        assert_eq!(on(None, Some("2026-11-21"), "single-stage", "open"), State::Open, "the last day still counts");
        assert_eq!(on(Some("2027-01-05"), Some("2027-04-13"), "single-stage", "open"), State::Forthcoming);
        assert_eq!(on(Some("2026-09-05"), Some("2027-04-13"), "single-stage", "forthcoming"), State::Open);
        assert_eq!(on(None, Some("2027-04-13"), "single-stage", "forthcoming"), State::Forthcoming);
        assert_eq!(on(None, Some("2026-03-17"), "multiple cut-off", "open"), State::Unsure);
        assert_eq!(on(None, None, "", ""), State::Unsure);
    }

    #[test]
    fn a_text_is_laid_out_under_its_headings() {
        let laid = sections("Before.\n\nExpected Outcome:\nFirst.\nSecond: with a colon.\n\nScope:\nThird.");
        let heads: Vec<(&str, Option<&str>, usize)> =
            laid.iter().map(|s| (s.heading.as_str(), s.key, s.paragraphs.len())).collect();
        assert_eq!(heads, [("", None, 1), ("Expected Outcome", Some("outcome"), 2), ("Scope", Some("scope"), 1)]);
        let conditions = sections("Conditions\n\n1. Admissibility Conditions: section 5.\n\n2. Page limits: Part B");
        assert_eq!(conditions.len(), 2);
        assert_eq!(conditions[0].heading, "1. Admissibility Conditions");
        assert_eq!(conditions[0].paragraphs, ["section 5."]);
        let merged = sections("Expected Outcome:\nPlatforms é Scope:\nTwins are in scope:\nAll.");
        let laid: Vec<(&str, &[String])> = merged.iter().map(|s| (s.heading.as_str(), &s.paragraphs[..])).collect();
        assert_eq!(laid[0], ("Expected Outcome", &["Platforms é".to_owned()][..]));
        assert_eq!(laid[1].0, "Scope", "a heading at the end of a paragraph is one");
        assert_eq!(laid[1].1, ["Twins are in scope:", "All."], "the same word in a sentence is none");
        assert!(sections("").is_empty());
    }

    #[test]
    fn instruments_are_named_only_where_that_is_sure() {
        let named = |identifier, action| instrument(identifier, action, "two-stage");
        assert_eq!(named("HORIZON-HLTH-1", "HORIZON Innovation Actions"), Some("horizon-europe-ia"));
        assert_eq!(
            named("HORIZON-JU-IHI-2026-13-two-stage-01", "HORIZON JU Research and Innovation Actions"),
            Some("ihi-two-stage")
        );
        assert_eq!(named("HORIZON-HLTH-2", "HORIZON Programme Cofund Actions"), Some("horizon-europe-cofund"));
        assert_eq!(
            named("HORIZON-EIC-2026-PATHFINDERCHALLENGES-01-02", "HORIZON EIC Grants"),
            Some("eic-pathfinder-challenges")
        );
        assert_eq!(named("HORIZON-EIC-2026-BRIDGE", "HORIZON EIC Grants"), None);
        assert_eq!(named("HORIZON-JU-CBE-2026", "HORIZON JU Research and Innovation Actions"), None);
        assert_eq!(named("EDF-2026", "EDF Research Actions"), None);
    }

    #[test]
    fn identifiers_with_slashes_stay_one_segment() {
        assert_eq!(href("EuropeAid/186002/DD"), "/calls/EuropeAid%2F186002%2FDD");
        assert_eq!(escaped("é &"), "%C3%A9%20%26");
    }
}
