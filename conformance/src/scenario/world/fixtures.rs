//! What scenarios begin with: an account, a session, a token. A fixture takes what works, be its
//! payload as it may, so that each fault of a target shows in the requirement that is about it.
//! Where even that is not to be had, the scenario cannot be judged, and says what is in the way.

use super::{At, Person, Stop, Stopped, World};
use crate::{
    http::{Mismatch, Request},
    model::State,
    scenario::{
        Obstacle, Wanted,
        expect::{self, Status},
    },
};

impl World {
    /// The person of that name, who may have no account yet.
    pub fn person(&mut self, name: &str) -> Result<&mut Person, Stop> {
        let (names, place) = (self.context()?.names, &self.place);
        let person = self.people.entry(name.to_owned());
        Ok(person.or_insert_with(|| Person {
            email: names.email(name, place),
            password: names.password(&format!("{place}/{name}")),
            ..Person::default()
        }))
    }

    /// An account that the scenario leaves as it is.
    pub async fn account(&mut self, name: &str, wanted: Wanted) -> Result<(), Stop> {
        let known = self.people.get(name);
        if known.is_some_and(|person| person.registered) {
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
        let request = self.person(name)?.registration();
        let at = self.prepare(request).await?;
        self.granted(at)?;
        self.person(name)?.registered = true;
        Ok(())
    }

    /// An account that was registered since the target was started, which scenarios on one start
    /// share.
    pub async fn newcomer(&mut self, name: &str) -> Result<(), Stop> {
        let email = self.person(name)?.email.clone();
        let context = self.context()?;
        let is_new = |state: &State| state.account(&email).is_none();
        if context.watch.with_state(is_new) {
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
        let at = self.prepare(person.login()).await?;
        if expect::opened_session(self.at(at)).is_some() {
            return self.take_session(at, name);
        }
        if !person.inherited || !person.tokens.is_empty() {
            return self.granted(at);
        }
        // The account came from another scenario, which may have left it worse than it told.
        self.people.remove(name);
        self.own_account(name).await?;
        self.log_in(name).await
    }

    async fn log_in(&mut self, name: &str) -> Result<(), Stop> {
        let request = self.person(name)?.login();
        let at = self.prepare(request).await?;
        self.granted(at)?;
        self.take_session(at, name)
    }

    /// Has her session shown to work: only such a one can be over.
    pub async fn sees_her_profile(&mut self, name: &str) -> Result<(), Stop> {
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
        self.log_in(name).await
    }

    /// A reset token for somebody who has an account.
    pub async fn token(&mut self, name: &str) -> Result<(), Stop> {
        let email = self.registered(name)?.email.clone();
        let at = self.prepare(Request::reset_token(&email)).await?;
        self.granted(at)?;
        self.take_token(at, name)
    }

    /// A new password, set with the latest token.
    pub async fn new_password(&mut self, name: &str) -> Result<(), Stop> {
        let new = self.fresh_password(name)?;
        let request = self.update(name, &new)?;
        let at = self.prepare(request).await?;
        self.granted(at)?;
        self.password_set(name, new)
    }

    /// Somebody of whom the scenario has said that she has an account: no step registers anybody
    /// in silence.
    pub fn registered(&mut self, name: &str) -> Result<&mut Person, Stop> {
        if self.person(name)?.registered {
            return self.person(name);
        }
        Err(self.defect(format!("no step before says that {name} has an account")))
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

    /// Whether an exchange shows a profile of `email`.
    pub fn shows(&self, at: At, email: &str) -> bool {
        self.at(at).answer.as_ref().is_ok_and(|response| {
            Status::Success.accepts(response.status) && expect::mentions(response, email)
        })
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
