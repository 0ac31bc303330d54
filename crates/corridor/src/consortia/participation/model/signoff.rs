//! Whether what a partner signed off is still what the draft says of it.

use std::collections::BTreeMap;

use crate::{
    consortia::{Content, MemberRole, MemberSide},
    directory::OrganisationId,
};

/// What of a draft concerns one partner: what it signs off. Whatever else changes does not touch its signature.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Concern {
    /// Its role.
    pub role: MemberRole,
    /// Its side.
    pub side: MemberSide,
    /// Its amounts in cents by the name of their field; none where nobody has said.
    pub amounts: BTreeMap<String, Option<i64>>,
}

impl Concern {
    /// What concerns this organisation; nothing where it is no member.
    pub fn of(content: &Content, organisation: OrganisationId) -> Option<Self> {
        let member = content.members.iter().find(|member| member.organisation == organisation)?;
        let amounts = member.amounts().into_iter().map(|(name, cents)| (name.to_owned(), cents)).collect();
        Some(Concern { role: member.role, side: member.side, amounts })
    }
}

/// What a partner said when it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It signs off.
    Signed,
    /// It objects, with a reason.
    Objected,
}

impl Decision {
    /// The word used in keys and the database.
    pub fn key(self) -> &'static str {
        match self {
            Decision::Signed => "signed",
            Decision::Objected => "objected",
        }
    }

    /// The decision of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Decision::Signed, Decision::Objected].into_iter().find(|decision| decision.key() == word)
    }
}

/// How a partner stands with the sign-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignOff {
    /// It has said nothing yet.
    Open,
    /// It signed what the draft says of it now.
    Signed,
    /// It objected to what the draft says of it now.
    Objected,
    /// It decided on something else than what the draft says of it now.
    Void,
}

impl SignOff {
    /// The word used in keys.
    pub fn key(self) -> &'static str {
        match self {
            SignOff::Open => "open",
            SignOff::Signed => "signed",
            SignOff::Objected => "objected",
            SignOff::Void => "void",
        }
    }
}

/// How a partner stands that decided on one thing, now that the draft says another, or the same.
pub fn sign_off(decided: Option<(Decision, &Concern)>, now: &Concern) -> SignOff {
    match decided {
        None => SignOff::Open,
        Some((_, concern)) if concern != now => SignOff::Void,
        Some((Decision::Signed, _)) => SignOff::Signed,
        Some((Decision::Objected, _)) => SignOff::Objected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consortia::Member;

    #[test]
    fn a_signature_is_void_once_what_concerns_its_partner_changes() {
        let (own, other) = (OrganisationId::new(), OrganisationId::new());
        let mut signed = Content { members: vec![Member::new(own), Member::new(other)], ..Content::default() };
        signed.members[0].requested_cents = Some(100);
        let concern = Concern::of(&signed, own).unwrap();
        type Change = fn(&mut Content);
        let changes: [(&str, Change); 13] = [
            ("nothing", |_| {}),
            ("the name", |draft| draft.name = "Other".to_owned()),
            ("the length", |draft| draft.facts.duration_months = Some(48)),
            ("the order", |draft| draft.members.swap(0, 1)),
            ("another's amount", |draft| draft.members[1].requested_cents = Some(5)),
            ("another's role", |draft| draft.members[1].role = MemberRole::Associated),
            ("another leaves", |draft| {
                draft.members.pop();
            }),
            ("an answer", |draft| draft.members[0].declared.sme = Some(true)),
            ("its role", |draft| draft.members[0].role = MemberRole::Associated),
            ("its side", |draft| draft.members[0].side = MemberSide::Industry),
            ("its amount", |draft| draft.members[0].requested_cents = Some(99)),
            ("its amount taken back", |draft| draft.members[0].requested_cents = None),
            ("another of its amounts", |draft| draft.members[0].ikop_cents = Some(0)),
        ];
        let mut table = String::new();
        for (what, change) in changes {
            let mut now = signed.clone();
            change(&mut now);
            let now = Concern::of(&now, own).unwrap();
            let [yes, no] = [Decision::Signed, Decision::Objected].map(|word| sign_off(Some((word, &concern)), &now));
            assert_eq!(yes == SignOff::Void, no == SignOff::Void, "{what}");
            table.push_str(&format!("{} {what}\n", yes.key()));
        }
        assert_eq!(
            table,
            "signed nothing\nsigned the name\nsigned the length\nsigned the order\nsigned another's amount\n\
             signed another's role\nsigned another leaves\nsigned an answer\nvoid its role\nvoid its side\n\
             void its amount\nvoid its amount taken back\nvoid another of its amounts\n"
        );
        assert_eq!(sign_off(None, &concern), SignOff::Open);
        assert_eq!(sign_off(Some((Decision::Objected, &concern)), &concern), SignOff::Objected);
        assert_eq!(Concern::of(&Content::default(), own), None);
    }
}
