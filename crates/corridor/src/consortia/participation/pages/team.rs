//! The tab «Partners» of a draft: who was asked and answered, who is interested, who has signed off.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use minijinja::{Value, context};

use super::{
    super::{
        interests::{self, InterestId, KINDS, Reply, Sought},
        invitations::{self, Asked, Invitation, InvitationId},
        model::State,
        signoff,
    },
    choices, decided, messages, person,
};
use crate::{
    accounts::{
        Acting, Action, Question, Resource, Sure,
        visibility::{Audience, Circle},
    },
    consortia::{
        Draft, DraftId, MemberRole, MemberSide, find_organisation, open as open_draft, pages::head, rules_of,
        store as drafts,
    },
    directory::{OrganisationId, contacts::Contact},
    foundation::{
        errors::{Error, FieldProblem},
        languages::Language,
        pages::{Serde, by_field},
    },
};

type Names = BTreeMap<OrganisationId, drafts::OrganisationFacts>;

fn named(names: &Names, id: OrganisationId) -> (String, String) {
    names.get(&id).map(|facts| (facts.shown(), facts.href())).unwrap_or_default()
}

fn invitation(acting: &Acting, names: &Names, one: &Invitation) -> Value {
    let (organisation, href) = named(names, one.organisation);
    context! {
        id => one.id.to_string(),
        organisation_id => one.organisation.to_string(),
        organisation,
        href,
        role => acting.say(&format!("consortia-role-{}", one.part.role.key())),
        side => acting.say(&format!("consortia-side-{}", one.part.side.key())),
        email => one.email.as_deref(),
        inviter => person(acting, one.inviter.as_deref()),
        created_at => one.created_at.0,
        reminded_at => one.reminded_at.map(|at| at.0),
        answer_by => one.answer_by.to_string(),
        state => one.state.key(),
        answered_at => one.answered_at.map(|at| at.0),
        answered_by => person(acting, one.answered_by.as_deref()),
        words => one.answer_words.as_deref().unwrap_or_default(),
    }
}

async fn page(
    acting: &Acting,
    id: DraftId,
    typed: BTreeMap<String, String>,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let (app, actor) = (&acting.app, &acting.actor);
    let draft = open_draft(app, actor, id).await?;
    let known = invitations::of_draft(app, actor, id).await?;
    let (opening, answers) = interests::of_draft(app, actor, id).await?;
    let round = signoff::of_draft(app, actor, id).await?;
    let members = draft.content.members.iter().map(|member| member.organisation);
    let mut ids: Vec<OrganisationId> = members
        .chain(known.iter().map(|one| one.organisation))
        .chain(answers.iter().map(|one| one.organisation))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Names = drafts::organisations(&app.database, &ids).await?;
    let two_sided = draft.content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, &draft).has_sides(id));
    // Each member with the newest that was asked of it; then who was asked and is no member.
    let newest = |organisation| known.iter().find(|one| one.organisation == organisation);
    let rows: Vec<Value> = draft
        .content
        .members
        .iter()
        .map(|member| {
            let (name, href) = named(&names, member.organisation);
            context! {
                id => member.organisation.to_string(),
                name,
                href,
                role => acting.say(&format!("consortia-role-{}", member.role.key())),
                side => acting.say(&format!("consortia-side-{}", member.side.key())),
                invitation => newest(member.organisation).map(|one| invitation(acting, &names, one)),
            }
        })
        .collect();
    let is_member = |id: OrganisationId| draft.content.members.iter().any(|member| member.organisation == id);
    let mut seen: Vec<OrganisationId> = Vec::new();
    let mut asked: Vec<Value> = Vec::new();
    for one in known.iter().filter(|one| !is_member(one.organisation)) {
        if !seen.contains(&one.organisation) {
            seen.push(one.organisation);
            asked.push(invitation(acting, &names, one));
        }
    }
    let interested = answers.iter().map(|one| {
        let (name, href) = named(&names, one.organisation);
        context! {
            id => one.id.to_string(), name, href, message => one.message.as_str(), person => person(acting, one.person_name.as_deref()),
            created_at => one.created_at.0, state => one.state.key(),
            answer => one.answer_words.as_deref().unwrap_or_default(),
        }
    });
    let signing = round.map(|(round, lines)| {
        let signed = lines.iter().filter(|line| line.standing == super::super::SignOff::Signed).count();
        let lines: Vec<Value> = lines
            .into_iter()
            .map(|line| {
                let (name, href) = named(&names, line.organisation);
                context! {
                    name, href, is_partner => line.is_partner, standing => line.standing.key(),
                    decided => line.decided.as_ref().map(|one| decided(acting, one)),
                }
            })
            .collect();
        context! {
            statement => round.statement, due_on => round.due_on, revision => round.revision,
            asked_at => round.asked_at.0, reminded_at => round.reminded_at.map(|at| at.0),
            signed, of => lines.len(), lines,
        }
    });
    let audiences = match actor.cluster() {
        Some(cluster) => {
            let circle = Circle::of(&app.database, cluster).await?;
            let current: Vec<&Audience> = opening.iter().map(|opening| &opening.audience).collect();
            circle.choices(&app.texts, acting.language, &current)
        }
        None => Vec::new(),
    };
    let mut fields = BTreeMap::from([
        ("statement".to_owned(), acting.say("participation-statement")),
        ("due_on".to_owned(), String::new()),
        ("organisation".to_owned(), String::new()),
        ("organisation_id".to_owned(), String::new()),
        ("decline".to_owned(), String::new()),
    ]);
    let of = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let opened = opening.as_ref();
    for (name, value) in [
        ("words", of(opened.map(|one| one.words.as_str()))),
        ("competence", of(opened.and_then(|one| one.competence.as_deref()))),
        ("kind", of(opened.and_then(|one| one.kind.as_deref()))),
        ("country", of(opened.and_then(|one| one.country.as_deref()))),
        ("open_until", opened.map(|one| one.open_until.to_string()).unwrap_or_default()),
        ("audience", opened.map_or_else(|| Audience::Members.to_string(), |one| one.audience.to_string())),
    ] {
        fields.insert(name.to_owned(), value);
    }
    fields.extend(typed);
    let context = context! {
        draft => head(acting, &draft),
        seat => "team",
        may_edit => draft.merged_into.is_none()
            && acting.may(Action::EditDrafts, Resource::Cluster(draft.cluster)).is_ok(),
        two_sided,
        members => rows,
        asked,
        interested => interested.collect::<Vec<_>>(),
        opening => opened.map(|opening| super::interests::shown(acting, opening)),
        round => signing,
        roles => choices(acting, "role", MemberRole::ALL.iter().map(|role| role.key())),
        sides => choices(acting, "side", MemberSide::ALL.iter().map(|side| side.key())),
        kinds => choices(acting, "kind", KINDS),
        audiences => Serde(&audiences),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/participation/partners.html", context).await?).into_response())
}

pub(super) async fn show(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    page(&acting, id, BTreeMap::new(), &[]).await
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Whom {
    organisation: String,
    organisation_id: String,
}

fn contact(one: &Contact) -> Value {
    let label = match (&one.values.function, &one.values.email) {
        (Some(function), Some(email)) => format!("{}, {function}, {email}", one.shown_name()),
        (None, Some(email)) => format!("{}, {email}", one.shown_name()),
        _ => one.shown_name().to_owned(),
    };
    context! { value => one.id.to_string(), label, hint => "" }
}

async fn invite_page(
    acting: &Acting,
    draft: &Draft,
    organisation: &drafts::OrganisationFacts,
    typed: &Asked,
    problems: &[FieldProblem],
) -> Result<Response, Error> {
    let contacts =
        invitations::contacts_at(&acting.app, &acting.actor, acting.reader().await?, organisation.id).await?;
    let member = draft.content.members.iter().find(|member| member.organisation == organisation.id);
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let fields = BTreeMap::from([
        ("role".to_owned(), or(&typed.role, member.map(|member| member.role).unwrap_or_default().key())),
        ("side".to_owned(), or(&typed.side, member.map(|member| member.side).unwrap_or_default().key())),
        ("contact".to_owned(), typed.contact.clone()),
        ("email".to_owned(), typed.email.clone()),
        ("language".to_owned(), or(&typed.language, acting.language.code())),
        ("message".to_owned(), typed.message.clone()),
        ("answer_by".to_owned(), typed.answer_by.clone()),
    ]);
    let mut whom: Vec<Value> = contacts.iter().map(contact).collect();
    if !whom.is_empty() {
        whom.push(context! { value => "", label => acting.say("participation-typed-address"), hint => "" });
    }
    let context = context! {
        draft => head(acting, draft),
        seat => "team",
        organisation => context! { id => organisation.id.to_string(), name => organisation.shown(), href => organisation.href() },
        two_sided => draft.content.instrument.as_deref().is_some_and(|id| rules_of(&acting.app, draft).has_sides(id)),
        demonstration => acting.actor.is_of_the_demonstration(),
        contacts => whom,
        languages => Language::ALL.iter().map(|language| context! {
            value => language.code(), label => acting.say(&format!("participation-language-{}", language.code())),
        }).collect::<Vec<_>>(),
        roles => choices(acting, "role", MemberRole::ALL.iter().map(|role| role.key())),
        sides => choices(acting, "side", MemberSide::ALL.iter().map(|side| side.key())),
        fields => by_field(fields),
        problems => by_field(messages(acting, problems)),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, acting.page("consortia/participation/invite.html", context).await?).into_response())
}

pub(super) async fn ask(acting: Acting, Path(id): Path<DraftId>, Query(whom): Query<Whom>) -> Result<Response, Error> {
    let draft = open_draft(&acting.app, &acting.actor, id).await?;
    let text = if whom.organisation_id.is_empty() { &whom.organisation } else { &whom.organisation_id };
    match find_organisation(&acting.app, &acting.actor, text).await {
        Ok(organisation) => invite_page(&acting, &draft, &organisation, &Asked::default(), &[]).await,
        Err(Error::NotFound(_) | Error::Input(_)) => {
            let problem = FieldProblem {
                field: "organisation".to_owned(),
                message: "participation-wrong-organisation".to_owned(),
                value: text.clone(),
            };
            let typed = BTreeMap::from([("organisation".to_owned(), whom.organisation.clone())]);
            page(&acting, id, typed, &[problem]).await
        }
        Err(error) => Err(error),
    }
}

pub(super) async fn invite(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    match invitations::invite(&acting.app, &acting.actor, acting.reader().await?, id, &asked).await {
        Ok(_) => Ok(Redirect::to(&format!("/consortia/{id}/partners?done=participation-invited")).into_response()),
        Err(Error::Invalid(problems)) => {
            let draft = open_draft(&acting.app, &acting.actor, id).await?;
            let organisation = find_organisation(&acting.app, &acting.actor, &asked.organisation).await?;
            invite_page(&acting, &draft, &organisation, &asked, &problems).await
        }
        Err(error) => Err(error),
    }
}

fn back(id: DraftId, done: &str, place: &str) -> Response {
    Redirect::to(&format!("/consortia/{id}/partners?done=participation-{done}{place}")).into_response()
}

pub(super) async fn withdraw(
    acting: Acting,
    Path((id, invitation)): Path<(DraftId, InvitationId)>,
    Form(sure): Form<Sure>,
) -> Result<Response, Error> {
    if !sure.said() {
        let known = invitations::of_draft(&acting.app, &acting.actor, id).await?;
        if let Some(one) = known.iter().find(|one| one.id == invitation && one.state == State::Waiting) {
            let name = drafts::organisations(&acting.app.database, &[one.organisation]).await?;
            let (name, _) = named(&name, one.organisation);
            let values = [("organisation", name.into())];
            let sentence = acting.app.texts.say(acting.language, "participation-withdraw-sure", &values);
            let (act, back) = (acting.say("participation-withdraw"), format!("/consortia/{id}/partners"));
            return acting.ask_first(Question { act: &act, sentence: &sentence, fields: &[], back: &back }).await;
        }
    }
    invitations::withdraw(&acting.app, &acting.actor, id, invitation).await?;
    Ok(back(id, "withdrawn", ""))
}

/// A form that was sent and cannot be used is shown again as it was typed.
async fn again(
    acting: &Acting,
    id: DraftId,
    written: Result<Response, Error>,
    typed: &[(&str, &str)],
) -> Result<Response, Error> {
    match written {
        Err(Error::Invalid(problems)) => {
            let typed = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            page(acting, id, typed.collect(), &problems).await
        }
        written => written,
    }
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Round {
    statement: String,
    due_on: String,
}

pub(super) async fn ask_sign_off(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(asked): Form<Round>,
) -> Result<Response, Error> {
    let written = signoff::ask(&acting.app, &acting.actor, id, &asked.statement, &asked.due_on).await;
    let written = written.map(|_| back(id, "signoff-asked", "#signoff"));
    again(&acting, id, written, &[("statement", &asked.statement), ("due_on", &asked.due_on)]).await
}

pub(super) async fn remind(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    signoff::remind(&acting.app, &acting.actor, id).await?;
    Ok(back(id, "reminded", "#signoff"))
}

pub(super) async fn end_sign_off(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(sure): Form<Sure>,
) -> Result<Response, Error> {
    if !sure.said() && signoff::of_draft(&acting.app, &acting.actor, id).await?.is_some() {
        let (act, sentence) = (acting.say("participation-signoff-end"), acting.say("participation-signoff-end-sure"));
        let back = format!("/consortia/{id}/partners");
        return acting.ask_first(Question { act: &act, sentence: &sentence, fields: &[], back: &back }).await;
    }
    signoff::end(&acting.app, &acting.actor, id).await?;
    Ok(back(id, "signoff-ended", "#signoff"))
}

pub(super) async fn open(
    acting: Acting,
    Path(id): Path<DraftId>,
    Form(sought): Form<Sought>,
) -> Result<Response, Error> {
    let written = interests::open(&acting.app, &acting.actor, id, &sought).await;
    let written = written.map(|()| back(id, "opened", "#opening"));
    let typed = [
        ("words", sought.words.as_str()),
        ("competence", &sought.competence),
        ("kind", &sought.kind),
        ("country", &sought.country),
        ("open_until", &sought.open_until),
        ("audience", &sought.audience),
    ];
    again(&acting, id, written, &typed).await
}

pub(super) async fn close(acting: Acting, Path(id): Path<DraftId>) -> Result<Response, Error> {
    interests::close(&acting.app, &acting.actor, id).await?;
    Ok(back(id, "closed", "#opening"))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Replied {
    act: String,
    role: String,
    side: String,
    words: String,
}

pub(super) async fn reply(
    acting: Acting,
    Path((id, interest)): Path<(DraftId, InterestId)>,
    Form(replied): Form<Replied>,
) -> Result<Response, Error> {
    let (reply, done) = match replied.act.as_str() {
        "accept" => {
            let role = MemberRole::of(&replied.role).unwrap_or_default();
            (Reply::TakeIn(role, MemberSide::of(&replied.side).unwrap_or_default()), "taken-in")
        }
        "decline" => (Reply::Decline(&replied.words), "interest-declined"),
        _ => return Err(Error::input("`act` is neither `accept` nor `decline`")),
    };
    let written = interests::reply(&acting.app, &acting.actor, id, interest, reply).await;
    again(&acting, id, written.map(|()| back(id, done, "#interests")), &[]).await
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn every_state_has_its_word() {
        let texts = crate::foundation::languages::Texts::load().unwrap();
        for state in State::ALL {
            for language in crate::foundation::languages::Language::ALL {
                assert!(texts.knows(language, &format!("participation-state-{}", state.key())));
            }
        }
    }
}
