//! How values are typed.

use std::time::Duration;

pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let number_only = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    match humantime::parse_duration(text) {
        Ok(duration) => Ok(duration),
        Err(_) if number_only => Err(format!(
            "a duration needs a unit: {text}ms, {text}s or {text}m"
        )),
        Err(error) => Err(format!("{error}; durations read 500ms, 10s, 2m")),
    }
}

pub(super) fn positive_duration(text: &str) -> Result<Duration, String> {
    match duration(text)? {
        Duration::ZERO => Err("it must be longer than nothing".to_owned()),
        duration => Ok(duration),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_need_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert!(duration("5").unwrap_err().contains("5s"));
        assert!(positive_duration("0s").is_err());
        assert!(duration("-1s").is_err());
    }
}
