//! HTTP pieces that know nothing of users: a form body, a cookie, an answer.

pub mod answer;
pub mod body;
pub mod cookies;
pub mod form;
