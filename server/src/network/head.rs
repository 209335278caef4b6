//! What every head has to be like, whatever is asked for.
//!
//! hyper refuses what it cannot read. What it can read and a proxy in front might read otherwise
//! is refused here: two readings of one stream of bytes are how requests are smuggled. (Lengths that
//! are repeated and agree become one in hyper, as RFC 9110, 8.6 has it.)

use hyper::header::{HOST, HeaderValue, TRANSFER_ENCODING};
use hyper::http::uri::Authority;
use hyper::{HeaderMap, StatusCode, Version};

/// Why a head is refused, and the connection ended with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum HeadError {
    /// HTTP/1.1 needs one `Host`, no version has more than one, and it names a host (RFC 9112,
    /// 3.2).
    #[error("The request has to have one Host that names a host.")]
    Host,
    /// The body is sent in another way than whole or chunked (RFC 9112, 6.1).
    #[error("The body may be chunked, and not coded in another way.")]
    TransferEncoding,
}

impl HeadError {
    /// The status that the RFC has for it.
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::Host => StatusCode::BAD_REQUEST,
            Self::TransferEncoding => StatusCode::NOT_IMPLEMENTED,
        }
    }
}

/// Checks a head; only one of a request with a body can say how that is sent.
pub(super) fn check(
    version: Version,
    headers: &HeaderMap,
    has_body: bool,
) -> Result<(), HeadError> {
    let mut hosts = headers.get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if version < Version::HTTP_11 => {}
        (Some(host), None) if names_a_host(host) => {}
        _ => return Err(HeadError::Host),
    }
    if !has_body {
        return Ok(());
    }
    let mut codings = headers.get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => Ok(()),
        (Some(coding), None) if coding.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        _ => Err(HeadError::TransferEncoding),
    }
}

/// Whether the value is a host and perhaps a port. It is empty where the target has none.
fn names_a_host(value: &HeaderValue) -> bool {
    let value = value.as_bytes();
    value.is_empty() || !value.contains(&b'@') && Authority::try_from(value).is_ok()
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderName;

    use super::*;

    fn checked(version: Version, lines: &[(HeaderName, &'static str)]) -> Result<(), HeadError> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(name, HeaderValue::from_static(value));
        }
        check(version, &headers, true)
    }

    #[test]
    fn a_host_is_there_once() {
        let host = (HOST, "localhost:5000");
        let two = [host.clone(), host.clone()];
        assert_eq!(checked(Version::HTTP_11, &two[..1]), Ok(()));
        assert_eq!(checked(Version::HTTP_10, &[]), Ok(()));
        assert_eq!(checked(Version::HTTP_11, &[]), Err(HeadError::Host));
        assert_eq!(checked(Version::HTTP_11, &two), Err(HeadError::Host));
        assert_eq!(checked(Version::HTTP_10, &two), Err(HeadError::Host));
    }

    #[test]
    fn a_host_is_a_host() {
        for host in ["x", "x:1", "[::1]:5000", "127.0.0.1", ""] {
            assert_eq!(checked(Version::HTTP_11, &[(HOST, host)]), Ok(()), "{host}");
        }
        for host in ["a b", "a/b", "user@x", "x,y z", "http://x"] {
            let refused = checked(Version::HTTP_11, &[(HOST, host)]);
            assert_eq!(refused, Err(HeadError::Host), "{host}");
        }
    }

    #[test]
    fn a_body_is_whole_or_chunked() {
        let chunked = (TRANSFER_ENCODING, "Chunked");
        assert_eq!(
            checked(Version::HTTP_10, std::slice::from_ref(&chunked)),
            Ok(())
        );
        for codings in [
            &[chunked.clone(), chunked.clone()][..],
            &[(TRANSFER_ENCODING, "chunked, chunked")],
            &[(TRANSFER_ENCODING, "gzip, chunked")],
            &[(TRANSFER_ENCODING, "")],
        ] {
            let refused = checked(Version::HTTP_10, codings);
            assert_eq!(refused, Err(HeadError::TransferEncoding), "{codings:?}");
        }
    }
}
