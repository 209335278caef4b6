//! Files that are not as they should be: each start ends with status 4 and a message that says
//! what to do, and leaves the file as it was.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::Path;

use authspec_server::{Db, OpenError};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use crate::support::program::{Program, command, folder};

/// How a start on that file ends: its status, and its message without the path.
fn refused(file: &Path, options: &[&str]) -> String {
    let folder = file.parent().unwrap();
    let before = fs::read(file).ok();
    let output = command(folder)
        .args(["--host", "127.0.0.1", "--port", "0", "--db"])
        .arg(file)
        .args(options)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert!(output.stdout.is_empty());
    assert_eq!(fs::read(file).ok(), before, "the file was touched");
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(!message.contains("panicked"), "{message}");
    message.replace(folder.to_str().unwrap(), "FOLDER")
}

#[test]
fn another_servers_file() {
    let (folder, file) = folder();
    let first = Program::start(folder.path(), &[]);
    first.wire().register("a@x", "p");
    // The first one goes on writing, so only the message is looked at.
    for options in [&[][..], &["--fresh"]] {
        let output = command(folder.path())
            .args(["--port", "0", "--db"])
            .arg(&file)
            .args(options)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(4));
        let message = String::from_utf8(output.stderr).unwrap();
        let message = message.replace(folder.path().to_str().unwrap(), "FOLDER");
        insta::allow_duplicates! {
            insta::assert_snapshot!(message, @"authspec-server: FOLDER/users.redb is in use by another server; stop that one or choose another file with --db");
        }
    }
    assert_eq!(first.wire().login("a@x", "p").status, 200);
}

#[test]
fn a_file_that_is_something_else() {
    let (_folder, file) = folder();
    fs::write(&file, "root:x:0:0:root:/root:/bin/bash\n").unwrap();
    for options in [&[][..], &["--fresh"]] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused(&file, options), @"authspec-server: FOLDER/users.redb is not a store of this server; nothing was changed in it");
        }
    }
}

#[test]
fn a_folder() {
    let (folder, file) = folder();
    fs::create_dir(&file).unwrap();
    let output = command(folder.path())
        .args(["--port", "0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
}

#[test]
fn a_place_where_nothing_can_be() {
    let (folder, _) = folder();
    let file = folder.path().join("missing/users.redb");
    let output = command(folder.path())
        .args(["--port", "0", "--db"])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let message = String::from_utf8(output.stderr).unwrap();
    let message = message.replace(folder.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(message, @"authspec-server: FOLDER/missing/users.redb cannot be created: No such file or directory (os error 2)");
}

#[test]
fn an_empty_file_is_not_taken_for_an_empty_store() {
    let (folder, file) = folder();
    fs::write(&file, "").unwrap();
    insta::assert_snapshot!(refused(&file, &[]), @"authspec-server: FOLDER/users.redb is empty, so whatever it held is lost; --fresh starts anew in it");
    let program = Program::start(folder.path(), &["--fresh"]);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
}

#[test]
fn a_file_that_may_not_be_written() {
    let (folder, file) = folder();
    Program::start(folder.path(), &[]).stop();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    let before = fs::read(&file).unwrap();
    let mut command = command(folder.path());
    command.args(["--host", "127.0.0.1", "--port", "0"]);
    if rustix::process::geteuid().is_root() {
        // Root may write what nobody may write, so it is somebody else who tries.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        command.uid(65534).gid(65534);
    }
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert_eq!(fs::read(&file).unwrap(), before);
    let message = String::from_utf8(output.stderr).unwrap();
    insta::assert_snapshot!(message, @"authspec-server: users.redb cannot be opened: Permission denied (os error 13)");
}

/// A store with so many users that its tables have branches, and what is in it.
async fn filled(file: &Path) -> Vec<authspec_server::User> {
    let db = Db::in_file(file, false).unwrap();
    let mut users = Vec::new();
    for number in 0..60 {
        let user = db.add_user(&format!("{number}@x"), "hash").await.unwrap();
        let secrets = [("session_id", format!("s{number}"))];
        db.update_user(user.id, secrets).await.unwrap();
        users.push(db.find_user_by([("id", user.id)]).unwrap());
    }
    db.close().await;
    users
}

/// Opens it; if that succeeds, everybody has to be there, as they were.
async fn opens_whole_or_not_at_all(file: &Path, users: &[authspec_server::User]) -> bool {
    let Ok(db) = Db::in_file(file, false) else {
        return false;
    };
    for user in users {
        let by_id = db.find_user_by([("id", user.id)]);
        let by_email = db.find_user_by([("email", user.email.as_str())]);
        let by_session = db.find_user_by([("session_id", user.session_id.as_deref())]);
        for found in [by_id, by_email, by_session] {
            assert_eq!(found.as_ref().ok(), Some(user), "{found:?}");
        }
    }
    db.close().await;
    true
}

#[tokio::test]
async fn a_truncated_file_is_refused_at_every_length() {
    let (_folder, file) = folder();
    let users = filled(&file).await;
    let whole = fs::read(&file).unwrap();
    let mut refused = 0;
    for eighth in 0..8 {
        for less in [0, 1, 4095] {
            let length = (whole.len() / 8 * (eighth + 1)).saturating_sub(less + 1);
            fs::write(&file, &whole[..length]).unwrap();
            refused += u32::from(!opens_whole_or_not_at_all(&file, &users).await);
        }
    }
    assert!(refused > 0);
    fs::write(&file, &whole).unwrap();
    assert!(opens_whole_or_not_at_all(&file, &users).await);
}

#[tokio::test]
async fn a_flipped_bit_is_noticed_or_harmless() {
    let (_folder, file) = folder();
    let users = filled(&file).await;
    let whole = fs::read(&file).unwrap();
    let used: Vec<_> = (0..whole.len()).filter(|at| whole[*at] != 0).collect();
    let mut refused = 0;
    for step in 0..150 {
        let at = used[step * used.len() / 150];
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (step % 8);
        fs::write(&file, &flipped).unwrap();
        refused += u32::from(!opens_whole_or_not_at_all(&file, &users).await);
    }
    assert!(refused > 10, "only {refused} were noticed");
}

/// What redb cannot know: the pages are whole and the records contradict each other.
#[tokio::test]
async fn records_that_contradict_each_other_are_found_by_verifying() {
    let (_folder, file) = folder();
    filled(&file).await;
    Db::in_verified_file(&file).unwrap().close().await;
    let database = redb::Database::create(&file).unwrap();
    let transaction = database.begin_write().unwrap();
    let emails: redb::TableDefinition<'_, &str, u64> = redb::TableDefinition::new("emails");
    transaction
        .open_table(emails)
        .unwrap()
        .insert("7@x", 9)
        .unwrap();
    transaction.commit().unwrap();
    drop(database);
    let error = Db::in_verified_file(&file).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
    assert!(
        error.to_string().contains("user 8 is not found by email"),
        "{error}"
    );
}

#[test]
fn a_damaged_file_says_what_to_do() {
    let (folder, file) = folder();
    Program::start(folder.path(), &[]).stop();
    let mut bytes = fs::read(&file).unwrap();
    for byte in &mut bytes[64..320] {
        *byte ^= 0x55;
    }
    fs::write(&file, bytes).unwrap();
    let message = refused(&file, &[]);
    assert!(
        message.contains("is damaged")
            && message.contains("restore a copy, or start anew with --fresh"),
        "{message}"
    );
    let program = Program::start(folder.path(), &["--fresh"]);
    assert_eq!(program.wire().register("a@x", "p").status, 200);
}

/// A disk that is full: the shell lets the program write no file beyond a size, and the program
/// is told of it as of a full disk.
#[test]
fn a_full_disk_loses_nothing_and_room_on_it_is_used_again() {
    let (folder, file) = folder();
    Program::start(folder.path(), &[]).stop();
    let blocks = fs::metadata(&file).unwrap().len() / 512;
    let mut command = std::process::Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"");
    command
        .args(["-c", &script, env!("CARGO_BIN_EXE_authspec-server")])
        .args(["--host", "127.0.0.1", "--port", "0", "--bcrypt-cost", "4"])
        .current_dir(folder.path())
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let program = Program::spawn(command);
    let mut wire = program.wire();
    let mut kept = Vec::new();
    let mut failed = 0;
    for number in 0.. {
        let email = format!("{number}-{}@x", "e".repeat(230));
        match wire.register(&email, "p").status {
            200 => kept.push(email),
            500 => failed += 1,
            status => panic!("{status}"),
        }
        if failed == 5 {
            break;
        }
        assert!(number < 20_000, "the disk is never full");
    }
    assert_eq!(wire.ask("GET", "/", None, &[]).status, 200);
    let last = kept.last().unwrap().clone();
    assert_eq!(wire.register(&last, "p").status, 400, "reads go on");

    let pid = Pid::from_raw(program.pid().try_into().unwrap());
    let room = Rlimit {
        current: None,
        maximum: None,
    };
    prlimit(pid, Resource::Fsize, room).unwrap();
    assert_eq!(wire.register("room@x", "p").status, 200);
    kept.push("room@x".into());
    program.kill();

    let program = Program::start(folder.path(), &[]);
    let mut wire = program.wire();
    for email in &kept {
        assert_eq!(wire.register(email, "p").status, 400, "{email} is lost");
    }
    assert_eq!(wire.login(&last, "p").status, 200);
    assert_eq!(wire.register("after@x", "p").status, 200);
}
