//! Judging one target in a process of its own.

use std::{
    io,
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use tokio::process::{Child, Command};

use super::{Entry, Graded, What, folders, result};
use crate::target::{self, confine::Confinement};

/// What a run may take beyond its deadline: starting, stopping and writing.
const BEYOND: Duration = Duration::from_mins(1);

/// The most that is kept of a complaint.
const COMPLAINT: usize = 300;

/// How every target of a grading is judged.
#[derive(Clone, Debug)]
pub struct Judging {
    /// The program: this one.
    pub program: PathBuf,
    /// Where results and reports go.
    pub folder: PathBuf,
    /// Whether `should` counts.
    pub strict: bool,
    /// Whether a command may do all that this process may.
    pub unconfined: bool,
    /// The digest of the suite's features.
    pub suite: String,
}

/// Judges one target; `None` where it was asked to stop before it was done.
pub(super) async fn judge(
    entry: &Entry,
    place: usize,
    judging: &Judging,
    stop: impl Future<Output = ()>,
) -> Option<Graded> {
    let started = Instant::now();
    let (exit_status, note) = match attempt(entry, judging, stop).await {
        Ok(Some(ended)) => ended,
        Ok(None) => return None,
        Err(error) => (None, Some(error.to_string())),
    };
    Some(Graded {
        name: entry.name.clone(),
        place,
        key: result::key(entry, judging),
        exit_status,
        seconds: started.elapsed().as_secs_f64(),
        note,
    })
}

/// The status of a run, if it had one, and what it complained of.
type Ended = (Option<i32>, Option<String>);

async fn attempt(
    entry: &Entry,
    judging: &Judging,
    stop: impl Future<Output = ()>,
) -> io::Result<Option<Ended>> {
    let stem = folders::file_name(&entry.name);
    // A report of an earlier grading must not pass for one of this.
    for ending in ["json", "html"] {
        match std::fs::remove_file(judging.folder.join(format!("{stem}.{ending}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    let (mut command, temporary) = command(entry, judging, &stem)?;
    let mut child = command.spawn()?;
    let complaint = child
        .stderr
        .take()
        .map(|stderr| tokio::spawn(last_line(stderr)));
    let budget = humantime::parse_duration(&entry.deadline).unwrap_or_default()
        + entry
            .wait
            .as_deref()
            .and_then(|wait| humantime::parse_duration(wait).ok())
            .unwrap_or(Duration::from_secs(30))
        + BEYOND;
    let status = tokio::select! {
        status = child.wait() => status?.code(),
        () = tokio::time::sleep(budget) => {
            end(&mut child).await;
            let note = format!("it was not over after {}", humantime::format_duration(budget));
            return Ok(Some((None, Some(note))));
        }
        () = stop => {
            end(&mut child).await;
            return Ok(None);
        }
    };
    drop(temporary);
    let said = match complaint {
        Some(complaint) => complaint.await.unwrap_or_default(),
        None => None,
    };
    // What a run prints while it goes on is no complaint; what it ends with 2 or 70 for is.
    let note = said.filter(|_| !matches!(status, Some(0 | 1 | 3 | 5 | 6)));
    Ok(Some((status, note)))
}

fn command(
    entry: &Entry,
    judging: &Judging,
    stem: &str,
) -> io::Result<(Command, Vec<tempfile::TempDir>)> {
    let folder = std::path::absolute(&judging.folder)?;
    let report = |format: &str| {
        format!(
            "{format}={}",
            folder.join(format!("{stem}.{format}")).display()
        )
    };
    let mut command = Command::new(&judging.program);
    command
        .args([
            "run",
            "--report",
            &report("json"),
            "--report",
            &report("html"),
        ])
        .args(["--deadline", &entry.deadline, "--timeout", &entry.timeout]);
    if let Some(wait) = &entry.wait {
        command.args(["--wait", wait]);
    }
    if judging.strict {
        command.arg("--strict");
    }
    let mut temporary = Vec::new();
    // The surroundings of a grading are no options of its runs: they are told all that decides.
    for (name, _) in std::env::vars_os() {
        let is_option = name.as_encoded_bytes().starts_with(b"AUTHSPEC_") || name == "BASE_URL";
        if is_option || name == "GITHUB_ACTIONS" || name == "GITHUB_STEP_SUMMARY" {
            command.env_remove(name);
        }
    }
    match &entry.what {
        What::Url(url) => {
            command.args(["--base-url", url]);
        }
        What::Command {
            words,
            folder,
            copy,
            base_url,
            environment,
        } => {
            if let Some(url) = base_url {
                command.args(["--base-url", url]);
            }
            for (name, value) in environment {
                command.args(["--env", &format!("{name}={value}")]);
            }
            let start_in = start_in(folder, *copy, &mut temporary)?;
            if !judging.unconfined {
                let home = tempfile::Builder::new()
                    .prefix("authspec-home-")
                    .tempdir()?;
                let confinement = Confinement {
                    write: vec![start_in.clone(), home.path().to_owned()],
                    read: entry.read.clone(),
                    home: home.path().to_owned(),
                    limits: entry.limits,
                };
                temporary.push(home);
                command.args(["--confine", &confinement.text()]);
            }
            command.arg("--").args(words);
            command.current_dir(start_in);
        }
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    Ok((command, temporary))
}

fn start_in(folder: &Path, copy: bool, copies: &mut Vec<tempfile::TempDir>) -> io::Result<PathBuf> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let named =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", folder.display()));
    if !copy {
        return folder.canonicalize().map_err(named);
    }
    let temporary = tempfile::Builder::new().prefix("authspec-").tempdir()?;
    folders::copy(folder, temporary.path()).map_err(named)?;
    let path = temporary.path().to_owned();
    copies.push(temporary);
    Ok(path)
}

/// Ends a run in order, so that it ends its target.
async fn end(child: &mut Child) {
    if let Some(id) = target::process_id(child) {
        let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
    }
    let ended = tokio::time::timeout(Duration::from_secs(15), child.wait()).await;
    if ended.is_err() {
        let _ = child.kill().await;
    }
}

/// The last line that a run wrote to its standard error.
async fn last_line(stderr: tokio::process::ChildStderr) -> Option<String> {
    use tokio::io::AsyncReadExt as _;
    let mut stderr = stderr;
    let (mut kept, mut buffer) = (Vec::new(), vec![0; 4096]);
    while let Ok(count @ 1..) = stderr.read(&mut buffer).await {
        kept.extend_from_slice(&buffer[..count]);
        let over = kept.len().saturating_sub(4 * 4096);
        kept.drain(..over);
    }
    let text = String::from_utf8_lossy(&kept).into_owned();
    let line = text.lines().rev().find(|line| !line.trim().is_empty())?;
    Some(line.trim().chars().take(COMPLAINT).collect())
}
