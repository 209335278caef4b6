//! `authspec compare OLD NEW`: two JSON reports side by side; nothing is sent.

use std::path::Path;

use super::{
    args::CompareArgs,
    output::{self, Ended, told, wrong},
};
use crate::{
    http::visible::in_json,
    report::{
        compare::Comparison,
        json::{self, Report},
    },
    verdict::ExitStatus,
};

pub(super) fn compare(args: &CompareArgs) -> Ended {
    let (old, new) = (read(&args.old), read(&args.new));
    let comparison = Comparison::of(&old?, &new?);
    if args.json {
        let text = serde_json::to_string_pretty(&comparison)
            .map_err(|error| told(error, ExitStatus::Defect))?;
        output::print(&format!("{}\n", in_json(&text)));
    } else {
        output::print(&comparison.text());
    }
    Ok(comparison.exit_status())
}

fn read(path: &Path) -> Result<Report, ExitStatus> {
    json::read(path).map_err(|error| wrong(format!("{}: {error}", path.display())))
}
