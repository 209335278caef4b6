//! Reports on their way out: each appears whole or not at all, and one that cannot be written
//! spoils no other.

use std::io::{self, Write};

use super::format::{Destination, ReportRequest};
use crate::{
    report::whole_file,
    run::{Run, contained},
    verdict::baseline::Judgement,
};

/// A report that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the {} report to {}: {error}", request.format.as_str(), request.destination)]
pub struct Unwritable {
    /// Which one.
    pub request: ReportRequest,
    /// Why.
    pub error: io::Error,
    /// Whether that is the runner's own fault.
    pub is_defect: bool,
}

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
            is_defect: false,
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
    let render = |request: &ReportRequest| request.format.render(run, baseline, reference);
    requests
        .iter()
        .filter_map(|request| write(request, || render(request), stdout).err())
        .collect()
}

fn write(
    request: &ReportRequest,
    render: impl FnOnce() -> String,
    stdout: &mut dyn Write,
) -> Result<(), Unwritable> {
    let unwritable = |error, is_defect| Unwritable {
        request: request.clone(),
        error,
        is_defect,
    };
    let text = contained(render).map_err(|what| unwritable(io::Error::other(what), true))?;
    match &request.destination {
        Destination::File(path) => whole_file::write(path, text.as_bytes()),
        Destination::Stdout => to_stdout(stdout, &text),
    }
    .map_err(|error| unwritable(error, false))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_panics_is_a_defect_and_takes_nothing_with_it() {
        let request: ReportRequest = "json=-".parse().unwrap();
        let mut stdout = Vec::new();
        let problem = write(&request, || panic!("no such index"), &mut stdout).unwrap_err();
        assert!(problem.is_defect);
        assert!(
            problem.to_string().contains("a panic: no such index"),
            "{problem}"
        );
        assert!(write(&request, || "{}".to_owned(), &mut stdout).is_ok());
        assert_eq!(stdout, b"{}");
    }
}
