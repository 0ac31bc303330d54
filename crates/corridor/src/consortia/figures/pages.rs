//! The page of figures and owners: what is kept, the size that follows term by term, and the forms.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use eligibility::{Fact, Field, Relation, SizeClass, SizeStatus, SizeYear};
use minijinja::{Value, context};

use super::{MOST_OWNERS, OwnerRow, owner_rows, read_owners, read_year, typed};
use crate::{
    accounts::{Acting, Action, Resource, Route, cluster},
    calls,
    consortia::{
        DraftId, find_organisation,
        participation::{self, Workspace},
        rules,
    },
    directory::{
        self, OrganisationId,
        documents::{Reach, StatedBy},
        size::{self, About, Facts, Kept, Origin, Size, investor_key},
    },
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
    },
};

type Fields = Vec<(String, String)>;

/// Rows for owners beyond those that are kept.
const BLANK_ROWS: usize = 2;

/// The routes of figures and owners.
pub fn routes() -> Vec<Route> {
    use Action::{EditDrafts, ReadDrafts, TakePart};
    vec![
        Route::get("/organisations/{id}/figures", ReadDrafts, get(team)),
        Route::post("/organisations/{id}/figures", EditDrafts, post(team_year)),
        Route::post("/organisations/{id}/figures/remove", EditDrafts, post(team_remove)),
        Route::post("/organisations/{id}/owners", EditDrafts, post(team_owners)),
        Route::get("/workspaces/{id}/figures", TakePart, get(partner)),
        Route::post("/workspaces/{id}/figures", TakePart, post(partner_year)),
        Route::post("/workspaces/{id}/figures/remove", TakePart, post(partner_remove)),
        Route::post("/workspaces/{id}/owners", TakePart, post(partner_owners)),
    ]
}

/// Whose figures a page is about, who looks at it, and where it lies.
struct Place {
    reach: Reach,
    organisation: OrganisationId,
    name: String,
    /// The address without its last part.
    base: String,
    /// The draft in which a partner looks at its own.
    workspace: Option<Workspace>,
}

impl Place {
    async fn of_team(acting: &Acting, action: Action, id: OrganisationId) -> Result<Self, Error> {
        let reach = Reach::team(&acting.actor, action)?;
        let record = directory::record(&acting.app, &acting.actor, id).await?;
        if let Some(kept) = record.organisation.merged_into {
            return Err(Error::NotFound(format!("the organisation {id}: it was merged into {kept}")));
        }
        let base = format!("/organisations/{id}");
        Ok(Place { reach, organisation: id, name: record.shown_name(), base, workspace: None })
    }

    async fn of_partner(acting: &Acting, id: DraftId) -> Result<Self, Error> {
        let workspace = participation::workspace(&acting.app, &acting.actor, id).await?;
        let nobody = || Error::NotFound(format!("the draft {id}"));
        let organisation = workspace.seat.organisation().ok_or_else(nobody)?;
        let name = participation::invitations::drafts_name(&acting.app, organisation).await?;
        let reach = Reach::Organisation { cluster: workspace.draft.cluster, organisation, draft: id.0 };
        Ok(Place { reach, organisation, name, base: format!("/workspaces/{id}"), workspace: Some(workspace) })
    }

    /// What is kept, as far as whoever looks may know it: an organisation learns nothing of what others stated of theirs.
    async fn kept(&self, acting: &Acting) -> Result<Kept, Error> {
        let mut kept = size::kept_by(&acting.app.database, self.reach.cluster()).await?;
        if self.workspace.is_some() {
            size::only_of(&mut kept, self.organisation);
        }
        Ok(kept)
    }

    fn about(&self) -> About<'_> {
        About { organisation: self.organisation, name: &self.name }
    }
}

/// What was sent by one of the two forms, and what is wrong with it.
#[derive(Default)]
struct Sent {
    fields: Fields,
    of_owners: bool,
    problems: Vec<FieldProblem>,
}

fn class_key(class: SizeClass) -> &'static str {
    match class {
        SizeClass::Micro => "figures-class-micro",
        SizeClass::Small => "figures-class-small",
        SizeClass::Medium => "figures-class-medium",
        SizeClass::Large => "figures-class-large",
    }
}

fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::Own => "figures-relation-own",
        Relation::Linked => "figures-relation-linked",
        Relation::Partner => "figures-relation-partner",
        Relation::LinkedToPartner => "figures-relation-linked-to-partner",
        Relation::Exempt => "figures-relation-exempt",
    }
}

fn origin(acting: &Acting, place: &Place, origin: &Origin) -> Value {
    let by = match (origin.by, place.workspace.is_some()) {
        (StatedBy::Team, false) => "document-by-team",
        (StatedBy::Team, true) => "document-by-cluster",
        (StatedBy::Organisation, false) => "document-by-organisation",
        (StatedBy::Organisation, true) => "document-by-own",
    };
    context! {
        source => origin.source.as_str(),
        stated_on => origin.stated_on.to_string(),
        by => acting.say(by),
        at => origin.at.0,
    }
}

/// How many decimals a number of hundredths needs.
fn hundredths(acting: &Acting, value: i64) -> String {
    let decimals = if value % 100 == 0 { 0 } else { 2 };
    acting.language.decimal(value as f64 / 100.0, decimals)
}

fn year_of(acting: &Acting, year: &SizeYear) -> Value {
    let terms = year.terms.iter().map(|term| {
        context! {
            name => term.name.as_str(),
            href => format!("/organisations/{}", term.entity),
            relation => acting.say(relation_key(term.relation)),
            percent => hundredths(acting, term.percent.millionths() / 10_000),
            headcount => term.headcount.map(|staff| acting.language.number(staff.into())),
            turnover => term.turnover_cents.map(|cents| acting.language.money(cents)),
            balance => term.balance_cents.map(|cents| acting.language.money(cents)),
        }
    });
    let total = |total: eligibility::SizeTotal, text: String| context! { text, complete => total.complete };
    context! {
        year => year.year.map(|year| year.to_string()),
        class => year.class.map(|class| acting.say(class_key(class))),
        terms => terms.collect::<Vec<_>>(),
        headcount => total(year.staff_hundredths, hundredths(acting, year.staff_hundredths.at_least)),
        turnover => total(year.turnover_cents, acting.language.money(year.turnover_cents.at_least)),
        balance => total(year.balance_cents, acting.language.money(year.balance_cents.at_least)),
    }
}

/// The undecided years in which the figure is missing: another year may well have it.
fn years_without(status: &SizeStatus, fact: &Fact) -> Vec<String> {
    let undecided = status.years.iter().filter(|year| year.class.is_none());
    let lacks = |year: &&SizeYear| {
        year.terms.iter().filter(|term| fact.entity.as_ref() == Some(&term.entity)).any(|term| match fact.field {
            Field::Headcount => term.headcount.is_none(),
            Field::Turnover => term.turnover_cents.is_none() || term.balance_cents.is_none(),
            _ => false,
        })
    };
    undecided.filter(lacks).filter_map(|year| year.year).map(|year| year.to_string()).collect()
}

/// What the figures come to, in words.
fn status(acting: &Acting, size: &Size) -> Value {
    let status = &size.status;
    let mut missing: Vec<String> = status
        .missing
        .iter()
        .map(|fact| {
            let what = format!(
                "{}, {}",
                fact.name.as_deref().unwrap_or_default(),
                rules::said(&fact.field.noun().typeset(), acting.language)
            );
            let years = years_without(status, fact);
            if years.is_empty() {
                return what;
            }
            let values = [("what", what.into()), ("years", years.join(", ").into())];
            acting.app.texts.say(acting.language, "figures-missing-of-years", &values)
        })
        .collect();
    if !size.owners_stated && size.sme() != Some(false) {
        missing.push(acting.say("figures-missing-owners"));
    }
    let sme = size.sme();
    context! {
        kind => match sme { Some(true) => "met", Some(false) => "not-met", None => "unknown" },
        label => acting.say(match sme {
            Some(true) => "figures-is-sme",
            Some(false) => "figures-is-no-sme",
            None => "figures-is-open",
        }),
        class => status.class.filter(|_| sme.is_some()).map(|class| acting.say(class_key(class))),
        mid_cap => status.mid_cap == Some(true),
        held => status.held_by_two_years,
        public => (status.public_percent.millionths() > 0).then(|| hundredths(acting, status.public_percent.millionths() / 10_000)),
        missing,
        years => status.years.iter().rev().map(|year| year_of(acting, year)).collect::<Vec<_>>(),
    }
}

/// What the form of owners begins with: as it was typed, else as it is kept.
fn owner_fields(acting: &Acting, kept: &Kept, facts: Option<&Facts>, sent: &Sent) -> (Vec<Value>, usize) {
    let investor = |investor: Option<eligibility::Investor>| investor.and_then(investor_key).unwrap_or_default();
    let mut rows: Vec<Value> = Vec::new();
    if sent.of_owners {
        let sent_rows = owner_rows(&sent.fields);
        let last = sent_rows.last().map_or(0, |row| row.row + 1);
        for row in 0..last {
            let of = |name: &str| typed(&sent.fields, &format!("{name}.{row}")).to_owned();
            let id = typed(&sent.fields, &format!("owner.{row}_id")).to_owned();
            rows.push(context! { owner => of("owner"), id, percent => of("percent"), investor => of("investor") });
        }
    } else if let Some(ownership) = facts.and_then(|facts| facts.ownership.as_ref()) {
        for owner in &ownership.owners {
            rows.push(context! {
                owner => kept.get(&owner.owner).map_or("", |facts| facts.name.as_str()),
                id => owner.owner.to_string(),
                percent => hundredths(acting, owner.hundredths),
                investor => investor(owner.investor),
            });
        }
    }
    let kept_rows = rows.len();
    let blank = || context! { owner => "", id => "", percent => "", investor => "" };
    rows.extend((0..BLANK_ROWS.min(MOST_OWNERS.saturating_sub(kept_rows))).map(|_| blank()));
    (rows, kept_rows)
}

async fn page(acting: &Acting, place: &Place, sent: Sent) -> Result<Response, Error> {
    let app = &acting.app;
    let kept = place.kept(acting).await?;
    let facts = kept.get(&place.organisation);
    let today = app.clock.today(&cluster(&app.database, place.reach.cluster()).await?.settings.time_zone);
    let day = rules::engine_day(today.max(calls::today(app)))?;
    let size = size::size_of(&kept, place.organisation, day);
    let years: Vec<Value> = facts
        .iter()
        .flat_map(|facts| &facts.years)
        .map(|year| {
            context! {
                year => year.year,
                headcount => year.headcount.map(|staff| acting.language.number(staff.into())),
                turnover => year.turnover_cents.map(|cents| acting.language.money(cents)),
                balance => year.balance_cents.map(|cents| acting.language.money(cents)),
                origin => origin(acting, place, &year.origin),
            }
        })
        .collect();
    let ownership = facts.and_then(|facts| facts.ownership.as_ref());
    let owners = ownership.iter().flat_map(|ownership| &ownership.owners).map(|owner| {
        context! {
            name => kept.get(&owner.owner).map_or("", |facts| facts.name.as_str()),
            href => format!("/organisations/{}", owner.owner),
            percent => hundredths(acting, owner.hundredths),
            investor => owner.investor.and_then(investor_key).map(|word| acting.say(&format!("figures-investor-{}", word.replace('_', "-")))),
        }
    });
    let (rows, _) = owner_fields(acting, &kept, facts, &sent);
    let said = |problem: &FieldProblem| {
        let sentence = acting.say(&problem.message);
        let shown = problem.message == "figures-wrong-circle";
        if shown { format!("{sentence} {}", problem.value) } else { sentence }
    };
    let problems = by_field(sent.problems.iter().map(|one| (one.field.clone(), said(one))).collect());
    let nothing = || by_field(BTreeMap::new());
    let (year_problems, owner_problems) = if sent.of_owners { (nothing(), problems) } else { (problems, nothing()) };
    let source = |of_owners: bool, name: &str| {
        let own = sent.of_owners == of_owners;
        let kept = ownership.filter(|_| of_owners).map(|ownership| match name {
            "source" => ownership.origin.source.clone(),
            _ => ownership.origin.stated_on.to_string(),
        });
        if own && !sent.fields.is_empty() { typed(&sent.fields, name).to_owned() } else { kept.unwrap_or_default() }
    };
    let year_fields: BTreeMap<String, String> = match sent.of_owners {
        true => BTreeMap::new(),
        false => sent.fields.iter().cloned().collect(),
    };
    let investors: Vec<Value> = eligibility::Investor::ALL
        .iter()
        .map(|(_, word)| {
            context! { value => *word, label => acting.say(&format!("figures-investor-{}", word.replace('_', "-"))) }
        })
        .collect();
    let draft = match &place.workspace {
        Some(workspace) => participation::pages::head(acting, workspace).await?,
        None => Value::from(()),
    };
    let may_edit = place.workspace.is_some() || acting.may(Action::EditDrafts, Resource::Instance).is_ok();
    let wrong = !sent.problems.is_empty();
    let context = context! {
        draft,
        seat => if place.workspace.is_some() { "partner" } else { "team" },
        id => place.organisation.to_string(),
        name => place.name.as_str(),
        base => place.base.as_str(),
        size => size.as_ref().map(|size| status(acting, size)),
        years,
        stated => ownership.map(|ownership| origin(acting, place, &ownership.origin)),
        owners => owners.collect::<Vec<_>>(),
        rows,
        investors,
        fields => by_field(year_fields),
        year_source => source(false, "source"),
        year_day => source(false, "stated_on"),
        owners_source => source(true, "source"),
        owners_day => source(true, "stated_on"),
        problems => year_problems,
        owner_problems,
        may_edit,
        editing => wrong,
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, acting.page("consortia/figures/figures.html", context).await?).into_response())
}

fn done(place: &Place) -> Response {
    Redirect::to(&format!("{}/figures?done=figures-kept", place.base)).into_response()
}

async fn keep_year(acting: &Acting, place: &Place, fields: Fields) -> Result<Response, Error> {
    let (given, mut problems) = read_year(&fields);
    if problems.is_empty() {
        match size::keep_year(&acting.app, &acting.actor, &place.reach, place.about(), &given).await {
            Ok(()) => return Ok(done(place)),
            Err(Error::Invalid(more)) => problems = more,
            Err(error) => return Err(error),
        }
    }
    page(acting, place, Sent { fields, of_owners: false, problems }).await
}

async fn remove_year(acting: &Acting, place: &Place, fields: Fields) -> Result<Response, Error> {
    let year = typed(&fields, "year").parse().map_err(|_| Error::input("`year` is no year"))?;
    size::remove_year(&acting.app, &acting.actor, &place.reach, place.about(), year).await?;
    Ok(done(place))
}

async fn keep_owners(acting: &Acting, place: &Place, fields: Fields) -> Result<Response, Error> {
    let mut names: Vec<(OrganisationId, String)> = vec![(place.organisation, place.name.clone())];
    let mut rows: Vec<(OwnerRow<'_>, Option<OrganisationId>)> = Vec::new();
    for row in owner_rows(&fields) {
        let text = if row.chosen.is_empty() { row.owner } else { row.chosen };
        let found = match find_organisation(&acting.app, &acting.actor, text).await {
            Ok(found) => {
                names.push((found.id, found.shown()));
                Some(found.id)
            }
            Err(Error::NotFound(_) | Error::Input(_)) => None,
            Err(error) => return Err(error),
        };
        rows.push((row, found));
    }
    let (given, mut problems) = read_owners(&fields, &rows);
    drop(rows);
    if problems.is_empty() {
        let kept = size::keep_owners(&acting.app, &acting.actor, &place.reach, place.about(), &given, &names).await;
        match kept {
            Ok(()) => return Ok(done(place)),
            Err(Error::Invalid(more)) => problems = more,
            Err(error) => return Err(error),
        }
    }
    page(acting, place, Sent { fields, of_owners: true, problems }).await
}

async fn team(acting: Acting, Path(id): Path<OrganisationId>) -> Result<Response, Error> {
    let place = Place::of_team(&acting, Action::ReadDrafts, id).await?;
    page(&acting, &place, Sent::default()).await
}

async fn team_year(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    keep_year(&acting, &Place::of_team(&acting, Action::EditDrafts, id).await?, fields).await
}

async fn team_remove(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    remove_year(&acting, &Place::of_team(&acting, Action::EditDrafts, id).await?, fields).await
}

async fn team_owners(
    acting: Acting,
    Path(id): Path<OrganisationId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    keep_owners(&acting, &Place::of_team(&acting, Action::EditDrafts, id).await?, fields).await
}

async fn partner(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    let place = Place::of_partner(&acting, id).await?;
    page(&acting, &place, Sent::default()).await
}

async fn partner_year(acting: Acting, Path(id): Path<DraftId>, Form(fields): Form<Fields>) -> Result<Response, Error> {
    keep_year(&acting, &Place::of_partner(&acting, id).await?, fields).await
}

async fn partner_remove(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    remove_year(&acting, &Place::of_partner(&acting, id).await?, fields).await
}

async fn partner_owners(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(fields): Form<Fields>,
) -> Result<Response, Error> {
    keep_owners(&acting, &Place::of_partner(&acting, id).await?, fields).await
}
