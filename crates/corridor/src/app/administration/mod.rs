//! One page that leads to all that is run: people, clusters, jobs, imports, letters, the trail; by role.

mod imports;
mod jobs;

use axum::{
    response::{IntoResponse, Response},
    routing::get,
};
use minijinja::context;

use crate::{
    accounts::{Acting, Action, Resource, Route, clusters, people},
    directory::imports::runs,
    foundation::{errors::Error, jobs as work, mail, pages::Serde},
    privacy::retention,
};

/// The routes of running an instance and its clusters.
pub fn routes() -> Vec<Route> {
    let mut routes = vec![Route::get("/administration", Action::ManageCluster, get(show))];
    routes.extend(jobs::routes());
    routes.extend(imports::routes());
    routes
}

/// Something that is run: where, what it is, and the figure that matters.
#[derive(serde::Serialize)]
struct Entry {
    href: String,
    label: String,
    about: String,
    icon: &'static str,
    /// What waits for somebody or went wrong, in words; empty where all is well.
    needs: String,
}

#[derive(serde::Serialize)]
struct Group {
    title: String,
    entries: Vec<Entry>,
}

async fn show(acting: Acting) -> Result<Response, Error> {
    acting.may(Action::ManageCluster, Resource::Instance)?;
    let app = &acting.app;
    let may = |action| acting.may(action, Resource::Instance).is_ok();
    let needs = |key: &str, count: i64| match count {
        0 => String::new(),
        count => app.texts.say(acting.language, key, &[("count", count.into())]),
    };
    let entry = |href: &str, key: &str, icon: &'static str, needs: String| Entry {
        href: href.to_owned(),
        label: acting.say(&format!("administration-{key}")),
        about: acting.say(&format!("administration-{key}-about")),
        icon,
        needs,
    };
    let mut people_and_clusters = Vec::new();
    if may(Action::ManagePeople) {
        let claims = people::claims(app, &acting.actor).await?.len();
        let waiting = needs("administration-needs-claims", i64::try_from(claims).unwrap_or(i64::MAX));
        people_and_clusters.push(entry("/people", "people", "users", waiting));
    }
    if may(Action::ManageTokens) {
        people_and_clusters.push(entry("/administration/tokens", "tokens", "key-round", String::new()));
    }
    if let Some(cluster) = acting.actor.cluster() {
        let href = format!("/administration/clusters/{}", cluster.slug);
        people_and_clusters.push(entry(&href, "cluster", "settings", String::new()));
    }
    if may(Action::ManageAlliances) {
        people_and_clusters.push(entry("/administration/alliances", "alliances", "network", String::new()));
    }
    if may(Action::ImportMembers) && acting.actor.cluster().is_some() {
        people_and_clusters.push(entry("/organisations/import", "members", "file-spreadsheet", String::new()));
    }
    let mut instance = Vec::new();
    if may(Action::Administer) {
        let count = clusters::manageable(app, &acting.actor).await?.len();
        let said = app.texts.say(acting.language, "administration-clusters-count", &[("count", count.into())]);
        let mut all = entry("/administration/clusters", "clusters", "building-2", String::new());
        all.about = format!("{said} {}", all.about);
        instance.push(all);
        let failed = work::count_failed(&app.database).await?;
        instance.push(entry("/administration/jobs", "jobs", "refresh-cw", needs("administration-needs-jobs", failed)));
        let still = runs::unfinished(app, &acting.actor).await?;
        let imports = needs("administration-needs-imports", still);
        instance.push(entry("/administration/imports", "imports", "database", imports));
    }
    if may(Action::EditRules) {
        instance.push(entry("/instruments", "rules", "scale", String::new()));
    }
    if may(Action::ReadLetters) {
        let failed = mail::counts(&app.database).await?.failed;
        let letters = needs("administration-needs-letters", failed);
        instance.push(entry("/administration/letters", "letters", "mail", letters));
    }
    if may(Action::GovernRetention) {
        let waiting = needs("administration-needs-retention", retention::waiting(&acting).await?);
        instance.push(entry("/retention", "retention", "clock", waiting));
    }
    if may(Action::Administer) {
        instance.push(entry("/administration/trail", "trail", "history", String::new()));
    }
    let groups: Vec<Group> =
        [("administration-of-people", people_and_clusters), ("administration-of-instance", instance)]
            .into_iter()
            .filter(|(_, entries)| !entries.is_empty())
            .map(|(title, entries)| Group { title: acting.say(title), entries })
            .collect();
    let context = context! {
        groups => Serde(&groups),
        all_well => groups.iter().flat_map(|group| &group.entries).all(|entry| entry.needs.is_empty()),
        version => env!("CARGO_PKG_VERSION"),
        engine => may(Action::Administer).then(|| app.database.engine()),
    };
    Ok(acting.page("app/administration.html", context).await?.into_response())
}
