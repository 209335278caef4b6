//! Targets that keep to the document, or not, and have to be judged for it: whoever can be
//! started only once, whoever dies, whoever stands behind a gateway.

use std::{
    net::TcpListener,
    thread::spawn,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    child::words,
    hostile::{Act, before},
    small::Small,
    support::{Ended, report, run, run_command, verdict},
};

/// Runs the program against a command or a URL, and reads its report.
pub(crate) fn judged(arguments: &[&str], command: Option<&str>) -> (Ended, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let arguments = [&["--report", &to], arguments].concat();
    let ended = match command {
        Some(role) => run_command(&arguments, &words(role)),
        None => run(&arguments),
    };
    (ended, report(&json))
}

/// A small server that runs until the test program ends.
pub(crate) fn small(bent: impl FnOnce(&mut Small)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let mut small = Small::new();
    bent(&mut small);
    spawn(move || small.serve(&listener));
    url
}

#[test]
fn what_can_be_started_only_once_is_judged_by_all_that_needs_no_second_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let lock = folder.path().join("lock");
    let begun = Instant::now();
    let (ended, found) = judged(
        &["--level", "must", "--pause", "0s"],
        Some(&format!("once:{}", lock.display())),
    );
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert_eq!(found["totals"]["must"]["incomplete"], 0);
    assert_eq!(found["totals"]["must"]["not-run"], 0);
    assert!(
        ended
            .text
            .contains("skipped: the target cannot be started afresh: the command ended"),
        "{}",
        ended.text
    );
    let took = begun.elapsed();
    assert!(took < Duration::from_secs(30), "{took:?}");
}

#[test]
fn a_process_of_ours_that_ends_while_it_owes_an_answer_has_failed() {
    let arguments = ["--strict", "--requirement", "REG-6"];
    let (ended, found) = judged(&arguments, Some("fragile"));
    assert_eq!(ended.status, 1, "{}", ended.text);
    assert_eq!(verdict(&found, "REG-6"), "fail");
    assert!(
        ended
            .text
            .contains("no answer: the command has ended (exit status: 7)"),
        "{}",
        ended.text
    );
}

#[test]
fn a_target_that_is_not_ours_has_the_benefit_of_the_doubt_also_after_bad_input() {
    let url = small(|small| {
        small.dies_of_no_email = true;
        small.serves_at_most = Some(usize::MAX);
    });
    let arguments = ["--base-url", &url, "--strict", "--requirement", "REG-6"];
    let (ended, found) = judged(&arguments, None);
    assert_eq!(ended.status, 6, "{}", ended.text);
    assert_eq!(verdict(&found, "REG-6"), "incomplete");
}

/// What becomes of REG-7, which sends two requests at once, and of REG-11, which comes after it.
fn in_a_crowd(arguments: &[&str], command: Option<&str>) -> [String; 2] {
    let tags = ["--strict", "--tags", "@REG-7 or @REG-11"];
    let (ended, found) = judged(&[&tags, arguments].concat(), command);
    assert_eq!(ended.status, 1, "{}", ended.text);
    ["REG-7", "REG-11"].map(|id| verdict(&found, id).to_owned())
}

#[test]
fn what_a_crowd_breaks_is_the_crowds_and_the_rest_is_judged_on_a_new_start() {
    assert_eq!(in_a_crowd(&[], Some("crowded")), ["fail", "pass"]);
}

#[test]
fn what_a_crowd_breaks_and_is_not_ours_to_start_is_blamed_for_what_follows() {
    let url = small(|small| small.breaks_in_a_crowd = true);
    assert_eq!(
        in_a_crowd(&["--base-url", &url], None),
        ["fail", "incomplete"]
    );
}

#[test]
fn a_gateways_503_is_waited_for_as_a_closed_port_is() {
    let arguments = ["--requirement", "ROOT-1", "--wait", "20s"];
    let (ended, _) = judged(&arguments, Some("gateway:6"));
    assert_eq!(ended.status, 0, "{}", ended.text);
    let arguments = ["--requirement", "ROOT-1", "--wait", "1s"];
    let (ended, found) = judged(&arguments, Some("gateway"));
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(ended.text.contains("it answers 503"), "{}", ended.text);
    assert_eq!(found["ending"]["kind"], "unreachable");
}

#[test]
fn a_gateway_in_front_of_a_url_is_not_the_target() {
    let url = crate::hostile::start(|stream, number| {
        crate::hostile::take_request(stream)?;
        let answer = match number {
            0..4 => "HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n",
            _ => crate::hostile::answers::WELCOME,
        };
        std::io::Write::write_all(stream, answer.as_bytes())
    });
    let arguments = [
        "--base-url",
        &url,
        "--requirement",
        "ROOT-1",
        "--wait",
        "10s",
    ];
    let (ended, _) = judged(&arguments, None);
    assert_eq!(ended.status, 0, "{}", ended.text);
    let url = crate::hostile::start(|stream, _| {
        crate::hostile::take_request(stream)?;
        let answer = b"HTTP/1.1 504 X\r\nContent-Length: 0\r\n\r\n";
        std::io::Write::write_all(stream, answer)
    });
    let (ended, _) = judged(&["--base-url", &url, "--wait", "300ms"], None);
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(ended.text.contains("answers only 504"), "{}", ended.text);
    let doctor = run(&["doctor", "--base-url", &url, "--wait", "300ms"]);
    assert_eq!(doctor.status, 3, "{}", doctor.text);
}

#[test]
fn timeouts_side_by_side_are_not_silence() {
    let url = before(&small(|_| {}), |_, request| {
        if request.starts_with("POST /reset_password") {
            Act::Hang
        } else {
            Act::Pass
        }
    });
    let verdicts = |concurrency: &str| -> Vec<(Value, Value)> {
        let (ended, found) = judged(
            &[
                "--base-url",
                &url,
                "--level",
                "must",
                "--pause",
                "0s",
                "--timeout",
                "400ms",
                "--concurrency",
                concurrency,
            ],
            None,
        );
        assert_eq!(ended.status, 1, "{}", ended.text);
        let all = found["requirements"].as_array().expect("requirements");
        all.iter()
            .map(|one| (one["id"].clone(), one["verdict"].clone()))
            .collect()
    };
    let alone = verdicts("1");
    assert!(
        alone.contains(&("LOGIN-1".into(), "pass".into())),
        "{alone:?}"
    );
    assert!(
        alone.contains(&("RESET-1".into(), "fail".into())),
        "{alone:?}"
    );
    assert_eq!(verdicts("8"), alone);
}

#[test]
fn a_seed_that_was_used_is_known_by_the_login_too() {
    let url = small(|small| small.knows_no_reset = true);
    let arguments = [
        "--base-url",
        &url,
        "--seed",
        "11",
        "--requirement",
        "ROOT-1",
    ];
    assert_eq!(run(&arguments).status, 0);
    let again = run(&arguments);
    assert_eq!(again.status, 2, "{}", again.text);
    assert!(again.text.contains("leave --seed out"), "{}", again.text);
}

#[test]
fn where_nothing_counts_that_is_said_before_it_runs() {
    let url = small(|_| {});
    let arguments = ["--base-url", &url, "--requirement", "HTTP-1"];
    let ended = run(&arguments);
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(ended.text.contains("can only end with 0"), "{}", ended.text);
    let strict = run(&[&arguments[..], &["--strict"]].concat());
    assert!(
        !strict.text.contains("can only end with 0"),
        "{}",
        strict.text
    );
}

#[test]
fn a_command_to_repeat_a_request_goes_the_way_that_the_run_was_told() {
    let url = crate::hostile::start(|stream, _| {
        crate::hostile::take_request(stream)?;
        let answer = b"HTTP/1.1 418 X\r\nContent-Length: 0\r\n\r\n";
        std::io::Write::write_all(stream, answer)
    });
    let authority = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/targets/tls/ca.pem");
    let ended = run(&[
        "--base-url",
        &url,
        "--requirement",
        "ROOT-1",
        "--ca",
        authority,
        "--insecure",
        "--header",
        "X-Key: what nobody may know",
    ]);
    let line =
        format!("repeat    curl -i --cacert {authority} --insecure {url}/ -H \"x-key: $X_KEY\"");
    assert!(ended.text.contains(&line), "{}", ended.text);
}
