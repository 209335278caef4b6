//! What the document is silent about, done otherwise: fails what is advised, and nothing else.

use hyper::{Method, header};

use super::Subject;
use crate::proxy::{Answer, Case};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    let mut freedoms = emails();
    freedoms.extend(sessions_and_tokens());
    freedoms.extend(errors());
    freedoms
}

fn emails() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "email-needs-at",
            "A registration is refused where the email has no @ in it.",
        )
        .before(|_, ask, _| {
            let email = ask.field("email")?;
            (ask.is(&Method::POST, "/users") && !email.contains('@')).then(|| Answer::page(422))
        }),
        Subject::freedom(
            "email-lower-cased",
            "Emails are kept and compared in lower case.",
        )
        .may_fail(&["REG-11"])
        .before(|_, ask, _| {
            ask.map_field("email", str::to_lowercase);
            None
        }),
        Subject::freedom("email-trimmed", "Blanks around an email are cut.").before(|_, ask, _| {
            ask.map_field("email", |email| email.trim().to_owned());
            None
        }),
        Subject::freedom(
            "email-ascii-only",
            "An email with letters outside ASCII is refused.",
        )
        .before(|_, ask, _| {
            let email = ask.field("email")?;
            (ask.is(&Method::POST, "/users") && !email.is_ascii()).then(|| Answer::page(400))
        }),
    ]
}

fn sessions_and_tokens() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "update-ends-session",
            "A new password ends the session of its user.",
        )
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::Update {
                door.end_session_of_the_named(&ask).await;
            }
            answer
        }),
        Subject::freedom(
            "token-request-ends-session",
            "A request for a token ends the session of its user.",
        )
        .may_fail(&["RESET-7"])
        .whole(|case, ask, door| async move {
            let answer = door.send(ask.clone()).await;
            if case == Case::Reset {
                door.end_session_of_the_named(&ask).await;
            }
            answer
        }),
        Subject::freedom(
            "update-ignores-email",
            "A token works whatever email is sent with it.",
        )
        .may_fail(&["UPDATE-8"])
        .before(|case, ask, shadow| {
            if case == Case::UpdateMismatch {
                let owner = shadow.by_token(&ask.field("reset_token")?)?.email.clone();
                ask.set_field("email", &owner);
            }
            None
        }),
        Subject::freedom(
            "update-without-email-field",
            "An update needs no email, as the token says whose it is.",
        )
        .may_fail(&["UPDATE-6", "UPDATE-8"])
        .before(|_, ask, shadow| {
            let token = ask.field("reset_token")?;
            if ask.is(&Method::PUT, "/reset_password") && ask.field("email").is_none() {
                let owner = shadow.by_token(&token)?.email.clone();
                ask.set_field("email", &owner);
            }
            None
        }),
    ]
}

/// Everything that only bad input shows.
const ABOUT_BAD_INPUT: &[&str] = &[
    "REG-6", "REG-8", "REG-9", "REG-10", "LOGIN-8", "RESET-6", "UPDATE-6", "UPDATE-7", "UPDATE-8",
    "HTTP-1", "HTTP-2", "HTTP-3", "HTTP-4",
];

/// Whether nothing is said of the answer. A token with another's email is answered with the
/// documented success or a 4xx.
fn is_undecided(case: Case) -> bool {
    case.is_odd() && case != Case::UpdateMismatch
}

fn errors() -> Vec<Subject> {
    vec![
        Subject::freedom(
            "bad-input-500",
            "Whatever the document is silent about fails with 500.",
        )
        .may_fail(ABOUT_BAD_INPUT)
        .after(|case, _, answer, _| {
            if is_undecided(case) {
                *answer = Answer::page(500);
            }
        }),
        Subject::freedom(
            "bad-input-400",
            "Whatever the document is silent about is answered with 400.",
        )
        .may_fail(&["HTTP-1", "HTTP-2", "HTTP-3"])
        .after(|case, _, answer, _| {
            if case.is_odd() {
                *answer = Answer::page(400);
            }
        }),
        Subject::freedom(
            "bad-input-hangs-up",
            "Whatever the document is silent about closes the connection.",
        )
        .may_fail(ABOUT_BAD_INPUT)
        .after(|case, _, answer, _| {
            if is_undecided(case) {
                *answer = Answer::none();
            }
        }),
        Subject::freedom(
            "missing-email-wrecks",
            "After a registration without an email nobody can register any more.",
        )
        .may_fail(ABOUT_BAD_INPUT)
        .before(|_, ask, shadow| {
            if !ask.is(&Method::POST, "/users") {
                return None;
            }
            if ask.field("email").is_none() {
                shadow.notes.insert("wrecked".to_owned(), String::new());
            }
            shadow
                .notes
                .contains_key("wrecked")
                .then(|| Answer::page(500))
        }),
        Subject::freedom(
            "unknown-paths-welcome",
            "Unknown paths and methods are sent to the root.",
        )
        .may_fail(&["HTTP-1", "HTTP-2", "HTTP-3"])
        .after(|case, _, answer, _| {
            if case == Case::Elsewhere {
                *answer = Answer::redirect(302, "/");
            }
        }),
        Subject::freedom(
            "refusals-tell-and-lack-allow",
            "A login says what was wrong, and a 405 does not say what would be right.",
        )
        .may_fail(&["LOGIN-11", "HTTP-3"])
        .after(|case, _, answer, _| {
            answer.headers.remove(header::ALLOW);
            match case {
                Case::LoginUnknown if answer.status == 401 => {
                    *answer = Answer::text(401, "text/plain", "no such user");
                }
                Case::LoginWrong if answer.status == 401 => {
                    *answer = Answer::text(401, "text/plain", "wrong password");
                }
                _ => {}
            }
        }),
        Subject::freedom(
            "fields-from-query-too",
            "Fields that a form lacks are taken from the query.",
        )
        .may_fail(&["REG-10"])
        .before(|_, ask, _| {
            for name in ["email", "password"] {
                if let (None, Some(value)) = (ask.field(name), ask.parameter(name)) {
                    ask.set_field(name, &value);
                }
            }
            None
        }),
    ]
}
