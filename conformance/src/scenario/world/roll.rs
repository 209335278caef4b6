//! Calls the roll: looks at everybody who ever registered in the run, so that what was lost with
//! time, with numbers or by others' acts is seen.

use super::{Stop, World};
use crate::{http::Request, model::Account};

/// For how many people tokens and passwords are tried: each costs the target a hash.
const TRIED: usize = 1;

/// How many of a person's ended sessions are looked at.
const ENDED: usize = 2;

impl World {
    /// Looks at the sessions of everybody: the live ones show their own profile, the ended ones
    /// are over.
    ///
    /// # Errors
    /// Stops where that is not so.
    pub async fn call_the_roll_of_sessions(&mut self) -> Result<(), Stop> {
        for account in self.everybody()? {
            let ended = account.old_sessions.iter().rev().take(ENDED);
            for session in account.session.iter().chain(ended) {
                self.look_at(Request::profile(session)).await?;
            }
        }
        Ok(())
    }

    /// Looks at the tokens: those that were used are spent, those that were not still work.
    ///
    /// # Errors
    /// Stops where that is not so.
    pub async fn call_the_roll_of_tokens(&mut self) -> Result<(), Stop> {
        let everybody = self.everybody()?;
        let new = self.another_password()?;
        let used = everybody
            .iter()
            .filter_map(|a| Some((a, a.used_tokens.first()?)));
        for (account, token) in used.take(TRIED) {
            self.look_at(Request::update_password(&account.email, token, &new))
                .await?;
        }
        let mut live: Vec<_> = everybody
            .iter()
            .filter_map(|a| Some((a, a.token.as_ref()?)))
            .collect();
        // Who has no session is the one whom careless cleaning forgets.
        live.sort_by_key(|(account, _)| account.session.is_some());
        let context = self.context()?;
        for (account, token) in live.into_iter().take(TRIED) {
            context.accounts.forget(&account.email);
            self.look_at(Request::update_password(&account.email, token, &new))
                .await?;
            self.look_at(Request::log_in(&account.email, &new)).await?;
        }
        Ok(())
    }

    /// Looks at the emails: each still belongs to somebody.
    ///
    /// # Errors
    /// Stops where that is not so.
    pub async fn call_the_roll_of_emails(&mut self) -> Result<(), Stop> {
        let everybody = self.everybody()?;
        let another = self.another_password()?;
        for account in everybody.iter().take(TRIED) {
            self.look_at(Request::register(&account.email, &another))
                .await?;
        }
        for account in everybody {
            self.look_at(Request::reset_token(&account.email)).await?;
        }
        Ok(())
    }

    /// Logs in those who registered first.
    ///
    /// # Errors
    /// Stops where that is not so.
    pub async fn call_the_roll_of_passwords(&mut self) -> Result<(), Stop> {
        // A password that was changed is the one to be lost.
        let mut everybody = self.everybody()?;
        everybody.sort_by_key(|account| account.old_passwords.is_empty());
        for account in everybody.iter().take(TRIED) {
            self.look_at(Request::log_in(&account.email, &account.password))
                .await?;
        }
        Ok(())
    }

    /// All of whom it is known what is right.
    fn everybody(&mut self) -> Result<Vec<Account>, Stop> {
        let context = self.context()?;
        let mut everybody = context.watch.with_state(|state| state.accounts.clone());
        everybody.retain(|account| !account.in_doubt);
        Ok(everybody)
    }

    /// Sends a request whose answer the model judges.
    async fn look_at(&mut self, request: Request) -> Result<(), Stop> {
        let at = self.look(request).await?;
        let context = self.context()?;
        let exchange = self.at(at);
        if let Err(none) = &exchange.answer {
            let why = format!("a call got {none}");
            return Err(self.hindered(Some(at), why));
        }
        let Some(departure) = exchange.departure.clone() else {
            return Ok(());
        };
        match context.watch.claimed(&departure) {
            Some(requirement) => Err(self.blocked(requirement)),
            None => self.judge(at, departure.mismatches),
        }
    }
}
