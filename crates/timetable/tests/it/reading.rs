//! The reader of published events with files cut, changed and made of anything.

use proptest::prelude::*;

use crate::outside::event;

const SMALL: &str = include_str!("../../../../fuzz/seeds/event/small");

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes_are_read_without_a_panic(data in proptest::collection::vec(any::<u8>(), 0..200)) {
        event(&data);
    }

    #[test]
    fn a_changed_file_is_read_without_a_panic(
        at in 0..SMALL.len(),
        length in 0usize..12,
        put in "[-0-9a-z|{}\\[\\],;=%. \"é\n]{0,6}",
    ) {
        let mut data = SMALL.as_bytes().to_vec();
        data.splice(at..(at + length).min(SMALL.len()), put.into_bytes());
        event(&data);
    }
}

#[test]
fn the_file_that_is_changed_is_sound() {
    assert!(timetable::dzn::read(SMALL.as_bytes(), Some(2)).is_ok());
    event(SMALL.as_bytes());
}
