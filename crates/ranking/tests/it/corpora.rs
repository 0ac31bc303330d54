//! Small made-up corpora.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use ranking::{Corpus, Declaration, Embedder, Organisation, Participation, Project};

static EMBEDDER: LazyLock<Arc<Embedder>> =
    LazyLock::new(|| Arc::new(Embedder::bundled().expect("the bundled model is sound")));

/// The bundled model, loaded once.
pub fn embedder() -> Arc<Embedder> {
    EMBEDDER.clone()
}

const SUBJECTS: [&str; 8] = [
    "early detection of lung cancer by blood test",
    "offshore wind turbine foundations",
    "recycling of lithium batteries",
    "gene therapy for rare diseases of the retina",
    "cyber security of hospital networks",
    "precision farming with drones",
    "hydrogen storage in porous materials",
    "rehabilitation robots after stroke",
];

/// One of eight subjects, by any number.
pub fn subject(place: usize) -> &'static str {
    SUBJECTS[place % SUBJECTS.len()]
}

/// An organisation without statements.
pub fn organisation(key: u64) -> Organisation {
    Organisation {
        key,
        name: format!("Organisation {key}"),
        short_name: String::new(),
        country: "FR".into(),
        kind: "sme".into(),
        declared: Vec::new(),
    }
}

/// A project on a subject.
pub fn project(key: u64, title: &str, start: i32) -> Project {
    Project {
        key,
        title: title.into(),
        programme: format!("part {}", key % 3),
        start: Some(start),
        ..Project::default()
    }
}

/// Everybody in it took part, the first as coordinator.
pub fn consortium(corpus: &mut Corpus, project: Project, members: &[u64]) {
    for (place, organisation) in members.iter().enumerate() {
        corpus.participations.push(Participation {
            project: project.key,
            organisation: *organisation,
            coordinator: place == 0,
        });
    }
    corpus.projects.push(project);
}

/// Random corpora: up to 30 organisations, some with statements, up to 40 projects, some without text or date.
pub fn any_corpus() -> impl Strategy<Value = Corpus> {
    let projects = prop::collection::vec(
        (0_usize..8, prop::collection::vec(0_u64..30, 0..6), prop::option::of(10_000_i32..18_000), any::<bool>()),
        1..40,
    );
    let statements = prop::collection::vec((0_usize..30, 0_usize..8, any::<bool>()), 0..10);
    (projects, statements).prop_map(|(projects, statements)| {
        let mut corpus = Corpus { organisations: (0..30).map(|k| organisation(k * 7)).collect(), ..Corpus::default() };
        for (key, (about, members, start, worded)) in projects.into_iter().enumerate() {
            let mut project = project(key as u64 * 11, if worded { subject(about) } else { "" }, 0);
            project.start = start;
            project.topic_title = if about % 2 == 0 { subject(about + 1).into() } else { String::new() };
            let members: Vec<u64> = members.into_iter().map(|m| m * 7).collect();
            consortium(&mut corpus, project, &members);
        }
        for (owner, about, vouched) in statements {
            corpus.organisations[owner].declared.push(Declaration { text: subject(about).into(), vouched });
        }
        corpus
    })
}
