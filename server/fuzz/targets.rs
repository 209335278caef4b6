//! What each fuzz target does with its bytes and what has to hold whatever they are.

use std::sync::LazyLock;
use std::time::Duration;

use authspec_server::http::cookies::cookie;
use authspec_server::http::form::{Form, FormError};
use authspec_server::{Peer, Server, Settings};
use hyper::HeaderMap;
use hyper::header::{COOKIE, HeaderValue};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex, split};
use tokio::runtime::Runtime;

/// A body as a form: a field has one value, or none, or is refused.
pub(crate) fn form(data: &[u8]) {
    let Ok(form) = Form::parse(data) else { return };
    for name in ["email", "password", "reset_token", "new_password", ""] {
        match form.field(name) {
            Ok(Some(field)) => assert!(field.len() <= data.len()),
            Ok(None) => {}
            Err(error) => assert_eq!(error, FormError::Repeated(name)),
        }
    }
}

/// A `Cookie` header: a value ends where the next cookie begins.
pub(crate) fn cookies(data: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(data) else {
        return;
    };
    let mut headers = HeaderMap::new();
    headers.append(COOKIE, value);
    if let Some(value) = cookie(&headers, "session_id") {
        assert!(!value.contains(';'));
    }
}

/// A server that all inputs go to, as they would in life.
static SERVER: LazyLock<(Runtime, Server)> = LazyLock::new(|| {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let settings = Settings {
        bcrypt_cost: 4,
        ..Settings::default()
    };
    let server = runtime.block_on(async { Server::open(settings).expect("a server") });
    (runtime, server)
});

/// A connection's whole input: the server comes to an end with it, everything that it sends is an
/// answer, and no answer says that the server is at fault.
pub(crate) fn request(data: &[u8]) {
    let (runtime, server) = &*SERVER;
    runtime.block_on(async {
        let (near, far) = duplex(1 << 16);
        let (mut answers, mut requests) = split(far);
        let mut answered = Vec::new();
        let talk = async {
            tokio::join!(
                server.serve_connection(near, Peer::LOCAL),
                async {
                    // The server may have hung up before the end.
                    let _ = requests.write_all(data).await;
                    let _ = requests.shutdown().await;
                },
                async { answers.read_to_end(&mut answered).await },
            )
        };
        let (.., read) = tokio::time::timeout(Duration::from_secs(20), talk)
            .await
            .expect("the server comes to an end");
        read.expect("the answers can be read");
        check(&answered);
    });
}

fn check(mut answers: &[u8]) {
    while !answers.is_empty() {
        let end = answers
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("a head has an end");
        let head = std::str::from_utf8(&answers[..end]).expect("a head is text");
        let status = head
            .strip_prefix("HTTP/1.1 ")
            .or_else(|| head.strip_prefix("HTTP/1.0 "))
            .and_then(|rest| rest.get(..3))
            .and_then(|status| status.parse::<u16>().ok())
            .expect("a head has a status");
        assert!(status < 500 || status == 501, "{head}");
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .map_or(0, |length| length.parse().expect("a length is a number"));
        answers = &answers[end + 4..];
        // What a HEAD would have got is announced and not sent; what follows is the next answer.
        if answers.len() >= length && !answers.starts_with(b"HTTP/1.") {
            answers = &answers[length..];
        }
    }
}
