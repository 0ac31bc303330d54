//! Saved and loaded, the index answers the same; anything else is refused with a reason.

use proptest::prelude::*;
use ranking::{Index, LoadError, Query};

use crate::corpora::{any_corpus, embedder, subject};

fn saved(index: &Index) -> Vec<u8> {
    let mut bytes = Vec::new();
    index.save(&mut bytes).expect("memory takes everything");
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_loaded_index_answers_as_the_saved_one(corpus in any_corpus(), about in 0_usize..8, member in 0_u64..30) {
        let index = Index::build(&corpus, Some(embedder()), |_| ()).expect("a sound corpus");
        let loaded = Index::load(saved(&index).as_slice(), Some(embedder())).expect("what was saved loads");
        let members_in = [member * 7];
        let query = Query { text: subject(about), members_in: &members_in, limit: 50, ..Query::default() };
        prop_assert_eq!(index.rank(&query), loaded.rank(&query));
        prop_assert_eq!(index.similar_projects(subject(about), 9), loaded.similar_projects(subject(about), 9));
        prop_assert_eq!(saved(&loaded), saved(&index));
    }

    #[test]
    fn damaged_bytes_are_refused(corpus in any_corpus(), place: prop::sample::Index, flip in 1_u8..=255) {
        let index = Index::build(&corpus, None, |_| ()).expect("a sound corpus");
        let mut bytes = saved(&index);
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        prop_assert!(Index::load(bytes.as_slice(), None).is_err());
    }

    #[test]
    fn cut_bytes_are_refused(corpus in any_corpus(), place: prop::sample::Index) {
        let index = Index::build(&corpus, None, |_| ()).expect("a sound corpus");
        let mut bytes = saved(&index);
        bytes.truncate(place.index(bytes.len()));
        prop_assert!(Index::load(bytes.as_slice(), None).is_err());
    }
}

#[test]
fn refusals_say_what_is_wrong() {
    let index = Index::build(&ranking::Corpus::default(), None, |_| ()).expect("an empty corpus is sound");
    let bytes = saved(&index);
    assert!(matches!(Index::load(bytes.as_slice(), Some(embedder())), Err(LoadError::Embedder)));
    assert!(matches!(Index::load(&b"PK\x03\x04 and so on, long enough to be read"[..], None), Err(LoadError::Foreign)));
    let mut newer = bytes;
    newer[16] = 250;
    assert!(matches!(Index::load(newer.as_slice(), None), Err(LoadError::Version { found: 250, .. })));
}
