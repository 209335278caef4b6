//! The proxy over real connections.

use hyper::{Method, header};
use serde_json::json;

use super::{Case, Middleware, Request, Response, Running, Tracked, Transport, Upstream, before};
use crate::proof::freedoms;

/// A server that answers with what it was asked, and with two cookies.
async fn mirror(transport: Transport) -> (Running, Upstream) {
    let mut mirror = Middleware::default().before(|_, request, _| Some(mirrored(request)));
    mirror.transport = transport;
    let nobody = Upstream::new("http://localhost.invalid").unwrap();
    let running = before(nobody, mirror).await.unwrap();
    let upstream = Upstream::new(&running.url).unwrap();
    (running, upstream)
}

fn mirrored(request: &Request) -> Response {
    let text = |name| {
        let value = request.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let mut response = Response::json(
        418,
        &json!({
            "method": request.method.as_str(), "path": request.path, "query": request.query,
            "cookie": text("cookie"), "x": text("x-odd"), "body": request.body.to_vec(),
        }),
    );
    response.add_cookie("a=1; Path=/");
    response.add_cookie("b=2; Path=/");
    response.set(header::LOCATION, "/else?where=1");
    response
}

fn odd_request() -> Request {
    let mut request = Request::form(Method::PATCH, "/a%20b/c", &[]);
    request.query = Some("q=%41&r".to_owned());
    request.body = vec![0, 255, b'x'].into();
    request
        .headers
        .insert("x-odd", header::HeaderValue::from_static("1, 2"));
    request.set_session(Some("abc"));
    request
}

#[tokio::test]
async fn without_a_middleware_everything_passes_unchanged() {
    let (target, straight) = mirror(Transport::default()).await;
    let proxy = before(straight.clone(), Middleware::default())
        .await
        .unwrap();
    let through = Upstream::new(&proxy.url).unwrap();
    let (one, other) = (
        straight.send(odd_request()).await,
        through.send(odd_request()).await,
    );
    assert_eq!(one.status, 418);
    assert_eq!(other.status, one.status);
    assert_eq!(other.body, one.body);
    let without_date = |mut response: Response| {
        response.headers.remove(header::DATE);
        response.headers
    };
    assert_eq!(without_date(other), without_date(one));
    proxy.stop().await;
    target.stop().await;
}

#[tokio::test]
async fn each_legal_form_of_http_carries_the_same_answer() {
    for freedom in freedoms::all() {
        let transport = freedom.middleware.transport;
        let (target, upstream) = mirror(transport).await;
        for _ in 0..2 {
            let response = upstream.send(odd_request()).await;
            assert_eq!(response.status, 418, "{transport:?}");
            assert_eq!(
                response.member("path").unwrap(),
                "/a%20b/c",
                "{transport:?}"
            );
            assert_eq!(response.cookies().len(), 2, "{transport:?}");
        }
        target.stop().await;
    }
}

#[tokio::test]
async fn a_stopped_server_accepts_nothing_more() {
    let (target, upstream) = mirror(Transport::default()).await;
    target.stop().await;
    assert!(upstream.send(odd_request()).await.hang_up);
}

#[tokio::test]
async fn the_state_follows_what_succeeds() {
    let upstream = Tracked::new(Upstream::reference().unwrap());
    let user = [("email", "a@example.com"), ("password", "p w")];
    let case = |request: &Request| Case::of(&request.call(), &upstream.state());
    let register = || Request::form(Method::POST, "/users", &user);
    let log_in = || Request::form(Method::POST, "/sessions", &user);

    assert_eq!(case(&log_in()), Case::LoginUnknown);
    assert_eq!(case(&register()), Case::Register);
    upstream.send(register()).await;
    assert_eq!(case(&register()), Case::RegisterTaken);
    assert_eq!(case(&log_in()), Case::Login);
    let first = upstream.send(log_in()).await.session().unwrap();
    let second = upstream.send(log_in()).await.session().unwrap();
    let profile = |id: &str| Request::with_session(Method::GET, "/profile", id);
    assert_eq!(case(&profile(&first)), Case::ProfileEnded);
    assert_eq!(case(&profile(&second)), Case::Profile);
    assert_eq!(case(&profile("")), Case::ProfileBad);

    let old = upstream.token_of("a@example.com").await.unwrap();
    let new = upstream.token_of("a@example.com").await.unwrap();
    let update = |token: &str| {
        let fields = [
            ("email", "a@example.com"),
            ("reset_token", token),
            ("new_password", "n"),
        ];
        Request::form(Method::PUT, "/reset_password", &fields)
    };
    assert_eq!(case(&update(&old)), Case::UpdateReplaced);
    assert_eq!(case(&update(&new)), Case::Update);
    upstream.send(update(&new)).await;
    assert_eq!(case(&update(&new)), Case::UpdateUsed);
    assert_eq!(case(&log_in()), Case::LoginWrong);
    upstream.end_session(&second).await;
    assert_eq!(case(&profile(&second)), Case::ProfileEnded);
}

#[test]
fn only_http_urls_are_targets() {
    for url in ["", "localhost:5000", "ftp://localhost", "http://"] {
        assert!(Upstream::new(url).is_err(), "{url}");
    }
}
