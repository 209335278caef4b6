//! Which values are sent when somebody's turn comes: right ones, other people's, and near misses.

use super::{
    Account,
    history::{Act, Carrying, Id, Token, Wrong},
    neighbours::{self, Neighbour},
    turn::Turn,
    values::{NAMES, Person},
};

impl Turn<'_> {
    pub(super) fn hers(&self, what: &str) -> String {
        what.replace("her ", &format!("{}'s ", self.name))
    }

    pub(super) fn next_person(&self) -> (&Person, &'static str) {
        let next = (self.step.who + 1) % self.people.len();
        (&self.people[next], NAMES[next % NAMES.len()])
    }

    pub(super) fn wrong_password(
        &self,
        wrong: Wrong,
        account: &Account,
    ) -> Option<(String, String)> {
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
                let near = pick(neighbours::passwords(&account.password), what)?;
                (near.value, format!("her password with {what}"))
            }
        };
        (password != account.password).then_some((password, what))
    }

    pub(super) fn id(&self, id: Id) -> Option<(String, String)> {
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
                let near = pick(neighbours::ids(account?.session.as_ref()?), what)?;
                (near.value, format!("her session id with {what}"))
            }
            Id::Live | Id::Misplaced(_) | Id::None => return None,
        })
    }

    pub(super) fn token(&self, token: Token, account: &Account) -> Option<(String, String)> {
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
                let near = pick(neighbours::ids(account.token.as_ref()?), what)?;
                (near.value, format!("her token with {what}"))
            }
        })
    }

    /// How the near miss in this step comes from the right id.
    pub(super) fn near(&self, right: Option<&String>) -> Option<(String, String, &'static str)> {
        let (Act::Profile(Id::Near(what))
        | Act::LogOut(Id::Near(what))
        | Act::Update(Token::Near(what))) = self.step.act
        else {
            return None;
        };
        let near = pick(neighbours::ids(right?), what)?;
        Some((near.value, right?.clone(), near.sed?))
    }

    /// The cookie of a request that is not about sessions, and how that is told.
    pub(super) fn carried(&self) -> Option<(Option<String>, &'static str)> {
        let account_of = |other: &Person| self.state.account(&other.email);
        let live = |account: &Account| account.session.clone();
        let ended = |account: &Account| account.old_sessions.last().cloned();
        let (session, told) = match self.step.carrying {
            Carrying::Nothing => return Some((None, "")),
            Carrying::Own => (self.account.and_then(live), " while she is logged in"),
            Carrying::Others => {
                let (before, after) = self.people.split_at(self.step.who);
                let mut others = after[1..].iter().chain(before).filter_map(account_of);
                let told = " in a browser where somebody else is logged in";
                (others.find_map(live), told)
            }
            Carrying::Ended => {
                let others = self.people.iter().filter_map(account_of);
                let session = self.account.into_iter().chain(others).find_map(ended);
                (session, " in a browser with a session that is over")
            }
        };
        Some((Some(session?), told))
    }

    /// The password that she would set next.
    pub(super) fn next_password(&self, account: &Account) -> String {
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
    pub(super) fn near_email(&self, what: &str) -> Option<String> {
        let near = pick(neighbours::emails(&self.person.email), what)?.value;
        self.state.account(&near).is_none().then_some(near)
    }
}

fn pick(mut all: impl Iterator<Item = Neighbour>, what: &str) -> Option<Neighbour> {
    all.find(|near| near.what == what)
}
