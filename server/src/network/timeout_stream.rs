//! The timeout stream: it fails when a request's head does not end, when nothing comes, and when a
//! client that waits for an answer has hung up.
//!
//! hyper bounds the time until a head has arrived, waiting for its first byte included, and sets a
//! timer for each. A client may well wait for a minute, but once it has begun to speak it has to
//! get to the point. Both are seen only where the bytes pass, and one timer a connection is enough:
//! it is set anew when it has run off, not for every request. (That an answer is read in time is
//! for `tokio-io-timeout` to see.)

use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// Where the connection is. One task reads and writes it; it is atomic only to be shared.
#[derive(Debug, Default)]
pub(super) struct Phase {
    now: AtomicU8,
    has_ended: AtomicBool,
    /// Whom to tell that a client that sends nothing more has its answer.
    waker: Mutex<Option<Waker>>,
}

/// Nothing has ever arrived.
const FRESH: u8 = 0;
/// The last request has its answer, and nothing of a next one has arrived.
const IDLE: u8 = 1;
/// A head is arriving.
const HEAD: u8 = 2;
/// A body is arriving.
const BODY: u8 = 3;
/// The request is complete and its answer is not.
const ANSWERING: u8 = 4;

impl Phase {
    pub(super) fn head_ended(&self, has_body: bool) {
        self.set(if has_body { BODY } else { ANSWERING });
    }

    pub(super) fn body_ended(&self) {
        self.set(ANSWERING);
    }

    pub(super) fn answered(&self) {
        self.set(IDLE);
        if self.has_ended()
            && let Some(waker) = self.waker().take()
        {
            waker.wake();
        }
    }

    fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::Relaxed)
    }

    fn waker(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether nothing has ever arrived.
    pub(super) fn is_fresh(&self) -> bool {
        self.get() == FRESH
    }

    fn get(&self) -> u8 {
        self.now.load(Ordering::Relaxed)
    }

    fn set(&self, phase: u8) {
        self.now.store(phase, Ordering::Relaxed);
    }
}

/// How long may be waited, for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadTimes {
    /// For the end of a head, from its first byte.
    pub(super) head: Duration,
    /// For a next request, from the last byte of the one before.
    pub(super) idle: Duration,
    /// For the answer, from the client's last word.
    pub(super) half_closed: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wait {
    Head,
    Idle,
    HalfClosed,
}

/// How often hyper is let come back for more of a body that has ended: it may have all of it, and
/// the request it is for may not have seen that yet.
const LOOKS: u8 = 8;

/// A stream that fails with `TimedOut` when a wait takes too long.
#[derive(Debug)]
pub(super) struct TimeoutStream<S> {
    stream: S,
    phase: Arc<Phase>,
    times: ReadTimes,
    /// When the wait that is going on has to have ended.
    deadline: Option<(Wait, Instant)>,
    looks: u8,
    /// Made when it is first needed.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S> TimeoutStream<S> {
    pub(super) fn new(stream: S, phase: Arc<Phase>, times: ReadTimes) -> Self {
        Self {
            stream,
            phase,
            times,
            deadline: None,
            looks: 0,
            timer: None,
        }
    }

    /// Bytes have come, which ends a wait; but for that of a head, however often a byte comes.
    fn heard(&mut self) -> io::Result<()> {
        if matches!(self.phase.get(), FRESH | IDLE) {
            self.phase.set(HEAD);
        }
        match self.deadline {
            Some((Wait::Head, deadline)) if self.phase.get() == HEAD => {
                if Instant::now() >= deadline {
                    return Err(ErrorKind::TimedOut.into());
                }
            }
            _ => self.deadline = None,
        }
        Ok(())
    }

    /// Nothing has come; an error when that has gone on for too long.
    fn poll_silence(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let phase = self.phase.get();
            let wait = if phase == HEAD {
                Wait::Head
            } else {
                Wait::Idle
            };
            ready!(self.poll_deadline(cx, wait));
            if !matches!(phase, BODY | ANSWERING) {
                return Poll::Ready(Err(ErrorKind::TimedOut.into()));
            }
            // It is not the client that is waited for, or the body has a time of its own.
            self.deadline = None;
        }
    }

    /// Nothing will come any more. hyper looks for that while it answers a request, and gives the
    /// request up when it is told.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.phase.get() {
            ANSWERING => {
                *self.phase.waker() = Some(cx.waker().clone());
                self.poll_deadline(cx, Wait::HalfClosed).map(Ok)
            }
            BODY if self.looks < LOOKS => {
                self.looks += 1;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            _ => Poll::Ready(Ok(())),
        }
    }

    fn poll_deadline(&mut self, cx: &mut Context<'_>, wait: Wait) -> Poll<()> {
        let deadline = match self.deadline {
            Some((of, deadline)) if of == wait => deadline,
            _ => {
                Instant::now()
                    + match wait {
                        Wait::Head => self.times.head,
                        Wait::Idle => self.times.idle,
                        Wait::HalfClosed => self.times.half_closed,
                    }
            }
        };
        self.deadline = Some((wait, deadline));
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        loop {
            ready!(timer.as_mut().poll(cx));
            if Instant::now() >= deadline {
                return Poll::Ready(());
            }
            // It was set for an earlier wait.
            timer.as_mut().reset(deadline);
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for TimeoutStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.phase.has_ended() {
            return this.poll_end(cx);
        }
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(cx, buffer) {
            Poll::Pending => this.poll_silence(cx),
            Poll::Ready(Ok(())) if buffer.filled().len() > before => Poll::Ready(this.heard()),
            Poll::Ready(Ok(())) => {
                this.phase.has_ended.store(true, Ordering::Relaxed);
                this.poll_end(cx)
            }
            Poll::Ready(error) => Poll::Ready(error),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TimeoutStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};

    use super::*;

    const TIMES: ReadTimes = ReadTimes {
        head: Duration::from_secs(10),
        idle: Duration::from_secs(100),
        half_closed: Duration::from_secs(5),
    };

    fn stream() -> (TimeoutStream<DuplexStream>, DuplexStream, Arc<Phase>) {
        let (near, far) = duplex(16);
        let phase = Arc::new(Phase::default());
        let stream = TimeoutStream::new(near, Arc::clone(&phase), TIMES);
        (stream, far, phase)
    }

    async fn waits(stream: &mut TimeoutStream<DuplexStream>, time: Duration) -> bool {
        tokio::time::timeout(time, stream.read_u8()).await.is_err()
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_client_is_waited_for_and_not_for_ever() {
        let (mut stream, _far, _) = stream();
        assert!(waits(&mut stream, TIMES.idle / 2).await);
        let error = stream.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_dripping_head_is_cut_off_however_often_a_byte_comes() {
        let (mut stream, mut far, _) = stream();
        let began = Instant::now();
        tokio::spawn(async move {
            while far.write_all(b"x").await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        let error = loop {
            if let Err(error) = stream.read_u8().await {
                break error;
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        assert!(began.elapsed() <= TIMES.head + Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn a_complete_head_has_its_time_behind_it() {
        let (mut stream, mut far, phase) = stream();
        far.write_all(b"xy").await.unwrap();
        stream.read_u8().await.unwrap();
        phase.head_ended(false);
        stream.read_u8().await.unwrap();
        assert!(waits(&mut stream, TIMES.idle * 10).await);
    }

    #[tokio::test(start_paused = true)]
    async fn each_wait_has_its_own_time() {
        let (mut stream, mut far, phase) = stream();
        for _ in 0..3 {
            assert!(waits(&mut stream, TIMES.idle / 2).await);
            far.write_all(b"x").await.unwrap();
            stream.read_u8().await.unwrap();
            phase.head_ended(false);
            phase.answered();
        }
        far.write_all(b"x").await.unwrap();
        stream.read_u8().await.unwrap();
        assert!(
            waits(&mut stream, TIMES.head / 2).await,
            "it is within a head"
        );
        let began = Instant::now();
        assert!(stream.read_u8().await.is_err());
        assert!(began.elapsed() <= TIMES.head / 2);
    }

    #[tokio::test(start_paused = true)]
    async fn an_end_is_told_at_once_but_to_a_request_that_is_being_answered() {
        for (phase_of_end, told_after) in [
            (FRESH, Duration::ZERO),
            (HEAD, Duration::ZERO),
            (BODY, Duration::ZERO),
            (ANSWERING, TIMES.half_closed),
        ] {
            let (mut stream, far, phase) = stream();
            phase.set(phase_of_end);
            drop(far);
            let began = Instant::now();
            let error = stream.read_u8().await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnexpectedEof);
            let took = began.elapsed();
            assert!(took >= told_after && took < told_after + Duration::from_millis(5));
        }
    }
}
