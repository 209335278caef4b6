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
    let about = walked
        .exchanges
        .last()
        .and_then(|exchange| exchange.departure.as_ref());
    let mut shrinker = Shrinker {
        context,
        place,
        about: about.map_or(&[], |departure| departure.requirements),
        until: Instant::now() + TIME,
        hashes: 0,
        best: Shrunk::not_at_all(history),
    };
    // Only what was taken, up to the step that failed.
    let mut begun = history.clone();
    begun.steps = walked
        .taken
        .iter()
        .map(|(number, _)| history.steps[*number])
        .collect();
    if shrinker.fails(&begun).await {
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
        let same = walked.departs
            && walked
                .exchanges
                .last()
                .and_then(|exchange| exchange.departure.as_ref())
                .is_some_and(|departure| departure.requirements == self.about);
        if same {
            self.best.history = candidate.clone();
            self.best.history.steps = walked
                .taken
                .iter()
                .map(|(number, _)| candidate.steps[*number])
                .collect();
            self.best.walked = Some(walked);
        }
        same
    }

    /// Only what the person of the last step does, then only what she and one other do.
    async fn without_bystanders(&mut self) {
        let steps = self.best.history.steps.clone();
        let Some(last) = steps.last().copied() else {
            return;
        };
        let keep = |others: &[usize]| {
            let mut history = self.best.history.clone();
            history.steps = steps
                .iter()
                .filter(|step| step.who == last.who || others.contains(&step.who))
                .copied()
                .collect();
            history
        };
        let alone = keep(&[]);
        if alone.steps.len() < steps.len() && self.fails(&alone).await {
            return;
        }
        for other in 0..self.best.history.people.len() {
            let mut pair = self.best.history.clone();
            pair.steps
                .retain(|step| step.who == last.who || step.who == other);
            if pair.steps.len() < steps.len() && self.fails(&pair).await {
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
                let mut shorter = self.best.history.clone();
                let end = (at + size).min(shorter.steps.len() - 1);
                shorter.steps.drain(at..end);
                if !self.fails(&shorter).await {
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
                let mut plainer = self.best.history.clone();
                plainer.steps[at].carrying = Carrying::Nothing;
                self.fails(&plainer).await;
            }
            let singles = OF_FORMS.into_iter().chain(OF_COOKIES);
            let fewer: Vec<Spelling> = match step.spelling {
                Spelling::Plain => continue,
                Spelling::Everything => [Spelling::Plain].into_iter().chain(singles).collect(),
                _ => vec![Spelling::Plain],
            };
            for spelling in fewer {
                let mut plainer = self.best.history.clone();
                let Some(step) = plainer.steps.get_mut(at) else {
                    break;
                };
                step.spelling = spelling;
                if self.fails(&plainer).await {
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
                let mut plainer = self.best.history.clone();
                plainer.people[who].0 = EmailKind::Plain;
                self.fails(&plainer).await;
            }
            for (number, kind) in passwords.iter().enumerate() {
                if *kind != PasswordKind::Plain {
                    let mut plainer = self.best.history.clone();
                    plainer.people[who].1[number] = PasswordKind::Plain;
                    self.fails(&plainer).await;
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
            let about = |walked: &Walked| {
                let last = walked.exchanges.last()?;
                last.departure
                    .as_ref()
                    .map(|departure| departure.requirements)
            };
            prop_assert_eq!(about(&again), about(shortest));
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
