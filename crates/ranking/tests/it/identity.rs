//! Same organisation or not.

use proptest::prelude::*;
use ranking::identity::{Certainty, Ground, Identifier, Party, link, normalise, within};

fn party(name: &str, country: &str) -> Party {
    Party { name: name.into(), country: country.into(), ..Party::default() }
}

fn numbered(name: &str, value: &str) -> Party {
    Party { identifiers: vec![Identifier { scheme: "pic".into(), value: value.into() }], ..party(name, "FR") }
}

#[test]
fn spelling_and_legal_form_do_not_matter() {
    for (one, other) in [
        ("COMMISSARIAT A L ENERGIE ATOMIQUE", "Commissariat à l'énergie atomique"),
        ("Ubiquité Santé S.A.S.", "UBIQUITE SANTE"),
        ("Fromage & Cie GmbH & Co. KG", "FROMAGE AND CIE"),
        ("Inżynieria Sp. z o.o.", "INZYNIERIA SPOLKA Z OGRANICZONA ODPOWIEDZIALNOSCIA"),
        ("Aeolia S.p.A.", "AEOLIA SOCIETA PER AZIONI"),
        ("Vodní stavby s.r.o.", "VODNI STAVBY SRO"),
    ] {
        assert_eq!(normalise(one), normalise(other), "{one} / {other}");
    }
}

#[test]
fn the_same_name_in_another_country_is_another_organisation() {
    let found = link(&[party("Novatech", "DE")], &[party("NOVATECH", "FR")]);
    assert!(found[0].is_empty());
}

#[test]
fn an_identifier_decides_before_any_name() {
    let left = [numbered("Old name before the merger", "111"), numbered("Institut du Cerveau", "222")];
    let found = link(&left, &[numbered("Institut du Cerveau", "111")]);
    assert_eq!((found[0][0].left, found[0][0].certainty), (0, Certainty::Certain));
    assert!(matches!(found[0][0].ground, Ground::Identifier(_)));
    // The other carries the name, but another number: a person must look.
    assert_eq!((found[0][1].left, found[0][1].certainty), (1, Certainty::Likely));
    assert_eq!(found[0][1].ground, Ground::SameNameOtherIdentifier);
}

#[test]
fn two_with_one_name_are_never_certain() {
    let left = [party("Observatoire des marées", "FR"), party("OBSERVATOIRE DES MAREES", "FR")];
    let found = link(&left, &[party("Observatoire des Marées", "FR")]);
    assert_eq!(found[0].len(), 2);
    assert!(found[0].iter().all(|l| l.certainty == Certainty::Likely));
}

#[test]
fn nearly_the_same_name_is_offered_but_not_certain() {
    let left = [party("Centre hospitalier universitaire de Rennes", "FR"), party("Port autonome de Strasbourg", "FR")];
    let found = link(&left, &[party("Centre hospitalier universitaire Renes", "FR")]);
    assert_eq!(found[0][0].left, 0);
    assert!(found[0][0].certainty < Certainty::Certain);
}

#[test]
fn empty_names_match_nothing() {
    let found = link(&[party("", "FR"), party("---", "FR")], &[party("", "FR"), party("!!", "")]);
    assert!(found.iter().all(Vec::is_empty));
}

proptest! {
    #[test]
    fn links_are_sorted_bounded_and_within_the_country(names in prop::collection::vec("[a-e]{1,3} [a-e]{2,6}( SA| GmbH)?", 1..20), right in "[a-e]{1,3} [a-e]{2,6}") {
        let left: Vec<Party> = names.iter().enumerate().map(|(k, n)| party(n, if k % 2 == 0 { "FR" } else { "DE" })).collect();
        let found = link(&left, &[party(&right, "FR")]);
        prop_assert!(found[0].windows(2).all(|w| w[0].score >= w[1].score));
        for l in &found[0] {
            prop_assert!((0.0..=1.0).contains(&l.score) && left[l.left].country == "FR");
        }
        prop_assert!(found[0].iter().filter(|l| l.certainty == Certainty::Certain).count() <= 1);
    }

    #[test]
    fn normalising_twice_changes_nothing(name in "\\PC{0,40}") {
        let once = normalise(&name);
        prop_assert_eq!(normalise(&once), once);
    }
}

#[test]
fn one_list_holds_each_pair_once_and_no_record_beside_itself() {
    let list = [
        party("Observatoire des marées", "FR"),
        party("Port autonome de Strasbourg", "FR"),
        party("OBSERVATOIRE DES MAREES", "FR"),
        party("Observatoire des marées", "BE"),
    ];
    let pairs: Vec<(usize, usize, Certainty)> =
        within(&list).into_iter().map(|(other, link)| (link.left, other, link.certainty)).collect();
    assert_eq!(pairs, [(0, 2, Certainty::Certain)], "the only two of this name in their country");
    let three =
        [party("Institut du Cerveau", "FR"), party("Institut du cerveau", "FR"), party("INSTITUT DU CERVEAU", "FR")];
    assert!(
        within(&three).iter().all(|(_, link)| link.certainty == Certainty::Likely),
        "which two of three nobody knows"
    );
}
