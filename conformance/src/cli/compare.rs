//! `authspec compare OLD NEW`: two JSON reports side by side; nothing is sent.

use std::path::Path;

use super::{args::CompareArgs, output};
use crate::{
    http::visible::in_json,
    report::{
        compare::Comparison,
        json::{self, Report},
    },
    verdict::ExitStatus,
};

pub(super) fn compare(args: &CompareArgs) -> ExitStatus {
    let (Some(old), Some(new)) = (read(&args.old), read(&args.new)) else {
        return ExitStatus::Usage;
    };
    let comparison = Comparison::of(&old, &new);
    if args.json {
        match serde_json::to_string_pretty(&comparison) {
            Ok(text) => output::print(&format!("{}\n", in_json(&text))),
            Err(error) => {
                output::error(&error.to_string());
                return ExitStatus::Defect;
            }
        }
    } else {
        output::print(&comparison.text());
    }
    comparison.exit_status()
}

fn read(path: &Path) -> Option<Report> {
    match json::read(path) {
        Ok(report) => Some(report),
        Err(error) => {
            output::error(&format!("{}: {error}", path.display()));
            None
        }
    }
}
