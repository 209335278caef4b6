//! The model against the document's own transcripts, and the histories against the model.

use super::*;

fn call(method: &str, path: &str, cookie: Option<&str>, form: &str) -> Call {
    Call::read(method, path, cookie, None, form.as_bytes())
}

/// Asks the ideal server, and says what it was allowed to answer.
fn ask(ideal: &mut Ideal, call: &Call) -> (String, Seen) {
    let allowed = expected(call, &ideal.state).describe();
    (allowed, ideal.answer(call))
}

#[test]
fn the_documented_flow_is_answered_as_the_document_prints_it() {
    let mut ideal = Ideal::default();
    let user = "email=bob%40bob.com&password=mySuperPwd";
    let mut answers = Vec::new();
    let mut say = |ideal: &mut Ideal, call: &Call| {
        let (allowed, seen) = ask(ideal, call);
        answers.push(allowed);
        seen
    };
    say(&mut ideal, &call("GET", "/", None, ""));
    say(&mut ideal, &call("POST", "/users", None, user));
    say(&mut ideal, &call("POST", "/users", None, user));
    say(
        &mut ideal,
        &call(
            "POST",
            "/sessions",
            None,
            "email=bob@bob.com&password=BlaBla",
        ),
    );
    let login = say(&mut ideal, &call("POST", "/sessions", None, user));
    let cookie = format!("session_id={}", login.session.unwrap());
    say(&mut ideal, &call("GET", "/profile", Some(&cookie), ""));
    say(
        &mut ideal,
        &call("GET", "/profile", Some("session_id=nope"), ""),
    );
    say(&mut ideal, &call("DELETE", "/sessions", Some(&cookie), ""));
    say(&mut ideal, &call("GET", "/profile", Some(&cookie), ""));
    say(
        &mut ideal,
        &call("POST", "/reset_password", None, "email=nobody@bob.com"),
    );
    let reset = say(
        &mut ideal,
        &call("POST", "/reset_password", None, "email=bob@bob.com"),
    );
    let update = format!(
        "email=bob@bob.com&reset_token={}&new_password=n",
        reset.token.unwrap()
    );
    say(&mut ideal, &call("PUT", "/reset_password", None, &update));
    say(&mut ideal, &call("PUT", "/reset_password", None, &update));
    say(&mut ideal, &call("POST", "/sessions", None, user));
    assert_eq!(
        answers,
        [
            r#"200 {"message":"Bienvenue"}"#,
            r#"200 {"email":"bob@bob.com","message":"user created"}"#,
            r#"400 {"message":"email already registered"}"#,
            "401",
            r#"200 {"email":"bob@bob.com","message":"logged in"} and a new session_id"#,
            r#"200 {"email":"bob@bob.com"}"#,
            "403",
            "302 or 303 to the root",
            "403",
            "403",
            r#"200 {"email":"bob@bob.com","reset_token":"{a UUID}"}"#,
            r#"200 {"email":"bob@bob.com","message":"Password updated"}"#,
            "403",
            "401",
        ]
    );
}

#[test]
fn spellings_change_nothing_of_the_meaning() {
    let fields = [
        ("email", "o'a&b+c@example.com"),
        ("password", "É é\t+%41&=🔑"),
    ];
    let plain = {
        let (body, media_type) = Spelling::Plain.form(&fields, "p");
        Call::read(
            "POST",
            "/users",
            Some("session_id=x"),
            Some(media_type),
            body.as_bytes(),
        )
    };
    for how in OF_FORMS
        .into_iter()
        .chain(OF_COOKIES)
        .chain([Spelling::Everything])
    {
        let (body, media_type) = how.form(&fields, "p");
        let cookies = how.cookies(Some("x")).unwrap();
        let read = Call::read(
            "POST",
            "/users",
            Some(cookies.as_str()),
            Some(media_type),
            body.as_bytes(),
        );
        let read = Call {
            token: None,
            ..read
        };
        assert_eq!(read, plain, "{how:?}: {body} {cookies}");
    }
}

#[test]
fn what_the_decisions_leave_open_is_open() {
    let mut ideal = Ideal::default();
    ideal.answer(&call("POST", "/users", None, "email=a@b.c&password=p"));
    let login = ideal.answer(&call("POST", "/sessions", None, "email=a@b.c&password=p"));
    let id = login.session.unwrap();
    let profile = |id: &str| call("GET", "/profile", Some(&format!("session_id={id}")), "");
    let free = |call: &Call, ideal: &Ideal| expected(call, &ideal.state) == Expected::Free;
    assert!(free(&profile(&id.replace('-', "")), &ideal));
    assert!(free(
        &call("POST", "/sessions", None, "email=A@b.c&password=p"),
        &ideal
    ));
    assert!(free(&call("POST", "/users", None, "email=a@b.c"), &ideal));
    let token = ideal
        .answer(&call("POST", "/reset_password", None, "email=a@b.c"))
        .token
        .unwrap();
    assert_eq!(
        expected(&profile(&id), &ideal.state).describe(),
        r#"200 {"email":"a@b.c"} or 403"#
    );
    let update = |password: &str| {
        let form = format!("email=a@b.c&reset_token={token}&new_password={password}");
        call("PUT", "/reset_password", None, &form)
    };
    assert!(matches!(
        expected(&update("p"), &ideal.state),
        Expected::Either(..)
    ));
    assert!(matches!(
        expected(&update("q"), &ideal.state),
        Expected::Granted(_)
    ));
    let wrong = call("POST", "/sessions", None, "email=a@b.c&password=");
    assert_eq!(expected(&wrong, &ideal.state).describe(), "4xx");
}

#[test]
fn a_departure_is_told_once() {
    let mut ideal = Ideal::default();
    ideal.answer(&call("POST", "/users", None, "email=a@b.c&password=p"));
    let login = call("POST", "/sessions", None, "email=a@b.c&password=p");
    assert!(!expected(&login, &ideal.state).must_refuse());
    ideal.state.observe(
        &login,
        &Seen {
            status: Some(401),
            ..Seen::default()
        },
    );
    assert_eq!(expected(&login, &ideal.state), Expected::Free);
}

#[test]
fn the_chosen_histories_take_every_transition_and_keep_to_their_cost() {
    let histories = chosen();
    let hashes: usize = histories.iter().map(History::hash_operations).sum();
    let requests: usize = histories.iter().map(|history| history.steps.len()).sum();
    let coverage = Coverage::of(histories);
    assert!(hashes <= 100, "{hashes}");
    assert!(requests <= 340, "{requests}");
    let all = reachable();
    let left: Vec<_> = all.transitions.difference(&coverage.transitions).collect();
    assert!(left.is_empty(), "{left:?}");
    let (taken, pairs) = (coverage.pairs.len(), all.pairs.len());
    assert!(taken * 3 > pairs, "{taken} of {pairs} pairs");
}

#[test]
fn nothing_is_sent_that_a_must_may_not_send_and_names_stand_alone_in_what_is_told() {
    let free = (0..200).map(|seed| draw_freely(seed, 60, 30));
    for history in chosen().iter().cloned().chain(free) {
        let source = Source("x".to_owned());
        let people = source.people(&history.people);
        let mut ideal = Ideal::default();
        for step in &history.steps {
            let Some(request) = step.request(&people, &source, &ideal.state) else {
                continue;
            };
            let told = &request.told;
            let in_a_word = |(at, _)| told[..at].ends_with(char::is_alphabetic);
            let mut names = NAMES.iter().flat_map(|name| told.match_indices(name));
            assert!(!names.any(in_a_word), "{told}");
            let call = request.call();
            if let Some(email) = &call.email {
                let (local, domain) = email.split_once('@').unwrap();
                assert!(!local.is_empty() && domain.contains('.'), "{email}");
                assert!(email.len() <= 100 && !email.contains(' '), "{email}");
            }
            if let Some(password) = &call.password {
                assert!((1..=72).contains(&password.len()), "{password}");
            }
            ideal.answer(&call);
        }
    }
}
