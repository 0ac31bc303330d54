//! What programs may ask, as an OpenAPI document: described beside each handler, completed from the table of routes.

use std::sync::OnceLock;

use axum::{http::header, response::IntoResponse, routing::get};
use utoipa::{
    OpenApi,
    openapi::{
        ContentBuilder, OpenApi as Document, RefOr, Required, ResponseBuilder, SecurityRequirement,
        path::Operation,
        schema::Ref,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    accounts::{Action, Route, SESSION_COOKIE},
    foundation::errors::ErrorBody,
};

/// The name of the security scheme of people.
const SESSION: &str = "session";
/// The name of the security scheme of programs.
const TOKEN: &str = "token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Corridor",
        description = "The directory, calls, partnering, consortia and events of an innovation cluster, for programs. Dates are \
                       ISO 8601, amounts are euro cents, moments are microseconds since 1970 UTC. Texts for readers are \
                       in the language of `Accept-Language` or of the parameter `lang` (`en`, `fr`).",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(),
    ),
    servers((url = "/", description = "This instance")),
    paths(
        super::search::suggest,
        crate::accounts::alliances::pages::all,
        crate::directory::api::list,
        crate::directory::api::suggest,
        crate::directory::api::one,
        crate::directory::api::picture_of_network,
        crate::directory::api::timeline,
        crate::directory::api::suggest_concepts,
        crate::directory::api::picture_of_map,
        crate::directory::contacts::api::all,
        crate::directory::contacts::api::single,
        crate::directory::notes::pages::of_organisation,
        crate::calls::api::list,
        crate::calls::api::calendar,
        crate::calls::api::suggest,
        crate::calls::api::topic,
        crate::calls::api::topic_calendar,
        crate::calls::api::versions,
        crate::partnering::api::rank,
        crate::consortia::api::all,
        crate::consortia::api::one,
        crate::consortia::api::network,
        crate::consortia::api::competences,
        crate::consortia::api::assemble,
        crate::consortia::api::check,
        crate::consortia::outcomes::api::all,
        crate::events::api::all,
        crate::events::api::one,
        crate::events::api::coming,
        crate::events::api::invite,
        crate::events::api::requests,
        crate::events::api::set,
        crate::events::api::dates,
        crate::events::api::timetable,
        document,
    ),
    components(schemas(ErrorBody, crate::directory::search::Sort)),
)]
struct Described;

/// The route of the document.
pub fn routes() -> Vec<Route> {
    vec![Route::get("/api/openapi.json", Action::ReadPublic, get(document))]
}

/// This document.
#[utoipa::path(get, path = "/api/openapi.json", tag = "document", responses((status = 200, body = Object)))]
pub(super) async fn document() -> impl IntoResponse {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| complete(&super::routes()).to_json().unwrap_or_default());
    ([(header::CONTENT_TYPE, "application/json")], text.as_str())
}

/// The document for these routes: what handlers say of themselves, and what holds for all of them.
pub fn complete(routes: &[Route]) -> Document {
    let mut document = Described::openapi();
    let scheme = ApiKeyValue::with_description(
        SESSION_COOKIE,
        "The cookie of a session. An instance with demonstration people gives it to who chooses one on `/demo`.",
    );
    let components = document.components.get_or_insert_default();
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(ApiKey::Cookie(scheme)));
    let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(
        "A token that a person made on `/account` for a program: it acts for the person within its scopes.",
    ));
    components.add_security_scheme(TOKEN, SecurityScheme::Http(token.build()));
    for route in routes {
        let Some(item) = document.paths.paths.get_mut(route.path) else { continue };
        let operation = if route.method == axum::http::Method::GET { &mut item.get } else { &mut item.post };
        if let Some(operation) = operation {
            finish(operation, route);
        }
    }
    document
}

/// The answers that the frame gives for every handler: who may not ask, what cannot be read, what is not there.
fn finish(operation: &mut Operation, route: &Route) {
    let mut told = |status: &str, description: &str| {
        let body = ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name("ErrorBody")))).build();
        let response = ResponseBuilder::new().description(description).content("application/json", body).build();
        operation.responses.responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(response));
    };
    if route.action != Action::ReadPublic {
        told("401", "Nobody is signed in.");
        told("403", "The person may not do this.");
    }
    told("400", "The address or the body has something that cannot be used; `detail` names it.");
    if route.path.contains('{') {
        told("404", "There is no such thing.");
    }
    if operation.request_body.is_some() {
        told("413", "The body is larger than 4 MB.");
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.required = Some(Required::True);
    }
    if route.action != Action::ReadPublic {
        operation.security =
            Some([SESSION, TOKEN].map(|scheme| SecurityRequirement::new(scheme, Vec::<String>::new())).to_vec());
    }
}
