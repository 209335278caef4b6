//! What went through a proxy and succeeded: the state that the target behind it must be in.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use hyper::Method;

use super::{Answer, Ask};

/// A registered user, as far as the exchanges tell.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The email as registered.
    pub email: String,
    /// The password that logs in now.
    pub password: String,
    /// The live session.
    pub session: Option<String>,
    /// The reset token that works now.
    pub token: Option<String>,
    /// Passwords that were replaced by an update.
    pub old_passwords: Vec<String>,
    /// Sessions that a later login or a logout ended.
    pub old_sessions: Vec<String>,
    /// Tokens that a newer token replaced.
    pub replaced_tokens: Vec<String>,
    /// Tokens that were used.
    pub used_tokens: Vec<String>,
}

/// Everything that a proxy saw succeed, in order.
#[derive(Debug, Default)]
pub struct Shadow {
    /// In the order of registration.
    pub accounts: Vec<Account>,
    /// Session ids with the email of their user, in the order of the logins.
    pub logins: Vec<(String, String)>,
    /// Reset tokens with the email of their user, in the order of the requests.
    pub tokens: Vec<(String, String)>,
    /// A behaviour's own memory.
    pub notes: BTreeMap<String, String>,
    counters: BTreeMap<String, u64>,
    arrivals: BTreeMap<String, Vec<Instant>>,
    last_answer: Option<Instant>,
}

impl Shadow {
    /// The account of that email.
    pub fn account(&self, email: &str) -> Option<&Account> {
        self.find(|account| account.email == email)
    }

    /// The account that this session is live for.
    pub fn by_session(&self, id: &str) -> Option<&Account> {
        self.find(|account| account.session.as_deref() == Some(id))
    }

    /// The account whose session this was.
    pub fn by_old_session(&self, id: &str) -> Option<&Account> {
        self.find(|account| account.old_sessions.iter().any(|old| old == id))
    }

    /// The account that this token can change.
    pub fn by_token(&self, token: &str) -> Option<&Account> {
        self.find(|account| account.token.as_deref() == Some(token))
    }

    /// The account whose token this was before a newer one.
    pub fn by_replaced_token(&self, token: &str) -> Option<&Account> {
        self.find(|account| account.replaced_tokens.iter().any(|old| old == token))
    }

    /// The account that was changed with this token.
    pub fn by_used_token(&self, token: &str) -> Option<&Account> {
        self.find(|account| account.used_tokens.iter().any(|old| old == token))
    }

    /// The first account, in the order of registration, that fits.
    pub fn find(&self, fits: impl Fn(&Account) -> bool) -> Option<&Account> {
        self.accounts.iter().find(|account| fits(account))
    }

    /// The account that logged in last and is still logged in.
    pub fn last_logged_in(&self) -> Option<&Account> {
        self.logins
            .iter()
            .rev()
            .find_map(|(id, _)| self.by_session(id))
    }

    /// Counts one more of whatever `what` names, and says how many that makes.
    pub fn count(&mut self, what: impl Into<String>) -> u64 {
        let counter = self.counters.entry(what.into()).or_default();
        *counter += 1;
        *counter
    }

    /// Begins to count anew.
    pub fn forget(&mut self, what: &str) {
        self.counters.remove(what);
    }

    /// Notes that a request of a kind came, and when.
    pub fn arrive(&mut self, what: &str) -> Instant {
        let now = Instant::now();
        self.arrivals.entry(what.to_owned()).or_default().push(now);
        now
    }

    /// How many requests of a kind came less than `span` before or after a moment.
    pub fn arrivals_near(&self, what: &str, moment: Instant, span: Duration) -> usize {
        let near = |arrival: &&Instant| {
            let later = arrival.saturating_duration_since(moment);
            let earlier = moment.saturating_duration_since(**arrival);
            later < span && earlier < span
        };
        self.arrivals
            .get(what)
            .map_or(0, |arrivals| arrivals.iter().filter(near).count())
    }

    /// How long ago the last answer went out.
    pub fn since_last_answer(&self) -> Option<Duration> {
        self.last_answer.map(|last| last.elapsed())
    }

    pub(super) fn answered(&mut self) {
        self.last_answer = Some(Instant::now());
    }

    /// Takes in what the target answered.
    pub(super) fn observe(&mut self, ask: &Ask, answer: &Answer) {
        let done = answer.status.is_success() || answer.status.is_redirection();
        if !done {
            return;
        }
        match (&ask.method, ask.path.as_str()) {
            (&Method::POST, "/users") => self.registered(ask),
            (&Method::POST, "/sessions") => self.logged_in(ask, answer),
            (&Method::DELETE, "/sessions") => self.logged_out(ask),
            (&Method::POST, "/reset_password") => self.token_issued(ask, answer),
            (&Method::PUT, "/reset_password") => self.updated(ask),
            _ => {}
        }
    }

    fn registered(&mut self, ask: &Ask) {
        if let (Some(email), Some(password)) = (ask.field("email"), ask.field("password"))
            && self.account(&email).is_none()
        {
            self.accounts.push(Account {
                email,
                password,
                ..Account::default()
            });
        }
    }

    fn logged_in(&mut self, ask: &Ask, answer: &Answer) {
        if let (Some(email), Some(id)) = (ask.field("email"), answer.session()) {
            self.logins.push((id.clone(), email.clone()));
            if let Some(account) = self.account_mut(|account| account.email == email) {
                account.old_sessions.extend(account.session.replace(id));
            }
        }
    }

    fn logged_out(&mut self, ask: &Ask) {
        let id = ask.session();
        if let Some(account) = self.account_mut(|account| id.is_some() && account.session == id) {
            account.old_sessions.extend(account.session.take());
        }
    }

    fn token_issued(&mut self, ask: &Ask, answer: &Answer) {
        if let (Some(email), Some(token)) = (ask.field("email"), answer.member("reset_token")) {
            self.tokens.push((token.clone(), email.clone()));
            if let Some(account) = self.account_mut(|account| account.email == email) {
                account.replaced_tokens.extend(account.token.replace(token));
            }
        }
    }

    fn updated(&mut self, ask: &Ask) {
        let token = ask.field("reset_token");
        if let Some(password) = ask.field("new_password")
            && let Some(account) =
                self.account_mut(|account| token.is_some() && account.token == token)
        {
            account.used_tokens.extend(account.token.take());
            let old = std::mem::replace(&mut account.password, password);
            account.old_passwords.push(old);
        }
    }

    fn account_mut(&mut self, fits: impl Fn(&Account) -> bool) -> Option<&mut Account> {
        self.accounts.iter_mut().find(|account| fits(account))
    }
}
