//! A request's body, read as a form within limits of size and time.

use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::HeaderMap;
use hyper::body::Body;
use hyper::header::{CONTENT_ENCODING, CONTENT_TYPE, EXPECT};

use super::form::{Form, FormError};

/// How much more than the limit is read and thrown away. Answering while a client still sends
/// makes the system reset the connection, and the client never sees why: one that is merely too
/// long is heard out, an endless one is not.
const HEARD_OUT: usize = 1 << 20;

/// What a body may cost.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimits {
    /// Its size, in bytes.
    pub bytes: usize,
    /// The time until its last byte.
    pub time: Duration,
}

/// Why there is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It is larger than the limit.
    #[error("The body is too large.")]
    TooLarge,
    /// It did not arrive in time.
    #[error("The body did not arrive in time.")]
    TooSlow,
    /// It was given up for somebody else's, because too many arrive at once.
    #[error("The server has more to do than it can bear.")]
    GaveWay,
    /// It ended before its announced end, or its framing is wrong.
    #[error("The body is not complete.")]
    Broken,
    /// It says that it is something else than a form.
    #[error("The body has to be a form (application/x-www-form-urlencoded).")]
    NotAForm,
    /// It says that it is a form and cannot be read as one.
    #[error(transparent)]
    Form(#[from] FormError),
}

/// Reads the body, if it is a form.
pub async fn read_form<B>(
    headers: &HeaderMap,
    body: B,
    limits: BodyLimits,
) -> Result<Form, BodyError>
where
    B: Body<Data = Bytes, Error = BodyError> + Unpin,
{
    // A client that asks first need not send it (RFC 9110, 10.1.1).
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if headers.contains_key(EXPECT) && announced > limits.bytes {
        return Err(BodyError::TooLarge);
    }
    let bytes = match tokio::time::timeout(limits.time, read(body, limits.bytes)).await {
        Ok(result) => result?,
        Err(_) => return Err(BodyError::TooSlow),
    };
    // A body of nothing needs no type; it is a form without fields.
    if !bytes.is_empty() && !is_form(headers) {
        return Err(BodyError::NotAForm);
    }
    Ok(Form::parse(&bytes)?)
}

/// How long a body is waited for that nobody asked for.
const UNWANTED: Duration = Duration::from_secs(1);

/// Reads what is left of a body that nobody asked for, and returns whether its end was found: the
/// next request begins after it. A client that asks before it sends is not told to.
pub async fn discard<B>(headers: &HeaderMap, body: B, limits: BodyLimits) -> bool
where
    B: Body<Data = Bytes, Error = BodyError> + Unpin,
{
    let time = limits.time.min(UNWANTED);
    !headers.contains_key(EXPECT)
        && matches!(
            tokio::time::timeout(time, read(body, limits.bytes)).await,
            Ok(Ok(_))
        )
}

async fn read<B>(mut body: B, limit: usize) -> Result<Bytes, BodyError>
where
    B: Body<Data = Bytes, Error = BodyError> + Unpin,
{
    let most = limit.saturating_add(HEARD_OUT);
    if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(BodyError::TooLarge);
    }
    let mut kept = BytesMut::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        seen = seen.saturating_add(data.remaining());
        if seen > most {
            return Err(BodyError::TooLarge);
        }
        if seen <= limit {
            kept.extend_from_slice(&data);
        }
    }
    if seen > limit {
        return Err(BodyError::TooLarge);
    }
    Ok(kept.freeze())
}

/// Whether the type is that of a form, whatever its parameters and letter case, and the bytes are
/// the form itself and not a compressed one.
fn is_form(headers: &HeaderMap) -> bool {
    if headers.contains_key(CONTENT_ENCODING) {
        return false;
    }
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(first), None) = (types.next(), types.next()) else {
        return false;
    };
    first.to_str().is_ok_and(|text| {
        let essence = text.split(';').next().unwrap_or_default();
        essence
            .trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    })
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;
    use hyper::header::HeaderValue;

    use super::*;

    const LIMITS: BodyLimits = BodyLimits {
        bytes: 10,
        time: Duration::from_secs(5),
    };

    async fn read_as(media_type: Option<&'static str>, body: &[u8]) -> Result<Form, BodyError> {
        let mut headers = HeaderMap::new();
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        }
        let body = Full::new(Bytes::copy_from_slice(body)).map_err(|never| match never {});
        read_form(&headers, body, LIMITS).await
    }

    #[tokio::test]
    async fn a_form_is_one_by_its_media_type() {
        for media_type in [
            "application/x-www-form-urlencoded",
            "Application/X-WWW-Form-URLencoded; charset=utf-8",
        ] {
            assert!(
                read_as(Some(media_type), b"a=1").await.is_ok(),
                "{media_type}"
            );
        }
        for media_type in [None, Some("application/json"), Some("text/plain")] {
            let refused = read_as(media_type, b"a=1").await;
            assert_eq!(refused, Err(BodyError::NotAForm), "{media_type:?}");
        }
    }

    #[tokio::test]
    async fn a_body_of_nothing_is_a_form_of_nothing() {
        assert!(read_as(None, b"").await.is_ok());
    }

    #[tokio::test]
    async fn the_limit_is_the_last_size_that_passes() {
        let form = Some("application/x-www-form-urlencoded");
        assert!(read_as(form, &[b'a'; 10]).await.is_ok());
        assert_eq!(read_as(form, &[b'a'; 11]).await, Err(BodyError::TooLarge));
        let endless = vec![b'a'; LIMITS.bytes + HEARD_OUT + 1];
        assert_eq!(read_as(form, &endless).await, Err(BodyError::TooLarge));
    }
}
