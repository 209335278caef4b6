//! Watches a run: every exchange is compared with the model, whoever sent it and for whatever
//! reason, so that no departure from the document goes unseen because nobody asked for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use reqwest::Url;

use super::departs::mismatches;
use crate::{
    http::{Departure, Exchange, Request, Response},
    model::{Call, Case, Route, Seen, State, expected},
    scenario::expect,
};

/// What the model knows of one target.
#[derive(Debug, Default)]
pub struct Watch {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    state: State,
    /// Requirements that have failed in this run.
    failed: BTreeSet<String>,
    /// For each route how many calls had to be refused, and how many of them were accepted.
    refusals: BTreeMap<Route, (usize, usize)>,
    /// Everything that was asked and answered so far.
    log: Vec<(Call, Exchange)>,
}

/// The most exchanges that are kept for stories; a run has some hundreds.
const LONGEST_LOG: usize = 2_000;

impl Watch {
    /// What goes on watching once the target has been started again: its state is a new one, and
    /// what has failed and what was refused was found on the same program.
    #[must_use]
    pub fn of_a_new_start(&self) -> Self {
        let known = self.lock();
        Self {
            known: Mutex::new(Known {
                failed: known.failed.clone(),
                refusals: known.refusals.clone(),
                ..Known::default()
            }),
        }
    }

    /// Takes in an exchange that went beside others: in which order the target saw them nobody
    /// knows, so nothing is told from it.
    pub fn see_beside_others(&self, request: &Request, exchange: &Exchange) {
        let call = Call::from(request);
        self.lock().state.observe(&call, &seen(exchange));
    }

    /// Compares an exchange with the model, notes on it where it departs, and takes it in.
    pub fn see(&self, request: &Request, exchange: &mut Exchange, base: &Url) {
        let call = Call::from(request);
        let mut known = self.lock();
        let allowed = expected(&call, &known.state);
        let mismatches = mismatches(&call, &allowed, exchange, base, &known.state);
        if !mismatches.is_empty() {
            exchange.departure = Some(Departure {
                requirements: Case::of(&call, &known.state).requirements(),
                expected: allowed.describe(),
                mismatches,
            });
        }
        let seen = seen(exchange);
        if allowed.must_refuse() && seen.status.is_some() && is_well_formed(&call, &known.state) {
            let (due, accepted) = known.refusals.entry(call.route).or_default();
            *due += 1;
            *accepted += usize::from(seen.accepted());
        }
        known.state.observe(&call, &seen);
        if known.log.len() < LONGEST_LOG {
            known.log.push((call, brief(exchange)));
        }
    }

    /// The first departure so far that no requirement has claimed, and what led there: all that
    /// was asked about the same user, itself the last.
    pub fn unclaimed(&self) -> Option<Vec<Exchange>> {
        let known = self.lock();
        let (call, departing) = known.log.iter().find(|(_, exchange)| {
            let departure = exchange.departure.as_ref();
            departure.is_some_and(|departure| claimed(departure, &known.failed).is_none())
        })?;
        let about = |call| known.state.subject(call).map(|account| &account.email);
        let subject = about(call);
        let before = known
            .log
            .iter()
            .take_while(|(_, exchange)| !std::ptr::eq(exchange, departing))
            .filter(|(earlier, _)| subject.is_some() && about(earlier) == subject);
        let led = before.map(|(_, exchange)| exchange).chain([departing]);
        Some(led.cloned().collect())
    }

    /// Reads the state that the target is in, as far as the exchanges tell.
    pub fn with_state<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        read(&self.lock().state)
    }

    /// Notes that a requirement has failed, so that what it is about is told once.
    pub fn failed(&self, requirement: &str) {
        self.lock().failed.insert(requirement.to_owned());
    }

    /// Whether that requirement has failed.
    pub fn has_failed(&self, requirement: &str) -> bool {
        self.lock().failed.contains(requirement)
    }

    /// The requirement that has failed already because of such a departure, if one has.
    pub fn claimed(&self, departure: &Departure) -> Option<&'static str> {
        let known = self.lock();
        claimed(departure, &known.failed)
    }

    /// The routes on which everything was accepted that had to be refused.
    pub fn without_refusal(&self) -> Vec<Route> {
        let known = self.lock();
        let all = |(_, (due, accepted)): &(&Route, &(usize, usize))| *due > 0 && due == accepted;
        known
            .refusals
            .iter()
            .filter(all)
            .map(|(route, _)| *route)
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a story needs of an exchange, whatever a hostile target sends: the run's record has all.
fn brief(exchange: &Exchange) -> Exchange {
    const BODY: usize = 500;
    const HEADERS: usize = 4;
    let answer = exchange.answer.as_ref().map(|response| Response {
        version: response.version.clone(),
        status: response.status,
        headers: response
            .headers
            .iter()
            .filter(|(_, value)| value.len() <= BODY)
            .take(HEADERS)
            .cloned()
            .collect(),
        body: response.body.iter().take(BODY).copied().collect(),
        body_problem: response.body_problem.clone(),
    });
    Exchange {
        request: exchange.request.clone(),
        answer: answer.map_err(Clone::clone),
        duration: exchange.duration,
        fixture: exchange.fixture,
        departure: exchange.departure.clone(),
    }
}

/// Whether only what the target knows can tell a call from one that it has to grant. A server
/// that keeps no state can refuse what has another form than the ids that it gives out.
fn is_well_formed(call: &Call, state: &State) -> bool {
    let issued = || state.logins.iter().chain(&state.tokens);
    let is_id = |id: &Option<String>| {
        id.as_deref().is_some_and(|id| {
            let was_issued = issued().any(|(known, _)| known == id);
            let uuids = || issued().all(|(known, _)| expect::is_uuid(known));
            was_issued || (expect::is_uuid(id) && uuids())
        })
    };
    let filled = |value: &Option<String>| value.as_ref().is_some_and(|text| !text.is_empty());
    match call.route {
        Route::Profile | Route::LogOut => is_id(&call.session),
        Route::Update => is_id(&call.token) && filled(&call.password),
        // Further fields and cookies are no part of these calls, and may be refused by their form.
        _ if call.token.is_some() || call.session.is_some() => false,
        Route::Register | Route::LogIn => filled(&call.email) && filled(&call.password),
        _ => filled(&call.email),
    }
}

/// The requirement among `failed` that is about such a departure.
pub fn claimed(departure: &Departure, failed: &BTreeSet<String>) -> Option<&'static str> {
    let about = departure.requirements.iter();
    about.copied().find(|id| failed.contains(*id))
}

fn seen(exchange: &Exchange) -> Seen {
    let Ok(response) = &exchange.answer else {
        return Seen::default();
    };
    Seen {
        status: Some(response.status),
        session: expect::opened_session(exchange).map(|cookie| cookie.id),
        token: expect::given_token(exchange),
    }
}
