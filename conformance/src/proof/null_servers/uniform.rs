//! One answer for everything.

use serde_json::Map;

use super::Row;
use crate::proof::subject::{documented, prelude::*};

/// The rows of this kind.
#[rustfmt::skip] // A table reads best as one.
pub(super) const SERVERS: &[Row] = &[
    ("null-200-empty", "Everything is answered with 200 and no body.", &[], |_| Response::empty(200)),
    ("null-204", "Everything is answered with 204.", &[], |_| Response::empty(204)),
    ("null-302", "Everything is redirected to the root.", &[], |_| Response::redirect(302, "/")),
    ("null-400", "Everything is answered with 400.", &[], |_| Response::page(400)),
    ("null-401", "Everything is answered with 401.", &[], |_| Response::page(401)),
    ("null-403", "Everything is answered with 403.", &[], |_| Response::page(403)),
    ("null-404", "Everything is answered with 404.", &[], |_| Response::page(404)),
    ("null-405", "Everything is answered with 405.", &[], |_| Response::page(405)),
    ("null-500", "Everything is answered with 500.", &[], |_| Response::page(500)),
    ("null-503", "Everything is turned away with 503, for an hour.", &[], |_| {
         let mut response = Response::page(503);
         response.set(header::RETRY_AFTER, "3600");
         response
     }),
    ("null-200-object", "Everything is answered with 200 and {}.", &[],
     |_| Response::json(200, &json!({}))),
    ("null-welcome", "Everything is answered with the welcome.", &["ROOT-1"],
     |_| documented::welcome()),
    ("null-echo", "Everything is answered with 200 and the fields of the form as JSON.", &[], |request| {
         let fields = request.fields().into_iter().map(|(name, value)| (name, json!(value)));
         Response::json(200, &Value::Object(fields.collect::<Map<_, _>>()))
     }),
    ("null-cookie", "Everything is answered with 200, {} and a session cookie that means nothing.",
     &[], |_| {
         let mut response = Response::json(200, &json!({}));
         let id = Uuid::new_v4();
         response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         response
     }),
    ("null-taken", "Everything is answered with 400 and the message for a taken email.", &[],
     |_| Response::json(400, &json!({"message": "email already registered"}))),
    ("null-static-files",
     "GET is answered with a page and everything else with 405, as by a file server.", &[], |request| {
         if request.method == Method::GET {
             return Response::text(200, "text/html", "<!doctype html><title>It works</title>");
         }
         let mut response = Response::page(405);
         response.set(header::ALLOW, "GET, HEAD");
         response
     }),
    ("null-hangs-up", "Every connection is closed without an answer.", &[], |_| Response::none()),
];
