//! Which of the document's cases a request is, as far as the shadow tells.

use hyper::Method;

use super::{Ask, Shadow};

/// A request to a documented route, by what a conforming target has to say to it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
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
    /// `PUT /reset_password` with a live token and another user's email.
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
    /// What `ask` is, before the target has seen it.
    pub fn of(ask: &Ask, shadow: &Shadow) -> Self {
        match (&ask.method, ask.path.as_str()) {
            (&Method::GET, "/") => Self::Welcome,
            (&Method::POST, "/users") => Self::of_registration(ask, shadow),
            (&Method::POST, "/sessions") => Self::of_login(ask, shadow),
            (&Method::GET, "/profile") => match Presented::by(ask, shadow) {
                Presented::Live => Self::Profile,
                Presented::Ended => Self::ProfileEnded,
                Presented::Nothing => Self::ProfileBare,
                Presented::Bad => Self::ProfileBad,
            },
            (&Method::DELETE, "/sessions") => match Presented::by(ask, shadow) {
                Presented::Live => Self::Logout,
                Presented::Ended => Self::LogoutEnded,
                Presented::Nothing => Self::LogoutBare,
                Presented::Bad => Self::LogoutBad,
            },
            (&Method::POST, "/reset_password") => match ask.field("email") {
                Some(email) if shadow.account(&email).is_some() => Self::Reset,
                Some(email) if !email.is_empty() => Self::ResetUnknown,
                _ => Self::ResetOdd,
            },
            (&Method::PUT, "/reset_password") => Self::of_update(ask, shadow),
            _ => Self::Elsewhere,
        }
    }

    fn of_registration(ask: &Ask, shadow: &Shadow) -> Self {
        match (ask.field("email"), ask.field("password")) {
            (Some(email), Some(_)) if shadow.account(&email).is_some() => Self::RegisterTaken,
            (Some(email), Some(password)) if !email.is_empty() && !password.is_empty() => {
                Self::Register
            }
            _ => Self::RegisterOdd,
        }
    }

    fn of_login(ask: &Ask, shadow: &Shadow) -> Self {
        let (Some(email), Some(password)) = (ask.field("email"), ask.field("password")) else {
            return Self::LoginOdd;
        };
        match shadow.account(&email) {
            Some(account) if account.password == password => Self::Login,
            Some(_) => Self::LoginWrong,
            None => Self::LoginUnknown,
        }
    }

    fn of_update(ask: &Ask, shadow: &Shadow) -> Self {
        let fields = ["email", "reset_token", "new_password"].map(|name| ask.field(name));
        let [Some(email), Some(token), Some(password)] = fields else {
            return Self::UpdateOdd;
        };
        if password.is_empty() {
            return Self::UpdateOdd;
        }
        match shadow.by_token(&token) {
            Some(account) if account.email == email => Self::Update,
            Some(_) => Self::UpdateMismatch,
            None if shadow.by_used_token(&token).is_some() => Self::UpdateUsed,
            None if shadow.by_replaced_token(&token).is_some() => Self::UpdateReplaced,
            None => Self::UpdateBad,
        }
    }

    /// Whether a conforming target does what the request asks for.
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
}

/// What the session cookie of a request is worth.
enum Presented {
    Live,
    Ended,
    Nothing,
    Bad,
}

impl Presented {
    fn by(ask: &Ask, shadow: &Shadow) -> Self {
        match ask.session() {
            None => Self::Nothing,
            Some(id) if shadow.by_session(&id).is_some() => Self::Live,
            Some(id) if shadow.by_old_session(&id).is_some() => Self::Ended,
            Some(_) => Self::Bad,
        }
    }
}
