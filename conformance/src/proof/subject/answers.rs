//! What a conforming server answers, and whom a fault finds.

use serde_json::json;

use super::documented;
use crate::proof::proxy::{Account, ObservedState, Request, Response};

/// Finds a user by what is asked.
pub(crate) type Find = for<'a> fn(&Request, &'a ObservedState) -> Option<&'a Account>;

/// Finds a user by a token.
pub(crate) type FindByToken = for<'a> fn(&'a ObservedState, &str) -> Option<&'a Account>;

/// What a conforming server answers where the request succeeds, a cookie apart; the welcome for
/// what is not documented.
pub(crate) fn success(request: &Request) -> Response {
    let email = request.field("email").unwrap_or_default();
    documented::success(request, &json!(email)).unwrap_or_else(documented::welcome)
}

/// The profile of this user, whoever asked.
pub(crate) fn profile_of(email: &str) -> Response {
    Response::json(200, &json!({"email": email}))
}
