//! Values that may be the same or not: ids in another case, without hyphens or with blanks around
//! them, passwords that differ behind what the hash reads, emails between blanks.

use serde_json::json;

use super::Subject;
use crate::proof::proxy::{Account, Case};

/// The freedoms of this area.
pub(super) fn freedoms() -> Vec<Subject> {
    vec![
        ids("ids-any-case", "Ids are accepted in either case.", |id| {
            id.to_lowercase()
        }),
        ids(
            "ids-without-hyphens",
            "Ids are accepted without their hyphens.",
            |id| id.replace('-', ""),
        ),
        ids(
            "ids-trimmed",
            "Ids are accepted with blanks around them.",
            |id| id.trim().to_owned(),
        ),
        ids(
            "ids-parsed",
            "Ids are accepted in either case, with blanks and without hyphens.",
            |id| id.trim().to_lowercase().replace('-', ""),
        ),
        Subject::freedom(
            "passwords-cut-at-72",
            "Only the first 72 bytes of a password count, as in bcrypt.",
        )
        .before(|case, request, state| {
            if case == Case::LoginWrong {
                let shown = request.field("password")?;
                let right = state.account(&request.field("email")?)?.password.clone();
                let cut = |password: &str| password.as_bytes()[..72.min(password.len())].to_vec();
                if cut(&shown) == cut(&right) {
                    request.set_field("password", &right);
                }
            }
            None
        }),
        Subject::freedom(
            "cookie-last-of-two",
            "Of two cookies named session_id the last one counts, as in a map of cookies.",
        )
        .before(|_, request, _| {
            let header = request
                .headers
                .get(hyper::header::COOKIE)?
                .to_str()
                .ok()?
                .to_owned();
            let named = |pair: &&str| pair.trim().starts_with("session_id=");
            if header.split(';').filter(named).count() > 1 {
                let last = header.split(';').rfind(named)?;
                let value = last.trim().trim_start_matches("session_id=").to_owned();
                request.set_session(Some(&value));
            }
            None
        }),
        Subject::freedom(
            "update-mismatch-refused",
            "A token with another's email is refused with 403, and lives on.",
        )
        .before(|case, _, _| {
            (case == Case::UpdateMismatch).then(|| crate::proof::proxy::Response::page(403))
        }),
        mismatch(
            "update-mismatch-owner",
            "A token with another's email works, and the answer names the owner.",
            false,
        ),
        mismatch(
            "update-mismatch-sent",
            "A token with another's email works, and the answer names the email sent.",
            true,
        ),
    ]
}

/// A server that compares ids by what `plain` makes of them.
fn ids(id: &'static str, sentence: &'static str, plain: fn(&str) -> String) -> Subject {
    Subject::freedom(id, sentence).before(move |case, request, state| {
        let find = |shown: &str, of: fn(&Account) -> Option<&String>| {
            let mut known = state.accounts.iter().filter_map(of);
            known.find(|known| plain(known) == plain(shown)).cloned()
        };
        match case {
            Case::ProfileBad | Case::LogoutBad => {
                let live = find(&request.session()?, |account| account.session.as_ref())?;
                request.set_session(Some(&live));
            }
            Case::UpdateBad => {
                let live = find(&request.field("reset_token")?, |account| {
                    account.token.as_ref()
                })?;
                request.set_field("reset_token", &live);
            }
            _ => {}
        }
        None
    })
}

/// A server whose update looks at the token alone.
fn mismatch(id: &'static str, sentence: &'static str, shows_sent: bool) -> Subject {
    Subject::freedom(id, sentence)
        .may_fail(&["UPDATE-8"])
        .before(|case, request, state| {
            if case == Case::UpdateMismatch {
                let owner = state
                    .by_token(&request.field("reset_token")?)?
                    .email
                    .clone();
                request.set_field("email", &owner);
            }
            None
        })
        .at([Case::UpdateMismatch], move |request, response, _| {
            if shows_sent && response.status.is_success() {
                let sent = json!(request.field("email"));
                response.map_payload(|payload| payload["email"] = sent);
            }
        })
}
