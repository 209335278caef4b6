//! Reading an answer within limits, and undoing a content coding that nobody asked for.

use std::{
    io::{self, Read},
    time::Duration,
};

use crate::http::Response;

/// The most that is read of a body, before and after decoding. The longest documented answer
/// has under 400 bytes, and every exchange of a run is kept.
const LIMIT: usize = 32 * 1024;

/// The most that is kept of all headers together.
const HEADER_LIMIT: usize = 16 * 1024;

/// Reads what is left of an answer.
pub(super) async fn read(
    mut response: reqwest::Response,
    timeout: Duration,
) -> Result<Response, reqwest::Error> {
    let version = format!("{:?}", response.version());
    let status = response.status().as_u16();
    let headers = headers(response.headers());
    let mut bytes = Vec::new();
    let mut problem = None;
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > LIMIT => {
                bytes.extend_from_slice(&chunk[..LIMIT - bytes.len()]);
                problem = Some(format!("the body was cut after {} KiB", LIMIT / 1024));
                break;
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) if error.is_timeout() => {
                problem = Some(format!(
                    "the body did not end within {}",
                    humantime::format_duration(timeout)
                ));
                break;
            }
            Err(_) => {
                problem = Some("the connection ended before the body did".to_owned());
                break;
            }
        }
    }
    let mut response = Response {
        version,
        status,
        headers,
        body: bytes,
        body_problem: problem,
    };
    if response.body_problem.is_none() {
        decode(&mut response);
    }
    Ok(response)
}

fn headers(map: &reqwest::header::HeaderMap) -> Vec<(String, String)> {
    let mut size = 0;
    map.iter()
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .take_while(|(name, value)| {
            size += name.len() + value.len();
            size <= HEADER_LIMIT
        })
        .collect()
}

/// A server may compress what nobody asked it to (RFC 9110, 12.5.3), so that is no fault.
fn decode(response: &mut Response) {
    let codings: Vec<String> = response
        .header_values("content-encoding")
        .flat_map(|value| value.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .filter(|coding| !coding.is_empty() && coding != "identity")
        .collect();
    for coding in codings.iter().rev() {
        match undo(coding, &response.body) {
            Ok(decoded) => response.body = decoded,
            Err(error) => {
                response.body_problem = Some(format!("the body is no valid {coding}: {error}"));
                return;
            }
        }
    }
}

fn undo(coding: &str, coded: &[u8]) -> io::Result<Vec<u8>> {
    match coding {
        "gzip" | "x-gzip" => limited(flate2::read::MultiGzDecoder::new(coded)),
        // The name means the zlib format; some servers send the bare one.
        "deflate" => limited(flate2::read::ZlibDecoder::new(coded))
            .or_else(|_| limited(flate2::read::DeflateDecoder::new(coded))),
        "br" => limited(brotli_decompressor::Decompressor::new(coded, 4096)),
        _ => Err(io::Error::other("this coding is not known here")),
    }
}

fn limited(decoder: impl Read) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    decoder.take(LIMIT as u64 + 1).read_to_end(&mut body)?;
    if body.len() > LIMIT {
        return Err(io::Error::other("it grows beyond the limit"));
    }
    Ok(body)
}
