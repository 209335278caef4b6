//! The command `authspec-server`: what was typed becomes settings, signals become the end.

mod args;
mod health;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use authspec_server::{ServeError, Server};
use clap::Parser;
use sd_notify::NotifyState;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::filter::LevelFilter;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    start_log(args.log);
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // A message that cannot be written leaves the status to speak.
            let _ = writeln!(io::stderr(), "authspec-server: {failure}");
            failure.exit_code()
        }
    }
}

/// Why the server does not run; each has an exit status of its own.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("cannot listen on {host}, port {port}: {}", in_words(.source))]
    Listen {
        host: String,
        port: u16,
        source: io::Error,
    },
    #[error("{0}")]
    Serve(#[from] ServeError),
    #[error("a second signal came, and requests under way were given up")]
    Hurry,
    #[error("not healthy: {0}")]
    Unhealthy(io::Error),
    #[error("the system gives the server nothing to run on: {0}")]
    Runtime(io::Error),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Hurry | Self::Unhealthy(_) => 1,
            Self::Listen { .. } => 3,
            Self::Serve(ServeError::Open(_)) => 4,
            Self::Serve(ServeError::BcryptCost(_)) => 2,
            Self::Runtime(_) => 70,
        })
    }
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            "another program listens there already; stop it, or choose another port with --port"
                .to_owned()
        }
        _ => error.to_string(),
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    if let Some(Command::Health(of)) = &args.command {
        return health::check(of).map_err(Failure::Unhealthy);
    }
    let files = raise_file_limit();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    let ended = runtime.block_on(serve(args, files));
    // A hash or the opening of a file that nobody waits for any more is not waited for here either.
    runtime.shutdown_background();
    ended
}

async fn serve(args: &Args, files: usize) -> Result<(), Failure> {
    // From here on a signal ends the server in order.
    let mut signals = Signals::new().map_err(Failure::Runtime)?;
    let mut more = Signals::new().map_err(Failure::Runtime)?;
    let listen = |source| Failure::Listen {
        host: args.host.clone(),
        port: args.port,
        source,
    };
    let listener = TcpListener::bind((args.host.as_str(), args.port))
        .await
        .map_err(listen)?;
    let bound = listener.local_addr().map_err(listen)?;
    let settings = args.settings(files);
    // Opening may take as long as reading all of a large file.
    let opening = tokio::task::spawn_blocking(|| Server::open(settings));
    let server = tokio::select! {
        opened = opening => opened.map_err(|error| Failure::Runtime(error.into()))??,
        _ = signals.next() => return Ok(()),
    };
    // Somebody who closed our standard output does not want to know.
    let _ = writeln!(io::stdout(), "Listening on http://{bound}");
    let _ = io::stdout().flush();
    notify(&NotifyState::Ready);
    let ending = async {
        let signal = signals.next().await;
        notify(&NotifyState::Stopping);
        tracing::info!(signal, "ending");
    };
    let second_signal = async {
        more.next().await;
        more.next().await;
    };
    tokio::select! {
        () = server.run(listener, ending) => Ok(()),
        () = second_signal => Err(Failure::Hurry),
    }
}

/// Tells systemd, if it has started this with `Type=notify`. That it cannot be told is no reason
/// not to serve.
fn notify(state: &NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(std::slice::from_ref(state)) {
        tracing::warn!(%error, "systemd cannot be notified");
    }
}

/// The signals that end the server.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }
}

/// Every connection is a file to the system, which gives a process few unless it asks. Returns how
/// many there may be.
fn raise_file_limit() -> usize {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    let before = limit.current;
    limit.current = limit.maximum;
    let files = match setrlimit(Resource::Nofile, limit) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::debug!(%error, "the limit of open files stays as it is");
            before
        }
    };
    files.map_or(usize::MAX, |files| files.try_into().unwrap_or(usize::MAX))
}

/// Logs to standard error; colours are for people only.
fn start_log(level: tracing::Level) {
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::from_level(level))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .init();
    // A panic is a defect of the server or of its storage engine, and belongs into the log. Its
    // message stays out: what it was about may be somebody's secret.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(at, "a panic was caught");
    }));
}
