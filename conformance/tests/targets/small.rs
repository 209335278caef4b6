//! A small server of its own for tests that need one to start, break or bend: the documented
//! service over plain sockets, one request at a time, and whatever fault a test asks for.

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// One user, as the document models it (task 0).
#[derive(Default)]
struct User {
    email: String,
    password: String,
    session: Option<String>,
    token: Option<String>,
}

/// The store, and what is wrong with the server.
#[expect(clippy::struct_excessive_bools, reason = "each is a fault of its own")]
pub(crate) struct Small {
    users: Vec<User>,
    /// A lookup by no session finds the only user that has none, and a second one hides the
    /// first: what a query for "the one row where `session_id` is NULL" does.
    pub(crate) finds_the_only_user: bool,
    /// Ends the process after so many requests.
    pub(crate) dies_after: Option<usize>,
    /// Forbids every request that lacks this header, written in lower case.
    pub(crate) wants_header: Option<String>,
    /// The path that all others begin with.
    pub(crate) prefix: &'static str,
    /// Returns, or where it has no limit ends the process, when somebody registers without an
    /// email, and owes the answer.
    pub(crate) dies_of_no_email: bool,
    /// Has no way to get a reset token.
    pub(crate) knows_no_reset: bool,
    /// Returns after so many requests.
    pub(crate) serves_at_most: Option<usize>,
    /// Reads its store no more once another request has come while somebody was registered.
    pub(crate) breaks_in_a_crowd: bool,
    broken: bool,
}

/// How long a registration takes, so that another request can come in the meantime.
const REGISTRATION: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 20_000_000,
};

struct Request {
    method: String,
    path: String,
    session: Option<String>,
    headers: Vec<String>,
    form: HashMap<String, String>,
}

type Answer = (u16, String, Vec<(&'static str, String)>);

impl Small {
    pub(crate) fn new() -> Self {
        Self {
            users: Vec::new(),
            finds_the_only_user: false,
            dies_after: None,
            dies_of_no_email: false,
            knows_no_reset: false,
            serves_at_most: None,
            breaks_in_a_crowd: false,
            broken: false,
            wants_header: None,
            prefix: "",
        }
    }

    /// Serves until the process ends.
    pub(crate) fn serve(mut self, listener: &TcpListener) {
        for (served, stream) in listener.incoming().flatten().enumerate() {
            if self.dies_after.is_some_and(|limit| served >= limit) {
                println!("out of memory");
                std::process::exit(7);
            }
            if self.serves_at_most.is_some_and(|limit| served >= limit) {
                return;
            }
            if let Ok(None) = self.converse(&stream, listener) {
                match self.serves_at_most {
                    Some(_) => return,
                    None => std::process::exit(7),
                }
            }
        }
    }

    /// Nothing where it dies of the request.
    fn converse(
        &mut self,
        stream: &TcpStream,
        listener: &TcpListener,
    ) -> std::io::Result<Option<()>> {
        let Some(request) = read(stream)? else {
            return Ok(Some(()));
        };
        let registers = request.method == "POST" && request.path == "/users";
        if self.dies_of_no_email && registers && !request.form.contains_key("email") {
            return Ok(None);
        }
        let (status, body, headers) = if self.broken && request.path != "/" {
            (500, String::new(), Vec::new())
        } else {
            self.answer(&request)
        };
        if self.breaks_in_a_crowd && registers && !self.broken {
            let mut waiting = [PollFd::new(listener, PollFlags::IN)];
            self.broken = poll(&mut waiting, Some(&REGISTRATION))? > 0;
        }
        let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            head.extend([name, ": ", &value, "\r\n"]);
        }
        let mut stream = stream;
        stream.write_all(
            format!("{head}Content-Type: application/json\r\nConnection: close\r\n\r\n{body}")
                .as_bytes(),
        )?;
        Ok(Some(()))
    }

    fn with_session(&mut self, session: Option<&str>) -> Option<&mut User> {
        if session.is_none() && self.finds_the_only_user {
            let mut none = self.users.iter_mut().filter(|user| user.session.is_none());
            let first = none.next();
            return if none.next().is_some() { None } else { first };
        }
        let session = session?;
        self.users
            .iter_mut()
            .find(|user| user.session.as_deref() == Some(session))
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let field = |name: &str| request.form.get(name).cloned().unwrap_or_default();
        let plain = |status: u16| (status, String::new(), Vec::new());
        let json = |value: serde_json::Value| (200, value.to_string(), Vec::new());
        let session = request.session.as_deref();
        let email = field("email");
        let lacks = |header: &String| !request.headers.contains(&header.to_lowercase());
        if self.wants_header.as_ref().is_some_and(lacks) {
            return plain(403);
        }
        let Some(path) = request.path.strip_prefix(self.prefix) else {
            return plain(404);
        };
        match (request.method.as_str(), path) {
            ("GET", "/") => json(serde_json::json!({"message": "Bienvenue"})),
            ("POST", "/users") if email.is_empty() || field("password").is_empty() => plain(400),
            ("POST", "/users") if self.users.iter().any(|user| user.email == email) => (
                400,
                r#"{"message": "email already registered"}"#.to_owned(),
                Vec::new(),
            ),
            ("POST", "/users") => {
                self.users.push(User {
                    email: email.clone(),
                    password: field("password"),
                    ..User::default()
                });
                json(serde_json::json!({"email": email, "message": "user created"}))
            }
            ("POST", "/sessions") if !request.form.contains_key("password") => plain(400),
            ("POST", "/sessions") => {
                let password = field("password");
                let found = self
                    .users
                    .iter_mut()
                    .find(|user| user.email == email && user.password == password);
                let Some(user) = found else {
                    return plain(401);
                };
                let id = uuid::Uuid::new_v4().to_string();
                user.session = Some(id.clone());
                let (status, body, _) =
                    json(serde_json::json!({"email": email, "message": "logged in"}));
                (
                    status,
                    body,
                    vec![("Set-Cookie", format!("session_id={id}; Path=/"))],
                )
            }
            ("GET", "/profile") => match self.with_session(session) {
                Some(user) => json(serde_json::json!({"email": user.email})),
                None => plain(403),
            },
            ("DELETE", "/sessions") => match self.with_session(session) {
                Some(user) => {
                    user.session = None;
                    (302, String::new(), vec![("Location", "/".to_owned())])
                }
                None => plain(403),
            },
            ("POST", "/reset_password") if self.knows_no_reset => plain(404),
            ("POST", "/reset_password") => {
                match self.users.iter_mut().find(|user| user.email == email) {
                    Some(user) => {
                        let token = uuid::Uuid::new_v4().to_string();
                        user.token = Some(token.clone());
                        json(serde_json::json!({"email": email, "reset_token": token}))
                    }
                    None => plain(403),
                }
            }
            ("PUT", "/reset_password") => {
                let (token, new) = (field("reset_token"), field("new_password"));
                let found = self.users.iter_mut().find(|user| {
                    user.email == email && user.token.as_deref() == Some(token.as_str())
                });
                match found {
                    Some(user) if !new.is_empty() => {
                        user.password = new;
                        user.token = None;
                        json(serde_json::json!({"email": email, "message": "Password updated"}))
                    }
                    Some(_) => plain(400),
                    None => plain(403),
                }
            }
            _ => plain(404),
        }
    }
}

fn read(stream: &TcpStream) -> std::io::Result<Option<Request>> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (mut length, mut session, mut headers) = (0, None, Vec::new());
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        headers.push(line.trim().to_lowercase());
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "cookie" => {
                let mut cookies = value.split(';').map(str::trim);
                let found = cookies.find_map(|cookie| cookie.strip_prefix("session_id="));
                session = found.map(str::to_owned);
            }
            _ => {}
        }
    }
    let mut body = vec![0; length.min(1 << 20)];
    reader.read_exact(&mut body)?;
    let path = target.split('?').next().unwrap_or_default().to_owned();
    Ok(Some(Request {
        method,
        path,
        session,
        headers,
        form: form_urlencoded::parse(&body).into_owned().collect(),
    }))
}
