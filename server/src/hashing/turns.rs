//! The order in which waiting work gets its turn: fair between clients, and for each client fair
//! between accounts.
//!
//! First come, first served would let whoever asks most have most. Here the clients take turns,
//! and the accounts of a client take turns within its turn, so a flood waits behind itself. Three
//! bounds keep the waiting short: in all, for a client, and for an account whoever asks for it.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::client::Client;

/// On whose behalf work is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    /// Who asks.
    pub(crate) client: Client,
    /// The email asked about, registered or not.
    pub(crate) account: String,
}

/// How much may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// In all.
    pub(crate) waiting: usize,
    /// For one client.
    pub(crate) per_client: usize,
    /// For one account.
    pub(crate) per_account: usize,
}

/// Work that waits.
#[derive(Debug)]
pub(super) struct Turns<J> {
    bounds: Bounds,
    clients: Rotation<Client, Rotation<String, VecDeque<J>>>,
    accounts: HashMap<String, usize>,
    waiting: usize,
}

impl<J> Turns<J> {
    pub(super) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            clients: Rotation::default(),
            accounts: HashMap::new(),
            waiting: 0,
        }
    }

    /// How much waits.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }

    /// Queues the work, or hands it back when a bound is reached.
    pub(super) fn push(&mut self, turn: &Turn, job: J) -> Result<(), J> {
        let of_account = self.accounts.get(&turn.account).copied().unwrap_or(0);
        let of_client = self
            .clients
            .members
            .get(&turn.client)
            .map_or(0, |accounts| {
                accounts.members.values().map(VecDeque::len).sum()
            });
        if self.waiting >= self.bounds.waiting
            || of_client >= self.bounds.per_client
            || of_account >= self.bounds.per_account
        {
            return Err(job);
        }
        self.clients
            .member(turn.client)
            .member(turn.account.clone())
            .push_back(job);
        *self.accounts.entry(turn.account.clone()).or_default() += 1;
        self.waiting += 1;
        Ok(())
    }

    /// Takes the work whose turn it is.
    pub(super) fn pop(&mut self) -> Option<J> {
        let (client, mut accounts) = self.clients.next()?;
        let (account, mut jobs) = accounts.next()?;
        let job = jobs.pop_front();
        if let Some(count) = self.accounts.get_mut(&account) {
            *count -= 1;
            if *count == 0 {
                self.accounts.remove(&account);
            }
        }
        if !jobs.is_empty() {
            accounts.last(account, jobs);
        }
        if !accounts.members.is_empty() {
            self.clients.last(client, accounts);
        }
        self.waiting -= 1;
        job
    }

    /// Drops all work for which `is_wanted` is false.
    pub(super) fn retain(&mut self, is_wanted: impl Fn(&J) -> bool) {
        let turns = std::mem::replace(self, Self::new(self.bounds));
        for (client, mut accounts) in turns.clients.into_members() {
            while let Some((account, jobs)) = accounts.next() {
                let turn = Turn { client, account };
                for job in jobs.into_iter().filter(&is_wanted) {
                    // It fitted in before, among more.
                    let _ = self.push(&turn, job);
                }
            }
        }
    }
}

/// Members that take turns.
#[derive(Debug)]
struct Rotation<K, M> {
    order: VecDeque<K>,
    members: HashMap<K, M>,
}

impl<K, M> Default for Rotation<K, M> {
    fn default() -> Self {
        Self {
            order: VecDeque::new(),
            members: HashMap::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, M: Default> Rotation<K, M> {
    /// The member with that key; a new one has the last turn.
    fn member(&mut self, key: K) -> &mut M {
        let order = &mut self.order;
        self.members.entry(key).or_insert_with_key(|key| {
            order.push_back(key.clone());
            M::default()
        })
    }

    /// Takes out the member whose turn it is.
    fn next(&mut self) -> Option<(K, M)> {
        let key = self.order.pop_front()?;
        let member = self.members.remove(&key)?;
        Some((key, member))
    }

    /// Puts a member back, after all others.
    fn last(&mut self, key: K, member: M) {
        self.order.push_back(key.clone());
        self.members.insert(key, member);
    }

    /// All members in the order of their turns.
    fn into_members(mut self) -> impl Iterator<Item = (K, M)> {
        std::iter::from_fn(move || self.next())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIDE: Bounds = Bounds {
        waiting: 1000,
        per_client: 1000,
        per_account: 1000,
    };

    fn turn(client: u8, account: u8) -> Turn {
        Turn {
            client: Client::from(std::net::IpAddr::from([10, 0, 0, client])),
            account: account.to_string(),
        }
    }

    fn drain<J>(turns: &mut Turns<J>) -> Vec<J> {
        std::iter::from_fn(|| turns.pop()).collect()
    }

    #[test]
    fn a_client_that_floods_waits_behind_itself() {
        let mut turns = Turns::new(WIDE);
        for job in ["a1", "a2", "a3"] {
            turns.push(&turn(1, 1), job).unwrap();
        }
        turns.push(&turn(2, 2), "b1").unwrap();
        assert_eq!(drain(&mut turns), ["a1", "b1", "a2", "a3"]);
    }

    #[test]
    fn an_account_that_is_flooded_waits_behind_itself_within_one_client() {
        let mut turns = Turns::new(WIDE);
        for job in ["a1", "a2", "a3"] {
            turns.push(&turn(1, 1), job).unwrap();
        }
        turns.push(&turn(1, 2), "b1").unwrap();
        assert_eq!(drain(&mut turns), ["a1", "b1", "a2", "a3"]);
    }

    #[test]
    fn each_bound_hands_the_work_back() {
        let bounds = Bounds {
            waiting: 4,
            per_client: 3,
            per_account: 2,
        };
        let mut turns = Turns::new(bounds);
        assert_eq!(turns.push(&turn(1, 1), 1), Ok(()));
        assert_eq!(turns.push(&turn(2, 1), 2), Ok(()));
        assert_eq!(turns.push(&turn(3, 1), 3), Err(3), "the account");
        assert_eq!(turns.push(&turn(1, 2), 4), Ok(()));
        assert_eq!(turns.push(&turn(1, 3), 5), Ok(()));
        assert_eq!(turns.push(&turn(1, 4), 6), Err(6), "the client");
        assert_eq!(turns.push(&turn(4, 5), 7), Err(7), "in all");
        assert_eq!(turns.waiting(), 4);
    }

    #[test]
    fn what_nobody_wants_any_more_makes_room() {
        let bounds = Bounds { waiting: 3, ..WIDE };
        let mut turns = Turns::new(bounds);
        for job in 1..=3 {
            turns.push(&turn(1, 1), job).unwrap();
        }
        turns.retain(|job| *job == 2);
        assert_eq!(turns.waiting(), 1);
        assert_eq!(turns.push(&turn(1, 1), 4), Ok(()));
        assert_eq!(drain(&mut turns), [2, 4]);
    }

    proptest! {
        /// Nothing is lost or doubled, an account's work keeps its order, and between two turns of
        /// one client every other client that waits has one.
        #[test]
        fn turns_are_fair_and_complete(
            pushes in proptest::collection::vec((0_u8..4, 0_u8..4), 0..60)
        ) {
            let mut turns = Turns::new(WIDE);
            for (number, (client, account)) in pushes.iter().enumerate() {
                turns.push(&turn(*client, *account), (*client, *account, number)).unwrap();
            }
            let served = drain(&mut turns);
            prop_assert_eq!(served.len(), pushes.len());
            prop_assert_eq!(turns.waiting(), 0);
            prop_assert!(turns.accounts.is_empty());
            for (position, (client, account, number)) in served.iter().enumerate() {
                let rest = &served[position + 1..];
                prop_assert!(rest.iter().all(|later| (later.0, later.1) != (*client, *account)
                    || later.2 > *number));
                if let Some(again) = rest.iter().position(|later| later.0 == *client) {
                    let between: Vec<_> = rest[..again].iter().map(|job| job.0).collect();
                    for other in rest.iter().map(|job| job.0).filter(|other| other != client) {
                        prop_assert!(between.contains(&other));
                    }
                }
            }
        }
    }
}
