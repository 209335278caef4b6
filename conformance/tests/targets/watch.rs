//! `authspec watch`, on a terminal of its own and on a pipe.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read as _, Write as _},
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::{
    child::words,
    support::{authspec, run},
};

/// Longer than any run takes here, on a machine that is busy with other tests.
const LONG: Duration = Duration::from_mins(1);

/// What clears the terminal, and so begins each picture.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Somebody who watches a server that is as bent as a file in the watched folder says.
struct Watching {
    folder: tempfile::TempDir,
    child: Child,
    keyboard: File,
    screen: Arc<Mutex<String>>,
}

impl Drop for Watching {
    /// A test that fails leaves nobody watching.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watching {
    /// Opens a terminal and watches in it.
    fn on_a_terminal(bent: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let how = folder.path().join("bent");
        fs::write(&how, bent).expect("the file");
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&master).expect("granted");
        unlockpt(&master).expect("unlocked");
        let name = ptsname(&master, Vec::new()).expect("its name");
        let name = PathBuf::from(std::ffi::OsStr::from_bytes(name.as_bytes()));
        let side = || {
            let opened = OpenOptions::new().read(true).write(true).open(&name);
            Stdio::from(opened.expect("the other side"))
        };
        let mut command = watch(folder.path());
        command
            .stdin(side())
            .stdout(side())
            .stderr(side())
            .args(words(&format!("bent:{}", how.display())));
        let child = command.spawn().expect("it starts");
        drop(command);
        let master = File::from(master);
        let keyboard = master.try_clone().expect("a second handle");
        let screen = Arc::new(Mutex::new(String::new()));
        let shown = Arc::clone(&screen);
        thread::spawn(move || {
            let (mut master, mut buffer) = (master, [0; 4096]);
            while let Ok(count @ 1..) = master.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..count]).into_owned();
                shown.lock().expect("the screen").push_str(&text);
            }
        });
        Self {
            folder,
            child,
            keyboard,
            screen,
        }
    }

    fn change(&self, bent: &str) {
        fs::write(self.folder.path().join("bent"), bent).expect("the file");
    }

    fn press(&mut self, key: &str) {
        self.keyboard.write_all(key.as_bytes()).expect("a key");
    }

    /// Waits for a picture that was not there at the last call and that holds all of the words,
    /// and yields it; what was shown before is forgotten.
    fn sees(&self, words: &[&str]) -> String {
        let until = Instant::now() + LONG;
        loop {
            let mut screen = self.screen.lock().expect("the screen");
            let seen = screen
                .split(CLEAR)
                .find(|picture| words.iter().all(|word| picture.contains(word)))
                .map(str::to_owned);
            if let Some(seen) = seen {
                screen.clear();
                return seen;
            }
            assert!(
                Instant::now() < until,
                "never seen: {words:?} in\n{}",
                screen.replace('\x1b', "^")
            );
            drop(screen);
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn status(mut self) -> i32 {
        let status = self.child.wait().expect("it ends");
        status.code().expect("it ended by itself")
    }
}

fn watch(folder: &Path) -> std::process::Command {
    let mut command = authspec(&[
        "watch",
        "--pause",
        "0s",
        "--requirement",
        "ROOT-1,RESET-1,E2E-1",
        "--folder",
    ]);
    command.arg(folder).arg("--");
    command
}

#[test]
fn three_runs_deep_it_tells_what_was_broken_and_mended_and_what_comes_next() {
    let mut watching = Watching::on_a_terminal("");
    let first = watching.sees(&["must", "3 of 3 hold", "conforms", "q quit"]);
    assert!(!first.contains("mended"), "{first}");

    watching.change("no-reset");
    let second = watching.sees(&["broken", "1 of 3 hold", "q quit"]);
    assert!(second.contains("(bent changed)"), "{second}");
    assert!(second.contains("RESET-1 must fails"), "{second}");
    assert!(second.contains("failure 1 of 2"), "{second}");
    assert!(second.contains("repeat    curl -i"), "{second}");
    watching.press("n");
    let turned = watching.sees(&["failure 2 of 2"]);
    assert!(turned.contains("E2E-1 must fails"), "{turned}");
    watching.press("p");
    watching.sees(&["RESET-1 must fails", "failure 1 of 2"]);

    watching.change("");
    watching.sees(&["RESET-1 holds now", "everything else is being judged"]);
    let third = watching.sees(&["mended", "3 of 3 hold", "conforms"]);
    assert!(third.contains("RESET-1, E2E-1"), "{third}");
    watching.press("q");
    assert_eq!(watching.status(), 0);
}

#[test]
fn what_does_not_start_is_shown_with_what_it_printed_and_watched_on() {
    let mut watching = Watching::on_a_terminal("broken");
    watching.sees(&["bent until it broke", "no target", "q quit"]);
    watching.change("");
    watching.sees(&["3 of 3 hold", "conforms"]);
    watching.change("no-reset");
    watching.sees(&["RESET-1 must fails"]);
    watching.press("q");
    assert_eq!(watching.status(), 1);
}

#[test]
fn a_key_judges_everything_again() {
    let mut watching = Watching::on_a_terminal("no-reset");
    watching.sees(&["failure 1 of 2"]);
    watching.press("a");
    watching.sees(&["RESET-1 is judged first"]);
    watching.sees(&["nothing mended, nothing broken"]);
    watching.press("q");
    assert_eq!(watching.status(), 1);
}

#[test]
fn on_a_pipe_runs_follow_one_another_and_ctrl_c_ends_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let how = folder.path().join("bent");
    fs::write(&how, "").expect("the file");
    let mut child = watch(folder.path())
        .args(words(&format!("bent:{}", how.display())))
        .spawn()
        .expect("it starts");
    let mut out = child.stdout.take().expect("its output");
    let text = Arc::new(Mutex::new(String::new()));
    let printed = Arc::clone(&text);
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = out.read(&mut buffer) {
            let more = String::from_utf8_lossy(&buffer[..count]).into_owned();
            printed.lock().expect("the text").push_str(&more);
        }
    });
    let until = |word: &str| {
        let begun = Instant::now();
        loop {
            let text = text.lock().expect("the text").clone();
            if text.contains(word) {
                return text;
            }
            assert!(begun.elapsed() < LONG, "never printed {word:?}: {text}");
            thread::sleep(Duration::from_millis(20));
        }
    };
    until("conforms");
    fs::write(&how, "no-reset").expect("the file");
    let all = until("failure 1 of 2");
    assert!(!all.contains('\x1b'), "{all:?}");
    let id = i32::try_from(child.id()).expect("an id");
    let id = rustix::process::Pid::from_raw(id).expect("an id");
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("the signal is sent");
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn without_anything_to_watch_it_says_what_to_name() {
    let ended = run(&["watch"]);
    assert_eq!(ended.status, 2, "{}", ended.text);
    assert!(
        ended.text.contains("authspec watch -- python3 app.py"),
        "{}",
        ended.text
    );
}
