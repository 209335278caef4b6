//! Confinement of a command that strangers wrote: what it may read and write, which port is its
//! own, how much of the machine it may take, and an environment that was made for it.
//!
//! The kernel's part (Landlock and resource limits) is put on by a process of this program that
//! then becomes the command; what no kernel counts, such as the processes and the disk of a whole
//! tree, is watched from outside.

mod kernel;
mod limits;
mod usage;

use std::{
    ffi::OsString,
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

pub use kernel::missing;
pub(super) use usage::size;

/// The variable that hands a confinement to the process that puts it on.
pub(super) const VARIABLE: &str = "AUTHSPEC_CONFINEMENT";

/// What a command may do.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Confinement {
    /// What it may write to: its own folders.
    pub write: Vec<PathBuf>,
    /// What it may read beside the system and its own folders.
    pub read: Vec<PathBuf>,
    /// Its home, and where its temporary files go: one of the folders that it may write to.
    pub home: PathBuf,
    /// How much it may take.
    pub limits: Limits,
}

/// How much of the machine a command with all its processes may take.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Mebibytes of memory.
    pub memory: u64,
    /// Processors at the same time.
    pub processors: usize,
    /// Processes at the same time.
    pub processes: usize,
    /// Open files of each process.
    pub files: u64,
    /// Mebibytes on disk.
    pub disk: u64,
    /// Mebibytes of output.
    pub output: u64,
}

impl Default for Limits {
    /// Generous to any framework: a virtual machine for Java, a bundler of JavaScript.
    fn default() -> Self {
        Self {
            memory: 2048,
            processors: 2,
            processes: 128,
            files: 4096,
            disk: 512,
            output: 64,
        }
    }
}

const MEBIBYTE: u64 = 1 << 20;

/// What is left of the environment of this process: where programs are, and the language.
const KEPT: [&str; 3] = ["PATH", "LANG", "LC_ALL"];

impl Confinement {
    /// The environment that is made for the command, before its own variables.
    pub(super) fn environment(&self) -> Vec<(OsString, OsString)> {
        let kept = KEPT.iter().filter_map(|name| {
            let value = std::env::var_os(name)?;
            Some((OsString::from(name), value))
        });
        let own = ["HOME", "TMPDIR"].map(|name| (name.into(), self.home.clone().into()));
        kept.chain(own).collect()
    }

    /// As it is handed from process to process.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a process of this program is told, in the place of a command's name, to become a command.
pub(super) const ASKED: &str = "confined";

/// Where this process was started to become a command, puts on the confinement of its environment
/// and becomes it. Yields where that fails, and nothing where it was not asked. Must be called
/// before anything else runs in this process.
pub fn as_asked(arguments: impl IntoIterator<Item = OsString>) -> Option<io::Error> {
    let mut words = arguments.into_iter().skip(1);
    let asked = words.next()? == ASKED && std::env::var_os(VARIABLE).is_some();
    asked.then(|| become_command(&words.collect::<Vec<_>>()))
}

fn become_command(words: &[OsString]) -> io::Error {
    let confined = || -> io::Result<io::Error> {
        let text = std::env::var(VARIABLE).map_err(io::Error::other)?;
        let confinement: Confinement = serde_json::from_str(&text)?;
        let port = std::env::var("PORT")
            .ok()
            .and_then(|port| port.parse().ok());
        let (program, arguments) = words
            .split_first()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no command"))?;
        limits::put_on(&confinement.limits)?;
        let installed = installations(Path::new(program));
        kernel::put_on(&confinement, &installed, port)?;
        Ok(replaced(program, arguments))
    };
    confined().unwrap_or_else(|error| error)
}

fn replaced(program: &OsString, arguments: &[OsString]) -> io::Error {
    use std::os::unix::process::CommandExt as _;
    std::process::Command::new(program)
        .args(arguments)
        .env_remove(VARIABLE)
        .exec()
}

/// Where programs are installed, with what they need to run: a virtual environment, a version
/// manager's folder. Of each only the parts that programs are made of: a home may hold a `bin`
/// beside what is nobody's business.
fn installations(program: &Path) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut programs: Vec<PathBuf> = std::env::split_paths(&path)
        .map(|folder| folder.join(program.file_name().unwrap_or_default()))
        .collect();
    programs.push(program.to_owned());
    let mut places = Vec::new();
    for mut at in programs {
        // A link of a link of a link is enough.
        for _ in 0..4 {
            places.extend(parts(&at));
            let Ok(target) = std::fs::read_link(&at) else {
                break;
            };
            at = at.parent().unwrap_or(Path::new("/")).join(target);
        }
    }
    places
}

/// The parts of an installation that a program's place tells of.
fn parts(program: &Path) -> Vec<PathBuf> {
    const PARTS: [&str; 9] = [
        "bin",
        "shims",
        "lib",
        "lib64",
        "libexec",
        "plugins",
        "pyvenv.cfg",
        "version",
        "versions",
    ];
    let mut parts = vec![program.to_owned()];
    let folder = program.parent().unwrap_or(Path::new(""));
    let is_installed = folder
        .file_name()
        .is_some_and(|name| name == "bin" || name == "shims");
    if let (true, Some(above)) = (is_installed, folder.parent()) {
        parts.extend(PARTS.map(|part| above.join(part)));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_in_a_bin_brings_its_installation_and_any_other_only_itself() {
        let of = |path: &str| parts(Path::new(path));
        let venv = of("/srv/venv/bin/python");
        assert!(venv.contains(&"/srv/venv/lib".into()), "{venv:?}");
        assert!(venv.contains(&"/srv/venv/pyvenv.cfg".into()), "{venv:?}");
        assert!(!venv.contains(&"/srv/venv".into()), "{venv:?}");
        assert_eq!(of("/srv/ada/serve"), [PathBuf::from("/srv/ada/serve")]);
    }

    #[test]
    fn the_environment_is_made_anew() {
        let confinement = Confinement {
            write: Vec::new(),
            read: Vec::new(),
            home: "/its/own".into(),
            limits: Limits::default(),
        };
        let names: Vec<OsString> = confinement
            .environment()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert!(names.iter().all(|name| {
            ["PATH", "LANG", "LC_ALL", "HOME", "TMPDIR"]
                .iter()
                .any(|known| name == known)
        }));
    }
}
