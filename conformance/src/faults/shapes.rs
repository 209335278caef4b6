//! Bodies that are almost the documented JSON: wrapped, quoted twice, or no JSON at all.

use serde_json::{Value, json};

use super::Subject;
use crate::proxy::{Answer, Case};

const SUCCESSES: [Case; 6] = [
    Case::Welcome,
    Case::Register,
    Case::Login,
    Case::Profile,
    Case::Reset,
    Case::Update,
];

/// Every requirement that is about a payload of a success.
const ABOUT_PAYLOADS: &[&str] = &[
    "ROOT-1",
    "REG-1",
    "LOGIN-1",
    "PROFILE-1",
    "RESET-1",
    "UPDATE-1",
    "E2E-1",
];

/// The same, but for answers whose token can no longer be read, so that nothing is updated.
const ABOUT_READABLE_PAYLOADS: &[&str] = &[
    "ROOT-1",
    "REG-1",
    "LOGIN-1",
    "PROFILE-1",
    "RESET-1",
    "E2E-1",
];

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = every_payload();
    faults.extend(single_payloads());
    faults
}

fn every_payload() -> Vec<Subject> {
    vec![
        Subject::fault(
            "payloads-in-data",
            "Every payload is wrapped in a member called 'data'.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, reshape(|payload| json!({ "data": payload }))),
        Subject::fault(
            "payloads-with-status",
            "Every payload has a member 'status' as well.",
            ABOUT_PAYLOADS,
        )
        .at(
            SUCCESSES,
            reshape(|mut payload| {
                payload["status"] = json!("success");
                payload
            }),
        ),
        Subject::fault(
            "payloads-in-list",
            "Every payload is a list of the payload and the status.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, reshape(|payload| json!([payload, 200]))),
        Subject::fault(
            "payloads-encoded-twice",
            "Every payload is a JSON string that holds the JSON.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, reshape(|payload| json!(payload.to_string()))),
        Subject::fault(
            "payloads-in-single-quotes",
            "Every payload is printed with single quotes, as Python prints a dict.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, |_, answer, _| {
            respell(answer, |text| text.replace('"', "'"));
        }),
        Subject::fault(
            "payloads-as-form",
            "Every payload is a urlencoded form instead of JSON.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, |_, answer, _| {
            let Some(Value::Object(members)) = answer.payload() else {
                return;
            };
            let mut form = form_urlencoded::Serializer::new(String::new());
            for (name, value) in &members {
                form.append_pair(name, value.as_str().unwrap_or_default());
            }
            answer.body = form.finish().into();
        }),
        Subject::fault(
            "payloads-empty",
            "Every answer has the right status and an empty body.",
            ABOUT_READABLE_PAYLOADS,
        )
        .at(SUCCESSES, |_, answer, _| answer.body.clear()),
    ]
}

fn single_payloads() -> Vec<Subject> {
    vec![
        Subject::fault(
            "welcome-plain-text",
            "The welcome is the bare word, without JSON around it.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], |_, answer, _| {
            *answer = Answer::text(200, "text/plain; charset=utf-8", "Bienvenue");
        }),
        Subject::fault(
            "welcome-cut-short",
            "The welcome's JSON lacks its closing brace.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], |_, answer, _| {
            respell(answer, |text| text.trim_end().trim_end_matches('}').to_owned());
        }),
        Subject::fault(
            "profile-trailing-comma",
            "A profile's JSON has a comma after the last member.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], |_, answer, _| {
            respell(answer, |text| text.replace('}', ",}"));
        }),
        Subject::fault(
            "login-two-documents",
            "A login's body is the payload twice, one after the other.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], |_, answer, _| {
            respell(answer, |text| format!("{text}\n{text}"));
        }),
        Subject::fault(
            "register-key-capitals",
            "A registration's members are called 'Email' and 'Message'.",
            &["REG-1", "E2E-1"],
        )
        .at(
            [Case::Register],
            reshape(|payload| json!({"Email": payload["email"], "Message": payload["message"]})),
        ),
        Subject::fault(
            "register-taken-list",
            "A taken email gets a list with the message in it.",
            &["REG-2"],
        )
        .at(
            [Case::RegisterTaken],
            reshape(|payload| json!([payload["message"]])),
        ),
        Subject::fault(
            "update-nested-user",
            "An update's email stands in an object called 'user'.",
            &["UPDATE-1", "E2E-1"],
        )
        .at(
            [Case::Update],
            reshape(|payload| {
                json!({"user": {"email": payload["email"]}, "message": payload["message"]})
            }),
        ),
    ]
}

fn reshape(
    change: fn(Value) -> Value,
) -> impl Fn(&crate::proxy::Ask, &mut Answer, &mut crate::proxy::Shadow) + Send + Sync + 'static {
    move |_, answer, _| {
        if let Some(payload) = answer.payload() {
            answer.set_payload(&change(payload));
        }
    }
}

fn respell(answer: &mut Answer, change: impl FnOnce(String) -> String) {
    let text = String::from_utf8_lossy(&answer.body).into_owned();
    answer.body = change(text).into();
}
