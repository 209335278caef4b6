//! `authspec merge`: the parts of a grading put together; nothing is sent.

use super::{
    args::MergeArgs,
    grade::compared,
    output::{Ended, wrong},
};
use crate::grade;

pub(super) fn merge(args: &MergeArgs) -> Ended {
    let (whole, graded) = grade::gather(&args.parts, &args.out).map_err(wrong)?;
    compared(&args.out, &graded, whole.strict, whole.points.as_ref())
}
