//! The page of an organisation, and that of a past project.

use std::collections::HashMap;

use axum::{
    extract::Path,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Serialize;

use super::{
    Asked, Link, Sent, college_label, concept_link,
    figures::{field_label, qualifier_label, value_words},
};
use crate::{
    accounts::{
        Acting, Action, Resource,
        visibility::{Audience, Circle},
    },
    directory::{
        self, OrganisationId, PROJECTS_PAGE,
        countries::country_name,
        edit, memberships, merge,
        model::{CompetenceBasis, DERIVED_FROM_REGION, Kind, ProjectNaming, shortened, shown_city, shown_name},
        network,
        record::{PastProjectId, ProjectFilter, ProjectRow, Record, Relative},
        search::Catalogue,
        search::{Snapshot, encoded},
    },
    foundation::{errors::Error, pages::Serde},
};

/// How many competences and partners are shown before the reader asks for more.
const SHOWN: usize = 12;
/// How many competences a page holds at most.
const MOST_COMPETENCES: usize = 60;
/// The longest title in a list of projects.
const LONGEST_TITLE: usize = 140;
/// The longest value in the table of statements.
const LONGEST_VALUE: usize = 300;
/// How many partners the table beside the picture has.
const PARTNERS: usize = 25;

#[derive(Serialize)]
struct IdentifierView {
    label: String,
    value: String,
    href: Option<String>,
    source: String,
}

/// A competence, once, with every origin that says so.
#[derive(Serialize)]
struct CompetenceView {
    concept: Link,
    origins: Vec<OriginView>,
    project_count: i64,
    projects_href: String,
}

#[derive(Serialize)]
struct OriginView {
    basis: String,
    label: String,
    /// Who says so, where it was not read in projects.
    source: Option<String>,
}

#[derive(Serialize)]
struct DeclarationView<'a> {
    text: &'a str,
    vouched_by: Option<&'a str>,
    /// Whether the organisation itself said it; else the source did.
    own: bool,
    source: &'a str,
    observed_on: Option<&'a str>,
}

#[derive(Serialize)]
struct MembershipView {
    cluster: String,
    href: String,
    college: Option<String>,
    since: Option<String>,
    until: Option<String>,
    derived: bool,
    source: String,
    fee_cents: Option<i64>,
    /// For the team of the cluster: who sees it and who sees the fee, in words and as the form has them.
    shown_to: Option<[(String, String); 2]>,
}

#[derive(Serialize)]
struct PartnerView {
    name: String,
    href: String,
    kind: String,
    country: String,
    joint: u32,
    joint_href: String,
}

#[derive(Serialize)]
struct ProjectView {
    href: String,
    name: String,
    title: Option<String>,
    topic: Option<String>,
    topic_inferred: bool,
    framework: String,
    scheme: Option<String>,
    starts: Option<String>,
    ends: Option<String>,
    role: String,
    coordinator: bool,
    contribution_cents: Option<i64>,
    partner_count: i64,
}

#[derive(Serialize)]
struct StatementView<'a> {
    label: String,
    value: String,
    qualifier: Option<&'a str>,
    qualifier_label: String,
    inferred: bool,
    observed_on: Option<&'a str>,
    source: &'a str,
    licence: &'a str,
    url: Option<&'a str>,
    dated: &'a str,
}

#[derive(Serialize)]
struct FacilityView {
    name: String,
    href: String,
    place: String,
    purpose: Option<String>,
    operator: Option<Link>,
    is_this: bool,
    source: String,
}

/// What a project is called in a list, and its title beside where it is called otherwise.
fn project_name(row: &ProjectRow) -> (String, Option<String>) {
    let naming = ProjectNaming {
        acronym: row.acronym.as_deref(),
        title: row.title.as_deref(),
        topic_title: row.topic_title.as_deref(),
        topic: row.topic.as_deref(),
        framework: &row.framework,
        number: row.grant_number.as_deref().unwrap_or(&row.reference),
    };
    (naming.shown(LONGEST_TITLE), row.acronym.is_some().then(|| row.title.clone()).flatten())
}

fn project_views(rows: Vec<ProjectRow>, acting: &Acting) -> Vec<ProjectView> {
    rows.into_iter()
        .map(|row| {
            let (name, title) = project_name(&row);
            ProjectView {
                href: format!("/past-projects/{}", row.id),
                name,
                title: title.map(|title| shortened(&title, LONGEST_TITLE)),
                topic: row.topic_title.or(row.topic).map(|topic| shortened(&topic, LONGEST_TITLE)),
                topic_inferred: row.topic_inferred,
                framework: row.framework,
                scheme: row.scheme,
                starts: row.starts,
                ends: row.ends,
                role: role_label(&row.role, acting),
                coordinator: row.role == "coordinator",
                contribution_cents: row.contribution_cents,
                partner_count: row.partner_count,
            }
        })
        .collect()
}

fn role_label(role: &str, acting: &Acting) -> String {
    let key = format!("participation-{}", role.to_lowercase().replace(['_', ' '], "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { role.to_owned() }
}

fn relative_link(relative: &Relative) -> Link {
    Link {
        label: shown_name(relative.name.as_deref(), None, relative.id),
        href: format!("/organisations/{}", relative.id),
        lang: None,
    }
}

fn identifier_label(scheme: &str, acting: &Acting) -> String {
    let key = format!("identifier-{}", scheme.to_lowercase().replace('_', "-"));
    if acting.app.texts.knows(acting.language, &key) { acting.say(&key) } else { scheme.to_uppercase() }
}

/// What is declared and read in projects is one competence with two origins; the order of the first stays.
fn competence_views(record: &Record, snapshot: &Snapshot, acting: &Acting) -> Vec<CompetenceView> {
    let id = record.organisation.id;
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut views: Vec<CompetenceView> = Vec::new();
    for competence in &record.competences {
        let place = *places.entry(&competence.concept_id).or_insert_with(|| {
            views.push(CompetenceView {
                concept: concept_link(snapshot, &competence.concept_id, acting),
                origins: Vec::new(),
                project_count: 0,
                projects_href: format!("/organisations/{id}?concept={}#projects", encoded(&competence.concept_id)),
            });
            views.len() - 1
        });
        let view = &mut views[place];
        view.project_count = view.project_count.max(competence.project_count);
        view.origins.push(OriginView {
            basis: competence.basis.clone(),
            label: acting.say(&format!("competence-{}", competence.basis)),
            source: (competence.basis != CompetenceBasis::Derived.key()).then(|| competence.source.clone()),
        });
    }
    views
}

/// What is said in words, but for words of a source that name a competence of the table: there it stands with its source.
fn declaration_views<'a>(record: &'a Record, snapshot: &Snapshot) -> Vec<DeclarationView<'a>> {
    let in_table = |text: &str| {
        let concept = snapshot.concept_by_label(text);
        concept.is_some_and(|concept| record.competences.iter().any(|known| known.concept_id == concept.id))
    };
    record
        .declarations
        .iter()
        .filter(|declaration| declaration.vouched_by.is_some() || !in_table(&declaration.text))
        .map(|declaration| DeclarationView {
            text: &declaration.text,
            vouched_by: declaration.vouched_by.as_deref(),
            own: declaration.source == edit::OWN_STATEMENT,
            source: &declaration.source,
            observed_on: declaration.observed_on.as_deref(),
        })
        .collect()
}

fn membership_views(record: &Record, acting: &Acting, circle: Option<&Circle>) -> Vec<MembershipView> {
    let own = acting.actor.cluster().map(|cluster| cluster.slug.as_str());
    let words = |circle: &Circle, audience: &Audience| {
        (circle.words(&acting.app.texts, acting.language, audience), audience.to_string())
    };
    record
        .memberships
        .iter()
        .map(|membership| MembershipView {
            cluster: membership.cluster.clone(),
            href: match membership.cluster_organisation {
                Some(id) => format!("/organisations/{id}"),
                None => format!("/organisations?cluster={}", encoded(&membership.slug)),
            },
            college: membership.college.as_deref().map(|college| college_label(college, acting)),
            since: membership.since.clone(),
            until: membership.until.clone(),
            derived: membership.basis == DERIVED_FROM_REGION,
            source: membership.source.clone(),
            fee_cents: membership.fee_cents,
            shown_to: circle
                .filter(|_| own == Some(membership.slug.as_str()) && membership.basis != DERIVED_FROM_REGION)
                .zip(membership.audiences.as_ref())
                .map(|(circle, (audience, fee))| [words(circle, audience), words(circle, fee)]),
        })
        .collect()
}

fn statement_views<'a>(record: &'a Record, acting: &Acting) -> Vec<StatementView<'a>> {
    record
        .statements
        .iter()
        .map(|statement| StatementView {
            label: field_label(&statement.field, acting),
            value: match statement.field.as_str() {
                "kind" => acting.say(&Kind::stored(&statement.value).label_key()),
                "country" => country_name(&statement.value, acting.language).to_owned(),
                _ => shortened(&value_words(&statement.value, acting), LONGEST_VALUE),
            },
            qualifier: statement.qualifier.as_deref(),
            qualifier_label: qualifier_label(statement.qualifier.as_deref(), acting),
            inferred: statement.inferred,
            observed_on: statement.observed_on.as_deref(),
            source: &statement.source,
            licence: &statement.licence,
            // Only a web address becomes a link, whatever a source gives.
            url: statement.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            dated: &statement.dated,
        })
        .collect()
}

fn facility_views(record: &Record, acting: &Acting) -> Vec<FacilityView> {
    record
        .facilities
        .iter()
        .map(|facility| {
            let country = facility.country.as_deref().map(|code| country_name(code, acting.language));
            FacilityView {
                name: shown_name(facility.name.as_deref(), None, facility.id),
                href: format!("/organisations/{}", facility.id),
                place: [facility.city.as_deref(), country].into_iter().flatten().collect::<Vec<_>>().join(", "),
                purpose: facility.purpose.clone(),
                operator: facility.operator_id.map(|operator| Link {
                    label: shown_name(facility.operator.as_deref(), None, operator),
                    href: format!("/organisations/{operator}"),
                    lang: None,
                }),
                is_this: facility.id == record.organisation.id,
                source: facility.source.clone(),
            }
        })
        .collect()
}

/// A website as a link: sources write it with and without its scheme, and some write what is none.
fn website_link(website: Option<&str>) -> Option<(String, String)> {
    let address = edit::website(website?).ok()??;
    let shown = address.split("://").nth(1).unwrap_or(&address).trim_end_matches('/').to_owned();
    Some((address, shown))
}

pub(super) async fn page(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Asked(filter): Asked<ProjectFilter>,
) -> Result<Response, Error> {
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    if let Some(kept) = record.organisation.merged_into {
        return Ok(Redirect::permanent(&format!("/organisations/{kept}")).into_response());
    }
    let record = memberships::worded(record, &acting.say("source-a-cluster"));
    let circle = acting.circle().await?;
    let kept: Vec<&Audience> =
        record.memberships.iter().filter_map(|one| one.audiences.as_ref()).flat_map(|(one, fee)| [one, fee]).collect();
    let audiences = circle.map(|circle| circle.choices(&acting.app.texts, acting.language, &kept));
    let (rows, project_total) = directory::projects(&acting.app, &acting.actor, id, &filter).await?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let (partners, partner_total) = network::partners(&snapshot, id, PARTNERS);
    let partners: Vec<PartnerView> = partners
        .into_iter()
        .map(|partner| PartnerView {
            href: format!("/organisations/{}", partner.id),
            kind: acting.say(&partner.kind.label_key()),
            country: partner.country.as_deref().map_or("", |code| country_name(code, acting.language)).to_owned(),
            joint: partner.joint_projects,
            joint_href: network::joint_href(id, partner.id),
            name: partner.name,
        })
        .collect();
    let organisation = &record.organisation;
    let country = organisation.country.as_deref().map(|code| country_name(code, acting.language));
    let city = organisation.city.as_deref().map(shown_city);
    let place: Vec<&str> = [city.as_deref(), organisation.region.as_deref(), country].into_iter().flatten().collect();
    let identifiers: Vec<IdentifierView> = record
        .identifiers
        .iter()
        .map(|identifier| IdentifierView {
            label: identifier_label(&identifier.scheme, &acting),
            value: identifier.value.clone(),
            href: identifier.link(),
            source: identifier.source.clone(),
        })
        .collect();
    let website = website_link(organisation.website.as_deref());
    let may_edit = edit::may_edit(&acting.app, &acting.actor, id).await.is_ok();
    let may_merge = acting.may(Action::MergeOrganisations, Resource::Instance).is_ok();
    let merges = if may_merge { merge::merges_into(&acting.app, &acting.actor, id).await? } else { Vec::new() };
    let filters = project_filters(id, &filter, &snapshot, &acting);
    let mut query = vec![format!("concept={}", encoded(&filter.concept))];
    query.extend(filter.with.map(|with| format!("with={with}")));
    query.push(format!("year={}", encoded(&filter.year)));
    let coordinated: i64 = record.years.iter().map(|year| year.coordinated).sum();
    let contribution: i64 = record.years.iter().filter_map(|year| year.contribution_cents).sum();
    // Nobody reads the cents of a total.
    let contribution = (contribution + 50) / 100 * 100;
    let is_facility = record.facilities.iter().any(|facility| facility.id == id);
    let mut competences = competence_views(&record, &snapshot, &acting);
    let competence_total = competences.len();
    competences.truncate(MOST_COMPETENCES);
    let derived = record.competences.iter().any(|competence| competence.basis == CompetenceBasis::Derived.key());
    Ok(acting
        .page(
            "directory/organisation.html",
            minijinja::context! {
                id => id.to_string(),
                name => record.shown_name(),
                named => organisation.name.is_some(),
                short_name => organisation.short_name.clone(),
                kind => acting.say(&Kind::stored(&organisation.kind).label_key()),
                sme => organisation.sme,
                place => place.join(", "),
                address => organisation.address.clone(),
                postcode => organisation.postcode.clone(),
                city_only => organisation.place_precision.as_deref() == Some("city"),
                website => Serde(&website),
                description => organisation.description.clone(),
                identifiers => Serde(&identifiers),
                memberships => Serde(&membership_views(&record, &acting, circle)),
                audiences => Serde(&audiences),
                may_show => acting.may(Action::EditNotes, Resource::Instance).is_ok(),
                competences => Serde(&competences),
                shown => SHOWN,
                competence_total,
                derived,
                declarations => Serde(&declaration_views(&record, &snapshot)),
                facilities => Serde(&facility_views(&record, &acting)),
                is_facility,
                parent => Serde(&record.parent.as_ref().map(relative_link)),
                parts_of => Serde(&record.parts.iter().map(relative_link).collect::<Vec<_>>()),
                years => Serde(&record.years),
                projects => Serde(&project_views(rows, &acting)),
                project_total,
                known_projects => record.years.iter().map(|year| year.coordinated + year.joined).sum::<i64>(),
                project_count => organisation.project_count,
                coordinated,
                contribution,
                filters => Serde(&filters),
                project_page => filter.page.max(1),
                project_last => (project_total + PROJECTS_PAGE - 1) / PROJECTS_PAGE,
                project_href => format!("/organisations/{id}?{}&page=", query.join("&")),
                partners => Serde(&partners),
                partner_total,
                names => Serde(&record.names),
                statements => Serde(&statement_views(&record, &acting)),
                revision => organisation.revision,
                may_edit,
                contacts => crate::directory::contacts::pages::section(&acting, id).await?,
                notes => crate::directory::notes::pages::section(&acting, id).await?,
                size => crate::directory::size::pages::section(&acting, id).await?,
                documents => crate::directory::documents::pages::section(&acting, id).await?,
                may_merge,
                merges => Serde(&merges),
            },
        )
        .await?
        .into_response())
}

/// What the list of projects is narrowed to, each with the list without it.
fn project_filters(id: OrganisationId, filter: &ProjectFilter, snapshot: &Snapshot, acting: &Acting) -> Vec<Link> {
    if !filter.narrows() {
        return Vec::new();
    }
    let without = |query: Vec<String>| format!("/organisations/{id}?{}#projects", query.join("&"));
    let concept = (!filter.concept.is_empty()).then(|| format!("concept={}", encoded(&filter.concept)));
    let with = filter.with.map(|with| format!("with={with}"));
    let year = (!filter.year.is_empty()).then(|| format!("year={}", encoded(&filter.year)));
    let others = |left_out: &Option<String>| -> Vec<String> {
        [&concept, &with, &year].into_iter().filter(|part| *part != left_out).flatten().cloned().collect()
    };
    let mut links = Vec::new();
    if concept.is_some() {
        let label = concept_link(snapshot, &filter.concept, acting).label;
        links.push(Link { label, href: without(others(&concept)), lang: None });
    }
    if let Some(partner) = filter.with {
        let partner = OrganisationId(partner);
        let label = snapshot.entry(partner).map_or_else(|| partner.to_string(), |entry| entry.shown_name());
        links.push(Link { label, href: without(others(&with)), lang: None });
    }
    if year.is_some() {
        links.push(Link { label: filter.year.clone(), href: without(others(&year)), lang: None });
    }
    links
}

#[derive(Serialize)]
struct ParticipantView {
    name: String,
    href: String,
    kind: String,
    country: String,
    role: String,
    coordinator: bool,
    contribution_cents: Option<i64>,
}

pub(super) async fn past_project(acting: Acting, Path(id): Path<PastProjectId>) -> Result<Html<String>, Error> {
    let (project, participants, concepts) = directory::past_project(&acting.app, &acting.actor, id).await?;
    let snapshot = acting.app.part::<Catalogue>().snapshot();
    let participants: Vec<ParticipantView> = participants
        .into_iter()
        .map(|participant| ParticipantView {
            name: shown_name(participant.name.as_deref(), participant.pic.as_deref(), participant.id),
            href: format!("/organisations/{}", participant.id),
            kind: acting.say(&Kind::stored(&participant.kind).label_key()),
            country: participant.country.as_deref().map_or("", |code| country_name(code, acting.language)).to_owned(),
            role: role_label(&participant.role, &acting),
            coordinator: participant.role == "coordinator",
            contribution_cents: participant.contribution_cents,
        })
        .collect();
    let concepts: Vec<Link> = concepts.iter().map(|concept| concept_link(&snapshot, concept, &acting)).collect();
    let naming = ProjectNaming {
        acronym: project.facts.acronym.as_deref(),
        title: project.facts.title.as_deref(),
        topic_title: project.facts.topic_title.as_deref(),
        topic: project.facts.topic.as_deref(),
        framework: &project.facts.framework,
        number: project.facts.grant_number.as_deref().unwrap_or(&project.facts.reference),
    };
    let name = naming.shown(usize::MAX);
    acting
        .page(
            "directory/past_project.html",
            minijinja::context! {
                name,
                project => Serde(&project),
                participants => Serde(&participants),
                concepts => Serde(&concepts),
            },
        )
        .await
}

/// Says who sees the membership of an organisation in the cluster acted for.
pub(super) async fn show_membership_to(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Sent(form): Sent<memberships::Form>,
) -> Result<Response, Error> {
    let record = directory::record(&acting.app, &acting.actor, id).await?;
    memberships::show_to(&acting.app, &acting.actor, &record, &form).await?;
    Ok(Redirect::to(&format!("/organisations/{id}?done=membership-shown#memberships")).into_response())
}
