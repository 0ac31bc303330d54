//! Everything that the program holds about people, slice by slice.

use crate::{
    accounts::personal::{AccountHolding, ClaimHolding, InvitationHolding},
    consortia::{
        DraftHolding, discussion::DiscussionHolding, documents::RequestedHolding, outcomes::OutcomeHolding,
        participation::ParticipationHolding,
    },
    directory::{
        ImportHolding, contacts::ContactHolding, documents::DocumentHolding, notes::NoteHolding, size::FiguresHolding,
    },
    events::{EventHolding, inviting::RefusalHolding, outcomes::MeetingHolding},
    foundation::{
        audit::TrailHolding,
        mail::LetterHolding,
        personal::{DisclosureHolding, Holdings},
    },
    privacy::RequestHolding,
};

/// All holdings. A slice that begins to keep personal data adds its own here, behind what it hangs on.
pub static HOLDINGS: Holdings = Holdings(&[
    &AccountHolding,
    &InvitationHolding,
    &ClaimHolding,
    &ContactHolding,
    &NoteHolding,
    &DocumentHolding,
    &FiguresHolding,
    &DraftHolding,
    &ParticipationHolding,
    &OutcomeHolding,
    &RequestedHolding,
    &DiscussionHolding,
    &EventHolding,
    &MeetingHolding,
    &RefusalHolding,
    &ImportHolding,
    &LetterHolding,
    &RequestHolding,
    &DisclosureHolding,
    &TrailHolding,
]);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::foundation::languages::{Language, Texts};

    #[test]
    fn every_purpose_says_what_it_is_in_both_languages() {
        let texts = Texts::load().unwrap();
        let mut keys = BTreeSet::new();
        for (holding, purpose) in HOLDINGS.purposes() {
            assert!(purpose.key.starts_with(&format!("{}.", holding.kind())), "{}", purpose.key);
            assert!(keys.insert(purpose.key), "{} is there twice", purpose.key);
            for part in ["", "data", "recipients", "period"] {
                for language in Language::ALL {
                    let key = purpose.text_key(part);
                    assert!(texts.knows(language, &key), "`{key}` is missing in {}", language.code());
                }
            }
        }
        let kinds: BTreeSet<&str> = HOLDINGS.0.iter().map(|holding| holding.kind()).collect();
        assert_eq!(kinds.len(), HOLDINGS.0.len(), "two holdings of one kind");
    }
}
