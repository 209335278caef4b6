//! Reports on their way out: each appears whole or not at all, and one that cannot be written
//! spoils no other.

use std::{
    fmt,
    io::{self, Write},
};

use super::format::{Destination, ReportRequest};
use crate::{baseline::Judgement, run::Run, whole_file};

/// A report that cannot be written.
#[derive(Debug)]
pub struct Unwritable {
    /// Which one.
    pub request: ReportRequest,
    /// Why.
    pub error: io::Error,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ReportRequest {
            format,
            destination,
        } = &self.request;
        let format = format.as_str();
        write!(f, "cannot write the {format} report to {destination}: ")?;
        self.error.fmt(f)
    }
}

impl std::error::Error for Unwritable {}

/// Finds out, before anything is sent, which of the reports could not be written: because of
/// their path, or because two of them go to the same place.
pub fn check(requests: &[ReportRequest]) -> Result<(), Unwritable> {
    for (index, request) in requests.iter().enumerate() {
        let verdict = match &request.destination {
            destination if taken(destination, &requests[..index]) => Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "another report goes there",
            )),
            Destination::Stdout => Ok(()),
            Destination::File(path) => whole_file::check(path),
        };
        verdict.map_err(|error| Unwritable {
            request: request.clone(),
            error,
        })?;
    }
    Ok(())
}

/// Renders and writes all of them, and returns those that could not be written. `reference` is
/// a run with the same seed against the reference server, where there was one.
pub fn write_all(
    requests: &[ReportRequest],
    run: &Run,
    baseline: &Judgement,
    reference: Option<&Run>,
    stdout: &mut dyn Write,
) -> Vec<Unwritable> {
    let write = |request: &ReportRequest, stdout: &mut dyn Write| {
        let text = request.format.render(run, baseline, reference);
        match &request.destination {
            Destination::File(path) => whole_file::write(path, text.as_bytes()),
            Destination::Stdout => to_stdout(stdout, &text),
        }
    };
    requests
        .iter()
        .filter_map(|request| {
            write(request, stdout).err().map(|error| Unwritable {
                request: request.clone(),
                error,
            })
        })
        .collect()
}

/// Who stops reading early has read enough.
fn to_stdout(stdout: &mut dyn Write, text: &str) -> io::Result<()> {
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

fn taken(destination: &Destination, others: &[ReportRequest]) -> bool {
    others
        .iter()
        .any(|other| match (&other.destination, destination) {
            (Destination::Stdout, Destination::Stdout) => true,
            (Destination::File(one), Destination::File(two)) => {
                whole_file::resolved(one) == whole_file::resolved(two)
            }
            _ => false,
        })
}
