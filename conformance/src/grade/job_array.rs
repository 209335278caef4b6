//! Which part of a grading a job is, by what the array that it runs in says: `--shard auto`.

use super::shard::Shard;

/// A system that starts a job many times, each with its place: its name, the variable of the place,
/// the first place, and the variable of how many there are.
type Array = (&'static str, &'static str, First, &'static str);

/// The first place; Slurm's arrays tell theirs.
enum First {
    Is(usize),
    /// The variables of the first place, of the last, and of how far they are apart.
    Told([&'static str; 3]),
}

/// A matrix of GitHub and an indexed job of Kubernetes do not tell their number to a job, so that a
/// recipe hands it over.
const TOTAL: &str = "AUTHSPEC_JOB_TOTAL";

const SLURM: First = First::Told([
    "SLURM_ARRAY_TASK_MIN",
    "SLURM_ARRAY_TASK_MAX",
    "SLURM_ARRAY_TASK_STEP",
]);

#[rustfmt::skip] // A table reads best as one.
const ARRAYS: [Array; 6] = [
    ("a matrix, such as GitHub's", "AUTHSPEC_JOB_INDEX", First::Is(0), TOTAL),
    ("GitLab's parallel", "CI_NODE_INDEX", First::Is(1), "CI_NODE_TOTAL"),
    ("an indexed job of Kubernetes", "JOB_COMPLETION_INDEX", First::Is(0), TOTAL),
    ("an array of Slurm", "SLURM_ARRAY_TASK_ID", SLURM, "SLURM_ARRAY_TASK_COUNT"),
    ("Buildkite's parallelism", "BUILDKITE_PARALLEL_JOB", First::Is(0), "BUILDKITE_PARALLEL_JOB_COUNT"),
    ("CircleCI's parallelism", "CIRCLE_NODE_INDEX", First::Is(0), "CIRCLE_NODE_TOTAL"),
];

/// The part that this job is, where `variable` reads its environment.
///
/// # Errors
/// When no array is recognised, more than one is, or what one says makes no part: a job that is
/// taken for the whole would go unnoticed.
pub fn part(variable: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
    let here: Vec<&Array> = ARRAYS
        .iter()
        .filter(|(_, index, ..)| variable(index).is_some())
        .collect();
    match here.as_slice() {
        [array] => part_of(array, &variable),
        [] => {
            let names = ARRAYS.map(|(_, index, ..)| index);
            Err(format!(
                "this job is in no array that is known: none of {} is set; --shard 2/4 names a part",
                names.join(", ")
            ))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|(_, index, ..)| *index).collect();
            Err(format!(
                "this job is in several arrays: {} are set; --shard 2/4 names a part",
                names.join(" and ")
            ))
        }
    }
}

fn part_of(
    (system, place, first, total): &Array,
    variable: &impl Fn(&str) -> Option<String>,
) -> Result<Shard, String> {
    let number = |name: &str| -> Result<usize, String> {
        let value = variable(name).ok_or_else(|| {
            format!("{system} tells {place} and not {name}: set it to the number of jobs")
        })?;
        let wrong = |_| format!("{name} is '{value}', which is no number");
        value.trim().parse().map_err(wrong)
    };
    let (index, of) = (number(place)?, number(total)?);
    let at = match first {
        First::Is(first) => index.checked_sub(*first),
        First::Told([min, max, step]) => {
            let (min, max, step) = (number(min)?, number(max)?, number(step)?.max(1));
            let last = of
                .checked_sub(1)
                .and_then(|steps| steps.checked_mul(step))
                .and_then(|steps| min.checked_add(steps));
            if last != Some(max) {
                return Err(format!(
                    "this array of Slurm has gaps ({of} jobs from {min} to {max} by {step}): write --array=0-{}",
                    of.saturating_sub(1)
                ));
            }
            index
                .checked_sub(min)
                .filter(|places| places % step == 0)
                .map(|places| places / step)
        }
    };
    match at {
        Some(at) if at < of => Ok(Shard { number: at + 1, of }),
        _ => Err(format!(
            "{place} is {index} and {total} is {of}, which makes no part"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(set: &[(&str, &str)]) -> Result<Shard, String> {
        part(|name| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn each_array_tells_its_part() {
        let second = Ok(Shard { number: 2, of: 3 });
        assert_eq!(of(&[("AUTHSPEC_JOB_INDEX", "1"), (TOTAL, "3")]), second);
        assert_eq!(
            of(&[("CI_NODE_INDEX", "2"), ("CI_NODE_TOTAL", "3")]),
            second
        );
        assert_eq!(of(&[("JOB_COMPLETION_INDEX", "1"), (TOTAL, "3")]), second);
        let slurm = |id| {
            of(&[
                ("SLURM_ARRAY_TASK_ID", id),
                ("SLURM_ARRAY_TASK_MIN", "10"),
                ("SLURM_ARRAY_TASK_MAX", "20"),
                ("SLURM_ARRAY_TASK_STEP", "5"),
                ("SLURM_ARRAY_TASK_COUNT", "3"),
            ])
        };
        assert_eq!(slurm("15"), second);
        assert_eq!(slurm("20"), Ok(Shard { number: 3, of: 3 }));
        assert!(slurm("12").unwrap_err().contains("makes no part"));
    }

    #[test]
    fn what_tells_no_part_is_never_the_whole() {
        assert!(of(&[]).unwrap_err().contains("SLURM_ARRAY_TASK_ID"));
        for (set, said) in [
            (&[("JOB_COMPLETION_INDEX", "1")][..], TOTAL),
            (
                &[("CI_NODE_INDEX", "0"), ("CI_NODE_TOTAL", "3")],
                "makes no part",
            ),
            (
                &[("CI_NODE_INDEX", "4"), ("CI_NODE_TOTAL", "3")],
                "makes no part",
            ),
            (
                &[("CI_NODE_INDEX", "x"), ("CI_NODE_TOTAL", "3")],
                "no number",
            ),
            (
                &[
                    ("CI_NODE_INDEX", "1"),
                    ("CI_NODE_TOTAL", "3"),
                    ("CIRCLE_NODE_INDEX", "1"),
                ],
                "several arrays",
            ),
            (
                &[
                    ("SLURM_ARRAY_TASK_ID", "1"),
                    ("SLURM_ARRAY_TASK_MIN", "1"),
                    ("SLURM_ARRAY_TASK_MAX", "9"),
                    ("SLURM_ARRAY_TASK_STEP", "1"),
                    ("SLURM_ARRAY_TASK_COUNT", "3"),
                ],
                "has gaps",
            ),
        ] {
            let error = of(set).unwrap_err();
            assert!(error.contains(said), "{error}");
        }
    }
}
