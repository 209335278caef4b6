//! How far a connection's current request has come, and the stream that loses patience when it
//! does not come further.
//!
//! hyper bounds the time until a head has arrived, idle waiting included. A client may well wait
//! for a minute, but once it has begun to speak it has to get to the point; and it has to read
//! what it is answered. Both are seen only where the bytes pass.

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// Where the connection is. One task reads and writes it; it is atomic only to be shared.
#[derive(Debug, Default)]
pub(super) struct Pace(AtomicU8);

/// Nothing has ever arrived.
const FRESH: u8 = 0;
/// The last request has its answer, and nothing of a next one has arrived.
const WAITING: u8 = 1;
/// A head is arriving.
const HEAD: u8 = 2;
/// A head is complete and its answer is not.
const ANSWERING: u8 = 3;

impl Pace {
    /// The head is complete.
    pub(super) fn answering(&self) {
        self.0.store(ANSWERING, Ordering::Relaxed);
    }

    /// The answer is made; the next request may come.
    pub(super) fn answered(&self) {
        self.0.store(WAITING, Ordering::Relaxed);
    }

    /// Whether nothing has ever arrived.
    pub(super) fn is_fresh(&self) -> bool {
        self.0.load(Ordering::Relaxed) == FRESH
    }

    /// Bytes have come.
    fn heard(&self) {
        if matches!(self.0.load(Ordering::Relaxed), FRESH | WAITING) {
            self.0.store(HEAD, Ordering::Relaxed);
        }
    }

    fn is_in_head(&self) -> bool {
        self.0.load(Ordering::Relaxed) == HEAD
    }
}

/// A stream that fails with `TimedOut` when a head does not end or a write does not go on.
#[derive(Debug)]
pub(super) struct Patient<S> {
    stream: S,
    pace: Arc<Pace>,
    head: Alarm,
    write: Alarm,
}

impl<S> Patient<S> {
    pub(super) fn new(stream: S, pace: Arc<Pace>, head: Duration, write: Duration) -> Self {
        Self {
            stream,
            pace,
            head: Alarm::new(head),
            write: Alarm::new(write),
        }
    }

    /// Lets a write pass, and fails it when it has been pending for too long.
    fn watch_write<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.write.off();
            return written;
        }
        ready!(self.write.poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.pace.heard();
        }
        if !self.pace.is_in_head() {
            self.head.off();
            return read;
        }
        if self.head.poll(cx).is_ready() {
            return Poll::Ready(Err(ErrorKind::TimedOut.into()));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch_write(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watch_write(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A timer that is set by the first look at it and runs until it is switched off.
#[derive(Debug)]
struct Alarm {
    after: Duration,
    is_on: bool,
    /// Made once, when it is first needed: most connections never wait.
    timer: Option<Pin<Box<Sleep>>>,
}

impl Alarm {
    fn new(after: Duration) -> Self {
        Self {
            after,
            is_on: false,
            timer: None,
        }
    }

    fn off(&mut self) {
        self.is_on = false;
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let at = Instant::now() + self.after;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(at)));
        if !self.is_on {
            self.is_on = true;
            timer.as_mut().reset(at);
        }
        timer.as_mut().poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    const HEAD_TIME: Duration = Duration::from_secs(10);
    const WRITE_TIME: Duration = Duration::from_secs(20);

    fn patient() -> (
        Patient<tokio::io::DuplexStream>,
        tokio::io::DuplexStream,
        Arc<Pace>,
    ) {
        let (near, far) = duplex(16);
        let pace = Arc::new(Pace::default());
        let patient = Patient::new(near, Arc::clone(&pace), HEAD_TIME, WRITE_TIME);
        (patient, far, pace)
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_client_is_waited_for() {
        let (mut patient, _far, _) = patient();
        let waited = tokio::time::timeout(HEAD_TIME * 10, patient.read_u8()).await;
        assert!(waited.is_err(), "the read still waits");
    }

    #[tokio::test(start_paused = true)]
    async fn a_dripping_head_is_cut_off_however_often_a_byte_comes() {
        let (mut patient, mut far, _) = patient();
        let began = Instant::now();
        tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let error = loop {
            if let Err(error) = patient.read_u8().await {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() <= HEAD_TIME + Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_complete_head_has_its_time_behind_it() {
        let (mut patient, mut far, pace) = patient();
        far.write_all(b"xy").await.unwrap();
        patient.read_u8().await.unwrap();
        pace.answering();
        patient.read_u8().await.unwrap();
        let waited = tokio::time::timeout(HEAD_TIME * 10, patient.read_u8()).await;
        assert!(waited.is_err(), "the read still waits");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_does_not_read_is_cut_off() {
        let (mut patient, _far, _) = patient();
        let began = Instant::now();
        let error = patient.write_all(&[0; 17]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() >= WRITE_TIME);
    }
}
