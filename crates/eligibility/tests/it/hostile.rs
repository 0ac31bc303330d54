//! Whatever comes from outside, nothing panics.

use eligibility::{Consortium, Library, check, compile_pool};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Any small JSON value.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-zA-Z0-9é-]{0,8}".prop_map(Value::from),
        prop_oneof![Just("FR"), Just("2025-01-01"), Just("sme"), Just("coordinator"), Just("a"), Just("IKAA")]
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map("(id|country|kind|percent|date|payer|amount_cents|[a-z]{1,4})", inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

const FIELDS: [&str; 22] = [
    "figures",
    "id",
    "country",
    "kind",
    "region",
    "sme",
    "headcount",
    "turnover_cents",
    "balance_cents",
    "owned_by",
    "side",
    "role",
    "for_profit",
    "cost_cents",
    "subcontracting_cents",
    "requested_cents",
    "registrations",
    "documents",
    "members",
    "pages",
    "label",
    "contributions",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_as_a_consortium(text in "\\PC{0,200}") {
        let _ = Consortium::from_json(&text);
    }

    #[test]
    fn no_value_panics_as_a_consortium(value in any_value()) {
        let _ = Consortium::from_value(&value);
    }

    /// A sound consortium with one field made into anything: refused with a path, or checked and compiled.
    #[test]
    fn no_field_panics(field in proptest::sample::select(FIELDS.to_vec()), value in any_value(), which in 0_usize..29, top in any::<bool>()) {
        let instruments: Vec<String> = Library::embedded().instruments().map(|instrument| instrument.id.clone()).collect();
        let mut input = json!({
            "instrument": instruments[which % instruments.len()], "date": "2025-01-01",
            "entities": [
                {"id": "a", "country": "FR", "kind": "sme", "role": "coordinator", "cost_cents": 5, "owned_by": [{"id": "b", "percent": 60}]},
                {"id": "b", "country": "DE", "kind": "university", "cost_cents": 7, "owned_by": [{"id": "x", "percent": 60}]}
            ],
            "contributions": [{"payer": "a", "kind": "IKOP", "amount_cents": 3}]
        });
        let place = if top { &mut input } else { &mut input["entities"][0] };
        place[field] = value;
        match Consortium::from_value(&input) {
            Err(error) => prop_assert!(error.to_string().contains(": "), "{}", error),
            Ok(reading) => {
                let library = Library::embedded();
                let report = check(library, &reading.consortium);
                prop_assert!(report.is_ok(), "{:?}", report.err());
                let instrument = library.instrument(&reading.consortium.instrument).expect("a known instrument");
                prop_assert!(compile_pool(library, instrument, &reading.consortium).is_ok());
            }
        }
    }

    #[test]
    fn no_text_panics_as_an_instrument(text in "\\PC{0,300}") {
        let _ = Library::from_files([("own.toml", text.as_str())]);
        let _ = Library::from_files([("sets/own.toml", text.as_str())]);
        let _ = Library::embedded().changes_from_toml("own.toml", &text);
    }

    /// A real instrument with a piece cut out or put in: refused with its file, or used.
    #[test]
    fn no_damaged_instrument_panics(at in 0_usize..6000, length in 0_usize..60, piece in "[\\[\\]{}=\",a-z0-9 \n.-]{0,12}") {
        let text = include_str!("../../../../instruments/ihi-two-stage.toml");
        let cut = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
        let (from, to) = (cut(at.min(text.len())), cut((at + length).min(text.len())));
        let damaged = format!("{}{piece}{}", &text[..from], &text[to..]);
        match Library::from_files([("ihi-two-stage.toml", damaged.as_str())]) {
            Err(error) => prop_assert!(error.to_string().starts_with("ihi-two-stage.toml: "), "{}", error),
            Ok(library) => {
                let consortium = Consortium::new("ihi-two-stage", "2025-01-01".parse().expect("a date"), None);
                prop_assert!(check(&library, &consortium).is_ok());
            }
        }
    }
}
