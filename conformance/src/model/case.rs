//! Which of the document's cases a call is in a state.

use super::{Call, Route, State};

/// A call to a documented route, by what a conforming target has to say to it.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Case {
    /// `GET /`.
    Welcome,
    /// A registration of a new email with a password.
    Register,
    /// A registration of a taken email.
    RegisterTaken,
    /// A registration with a field missing or empty.
    RegisterOdd,
    /// A login with the right password.
    Login,
    /// A login with a known email and another password, the empty one included.
    LoginWrong,
    /// A login with an email that nobody registered.
    LoginUnknown,
    /// A login without one of its fields.
    LoginOdd,
    /// `GET /profile` with a live session.
    Profile,
    /// `GET /profile` with a session that was ended.
    ProfileEnded,
    /// `GET /profile` without a session cookie.
    ProfileBare,
    /// `GET /profile` with anything else in the cookie.
    ProfileBad,
    /// `DELETE /sessions` with a live session.
    Logout,
    /// `DELETE /sessions` with a session that was ended.
    LogoutEnded,
    /// `DELETE /sessions` without a session cookie.
    LogoutBare,
    /// `DELETE /sessions` with anything else in the cookie.
    LogoutBad,
    /// `POST /reset_password` with a registered email.
    Reset,
    /// `POST /reset_password` with an email that nobody registered.
    ResetUnknown,
    /// `POST /reset_password` with the email missing or empty.
    ResetOdd,
    /// `PUT /reset_password` with a live token, its user's email and a password.
    Update,
    /// `PUT /reset_password` with a live token and another email.
    UpdateMismatch,
    /// `PUT /reset_password` with a token that was used.
    UpdateUsed,
    /// `PUT /reset_password` with a token that a newer one replaced.
    UpdateReplaced,
    /// `PUT /reset_password` with anything else as a token.
    UpdateBad,
    /// `PUT /reset_password` without one of its fields, or with an empty new password.
    UpdateOdd,
    /// Any other path or method.
    Elsewhere,
}

impl Case {
    /// What `call` is, before the target has seen it.
    pub fn of(call: &Call, state: &State) -> Self {
        let filled = |value: &Option<String>| value.as_ref().is_some_and(|text| !text.is_empty());
        let known = state.subject(call);
        match call.route {
            Route::Welcome => Self::Welcome,
            Route::Elsewhere => Self::Elsewhere,
            Route::Register => match (known, &call.password) {
                (Some(_), Some(_)) => Self::RegisterTaken,
                (None, _) if filled(&call.email) && filled(&call.password) => Self::Register,
                _ => Self::RegisterOdd,
            },
            Route::LogIn => match (&call.email, &call.password, known) {
                (None, ..) | (_, None, _) => Self::LoginOdd,
                (_, Some(password), Some(account)) if account.password == *password => Self::Login,
                (_, _, Some(_)) => Self::LoginWrong,
                (_, _, None) => Self::LoginUnknown,
            },
            Route::Profile => match (&call.session, known) {
                (None, _) => Self::ProfileBare,
                (Some(id), Some(a)) if a.session.as_ref() == Some(id) => Self::Profile,
                (_, Some(_)) => Self::ProfileEnded,
                (_, None) => Self::ProfileBad,
            },
            Route::LogOut => match (&call.session, known) {
                (None, _) => Self::LogoutBare,
                (Some(id), Some(a)) if a.session.as_ref() == Some(id) => Self::Logout,
                (_, Some(_)) => Self::LogoutEnded,
                (_, None) => Self::LogoutBad,
            },
            Route::AskToken => match known {
                Some(_) => Self::Reset,
                None if filled(&call.email) => Self::ResetUnknown,
                None => Self::ResetOdd,
            },
            Route::Update => Self::of_update(call, state),
        }
    }

    fn of_update(call: &Call, state: &State) -> Self {
        let (Some(email), Some(token), Some(password)) = (&call.email, &call.token, &call.password)
        else {
            return Self::UpdateOdd;
        };
        if password.is_empty() {
            return Self::UpdateOdd;
        }
        match state.by_token(token) {
            Some(account) if account.email == *email => Self::Update,
            Some(_) => Self::UpdateMismatch,
            None if state.by_used_token(token).is_some() => Self::UpdateUsed,
            None if state.by_replaced_token(token).is_some() => Self::UpdateReplaced,
            None => Self::UpdateBad,
        }
    }

    /// Whether a conforming target does what the call asks for.
    pub fn succeeds(self) -> bool {
        matches!(
            self,
            Self::Welcome
                | Self::Register
                | Self::Login
                | Self::Profile
                | Self::Logout
                | Self::Reset
                | Self::Update
        )
    }

    /// Whether it is about something that the document is silent on.
    pub fn is_odd(self) -> bool {
        matches!(
            self,
            Self::RegisterOdd
                | Self::LoginOdd
                | Self::ResetOdd
                | Self::UpdateOdd
                | Self::UpdateMismatch
                | Self::Elsewhere
        )
    }

    /// Whether a conforming target refuses it.
    pub fn is_refused(self) -> bool {
        !self.succeeds() && !self.is_odd()
    }

    /// The requirements that are about this case: a departure in it is theirs to tell, and
    /// WALK-1's only where all of them pass.
    #[rustfmt::skip] // A table reads best as one.
    pub fn requirements(self) -> &'static [&'static str] {
        match self {
            Self::Welcome => &["ROOT-1"],
            Self::Register => &["REG-1", "REG-4", "REG-5"],
            Self::RegisterTaken => &["REG-2", "REG-3"],
            Self::Login => &[
                "LOGIN-1", "LOGIN-2", "LOGIN-3", "REG-3", "REG-4", "REG-5", "LOGOUT-5", "RESET-5",
                "UPDATE-2", "UPDATE-9", "E2E-1",
            ],
            Self::LoginWrong => &[
                "LOGIN-4", "LOGIN-6", "REG-3", "REG-4", "REG-5", "RESET-5", "UPDATE-2", "UPDATE-5",
            ],
            Self::LoginUnknown => &["LOGIN-5"],
            Self::Profile => &[
                "PROFILE-1", "PROFILE-4", "REG-3", "REG-5", "LOGIN-4", "LOGIN-7", "LOGOUT-3",
                "LOGOUT-4", "LOGOUT-5", "UPDATE-5",
            ],
            Self::ProfileEnded => &["LOGIN-7", "LOGOUT-2"],
            Self::ProfileBare => &["PROFILE-2"],
            Self::ProfileBad => &["PROFILE-3", "PROFILE-6"],
            Self::Logout => &["LOGOUT-1"],
            Self::LogoutEnded => &["LOGOUT-2", "LOGIN-7"],
            Self::LogoutBare => &["LOGOUT-3"],
            Self::LogoutBad => &["LOGOUT-4", "PROFILE-6"],
            Self::Reset => &["RESET-1", "RESET-3"],
            Self::ResetUnknown => &["RESET-2"],
            Self::Update => &[
                "UPDATE-1", "UPDATE-4", "UPDATE-5", "UPDATE-9", "LOGIN-12", "LOGOUT-6", "RESET-4",
                "E2E-1",
            ],
            Self::UpdateUsed => &["UPDATE-3"],
            Self::UpdateReplaced => &["RESET-4"],
            Self::UpdateBad => &["UPDATE-4"],
            Self::UpdateMismatch => &["UPDATE-1", "UPDATE-5"],
            Self::RegisterOdd | Self::LoginOdd | Self::ResetOdd | Self::UpdateOdd
            | Self::Elsewhere => &[],
        }
    }
}
