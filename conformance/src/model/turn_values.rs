//! Which values are sent when somebody's turn comes: right ones, other people's, and near misses.

use super::{
    Account,
    history::{Act, Carrying, Id, Token, Wrong},
    neighbours::{self, Neighbour},
    turn::Turn,
    values::{NAMES, Person},
};

impl Turn<'_> {
    /// The same words, with her name for `her` at their beginning.
    pub(super) fn hers(&self, what: &str) -> String {
        let rest = what.strip_prefix("her ");
        rest.map_or_else(|| what.to_owned(), |rest| format!("{}'s {rest}", self.name))
    }

    pub(super) fn next_person(&self) -> (&Person, &'static str) {
        let next = (self.step.who + 1) % self.people.len();
        (&self.people[next], NAMES[next % NAMES.len()])
    }

    /// A password that is not hers, and what it is.
    pub(super) fn wrong_password(
        &self,
        wrong: Wrong,
        account: &Account,
    ) -> Option<(String, String)> {
        let found = match wrong {
            Wrong::Other => known(Some(&self.next_password(account)), "another password"),
            Wrong::Old => known(account.old_passwords.last(), "her old password"),
            Wrong::Another => {
                let (other, name) = self.next_person();
                let other = self.state.account(&other.email)?;
                known(Some(&other.password), &format!("{name}'s password"))
            }
            Wrong::Token => known(account.token.as_ref(), "her reset token as the password"),
            Wrong::Session => known(account.session.as_ref(), "her session id as the password"),
            Wrong::Near(what) => {
                let near = pick(neighbours::passwords(&account.password), what)?;
                Some((near.value, format!("her password with {what}")))
            }
        };
        found.filter(|(password, _)| *password != account.password)
    }

    /// A session id that is no live one of hers, and what it is.
    pub(super) fn id(&self, id: Id) -> Option<(String, String)> {
        let account = self.account;
        match id {
            Id::Ended => known(account?.old_sessions.last(), "her ended session"),
            Id::First => known(
                account?.old_sessions.first(),
                "her first session, which is over",
            ),
            Id::Token => known(account?.token.as_ref(), "her reset token as the session id"),
            Id::Password => known(Some(&account?.password), "her password as the session id"),
            Id::Planted => known(
                Some(&self.source.uuid("planted")),
                "an id that a registration tried to plant",
            ),
            Id::Near(what) => {
                let near = pick(neighbours::ids(account?.session.as_ref()?), what)?;
                Some((near.value, format!("her session id with {what}")))
            }
            Id::Live | Id::Misplaced(_) | Id::None => None,
        }
    }

    /// What an update brings along as its token, and what it is.
    pub(super) fn token(&self, token: Token, account: &Account) -> Option<(String, String)> {
        let live = account.token.as_ref();
        match token {
            Token::Live | Token::LiveForTheSame => known(live, "her token"),
            Token::LiveForAnother => known(live, "her token and another's email"),
            Token::LiveForNobody => known(live, "her token and an email that nobody has"),
            Token::Used => known(account.used_tokens.last(), "her used token"),
            Token::Replaced => known(account.replaced_tokens.last(), "her replaced token"),
            Token::Session => known(account.session.as_ref(), "her session id as the token"),
            Token::Planted => known(
                Some(&self.source.uuid("planted")),
                "a token that a registration tried to plant",
            ),
            Token::Near(what) => {
                let near = pick(neighbours::ids(live?), what)?;
                Some((near.value, format!("her token with {what}")))
            }
        }
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

/// A value where there is one, and what it is.
fn known(value: Option<&String>, what: &str) -> Option<(String, String)> {
    Some((value?.clone(), what.to_owned()))
}

fn pick(all: Vec<Neighbour>, what: &str) -> Option<Neighbour> {
    all.into_iter().find(|near| near.what == what)
}
