//! What documents show to rules. Pure: no SQL, no clock.

use std::sync::Arc;

use crate::{
    directory::{
        OrganisationId,
        documents::{Document, DocumentKind, standing},
        size::{self, Kept, Size},
    },
    foundation::time::Day,
};

/// A document as rules read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Paper {
    kind: DocumentKind,
    issued_on: Option<Day>,
    valid_until: Option<Day>,
}

/// What is kept of an organisation that rules may read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    papers: Vec<Paper>,
    /// Whose figures it is, among those that the cluster keeps.
    figures: Option<(OrganisationId, Arc<Kept>)>,
}

/// What the documents of one kind come to on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// One counts: its date, and until when it counts.
    Valid {
        /// When it was signed or adopted.
        issued_on: Option<Day>,
        /// Until when.
        until: Option<Day>,
    },
    /// None counts any more; the last one ended on this day.
    Expired(Day),
    /// None counts yet; the first one is dated this day.
    NotYet(Day),
}

impl Evidence {
    /// Takes a document in.
    pub fn take(&mut self, document: &Document) {
        let Document { kind, issued_on, valid_until, .. } = *document;
        self.papers.push(Paper { kind, issued_on, valid_until });
    }

    /// Takes the figures in that are kept of an organisation and of those that its size depends on.
    pub fn take_figures(&mut self, of: OrganisationId, kept: &Arc<Kept>) {
        self.figures = Some((of, kept.clone()));
    }

    /// How large it is by its figures on a day; none while nobody has stated any.
    pub fn size(&self, day: eligibility::Date) -> Option<Size> {
        let (of, kept) = self.figures.as_ref()?;
        size::size_of(kept, *of, day)
    }

    /// Who holds it, where somebody has said.
    pub fn owners(&self) -> Option<Vec<eligibility::Holding>> {
        let (of, kept) = self.figures.as_ref()?;
        Some(size::holdings(&kept.get(of)?.ownership.as_ref()?.owners))
    }

    /// What the documents of a kind come to on a day; none where there is no document.
    pub fn shown(&self, kind: DocumentKind, day: Day) -> Option<Shown> {
        let of_kind = || self.papers.iter().filter(|paper| paper.kind == kind);
        let counting = of_kind().filter(|paper| standing(paper.issued_on, paper.valid_until, day).counts());
        // Of several that count, the one that counts longest is told.
        let longest = counting.max_by_key(|paper| (paper.valid_until.is_none(), paper.valid_until));
        if let Some(paper) = longest {
            return Some(Shown::Valid { issued_on: paper.issued_on, until: paper.valid_until });
        }
        let later = of_kind().filter_map(|paper| paper.issued_on.filter(|issued| *issued > day)).min();
        let ended = of_kind().filter_map(|paper| paper.valid_until.filter(|until| *until < day)).max();
        later.map(Shown::NotYet).or(ended.map(Shown::Expired))
    }

    /// The kinds of which something is kept.
    pub fn kinds(&self) -> impl Iterator<Item = DocumentKind> {
        DocumentKind::ALL.into_iter().filter(|kind| self.papers.iter().any(|paper| paper.kind == *kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(papers: &[(Option<&str>, Option<&str>)]) -> Evidence {
        let day = |text: &Option<&str>| text.map(|text| text.parse().unwrap());
        let kind = DocumentKind::GenderEqualityPlan;
        let paper = |(issued, until): &(Option<&str>, Option<&str>)| Paper {
            kind,
            issued_on: day(issued),
            valid_until: day(until),
        };
        Evidence { papers: papers.iter().map(paper).collect(), figures: None }
    }

    /// Documents (dated, until) and what they come to on 1 September 2026.
    #[test]
    fn table_of_what_documents_show() {
        let day: Day = "2026-09-01".parse().unwrap();
        let of = |text: &str| -> Day { text.parse().unwrap() };
        for (papers, expected) in [
            (vec![], None),
            (vec![(None, None)], Some(Shown::Valid { issued_on: None, until: None })),
            (
                vec![(Some("2024-01-01"), Some("2026-12-01")), (None, Some("2027-01-01")), (None, Some("2025-01-01"))],
                Some(Shown::Valid { issued_on: None, until: Some(of("2027-01-01")) }),
            ),
            (vec![(None, Some("2027-01-01")), (None, None)], Some(Shown::Valid { issued_on: None, until: None })),
            (vec![(None, Some("2026-08-31")), (None, Some("2025-01-01"))], Some(Shown::Expired(of("2026-08-31")))),
            (vec![(None, Some("2026-08-31")), (Some("2026-10-01"), None)], Some(Shown::NotYet(of("2026-10-01")))),
        ] {
            let evidence = evidence(&papers);
            assert_eq!(evidence.shown(DocumentKind::GenderEqualityPlan, day), expected, "{papers:?}");
            assert_eq!(evidence.shown(DocumentKind::Mandate, day), None, "a plan is no mandate");
        }
    }
}
