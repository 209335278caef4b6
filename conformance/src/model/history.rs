//! Histories: what a few people do, one call after another. A history is data; what a step sends
//! follows from the state in which its turn comes, so that a history stays one when steps are
//! taken out of it.

use super::{
    Account, Call, Route, State,
    neighbours::{self, Neighbour},
    spelling::Spelling,
    values::{EmailKind, PasswordKind, Person, Source},
};

/// The people of a history, in the order in which it has them.
pub const NAMES: [&str; 8] = [
    "Ada", "Grace", "Mary", "Edith", "Rosa", "Lise", "Emmy", "Joan",
];

/// What a few people do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct History {
    /// What it is about, as the feature names it.
    pub title: String,
    /// What each person's email looks like, and her passwords one after another.
    pub people: Vec<(EmailKind, Vec<PasswordKind>)>,
    /// What they do.
    pub steps: Vec<Step>,
}

/// One call of a history.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Step {
    /// Whose call it is, or whom it is about: an index into the people.
    pub who: usize,
    /// What is asked.
    pub act: Act,
    /// Whose session cookie the request carries, though the route takes no notice of one.
    pub carrying: Carrying,
    /// How it is written.
    pub spelling: Spelling,
}

/// What a step asks.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Act {
    /// `GET /`.
    Welcome,
    /// She registers.
    Register,
    /// Somebody registers her email again, with another password or with hers.
    RegisterAgain {
        /// Whether the password is her own.
        own_password: bool,
    },
    /// She logs in.
    LogIn,
    /// Somebody tries to log in as her.
    LogInWrong(Wrong),
    /// `GET /profile`.
    Profile(Id),
    /// `DELETE /sessions`.
    LogOut(Id),
    /// She asks for a reset token.
    AskToken,
    /// Somebody asks for a token for an email that is nearly hers.
    AskNear(&'static str),
    /// Somebody logs in with her password and an email that is nearly hers.
    LogInNear(&'static str),
    /// `PUT /reset_password`.
    Update(Token),
}

/// A password that is not hers.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Wrong {
    /// One that she has not had yet.
    Other,
    /// The one that she had before.
    Old,
    /// The next person's.
    Another,
    /// Her reset token.
    Token,
    /// Her session id.
    Session,
    /// A neighbour of hers.
    Near(&'static str),
}

/// What stands in the session cookie.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Id {
    /// Her live session.
    Live,
    /// The session that she had last, or an earlier one where there are several.
    Ended,
    /// The first session that she ever had, where it has ended.
    First,
    /// Her reset token.
    Token,
    /// Her password.
    Password,
    /// What a further field of a registration tried to plant.
    Planted,
    /// A neighbour of her live session.
    Near(&'static str),
    /// Her live session, in a cookie of another name, or in the query.
    Misplaced(usize),
    /// No cookie at all.
    None,
}

/// What stands in the field `reset_token`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Token {
    /// Hers, with her email.
    Live,
    /// Hers, with the next person's email.
    LiveForAnother,
    /// Hers, with an email that nobody has registered.
    LiveForNobody,
    /// Hers, to set the password that she has already.
    LiveForTheSame,
    /// The one that she used last.
    Used,
    /// The one that the newest has replaced.
    Replaced,
    /// Her live session id.
    Session,
    /// What a further field of a registration tried to plant.
    Planted,
    /// A neighbour of hers.
    Near(&'static str),
}

/// Whose session a request carries that is not about sessions.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Carrying {
    /// Nobody's.
    #[default]
    Nothing,
    /// Her own live one.
    Own,
    /// The live one of somebody else: a shared device.
    Others,
    /// One that has ended.
    Ended,
}

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

impl Act {
    /// Whether it makes a careful target hash a password.
    pub fn hashes(self) -> bool {
        !matches!(
            self,
            Self::Welcome | Self::Profile(_) | Self::LogOut(_) | Self::AskToken | Self::AskNear(_)
        )
    }
}

impl Step {
    /// A plain step.
    pub fn new(who: usize, act: Act) -> Self {
        Self {
            who,
            act,
            carrying: Carrying::Nothing,
            spelling: Spelling::Plain,
        }
    }

    /// The same in another spelling.
    #[must_use]
    pub fn spelt(self, spelling: Spelling) -> Self {
        Self { spelling, ..self }
    }

    /// The same with somebody's cookie.
    #[must_use]
    pub fn carrying(self, carrying: Carrying) -> Self {
        Self { carrying, ..self }
    }

    /// The request, or nothing where the state has no such thing, such as a session that ended.
    pub fn request(&self, people: &[Person], source: &Source, state: &State) -> Option<Request> {
        let person = people.get(self.who)?;
        let account = state.account(&person.email);
        let name = NAMES[self.who % NAMES.len()];
        let own = |value: &str| value.to_owned();
        let told;
        let mut fields = vec![("email", person.email.clone())];
        let mut session = None;
        let mut misplaced = None;
        let mut near = None;
        let route = match self.act {
            Act::Welcome => {
                fields.clear();
                told = format!("{name} looks at the start page");
                Route::Welcome
            }
            Act::Register => {
                if account.is_some() {
                    return None;
                }
                fields.push(("password", person.passwords.first()?.clone()));
                told = format!("{name} registers");
                Route::Register
            }
            Act::RegisterAgain { own_password } => {
                let current = account?.password.clone();
                let password = if own_password {
                    current
                } else {
                    next_password(person, account?)
                };
                fields.push(("password", password));
                told = format!(
                    "Somebody registers {name}'s email again with {}",
                    if own_password {
                        "her password"
                    } else {
                        "another password"
                    }
                );
                Route::Register
            }
            Act::LogIn => {
                let password = match account {
                    Some(account) => account.password.clone(),
                    None => person.passwords.first()?.clone(),
                };
                fields.push(("password", password));
                told = match account {
                    Some(_) => format!("{name} logs in"),
                    None => format!("{name} tries to log in before she has registered"),
                };
                Route::LogIn
            }
            Act::LogInNear(what) => {
                let near = near_email(what, person, state)?;
                fields[0].1 = near.value;
                fields.push(("password", account?.password.clone()));
                told = format!("Somebody logs in with {name}'s password and her email with {what}");
                Route::LogIn
            }
            Act::LogInWrong(wrong) => {
                let (password, what) =
                    self.wrong_password(wrong, person, account?, people, state)?;
                fields.push(("password", password));
                told = format!("Somebody logs in as {name} with {what}");
                Route::LogIn
            }
            Act::Profile(id) | Act::LogOut(id) => {
                fields.clear();
                let what;
                match id {
                    Id::None => what = own("without a cookie"),
                    Id::Misplaced(at) => {
                        let live = account?.session.clone()?;
                        what = format!(
                            "with {name}'s session in {}",
                            MISPLACED[at % MISPLACED.len()]
                        );
                        misplaced = Some((at % MISPLACED.len(), live));
                    }
                    _ => {
                        let (value, described) = self.id(id, account, source)?;
                        near = self.near(account.and_then(|a| a.session.as_ref()));
                        what = match described {
                            None => String::new(),
                            Some(described) => format!("with {described}"),
                        };
                        session = Some(value);
                    }
                }
                let (route, verb) = match self.act {
                    Act::LogOut(_) => (Route::LogOut, "logs out"),
                    _ => (Route::Profile, "asks for the profile"),
                };
                told = match (id, verb) {
                    (Id::Live, "logs out") => format!("{name} logs out"),
                    (Id::Live, _) => format!("{name} asks for her profile"),
                    (Id::None | Id::Misplaced(_), _) => format!("A visitor {verb} {what}"),
                    _ => format!(
                        "Somebody {verb} {}",
                        what.replace("her ", &format!("{name}'s "))
                    ),
                };
                route
            }
            Act::AskToken => {
                told = match account {
                    Some(_) => format!("{name} asks for a reset token"),
                    None => format!("{name} asks for a reset token before she has registered"),
                };
                Route::AskToken
            }
            Act::AskNear(what) => {
                fields[0].1 = near_email(what, person, state)?.value;
                told = format!("Somebody asks for a token for {name}'s email with {what}");
                Route::AskToken
            }
            Act::Update(token) => {
                let account = account?;
                let (value, what) = token_of(token, account, source)?;
                near = self.near(account.token.as_ref());
                if token == Token::LiveForNobody {
                    fields[0].1 = near_email("a character more", person, state)?.value;
                }
                if token == Token::LiveForAnother {
                    fields[0].1 = people.get((self.who + 1) % people.len())?.email.clone();
                }
                fields.push(("reset_token", value));
                fields.push((
                    "new_password",
                    match token {
                        Token::LiveForTheSame => account.password.clone(),
                        _ => next_password(person, account),
                    },
                ));
                told = match token {
                    Token::Live => format!("{name} sets a new password"),
                    Token::LiveForTheSame => {
                        format!("{name} sets the password that she has already")
                    }
                    _ => format!(
                        "Somebody sets a new password with {}",
                        what.replace("her ", &format!("{name}'s "))
                    ),
                };
                Route::Update
            }
        };
        let mut told = told;
        if !matches!(route, Route::Profile | Route::LogOut) {
            let (carried, what) = self.carried(account, people, state)?;
            session = carried;
            told.push_str(what);
        }
        if let Some(how) = self.spelling.describe() {
            told = format!("{told}, {how}");
        }
        Some(Request {
            route,
            fields,
            session,
            misplaced,
            spelling: self.spelling,
            told,
            near,
        })
    }

    /// How the near miss in this step comes from the right id.
    fn near(&self, right: Option<&String>) -> Option<(String, String, &'static str)> {
        let (Act::Profile(Id::Near(at)) | Act::LogOut(Id::Near(at)) | Act::Update(Token::Near(at))) =
            self.act
        else {
            return None;
        };
        let near = pick(&neighbours::ids(right?), at)?;
        Some((near.value, right?.clone(), near.sed?))
    }

    fn wrong_password(
        &self,
        wrong: Wrong,
        person: &Person,
        account: &Account,
        people: &[Person],
        state: &State,
    ) -> Option<(String, String)> {
        let (password, what) = match wrong {
            Wrong::Other => (
                next_password(person, account),
                "another password".to_owned(),
            ),
            Wrong::Old => (
                account.old_passwords.last()?.clone(),
                "her old password".to_owned(),
            ),
            Wrong::Another => {
                let other = people.get((self.who + 1) % people.len())?;
                let name = NAMES[(self.who + 1) % people.len() % NAMES.len()];
                (
                    state.account(&other.email)?.password.clone(),
                    format!("{name}'s password"),
                )
            }
            Wrong::Token => (
                account.token.clone()?,
                "her reset token as the password".to_owned(),
            ),
            Wrong::Session => (
                account.session.clone()?,
                "her session id as the password".to_owned(),
            ),
            Wrong::Near(at) => {
                let near = pick(&neighbours::passwords(&account.password), at)?;
                (near.value, format!("her password with {}", near.what))
            }
        };
        (password != account.password).then_some((password, what))
    }

    fn id(
        &self,
        id: Id,
        account: Option<&Account>,
        source: &Source,
    ) -> Option<(String, Option<String>)> {
        let some = |text: &str| Some(text.to_owned());
        Some(match id {
            Id::Live => (account?.session.clone()?, None),
            Id::Ended => (
                account?.old_sessions.last()?.clone(),
                some("her ended session"),
            ),
            Id::First => (
                account?.old_sessions.first()?.clone(),
                some("her first session, which is over"),
            ),
            Id::Token => (
                account?.token.clone()?,
                some("her reset token as the session id"),
            ),
            Id::Password => (
                account?.password.clone(),
                some("her password as the session id"),
            ),
            Id::Planted => (
                source.uuid("planted"),
                some("an id that a registration tried to plant"),
            ),
            Id::Near(at) => {
                let near = pick(&neighbours::ids(account?.session.as_ref()?), at)?;
                (
                    near.value,
                    Some(format!("her session id with {}", near.what)),
                )
            }
            Id::Misplaced(_) | Id::None => return None,
        })
    }

    /// Who is logged in on the device that the step shares.
    pub fn whose_session(&self, people: &[Person], state: &State) -> Option<usize> {
        let others = (1..people.len()).map(|step| (self.who + step) % people.len());
        let live = |who: &usize| {
            state
                .account(&people[*who].email)
                .is_some_and(|account| account.session.is_some())
        };
        others.into_iter().find(live)
    }

    /// The cookie of a request that is not about sessions.
    fn carried(
        &self,
        account: Option<&Account>,
        people: &[Person],
        state: &State,
    ) -> Option<(Option<String>, &'static str)> {
        let live_of_another = || {
            let other = &people[self.whose_session(people, state)?];
            state.account(&other.email)?.session.clone()
        };
        Some(match self.carrying {
            Carrying::Nothing => (None, ""),
            Carrying::Own => (Some(account?.session.clone()?), " while she is logged in"),
            Carrying::Others => (
                Some(live_of_another()?),
                " in a browser where somebody else is logged in",
            ),
            Carrying::Ended => {
                let of = |account: &Account| account.old_sessions.last().cloned();
                let others = || {
                    people
                        .iter()
                        .find_map(|other| of(state.account(&other.email)?))
                };
                let ended = account.and_then(of).or_else(others)?;
                (Some(ended), " in a browser with a session that is over")
            }
        })
    }
}

/// The password that she would set next.
fn next_password(person: &Person, account: &Account) -> String {
    let next = (account.old_passwords.len() + 1) % person.passwords.len().max(1);
    let password = person.passwords.get(next).cloned().unwrap_or_default();
    if password == account.password {
        // No longer than before: it may have all the bytes that one may have.
        format!("-{}", password.chars().skip(1).collect::<String>())
    } else {
        password
    }
}

fn token_of(token: Token, account: &Account, source: &Source) -> Option<(String, String)> {
    let own = |text: &str| text.to_owned();
    Some(match token {
        Token::Live => (account.token.clone()?, own("her token")),
        Token::LiveForAnother => (account.token.clone()?, own("her token and another's email")),
        Token::LiveForTheSame => (account.token.clone()?, own("her token")),
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
            source.uuid("planted"),
            own("a token that a registration tried to plant"),
        ),
        Token::Near(at) => {
            let near = pick(&neighbours::ids(account.token.as_ref()?), at)?;
            (near.value, format!("her token with {}", near.what))
        }
    })
}

fn pick(all: &[Neighbour], what: &str) -> Option<Neighbour> {
    all.iter().find(|near| near.what == what).cloned()
}

/// A near miss of somebody's email that is nobody's.
fn near_email(what: &str, person: &Person, state: &State) -> Option<Neighbour> {
    let near = pick(&neighbours::emails(&person.email), what)?;
    state.account(&near.value).is_none().then_some(near)
}

impl Request {
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

impl History {
    /// How many calls make a careful target hash a password.
    pub fn hash_operations(&self) -> usize {
        self.steps.iter().filter(|step| step.act.hashes()).count()
    }
}
