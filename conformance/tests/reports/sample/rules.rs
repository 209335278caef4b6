//! The requirements of the sample runs.

use authspec::suite::{Level, Location, Requirement};

pub(super) fn location(file: &str, line: usize) -> Location {
    Location {
        file: format!("features/{file}.feature"),
        line,
    }
}

struct Rule(
    &'static str,
    Level,
    &'static [u8],
    &'static str,
    &'static str,
    &'static str,
);

const RULES: &[Rule] = &[
    Rule(
        "ROOT-1",
        Level::Must,
        &[6],
        "the root answers a welcome",
        "Welcome",
        "root",
    ),
    Rule(
        "REG-1",
        Level::Must,
        &[7],
        "registering a new email answers 200 and the payload",
        "Registering",
        "registering",
    ),
    Rule(
        "REG-6",
        Level::Should,
        &[],
        "a missing email or password answers 4xx and creates no account",
        "Registering",
        "registering",
    ),
    Rule(
        "LOGIN-1",
        Level::Must,
        &[8, 11],
        "right credentials answer 200 and the payload",
        "Logging in",
        "login",
    ),
    Rule(
        "LOGIN-4",
        Level::Must,
        &[8, 11],
        "a wrong password answers 401, sets no usable session and leaves a running one alone",
        "Logging in",
        "login",
    ),
    Rule(
        "LOGIN-9",
        Level::Should,
        &[],
        "several logins of different users at the same time all succeed",
        "Logging in",
        "login",
    ),
    Rule(
        "LOGIN-10",
        Level::May,
        &[],
        "the cookie is `HttpOnly` and has `SameSite`",
        "Logging in",
        "login",
    ),
    Rule(
        "PROFILE-1",
        Level::Must,
        &[12, 15],
        "a live session answers 200 with the user's email, again and again",
        "Profile",
        "profile",
    ),
    Rule(
        "PROFILE-2",
        Level::Must,
        &[12, 15],
        "no cookie answers 403",
        "Profile",
        "profile",
    ),
];

pub(super) fn requirements() -> Vec<Requirement> {
    RULES
        .iter()
        .enumerate()
        .map(
            |(index, Rule(id, level, tasks, title, area, file))| Requirement {
                id: (*id).to_owned(),
                level: *level,
                tasks: tasks.to_vec(),
                title: (*title).to_owned(),
                description: (*id == "LOGIN-4")
                    .then(|| "The refusal is proven beside a login that succeeds.".to_owned()),
                area: (*area).to_owned(),
                location: location(file, 10 * (index + 1)),
            },
        )
        .collect()
}
