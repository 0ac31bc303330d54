//! The tab «Results» of an event: figures beside those of the field, the meetings behind each, participants, delegations.

use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Response},
};
use minijinja::{Value, context};

use super::{
    files::{ExportAsked, file, number, text},
    head,
    outcomes::{place, said, take_up, take_up_of},
    participants::shown,
};
use crate::{
    accounts::{Acting, Action, Resource},
    calls::escaped,
    directory::OrganisationId,
    events::{
        EventId, Standing,
        outcomes::{
            self, Came, Each, FIELD_ACCEPTED, FIELD_KEPT, FIELD_SECOND, Filter, Met, Overview, Results, Second, Share,
            Side, json_of, pairs,
        },
    },
    foundation::{cells::Cell, errors::Error},
};

/// How many lines stand on one page.
const ON_A_PAGE: usize = 50;
/// The most delegations that are also shown as a square: beyond, it is wider than any screen.
const MOST_IN_A_SQUARE: usize = 12;
/// How many meetings stand in short beside an organisation.
const IN_SHORT: usize = 5;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Paged {
    page: usize,
}

/// A share with where it stands beside the field.
fn share(share: Share, field: Option<(usize, usize)>) -> Value {
    context! {
        count => share.count, of => share.of, rate => share.rate(),
        beside => field.and_then(|field| share.beside(field)).map(|beside| beside.key()),
    }
}

/// The address of the list with these questions, up to what follows them.
fn asked(id: EventId, filter: &Filter) -> String {
    let mut query = String::new();
    let mut put = |name: &str, value: &str| query.push_str(&format!("{name}={}&", escaped(value)));
    for (name, value) in [("came", &filter.came), ("second", &filter.second), ("participant", &filter.participant)] {
        if !value.is_empty() {
            put(name, value);
        }
    }
    for (name, value) in [("between", &filter.between), ("and", &filter.and)] {
        if let Some(value) = value {
            put(name, value);
        }
    }
    format!("/events/{id}/results?{query}")
}

fn figures(acting: &Acting, results: &Results) -> Value {
    context! {
        meetings => results.meetings(), begun => results.begun(), to_come => results.to_come,
        kept => results.kept, not_kept => results.not_kept, contradicted => results.contradicted,
        unsaid => results.unsaid, both => results.both, one => results.one, disputed => results.disputed,
        no => results.no, second_unsaid => results.second_unsaid,
        held => share(results.held(), Some(FIELD_KEPT)),
        second => share(results.second(), Some(FIELD_SECOND)),
        rating => results.rating().map(|rating| acting.language.decimal(rating, 1)), ratings => results.ratings,
    }
}

/// The head of each page of results: the event and its figures.
fn overview(acting: &Acting, overview: &Overview) -> Value {
    let event = &overview.event;
    context! {
        event => head(acting, event),
        tab => "results",
        published => overview.published,
        accepted => share(overview.accepted(), Some(FIELD_ACCEPTED)),
        enough => share(overview.enough(), None),
        figures => figures(acting, &Results::of(&overview.met)),
        may_edit => acting.may(Action::EditEvents, Resource::Cluster(event.cluster)).is_ok(),
    }
}

fn line(acting: &Acting, event: &crate::events::Event, met: &Met) -> Value {
    let side = |side: &Side| context! { participant => shown(event, &side.participant, &[]), said => said(side.outcome.as_ref()) };
    let [one, other] = &met.sides;
    let second = met.second();
    context! {
        place => place(acting, event, &met.meeting),
        one => side(one), other => side(other),
        came => met.came().key(), second => second.key(),
        ratings => met.ratings().map(|rating| rating.to_string()).collect::<Vec<_>>().join(" · "),
        take_up => if second.has_a_wish() {
            take_up_of(acting, [&one.participant, &other.participant])
        } else {
            Value::from(())
        },
    }
}

pub(super) async fn index(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(filter): Query<Filter>,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let (found, listed) = outcomes::list(&acting.app, &acting.actor, id, &filter).await?;
    let results = Results::of(&found.met);
    let only = |came: &str, second: &str| {
        asked(id, &Filter { came: came.to_owned(), second: second.to_owned(), ..Filter::default() })
    };
    let came: Vec<Value> = Came::ALL
        .iter()
        .map(|came| {
            let count = found.met.iter().filter(|met| met.came() == *came).count();
            context! {
                label => acting.say(&format!("event-results-came-{}", came.key())), count, href => only(came.key(), ""),
                current => filter.came == came.key() && filter.second.is_empty(),
            }
        })
        .collect();
    let second: Vec<Value> = Second::ALL
        .iter()
        .zip([results.both, results.one, results.disputed, results.no, results.second_unsaid])
        .map(|(second, count)| {
            context! {
                label => acting.say(&format!("event-results-second-{}", second.key())), count,
                href => only(Came::Kept.key(), second.key()),
                current => filter.came == Came::Kept.key() && filter.second == second.key(),
            }
        })
        .collect();
    let of_participant = found.participants.iter().find(|one| one.id.to_string() == filter.participant);
    let last = listed.len().div_ceil(ON_A_PAGE).max(1);
    let current = paged.page.clamp(1, last);
    let rows = listed.iter().skip((current - 1) * ON_A_PAGE).take(ON_A_PAGE);
    let href = asked(id, &filter);
    let context = context! {
        came, second,
        all => found.met.len(), count => listed.len(),
        filtered => filter != Filter::default(),
        between => filter.between.clone(), other => filter.and.clone(),
        of => of_participant.map(|one| one.name.as_str()),
        wished => filter.second == "wanted",
        meetings => rows.map(|met| line(&acting, &found.event, met)).collect::<Vec<_>>(),
        pages => last, current, href => format!("{href}page="),
        export_href => format!("{}format=", href.replacen("/results?", "/results/export?", 1)),
        ..overview(&acting, &found)
    };
    Ok(acting.page("events/results/index.html", context).await?.into_response())
}

/// The columns of the meetings in a file. What was said in words stays on the page.
const MEETINGS: [&str; 18] = [
    "starts",
    "ends",
    "asked_by",
    "asked_by_country",
    "asked_by_delegation",
    "asked",
    "asked_country",
    "asked_delegation",
    "came",
    "second",
    "asked_by_says_held",
    "asked_by_wants_second",
    "asked_by_rating",
    "asked_by_noted_by_team",
    "asked_says_held",
    "asked_wants_second",
    "asked_rating",
    "asked_noted_by_team",
];

fn row_of(met: &Met) -> Vec<Cell> {
    let who = |side: &Side| {
        let one = &side.participant;
        [text(&one.name), text(&one.country), text(&one.delegation)]
    };
    let word = |yes: Option<bool>| match yes {
        Some(yes) => Cell::Text(if yes { "yes" } else { "no" }.to_owned()),
        None => Cell::Empty,
    };
    let says = |side: &Side| {
        let said = side.said();
        let rating = said.and_then(|said| said.rating);
        [
            word(said.map(|said| said.kept)),
            word(said.and_then(|said| said.second)),
            rating.map_or(Cell::Empty, |rating| Cell::Number(f64::from(rating))),
            word(side.outcome.as_ref().map(|outcome| outcome.by_team)),
        ]
    };
    let [one, other] = &met.sides;
    let mut row = vec![text(&met.meeting.starts.to_jiff().to_string()), text(&met.meeting.ends.to_jiff().to_string())];
    row.extend(who(one).into_iter().chain(who(other)));
    row.extend([text(met.came().key()), text(met.second().key())]);
    row.extend(says(one).into_iter().chain(says(other)));
    row
}

pub(super) async fn export(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<ExportAsked>,
    Query(filter): Query<Filter>,
) -> Result<Response, Error> {
    let (_, listed) = outcomes::list(&acting.app, &acting.actor, id, &filter).await?;
    file("results", asked.format, &MEETINGS, listed.iter().map(row_of), || listed.iter().map(json_of).collect())
}

/// Which participants are listed.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Whom {
    /// `two` for those with two meetings or more, `fewer` for the others, `unsaid` for who has not said all; empty: all.
    with: String,
}

impl Whom {
    const WORDS: [&str; 3] = ["two", "fewer", "unsaid"];

    fn keeps(&self, one: &Each) -> bool {
        let taking = one.participant.standing == Standing::Confirmed;
        match self.with.as_str() {
            "two" => taking && one.has_enough(),
            "fewer" => taking && !one.has_enough(),
            "unsaid" => one.unsaid > 0,
            _ => true,
        }
    }

    fn of(&self, overview: &Overview) -> Result<Vec<Each>, Error> {
        if !self.with.is_empty() && !Self::WORDS.contains(&self.with.as_str()) {
            return Err(Error::input(format!("`with` is none of two, fewer and unsaid: `{}`", self.with)));
        }
        Ok(overview.each().into_iter().filter(|one| self.keeps(one)).collect())
    }
}

pub(super) async fn participants(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(whom): Query<Whom>,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let found = outcomes::results(&acting.app, &acting.actor, id).await?;
    let listed = whom.of(&found)?;
    let all = found.each();
    let words: Vec<Value> = Whom::WORDS
        .iter()
        .map(|word| {
            let with = Whom { with: (*word).to_owned() };
            context! {
                key => *word, label => acting.say(&format!("event-results-with-{word}")),
                count => all.iter().filter(|one| with.keeps(one)).count(), current => whom.with == *word,
            }
        })
        .collect();
    let last = listed.len().div_ceil(ON_A_PAGE).max(1);
    let current = paged.page.clamp(1, last);
    let rows = listed.iter().skip((current - 1) * ON_A_PAGE).take(ON_A_PAGE).map(|one| {
        context! {
            participant => shown(&found.event, &one.participant, &[]),
            unsaid => one.unsaid,
            figures => figures(&acting, &one.results),
        }
    });
    let query = if whom.with.is_empty() { String::new() } else { format!("with={}&", whom.with) };
    let context = context! {
        all => all.len(), words, chosen => whom.with.as_str(),
        rows => rows.collect::<Vec<_>>(),
        pages => last, current, href => format!("/events/{id}/results/participants?{query}page="),
        export_href => format!("/events/{id}/results/participants/export?{query}format="),
        ..overview(&acting, &found)
    };
    Ok(acting.page("events/results/participants.html", context).await?.into_response())
}

pub(super) async fn export_participants(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<ExportAsked>,
    Query(whom): Query<Whom>,
) -> Result<Response, Error> {
    const COLUMNS: [&str; 9] = [
        "participant",
        "country",
        "delegation",
        "standing",
        "meetings",
        "held",
        "not_held",
        "second_wanted",
        "not_said_by_it",
    ];
    let found = outcomes::results(&acting.app, &acting.actor, id).await?;
    let listed = whom.of(&found)?;
    let row = |one: &Each| {
        let (who, results) = (&one.participant, &one.results);
        vec![
            text(&who.name),
            text(&who.country),
            text(&who.delegation),
            text(who.standing.key()),
            number(results.meetings()),
            number(results.kept),
            number(results.not_kept),
            number(results.second().count),
            number(one.unsaid),
        ]
    };
    let json = |one: &Each| {
        let (who, results) = (&one.participant, &one.results);
        serde_json::json!({
            "id": who.id, "name": who.name, "organisation": who.organisation, "country": who.country,
            "delegation": who.delegation, "standing": who.standing, "meetings": results.meetings(), "held": results.kept,
            "not_held": results.not_kept, "second_wanted": results.second().count, "not_said_by_it": one.unsaid,
        })
    };
    file("participants", asked.format, &COLUMNS, listed.iter().map(row), || listed.iter().map(json).collect())
}

pub(super) async fn delegations(acting: Acting, Path(id): Path<EventId>) -> Result<Response, Error> {
    let found = outcomes::results(&acting.app, &acting.actor, id).await?;
    let pairs = pairs(&found.met);
    let of = |one: &str, other: &str| {
        asked(id, &Filter { between: Some(one.to_owned()), and: Some(other.to_owned()), ..Filter::default() })
    };
    let pair = |((one, other), results): &((String, String), Results)| {
        context! { one => one.as_str(), other => other.as_str(), href => of(one, other), figures => figures(&acting, results) }
    };
    let mut names: Vec<&str> = pairs.iter().flat_map(|((one, other), _)| [one.as_str(), other.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    let cell = |row: &str, column: &str| {
        let key = if row <= column { (row, column) } else { (column, row) };
        let found = pairs.iter().find(|((one, other), _)| (one.as_str(), other.as_str()) == key);
        found.map_or(Value::from(()), pair)
    };
    let square: Vec<Value> = match names.len() {
        2..=MOST_IN_A_SQUARE => names
            .iter()
            .map(|row| context! { name => *row, cells => names.iter().map(|column| cell(row, column)).collect::<Vec<_>>() })
            .collect(),
        _ => Vec::new(),
    };
    let context = context! {
        any => found.participants.iter().any(|one| !one.delegation.is_empty()),
        pairs => pairs.iter().map(pair).collect::<Vec<_>>(),
        square,
        export_href => format!("/events/{id}/results/delegations/export?format="),
        ..overview(&acting, &found)
    };
    Ok(acting.page("events/results/delegations.html", context).await?.into_response())
}

pub(super) async fn export_delegations(
    acting: Acting,
    Path(id): Path<EventId>,
    Query(asked): Query<ExportAsked>,
) -> Result<Response, Error> {
    const COLUMNS: [&str; 11] = [
        "delegation",
        "other_delegation",
        "meetings",
        "held",
        "not_held",
        "contradicted",
        "not_said",
        "to_come",
        "second_wanted",
        "second_known_of",
        "rating",
    ];
    let found = outcomes::results(&acting.app, &acting.actor, id).await?;
    let pairs = pairs(&found.met);
    let row = |((one, other), results): &((String, String), Results)| {
        vec![
            text(one),
            text(other),
            number(results.meetings()),
            number(results.kept),
            number(results.not_kept),
            number(results.contradicted),
            number(results.unsaid),
            number(results.to_come),
            number(results.second().count),
            number(results.second().of),
            results.rating().map_or(Cell::Empty, |rating| Cell::Number((rating * 100.0).round() / 100.0)),
        ]
    };
    let json = |((one, other), results): &((String, String), Results)| {
        serde_json::json!({
            "delegation": one, "other_delegation": other, "meetings": results.meetings(), "held": results.kept,
            "not_held": results.not_kept, "contradicted": results.contradicted, "not_said": results.unsaid,
            "to_come": results.to_come, "second_wanted": results.second().count,
            "second_known_of": results.second().of, "rating": results.rating(),
        })
    };
    file("delegations", asked.format, &COLUMNS, pairs.iter().map(row), || pairs.iter().map(json).collect())
}

/// Whom an organisation met at events of the reader's cluster, in short; nothing for whoever is of no team, or where there is
/// nothing.
pub(super) async fn of_organisation(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let nothing = || axum::response::Html(String::new()).into_response();
    if acting.may(Action::ReadEvents, Resource::Instance).is_err() || acting.actor.cluster().is_none() {
        return Ok(nothing());
    }
    let met = outcomes::met_by(&acting.app, &acting.actor, id).await?;
    if met.is_empty() {
        return Ok(nothing());
    }
    let row = |one: &outcomes::Together| {
        let found = take_up(&acting, Some(id), one.other_organisation).filter(|_| one.second.has_a_wish());
        context! {
            event => one.event_name.as_str(), on => one.ends_on.as_str(),
            href => format!("/events/{}/results/meeting/{}", one.event, one.request),
            other => one.other.as_str(),
            other_href => one.other_organisation.map(|id| format!("/organisations/{id}")),
            came => one.came.key(), second => one.second.key(),
            take_up => found.map_or(Value::from(()), |(href, keeps)| context! { href, keeps }),
        }
    };
    let context = context! {
        rows => met.iter().take(IN_SHORT).map(row).collect::<Vec<_>>(),
        rest => met.iter().skip(IN_SHORT).map(row).collect::<Vec<_>>(),
    };
    Ok(acting.page("events/results/short.html", context).await?.into_response())
}
