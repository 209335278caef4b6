//! A database in memory that takes only the room it uses.
//!
//! redb lays a new database out over a megabyte, nearly all of it untouched, and its own backend
//! for memory holds every byte. A test that starts hundreds of servers would feel that.

use std::collections::HashMap;
use std::fmt;
use std::io;
use std::sync::{PoisonError, RwLock};

use redb::StorageBackend;

/// How much is held or not, in bytes: redb's page.
const BLOCK: usize = 4096;

/// A file of blocks, of which those that were never written are not held and read as zeros.
#[derive(Default)]
pub(super) struct Memory(RwLock<File>);

#[derive(Default)]
struct File {
    len: u64,
    blocks: HashMap<u64, Box<[u8; BLOCK]>>,
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}

impl StorageBackend for Memory {
    fn len(&self) -> Result<u64, io::Error> {
        let file = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Ok(file.len)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let file = self.0.read().unwrap_or_else(PoisonError::into_inner);
        for piece in file.pieces(offset, out.len())? {
            let out = &mut out[piece.done..piece.done + piece.len];
            match file.blocks.get(&piece.block) {
                Some(block) => out.copy_from_slice(&block[piece.start..piece.start + piece.len]),
                None => out.fill(0),
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        let mut file = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if len < file.len {
            // What is cut off reads as zeros should the file grow again.
            let (whole, rest) = split(len);
            file.blocks
                .retain(|block, _| *block < whole + u64::from(rest > 0));
            if let Some(last) = file.blocks.get_mut(&whole) {
                last[rest..].fill(0);
            }
        }
        file.len = len;
        Ok(())
    }

    fn sync_data(&self) -> Result<(), io::Error> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        let mut file = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for piece in file.pieces(offset, data.len())? {
            let block = file
                .blocks
                .entry(piece.block)
                .or_insert_with(|| Box::new([0; BLOCK]));
            block[piece.start..piece.start + piece.len]
                .copy_from_slice(&data[piece.done..piece.done + piece.len]);
        }
        Ok(())
    }
}

/// A part of a read or write that lies in one block.
struct Piece {
    block: u64,
    /// Where in the block it starts.
    start: usize,
    len: usize,
    /// How much of the whole came before it.
    done: usize,
}

impl File {
    /// The pieces of a range, which has to lie within the file.
    fn pieces(&self, offset: u64, len: usize) -> io::Result<impl Iterator<Item = Piece> + use<>> {
        let end = u64::try_from(len)
            .ok()
            .and_then(|len| offset.checked_add(len));
        if end.is_none_or(|end| end > self.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut done = 0;
        Ok(std::iter::from_fn(move || {
            let (block, start) = split(offset + done as u64);
            let piece = Piece {
                block,
                start,
                len: (len - done).min(BLOCK - start),
                done,
            };
            done += piece.len;
            (piece.len > 0).then_some(piece)
        }))
    }
}

/// The block of an offset, and the place in it.
fn split(offset: u64) -> (u64, usize) {
    let size = BLOCK as u64;
    let rest = usize::try_from(offset % size).unwrap_or(0);
    (offset / size, rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Act {
        SetLen(u64),
        Write(u64, Vec<u8>),
        Read(u64, usize),
    }

    fn act() -> impl Strategy<Value = Act> {
        let offset = 0_u64..20_000;
        prop_oneof![
            offset.clone().prop_map(Act::SetLen),
            (offset.clone(), proptest::collection::vec(1_u8.., 0..9000))
                .prop_map(|(offset, data)| Act::Write(offset, data)),
            (offset, 0_usize..9000).prop_map(|(offset, len)| Act::Read(offset, len)),
        ]
    }

    proptest! {
        /// It behaves as one long piece of memory does.
        #[test]
        fn it_is_a_file(acts in proptest::collection::vec(act(), 0..20)) {
            let memory = Memory::default();
            let mut model: Vec<u8> = Vec::new();
            for act in acts {
                match act {
                    Act::SetLen(len) => {
                        memory.set_len(len).unwrap();
                        model.resize(usize::try_from(len).unwrap(), 0);
                    }
                    Act::Write(offset, data) => {
                        let start = usize::try_from(offset).unwrap();
                        let written = memory.write(offset, &data);
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
                        let read = memory.read(offset, &mut out);
                        match model.get(start..start + len) {
                            Some(expected) => prop_assert_eq!(&out, expected),
                            None => prop_assert!(read.is_err()),
                        }
                    }
                }
                prop_assert_eq!(memory.len().unwrap(), model.len() as u64);
            }
        }
    }
}
