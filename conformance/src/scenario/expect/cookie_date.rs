//! The date of a cookie as browsers read it (RFC 6265, section 5.1.1): by its parts, in any order
//! and whatever stands between them, since servers write it in many forms.

/// Such a date as RFC 3339 writes it, to the second, so that two can be compared as texts; `None`
/// where it is none.
pub(super) fn cookie_date(text: &str) -> Option<String> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    let delimiter = |c: char| c == '\t' || (c.is_ascii_punctuation() && c != ':') || c == ' ';
    for token in text.split(delimiter) {
        if let (None, Some(found)) = (time, time_of(token)) {
            time = Some(found);
        } else if let (None, Some(found)) = (day, digits(token, 1..=2)) {
            day = Some(found);
        } else if let (None, Some(found)) = (month, month_of(token)) {
            month = Some(found);
        } else if let (None, Some(found)) = (year, digits(token, 2..=4)) {
            year = Some(found);
        }
    }
    let (hour, minute, second) = time?;
    let (day, month) = (day?, month?);
    let year = match year? {
        year @ 70..=99 => 1900 + year,
        year @ 0..=69 => 2000 + year,
        year => year,
    };
    let is_date = (1..=31).contains(&day) && year >= 1601;
    let is_time = hour < 24 && minute < 60 && second < 60;
    (is_date && is_time)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"))
}

/// The number that a token begins with, where it has so many digits.
fn digits(token: &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let end = token.find(|c: char| !c.is_ascii_digit());
    let number = &token[..end.unwrap_or(token.len())];
    count.contains(&number.len()).then(|| number.parse().ok())?
}

fn time_of(token: &str) -> Option<(u32, u32, u32)> {
    let mut fields = token.splitn(3, ':').map(|field| digits(field, 1..=2));
    Some((fields.next()??, fields.next()??, fields.next()??))
}

fn month_of(token: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let name = token.get(..3)?.to_ascii_lowercase();
    Some(MONTHS.iter().position(|month| *month == name)? + 1)
}

#[cfg(test)]
mod tests {
    use super::cookie_date;

    #[test]
    fn a_date_is_read_in_every_form_that_browsers_read() {
        for text in [
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "Thu, 01-Jan-1970 00:00:00 GMT",
            "Thursday, 01-Jan-70 00:00:00 GMT",
            "Thu Jan  1 00:00:00 1970",
            "Thu, 1 January 1970 0:0:0 +0000",
            "thu, 01 jan 1970 00:00:00 UTC",
        ] {
            let date = cookie_date(text);
            assert_eq!(date.as_deref(), Some("1970-01-01T00:00:00"), "{text}");
        }
        let date = cookie_date("Wed, 31 Dec 1969 23:59:59 GMT");
        assert_eq!(date.as_deref(), Some("1969-12-31T23:59:59"));
        let date = cookie_date("Fri, 09 Aug 69 05:06:07");
        assert_eq!(date.as_deref(), Some("2069-08-09T05:06:07"));
    }

    #[test]
    fn what_lacks_a_part_or_has_an_impossible_one_is_no_date() {
        for text in [
            "",
            "soon",
            "0",
            "-1",
            "Thu, 01 Jan 1970",
            "Thu, 01 Jan 00:00:00",
            "01 1970 00:00:00",
            "Thu, 01 Jan 1970 24:00:00 GMT",
            "Thu, 32 Jan 1970 00:00:00 GMT",
            "Thu, 01 Jan 1600 00:00:00 GMT",
            "Thu, 01 Jan 1970 00:00 GMT",
            "\u{e9}\u{e9}:\u{1f600}",
        ] {
            assert_eq!(cookie_date(text), None, "{text}");
        }
    }
}
