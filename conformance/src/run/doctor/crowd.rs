//! How many requests at once a target bears.

use std::time::Instant;

use super::{Finding, State, checks::shown};
use crate::http::{Client, Request};

/// How many are tried at once, one after the other.
const CROWDS: [usize; 4] = [2, 4, 8, 16];

/// Sends more and more requests at the same time until some are not answered.
pub(super) async fn at_once(client: &Client) -> Finding {
    const WHAT: &str = "at once";
    let mut borne = 1;
    for crowd in CROWDS {
        let started = Instant::now();
        let request = Request::root();
        let exchanges =
            futures::future::join_all((0..crowd).map(|_| client.send_at_once(&request))).await;
        let answered = exchanges
            .iter()
            .filter(|exchange| matches!(&exchange.answer, Ok(answer) if answer.status < 500))
            .count();
        if answered < crowd {
            return Finding::other(
                WHAT,
                State::Fair,
                format!(
                    "of {crowd} requests at the same time {answered} are answered below 500, in {}",
                    shown(started.elapsed())
                ),
                match borne {
                    1 => "Leave --concurrency at 1, which is the default: no must depends on more."
                        .to_owned(),
                    _ => format!(
                        "It bears {borne} at once; --concurrency must not be more, and 1 is the default."
                    ),
                },
            );
        }
        borne = crowd;
    }
    Finding::good(
        WHAT,
        format!("{borne} requests at the same time are all answered"),
    )
}
