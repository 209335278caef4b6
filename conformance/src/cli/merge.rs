//! `authspec merge`: the parts of a run or of a grading put together; nothing is sent.

use super::{args::MergeArgs, grade::compared, output};
use crate::{compare, exit::ExitStatus, grade, merge, whole_file};

pub(super) fn merge(args: &MergeArgs) -> ExitStatus {
    let folders = args.parts.iter().filter(|part| part.is_dir()).count();
    let merged = if folders == 0 {
        reports(args)
    } else if folders == args.parts.len() {
        gradings(args)
    } else {
        Err(
            "some parts are folders and some are files: merge either gradings or reports"
                .to_owned(),
        )
    };
    match merged {
        Ok(status) => status,
        Err(error) => {
            output::error(&error);
            ExitStatus::Usage
        }
    }
}

fn reports(args: &MergeArgs) -> Result<ExitStatus, String> {
    let mut parts = Vec::new();
    for path in &args.parts {
        parts.push(compare::read(path).map_err(|error| format!("{}: {error}", path.display()))?);
    }
    let whole = merge::merge(parts).map_err(|error| error.to_string())?;
    let text = serde_json::to_string_pretty(&whole).map_err(|error| error.to_string())? + "\n";
    whole_file::write(&args.out, text.as_bytes())
        .map_err(|error| format!("cannot write {}: {error}", args.out.display()))?;
    let totals = whole.totals.must;
    output::print(&format!(
        "must {} of {} hold; the whole run {}\n",
        totals.pass,
        totals.total - totals.not_run,
        whole.verdict.as_str().replace('-', " ")
    ));
    Ok(merge::exit_status(&whole))
}

fn gradings(args: &MergeArgs) -> Result<ExitStatus, String> {
    let graded = grade::gather(&args.parts, &args.out).map_err(|error| error.to_string())?;
    let strict = graded.iter().any(|one| {
        let report = compare::read(&args.out.join(format!("{}.json", one.stem())));
        report.is_ok_and(|report| report.strict)
    });
    Ok(compared(&args.out, &graded, strict))
}
