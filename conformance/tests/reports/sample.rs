//! Runs built by hand: one that passes, one with everything that a report has to show, one that
//! was interrupted, one that never reached its target.

mod parts;
mod rules;

use std::time::{Duration, UNIX_EPOCH};

use authspec::{
    http::{Counts, Exchange, Mismatch, NoResponse},
    run::{Ending, Outcome, Run, Suite},
    scenario::{Failure, Obstacle},
    target::{TargetInfo, TargetKind},
};

use self::{
    parts::{get, passed, post, step},
    rules::requirements,
};

/// What a hostile target puts wherever it can: markup, a script, a Markdown fence, a workflow
/// command, a terminal escape, control characters that XML forbids, and a text direction switch.
pub(crate) const HOSTILE: &str = "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\">\
     ]]>\n```\n|</details>\n::error::pwned\n%0A##[error]\u{1b}[31m\u{0}\u{8}\u{b}\u{202e}\u{ffff}{{7*7}}&amp;'\"";

/// A run in which everything passes.
pub(crate) fn passing() -> Run {
    let requirements = requirements();
    let scenarios = requirements.iter().map(passed).collect();
    Run {
        suite: Suite {
            name: "authspec".to_owned(),
            version: "0.1.0".to_owned(),
            digest: "sha256:0123456789abcdef".to_owned(),
        },
        target: TargetInfo {
            url: "http://127.0.0.1:5000".to_owned(),
            kind: TargetKind::Url,
            description: "http://127.0.0.1:5000".to_owned(),
            server: Some("sample/1.0".to_owned()),
            output: None,
        },
        seed: 42,
        started: UNIX_EPOCH + Duration::from_millis(1_793_534_400_250),
        duration: Duration::from_millis(2_345),
        strict: false,
        requirements,
        scenarios,
        counts: Counts {
            requests: 214,
            registrations: 31,
            logins: 40,
            updates: 9,
        },
        ending: Ending::Finished,
    }
}

fn set(run: &mut Run, id: &str, outcome: Outcome, exchanges: Vec<Exchange>) {
    let scenario = run
        .scenarios
        .iter_mut()
        .find(|scenario| scenario.requirement == id)
        .unwrap();
    scenario.outcome = outcome;
    scenario.exchanges = exchanges;
}

/// The failure of `LOGIN-4` in [`failing`].
fn wrong_password_accepted() -> Failure {
    Failure {
        step: step("Then", "she is refused as unauthorized", "login", 55),
        mismatches: vec![
            Mismatch::new("status", "401", "200"),
            Mismatch::new(
                "Set-Cookie",
                "no session_id",
                "session_id=8c0f8e3a-3a0a-4b57-9c5e-0a4be5a0a111",
            ),
            Mismatch::new(
                "body",
                "anything",
                "{\"email\": \"ada@example.com\", \"message\": \"logged in\"}",
            ),
        ],
        exchange: Some(1),
        story: None,
    }
}

/// A run with everything that a report has to show, against a target that answers with
/// [`HOSTILE`] text.
pub(crate) fn failing() -> Run {
    let mut run = passing();
    run.target.kind = TargetKind::Command;
    "the command `python3 app.py`".clone_into(&mut run.target.description);
    run.target.output = Some(format!("Traceback (most recent call last):\n  {HOSTILE}\n"));
    run.target.server = Some(HOSTILE.replace('\n', " "));
    let mut registered = post(
        "/users",
        "email=ada%40example.com&password=it%27s",
        200,
        "{}",
    );
    registered.fixture = true;
    let accepted = post(
        "/sessions",
        "email=ada%40example.com&password=wrong",
        200,
        "{\"email\": \"ada@example.com\", \"message\": \"logged in\"}",
    );
    set(
        &mut run,
        "LOGIN-4",
        Outcome::Failed(wrong_password_accepted()),
        vec![registered.clone(), accepted],
    );

    let mut garbage = get("/profile", 200, HOSTILE);
    if let Ok(response) = &mut garbage.answer {
        response.body.extend_from_slice(b"\xff\xfe");
        response.body_problem = Some("the body ended 12 bytes early".to_owned());
        response
            .headers
            .push(("X-Hostile".to_owned(), HOSTILE.to_owned()));
    }
    set(
        &mut run,
        "PROFILE-1",
        Outcome::Failed(Failure {
            step: step("Then", &format!("the answer is {HOSTILE}"), "profile", 85),
            mismatches: vec![Mismatch::new(
                "body",
                "{\"email\": \"ada@example.com\"}",
                HOSTILE,
            )],
            exchange: Some(1),
            story: None,
        }),
        vec![registered.clone(), garbage],
    );

    let mut silent = get("/profile", 200, "");
    silent.answer = Err(NoResponse::TimedOut(Duration::from_secs(10)));
    set(
        &mut run,
        "PROFILE-2",
        Outcome::Incomplete(Obstacle {
            cause: "the target did not answer any more".to_owned(),
            blocked_by: Some("PROFILE-1".to_owned()),
            step: Some(step("When", "the profile is asked for", "profile", 94)),
            mismatches: vec![Mismatch::new("answer", "any", "none within 10s")],
            exchange: Some(0),
        }),
        vec![silent],
    );
    set(
        &mut run,
        "REG-6",
        Outcome::Failed(Failure {
            step: step("Then", "the answer is a client error", "registering", 35),
            mismatches: vec![Mismatch::new("status", "400 to 499", "500")],
            exchange: Some(0),
            story: None,
        }),
        vec![post("/users", "password=x", 500, "<h1>oops</h1>")],
    );
    set(
        &mut run,
        "LOGIN-9",
        Outcome::Skipped("it needs a target that this run started".to_owned()),
        vec![],
    );
    set(&mut run, "LOGIN-10", Outcome::NotRun, vec![]);
    run
}

/// A run that Ctrl-C cut short: nothing failed, and what was due could not be judged.
pub(crate) fn interrupted() -> Run {
    let mut run = passing();
    run.ending = Ending::Interrupted;
    for scenario in run.scenarios.iter_mut().skip(3) {
        scenario.outcome = Outcome::Incomplete(Obstacle::outside("the run was interrupted"));
        scenario.exchanges.clear();
        scenario.duration = Duration::ZERO;
    }
    run
}

/// A run that never began: the target did not answer.
pub(crate) fn unreachable() -> Run {
    let mut run = passing();
    run.ending = Ending::Unreachable("http://127.0.0.1:5000 refused the connection".to_owned());
    run.counts = Counts::default();
    run.target.server = None;
    for scenario in &mut run.scenarios {
        scenario.outcome = Outcome::Incomplete(Obstacle::outside("the target was not reached"));
        scenario.exchanges.clear();
        scenario.duration = Duration::ZERO;
    }
    run
}

/// All of them, with a name each.
pub(crate) fn all() -> Vec<(&'static str, Run)> {
    vec![
        ("passing", passing()),
        ("failing", failing()),
        ("interrupted", interrupted()),
        ("unreachable", unreachable()),
    ]
}
