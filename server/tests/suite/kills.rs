//! Killed at any moment under load, the server has everything that it acknowledged and nothing
//! that it refused when it starts again. A bounded run of what `scripts/kill-test` does for longer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::program::{Program, folder};
use crate::support::wire::{Wire, request};

/// Clients at once.
const CLIENTS: usize = 4;

/// What one client knows of its users. A client is alone with them, so what it was told last is
/// what holds; what was under way when the server died may have happened or not.
#[derive(Clone, Debug, Default)]
struct Known {
    accounts: Vec<Account>,
    acknowledged: usize,
}

#[derive(Clone, Debug)]
struct Account {
    email: String,
    /// Acknowledged values first; a second one was under way.
    passwords: Vec<String>,
    sessions: Vec<Option<String>>,
    /// The token that may be used, and one that was used up.
    token: Option<String>,
    used: Option<String>,
    is_registered: bool,
}

/// Asks, unless the server is gone.
fn ask(
    wire: &mut Wire,
    method: &str,
    path: &str,
    session_id: Option<&str>,
    form: &[(&str, &str)],
) -> Option<crate::support::wire::Answer> {
    wire.send(request(method, path, session_id, form));
    wire.try_answer()
}

/// Works until the server is gone; `all` counts what it acknowledges to anybody.
fn work(mut wire: Wire, client: usize, round: usize, all: &AtomicUsize) -> Known {
    let mut known = Known::default();
    for number in 0.. {
        let before = known.acknowledged;
        let lived = live_through(&mut wire, client, round, number, &mut known);
        all.fetch_add(known.acknowledged - before, Ordering::Relaxed);
        if lived.is_none() {
            break;
        }
    }
    known
}

/// One account's life; `None` when the server died in it.
fn live_through(
    wire: &mut Wire,
    client: usize,
    round: usize,
    number: usize,
    known: &mut Known,
) -> Option<()> {
    let email = format!("{client}-{round}-{number}@x");
    known.accounts.push(Account {
        email: email.clone(),
        passwords: vec!["first".into()],
        sessions: vec![None],
        token: None,
        used: None,
        is_registered: false,
    });
    let last = known.accounts.len() - 1;
    let credentials = [("email", &*email), ("password", "first")];

    let answer = ask(wire, "POST", "/users", None, &credentials)?;
    assert_eq!(answer.status, 200);
    known.accounts[last].is_registered = true;
    known.acknowledged += 1;
    assert_eq!(ask(wire, "POST", "/users", None, &credentials)?.status, 400);

    // Whatever session the lost answer named, nobody knows it; so `None` stands for it as well.
    let answer = ask(wire, "POST", "/sessions", None, &credentials)?;
    let session_id = answer.session_id();
    known.accounts[last].sessions = vec![Some(session_id.clone())];
    known.acknowledged += 1;

    if number.is_multiple_of(2) {
        known.accounts[last].sessions.push(None);
        let answer = ask(wire, "DELETE", "/sessions", Some(&session_id), &[])?;
        assert_eq!(answer.status, 302);
        known.accounts[last].sessions = vec![None];
        known.acknowledged += 1;
    }

    let answer = ask(wire, "POST", "/reset_password", None, &[("email", &email)])?;
    let token = answer.member("reset_token");
    known.accounts[last].token = Some(token.clone());
    known.acknowledged += 1;

    if !number.is_multiple_of(3) {
        let account = &mut known.accounts[last];
        account.passwords.push("second".into());
        account.token = None;
        let form = [
            ("email", &*email),
            ("reset_token", &*token),
            ("new_password", "second"),
        ];
        let answer = ask(wire, "PUT", "/reset_password", None, &form)?;
        assert_eq!(answer.status, 200);
        let account = &mut known.accounts[last];
        account.passwords = vec!["second".into()];
        account.used = Some(token);
        known.acknowledged += 1;
    }
    Some(())
}

/// Checks one account against the server; every look leaves it as it was, but for its session.
fn check(wire: &mut Wire, account: &Account) {
    let email = &account.email;
    for session_id in account.sessions.iter().flatten() {
        let status = wire.profile(session_id).status;
        if account.sessions.len() == 1 {
            assert_eq!(status, 200, "a session is lost: {account:?}");
        }
    }
    if let Some(used) = &account.used {
        assert_eq!(wire.update(email, used, "third").status, 403, "{account:?}");
    }
    let statuses: Vec<_> = ["first", "second"]
        .map(|password| wire.login(email, password).status)
        .to_vec();
    let possible = if account.is_registered {
        account.passwords.clone()
    } else {
        vec!["first".into()]
    };
    for (password, status) in ["first", "second"].into_iter().zip(&statuses) {
        if !possible.iter().any(|one| one == password) {
            assert_eq!(
                *status, 401,
                "{password} was never acknowledged: {account:?}"
            );
        }
    }
    let matching = statuses.iter().filter(|status| **status == 200).count();
    if account.is_registered {
        assert_eq!(matching, 1, "{statuses:?} {account:?}");
    } else {
        assert!(matching <= 1);
    }
    // Record and index agree: the email is taken exactly if somebody can log in with it.
    let again = wire.register(email, "fourth").status;
    assert_eq!(again, if matching == 1 { 400 } else { 200 }, "{account:?}");
    if let Some(token) = &account.token {
        assert_eq!(
            wire.update(email, token, "fifth").status,
            200,
            "a token is lost: {account:?}"
        );
    }
}

#[test]
fn killed_at_any_moment_it_loses_nothing() {
    let kills = std::env::var("AUTHSPEC_KILLS").map_or(12, |kills| kills.parse().unwrap());
    let (folder, _) = folder();
    let mut acknowledged = 0;
    let mut checked = 0;
    for round in 0..kills {
        let program = Program::start(folder.path(), &[]);
        let all = AtomicUsize::new(0);
        let known = thread::scope(|scope| {
            let all = &all;
            let workers: Vec<_> = (0..CLIENTS)
                .map(|client| {
                    let wire = program.wire();
                    scope.spawn(move || work(wire, client, round, all))
                })
                .collect();
            // Another moment each time: after the first accounts, or the twentieth, and then
            // somewhere within the next requests.
            let target = 4 + round * 7 % 80;
            let until = Instant::now() + Duration::from_secs(30);
            while all.load(Ordering::Relaxed) < target && Instant::now() < until {
                thread::sleep(Duration::from_millis(1));
            }
            thread::sleep(Duration::from_micros(round as u64 * 613 % 9000));
            program.signal(rustix::process::Signal::KILL);
            let known = workers.into_iter().map(|it| it.join().unwrap());
            known.collect::<Vec<_>>()
        });
        program.kill();
        let options: &[&str] = if round % 2 == 0 { &["--verify"] } else { &[] };
        let program = Program::start(folder.path(), options);
        let mut wire = program.wire();
        for account in known.iter().flat_map(|known| &known.accounts) {
            check(&mut wire, account);
            checked += 1;
        }
        acknowledged += known.iter().map(|known| known.acknowledged).sum::<usize>();
        program.kill();
    }
    assert!(
        acknowledged > kills * 4,
        "too little happened: {acknowledged}"
    );
    println!("{kills} kills, {acknowledged} acknowledged changes, {checked} accounts checked");
}

/// A file is there whole or not at all, also when the very first start is killed.
#[test]
fn killed_while_it_starts_it_starts_again() {
    let (folder, file) = folder();
    for round in 0..12 {
        if round % 3 == 0 {
            let _ = std::fs::remove_file(&file);
        }
        let mut child = crate::support::program::command(folder.path())
            .args(["--host", "127.0.0.1", "--port", "0", "--bcrypt-cost", "4"])
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(round));
        child.kill().unwrap();
        child.wait().unwrap();
        let program = Program::start(folder.path(), &[]);
        let status = program.wire().register(&format!("{round}@x"), "p").status;
        assert_eq!(status, 200);
        program.kill();
    }
}
