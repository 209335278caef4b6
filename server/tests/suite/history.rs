//! Many clients at once: what each was answered has to be what some order of the requests, one
//! after the other, would have been answered (linearizability).
//!
//! Accounts do not touch each other, so each account's history is explained for itself: a search
//! for an order in which no request comes before one that had ended when it began, and every
//! answer is that of a simple model.

mod model;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use authspec_server::Limits;

use model::{Event, Timed, is_explained};

use crate::support::inside::Inside;
use crate::support::wire::Wire;

/// What is known of one account while the clients are at it.
#[derive(Debug, Default)]
struct Account {
    history: Vec<Timed>,
    sessions: Vec<String>,
    tokens: Vec<String>,
}

/// One request, chosen by the number; its answer as an event.
fn act(wire: &mut Wire, email: &str, chosen: u64, account: &Mutex<Account>) -> Event {
    let pick = |from: &dyn Fn(&Account) -> &Vec<String>| {
        let account = account.lock().unwrap();
        let known = from(&account);
        // The latest ones are those that something may still happen to.
        let back = usize::try_from(chosen / 64).unwrap() % 2 + 1;
        known
            .len()
            .checked_sub(back)
            .map(|index| known[index].clone())
    };
    let password = format!("p{}", chosen / 8 % 3);
    match chosen % 8 {
        0 => {
            let status = wire.register(email, &password).status;
            assert!([200, 400].contains(&status), "{status}");
            Event::Register {
                password,
                created: status == 200,
            }
        }
        1 | 2 => {
            let answer = wire.login(email, &password);
            assert!([200, 401].contains(&answer.status), "{answer:?}");
            let session = (answer.status == 200).then(|| answer.session_id());
            Event::Login { password, session }
        }
        3 | 4 => {
            let session = pick(&|account| &account.sessions).unwrap_or_default();
            let status = wire.profile(&session).status;
            Event::Profile {
                session,
                shown: status == 200,
            }
        }
        5 => {
            let session = pick(&|account| &account.sessions).unwrap_or_default();
            let status = wire.logout(&session).status;
            Event::Logout {
                session,
                ended: status == 302,
            }
        }
        6 => {
            let answer = wire.reset(email);
            let token = (answer.status == 200).then(|| answer.member("reset_token"));
            Event::Reset { token }
        }
        _ => {
            let token = pick(&|account| &account.tokens).unwrap_or_default();
            let status = wire.update(email, &token, &password).status;
            Event::Update {
                token,
                password,
                updated: status == 200,
            }
        }
    }
}

#[test]
fn what_many_clients_see_has_an_order_that_explains_it() {
    let server = Inside::start();
    let clock = AtomicU64::new(0);
    let accounts: Vec<_> = (0..8).map(|_| Mutex::new(Account::default())).collect();
    thread::scope(|scope| {
        for client in 0..6_u64 {
            let (server, clock, accounts) = (&server, &clock, &accounts);
            scope.spawn(move || {
                let mut wire = server.wire();
                let mut random = client.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                for (number, account) in accounts.iter().enumerate() {
                    let email = format!("{number}@x");
                    for _ in 0..30 {
                        random ^= random << 13;
                        random ^= random >> 7;
                        random ^= random << 17;
                        let began = clock.fetch_add(1, Ordering::SeqCst);
                        let event = act(&mut wire, &email, random >> 20, account);
                        let ended = clock.fetch_add(1, Ordering::SeqCst);
                        let mut account = account.lock().unwrap();
                        match &event {
                            Event::Login {
                                session: Some(id), ..
                            } => account.sessions.push(id.clone()),
                            Event::Reset { token: Some(token) } => {
                                account.tokens.push(token.clone());
                            }
                            _ => {}
                        }
                        account.history.push(Timed {
                            began,
                            ended,
                            event,
                        });
                    }
                }
            });
        }
    });
    let mut successes = 0;
    for account in &accounts {
        let history = &account.lock().unwrap().history;
        assert_eq!(history.len(), 6 * 30);
        assert!(is_explained(history), "no order explains {history:#?}");
        successes += history
            .iter()
            .filter(|timed| matches!(timed.event, Event::Update { updated: true, .. }))
            .count();
    }
    assert!(successes > 5, "too little happened: {successes}");
}

/// Starts this many clients at the same moment, each doing the same, and counts the answers.
fn at_once(server: &Inside, clients: usize, act: impl Fn(&mut Wire) -> u16 + Sync) -> Vec<u16> {
    let barrier = std::sync::Barrier::new(clients);
    let mut statuses = thread::scope(|scope| {
        let clients: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let mut wire = server.wire();
                    barrier.wait();
                    act(&mut wire)
                })
            })
            .collect();
        clients
            .into_iter()
            .map(|it| it.join().unwrap())
            .collect::<Vec<_>>()
    });
    statuses.sort_unstable();
    statuses
}

/// One of each, and all others the same.
fn one_and_others(one: u16, others: u16, clients: usize) -> Vec<u16> {
    let mut statuses = vec![others; clients - 1];
    statuses.push(one);
    statuses.sort_unstable();
    statuses
}

#[test]
fn of_all_who_want_the_same_at_once_one_gets_it() {
    const CLIENTS: usize = 24;
    let server = Inside::limited(Limits {
        hashes_waiting: CLIENTS,
        ..Limits::default()
    });
    for round in 0..5 {
        let email = format!("{round}@x");
        let statuses = at_once(&server, CLIENTS, |wire| wire.register(&email, "p").status);
        assert_eq!(statuses, one_and_others(200, 400, CLIENTS), "an email");
        let session_id = server.wire().login(&email, "p").session_id();
        let statuses = at_once(&server, CLIENTS, |wire| wire.logout(&session_id).status);
        assert_eq!(
            statuses,
            one_and_others(302, 403, CLIENTS),
            "a session's end"
        );
        let token = server.wire().reset(&email).member("reset_token");
        let statuses = at_once(&server, CLIENTS, |wire| {
            wire.update(&email, &token, "q").status
        });
        assert_eq!(statuses, one_and_others(200, 403, CLIENTS), "a token");
    }
}

#[test]
fn of_many_logins_at_once_one_session_stays() {
    let server = Inside::start();
    server.wire().register("a@x", "p");
    let sessions = Mutex::new(Vec::new());
    at_once(&server, 12, |wire| {
        let answer = wire.login("a@x", "p");
        sessions.lock().unwrap().push(answer.session_id());
        answer.status
    });
    let mut wire = server.wire();
    let sessions = sessions.into_inner().unwrap();
    let live = sessions.iter().filter(|id| wire.profile(id).status == 200);
    assert_eq!(live.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundreds_of_writers_all_get_their_own_id() {
    let folder = tempfile::TempDir::new().unwrap();
    let db = authspec_server::Db::in_file(&folder.path().join("users.redb"), false).unwrap();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..256 {
        let db = db.clone();
        writers.spawn(async move {
            let mut ids = Vec::new();
            for number in 0..8 {
                let email = format!("{writer}-{number}@x");
                let user = db.add_user(&email, "hash").await.unwrap();
                // What was answered is there, for everybody and at once.
                assert_eq!(db.find_user_by([("email", &*email)]).unwrap(), user);
                ids.push(user.id);
            }
            ids
        });
    }
    let mut ids = writers.join_all().await.concat();
    ids.sort_unstable();
    assert_eq!(ids, (1..=256 * 8).collect::<Vec<_>>());
    db.close().await;
}
