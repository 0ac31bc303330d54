//! Correcting a record: who may, what can be wrong, and what is written.

use serde::{Deserialize, Serialize};

use super::{
    OrganisationId,
    imports::facts::Fact,
    model::{CompetenceBasis, Kind},
    record::Record,
    search, store,
};
use crate::{
    accounts::{self, Action, Actor, Resource, Role, decide},
    directory::search::Catalogue,
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
        sources::{self, Source},
    },
};

/// The longest name.
const LONGEST_NAME: usize = 300;
/// The longest description.
const LONGEST_DESCRIPTION: usize = 4000;
/// The longest declaration in own words.
const LONGEST_DECLARATION: usize = 300;

/// The form as it was sent.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Form {
    /// The revision that the person saw.
    pub revision: i64,
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: String,
    /// The website.
    pub website: String,
    /// The description.
    pub description: String,
    /// Concepts kept or chosen.
    pub concept: Vec<String>,
    /// Competences as typed, one an input; each may name a concept or be own words.
    pub competence: Vec<String>,
    /// The concepts chosen in those inputs, empty where none was.
    pub competence_id: Vec<String>,
    /// Declarations kept.
    pub declaration: Vec<String>,
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The revision that the person saw.
    pub revision: i64,
    /// The name.
    pub name: Option<String>,
    /// The kind.
    pub kind: Kind,
    /// The website, with its scheme.
    pub website: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Concepts.
    pub concepts: Vec<String>,
    /// Own words.
    pub declarations: Vec<String>,
}

/// Reads the form. `concept_of` finds the concept that a text names; `known` says whether a concept is one.
pub fn read(
    form: &Form,
    had_name: bool,
    known: impl Fn(&str) -> bool,
    concept_of: impl Fn(&str) -> Option<String>,
) -> Result<Change, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        problems.push(FieldProblem {
            field: field.to_owned(),
            message: message.to_owned(),
            value: value.chars().take(200).collect(),
        });
    };
    let one_line = |text: &str| visible(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = one_line(&form.name);
    // A name may be added, but not taken away: a list of organisations without names helps nobody.
    if name.is_empty() && had_name {
        wrong("name", "directory-problem-name-empty", "");
    }
    if name.chars().count() > LONGEST_NAME {
        wrong("name", "directory-problem-too-long", &name);
    }
    let kind = form.kind.parse::<Kind>();
    if kind.is_err() {
        wrong("kind", "directory-problem-kind", &form.kind);
    }
    let website = match website(&form.website) {
        Ok(website) => website,
        Err(()) => {
            wrong("website", "directory-problem-website", &form.website);
            None
        }
    };
    let description = visible(&form.description).trim().to_owned();
    if description.chars().count() > LONGEST_DESCRIPTION {
        wrong("description", "directory-problem-too-long", &description);
    }
    let mut concepts: Vec<String> = Vec::new();
    let mut declarations: Vec<String> =
        form.declaration.iter().map(|text| one_line(text)).filter(|text| !text.is_empty()).collect();
    for concept in form.concept.iter().chain(&form.competence_id).filter(|id| !id.is_empty()) {
        if known(concept) {
            concepts.push(concept.clone());
        } else {
            wrong("competence", "directory-problem-concept", concept);
        }
    }
    for (position, typed) in form.competence.iter().enumerate() {
        let typed = one_line(typed);
        let chosen = form.competence_id.get(position).is_some_and(|id| !id.is_empty());
        if typed.is_empty() || chosen {
            continue;
        }
        if typed.chars().count() > LONGEST_DECLARATION {
            wrong("competence", "directory-problem-too-long", &typed);
        } else if let Some(concept) = concept_of(&typed) {
            concepts.push(concept);
        } else {
            declarations.push(typed);
        }
    }
    concepts.sort();
    concepts.dedup();
    declarations.sort();
    declarations.dedup();
    match kind {
        Ok(kind) if problems.is_empty() => Ok(Change {
            revision: form.revision,
            name: (!name.is_empty()).then_some(name),
            kind,
            website,
            description: (!description.is_empty()).then_some(description),
            concepts,
            declarations,
        }),
        _ => Err(problems),
    }
}

/// A text without control characters and without the marks that turn the direction of writing.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|letter| {
            let turns = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            (!letter.is_control() || *letter == '\n') && !turns
        })
        .collect()
}

/// A website with its scheme; nothing but http and https is a website.
pub(super) fn website(text: &str) -> Result<Option<String>, ()> {
    let text = visible(text).trim().to_owned();
    if text.is_empty() {
        return Ok(None);
    }
    let address = match text.split_once("://") {
        Some(("http" | "https", _)) => text.clone(),
        Some(_) => return Err(()),
        None => format!("https://{text}"),
    };
    let host = address.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or("");
    let fine = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
        && host.chars().all(|letter| letter.is_alphanumeric() || ".-:".contains(letter))
        && !address.contains(|letter: char| letter.is_whitespace() || "\"<>\\^`{|}".contains(letter));
    if fine { Ok(Some(address)) } else { Err(()) }
}

/// Whether the actor may correct this record.
pub async fn may_edit(app: &App, actor: &Actor, id: OrganisationId) -> Result<(), Error> {
    let member_of_actors_cluster = match actor.cluster() {
        Some(cluster) => super::is_member(app, actor, id, cluster.id).await?,
        None => false,
    };
    decide(actor, Action::EditOrganisation, Resource::Organisation { id: id.0, member_of_actors_cluster })
}

/// The source under which organisations state things of themselves.
pub const OWN_STATEMENT: &str = "Own statement";

/// On what basis this person's competences stand, and which source states them: an organisation declares, a cluster
/// vouches.
fn standing(actor: &Actor) -> (CompetenceBasis, String, String, String) {
    let own = || ("own-statement".to_owned(), OWN_STATEMENT.to_owned(), "The organisation itself".to_owned());
    let (basis, (slug, name, publisher)) = match (actor.role(), actor.cluster()) {
        (Some(Role::MemberContact), _) | (_, None) => (CompetenceBasis::Declared, own()),
        (_, Some(cluster)) => (
            CompetenceBasis::Vouched,
            (
                format!("cluster-statement-{}", cluster.slug),
                format!("Statement of {}", cluster.name),
                cluster.name.clone(),
            ),
        ),
    };
    (basis, slug, name, publisher)
}

/// The basis on which this person's competences stand.
pub fn basis_of(actor: &Actor) -> CompetenceBasis {
    standing(actor).0
}

/// The name of the source under which this person states something.
pub fn source_of(actor: &Actor) -> String {
    standing(actor).2
}

/// Corrects a record.
///
/// # Errors
/// [`Error::Clash`] when somebody else changed it since; [`Error::Invalid`] with the fields that cannot be used.
pub async fn edit(app: &App, actor: &Actor, record: &Record, form: &Form) -> Result<(), Error> {
    let id = record.organisation.id;
    may_edit(app, actor, id).await?;
    let snapshot = app.part::<Catalogue>().snapshot();
    let had_name = record.organisation.name.is_some();
    let change = read(
        form,
        had_name,
        |concept| snapshot.concept(concept).is_some(),
        |typed| snapshot.concept_by_label(typed).map(|concept| concept.id.clone()),
    )
    .map_err(Error::Invalid)?;
    let now = app.clock.now();
    let zone = accounts::zone_of(app, actor).await?;
    let today = app.clock.today(&zone).to_string();
    let (basis, slug, name, publisher) = standing(actor);
    let source = Source {
        slug: slug.into(),
        name: name.into(),
        attribution: publisher.clone().into(),
        publisher: publisher.into(),
        licence: "as stated".into(),
        url: None,
        dated: today.clone().into(),
    };
    let name_key = ranking::identity::normalise(change.name.as_deref().unwrap_or(""));
    let before = serde_json::to_value(&record.organisation).map_err(anyhow::Error::from)?;
    let after = serde_json::to_value(&change).map_err(anyhow::Error::from)?;
    // Only what was changed becomes a statement: leaving a field as it was is no statement about it.
    let old = &record.organisation;
    let mut fields: Vec<(&str, Option<String>)> = Vec::new();
    if change.name != old.name {
        fields.push(("name", change.name.clone()));
    }
    if change.kind.key() != old.kind {
        fields.push(("kind", Some(change.kind.key().to_owned())));
    }
    if change.website != old.website {
        fields.push(("website", change.website.clone()));
    }
    if change.description != old.description {
        fields.push(("description", change.description.clone()));
    }
    let cluster = actor.cluster().map(|cluster| cluster.id);
    let vouched_by = cluster.filter(|_| basis == CompetenceBasis::Vouched);
    transact!(app.database, transaction => {
        if !store::change_facts(transaction, id, &change, &name_key, now).await? {
            return Err(Error::Clash("this organisation; nothing of yours was written".to_owned()));
        }
        let source = sources::put(transaction, &source).await?;
        let mut rows = store::Rows::new(store::Replacing::Nothing);
        for (field, value) in &fields {
            // A field that was emptied is stated as empty, so that no import fills it again.
            let fact = Fact::single(source, field, value.clone().unwrap_or_default(), Some(&today));
            rows.statement(id, &fact, true);
        }
        store::put_competences(transaction, id, basis.key(), &change.concepts, source, &mut rows).await?;
        store::put_declarations(transaction, id, &change.declarations, vouched_by, source, &today, &mut rows).await?;
        rows.write(transaction).await?;
        audit::record(transaction, audit::Entry {
            at: now,
            person: actor.person(),
            cluster: cluster.map(|cluster| cluster.0),
            action: "correct",
            subject_kind: "organisation",
            subject: id.to_string(),
            summary: record.shown_name(),
            before: before.clone(),
            after: after.clone(),
        })
        .await?;
        search::touch(transaction, now).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form() -> Form {
        Form { name: "Institut Curie".to_owned(), kind: "research_organisation".to_owned(), ..Form::default() }
    }

    fn reading(form: &Form) -> Result<Change, Vec<FieldProblem>> {
        read(form, true, |id| id == "c1", |text| (text == "oncologie").then(|| "c2".to_owned()))
    }

    #[test]
    fn typed_competences_become_concepts_or_own_words() {
        let change = reading(&Form {
            concept: vec!["c1".to_owned()],
            competence: vec!["oncologie".to_owned(), " organoïdes  de foie ".to_owned(), "left".to_owned()],
            competence_id: vec![String::new(), String::new(), "c1".to_owned()],
            ..form()
        })
        .unwrap();
        assert_eq!(change.concepts, ["c1", "c2"]);
        assert_eq!(change.declarations, ["organoïdes de foie"]);
    }

    #[test]
    fn wrong_fields_are_named_all_at_once() {
        let problems = reading(&Form {
            name: " ".to_owned(),
            kind: "gremium".to_owned(),
            website: "javascript:alert(1)".to_owned(),
            concept: vec!["c9".to_owned()],
            ..form()
        })
        .unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "kind", "website", "competence"]);
    }

    #[test]
    fn websites_get_their_scheme_and_nothing_else_passes() {
        assert_eq!(website("www.curie.fr"), Ok(Some("https://www.curie.fr".to_owned())));
        assert_eq!(website("http://a.example/b?c#d"), Ok(Some("http://a.example/b?c#d".to_owned())));
        assert_eq!(website("  "), Ok(None));
        for wrong in ["ftp://a.example", "javascript:alert(1)", "no host", "https://", "a..b", "https://x.y/\"><b"] {
            assert_eq!(website(wrong), Err(()), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_input_is_read_without_a_fault(name in ".*", site in ".*", typed in ".*") {
            let _ = reading(&Form { name, website: site, competence: vec![typed], ..form() });
        }

        #[test]
        fn an_accepted_website_is_safe_in_a_link(site in ".*") {
            if let Ok(Some(address)) = website(&site) {
                prop_assert!(address.starts_with("http://") || address.starts_with("https://"));
                prop_assert!(!address.contains(['"', '<', '>', ' ']));
            }
        }
    }
}
