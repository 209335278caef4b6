//! What somebody asks when her turn comes.

use super::{
    Account, Route, State,
    history::{Act, Id, Step, Token},
    request::{MISPLACED, Request},
    values::{NAMES, Person, Source},
};

impl Step {
    /// The request, or nothing where the state has no such thing, such as a session that ended.
    pub fn request(&self, people: &[Person], source: &Source, state: &State) -> Option<Request> {
        let person = people.get(self.who)?;
        let turn = Turn {
            step: self,
            people,
            source,
            state,
            person,
            account: state.account(&person.email),
            name: NAMES[self.who % NAMES.len()],
        };
        let mut request = turn.request()?;
        if !matches!(request.route, Route::Profile | Route::LogOut) {
            let (carried, what) = turn.carried()?;
            request.session = carried;
            request.told.push_str(what);
        }
        request.spelling = self.spelling;
        if let Some(how) = self.spelling.describe() {
            request.told = format!("{}, {how}", request.told);
        }
        Some(request)
    }
}

/// A step in the state in which its turn comes.
pub(super) struct Turn<'a> {
    pub(super) step: &'a Step,
    pub(super) people: &'a [Person],
    pub(super) source: &'a Source,
    pub(super) state: &'a State,
    pub(super) person: &'a Person,
    pub(super) account: Option<&'a Account>,
    pub(super) name: &'static str,
}

impl Turn<'_> {
    /// The request, but for what it carries along.
    pub(super) fn request(&self) -> Option<Request> {
        let name = self.name;
        match self.step.act {
            Act::Welcome => {
                let told = format!("{name} looks at the start page");
                Some(Request::to(Route::Welcome, told))
            }
            Act::Register | Act::RegisterAgain | Act::RegisterAlike => self.registration(),
            Act::LogIn | Act::LogInNear(_) | Act::LogInWrong(_) => self.login(),
            Act::Profile(id) | Act::LogOut(id) => self.about_a_session(id),
            Act::AskToken => {
                let told = match self.account {
                    Some(_) => format!("{name} asks for a reset token"),
                    None => format!("{name} asks for a reset token before she has registered"),
                };
                Some(Request::to(Route::AskToken, told).with("email", &self.person.email))
            }
            Act::AskNear(what) => {
                let told = format!("Somebody asks for a token for {name}'s email with {what}");
                let email = self.near_email(what)?;
                Some(Request::to(Route::AskToken, told).with("email", email))
            }
            Act::Update(token) => self.update(token),
        }
    }

    fn registration(&self) -> Option<Request> {
        let name = self.name;
        let (password, told) = match (self.step.act, self.account) {
            (Act::RegisterAlike, Some(account)) => (
                account.password.clone(),
                format!("Somebody registers {name}'s email again with her password"),
            ),
            (Act::RegisterAgain, Some(account)) => (
                self.next_password(account),
                format!("Somebody registers {name}'s email again with another password"),
            ),
            (Act::Register, None) => (
                self.person.passwords.first()?.clone(),
                format!("{name} registers"),
            ),
            _ => return None,
        };
        let request = Request::to(Route::Register, told).with("email", &self.person.email);
        Some(request.with("password", password))
    }

    fn login(&self) -> Option<Request> {
        let name = self.name;
        let mut email = self.person.email.clone();
        let (password, told) = match (self.step.act, self.account) {
            (Act::LogInNear(what), Some(account)) => {
                email = self.near_email(what)?;
                let told =
                    format!("Somebody logs in with {name}'s password and her email with {what}");
                (account.password.clone(), told)
            }
            (Act::LogInWrong(wrong), Some(account)) => {
                let (password, what) = self.wrong_password(wrong, account)?;
                (password, format!("Somebody logs in as {name} with {what}"))
            }
            (Act::LogIn, Some(account)) => (account.password.clone(), format!("{name} logs in")),
            (Act::LogIn, None) => (
                self.person.passwords.first()?.clone(),
                format!("{name} tries to log in before she has registered"),
            ),
            _ => return None,
        };
        let request = Request::to(Route::LogIn, told).with("email", email);
        Some(request.with("password", password))
    }

    fn about_a_session(&self, id: Id) -> Option<Request> {
        let name = self.name;
        let (route, verb) = match self.step.act {
            Act::LogOut(_) => (Route::LogOut, "logs out"),
            _ => (Route::Profile, "asks for the profile"),
        };
        let mut request = Request::to(route, String::new());
        request.told = match id {
            Id::None => format!("A visitor {verb} without a cookie"),
            Id::Misplaced(at) => {
                let at = at % MISPLACED.len();
                request.misplaced = Some((at, self.account?.session.clone()?));
                format!(
                    "A visitor {verb} with {name}'s session in {}",
                    MISPLACED[at]
                )
            }
            Id::Live => {
                request.session = Some(self.account?.session.clone()?);
                match route {
                    Route::LogOut => format!("{name} logs out"),
                    _ => format!("{name} asks for her profile"),
                }
            }
            _ => {
                let (value, what) = self.id(id)?;
                request.session = Some(value);
                request.near = self.near(self.account.and_then(|a| a.session.as_ref()));
                format!("Somebody {verb} with {}", self.hers(&what))
            }
        };
        Some(request)
    }

    fn update(&self, token: Token) -> Option<Request> {
        let account = self.account?;
        let (value, what) = self.token(token, account)?;
        let email = match token {
            Token::LiveForNobody => self.near_email("a character more")?,
            Token::LiveForAnother => self.next_person().0.email.clone(),
            _ => self.person.email.clone(),
        };
        let password = match token {
            Token::LiveForTheSame => account.password.clone(),
            _ => self.next_password(account),
        };
        let told = match token {
            Token::Live => format!("{} sets a new password", self.name),
            Token::LiveForTheSame => {
                format!("{} sets the password that she has already", self.name)
            }
            _ => format!("Somebody sets a new password with {}", self.hers(&what)),
        };
        let mut request = Request::to(Route::Update, told).with("email", email);
        request.near = self.near(account.token.as_ref());
        let request = request.with("reset_token", value);
        Some(request.with("new_password", password))
    }
}
