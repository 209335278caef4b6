//! What a step of a history asks in the state in which its turn comes.

use super::{
    Account, Call, Route, State,
    history::{Act, Carrying, Id, NAMES, Step, Token, Wrong},
    neighbours::{self, Neighbour},
    spelling::Spelling,
    values::{Person, Source},
};

/// A step as a request.
#[derive(Clone, Debug)]
pub struct Request {
    /// The route.
    pub route: Route,
    /// The form's fields.
    pub fields: Vec<(&'static str, String)>,
    /// The session cookie.
    pub session: Option<String>,
    /// Where the live session is put instead of the cookie `session_id`.
    pub misplaced: Option<(usize, String)>,
    /// How it is written.
    pub spelling: Spelling,
    /// What a story says of it.
    pub told: String,
    /// Which value is a near miss, made from which right one by which `sed` expression.
    pub near: Option<(String, String, &'static str)>,
}

/// The wrong places for a live session: cookies of another name, and the query.
pub const MISPLACED: [&str; 6] = [
    "other",
    "old_session_id",
    "SESSION_ID",
    "session",
    "session_id2",
    "the query",
];

impl Request {
    fn to(route: Route, told: String) -> Self {
        Self {
            route,
            fields: Vec::new(),
            session: None,
            misplaced: None,
            spelling: Spelling::Plain,
            told,
            near: None,
        }
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    /// What the document reads in it.
    pub fn call(&self) -> Call {
        let field = |name: &str| {
            self.fields
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.clone())
        };
        Call {
            email: field("email"),
            password: field("password").or_else(|| field("new_password")),
            token: field("reset_token"),
            session: self.session.clone(),
            ..Call::to(self.route)
        }
    }
}

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

    /// Who is logged in on the device that the step shares.
    pub fn whose_session(&self, people: &[Person], state: &State) -> Option<usize> {
        let mut others = (1..people.len()).map(|step| (self.who + step) % people.len());
        others.find(|who| {
            let account = state.account(&people[*who].email);
            account.is_some_and(|account| account.session.is_some())
        })
    }
}

/// A step in the state in which its turn comes.
struct Turn<'a> {
    step: &'a Step,
    people: &'a [Person],
    source: &'a Source,
    state: &'a State,
    person: &'a Person,
    account: Option<&'a Account>,
    name: &'static str,
}

impl Turn<'_> {
    fn request(&self) -> Option<Request> {
        let name = self.name;
        match self.step.act {
            Act::Welcome => {
                let told = format!("{name} looks at the start page");
                Some(Request::to(Route::Welcome, told))
            }
            Act::Register | Act::RegisterAgain { .. } => self.registration(),
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
            (Act::RegisterAgain { own_password: true }, Some(account)) => (
                account.password.clone(),
                format!("Somebody registers {name}'s email again with her password"),
            ),
            (Act::RegisterAgain { .. }, Some(account)) => (
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

    fn hers(&self, what: &str) -> String {
        what.replace("her ", &format!("{}'s ", self.name))
    }

    fn next_person(&self) -> (&Person, &'static str) {
        let next = (self.step.who + 1) % self.people.len();
        (&self.people[next], NAMES[next % NAMES.len()])
    }

    fn wrong_password(&self, wrong: Wrong, account: &Account) -> Option<(String, String)> {
        let own = |text: &str| text.to_owned();
        let (password, what) = match wrong {
            Wrong::Other => (self.next_password(account), own("another password")),
            Wrong::Old => (
                account.old_passwords.last()?.clone(),
                own("her old password"),
            ),
            Wrong::Another => {
                let (other, name) = self.next_person();
                let password = self.state.account(&other.email)?.password.clone();
                (password, format!("{name}'s password"))
            }
            Wrong::Token => (
                account.token.clone()?,
                own("her reset token as the password"),
            ),
            Wrong::Session => (
                account.session.clone()?,
                own("her session id as the password"),
            ),
            Wrong::Near(what) => {
                let near = pick(&neighbours::passwords(&account.password), what)?;
                (near.value, format!("her password with {what}"))
            }
        };
        (password != account.password).then_some((password, what))
    }

    fn id(&self, id: Id) -> Option<(String, String)> {
        let own = |text: &str| text.to_owned();
        let account = self.account;
        Some(match id {
            Id::Ended => (
                account?.old_sessions.last()?.clone(),
                own("her ended session"),
            ),
            Id::First => (
                account?.old_sessions.first()?.clone(),
                own("her first session, which is over"),
            ),
            Id::Token => (
                account?.token.clone()?,
                own("her reset token as the session id"),
            ),
            Id::Password => (
                account?.password.clone(),
                own("her password as the session id"),
            ),
            Id::Planted => (
                self.source.uuid("planted"),
                own("an id that a registration tried to plant"),
            ),
            Id::Near(what) => {
                let near = pick(&neighbours::ids(account?.session.as_ref()?), what)?;
                (near.value, format!("her session id with {what}"))
            }
            Id::Live | Id::Misplaced(_) | Id::None => return None,
        })
    }

    fn token(&self, token: Token, account: &Account) -> Option<(String, String)> {
        let own = |text: &str| text.to_owned();
        Some(match token {
            Token::Live | Token::LiveForTheSame => (account.token.clone()?, own("her token")),
            Token::LiveForAnother => (account.token.clone()?, own("her token and another's email")),
            Token::LiveForNobody => (
                account.token.clone()?,
                own("her token and an email that nobody has"),
            ),
            Token::Used => (account.used_tokens.last()?.clone(), own("her used token")),
            Token::Replaced => (
                account.replaced_tokens.last()?.clone(),
                own("her replaced token"),
            ),
            Token::Session => (account.session.clone()?, own("her session id as the token")),
            Token::Planted => (
                self.source.uuid("planted"),
                own("a token that a registration tried to plant"),
            ),
            Token::Near(what) => {
                let near = pick(&neighbours::ids(account.token.as_ref()?), what)?;
                (near.value, format!("her token with {what}"))
            }
        })
    }

    /// How the near miss in this step comes from the right id.
    fn near(&self, right: Option<&String>) -> Option<(String, String, &'static str)> {
        let (Act::Profile(Id::Near(what))
        | Act::LogOut(Id::Near(what))
        | Act::Update(Token::Near(what))) = self.step.act
        else {
            return None;
        };
        let near = pick(&neighbours::ids(right?), what)?;
        Some((near.value, right?.clone(), near.sed?))
    }

    /// The cookie of a request that is not about sessions.
    fn carried(&self) -> Option<(Option<String>, &'static str)> {
        Some(match self.step.carrying {
            Carrying::Nothing => (None, ""),
            Carrying::Own => (
                Some(self.account?.session.clone()?),
                " while she is logged in",
            ),
            Carrying::Others => {
                let other = &self.people[self.step.whose_session(self.people, self.state)?];
                let live = self.state.account(&other.email)?.session.clone()?;
                (Some(live), " in a browser where somebody else is logged in")
            }
            Carrying::Ended => {
                let of = |account: &Account| account.old_sessions.last().cloned();
                let mut others = self.people.iter();
                let others = || others.find_map(|other| of(self.state.account(&other.email)?));
                let ended = self.account.and_then(of).or_else(others)?;
                (Some(ended), " in a browser with a session that is over")
            }
        })
    }

    /// The password that she would set next.
    fn next_password(&self, account: &Account) -> String {
        let passwords = &self.person.passwords;
        let next = (account.old_passwords.len() + 1) % passwords.len().max(1);
        let password = passwords.get(next).cloned().unwrap_or_default();
        if password == account.password {
            // No longer than before: it may have all the bytes that one may have.
            format!("-{}", password.chars().skip(1).collect::<String>())
        } else {
            password
        }
    }

    /// A near miss of her email that is nobody's.
    fn near_email(&self, what: &str) -> Option<String> {
        let near = pick(&neighbours::emails(&self.person.email), what)?.value;
        self.state.account(&near).is_none().then_some(near)
    }
}

fn pick(all: &[Neighbour], what: &str) -> Option<Neighbour> {
    all.iter().find(|near| near.what == what).cloned()
}
