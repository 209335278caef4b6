//! What the tests stand on: a server to ask, as a program or in the process, and a client that
//! sends bytes as they are.

pub(crate) mod inside;
pub(crate) mod program;
pub(crate) mod wire;
