//! Effects behind an answer: who loses what when somebody does something.

use std::sync::Arc;

use super::edits::success;
use crate::proof::proxy::{Account, Request, Response, Tracked};

/// What is done.
#[derive(Clone, Copy)]
pub(crate) enum Act {
    /// The session ends.
    EndSession,
    /// The outstanding token is gone.
    DropToken,
    /// The password is one that nobody knows.
    ChangePassword,
    /// The password is the one of the form.
    SetPassword,
    /// The password is the one before.
    RestorePassword,
}

/// To whom.
#[derive(Clone, Copy)]
pub(crate) enum Whom {
    /// The user whose email, session or token the request has.
    Hers,
    /// The user whose email the form names.
    Named,
    /// Everybody else.
    Others,
    /// All there are.
    Everybody,
    /// Who registered first.
    First,
    /// Who logged in last and still is.
    Newest,
}

/// When.
#[derive(Clone, Copy)]
pub(crate) enum When {
    /// After the target has answered, and its answer is given.
    Beside,
    /// Before the target hears of the request.
    Before,
    /// The target never hears of the request, and the documented success is answered.
    Instead,
}

/// Answers a request and has this effect.
pub(crate) async fn response(
    (when, act, whom): (When, Act, Whom),
    request: Request,
    upstream: Arc<Tracked>,
) -> Response {
    let hers = {
        let state = upstream.state();
        state
            .subject(&request.call())
            .map(|account| account.email.clone())
    };
    let given = match when {
        When::Beside => Some(upstream.send(request.clone()).await),
        When::Before => None,
        When::Instead => Some(success(&request)),
    };
    for account in concerned(whom, hers.as_deref(), &request, &upstream) {
        act.on(&account, &request, &upstream).await;
    }
    match given {
        Some(response) => response,
        None => upstream.send(request).await,
    }
}

fn concerned(
    whom: Whom,
    hers: Option<&str>,
    request: &Request,
    upstream: &Tracked,
) -> Vec<Account> {
    let named = request.field("email");
    let state = upstream.state();
    let accounts = state.accounts.iter();
    let is = |email: &str, other: Option<&str>| Some(email) == other;
    let all: Vec<&Account> = match whom {
        Whom::Hers => accounts.filter(|a| is(&a.email, hers)).collect(),
        Whom::Named => accounts
            .filter(|a| is(&a.email, named.as_deref()))
            .collect(),
        Whom::Others => accounts
            .filter(|a| !is(&a.email, hers) && !is(&a.email, named.as_deref()))
            .collect(),
        Whom::Everybody => accounts.collect(),
        Whom::First => accounts.take(1).collect(),
        Whom::Newest => state.last_logged_in().into_iter().collect(),
    };
    all.into_iter().cloned().collect()
}

impl Act {
    async fn on(self, account: &Account, request: &Request, upstream: &Tracked) {
        let email = &account.email;
        match (self, &account.session) {
            (Self::EndSession, Some(session)) => upstream.end_session(session).await,
            (Self::DropToken, _) if account.token.is_some() => drop(upstream.token_of(email).await),
            (Self::ChangePassword, _) => upstream.change_password(email, "changed").await,
            (Self::SetPassword, _) => {
                let sent = request.field("new_password").or(request.field("password"));
                upstream
                    .change_password(email, &sent.unwrap_or_default())
                    .await;
            }
            (Self::RestorePassword, _) => {
                if let Some(old) = account.old_passwords.last() {
                    upstream.change_password(email, old).await;
                }
            }
            (Self::EndSession | Self::DropToken, _) => {}
        }
    }
}
