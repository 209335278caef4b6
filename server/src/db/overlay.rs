//! A file that is read and never written: what redb would write, repairing it, is remembered
//! instead.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::FileExt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use redb::StorageBackend;

/// The file, and what has been written since. A look at a database writes little, so a read goes
/// through all of it.
#[derive(Debug)]
pub(super) struct Overlay {
    file: File,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    len: u64,
    /// How much of the file itself still shows.
    of_file: u64,
    writes: Vec<(u64, Vec<u8>)>,
}

impl Overlay {
    pub(super) fn over(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        let state = State {
            len,
            of_file: len,
            writes: Vec::new(),
        };
        let state = Mutex::new(state);
        Ok(Self { file, state })
    }

    /// The state, if the range lies within the file.
    fn state(&self, offset: u64, len: usize) -> io::Result<MutexGuard<'_, State>> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match offset.checked_add(len as u64) {
            Some(end) if end <= state.len => Ok(state),
            _ => Err(ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state(0, 0)?.len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.state(offset, out.len())?;
        let shown = state.of_file.saturating_sub(offset);
        let shown = usize::try_from(shown).unwrap_or(usize::MAX).min(out.len());
        self.file.read_exact_at(&mut out[..shown], offset)?;
        out[shown..].fill(0);
        for (start, data) in &state.writes {
            // Where the two overlap, in the one and in the other.
            let into = usize::try_from(start.saturating_sub(offset)).unwrap_or(usize::MAX);
            let from = usize::try_from(offset.saturating_sub(*start)).unwrap_or(usize::MAX);
            if into < out.len() && from < data.len() {
                let len = (out.len() - into).min(data.len() - from);
                out[into..into + len].copy_from_slice(&data[from..from + len]);
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.state(0, 0)?;
        state.of_file = state.of_file.min(len);
        // What is cut off reads as zeros should the file grow again.
        for (start, data) in &mut state.writes {
            data.truncate(usize::try_from(len.saturating_sub(*start)).unwrap_or(usize::MAX));
        }
        state.len = len;
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.state(offset, data.len())?;
        state.writes.push((offset, data.to_vec()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Act {
        SetLen(u64),
        Write(u64, Vec<u8>),
        Read(u64, usize),
    }

    fn act() -> impl Strategy<Value = Act> {
        let offset = 0_u64..200;
        prop_oneof![
            offset.clone().prop_map(Act::SetLen),
            (offset.clone(), proptest::collection::vec(1_u8.., 0..90))
                .prop_map(|(offset, data)| Act::Write(offset, data)),
            (offset, 0_usize..90).prop_map(|(offset, len)| Act::Read(offset, len)),
        ]
    }

    proptest! {
        /// It behaves as a file does that may be written, and the file stays as it was.
        #[test]
        fn it_is_a_file(
            content in proptest::collection::vec(1_u8.., 0..150),
            acts in proptest::collection::vec(act(), 0..20)
        ) {
            let mut file = tempfile::tempfile().unwrap();
            file.write_all(&content).unwrap();
            let overlay = Overlay::over(file.try_clone().unwrap()).unwrap();
            let mut model = content.clone();
            for act in acts {
                match act {
                    Act::SetLen(len) => {
                        overlay.set_len(len).unwrap();
                        model.resize(usize::try_from(len).unwrap(), 0);
                    }
                    Act::Write(offset, data) => {
                        let start = usize::try_from(offset).unwrap();
                        let written = overlay.write(offset, &data);
                        match model.get_mut(start..start + data.len()) {
                            Some(place) => {
                                prop_assert!(written.is_ok());
                                place.copy_from_slice(&data);
                            }
                            None => prop_assert!(written.is_err()),
                        }
                    }
                    Act::Read(offset, len) => {
                        let start = usize::try_from(offset).unwrap();
                        let mut out = vec![0xff; len];
                        let read = overlay.read(offset, &mut out);
                        match model.get(start..start + len) {
                            Some(expected) => prop_assert_eq!(&out, expected),
                            None => prop_assert!(read.is_err()),
                        }
                    }
                }
            }
            prop_assert_eq!(overlay.len().unwrap(), model.len() as u64);
            let mut kept = vec![0; content.len()];
            file.read_exact_at(&mut kept, 0).unwrap();
            prop_assert_eq!(kept, content);
        }
    }
}
