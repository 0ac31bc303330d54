//! The extractor that every page and API route begins with: who acts for which cluster, and in which language.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, Uri, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use minijinja::Value;

use super::{Action, Actor, Persona, Resource, decide};
use crate::foundation::{
    errors::Error,
    instance::{App, Part},
    languages::Language,
};

/// The application as routes share it.
pub type Shared = Arc<App>;

/// The name of the session cookie.
pub(crate) const SESSION_COOKIE: &str = "corridor_session";
/// The name of the cookie that keeps the language chosen.
pub(super) const LANGUAGE_COOKIE: &str = "corridor_language";
/// The name of the cookie that keeps the theme chosen.
pub(super) const THEME_COOKIE: &str = "corridor_theme";

/// An entry of the rail; a slice whose work is not built has none.
#[derive(Clone, Copy, Debug)]
pub struct RailEntry {
    /// The key, also of the label (`rail-KEY`).
    pub key: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// What else belongs to it, by the beginning of the address.
    pub holds: &'static [&'static str],
    /// The icon's name in the sprite.
    pub icon: &'static str,
    /// Who sees it.
    pub action: Action,
}

/// The entries of the rail, in the order of the chain; the program says which there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rail(pub &'static [RailEntry]);

impl Part for Rail {
    fn open(_: &App) -> Self {
        Rail::default()
    }
}

/// Who acts, with the application at hand.
#[derive(Clone, Debug)]
pub struct Acting {
    /// The application.
    pub app: Shared,
    /// Who acts.
    pub actor: Actor,
    /// The language of the page.
    pub language: Language,
    theme: String,
    uri: Uri,
    token: Option<String>,
    flash: Option<String>,
}

#[derive(serde::Serialize)]
struct PersonView {
    name: String,
    role_label: String,
    initials: String,
}

#[derive(serde::Serialize)]
struct PersonaView {
    id: String,
    name: String,
    role_label: String,
    description: String,
    current: bool,
}

#[derive(serde::Serialize)]
struct RailView {
    key: &'static str,
    href: &'static str,
    icon: &'static str,
    label: String,
    current: bool,
}

#[derive(serde::Serialize)]
struct FlashView {
    kind: &'static str,
    text: String,
}

#[derive(serde::Serialize)]
struct Frame {
    lang: &'static str,
    other_lang: &'static str,
    other_lang_url: String,
    theme: String,
    path: String,
    demo: bool,
    person: Option<PersonView>,
    cluster: Option<super::ClusterRef>,
    personas: Vec<PersonaView>,
    rail: Vec<RailView>,
    accent_url: Option<String>,
    flash: Option<FlashView>,
}

impl FromRequestParts<Shared> for Acting {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Error> {
        match parts.extensions.get::<Acting>() {
            Some(known) => Ok(known.clone()),
            None => Acting::from_headers(app, &parts.headers, &parts.uri).await,
        }
    }
}

/// Stands before every route of the table: refuses whom the route's permission refuses, before anything of the request
/// is read. Use cases decide again, on the record they touch.
pub async fn guard(State((app, action)): State<(Shared, Action)>, mut request: Request, next: Next) -> Response {
    let acting = match Acting::from_headers(&app, request.headers(), request.uri()).await {
        Ok(acting) => acting,
        Err(error) => return error.into_response(),
    };
    if let Err(refused) = acting.may(action, Resource::Instance) {
        return refused.into_response();
    }
    request.extensions_mut().insert(acting);
    next.run(request).await
}

impl Acting {
    /// Reads the session and the preferences of a request.
    pub async fn from_headers(app: &Shared, headers: &HeaderMap, uri: &Uri) -> Result<Self, Error> {
        let jar = CookieJar::from_headers(headers);
        let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
        let token = cookie(SESSION_COOKIE);
        let actor = match &token {
            Some(token) => super::actor_of(&app.database, app.clock, token).await?.unwrap_or(Actor::Nobody),
            None => Actor::Nobody,
        };
        let query = uri.query().unwrap_or("");
        let parameter = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        let language = parameter("lang")
            .or_else(|| cookie(LANGUAGE_COOKIE))
            .and_then(|code| code.parse().ok())
            .or_else(|| Some(Language::from_accept_header(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?)))
            .unwrap_or_default();
        let theme = cookie(THEME_COOKIE).filter(|theme| theme == "light" || theme == "dark");
        Ok(Acting {
            app: app.clone(),
            actor,
            language,
            theme: theme.unwrap_or_else(|| "auto".to_owned()),
            uri: uri.clone(),
            token,
            flash: parameter("done").filter(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '-')),
        })
    }

    /// The permission question, for the use case that is about to run.
    ///
    /// # Errors
    /// As [`decide`].
    pub fn may(&self, action: Action, resource: Resource) -> Result<(), Error> {
        decide(&self.actor, action, resource)
    }

    /// The token of the session, to end it.
    pub(super) fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The address asked for, path and query, without the language that it may have asked for: forms that lead back
    /// here must not undo the choice of another.
    pub fn path_and_query(&self) -> String {
        let kept = self.query_without(&["lang", "done"]);
        if kept.is_empty() { self.uri.path().to_owned() } else { format!("{}?{kept}", self.uri.path()) }
    }

    fn query_without(&self, names: &[&str]) -> String {
        let named = |pair: &str| names.contains(&pair.split('=').next().unwrap_or(pair));
        let pairs = self.uri.query().unwrap_or("").split('&').filter(|pair| !pair.is_empty() && !named(pair));
        pairs.collect::<Vec<_>>().join("&")
    }

    /// A text in the reader's language.
    pub fn say(&self, key: &str) -> String {
        self.app.texts.text(self.language, key, None).into_owned()
    }

    /// Renders a page in the reader's frame.
    ///
    /// # Errors
    /// When the template fails, or the database when the frame is read.
    pub async fn page(&self, template: &str, context: Value) -> Result<Html<String>, Error> {
        let frame = self.frame().await?;
        self.app.renderer.page(template, &frame, context)
    }

    async fn frame(&self) -> Result<Frame, Error> {
        let path = self.uri.path();
        let personas = if self.app.demonstration { super::personas(&self.app.database).await? } else { Vec::new() };
        let current_role = match &self.actor {
            Actor::Person { role_id, .. } => Some(*role_id),
            _ => None,
        };
        let rail = self
            .app
            .part::<Rail>()
            .0
            .iter()
            .filter(|entry| decide(&self.actor, entry.action, Resource::Instance).is_ok())
            .map(|entry| RailView {
                key: entry.key,
                href: entry.href,
                icon: entry.icon,
                label: self.say(&format!("rail-{}", entry.key)),
                current: match entry.href {
                    "/" => path == "/",
                    href => [href].iter().chain(entry.holds).any(|begins| path.starts_with(begins)),
                },
            })
            .collect();
        let person = self.actor.role().map(|role| {
            let label = self.say(&role.label_key());
            PersonView { initials: label.chars().take(1).collect(), name: label.clone(), role_label: label }
        });
        let other_lang = self.language.other().code();
        let kept = self.query_without(&["lang", "done"]);
        let other_lang_url = match kept.as_str() {
            "" => format!("{path}?lang={other_lang}"),
            kept => format!("{path}?{kept}&lang={other_lang}"),
        };
        Ok(Frame {
            lang: self.language.code(),
            other_lang,
            other_lang_url,
            theme: self.theme.clone(),
            path: self.path_and_query(),
            demo: self.app.demonstration,
            person,
            cluster: self.actor.cluster().cloned(),
            personas: personas.into_iter().map(|persona| self.persona_view(persona, current_role)).collect(),
            rail,
            accent_url: self.actor.cluster().map(|cluster| format!("/clusters/{}/accent.css", cluster.slug)),
            flash: self.flash.as_ref().map(|key| FlashView { kind: "done", text: self.say(&format!("done-{key}")) }),
        })
    }

    fn persona_view(&self, persona: Persona, current: Option<super::RoleId>) -> PersonaView {
        let label = self.say(&persona.role.label_key());
        PersonaView {
            id: persona.id.to_string(),
            name: persona.cluster.unwrap_or_default(),
            role_label: label,
            description: self.say(&format!("{}-description", persona.role.label_key())),
            current: current == Some(persona.id),
        }
    }
}
