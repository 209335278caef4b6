//! One answer for everything.

use serde_json::{Map, Value, json};

use crate::proof::{
    proxy::{Answer, Ask},
    subject::{Subject, documented},
};

/// An id, a sentence, what is kept all the same, the answer.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn(&Ask) -> Answer,
);

#[rustfmt::skip] // A table reads best as one.
const SERVERS: &[Row] = &[
    ("null-200-empty", "Everything is answered with 200 and no body.", &[], |_| Answer::empty(200)),
    ("null-204", "Everything is answered with 204.", &[], |_| Answer::empty(204)),
    ("null-302", "Everything is redirected to the root.", &[], |_| Answer::redirect(302, "/")),
    ("null-400", "Everything is answered with 400.", &[], |_| Answer::page(400)),
    ("null-401", "Everything is answered with 401.", &[], |_| Answer::page(401)),
    ("null-403", "Everything is answered with 403.", &[], |_| Answer::page(403)),
    ("null-404", "Everything is answered with 404.", &[], |_| Answer::page(404)),
    ("null-405", "Everything is answered with 405.", &[], |_| Answer::page(405)),
    ("null-500", "Everything is answered with 500.", &[], |_| Answer::page(500)),
    ("null-503", "Everything is turned away with 503, for an hour.", &[], |_| {
         let mut answer = Answer::page(503);
         answer.set(hyper::header::RETRY_AFTER, "3600");
         answer
     }),
    ("null-200-object", "Everything is answered with 200 and {}.", &[],
     |_| Answer::json(200, &json!({}))),
    ("null-welcome", "Everything is answered with the welcome.", &["ROOT-1"],
     |_| documented::welcome()),
    ("null-echo", "Everything is answered with 200 and the fields of the form as JSON.", &[], |ask| {
         let fields = ask.fields().into_iter().map(|(name, value)| (name, json!(value)));
         Answer::json(200, &Value::Object(fields.collect::<Map<_, _>>()))
     }),
    ("null-cookie", "Everything is answered with 200, {} and a session cookie that means nothing.",
     &[], |_| {
         let mut answer = Answer::json(200, &json!({}));
         let id = uuid::Uuid::new_v4();
         answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
         answer
     }),
    ("null-taken", "Everything is answered with 400 and the message for a taken email.", &[],
     |_| Answer::json(400, &json!({"message": "email already registered"}))),
    ("null-static-files",
     "GET is answered with a page and everything else with 405, as by a file server.", &[], |ask| {
         if ask.method == hyper::Method::GET {
             return Answer::text(200, "text/html", "<!doctype html><title>It works</title>");
         }
         let mut answer = Answer::page(405);
         answer.set(hyper::header::ALLOW, "GET, HEAD");
         answer
     }),
    ("null-hangs-up", "Every connection is closed without an answer.", &[], |_| Answer::none()),
];

/// The servers of this kind.
pub(super) fn servers() -> Vec<Subject> {
    let server =
        |&(id, sentence, keeps, answer): &Row| Subject::null_server(id, sentence, keeps, answer);
    SERVERS.iter().map(server).collect()
}
