//! One answer for everything.

use serde_json::{Map, Value, json};

use super::Subject;
use crate::proxy::{Answer, Ask};

/// The servers of this kind.
pub(super) fn servers() -> Vec<Subject> {
    [statuses(), bodies()].concat()
}

fn server(id: &'static str, sentence: &'static str, answer: fn(&Ask) -> Answer) -> Subject {
    Subject::null_server(id, sentence, &[], answer)
}

fn statuses() -> Vec<Subject> {
    vec![
        server(
            "null-200-empty",
            "Everything is answered with 200 and no body.",
            |_| Answer::empty(200),
        ),
        server("null-204", "Everything is answered with 204.", |_| {
            Answer::empty(204)
        }),
        server("null-302", "Everything is redirected to the root.", |_| {
            Answer::redirect(302, "/")
        }),
        server("null-400", "Everything is answered with 400.", |_| {
            Answer::page(400)
        }),
        server("null-401", "Everything is answered with 401.", |_| {
            Answer::page(401)
        }),
        server("null-403", "Everything is answered with 403.", |_| {
            Answer::page(403)
        }),
        server("null-404", "Everything is answered with 404.", |_| {
            Answer::page(404)
        }),
        server("null-405", "Everything is answered with 405.", |_| {
            Answer::page(405)
        }),
        server("null-500", "Everything is answered with 500.", |_| {
            Answer::page(500)
        }),
        server(
            "null-503",
            "Everything is turned away with 503, for an hour.",
            |_| {
                let mut answer = Answer::page(503);
                answer.set(hyper::header::RETRY_AFTER, "3600");
                answer
            },
        ),
    ]
}

fn bodies() -> Vec<Subject> {
    vec![
        server(
            "null-200-object",
            "Everything is answered with 200 and {}.",
            |_| Answer::json(200, &json!({})),
        ),
        Subject::null_server(
            "null-welcome",
            "Everything is answered with the welcome.",
            &["ROOT-1"],
            |_| Answer::json(200, &json!({"message": "Bienvenue"})),
        ),
        server(
            "null-echo",
            "Everything is answered with 200 and the fields of the form as JSON.",
            |ask| {
                let members: Map<String, Value> = ask
                    .fields()
                    .into_iter()
                    .map(|(name, value)| (name, json!(value)))
                    .collect();
                Answer::json(200, &Value::Object(members))
            },
        ),
        server(
            "null-cookie",
            "Everything is answered with 200, {} and a session cookie that means nothing.",
            |_| {
                let mut answer = Answer::json(200, &json!({}));
                let id = uuid::Uuid::new_v4();
                answer.add_cookie(&format!("session_id={id}; Path=/; HttpOnly; SameSite=Lax"));
                answer
            },
        ),
        server(
            "null-taken",
            "Everything is answered with 400 and the message for a taken email.",
            |_| Answer::json(400, &json!({"message": "email already registered"})),
        ),
        server(
            "null-static-files",
            "GET is answered with a page and everything else with 405, as by a file server.",
            |ask| {
                if ask.method == hyper::Method::GET {
                    return Answer::text(
                        200,
                        "text/html",
                        "<!doctype html><title>It works</title>",
                    );
                }
                let mut answer = Answer::page(405);
                answer.set(hyper::header::ALLOW, "GET, HEAD");
                answer
            },
        ),
        server(
            "null-hangs-up",
            "Every connection is closed without an answer.",
            |_| Answer::none(),
        ),
    ]
}
