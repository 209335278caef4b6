//! How the process ends: the statuses that pipelines are built on.

/// The exit status of `authspec`, with its meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[repr(u8)]
pub enum ExitStatus {
    /// Everything that counts holds.
    Conforms = 0,
    /// A requirement that counts fails.
    Fails = 1,
    /// The command line, a file or a feature is wrong; nothing was sent.
    Usage = 2,
    /// The target could not be reached, or did not answer in time, before the first scenario.
    Unreachable = 3,
    /// Nothing was selected.
    NothingSelected = 4,
    /// The baseline is stale: an entry passes now, or names nothing.
    BaselineStale = 5,
    /// Nothing that counts fails, but something that counts could not be judged.
    Incomplete = 6,
    /// A defect of the runner itself.
    Defect = 70,
}

impl ExitStatus {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<ExitStatus> for std::process::ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
