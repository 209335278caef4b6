//! The words that tables of subjects are written in, so that a new row takes no line but its own.

pub(crate) use hyper::{Method, header};
pub(crate) use serde_json::{Value, json};
pub(crate) use uuid::Uuid;

pub(crate) use super::{
    documented::{LOGINS, LOGOUTS, PROFILES, REGISTRATIONS, TOKENS, UPDATES, profile_of, success},
    edits::{ANY, Edit::*, Row},
    effects::{Act::*, When::*, Whom::*},
};
pub(crate) use crate::proof::proxy::{Account, Case, ObservedState, Request, Response, Transport};
