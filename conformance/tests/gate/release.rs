//! `scripts/install-release` against a release host of its own.

use std::{
    fmt::Write as _,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::Path,
    process::{Command, Output},
    thread,
};

use sha2::{Digest as _, Sha256};

/// The name that the script gives this machine, where there are releases for it.
fn target() -> Option<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Some("x86_64-unknown-linux-gnu"),
        ("linux", "aarch64") => Some("aarch64-unknown-linux-gnu"),
        ("macos", "x86_64") => Some("x86_64-apple-darwin"),
        ("macos", "aarch64") => Some("aarch64-apple-darwin"),
        _ => None,
    }
}

fn can_be_tried() -> bool {
    let found = Command::new("curl").arg("--version").output().is_ok() && target().is_some();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "CI has to have curl"
    );
    if !found {
        eprintln!("skipped: no curl here, or no release for this machine");
    }
    found
}

/// Serves the files of a folder, and yields where.
fn host(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let folder = folder.to_owned();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut line = String::new();
            let mut request = BufReader::new(stream.try_clone().expect("a handle"));
            request.read_line(&mut line).expect("a request");
            let mut header = String::new();
            while request.read_line(&mut header).is_ok_and(|count| count > 2) {
                header.clear();
            }
            let path = line.split(' ').nth(1).expect("a path");
            let (status, body) = match fs::read(folder.join(path.trim_start_matches('/'))) {
                Ok(body) => ("200 OK", body),
                Err(_) => ("404 Not Found", Vec::new()),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all(head.as_bytes());
            let _ = stream.write_all(&body);
        }
    });
    url
}

/// A release v9.9.9 with an archive and a checksum, which may be another's.
fn released(folder: &Path, right: bool) {
    let target = target().expect("a target");
    let inside = folder.join(format!("authspec-{target}"));
    let release = folder.join("v9.9.9");
    fs::create_dir_all(&inside).expect("a folder");
    fs::create_dir_all(&release).expect("a folder");
    let program = "#!/bin/sh\necho \"authspec 9.9.9, $1\"\n";
    fs::write(inside.join("authspec"), program).expect("the program");
    let archive = format!("authspec-{target}.tar.gz");
    let packed = Command::new("tar")
        .args(["-czf", &release.join(&archive).display().to_string(), "-C"])
        .arg(folder)
        .arg(format!("authspec-{target}"))
        .status();
    assert!(packed.expect("tar").success());
    let bytes = fs::read(release.join(&archive)).expect("the archive");
    let of: &[u8] = if right { &bytes } else { b"another" };
    let mut line = String::new();
    for byte in Sha256::digest(of) {
        write!(line, "{byte:02x}").expect("memory takes all text");
    }
    let line = format!("{line} *{archive}\n");
    fs::write(release.join(format!("{archive}.sha256")), line).expect("the checksum");
}

fn install(host: &str, version: &str, into: &Path) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/install-release");
    Command::new(script)
        .arg(version)
        .arg(into)
        .env("AUTHSPEC_RELEASES", host)
        .output()
        .expect("it starts")
}

#[test]
fn a_release_whose_checksum_is_right_is_installed_and_runs() {
    if !can_be_tried() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    released(folder.path(), true);
    let into = folder.path().join("bin");
    let done = install(&host(folder.path()), "v9.9.9", &into);
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(said, "authspec 9.9.9, --version\n");
    assert!(into.join("authspec").exists());
}

#[test]
fn a_release_that_is_not_what_was_released_is_refused() {
    if !can_be_tried() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    released(folder.path(), false);
    let into = folder.path().join("bin");
    let done = install(&host(folder.path()), "v9.9.9", &into);
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("is not what was released"), "{said}");
    assert!(!into.join("authspec").exists());
}

#[test]
fn a_version_that_is_none_is_told() {
    if !can_be_tried() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let done = install(&host(folder.path()), "v0.0.0", &folder.path().join("bin"));
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(said.contains("is v0.0.0 a release?"), "{said}");
}
