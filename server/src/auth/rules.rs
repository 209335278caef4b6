//! What an email and a password may be, where the document leaves it open.

use super::error::Unacceptable;

/// The width of the email's column (task 0), in characters.
const EMAIL_CHARACTERS: usize = 250;
/// What bcrypt reads of a password, in bytes.
const PASSWORD_BYTES: usize = 72;

/// Whether an email may be registered. Its form is not looked at: the document does not, and only
/// a message to it would tell.
pub(super) fn check_email(email: &str) -> Result<(), Unacceptable> {
    if email.is_empty() {
        return Err(Unacceptable::NoEmail);
    }
    if email.chars().count() > EMAIL_CHARACTERS {
        return Err(Unacceptable::LongEmail);
    }
    if email.chars().any(char::is_control) {
        return Err(Unacceptable::ControlInEmail);
    }
    Ok(())
}

/// Whether a password may be set.
pub(super) fn check_password(password: &str) -> Result<(), Unacceptable> {
    if password.is_empty() {
        return Err(Unacceptable::NoPassword);
    }
    if password.len() > PASSWORD_BYTES {
        return Err(Unacceptable::LongPassword);
    }
    if password.contains('\0') {
        return Err(Unacceptable::NulInPassword);
    }
    Ok(())
}

/// Whether bcrypt would read only a part of the password.
pub(super) fn is_cut(password: &str) -> bool {
    password.len() > PASSWORD_BYTES || password.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_fills_its_column_and_no_more() {
        assert_eq!(check_email(&"é".repeat(250)), Ok(()));
        assert_eq!(check_email(&"e".repeat(251)), Err(Unacceptable::LongEmail));
    }

    #[test]
    fn an_email_is_one_line() {
        for email in ["a@b.com\r\nX: y", "a\0@b.com", "a\u{7f}@b.com"] {
            assert_eq!(check_email(email), Err(Unacceptable::ControlInEmail));
        }
    }

    #[test]
    fn a_password_is_measured_in_bytes() {
        assert_eq!(check_password(&"é".repeat(36)), Ok(()));
        let long = "é".repeat(36) + "e";
        assert_eq!(check_password(&long), Err(Unacceptable::LongPassword));
        assert_eq!(check_password("a\0a"), Err(Unacceptable::NulInPassword));
        assert!(is_cut(&long) && is_cut("a\0a") && !is_cut("") && !is_cut("a"));
    }

    #[test]
    fn nothing_is_no_email_and_no_password() {
        assert_eq!(check_email(""), Err(Unacceptable::NoEmail));
        assert_eq!(check_password(""), Err(Unacceptable::NoPassword));
    }
}
