//! A row of the table of routes.

use axum::{http::Method, routing::MethodRouter};

use super::{Action, Shared};

/// One route: what is asked, which permission it needs, and what answers.
///
/// The table of all routes is what the permission test walks, so that no route can be forgotten.
#[derive(Clone, Debug)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: &'static str,
    /// The permission that its use case decides on.
    pub action: Action,
    /// The handler.
    pub handler: MethodRouter<Shared>,
}

impl Route {
    /// A route that reads.
    pub fn get(path: &'static str, action: Action, handler: MethodRouter<Shared>) -> Self {
        Route { method: Method::GET, path, action, handler }
    }

    /// A route that writes.
    pub fn post(path: &'static str, action: Action, handler: MethodRouter<Shared>) -> Self {
        Route { method: Method::POST, path, action, handler }
    }
}
