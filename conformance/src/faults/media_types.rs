//! JSON that does not say that it is JSON.

use super::{Subject, edits::media_type};
use crate::proxy::Case;

/// The faults of this area.
pub(super) fn faults() -> Vec<Subject> {
    vec![
        Subject::fault(
            "welcome-text-html",
            "The welcome's payload comes as text/html, as when a framework is handed a string.",
            &["ROOT-1"],
        )
        .at(
            [Case::Welcome],
            media_type(Some("text/html; charset=utf-8")),
        ),
        Subject::fault(
            "welcome-without-media-type",
            "The welcome's payload comes without a Content-Type.",
            &["ROOT-1"],
        )
        .at([Case::Welcome], media_type(None)),
        Subject::fault(
            "register-text-html",
            "A registration's payload comes as text/html.",
            &["REG-1", "E2E-1"],
        )
        .at([Case::Register], media_type(Some("text/html"))),
        Subject::fault(
            "register-taken-text-html",
            "The payload for a taken email comes as text/html.",
            &["REG-2"],
        )
        .at([Case::RegisterTaken], media_type(Some("text/html"))),
        Subject::fault(
            "login-text-plain",
            "A login's payload comes as text/plain.",
            &["LOGIN-1", "E2E-1"],
        )
        .at([Case::Login], media_type(Some("text/plain"))),
        Subject::fault(
            "profile-text-json",
            "A profile's payload comes as text/json.",
            &["PROFILE-1", "E2E-1"],
        )
        .at([Case::Profile], media_type(Some("text/json"))),
        Subject::fault(
            "reset-octet-stream",
            "The payload with the token comes as application/octet-stream.",
            &["RESET-1", "E2E-1"],
        )
        .at([Case::Reset], media_type(Some("application/octet-stream"))),
        Subject::fault(
            "update-form-media-type",
            "An update's payload comes with the media type of the request's form.",
            &["UPDATE-1", "E2E-1"],
        )
        .at(
            [Case::Update],
            media_type(Some("application/x-www-form-urlencoded")),
        ),
    ]
}
