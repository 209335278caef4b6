//! What the user handed over must not come back: a target may echo a request's headers in an
//! answer or print them, and answers and prints go into reports.

use crate::{
    failure::Mismatch,
    run::{Ending, Outcome, Run},
    transcript::{Exchange, NoAnswer, REDACTED},
};

/// Shorter values are no secrets, and taking them out would garble what has nothing to do with
/// them.
const SHORTEST: usize = 4;

/// Shorter words of a value, such as `Bearer`, are left alone where they stand by themselves.
const SHORTEST_WORD: usize = 8;

/// Replaces each of the values, and each long word of one, by [`REDACTED`] in everything that
/// the record has from the target. Values that the target changed, encoded or hashed are beyond
/// it.
pub fn redact(run: &mut Run, values: &[String]) {
    let mut secrets: Vec<&str> = values
        .iter()
        .map(|value| value.trim())
        .filter(|value| value.len() >= SHORTEST)
        .collect();
    let words = values.iter().flat_map(|value| value.split_whitespace());
    secrets.extend(words.filter(|word| word.len() >= SHORTEST_WORD));
    // The longest first, so that a part does not leave the rest of a whole behind.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets.dedup();
    if !secrets.is_empty() {
        Redaction { secrets }.run(run);
    }
}

struct Redaction<'a> {
    secrets: Vec<&'a str>,
}

impl Redaction<'_> {
    fn run(&self, run: &mut Run) {
        for text in [&mut run.target.server, &mut run.target.output]
            .into_iter()
            .flatten()
        {
            self.text(text);
        }
        match &mut run.ending {
            Ending::Unreachable(why) | Ending::TargetLost(why) | Ending::Defect(why) => {
                self.text(why);
            }
            Ending::Finished | Ending::DeadlinePassed(_) | Ending::Interrupted => {}
        }
        for scenario in &mut run.scenarios {
            match &mut scenario.outcome {
                Outcome::Failed(failure) => self.mismatches(&mut failure.mismatches),
                Outcome::Incomplete(obstacle) => {
                    self.text(&mut obstacle.cause);
                    self.mismatches(&mut obstacle.mismatches);
                }
                Outcome::Passed | Outcome::Skipped(_) | Outcome::NotRun => {}
            }
            for exchange in &mut scenario.exchanges {
                self.exchange(exchange);
            }
        }
    }

    fn mismatches(&self, mismatches: &mut [Mismatch]) {
        for mismatch in mismatches {
            self.text(&mut mismatch.what);
            self.text(&mut mismatch.actual);
        }
    }

    fn exchange(&self, exchange: &mut Exchange) {
        // A request may carry back what an answer gave out, such as a cookie.
        let request = &mut exchange.request;
        for (_, value) in &mut request.headers {
            self.text(value);
        }
        request.body.iter_mut().for_each(|body| self.text(body));
        match &mut exchange.answer {
            Ok(response) => {
                for (name, value) in &mut response.headers {
                    self.text(name);
                    self.text(value);
                }
                for secret in &self.secrets {
                    if let Some(clean) = without(&response.body, secret.as_bytes()) {
                        response.body = clean;
                    }
                }
                response
                    .body_problem
                    .iter_mut()
                    .for_each(|why| self.text(why));
            }
            Err(
                NoAnswer::NotReached(why)
                | NoAnswer::Broken(why)
                | NoAnswer::Ended(why)
                | NoAnswer::CutShort(why),
            ) => self.text(why),
            Err(NoAnswer::TimedOut(_)) => {}
        }
    }

    fn text(&self, text: &mut String) {
        for secret in &self.secrets {
            if text.contains(secret) {
                *text = text.replace(secret, REDACTED);
            }
        }
    }
}

/// The bytes with every occurrence of `secret` replaced; `None` where there is none. Bodies are
/// bytes, and a detour over text would change those that are none.
fn without(bytes: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    let mut rest = bytes;
    let find = |rest: &[u8]| rest.windows(secret.len()).position(|part| part == secret);
    while let Some(at) = find(rest) {
        clean.extend_from_slice(&rest[..at]);
        clean.extend_from_slice(REDACTED.as_bytes());
        rest = &rest[at + secret.len()..];
    }
    let found = rest.len() < bytes.len();
    clean.extend_from_slice(rest);
    found.then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occurrence_goes_and_other_bytes_stay() {
        assert_eq!(
            without(b"\xffkeykey-key", b"key").unwrap(),
            b"\xff(redacted)(redacted)-(redacted)"
        );
        assert_eq!(without(b"kekey", b"keys"), None);
        assert_eq!(without(b"", b"key"), None);
    }
}
