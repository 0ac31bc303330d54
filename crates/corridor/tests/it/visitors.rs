//! Requests to the whole program, as a browser in the session of a demonstration person sends them.

use axum::{
    Router,
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use corridor::{
    accounts::{self, Role, Shared},
    app::router,
    foundation::errors::Error,
    transact,
};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// A browser.
pub struct Visitor {
    router: Router,
    cookie: Option<String>,
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
}

/// Makes the cluster `medicen` and its demonstration people.
pub async fn prepare_people(app: &Shared) {
    let made: Result<_, Error> = async {
        transact!(app.database, transaction => {
            accounts::put_cluster(transaction, "medicen", "Medicen Paris Region", "#0a5f70", app.clock).await
        })
    }
    .await;
    made.expect("a cluster can be made");
    accounts::prepare_demonstration(&app.database, app.clock, "medicen", None).await.expect("people can be made");
}

impl Visitor {
    /// A browser without a session.
    pub fn nobody(app: &Shared) -> Self {
        Visitor { router: router(app), cookie: None, language: "en" }
    }

    /// A browser in the session of the demonstration person of this role.
    pub async fn acting_as(app: &Shared, role: Role) -> Self {
        let personas = accounts::personas(&app.database).await.expect("people can be read");
        let persona = personas.iter().find(|persona| persona.role == role).expect("every role has its person");
        let token = accounts::become_persona(&app.database, app.clock, persona.id).await.expect("a session opens");
        Visitor { router: router(app), cookie: Some(format!("corridor_session={token}")), language: "en" }
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

    /// Sends a request as this browser.
    pub async fn send(&self, method: Method, path: &str, form: &str) -> Answer {
        let kind = (!form.is_empty()).then_some("application/x-www-form-urlencoded");
        self.request(method, path, kind, form.as_bytes().to_vec()).await
    }

    async fn request(&self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "corridor.example")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let request = request.body(Body::from(body)).expect("a request can be built");
        let answer = self.router.clone().oneshot(request).await.expect("the router answers");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("the body arrives").to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
