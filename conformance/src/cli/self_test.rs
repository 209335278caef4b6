//! `authspec self-test`: the suite against servers whose verdict is known.

use std::{
    cell::RefCell,
    io::Write as _,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    args::SelfTestArgs,
    output::{self, ChangingLine, Ended, told, wrong},
    settings::target::FOREIGN_PAUSE,
};
use crate::{
    http::ClientSettings,
    proof::{
        proxy::{Request, Upstream},
        self_test::{self, Base, Extent, Kind, Matrix, Subject, Trial, TrialSettings},
    },
    report::{Destination, Format, ReportRequest, whole_file},
    run::{self, EngineSettings, StopSignal},
    suite::Catalogue,
    target,
    verdict::ExitStatus,
};

/// How often a line is added where lines cannot change.
const EVERY: Duration = Duration::from_secs(10);

/// How long a server may take for its first answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most time for one trial. Trials side by side are slower than a run alone.
const DEADLINE: Duration = Duration::from_mins(5);

pub(super) async fn self_test(args: SelfTestArgs) -> Ended {
    let (catalogue, base) = prepare(&args).map_err(wrong)?;
    let signal = StopSignal::listen();
    if let Base::Url(url) = &base {
        let answered = answers(url, &signal).await;
        answered.map_err(|why| told(format!("{url} {why}"), ExitStatus::Unreachable))?;
    }
    let mut subjects = Subject::all();
    // A server that is not ours cannot be emptied.
    if matches!(base, Base::Url(_)) {
        subjects.retain(|subject| !subject.needs_fresh_start);
    }
    let engine = EngineSettings {
        client: ClientSettings {
            pause: match base {
                Base::Url(_) => FOREIGN_PAUSE,
                Base::Reference => Duration::ZERO,
            },
            ..ClientSettings::default()
        },
        deadline: DEADLINE,
        concurrency: args.concurrency.map_or(1, usize::from),
        strict: true,
        ..EngineSettings::default()
    };
    let at_once = args.jobs.unwrap_or_else(|| at_once(&base));
    let settings = TrialSettings {
        base,
        extent: if args.whole {
            Extent::Whole
        } else {
            Extent::WhatMustCatch
        },
        engine,
    };
    let stopped = Arc::new(AtomicBool::new(false));
    let listener = tokio::spawn({
        let stopped = Arc::clone(&stopped);
        async move {
            signal.asked().await;
            stopped.store(true, Ordering::Relaxed);
        }
    });
    let started = Instant::now();
    let due = subjects.len();
    let suite = run::suite(&catalogue);
    let tried = tokio::task::spawn_blocking({
        let stopped = Arc::clone(&stopped);
        let catalogue = catalogue.clone();
        move || {
            let progress = Progress::new(&subjects, settings.extent);
            let watch = |trial: &Trial| progress.tell(trial);
            let trials =
                self_test::try_all(&subjects, &catalogue, &settings, at_once, &stopped, watch);
            progress.line.clear();
            trials
        }
    })
    .await;
    listener.abort();
    let trials = tried.map_err(|_| {
        let why = "a trial ended in a panic, which is a defect of authspec";
        told(why, ExitStatus::Defect)
    })?;
    let whole = trials.len() == due;
    let matrix = Matrix::new(&catalogue.requirements, trials, whole);
    let say = output::beside(&args.report);
    say(&self_test::text(&matrix));
    let seconds = started.elapsed().as_secs_f64();
    say(&format!("{seconds:.1} s, {at_once} at once\n"));
    let mut written = true;
    for request in &args.report {
        if let Err(why) = write(request, &matrix, &suite) {
            written = false;
            output::error(&format!(
                "cannot write the report {}: {why}",
                request.destination
            ));
        }
    }
    if !whole {
        output::error("stopped before every subject had its turn");
    }
    if matrix.trials.iter().any(|trial| trial.is_defect) {
        return Ok(ExitStatus::Defect);
    }
    Ok(exit_status(matrix.wrong.is_empty(), whole, written))
}

/// Only a matrix that is whole, that shows nothing wrong and that is where it was wanted is good.
fn exit_status(right: bool, whole: bool, written: bool) -> ExitStatus {
    match (right, whole, written) {
        (_, false, _) => ExitStatus::Incomplete,
        (false, true, _) => ExitStatus::Fails,
        (true, true, false) => ExitStatus::Usage,
        (true, true, true) => ExitStatus::Conforms,
    }
}

fn prepare(args: &SelfTestArgs) -> Result<(Catalogue, Base), String> {
    let base = match args.base_url.as_deref().map(str::trim) {
        None | Some("") => Base::Reference,
        Some(url) => Base::Url(target::base_url(url)?.to_string()),
    };
    for request in &args.report {
        if let Destination::File(path) = &request.destination {
            whole_file::check(path)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    let catalogue = Catalogue::compiled_in().map_err(|error| error.to_string())?;
    Ok((catalogue, base))
}

/// Whether a server is there at all.
async fn answers(url: &str, signal: &StopSignal) -> Result<(), String> {
    let upstream = Upstream::new(url).map_err(|error| error.to_string())?;
    let root = Request::form(hyper::Method::GET, "/", &[]);
    tokio::select! {
        answer = upstream.send(root) => match answer.status.as_u16() {
            _ if answer.hang_up => Err("does not answer".to_owned()),
            status @ 502..=504 => Err(format!("answers {status}: a gateway's word for a server that is not there")),
            _ => Ok(()),
        },
        () = tokio::time::sleep(PATIENCE) => Err(format!("does not answer within {}", humantime::format_duration(PATIENCE))),
        () = signal.asked() => Err("was not asked to the end".to_owned()),
    }
}

/// How many trials keep one core busy, as some of them only wait: with eight at once on two cores a
/// self-test took a sixth longer than with twelve, and no less processor time.
const A_CORE: NonZeroUsize = NonZeroUsize::new(6).expect("it is not zero");

/// Trials wait longer than they work, so there are several for each core; a server that is not
/// ours is asked by one at a time.
fn at_once(base: &Base) -> NonZeroUsize {
    let one = NonZeroUsize::MIN;
    match base {
        Base::Url(_) => one,
        Base::Reference => thread::available_parallelism()
            .unwrap_or(one)
            .saturating_mul(A_CORE),
    }
}

fn write(
    request: &ReportRequest,
    matrix: &Matrix,
    suite: &crate::run::Suite,
) -> std::io::Result<()> {
    let text = match request.format {
        Format::Html => self_test::html(matrix, suite),
        // The command line lets nothing else through.
        _ => self_test::json(matrix, suite),
    };
    match &request.destination {
        Destination::File(path) => whole_file::write(path, text.as_bytes()),
        Destination::Stdout => {
            output::print(&text);
            Ok(())
        }
    }
}

/// What the waiting see.
struct Progress {
    due: usize,
    /// The share of all work that a trial is, by what judges it.
    work: fn(Kind) -> u32,
    work_due: u32,
    done: RefCell<(usize, u32)>,
    line: ChangingLine,
    started: Instant,
    next: RefCell<Instant>,
}

/// A run of the whole suite takes about as long as so many runs of what must catch a fault.
const WHOLE_RUN: u32 = 12;

impl Progress {
    fn new(subjects: &[Subject], extent: Extent) -> Self {
        let work: fn(Kind) -> u32 = match extent {
            Extent::Whole => |_| 1,
            Extent::WhatMustCatch => |kind| if kind == Kind::Fault { 1 } else { WHOLE_RUN },
        };
        Self {
            due: subjects.len(),
            work,
            work_due: subjects.iter().map(|subject| work(subject.kind)).sum(),
            done: RefCell::default(),
            line: ChangingLine::new(),
            started: Instant::now(),
            next: RefCell::new(Instant::now() + EVERY),
        }
    }

    fn tell(&self, trial: &Trial) {
        let mut done = self.done.borrow_mut();
        done.0 += 1;
        done.1 += (self.work)(trial.subject.kind);
        let left = self.started.elapsed() * (self.work_due - done.1) / done.1;
        let left = humantime::format_duration(Duration::from_secs(left.as_secs()));
        let line = format!("{} of {} trials, about {left} left", done.0, self.due);
        self.line.show(&format!("{line}: {}", trial.subject.id));
        if !self.line.is_shown && Instant::now() >= *self.next.borrow() {
            self.next.replace(Instant::now() + EVERY);
            let _ = writeln!(std::io::stderr(), "{line} …");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_self_test_without_its_report_is_none() {
        assert_eq!(exit_status(true, true, true), ExitStatus::Conforms);
        assert_eq!(exit_status(true, true, false), ExitStatus::Usage);
        assert_eq!(exit_status(false, true, false), ExitStatus::Fails);
        assert_eq!(exit_status(true, false, false), ExitStatus::Incomplete);
    }
}
