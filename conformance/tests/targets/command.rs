//! `authspec -- COMMAND`: started, awaited, judged, and stopped with all that it started.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal};

use crate::{
    child::words,
    support::{all_requirements, authspec, report, run, run_command, verdict},
};

/// Whether a process with that id lives. One that has ended and was not asked for lives no more.
pub(crate) fn lives(id: i32) -> bool {
    fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| {
        let state = stat
            .rsplit_once(')')
            .map_or("", |(_, rest)| rest.trim_start());
        !state.starts_with('Z')
    })
}

pub(crate) fn wait_for(what: &str, mut holds: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < until, "{what}");
        sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_command_is_started_judged_and_stopped_with_all_that_it_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let id_file = folder.path().join("id");
    let json = folder.path().join("report.json");
    let ended = run_command(
        &[
            "--requirement",
            "ROOT-1,LOGIN-1",
            "--report",
            &format!("json={}", json.display()),
        ],
        &words(&format!("parent:{}", id_file.display())),
    );
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(
        ended
            .text
            .contains("started for this run at http://127.0.0.1:")
    );
    let id: i32 = fs::read_to_string(id_file)
        .expect("an id")
        .parse()
        .expect("a number");
    assert!(!lives(id), "what left the process group was stopped too");
    let report = report(&json);
    assert_eq!(report["target"]["kind"], "command");
    let output = report["target"]["output"].as_str().expect("the output");
    assert!(output.contains("playing parent on port"), "{output}");
}

#[test]
fn port_and_the_placeholder_are_one_free_port() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ports");
    let script = format!(
        "echo $PORT {{port}} a{{port}}b > '{}'; exit 3",
        file.display()
    );
    let ended = run_command(&[], &["sh".into(), "-c".into(), script]);
    assert_eq!(ended.status, 3, "{}", ended.text);
    let text = fs::read_to_string(file).expect("the ports");
    let mut ports = text.split_whitespace();
    let port = ports.next().expect("a port");
    assert_eq!(ports.next(), Some(port));
    assert_eq!(ports.next(), Some(format!("a{port}b").as_str()));
}

#[test]
fn a_fixed_base_url_is_used_and_who_answers_there_already_is_never_judged() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let arguments = ["--base-url", &url, "--requirement", "ROOT-1"];
    let folder = tempfile::tempdir().expect("a folder");
    let touched = folder.path().join("touched");
    let script = format!("touch '{}'", touched.display());
    let refused = run_command(&arguments, &["sh".into(), "-c".into(), script]);
    assert_eq!(refused.status, 2, "{}", refused.text);
    assert!(
        refused
            .text
            .contains(&format!("something answers at {url} already"))
    );
    assert!(!touched.exists(), "nothing was started");
    drop(listener);
    let ended = run_command(&arguments, &words("small"));
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(ended.text.contains(&url));
}

#[test]
fn what_dies_before_it_answers_is_status_3_with_its_last_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let ended = run_command(
        &["--report", &format!("json={}", json.display())],
        &words("stillborn"),
    );
    assert_eq!(ended.status, 3, "{}", ended.text);
    assert!(
        ended.text.contains("the command ended (exit status: 9)"),
        "{}",
        ended.text
    );
    assert!(ended.text.contains("| no database"), "{}", ended.text);
    let report = report(&json);
    assert_eq!(report["exit_status"], 3);
    assert!(
        report["target"]["output"]
            .as_str()
            .is_some_and(|text| text.contains("no database"))
    );
}

#[test]
fn what_never_answers_is_status_3() {
    for role in ["mute", "sleeper"] {
        let ended = run_command(&["--wait", "700ms", "--timeout", "300ms"], &words(role));
        assert_eq!(ended.status, 3, "{role}: {}", ended.text);
        assert!(
            ended.text.contains("did not answer at"),
            "{role}: {}",
            ended.text
        );
        assert!(
            ended.text.contains(&format!("playing {role}")),
            "{role}: {}",
            ended.text
        );
    }
}

#[test]
fn what_cannot_be_started_is_status_2() {
    let ended = run_command(&[], &["/no/such/program".into()]);
    assert_eq!(ended.status, 2);
    assert!(
        ended.text.contains("cannot start /no/such/program"),
        "{}",
        ended.text
    );
    let ended = run(&["--"]);
    assert_eq!(
        ended.status, 2,
        "an empty variable must not judge the reference server"
    );
}

#[test]
fn what_dies_in_the_middle_is_told_with_how_it_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let ended = run_command(
        &[
            "--tags",
            "not @needs.fresh-start",
            "--report",
            &format!("json={}", json.display()),
        ],
        &words("mortal:20"),
    );
    // It owed an answer.
    assert_eq!(ended.status, 1, "{}", ended.text);
    assert!(
        ended
            .text
            .contains("the command has ended (exit status: 7)"),
        "{}",
        ended.text
    );
    assert!(ended.text.contains("| out of memory"), "{}", ended.text);
    assert_eq!(report(&json)["ending"]["kind"], "target-lost");
}

#[test]
fn faults_of_an_empty_store_are_found_by_fresh_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let to = format!("json={}", json.display());
    let tags = "@needs.fresh-start and @must";
    let ended = run_command(&["--tags", tags, "--report", &to], &words("lonely"));
    assert_eq!(ended.status, 1, "{}", ended.text);
    let found = report(&json);
    for id in ["PROFILE-2", "LOGOUT-3"] {
        assert_eq!(verdict(&found, id), "fail", "{id}");
    }
    let failed: Vec<&str> = found["requirements"]
        .as_array()
        .expect("requirements")
        .iter()
        .flat_map(|requirement| requirement["scenarios"].as_array().expect("scenarios"))
        .filter(|scenario| scenario["outcome"] == "failed")
        .filter_map(|scenario| scenario["name"].as_str())
        .collect();
    assert_eq!(
        failed, ["Without a cookie, when only Grace has registered since the start"; 2],
        "exactly one user is what it takes"
    );
}

/// How often a target is started for the scenarios of PROFILE-2 that need an empty store.
fn starts(role: &str, status: i32) -> usize {
    let folder = tempfile::tempdir().expect("a folder");
    let count = folder.path().join("count");
    let ended = run_command(
        &["--tags", "@needs.fresh-start and @PROFILE-2 or @ROOT-1"],
        &words(&format!("{role}:{}", count.display())),
    );
    assert_eq!(ended.status, status, "{}", ended.text);
    fs::read_to_string(count).expect("the count").len()
}

#[test]
fn scenarios_that_need_an_empty_store_share_a_start_while_all_of_them_pass() {
    assert_eq!(starts("counted", 0), 2, "at first, and for three scenarios");
}

#[test]
fn where_one_fails_on_a_shared_start_each_has_its_own() {
    assert_eq!(starts("counted-lonely", 1), 5);
}

#[test]
fn what_a_scenario_ends_with_is_shared_only_where_it_is_about_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let features = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features");
    let profile = fs::read_to_string(features.join("profile.feature")).expect("the feature");
    // Each now ends with its own answer, which is another's business in no case.
    let shorter = profile
        .replace("      And Grace can log in and see her profile\n", "")
        .replace(
            "      And Grace can register, log in and see her profile\n",
            "",
        );
    assert_ne!(shorter, profile);
    for entry in fs::read_dir(features).expect("the features").flatten() {
        if entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "feature")
        {
            fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
        }
    }
    fs::write(folder.path().join("profile.feature"), shorter).expect("the feature");
    let features = folder.path().display().to_string();
    let ended = run_command(
        &[
            "--features",
            &features,
            "--tags",
            "@needs.fresh-start and @PROFILE-2",
        ],
        &words("lonely"),
    );
    assert_eq!(ended.status, 1, "{}", ended.text);
}

#[test]
fn a_target_that_cannot_start_again_at_once_is_given_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let count = folder.path().join("count");
    let ended = run_command(
        &["--requirement", "UPDATE-4"],
        &words(&format!("reluctant:{}", count.display())),
    );
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(!ended.text.contains("skipped"), "{}", ended.text);
    let starts = fs::read_to_string(count).expect("the count").len();
    assert_eq!(starts, 4, "one, and three tries for two scenarios");
}

#[test]
fn on_a_target_that_is_not_ours_fresh_starts_are_skipped_visibly() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || crate::small::Small::new().serve(&listener));
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let ended = run(&[
        "--base-url",
        &url,
        "--requirement",
        "PROFILE-2",
        "--report",
        &format!("json={}", json.display()),
    ]);
    assert_eq!(ended.status, 0, "{}", ended.text);
    assert!(
        ended.text.contains("3 scenarios were skipped"),
        "{}",
        ended.text
    );
    assert_eq!(verdict(&report(&json), "PROFILE-2"), "pass");
    let nothing = run(&["--base-url", &url, "--tags", "@needs.fresh-start"]);
    assert_eq!(nothing.status, 4, "{}", nothing.text);
}

fn interrupted(signal: Signal, role: &str, ready: &Path) -> (i32, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let json = folder.path().join("report.json");
    let child = authspec(&[
        "--pause",
        "200ms",
        "--report",
        &format!("json={}", json.display()),
    ])
    .arg("--")
    .args(words(role))
    .spawn()
    .expect("it starts");
    wait_for("the target was started", || ready.exists());
    sleep(Duration::from_millis(500));
    let id = Pid::from_raw(i32::try_from(child.id()).expect("an id")).expect("an id");
    rustix::process::kill_process(id, signal).expect("the signal is sent");
    let output = child.wait_with_output().expect("it ends");
    let report = report(&json);
    assert_eq!(report["ending"]["kind"], "interrupted");
    assert_eq!(
        report["requirements"].as_array().map(Vec::len),
        Some(all_requirements()),
        "every requirement is accounted for"
    );
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code().expect("it ended by itself"), text)
}

#[test]
fn a_signal_stops_the_run_and_the_target_and_writes_the_reports() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
        let folder = tempfile::tempdir().expect("a folder");
        let id_file = folder.path().join("id");
        let (status, text) =
            interrupted(signal, &format!("parent:{}", id_file.display()), &id_file);
        assert_eq!(status, 6, "{text}");
        assert!(text.contains("The run was interrupted."), "{text}");
        let id: i32 = fs::read_to_string(id_file)
            .expect("an id")
            .parse()
            .expect("a number");
        wait_for("the target is gone", || !lives(id));
    }
}

#[test]
fn a_target_that_ignores_sigterm_is_killed() {
    let mut words = words("small");
    words[2] = format!("trap '' TERM; {}", words[2]);
    let ended = run_command(&["--requirement", "ROOT-1"], &words);
    assert_eq!(ended.status, 0, "{}", ended.text);
    let port = ended
        .text
        .split_once("at http://127.0.0.1:")
        .and_then(|(_, rest)| rest.split_once(' '))
        .map(|(port, _)| port.to_owned())
        .expect("a port");
    assert!(
        std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_err(),
        "nobody listens any more"
    );
}
