//! Routes that are missing, or that listen at another path or to another method; and what
//! happens off the documented paths.

use hyper::{Method, header};
use serde_json::json;

use super::Subject;
use crate::proxy::{Answer, Case};

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    let mut faults = misplaced();
    faults.extend(unknown_paths());
    faults.extend(wrong_methods());
    faults
}

/// A route that answers 404 where the document puts it.
fn missing(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    method: Method,
    path: &'static str,
    status: u16,
) -> Subject {
    Subject::fault(id, sentence, caught_by)
        .before(move |_, ask, _| ask.is(&method, path).then(|| Answer::page(status)))
}

fn misplaced() -> Vec<Subject> {
    vec![
        missing(
            "welcome-missing",
            "There is no route at the root.",
            &["ROOT-1"],
            Method::GET,
            "/",
            404,
        ),
        missing(
            "register-at-register",
            "Users register at /register, and /users is unknown.",
            &["REG-1", "E2E-1"],
            Method::POST,
            "/users",
            404,
        ),
        missing(
            "login-at-login",
            "Users log in at /login, and POST /sessions is unknown.",
            &["LOGIN-1", "E2E-1"],
            Method::POST,
            "/sessions",
            404,
        ),
        missing(
            "login-405",
            "POST /sessions answers 405, as when the route was given no methods.",
            &["LOGIN-1", "E2E-1"],
            Method::POST,
            "/sessions",
            405,
        ),
        missing(
            "profile-at-me",
            "The profile lives at /me, and /profile is unknown.",
            &["PROFILE-1", "PROFILE-2", "PROFILE-3", "E2E-1"],
            Method::GET,
            "/profile",
            404,
        ),
        missing(
            "logout-by-post",
            "A logout is POST /logout, and DELETE /sessions answers 405.",
            &["LOGOUT-1", "LOGOUT-3", "LOGOUT-4", "E2E-1"],
            Method::DELETE,
            "/sessions",
            405,
        ),
        missing(
            "reset-missing",
            "POST /reset_password is unknown, as the route is spelled /reset-password.",
            &["RESET-1", "E2E-1"],
            Method::POST,
            "/reset_password",
            404,
        ),
        missing(
            "update-by-patch",
            "A password is updated by PATCH, and PUT answers 405.",
            &["UPDATE-1", "UPDATE-4", "E2E-1"],
            Method::PUT,
            "/reset_password",
            405,
        ),
        Subject::fault(
            "slash-redirects",
            "Every documented path but the root redirects to itself with a slash at the end.",
            &["REG-1", "E2E-1"],
        )
        .before(|case, ask, _| {
            let documented = case != Case::Welcome && case != Case::Elsewhere;
            documented.then(|| Answer::redirect(308, &format!("{}/", ask.path)))
        }),
    ]
}

fn unknown_paths() -> Vec<Subject> {
    vec![
        elsewhere(
            "unknown-path-welcome",
            "Every unknown path answers the welcome.",
            &["HTTP-1"],
            || Answer::json(200, &json!({"message": "Bienvenue"})),
        ),
        elsewhere(
            "unknown-path-redirects",
            "Every unknown path redirects to the root.",
            &["HTTP-1"],
            || Answer::redirect(302, "/"),
        ),
        elsewhere(
            "unknown-path-500",
            "Every unknown path fails with 500.",
            &["HTTP-1"],
            || Answer::page(500),
        ),
        elsewhere(
            "unknown-path-403",
            "Every unknown path is refused with 403.",
            &["HTTP-1"],
            || Answer::page(403),
        ),
    ]
}

const DOCUMENTED: [&str; 5] = ["/", "/users", "/sessions", "/profile", "/reset_password"];

fn elsewhere(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    answer: fn() -> Answer,
) -> Subject {
    Subject::fault(id, sentence, caught_by)
        .before(move |_, ask, _| (!DOCUMENTED.contains(&&*ask.path)).then(answer))
}

fn wrong_methods() -> Vec<Subject> {
    vec![
        wrong_method(
            "wrong-method-200",
            "A method that a path does not have is answered with 200.",
            &["HTTP-2"],
            || Answer::json(200, &json!({})),
        ),
        wrong_method(
            "wrong-method-500",
            "A method that a path does not have fails with 500.",
            &["HTTP-2"],
            || Answer::page(500),
        ),
        wrong_method(
            "wrong-method-400",
            "A method that a path does not have is answered with 400.",
            &["HTTP-2"],
            || Answer::page(400),
        ),
        Subject::fault(
            "wrong-method-without-allow",
            "A 405 does not say which methods the path has.",
            &["HTTP-3"],
        )
        .after(|case, ask, answer, _| {
            if case == Case::Elsewhere && DOCUMENTED.contains(&&*ask.path) {
                answer.set_status(405);
                answer.headers.remove(header::ALLOW);
            }
        }),
    ]
}

fn wrong_method(
    id: &'static str,
    sentence: &'static str,
    caught_by: &'static [&'static str],
    answer: fn() -> Answer,
) -> Subject {
    Subject::fault(id, sentence, caught_by).before(move |case, ask, _| {
        // HEAD and OPTIONS are for a server to support or not.
        let free = ask.method == Method::HEAD || ask.method == Method::OPTIONS;
        let wrong = case == Case::Elsewhere && !free && DOCUMENTED.contains(&&*ask.path);
        wrong.then(answer)
    })
}
