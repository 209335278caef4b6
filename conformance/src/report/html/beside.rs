//! An answer beside the reference server's to the same request, with what matters marked.

use super::{
    difference::{Difference, Segment},
    exchange::{answer, body_of},
};
use crate::http::{Exchange, Response, visible::visible};

/// The headers that the document or HTTP gives a meaning in this service. Others, such as `Date`
/// and `Server`, differ from server to server and mean nothing here.
const MEANINGFUL: [&str; 4] = ["content-type", "set-cookie", "location", "allow"];

/// Whether a header says something about the service.
pub(in crate::report) fn is_meaningful(header: &str) -> bool {
    MEANINGFUL
        .iter()
        .any(|known| header.eq_ignore_ascii_case(known))
}

/// Both answers, the target's first.
pub(super) fn side_by_side(ours: &Exchange, theirs: &Exchange) -> (Vec<Segment>, Vec<Segment>) {
    let (Ok(ours), Ok(theirs)) = (&ours.answer, &theirs.answer) else {
        let plain = |one| vec![Segment::same(answer(one, usize::MAX))];
        return (plain(ours), plain(theirs));
    };
    let bodies = [theirs, ours].map(|one| visible(&body_of(one, usize::MAX)).into_owned());
    let body = Difference::between("body", &bodies[0], &bodies[1]);
    (
        head(ours, theirs).chain(unspaced(body.actual)).collect(),
        head(theirs, ours).chain(unspaced(body.expected)).collect(),
    )
}

fn head<'a>(one: &'a Response, other: &'a Response) -> impl Iterator<Item = Segment> + 'a {
    let status = [
        Segment::same(format!("{} ", one.version)),
        Segment {
            text: one.status.to_string(),
            differs: one.status != other.status,
        },
        Segment::same("\n".to_owned()),
    ];
    let headers = one.headers.iter().map(|(name, value)| Segment {
        text: visible(&format!("{name}: {value}\n")).into_owned(),
        differs: is_meaningful(name) && !other.header_values(name).any(|theirs| theirs == value),
    });
    let end = std::iter::once(Segment::same("\n".to_owned()));
    status.into_iter().chain(headers).chain(end)
}

/// White space between the parts of a payload is free.
fn unspaced(segments: Vec<Segment>) -> impl Iterator<Item = Segment> {
    segments.into_iter().map(|segment| Segment {
        differs: segment.differs && !segment.text.trim().is_empty(),
        ..segment
    })
}
