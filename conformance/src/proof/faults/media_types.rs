//! JSON that does not say that it is JSON.

use crate::proof::subject::prelude::*;

/// The rows of this area.
#[rustfmt::skip] // A table reads best as one.
pub(in crate::proof::faults) const FAULTS: &[Row] = &[
    ("welcome-text-html",
     "The welcome's payload comes as text/html, as when a framework is handed a string.",
     &["ROOT-1"], &[Case::Welcome], Header("content-type", "text/html; charset=utf-8")),
    ("welcome-without-media-type", "The welcome's payload comes without a Content-Type.",
     &["ROOT-1"], &[Case::Welcome], WithoutHeader("content-type")),
    ("update-form-media-type",
     "An update's payload comes with the media type of the request's form.",
     &["UPDATE-1", "E2E-1"], &[Case::Update], Header("content-type", "application/x-www-form-urlencoded")),
];
