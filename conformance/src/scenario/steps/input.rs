//! Input that the document is silent about.

use cucumber::{then, when};
use reqwest::Method;

use crate::{
    http::{Body, Mismatch, Request},
    scenario::{Stop, World, expect::Status},
};

/// The password of every account that may come of a registration without an email. It is the same
/// in all runs, so that a run finds the account that an earlier one left behind.
const KNOWN_PASSWORD: &str = "Pw-of-nobody-4711";

/// The fields of nobody's registration or login.
fn nobodys(missing: &str) -> &'static [(&'static str, &'static str)] {
    match missing {
        "no email" => &[("password", KNOWN_PASSWORD)],
        "an empty email" => &[("email", ""), ("password", KNOWN_PASSWORD)],
        _ => &[],
    }
}

fn fields(path: &str, method: Method, fields: &[(&str, &str)]) -> Request {
    Request::new(method, path).with_body(Body::form(fields))
}

#[when(regex = r"^([A-Z][a-z]+) registers with (no password|an empty password)$")]
async fn without_password(world: &mut World, name: String, password: String) -> Result<(), Stop> {
    let email = world.person(&name)?.email.clone();
    let sent: &[(&str, &str)] = match password.as_str() {
        "no password" => &[("email", &email)],
        _ => &[("email", &email), ("password", "")],
    };
    world.act(fields("/users", Method::POST, sent)).await
}

#[when(regex = r"^a visitor registers with (no email|an empty email|an empty form)$")]
async fn without_email(world: &mut World, missing: String) -> Result<(), Stop> {
    let request = fields("/users", Method::POST, nobodys(&missing));
    world.act(request).await
}

#[then(regex = r"^nobody can log in with (no email|an empty email)$")]
async fn nobody_without_email(world: &mut World, missing: String) -> Result<(), Stop> {
    let request = fields("/sessions", Method::POST, nobodys(&missing));
    let at = world.look(request).await?;
    match &world.at(at).answer {
        Ok(response) if Status::Success.accepts(response.status) => {
            let what = "logging in to what was registered";
            let mismatch = Mismatch::new(what, "refused", response.status.to_string());
            world.judge(at, vec![mismatch])
        }
        _ => Ok(()),
    }
}

#[when(regex = r"^([A-Z][a-z]+) registers with the fields in the query string$")]
async fn in_the_query(world: &mut World, who: String) -> Result<(), Stop> {
    let person = world.person(&who)?.clone();
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("email", &person.email), ("password", &person.password)])
        .finish();
    world
        .act(fields(&format!("/users?{query}"), Method::POST, &[]))
        .await
}

#[when(
    regex = r"^a visitor registers with (an email of 10000 characters|a non-ASCII email|a broken percent-encoding|bytes that are no text|a JSON body|no body at all)$"
)]
async fn unusual(world: &mut World, input: String) -> Result<(), Stop> {
    let (email, password) = world.unused()?;
    let post = Request::new(Method::POST, "/users");
    let request = match input.as_str() {
        "an email of 10000 characters" => {
            let long = "e".repeat(10_000 - email.len());
            Request::register(&format!("{long}{email}"), &password)
        }
        "a non-ASCII email" => Request::register(&format!("vïsitor-密.{email}"), &password),
        "a broken percent-encoding" => post.with_body(Body::encoded_form(format!(
            "email=%zz{email}&password=%&=&&%e9=%ff"
        ))),
        "bytes that are no text" => post.with_body(Body::encoded_form(format!(
            "email={email}&password=%FF%FE%00%80"
        ))),
        "a JSON body" => post.with_body(Body {
            media_type: "application/json",
            bytes: serde_json::json!({"email": email, "password": password})
                .to_string()
                .into_bytes(),
        }),
        _ => post,
    };
    world.act(request).await
}

#[when(
    regex = r"^a visitor logs in to ([A-Z][a-z]+)'s account with (no password|no email|an empty form)$"
)]
async fn incomplete_login(world: &mut World, name: String, missing: String) -> Result<(), Stop> {
    let person = world.person(&name)?.clone();
    let sent: &[(&str, &str)] = match missing.as_str() {
        "no password" => &[("email", &person.email)],
        "no email" => &[("password", &person.password)],
        _ => &[],
    };
    world.act(fields("/sessions", Method::POST, sent)).await
}

#[when(regex = r"^a visitor asks for a reset token with (no email|an empty email)$")]
async fn token_without_email(world: &mut World, missing: String) -> Result<(), Stop> {
    let sent: &[(&str, &str)] = if missing == "no email" {
        &[]
    } else {
        &[("email", "")]
    };
    world
        .act(fields("/reset_password", Method::POST, sent))
        .await
}

#[when(
    regex = r"^a visitor sends ([A-Z][a-z]+)'s update with (no new password|an empty new password|no email|no token)$"
)]
async fn incomplete_update(world: &mut World, name: String, missing: String) -> Result<(), Stop> {
    let password = world.another_password()?;
    let person = world.person(&name)?;
    person.changed = true;
    let email = person.email.clone();
    let token = person.tokens.last().cloned().unwrap_or_default();
    let all = [
        ("email", email.as_str()),
        ("reset_token", token.as_str()),
        ("new_password", password.as_str()),
    ];
    let left_out = match missing.as_str() {
        "no new password" => "new_password",
        "no email" => "email",
        "no token" => "reset_token",
        _ => "",
    };
    let sent: Vec<(&str, &str)> = all
        .into_iter()
        .filter(|(field, _)| *field != left_out)
        .map(|(field, value)| {
            let emptied = field == "new_password" && missing == "an empty new password";
            (field, if emptied { "" } else { value })
        })
        .collect();
    world
        .act(fields("/reset_password", Method::PUT, &sent))
        .await
}
