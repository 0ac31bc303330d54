//! What guards every request: strict headers, requests from this site and to this host only.

use std::sync::Arc;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{errors::Error, instance::App};

/// Nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers that every answer carries.
pub async fn harden(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let set = |headers: &mut HeaderMap, name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    // A page may tighten these for itself (the preview of a letter, pages whose address holds a token).
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    }
    if !headers.contains_key(header::REFERRER_POLICY) {
        set(headers, header::REFERRER_POLICY, "same-origin");
    }
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if app.address.is_secure() {
        // A year; other names of the domain are not ours to speak for.
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "private, no-store");
    }
    response
}

/// Tells the browser that a session is over: what pages kept beside it, such as drafts not saved yet, goes too.
pub const CLEAR_SITE_DATA: [(HeaderName, &str); 1] =
    [(HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"")];

/// Refuses what was sent to another host: links and cookies are for the public address only. What machines ask to see
/// whether the instance lives is answered under any name.
pub async fn own_host(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = named.or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    let for_machines = ["/health", "/ready"].contains(&request.uri().path());
    match host {
        _ if for_machines => next.run(request).await,
        Some(host) if app.address.accepts(host) => next.run(request).await,
        _ => (
            StatusCode::MISDIRECTED_REQUEST,
            "this instance does not answer under this name: its configuration names its `address`\n",
        )
            .into_response(),
    }
}

/// What the log says of a request: the route, never the address itself, since addresses may hold tokens.
pub fn span_of(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", |path| path.as_str());
    tracing::debug_span!("request", method = %request.method(), route)
}

/// Refuses a writing request that another site made the browser send.
///
/// Browsers mark where a request comes from (`Sec-Fetch-Site`, else `Origin`); programs send neither and carry no
/// cookie of a person either, so they pass.
pub async fn same_site_writes(request: Request, next: Next) -> Response {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) || comes_from_here(request.headers()) {
        return next.run(request).await;
    }
    Error::Refused { reason: "refused-other-site", sign_in: false }.into_response()
}

fn comes_from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, Some(origin)) => {
            text("host").is_some_and(|host| origin.split_once("://").is_some_and(|(_, from)| from == host))
        }
        (None, None) => true,
    }
}

/// The path to go back to, when it is one of this site's; else the home page. Never another site.
pub fn own_path(path: &str) -> String {
    let fine = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && path.chars().all(|c| !c.is_control() && c.is_ascii());
    if fine { path.to_owned() } else { "/".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_back_to() {
        assert_eq!(own_path("/calls?page=2"), "/calls?page=2");
        for elsewhere in
            ["//other.example", "https://other.example", "/\\other.example", "", "javascript:alert(1)", "/a\nb"]
        {
            assert_eq!(own_path(elsewhere), "/", "{elsewhere}");
        }
    }

    #[test]
    fn writes_from_other_sites_are_refused() {
        let with = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            comes_from_here(&headers)
        };
        assert!(with(&[("sec-fetch-site", "same-origin")]));
        assert!(!with(&[("sec-fetch-site", "cross-site")]));
        assert!(!with(&[("sec-fetch-site", "same-site")]));
        assert!(with(&[("host", "here.example"), ("origin", "https://here.example")]));
        assert!(!with(&[("host", "here.example"), ("origin", "https://other.example")]));
        assert!(!with(&[("host", "here.example"), ("origin", "null")]));
        assert!(with(&[]));
    }
}
