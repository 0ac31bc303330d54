//! The demonstration network: organisations, clusters, stated memberships, facilities and what each document says.
//!
//! A record of the network is the organisation of another source only where name and country leave no doubt; otherwise
//! it is created, and a person may merge it later.

mod files;

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use files::{Alliances, Clusters, Network};

use super::{
    facts::{Fact, Known, Writer},
    intake::Intake,
    places,
    reading::{digest, must_find},
    run::{Begun, Outcome},
    store,
};
use crate::{
    accounts::{self, ClusterId},
    directory::{
        OrganisationId,
        store::{Replacing, Rows, StoredMembership, put_parent},
    },
    foundation::{
        database::{Database, Transaction},
        errors::Error,
        ids::SourceId,
        languages::Language,
        sources::{self, Source},
        time::{Clock, Zone},
    },
};

/// Accents that are calm beside each other and readable on white and on black.
const ACCENTS: &[(&str, &str)] = &[
    ("medicen", "#0b5d73"),
    ("lyonbiopole", "#8a2b4f"),
    ("alsace-biovalley", "#2f6b3c"),
    ("cancer-bio-sante", "#5b3f8c"),
    ("atlantic-biotherapies", "#1f5fa8"),
    ("eurobiomed", "#a1481b"),
    ("nutrition-sante-longevite", "#4c6a12"),
];
const OTHER_ACCENTS: [&str; 6] = ["#35566f", "#6b4a2b", "#2b6661", "#70405f", "#4a5a1f", "#474f8f"];

/// The kinds of the network that are none of the glossary: the record says so itself.
fn kind_of(stated: &str) -> &str {
    match stated {
        "facility" | "infrastructure" | "fund" | "media" => "other",
        other => other,
    }
}

/// The kind of alliance in which clusters share with one another; agreements and platforms are none.
const CLUSTER_ALLIANCE: &str = "cluster_alliance";

/// Reads `organisations.toml` and `clusters.toml` of a folder, and its `alliances.toml` where there is one.
pub async fn import(intake: Intake<'_>, folder: &Path) -> Result<Vec<Outcome>, Error> {
    let Intake { database, clock, report, .. } = intake;
    let (organisations, clusters) = (must_find(folder, "organisations.toml")?, must_find(folder, "clusters.toml")?);
    let alliances = Some(folder.join("alliances.toml")).filter(|path| path.exists());
    let mut mark = format!("{}+{}", digest(&organisations)?, digest(&clusters)?);
    if let Some(alliances) = &alliances {
        mark.push_str(&format!("+{}", digest(alliances)?));
    }
    let mut run = match intake.begin_at_once("world", "organisations.toml, clusters.toml", &mark).await? {
        Begun::Known(outcome) => return Ok(vec![outcome]),
        Begun::Go(run) => run,
    };
    report("world", 0, 3);
    let network: Network = files::read(&organisations)?;
    let clusters: Clusters = files::read(&clusters)?;
    network.check(&clusters)?;
    let alliances: Alliances = alliances.map(|path| files::read(&path)).transpose()?.unwrap_or_default();
    let targets = find_targets(database, &network).await?;
    let ids: Vec<OrganisationId> = targets.values().copied().collect();
    let known = Known::of(database, &ids).await?;
    let concepts = super::concepts::Labels::read(database).await?;
    report("world", 1, 3);

    let mut transaction = database.begin().await?;
    let mut named: BTreeSet<&str> = network.documents().collect();
    named.extend(clusters.documents());
    let mut of: HashMap<&str, SourceId> = HashMap::new();
    for name in named {
        of.insert(name, sources::put(&mut transaction, &Source::document(name)).await?);
    }

    let mut writer = Writer::new(clock, Replacing::Derived);
    let mut organisation_of: HashMap<&str, OrganisationId> = HashMap::new();
    let name_of: HashMap<&str, &str> =
        network.organisation.iter().map(|entry| (entry.id.as_str(), entry.name.as_str())).collect();
    for entry in &network.organisation {
        run.rows_done += 1;
        let source = of[entry.source.as_str()];
        let there = targets.get(entry.id.as_str()).and_then(|id| known.records.get(id));
        let (mut base, is_new) = writer.base(there);
        let unclaimed = base.slug.is_none();
        base.slug.get_or_insert_with(|| entry.id.clone());
        let id = base.id;
        organisation_of.insert(&entry.id, id);
        let stated = facts_of(entry, source, &of, &name_of);
        if unclaimed && !is_new {
            writer.put(base.clone(), false);
        }
        run.counts.count(writer.state(base, is_new, &known, &stated));
        for alias in &entry.aliases {
            writer.rows.name(id, alias, "alias", None, source);
        }
        for text in &entry.competences {
            writer.rows.declaration(id, text, None, source, None);
            for concept in concepts.named_in(text) {
                writer.rows.competence(id, concept, "declared", source);
            }
        }
    }
    writer.rows.write(&mut transaction).await?;
    // Parents may stand after their parts in the file: linked once all are there.
    let mut facilities = Vec::new();
    for entry in &network.organisation {
        let parent = entry.parent.as_deref().map(|parent| organisation_of[parent]);
        let id = organisation_of[entry.id.as_str()];
        if let Some(parent) = parent {
            put_parent(&mut transaction, id, parent).await?;
        }
        if entry.kind == "facility" || entry.kind == "infrastructure" {
            let purpose = entry.description.clone().or_else(|| entry.fact.iter().find_map(|fact| fact.text.clone()));
            facilities.push((id, parent, purpose, of[entry.source.as_str()]));
        }
    }
    store::put_facilities(&mut transaction, facilities.into_iter()).await?;
    let cluster_of = put_clusters(&mut transaction, &network, &clusters, &organisation_of, &of, clock).await?;
    for alliance in alliances.alliance.iter().filter(|alliance| alliance.kind == CLUSTER_ALLIANCE) {
        let members = alliance.member.iter().filter_map(|member| cluster_of.get(member.organisation.as_str()).copied());
        let members: Vec<ClusterId> = members.collect();
        accounts::alliances::put_packaged(&mut transaction, &alliance.id, &alliance.name, &members, clock.now())
            .await?;
    }
    run.checkpoint(&mut transaction).await?;
    transaction.commit().await?;
    report("world", 3, 3);
    Ok(vec![run.finish(database, clock).await?])
}

fn facts_of(
    entry: &files::Organisation,
    source: SourceId,
    of: &HashMap<&str, SourceId>,
    name_of: &HashMap<&str, &str>,
) -> Vec<Fact> {
    let concluded = |field: &str| entry.inferred.iter().any(|name| name == field);
    let mut stated = Vec::new();
    let mut say = |field: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let fact = Fact::single(source, field, value, None);
            stated.push(if concluded(field) { fact.inferred() } else { fact });
        }
    };
    say("name", Some(&entry.name));
    say("kind", Some(kind_of(&entry.kind)));
    say("country", entry.country.as_deref());
    say("region", entry.region.as_deref());
    say("city", entry.city.as_deref());
    say("website", entry.website.as_deref().map(places::website).as_deref());
    say("description", entry.description.as_deref());
    if kind_of(&entry.kind) != entry.kind {
        say("nature", Some(&entry.kind));
    }
    for member in &entry.members {
        let name = name_of.get(member.as_str()).copied().unwrap_or(member);
        stated.push(Fact { single: false, ..Fact::single(source, "member", name.to_owned(), None) });
    }
    for fact in &entry.fact {
        let Some(value) = fact.said() else { continue };
        stated.push(Fact {
            qualifier: fact.qualifier.clone(),
            single: false,
            ..Fact::single(of[fact.source.as_str()], &fact.key, value, fact.as_of.as_deref())
        });
        if let Some(note) = &fact.note {
            let field = format!("{} (note)", fact.key);
            let source = of[fact.source.as_str()];
            stated.push(Fact { single: false, ..Fact::single(source, &field, note.clone(), fact.as_of.as_deref()) });
        }
    }
    stated
}

/// Which organisations of the directory the records of the network are, where that is certain.
async fn find_targets(database: &Database, network: &Network) -> Result<HashMap<String, OrganisationId>, Error> {
    let by_slug: HashMap<String, OrganisationId> = store::slugs(database).await?.into_iter().collect();
    let rows = store::named(database).await?;
    let other_names = store::other_names(database).await?;
    let place: HashMap<OrganisationId, (String, String)> =
        rows.iter().map(|one| (one.id, (one.country.clone(), one.kind.clone()))).collect();
    // Full names tell certainly; an acronym only together with the kind.
    let mut full: HashMap<(String, String), BTreeSet<OrganisationId>> = HashMap::new();
    let mut short: HashMap<(String, String, String), BTreeSet<OrganisationId>> = HashMap::new();
    let mut put = |id: OrganisationId, name: &str, acronym: bool| {
        let Some((country, kind)) = place.get(&id) else { return };
        let key = ranking::identity::normalise(name);
        if acronym {
            short.entry((country.clone(), kind.clone(), key)).or_default().insert(id);
        } else if key.chars().count() >= 5 {
            full.entry((country.clone(), key)).or_default().insert(id);
        }
    };
    for one in &rows {
        if let Some(name) = &one.name {
            put(one.id, name, false);
        }
        if let Some(short_name) = &one.short_name {
            put(one.id, short_name, true);
        }
    }
    for (id, name, kind) in &other_names {
        put(*id, name, kind == "acronym");
    }
    let mut targets: HashMap<String, OrganisationId> = HashMap::new();
    let mut claimed: BTreeSet<OrganisationId> = by_slug.values().copied().collect();
    for entry in &network.organisation {
        if let Some(id) = by_slug.get(&entry.id) {
            targets.insert(entry.id.clone(), *id);
            continue;
        }
        let Some(country) = &entry.country else { continue };
        let keys: BTreeSet<String> =
            std::iter::once(&entry.name).chain(&entry.aliases).map(|n| ranking::identity::normalise(n)).collect();
        let mut found: BTreeSet<OrganisationId> =
            keys.iter().filter_map(|key| full.get(&(country.clone(), key.clone()))).flatten().copied().collect();
        if found.is_empty() {
            found = keys
                .iter()
                .filter_map(|key| short.get(&(country.clone(), kind_of(&entry.kind).to_owned(), key.clone())))
                .flatten()
                .copied()
                .collect();
        }
        if found.len() == 1
            && let Some(id) = found.pop_first()
            && claimed.insert(id)
        {
            targets.insert(entry.id.clone(), id);
        }
    }
    Ok(targets)
}

/// The zone and the language of clusters of a country; those of the world that is packaged, and what is usual for others.
fn at_home(country: &str) -> (Zone, Language) {
    let zone = match country {
        "FR" => return (Zone::default(), Language::Fr),
        "BE" => "Europe/Brussels",
        "DE" => "Europe/Berlin",
        "ES" => "Europe/Madrid",
        "GB" => "Europe/London",
        "IT" => "Europe/Rome",
        "JP" => "Asia/Tokyo",
        "PL" => "Europe/Warsaw",
        _ => "Europe/Brussels",
    };
    (Zone::named(zone).unwrap_or_default(), Language::En)
}

async fn put_clusters<'a>(
    transaction: &mut Transaction,
    network: &Network,
    clusters: &'a Clusters,
    organisation_of: &HashMap<&str, OrganisationId>,
    of: &HashMap<&str, SourceId>,
    clock: Clock,
) -> Result<HashMap<&'a str, ClusterId>, Error> {
    let mut cluster_of: HashMap<&str, ClusterId> = HashMap::new();
    let mut rows = Rows::new(Replacing::Derived);
    for (place, cluster) in clusters.cluster.iter().enumerate() {
        let accent = ACCENTS
            .iter()
            .find(|(slug, _)| *slug == cluster.id)
            .map_or(OTHER_ACCENTS[place % OTHER_ACCENTS.len()], |(_, accent)| *accent);
        let id = accounts::put_cluster(transaction, &cluster.id, &cluster.name, accent, clock).await?;
        let (zone, language) = at_home(cluster.country.as_deref().unwrap_or_default());
        accounts::place_cluster(transaction, id, &zone, language).await?;
        cluster_of.insert(&cluster.id, id);
        store::put_cluster_organisation(transaction, id, organisation_of[cluster.id.as_str()]).await?;
        for founder in &cluster.founder {
            let stated = StoredMembership {
                college: founder.kind.clone(),
                ..StoredMembership::bare(organisation_of[founder.organisation.as_str()], "stated")
            };
            rows.membership(id, &stated, of[founder.source.as_str()]);
        }
    }
    for entry in &network.organisation {
        let Some(cluster) = cluster_of.get(entry.id.as_str()) else { continue };
        for member in &entry.members {
            let stated = StoredMembership::bare(organisation_of[member.as_str()], "stated");
            rows.membership(*cluster, &stated, of[entry.source.as_str()]);
        }
    }
    rows.write(transaction).await?;
    Ok(cluster_of)
}
