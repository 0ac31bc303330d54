//! Memberships and who sees them: what is shown of a record to a reader, and the choice of its audience.

use std::{collections::BTreeSet, str::FromStr};

use serde::Deserialize;
use serde_json::json;

use super::{
    OrganisationId,
    imports::MEMBERS_LIST,
    is_member,
    model::DERIVED_FROM_REGION,
    record::{Membership, Record},
    search, store,
};
use crate::{
    accounts::{
        Action, Actor, ClusterId, Resource, decide,
        visibility::{Audience, Circle, Reader},
    },
    foundation::{
        audit,
        errors::{Error, FieldProblem},
        instance::App,
    },
};

/// The source of a fact that is known from a list of members of which the reader may not know: which cluster's list it was
/// would say that it is a member there.
pub const A_CLUSTER: &str = "a cluster of this instance";

/// The name of the source of memberships that the region says.
const DERIVED_SOURCE: &str = "Corridor: derived from the region";

/// A membership as it is stored, with who sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::directory) struct StoredMembershipLine {
    pub cluster_id: ClusterId,
    pub slug: String,
    pub cluster: String,
    pub cluster_organisation: Option<OrganisationId>,
    pub college: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    pub basis: String,
    pub fee_cents: Option<i64>,
    #[sqlx(try_from = "String")]
    pub audience: Audience,
    #[sqlx(try_from = "String")]
    pub fee_audience: Audience,
    pub also_derived: bool,
    pub source: String,
    pub source_slug: String,
}

/// What must not be named to a reader, because it would tell of a membership that they may not see.
#[derive(Clone, Debug, Default)]
pub(in crate::directory) struct Hidden {
    names: BTreeSet<String>,
}

/// The memberships that a reader sees. Who may not see a stated one sees what the region says in its place, as if nothing
/// were stated.
pub(in crate::directory) fn seen(reader: &Reader, stored: Vec<StoredMembershipLine>) -> (Vec<Membership>, Hidden) {
    let mut hidden = Hidden::default();
    let mut memberships = Vec::with_capacity(stored.len());
    for line in stored {
        let shown = reader.sees(line.cluster_id, &line.audience);
        // A document of the world may state much else: only a cluster's own list tells who is a member.
        if !shown && line.source_slug.starts_with(MEMBERS_LIST) {
            hidden.names.extend([line.source.clone(), line.cluster.clone()]);
        }
        if !shown && !line.also_derived {
            continue;
        }
        let team = reader.is_team_of(line.cluster_id);
        let bare = !shown;
        memberships.push(Membership {
            slug: line.slug,
            cluster: line.cluster,
            cluster_organisation: line.cluster_organisation,
            college: line.college.filter(|_| !bare),
            since: line.since.filter(|_| !bare),
            until: line.until.filter(|_| !bare),
            fee_cents: line.fee_cents.filter(|_| !bare && reader.sees(line.cluster_id, &line.fee_audience)),
            basis: if bare { DERIVED_FROM_REGION.to_owned() } else { line.basis },
            source: if bare { DERIVED_SOURCE.to_owned() } else { line.source },
            audiences: team.then_some((line.audience, line.fee_audience)),
        });
    }
    (memberships, hidden)
}

/// Every place of a record that names a source, its publisher, or a cluster that vouches.
fn names_of_sources(record: &mut Record) -> impl Iterator<Item = &mut String> {
    let Record { identifiers, names, competences, statements, declarations, .. } = record;
    let statements = statements.iter_mut().flat_map(|one| [&mut one.source, &mut one.publisher]);
    let declarations = declarations.iter_mut().flat_map(|one| [Some(&mut one.source), one.vouched_by.as_mut()]);
    identifiers
        .iter_mut()
        .map(|one| &mut one.source)
        .chain(names.iter_mut().map(|one| &mut one.source))
        .chain(competences.iter_mut().map(|one| &mut one.source))
        .chain(statements)
        .chain(declarations.flatten())
}

/// A record whose facts do not name the lists of members that the reader may not know of.
pub(in crate::directory) fn without_sources(mut record: Record, hidden: &Hidden) -> Record {
    for name in names_of_sources(&mut record) {
        if hidden.names.contains(name) {
            A_CLUSTER.clone_into(name);
        }
    }
    record
}

/// The record with [`A_CLUSTER`] in the reader's language.
pub(in crate::directory) fn worded(mut record: Record, words: &str) -> Record {
    for name in names_of_sources(&mut record) {
        if name == A_CLUSTER {
            words.clone_into(name);
        }
    }
    record
}

/// The form that says who sees a membership.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Form {
    /// Who sees it.
    pub audience: String,
    /// Who sees the fee.
    pub fee_audience: String,
}

/// Says who sees the membership of an organisation in the cluster acted for.
///
/// # Errors
/// [`Error::NotFound`] where it is no member; [`Error::Invalid`] where an audience cannot be chosen.
pub async fn show_to(app: &App, actor: &Actor, record: &Record, form: &Form) -> Result<(), Error> {
    decide(actor, Action::EditNotes, Resource::Instance)?;
    let refused = Error::Refused { reason: "refused-no-cluster", sign_in: false };
    let cluster = actor.cluster().cloned().ok_or(refused)?;
    decide(actor, Action::EditNotes, Resource::Cluster(cluster.id))?;
    let id = record.organisation.id;
    let unknown = || Error::NotFound(format!("a membership of the organisation {id}"));
    if !is_member(app, actor, id, cluster.id).await? {
        return Err(unknown());
    }
    let circle = Circle::of(&app.database, &cluster).await?;
    let own = record.memberships.iter().find(|membership| membership.slug == cluster.slug);
    let (before, fee_before) = own.and_then(|membership| membership.audiences.clone()).ok_or_else(unknown)?;
    let mut problems = Vec::new();
    let mut chosen = |field: &str, value: &str, kept: &Audience| {
        let audience = Audience::from_str(value).ok();
        let audience = audience.filter(|audience| circle.may_choose(audience) || audience == kept);
        if audience.is_none() {
            problems.push(FieldProblem {
                field: field.to_owned(),
                message: "contact-problem-audience".to_owned(),
                value: value.chars().take(100).collect(),
            });
        }
        audience
    };
    let audience = chosen("audience", &form.audience, &before);
    let fee = chosen("fee_audience", &form.fee_audience, &fee_before);
    let (Some(audience), Some(fee)) = (audience, fee) else { return Err(Error::Invalid(problems)) };
    let now = app.clock.now();
    transact!(app.database, transaction => {
        if !store::show_membership_to(transaction, id, cluster.id, &audience, &fee).await? {
            return Err(unknown());
        }
        audit::record(transaction, audit::Entry {
            at: now,
            person: actor.person(),
            cluster: Some(cluster.id.0),
            action: "show_to",
            subject_kind: "membership",
            subject: id.to_string(),
            summary: record.shown_name(),
            before: json!({ "audience": before, "fee_audience": fee_before }),
            after: json!({ "audience": audience, "fee_audience": fee }),
        })
        .await?;
        search::touch(transaction, now).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(audience: Audience, also_derived: bool) -> StoredMembershipLine {
        StoredMembershipLine {
            cluster_id: ClusterId::new(),
            slug: "c".to_owned(),
            cluster: "C".to_owned(),
            cluster_organisation: None,
            college: Some("sme".to_owned()),
            since: Some("2020".to_owned()),
            until: None,
            basis: "stated".to_owned(),
            fee_cents: Some(100),
            audience,
            fee_audience: Audience::Team,
            also_derived,
            source: "Members of C".to_owned(),
            source_slug: format!("{MEMBERS_LIST}c"),
        }
    }

    #[test]
    fn who_may_not_see_a_stated_membership_sees_what_there_is_without_it() {
        let nobody = Reader::default();
        let (none, hidden) = seen(&nobody, vec![line(Audience::Members, false)]);
        assert!(none.is_empty() && hidden.names.contains("Members of C"));
        let (derived, _) = seen(&nobody, vec![line(Audience::Members, true)]);
        assert_eq!((derived[0].basis.as_str(), &derived[0].college), (DERIVED_FROM_REGION, &None));
        assert_eq!((derived[0].fee_cents, derived[0].source.as_str()), (None, DERIVED_SOURCE));
        let (public, hidden) = seen(&nobody, vec![line(Audience::Public, true)]);
        assert_eq!((public[0].basis.as_str(), public[0].fee_cents), ("stated", None), "the fee is the team's");
        assert!(hidden.names.is_empty());
        let (own, _) = seen(&Reader::console(), vec![line(Audience::Team, false)]);
        assert_eq!(own[0].fee_cents, Some(100));
    }
}
