//! The transcripts of tasks 4, 5, 8 and 10, and the methods that the document describes without
//! one (tasks 9, 12, 13, 16 and 18).

use authspec_server::{
    Auth, Db, Limits, RegisterError, ResetError, Unavailable, UpdatePasswordError,
};

/// `Auth` and, for a look at what it stored, its `Db`.
fn auth() -> (Auth, Db) {
    let db = Db::in_memory().unwrap();
    (Auth::new(db.clone(), 4, &Limits::default()), db)
}

#[tokio::test]
async fn task_4_a_password_is_kept_as_a_salted_bcrypt_hash() {
    let db = Db::in_memory().unwrap();
    let auth = Auth::new(db.clone(), 12, &Limits::default());
    let user = auth.register_user("a@x", "Hello Holberton").await.unwrap();
    assert!(user.hashed_password.starts_with("$2b$12$"));
    assert_eq!(user.hashed_password.len(), 60);
    assert_eq!(db.find_user_by([("email", "a@x")]).unwrap(), user);
    // The hash that the document prints is one of the password that it prints.
    let printed = "$2b$12$eUDdeuBtrD41c8dXvzh95ehsWYCCAi4VH1JbESzgbgZT.eMMzi.G2";
    db.update_user(1, [("hashed_password", printed)])
        .await
        .unwrap();
    assert!(auth.valid_login("a@x", "Hello Holberton").await.unwrap());
}

#[tokio::test]
async fn task_5_register_user() {
    let (auth, db) = auth();
    let (email, password) = ("me@me.com", "mySecuredPwd");
    auth.register_user(email, password)
        .await
        .expect("successfully created a new user!");
    let error = auth.register_user(email, password).await.unwrap_err();
    let printed = format!("could not create a new user: {error}");
    assert_eq!(
        printed,
        "could not create a new user: User me@me.com already exists"
    );
    assert!(matches!(error, RegisterError::UserExists(_)));
    assert!(db.find_user_by([("id", 2)]).is_err());
}

#[tokio::test]
async fn task_8_valid_login() {
    let (auth, _) = auth();
    let (email, password) = ("bob@bob.com", "MyPwdOfBob");
    auth.register_user(email, password).await.unwrap();
    assert!(auth.valid_login(email, password).await.unwrap());
    assert!(!auth.valid_login(email, "WrongPwd").await.unwrap());
    assert!(!auth.valid_login("unknown@email", password).await.unwrap());
}

#[tokio::test]
async fn task_10_create_session() {
    let (auth, db) = auth();
    let email = "bob@bob.com";
    auth.register_user(email, "MyPwdOfBob").await.unwrap();
    let session_id = auth.create_session(email).await.unwrap().unwrap();
    let uuid: uuid::Uuid = session_id.parse().unwrap();
    assert_eq!(uuid.to_string(), session_id);
    assert_eq!(
        auth.create_session("unknown@email.com").await.unwrap(),
        None
    );
    let stored = db.find_user_by([("email", email)]).unwrap().session_id;
    assert_eq!(stored, Some(session_id));
}

#[tokio::test]
async fn two_hashes_of_one_password_differ() {
    let (auth, _) = auth();
    let one = auth.register_user("a@x", "same").await.unwrap();
    let other = auth.register_user("b@x", "same").await.unwrap();
    assert_ne!(one.hashed_password, other.hashed_password);
}

#[tokio::test]
async fn task_12_get_user_from_session_id() {
    let (auth, _) = auth();
    let user = auth.register_user("a@x", "p").await.unwrap();
    assert_eq!(auth.get_user_from_session_id(None).unwrap(), None);
    assert_eq!(auth.get_user_from_session_id(Some("")).unwrap(), None);
    let session_id = auth.create_session("a@x").await.unwrap().unwrap();
    let found = auth.get_user_from_session_id(Some(&session_id)).unwrap();
    assert_eq!(found.unwrap().id, user.id);
    let longer = format!("{session_id}0");
    for other in [
        "nope",
        "a@x",
        &session_id[1..],
        &session_id.to_uppercase(),
        &longer,
    ] {
        assert_eq!(auth.get_user_from_session_id(Some(other)).unwrap(), None);
    }
}

#[tokio::test]
async fn task_13_destroy_session() {
    let (auth, db) = auth();
    let mut sessions = Vec::new();
    for email in ["a@x", "b@x"] {
        auth.register_user(email, "p").await.unwrap();
        sessions.push(auth.create_session(email).await.unwrap());
    }
    auth.destroy_session(1).await.unwrap();
    assert_eq!(db.find_user_by([("id", 1)]).unwrap().session_id, None);
    assert_eq!(
        auth.get_user_from_session_id(sessions[0].as_deref())
            .unwrap(),
        None
    );
    assert!(
        auth.get_user_from_session_id(sessions[1].as_deref())
            .unwrap()
            .is_some()
    );
    auth.destroy_session(1).await.unwrap();
    auth.destroy_session(99).await.unwrap();
}

#[tokio::test]
async fn of_all_who_end_a_session_at_once_one_does() {
    let (auth, _) = auth();
    let user = auth.register_user("a@x", "p").await.unwrap();
    assert!(!auth.destroy_session(user.id).await.unwrap());
    auth.create_session("a@x").await.unwrap();
    let ended = tokio::join!(
        auth.destroy_session(user.id),
        auth.destroy_session(user.id),
        auth.destroy_session(user.id)
    );
    let ended = [ended.0, ended.1, ended.2].map(Result::unwrap);
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 1);
}

#[tokio::test]
async fn a_token_is_its_users_until_it_is_used() {
    let (auth, _) = auth();
    let user = auth.register_user("a@x", "p").await.unwrap();
    auth.register_user("b@x", "p").await.unwrap();
    assert_eq!(auth.get_user_from_reset_token("").unwrap(), None);
    let token = auth.get_reset_password_token("a@x").await.unwrap();
    let found = auth.get_user_from_reset_token(&token).unwrap();
    assert_eq!(found.unwrap().id, user.id);
    auth.update_password(&token, "q").await.unwrap();
    assert_eq!(auth.get_user_from_reset_token(&token).unwrap(), None);
}

#[tokio::test]
async fn tasks_16_and_18_a_token_sets_a_new_password_once() {
    let (auth, db) = auth();
    let unknown = auth.get_reset_password_token("a@x").await;
    assert!(matches!(unknown, Err(ResetError::UnknownEmail)));
    auth.register_user("a@x", "old").await.unwrap();
    let replaced = auth.get_reset_password_token("a@x").await.unwrap();
    let token = auth.get_reset_password_token("a@x").await.unwrap();
    assert_ne!(token, replaced);
    assert!(auth.valid_login("a@x", "old").await.unwrap());
    for invalid in [replaced.as_str(), "", "nope"] {
        let refused = auth.update_password(invalid, "new").await;
        assert!(matches!(refused, Err(UpdatePasswordError::InvalidToken)));
    }
    auth.update_password(&token, "new").await.unwrap();
    assert!(auth.valid_login("a@x", "new").await.unwrap());
    assert!(!auth.valid_login("a@x", "old").await.unwrap());
    assert_eq!(db.find_user_by([("id", 1)]).unwrap().reset_token, None);
    let again = auth.update_password(&token, "newer").await;
    assert!(matches!(again, Err(UpdatePasswordError::InvalidToken)));
    assert!(auth.valid_login("a@x", "new").await.unwrap());
}

#[tokio::test]
async fn a_password_that_bcrypt_would_cut_is_refused_and_never_matches() {
    let (auth, _) = auth();
    let full = "x".repeat(72);
    let longer = "x".repeat(73);
    auth.register_user("a@x", &full).await.unwrap();
    assert!(auth.valid_login("a@x", &full).await.unwrap());
    assert!(!auth.valid_login("a@x", &longer).await.unwrap());
    assert!(auth.register_user("b@x", &longer).await.is_err());
    auth.register_user("c@x", "a").await.unwrap();
    assert!(
        !auth.valid_login("c@x", "a\0a").await.unwrap(),
        "bcrypt takes it for `a`"
    );
    assert!(auth.register_user("d@x", "a\0a").await.is_err());
    let token = auth.get_reset_password_token("c@x").await.unwrap();
    assert!(auth.update_password(&token, &longer).await.is_err());
    auth.update_password(&token, "still valid").await.unwrap();
}

/// Where nothing can be hashed, whatever needs a hash is refused: so is seen who needs one.
#[tokio::test]
async fn an_unknown_email_needs_a_hash_as_a_wrong_password_does() {
    let (auth, db) = auth();
    auth.register_user("a@x", "p").await.unwrap();
    let limits = Limits {
        hashes_at_once: 0,
        hashes_waiting: 0,
        ..Limits::default()
    };
    let auth = Auth::new(db, 4, &limits);
    for email in ["a@x", "unknown@x"] {
        for password in ["p", "wrong", ""] {
            let refused = auth.valid_login(email, password).await;
            assert!(
                matches!(refused, Err(Unavailable::Busy)),
                "{email} {password}"
            );
        }
        // What no user can have needs none, whoever is asked about.
        assert!(!auth.valid_login(email, &"p".repeat(73)).await.unwrap());
    }
    let token = auth.get_reset_password_token("a@x").await.unwrap();
    let refused = auth.update_password(&token, "q").await;
    assert!(matches!(
        refused,
        Err(UpdatePasswordError::Unavailable(Unavailable::Busy))
    ));
    let stored = auth.update_password("nope", "q").await;
    assert!(matches!(stored, Err(UpdatePasswordError::InvalidToken)));
    let again = auth.register_user("a@x", "q").await;
    assert!(matches!(again, Err(RegisterError::UserExists(_))));
}
