//! More logins than the cores can hash: some are refused at once, everything else is answered, and
//! whoever floods waits behind themselves.

use std::time::{Duration, Instant};

use authspec_server::{Limits, Settings};

use crate::support::inside::{Inside, settings};
use crate::support::wire::{Wire, request};

/// A server with one hash at a time, each a good while, and this many that may wait: in all, for
/// a client, and for an account.
fn slow_hashes(waiting: usize, per_client: usize, per_account: usize) -> Inside {
    Inside::with(Settings {
        bcrypt_cost: 11,
        limits: Limits {
            hashes_at_once: 1,
            hashes_waiting: waiting,
            hashes_waiting_per_client: per_client,
            hashes_waiting_per_account: per_account,
            // What is still to be hashed at the end of a test is given up.
            end_time: Duration::from_millis(100),
            ..Limits::default()
        },
        ..settings()
    })
}

fn login(email: &str) -> String {
    let form = [("email", email), ("password", "p")];
    request("POST", "/sessions", None, &form)
}

/// Sends a login each on connections of their own, and waits until so many have been refused.
fn flood(
    wires: impl Iterator<Item = Wire>,
    refused: usize,
    email: impl Fn(usize) -> String,
) -> Vec<Wire> {
    let mut wires: Vec<_> = wires.collect();
    for (number, wire) in wires.iter_mut().enumerate() {
        wire.send(login(&email(number)));
    }
    let until = Instant::now() + Duration::from_secs(30);
    while answered(&mut wires) < refused {
        assert!(
            Instant::now() < until,
            "{} are refused",
            answered(&mut wires)
        );
        std::thread::sleep(Duration::from_millis(5));
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
    let server = slow_hashes(5, 64, 64);
    let mut quick = server.wire();
    assert_eq!(quick.register("a@x", "p").status, 200);
    let session_id = quick.login("a@x", "p").session_id();
    let mut wires = flood((0..20).map(|_| server.wire()), 14, |number| {
        number.to_string()
    });
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
    let server = slow_hashes(128, 64, 64);
    let mut wires = flood((0..40).map(|_| server.wire()), 1, |number| {
        number.to_string()
    });
    let mut other = Wire::connect_from([127, 0, 0, 2], server.address);
    assert_eq!(other.login("other", "p").status, 401);
    let before = answered(&mut wires);
    assert!(before < 20, "{before} of the flood came first");
}

#[test]
fn a_flood_of_one_account_does_not_starve_another_account_of_the_same_client() {
    let server = slow_hashes(128, 64, 64);
    let mut wires = flood((0..40).map(|_| server.wire()), 1, |_| "victim".into());
    assert_eq!(server.wire().login("other", "p").status, 401);
    let before = answered(&mut wires);
    assert!(before < 20, "{before} of the flood came first");
}

#[test]
fn a_flood_of_one_account_from_many_clients_leaves_room_for_others() {
    let server = slow_hashes(10, 64, 4);
    let clients = (1..=30).map(|host| Wire::connect_from([127, 0, 1, host], server.address));
    let _wires = flood(clients, 20, |_| "victim".into());
    assert_eq!(server.wire().login("other", "p").status, 401);
}

#[test]
fn one_client_cannot_fill_the_queue() {
    let server = slow_hashes(10, 4, 64);
    let _wires = flood((0..30).map(|_| server.wire()), 20, |number| {
        number.to_string()
    });
    let mut other = Wire::connect_from([127, 0, 0, 2], server.address);
    assert_eq!(other.login("other", "p").status, 401);
}
