//! What a subject without a story is made of: a row of a table, which names some cases and one
//! small edit of what is asked or answered there.

use serde_json::Value;

pub(crate) use super::apply::{profile_of, respond_with_its_cookies, success};
use super::{
    Subject,
    effects::{self, Act, When, Whom},
    shown_ids,
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

/// One small change. What has no name of its own here is a function.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    /// Another status, everything else kept.
    Status(u16),
    /// An error page of this status in place of the answer.
    Refuse(u16),
    /// The same, where the function says so.
    RefuseIf(u16, fn(&Request, &ObservedState) -> bool),
    /// An error page of this status, and the target never hears of the request, where the
    /// function says so.
    Deny(u16, fn(&Request, &ObservedState) -> bool),
    /// The same, where the function says so of the user that the request is about.
    DenyUser(u16, fn(&Account, &Request) -> bool),
    /// The documented success, and the target never hears of the request, where the function says
    /// so of the user that the request is about.
    Feign(fn(&Account, &Request) -> bool),
    /// An error page in place of those answers to one session that the function says by number.
    RefuseCounted(u16, fn(u64) -> bool),
    /// A redirection of this status in place of the answer.
    Redirect(u16, &'static str),
    /// The same status and another place to go to.
    Location(&'static str),
    /// Another of the legal ways to speak HTTP.
    On(fn() -> Transport),
    /// The documented success in place of a refusal.
    Succeed,
    /// The same, where the function says so.
    SucceedIf(fn(&Request, &ObservedState) -> bool),
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
    /// Another body, made of the documented one.
    Body(fn(String) -> String),
    /// Another spelling of the payload.
    Text(fn(Value) -> String),
    /// Another media type of what is a payload.
    PayloadType(&'static str),
    /// Another media type, or none.
    MediaType(Option<&'static str>),
    /// Another session cookie, where `{id}` stands for the session id.
    Cookie(&'static str),
    /// The profile of somebody, if there is such a user, in place of the answer.
    ProfileOf(for<'a> fn(&Request, &'a ObservedState) -> Option<&'a Account>),
    /// Any change of the answer.
    Respond(fn(&Request, &mut Response, &mut ObservedState)),
    /// An answer in place of the target's, which never hears of the request.
    Instead(fn(&Request, &mut ObservedState) -> Option<Response>),
    /// Any change of the request, which may stop at any time.
    Rewrite(fn(&mut Request, &mut ObservedState) -> Option<()>),
    /// Another value of a field of the form.
    Field(&'static str, fn(&str) -> String),
    /// Another form, made of the one that was sent.
    Form(fn(&Request) -> String),
    /// The password of the user, in place of a wrong one that the function takes for it.
    Accept(fn(&str, &str) -> bool),
    /// The password of the user, in place of a wrong one, where the function says so.
    AcceptIf(fn(&Account, &Request, &ObservedState) -> bool),
    /// The outstanding token of the user whom the function finds by another one.
    LiveToken(for<'a> fn(&'a ObservedState, &str) -> Option<&'a Account>),
    /// Session ids that look as the function makes them from the nth of the target's own, and
    /// work.
    ShowSessions(fn(&str, u64) -> String),
    /// The same for tokens.
    ShowTokens(fn(&str, u64) -> String),
    /// The email of a user, in place of one that nobody has and that the function takes for it.
    TakeEmail(fn(&str, &str) -> bool),
    /// A live session, in place of what the function takes for it.
    TakeSession(fn(&str, &str) -> bool),
    /// An outstanding token and its owner, in place of what the function takes for it.
    TakeToken(fn(&str, &str) -> bool),
    /// The session that the function finds in a cookie header.
    Cookies(fn(&str) -> Option<String>),
    /// Something done to users when the request comes.
    Effect(When, Act, Whom),
    /// Whatever can be said of a request before the target has it.
    Before(fn(Case, &mut Request, &mut ObservedState) -> Option<Response>),
    /// Whatever can be said of an answer of any case.
    After(fn(Case, &Request, &mut Response, &mut ObservedState)),
}

/// The faults of a table.
pub(crate) fn faults(table: &'static [Row]) -> Vec<Subject> {
    let fault = |&(id, sentence, caught_by, cases, edit): &Row| {
        Subject::fault(id, sentence, caught_by).with(middleware(cases, edit))
    };
    table.iter().map(fault).collect()
}

/// The freedoms of a table, where a row says what may fail instead of what must catch it.
pub(crate) fn freedoms(table: &'static [Row]) -> Vec<Subject> {
    let freedom = |&(id, sentence, may_fail, cases, edit): &Row| {
        let freedom = Subject::freedom(id, sentence).may_fail(may_fail);
        freedom.with(middleware(cases, edit))
    };
    table.iter().map(freedom).collect()
}

/// What a server does that makes this edit in these cases.
pub(crate) fn middleware(cases: &'static [Case], edit: Edit) -> Middleware {
    let usual = Middleware::default();
    let concerned = move |case| cases.is_empty() || cases.contains(&case);
    match edit {
        Edit::Before(change) => usual.before(change),
        Edit::After(change) => usual.after(change),
        Edit::Instead(_)
        | Edit::Deny(..)
        | Edit::DenyUser(..)
        | Edit::Feign(_)
        | Edit::AcceptIf(_)
        | Edit::LiveToken(_)
        | Edit::Rewrite(_)
        | Edit::Field(..)
        | Edit::Form(_)
        | Edit::Accept(_)
        | Edit::TakeEmail(_)
        | Edit::TakeSession(_)
        | Edit::TakeToken(_)
        | Edit::Cookies(_) => usual.before(move |case, request, state| {
            concerned(case)
                .then(|| edit.of_request(request, state))
                .flatten()
        }),
        Edit::ShowSessions(write) => shown_ids::sessions(write),
        Edit::ShowTokens(write) => shown_ids::tokens(write),
        Edit::Effect(when, act, whom) => usual.whole(move |case, request, upstream| async move {
            if concerned(case) {
                effects::response((when, act, whom), request, upstream).await
            } else {
                upstream.send(request).await
            }
        }),
        Edit::On(transport) => usual.on(transport()),
        _ if cases.is_empty() => usual.after(move |_, request, response, state| {
            edit.of_response(request, response, state);
        }),
        _ => usual.at(cases, move |request, response, state| {
            edit.of_response(request, response, state);
        }),
    }
}
