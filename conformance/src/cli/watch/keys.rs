//! What somebody types, key by key.

use std::io::{self, IsTerminal as _, Read as _};

use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// A key that means something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Key {
    /// Judge everything again.
    Everything,
    /// Show the next failure.
    Next,
    /// Show the previous failure.
    Previous,
    /// End.
    Quit,
}

/// The keyboard, one key at a time and without an echo, as long as this lives.
pub(super) struct Keys {
    before: Termios,
    typed: UnboundedReceiver<Key>,
}

impl Keys {
    /// Listens, where there is a terminal on both sides.
    pub(super) fn listen() -> Option<Self> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return None;
        }
        let before = tcgetattr(io::stdin()).ok()?;
        let mut keys = before.clone();
        // Ctrl-C stays what it is.
        keys.local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Now, &keys).ok()?;
        let (press, typed) = unbounded_channel();
        // Ends with the process: nothing wakes a thread that waits for a key.
        std::thread::spawn(move || {
            for byte in io::stdin().lock().bytes().map_while(Result::ok) {
                let key = match byte {
                    b'a' | b'\n' | b'\r' => Key::Everything,
                    b'n' => Key::Next,
                    b'p' => Key::Previous,
                    b'q' | 4 => Key::Quit,
                    _ => continue,
                };
                if press.send(key).is_err() {
                    return;
                }
            }
        });
        Some(Self { before, typed })
    }

    /// The next key; `None` once nobody can type any more.
    pub(super) async fn next(&mut self) -> Option<Key> {
        self.typed.recv().await
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}
