//! Which part of a grading a job is, by what the array that it runs in says: `--shard auto`.

use super::shard::Shard;

/// A system that starts a job many times, each with its place.
struct Array {
    system: &'static str,
    /// The variable of the place.
    index: &'static str,
    /// The first place; Slurm's arrays tell theirs.
    first: First,
    /// The variable of how many there are.
    total: &'static str,
}

enum First {
    Is(usize),
    /// The variables of the first place, of the last, and of how far they are apart.
    Told([&'static str; 3]),
}

/// A matrix of GitHub and an indexed job of Kubernetes do not tell their number to a job, so that a
/// recipe hands it over.
const TOTAL: &str = "AUTHSPEC_JOB_TOTAL";

const ARRAYS: [Array; 6] = [
    Array {
        system: "a matrix, such as GitHub's",
        index: "AUTHSPEC_JOB_INDEX",
        first: First::Is(0),
        total: TOTAL,
    },
    Array {
        system: "GitLab's parallel",
        index: "CI_NODE_INDEX",
        first: First::Is(1),
        total: "CI_NODE_TOTAL",
    },
    Array {
        system: "an indexed job of Kubernetes",
        index: "JOB_COMPLETION_INDEX",
        first: First::Is(0),
        total: TOTAL,
    },
    Array {
        system: "an array of Slurm",
        index: "SLURM_ARRAY_TASK_ID",
        first: First::Told([
            "SLURM_ARRAY_TASK_MIN",
            "SLURM_ARRAY_TASK_MAX",
            "SLURM_ARRAY_TASK_STEP",
        ]),
        total: "SLURM_ARRAY_TASK_COUNT",
    },
    Array {
        system: "Buildkite's parallelism",
        index: "BUILDKITE_PARALLEL_JOB",
        first: First::Is(0),
        total: "BUILDKITE_PARALLEL_JOB_COUNT",
    },
    Array {
        system: "CircleCI's parallelism",
        index: "CIRCLE_NODE_INDEX",
        first: First::Is(0),
        total: "CIRCLE_NODE_TOTAL",
    },
];

/// The part that this job is, where `variable` reads its environment.
///
/// # Errors
/// When no array is recognised, more than one is, or what one says makes no part: a job that is
/// taken for the whole would go unnoticed.
pub fn part(variable: impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
    let here: Vec<&Array> = ARRAYS
        .iter()
        .filter(|array| variable(array.index).is_some())
        .collect();
    match here.as_slice() {
        [array] => array.part(&variable),
        [] => {
            let names: Vec<&str> = ARRAYS.iter().map(|array| array.index).collect();
            Err(format!(
                "this job is in no array that is known: none of {} is set; --shard 2/4 names a part",
                names.join(", ")
            ))
        }
        several => {
            let names: Vec<&str> = several.iter().map(|array| array.index).collect();
            Err(format!(
                "this job is in several arrays: {} are set; --shard 2/4 names a part",
                names.join(" and ")
            ))
        }
    }
}

impl Array {
    fn part(&self, variable: &impl Fn(&str) -> Option<String>) -> Result<Shard, String> {
        let number = |name: &str| -> Result<usize, String> {
            let value = variable(name).ok_or_else(|| {
                format!(
                    "{} tells {} and not {name}: set it to the number of jobs",
                    self.system, self.index
                )
            })?;
            let wrong = |_| format!("{name} is '{value}', which is no number");
            value.trim().parse().map_err(wrong)
        };
        let (index, of) = (number(self.index)?, number(self.total)?);
        let place = match self.first {
            First::Is(first) => index.checked_sub(first),
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
        match place {
            Some(place) if place < of => Ok(Shard {
                number: place + 1,
                of,
            }),
            _ => Err(format!(
                "{} is {index} and {} is {of}, which makes no part",
                self.index, self.total
            )),
        }
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
