//! The reference implementation of the user authentication service that `authspec` checks:
//! register, log in, see the profile, log out, reset and update a password.
//!
//! Data goes down, answers come up, and nobody reaches past a neighbour:
//!
//! ```text
//! main → serve → app → auth → db
//!                 │      └→ hashing
//!                 └→ http
//! ```
//!
//! [`serve()`] is all that another program needs. [`Auth`], [`Db`] and [`User`] are public because
//! the document describes them, and its transcripts are tests of them.

mod app;
mod auth;
mod client;
mod db;
mod hashing;
pub mod http;
mod serve;
mod settings;
mod user;

pub use auth::{
    Auth, OpenAuthError, RegisterError, ResetError, Unacceptable, Unavailable, UpdatePasswordError,
};
pub use client::Client;
pub use db::{AddError, Db, FindError, OpenError, StoreError, UpdateError, Value};
pub use serve::{ServeError, Server, serve};
pub use settings::{Limits, Settings, Store};
pub use user::{Attribute, UnknownAttribute, User};
