//! The faults that follow from the documented answers: a status, a member, a word or a media type
//! in place of the documented one.

use std::sync::LazyLock;

use hyper::StatusCode;
use serde_json::json;

use crate::proof::subject::{
    documented::{DOCUMENTED, Documented, Holds},
    edits::{Edit, Row},
};

/// The faults that follow from the documented answers. Their texts are made once and kept for as
/// long as the program runs, as those of all other faults are.
pub(super) fn faults() -> &'static [Row] {
    static ROWS: LazyLock<Vec<Row>> =
        LazyLock::new(|| DOCUMENTED.iter().flat_map(Documented::faults).collect());
    &ROWS
}

impl Documented {
    fn faults(&'static self) -> impl Iterator<Item = Row> {
        let kept = self.kept.iter().map(|code| (*code, Edit::Status(*code)));
        let refused = self.refused.iter().map(|code| (*code, Edit::Refuse(*code)));
        let statuses = kept
            .chain(refused)
            .map(|(code, edit)| self.row(&code.to_string(), self.with_status(code), edit));
        let left_out = self.left_out.iter().map(|member| {
            let (id, whose) = (format!("without-{member}"), self.called);
            let sentence = format!("{whose} lacks the {member}.");
            self.row(&id, sentence, Edit::Without(member))
        });
        let payload = self.payload.iter();
        let words = payload.filter_map(|(_, holds)| self.otherwise_written(*holds));
        let media_types = self.media_types.iter().map(|media_type| {
            let id = media_type
                .trim_start_matches("application/")
                .replace('/', "-");
            let sentence = format!("{} comes as {media_type}.", self.called);
            self.row(&id, sentence, Edit::Header("content-type", media_type))
        });
        statuses.chain(left_out).chain(words).chain(media_types)
    }

    fn row(&'static self, id: &str, sentence: String, edit: Edit) -> Row {
        let cases = std::slice::from_ref(&self.case);
        let id = format!("{}-{id}", self.id).leak();
        (id, sentence.leak(), self.caught_by, cases, edit)
    }

    fn with_status(&self, code: u16) -> String {
        let reason = StatusCode::from_u16(code).map_or(String::new(), |status| status.to_string());
        match self.sentence.split_once(" is ") {
            Some((what, _)) if code >= 500 => format!("{what} fails with {code}."),
            _ => self
                .sentence
                .replace("{reason}", &reason)
                .replace("{}", &code.to_string()),
        }
    }

    /// The message of a success with a capital instead of a small letter, or the other way round.
    fn otherwise_written(&'static self, holds: Holds) -> Option<Row> {
        let (Holds::Words(words), Some(whose), true) = (
            holds,
            self.called.strip_suffix(" payload"),
            self.payload.len() > 1,
        ) else {
            return None;
        };
        let (first, rest) = words.split_at(1);
        let (id, first) = if first == first.to_lowercase() {
            ("message-capital", first.to_uppercase())
        } else {
            ("message-lower-case", first.to_lowercase())
        };
        let words = format!("{first}{rest}");
        let sentence = format!("{whose} message is '{words}'.");
        let words = json!(words).to_string().leak();
        Some(self.row(id, sentence, Edit::Member("message", words)))
    }
}
