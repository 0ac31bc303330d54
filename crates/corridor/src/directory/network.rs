//! Who worked with an organisation: the partners, and the picture of them.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    OrganisationId,
    model::Kind,
    search::{Snapshot, encoded},
};
use crate::foundation::languages::{Language, Texts};

/// More partners than this make a picture that nobody can read.
const DRAWN: usize = 24;
/// How many links between partners are drawn beside those to the organisation itself.
const LINKS_BETWEEN: usize = 60;

/// What the network island draws.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct NetworkData {
    /// Organisations.
    pub nodes: Vec<NetworkNode>,
    /// Joint projects.
    pub links: Vec<NetworkLink>,
    /// The legend.
    pub kinds: Vec<NetworkKind>,
}

/// An organisation of the picture.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NetworkNode {
    /// Its id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// A key of the legend.
    pub kind: &'static str,
    /// Joint projects.
    pub size: u32,
    /// Its page.
    pub href: String,
    /// Whether the picture is about this one.
    pub focus: bool,
    /// A second line.
    pub detail: String,
}

/// Joint projects of two organisations.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NetworkLink {
    /// One.
    pub source: String,
    /// The other.
    pub target: String,
    /// How many.
    pub weight: u32,
}

/// A word of the legend.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NetworkKind {
    /// The key.
    pub key: &'static str,
    /// The word.
    pub label: String,
}

/// A partner in the table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Partner {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its country, two letters.
    pub country: Option<String>,
    /// Joint projects.
    pub joint_projects: u32,
}

/// The closest partners, and how many there are in all.
pub fn partners(snapshot: &Snapshot, id: OrganisationId, limit: usize) -> (Vec<Partner>, usize) {
    let all = snapshot.partners(id);
    let count = all.len();
    let closest = all.into_iter().take(limit).map(|(position, joint_projects)| {
        let entry = &snapshot.entries[position as usize];
        Partner {
            id: entry.id,
            name: entry.shown_name(),
            kind: entry.kind,
            country: entry.country.clone(),
            joint_projects,
        }
    });
    (closest.collect(), count)
}

/// Kinds as the picture groups them: six colours are as many as a reader tells apart.
fn group(kind: Kind) -> &'static str {
    match kind {
        Kind::Sme | Kind::MidCap | Kind::LargeCompany | Kind::Company => "companies",
        Kind::University => "universities",
        Kind::ResearchOrganisation | Kind::Facility => "research",
        Kind::Hospital | Kind::PatientOrganisation => "care",
        Kind::PublicAuthority => "public",
        Kind::Cluster | Kind::Association | Kind::Foundation | Kind::Fund | Kind::Media | Kind::Other => "others",
    }
}

/// The picture of an organisation and its closest partners.
pub fn draw(snapshot: &Snapshot, id: OrganisationId, texts: &Texts, language: Language) -> NetworkData {
    let Some(own) = snapshot.position(id) else { return NetworkData::default() };
    let partners: Vec<(u32, u32)> = snapshot.partners(id).into_iter().take(DRAWN).collect();
    let node = |position: u32, size: u32, focus: bool| {
        let entry = &snapshot.entries[position as usize];
        let joint = [("count", fluent_bundle::FluentValue::from(i64::from(size)))];
        NetworkNode {
            id: entry.id.to_string(),
            label: entry.short_name.clone().filter(|_| entry.is_named()).unwrap_or_else(|| entry.shown_name()),
            kind: group(entry.kind),
            size,
            href: format!("/organisations/{}", entry.id),
            focus,
            detail: match focus {
                true => texts.text(language, &entry.kind.label_key(), None).into_owned(),
                false => {
                    format!("{} · {}", entry.shown_name(), texts.say(language, "directory-joint-count", &joint))
                }
            },
        }
    };
    let largest = partners.iter().map(|(_, count)| *count).max().unwrap_or(1);
    let mut nodes = vec![node(own, largest, true)];
    nodes.extend(partners.iter().map(|(position, count)| node(*position, *count, false)));
    let name = |position: u32| snapshot.entries[position as usize].id.to_string();
    let mut links: Vec<NetworkLink> = partners
        .iter()
        .map(|(position, count)| NetworkLink { source: name(own), target: name(*position), weight: *count })
        .collect();
    let among: Vec<u32> = partners.iter().map(|(position, _)| *position).collect();
    links.extend(
        snapshot.joint_projects(&among).into_iter().take(LINKS_BETWEEN).map(|(one, other, weight)| NetworkLink {
            source: name(one),
            target: name(other),
            weight,
        }),
    );
    let kinds = ["companies", "universities", "research", "care", "public", "others"]
        .into_iter()
        .filter(|key| nodes.iter().any(|node| node.kind == *key))
        .map(|key| NetworkKind {
            key,
            label: texts.text(language, &format!("directory-group-{key}"), None).into_owned(),
        })
        .collect();
    NetworkData { nodes, links, kinds }
}

/// The address of the projects that two organisations share.
pub fn joint_href(id: OrganisationId, partner: OrganisationId) -> String {
    format!("/organisations/{id}?with={}#projects", encoded(&partner.to_string()))
}
