//! The legal ways to send one and the same response (RFC 9112).

use std::{
    convert::Infallible,
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures::stream;
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::{
    Version,
    body::Frame,
    ext::ReasonPhrase,
    header::{CONNECTION, HeaderValue},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

use super::Response;

/// How a server speaks HTTP. The default is what hyper does.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a freedom of its own"
)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Transport {
    /// Answers carry the version HTTP/1.0.
    pub http_10: bool,
    /// Every connection is closed after one answer.
    pub close: bool,
    /// Header names begin their words with capitals, as the document's transcripts show them.
    pub title_case: bool,
    /// The body comes in pieces of unknown total length (chunked, or until the end of the
    /// connection under HTTP/1.0), with this pause between them.
    pub pieces: Option<Duration>,
    /// This interim answer (status 1xx) goes ahead of each answer. Goes with `close`.
    pub interim: Option<&'static str>,
    /// The status line has no reason phrase (RFC 9112, section 4, lets it be empty).
    pub no_reason: bool,
    /// Every byte is written by itself.
    pub byte_by_byte: bool,
    /// One connection at a time: the next is accepted when the last has ended. Goes with
    /// `close`, as a client that keeps a connection would lock itself out.
    pub serial: bool,
    /// Everything lives under this path, such as `/api/v1`.
    pub prefix: &'static str,
}

/// An answer as hyper writes it.
pub(super) type Written = hyper::Response<UnsyncBoxBody<Bytes, Infallible>>;

/// The bytes in a piece of a body that is sent in pieces.
const PIECE: usize = 16;

impl Transport {
    /// The answer as hyper is to write it.
    pub(super) fn write(&self, response: Response) -> Written {
        let body = match self.pieces {
            Some(pause) => in_pieces(response.body, pause),
            None => Full::new(response.body).boxed_unsync(),
        };
        let mut written = hyper::Response::new(body);
        *written.status_mut() = response.status;
        *written.headers_mut() = response.headers;
        if self.no_reason {
            written
                .extensions_mut()
                .insert(ReasonPhrase::from_static(b""));
        }
        if self.http_10 {
            *written.version_mut() = Version::HTTP_10;
        }
        if self.close {
            written
                .headers_mut()
                .insert(CONNECTION, HeaderValue::from_static("close"));
        }
        written
    }
}

fn in_pieces(body: Bytes, pause: Duration) -> UnsyncBoxBody<Bytes, Infallible> {
    let frames = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        if !pause.is_zero() {
            tokio::time::sleep(pause).await;
        }
        let piece = rest.split_to(PIECE.min(rest.len()));
        Some((Ok(Frame::data(piece)), rest))
    });
    StreamBody::new(frames).boxed_unsync()
}

/// A connection that sends an interim answer ahead of the first thing that is written to it, and
/// that may write slowly.
pub(super) struct Announced {
    pub(super) inner: TcpStream,
    pub(super) interim: &'static [u8],
    /// The most bytes that are written at once.
    pub(super) most: usize,
}

impl AsyncRead for Announced {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl AsyncWrite for Announced {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        while !self.interim.is_empty() {
            let interim = self.interim;
            let written =
                std::task::ready!(Pin::new(&mut self.inner).poll_write(context, interim))?;
            self.interim = &interim[written..];
        }
        let piece = &bytes[..self.most.min(bytes.len())];
        Pin::new(&mut self.inner).poll_write(context, piece)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
