//! The vocabulary of the features, one file an area. Steps state what a person does or sees; how
//! that is sent and judged is the business of `world`, `client` and `expect`.

#![expect(
    clippy::needless_pass_by_value,
    reason = "cucumber hands captures over by value"
)]

mod accounts;
mod answers;
mod flow;
mod http;
mod input;
mod login;
mod profile;
mod registration;
mod reset;
mod update;
mod walk;
mod words;
