//! The one way from a middleware to the target: everything that goes through it
//! changes the observed state.

use std::sync::{Mutex, MutexGuard, PoisonError};

use hyper::Method;

use super::{ObservedState, Request, Response, Upstream};

/// A target with what was seen of it.
#[derive(Debug)]
pub struct Tracked {
    upstream: Upstream,
    state: Mutex<ObservedState>,
}

impl Tracked {
    /// A target of which nothing was seen yet.
    pub fn new(upstream: Upstream) -> Self {
        Self {
            upstream,
            state: Mutex::default(),
        }
    }

    /// Sends a request to the target and takes in what came of it.
    pub async fn send(&self, request: Request) -> Response {
        let response = self.upstream.send(request.clone()).await;
        self.state().observe(&request, &response);
        response
    }

    /// What was seen so far. Not to be held over an `await`.
    pub fn state(&self) -> MutexGuard<'_, ObservedState> {
        // A panic of one middleware leaves data that is as good as before: only whole
        // exchanges are ever written.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gets a reset token for a user behind the client's back.
    pub async fn token_of(&self, email: &str) -> Option<String> {
        self.send(Request::form(
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
            self.send(Request::form(Method::PUT, "/reset_password", &fields))
                .await;
        }
    }

    /// Ends a live session behind the client's back.
    pub async fn end_session(&self, id: &str) {
        self.send(Request::with_session(Method::DELETE, "/sessions", id))
            .await;
    }
}
