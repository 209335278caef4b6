//! Places that are counted, in all and for each client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::client::Client;

/// A number of places, of which one client may have only some.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    places: Arc<Places>,
}

#[derive(Debug)]
struct Places {
    all: usize,
    per_client: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_client: HashMap<Client, usize>,
}

/// A place, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    client: Client,
}

impl Shares {
    pub(super) fn new(all: usize, per_client: usize) -> Self {
        Self {
            places: Arc::new(Places {
                all,
                per_client,
                taken: Mutex::default(),
            }),
        }
    }

    /// A place for the client, unless it has its share or all are taken.
    pub(super) fn take(&self, client: Client) -> Option<Place> {
        let mut taken = self.places.taken();
        if taken.all >= self.places.all {
            return None;
        }
        let by_client = taken.by_client.entry(client).or_default();
        // A share of nothing would leave an entry behind for every client that asks.
        if *by_client >= self.places.per_client.max(1) {
            return None;
        }
        *by_client += 1;
        taken.all += 1;
        Some(Place {
            places: Arc::clone(&self.places),
            client,
        })
    }
}

impl Places {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.all -= 1;
        if let Some(by_client) = taken.by_client.get_mut(&self.client) {
            *by_client -= 1;
            if *by_client == 0 {
                taken.by_client.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    fn client(number: u8) -> Client {
        Client::from(IpAddr::from([10, 0, 0, number]))
    }

    #[test]
    fn one_client_cannot_take_all() {
        let shares = Shares::new(3, 2);
        let _first = shares.take(client(1)).unwrap();
        let _second = shares.take(client(1)).unwrap();
        assert!(shares.take(client(1)).is_none());
        let third = shares.take(client(2)).unwrap();
        assert!(shares.take(client(3)).is_none(), "all are taken");
        drop(third);
        assert!(shares.take(client(3)).is_some());
    }

    #[test]
    fn what_is_given_back_leaves_nothing_behind() {
        let shares = Shares::new(3, 2);
        drop((shares.take(client(1)), shares.take(client(2))));
        let taken = shares.places.taken();
        assert_eq!(taken.all, 0);
        assert!(taken.by_client.is_empty());
    }
}
