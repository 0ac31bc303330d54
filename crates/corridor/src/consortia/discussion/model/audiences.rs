//! To whom something about a draft is addressed, and who reads it.

use crate::{
    consortia::{MemberSide, participation::Seat},
    directory::OrganisationId,
};

/// To whom a thread or a milestone is addressed. The team reads all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The team only.
    Team,
    /// The team and one partner.
    Partner(OrganisationId),
    /// The team and the partners of one side.
    Side(MemberSide),
    /// The team and all partners, once both sides are put together.
    Everybody,
}

impl Audience {
    /// The word in the database and in keys.
    pub fn key(self) -> &'static str {
        match self {
            Audience::Team => "team",
            Audience::Partner(_) => "partner",
            Audience::Side(side) => side.key(),
            Audience::Everybody => "everybody",
        }
    }

    /// The one partner that is named.
    pub fn partner(self) -> Option<OrganisationId> {
        match self {
            Audience::Partner(organisation) => Some(organisation),
            _ => None,
        }
    }

    /// The audience of a word and the partner named beside it.
    pub fn of(word: &str, partner: Option<OrganisationId>) -> Option<Self> {
        match word {
            "team" => Some(Audience::Team),
            "partner" => partner.map(Audience::Partner),
            "everybody" => Some(Audience::Everybody),
            side => MemberSide::of(side).map(Audience::Side),
        }
    }

    /// The word of a choice in a form.
    pub fn choice(self) -> String {
        match self {
            Audience::Partner(organisation) => format!("partner:{organisation}"),
            other => other.key().to_owned(),
        }
    }
}

/// Whether somebody in this seat reads what is addressed so; `merged` is whether both sides are put together.
pub fn reads(seat: Seat, merged: bool, audience: Audience) -> bool {
    match (seat, audience) {
        (Seat::Team, _) => true,
        (Seat::Partner { organisation, .. }, Audience::Partner(partner)) => organisation == partner,
        (Seat::Partner { side, .. }, Audience::Side(addressed)) => side == addressed,
        (Seat::Partner { .. }, Audience::Everybody) => merged,
        (Seat::Partner { .. }, Audience::Team) => false,
    }
}

/// A partner of a draft: who accepted to take part, with its side.
pub type Partner = (OrganisationId, MemberSide);

/// To whom somebody in this seat can address something, the widest last; nobody addresses whom they do not see.
pub fn addressable(seat: Seat, merged: bool, partners: &[Partner]) -> Vec<Audience> {
    let mut found = Vec::new();
    match seat {
        Seat::Team => {
            found.push(Audience::Team);
            found.extend(partners.iter().map(|(organisation, _)| Audience::Partner(*organisation)));
            let sides = MemberSide::ALL.iter().filter(|side| partners.iter().any(|(_, of)| of == *side));
            found.extend(sides.map(|side| Audience::Side(*side)));
        }
        Seat::Partner { organisation, side } => found.extend([Audience::Partner(organisation), Audience::Side(side)]),
    }
    if merged {
        found.push(Audience::Everybody);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(side: MemberSide) -> Seat {
        Seat::Partner { organisation: OrganisationId::new(), side }
    }

    /// One row an audience; columns: the team, the partner named, another one of the side, one of the other side; before
    /// and after the merger.
    #[test]
    fn table_of_readers() {
        let own = partner(MemberSide::Applicant);
        let Some(named) = own.organisation() else { panic!("a partner speaks for an organisation") };
        let seats = [Seat::Team, own, partner(MemberSide::Applicant), partner(MemberSide::Industry)];
        let mut table = String::new();
        for audience in [
            Audience::Team,
            Audience::Partner(named),
            Audience::Side(MemberSide::Applicant),
            Audience::Side(MemberSide::Industry),
            Audience::Everybody,
        ] {
            for merged in [false, true] {
                table.extend(seats.map(|seat| if reads(seat, merged, audience) { '+' } else { '.' }));
                table.push(' ');
            }
            table.push_str(audience.key());
            table.push('\n');
        }
        assert_eq!(
            table,
            "+... +... team\n++.. ++.. partner\n+++. +++. applicant\n+..+ +..+ industry\n+... ++++ everybody\n"
        );
    }

    #[test]
    fn nobody_addresses_what_they_would_not_read() {
        let partners: Vec<Partner> = [MemberSide::Applicant, MemberSide::Applicant, MemberSide::Industry]
            .map(|side| (OrganisationId::new(), side))
            .to_vec();
        for merged in [false, true] {
            let everybody =
                partners.iter().map(|(organisation, side)| Seat::Partner { organisation: *organisation, side: *side });
            for seat in everybody.chain([Seat::Team]) {
                let found = addressable(seat, merged, &partners);
                assert!(found.iter().all(|audience| reads(seat, merged, *audience)));
                assert_eq!(found.contains(&Audience::Everybody), merged);
                assert_eq!(found.contains(&Audience::Team), seat == Seat::Team);
            }
        }
        assert_eq!(addressable(Seat::Team, false, &partners).len(), 1 + 3 + 2);
        assert_eq!(addressable(Seat::Team, false, &partners[..1]).len(), 1 + 1 + 1, "no side without partners");
    }

    #[test]
    fn audiences_are_words_and_back() {
        let one = OrganisationId::new();
        for audience in [
            Audience::Team,
            Audience::Partner(one),
            Audience::Side(MemberSide::Applicant),
            Audience::Side(MemberSide::Industry),
            Audience::Everybody,
        ] {
            assert_eq!(Audience::of(audience.key(), audience.partner()), Some(audience));
        }
        assert_eq!(Audience::of("partner", None), None);
        assert_eq!(Audience::of("king", Some(one)), None);
    }
}
