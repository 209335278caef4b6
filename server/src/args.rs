//! The command line, as typed and as meant.

use std::path::PathBuf;
use std::time::Duration;

use authspec_server::{Limits, Settings, Store};
use clap::builder::{FalseyValueParser, RangedU64ValueParser};
use clap::{Parser, Subcommand};

/// What `--db` says for a store that nothing is kept of.
const IN_MEMORY: &str = ":memory:";

/// The server is most of what its machine is for, so its reads come before its hashes.
const NICENESS: i32 = 5;

/// Files that are no connections: the store, the listener, the runtime's own, and some to spare.
const FILES_OF_ITS_OWN: usize = 32;

/// The reference server of the user authentication service
///
/// It registers users, logs them in and out, shows them who they are, and resets and updates
/// their passwords, as the document says. Users are kept in a file between starts.
#[derive(Debug, Parser)]
#[command(
    name = "authspec-server",
    version,
    after_help = AFTER_HELP,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// The address to listen on, or a name that stands for one
    #[arg(
        long,
        env = "HOST",
        hide_env_values = true,
        default_value = "0.0.0.0",
        value_name = "ADDRESS"
    )]
    pub(crate) host: String,

    /// The port to listen on; 0 picks a free one
    #[arg(long, env = "PORT", hide_env_values = true, default_value_t = 5000)]
    pub(crate) port: u16,

    /// The file that keeps the users, or `:memory:` to keep nothing
    #[arg(
        long,
        env = "AUTHSPEC_DB",
        hide_env_values = true,
        default_value = "users.redb",
        value_name = "PATH"
    )]
    pub(crate) db: PathBuf,

    /// Start with no users: empty the file first
    #[arg(long, env = "AUTHSPEC_FRESH", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) fresh: bool,

    /// Verify all of the file before serving, however large it is
    #[arg(
        long,
        env = "AUTHSPEC_VERIFY",
        hide_env_values = true,
        value_parser = FalseyValueParser::new()
    )]
    pub(crate) verify: bool,

    /// The cost of a password's hash, 4 to 31; each step doubles its time
    #[arg(
        long,
        env = "AUTHSPEC_BCRYPT_COST", hide_env_values = true,
        default_value_t = 12,
        value_name = "COST",
        value_parser = RangedU64ValueParser::<u32>::new().range(4..=31)
    )]
    pub(crate) bcrypt_cost: u32,

    /// Log one line for each request: method, path, status and time
    #[arg(long, env = "AUTHSPEC_ACCESS_LOG", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) access_log: bool,

    /// What to log to standard error: error, warn, info, debug or trace
    #[arg(
        long,
        env = "AUTHSPEC_LOG",
        hide_env_values = true,
        default_value = "info",
        value_name = "LEVEL"
    )]
    pub(crate) log: tracing::Level,

    #[command(flatten)]
    limits: LimitArgs,
}

/// The limits that an operator meets.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
struct LimitArgs {
    /// Connections at once; when all are taken, the address with most gives one up to another
    #[arg(
        long,
        env = "AUTHSPEC_MAX_CONNECTIONS",
        hide_env_values = true,
        default_value_t = Limits::default().connections,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..)
    )]
    max_connections: usize,

    /// Passwords hashed at once [default: the number of cores]
    #[arg(
        long,
        env = "AUTHSPEC_HASH_THREADS",
        hide_env_values = true,
        value_name = "N",
        value_parser = RangedU64ValueParser::<usize>::new().range(1..)
    )]
    hash_threads: Option<usize>,

    /// Passwords that may wait to be hashed; further ones are answered with 503
    #[arg(
        long,
        env = "AUTHSPEC_MAX_WAITING_HASHES",
        hide_env_values = true,
        default_value_t = Limits::default().hashes_waiting,
        value_name = "N"
    )]
    max_waiting_hashes: usize,

    /// The largest body of a request, in bytes
    #[arg(
        long,
        env = "AUTHSPEC_MAX_BODY",
        hide_env_values = true,
        default_value_t = Limits::default().body_bytes,
        value_name = "BYTES"
    )]
    max_body: usize,

    /// How long a request's head, its body, and the reading of its answer may take, each
    #[arg(
        long,
        env = "AUTHSPEC_REQUEST_TIMEOUT",
        hide_env_values = true,
        default_value = "10s",
        value_name = "DURATION",
        value_parser = humantime::parse_duration
    )]
    request_timeout: Duration,

    /// How long a connection may wait for a request
    #[arg(
        long,
        env = "AUTHSPEC_IDLE_TIMEOUT",
        hide_env_values = true,
        default_value = "75s",
        value_name = "DURATION",
        value_parser = humantime::parse_duration
    )]
    idle_timeout: Duration,

    /// How long requests under way may take to finish after a signal
    #[arg(
        long,
        env = "AUTHSPEC_SHUTDOWN_TIMEOUT",
        hide_env_values = true,
        default_value = "10s",
        value_name = "DURATION",
        value_parser = humantime::parse_duration
    )]
    shutdown_timeout: Duration,
}

/// What else the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Ask a running server whether it can reach its store; status 0 if so, 1 if not
    Health(Health),
}

/// The server to ask.
#[derive(Debug, clap::Args)]
pub(crate) struct Health {
    /// The address that it listens on
    #[arg(
        long,
        env = "HOST",
        hide_env_values = true,
        default_value = "127.0.0.1",
        value_name = "ADDRESS"
    )]
    pub(crate) host: String,

    /// The port that it listens on
    #[arg(long, env = "PORT", hide_env_values = true, default_value_t = 5000)]
    pub(crate) port: u16,

    /// How long it may take
    #[arg(long, default_value = "3s", value_name = "DURATION", value_parser = humantime::parse_duration)]
    pub(crate) timeout: Duration,
}

const AFTER_HELP: &str = "\
Examples:
  authspec-server                                 serve on port 5000, users in ./users.redb
  authspec-server --port 0 --db :memory:          a free port, nothing kept
  authspec-server --host 127.0.0.1 --fresh        this machine only, no users at first
  authspec-server health                          whether the server here can reach its store
  AUTHSPEC_DB=/var/lib/authspec/users.redb authspec-server --access-log

Exit status:
  0  ended by SIGINT or SIGTERM, what was begun is finished
  1  a second signal came before that; or: not healthy
  2  the command line is wrong
  3  the address cannot be listened on
  4  the file cannot be used as a store
  70 the server itself is at fault";

impl Args {
    /// What the server is to do, with so many files open at most.
    pub(crate) fn settings(&self, files: usize) -> Settings {
        let store = if self.db.as_os_str() == IN_MEMORY {
            Store::Memory
        } else {
            Store::File {
                path: self.db.clone(),
                fresh: self.fresh,
            }
        };
        let limits = &self.limits;
        let connections = files.saturating_sub(FILES_OF_ITS_OWN).max(1);
        let defaults = Limits::default();
        let limits = Limits {
            connections: limits.max_connections.min(connections),
            body_bytes: limits.max_body,
            head_time: limits.request_timeout,
            body_time: limits.request_timeout,
            write_time: limits.request_timeout,
            idle_time: limits.idle_timeout,
            end_time: limits.shutdown_timeout,
            hashes_at_once: limits.hash_threads.unwrap_or(defaults.hashes_at_once),
            hashing_niceness: NICENESS,
            hashes_waiting: limits.max_waiting_hashes,
            ..defaults
        };
        Settings {
            store,
            verify: self.verify,
            bcrypt_cost: self.bcrypt_cost,
            access_log: self.access_log,
            limits,
        }
    }
}
