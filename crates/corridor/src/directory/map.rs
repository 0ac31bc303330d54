//! The map: organisations by place, and joint projects between places, for a selection of the directory.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    countries::country_name,
    model::{plain, shown_city},
    search::{Found, Selection, Snapshot, encoded},
};
use crate::foundation::languages::{Language, Texts};

/// More places than this make a map that nobody can read.
const MOST_PLACES: usize = 400;
/// Between how many of the largest places joint projects are counted.
const LINKED_PLACES: usize = 60;
/// The ranks of linked places are bits of one word.
const _: () = assert!(LINKED_PLACES <= 64);
/// How many lines are drawn.
const MOST_LINES: usize = 120;

/// What the map draws.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct MapData {
    /// Places.
    pub points: Vec<MapPoint>,
    /// Joint projects between places.
    pub lines: Vec<MapLine>,
    /// Countries, shaded by count.
    pub regions: Vec<MapRegion>,
    /// What shading counts.
    pub measure: String,
    /// Where to look at first.
    pub view: &'static str,
    /// How many places the selection has, also those not drawn.
    #[serde(skip)]
    pub places: usize,
    /// How many organisations have no known place.
    #[serde(skip)]
    pub unplaced: usize,
}

/// A place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapPoint {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
    /// City and country.
    pub label: String,
    /// The list of its organisations.
    pub href: String,
    /// How many organisations.
    pub weight: usize,
    /// The same in words.
    pub detail: String,
}

/// Joint projects between two places.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapLine {
    /// Longitude and latitude of one end.
    pub from: [f64; 2],
    /// Longitude and latitude of the other.
    pub to: [f64; 2],
    /// How many projects have members in both.
    pub weight: usize,
    /// Both places and the count, in words.
    pub label: String,
    /// One place.
    #[serde(skip)]
    pub one: String,
    /// The other.
    #[serde(skip)]
    pub other: String,
}

/// A country.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MapRegion {
    /// Its two-letter code.
    pub code: String,
    /// How many organisations.
    pub value: usize,
    /// Its name.
    pub label: String,
    /// The list of its organisations.
    pub href: String,
}

struct Place<'a> {
    city: &'a str,
    country: Option<&'a str>,
    lat: f64,
    lon: f64,
    count: usize,
}

/// Draws a selection.
pub fn draw(snapshot: &Snapshot, selection: &Selection, found: &Found, texts: &Texts, language: Language) -> MapData {
    let mut places: Vec<Place<'_>> = Vec::new();
    let mut by_name: HashMap<(Option<&str>, String), usize> = HashMap::new();
    // Which place an organisation is at, by its position.
    let mut at: HashMap<u32, usize> = HashMap::new();
    let mut countries: HashMap<&str, usize> = HashMap::new();
    let mut plain_cities: HashMap<&str, String> = HashMap::new();
    let mut unplaced = 0;
    for position in &found.positions {
        let entry = &snapshot.entries[*position as usize];
        let country = entry.country.as_deref();
        if let Some(country) = country {
            *countries.entry(country).or_default() += 1;
        }
        let (Some((lat, lon)), Some(city)) = (entry.point, entry.city.as_deref()) else {
            unplaced += 1;
            continue;
        };
        let name = plain_cities.entry(city).or_insert_with(|| plain(&shown_city(city))).clone();
        let place = *by_name.entry((country, name)).or_insert_with(|| {
            places.push(Place { city, country, lat: 0.0, lon: 0.0, count: 0 });
            places.len() - 1
        });
        // The middle of its organisations: addresses of one city lie close together.
        let known = &mut places[place];
        let count = known.count as f64;
        known.lat = (known.lat * count + lat) / (count + 1.0);
        known.lon = (known.lon * count + lon) / (count + 1.0);
        known.count += 1;
        at.insert(*position, place);
    }
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|place| (std::cmp::Reverse(places[*place].count), places[*place].city));
    // Within one country its name beside every city says nothing.
    let one_country = countries.len() == 1;
    let named = |place: &Place<'_>| match place.country {
        Some(country) if !one_country => format!("{} ({})", shown_city(place.city), country_name(country, language)),
        _ => shown_city(place.city),
    };
    let mut narrowed = selection.clone();
    narrowed.city.clear();
    let base = narrowed.query(None);
    let with = |name: &str, value: &str| {
        let glue = if base.is_empty() { "" } else { "&" };
        format!("/organisations?{base}{glue}{name}={}", encoded(value))
    };
    let count_words =
        |count: usize| texts.say(language, "directory-count", &[("count", fluent_bundle::FluentValue::from(count))]);
    let points = order
        .iter()
        .take(MOST_PLACES)
        .map(|place| {
            let place = &places[*place];
            MapPoint {
                lat: rounded(place.lat),
                lon: rounded(place.lon),
                label: named(place),
                href: with("city", place.city),
                weight: place.count,
                detail: count_words(place.count),
            }
        })
        .collect();
    let lines = lines(snapshot, &places, &order, &at, |place| named(place), texts, language);
    let mut regions: Vec<MapRegion> = countries
        .into_iter()
        .map(|(code, value)| MapRegion {
            code: code.to_owned(),
            value,
            label: country_name(code, language).to_owned(),
            href: with("country", code),
        })
        .collect();
    regions.sort_by(|a, b| (std::cmp::Reverse(a.value), &a.code).cmp(&(std::cmp::Reverse(b.value), &b.code)));
    MapData {
        points,
        lines,
        regions,
        measure: texts.text(language, "directory-title", None).into_owned(),
        view: view(&places),
        places: places.len(),
        unplaced,
    }
}

/// Five decimals are a metre; more only make the answer longer.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

/// Europe where nearly everything lies there, the points themselves where they lie close together, else the world.
fn view(places: &[Place<'_>]) -> &'static str {
    let all: usize = places.iter().map(|place| place.count).sum();
    let inside: usize = places
        .iter()
        .filter(|place| (34.5..=71.0).contains(&place.lat) && (-12.0..=34.0).contains(&place.lon))
        .map(|place| place.count)
        .sum();
    let span = |of: fn(&Place<'_>) -> f64| {
        let values = places.iter().map(of);
        values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
    };
    if places.is_empty() {
        "europe"
    } else if span(|place| place.lat) < 14.0 && span(|place| place.lon) < 20.0 {
        "points"
    } else if inside * 100 >= all * 80 {
        "europe"
    } else {
        "world"
    }
}

fn lines(
    snapshot: &Snapshot,
    places: &[Place<'_>],
    order: &[usize],
    at: &HashMap<u32, usize>,
    named: impl Fn(&Place<'_>) -> String,
    texts: &Texts,
    language: Language,
) -> Vec<MapLine> {
    let linked: HashMap<usize, usize> =
        order.iter().take(LINKED_PLACES).enumerate().map(|(rank, place)| (*place, rank)).collect();
    let mut projects_at: HashMap<u32, u64> = HashMap::new();
    for (position, place) in at {
        let Some(rank) = linked.get(place) else { continue };
        for project in snapshot.projects_of(*position) {
            *projects_at.entry(*project).or_default() |= 1u64 << rank;
        }
    }
    let mut counts = vec![0usize; LINKED_PLACES * LINKED_PLACES];
    for mask in projects_at.values() {
        let mut rest = *mask;
        while rest != 0 {
            let one = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let mut others = rest;
            while others != 0 {
                counts[one * LINKED_PLACES + others.trailing_zeros() as usize] += 1;
                others &= others - 1;
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> =
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(pair, count)| (pair, *count)).collect();
    pairs.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    pairs
        .into_iter()
        .take(MOST_LINES)
        .map(|(pair, weight)| {
            let (one, other) = (&places[order[pair / LINKED_PLACES]], &places[order[pair % LINKED_PLACES]]);
            let joint =
                texts.say(language, "directory-joint-count", &[("count", fluent_bundle::FluentValue::from(weight))]);
            let (one_name, other_name) = (named(one), named(other));
            MapLine {
                from: [rounded(one.lon), rounded(one.lat)],
                to: [rounded(other.lon), rounded(other.lat)],
                weight,
                label: format!("{one_name} – {other_name} · {joint}"),
                one: one_name,
                other: other_name,
            }
        })
        .collect()
}
