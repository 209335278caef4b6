//! Values that may be the same or not: ids in another case, without hyphens or with blanks around
//! them, passwords that differ behind what the hash reads, emails between blanks.

use crate::proof::subject::prelude::*;

#[rustfmt::skip] // A table reads best as one.
pub(super) const FREEDOMS: &[Row] = &[
    ("ids-any-case", "Ids are accepted in either case.",
     &[], UNKNOWN_IDS, TakeId(|s, r| s.to_lowercase() == r.to_lowercase())),
    ("ids-without-hyphens", "Ids are accepted without their hyphens.",
     &[], UNKNOWN_IDS, TakeId(|s, r| s.replace('-', "") == r.replace('-', ""))),
    ("ids-trimmed", "Ids are accepted with blanks around them.",
     &[], UNKNOWN_IDS, TakeId(|s, r| s.trim() == r.trim())),
    ("ids-parsed", "Ids are accepted in either case, with blanks and without hyphens.",
     &[], UNKNOWN_IDS, TakeId(|s, r| {
         let plain = |id: &str| id.trim().to_lowercase().replace('-', "");
         plain(s) == plain(r)
     })),
    ("passwords-cut-at-72", "Only the first 72 bytes of a password count, as in bcrypt.",
     &[], &[Case::LoginWrong],
     Accept(|s, r| s.as_bytes()[..72.min(s.len())] == r.as_bytes()[..72.min(r.len())])),
    ("cookie-last-of-two",
     "Of two cookies named session_id the last one counts, as in a map of cookies.",
     &[], ANY, Cookies(|all| {
         let last = all.rsplit(';').find_map(|pair| pair.trim().strip_prefix("session_id="));
         last.map(str::to_owned)
     })),
    ("update-mismatch-refused", "A token with another's email is refused with 403, and lives on.",
     &[], &[Case::UpdateMismatch], Deny(403, |_, _| true)),
    ("update-mismatch-owner",
     "A token with another's email works, and the answer names the owner.",
     &["UPDATE-8"], &[Case::UpdateMismatch], TakeToken(|s, r| s == r)),
    ("update-mismatch-sent",
     "A token with another's email works, and the answer names the email sent.",
     &["UPDATE-8"], ANY, All(&[
         (&[Case::UpdateMismatch], TakeToken(|s, r| s == r)),
         (&[Case::UpdateMismatch], MemberOf("email", |request, _| request.field("email"))),
     ])),
];

/// Where an id is presented that is not known as it is.
const UNKNOWN_IDS: &[Case] = &[Case::ProfileBad, Case::LogoutBad, Case::UpdateBad];
