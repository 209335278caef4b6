//! The one way from a behaviour to the target: everything that goes through it is seen by the
//! shadow.

use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::Method;

use super::{Answer, Ask, Shadow, Upstream};

/// A target with the shadow of what was seen of it.
#[derive(Debug)]
pub struct Door {
    upstream: Upstream,
    shadow: Mutex<Shadow>,
}

impl Door {
    /// A door to a target of which nothing was seen yet.
    pub fn new(upstream: Upstream) -> Self {
        Self {
            upstream,
            shadow: Mutex::default(),
        }
    }

    /// Sends a request to the target and takes in what came of it.
    pub async fn send(&self, ask: Ask) -> Answer {
        let answer = self.upstream.send(ask.clone()).await;
        self.shadow().observe(&ask, &answer);
        answer
    }

    /// What was seen so far. Not to be held over an `await`.
    pub fn shadow(&self) -> MutexGuard<'_, Shadow> {
        // A panic of one behaviour leaves data that is as good as before: only whole
        // exchanges are ever written.
        self.shadow.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gets a reset token for a user behind the client's back.
    pub async fn token_of(&self, email: &str) -> Option<String> {
        self.send(Ask::form(
            Method::POST,
            "/reset_password",
            &[("email", email)],
        ))
        .await
        .member("reset_token")
    }

    /// Changes a user's password behind the client's back.
    pub async fn change_password(&self, email: &str, password: &str) {
        if let Some(token) = self.token_of(email).await {
            let fields = [
                ("email", email),
                ("reset_token", &token),
                ("new_password", password),
            ];
            self.send(Ask::form(Method::PUT, "/reset_password", &fields))
                .await;
        }
    }

    /// Ends the session of the user whose email a request names, if that user has one.
    pub async fn end_session_of_the_named(&self, ask: &Ask) {
        let email = ask.field("email").unwrap_or_default();
        let session = self
            .shadow()
            .account(&email)
            .and_then(|a| a.session.clone());
        if let Some(session) = session {
            self.end_session(&session).await;
        }
    }

    /// Ends a live session behind the client's back.
    pub async fn end_session(&self, id: &str) {
        self.send(Ask::with_session(Method::DELETE, "/sessions", id))
            .await;
    }
}
