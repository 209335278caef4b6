//! What a run needs of a target, one thing after the other.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use reqwest::Url;
use tokio::net::{TcpStream, lookup_host};

use super::{Finding, State};
use crate::{
    http::{Client, NoResponse, Request, Response},
    scenario::{Names, expect},
};

/// What a whole run sends to a target that is not our own, rounded up: requests, and those of
/// them that make a careful target hash a password.
const REQUESTS: u32 = 400;
const HASHES: u32 = 200;

/// Which addresses the host name stands for, and which of them accept connections.
pub(super) async fn addresses(base: &Url, wait: Duration) -> Finding {
    const WHAT: &str = "reachable";
    let host = base.host_str().unwrap_or_default();
    let name = host.trim_start_matches('[').trim_end_matches(']');
    let port = base.port_or_known_default().unwrap_or(80);
    let found: Vec<SocketAddr> = match lookup_host((name, port)).await {
        Ok(found) => found.collect(),
        Err(error) => {
            return Finding::other(
                WHAT,
                State::Unreachable,
                format!("the name {host} stands for no address: {error}"),
                "Is the name spelt right, and known to this machine?",
            );
        }
    };
    let until = Instant::now() + wait;
    loop {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for address in &found {
            match connect(*address).await {
                Ok(()) => good.push(address.to_string()),
                Err(why) => bad.push(format!("{address} ({why})")),
            }
        }
        if good.is_empty() && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        }
        return match (good.as_slice(), bad.as_slice()) {
            ([], _) => Finding::other(
                WHAT,
                State::Unreachable,
                format!("nobody accepts connections at {}", bad.join(" and ")),
                "Is it running, and is this its address? A server in a container has to listen on 0.0.0.0 and to publish its port.",
            ),
            (_, []) => Finding::good(
                WHAT,
                format!("it accepts connections at {}", good.join(" and ")),
            ),
            _ => Finding::good(
                WHAT,
                format!(
                    "it accepts connections at {}, and not at {}, which is no harm",
                    good.join(" and "),
                    bad.join(" and ")
                ),
            ),
        };
    }
}

async fn connect(address: SocketAddr) -> Result<(), String> {
    match tokio::time::timeout(Duration::from_secs(2), TcpStream::connect(address)).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
            _ => error.to_string(),
        }),
        Err(_) => Err("no connection within 2s".to_owned()),
    }
}

/// Whether it speaks HTTP, and how fast the welcome is.
pub(super) async fn speaks_http(client: &Client, wait: Duration) -> (Finding, Duration) {
    const WHAT: &str = "speaks HTTP";
    let until = Instant::now() + wait;
    loop {
        let (answer, took) = timed(client, &Request::root()).await;
        let is_there = answer.as_ref().is_ok_and(|answer| !answer.is_not_ready());
        if !is_there && Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        }
        let finding = match answer {
            Ok(response) if response.is_not_ready() => Finding::other(
                WHAT,
                State::Unreachable,
                said(&response, took),
                "A gateway answers, and the server behind it is not there: is it running? --wait 60s waits longer for it.",
            ),
            Ok(response) if response.status == 200 => Finding::good(WHAT, said(&response, took)),
            Ok(response) => Finding::other(
                WHAT,
                State::Bad,
                said(&response, took),
                "The document wants 200. Behind a gateway, --header 'Name: value' sends what it asks for; a path prefix belongs into the base URL.",
            ),
            Err(why) => Finding::other(
                WHAT,
                State::Unreachable,
                why.to_string(),
                advice(client, &why),
            ),
        };
        return (finding, took);
    }
}

fn said(response: &Response, took: Duration) -> String {
    let by = response
        .header("server")
        .map_or_else(String::new, |server| format!(" by {server}"));
    format!(
        "GET / is answered {} in {} over {}{by}",
        response.status,
        shown(took),
        response.version
    )
}

fn advice(client: &Client, why: &NoResponse) -> String {
    let text = why.to_string().to_lowercase();
    let https = client.base().scheme() == "https";
    if https && (text.contains("certificate") || text.contains("issuer")) {
        "Its certificate is not trusted here: --ca FILE trusts the authority that issued it, and --insecure accepts any.".to_owned()
    } else if https && text.contains("corrupt message") {
        "It seems to speak plain HTTP: try http:// in place of https://.".to_owned()
    } else if matches!(why, NoResponse::TimedOut(_)) {
        "--timeout 60s gives each request more time.".to_owned()
    } else {
        "Is it an HTTP server that listens there? If it speaks HTTPS, write https:// in the base URL.".to_owned()
    }
}

/// Whether a newcomer can register, log in and see who she is; how long a hash takes there.
pub(super) async fn account(client: &Client) -> (Finding, Duration) {
    const WHAT: &str = "works";
    let names = Names::new(Names::random_seed());
    let (email, password) = (names.email("doctor", "doctor"), names.password("doctor"));
    let bad = |step: &str, came: String| {
        Finding::other(
            WHAT,
            State::Bad,
            format!("{step} is answered {came}"),
            "Most requirements need an account and a session: begin with this one. A target that has been used before may have to be started with an empty store.",
        )
    };
    let (registered, registering) = timed(client, &Request::register(&email, &password)).await;
    if !is_success(&registered) {
        return (bad("POST /users", came(&registered)), registering);
    }
    let (entered, entering) = timed(client, &Request::log_in(&email, &password)).await;
    let hash = registering.max(entering);
    let session = entered.as_ref().ok().and_then(expect::session_cookie);
    let Some(session) = session.filter(|_| is_success(&entered)) else {
        let what = match &entered {
            Ok(response) if is_success(&entered) => {
                format!("{} without a cookie session_id", response.status)
            }
            other => came(other),
        };
        return (bad("POST /sessions", what), hash);
    };
    let (profile, _) = timed(client, &Request::profile(&session.value)).await;
    if !is_success(&profile) {
        return (bad("GET /profile with the session", came(&profile)), hash);
    }
    let text = format!(
        "a newcomer registers in {}, logs in in {} and sees her profile",
        shown(registering),
        shown(entering)
    );
    (Finding::good(WHAT, text), hash)
}

fn is_success(answer: &Result<Response, NoResponse>) -> bool {
    answer
        .as_ref()
        .is_ok_and(|response| expect::Status::Success.accepts(response.status))
}

fn came(answer: &Result<Response, NoResponse>) -> String {
    match answer {
        Ok(response) => response.status.to_string(),
        Err(none) => none.to_string(),
    }
}

/// How long a whole run should take, from what was seen of the target.
pub(super) fn estimate(welcome: Duration, hash: Duration, pause: Duration) -> Duration {
    (welcome + pause) * REQUESTS + hash * HASHES
}

async fn timed(client: &Client, request: &Request) -> (Result<Response, NoResponse>, Duration) {
    let started = Instant::now();
    let answer = client.send(request).await.answer;
    (answer, started.elapsed())
}

/// A time with as many digits as matter.
pub(super) fn shown(took: Duration) -> String {
    match took.as_millis() {
        0 => "under 1 ms".to_owned(),
        millis @ 1..1000 => format!("{millis} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}
