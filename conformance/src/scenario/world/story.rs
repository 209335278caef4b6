//! Tells a history that failed: a few lines for people, and one script that repeats it from
//! nothing.

use std::fmt::Write as _;

use reqwest::Url;

use super::{
    shrink::Shrunk,
    walk::{Walked, spelled},
};
use crate::{
    http::{
        Exchange,
        curl::{self, quoted},
    },
    model::{Ideal, NAMES, Request, SCRIPTED, Source},
    scenario::{Story, StoryLine, expect},
};

/// The story of `shrunk`, which `first` failed before.
pub(super) fn tell(shrunk: &Shrunk, first: &Walked, base: &Url) -> Story {
    let walked = shrunk.walked.as_ref().unwrap_or(first);
    let mut lines: Vec<StoryLine> = walked
        .taken
        .iter()
        .zip(&walked.exchanges)
        .map(|((_, request), exchange)| {
            let (method, path) = request.route.asked();
            line(request.told.clone(), format!("{method} {path}"), exchange)
        })
        .collect();
    people(shrunk, &mut lines);
    Story {
        note: note(shrunk, first),
        lines,
        script: script(shrunk, base),
    }
}

/// The story of an answer that nobody asked for the sake of: the exchanges that led there.
pub(super) fn of_exchanges(led: &[Exchange]) -> Story {
    let lines = led.iter().map(|exchange| {
        let request = &exchange.request;
        let path = Url::parse(&request.url).map(|url| url.path().to_owned());
        let path = path.unwrap_or_else(|_| request.url.clone());
        let form = expect::shown(request.body.as_deref().unwrap_or("no form"));
        line(form, format!("{} {path}", request.method), exchange)
    });
    let commands = led.iter().map(|exchange| curl::command(&exchange.request));
    Story {
        note: "all that was asked about the same person, in the run's own order".to_owned(),
        lines: lines.collect(),
        script: commands.collect(),
    }
}

fn line(told: String, asked: String, exchange: &Exchange) -> StoryLine {
    let departure = exchange.departure.as_ref();
    StoryLine {
        told,
        asked,
        came: came(exchange),
        expected: departure.map(|departure| departure.expected.clone()),
    }
}

fn note(shrunk: &Shrunk, first: &Walked) -> String {
    if shrunk.walked.is_none() {
        return "walked again with new people, it did not fail: what came before has a part in it"
            .to_owned();
    }
    let end = if shrunk.bounded {
        ", up to the most that shortening may cost"
    } else {
        ""
    };
    format!(
        "shortened from {} calls to {} in {} walks, each with new people{end}",
        first.taken.len(),
        shrunk.history.steps.len(),
        shrunk.walks
    )
}

/// Says of each person, where she first appears, what is unusual about her.
fn people(shrunk: &Shrunk, lines: &mut [StoryLine]) {
    for (who, (email, passwords)) in shrunk.history.people.iter().enumerate() {
        let name = NAMES[who % NAMES.len()];
        let unusual: Vec<&str> = email
            .describe()
            .into_iter()
            .chain(passwords.iter().filter_map(|kind| kind.describe()))
            .collect();
        if let (false, Some(line)) = (
            unusual.is_empty(),
            lines.iter_mut().find(|line| line.told.contains(name)),
        ) {
            let _ = write!(line.told, " ({})", unusual.join(", "));
        }
    }
}

fn came(exchange: &Exchange) -> String {
    match &exchange.answer {
        Ok(response) if exchange.departure.is_some() => {
            format!(
                "{} {}",
                response.status,
                expect::shown(response.text().trim())
            )
        }
        Ok(response) => response.status.to_string(),
        Err(none) => none.to_string(),
    }
}

/// Finds the session id in the answer of `curl -i`.
const TAKE_SESSION: &str =
    "sed -n 's/^[Ss]et-[Cc]ookie: *session_id=\\([^;]*\\).*/\\1/p' | tr -d '\\r\"'";

/// Finds the reset token there.
const TAKE_TOKEN: &str = "sed -n 's/.*\"reset_token\": *\"\\([^\"]*\\)\".*/\\1/p'";

/// The history as commands for a POSIX shell: emails that are new at each start, and ids taken
/// from the answers. It is walked along the model, whose ids stand for those of the target.
fn script(shrunk: &Shrunk, base: &Url) -> Vec<String> {
    let source = Source(SCRIPTED.to_owned());
    let people = source.people(&shrunk.history.people);
    let planted = source.uuid("planted");
    let mut ideal = Ideal::default();
    let mut names: Vec<(String, String)> = Vec::new();
    let base = base.as_str().trim_end_matches('/');
    let mut lines = vec![format!("URL={}", quoted(base)), "N=$(date +%s)".to_owned()];
    let last = shrunk.history.steps.len().saturating_sub(1);
    for (number, step) in shrunk.history.steps.iter().enumerate() {
        let Some(request) = step.request(&people, &source, &ideal.state) else {
            continue;
        };
        let command = command(&request, &planted, &names);
        let seen = ideal.answer(&request.call());
        let issued = seen.session.map(|id| (id, 'S', TAKE_SESSION));
        let issued = issued.or(seen.token.map(|id| (id, 'T', TAKE_TOKEN)));
        lines.push(format!("# {}", request.told));
        lines.push(match issued {
            Some((id, letter, take)) if number < last => {
                let count = names
                    .iter()
                    .filter(|(_, name)| name.starts_with(letter))
                    .count();
                let name = format!("{letter}{}", count + 1);
                let line = format!("{name}=$(curl -si {command} | {take})");
                names.push((id, name));
                line
            }
            _ => format!("curl -si {command}"),
        });
    }
    lines
}

fn command(request: &Request, planted: &str, names: &[(String, String)]) -> String {
    let sent = spelled(request, planted, "$URL");
    let word = |text: &str, encoded: bool| double_quoted(text, request, encoded, names);
    let mut words = format!(
        "-X {} {}",
        sent.method,
        word(&format!("$URL{}", sent.path), false)
    );
    if let Some(cookie) = &sent.cookie {
        let _ = write!(words, " -H {}", word(&format!("Cookie: {cookie}"), false));
    }
    for (name, value) in &sent.extra {
        let _ = write!(words, " -H {}", word(&format!("{name}: {value}"), false));
    }
    if let Some(body) = &sent.body {
        if body.media_type.contains(';') {
            let header = format!("Content-Type: {}", body.media_type);
            let _ = write!(words, " -H {}", quoted(&header));
        }
        let text = String::from_utf8_lossy(&body.bytes).into_owned();
        let _ = write!(words, " --data-raw {}", word(&text, true));
    }
    words
}

/// A word in double quotes, with variables for the ids and for the number of the start.
fn double_quoted(
    text: &str,
    request: &Request,
    encoded: bool,
    names: &[(String, String)],
) -> String {
    let mut word = text.to_owned();
    for special in ['\\', '"', '`', '$'] {
        word = word.replace(special, &format!("\\{special}"));
    }
    word = word.replace("\\$URL", "$URL");
    let variable = |id: &str| {
        names
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, name)| name)
    };
    if let Some((near, right, sed)) = &request.near
        && let Some(name) = variable(right)
    {
        let (near, and) = if encoded {
            (near.replace('%', "%25"), ";s/%/%25/g")
        } else {
            (near.clone(), "")
        };
        word = word.replace(&near, &format!("$(echo \"${name}\" | sed '{sed}{and}')"));
    }
    for (id, name) in names {
        word = word.replace(id, &format!("${{{name}}}"));
    }
    // One lookalike has another last digit.
    word = word
        .replace(SCRIPTED, "${N}")
        .replace(&SCRIPTED[..SCRIPTED.len() - 1], "${N}");
    format!("\"{word}\"")
}
