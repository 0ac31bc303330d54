//! Audiences in words, with the names of those who see.

use fluent_bundle::FluentValue;

use super::Audience;
use crate::{
    accounts::{
        ClusterRef,
        alliances::{self, Alliance, Standing},
    },
    foundation::{
        database::Database,
        errors::Error,
        languages::{Language, Texts},
    },
};

/// A cluster with the alliances it is or was in: what audiences are worded with.
#[derive(Clone, Debug)]
pub struct Circle {
    cluster: ClusterRef,
    alliances: Vec<Alliance>,
}

/// An audience that a form offers.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Choice {
    /// The audience as text.
    pub value: String,
    /// Who that is.
    pub label: String,
}

impl Circle {
    /// What is needed to word the audiences of this cluster.
    pub async fn of(database: &Database, cluster: &ClusterRef) -> Result<Self, Error> {
        Ok(Circle { cluster: cluster.clone(), alliances: alliances::of_cluster(database, cluster.id).await? })
    }

    /// Who sees what is shown to this audience, as words that go on after "seen by".
    pub fn words(&self, texts: &Texts, language: Language, audience: &Audience) -> String {
        let say = |key: &str, values: &[(&str, FluentValue<'_>)]| texts.say(language, key, values);
        let own = FluentValue::from(self.cluster.name.as_str());
        match audience {
            Audience::Team => say("audience-team", &[("cluster", own)]),
            Audience::Members => say("audience-members", &[("cluster", own)]),
            Audience::Public => say("audience-public", &[]),
            Audience::Alliances(with) => {
                let meant = || self.alliances.iter().filter(|alliance| with.contains(&alliance.id));
                let named = |standing: Standing| {
                    let mut names: Vec<&str> = meant()
                        // A cluster that left an alliance shares nothing in it any more, nor do the others with it.
                        .filter(|alliance| alliance.holds(self.cluster.id))
                        .flat_map(|alliance| &alliance.clusters)
                        .filter(|place| place.standing == standing && place.cluster.id != self.cluster.id)
                        .map(|place| place.cluster.name.as_str())
                        .collect();
                    names.sort_unstable();
                    names.dedup();
                    names
                };
                let (joined, asked) = (named(Standing::Joined), named(Standing::Asked));
                let mut words = match joined.as_slice() {
                    [] => say("audience-team", &[("cluster", own)]),
                    others => {
                        let mut all = vec![self.cluster.name.as_str()];
                        all.extend(others);
                        say("audience-alliances", &[("clusters", listed(texts, language, &all).into())])
                    }
                };
                if !asked.is_empty() {
                    words.push_str(&say("audience-asked", &[("clusters", listed(texts, language, &asked).into())]));
                }
                if joined.is_empty() && asked.is_empty() {
                    words.push_str(&say("audience-over", &[]));
                }
                words
            }
        }
    }

    /// The audiences that a form of this cluster offers, in words; `current` is among them whatever it is.
    pub fn choices(&self, texts: &Texts, language: Language, current: &[&Audience]) -> Vec<Choice> {
        let mut offered = vec![Audience::Team];
        let own = self.alliances.iter().filter(|alliance| alliance.holds(self.cluster.id));
        offered.extend(own.map(|alliance| Audience::Alliances([alliance.id].into())));
        offered.extend([Audience::Members, Audience::Public]);
        for audience in current {
            if !offered.contains(audience) {
                offered.push((*audience).clone());
            }
        }
        offered
            .iter()
            .map(|audience| Choice { value: audience.to_string(), label: self.words(texts, language, audience) })
            .collect()
    }

    /// Whether the cluster may choose this audience: alliances only those that it is in.
    pub fn may_choose(&self, audience: &Audience) -> bool {
        match audience {
            Audience::Alliances(with) => with
                .iter()
                .all(|id| self.alliances.iter().any(|alliance| alliance.id == *id && alliance.holds(self.cluster.id))),
            _ => true,
        }
    }
}

/// Names in a row: "A, B and C".
pub(crate) fn listed(texts: &Texts, language: Language, names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => {
            let values = [("first", first.join(", ").into()), ("last", FluentValue::from(*last))];
            texts.say(language, "audience-and", &values)
        }
    }
}
