//! The reference implementation of the user authentication service that `authspec` checks:
//! register, log in, see the profile, log out, reset and update a password.
//!
//! Data goes down, answers come up, and nobody reaches past a neighbour:
//!
//! ```text
//! main → network → app → auth → db
//!                   │      └→ network::hash_pool
//!                   └→ http
//! ```
//!
//! What the document asks is `app`, `auth`, `user`, `db` and `http`; `network` keeps it alive
//! where clients are hostile, and a first reader may skip it.
//!
//! [`serve()`] is all that another program needs. [`Auth`], [`Db`] and [`User`] are public because
//! the document describes them, and its transcripts are tests of them.

mod app;
mod auth;
mod db;
pub mod http;
mod network;
mod settings;
mod user;

pub use auth::{
    Auth, OpenAuthError, PasswordError, Passwords, RegisterError, ResetError, Unacceptable,
    Unavailable, UpdatePasswordError,
};
pub use db::{
    AddError, Arguments, Db, Failed, FindError, OpenError, StoreError, Transaction, UpdateError,
    Value,
};
pub use network::peer::Peer;
pub use network::{ServeError, Server, serve};
pub use settings::{Limits, Settings, Store};
pub use user::{Attribute, UnknownAttribute, User};
