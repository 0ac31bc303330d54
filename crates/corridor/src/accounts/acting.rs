//! The extractor that every page and API route begins with: who acts for which cluster, and in which language.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, Uri, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use minijinja::{Value, context};

use super::{
    Action, Actor, Demonstration, HeldRole, Persona, Resource, RoleLine,
    clusters::{self, ClusterSettings},
    cookies, decide, demonstration,
    sessions::{self, Browser, Session, summary_of_agent},
    store, tokens,
    visibility::{self, Circle, Reader},
};
use crate::foundation::{
    errors::Error,
    instance::{App, Part},
    languages::Language,
    secrets::Secret,
    time::{Timestamp, Zone},
};

/// The application as routes share it.
pub type Shared = Arc<App>;

/// How long a sign-in counts as fresh, in microseconds.
const LATELY: i64 = 30 * 60 * 1_000_000;
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
    /// Whether the reader, or their browser, asked for the language.
    language_asked: bool,
    uri: Uri,
    token: Option<Secret>,
    session: Option<Session>,
    /// What is set of the cluster acted for.
    house: Option<ClusterSettings>,
    flash: Option<String>,
    reader: Arc<tokio::sync::OnceCell<Reader>>,
    circle: Arc<tokio::sync::OnceCell<Option<Circle>>>,
}

/// What is asked before an act that cannot be undone.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The act, as its button says it.
    pub act: &'a str,
    /// What would happen, in a sentence.
    pub sentence: &'a str,
    /// What was sent and is sent again.
    pub fields: &'a [(&'a str, &'a str)],
    /// Where one goes who leaves it.
    pub back: &'a str,
}

/// What a form says of an act that cannot be undone: that its sender was asked.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Sure {
    sure: String,
}

impl Sure {
    /// Whether whoever sent the form was asked, and said yes.
    #[must_use]
    pub fn said(&self) -> bool {
        self.sure == "yes"
    }
}

#[derive(serde::Serialize)]
struct PersonView {
    name: String,
    role_label: Option<String>,
    initials: String,
    account: bool,
}

#[derive(serde::Serialize)]
struct RoleView {
    id: String,
    label: String,
    current: bool,
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
    zone: String,
    other_lang: &'static str,
    other_lang_url: String,
    theme: String,
    path: String,
    demo: bool,
    person: Option<PersonView>,
    cluster: Option<ClusterSettings>,
    personas: Vec<PersonaView>,
    roles: Vec<RoleView>,
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
    /// Reads the session (or the token of a program) and the preferences of a request.
    ///
    /// # Errors
    /// When the token of a program is worth nothing, or the database fails.
    pub async fn from_headers(app: &Shared, headers: &HeaderMap, uri: &Uri) -> Result<Self, Error> {
        let mut acting = Acting::stranger(app, headers, uri);
        // Programs come to the API and nowhere else; there their token counts and no cookie.
        if uri.path().starts_with("/api/")
            && let Some(given) = headers.get(header::AUTHORIZATION)
        {
            acting.actor = tokens::actor_of(app, given).await?;
            return Ok(acting);
        }
        let token = cookies::read(app, &CookieJar::from_headers(headers), cookies::SESSION);
        if let Some(token) = token {
            if let Some((session, actor)) = sessions::read(app, &token).await? {
                acting.actor = actor;
                acting.session = Some(session);
            }
            acting.token = Some(token);
        }
        if let Some(cluster) = acting.actor.cluster() {
            let house = clusters::cluster(&app.database, cluster.id).await?.settings;
            if !acting.language_asked {
                acting.language = house.page_language;
            }
            acting.house = Some(house);
        }
        Ok(acting)
    }

    /// The preferences of a request, whoever sent it.
    pub fn stranger(app: &Shared, headers: &HeaderMap, uri: &Uri) -> Self {
        let jar = CookieJar::from_headers(headers);
        let cookie = |name: &str| jar.get(name).map(|cookie| cookie.value().to_owned());
        let query = uri.query().unwrap_or("");
        let parameter = |name: &str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        let language = parameter("lang")
            .or_else(|| cookie(LANGUAGE_COOKIE))
            .and_then(|code| code.parse().ok())
            .or_else(|| Language::from_accept_header(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?));
        let theme = cookie(THEME_COOKIE).filter(|theme| theme == "light" || theme == "dark");
        Acting {
            app: app.clone(),
            actor: Actor::Nobody,
            language: language.unwrap_or_default(),
            language_asked: language.is_some(),
            theme: theme.unwrap_or_else(|| "auto".to_owned()),
            uri: uri.clone(),
            token: None,
            session: None,
            house: None,
            reader: Arc::default(),
            circle: Arc::default(),
            flash: parameter("done").filter(|key| key.chars().all(|c| c.is_ascii_lowercase() || c == '-')),
        }
    }

    /// The same request, made by a program that reads as somebody: no session, no choices of a browser.
    pub(super) fn for_program(self, actor: Actor, language: Language) -> Self {
        Acting { actor, language, session: None, token: None, house: None, flash: None, ..self }
    }

    /// The permission question, for the use case that is about to run.
    ///
    /// # Errors
    /// As [`decide`].
    pub fn may(&self, action: Action, resource: Resource) -> Result<(), Error> {
        decide(&self.actor, action, resource)
    }

    /// Who reads, for what a cluster shows to whom; looked up once a request.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn reader(&self) -> Result<&Reader, Error> {
        self.reader.get_or_try_init(|| visibility::reader(&self.app.database, &self.actor)).await
    }

    /// What the audiences of the cluster acted for are worded with; looked up once a request.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn circle(&self) -> Result<Option<&Circle>, Error> {
        let circle = self.circle.get_or_try_init(|| async {
            match self.actor.cluster() {
                Some(cluster) => Circle::of(&self.app.database, cluster).await.map(Some),
                None => Ok(None),
            }
        });
        Ok(circle.await?.as_ref())
    }

    /// The zone that times are told in: the person's own choice, else that of the cluster acted for, else that of the
    /// instance.
    pub fn zone(&self) -> Zone {
        let own = self.session.as_ref().and_then(|session| session.zone.clone());
        own.unwrap_or_else(|| self.house_zone().clone())
    }

    /// The zone of those who have chosen none: that of the cluster acted for, else that of the instance.
    pub(super) fn house_zone(&self) -> &Zone {
        self.house.as_ref().map_or(&self.app.configuration.time_zone, |house| &house.time_zone)
    }

    /// A moment in the reader's words and zone.
    pub fn moment(&self, time: Timestamp) -> String {
        self.language.moment(&self.zone(), time)
    }

    /// The token that the browser sent, whatever it is worth: to end its session.
    pub(super) fn token(&self) -> Option<&Secret> {
        self.token.as_ref()
    }

    /// Whether the person proved who they are a short while ago, as acts that open or close ways in ask for.
    ///
    /// # Errors
    /// When they did not, or nobody is signed in.
    pub fn signed_in_lately(&self) -> Result<(), Error> {
        let age = self.app.clock.now().0 - self.account()?.created_at.0;
        if age > LATELY { Err(Error::Refused { reason: "refused-not-lately", sign_in: true }) } else { Ok(()) }
    }

    /// The session of somebody who has an account of their own.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn account(&self) -> Result<&Session, Error> {
        self.session.as_ref().ok_or(Error::Refused { reason: "refused-nobody", sign_in: true })
    }

    /// The address asked for, path and query, without the language that it may have asked for: forms that lead back
    /// here must not undo the choice of another.
    pub fn path_and_query(&self) -> String {
        let kept = self.query_without(&["lang", "done"]);
        if kept.is_empty() { self.uri.path().to_owned() } else { format!("{}?{kept}", self.uri.path()) }
    }

    /// What is asked of the address, without these.
    pub(super) fn query_without(&self, names: &[&str]) -> String {
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

    /// The page that asks before what cannot be undone, for a browser whose script did not ask: the same address again,
    /// with what was sent and with `sure`.
    ///
    /// # Errors
    /// When the page cannot be rendered.
    pub async fn ask_first(&self, question: Question<'_>) -> Result<Response, Error> {
        let fields = question.fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let context = context! {
            act => question.act.to_owned(),
            sentence => question.sentence.to_owned(),
            fields => Value::from_pairs(fields),
            back => question.back.to_owned(),
            action => self.uri.path().to_owned(),
        };
        Ok(self.page("foundation/ask_first.html", context).await?.into_response())
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
        let account = decide(&self.actor, Action::OwnAccount, Resource::Instance).is_ok() && self.session.is_some();
        let held = match &self.session {
            Some(session) if account => store::roles_of(&self.app.database, session.person).await?,
            _ => Vec::new(),
        };
        let person = demonstration::shown_name(&self.actor, |key| self.say(key)).map(|name| PersonView {
            initials: initials(&name),
            role_label: self.actor.role().map(|role| self.say(&role.label_key())).filter(|label| *label != name),
            name,
            account,
        });
        let other_lang = self.language.other().code();
        let kept = self.query_without(&["lang", "done"]);
        let other_lang_url = match kept.as_str() {
            "" => format!("{path}?lang={other_lang}"),
            kept => format!("{path}?{kept}&lang={other_lang}"),
        };
        Ok(Frame {
            lang: self.language.code(),
            zone: self.zone().name().to_owned(),
            other_lang,
            other_lang_url,
            theme: self.theme.clone(),
            path: self.path_and_query(),
            demo: self.app.demonstration,
            person,
            cluster: self.house.clone(),
            personas: personas.into_iter().map(|persona| self.persona_view(persona, current_role)).collect(),
            roles: if held.len() > 1 {
                held.iter().map(|line| self.role_view(line, current_role)).collect()
            } else {
                Vec::new()
            },
            rail,
            // The address tells one colour from the next, so that browsers show a new one at once.
            accent_url: self.actor.cluster().map(|cluster| {
                format!("/clusters/{}/accent.css?v={}", cluster.slug, cluster.accent.trim_start_matches('#'))
            }),
            flash: self.flash.as_ref().map(|key| FlashView { kind: "done", text: self.say(&format!("done-{key}")) }),
        })
    }

    /// A role in words: what, and for whom.
    pub fn role_words(&self, held: &HeldRole, cluster: Option<&str>) -> String {
        let of = [held.organisation_name.as_deref(), cluster];
        let parts = of.into_iter().flatten().map(str::to_owned);
        std::iter::once(self.say(&held.role.label_key())).chain(parts).collect::<Vec<_>>().join(" · ")
    }

    fn role_view(&self, line: &RoleLine, current: Option<super::RoleId>) -> RoleView {
        RoleView {
            id: line.id.to_string(),
            label: self.role_words(&line.held, line.cluster_name.as_deref()),
            current: current == Some(line.id),
        }
    }

    fn persona_view(&self, persona: Persona, current: Option<super::RoleId>) -> PersonaView {
        let label = Demonstration::label_key(persona.who);
        PersonaView {
            id: persona.id.to_string(),
            name: persona.cluster.unwrap_or_default(),
            role_label: self.say(&label),
            description: self.say(&format!("{label}-description")),
            current: current == Some(persona.id),
        }
    }
}

/// The first letters of the first two words.
fn initials(name: &str) -> String {
    name.split_whitespace().take(2).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

impl<S: Sync> FromRequestParts<S> for Browser
where
    Shared: axum::extract::FromRef<S>,
{
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let app = <Shared as axum::extract::FromRef<S>>::from_ref(state);
        let text = |name: header::HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let told = || {
            // The last entry is what one's own proxy saw; what stands before it anybody may have written.
            parts
                .headers
                .get_all("x-forwarded-for")
                .iter()
                .next_back()?
                .to_str()
                .ok()?
                .rsplit(',')
                .next()?
                .trim()
                .parse()
                .ok()
        };
        let seen = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        Ok(Browser {
            agent: summary_of_agent(text(header::USER_AGENT).unwrap_or("")),
            address: if app.configuration.behind_proxy { told().or(seen) } else { seen },
        })
    }
}
