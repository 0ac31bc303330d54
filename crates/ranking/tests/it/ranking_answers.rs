//! What an answer promises, whatever the corpus.

use proptest::prelude::*;
use ranking::{Corpus, CorpusError, Declaration, Evidence, Index, Participation, Query};

use crate::corpora::{any_corpus, consortium, embedder, organisation, project, subject};

fn build(corpus: &Corpus) -> Index {
    Index::build(corpus, Some(embedder()), |_| ()).expect("a sound corpus")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn scores_lie_between_0_and_1_and_reasons_add_up_exactly(
        corpus in any_corpus(), about in 0_usize..9, members in prop::collection::vec(0_u64..30, 0..4), newcomers_first: bool,
    ) {
        let index = build(&corpus);
        let text = if about == 8 { "" } else { subject(about) };
        let members_in: Vec<u64> = members.iter().map(|m| m * 7).collect();
        let answer = index.rank(&Query { text, members_in: &members_in, newcomers_first, limit: 50, ..Query::default() });
        for one in &answer {
            prop_assert!(one.score > 0.0 && one.score <= 1.0, "{one:?}");
            prop_assert!(!one.reasons.is_empty());
            prop_assert!(one.reasons.iter().all(|r| r.share > 0.0));
            prop_assert_eq!(one.reasons.iter().map(|r| r.share).sum::<f32>(), one.score);
            // Any order gives the same sum: the shares are exact.
            prop_assert_eq!(one.reasons.iter().rev().map(|r| r.share).sum::<f32>(), one.score);
        }
        let rank = |r: &ranking::Ranked| (newcomers_first && !r.newcomer, -r.score);
        prop_assert!(answer.windows(2).all(|w| rank(&w[0]) <= rank(&w[1])));
    }

    #[test]
    fn nobody_excluded_filtered_or_already_in_is_returned(
        corpus in any_corpus(), about in 0_usize..8, members in prop::collection::vec(0_u64..30, 0..4), excluded in prop::collection::vec(0_u64..30, 0..8),
    ) {
        let index = build(&corpus);
        let members_in: Vec<u64> = members.iter().map(|m| m * 7).collect();
        let excluded: Vec<u64> = excluded.iter().map(|m| m * 7).collect();
        let admitted = |key: u64| key.is_multiple_of(2);
        let query = Query { text: subject(about), members_in: &members_in, excluded: &excluded, admitted: Some(&admitted), limit: 50, ..Query::default() };
        let mut seen = std::collections::HashSet::new();
        for one in index.rank(&query) {
            prop_assert!(!members_in.contains(&one.organisation) && !excluded.contains(&one.organisation) && admitted(one.organisation));
            prop_assert!(seen.insert(one.organisation));
        }
    }

    #[test]
    fn every_reason_names_what_is_in_the_corpus(corpus in any_corpus(), about in 0_usize..8, member in 0_u64..30) {
        let index = build(&corpus);
        let members_in = [member * 7];
        let took_part = |organisation: u64, project: u64| corpus.participations.iter().any(|p| p.organisation == organisation && p.project == project);
        for one in index.rank(&Query { text: subject(about), members_in: &members_in, limit: 50, ..Query::default() }) {
            for reason in &one.reasons {
                match &reason.evidence {
                    Evidence::SimilarProject { project, similarity } => {
                        prop_assert!(took_part(one.organisation, *project) && (0.0..=1.0).contains(similarity));
                    }
                    Evidence::SharedProjects { with, projects } => {
                        prop_assert_eq!(*with, members_in[0]);
                        prop_assert!(projects.iter().all(|p| took_part(one.organisation, *p) && took_part(*with, *p)));
                    }
                    Evidence::SharedPartners { projects } | Evidence::SimilarCircle { projects } => prop_assert!(projects.iter().all(|p| took_part(one.organisation, *p))),
                    Evidence::Declared { declaration, similarity, .. } => {
                        let body = &corpus.organisations[(one.organisation / 7) as usize];
                        prop_assert!((*declaration as usize) < body.declared.len() && (0.0..=1.0).contains(similarity));
                    }
                    Evidence::MoreSimilarProjects { count } => prop_assert!(*count > 0),
                    Evidence::Programme { projects, .. } | Evidence::Strand { projects, .. } => prop_assert!(*projects > 0),
                    Evidence::Named | Evidence::Country => {}
                    Evidence::Activity { consortia } => prop_assert!(*consortia > 0),
                }
            }
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(corpus in any_corpus(), about in 0_usize..8, member in 0_u64..30) {
        let members_in = [member * 7];
        let query = Query { text: subject(about), members_in: &members_in, limit: 50, ..Query::default() };
        let first = build(&corpus);
        prop_assert_eq!(first.rank(&query), first.rank(&query));
        prop_assert_eq!(first.rank(&query), build(&corpus).rank(&query));
    }

    #[test]
    fn a_lower_limit_cuts_the_same_answer(corpus in any_corpus(), about in 0_usize..8, limit in 0_usize..20) {
        let index = build(&corpus);
        let mut all = index.rank(&Query { text: subject(about), limit: 50, ..Query::default() });
        all.truncate(limit);
        prop_assert_eq!(index.rank(&Query { text: subject(about), limit, ..Query::default() }), all);
    }
}

fn two_fields() -> Corpus {
    let mut corpus = Corpus { organisations: (0..9).map(organisation).collect(), ..Corpus::default() };
    consortium(&mut corpus, project(0, "early detection of lung cancer by blood test", 17_000), &[0, 1, 2]);
    consortium(&mut corpus, project(3, "new biomarkers for lung cancer", 17_200), &[0, 1]);
    consortium(&mut corpus, project(1, "offshore wind turbine foundations", 17_000), &[3, 4, 5]);
    consortium(&mut corpus, project(4, "floating wind turbines", 17_100), &[3, 5]);
    corpus
}

#[test]
fn members_of_similar_projects_come_first_with_that_project_as_reason() {
    let answer = build(&two_fields()).rank(&Query { text: "blood biomarkers of lung cancer", ..Query::default() });
    let first: Vec<u64> = answer.iter().take(2).map(|r| r.organisation).collect();
    assert_eq!(first, [0, 1]);
    assert!(
        answer[0].reasons.iter().any(|r| matches!(r.evidence, Evidence::SimilarProject { project: 3, .. })),
        "{:?}",
        answer[0]
    );
}

#[test]
fn a_french_text_finds_english_projects() {
    let index = build(&two_fields());
    for (text, expected) in [("dépistage précoce du cancer du poumon", 0), ("fondations d'éoliennes en mer", 3)] {
        let answer = index.rank(&Query { text, ..Query::default() });
        assert_eq!(answer[0].organisation, expected, "{text}: {answer:?}");
    }
}

#[test]
fn past_work_with_a_member_in_counts_and_is_named() {
    let answer = build(&two_fields()).rank(&Query { members_in: &[4], ..Query::default() });
    assert!([3, 5].contains(&answer[0].organisation), "{answer:?}");
    let shared = answer[0].reasons.iter().find_map(|r| match &r.evidence {
        Evidence::SharedProjects { with, projects } => Some((*with, projects.clone())),
        _ => None,
    });
    assert_eq!(shared, Some((4, vec![1])));
}

#[test]
fn a_newcomer_is_found_by_what_it_declares_and_can_come_first() {
    let mut corpus = two_fields();
    corpus.organisations[7]
        .declared
        .push(Declaration { text: "diagnostic sanguin du cancer du poumon".into(), vouched: false });
    corpus.organisations[8].declared.push(Declaration { text: "wind turbine blades".into(), vouched: true });
    let index = build(&corpus);
    let query = Query { text: "blood test for lung cancer", ..Query::default() };
    let answer = index.rank(&query);
    let newcomer = answer.iter().find(|r| r.organisation == 7).expect("the newcomer is visible");
    assert!(newcomer.newcomer);
    assert!(matches!(newcomer.reasons[0].evidence, Evidence::Declared { declaration: 0, vouched: false, .. }));
    assert_eq!(index.rank(&Query { newcomers_first: true, ..query })[0].organisation, 7);
}

#[test]
fn a_confirmed_statement_counts_more_than_the_same_one_unconfirmed() {
    let mut corpus = two_fields();
    corpus.organisations[7].declared.push(Declaration { text: "retina gene therapy".into(), vouched: false });
    corpus.organisations[8].declared.push(Declaration { text: "retina gene therapy".into(), vouched: true });
    let answer = build(&corpus).rank(&Query { text: "gene therapy for the retina", ..Query::default() });
    let score = |key: u64| answer.iter().find(|r| r.organisation == key).map(|r| r.score).expect("it matches");
    assert!(score(8) > score(7));
    let words = answer.iter().flat_map(|r| &r.reasons).find_map(|r| match &r.evidence {
        Evidence::Declared { words, .. } => Some(words.clone()),
        _ => None,
    });
    assert_eq!(words.map(|w| w.len()), Some(3));
}

#[test]
fn nothing_asked_and_nothing_known_is_no_failure() {
    let empty = build(&Corpus::default());
    assert!(empty.rank(&Query { text: "anything", members_in: &[1], ..Query::default() }).is_empty());
    assert!(empty.similar_projects("anything", 5).is_empty());
    let index = build(&two_fields());
    assert!(index.rank(&Query { text: "cancer", limit: 0, ..Query::default() }).is_empty());
    let odd = "\u{0}\u{feff}🦀 ".repeat(2000);
    assert!(index.rank(&Query { text: &odd, ..Query::default() }).len() <= 9);
}

#[test]
fn without_a_model_words_alone_rank() {
    let index = Index::build(&two_fields(), None, |_| ()).expect("a sound corpus");
    assert_eq!(index.rank(&Query { text: "wind turbines", ..Query::default() })[0].organisation, 3);
}

#[test]
fn similar_projects_come_nearest_first() {
    let found = build(&two_fields()).similar_projects("floating wind turbines at sea", 3);
    assert_eq!(found[0].project, 4);
    assert!(found.windows(2).all(|w| w[0].similarity >= w[1].similarity));
}

#[test]
fn keys_that_repeat_or_lead_nowhere_are_named() {
    let mut twice = two_fields();
    twice.organisations.push(organisation(3));
    assert_eq!(twice.check(), Err(CorpusError::DuplicateOrganisation(3)));
    let mut lost = two_fields();
    lost.participations.push(Participation { project: 99, organisation: 0, coordinator: false });
    assert_eq!(lost.check(), Err(CorpusError::UnknownProject { row: 10, key: 99 }));
    let mut stranger = two_fields();
    stranger.participations.push(Participation { project: 0, organisation: 77, coordinator: false });
    assert_eq!(stranger.check(), Err(CorpusError::UnknownOrganisation { row: 10, key: 77 }));
}

#[test]
fn progress_reaches_its_end() {
    let mut last = None;
    Index::build(&two_fields(), None, |p| last = Some((p.done, p.of))).expect("a sound corpus");
    let (done, of) = last.expect("progress is told");
    assert_eq!(done, of);
}

#[test]
fn a_country_that_the_text_speaks_of_lifts_those_of_it_that_the_subject_brings_up() {
    let mut corpus = two_fields();
    corpus.organisations[5].country = "ES".into();
    corpus.organisations[8].country = "ES".into();
    let index = build(&corpus);
    let place = |text: &str, key: u64| {
        index.rank(&Query { text, ..Query::default() }).iter().position(|r| r.organisation == key)
    };
    assert_eq!(place("floating wind turbines", 5), Some(1));
    assert_eq!(place("floating wind turbines off the coast of Spain", 5), Some(0));
    // Being of that country alone is no reason.
    assert_eq!(place("floating wind turbines off the coast of Spain", 8), None);
    let answer = index.rank(&Query { text: "floating wind turbines off the coast of Spain", ..Query::default() });
    assert!(answer[0].reasons.iter().any(|r| r.evidence == Evidence::Country), "{answer:?}");
}

#[test]
fn a_short_form_in_the_text_names_its_organisation() {
    let mut corpus = two_fields();
    corpus.organisations[6].short_name = "VTT".into();
    let index = build(&corpus);
    let query = Query { text: "floating wind turbines, tested at VTT", ..Query::default() };
    let answer = index.rank(&query);
    let named = answer.iter().find(|r| r.organisation == 6).expect("it is named");
    assert_eq!(named.reasons[0].evidence, Evidence::Named);
    let of_call = index.rank(&Query { is_call: true, ..query });
    assert!(of_call.iter().all(|r| r.organisation != 6), "a call names no partners");
}

#[test]
fn a_vague_statement_yields_to_past_projects_and_to_a_precise_statement() {
    let mut corpus = Corpus { organisations: (0..9).map(organisation).collect(), ..Corpus::default() };
    let subjects = ["vaccine trials", "surveillance in hospitals", "drug resistance", "patient registries"];
    for key in 0..200_u64 {
        let title = format!("infectious diseases: {} part {key}", subjects[(key % 4) as usize]);
        consortium(&mut corpus, project(key, &title, 17_000), &[key % 4, 4]);
    }
    corpus.organisations[7].declared.push(Declaration { text: "infectious diseases".into(), vouched: false });
    corpus.organisations[8]
        .declared
        .push(Declaration { text: "rapid tests for drug resistance".into(), vouched: false });
    let text = "rapid tests for drug resistance in infectious diseases";
    let answer = build(&corpus).rank(&Query { text, ..Query::default() });
    let place = |key: u64| answer.iter().position(|r| r.organisation == key);
    let (evidence, precise) = (place(2).expect("did it"), place(8).expect("declares it"));
    assert!(place(7).is_none_or(|vague| vague > evidence && vague > precise), "{answer:?}");
}
