//! The server in a process of its own: this program again, with another argument.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use authspec_server::{Limits, Settings};

use super::Outcome;

/// Serves in memory until killed; the address is the first line of its output.
pub(crate) fn serve() -> Outcome {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    setrlimit(Resource::Nofile, limit)?;
    tokio::runtime::Runtime::new()?.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        let cost = std::env::args().nth(2).map_or(Ok(12), |it| it.parse())?;
        let settings = Settings {
            bcrypt_cost: cost,
            limits: Limits {
                hashing_niceness: 5,
                ..Limits::default()
            },
            ..Settings::default()
        };
        authspec_server::serve(listener, settings, std::future::pending()).await?;
        Ok(())
    })
}

pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    pub(crate) fn start(bcrypt_cost: u32) -> Result<Self, Box<dyn std::error::Error>> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["serve", &bcrypt_cost.to_string()])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().parse()?;
        Ok(Self { child, address })
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Resident memory, in KiB.
    pub(crate) fn resident(&self) -> Result<u64, Box<dyn std::error::Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .ok_or("this needs Linux")?;
        Ok(line.trim().trim_end_matches(" kB").parse()?)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The CPU time of a process, in seconds; Linux counts it in hundredths.
pub(crate) fn cpu_time(id: u32) -> Result<f64, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let (_, fields) = stat.rsplit_once(") ").ok_or("this needs Linux")?;
    let mut ticks = 0.0;
    for field in fields.split(' ').skip(11).take(2) {
        ticks += field.parse::<f64>()?;
    }
    Ok(ticks / 100.0)
}

/// A connection that stays.
pub(crate) struct Line(TcpStream);

impl Line {
    pub(crate) fn to(address: SocketAddr) -> std::io::Result<Self> {
        Self::over(TcpStream::connect(address)?)
    }

    /// From another address of this machine: another peer, to the server.
    pub(crate) fn from(source: [u8; 4], address: SocketAddr) -> std::io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let stream = runtime.block_on(async {
            let socket = tokio::net::TcpSocket::new_v4()?;
            socket.bind((source, 0).into())?;
            socket.connect(address).await?.into_std()
        })?;
        stream.set_nonblocking(false)?;
        Self::over(stream)
    }

    fn over(stream: TcpStream) -> std::io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        Ok(Self(stream))
    }

    /// Logs in, and returns the session's id.
    pub(crate) fn login(
        &mut self,
        email: &str,
        password: &str,
    ) -> Result<String, Box<dyn std::error::Error>> {
        let head = self.head_of(&form("/sessions", email, password))?;
        let cookie = head
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: session_id="));
        let session_id = cookie.and_then(|cookie| cookie.split(';').next());
        Ok(session_id.ok_or("no session")?.to_owned())
    }

    /// Asks, and returns the answer's status.
    pub(crate) fn ask(&mut self, request: &str) -> std::io::Result<u16> {
        Ok(self.head_of(request)?[9..12].parse().unwrap_or(0))
    }

    fn head_of(&mut self, request: &str) -> std::io::Result<String> {
        self.0.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        let mut piece = [0; 2048];
        loop {
            let read = self.0.read(&mut piece)?;
            answer.extend_from_slice(&piece[..read]);
            let text = String::from_utf8_lossy(&answer);
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                if read == 0 {
                    return Err(std::io::ErrorKind::UnexpectedEof.into());
                }
                continue;
            };
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .and_then(|length| length.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Ok(head.to_owned());
            }
        }
    }
}

/// A login or, at another path, a registration.
pub(crate) fn form(path: &str, email: &str, password: &str) -> String {
    let body = format!("email={email}&password={password}");
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
