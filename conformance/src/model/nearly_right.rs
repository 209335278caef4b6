//! The histories of what is nearly right: ids, tokens, emails and passwords.

use super::{
    history::{Act, Carrying, Id, People, Step, Token, Wrong},
    neighbours,
    values::{EmailKind, PasswordKind},
};

/// Session ids, tokens and emails that are nearly right.
pub(super) fn near_ids() -> (People, Vec<Step>) {
    use PasswordKind::{HashLike, HexDigits, OwnEmail, Shared};
    let plain = Step::new;
    let people = vec![
        (EmailKind::Plain, vec![OwnEmail, HexDigits]),
        (EmailKind::Digits, vec![Shared, HashLike]),
    ];
    let mut steps = vec![
        plain(0, Act::Register),
        plain(1, Act::Register),
        plain(0, Act::LogIn),
        plain(1, Act::LogIn),
        plain(0, Act::AskToken),
        plain(1, Act::AskToken),
        // Hers is the newest of her own, though somebody else has asked since.
        plain(0, Act::AskToken),
    ];
    let ids = neighbours::of_ids();
    steps.extend(
        ids.iter()
            .map(|what| plain(0, Act::Profile(Id::Near(what)))),
    );
    steps.extend(
        ids.iter()
            .step_by(3)
            .map(|what| plain(0, Act::LogOut(Id::Near(what)))),
    );
    steps.extend([Act::Profile(Id::Token), Act::LogOut(Id::Token)].map(|act| plain(0, act)));
    steps.extend(
        neighbours::of_emails()
            .iter()
            .map(|what| plain(0, Act::AskNear(what))),
    );
    steps.push(plain(0, Act::LogInNear("a domain cut short")));
    let tokens = [
        neighbours::FOREIGN,
        "its first character missing",
        "a letter more that is no digit",
        "a word for nothing, null",
        "zero",
        "a pattern for any text",
        "what a careless query finds",
        "a word for nothing, None",
    ];
    steps.extend(tokens.map(|what| plain(0, Act::Update(Token::Near(what)))));
    steps.extend([
        plain(0, Act::Profile(Id::Live)),
        plain(1, Act::Profile(Id::Live)),
        plain(0, Act::Update(Token::Live)),
        plain(1, Act::LogIn),
        plain(1, Act::Update(Token::Live)),
        plain(0, Act::LogIn),
    ]);
    (people, steps)
}

/// Passwords that are nearly right, for passwords of several kinds.
pub(super) fn near_passwords() -> (People, Vec<Step>) {
    use PasswordKind::{Digits, Long, Rich};
    let plain = Step::new;
    let near = |what| plain(0, Act::LogInWrong(Wrong::Near(what)));
    let again = [
        // What she asks for on one device she may use on another.
        plain(0, Act::AskToken).carrying(Carrying::Own),
        plain(0, Act::Update(Token::Live)),
        plain(0, Act::LogIn),
    ];
    let rich = [
        "another last character",
        "its letters composed otherwise",
        "what a careless query finds",
        "its plus signs as blanks",
        "its backslashes taken out",
        "another character before a letter outside ASCII",
        "its entities decoded",
        "its markup taken out",
        "another sign outside ASCII",
    ];
    let mut steps = vec![plain(0, Act::Register), plain(0, Act::LogIn)];
    steps.extend(rich.map(near));
    // A right password between asking and setting a new one must not outlive that.
    steps.extend([again[0], again[2], again[1]]);
    steps.push(plain(0, Act::LogInWrong(Wrong::Old)));
    steps.push(again[2]);
    steps.extend(["another last character", "the case of its first letter"].map(near));
    steps.extend(again);
    steps.push(near("its number"));
    // And back to the first password, as people do.
    steps.extend(again);
    steps.push(plain(0, Act::Profile(Id::Live)));
    let people = vec![(EmailKind::Capitals, vec![Rich, Long, Digits])];
    (people, steps)
}
