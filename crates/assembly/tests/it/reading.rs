//! The exchange format: what is read, what is refused, and that nothing makes it panic.

use std::ops::ControlFlow;

use assembly::instance::{parse, read, read_members};
use assembly::{Limits, Status, check, solve};
use proptest::prelude::*;

/// Four candidates and every kind of rule.
pub const SOUND: &str = r#"{
"format": "corridor-assembly-1", "name": "four", "topic": {"rcn": "1", "title": "t"}, "competences": ["a", "b"],
"candidates": [
{"id": "p0", "name": "", "country": "FR", "type": "HES", "sme": false, "member_state": true, "eligible": true, "cost_eur": 100, "fit_ppm": 900000, "competences": [0]},
{"id": "p1", "name": "", "country": "DE", "type": "PRC", "sme": true, "member_state": true, "eligible": true, "cost_eur": 90, "fit_ppm": 800000, "competences": [1]},
{"id": "p2", "name": "", "country": "US", "type": "REC", "sme": false, "member_state": false, "eligible": false, "cost_eur": 80, "fit_ppm": 700000, "competences": [0, 1]},
{"id": "p3", "name": "", "country": "FR", "type": "PRC", "sme": true, "member_state": true, "eligible": true, "cost_eur": 70, "fit_ppm": 600000, "competences": []}],
"pairs": [[0, 3, 50000], [1, 3, 250000]],
"rules": [
{"id": "min", "kind": "size_min", "value": 2}, {"id": "max", "kind": "size_max", "value": 3},
{"id": "ms", "kind": "member_states_min", "value": 1}, {"id": "co", "kind": "countries_min", "value": 2},
{"id": "PRC", "kind": "type_min", "type": "PRC", "value": 1}, {"id": "REC", "kind": "type_max", "type": "REC", "value": 1},
{"id": "sme", "kind": "sme_min", "value": 1}, {"id": "cover", "kind": "cover", "competence": 1, "value": 1},
{"id": "budget", "kind": "budget_max", "value_eur": 260}, {"id": "one", "kind": "entity_share_max", "percent": 60},
{"id": "country", "kind": "country_share_max", "percent": 70}, {"id": "lead", "kind": "coordinator", "candidate": 0},
{"id": "not", "kind": "forbid_pair", "candidates": [0, 2]}]
}"#;

fn refusal(text: &str) -> String {
    parse(text.as_bytes()).expect_err("the text is refused").to_string()
}

#[test]
fn a_sound_instance_is_read_and_solved() {
    let problem = parse(SOUND.as_bytes()).expect("sound");
    let answer = solve(&problem, &Limits::none(), &mut |_| ControlFlow::Continue(())).expect("sound");
    assert_eq!((answer.status, answer.members.as_slice()), (Status::Optimal, [0, 1, 3].as_slice()));
    assert_eq!(answer.value, 900_000 + 800_000 + 600_000 + 50_000 + 250_000);
    assert_eq!(check(&problem, &[0, 2]).unwrap_err().to_string(), "co: 1, at least 2 wanted");
    let packed = zstd::encode_all(SOUND.as_bytes(), 3).expect("compressible");
    assert_eq!(read(&packed, true).expect("sound"), problem);
}

#[test]
fn what_is_wrong_is_named_by_its_place() {
    for (from, to, message) in [
        (
            "\"format\": \"corridor-assembly-1\"",
            "\"format\": \"x\"",
            "format: \"x\" is not known, \"corridor-assembly-1\" is expected",
        ),
        (
            "\"value_eur\": 260",
            "\"value\": 260",
            "rules[8] (budget): kind \"budget_max\" needs the field \"value_eur\"",
        ),
        ("\"candidate\": 0", "\"candidate\": 9", "rules[11] (lead): there is no candidate 9, the last one is 3"),
        ("[0, 3, 50000]", "[1, 3, 50000]", "pairs[1]: candidates 1 and 3 are already paired in pairs[0]"),
        (
            "[0, 3, 50000]",
            "[3, 0, 50000]",
            "pairs[0]: the first candidate 3 must have a smaller number than the second, 0",
        ),
        ("[0, 3, 50000]", "[3, 3, 50000]", "pairs[0]: both ends are candidate 3, give two different candidates"),
        ("[0, 3, 50000]", "[0, 4, 50000]", "pairs[0]: there is no candidate 4, the last one is 3"),
        ("[0, 3, 50000]", "[0, 3, -5]", "pairs[0].bonus_ppm: -5 is not between 0 and 1000000000000"),
        ("\"cost_eur\": 90", "\"cost_eur\": -90", "candidates[1].cost_eur: -90 is not between 1 and 1000000000000"),
        ("\"fit_ppm\": 800000", "\"fit_ppm\": 1000001", "candidates[1].fit_ppm: 1000001 is not between 0 and 1000000"),
        ("\"percent\": 60", "\"percent\": 101", "rules[9] (one).percent: 101 is not between 0 and 100"),
        ("\"competence\": 1", "\"competence\": 2", "rules[7] (cover).competence: 2 is not between 0 and 1"),
        ("\"id\": \"p1\"", "\"id\": \"p0\"", "candidates[1].id: \"p0\" is already used by candidates[0]"),
    ] {
        assert!(SOUND.contains(from), "{from}");
        assert_eq!(refusal(&SOUND.replacen(from, to, 1)), message);
    }
    assert!(
        refusal(&SOUND.replace("forbid_pair", "forbid"))
            .starts_with("rules[12].kind: \"forbid\" is not known; known are size_min,")
    );
    assert_eq!(refusal("{\n  \"format\": 3"), "line 2 column 13: invalid type: integer `3`, expected a string");
    assert_eq!(refusal(&SOUND.replacen("\"name\": \"four\", ", "", 1)), "line 17 column 1: missing field `name`");
    assert_eq!(refusal(""), "line 1 column 0: EOF while parsing a value");
    assert!(
        read(b"not zstd", true)
            .unwrap_err()
            .to_string()
            .starts_with("the file ends in .zst but cannot be decompressed")
    );
}

#[test]
fn members_are_read_from_an_answer() {
    assert_eq!(read_members(br#"{"instance": "x", "members": [3, 1]}"#).expect("sound"), [3, 1]);
    assert!(read_members(br#"{"instance": "x"}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Cut, overwrite and insert anywhere: an instance or a message, never a panic.
    #[test]
    fn damaged_text_never_panics(
        cuts in proptest::collection::vec((0_usize..SOUND.len(), 0_usize..12, "[-0-9a-z\",:\\[\\]{} ]{0,6}"), 1..4),
    ) {
        let mut text = SOUND.as_bytes().to_vec();
        for (at, length, new) in cuts {
            let at = at.min(text.len());
            let end = (at + length).min(text.len());
            text.splice(at..end, new.bytes());
        }
        if let Ok(problem) = parse(&text) {
            let answer = solve(&problem, &Limits::nodes(200), &mut |_| ControlFlow::Continue(())).expect("it was validated");
            if !answer.members.is_empty() {
                prop_assert_eq!(check(&problem, &answer.members), Ok(answer.value));
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), packed in any::<bool>()) {
        prop_assert!(read(&bytes, packed).is_err());
    }
}
