//! What each reader of the engine does with text from outside, as far as it goes. The targets under `fuzz/` call these with
//! random input; `seeds` calls them with the inputs kept in `fuzz/seeds`.

use eligibility::{
    AidCategory, AidFacts, AidLine, BudgetLine, Consortium, CostCategory, Country, Entity, Instrument, Kind, Library,
    PublicAid, aid_verdicts, check_with, compile_pool, explain, grants, size_status,
};

/// The text of the input; what is no UTF-8 is refused before it reaches the engine.
fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// Every reading of an instrument.
fn read_all(library: &Library, instrument: &Instrument, consortium: &Consortium) {
    explain(library, instrument, None);
    explain(library, instrument, Some(consortium.date));
    for stage in instrument.stage.iter().map(|stage| Some(stage.id.clone())).chain([None]) {
        let mut staged = consortium.clone();
        staged.stage = stage;
        // Without a stage a word that names none is no error; with one that the instrument has, neither.
        assert!(check_with(library, instrument, &staged).is_ok(), "a sound consortium is checked");
        assert!(compile_pool(library, instrument, &staged).is_ok(), "a sound pool is compiled");
        assert!(grants(library, instrument, &staged, &[]).is_ok(), "an empty budget is read");
    }
    instrument.timeline(consortium.date);
    instrument.next_cutoff(consortium.date);
}

/// Three entities of which something is known.
fn sample(instrument: &str) -> Option<Consortium> {
    let mut consortium = Consortium::new(instrument, "2025-06-01".parse().ok()?, None);
    for (id, country, kind) in [("a", "FR", Kind::Sme), ("b", "DE", Kind::University), ("c", "US", Kind::LargeCompany)]
    {
        let country: Country = country.parse().ok()?;
        let mut entity = Entity::new(id, country, kind);
        entity.cost_cents = Some(1_000_001);
        consortium.entities.push(entity);
    }
    Some(consortium)
}

/// An instrument of its own, called `own`.
pub fn instrument(data: &[u8]) {
    let Some(text) = text(data) else { return };
    if let Ok(library) = Library::from_files([("own.toml", text)])
        && let (Ok(instrument), Some(consortium)) = (library.instrument("own"), sample("own"))
    {
        read_all(&library, instrument, &consortium);
    }
}

/// The changes of a topic.
pub fn changes(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let library = Library::embedded();
    let Ok(changes) = library.changes_from_toml("topic.toml", text) else { return };
    for id in ["horizon-europe-ria", "ihi-two-stage", "i-demo"] {
        if let (Ok(instrument), Some(consortium)) = (library.with_changes(id, &changes), sample(id)) {
            read_all(library, &instrument, &consortium);
        }
    }
}

/// A file of country sets, regions, groups or ceilings of aid.
pub fn sets(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(library) = Library::from_files([("sets/own.toml", text)]) else { return };
    let Some(consortium) = sample("any") else { return };
    for set in library.sets().country_sets() {
        library.sets().countries_of(&set.id, consortium.date);
    }
    library.sets().region_class("FR10", consortium.date);
    money(&library, &consortium);
}

/// A consortium as `eligibility check` takes it.
pub fn consortium(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let Ok(reading) = Consortium::from_json(text) else { return };
    let library = Library::embedded();
    for at in 0..reading.consortium.entities.len().min(20) {
        assert!(size_status(&reading.consortium.entities, at, Some(reading.consortium.date)).is_some());
    }
    money(library, &reading.consortium);
    if let Ok(instrument) = library.instrument(&reading.consortium.instrument) {
        read_all(library, instrument, &reading.consortium);
    }
}

/// Aid and grants for everybody who takes part.
fn money(library: &Library, consortium: &Consortium) {
    let lines: Vec<AidLine> = consortium
        .entities
        .iter()
        .take(20)
        .flat_map(|entity| {
            [AidCategory::IndustrialResearch, AidCategory::ClusterOperation].map(|category| AidLine {
                entity: entity.id.clone(),
                category,
                cost_cents: entity.cost_cents.unwrap_or(7),
                aid: vec![PublicAid {
                    payer: "region".into(),
                    amount_cents: entity.requested_cents.unwrap_or(i64::MAX),
                }],
            })
        })
        .collect();
    for verdict in aid_verdicts(library, consortium, &lines, &AidFacts::default()).unwrap_or_default() {
        assert!(verdict.excess_cents >= 0);
    }
    let budget: Vec<BudgetLine> = lines
        .iter()
        .map(|line| BudgetLine { entity: line.entity.clone(), category: CostCategory::Personnel, cents: i64::MAX })
        .collect();
    if let Ok(instrument) = library.instrument("horizon-europe-ia") {
        let mut staged = consortium.clone();
        staged.stage = None;
        assert!(grants(library, instrument, &staged, &budget).is_ok());
    }
}
