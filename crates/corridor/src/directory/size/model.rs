//! Figures and owners of organisations, what is refused of them, and the size that follows. Pure: no SQL, no clock.

use std::collections::{BTreeMap, BTreeSet};

use eligibility::{Entity, Figures, Holding, Investor, Kind, Percent, SizeStatus, YearFigures, size_status};

use crate::{
    directory::{OrganisationId, documents::StatedBy},
    foundation::{
        errors::FieldProblem,
        time::{Day, Timestamp},
    },
};

/// From this share on (in hundredths of a percent) a holding makes two enterprises partners.
const PARTNER: i64 = 2_500;
/// All of an organisation, in hundredths of a percent.
const WHOLE: i64 = 10_000;
/// The first year of which figures are taken.
const FIRST_YEAR: i16 = 1990;
/// The longest source.
const LONGEST_SOURCE: usize = 200;

/// From where a statement is, and when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it was read in: accounts, a register, a letter.
    pub source: String,
    /// The day of the source.
    pub stated_on: Day,
    /// Who stated it.
    pub by: StatedBy,
    /// When.
    pub at: Timestamp,
}

/// The figures of an organisation alone in one year. What nobody stated is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year in which the accounts were closed.
    pub year: u16,
    /// Staff, in annual work units.
    pub headcount: Option<u32>,
    /// Turnover.
    pub turnover_cents: Option<i64>,
    /// Balance sheet total.
    pub balance_cents: Option<i64>,
    /// From where.
    pub origin: Origin,
}

/// A share of an organisation in the hands of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Who holds it.
    pub owner: OrganisationId,
    /// How much of the capital or the votes, in hundredths of a percent.
    pub hundredths: i64,
    /// What the owner is, where it is one of those who may hold up to half without being counted.
    pub investor: Option<Investor>,
}

/// Who holds an organisation, as somebody stated it: those who hold nothing that matters are not listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// The owners.
    pub owners: Vec<Owner>,
    /// From where.
    pub origin: Origin,
}

/// What a cluster keeps of an organisation's size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it is called.
    pub name: String,
    /// Its kind, in the words of the directory.
    pub kind: String,
    /// Its figures, the latest first.
    pub years: Vec<Year>,
    /// Who holds it, once somebody has said.
    pub ownership: Option<Ownership>,
}

/// What a cluster keeps of every organisation's size.
pub type Kept = BTreeMap<OrganisationId, Facts>;

/// The size of an organisation, and what it was computed from.
#[derive(Clone, Debug)]
pub struct Size {
    /// The answer of the rules, with every term.
    pub status: SizeStatus,
    /// Whether somebody stated who holds it: without that nobody knows whom to add.
    pub owners_stated: bool,
}

impl Size {
    /// Whether it is an SME; open while figures are missing, or while nobody has said who holds it and that could matter.
    pub fn sme(&self) -> Option<bool> {
        self.status.sme.filter(|sme| !*sme || self.owners_stated)
    }
}

/// An organisation as the rules of size see it.
fn entity(id: OrganisationId, facts: &Facts) -> Option<Entity> {
    let kind = Kind::ALL.iter().find(|(_, word)| *word == facts.kind).map_or(Kind::Other, |(kind, _)| *kind);
    // Size asks for no country: any stands in.
    let mut entity = Entity::new(id.to_string(), "FR".parse().ok()?, kind);
    entity.name = Some(facts.name.clone());
    let year = |year: &Year| YearFigures {
        year: year.year,
        figures: Figures {
            headcount: year.headcount,
            turnover_cents: year.turnover_cents,
            balance_cents: year.balance_cents,
        },
    };
    entity.figures = (!facts.years.is_empty()).then(|| facts.years.iter().rev().map(year).collect());
    entity.owned_by = facts.ownership.as_ref().map(|ownership| holdings(&ownership.owners));
    Some(entity)
}

/// Owners as rules see them.
pub fn holdings(owners: &[Owner]) -> Vec<Holding> {
    let holding = |owner: &Owner| Holding {
        owner: owner.owner.to_string(),
        percent: Percent::from_millionths(owner.hundredths.saturating_mul(10_000)),
        investor: owner.investor,
    };
    owners.iter().map(holding).collect()
}

/// Everybody whom holdings tie to an organisation, in either direction, itself first.
fn related(kept: &Kept, of: OrganisationId) -> Vec<OrganisationId> {
    let mut found = vec![of];
    let mut seen = BTreeSet::from([of]);
    let mut at = 0;
    while let Some(one) = found.get(at).copied() {
        at += 1;
        let owners = kept.get(&one).and_then(|facts| facts.ownership.as_ref());
        let above = owners.into_iter().flat_map(|ownership| &ownership.owners).map(|owner| owner.owner);
        let held = |facts: &Facts| {
            facts.ownership.iter().flat_map(|ownership| &ownership.owners).any(|owner| owner.owner == one)
        };
        let below = kept.iter().filter(|(_, facts)| held(facts)).map(|(id, _)| *id);
        for id in above.chain(below).collect::<Vec<_>>() {
            if seen.insert(id) {
                found.push(id);
            }
        }
    }
    found
}

/// The size of an enterprise on a day, from its own figures, those of linked enterprises whole and of partners in part;
/// none while nobody has stated a figure of it, and none of what is no enterprise: a university is no SME, however small.
pub fn size_of(kept: &Kept, of: OrganisationId, day: eligibility::Date) -> Option<Size> {
    let own = kept.get(&of).filter(|facts| !facts.years.is_empty())?;
    let entities: Vec<Entity> = related(kept, of).into_iter().filter_map(|id| entity(id, kept.get(&id)?)).collect();
    if !entities.first().is_some_and(|entity| entity.kind.is_company() || entity.kind == Kind::Other) {
        return None;
    }
    let status = size_status(&entities, 0, Some(day))?;
    Some(Size { status, owners_stated: own.ownership.is_some() })
}

/// Leaves of what is kept only what is stated of one organisation, and what others are called.
pub fn only_of(kept: &mut Kept, of: OrganisationId) {
    for (_, facts) in kept.iter_mut().filter(|(id, _)| **id != of) {
        (facts.years, facts.ownership) = (Vec::new(), None);
    }
}

/// A circle of holdings of a quarter or more that these owners would close, from the organisation back to itself.
pub fn circle(kept: &Kept, of: OrganisationId, owners: &[Owner]) -> Option<Vec<OrganisationId>> {
    let above = |id: OrganisationId| -> Vec<OrganisationId> {
        let stated = kept.get(&id).and_then(|facts| facts.ownership.as_ref());
        let owners = if id == of { owners } else { stated.map_or(&[][..], |ownership| &ownership.owners) };
        owners.iter().filter(|owner| owner.hundredths >= PARTNER).map(|owner| owner.owner).collect()
    };
    let mut seen = BTreeSet::new();
    let mut paths = vec![vec![of]];
    while let Some(path) = paths.pop() {
        for next in above(*path.last()?) {
            let mut longer = path.clone();
            longer.push(next);
            if next == of {
                return Some(longer);
            }
            if seen.insert(next) {
                paths.push(longer);
            }
        }
    }
    None
}

fn problem(field: impl Into<String>, message: &str, value: &str) -> FieldProblem {
    let value = value.chars().take(200).collect();
    FieldProblem { field: field.into(), message: message.to_owned(), value }
}

/// What is wrong with the source and the day of a statement; the source as it is kept.
fn origin(source: &str, stated_on: Option<Day>, today: Day) -> Result<(String, Day), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let kept: String = source.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_SOURCE).collect();
    if kept.is_empty() {
        problems.push(problem("source", "figures-wrong-source", ""));
    }
    match stated_on {
        Some(day) if day <= today && problems.is_empty() => return Ok((kept, day)),
        Some(day) if day <= today => {}
        day => problems.push(problem(
            "stated_on",
            "figures-wrong-day",
            &day.map(|day| day.to_string()).unwrap_or_default(),
        )),
    }
    Err(problems)
}

/// The figures of a year as somebody gives them.
#[derive(Clone, Debug, Default)]
pub struct GivenYear {
    /// The year.
    pub year: Option<u16>,
    /// Staff.
    pub headcount: Option<u32>,
    /// Turnover.
    pub turnover_cents: Option<i64>,
    /// Balance sheet total.
    pub balance_cents: Option<i64>,
    /// What it was read in.
    pub source: String,
    /// The day of the source.
    pub stated_on: Option<Day>,
}

impl GivenYear {
    /// The year, the source and its day, where all can be kept.
    ///
    /// # Errors
    /// The fields that cannot be used.
    pub fn sound(&self, today: Day) -> Result<(u16, String, Day), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let years = FIRST_YEAR..=today.0.year();
        let year = self.year.filter(|year| i16::try_from(*year).is_ok_and(|year| years.contains(&year)));
        if year.is_none() {
            problems.push(problem("year", "figures-wrong-year", ""));
        }
        if self.headcount.is_none() && self.turnover_cents.is_none() && self.balance_cents.is_none() {
            problems.push(problem("headcount", "figures-wrong-nothing", ""));
        }
        match (origin(&self.source, self.stated_on, today), year) {
            (Ok((source, day)), Some(year)) if problems.is_empty() => Ok((year, source, day)),
            (Ok(_), _) => Err(problems),
            (Err(more), _) => Err(problems.into_iter().chain(more).collect()),
        }
    }
}

/// Who holds an organisation, as somebody gives it: a row an owner, with what was typed where it cannot be read.
#[derive(Clone, Debug, Default)]
pub struct GivenOwners {
    /// The owners, by the number of their row.
    pub owners: Vec<(usize, Owner)>,
    /// What it was read in.
    pub source: String,
    /// The day of the source.
    pub stated_on: Option<Day>,
}

impl GivenOwners {
    /// The source and its day, where these owners can be kept of the organisation beside what is kept of others.
    ///
    /// # Errors
    /// The fields that cannot be used: an owner twice or itself, more than all of it, a circle (its path in the value).
    pub fn sound(&self, kept: &Kept, of: OrganisationId, today: Day) -> Result<(String, Day), Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut sum = 0_i64;
        for (at, (row, owner)) in self.owners.iter().enumerate() {
            if owner.owner == of {
                problems.push(problem(format!("owner.{row}"), "figures-wrong-itself", ""));
            }
            if self.owners[..at].iter().any(|(_, other)| other.owner == owner.owner) {
                problems.push(problem(format!("owner.{row}"), "figures-wrong-twice", ""));
            }
            if !(1..=WHOLE).contains(&owner.hundredths) {
                problems.push(problem(format!("percent.{row}"), "figures-wrong-percent", ""));
            }
            let before = sum;
            sum = sum.saturating_add(owner.hundredths.max(0));
            if before <= WHOLE && sum > WHOLE {
                problems.push(problem(format!("percent.{row}"), "figures-wrong-sum", ""));
            }
        }
        let owners: Vec<Owner> = self.owners.iter().map(|(_, owner)| *owner).collect();
        if problems.is_empty()
            && let Some(path) = circle(kept, of, &owners)
        {
            let first = path.get(1).and_then(|next| self.owners.iter().find(|(_, owner)| owner.owner == *next));
            let names: Vec<&str> =
                path.iter().map(|id| kept.get(id).map_or("?", |facts| facts.name.as_str())).collect();
            let row = first.map_or(0, |(row, _)| *row);
            problems.push(FieldProblem {
                field: format!("owner.{row}"),
                message: "figures-wrong-circle".to_owned(),
                value: names.join(" ← "),
            });
        }
        match origin(&self.source, self.stated_on, today) {
            Ok(origin) if problems.is_empty() => Ok(origin),
            Ok(_) => Err(problems),
            Err(more) => Err(problems.into_iter().chain(more).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> OrganisationId {
        OrganisationId(uuid::Uuid::from_u128(number))
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn origin_of_tests() -> Origin {
        Origin { source: "accounts".to_owned(), stated_on: day("2026-05-01"), by: StatedBy::Team, at: Timestamp(0) }
    }

    fn year(year: u16, headcount: u32, turnover: i64) -> Year {
        let cents = Some(turnover * 100_000_000);
        Year {
            year,
            headcount: Some(headcount),
            turnover_cents: cents,
            balance_cents: cents,
            origin: origin_of_tests(),
        }
    }

    fn owner(number: u128, percent: i64) -> Owner {
        Owner { owner: id(number), hundredths: percent * 100, investor: None }
    }

    fn facts(kind: &str, years: Vec<Year>, owners: Option<Vec<Owner>>) -> Facts {
        let ownership = owners.map(|owners| Ownership { owners, origin: origin_of_tests() });
        Facts { name: kind.to_owned(), kind: kind.to_owned(), years, ownership }
    }

    fn on(text: &str) -> eligibility::Date {
        text.parse().unwrap()
    }

    /// Who holds the first organisation (30 staff, 5 M€), with the figures of the holder, and whether it is an SME.
    #[test]
    fn table_of_owners_and_size() {
        let own = || vec![year(2025, 30, 5)];
        for (owners, holder, expected) in [
            (None, vec![year(2025, 5_000, 900)], None),
            (Some(vec![]), vec![year(2025, 5_000, 900)], Some(true)),
            (Some(vec![owner(2, 20)]), vec![year(2025, 5_000, 900)], Some(true)),
            (Some(vec![owner(2, 30)]), vec![year(2025, 5_000, 900)], Some(false)),
            (Some(vec![owner(2, 30)]), vec![year(2025, 100, 5)], Some(true)),
            (Some(vec![owner(2, 60)]), vec![year(2025, 230, 5)], Some(false)),
            (Some(vec![owner(2, 60)]), vec![], None),
        ] {
            let kept =
                Kept::from([(id(1), facts("company", own(), owners.clone())), (id(2), facts("company", holder, None))]);
            let size = size_of(&kept, id(1), on("2026-09-01")).unwrap();
            assert_eq!(size.sme(), expected, "{owners:?}: {:?}", size.status);
        }
        let investor = Owner { investor: Some(Investor::VentureCapital), ..owner(2, 40) };
        let kept = Kept::from([
            (id(1), facts("company", own(), Some(vec![investor]))),
            (id(2), facts("company", vec![year(2025, 5_000, 900)], None)),
        ]);
        assert_eq!(size_of(&kept, id(1), on("2026-09-01")).unwrap().sme(), Some(true), "an investor is not counted");
        let public = Kept::from([
            (id(1), facts("company", own(), Some(vec![owner(2, 25)]))),
            (id(2), facts("public_authority", vec![], None)),
        ]);
        assert_eq!(size_of(&public, id(1), on("2026-09-01")).unwrap().sme(), Some(false), "a quarter is public");
        assert!(size_of(&public, id(2), on("2026-09-01")).is_none(), "nothing is stated of it");
        let university = Kept::from([(id(1), facts("university", own(), Some(vec![])))]);
        assert!(size_of(&university, id(1), on("2026-09-01")).is_none(), "no enterprise");
    }

    #[test]
    fn size_changes_after_two_years_and_reads_none_that_lie_ahead() {
        let of = |years: Vec<Year>| {
            let kept = Kept::from([(id(1), facts("company", years, Some(vec![])))]);
            size_of(&kept, id(1), on("2026-09-01")).unwrap()
        };
        let grown = of(vec![year(2025, 400, 90), year(2024, 100, 20)]);
        assert_eq!((grown.sme(), grown.status.held_by_two_years), (Some(true), true));
        assert_eq!(of(vec![year(2025, 400, 90), year(2024, 400, 90), year(2023, 100, 20)]).sme(), Some(false));
    }

    #[test]
    fn what_one_owns_is_counted_too() {
        let kept = Kept::from([
            (id(1), facts("company", vec![year(2025, 30, 5)], Some(vec![]))),
            (id(2), facts("company", vec![year(2025, 300, 90)], Some(vec![owner(1, 100)]))),
        ]);
        let size = size_of(&kept, id(1), on("2026-09-01")).unwrap();
        assert_eq!((size.sme(), size.status.years[0].terms.len()), (Some(false), 2));
    }

    #[test]
    fn owners_are_refused_with_their_place() {
        let kept = Kept::from([
            (id(1), facts("one", vec![], None)),
            (id(2), facts("two", vec![], Some(vec![owner(3, 30)]))),
            (id(3), facts("three", vec![], Some(vec![owner(1, 30)]))),
        ]);
        let given = |owners: Vec<Owner>| GivenOwners {
            owners: owners.into_iter().enumerate().collect(),
            source: "register".to_owned(),
            stated_on: Some(day("2026-01-01")),
        };
        let wrong = |owners: Vec<Owner>| -> Vec<(String, String, String)> {
            let problems = given(owners).sound(&kept, id(1), day("2026-09-01")).unwrap_err();
            problems.into_iter().map(|problem| (problem.field, problem.message, problem.value)).collect()
        };
        let told = |field: &str, message: &str, value: &str| {
            vec![(field.to_owned(), format!("figures-wrong-{message}"), value.to_owned())]
        };
        assert!(given(vec![]).sound(&kept, id(1), day("2026-09-01")).is_ok());
        assert!(given(vec![owner(2, 24), owner(4, 76)]).sound(&kept, id(1), day("2026-09-01")).is_ok());
        assert_eq!(wrong(vec![owner(2, 25)]), told("owner.0", "circle", "one ← two ← three ← one"));
        assert_eq!(wrong(vec![owner(1, 10)]), told("owner.0", "itself", ""));
        assert_eq!(wrong(vec![owner(4, 60), owner(5, 41)]), told("percent.1", "sum", ""));
        assert_eq!(wrong(vec![owner(4, 6), owner(4, 41)]), told("owner.1", "twice", ""));
        assert_eq!(wrong(vec![owner(4, 0)]), told("percent.0", "percent", ""));
        let undated =
            GivenOwners { source: " ".to_owned(), stated_on: Some(day("2026-09-02")), ..GivenOwners::default() };
        let problems = undated.sound(&kept, id(1), day("2026-09-01")).unwrap_err();
        assert_eq!(problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["source", "stated_on"]);
    }

    #[test]
    fn a_year_needs_a_figure_and_its_source() {
        let good = GivenYear {
            year: Some(2025),
            headcount: Some(3),
            source: "accounts".to_owned(),
            stated_on: Some(day("2026-05-01")),
            ..GivenYear::default()
        };
        let today = day("2026-09-01");
        assert_eq!(good.sound(today).unwrap(), (2025, "accounts".to_owned(), day("2026-05-01")));
        let wrong = |given: &GivenYear| -> Vec<String> {
            given.sound(today).unwrap_err().into_iter().map(|problem| problem.field).collect()
        };
        assert_eq!(wrong(&GivenYear::default()), ["year", "headcount", "source", "stated_on"]);
        assert_eq!(wrong(&GivenYear { year: Some(2027), ..good.clone() }), ["year"]);
    }
}
