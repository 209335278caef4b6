//! A client that sends what it is told, byte for byte, and reads what comes.

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than anything that is right may take, on a slow machine too.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) version: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The value of the header, if it is there once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|header| header.0 == name);
        let first = found.next()?;
        assert!(found.next().is_none(), "{name} comes twice: {self:?}");
        Some(&first.1)
    }

    /// The session that the answer sets.
    pub(crate) fn session_id(&self) -> String {
        let cookie = self.header("set-cookie").expect("a cookie is set");
        let value = cookie.strip_prefix("session_id=").expect("the session's");
        value.split(';').next().unwrap().to_owned()
    }

    /// The text of a member of the payload.
    pub(crate) fn member(&self, name: &str) -> String {
        let payload: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        payload[name].as_str().unwrap().to_owned()
    }
}

impl Wire {
    pub(crate) fn connect(address: SocketAddr) -> Self {
        Self::over(TcpStream::connect(address).unwrap())
    }

    /// From another address of this machine: another client, to the server.
    pub(crate) fn connect_from(source: [u8; 4], address: SocketAddr) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        let stream = runtime.block_on(async {
            let socket = tokio::net::TcpSocket::new_v4().unwrap();
            socket.bind((source, 0).into()).unwrap();
            let stream = socket.connect(address).await.unwrap();
            stream.into_std().unwrap()
        });
        stream.set_nonblocking(false).unwrap();
        Self::over(stream)
    }

    fn over(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Sends bytes again and again, reading nothing, until the server has had enough of it.
    pub(crate) fn flood(&mut self, bytes: &[u8]) {
        let error = loop {
            if let Err(error) = self.stream.get_mut().write_all(bytes) {
                break error;
            }
        };
        assert_ne!(
            error.kind(),
            ErrorKind::WouldBlock,
            "the server waits and waits"
        );
    }

    /// Sends bytes. That the server has hung up shows when its answer is read.
    pub(crate) fn send(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let _ = self.stream.get_mut().write_all(bytes.as_ref());
        self
    }

    /// Says that nothing more will be sent.
    pub(crate) fn finish(&mut self) -> &mut Self {
        let _ = self.stream.get_mut().shutdown(Shutdown::Write);
        self
    }

    /// The next answer; `None` when the server ends the connection instead.
    pub(crate) fn try_answer(&mut self) -> Option<Answer> {
        self.try_answer_to("GET")
    }

    /// The next answer, to a request of that method.
    pub(crate) fn try_answer_to(&mut self, method: &str) -> Option<Answer> {
        let first = self.line()?;
        let mut words = first.split(' ');
        let version = words.next().unwrap().to_owned();
        let status = words.next().unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').expect("a header");
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            version,
            status,
            headers,
            body: String::new(),
        };
        if status >= 200 && method != "HEAD" {
            let length = answer.header("content-length").expect("a length").parse();
            let mut body = vec![0; length.unwrap()];
            self.stream.read_exact(&mut body).ok()?;
            answer.body = String::from_utf8(body).unwrap();
        }
        Some(answer)
    }

    /// The next answer.
    pub(crate) fn answer(&mut self) -> Answer {
        self.try_answer().expect("an answer")
    }

    /// Whether an answer, or the end, has arrived.
    pub(crate) fn is_answered(&mut self) -> bool {
        let stream = self.stream.get_ref();
        stream.set_nonblocking(true).unwrap();
        let peeked = stream.peek(&mut [0]);
        stream.set_nonblocking(false).unwrap();
        peeked.is_ok()
    }

    /// Whether the server ends the connection without another byte.
    pub(crate) fn is_ended(&mut self) -> bool {
        match self.stream.read(&mut [0]) {
            Ok(read) => read == 0,
            Err(error) => error.kind() == ErrorKind::ConnectionReset,
        }
    }

    /// A request with a form and perhaps a session, on this connection.
    pub(crate) fn ask(
        &mut self,
        method: &str,
        path: &str,
        session_id: Option<&str>,
        form: &[(&str, &str)],
    ) -> Answer {
        let request = request(method, path, session_id, form);
        self.send(request).try_answer_to(method).expect("an answer")
    }

    pub(crate) fn register(&mut self, email: &str, password: &str) -> Answer {
        let form = [("email", email), ("password", password)];
        self.ask("POST", "/users", None, &form)
    }

    pub(crate) fn login(&mut self, email: &str, password: &str) -> Answer {
        let form = [("email", email), ("password", password)];
        self.ask("POST", "/sessions", None, &form)
    }

    pub(crate) fn profile(&mut self, session_id: &str) -> Answer {
        self.ask("GET", "/profile", Some(session_id), &[])
    }

    pub(crate) fn logout(&mut self, session_id: &str) -> Answer {
        self.ask("DELETE", "/sessions", Some(session_id), &[])
    }

    pub(crate) fn reset(&mut self, email: &str) -> Answer {
        self.ask("POST", "/reset_password", None, &[("email", email)])
    }

    pub(crate) fn update(&mut self, email: &str, token: &str, password: &str) -> Answer {
        let form = [
            ("email", email),
            ("reset_token", token),
            ("new_password", password),
        ];
        self.ask("PUT", "/reset_password", None, &form)
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line) {
            Ok(read) if read > 0 => {}
            Ok(_) => return None,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
            Err(error) => panic!("no answer: {error}"),
        }
        Some(line.trim_end_matches("\r\n").to_owned())
    }
}

/// The bytes of a request.
pub(crate) fn request(
    method: &str,
    path: &str,
    session_id: Option<&str>,
    form: &[(&str, &str)],
) -> String {
    let body = form
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect::<Vec<_>>()
        .join("&");
    let cookie = session_id.map_or_else(String::new, |it| format!("Cookie: session_id={it}\r\n"));
    let about_body = if form.is_empty() {
        String::new()
    } else {
        let length = body.len();
        format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n")
    };
    format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{cookie}{about_body}\r\n{body}")
}

fn encoded(value: &str) -> String {
    percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC).to_string()
}
