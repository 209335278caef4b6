//! What scenarios begin with: an account, a session, a token. A fixture takes what works, be its
//! payload as it may, so that each fault of a target shows in the requirement that is about it.
//! Where even that is not to be had, the scenario cannot be judged, and says what is in the way.

use super::{At, Person, Stop, Stopped, World};
use crate::{
    http::{Mismatch, Request},
    scenario::{
        Obstacle, Wanted,
        expect::{self, Status},
    },
};

impl World {
    /// The person of that name, who may have no account yet.
    pub fn person(&mut self, name: &str) -> Result<&mut Person, Stop> {
        if !self.people.contains_key(name) {
            let names = self.context()?.names;
            let person = Person {
                email: names.email(name, &self.place),
                password: names.password(&self.place(name)),
                ..Person::default()
            };
            self.people.insert(name.to_owned(), person);
        }
        Ok(self.people.entry(name.to_owned()).or_default())
    }

    /// Sends a request that the scenario needs without being about it.
    async fn prepare(&mut self, request: Request) -> Result<At, Stop> {
        self.exchange(request, true).await
    }

    /// An account that the scenario leaves as it is.
    pub async fn account(&mut self, name: &str, wanted: Wanted) -> Result<(), Stop> {
        if self
            .people
            .get(name)
            .is_some_and(|person| person.registered)
        {
            return Ok(());
        }
        match self.context()?.accounts.take(wanted) {
            Some(account) => {
                self.people.insert(name.to_owned(), Person::with(account));
                Ok(())
            }
            None => self.own_account(name).await,
        }
    }

    /// An account that nobody else has used or will use.
    pub async fn own_account(&mut self, name: &str) -> Result<(), Stop> {
        let person = self.person(name)?.clone();
        let at = self
            .prepare(Request::register(&person.email, &person.password))
            .await?;
        let mismatches = expect::status(self.at(at), &Status::Success);
        if !mismatches.is_empty() {
            return Err(self.obstacle(at, "an account", "REG-1", mismatches));
        }
        self.person(name)?.registered = true;
        Ok(())
    }

    /// An account that was registered since the target was started, which scenarios on one start
    /// share.
    pub async fn newcomer(&mut self, name: &str) -> Result<(), Stop> {
        let email = self.person(name)?.email.clone();
        let context = self.context()?;
        if context
            .watch
            .with_state(|state| state.account(&email).is_none())
        {
            return self.own_account(name).await;
        }
        self.person(name)?.registered = true;
        Ok(())
    }

    /// A live session. One that an earlier scenario left is asked for first, which costs no hash.
    pub async fn session(&mut self, name: &str) -> Result<(), Stop> {
        self.account(name, Wanted::WithSession).await?;
        let person = self.person(name)?.clone();
        if let Some(session) = person.session() {
            let at = self.prepare(Request::profile(session)).await?;
            if self.shows(at, &person.email) {
                return Ok(());
            }
        }
        let at = self
            .prepare(Request::log_in(&person.email, &person.password))
            .await?;
        if self.take_session(at, name)? {
            return Ok(());
        }
        if !person.inherited {
            return Err(self.no_session(at));
        }
        // The account came from another scenario, which may have left it worse than it told.
        self.people.remove(name);
        self.own_account(name).await?;
        let fresh = self.person(name)?.clone();
        let at = self
            .prepare(Request::log_in(&fresh.email, &fresh.password))
            .await?;
        if self.take_session(at, name)? {
            Ok(())
        } else {
            Err(self.no_session(at))
        }
    }

    /// A live session that has been shown to work: only such a one can be over.
    pub async fn proven_session(&mut self, name: &str) -> Result<(), Stop> {
        self.session(name).await?;
        let person = self.person(name)?.clone();
        let session = person.session().cloned().unwrap_or_default();
        let at = self.prepare(Request::profile(&session)).await?;
        if self.shows(at, &person.email) {
            return Ok(());
        }
        let mut mismatches = expect::status(self.at(at), &Status::Success);
        mismatches.extend(expect::naming(
            self.at(at),
            &person.email,
            "whose profile it is",
            &person.email,
        ));
        Err(self.obstacle(at, "a session that works", "PROFILE-1", mismatches))
    }

    /// A session that is younger than any other: what a target takes for "the current user" if it
    /// keeps that in one place for all.
    pub async fn newest_session(&mut self, name: &str) -> Result<(), Stop> {
        self.account(name, Wanted::Any).await?;
        let person = self.person(name)?.clone();
        let at = self
            .prepare(Request::log_in(&person.email, &person.password))
            .await?;
        if self.take_session(at, name)? {
            Ok(())
        } else {
            Err(self.no_session(at))
        }
    }

    /// A reset token.
    pub async fn token(&mut self, name: &str) -> Result<(), Stop> {
        self.account(name, Wanted::Any).await?;
        let email = self.person(name)?.email.clone();
        let at = self.prepare(Request::reset_token(&email)).await?;
        if self.take_token(at, name)? {
            return Ok(());
        }
        let mut mismatches = expect::status(self.at(at), &Status::Success);
        if mismatches.is_empty() {
            mismatches.push(Mismatch::new("reset_token", "a token in the JSON", "none"));
        }
        Err(self.obstacle(at, "a reset token", "RESET-1", mismatches))
    }

    /// A session that is over, by a logout.
    pub async fn logged_out(&mut self, name: &str) -> Result<(), Stop> {
        self.session(name).await?;
        let session = self.person(name)?.session().cloned().unwrap_or_default();
        self.person(name)?.logged_out = true;
        let at = self.prepare(Request::log_out(&session)).await?;
        let done = self
            .at(at)
            .answer
            .as_ref()
            .is_ok_and(|answer| (200..400).contains(&answer.status));
        if done {
            return Ok(());
        }
        let mismatches = expect::status(self.at(at), &Status::OneOf(vec![302, 303]));
        Err(self.obstacle(at, "a logout", "LOGOUT-1", mismatches))
    }

    /// A new password, set with the latest token.
    pub async fn new_password(&mut self, name: &str) -> Result<(), Stop> {
        let new = self.fresh_password(name)?;
        let request = self.update(name, &new)?;
        let at = self.prepare(request).await?;
        let mismatches = expect::status(self.at(at), &Status::Success);
        if !mismatches.is_empty() {
            return Err(self.obstacle(at, "a new password", "UPDATE-1", mismatches));
        }
        self.password_set(name, new)
    }

    /// The update of a person's password with her latest token.
    pub fn update(&mut self, name: &str, new: &str) -> Result<Request, Stop> {
        let person = self.person(name)?;
        person.changed = true;
        match person.tokens.last() {
            Some(token) => Ok(Request::update_password(&person.email, token, new)),
            None => Err(self.missing(&format!("{name}'s reset token"))),
        }
    }

    /// Notes that a new password was set.
    pub fn password_set(&mut self, name: &str, new: String) -> Result<(), Stop> {
        let person = self.person(name)?;
        let old = std::mem::replace(&mut person.password, new);
        person.first_password.get_or_insert_with(|| old.clone());
        person.old_password = Some(old);
        // Where the scenario passes, the new password is the one that logs in.
        person.changed = false;
        Ok(())
    }

    /// A password that the person has not had.
    pub fn fresh_password(&mut self, name: &str) -> Result<String, Stop> {
        // Another one for each token: whether the current password is a new one is free.
        let tokens = self.person(name)?.tokens.len();
        let place = self.place(&format!("{name}/new/{tokens}"));
        Ok(self.context()?.names.password(&place))
    }

    /// The session that an answer opens for a person, if it does.
    pub fn take_session(&mut self, at: At, name: &str) -> Result<bool, Stop> {
        let cookie = self
            .at(at)
            .answer
            .as_ref()
            .ok()
            .and_then(expect::session_cookie);
        match cookie {
            Some(cookie) if !cookie.id.is_empty() => {
                self.person(name)?.logged_in(cookie.value);
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// The reset token in an answer, if there is one.
    pub fn take_token(&mut self, at: At, name: &str) -> Result<bool, Stop> {
        let token = self
            .at(at)
            .answer
            .as_ref()
            .ok()
            .and_then(|response| expect::json_member(response, "reset_token"))
            .filter(|token| !token.is_empty());
        match token {
            Some(token) => {
                self.person(name)?.tokens.push(token);
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// Whether an exchange shows a profile of `email`.
    pub fn shows(&self, at: At, email: &str) -> bool {
        self.at(at).answer.as_ref().is_ok_and(|response| {
            Status::Success.accepts(response.status) && expect::mentions(response, email)
        })
    }

    fn no_session(&mut self, at: At) -> Stop {
        let mut mismatches = expect::status(self.at(at), &Status::Success);
        let blocked_by = if mismatches.is_empty() {
            "LOGIN-2"
        } else {
            "LOGIN-1"
        };
        if mismatches.is_empty() {
            mismatches = expect::live_session_cookie(self.at(at));
        }
        self.obstacle(at, "a session", blocked_by, mismatches)
    }

    /// Stops the scenario: it needs something that the target does not give, which is what the
    /// requirement `blocked_by` is about.
    pub fn obstacle(
        &mut self,
        at: At,
        need: &str,
        blocked_by: &str,
        mismatches: Vec<Mismatch>,
    ) -> Stop {
        self.stop(Stopped::Obstacle(Obstacle {
            cause: format!("it needs {need}, and the target gives none: see {blocked_by}"),
            blocked_by: Some(blocked_by.to_owned()),
            step: None,
            mismatches,
            exchange: Some(at),
        }))
    }
}
