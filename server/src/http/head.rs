//! What every head has to be like, whatever is asked for.

use hyper::header::HOST;
use hyper::{HeaderMap, Version};

/// Why a head is refused, with 400 and the end of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// HTTP/1.1 needs one `Host`, and no version has more than one (RFC 9112, 3.2): which of two
    /// counts is what a proxy in front might see differently.
    #[error("The request has to have exactly one Host.")]
    Host,
}

/// Checks a head.
pub fn check(version: Version, headers: &HeaderMap) -> Result<(), HeadError> {
    let least = usize::from(version >= Version::HTTP_11);
    let hosts = headers.get_all(HOST).iter().count();
    if hosts < least || hosts > 1 {
        return Err(HeadError::Host);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn a_host_is_there_once() {
        let none = HeaderMap::new();
        let mut one = none.clone();
        one.append(HOST, HeaderValue::from_static("localhost"));
        let mut two = one.clone();
        two.append(HOST, HeaderValue::from_static("localhost"));
        assert_eq!(check(Version::HTTP_11, &one), Ok(()));
        assert_eq!(check(Version::HTTP_10, &none), Ok(()));
        assert_eq!(check(Version::HTTP_11, &none), Err(HeadError::Host));
        assert_eq!(check(Version::HTTP_11, &two), Err(HeadError::Host));
        assert_eq!(check(Version::HTTP_10, &two), Err(HeadError::Host));
    }
}
