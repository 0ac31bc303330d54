//! Where facts come from: every fact in the directory points to one of these, with licence and the words to show.

use std::collections::HashMap;

use crate::foundation::{
    database::{Batch, Transaction},
    errors::Error,
    ids::SourceId,
};

/// A source as it is to be shown beside what came from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its word in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Who publishes it.
    pub publisher: String,
    /// The licence, in its short form.
    pub licence: String,
    /// The words that the licence asks to be shown.
    pub attribution: String,
    /// Where it is published.
    pub url: Option<String>,
    /// The state of the data: a day, a year, or a span.
    pub dated: String,
}

impl Source {
    fn fixed(words: [&str; 5], url: Option<&str>, dated: &str) -> Self {
        let [slug, name, publisher, licence, attribution] = words.map(str::to_owned);
        Source { slug, name, publisher, licence, attribution, url: url.map(str::to_owned), dated: dated.to_owned() }
    }

    /// EU projects and who took part.
    pub fn cordis() -> Self {
        Source::fixed(
            [
                "cordis",
                "CORDIS, EU research projects",
                "European Union",
                "CC BY 4.0",
                "CORDIS data, © European Union, CC BY 4.0, selected, joined and cleaned by the Corridor project",
            ],
            Some("https://cordis.europa.eu"),
            "2014/2024",
        )
    }

    /// The registry of research organisations.
    pub fn ror() -> Self {
        Source::fixed(
            ["ror", "Research Organization Registry", "ROR", "CC0 1.0", "Organisation identifiers: ROR, ror.org, CC0"],
            Some("https://ror.org"),
            "2026-06-23",
        )
    }

    /// The classification of fields of science, in English.
    pub fn euroscivoc() -> Self {
        Source::fixed(
            [
                "euroscivoc",
                "EuroSciVoc, fields of science",
                "European Union",
                "CC BY 4.0",
                "EuroSciVoc: © European Union",
            ],
            Some("https://op.europa.eu/en/web/eu-vocabularies/euroscivoc"),
            "2025",
        )
    }

    /// Corridor's own French labels and synonyms of that classification.
    pub fn euroscivoc_labels() -> Self {
        Source::fixed(
            [
                "euroscivoc-labels",
                "French labels and synonyms of EuroSciVoc",
                "Corridor",
                "Apache-2.0",
                "French labels and synonyms of EuroSciVoc: Corridor's own, not those of the Publications Office",
            ],
            None,
            "2026",
        )
    }

    /// The regions of Europe.
    pub fn nuts() -> Self {
        Source::fixed(
            ["nuts", "NUTS, regions of Europe", "European Union", "CC BY 4.0", "NUTS: © European Union"],
            Some("https://ec.europa.eu/eurostat/web/nuts"),
            "2021",
        )
    }

    /// What Corridor concludes from a name or a place; always shown as inferred.
    pub fn inference() -> Self {
        Source::fixed(
            [
                "inference",
                "Corridor: read from the name",
                "Corridor",
                "Apache-2.0",
                "Inferred by Corridor from the organisation's name; to be confirmed",
            ],
            None,
            "2026",
        )
    }

    /// Memberships that Corridor derives from a region for the demonstration; always shown as derived.
    pub fn derived_memberships() -> Self {
        Source::fixed(
            [
                "derived-memberships",
                "Corridor: derived from the region",
                "Corridor",
                "Apache-2.0",
                "Derived by Corridor: active in health research and located in the cluster's region; not a stated membership",
            ],
            None,
            "2026",
        )
    }

    /// Competences that Corridor derives from the texts of past projects.
    pub fn derived_competences() -> Self {
        Source::fixed(
            [
                "derived-competences",
                "Corridor: derived from past projects",
                "Corridor",
                "Apache-2.0",
                "Derived by Corridor from the titles and summaries of past projects (CORDIS, © European Union, CC BY 4.0)",
            ],
            None,
            "2026",
        )
    }

    /// A document of the demonstration network, by the name that its records bear.
    pub fn document(name: &str) -> Self {
        // The year the document was written in stands in its name, where it does.
        let years: Vec<&str> = name
            .split(|c: char| !c.is_ascii_digit())
            .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
            .collect();
        let dated = match years[..] {
            [] => "undated".to_owned(),
            [first, ..] => years.last().map_or_else(|| first.to_owned(), |last| (*last).to_owned()),
        };
        Source {
            slug: format!("document-{}", slug_of(name)),
            name: name.to_owned(),
            publisher: name.to_owned(),
            licence: "facts, recorded by Corridor under Apache-2.0".to_owned(),
            attribution: format!("Facts recorded from: {name}"),
            url: None,
            dated,
        }
    }

    /// A cluster's own list of members.
    pub fn members(cluster_slug: &str, cluster_name: &str, file: &str, day: &str) -> Self {
        Source {
            slug: format!("members-{cluster_slug}-{day}-{}", slug_of(file)),
            name: format!("{cluster_name}: {file}"),
            publisher: cluster_name.to_owned(),
            licence: "held by the cluster".to_owned(),
            attribution: format!("Stated by {cluster_name}"),
            url: None,
            dated: day.to_owned(),
        }
    }
}

/// Lower-case letters, digits and hyphens, as addresses want it.
pub(super) fn slug_of(text: &str) -> String {
    let mut slug = String::new();
    for character in ranking::text::fold(text).chars() {
        match character {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

/// Stores the sources that are new and tells the ids of all.
pub(super) async fn put(transaction: &mut Transaction, sources: &[Source]) -> Result<HashMap<String, SourceId>, Error> {
    let mut batch = Batch::new(
        "INSERT INTO sources (id, slug, name, publisher, licence, attribution, url, dated)",
        "ON CONFLICT (slug) DO NOTHING",
    );
    for source in sources {
        batch.push(vec![
            SourceId::new().into(),
            source.slug.clone().into(),
            source.name.clone().into(),
            source.publisher.clone().into(),
            source.licence.clone().into(),
            source.attribution.clone().into(),
            source.url.clone().into(),
            source.dated.clone().into(),
        ]);
    }
    batch.write(transaction).await?;
    let known: Vec<(String, SourceId)> = on!(transaction, connection => sqlx::query_as("SELECT slug, id FROM sources")
        .fetch_all(connection)
        .await?);
    Ok(known.into_iter().collect())
}

/// Stores one source where it is new and tells its id.
pub(super) async fn put_one(transaction: &mut Transaction, source: &Source) -> Result<SourceId, Error> {
    put(transaction, std::slice::from_ref(source))
        .await?
        .remove(&source.slug)
        .ok_or_else(|| anyhow::anyhow!("the source {} was stored but cannot be read", source.slug).into())
}
