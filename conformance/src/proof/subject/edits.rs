//! What a subject without a story is made of: a row of a table, which names some cases and one
//! small edit of what is asked or answered there.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::{
    Kind, Subject,
    effects::{Act, When, Whom},
    shown_ids::{self, Write},
};
use crate::proof::proxy::{Account, Case, Middleware, ObservedState, Request, Response, Transport};

/// A subject as a row: its id, its sentence, what must catch it or may fail, the cases it is about ([`ANY`] is
/// every one), and what it does there.
pub(crate) type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [Case],
    Edit,
);

/// For an edit that looks for itself where it belongs.
pub(crate) const ANY: &[Case] = &[];

/// The fields of a form, in order.
type Fields = Vec<(String, String)>;

/// Finds a user by what is asked.
pub(super) type Find = for<'a> fn(&Request, &'a ObservedState) -> Option<&'a Account>;

/// Finds a user by a token.
type FindByToken = for<'a> fn(&'a ObservedState, &str) -> Option<&'a Account>;

/// Whether the first, which was sent, is taken for the second, which is right.
type Same = fn(&str, &str) -> bool;

/// One small change. What has no name of its own here is a function.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    /// Another status, everything else kept.
    Status(u16),
    /// An error page of this status in place of the answer.
    Refuse(u16),
    /// The same, where the function says so.
    RefuseIf(u16, fn(&Request, &ObservedState) -> bool),
    /// An error page in place of those answers to one session that the function says by number.
    RefuseCounted(u16, fn(u64) -> bool),
    /// A redirection of this status in place of the answer.
    Redirect(u16, &'static str),
    /// The documented success in place of a refusal.
    Succeed,
    /// The same, where the function says so.
    SucceedIf(fn(&Request, &ObservedState) -> bool),
    /// Another value of a header, or one more header.
    Header(&'static str, &'static str),
    /// An answer without a header.
    WithoutHeader(&'static str),
    /// Another media type of what is a payload.
    PayloadType(&'static str),
    /// Another session cookie, where `{id}` stands for the session id.
    Cookie(&'static str),
    /// This JSON with status 200 in place of the answer.
    Json(&'static str),
    /// Another value of a member of the payload, in JSON.
    Member(&'static str, &'static str),
    /// Another value of a member of the payload, made of the request.
    MemberOf(
        &'static str,
        fn(&Request, &mut ObservedState) -> Option<String>,
    ),
    /// A payload without one of its members.
    Without(&'static str),
    /// A member of the payload under another name.
    Renamed(&'static str, &'static str),
    /// The email in the payload, written otherwise.
    Email(fn(&str) -> String),
    /// Another payload, made of the documented one.
    Payload(fn(Value) -> Value),
    /// Another spelling of the payload.
    Text(fn(Value) -> String),
    /// Another body, made of the documented one.
    Body(fn(String) -> String),
    /// Every body in this encoding.
    Encoding(&'static str, fn(&[u8]) -> Vec<u8>),
    /// Another answer in place of every refusal that has no documented payload.
    Refusal(fn(u16) -> Response),
    /// The profile of somebody, if there is such a user, in place of the answer.
    ProfileOf(Find),
    /// Any change of the answer.
    After(fn(Case, &Request, &mut Response, &mut ObservedState)),

    /// This answer, and the target never hears of the request.
    Answer(fn(&Request) -> Response),
    /// An error page of this status, and the target never hears of the request, where the
    /// function says so.
    Deny(u16, fn(&Request, &ObservedState) -> bool),
    /// The same, where the function says so of the user that the request is about.
    DenyUser(u16, fn(&Account, &Request) -> bool),
    /// The documented success, and the target never hears of the request, where the function says
    /// so of the user that the request is about.
    Feign(fn(&Account, &Request) -> bool),
    /// Another value of a field of the form.
    Field(&'static str, fn(&str) -> String),
    /// Another form, made of the one that was sent.
    Form(fn(&Request) -> String),
    /// Other fields, made of those that were sent.
    Fields(fn(Fields) -> Fields),
    /// The fields of a registration that the form lacks, taken from the query.
    QueryToo,
    /// The session that the function finds in a cookie header.
    Cookies(fn(&str) -> Option<String>),
    /// The password of the user, in place of a wrong one that the function takes for it.
    Accept(Same),
    /// The password of the user, in place of a wrong one, where the function says so.
    AcceptIf(fn(&Account, &Request, &ObservedState) -> bool),
    /// The email of a user, in place of one that nobody has and that the function takes for it.
    TakeEmail(Same),
    /// A live session, in place of what the function takes for it.
    TakeSession(Same),
    /// The same, or an outstanding token where the form has one.
    TakeId(Same),
    /// An outstanding token and its owner, in place of what the function takes for it.
    TakeToken(Same),
    /// The outstanding token of the user whom the function finds by another one.
    LiveToken(FindByToken),
    /// Any change of the request, or an answer in place of the target's.
    Before(fn(Case, &mut Request, &mut ObservedState) -> Option<Response>),

    /// Session ids that look as the function makes them from the nth of the target's own, and
    /// work.
    ShowSessions(Write),
    /// The same for tokens.
    ShowTokens(Write),
    /// The same for both.
    ShowIds(Write),
    /// A new token of the user whom the function finds by another one.
    FreshToken(FindByToken),
    /// Something done to users when the request comes.
    Effect(When, Act, Whom),
    /// A registration of the email of the form when the request comes, with this password where
    /// the form has none.
    Registers(When, &'static str),
    /// Another answer to those requests that follow the last answer within this time, but for so
    /// many of them in a row.
    Hasty(Duration, u64, fn() -> Response),
    /// Another of the legal ways to speak HTTP.
    On(fn() -> Transport),
    /// Anything else, of all requests: what waits, minds who meets whom, or asks the target more
    /// than once.
    Whole(fn(Middleware) -> Middleware),
    /// Several edits, each in cases of its own.
    All(&'static [(&'static [Case], Edit)]),
}

/// The subjects of a table.
pub(crate) fn subjects(kind: Kind, table: &'static [Row]) -> impl Iterator<Item = Subject> {
    table
        .iter()
        .map(move |&(id, sentence, about, cases, edit)| {
            Subject::new(kind, id, sentence, about, middleware(cases, edit))
        })
}

/// What a server does that makes this edit in these cases.
pub(crate) fn middleware(cases: &'static [Case], edit: Edit) -> Middleware {
    edit.join(Middleware::default(), cases)
}

impl Edit {
    /// Adds the edit to what a server does already.
    fn join(self, mut usual: Middleware, cases: &'static [Case]) -> Middleware {
        let concerned = move |case| cases.is_empty() || cases.contains(&case);
        match self {
            Self::All(edits) => {
                let join =
                    |usual, &(cases, edit): &(&'static [Case], Self)| edit.join(usual, cases);
                edits.iter().fold(usual, join)
            }
            Self::On(transport) => {
                usual.transport = transport();
                usual
            }
            Self::Whole(change) => change(usual),
            Self::ShowSessions(write) => shown_ids::sessions(usual, write),
            Self::ShowTokens(write) => shown_ids::tokens(usual, write),
            Self::ShowIds(write) => shown_ids::tokens(shown_ids::sessions(usual, write), write),
            Self::Hasty(within, taken, response) => {
                let hasty = move |last: Instant| last.elapsed() < within;
                usual.is_timing_sensitive = true;
                usual.before(move |_, _, state| {
                    if state.last_response.is_some_and(hasty) {
                        return (state.count("haste") > taken).then(response);
                    }
                    state.forget("haste");
                    None
                })
            }
            Self::Effect(..) | Self::Registers(..) | Self::FreshToken(_) => {
                usual.whole(move |case, request, upstream| async move {
                    if concerned(case) {
                        self.of_exchange(request, &upstream).await
                    } else {
                        upstream.send(request).await
                    }
                })
            }
            _ => {
                let usual = usual.before(move |case, request, state| {
                    concerned(case)
                        .then(|| self.of_request(case, request, state))
                        .flatten()
                });
                usual.at(cases, move |case, request, response, state| {
                    self.of_response(case, request, response, state);
                })
            }
        }
    }
}
