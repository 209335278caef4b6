//! Where an answer departs from what the model allows.

use reqwest::Url;

use crate::{
    http::{Exchange, Mismatch, Response},
    model::{Call, Expected, Grant, Refusal, State},
    scenario::expect::{self, Status},
};

/// Whether an answer says that the target limits how often it may be asked (RFC 6585, section 4,
/// and 423 of a lock-out): nothing can be told from it.
pub(super) fn is_limit(response: &Response) -> bool {
    matches!(response.status, 423 | 429)
}

/// All that differs from what is allowed; nothing where that cannot be told.
pub(super) fn mismatches(
    call: &Call,
    allowed: &Expected,
    exchange: &Exchange,
    base: &Url,
    state: &State,
) -> Vec<Mismatch> {
    // Who is to blame for an answer that never came is for the target's health to say.
    let Ok(response) = &exchange.answer else {
        return Vec::new();
    };
    if is_limit(response) {
        return Vec::new();
    }
    let accepted = (200..400).contains(&response.status);
    match allowed {
        Expected::Free => Vec::new(),
        Expected::Granted(grant) => granted(call, grant, exchange, base, state),
        Expected::Either(grant, _) if accepted => granted(call, grant, exchange, base, state),
        Expected::Refused(refusal) | Expected::Either(_, refusal) => refused(refusal, exchange),
    }
}

fn refused(refusal: &Refusal, exchange: &Exchange) -> Vec<Mismatch> {
    let status = match refusal {
        Refusal::Status(status) => Status::exactly(*status),
        Refusal::Message(_) => Status::exactly(400),
        Refusal::ClientError => Status::ClientError,
    };
    let mismatches = expect::status(exchange, &status);
    match refusal {
        Refusal::Message(message) if mismatches.is_empty() => {
            expect::json(exchange, &serde_json::json!({"message": message}))
        }
        _ => mismatches,
    }
}

fn granted(
    call: &Call,
    grant: &Grant,
    exchange: &Exchange,
    base: &Url,
    state: &State,
) -> Vec<Mismatch> {
    let payloads = match grant {
        Grant::Redirect => {
            let elsewhere = expect::redirect_to_root(exchange, base).err();
            return elsewhere.unwrap_or_default();
        }
        Grant::Payload(payloads) | Grant::Session(payloads) => payloads,
    };
    let mut mismatches = expect::status(exchange, &Status::exactly(200));
    if !mismatches.is_empty() {
        return mismatches;
    }
    let differences: Vec<_> = payloads
        .iter()
        .map(|payload| expect::json(exchange, payload))
        .collect();
    if !differences.iter().any(Vec::is_empty) {
        mismatches = differences.into_iter().next().unwrap_or_default();
    }
    let answer = exchange.answer.as_ref().ok();
    let (what, id) = if let Grant::Session(_) = grant {
        mismatches.extend(expect::live_session_cookie(exchange));
        let cookie = answer.and_then(expect::session_cookie);
        ("session id", cookie.map(|cookie| cookie.id))
    } else {
        let token = answer.and_then(|answer| expect::json_member(answer, "reset_token"));
        ("reset token", token)
    };
    mismatches.extend(id.and_then(|id| new_id(what, &id, call.session.as_deref(), state)));
    mismatches
}

/// What is wrong with an id: it is a UUID that nobody has seen before, nor brought along.
fn new_id(what: &str, id: &str, brought: Option<&str>, state: &State) -> Option<Mismatch> {
    if !expect::is_uuid(id) {
        return Some(Mismatch::new(what, "a UUID", expect::shown(id)));
    }
    // Byte by byte, as all but a few differ in the first.
    let same = |known: &str| {
        let mut pairs = known.bytes().zip(id.bytes());
        known.len() == id.len() && pairs.all(|(one, other)| one.eq_ignore_ascii_case(&other))
    };
    let before = state
        .logins
        .iter()
        .chain(&state.tokens)
        .find(|(known, _)| same(known));
    let seen = match before {
        Some((_, email)) => format!("one that {} got before", expect::shown(email)),
        None if brought.is_some_and(same) => "the one that the request brought along".to_owned(),
        None => return None,
    };
    let actual = format!("{} ({seen})", expect::shown(id));
    Some(Mismatch::new(what, "a new one", actual))
}
