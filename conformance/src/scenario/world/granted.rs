//! Whether the target has given what a request asked for: a fixture needs it, and where a refusal
//! would make everything after an act look right, the act does too.

use reqwest::Url;

use super::{At, Stop, World};
use crate::{
    http::{Exchange, Mismatch},
    model::Route,
    scenario::expect::{self, Status},
};

impl World {
    /// Holds where the target has given what was asked for, be its payload as it may.
    ///
    /// # Errors
    /// Stops where it has not, and says which requirement is in the way.
    pub fn granted(&mut self, at: At) -> Result<(), Stop> {
        let context = self.context()?;
        let exchange = self.at(at);
        let refused = expect::status(exchange, &Status::Success);
        let (need, requirement, mismatches) = match route(exchange, context.client.base()) {
            Route::LogIn if expect::opened_session(exchange).is_some() => return Ok(()),
            Route::LogIn if refused.is_empty() => {
                let mismatches = expect::live_session_cookie(exchange);
                ("a session", "LOGIN-2", mismatches)
            }
            Route::LogIn => ("a session", "LOGIN-1", refused),
            Route::LogOut if is_let_through(exchange) => return Ok(()),
            Route::LogOut => {
                let mismatches = expect::status(exchange, &Status::OneOf(vec![302, 303]));
                ("a logout", "LOGOUT-1", mismatches)
            }
            Route::AskToken if expect::given_token(exchange).is_some() => return Ok(()),
            Route::AskToken if refused.is_empty() => {
                let mismatch = Mismatch::new("reset_token", "a token in the JSON", "none");
                ("a reset token", "RESET-1", vec![mismatch])
            }
            Route::AskToken => ("a reset token", "RESET-1", refused),
            _ if refused.is_empty() => return Ok(()),
            Route::Register => ("an account", "REG-1", refused),
            Route::Update => ("a new password", "UPDATE-1", refused),
            Route::Profile => ("a session that works", "PROFILE-1", refused),
            Route::Welcome | Route::Elsewhere => ("the welcome", "ROOT-1", refused),
        };
        Err(self.obstacle(at, need, requirement, mismatches))
    }

    /// The session that an answer opens for a person, if it does.
    pub fn take_session(&mut self, at: At, name: &str) -> Result<(), Stop> {
        if let Some(session) = expect::opened_session(self.at(at)) {
            let person = self.person(name)?;
            // As a client sends it back.
            person.sessions.push(session.value);
            person.logged_out = false;
        }
        Ok(())
    }

    /// The reset token in an answer, if there is one.
    pub fn take_token(&mut self, at: At, name: &str) -> Result<(), Stop> {
        let token = expect::given_token(self.at(at));
        self.person(name)?.tokens.extend(token);
        Ok(())
    }
}

fn route(exchange: &Exchange, base: &Url) -> Route {
    let prefix = base.path().trim_end_matches('/');
    let url = Url::parse(&exchange.request.url).ok();
    let path = url.as_ref().and_then(|url| url.path().strip_prefix(prefix));
    path.map_or(Route::Elsewhere, |path| {
        Route::of(&exchange.request.method, path)
    })
}

fn is_let_through(exchange: &Exchange) -> bool {
    let answer = exchange.answer.as_ref();
    answer.is_ok_and(|answer| (200..400).contains(&answer.status))
}
