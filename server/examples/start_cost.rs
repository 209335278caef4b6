//! What it costs to start many servers in one process, and what is left of them afterwards:
//! `cargo run --release -p authspec-server --example start_cost [COUNT]`.

use std::time::Instant;

use authspec_server::{Settings, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "figures are what this program is for")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count = std::env::args().nth(1).map_or(Ok(300), |it| it.parse())?;
    // What the runtime itself takes is not a server's.
    start_and_ask().await?.end().await?;
    let (before, threads) = (resident()?, threads()?);
    let began = Instant::now();
    let mut servers: Vec<Running> = Vec::new();
    for _ in 0..count {
        servers.push(start_and_ask().await?);
    }
    let milliseconds = began.elapsed().as_secs_f64() * 1000.0 / f64::from(count);
    let kibibytes = f64::from(resident()? - before) / f64::from(count);
    println!(
        "{count} servers: {milliseconds:.2} ms and {kibibytes:.0} KiB each, with a registration"
    );
    for server in servers {
        server.end().await?;
    }
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    println!("threads before {threads}, after {}", self::threads()?);
    Ok(())
}

struct Running {
    end: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
}

impl Running {
    async fn end(self) -> Result<(), Box<dyn std::error::Error>> {
        let _ = self.end.send(());
        Ok(self.ended.await?)
    }
}

async fn start_and_ask() -> Result<Running, Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let settings = Settings {
        bcrypt_cost: 4,
        ..Settings::default()
    };
    let (end, ending) = oneshot::channel::<()>();
    let ended = tokio::spawn(async move {
        let shutdown = async { drop(ending.await) };
        if let Err(error) = serve(listener, settings, shutdown).await {
            tracing::error!(%error, "a server did not start");
        }
    });
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(
            b"POST /users HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n\
              Content-Length: 20\r\n\r\nemail=a@b&password=x",
        )
        .await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    assert!(answer.contains("user created"), "{answer}");
    Ok(Running { end, ended })
}

/// Resident memory in KiB.
fn resident() -> Result<u32, Box<dyn std::error::Error>> {
    status("VmRSS:")
}

fn threads() -> Result<u32, Box<dyn std::error::Error>> {
    status("Threads:")
}

fn status(name: &str) -> Result<u32, Box<dyn std::error::Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(name))
        .ok_or("this needs Linux")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
