//! `authspec self-test`.

use std::num::NonZeroUsize;

use clap::{Args, builder::BoolishValueParser};

use crate::report::{Format, ReportRequest};

/// What to try the suite against.
#[derive(Args, Debug)]
pub struct SelfTestArgs {
    /// A server that keeps the document, to stand behind the faults; without it the reference server
    #[arg(long, value_name = "URL", env = "BASE_URL")]
    pub base_url: Option<String>,

    /// Trials at once [default: six a core, and 1 with --base-url]
    #[arg(long, value_name = "N", env = "AUTHSPEC_JOBS")]
    pub jobs: Option<NonZeroUsize>,

    /// Judge every fault by the whole suite, and not only by what must catch it
    #[arg(long, env = "AUTHSPEC_WHOLE", value_parser = BoolishValueParser::new())]
    pub whole: bool,

    /// Scenarios at once in a second run of each trial, which has to give the same verdicts
    #[arg(long, value_name = "N", env = "AUTHSPEC_CONCURRENCY")]
    pub concurrency: Option<NonZeroUsize>,

    /// Write the matrix, json=PATH or html=PATH; - is standard output; repeatable
    #[arg(long, value_name = "FORMAT=PATH", value_parser = matrix_report)]
    pub report: Vec<ReportRequest>,
}

fn matrix_report(text: &str) -> Result<ReportRequest, String> {
    let request: ReportRequest = text.parse()?;
    match request.format {
        Format::Json | Format::Html => Ok(request),
        other => Err(format!(
            "the matrix is written as json or html, not as {}",
            other.as_str()
        )),
    }
}
