//! An answer beside the reference server's to the same request, with what matters marked.

use hyper::Uri;

use super::{
    difference::{Difference, Segment},
    exchange::{ExchangeView, answer, body_of},
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

/// The exchange, with what the reference server answered where it was asked the same.
pub(super) fn beside(exchange: &Exchange, twin: Option<&Exchange>) -> ExchangeView {
    let mut view = ExchangeView::of(exchange, usize::MAX);
    if let Some(twin) = twin.filter(|twin| asks_the_same(exchange, twin)) {
        let (answer, reference) = side_by_side(exchange, twin);
        view.answer = answer;
        view.reference = Some(reference);
    }
    view
}

/// Two exchanges are alike when their requests are: the targets' own addresses and the ids that
/// they gave out may differ.
fn asks_the_same(one: &Exchange, two: &Exchange) -> bool {
    fn last_segment(exchange: &Exchange) -> String {
        let uri: Option<Uri> = exchange.request.url.parse().ok();
        let path = uri.map_or_else(String::new, |uri| uri.path().to_owned());
        path.rsplit('/').next().unwrap_or_default().to_owned()
    }
    one.request.method == two.request.method && last_segment(one) == last_segment(two)
}

/// Both answers, the target's first.
fn side_by_side(ours: &Exchange, theirs: &Exchange) -> (Vec<Segment>, Vec<Segment>) {
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
