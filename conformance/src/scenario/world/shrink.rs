//! Shortens a history that failed to the shortest that still fails, by walking ever shorter ones
//! with new people each time.

use std::time::{Duration, Instant};

use super::walk::{Walked, walk};
use crate::{
    model::{Carrying, EmailKind, History, OF_COOKIES, OF_FORMS, PasswordKind, Source, Spelling},
    scenario::{Context, watch::Watch},
};

/// The most hash operations that shrinking one history may cost the target.
const HASHES: usize = 150;

/// The most time that it may take.
const TIME: Duration = Duration::from_secs(30);

/// A history that fails, and how it came to be so short.
#[derive(Debug)]
pub(super) struct Shrunk {
    /// The shortest that was found to fail.
    pub(super) history: History,
    /// The last walk along it; nothing where the history never failed again.
    pub(super) walked: Option<Walked>,
    /// How many walks that took.
    pub(super) walks: usize,
    /// Whether it ended at its bound, and not because nothing shorter fails.
    pub(super) bounded: bool,
}

impl Shrunk {
    /// What was not shortened.
    pub(super) fn not_at_all(history: &History) -> Self {
        Self {
            history: history.clone(),
            walked: None,
            walks: 0,
            bounded: false,
        }
    }
}

struct Shrinker<'a> {
    context: &'a Context,
    place: &'a str,
    about: &'static [&'static str],
    until: Instant,
    hashes: usize,
    best: Shrunk,
}

/// Shrinks `history`, of which `walked` has just failed.
pub(super) async fn shrink(
    context: &Context,
    history: &History,
    walked: &Walked,
    place: &str,
) -> Shrunk {
    let mut shrinker = Shrinker {
        context,
        place,
        about: walked.about().unwrap_or_default(),
        until: Instant::now() + TIME,
        hashes: 0,
        best: Shrunk::not_at_all(history),
    };
    // Only what was taken, up to the step that failed.
    if shrinker.fails(&walked.walked_of(history)).await {
        shrinker.without_bystanders().await;
        shrinker.without_steps().await;
        shrinker.with_plain_steps().await;
        shrinker.with_plain_people().await;
    }
    shrinker.best
}

impl Shrinker<'_> {
    /// Walks a candidate with new people; where it fails as the first one did, it is the best.
    async fn fails(&mut self, candidate: &History) -> bool {
        let spent = self.hashes + candidate.hash_operations();
        if spent > HASHES || Instant::now() >= self.until {
            self.best.bounded = true;
            return false;
        }
        self.hashes = spent;
        self.best.walks += 1;
        let source = Source(format!("{}/again/{}", self.place, self.best.walks));
        // A model of its own: what these people do is nothing for the roll call.
        let walked = walk(self.context, &Watch::default(), candidate, &source).await;
        let same = walked.departs && walked.about() == Some(self.about);
        if same {
            self.best.history = walked.walked_of(candidate);
            self.best.walked = Some(walked);
        }
        same
    }

    /// The same for the best history once it is changed.
    async fn fails_with(&mut self, change: impl FnOnce(&mut History)) -> bool {
        let mut candidate = self.best.history.clone();
        change(&mut candidate);
        self.fails(&candidate).await
    }

    /// Only what the person of the last step does, then only what she and one other do.
    async fn without_bystanders(&mut self) {
        let before = self.best.history.steps.len();
        let Some(last) = self.best.history.steps.last().copied() else {
            return;
        };
        let everybody = 0..self.best.history.people.len();
        for other in std::iter::once(last.who).chain(everybody) {
            let mut fewer = self.best.history.clone();
            fewer
                .steps
                .retain(|step| step.who == last.who || step.who == other);
            if fewer.steps.len() < before && self.fails(&fewer).await {
                return;
            }
        }
    }

    /// Takes out ever smaller pieces, never the last step.
    async fn without_steps(&mut self) {
        let mut size = self.best.history.steps.len() / 2;
        while size > 0 {
            let mut at = 0;
            while at < self.best.history.steps.len().saturating_sub(1) && !self.best.bounded {
                let end = (at + size).min(self.best.history.steps.len() - 1);
                let fails = self.fails_with(|shorter| drop(shorter.steps.drain(at..end)));
                if !fails.await {
                    at += size;
                }
            }
            size /= 2;
        }
    }

    /// Spells each step as plainly as still fails, and takes away foreign cookies.
    async fn with_plain_steps(&mut self) {
        for at in 0..self.best.history.steps.len() {
            let Some(step) = self.best.history.steps.get(at).copied() else {
                break;
            };
            if step.carrying != Carrying::Nothing {
                self.fails_with(|plainer| plainer.steps[at].carrying = Carrying::Nothing)
                    .await;
            }
            let singles = OF_FORMS.into_iter().chain(OF_COOKIES);
            let fewer: Vec<Spelling> = match step.spelling {
                Spelling::Plain => continue,
                Spelling::Everything => [Spelling::Plain].into_iter().chain(singles).collect(),
                _ => vec![Spelling::Plain],
            };
            for spelling in fewer {
                // Without the cookie there may have been fewer steps to take.
                let is_there = at < self.best.history.steps.len();
                let plain = |plainer: &mut History| plainer.steps[at].spelling = spelling;
                if !is_there || self.fails_with(plain).await {
                    break;
                }
            }
        }
    }

    /// Gives everybody plain values where it still fails.
    async fn with_plain_people(&mut self) {
        for who in 0..self.best.history.people.len() {
            if !self.best.history.steps.iter().any(|step| step.who == who) {
                continue;
            }
            let (email, passwords) = self.best.history.people[who].clone();
            if email != EmailKind::Plain {
                self.fails_with(|plainer| plainer.people[who].0 = EmailKind::Plain)
                    .await;
            }
            for (number, kind) in passwords.iter().enumerate() {
                if *kind != PasswordKind::Plain {
                    self.fails_with(|plainer| plainer.people[who].1[number] = PasswordKind::Plain)
                        .await;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        http::{Client, ClientSettings},
        model::draw_freely,
        proof::{
            faults,
            proxy::{Upstream, before},
            subject::Subject,
        },
        scenario::Names,
        target::base_url,
    };

    /// Faults that a history of documented calls shows, the same way each time.
    fn shown_by_histories() -> Vec<Subject> {
        let all = faults::all().into_iter();
        all.filter(|fault| !fault.needs_fresh_start && fault.about == ["WALK-1"])
            .collect()
    }

    /// Walks free histories before a server with that fault until one fails, shrinks it, and
    /// walks what is left again, with people of whom that server has never heard.
    async fn fails_again(fault: Subject, seed: u64) -> Result<(), TestCaseError> {
        let upstream = Upstream::reference().unwrap();
        let running = before(upstream, fault.middleware).await.unwrap();
        let client = Client::new(base_url(&running.url).unwrap(), ClientSettings::default());
        let context = Context::new(client.unwrap(), Names::new(seed));
        for seed in seed..seed + 5 {
            let history = draw_freely(seed, 30, 12);
            let people = Source(format!("first/{seed}"));
            let walked = walk(&context, &Watch::default(), &history, &people).await;
            if !walked.departs {
                continue;
            }
            let shrunk = shrink(&context, &history, &walked, "shrinking").await;
            // Nothing to repeat where the fault was not shown a second time.
            let Some(shortest) = &shrunk.walked else {
                break;
            };
            prop_assert!(shrunk.history.steps.len() <= walked.taken.len());
            let people = Source(format!("again/{seed}"));
            let again = walk(&context, &Watch::default(), &shrunk.history, &people).await;
            prop_assert!(
                again.departs,
                "{} does not fail again: {:#?}",
                fault.id,
                shrunk.history
            );
            prop_assert_eq!(again.about(), shortest.about());
            break;
        }
        running.stop().await;
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn what_a_history_was_shortened_to_fails_again(
            fault in proptest::sample::select(shown_by_histories()),
            seed in 0..1_000_000u64,
        ) {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(fails_again(fault, seed))?;
        }
    }
}
