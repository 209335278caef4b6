//! What hostile servers say.

use std::{
    io::{self, Write},
    net::TcpStream,
    thread::sleep,
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};

/// What a good server says to `GET /`.
pub(crate) const WELCOME: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 24\r\n\r\n{\"message\": \"Bienvenue\"}";

/// A byte now and then.
pub(crate) fn drip(stream: &mut TcpStream, text: &str) -> io::Result<()> {
    for byte in text.bytes() {
        stream.write_all(&[byte])?;
        sleep(Duration::from_millis(150));
    }
    Ok(())
}

/// So many bytes, as fast as they are taken.
pub(crate) fn pour(stream: &mut TcpStream, mut bytes: u64) -> io::Result<()> {
    let block = [b'a'; 16 * 1024];
    while bytes > 0 {
        let now = bytes.min(block.len() as u64);
        stream.write_all(&block[..usize::try_from(now).unwrap_or(block.len())])?;
        bytes -= now;
    }
    Ok(())
}

/// An answer 200 with that body.
pub(crate) fn body(
    stream: &mut TcpStream,
    media_type: &str,
    coding: Option<&str>,
    body: &[u8],
) -> io::Result<()> {
    let coding = coding.map_or_else(String::new, |coding| {
        format!("Content-Encoding: {coding}\r\n")
    });
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n{coding}Connection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )?;
    stream.write_all(body)
}

fn gzip(times: usize, block: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..times {
        encoder.write_all(block).expect("memory takes it");
    }
    encoder.finish().expect("memory takes it")
}

/// 64 MiB of blanks in about 64 KiB.
pub(crate) fn gzip_bomb() -> Vec<u8> {
    static BOMB: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BOMB.get_or_init(|| gzip(64, &vec![b' '; 1 << 20])).clone()
}

/// The same, packed once more.
pub(crate) fn nested_bomb() -> Vec<u8> {
    static BOMB: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BOMB.get_or_init(|| gzip(1, &gzip_bomb())).clone()
}
