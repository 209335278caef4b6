//! Which reports there are, and how one is asked for: `FORMAT=PATH`.

use std::{fmt, path::PathBuf, str::FromStr};

use super::{badge, html, json, junit, markdown};
use crate::{
    report::shown::{visible_failures, visible_run},
    run::Run,
    verdict::baseline::Judgement,
};

/// A rendering of a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Format {
    /// The whole record, for programs.
    Json,
    /// JUnit XML, for CI systems.
    Junit,
    /// One page that works offline, for people.
    Html,
    /// For a pull request or a step summary.
    Markdown,
    /// A picture to show in a README.
    Badge,
    /// What a badge service reads to draw one.
    BadgeJson,
}

impl Format {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::Json,
        Self::Junit,
        Self::Html,
        Self::Markdown,
        Self::Badge,
        Self::BadgeJson,
    ];

    /// The word that asks for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Badge => "badge",
            Self::BadgeJson => "badge-json",
        }
    }

    /// The report on `run`, and on what a baseline makes of it. `reference` is a run with the
    /// same seed against the reference server, for the formats that show answers side by side.
    pub fn render(self, run: &Run, baseline: &Judgement, reference: Option<&Run>) -> String {
        let safe = || visible_failures(run);
        match self {
            Self::Json => json::render(run, baseline),
            Self::Junit => junit::render(&safe(), baseline),
            Self::Html => html::render(
                &visible_run(run),
                baseline,
                reference.map(visible_run).as_ref(),
            ),
            Self::Markdown => markdown::render(&safe(), baseline),
            Self::Badge => badge::svg(run, baseline),
            Self::BadgeJson => badge::endpoint(run, baseline),
        }
    }
}

/// Where a report goes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// Standard output, asked for as `-`.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdout => f.write_str("standard output"),
            Self::File(path) => write!(f, "{}", path.display()),
        }
    }
}

/// A report that was asked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReportRequest {
    /// Which one.
    pub format: Format,
    /// Where to.
    pub destination: Destination,
}

impl FromStr for ReportRequest {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Format::ALL.map(Format::as_str).join(", ");
        let Some((word, path)) = text.split_once('=') else {
            return Err(format!(
                "a report is asked for as FORMAT=PATH, such as html=report.html; formats: {known}"
            ));
        };
        let format = Format::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(word))
            .ok_or_else(|| format!("unknown report format '{word}': it is one of {known}"))?;
        let destination = match path {
            "" => {
                return Err(format!(
                    "the report '{word}' needs a path, or - for standard output"
                ));
            }
            "-" => Destination::Stdout,
            path => Destination::File(PathBuf::from(path)),
        };
        Ok(Self {
            format,
            destination,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_a_format_and_a_path() {
        let request: ReportRequest = "html=a=b.html".parse().unwrap();
        assert_eq!(request.format, Format::Html);
        assert_eq!(request.destination, Destination::File("a=b.html".into()));
        let request: ReportRequest = "JSON=-".parse().unwrap();
        assert_eq!(request.destination, Destination::Stdout);
    }

    #[test]
    fn what_is_none_says_what_would_be_one() {
        let message = |text: &str| text.parse::<ReportRequest>().unwrap_err();
        assert!(message("report.html").contains("FORMAT=PATH"));
        assert!(message("pdf=x").contains("unknown report format 'pdf': it is one of json, junit"));
        assert!(message("html=").contains("needs a path"));
    }
}
