//! The sources that the importers state facts from.

use crate::foundation::sources::{Source, slug_of};

/// EU projects and who took part.
pub(super) static CORDIS: Source = Source::fixed(
    [
        "cordis",
        "CORDIS, EU research projects",
        "European Union",
        "CC BY 4.0",
        "CORDIS data, © European Union, CC BY 4.0, selected, joined and cleaned by the Corridor project",
    ],
    Some("https://cordis.europa.eu"),
    "2014/2024",
);

/// The registry of research organisations.
pub(super) static ROR: Source = Source::fixed(
    ["ror", "Research Organization Registry", "ROR", "CC0 1.0", "Organisation identifiers: ROR, ror.org, CC0"],
    Some("https://ror.org"),
    "2026-06-23",
);

/// The classification of fields of science, in English.
pub(super) static EUROSCIVOC: Source = Source::fixed(
    ["euroscivoc", "EuroSciVoc, fields of science", "European Union", "CC BY 4.0", "EuroSciVoc: © European Union"],
    Some("https://op.europa.eu/en/web/eu-vocabularies/euroscivoc"),
    "2025",
);

/// Corridor's own French labels and synonyms of that classification.
pub(super) static EUROSCIVOC_LABELS: Source = Source::fixed(
    [
        "euroscivoc-labels",
        "French labels and synonyms of EuroSciVoc",
        "Corridor",
        "Apache-2.0",
        "French labels and synonyms of EuroSciVoc: Corridor's own, not those of the Publications Office",
    ],
    None,
    "2026",
);

/// The regions of Europe.
pub(super) static NUTS: Source = Source::fixed(
    ["nuts", "NUTS, regions of Europe", "European Union", "CC BY 4.0", "NUTS: © European Union"],
    Some("https://ec.europa.eu/eurostat/web/nuts"),
    "2021",
);

/// What Corridor concludes from a name or a place; always shown as inferred.
pub(super) static INFERENCE: Source = Source::fixed(
    [
        "inference",
        "Corridor: read from the name",
        "Corridor",
        "Apache-2.0",
        "Inferred by Corridor from the organisation's name; to be confirmed",
    ],
    None,
    "2026",
);

/// Memberships that Corridor derives from a region for the demonstration; always shown as derived.
pub(super) static DERIVED_MEMBERSHIPS: Source = Source::fixed(
    [
        "derived-memberships",
        "Corridor: derived from the region",
        "Corridor",
        "Apache-2.0",
        "Derived by Corridor: active in health research and located in the cluster's region; not a stated membership",
    ],
    None,
    "2026",
);

/// Competences that Corridor derives from the texts of past projects.
pub(super) static DERIVED_COMPETENCES: Source = Source::fixed(
    [
        "derived-competences",
        "Corridor: derived from past projects",
        "Corridor",
        "Apache-2.0",
        "Derived by Corridor from the titles and summaries of past projects (CORDIS, © European Union, CC BY 4.0)",
    ],
    None,
    "2026",
);

/// What the word of every cluster's own list of members begins with.
pub(in crate::directory) const MEMBERS_LIST: &str = "members-";

/// A cluster's own list of members.
pub(super) fn members(cluster_slug: &str, cluster_name: &str, file: &str, day: &str) -> Source {
    Source {
        slug: format!("{MEMBERS_LIST}{cluster_slug}-{day}-{}", slug_of(file)).into(),
        name: format!("{cluster_name}: {file}").into(),
        publisher: cluster_name.to_owned().into(),
        licence: "held by the cluster".into(),
        attribution: format!("Stated by {cluster_name}").into(),
        url: None,
        dated: day.to_owned().into(),
    }
}
