//! What the tests start as a target: this test program again, in one of several roles.

use std::{
    env, fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    path::Path,
    process::Command,
    time::Duration,
};

use crate::small::Small;

/// The variable that names the role.
const ROLE: &str = "AUTHSPEC_TEST_ROLE";

/// The words that start this program in a role, after `--`.
pub(crate) fn words(role: &str) -> Vec<String> {
    let program = env::current_exe().expect("a path of this program");
    let script = format!(
        "exec env {ROLE}={role} '{}' --exact child::play --ignored --nocapture",
        program.display()
    );
    ["sh", "-c", &script].map(str::to_owned).to_vec()
}

/// No test: the part of a target, played when a test asks for it.
#[test]
#[ignore = "it is what other tests start as their target"]
fn play() {
    let Ok(role) = env::var(ROLE) else { return };
    let (role, argument) = role.split_once(':').unwrap_or((&role, ""));
    if role == "client" {
        return crate::client::play(argument);
    }
    let port: u16 = env::var("PORT").expect("a port").parse().expect("a number");
    let listen = || TcpListener::bind(("127.0.0.1", port)).expect("the port is free");
    let bent = |bend: &dyn Fn(&mut Small)| {
        let mut small = Small::new();
        bend(&mut small);
        small.serve(&listen());
    };
    println!("playing {role} on port {port}");
    match role {
        "small" => Small::new().serve(&listen()),
        // Counts its starts in a file.
        "counted" | "counted-lonely" => {
            let count = fs::read_to_string(argument).unwrap_or_default();
            fs::write(argument, count + "x").expect("the count");
            bent(&|small| small.finds_the_only_user = role == "counted-lonely");
        }
        // Can be started once and never again, as a container whose port stays taken.
        "once" => {
            let first = fs::OpenOptions::new()
                .create_new(true)
                .write(true)
                .open(argument);
            if first.is_err() {
                eprintln!("the lock is held");
                std::process::exit(1);
            }
            Small::new().serve(&listen());
        }
        // Cannot be started again at once, as one whose port is still kept from it.
        "reluctant" => {
            let starts = fs::read_to_string(argument).unwrap_or_default() + "x";
            fs::write(argument, &starts).expect("the count");
            if starts.len() % 3 != 1 {
                eprintln!("address already in use");
                std::process::exit(1);
            }
            Small::new().serve(&listen());
        }
        // As bent as a file says.
        "bent" => {
            let how = fs::read_to_string(argument).expect("how");
            if how.contains("broken") {
                eprintln!("bent until it broke");
                std::process::exit(3);
            }
            bent(&|small| small.knows_no_reset = how.contains("no-reset"));
        }
        // Does without what it can do, at each second start.
        "moody" => {
            let count = fs::read_to_string(argument).unwrap_or_default();
            fs::write(argument, format!("{count}x")).expect("the count");
            bent(&|small| small.knows_no_reset = count.len() % 2 == 1);
        }
        "crowded" => bent(&|small| small.breaks_in_a_crowd = true),
        "lonely" => bent(&|small| small.finds_the_only_user = true),
        "mortal" => bent(&|small| small.dies_after = Some(argument.parse().expect("a number"))),
        "fragile" => bent(&|small| small.dies_of_no_email = true),
        "stillborn" => {
            eprintln!("no database");
            std::process::exit(9);
        }
        // As a gateway before its server is there: for so many requests, or for ever.
        "gateway" => {
            let listener = listen();
            let mut left: usize = argument.parse().unwrap_or(usize::MAX);
            while left > 0 {
                let (mut stream, _) = listener.accept().expect("a connection");
                left -= 1;
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream
                    .write_all(b"HTTP/1.1 503 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
            Small::new().serve(&listener);
        }
        "mute" => {
            let _listener = listen();
            std::thread::sleep(Duration::from_mins(1));
        }
        "sleeper" => std::thread::sleep(Duration::from_mins(1)),
        // Starts a process that leaves the group, and tells its id in a file.
        "parent" => {
            let child = Command::new("setsid")
                .args(["sleep", "60"])
                .spawn()
                .expect("setsid");
            fs::write(Path::new(argument), child.id().to_string()).expect("the id");
            Small::new().serve(&listen());
        }
        other => panic!("no such role: {other}"),
    }
}
