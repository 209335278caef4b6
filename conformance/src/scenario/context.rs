//! What all scenarios of a run share: the client, the names, the accounts that are left alone,
//! what is known of the target's health, and whether the run is over before its time.

mod health;

pub use health::Health;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crate::{
    http::{Client, Exchange, NoResponse, Request},
    scenario::{Accounts, Names, watch::Watch},
    target::FreshStart,
};
use health::{SILENT_REQUESTS, State};

/// How long to wait before a target that broke a connection off, and the one after it too, is
/// asked again.
const ASK_AGAIN: [Duration; 3] = [
    Duration::from_millis(20),
    Duration::from_millis(100),
    Duration::from_millis(300),
];

/// Shared by the scenarios of one run.
#[derive(Debug)]
pub struct Context {
    /// Sends requests.
    pub client: Client,
    /// Makes emails and passwords.
    pub names: Names,
    /// Accounts that scenarios hand on.
    pub accounts: Accounts,
    /// Compares every exchange with the model.
    pub watch: Watch,
    /// Whether the target has just been started for one scenario alone.
    pub fresh: bool,
    /// Whether nothing but the verdicts is wanted.
    pub verdicts_only: bool,
    /// Whoever starts the target, where that is ours, and knows whether it has ended.
    starter: Option<Arc<dyn FreshStart>>,
    state: State,
    /// How many scenarios are under way.
    under_way: AtomicUsize,
    /// Why the run is over before its time, once it is.
    cut: Arc<tokio::sync::watch::Sender<Option<String>>>,
}

impl Context {
    /// A context for a run that has just begun.
    pub fn new(client: Client, names: Names) -> Self {
        Self {
            client,
            names,
            accounts: Accounts::default(),
            watch: Watch::default(),
            fresh: false,
            verdicts_only: false,
            starter: None,
            state: State::default(),
            under_way: AtomicUsize::new(0),
            cut: Arc::new(tokio::sync::watch::Sender::new(None)),
        }
    }

    /// The same for a target that `starter` has started.
    #[must_use]
    pub fn started_by(mut self, starter: Option<Arc<dyn FreshStart>>) -> Self {
        self.starter = starter;
        self
    }

    /// A context for one scenario of the same run, whose target has just been started at `base`.
    #[must_use]
    pub fn afresh(&self, base: reqwest::Url) -> Self {
        Self {
            fresh: true,
            ..self.again(Some(base))
        }
    }

    /// A context for the same run that knows nothing of its target, which may have been started
    /// again at `base`.
    #[must_use]
    pub fn again(&self, base: Option<reqwest::Url>) -> Self {
        let base = base.unwrap_or_else(|| self.client.base().clone());
        Self {
            verdicts_only: self.verdicts_only,
            starter: self.starter.clone(),
            cut: Arc::clone(&self.cut),
            ..Self::new(self.client.at(base), self.names)
        }
    }

    /// A context for the rest of the run on a target that was broken and has been started again at
    /// `base`.
    #[must_use]
    pub fn mended(&self, base: reqwest::Url) -> Self {
        Self {
            watch: self.watch.of_a_new_start(),
            ..self.again(Some(base))
        }
    }

    /// Sends a request and draws conclusions about the target's health.
    pub async fn send(&self, request: &Request) -> Exchange {
        self.send_watched(request, &self.watch).await
    }

    /// The same for one that `watch` compares with what it knows, and notes on it what it finds.
    pub async fn send_watched(&self, request: &Request, watch: &Watch) -> Exchange {
        let mut exchange = self.in_time(request, self.client.send(request)).await;
        if !matches!(exchange.answer, Err(NoResponse::CutShort(_))) {
            watch.see(request, &mut exchange, self.client.base());
        }
        self.observe(exchange).await
    }

    /// Sends a request without waiting for its turn; conclusions are for whoever has all answers.
    pub async fn send_at_once(&self, request: &Request) -> Exchange {
        self.in_time(request, self.client.send_at_once(request))
            .await
    }

    /// The exchange, or what is known of it when the run is cut short.
    async fn in_time(
        &self,
        request: &Request,
        sending: impl Future<Output = Exchange>,
    ) -> Exchange {
        let began = Instant::now();
        tokio::select! {
            biased;
            why = self.cut_short() => self.client.recorded(request, Err(NoResponse::CutShort(why)), began),
            exchange = sending => exchange,
        }
    }

    /// Takes in an exchange that went beside others.
    pub async fn take_in_beside_others(&self, request: &Request, exchange: Exchange) -> Exchange {
        if !matches!(exchange.answer, Err(NoResponse::CutShort(_))) {
            self.watch.see_beside_others(request, &exchange);
        }
        self.observe(exchange).await
    }

    async fn observe(&self, exchange: Exchange) -> Exchange {
        match &exchange.answer {
            Ok(_) => self.state.answered(),
            Err(NoResponse::NotReached(why)) => {
                let how = match (self.was_ended().await, self.ended().await) {
                    (Some(excess), _) => format!("; authspec ended the command, because {excess}"),
                    (None, Some(how)) => format!("; the command has ended ({how})"),
                    (None, None) => String::new(),
                };
                self.lose(format!(
                    "the target no longer accepts connections ({why}){how}"
                ));
            }
            Err(NoResponse::TimedOut(limit)) => {
                // One route that hangs is not the whole target.
                if self.state.is_silent(exchange.duration) && !self.still_answers().await {
                    self.lose(format!(
                        "the target left {SILENT_REQUESTS} requests in a row without an answer, each for {}",
                        humantime::format_duration(*limit)
                    ));
                }
            }
            Err(NoResponse::Broken(_)) => return self.broken(exchange).await,
            Err(NoResponse::Ended(_) | NoResponse::CutShort(_)) => {}
        }
        exchange
    }

    async fn still_answers(&self) -> bool {
        let answers = self.send_at_once(&Request::root()).await.answer.is_ok();
        if answers {
            self.state.answered();
        }
        answers
    }

    /// Nobody can tell whether a request was too much for a target, or whether somebody else has
    /// ended it just then: it is only at fault if it is still there. Of a process that is ours
    /// that is known, and one that ends in place of an answer owes that answer.
    async fn broken(&self, exchange: Exchange) -> Exchange {
        let Some(why) = self.gone().await else {
            return exchange;
        };
        let request = &exchange.request;
        let place = format!("in the middle of {} {}", request.method, request.url);
        if let Some(excess) = self.was_ended().await {
            self.lose(format!("authspec ended the command, because {excess}"));
            return exchange;
        }
        let Some(how) = self.ended().await else {
            self.lose(format!(
                "the target ended {place} and accepts no connection any more ({why})"
            ));
            return exchange;
        };
        let cause = format!("the command has ended ({how}) {place}");
        if self.under_way.load(Ordering::Relaxed) > 1 {
            self.lose(format!(
                "{cause}, beside others; --concurrency 1 tells which of them was too much"
            ));
            return exchange;
        }
        self.lose(cause);
        Exchange {
            answer: Err(NoResponse::Ended(how)),
            ..exchange
        }
    }

    /// Why it cannot be reached any more. What is just about to end may still accept a connection.
    async fn gone(&self) -> Option<String> {
        for wait in ASK_AGAIN {
            match self.send_at_once(&Request::root()).await.answer {
                Ok(_) => return None,
                Err(NoResponse::NotReached(why)) => return Some(why),
                // It did so before, and was there all the same.
                Err(_) if self.state.hangs_up() => break,
                Err(_) => tokio::time::sleep(wait).await,
            }
        }
        let ended = self.ended().await;
        self.state.hung_up();
        ended.map(|_| "it ends each of them".to_owned())
    }

    /// Why the target was ended by whoever started it, where it took too much.
    async fn was_ended(&self) -> Option<String> {
        self.starter.as_ref()?.was_ended().await
    }

    /// How the target has ended by itself, where it is a process of ours.
    async fn ended(&self) -> Option<String> {
        self.starter.as_ref()?.has_ended().await
    }

    /// Counts a scenario as under way until what it returns is dropped.
    pub fn scenario_begins(&self) -> impl Drop + use<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(&self.under_way)
    }

    /// Ends the run before its time: whatever is awaited is given up, and nothing more is sent.
    pub fn cut(&self, why: String) {
        self.cut.send_replace(Some(why));
    }

    /// Ready with the reason once the run is cut short.
    pub async fn cut_short(&self) -> String {
        let mut cut = self.cut.subscribe();
        let why = cut.wait_for(Option::is_some).await;
        why.ok().and_then(|why| why.clone()).unwrap_or_default()
    }

    /// Whether the run is over before its time.
    pub fn is_cut_short(&self) -> bool {
        self.cut.borrow().is_some()
    }

    /// What is known of the target now.
    pub fn health(&self) -> Health {
        match &*self.cut.borrow() {
            Some(why) => Health::Lost(why.clone()),
            None => self.state.health(),
        }
    }

    /// Notes that the target does not answer any more.
    pub fn lose(&self, why: String) {
        self.state.worsen(Health::Lost(why));
    }

    /// Notes that the target is broken for the rest of the run, and since which requirement.
    pub fn wreck(&self, why: String, by: String) {
        self.state.worsen(Health::Wrecked { why, by });
    }
}

struct UnderWay<'a>(&'a AtomicUsize);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
