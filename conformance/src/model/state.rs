//! Users, passwords, sessions and tokens, as the calls so far have left them.

use super::{
    Call, Case, Route,
    call::{alike, alike_email},
};

/// A registered user (task 0), and what she had before.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The email as registered.
    pub email: String,
    /// The password that logs in now.
    pub password: String,
    /// The live session.
    pub session: Option<String>,
    /// Whether the document leaves it open that the session has ended: a new password, or asking
    /// for a token, may end it.
    pub session_in_doubt: bool,
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
    /// Tokens of which the document leaves it open whether they still work: they were refused
    /// for a password that was none.
    pub doubtful_tokens: Vec<String>,
    /// Whether the target has departed from the document here, or left a call without an answer,
    /// so that nobody can tell any more what is right.
    pub in_doubt: bool,
}

/// What matters of an answer for the state.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The status; nothing where no answer came.
    pub status: Option<u16>,
    /// The session id that it hands out.
    pub session: Option<String>,
    /// The reset token in its payload.
    pub token: Option<String>,
}

impl Seen {
    /// Whether the target did what it was asked for.
    pub fn accepted(&self) -> bool {
        self.status
            .is_some_and(|status| (200..400).contains(&status))
    }

    /// Whether the target said that it will not.
    pub fn refused(&self) -> bool {
        self.status
            .is_some_and(|status| (400..500).contains(&status))
    }
}

/// Everything that the target must know, in the order in which it came to be.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// In the order of registration.
    pub accounts: Vec<Account>,
    /// Session ids with the email of their user, in the order of the logins.
    pub logins: Vec<(String, String)>,
    /// Reset tokens with the email of their user, in the order of the requests.
    pub tokens: Vec<(String, String)>,
}

impl State {
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
        let live = |(id, _): &(String, String)| self.by_session(id);
        self.logins.iter().rev().find_map(live)
    }

    /// Whether a server may take this id for a live session or token that it is not quite.
    pub(super) fn resembles(&self, id: &str) -> bool {
        let near = |known: &Option<String>| {
            known
                .as_deref()
                .is_some_and(|known| known != id && alike(known, id))
        };
        self.accounts
            .iter()
            .any(|account| near(&account.session) || near(&account.token))
    }

    /// Whether a server may take this email for a registered one that it is not quite.
    pub(super) fn resembles_email(&self, email: &str) -> bool {
        self.accounts
            .iter()
            .any(|account| account.email != email && alike_email(&account.email, email))
    }

    /// The user that a call is about, where there is one.
    pub fn subject(&self, call: &Call) -> Option<&Account> {
        self.index_of(call).map(|index| &self.accounts[index])
    }

    fn index_of(&self, call: &Call) -> Option<usize> {
        let by = |fits: &dyn Fn(&Account) -> bool| self.accounts.iter().position(fits);
        match call.route {
            Route::Register | Route::LogIn | Route::AskToken => {
                let email = call.email.as_ref()?;
                by(&|account| account.email == *email)
            }
            Route::Profile | Route::LogOut => {
                let id = call.session.as_ref()?;
                by(&|account| account.session.as_ref() == Some(id))
                    .or_else(|| by(&|account| account.old_sessions.contains(id)))
            }
            Route::Update => {
                let token = call.token.as_ref()?;
                by(&|a| a.token.as_ref() == Some(token))
                    .or_else(|| by(&|a| a.used_tokens.contains(token)))
                    .or_else(|| by(&|a| a.replaced_tokens.contains(token)))
                    .or_else(|| by(&|a| a.doubtful_tokens.contains(token)))
            }
            Route::Welcome | Route::Elsewhere => None,
        }
    }

    /// Takes in what the target answered to a call, whether or not that was right.
    pub fn observe(&mut self, call: &Call, seen: &Seen) {
        let case = Case::of(call, self);
        if seen.accepted() {
            self.accepted(call, seen);
        }
        self.doubt(call, case, seen);
    }

    fn accepted(&mut self, call: &Call, seen: &Seen) {
        let email = call.email.clone().unwrap_or_default();
        match call.route {
            Route::Register => {
                if self.account(&email).is_none()
                    && let Some(password) = call.password.clone()
                {
                    self.accounts.push(Account {
                        email,
                        password,
                        ..Account::default()
                    });
                }
            }
            Route::LogIn => {
                let Some(id) = seen.session.clone() else {
                    return;
                };
                self.logins.push((id.clone(), email));
                if let Some(account) = self.subject_mut(call) {
                    account.old_sessions.extend(account.session.replace(id));
                    account.session_in_doubt = false;
                }
            }
            Route::Profile => {
                // Where it was open whether the session had ended, now it is known.
                if let Some(account) = self.subject_mut(call)
                    && account.session == call.session
                {
                    account.session_in_doubt = false;
                }
            }
            Route::LogOut => {
                if let Some(account) = self.subject_mut(call)
                    && account.session == call.session
                {
                    account.old_sessions.extend(account.session.take());
                    account.session_in_doubt = false;
                }
            }
            Route::AskToken => {
                let Some(token) = seen.token.clone() else {
                    return;
                };
                self.tokens.push((token.clone(), email));
                if let Some(account) = self.subject_mut(call) {
                    account.replaced_tokens.extend(account.token.replace(token));
                    account.session_in_doubt = account.session.is_some();
                }
            }
            Route::Update => {
                let Some(password) = call.password.clone() else {
                    return;
                };
                if let Some(account) = self.subject_mut(call)
                    && let Some(token) = call.token.clone()
                    && (account.token.as_ref() == Some(&token)
                        || account.doubtful_tokens.contains(&token))
                {
                    account
                        .doubtful_tokens
                        .retain(|doubtful| *doubtful != token);
                    account.token.take_if(|live| *live == token);
                    account.used_tokens.push(token);
                    let old = std::mem::replace(&mut account.password, password);
                    account.old_passwords.push(old);
                    account.session_in_doubt = account.session.is_some();
                }
            }
            Route::Welcome | Route::Elsewhere => {}
        }
    }

    /// Notes where the target has left the document, so that one departure is told once.
    fn doubt(&mut self, call: &Call, case: Case, seen: &Seen) {
        let known = self.index_of(call);
        let lost = !seen.accepted() && !seen.refused();
        if seen.refused()
            && let Some(account) = self.subject_mut(call)
            && call.route == Route::Update
            && account.token == call.token
            && (call.password.as_ref() == Some(&account.password) || case == Case::UpdateMismatch)
        {
            account.doubtful_tokens.extend(account.token.take());
            return;
        }
        let changes = !matches!(
            call.route,
            Route::Welcome | Route::Profile | Route::Elsewhere
        );
        let wrongly_refused = seen.refused() && case.succeeds();
        let wrongly_accepted = seen.accepted() && case.is_refused();
        match call.route {
            // A session that is refused is over, rightly or not.
            Route::Profile | Route::LogOut if seen.refused() && case.succeeds() => {
                if let Some(account) = known.map(|index| &mut self.accounts[index]) {
                    account.old_sessions.extend(account.session.take());
                    account.session_in_doubt = false;
                }
            }
            Route::Register if known.is_none() && (lost || wrongly_refused) => {
                if let (Some(email), Some(password)) = (call.email.clone(), call.password.clone()) {
                    let account = Account {
                        email,
                        password,
                        in_doubt: true,
                        ..Account::default()
                    };
                    self.accounts.push(account);
                }
            }
            _ if changes && (lost || wrongly_refused || wrongly_accepted) => {
                let named = call.email.as_ref();
                for account in &mut self.accounts {
                    account.in_doubt |= Some(&account.email) == named;
                }
                if let Some(index) = known {
                    self.accounts[index].in_doubt = true;
                }
            }
            _ => {}
        }
    }

    fn subject_mut(&mut self, call: &Call) -> Option<&mut Account> {
        self.index_of(call).map(|index| &mut self.accounts[index])
    }
}
