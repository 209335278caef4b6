//! One answer for everything.

use serde_json::{Map, Value, json};

use crate::proof::{
    proxy::{Request, Response},
    subject::{Subject, documented},
};

/// An id, a sentence, what is kept all the same, the answer.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn(&Request) -> Response,
);

#[rustfmt::skip] // A table reads best as one.
const SERVERS: &[Row] = &[
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
         response.set(hyper::header::RETRY_AFTER, "3600");
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
         let id = uuid::Uuid::new_v4();
         response.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         response
     }),
    ("null-taken", "Everything is answered with 400 and the message for a taken email.", &[],
     |_| Response::json(400, &json!({"message": "email already registered"}))),
    ("null-static-files",
     "GET is answered with a page and everything else with 405, as by a file server.", &[], |request| {
         if request.method == hyper::Method::GET {
             return Response::text(200, "text/html", "<!doctype html><title>It works</title>");
         }
         let mut response = Response::page(405);
         response.set(hyper::header::ALLOW, "GET, HEAD");
         response
     }),
    ("null-hangs-up", "Every connection is closed without an answer.", &[], |_| Response::none()),
];

/// The servers of this kind.
pub(super) fn servers() -> Vec<Subject> {
    let server = |&(id, sentence, keeps, response): &Row| {
        Subject::null_server(id, sentence, keeps, response)
    };
    SERVERS.iter().map(server).collect()
}
