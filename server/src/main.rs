//! The command `authspec-server`: what was typed becomes settings, signals become the end.

mod args;
mod notify;

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use authspec_server::{ServeError, Server};
use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::filter::LevelFilter;

use args::Args;

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
    #[error("cannot listen on {address}: {}", in_words(.source, *.address))]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("{0}")]
    Serve(#[from] ServeError),
    #[error("the system gives the server nothing to run on: {0}")]
    Runtime(io::Error),
}

impl Failure {
    fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Listen { .. } => 3,
            Self::Serve(ServeError::Open(_)) => 4,
            Self::Serve(ServeError::BcryptCost(_)) => 2,
            Self::Runtime(_) => 70,
        })
    }
}

fn in_words(error: &io::Error, address: SocketAddr) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "another program listens on port {} already; stop it, or choose another one with --port",
            address.port()
        ),
        _ => error.to_string(),
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    raise_file_limit();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::Runtime)?;
    runtime.block_on(serve(args))
}

async fn serve(args: &Args) -> Result<(), Failure> {
    // From here on a signal ends the server in order, also while it still opens its file.
    let mut signals = Signals::new().map_err(Failure::Runtime)?;
    let address = SocketAddr::new(args.host, args.port);
    let listen = |source| Failure::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(listen)?;
    let bound = listener.local_addr().map_err(listen)?;
    let server = Server::open(args.settings())?;
    // Somebody who closed our standard output does not want to know.
    let _ = writeln!(io::stdout(), "Listening on http://{bound}");
    let _ = io::stdout().flush();
    notify::send("READY=1");
    server
        .run(listener, async {
            let name = signals.next().await;
            notify::send("STOPPING=1");
            tracing::info!(signal = name, "ending");
        })
        .await;
    Ok(())
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

/// Every connection is a file to the system, which gives a process few unless it asks.
fn raise_file_limit() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::debug!(%error, "the limit of open files stays as it is");
    }
}

/// Logs to standard error; colours are for people only.
fn start_log(level: tracing::Level) {
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::from_level(level))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
        .init();
}
