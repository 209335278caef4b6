//! The fair queue: a bounded number of entries in which nobody can keep others out.
//!
//! Peers take turns, so a flood waits behind itself. When the queue is full, the peer with the
//! longest part of it gives way to any other: its newest entry is put out. Who has the longest part
//! already is refused. Nothing here walks through the queue: each step costs the logarithm of its
//! length.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::peer::Peer;

/// Entries by peer.
#[derive(Debug)]
pub(super) struct FairQueue<T> {
    capacity: usize,
    len: usize,
    /// The number of the next entry or turn: both are given in the order of their coming.
    next: u64,
    parts: HashMap<Peer, Part<T>>,
    by_length: BTreeSet<(usize, Peer)>,
    by_turn: BTreeMap<u64, Peer>,
}

/// What one peer has in the queue; never empty.
#[derive(Debug)]
struct Part<T> {
    turn: u64,
    entries: BTreeMap<u64, T>,
}

impl<T> FairQueue<T> {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            len: 0,
            next: 0,
            parts: HashMap::new(),
            by_length: BTreeSet::new(),
            by_turn: BTreeMap::new(),
        }
    }

    /// Queues an entry and returns its number, and the entry that had to give way for it, if one
    /// had to; hands it back when it is the peer itself that has the longest part.
    pub(super) fn push(&mut self, peer: Peer, entry: T) -> Result<(u64, Option<T>), T> {
        let own = self.parts.get(&peer).map_or(0, |part| part.entries.len());
        let mut put_out = None;
        if self.len >= self.capacity {
            match self.by_length.last() {
                // With one more than the newcomer's, the two would only change their roles.
                Some((longest, other)) if *longest > own + 1 => {
                    put_out = self.take(*other, BTreeMap::pop_last);
                }
                _ => return Err(entry),
            }
        }
        self.next += 1;
        let number = self.next;
        let part = self.parts.entry(peer).or_insert_with(|| {
            self.by_turn.insert(number, peer);
            Part {
                turn: number,
                entries: BTreeMap::new(),
            }
        });
        part.entries.insert(number, entry);
        self.by_length.remove(&(own, peer));
        self.by_length.insert((own + 1, peer));
        self.len += 1;
        Ok((number, put_out))
    }

    /// Takes the entry whose turn it is: the oldest of the peer that has waited longest for one.
    pub(super) fn pop(&mut self) -> Option<T> {
        let (turn, peer) = self.by_turn.pop_first()?;
        self.by_turn.insert(turn, peer);
        let entry = self.take(peer, BTreeMap::pop_first)?;
        if let Some(part) = self.parts.get_mut(&peer) {
            self.next += 1;
            self.by_turn.remove(&part.turn);
            self.by_turn.insert(self.next, peer);
            part.turn = self.next;
        }
        Some(entry)
    }

    /// Takes out the entry with that number, if it is still there.
    pub(super) fn remove(&mut self, peer: Peer, number: u64) -> Option<T> {
        self.take(peer, |entries| entries.remove_entry(&number))
    }

    fn take(
        &mut self,
        peer: Peer,
        pick: impl FnOnce(&mut BTreeMap<u64, T>) -> Option<(u64, T)>,
    ) -> Option<T> {
        let part = self.parts.get_mut(&peer)?;
        let before = part.entries.len();
        let (_, entry) = pick(&mut part.entries)?;
        self.by_length.remove(&(before, peer));
        if part.entries.is_empty() {
            self.by_turn.remove(&part.turn);
            self.parts.remove(&peer);
        } else {
            self.by_length.insert((before - 1, peer));
        }
        self.len -= 1;
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn peer(number: u8) -> Peer {
        Peer::from(std::net::IpAddr::from([10, 0, 0, number]))
    }

    fn drain<T>(queue: &mut FairQueue<T>) -> Vec<T> {
        std::iter::from_fn(|| queue.pop()).collect()
    }

    #[test]
    fn a_peer_that_floods_waits_behind_itself() {
        let mut queue = FairQueue::new(10);
        for entry in ["a1", "a2", "a3"] {
            queue.push(peer(1), entry).unwrap();
        }
        queue.push(peer(2), "b1").unwrap();
        assert_eq!(drain(&mut queue), ["a1", "b1", "a2", "a3"]);
    }

    #[test]
    fn the_longest_part_of_a_full_queue_gives_way_with_its_newest_entry() {
        let mut queue = FairQueue::new(4);
        for entry in ["a1", "a2", "a3"] {
            queue.push(peer(1), entry).unwrap();
        }
        queue.push(peer(2), "b1").unwrap();
        assert_eq!(queue.push(peer(1), "a4"), Err("a4"), "it is the longest");
        assert_eq!(queue.push(peer(3), "c1").unwrap().1, Some("a3"));
        assert_eq!(queue.push(peer(2), "b2"), Err("b2"), "a role would change");
        assert_eq!(queue.push(peer(4), "d1").unwrap().1, Some("a2"));
        assert_eq!(queue.push(peer(5), "e1"), Err("e1"), "all have one");
        assert_eq!(drain(&mut queue), ["a1", "b1", "c1", "d1"]);
    }

    #[test]
    fn who_leaves_makes_room_and_keeps_nobodys_turn() {
        let mut queue = FairQueue::new(2);
        let (first, _) = queue.push(peer(1), "a1").unwrap();
        queue.push(peer(2), "b1").unwrap();
        assert_eq!(queue.remove(peer(1), first), Some("a1"));
        assert_eq!(queue.remove(peer(1), first), None);
        queue.push(peer(1), "a2").unwrap();
        assert_eq!(drain(&mut queue), ["b1", "a2"]);
    }

    #[derive(Clone, Debug)]
    enum Act {
        Push(u8),
        Pop,
        Remove(prop::sample::Index),
    }

    fn act() -> impl Strategy<Value = Act> {
        prop_oneof![
            4 => (0_u8..4).prop_map(Act::Push),
            2 => Just(Act::Pop),
            1 => any::<prop::sample::Index>().prop_map(Act::Remove),
        ]
    }

    proptest! {
        /// Against a plain list: nothing is lost or doubled, the bound holds, a peer's entries keep
        /// their order, and nobody is refused while another has two more.
        #[test]
        fn it_is_bounded_fair_and_complete(acts in proptest::collection::vec(act(), 0..80)) {
            let mut queue = FairQueue::new(6);
            let mut held: Vec<(u8, u64)> = Vec::new();
            for act in acts {
                let count = |held: &[(u8, u64)], peer| held.iter().filter(|it| it.0 == peer).count();
                match act {
                    Act::Push(from) => {
                        let longest = (0..4).map(|it| count(&held, it)).max().unwrap_or(0);
                        let fits = held.len() < 6 || longest > count(&held, from) + 1;
                        match queue.push(peer(from), from) {
                            Ok((number, put_out)) => {
                                prop_assert!(fits);
                                if let Some(other) = put_out {
                                    prop_assert_eq!(count(&held, other), longest);
                                    let newest = held.iter().rposition(|it| it.0 == other).unwrap();
                                    held.remove(newest);
                                }
                                held.push((from, number));
                            }
                            Err(_) => prop_assert!(!fits),
                        }
                    }
                    Act::Pop => match queue.pop() {
                        Some(from) => {
                            let oldest = held.iter().position(|it| it.0 == from).unwrap();
                            held.remove(oldest);
                        }
                        None => prop_assert!(held.is_empty()),
                    },
                    Act::Remove(index) if !held.is_empty() => {
                        let (from, number) = held.remove(index.index(held.len()));
                        prop_assert_eq!(queue.remove(peer(from), number), Some(from));
                    }
                    Act::Remove(_) => {}
                }
                prop_assert_eq!(queue.len, held.len());
                prop_assert_eq!(queue.by_length.len(), queue.parts.len());
                prop_assert_eq!(queue.by_turn.len(), queue.parts.len());
            }
            // Between two turns of one peer, every other that waits has one.
            let served = drain(&mut queue);
            prop_assert_eq!(served.len(), held.len());
            for (at, from) in served.iter().enumerate() {
                let rest = &served[at + 1..];
                if let Some(again) = rest.iter().position(|later| later == from) {
                    prop_assert!(rest.iter().all(|other| rest[..=again].contains(other)));
                }
            }
        }
    }
}
