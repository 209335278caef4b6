//! What is judged: a URL, a command that is started, or the reference server in this process.

mod command;
pub mod confine;
mod error;
mod fresh;
mod info;
mod reference;
mod spec;

pub use command::{CommandSpec, process_id, run_once};
pub use error::StartError;
pub use fresh::FreshStart;
pub use info::{TargetInfo, TargetKind};
pub use reference::Reference;
pub use spec::{Started, TargetSpec};

use std::sync::Arc;

use reqwest::Url;

/// A target that is there to be judged.
#[derive(Clone, Debug)]
pub struct Target {
    /// The base URL.
    pub base: Url,
    /// What reports say of it.
    pub info: TargetInfo,
    /// How to begin again from an empty store; `None` where the target is not our own.
    pub fresh: Option<Arc<dyn FreshStart>>,
}

impl Target {
    /// Something that runs at `base` already.
    pub fn at(base: Url) -> Self {
        Self {
            info: TargetInfo::new(shown(&base), TargetKind::Url, shown(&base)),
            base,
            fresh: None,
        }
    }
}

/// A base URL as people read it.
pub(crate) fn shown(base: &Url) -> String {
    base.as_str().trim_end_matches('/').to_owned()
}

/// Reads a base URL as people write it.
///
/// # Errors
/// Says what is wrong with it and what it should look like.
pub fn base_url(text: &str) -> Result<Url, String> {
    let example = "such as http://localhost:5000 or https://example.org/api";
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(_) if !text.contains("://") => {
            return Err(format!("'{text}' lacks a scheme: write http://{text}"));
        }
        Err(error) => return Err(format!("'{text}' is no URL ({error}), {example}")),
    };
    if !matches!(url.scheme(), "http" | "https") {
        // `localhost:5000` parses as a URL with the scheme `localhost`.
        let guess = if text.contains("://") {
            ""
        } else {
            &format!(": write http://{text}")
        };
        return Err(format!("'{text}' is neither http nor https{guess}"));
    }
    if url.host().is_none() {
        return Err(format!("'{text}' names no host, {example}"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "'{text}' has a query or a fragment: a base URL ends with its path"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(
            "the URL holds a user name or a password: hand it over with --header 'Authorization: …'"
                .to_owned(),
        );
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::base_url;

    #[test]
    fn a_base_url_is_http_with_or_without_a_prefix() {
        for good in [
            "http://localhost:5000",
            "https://h/api/v1",
            "http://[::1]:8080/",
        ] {
            assert!(base_url(good).is_ok(), "{good}");
        }
        for bad in [
            "localhost:5000",
            "ftp://h",
            "http://",
            "http://h/?a=b",
            "http://u:p@h",
            "",
            "5000",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
        assert!(
            base_url("localhost:5000")
                .unwrap_err()
                .contains("write http://localhost:5000")
        );
    }
}
