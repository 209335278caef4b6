//! What a command printed: its beginning and its end are kept, whatever it prints in between.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::io::{AsyncRead, AsyncReadExt as _};

/// The most that is kept of the beginning, where a start that fails says why.
const BEGINNING: usize = 16 * 1024;

/// The most that is kept of the end, where a process that dies says why.
const END: usize = 48 * 1024;

/// What a command printed on both of its outputs, in the order of arrival.
#[derive(Clone, Debug, Default)]
pub(super) struct Output(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    beginning: Vec<u8>,
    end: VecDeque<u8>,
    /// Bytes that were printed in between and are gone.
    dropped: u64,
    /// What we have to say of it, which nothing that it prints pushes out.
    notes: BTreeSet<String>,
}

impl Output {
    /// Reads until the other side closes. Nothing is ever left unread: a full pipe would stop
    /// the command in the middle of a sentence.
    pub(super) async fn read(self, mut from: impl AsyncRead + Unpin) {
        let mut buffer = vec![0; 8 * 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            self.add(&buffer[..count]);
        }
    }

    fn add(&self, bytes: &[u8]) {
        let mut kept = self.lock();
        let free = BEGINNING - kept.beginning.len();
        let (first, rest) = bytes.split_at(free.min(bytes.len()));
        kept.beginning.extend_from_slice(first);
        kept.end.extend(rest);
        let over = kept.end.len().saturating_sub(END);
        kept.end.drain(..over);
        kept.dropped += over as u64;
    }

    /// How much was printed, in bytes.
    pub(super) fn length(&self) -> u64 {
        let kept = self.lock();
        kept.dropped + (kept.beginning.len() + kept.end.len()) as u64
    }

    /// Adds a line of ours, once.
    pub(super) fn note(&self, line: String) {
        self.lock().notes.insert(line);
    }

    /// All that is kept, bytes that are no text replaced.
    pub(super) fn text(&self) -> String {
        let kept = self.lock();
        let mut bytes = kept.beginning.clone();
        if kept.dropped > 0 {
            let gap = format!("\n[… {} bytes left out …]\n", kept.dropped);
            bytes.extend_from_slice(gap.as_bytes());
        }
        bytes.extend(&kept.end);
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        for note in &kept.notes {
            text.push_str("\nauthspec: ");
            text.push_str(note);
        }
        text
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_kept_whole() {
        let output = Output::default();
        output.add(b"one\n");
        output.add("zwei \u{e9}\n".as_bytes());
        assert_eq!(output.text(), "one\nzwei \u{e9}\n");
    }

    #[test]
    fn of_much_the_beginning_and_the_end_are_kept() {
        let output = Output::default();
        output.add(b"first");
        for _ in 0..1000 {
            output.add(&[b'x'; 1000]);
        }
        output.add(b"last");
        let text = output.text();
        assert!(text.starts_with("firstxxx"));
        assert!(text.ends_with("xxxlast"));
        let dropped = 1_000_009 - BEGINNING - END;
        assert!(text.contains(&format!("[… {dropped} bytes left out …]")));
        assert!(text.len() < BEGINNING + END + 100);
    }
}
