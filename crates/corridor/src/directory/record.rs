//! The record of an organisation: everything that is known of it, each fact with its source.

use serde::Serialize;
use sqlx::FromRow;
use utoipa::ToSchema;
use uuid::Uuid;

use super::OrganisationId;
use crate::{accounts::visibility::Audience, foundation::time::Timestamp};

id! {
    /// A project of the past, with its participations.
    PastProjectId
}

/// The facts of an organisation that Corridor shows first.
#[derive(Clone, Debug, PartialEq, FromRow, Serialize, ToSchema)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, where the data has one.
    pub name: Option<String>,
    /// Its short name.
    pub short_name: Option<String>,
    /// What it is.
    pub kind: String,
    /// Whether it is an SME; unknown for most.
    pub sme: Option<bool>,
    /// Its country, two letters.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Its street address.
    pub address: Option<String>,
    /// Its latitude.
    pub lat: Option<f64>,
    /// Its longitude.
    pub lon: Option<f64>,
    /// Whether the point is that of the address or of the city.
    pub place_precision: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// What it says of itself, or a source says of it.
    pub description: Option<String>,
    /// The organisation that it is a part of.
    pub parent_id: Option<OrganisationId>,
    /// In how many known projects it takes part.
    pub project_count: i64,
    /// The record that it was merged into.
    pub merged_into: Option<OrganisationId>,
    /// Raised by every change.
    pub revision: i64,
    /// Its name as names are compared.
    #[serde(skip)]
    pub name_key: String,
    /// Its word in the documents of the demonstration network.
    #[serde(skip)]
    pub slug: Option<String>,
    /// Since when the record is there.
    #[serde(skip)]
    pub created_at: Timestamp,
    /// When it was changed last.
    #[serde(skip)]
    pub updated_at: Timestamp,
}

impl Organisation {
    /// A record of which nothing is known yet.
    pub fn new(now: Timestamp) -> Self {
        Organisation {
            id: OrganisationId::new(),
            name: None,
            short_name: None,
            kind: "other".to_owned(),
            sme: None,
            country: None,
            region: None,
            city: None,
            postcode: None,
            address: None,
            lat: None,
            lon: None,
            place_precision: None,
            website: None,
            description: None,
            parent_id: None,
            project_count: 0,
            merged_into: None,
            revision: 1,
            name_key: String::new(),
            slug: None,
            created_at: now,
            updated_at: now,
        }
    }
}

/// An identifier in a register.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Identifier {
    /// The register: `pic`, `ror`, `siren`, `vat` and others.
    pub scheme: String,
    /// The identifier.
    pub value: String,
    /// The source that states it.
    pub source: String,
    /// When it was seen.
    pub observed_on: Option<String>,
}

impl Identifier {
    /// The page of the register about it, where the register has one.
    pub fn link(&self) -> Option<String> {
        let value = &self.value;
        match self.scheme.as_str() {
            "ror" => Some(format!("https://ror.org/{}", value.rsplit('/').next().unwrap_or(value))),
            "siren" => Some(format!("https://annuaire-entreprises.data.gouv.fr/entreprise/{value}")),
            "siret" => Some(format!("https://annuaire-entreprises.data.gouv.fr/etablissement/{value}")),
            "wikidata" => Some(format!("https://www.wikidata.org/wiki/{value}")),
            "isni" => Some(format!("https://isni.org/isni/{}", value.replace(' ', ""))),
            _ => None,
        }
    }
}

/// A name beside the one shown first.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct OtherName {
    /// The name.
    pub name: String,
    /// What sort of name: `alias`, `short`, `former`, `translation` and others.
    pub kind: String,
    /// Its language.
    pub language: Option<String>,
    /// The source that states it.
    pub source: String,
}

/// What a source states of one field.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Statement {
    /// The field.
    pub field: String,
    /// The value.
    pub value: String,
    /// `about`, `at least` and such.
    pub qualifier: Option<String>,
    /// Whether the source does not say it outright.
    pub inferred: bool,
    /// When it was seen or what day it is true of.
    pub observed_on: Option<String>,
    /// The source.
    pub source: String,
    /// Who publishes the source.
    pub publisher: String,
    /// The source's licence.
    pub licence: String,
    /// Where the source is.
    pub url: Option<String>,
    /// The day or year of the source.
    pub dated: String,
}

/// A competence as the database holds it.
#[derive(Clone, Debug, FromRow)]
pub struct CompetenceRow {
    /// The concept.
    pub concept_id: String,
    /// Why it is said.
    pub basis: String,
    /// How strong.
    pub weight: f64,
    /// How many projects show it.
    pub project_count: i64,
    /// The source.
    pub source: String,
}

/// What an organisation says of itself in its own words.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Declaration {
    /// The words.
    pub text: String,
    /// The cluster that vouches for it.
    pub vouched_by: Option<String>,
    /// The source.
    pub source: String,
    /// When it was said.
    pub observed_on: Option<String>,
}

/// A membership of a cluster, as a reader sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Membership {
    /// The cluster's word in addresses.
    pub slug: String,
    /// The cluster.
    pub cluster: String,
    /// The cluster as an organisation of the directory.
    pub cluster_organisation: Option<OrganisationId>,
    /// The college.
    pub college: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// Until when.
    pub until: Option<String>,
    /// `stated`, or `derived_from_region`.
    pub basis: String,
    /// The fee in euro cents; null where it is not known, or not shown.
    pub fee_cents: Option<i64>,
    /// The source.
    pub source: String,
    /// Who sees it and who sees the fee, for the team of the cluster.
    #[serde(skip)]
    pub audiences: Option<(Audience, Audience)>,
}

/// A facility: something that others may use.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Facility {
    /// The facility, as an organisation of the directory.
    pub id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
    /// Its city.
    pub city: Option<String>,
    /// Its country.
    pub country: Option<String>,
    /// Its region.
    pub region: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// Who operates it.
    pub operator_id: Option<OrganisationId>,
    /// The operator's name.
    pub operator: Option<String>,
    /// The source.
    pub source: String,
}

/// An organisation that belongs to another.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Relative {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
}

/// A past project in the list of an organisation.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct ProjectRow {
    /// Its id.
    pub id: PastProjectId,
    /// Its reference in the source.
    pub reference: String,
    /// The framework programme.
    pub framework: String,
    /// The grant number.
    pub grant_number: Option<String>,
    /// Its acronym.
    pub acronym: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The topic it answered.
    pub topic: Option<String>,
    /// The topic's title.
    pub topic_title: Option<String>,
    /// Whether the topic was inferred from amount, country and date.
    pub topic_inferred: bool,
    /// The type of action.
    pub scheme: Option<String>,
    /// When it began.
    pub starts: Option<String>,
    /// When it ended.
    pub ends: Option<String>,
    /// How many took part.
    pub partner_count: i64,
    /// The organisation's role.
    pub role: String,
    /// The contribution that the organisation received.
    pub contribution_cents: Option<i64>,
}

/// The projects that began in one year.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct YearOfProjects {
    /// The year.
    pub year: String,
    /// How many it coordinates.
    pub coordinated: i64,
    /// In how many it takes part otherwise.
    pub joined: i64,
    /// The contributions it received in them.
    pub contribution_cents: Option<i64>,
}

/// What a register tells of a past project.
#[derive(Clone, Debug, PartialEq, FromRow, Serialize, ToSchema)]
pub struct ProjectFacts {
    /// Its reference in the source.
    pub reference: String,
    /// The framework programme.
    pub framework: String,
    /// The grant number.
    pub grant_number: Option<String>,
    /// Its acronym.
    pub acronym: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it was for.
    pub objective: Option<String>,
    /// The topic it answered.
    pub topic: Option<String>,
    /// The topic's title.
    pub topic_title: Option<String>,
    /// Whether the topic was inferred from amount, country and date.
    pub topic_inferred: bool,
    /// The type of action.
    pub scheme: Option<String>,
    /// The part of the programme.
    pub programme_part: Option<String>,
    /// When it began.
    pub starts: Option<String>,
    /// When it ended.
    pub ends: Option<String>,
    /// What it cost.
    pub total_cost_cents: Option<i64>,
    /// What the EU paid.
    pub eu_contribution_cents: Option<i64>,
    /// How many took part.
    pub partner_count: i64,
}

/// A past project with the source of its facts.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct PastProject {
    /// Its id.
    pub id: PastProjectId,
    /// What the source tells.
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub facts: ProjectFacts,
    /// The source.
    pub source: String,
    /// The source's licence.
    pub licence: String,
    /// The day or year of the source.
    pub dated: String,
}

/// Somebody who took part in a past project.
#[derive(Clone, Debug, FromRow, Serialize, ToSchema)]
pub struct Participant {
    /// The organisation.
    pub id: OrganisationId,
    /// Its name.
    pub name: Option<String>,
    /// Its PIC.
    pub pic: Option<String>,
    /// What it is.
    pub kind: String,
    /// Its country.
    pub country: Option<String>,
    /// Its role.
    pub role: String,
    /// What it received.
    pub contribution_cents: Option<i64>,
}

/// Which projects of an organisation are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct ProjectFilter {
    /// Those that show this competence.
    pub concept: String,
    /// Those in which this organisation took part too.
    pub with: Option<Uuid>,
    /// Those that began in this year.
    pub year: String,
    /// The page, from 1.
    pub page: usize,
}

impl ProjectFilter {
    /// Whether anything is asked for but the page.
    pub fn narrows(&self) -> bool {
        !self.concept.is_empty() || self.with.is_some() || !self.year.is_empty()
    }
}

/// Everything that the page of an organisation shows, projects aside.
#[derive(Clone, Debug)]
pub struct Record {
    /// The facts shown first.
    pub organisation: Organisation,
    /// Its identifiers.
    pub identifiers: Vec<Identifier>,
    /// Its other names.
    pub names: Vec<OtherName>,
    /// What sources state, field by field.
    pub statements: Vec<Statement>,
    /// Its competences.
    pub competences: Vec<CompetenceRow>,
    /// What it says of itself.
    pub declarations: Vec<Declaration>,
    /// Its memberships.
    pub memberships: Vec<Membership>,
    /// The facility that it is, and those that it operates.
    pub facilities: Vec<Facility>,
    /// The organisation that it is a part of.
    pub parent: Option<Relative>,
    /// The organisations that are parts of it.
    pub parts: Vec<Relative>,
    /// Its projects by year.
    pub years: Vec<YearOfProjects>,
}

impl Record {
    /// Its PIC, where it has one.
    pub fn pic(&self) -> Option<&str> {
        self.identifiers.iter().find(|identifier| identifier.scheme == "pic").map(|found| found.value.as_str())
    }

    /// What it is called.
    pub fn shown_name(&self) -> String {
        super::model::shown_name(self.organisation.name.as_deref(), self.pic(), self.organisation.id)
    }
}
