//! Walks a history: sends its calls one after another, and stops at the first answer that departs
//! from the document and that no requirement has claimed.

use crate::{
    http::{Body, Exchange, Request},
    model::{self, History, MISPLACED, Person, Source},
    scenario::{Context, Health, departs::is_limit, watch::Watch},
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

impl Walked {
    /// The requirements that are about its last exchange, where that departs.
    pub(super) fn about(&self) -> Option<&'static [&'static str]> {
        let departure = self.exchanges.last()?.departure.as_ref()?;
        Some(departure.requirements)
    }

    /// What was walked of `history`: the steps that were taken.
    pub(super) fn walked_of(&self, history: &History) -> History {
        let taken = self.taken.iter().map(|(number, _)| history.steps[*number]);
        History {
            steps: taken.collect(),
            ..history.clone()
        }
    }
}

/// Walks `history` with the people that `source` makes, watched by `watch`.
pub(super) async fn walk(
    context: &Context,
    watch: &Watch,
    history: &History,
    source: &Source,
) -> Walked {
    let people: Vec<Person> = source.people(&history.people);
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
    let (method, path) = drawn.route.asked();
    let mut request = Request::new(method, path);
    if !drawn.fields.is_empty() {
        let fields: Vec<(&str, &str)> = drawn
            .fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (body, media_type) = drawn.spelling.form(&fields, planted);
        request = request.with_body(Body {
            media_type,
            bytes: body.into_bytes(),
        });
    }
    request.cookie = drawn.spelling.cookies(drawn.session.as_deref());
    if let Some((place, session)) = &drawn.misplaced {
        match MISPLACED[*place] {
            "the query" => request.path = format!("{path}?session_id={session}"),
            name => request.cookie = Some(format!("{name}={session}")),
        }
    }
    request.extra = drawn.spelling.headers(base);
    request.keeps_connection = drawn.spelling.keeps_connection();
    request
}
