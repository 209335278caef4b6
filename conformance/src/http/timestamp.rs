//! Moments as text.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A moment in UTC with milliseconds, as RFC 3339 writes it. A clock that stands outside the
/// years 1970 to 9999 is taken to stand at their nearest end, because a wrong clock must not
/// stop a report.
pub fn rfc3339(moment: SystemTime) -> String {
    let last = UNIX_EPOCH + Duration::from_secs(253_402_300_799);
    humantime::format_rfc3339_millis(moment.clamp(UNIX_EPOCH, last)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_clock_has_a_text() {
        let at = |seconds| rfc3339(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(1_790_000_000), "2026-09-21T14:13:20.000Z");
        assert_eq!(at(400_000_000_000), "9999-12-31T23:59:59.000Z");
        assert_eq!(
            rfc3339(UNIX_EPOCH - Duration::from_hours(24)),
            "1970-01-01T00:00:00.000Z"
        );
    }
}
