//! A scenario that did not pass, as plain text: for reports that have no layout of their own.

use std::fmt::Write;

use crate::{
    http::{
        Exchange, Mismatch, SentRequest, curl,
        visible::{one_line, visible},
    },
    run::{Outcome, ScenarioRecord},
    scenario::{FailedStep, Story, StoryLine},
};

/// How many characters of a body or of one difference the text holds.
const LONGEST_PART: usize = 2_000;

/// What is wrong, on one line: the first difference, or the cause.
pub(super) fn headline(outcome: &Outcome) -> String {
    const LONGEST: usize = 200;
    let line = match outcome {
        Outcome::Passed => String::new(),
        Outcome::NotRun => "not selected".to_owned(),
        Outcome::Skipped(reason) => reason.clone(),
        Outcome::Incomplete(obstacle) => match &obstacle.blocked_by {
            Some(id) => format!("{} (because of {id})", obstacle.cause),
            None => obstacle.cause.clone(),
        },
        Outcome::Failed(failure) => match failure.mismatches.as_slice() {
            [] => failure.step.text.clone(),
            [one] => one.to_string(),
            [first, rest @ ..] => format!("{first} (and {} more)", rest.len()),
        },
    };
    one_line(&line, LONGEST)
}

/// Everything about it: the step, what was expected, what came, the exchange that shows it, and
/// the command that repeats it.
pub(super) fn whole(scenario: &ScenarioRecord) -> String {
    let mut text = Text::default();
    let (mismatches, exchange) = match &scenario.outcome {
        Outcome::Failed(failure) => {
            text.step(&failure.step);
            if let Some(story) = &failure.story {
                text.story(story);
            }
            (&failure.mismatches, failure.exchange)
        }
        Outcome::Incomplete(obstacle) => {
            text.line(0, &headline(&scenario.outcome));
            if let Some(step) = &obstacle.step {
                text.step(step);
            }
            (&obstacle.mismatches, obstacle.exchange)
        }
        outcome => return headline(outcome),
    };
    for mismatch in mismatches {
        text.mismatch(mismatch);
    }
    if let Some(exchange) = exchange.and_then(|index| scenario.exchanges.get(index)) {
        text.exchange(exchange);
    }
    text.0
}

/// A call of a story, on one line.
pub(super) fn call(line: &StoryLine) -> String {
    let StoryLine {
        told, asked, came, ..
    } = line;
    match &line.expected {
        Some(expected) => format!("{told}: {asked} answers {came}, not {expected}"),
        None => format!("{told}: {asked} answers {came}"),
    }
}

#[derive(Default)]
struct Text(String);

impl Text {
    /// Adds a part, indented, made visible and bounded.
    fn line(&mut self, indent: usize, part: &str) {
        let bounded: String = part.chars().take(LONGEST_PART).collect();
        for line in visible(&bounded).lines() {
            self.raw(indent, line);
        }
        if bounded.len() < part.len() {
            self.raw(indent, "… (cut)");
        }
    }

    fn raw(&mut self, indent: usize, line: &str) {
        writeln!(self.0, "{:indent$}{line}", "").expect("a string takes all text");
    }

    fn step(&mut self, step: &FailedStep) {
        self.line(0, &format!("step: {step}"));
        self.line(0, &format!("at: {}", step.location));
    }

    fn story(&mut self, story: &Story) {
        self.line(0, &format!("story: {}", story.note));
        for (number, line) in (1..).zip(&story.lines) {
            self.line(2, &format!("{number}. {}", call(line)));
        }
        self.line(0, "script:");
        for line in &story.script {
            self.line(2, line);
        }
    }

    fn mismatch(&mut self, mismatch: &Mismatch) {
        self.line(0, &mismatch.what);
        self.line(2, &format!("expected: {}", mismatch.expected));
        self.line(2, &format!("got:      {}", mismatch.actual));
    }

    fn exchange(&mut self, exchange: &Exchange) {
        let SentRequest {
            method, url, body, ..
        } = &exchange.request;
        self.line(0, &format!("sent: {method} {url}"));
        if let Some(body) = body {
            self.line(2, body);
        }
        match &exchange.answer {
            Err(why) => self.line(0, &format!("answer: {why}")),
            Ok(response) => {
                self.line(
                    0,
                    &format!("answer: {} {}", response.version, response.status),
                );
                for (name, value) in &response.headers {
                    self.line(2, &format!("{name}: {value}"));
                }
                if !response.body.is_empty() {
                    self.raw(0, "");
                    self.line(2, &response.text());
                }
                if let Some(problem) = &response.body_problem {
                    self.line(2, &format!("({problem})"));
                }
            }
        }
        self.line(0, &format!("repeat: {}", curl::command(&exchange.request)));
    }
}
