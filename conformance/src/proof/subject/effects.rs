//! Effects behind an answer: who loses what when somebody does something.

use super::{
    documented::success,
    edits::{Edit, Find},
};
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
    /// Whom the function finds. Where that is nobody, nothing is done and the target answers.
    Found(Find),
}

/// When.
#[derive(Clone, Copy)]
pub(crate) enum When {
    /// After the target has answered, and its answer is given.
    Beside,
    /// Before the target hears of the request.
    Ahead,
    /// The target never hears of the request, and the documented success is answered.
    Instead,
}

impl Edit {
    /// Answers a request and has an effect on users.
    pub(super) async fn of_exchange(self, mut request: Request, upstream: &Tracked) -> Response {
        match self {
            Self::Effect(when, act, whom) => {
                let hers = {
                    let state = upstream.state();
                    state
                        .subject(&request.call())
                        .map(|account| account.email.clone())
                };
                let given = match when {
                    When::Beside => Some(upstream.send(request.clone()).await),
                    When::Ahead | When::Instead => None,
                };
                let accounts = concerned(whom, hers.as_deref(), &request, upstream);
                let instead = matches!(when, When::Instead) && accounts.is_some();
                for account in accounts.into_iter().flatten() {
                    act.on(&account, &request, upstream).await;
                }
                match given {
                    Some(response) => response,
                    None if instead => success(&request),
                    None => upstream.send(request).await,
                }
            }
            Self::Registers(when, password) => {
                let mut registration = request.clone();
                "/users".clone_into(&mut registration.path);
                if request.field("password").is_none() {
                    registration.set_field("password", password);
                }
                if matches!(when, When::Ahead) {
                    upstream.send(registration).await;
                    return upstream.send(request).await;
                }
                let response = upstream.send(request).await;
                upstream.send(registration).await;
                response
            }
            Self::FreshToken(find) => {
                let shown = request.field("reset_token").unwrap_or_default();
                let owner = find(&upstream.state(), &shown).map(|account| account.email.clone());
                if let Some(owner) = owner {
                    let fresh = upstream.token_of(&owner).await;
                    request.set_field("reset_token", &fresh.unwrap_or_default());
                }
                upstream.send(request).await
            }
            _ => upstream.send(request).await,
        }
    }
}

/// The users whom it concerns, where the whole effect is not for nobody.
fn concerned(
    whom: Whom,
    hers: Option<&str>,
    request: &Request,
    upstream: &Tracked,
) -> Option<Vec<Account>> {
    let named = request.field("email");
    let state = upstream.state();
    let found = match whom {
        Whom::Found(find) => Some(&find(request, &state)?.email),
        _ => None,
    };
    let fits = |account: &&Account| {
        let is = |other: Option<&str>| other == Some(&*account.email);
        match whom {
            Whom::Hers => is(hers),
            Whom::Named => is(named.as_deref()),
            Whom::Others => !is(hers) && !is(named.as_deref()),
            Whom::Everybody => true,
            Whom::Found(_) => is(found.map(String::as_str)),
        }
    };
    Some(state.accounts.iter().filter(fits).cloned().collect())
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
