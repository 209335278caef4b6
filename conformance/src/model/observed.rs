//! What an answer does to the state, whether or not it was right.

use super::{Account, Call, Case, Route, Seen, State};

impl State {
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
