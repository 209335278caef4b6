//! Where a command is to listen, and whether somebody does already.

use std::{
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use reqwest::Url;
use tokio::net::{TcpListener, TcpStream, lookup_host};

/// How long a connection to this machine or the next may take.
const CONNECT: Duration = Duration::from_millis(500);

/// How often a port is asked for before there is none.
const TRIES: usize = 20;

/// Where to look for a free port: below those that systems hand out to connections (32768 and
/// up on Linux, 49152 and up by IANA), so that no connection takes the port between the choice
/// and the target's own start. Many targets may start at once.
const RANGE: std::ops::Range<u16> = 20_000..32_000;

/// A port that nobody listens on, in either family of addresses.
pub(super) async fn free_port() -> io::Result<u16> {
    for _ in 0..TRIES {
        let random = uuid::Uuid::new_v4().as_u64_pair().1;
        let within = u16::try_from(random % u64::from(RANGE.end - RANGE.start)).unwrap_or(0);
        let port = RANGE.start + within;
        let Ok(listener) = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).await else {
            continue;
        };
        drop(listener);
        if !somebody_at((Ipv6Addr::LOCALHOST, port).into()).await {
            return Ok(port);
        }
    }
    Err(io::Error::new(
        io::ErrorKind::AddrInUse,
        "no port is free in both families of addresses",
    ))
}

/// The first of these URLs where something accepts connections.
pub(super) async fn occupied(urls: &[Url]) -> Option<&Url> {
    for url in urls {
        if is_occupied(url).await {
            return Some(url);
        }
    }
    None
}

async fn is_occupied(url: &Url) -> bool {
    let Some(port) = url.port_or_known_default() else {
        return false;
    };
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let Ok(addresses) = lookup_host((host, port)).await else {
        return false;
    };
    for address in addresses {
        if somebody_at(address).await {
            return true;
        }
    }
    false
}

/// Whether somebody listens on a port of this machine.
pub(super) async fn somebody_on(port: u16) -> bool {
    somebody_at((Ipv4Addr::LOCALHOST, port).into()).await
        || somebody_at((Ipv6Addr::LOCALHOST, port).into()).await
}

async fn somebody_at(address: SocketAddr) -> bool {
    matches!(
        tokio::time::timeout(CONNECT, TcpStream::connect(address)).await,
        Ok(Ok(_))
    )
}

/// The addresses at which a command with that port may answer: a server may listen in one family
/// of addresses only.
pub(super) fn candidates(port: u16) -> Vec<Url> {
    [
        format!("http://127.0.0.1:{port}"),
        format!("http://[::1]:{port}"),
    ]
    .iter()
    .filter_map(|text| text.parse().ok())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_free_port_is_free_until_somebody_listens() {
        let port = free_port().await.unwrap();
        assert!(!somebody_on(port).await);
        let url: Url = format!("http://localhost:{port}/prefix").parse().unwrap();
        assert!(!is_occupied(&url).await);
        let _listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        assert!(somebody_on(port).await);
        assert!(is_occupied(&url).await);
    }
}
