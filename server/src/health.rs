//! `authspec-server health`: asks a running server whether it can reach its store.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::args::Health;

/// The profile of a session that nobody has: it takes a look into the store to refuse it.
const REQUEST: &str = "GET /profile HTTP/1.1\r\nHost: localhost\r\n\
    Cookie: session_id=health\r\nConnection: close\r\n\r\n";
const HEALTHY: &str = "HTTP/1.1 403 ";

/// Succeeds if the server answers as one whose store can be read.
pub(crate) fn check(of: &Health) -> io::Result<()> {
    let mut stream = connect(of)?;
    stream.set_read_timeout(Some(of.timeout))?;
    stream.set_write_timeout(Some(of.timeout))?;
    stream.write_all(REQUEST.as_bytes())?;
    let mut status = [0; HEALTHY.len()];
    stream.read_exact(&mut status)?;
    if status == HEALTHY.as_bytes() {
        return Ok(());
    }
    let status = String::from_utf8_lossy(&status);
    Err(io::Error::other(format!("it answers {}", status.trim())))
}

fn connect(of: &Health) -> io::Result<TcpStream> {
    let mut last = ErrorKind::NotFound.into();
    for mut address in (of.host.as_str(), of.port).to_socket_addrs()? {
        // A server that listens everywhere is asked here.
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
                IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
            });
        }
        match TcpStream::connect_timeout(&address, of.timeout.max(Duration::from_millis(1))) {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(last)
}
