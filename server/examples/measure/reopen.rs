//! How long a store with a million users takes to open after its server was killed, and how long
//! one of them takes to find.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use authspec_server::{Db, Value};
use tokio::task::JoinSet;

use super::Outcome;

const USERS: usize = 1_000_000;

pub(crate) fn measure() -> Outcome {
    if let Some(path) = std::env::args().nth(2) {
        return fill(Path::new(&path));
    }
    let folder = tempfile::TempDir::new()?;
    let path = folder.path().join("users.redb");
    // The process that fills it dies in the middle of its writing.
    let status = Command::new(std::env::current_exe()?)
        .arg("reopen")
        .arg(&path)
        .stdin(Stdio::null())
        .status()?;
    assert!(!status.success(), "it was to be killed");
    tokio::runtime::Runtime::new()?.block_on(async {
        let few = Db::in_memory()?;
        for number in 0..10 {
            few.add_user(&format!("{number}@x"), "hash").await?;
        }
        println!(
            "one of 10 users by email: {:.2?}",
            lookup(&few, "email", 10)
        );
        let began = Instant::now();
        let db = Db::in_file(&path, false)?;
        let opened = began.elapsed();
        let megabytes = std::fs::metadata(&path)?.len() >> 20;
        println!("killed with {USERS} users ({megabytes} MiB): open again after {opened:.2?}");
        for attribute in ["id", "email", "session_id", "reset_token"] {
            println!(
                "one of {USERS} users by {attribute}: {:.2?}",
                lookup(&db, attribute, USERS)
            );
        }
        db.close().await;
        Ok(())
    })
}

/// The mean time to look for a user, found or not.
fn lookup(db: &Db, attribute: &str, users: usize) -> Duration {
    const TIMES: u32 = 20_000;
    let began = Instant::now();
    let mut number = 0;
    for _ in 0..TIMES {
        // Far from the one before, so that no page is at hand by chance.
        number = (number + 7919) % users;
        let value = match attribute {
            "id" => Value::from(number as u64 + 1),
            "email" => Value::from(format!("{number}@x")),
            _ => Value::from(format!("{number}")),
        };
        let _ = std::hint::black_box(db.find_user_by([(attribute, value)]));
    }
    began.elapsed() / TIMES
}

fn fill(path: &Path) -> Outcome {
    tokio::runtime::Runtime::new()?.block_on(async {
        let db = Db::in_file(path, false)?;
        let mut tasks = JoinSet::new();
        for writer in 0..1000 {
            let db = db.clone();
            tasks.spawn(async move {
                for number in 0..USERS / 1000 {
                    let email = format!("{}@x", writer * (USERS / 1000) + number);
                    let hash = "$2b$12$eUDdeuBtrD41c8dXvzh95ehsWYCCAi4VH1JbESzgbgZT.eMMzi.G2";
                    assert!(db.add_user(&email, hash).await.is_ok());
                }
            });
        }
        tasks.join_all().await;
        // And one more group under way.
        for writer in 0..100 {
            let db = db.clone();
            tokio::spawn(async move { db.add_user(&format!("late-{writer}@x"), "hash").await });
        }
        tokio::task::yield_now().await;
        let me = rustix::process::getpid();
        rustix::process::kill_process(me, rustix::process::Signal::KILL)?;
        Ok(())
    })
}
