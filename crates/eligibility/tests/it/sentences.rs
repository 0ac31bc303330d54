//! Sentences in both languages.

use eligibility::{Consortium, Library, Text, check, explain};

fn report(text: &str) -> eligibility::Report {
    let consortium = Consortium::from_json(text).expect("a sound consortium").consortium;
    check(Library::embedded(), &consortium).expect("a report")
}

/// What a reader must never see: doubled marks, loose spaces, elisions left out, ordinary spaces before French marks.
fn assert_well_written(text: &Text, place: &str) {
    for (language, sentence) in [("en", &text.en), ("fr", &text.fr)] {
        assert!(!sentence.trim().is_empty(), "{place}: nothing in {language}");
        assert!(sentence.ends_with(['.', ':', '!', '?']), "{place}: {language} has no end: {sentence}");
        for wrong in ["  ", "..", " .", " ,", "{}", "None", "Some("] {
            assert!(!sentence.contains(wrong), "{place}: {wrong:?} in {language}: {sentence}");
        }
    }
    for wrong in
        [" ;", " :", " %", " €", "'", " de les ", " de le ", " à le ", " de a", " de e", " de i", " de o", " de u"]
    {
        assert!(!text.fr.contains(wrong), "{place}: {wrong:?}: {}", text.fr);
    }
    for wrong in [" ;", " :", " %", " €.", "'"] {
        assert!(!text.en.contains(wrong), "{place}: {wrong:?}: {}", text.en);
    }
}

#[test]
fn every_rule_is_said_in_both_languages() {
    for instrument in Library::embedded().instruments() {
        let explanation = explain(Library::embedded(), instrument, None);
        assert_eq!(explanation.rules.len(), instrument.rules.len());
        for rule in &explanation.rules {
            assert_well_written(&rule.text, &format!("{}: {}", instrument.id, rule.rule));
        }
        for rate in &explanation.rates {
            assert_well_written(&rate.text, &instrument.id);
        }
    }
}

#[test]
fn every_verdict_of_every_vector_is_said_in_both_languages() {
    for (name, text) in Library::embedded_vectors() {
        let file: serde_json::Value = serde_json::from_str(text).expect("JSON");
        for vector in file["vectors"].as_array().expect("a list") {
            let Ok(reading) = Consortium::from_value(&vector["consortium"]) else { continue };
            let report = check(Library::embedded(), &reading.consortium).expect("a report");
            for verdict in &report.verdicts {
                let place = format!("{name}: {}: {}", vector["name"], verdict.rule);
                assert_well_written(&verdict.text, &place);
                assert_eq!(verdict.missing.is_none(), verdict.status == eligibility::Status::Met, "{place}");
                for text in
                    verdict.missing.iter().map(|missing| &missing.text).chain(verdict.fixes.iter().map(|fix| &fix.text))
                {
                    assert_well_written(text, &place);
                }
            }
        }
    }
}

#[test]
fn the_share_of_smes_says_what_is_missing() {
    let report = report(
        r#"{"instrument": "eurostars-3", "date": "2025-06-01", "stage": "single", "entities": [
        {"id": "a", "country": "FR", "kind": "sme", "sme": true, "cost_cents": 4300},
        {"id": "b", "country": "DE", "kind": "university", "cost_cents": 5700}]}"#,
    );
    let verdict = report.verdict("sme-share").expect("the rule");
    assert_eq!(
        verdict.text.fr,
        "Les PME représentent 43\u{a0}% du coût total (leur propre sous-traitance exclue)\u{202f}; il en faut au moins 50\u{a0}%."
    );
    assert_eq!(
        verdict.text.en,
        "SMEs account for 43% of the total cost (their own subcontracting left out); at least 50% is needed."
    );
    let missing = verdict.missing.as_ref().expect("something is missing");
    assert_eq!(missing.text.en, "€7 more must go to SMEs.");
    assert_eq!(verdict.fixes[0].wanted[0].sme, Some(true));
}

#[test]
fn a_missing_country_says_which_would_do() {
    let report = report(
        r#"{"instrument": "horizon-europe-ria", "date": "2025-06-01", "stage": "single", "entities": [
        {"id": "a", "country": "FR", "kind": "university"}, {"id": "b", "country": "CH", "kind": "university"},
        {"id": "c", "country": "US", "kind": "university"}]}"#,
    );
    let verdict = report.verdict("minimum-composition").expect("the rule");
    let missing = verdict.missing.as_ref().expect("something is missing");
    assert_eq!(
        missing.text.en,
        "Add 1 independent entity from a Member State or associated country other than Switzerland and France."
    );
    assert_eq!(
        missing.text.fr,
        "Ajouter 1 entité indépendante d’un État membre ou pays associé (hors Suisse et France)."
    );
    let countries: Vec<&str> = verdict.fixes[0].wanted[0].countries.iter().map(|country| country.code()).collect();
    assert!(countries.contains(&"DE") && countries.contains(&"NO"), "{countries:?}");
    assert!(!countries.contains(&"FR") && !countries.contains(&"CH") && !countries.contains(&"US"), "{countries:?}");
    assert_eq!(verdict.fixes[0].wanted[0].independent_of, ["a", "b"]);
}

#[test]
fn a_share_that_misses_by_little_is_never_shown_as_reached() {
    let report = report(
        r#"{"instrument": "eurostars-3", "date": "2025-06-01", "stage": "single", "entities": [
        {"id": "a", "country": "FR", "kind": "sme", "sme": true, "cost_cents": 499999999},
        {"id": "b", "country": "DE", "kind": "university", "cost_cents": 500000001}]}"#,
    );
    assert!(report.verdict("sme-share").expect("the rule").text.en.contains("account for 49.99%"));
}

#[test]
fn what_is_unknown_says_which_fact_of_whom() {
    let report = report(
        r#"{"instrument": "eurostars-3", "date": "2025-06-01", "stage": "single", "entities": [
        {"id": "a", "name": "Alpha", "country": "FR", "kind": "sme", "sme": null, "cost_cents": 4300},
        {"id": "b", "name": "Beta", "country": "DE", "kind": "university"}]}"#,
    );
    assert_eq!(report.eligible, None);
    let verdict = report.verdict("entity-share").expect("the rule");
    let missing = verdict.missing.as_ref().expect("something is missing");
    assert_eq!(missing.facts.len(), 1);
    assert_eq!(missing.facts[0].entity.as_deref(), Some("b"));
    assert_eq!(missing.text.en, "Not known: costs (Beta).");
    assert_eq!(missing.text.fr, "Il manque\u{202f}: les coûts (Beta).");
}

#[test]
fn without_a_stage_every_rule_is_listed_once_and_names_its_stages() {
    for instrument in Library::embedded().instruments().filter(|instrument| instrument.stage.len() > 1) {
        let id = &instrument.id;
        let report = report(&format!(
            r#"{{"instrument": "{id}", "date": "2025-06-01", "entities": [
            {{"id": "a", "country": "FR", "kind": "university"}}, {{"id": "b", "country": "DE", "kind": "sme"}},
            {{"id": "c", "country": "IT", "kind": "hospital"}}]}}"#
        ));
        let mut seen: Vec<&str> = report.verdicts.iter().map(|verdict| verdict.rule.as_str()).collect();
        seen.sort_unstable();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all, "{id}: a rule twice");
        for verdict in &report.verdicts {
            assert_well_written(&verdict.text, &format!("{id}: {}", verdict.rule));
        }
    }
    let two = report(
        r#"{"instrument": "horizon-europe-ria", "date": "2025-06-01",
        "entities": [{"id": "a", "country": "FR", "kind": "university"}]}"#,
    );
    let pages = two.verdict("pages").expect("the rule");
    assert_eq!(pages.status, eligibility::Status::Unknown);
    assert_eq!(
        pages.text.en,
        "Required (first stage: short proposal): the proposal has at most 10 pages; evaluators do not read any beyond. \
         Required (single-stage proposal; second stage: full proposal): the proposal has at most 45 pages; evaluators \
         do not read any beyond. Not known: stage of the call."
    );
}

#[test]
fn programmes_and_sources_read_in_both_languages() {
    let library = Library::embedded();
    for instrument in library.instruments() {
        let explanation = explain(library, instrument, None);
        assert_ne!(explanation.programme_name.en, instrument.programme, "{}: no name", instrument.id);
        let english = ["general knowledge", "page limits", "eligibility conditions", "funding rates", " of the "];
        for rule in &explanation.rules {
            let french = &rule.source.reference.fr;
            assert!(!english.iter().any(|word| french.contains(word)), "{}: {french}", instrument.id);
        }
    }
}
