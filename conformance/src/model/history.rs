//! Histories: what a few people do, one call after another. A history is data; what a step sends
//! follows from the state in which its turn comes, so that a history stays one when steps are
//! taken out of it.

use super::{
    spelling::Spelling,
    values::{EmailKind, PasswordKind},
};

/// What each person's email looks like, and her passwords one after another.
pub type People = Vec<(EmailKind, Vec<PasswordKind>)>;

/// What a few people do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct History {
    /// What it is about, as the feature names it.
    pub title: String,
    /// Who takes part.
    pub people: People,
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
    /// Somebody registers her email again, with another password.
    RegisterAgain,
    /// Somebody registers her email again, with her own password.
    RegisterAlike,
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
}

impl History {
    /// How many calls make a careful target hash a password.
    pub fn hash_operations(&self) -> usize {
        self.steps.iter().filter(|step| step.act.hashes()).count()
    }
}
