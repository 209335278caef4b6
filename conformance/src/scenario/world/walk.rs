//! Walks a history: sends its calls one after another, and stops at the first answer that departs
//! from the document and that no requirement has claimed.

use super::{Stop, Stopped, World, shrink, story};
use crate::{
    http::{Body, Cookie, Exchange, Request},
    model::{self, History, MISPLACED, NAMES, Person, Route, Source},
    scenario::{
        Context, Health, Obstacle,
        watch::{Watch, is_limit},
    },
};

/// What came of walking a history.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The steps that were taken, each with its request, in the order of their exchanges.
    pub(super) taken: Vec<(usize, model::Request)>,
    /// What was sent and what came.
    pub(super) exchanges: Vec<Exchange>,
    /// Whether the last exchange departs from the document.
    pub(super) departs: bool,
    /// A requirement that has claimed a departure on the way.
    pub(super) claimed: Option<&'static str>,
    /// Why it could not be walked to its end.
    pub(super) hindrance: Option<String>,
}

impl World {
    /// Walks a history with people of its own.
    ///
    /// # Errors
    /// Stops where the target is known to be lost.
    pub async fn set_out(&mut self, history: &History) -> Result<(), Stop> {
        let context = self.context()?;
        self.still_there(&context)?;
        let source = Source(self.people_of_walks(&context));
        let walked = walk(&context, &context.watch, history, &source).await;
        let first = self.exchanges.len();
        self.exchanges.extend(walked.exchanges.iter().cloned());
        self.acts.extend(first..self.exchanges.len());
        if let Some(last) = self.exchanges.len().checked_sub(1) {
            self.given_up(last)?;
        }
        self.walked = Some((history.clone(), walked));
        Ok(())
    }

    /// Judges the history that was walked last. One that failed is walked again, ever shorter.
    ///
    /// # Errors
    /// Stops where the target departs from the document, or where that cannot be told.
    pub async fn arrive(&mut self) -> Result<(), Stop> {
        let context = self.context()?;
        let Some((history, walked)) = self.walked.take() else {
            return Err(self.defect("no history was walked before this step"));
        };
        if walked.departs {
            let people = self.people_of_walks(&context);
            let shrunk = if context.verdicts_only {
                shrink::Shrunk::not_at_all(&history)
            } else {
                shrink::shrink(&context, &history, &walked, &people).await
            };
            let story = story::tell(&shrunk, &walked, context.client.base());
            if let Some(again) = &shrunk.walked {
                self.exchanges.extend(again.exchanges.iter().cloned());
            }
            let departure = self
                .exchanges
                .last()
                .and_then(|last| last.departure.clone());
            return Err(self.stop(Stopped::Fault {
                mismatches: departure
                    .map(|departure| departure.mismatches)
                    .unwrap_or_default(),
                exchange: self.exchanges.len().checked_sub(1),
                story: Some(Box::new(story)),
            }));
        }
        if let Some(why) = walked.hindrance {
            let exchange = self.exchanges.len().checked_sub(1);
            let obstacle = Obstacle {
                exchange,
                ..Obstacle::outside(why)
            };
            return Err(self.stop(Stopped::Obstacle(obstacle)));
        }
        match walked.claimed {
            Some(requirement) => Err(self.blocked(requirement)),
            None => Ok(()),
        }
    }

    /// Judges every answer of the run so far, whoever asked.
    ///
    /// # Errors
    /// Stops at the first that departs from the document and that no requirement has claimed.
    pub fn look_back(&mut self) -> Result<(), Stop> {
        let context = self.context()?;
        let Some(led) = context.watch.unclaimed() else {
            return Ok(());
        };
        let story = story::of_exchanges(&led);
        self.exchanges.extend(led);
        let departure = self
            .exchanges
            .last()
            .and_then(|last| last.departure.clone());
        Err(self.stop(Stopped::Fault {
            mismatches: departure
                .map(|departure| departure.mismatches)
                .unwrap_or_default(),
            exchange: self.exchanges.len().checked_sub(1),
            story: Some(Box::new(story)),
        }))
    }

    /// What the people of a walk in this scenario are made from.
    fn people_of_walks(&self, context: &Context) -> String {
        format!("{}/{}", context.names.seed(), self.place)
    }

    /// Stops: what is wrong here is told by another requirement, and hides what else there may be.
    pub(super) fn blocked(&mut self, requirement: &str) -> Stop {
        self.stop(Stopped::Obstacle(Obstacle {
            blocked_by: Some(requirement.to_owned()),
            ..Obstacle::outside(format!(
                "the answers on the way depart from the document as {requirement} tells: see there"
            ))
        }))
    }
}

/// Walks `history` with the people that `source` makes, watched by `watch`.
pub(super) async fn walk(
    context: &Context,
    watch: &Watch,
    history: &History,
    source: &Source,
) -> Walked {
    let people: Vec<Person> = source.people(&NAMES, &history.people);
    let mut walked = Walked::default();
    for (number, step) in history.steps.iter().enumerate() {
        let Some(drawn) = watch.with_state(|state| step.request(&people, source, state)) else {
            continue;
        };
        let request = spelled(
            &drawn,
            &source.uuid("planted"),
            context.client.base().as_str(),
        );
        let exchange = context.send_watched(&request, watch).await;
        walked.hindrance = hindrance(context, &exchange);
        let departure = exchange.departure.clone();
        walked.taken.push((number, drawn));
        walked.exchanges.push(exchange);
        if walked.hindrance.is_some() {
            return walked;
        }
        let Some(departure) = departure else {
            continue;
        };
        let claimed = context.watch.claimed(&departure);
        if claimed.is_none() {
            walked.departs = true;
            return walked;
        }
        walked.claimed = walked.claimed.or(claimed);
    }
    walked
}

/// Why nothing can be told after this exchange.
fn hindrance(context: &Context, exchange: &Exchange) -> Option<String> {
    if let Health::Lost(why) = context.health() {
        return Some(why);
    }
    match &exchange.answer {
        Err(none) => Some(format!("a call of the history got {none}")),
        Ok(response) if is_limit(response) => Some(super::limited(response.status)),
        Ok(_) => None,
    }
}

/// A request as it is sent.
pub(super) fn spelled(drawn: &model::Request, planted: &str, base: &str) -> Request {
    let (method, path) = match drawn.route {
        Route::Register => ("POST", "/users"),
        Route::LogIn => ("POST", "/sessions"),
        Route::Profile => ("GET", "/profile"),
        Route::LogOut => ("DELETE", "/sessions"),
        Route::AskToken => ("POST", "/reset_password"),
        Route::Update => ("PUT", "/reset_password"),
        Route::Welcome | Route::Elsewhere => ("GET", "/"),
    };
    let method = method.parse().unwrap_or(reqwest::Method::GET);
    let mut request = Request::new(method, path);
    if !drawn.fields.is_empty() {
        let fields: Vec<(&str, &str)> = drawn
            .fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (body, media_type) = drawn.spelling.form(&fields, planted);
        request = request.with_body(Body {
            media_type: Some(media_type),
            bytes: body.into_bytes(),
        });
    }
    let cookies = drawn.spelling.cookies(drawn.session.as_deref());
    request.cookie = cookies.map_or(Cookie::None, Cookie::Header);
    if let Some((place, session)) = &drawn.misplaced {
        match MISPLACED[*place] {
            "the query" => request.path = format!("{path}?session_id={session}"),
            name => request.cookie = Cookie::Header(format!("{name}={session}")),
        }
    }
    request.extra = drawn.spelling.headers(base);
    request.keeps_connection = drawn.spelling.keeps_connection();
    request
}
