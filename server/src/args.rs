//! The command line, as typed and as meant.

use std::path::PathBuf;

use authspec_server::{Limits, Settings, Store};
use clap::Parser;
use clap::builder::{FalseyValueParser, RangedU64ValueParser};

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
#[command(name = "authspec-server", version, after_help = AFTER_HELP)]
pub(crate) struct Args {
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
}

const AFTER_HELP: &str = "\
Examples:
  authspec-server                                 serve on port 5000, users in ./users.redb
  authspec-server --port 0 --db :memory:          a free port, nothing kept
  authspec-server --host 127.0.0.1 --fresh        this machine only, no users at first
  AUTHSPEC_DB=/var/lib/authspec/users.redb authspec-server --access-log

Exit status:
  0  ended by SIGINT or SIGTERM, what was begun is finished
  1  a second signal came before that
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
        let limits = Limits {
            hashing_niceness: NICENESS,
            ..Limits::default()
        };
        let connections = limits
            .connections
            .min(files.saturating_sub(FILES_OF_ITS_OWN));
        Settings {
            store,
            verify: self.verify,
            bcrypt_cost: self.bcrypt_cost,
            access_log: self.access_log,
            limits: Limits {
                connections,
                connections_per_client: limits.connections_per_client.min(connections / 4 * 3),
                ..limits
            },
        }
    }
}
