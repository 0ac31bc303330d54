//! Requests to the whole program, as browsers and programs send them.

use std::{collections::BTreeMap, sync::Mutex};

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use corridor::{
    accounts::{self, Actor, Email, HeldRole, Role, Shared, invitations},
    app::router,
    foundation::{errors::Error, languages::Language},
    transact,
};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// The host of the public address.
pub const HOST: &str = "corridor.example";

/// A browser.
pub struct Visitor {
    router: Router,
    cookies: Mutex<BTreeMap<String, String>>,
    language: &'static str,
}

/// What came back.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: axum::http::HeaderMap,
    /// The body as text.
    pub text: String,
    /// The body as it came.
    pub bytes: Vec<u8>,
}

/// Makes the cluster `medicen` and its demonstration people.
pub async fn prepare_people(app: &Shared) {
    make_cluster(app, "medicen", "Medicen Paris Region").await;
    accounts::prepare_demonstration(&app.database, app.clock, "medicen", None).await.expect("people can be made");
}

impl Visitor {
    /// A browser without a session.
    pub fn nobody(app: &Shared) -> Self {
        Visitor { router: router(app), cookies: Mutex::default(), language: "en" }
    }

    /// A browser in the session of the first demonstration person who holds this role.
    pub async fn acting_as(app: &Shared, role: Role) -> Self {
        let personas = accounts::personas(&app.database).await.expect("people can be read");
        let persona = personas.iter().find(|persona| persona.role == role).expect("the role has its person");
        let visitor = Visitor::nobody(app);
        let answer = visitor.post("/demo/become", &format!("person={}", persona.id)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        visitor
    }

    /// A browser of somebody who accepted an invitation into this role of the cluster `medicen`; speaks for
    /// `organisation` as a contact.
    pub async fn invited(app: &Shared, email: &str, role: Role, organisation: Option<uuid::Uuid>) -> Self {
        Visitor::invited_to(app, "medicen", email, role, organisation).await
    }

    /// The same in another cluster.
    pub async fn invited_to(
        app: &Shared,
        slug: &str,
        email: &str,
        role: Role,
        organisation: Option<uuid::Uuid>,
    ) -> Self {
        let cluster = Some(cluster(app, slug).await);
        let offered =
            HeldRole { role, cluster, organisation, organisation_name: organisation.map(|_| "Institute".to_owned()) };
        let visitor = Visitor::nobody(app);
        let link = invite(app, email, &offered).await;
        let answer = visitor.post(&link, "name=Ada+Example").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        visitor
    }

    /// What the browser keeps under this name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("nobody panicked").get(name).cloned()
    }

    /// Puts a cookie into the browser, as somebody who can write there would.
    pub fn plant(&self, name: &str, value: &str) {
        self.cookies.lock().expect("nobody panicked").insert(name.to_owned(), value.to_owned());
    }

    /// The same browser, whose reader prefers French.
    pub fn in_french(self) -> Self {
        Visitor { language: "fr", ..self }
    }

    /// Asks for a page in the reader's language.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "").await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &str) -> Answer {
        self.send(Method::POST, path, form).await
    }

    /// Sends a file by a form.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--part--\r\n");
        self.request(Method::POST, path, Some("multipart/form-data; boundary=part"), body).await
    }

    /// Sends a form with fields and maybe a file, as pages with a choice of file do.
    pub async fn send_file(&self, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--part\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        let (name, bytes) = file.unwrap_or(("", b""));
        let head = "content-type: application/octet-stream";
        let part =
            format!("--part\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{head}\r\n\r\n");
        body.extend(part.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--part--\r\n");
        self.request(Method::POST, path, Some("multipart/form-data; boundary=part"), body).await
    }

    /// Sends a request as this browser.
    pub async fn send(&self, method: Method, path: &str, form: &str) -> Answer {
        // As browsers do, also for a form without fields.
        let kind = (method == Method::POST || !form.is_empty()).then_some("application/x-www-form-urlencoded");
        self.request(method, path, kind, form.as_bytes().to_vec()).await
    }

    /// Sends a request as a program does: with a token, without anything that a browser adds.
    pub async fn as_program(&self, method: Method, path: &str, token: &str) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::empty())
            .expect("a request can be built");
        self.ask(request).await
    }

    async fn request(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::USER_AGENT, "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header("sec-fetch-site", "same-origin");
        let kept: Vec<String> = self
            .cookies
            .lock()
            .expect("nobody panicked")
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !kept.is_empty() {
            request = request.header(header::COOKIE, kept.join("; "));
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        self.ask(request.body(Body::from(body)).expect("a request can be built")).await
    }

    /// Sends any request, and keeps the cookies that come back.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let answer = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = answer.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().expect("cookies are text");
            let (name, value) =
                cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie is a pair");
            let mut kept = self.cookies.lock().expect("nobody panicked");
            if cookie.contains("Max-Age=0") {
                kept.remove(name)
            } else {
                kept.insert(name.to_owned(), value.to_owned())
            };
        }
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text, bytes: bytes.to_vec() }
    }
}

/// The cluster of this slug.
pub async fn cluster(app: &Shared, slug: &str) -> accounts::ClusterId {
    let clusters = accounts::clusters(&app.database).await.expect("clusters can be read");
    clusters.iter().find(|cluster| cluster.slug == slug).expect("there is this cluster").id
}

/// Makes a cluster.
pub async fn make_cluster(app: &Shared, slug: &str, name: &str) -> accounts::ClusterId {
    let made: Result<_, Error> = async {
        transact!(app.database, transaction => {
            accounts::put_cluster(transaction, slug, name, "#0a5f70", app.clock).await
        })
    }
    .await;
    made.expect("a cluster can be made")
}

/// Makes a token with a scope; answers with the token.
pub async fn token_of(visitor: &Visitor, label: &str, scope: &str) -> String {
    let made = visitor.post("/account/tokens", &format!("label={label}&scope={scope}&days=90")).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    made.text.split_once("<code class=\"token\">").unwrap().1.split('<').next().unwrap().to_owned()
}

/// Invites an address; returns the path of the invitation.
pub async fn invite(app: &Shared, email: &str, offered: &HeldRole) -> String {
    let email: Email = email.parse().expect("this is an address");
    let link =
        invitations::invite(app, &Actor::Console, Some(Language::En), &email, offered).await.expect("one can invite");
    link.reveal().strip_prefix("http://corridor.example").expect("links lead to the public address").to_owned()
}
