//! `authspec grade`: many targets, a report each, one comparison.

use std::{cell::RefCell, fs, path::Path, time::Duration};

use super::{
    args::GradeArgs,
    output::{self, ChangingLine, Ended, told, wrong},
    settings,
};
use crate::{
    grade::{
        self, Comparison, Entry, GradeError, Graded, Judging, Manifest, Plan, Points, Progress,
        Shard, What,
    },
    http::visible::one_line,
    run::StopSignal,
    target::confine,
    verdict::ExitStatus,
};

/// What is said of the confinement before anything starts; nothing where no command is started.
fn confined(entries: &[(usize, Entry)], judging: &Judging) -> Option<String> {
    let is_command = |(_, entry): &(usize, Entry)| matches!(entry.what, What::Command { .. });
    if !entries.iter().any(is_command) {
        return None;
    }
    if judging.unconfined {
        return Some(
            "note: the commands are not confined, and may do all that you may do\n".to_owned(),
        );
    }
    let missing = confine::missing();
    (!missing.is_empty()).then(|| {
        format!(
            "note: the commands are confined, but this system cannot keep them from {}\n",
            missing.join(", nor from ")
        )
    })
}

pub(super) async fn grade(args: GradeArgs) -> Ended {
    let plan = plan(&args).map_err(|error| match error {
        GradeError::Nothing(_) => told(error, ExitStatus::NothingSelected),
        _ => wrong(error),
    })?;
    let judging = judging(&args).map_err(wrong)?;
    let part = args.shard.unwrap_or(Shard::WHOLE);
    let places = plan.entries.iter().cloned().enumerate();
    let entries: Vec<(usize, Entry)> = places.filter(|(place, _)| part.has(*place)).collect();
    Manifest::of(&plan, part, &entries, &judging)
        .write(&args.out)
        .map_err(wrong)?;
    if entries.is_empty() {
        let why = "this part has no target";
        return Err(told(why, ExitStatus::NothingSelected));
    }
    if args.again {
        forget(&args.out);
    }
    // Half of many a run is the pause between its requests.
    let at_once = args.at_once.map_or_else(
        || 2 * std::thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    if let Some(note) = confined(&entries, &judging) {
        output::print_aside(&note);
    }
    let stop = StopSignal::listen();
    let progress = Lines {
        line: ChangingLine::new(),
        at_once,
        state: RefCell::default(),
    };
    let (graded, stopped) =
        grade::grade(&entries, &judging, at_once, &progress, || stop.asked()).await;
    progress.line.clear();
    let ended = compared(&args.out, &graded, args.strict, plan.points.as_ref());
    if stopped {
        output::print(&format!(
            "interrupted: {} of {} are done; the same command goes on from there\n",
            graded.len(),
            entries.len()
        ));
        return match ended {
            Ok(ExitStatus::Conforms) => Ok(ExitStatus::Incomplete),
            worse => worse,
        };
    }
    ended
}

/// Writes the comparison, prints it in short, and says how to end.
pub(super) fn compared(
    folder: &Path,
    graded: &[Graded],
    strict: bool,
    points: Option<&Points>,
) -> Ended {
    let comparison = Comparison::of(folder, graded, strict, points);
    grade::write_comparison(folder, &comparison).map_err(wrong)?;
    let count = |verdict: &str| {
        let targets = &comparison.targets;
        targets.iter().filter(|row| row.verdict == verdict).count()
    };
    output::print(&format!(
        "of {}: {} conform, {} do not, {} could be judged in part, {} not at all\n{}\n",
        comparison.targets.len(),
        count("conforms"),
        count("does-not-conform"),
        count("incomplete"),
        count("not-judged"),
        folder.join("index.html").display()
    ));
    Ok(comparison.exit_status())
}

fn plan(args: &GradeArgs) -> Result<Plan, GradeError> {
    let file = Path::new(&args.file);
    let ending = file.extension().unwrap_or_default();
    if file.is_file() || ending.eq_ignore_ascii_case("toml") {
        Plan::from_file(file)
    } else if args.command.is_empty() {
        Err(GradeError::Malformed {
            path: file.to_owned(),
            message: "a pattern of folders needs a command: authspec grade 'submissions/*' -- python3 app.py".to_owned(),
        })
    } else {
        Plan::from_folders(&args.file, &args.command, args.copy)
    }
}

fn judging(args: &GradeArgs) -> Result<Judging, String> {
    let program =
        std::env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
    let catalogue = settings::catalogue(None).map_err(|error| error.to_string())?;
    fs::create_dir_all(&args.out)
        .map_err(|error| format!("cannot write to {}: {error}", args.out.display()))?;
    Ok(Judging {
        program,
        folder: args.out.clone(),
        strict: args.strict,
        unconfined: args.unconfined,
        suite: catalogue.digest,
    })
}

/// Takes the results of an earlier grading away, so that each target is judged again.
fn forget(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry
            .file_name()
            .to_string_lossy()
            .ends_with(".result.json")
        {
            // What stays is judged again all the same once its key differs, and is told otherwise.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A line for each target that is done; on a terminal also which are under way.
struct Lines {
    line: ChangingLine,
    at_once: usize,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    due: usize,
    done: usize,
    running: Vec<String>,
}

impl Progress for Lines {
    fn begins(&self, due: usize, done_before: usize) {
        self.state.borrow_mut().due = due;
        let before = match done_before {
            0 => String::new(),
            count => format!(", {count} done already"),
        };
        output::print_aside(&format!(
            "{due} to judge, {} at once{before}\n",
            self.at_once
        ));
    }

    fn starts(&self, name: &str) {
        let mut state = self.state.borrow_mut();
        state.running.push(name.to_owned());
        let running = state.running.join(", ");
        let line = format!("{} of {}: {running}", state.done, state.due);
        self.line.show(&one_line(&line, 78));
    }

    fn ends(&self, graded: &Graded, left: Duration) {
        let mut state = self.state.borrow_mut();
        state.done += 1;
        state.running.retain(|name| *name != graded.name);
        self.line.clear();
        let what = match graded.exit_status {
            Some(0) => "conforms",
            Some(1) => "does not conform",
            Some(6) => "could be judged in part only",
            _ => "could not be judged",
        };
        let rest = match left.as_secs() {
            0 => String::new(),
            seconds => format!(
                ", about {} left",
                humantime::format_duration(Duration::from_secs(seconds))
            ),
        };
        output::print_aside(&format!(
            "[{}/{}] {} {what} ({:.1}s){rest}\n",
            state.done,
            state.due,
            one_line(&graded.name, 60),
            graded.seconds
        ));
    }
}
