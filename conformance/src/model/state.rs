//! Users, passwords, sessions and tokens, as the calls so far have left them.

use super::{
    Call, Route,
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

    pub(super) fn index_of(&self, call: &Call) -> Option<usize> {
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
}
