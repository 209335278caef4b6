//! The transcripts of tasks 1 to 3, and what `Db` promises beyond them.

use authspec_server::{AddError, Db, FindError, UpdateError, User, Value};

#[tokio::test]
async fn task_1_ids_count_from_1() {
    let my_db = Db::in_memory().unwrap();
    let user_1 = my_db.add_user("test@test.com", "SuperHashedPwd").await;
    assert_eq!(user_1.unwrap().id, 1);
    let user_2 = my_db.add_user("test1@test.com", "SuperHashedPwd1").await;
    assert_eq!(user_2.unwrap().id, 2);
}

#[tokio::test]
async fn task_2_find_user_by() {
    let my_db = Db::in_memory().unwrap();
    let user = my_db.add_user("test@test.com", "PwdHashed").await.unwrap();
    assert_eq!(user.id, 1);
    let find_user = my_db.find_user_by([("email", "test@test.com")]);
    assert_eq!(find_user.unwrap().id, 1);
    let find_user = my_db.find_user_by([("email", "test2@test.com")]);
    assert!(matches!(find_user, Err(FindError::NoResultFound)));
    let find_user = my_db.find_user_by([("no_email", "test@test.com")]);
    assert!(matches!(find_user, Err(FindError::InvalidRequest(_))));
}

#[tokio::test]
async fn task_3_update_user() {
    let my_db = Db::in_memory().unwrap();
    let user = my_db.add_user("test@test.com", "hashedPwd").await.unwrap();
    assert_eq!(user.id, 1);
    let updated = my_db.update_user(user.id, [("hashed_password", "NewPwd")]);
    updated.await.expect("Password updated");
    let user = my_db.find_user_by([("id", 1)]).unwrap();
    assert_eq!(user.hashed_password, "NewPwd");
}

/// Three users: with a session, with a token, with both.
async fn three() -> (Db, [User; 3]) {
    let db = Db::in_memory().unwrap();
    for (email, session_id, reset_token) in [
        ("a@x", Some("s1"), None),
        ("b@x", None, Some("t2")),
        ("c@x", Some("s3"), Some("t3")),
    ] {
        let user = db.add_user(email, "same").await.unwrap();
        let secrets = [("session_id", session_id), ("reset_token", reset_token)];
        db.update_user(user.id, secrets).await.unwrap();
    }
    let users = [1, 2, 3].map(|id| db.find_user_by([("id", id)]).unwrap());
    (db, users)
}

#[tokio::test]
async fn any_set_of_attributes_finds_the_first_user_in_id_order() {
    let (db, users) = three().await;
    let none: [(&str, Value<'_>); 0] = [];
    assert_eq!(db.find_user_by(none).unwrap(), users[0]);
    assert_eq!(
        db.find_user_by([("hashed_password", "same")]).unwrap(),
        users[0]
    );
    assert_eq!(db.find_user_by([("session_id", "s3")]).unwrap(), users[2]);
    assert_eq!(db.find_user_by([("reset_token", "t2")]).unwrap(), users[1]);
    assert_eq!(
        db.find_user_by([("session_id", None::<&str>)]).unwrap(),
        users[1]
    );
    let all = [
        ("id", Value::from(3)),
        ("email", Value::from("c@x")),
        ("hashed_password", Value::from("same")),
        ("session_id", Value::from("s3")),
        ("reset_token", Value::from("t3")),
    ];
    assert_eq!(db.find_user_by(all.clone()).unwrap(), users[2]);
    for wrong in 0..all.len() {
        let mut filters = all.clone();
        filters[wrong].1 = match filters[wrong].1 {
            Value::Integer(_) => Value::from(2),
            _ => Value::from("wrong"),
        };
        assert!(
            matches!(
                db.find_user_by(filters.clone()),
                Err(FindError::NoResultFound)
            ),
            "{filters:?}"
        );
    }
}

#[tokio::test]
async fn a_value_of_another_type_matches_nobody() {
    let (db, _) = three().await;
    for filter in [
        ("id", Value::from("1")),
        ("id", Value::Null),
        ("email", Value::from(1)),
        ("email", Value::Null),
        ("session_id", Value::from(1)),
    ] {
        let found = db.find_user_by([filter.clone()]);
        assert!(matches!(found, Err(FindError::NoResultFound)), "{filter:?}");
    }
}

#[tokio::test]
async fn an_unknown_attribute_is_an_invalid_request_beside_known_ones_too() {
    let (db, _) = three().await;
    for names in [["email", "name"], ["name", "email"], ["EMAIL", "email"]] {
        let found = db.find_user_by(names.map(|name| (name, "a@x")));
        assert!(
            matches!(found, Err(FindError::InvalidRequest(_))),
            "{names:?}"
        );
    }
}

#[tokio::test]
async fn an_update_with_an_unknown_attribute_changes_nothing() {
    let (db, users) = three().await;
    let values = [("hashed_password", "new"), ("name", "new")];
    let error = db.update_user(1, values).await.unwrap_err();
    assert!(matches!(error, UpdateError::UnknownAttribute(_)));
    assert_eq!(error.to_string(), "a user has no attribute `name`");
    assert_eq!(db.find_user_by([("id", 1)]).unwrap(), users[0]);
}

#[tokio::test]
async fn an_update_that_cannot_be_made_changes_nothing() {
    let (db, users) = three().await;
    let refused = [
        vec![
            ("hashed_password", Value::from("new")),
            ("email", Value::Null),
        ],
        vec![
            ("hashed_password", Value::from("new")),
            ("id", Value::from(9)),
        ],
        vec![("session_id", Value::from(7))],
        vec![
            ("session_id", Value::from("new")),
            ("email", Value::from("b@x")),
        ],
    ];
    for values in refused {
        assert!(
            db.update_user(1, values.clone()).await.is_err(),
            "{values:?}"
        );
        assert_eq!(db.find_user_by([("id", 1)]).unwrap(), users[0]);
        assert!(db.find_user_by([("session_id", "new")]).is_err());
    }
    let nobody = db.update_user(4, [("session_id", "new")]).await;
    assert!(matches!(nobody, Err(UpdateError::NoResultFound)));
}

#[tokio::test]
async fn an_update_moves_a_user_in_every_index() {
    let (db, _) = three().await;
    let values = [
        ("email", "z@x"),
        ("session_id", "s9"),
        ("reset_token", "t9"),
    ];
    db.update_user(3, values).await.unwrap();
    for (name, value) in values {
        assert_eq!(db.find_user_by([(name, value)]).unwrap().id, 3);
    }
    for (name, value) in [
        ("email", "c@x"),
        ("session_id", "s3"),
        ("reset_token", "t3"),
    ] {
        assert!(db.find_user_by([(name, value)]).is_err(), "{name}");
    }
    assert!(db.add_user("z@x", "").await.is_err());
    assert_eq!(db.add_user("c@x", "").await.unwrap().id, 4);
}

#[tokio::test]
async fn a_session_id_that_two_users_have_finds_the_first() {
    let (db, _) = three().await;
    for id in [3, 2] {
        db.update_user(id, [("session_id", "shared")])
            .await
            .unwrap();
    }
    assert_eq!(db.find_user_by([("session_id", "shared")]).unwrap().id, 2);
    db.update_user(2, [("session_id", None::<&str>)])
        .await
        .unwrap();
    assert_eq!(db.find_user_by([("session_id", "shared")]).unwrap().id, 3);
}

#[tokio::test]
async fn an_email_is_given_once() {
    let (db, _) = three().await;
    let again = db.add_user("a@x", "other").await;
    assert!(matches!(again, Err(AddError::EmailTaken)));
    assert_eq!(
        db.find_user_by([("email", "a@x")]).unwrap().hashed_password,
        "same"
    );
}
