//! Some targets at a time, until all are done.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};

use super::{Entry, Graded, judge, result};
pub use judge::Judging;

/// Told of each target as it is done.
pub trait Progress {
    /// So many are due; so many of them were done by an earlier grading.
    fn begins(&self, due: usize, done_before: usize);
    /// A target begins.
    fn starts(&self, name: &str);
    /// A target is done; `left` is how long the rest should take.
    fn ends(&self, graded: &Graded, left: Duration);
}

/// Judges the entries, each with its place in the whole grading, `at_once` at a time. What an
/// earlier grading has done already is taken over. Ends early, with what is done, when `stop`
/// tells; yields all results and whether it was stopped.
pub async fn grade<S: Future<Output = ()>>(
    entries: &[(usize, Entry)],
    judging: &Judging,
    at_once: usize,
    progress: &dyn Progress,
    stop: impl Fn() -> S,
) -> (Vec<Graded>, bool) {
    let mut done: Vec<Graded> = Vec::new();
    let mut due = Vec::new();
    for (place, entry) in entries {
        match kept(entry, judging) {
            Some(graded) => done.push(Graded {
                place: *place,
                ..graded
            }),
            None => due.push((*place, entry)),
        }
    }
    progress.begins(due.len(), done.len());
    let clock = Instant::now();
    let total = due.len();
    let mut stopped = false;
    let stop = &stop;
    let mut results = stream::iter(due)
        .map(|(place, entry)| async move {
            if futures::FutureExt::now_or_never(stop()).is_some() {
                return None;
            }
            progress.starts(&entry.name);
            judge::judge(entry, place, judging, stop()).await
        })
        .buffer_unordered(at_once.max(1));
    let mut finished = 0;
    while let Some(graded) = results.next().await {
        let Some(mut graded) = graded else {
            stopped = true;
            continue;
        };
        if let Err(error) = graded.keep(&judging.folder) {
            graded.note = Some(format!("its result could not be kept: {error}"));
        }
        finished += 1;
        progress.ends(&graded, left(clock.elapsed(), finished, total));
        done.push(graded);
    }
    done.sort_by_key(|graded| graded.place);
    (done, stopped)
}

/// A result that still holds and whose report is there.
fn kept(entry: &Entry, judging: &Judging) -> Option<Graded> {
    let folder = &judging.folder;
    let graded = Graded::kept(folder, &entry.name, &result::key(entry, judging))?;
    let has_report = folder.join(format!("{}.json", graded.stem())).exists();
    // What could not even be judged is tried again.
    (has_report && matches!(graded.exit_status, Some(0 | 1 | 6))).then_some(graded)
}

/// How long the rest should take if it goes on like this.
fn left(elapsed: Duration, finished: usize, total: usize) -> Duration {
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    elapsed.saturating_mul(number(total.saturating_sub(finished))) / number(finished.max(1))
}

#[cfg(test)]
mod tests {
    use super::left;
    use std::time::Duration;

    #[test]
    fn the_rest_takes_as_long_as_what_was_done() {
        assert_eq!(
            left(Duration::from_secs(10), 5, 20),
            Duration::from_secs(30)
        );
        assert_eq!(left(Duration::from_secs(10), 20, 20), Duration::ZERO);
        assert_eq!(left(Duration::ZERO, 0, 20), Duration::ZERO);
    }
}
