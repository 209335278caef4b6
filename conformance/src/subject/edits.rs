//! What a subject without a story is made of: a row of a table, which names some cases and one
//! small edit of what is asked or answered there.

use hyper::header;
use serde_json::{Value, json};

use super::{
    documented,
    effects::{self, Act, When, Whom},
    shown_ids,
};
use crate::{
    proxy::{Account, Answer, Ask, Case, Shadow, Wire},
    subject::Subject,
};

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
    RefuseIf(u16, fn(&Ask, &Shadow) -> bool),
    /// An error page of this status, and the target never hears of the request, where the
    /// function says so.
    Deny(u16, fn(&Ask, &Shadow) -> bool),
    /// The same, where the function says so of the user that the request is about.
    DenyUser(u16, fn(&Account, &Ask) -> bool),
    /// The documented success, and the target never hears of the request, where the function says
    /// so of the user that the request is about.
    Feign(fn(&Account, &Ask) -> bool),
    /// An error page in place of those answers to one session that the function says by number.
    RefuseCounted(u16, fn(u64) -> bool),
    /// A redirection of this status in place of the answer.
    Redirect(u16, &'static str),
    /// The same status and another place to go to.
    Location(&'static str),
    /// Another of the legal ways to speak HTTP.
    On(fn() -> Wire),
    /// The documented success in place of a refusal.
    Succeed,
    /// The same, where the function says so.
    SucceedIf(fn(&Ask, &Shadow) -> bool),
    /// This JSON with status 200 in place of the answer.
    Json(&'static str),
    /// Another value of a member of the payload, in JSON.
    Member(&'static str, &'static str),
    /// Another value of a member of the payload, made of the request.
    MemberOf(&'static str, fn(&Ask, &mut Shadow) -> Option<String>),
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
    ProfileOf(for<'a> fn(&Ask, &'a Shadow) -> Option<&'a Account>),
    /// Any change of the answer.
    Answers(fn(&Ask, &mut Answer, &mut Shadow)),
    /// An answer in place of the target's, which never hears of the request.
    Instead(fn(&Ask, &mut Shadow) -> Option<Answer>),
    /// Any change of the request, which may stop at any time.
    Asks(fn(&mut Ask, &mut Shadow) -> Option<()>),
    /// Another value of a field of the form.
    Field(&'static str, fn(&str) -> String),
    /// Another form, made of the one that was sent.
    Form(fn(&Ask) -> String),
    /// The password of the user, in place of a wrong one that the function takes for it.
    Accept(fn(&str, &str) -> bool),
    /// The password of the user, in place of a wrong one, where the function says so.
    AcceptIf(fn(&Account, &Ask, &Shadow) -> bool),
    /// The outstanding token of the user whom the function finds by another one.
    LiveToken(for<'a> fn(&'a Shadow, &str) -> Option<&'a Account>),
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
    Before(fn(Case, &mut Ask, &mut Shadow) -> Option<Answer>),
    /// Whatever can be said of an answer of any case.
    After(fn(Case, &Ask, &mut Answer, &mut Shadow)),
}

/// The faults of a table.
pub(crate) fn faults(table: &'static [Row]) -> Vec<Subject> {
    let fault = |&(id, sentence, caught_by, cases, edit): &Row| {
        subject(Subject::fault(id, sentence, caught_by), cases, edit)
    };
    table.iter().map(fault).collect()
}

/// The freedoms of a table, where a row says what may fail instead of what must catch it.
pub(crate) fn freedoms(table: &'static [Row]) -> Vec<Subject> {
    let freedom = |&(id, sentence, may_fail, cases, edit): &Row| {
        subject(
            Subject::freedom(id, sentence).may_fail(may_fail),
            cases,
            edit,
        )
    };
    table.iter().map(freedom).collect()
}

fn subject(subject: Subject, cases: &'static [Case], edit: Edit) -> Subject {
    let concerned = move |case| cases.is_empty() || cases.contains(&case);
    match edit {
        Edit::Before(change) => subject.before(change),
        Edit::After(change) => subject.after(change),
        Edit::Instead(_)
        | Edit::Deny(..)
        | Edit::DenyUser(..)
        | Edit::Feign(_)
        | Edit::AcceptIf(_)
        | Edit::LiveToken(_)
        | Edit::Asks(_)
        | Edit::Field(..)
        | Edit::Form(_)
        | Edit::Accept(_)
        | Edit::TakeEmail(_)
        | Edit::TakeSession(_)
        | Edit::TakeToken(_)
        | Edit::Cookies(_) => subject.before(move |case, ask, shadow| {
            concerned(case)
                .then(|| edit.of_request(ask, shadow))
                .flatten()
        }),
        Edit::ShowSessions(write) => shown_ids::sessions(subject, write),
        Edit::ShowTokens(write) => shown_ids::tokens(subject, write),
        Edit::Effect(when, act, whom) => subject.whole(move |case, ask, door| async move {
            if concerned(case) {
                effects::answer((when, act, whom), ask, door).await
            } else {
                door.send(ask).await
            }
        }),
        Edit::On(wire) => subject.on(wire()),
        _ if cases.is_empty() => subject.after(move |_, ask, answer, shadow| {
            edit.of_answer(ask, answer, shadow);
        }),
        _ => subject.at(cases, move |ask, answer, shadow| {
            edit.of_answer(ask, answer, shadow)
        }),
    }
}

impl Edit {
    /// Changes a request, or answers it.
    fn of_request(self, ask: &mut Ask, shadow: &mut Shadow) -> Option<Answer> {
        match self {
            Self::Instead(answer) => return answer(ask, shadow),
            Self::Deny(status, is) => return is(ask, shadow).then(|| Answer::page(status)),
            Self::DenyUser(status, is) => {
                let account = shadow.subject(&ask.call())?;
                return is(account, ask).then(|| Answer::page(status));
            }
            Self::Feign(is) => {
                let account = shadow.subject(&ask.call())?;
                return is(account, ask).then(|| success(ask));
            }
            Self::Asks(change) => change(ask, shadow)?,
            Self::Field(name, change) => ask.map_field(name, change),
            Self::Form(read) if !ask.body.is_empty() => ask.set_form(read(ask)),
            Self::Accept(same) => {
                let right = shadow.account(&ask.field("email")?)?.password.clone();
                if same(&ask.field("password")?, &right) {
                    ask.set_field("password", &right);
                }
            }
            Self::AcceptIf(is) => {
                let account = shadow.account(&ask.field("email")?)?;
                if is(account, ask, shadow) {
                    let right = account.password.clone();
                    ask.set_field("password", &right);
                }
            }
            Self::LiveToken(whose) => {
                let live = whose(shadow, &ask.field("reset_token")?)?.token.clone()?;
                ask.set_field("reset_token", &live);
            }
            Self::TakeEmail(same) => {
                let shown = ask.field("email")?;
                let found = shadow.find(|account| same(&shown, &account.email))?;
                ask.set_field("email", &found.email);
            }
            Self::TakeSession(same) => {
                let shown = ask.session()?;
                let mut live = shadow.accounts.iter().filter_map(|a| a.session.as_deref());
                let found = live.find(|live| same(&shown, live))?;
                ask.set_session(Some(found));
            }
            Self::TakeToken(same) => {
                let shown = ask.field("reset_token")?;
                let fits = |token: &String| same(&shown, token);
                let owner = shadow.find(|account| account.token.as_ref().is_some_and(fits))?;
                // The token alone says whose password is changed.
                ask.set_field("reset_token", owner.token.as_ref()?);
                ask.set_field("email", &owner.email);
            }
            Self::Cookies(read) => {
                let header = ask.headers.get(header::COOKIE)?.to_str().ok()?.to_owned();
                ask.headers.remove(header::COOKIE);
                ask.set_session(Some(&read(&header)?));
            }
            _ => {}
        }
        None
    }

    /// Changes an answer.
    fn of_answer(self, ask: &Ask, answer: &mut Answer, shadow: &mut Shadow) {
        match self {
            Self::Status(code) => answer.set_status(code),
            Self::Refuse(code) => *answer = Answer::page(code),
            Self::RefuseIf(code, is) if is(ask, shadow) => *answer = Answer::page(code),
            Self::RefuseCounted(code, is) if is(shadow.count(ask.session().unwrap_or_default())) => {
                *answer = Answer::page(code);
            }
            Self::Redirect(code, location) => *answer = Answer::redirect(code, location),
            Self::Succeed => *answer = success(ask),
            Self::SucceedIf(is) if is(ask, shadow) => *answer = success(ask),
            Self::Json(payload) => *answer = Answer::text(200, "application/json", payload),
            Self::Member(name, value) => {
                let value: Value = serde_json::from_str(value).unwrap_or_default();
                answer.map_payload(|payload| payload[name] = value);
            }
            Self::MemberOf(name, value) => {
                if let Some(value) = value(ask, shadow) {
                    answer.map_payload(|payload| payload[name] = json!(value));
                }
            }
            Self::Without(name) => rename(answer, name, None),
            Self::Renamed(name, new) => rename(answer, name, Some(new)),
            Self::Email(write) => {
                let email = answer.member("email").unwrap_or_default();
                answer.map_payload(|payload| payload["email"] = json!(write(&email)));
            }
            Self::Payload(change) => {
                if let Some(payload) = answer.payload() {
                    answer.set_payload(&change(payload));
                }
            }
            Self::Body(change) => {
                let text = String::from_utf8_lossy(&answer.body).into_owned();
                answer.body = change(text).into();
            }
            Self::Text(write) => {
                if let Some(payload) = answer.payload() {
                    answer.body = write(payload).into();
                }
            }
            Self::PayloadType(media_type) if answer.payload().is_some() => {
                answer.set(header::CONTENT_TYPE, media_type);
            }
            Self::Location(location) => answer.set(header::LOCATION, location),
            Self::MediaType(Some(media_type)) => answer.set(header::CONTENT_TYPE, media_type),
            Self::MediaType(None) => drop(answer.headers.remove(header::CONTENT_TYPE)),
            Self::Cookie(text) => answer.map_session(|id| text.replace("{id}", id)),
            Self::ProfileOf(whose) => {
                if let Some(account) = whose(ask, shadow) {
                    *answer = profile_of(&account.email);
                }
            }
            Self::Answers(change) => change(ask, answer, shadow),
            _ => {}
        }
    }
}

fn rename(answer: &mut Answer, name: &str, new: Option<&str>) {
    answer.map_payload(|payload| {
        let members = payload.as_object_mut();
        let value = members.and_then(|members| members.remove(name));
        if let (Some(new), Some(value)) = (new, value) {
            payload[new] = value;
        }
    });
}

/// What a conforming server answers where the request succeeds, a cookie apart; the welcome for
/// what is not documented.
pub(crate) fn success(ask: &Ask) -> Answer {
    let email = ask.field("email").unwrap_or_default();
    documented::success(ask, &json!(email)).unwrap_or_else(documented::welcome)
}

/// The profile of this user, whoever asked.
pub(crate) fn profile_of(email: &str) -> Answer {
    Answer::json(200, &json!({"email": email}))
}

/// Another answer, which sets the cookies that the first one sets.
pub(crate) fn answer_with_its_cookies(answer: &mut Answer, other: Answer) {
    let cookies = answer.cookies();
    *answer = other;
    for cookie in cookies {
        answer.add_cookie(&cookie.to_string());
    }
}
