//! The smallest targets: one answer to everything.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    thread,
    time::Duration,
};

/// A body that tries to leave every format that it gets into, and to command GitHub Actions.
pub(crate) const HOSTILE: &str =
    "</script><script>alert(1)</script>\n::error::forged\n```\n]]>\u{1b}[31m\u{202e}";

/// Answers everything with 200 and that body until the test's process ends; its URL.
pub(crate) fn answering(body: &'static str) -> String {
    serving(move |_| body.to_owned())
}

/// Answers everything with 200, that body, and the claim that it is encoded so; its URL.
pub(crate) fn encoding(coding: &'static str, body: &'static str) -> String {
    serving_with(format!("Content-Encoding: {coding}\r\n"), move |_: &str| {
        body.to_owned()
    })
}

fn serving(body: impl Fn(&str) -> String + Clone + Send + 'static) -> String {
    serving_with(String::new(), body)
}

fn serving_with(headers: String, body: impl Fn(&str) -> String + Clone + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let (headers, body) = (headers.clone(), body.clone());
            thread::spawn(move || answer(connection, &headers, body));
        }
    });
    url
}

/// A target that keeps the one requirement that these tests ask for.
pub(crate) fn welcoming() -> String {
    answering("{\"message\": \"Bienvenue\"}")
}

/// A target that does not, and is nasty about it.
pub(crate) fn hostile() -> String {
    answering(HOSTILE)
}

/// Answers everything with 200 and the request itself, headers included; its URL.
pub(crate) fn echoing() -> String {
    serving(str::to_owned)
}

/// Answers the first request, and no other: they wait until the test's process ends.
pub(crate) fn answering_once() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let mut connections = listener.incoming().flatten();
        if let Some(first) = connections.next() {
            answer(first, "", |_| "{\"message\": \"Bienvenue\"}".to_owned());
        }
        // Kept open, so that nobody is told that nothing will come.
        let _waiting: Vec<TcpStream> = connections.collect();
    });
    url
}

/// Nothing listens there.
pub(crate) fn absent() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

fn answer(mut connection: TcpStream, headers: &str, body: impl Fn(&str) -> String) {
    let _ = connection.set_read_timeout(Some(Duration::from_secs(5)));
    // One request a connection, none of them longer than this.
    let mut request = [0; 16 * 1024];
    let Ok(length) = connection.read(&mut request) else {
        return;
    };
    let body = body(&String::from_utf8_lossy(&request[..length]));
    let _ = write!(
        connection,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         {headers}Connection: close\r\n\r\n{body}",
        body.len()
    );
}
