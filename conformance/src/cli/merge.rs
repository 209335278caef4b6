//! `authspec merge`: the parts of a grading put together; nothing is sent.

use super::{args::MergeArgs, grade::compared, output};
use crate::{grade, verdict::ExitStatus};

pub(super) fn merge(args: &MergeArgs) -> ExitStatus {
    match grade::gather(&args.parts, &args.out) {
        Ok((whole, graded)) => compared(&args.out, &graded, whole.strict, whole.points.as_ref()),
        Err(error) => {
            output::error(&error.to_string());
            ExitStatus::Usage
        }
    }
}
