//! The tab «Calendar» of a draft, and its dates for programs.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::Path,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        Place,
        calendar::{self, Entry, MilestoneId, NewMilestone},
    },
    Door, OfDraft, audience_words, head, may_write, messages, status,
};
use crate::{
    accounts::{
        Acting, Question, Sure,
        addresses::{self, Feed, privately},
        tokens::Scope,
    },
    consortia::{DraftId, store as drafts},
    directory::OrganisationId,
    foundation::{
        errors::{Error, FieldProblem},
        pages::by_field,
        secrets::Secret,
        time::Day,
    },
};

const TEAM: Feed = Feed { name: "draft.ics", scopes: &[Scope::ConsortiaRead, Scope::CallsRead] };
const PARTNER: Feed = Feed { name: "workspace.ics", scopes: &[Scope::Workspaces, Scope::CallsRead] };

impl Door {
    fn feed(self) -> &'static Feed {
        match self {
            Door::Team => &TEAM,
            Door::Partner => &PARTNER,
        }
    }
}

fn line(acting: &Acting, place: &Place, names: &super::Names, base: &str, today: Day, entry: &Entry) -> Value {
    let page = if entry.page.starts_with('/') { entry.page.clone() } else { calendar::address(base, &entry.page) };
    context! {
        kind => acting.say(entry.kind.text_key()),
        day => entry.day.to_string(),
        days => today.days_until(entry.day),
        name => entry.name.as_str(),
        href => entry.milestone.is_none().then_some(page),
        milestone => entry.milestone.map(|(id, _)| id.to_string()),
        audience => entry.milestone.map(|(_, audience)| audience_words(acting, place, names, audience)),
    }
}

async fn page(
    acting: &Acting,
    door: Door,
    place: &Place,
    typed: BTreeMap<String, String>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (app, base) = (&acting.app, door.base(place.draft().id));
    let entries = calendar::entries(app, &acting.actor, place, acting.language).await?;
    let today = place.today(app);
    let ids: Vec<OrganisationId> = place.draft().content.members.iter().map(|one| one.organisation).collect();
    let mut names = drafts::organisations(&app.database, &ids).await?;
    let missing: Vec<OrganisationId> = entries
        .iter()
        .filter_map(|entry| entry.milestone?.1.partner())
        .filter(|partner| !names.contains_key(partner))
        .collect();
    names.extend(drafts::organisations(&app.database, &missing).await?);
    let (past, coming): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(|entry| entry.day < today);
    let lines = |entries: Vec<&Entry>| {
        entries.into_iter().map(|entry| line(acting, place, &names, &base, today, entry)).collect::<Vec<_>>()
    };
    let addressable = place.addressable();
    let audiences = addressable.iter().map(|audience| {
        context! { value => audience.choice(), label => audience_words(acting, place, &names, *audience) }
    });
    let mut fields: BTreeMap<String, String> = ["name", "day"].map(|name| (name.to_owned(), String::new())).into();
    fields.insert("audience".to_owned(), addressable.first().map(|audience| audience.choice()).unwrap_or_default());
    fields.extend(typed);
    let context = context! {
        draft => head(acting, place.draft()),
        seat => door.seat(),
        coming => lines(coming),
        past => lines(past),
        may_set => door == Door::Team && may_write(acting, door, place),
        audiences => audiences.collect::<Vec<_>>(),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
        base,
    };
    Ok((status(problems), acting.page("consortia/discussion/calendar.html", context).await?).into_response())
}

pub(super) async fn show(door: Door, acting: Acting, Path(id): OfDraft) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    page(&acting, door, &place, BTreeMap::new(), &[]).await
}

pub(super) async fn add(acting: Acting, Path(id): OfDraft, Form(new): Form<NewMilestone>) -> Result<Response, Error> {
    let place = Door::Team.place(&acting, id).await?;
    match calendar::add(&acting.app, &acting.actor, &place, &new).await {
        Ok(_) => Ok(Redirect::to(&format!("/consortia/{id}/calendar?done=discussion-milestone-added")).into_response()),
        Err(Error::Invalid(problems)) => {
            let typed = [("name", new.name), ("day", new.day), ("audience", new.audience)];
            let typed = typed.map(|(name, value)| (name.to_owned(), value)).into();
            page(&acting, Door::Team, &place, typed, &problems).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn delete(
    acting: Acting,
    Path((id, milestone)): Path<(DraftId, MilestoneId)>,
    Form(sure): Form<Sure>,
) -> Result<Response, Error> {
    let place = Door::Team.place(&acting, id).await?;
    let back = format!("/consortia/{id}/calendar");
    if !sure.said() {
        let (act, sentence) = (acting.say("discussion-delete"), acting.say("discussion-milestone-delete-sure"));
        return acting.ask_first(Question { act: &act, sentence: &sentence, fields: &[], back: &back }).await;
    }
    calendar::delete(&acting.app, &acting.actor, &place, milestone).await?;
    Ok(Redirect::to(&format!("{back}?done=discussion-milestone-deleted")).into_response())
}

async fn ics(acting: &Acting, door: Door, id: DraftId) -> Result<Response, Error> {
    let place = door.place(acting, id).await?;
    let entries = calendar::entries(&acting.app, &acting.actor, &place, acting.language).await?;
    let text = calendar::calendar(&acting.app, &place, acting.language, &door.base(id), &entries);
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

pub(super) async fn download(door: Door, acting: Acting, Path(id): OfDraft) -> Result<Response, Error> {
    ics(&acting, door, id).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Labelled {
    label: String,
}

/// Makes a private address of the calendar.
pub(super) async fn make_address(
    door: Door,
    acting: Acting,
    Path(id): OfDraft,
    Form(labelled): Form<Labelled>,
) -> Result<Response, Error> {
    let place = door.place(&acting, id).await?;
    let made = addresses::make(&acting, door.feed(), &place.draft().id.to_string(), &labelled.label).await?;
    addresses::answer(&acting, made).await
}

/// The calendar under a private address: as its owner has the draft now, if they still have it.
pub(super) async fn private(door: Door, acting: Acting, Path(token): Path<Secret>) -> Result<Response, Error> {
    let (acting, query) = addresses::open(acting, door.feed(), &token).await?;
    let unknown = || Error::NotFound("this private address".to_owned());
    let id: DraftId = query.parse().map_err(|_| unknown())?;
    Ok(privately(ics(&acting, door, id).await?))
}

#[cfg(test)]
mod tests {
    use super::super::super::calendar::DateKind;
    use crate::foundation::languages::{Language, Texts};

    #[test]
    fn every_kind_of_date_has_its_word() {
        let texts = Texts::load().unwrap();
        for kind in DateKind::ALL {
            for language in Language::ALL {
                assert!(texts.knows(language, kind.text_key()), "{}", kind.text_key());
            }
        }
    }
}
