//! What a server can be told, with defaults that suit a small machine on a hostile network.

use std::path::PathBuf;
use std::time::Duration;

/// Everything that `serve` has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the users are kept.
    pub store: Store,
    /// Whether all of the file is verified before the server begins, however large it is. Without,
    /// only a small one is.
    pub verify: bool,
    /// The cost of new passwords' hashes, from 4 to 31: each step doubles the time.
    pub bcrypt_cost: u32,
    /// What nobody gets more of.
    pub limits: Limits,
    /// Whether each request is logged, at level `info`, when it has been answered.
    pub access_log: bool,
}

impl Default for Settings {
    /// In memory, at the document's cost of 12.
    fn default() -> Self {
        Self {
            store: Store::Memory,
            verify: false,
            bcrypt_cost: bcrypt::DEFAULT_COST,
            limits: Limits::default(),
            access_log: false,
        }
    }
}

/// Where the users are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Store {
    /// In memory, until the server ends.
    Memory,
    /// In a file, between starts.
    File {
        /// The file, which is created if it does not exist.
        path: PathBuf,
        /// Whether it is emptied first.
        fresh: bool,
    },
}

/// What bounds the server's memory and everybody's waiting. What is limited in number is shared
/// between the peers: who has most gives way to the others when all is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Connections at once. A further one is told 503 and closed.
    pub connections: usize,
    /// Bodies that arrive at once. The request of a further one is answered with 503.
    pub bodies: usize,
    /// The largest head of a request, in bytes.
    pub head_bytes: usize,
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// How long a head may take from its first byte to its last.
    pub head_time: Duration,
    /// How long a body may take.
    pub body_time: Duration,
    /// How long an answer may wait for a client that does not read it.
    pub write_time: Duration,
    /// How long a connection may wait for a request.
    pub idle_time: Duration,
    /// How long a client that sends nothing more is waited for with its answer: it may have closed
    /// its half of the connection only, and most have hung up.
    pub half_closed_time: Duration,
    /// How long requests under way may take to finish when the server ends.
    pub end_time: Duration,
    /// Password hashes at once.
    pub hashes_at_once: usize,
    /// The niceness of the hashing threads, from 0 to 19 as `nice(2)` counts. Reads beside a flood
    /// of logins are answered sooner, but on a machine that is busy with other things logins wait
    /// for those too.
    pub hashing_niceness: i32,
    /// Password hashes that may wait. A further one is answered with 503.
    pub hashes_waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 16_384,
            bodies: 1024,
            head_bytes: 16 << 10,
            body_bytes: 64 << 10,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            write_time: Duration::from_secs(10),
            idle_time: Duration::from_secs(75),
            half_closed_time: Duration::from_secs(5),
            end_time: Duration::from_secs(10),
            hashes_at_once: std::thread::available_parallelism().map_or(1, Into::into),
            hashing_niceness: 0,
            hashes_waiting: 128,
        }
    }
}
