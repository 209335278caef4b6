//! A grading of strangers' programs, some of which mean harm.

use std::{
    fmt::Write as _,
    fs,
    io::Read as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use crate::support::{Ended, authspec, report};

const SERVE: &str = include_str!("hostile_submissions/serve.py");
const SERVER: &str = include_str!("../second_server/app.py");

/// What nobody but its author may read, and what nobody but the grader may see.
const SECRETS: [&str; 2] = ["the neighbour's own words", "the grader's own password"];

/// A folder of submissions, each with an act.
struct Class {
    folder: tempfile::TempDir,
    /// What was heard where submissions call home.
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Class {
    fn of(acts: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let home = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = home.local_addr().expect("an address").port();
        let all = Arc::clone(&heard);
        thread::spawn(move || {
            for mut stream in home.incoming().flatten() {
                let mut said = Vec::new();
                let _ = stream.read_to_end(&mut said);
                // That somebody came at all is what counts.
                said.push(b'.');
                all.lock().expect("what was heard").extend(said);
            }
        });
        let class = Self { folder, heard };
        for act in acts {
            let own = class.at(&format!("submissions/{act}"));
            fs::create_dir_all(&own).expect("a folder");
            fs::write(own.join("secret.txt"), SECRETS[0]).expect("a file");
            fs::write(own.join("serve.py"), SERVE).expect("a file");
            fs::write(own.join("server.py"), SERVER).expect("a file");
            let told = [
                (*act).to_owned(),
                class.at("out").display().to_string(),
                class
                    .at("submissions/good/secret.txt")
                    .display()
                    .to_string(),
                port.to_string(),
                "server.py".to_owned(),
                String::new(),
            ];
            fs::write(own.join("act.txt"), told.join("\n")).expect("a file");
        }
        let plan = "read = []\n[limits]\nmemory = 1024\nprocesses = 48\ndisk = 96\noutput = 8\n\
                    [[folders]]\npattern = \"submissions/*\"\ncommand = [\"python3\", \"serve.py\"]\ncopy = true\n";
        fs::write(class.at("class.toml"), plan).expect("the plan");
        class
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn graded(&self, more: &[&str]) -> Ended {
        let plan = self.at("class.toml").display().to_string();
        let out = self.at("out").display().to_string();
        let mut command = authspec(&["grade", &plan, "--out", &out]);
        command.args(more).env("GRADER_SECRET", SECRETS[1]);
        command.output().expect("it starts").into()
    }

    /// What a submission printed, and the verdict on it.
    fn result(&self, act: &str) -> (String, String) {
        let report = report(&self.at(&format!("out/{act}.json")));
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        (text(&report["target"]["output"]), text(&report["verdict"]))
    }
}

/// Whether what these tests need is there: Python outside CI may not be, Landlock may not be.
fn can_be_tried() -> bool {
    let python = Command::new("python3").arg("--version").output().is_ok();
    let missing = authspec::target::confine::missing();
    let confined = missing.len() <= 3;
    assert!(
        python || std::env::var_os("CI").is_none(),
        "CI has to have Python"
    );
    if !python || !confined {
        eprintln!("skipped: no Python, or a kernel that cannot keep a program from {missing:?}");
    }
    python && confined
}

/// Whether a process with this word on its command line lives.
fn lives(word: &str) -> bool {
    let all = fs::read_dir("/proc").expect("processes").flatten();
    all.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok())
        .any(|line| String::from_utf8_lossy(&line).contains(word))
}

#[test]
fn whatever_a_submission_does_the_rest_of_the_grading_is_right() {
    if !can_be_tried() {
        return;
    }
    let refused = ["overwrites", "reads", "calls", "signals"];
    let ended = [
        ("forks", "ended, because it had more than 48 processes"),
        ("fills", "ended, because it wrote more than 96 MiB"),
        ("shouts", "ended, because it printed more than 8 MiB"),
    ];
    let others = ["good", "eats", "daemon", "peeks"];
    let acts: Vec<&str> = refused
        .into_iter()
        .chain(ended.map(|(act, _)| act))
        .chain(others)
        .collect();
    let class = Class::of(&acts);
    let begun = Instant::now();
    let graded = class.graded(&[]);
    let took = begun.elapsed();
    assert!(took < Duration::from_mins(5), "{took:?}");
    assert!(
        graded.text.contains("the commands are confined, but"),
        "{}",
        graded.text
    );
    let mut table = String::new();
    for act in &acts {
        let (printed, verdict) = class.result(act);
        let line = printed
            .lines()
            .filter(|line| line.starts_with("said:") || line.starts_with("authspec:"))
            .collect::<Vec<_>>()
            .join("; ");
        let _ = writeln!(table, "{act:<11} {verdict:<17} {line}");
        assert!(!printed.contains(SECRETS[0]), "{act} read: {printed}");
        assert!(!printed.contains(SECRETS[1]), "{act} saw: {printed}");
    }
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-submissions.txt");
    fs::write(kept, &table).expect("the table");
    for act in refused {
        let (printed, verdict) = class.result(act);
        assert!(
            printed.contains(&format!("said: {act}: refused")),
            "{table}"
        );
        assert_eq!(verdict, "conforms", "{act}\n{table}");
    }
    for (act, why) in ended {
        let (printed, verdict) = class.result(act);
        assert!(printed.contains(why), "{table}");
        // Who takes too much breaks no sentence of the document.
        assert_eq!(verdict, "incomplete", "{act}\n{table}");
    }
    for act in others {
        assert_eq!(class.result(act).1, "conforms", "{act}\n{table}");
    }
    for refused in ["lifts: refused", "eats: refused by the kernel"] {
        assert!(class.result("eats").0.contains(refused), "{table}");
    }
    assert!(class.result("peeks").0.contains("nothing"), "{table}");
    assert!(
        class.heard.lock().expect("it").is_empty(),
        "somebody called home"
    );
    for word in [
        "authspec-hostile-daemon",
        &class.at("").display().to_string(),
    ] {
        assert!(!lives(word), "{word} is still there");
    }
}

#[test]
fn unconfined_they_do_what_they_came_for() {
    if !can_be_tried() {
        return;
    }
    let class = Class::of(&["good", "reads", "calls", "peeks"]);
    let graded = class.graded(&["--unconfined"]);
    assert!(
        graded.text.contains("the commands are not confined"),
        "{}",
        graded.text
    );
    assert!(class.result("reads").0.contains(SECRETS[0]));
    assert!(class.result("peeks").0.contains(SECRETS[1]));
    assert!(!class.heard.lock().expect("it").is_empty());
}
