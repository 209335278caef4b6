//! Many servers in one process, as a test of something else would start them.

use std::sync::Arc;

use authspec_server::{Auth, PasswordError, Passwords, Settings, Store, serve};
use bytes::Bytes;
use hyper::Request;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::inside::settings;
use crate::support::wire::request;

struct Server {
    address: std::net::SocketAddr,
    end: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn start(settings: Settings) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (end, ending) = oneshot::channel::<()>();
    let ended = tokio::spawn(async move {
        let shutdown = async { drop(ending.await) };
        serve(listener, settings, shutdown).await.unwrap();
    });
    Server {
        address,
        end,
        ended,
    }
}

impl Server {
    async fn status_of(&self, path: &str, email: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let form = [("email", email), ("password", "p")];
        let request = request("POST", path, None, &form).replace("HTTP/1.1", "HTTP/1.0");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer[9..12].to_owned()
    }

    async fn end(self) {
        self.end.send(()).unwrap();
        self.ended.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_in_memory_know_nothing_of_each_other() {
    let mut servers = Vec::new();
    for _ in 0..100 {
        servers.push(start(settings()).await);
    }
    for server in &servers {
        assert_eq!(server.status_of("/users", "a@x").await, "200");
    }
    for server in servers {
        assert_eq!(server.status_of("/sessions", "a@x").await, "200");
        server.end().await;
    }
}

#[tokio::test]
async fn a_file_is_free_and_complete_as_soon_as_its_server_has_ended() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("users.redb");
    for round in 0..5 {
        let server = start(Settings {
            store: Store::File {
                path: path.clone(),
                fresh: false,
            },
            ..settings()
        })
        .await;
        for earlier in 0..round {
            let email = format!("{earlier}@x");
            assert_eq!(server.status_of("/sessions", &email).await, "200");
        }
        let email = format!("{round}@x");
        assert_eq!(server.status_of("/users", &email).await, "200");
        server.end().await;
    }
}

#[tokio::test]
async fn a_cost_that_bcrypt_does_not_have_is_an_error() {
    for bcrypt_cost in [0, 3, 32] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = Settings {
            bcrypt_cost,
            ..settings()
        };
        let error = serve(listener, settings, async {}).await.unwrap_err();
        assert!(error.to_string().contains("between 4 and 31"), "{error}");
    }
}

/// Passwords as they are, for users that nobody is behind.
#[derive(Debug)]
struct Plain;

impl Passwords for Plain {
    fn hash(&self, password: &str) -> Result<String, PasswordError> {
        Ok(format!("plain {password}"))
    }

    fn verify(&self, password: &str, stored: &str) -> Result<bool, PasswordError> {
        Ok(stored == format!("plain {password}"))
    }

    fn nobodys(&self) -> String {
        "nobody's".to_owned()
    }
}

#[tokio::test]
async fn a_program_may_store_passwords_otherwise_and_ask_without_a_connection() {
    let settings = settings();
    let auth = Auth::open(&settings).unwrap();
    let server = authspec_server::Server::of(auth.with_passwords(Arc::new(Plain)), settings);
    let status = async |path: &str, form: &'static str| {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from_static(form.as_bytes()))
            .unwrap();
        server.answer(request).await.status().as_u16()
    };
    let bob = "email=bob%40bob.com&password=p";
    assert_eq!(status("/sessions", bob).await, 401, "nobody yet");
    assert_eq!(status("/users", bob).await, 200);
    assert_eq!(status("/users", bob).await, 400);
    assert_eq!(status("/sessions", bob).await, 200);
    let wrong = "email=bob%40bob.com&password=q";
    assert_eq!(status("/sessions", wrong).await, 401);
}
