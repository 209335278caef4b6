//! The proxy over real connections.

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;
use hyper::{Method, header};
use serde_json::json;

use super::{Answer, Answerer, Ask, Behaviour, Case, Door, Running, Upstream, Wire, before, start};
use crate::target::Reference;

/// Answers with what it was asked, and with two cookies.
struct Mirror;

impl Answerer for Mirror {
    fn answer(self: Arc<Self>, ask: Ask) -> BoxFuture<'static, Answer> {
        Box::pin(async move {
            let text = |name| {
                let value = ask.headers.get(name).map(|value| value.as_bytes().to_vec());
                value.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            };
            let mut answer = Answer::json(
                418,
                &json!({
                    "method": ask.method.as_str(), "path": ask.path, "query": ask.query,
                    "cookie": text("cookie"), "x": text("x-odd"), "body": ask.body.to_vec(),
                }),
            );
            answer.add_cookie("a=1; Path=/");
            answer.add_cookie("b=2; Path=/");
            answer.set(header::LOCATION, "/else?where=1");
            answer
        })
    }
}

async fn mirror(wire: Wire) -> (Running, Upstream) {
    let running = start(Arc::new(Mirror), wire).await.unwrap();
    let upstream = Upstream::new(&running.url).unwrap();
    (running, upstream)
}

fn odd_request() -> Ask {
    let mut ask = Ask::form(Method::PATCH, "/a%20b/c", &[]);
    ask.query = Some("q=%41&r".to_owned());
    ask.body = vec![0, 255, b'x'].into();
    ask.headers
        .insert("x-odd", header::HeaderValue::from_static("1, 2"));
    ask.set_session(Some("abc"));
    ask
}

#[tokio::test]
async fn without_a_behaviour_everything_passes_unchanged() {
    let (target, straight) = mirror(Wire::default()).await;
    let proxy = before(straight.clone(), Behaviour::default())
        .await
        .unwrap();
    let through = straight.sibling(&proxy.url).unwrap();
    let (one, other) = (
        straight.send(odd_request()).await,
        through.send(odd_request()).await,
    );
    assert_eq!(one.status, 418);
    assert_eq!(other.status, one.status);
    assert_eq!(other.body, one.body);
    let without_date = |mut answer: Answer| {
        answer.headers.remove(header::DATE);
        answer.headers
    };
    assert_eq!(without_date(other), without_date(one));
    proxy.stop().await;
    target.stop().await;
}

#[tokio::test]
async fn each_legal_form_of_http_carries_the_same_answer() {
    let pieces = Some(Duration::ZERO);
    let interim = Some("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
    let plain = Wire::default;
    for wire in [
        Wire {
            http_10: true,
            close: true,
            ..plain()
        },
        Wire {
            http_10: true,
            close: true,
            pieces,
            ..plain()
        },
        Wire { pieces, ..plain() },
        Wire {
            title_case: true,
            ..plain()
        },
        Wire {
            close: true,
            interim,
            ..plain()
        },
        Wire {
            no_reason: true,
            byte_by_byte: true,
            ..plain()
        },
        Wire {
            close: true,
            serial: true,
            ..plain()
        },
        Wire {
            prefix: "/api/v1",
            ..plain()
        },
    ] {
        let (target, upstream) = mirror(wire.clone()).await;
        for _ in 0..2 {
            let answer = upstream.send(odd_request()).await;
            assert_eq!(answer.status, 418, "{wire:?}");
            assert_eq!(answer.member("path").unwrap(), "/a%20b/c", "{wire:?}");
            assert_eq!(answer.cookies().len(), 2, "{wire:?}");
        }
        target.stop().await;
    }
}

#[tokio::test]
async fn a_stopped_front_accepts_nothing_more() {
    let (target, upstream) = mirror(Wire::default()).await;
    target.stop().await;
    assert!(upstream.send(odd_request()).await.hang_up);
}

#[tokio::test]
async fn the_shadow_follows_what_succeeds() {
    let reference = Reference::start(4).await.unwrap();
    let door = Door::new(Upstream::new(reference.target.base.as_str()).unwrap());
    let user = [("email", "a@example.com"), ("password", "p w")];
    let case = |ask: &Ask| Case::of(&ask.call(), &door.shadow());
    let register = || Ask::form(Method::POST, "/users", &user);
    let log_in = || Ask::form(Method::POST, "/sessions", &user);

    assert_eq!(case(&log_in()), Case::LoginUnknown);
    assert_eq!(case(&register()), Case::Register);
    door.send(register()).await;
    assert_eq!(case(&register()), Case::RegisterTaken);
    assert_eq!(case(&log_in()), Case::Login);
    let first = door.send(log_in()).await.session().unwrap();
    let second = door.send(log_in()).await.session().unwrap();
    let profile = |id: &str| Ask::with_session(Method::GET, "/profile", id);
    assert_eq!(case(&profile(&first)), Case::ProfileEnded);
    assert_eq!(case(&profile(&second)), Case::Profile);
    assert_eq!(case(&profile("")), Case::ProfileBad);

    let old = door.token_of("a@example.com").await.unwrap();
    let new = door.token_of("a@example.com").await.unwrap();
    let update = |token: &str| {
        let fields = [
            ("email", "a@example.com"),
            ("reset_token", token),
            ("new_password", "n"),
        ];
        Ask::form(Method::PUT, "/reset_password", &fields)
    };
    assert_eq!(case(&update(&old)), Case::UpdateReplaced);
    assert_eq!(case(&update(&new)), Case::Update);
    door.send(update(&new)).await;
    assert_eq!(case(&update(&new)), Case::UpdateUsed);
    assert_eq!(case(&log_in()), Case::LoginWrong);
    door.end_session(&second).await;
    assert_eq!(case(&profile(&second)), Case::ProfileEnded);
    reference.stop().await;
}

#[test]
fn only_http_urls_are_targets() {
    for url in ["", "localhost:5000", "ftp://localhost", "http://"] {
        assert!(Upstream::new(url).is_err(), "{url}");
    }
}
