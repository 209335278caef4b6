//! More logins than the cores can hash: some are refused at once, everything else is answered, and
//! whoever floods waits behind themselves, from however many addresses.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use authspec_server::{Limits, Settings};

use crate::support::inside::{Inside, settings};
use crate::support::wire::{Wire, request};

/// A server with one hash at a time, of that cost, and this many that may wait.
fn slow_hashes(bcrypt_cost: u32, waiting: usize) -> Inside {
    Inside::with(Settings {
        bcrypt_cost,
        limits: Limits {
            hashes_at_once: 1,
            hashes_waiting: waiting,
            half_closed_time: Duration::from_millis(200),
            // What is still to be hashed at the end of a test is given up.
            end_time: Duration::from_millis(100),
            ..Limits::default()
        },
        ..settings()
    })
}

fn login(email: &str) -> String {
    let form = [("email", email), ("password", "wrong")];
    request("POST", "/sessions", None, &form)
}

/// Sends a login each on connections of their own, and waits until so many have been refused.
fn flood(wires: impl Iterator<Item = Wire>, refused: usize) -> Vec<Wire> {
    let mut wires: Vec<_> = wires.collect();
    for (number, wire) in wires.iter_mut().enumerate() {
        wire.send(login(&number.to_string()));
    }
    let until = Instant::now() + Duration::from_secs(30);
    while answered(&mut wires) < refused {
        assert!(
            Instant::now() < until,
            "{} are refused",
            answered(&mut wires)
        );
        thread::sleep(Duration::from_millis(5));
    }
    wires
}

fn answered(wires: &mut [Wire]) -> usize {
    wires
        .iter_mut()
        .filter_map(|wire| wire.is_answered().then_some(()))
        .count()
}

#[test]
fn beyond_the_bound_it_refuses_at_once_and_answers_everything_else() {
    let server = slow_hashes(11, 5);
    let mut quick = server.wire();
    assert_eq!(quick.register("a@x", "p").status, 200);
    let session_id = quick.login("a@x", "p").session_id();
    let mut wires = flood((0..20).map(|_| server.wire()), 14);
    assert_eq!(quick.ask("GET", "/", None, &[]).status, 200);
    assert_eq!(quick.profile(&session_id).status, 200);
    assert_eq!(quick.register("a@x", "p").status, 400, "it needs no hash");
    assert!(answered(&mut wires) < 20, "some hashes are still to come");
    let answers: Vec<_> = wires.iter_mut().map(Wire::answer).collect();
    let busy: Vec<_> = answers
        .iter()
        .filter(|answer| answer.status == 503)
        .collect();
    assert!(busy.len() >= 10);
    assert!(
        busy.iter()
            .all(|answer| answer.header("retry-after") == Some("2"))
    );
    assert!(
        answers
            .iter()
            .all(|answer| [401, 503].contains(&answer.status))
    );
    assert_eq!(quick.login("a@x", "p").status, 200);
}

#[test]
fn a_flood_from_one_client_does_not_starve_another() {
    let server = slow_hashes(11, 128);
    let mut wires = flood((0..40).map(|_| server.wire()), 1);
    let mut other = Wire::connect_from([127, 0, 0, 2], server.address);
    assert_eq!(other.login("other", "p").status, 401);
    let before = answered(&mut wires);
    assert!(before < 20, "{before} of the flood came first");
}

#[test]
fn the_hashes_of_clients_that_hung_up_are_not_waited_for() {
    const WAITING: usize = 8;
    // A hash takes a second or so: what is waiting is not done before the test ends.
    let server = slow_hashes(14, WAITING);
    let mut wires = flood((0..=WAITING + 1).map(|_| server.wire()), 1);
    assert_eq!(answered(&mut wires), 1, "the others wait");
    drop(wires);
    thread::sleep(Duration::from_millis(600));
    let mut wires: Vec<_> = (0..WAITING).map(|_| server.wire()).collect();
    for wire in &mut wires {
        wire.send(login("other"));
    }
    thread::sleep(Duration::from_millis(200));
    assert_eq!(answered(&mut wires), 0, "there is room for all of them");
}

/// Floods from that many addresses until the owner of the account has logged in three times.
fn the_owner_logs_in(addresses: u8, email_of: impl Fn(usize) -> String + Sync) {
    const CONNECTIONS: usize = 120;
    // The whole queue is smaller than the flood.
    let server = slow_hashes(9, 32);
    assert_eq!(server.wire().register("owner@x", "p").status, 200);
    let (stop, hashed, refused) = (
        AtomicBool::new(false),
        AtomicUsize::new(0),
        AtomicUsize::new(0),
    );
    thread::scope(|scope| {
        for number in 0..CONNECTIONS {
            let (stop, hashed, refused, server) = (&stop, &hashed, &refused, &server);
            let login = login(&email_of(number));
            scope.spawn(move || {
                let host = u8::try_from(number).unwrap() % addresses + 1;
                let mut wire = Wire::connect_from([127, 0, 2, host], server.address);
                while !stop.load(Ordering::Relaxed) {
                    match wire.send(&login).answer().status {
                        401 => hashed.fetch_add(1, Ordering::Relaxed),
                        503 => {
                            thread::sleep(Duration::from_millis(20));
                            refused.fetch_add(1, Ordering::Relaxed)
                        }
                        status => panic!("{status}"),
                    };
                }
            });
        }
        let until = Instant::now() + Duration::from_secs(30);
        while refused.load(Ordering::Relaxed) < CONNECTIONS && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
        let mut outcomes = Vec::new();
        let mut owner = server.wire();
        for _ in 0..3 {
            let (before, began) = (hashed.load(Ordering::Relaxed), Instant::now());
            let status = owner.login("owner@x", "p").status;
            let first = hashed.load(Ordering::Relaxed) - before;
            outcomes.push((status, first, began.elapsed()));
        }
        stop.store(true, Ordering::Relaxed);
        // One hash is under way, each address has one turn, and the flood's answers may be counted
        // a little later than they are sent.
        let bound = usize::from(addresses) + 1 + 3;
        for (status, first, took) in outcomes {
            assert_eq!(status, 200);
            assert!(first <= bound, "{first} hashes of the flood came first");
            assert!(took < Duration::from_secs(10), "{took:?}");
        }
        assert!(
            refused.load(Ordering::Relaxed) >= CONNECTIONS,
            "it was no flood"
        );
    });
}

#[test]
fn one_address_that_floods_keeps_nobody_out() {
    the_owner_logs_in(1, |_| "owner@x".into());
    the_owner_logs_in(1, |number| format!("{number}@x"));
}

#[test]
fn two_addresses_that_flood_keep_nobody_out() {
    the_owner_logs_in(2, |_| "owner@x".into());
    the_owner_logs_in(2, |number| format!("{number}@x"));
}

#[test]
fn ten_addresses_that_flood_keep_nobody_out() {
    the_owner_logs_in(10, |_| "owner@x".into());
    the_owner_logs_in(10, |number| format!("{number}@x"));
}
