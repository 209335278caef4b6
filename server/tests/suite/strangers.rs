//! Files that are somebody else's, and records that something else has damaged.

use std::fs;
use std::path::Path;

use authspec_server::{Db, FindError, OpenError, StoreError};
use redb::ReadableDatabase;

use crate::support::program::{command, folder};

/// Somebody else's database with a table named like one of ours, in the file that its program
/// leaves when it is killed: it says of itself that it has to be repaired.
fn killed_database(file: &Path) {
    let beside = file.with_extension("beside");
    let database = redb::Database::create(&beside).unwrap();
    let transaction = database.begin_write().unwrap();
    let users: redb::TableDefinition<'_, &str, &str> = redb::TableDefinition::new("users");
    let mut table = transaction.open_table(users).unwrap();
    for number in 0..500 {
        table.insert(&*format!("{number}"), "theirs").unwrap();
    }
    drop(table);
    transaction.commit().unwrap();
    fs::copy(&beside, file).unwrap();
    drop(database);
    let reopened = redb::Builder::new().open_read_only(file);
    assert!(matches!(reopened, Err(redb::DatabaseError::RepairAborted)));
}

#[test]
fn somebody_elses_database_is_not_changed_by_a_byte() {
    let (_folder, file) = folder();
    killed_database(&file);
    let before = fs::read(&file).unwrap();
    for fresh in [false, true] {
        let opened = Db::in_file(&file, fresh);
        assert!(matches!(opened, Err(OpenError::NotAStore(_))), "{opened:?}");
        assert!(fs::read(&file).unwrap() == before, "it was touched");
    }
    let database = redb::Database::open(&file).unwrap();
    let users: redb::TableDefinition<'_, &str, &str> = redb::TableDefinition::new("users");
    let table = database.begin_read().unwrap().open_table(users).unwrap();
    assert_eq!(table.get("7").unwrap().unwrap().value(), "theirs");
}

#[test]
fn a_pipe_is_no_store_and_is_not_waited_for() {
    let (folder, file) = folder();
    let made = std::process::Command::new("mkfifo").arg(&file).status();
    assert!(made.unwrap().success());
    let output = command(folder.path())
        .args(["--host", "127.0.0.1", "--port", "0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
}

/// A file too large to be verified at its opening, in which the row of user 7 is no text any more.
async fn with_a_damaged_row(file: &Path) {
    let db = Db::in_file(file, false).unwrap();
    for number in 0..40 {
        let hash = format!("hash-of-{number}-{}", "x".repeat(300_000));
        db.add_user(&format!("{number}@x"), &hash).await.unwrap();
    }
    db.close().await;
    let mut bytes = fs::read(file).unwrap();
    assert!(bytes.len() > 8 << 20);
    let mark = b"hash-of-6-";
    let found: Vec<_> = (0..bytes.len() - mark.len())
        .filter(|at| bytes[*at] == mark[0] && bytes[*at..].starts_with(mark))
        .collect();
    assert!(!found.is_empty());
    for at in found {
        bytes[at] = 0xff;
    }
    fs::write(file, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_row_costs_its_user_and_nobody_else() {
    let (_folder, file) = folder();
    with_a_damaged_row(&file).await;
    let db = Db::in_file(&file, false).unwrap();
    let found = db.find_user_by([("email", "6@x")]);
    assert!(matches!(
        found,
        Err(FindError::Store(StoreError::Damaged(_)))
    ));
    // All at once, so that they share commits.
    let mut updates = tokio::task::JoinSet::new();
    for id in 1..=40_u64 {
        let db = db.clone();
        updates.spawn(async move {
            let to = [("session_id", format!("s{id}"))];
            (id, db.update_user(id, to).await.is_ok())
        });
    }
    for (id, updated) in updates.join_all().await {
        assert_eq!(updated, id != 7, "{id}");
    }
    for id in (1..=40).filter(|id| *id != 7) {
        let of = [("session_id", format!("s{id}"))];
        assert_eq!(db.find_user_by(of).unwrap().id, id);
    }
    assert_eq!(db.add_user("new@x", "").await.unwrap().id, 41);
    db.close().await;
    let db = Db::in_file(&file, false).unwrap();
    assert_eq!(db.find_user_by([("session_id", "s40")]).unwrap().id, 40);
    db.close().await;
}
