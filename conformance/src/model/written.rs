//! The histories that are written, for what has to be tried one by one.

use super::{
    history::{Act, Carrying, History, Id, Step, Token, Wrong},
    neighbours,
    spelling::{OF_COOKIES, OF_FORMS, Spelling},
    values::{EmailKind, PasswordKind},
};

/// All of them, in the order of a run.
pub(super) fn all() -> Vec<History> {
    vec![alike(), spelt(), near_ids(), near_passwords(), again()]
}

fn plain(who: usize, act: Act) -> Step {
    Step::new(who, act)
}

/// People whose emails a careless lookup takes for each other.
fn alike() -> History {
    use PasswordKind::Plain;
    let kinds = [EmailKind::Long]
        .into_iter()
        .chain([5, 2, 1, 3, 0, 4, 7].map(EmailKind::Like));
    let people: Vec<_> = kinds.map(|email| (email, vec![Plain, Plain])).collect();
    let everybody = 0..people.len();
    let mut steps: Vec<Step> = everybody
        .clone()
        .map(|who| plain(who, Act::Register))
        .collect();
    steps.extend(everybody.clone().rev().map(|who| plain(who, Act::AskToken)));
    // A new password for somebody who has never logged in.
    steps.push(plain(1, Act::Update(Token::Live)));
    // The last one waits with her token and has no session.
    steps.extend((0..6).rev().map(|who| plain(who, Act::LogIn)));
    steps.extend(everybody.map(|who| plain(who, Act::Profile(Id::Live))));
    steps.extend([
        plain(0, Act::LogOut(Id::Live)),
        plain(0, Act::Update(Token::Live)),
        plain(3, Act::Update(Token::Live)),
    ]);
    steps.extend((1..7).map(|who| plain(who, Act::Profile(Id::Live))));
    History::new("people whose emails look alike", people, steps)
}

/// Every documented call in every spelling.
fn spelt() -> History {
    use PasswordKind::{Plain, Rich, Swapped, Zero};
    let people = vec![
        (EmailKind::EveryCharacter, vec![Rich, Swapped]),
        (EmailKind::Apostrophe, vec![Zero, Plain]),
    ];
    let all = Spelling::Everything;
    let kept = Spelling::KeptConnection;
    let mut steps = vec![
        plain(0, Act::Register).spelt(all),
        // What further fields tried to plant, before a session of her own takes its place.
        plain(0, Act::Profile(Id::Planted)),
        plain(0, Act::LogIn).spelt(Spelling::Bare),
        plain(1, Act::Register).spelt(kept),
        plain(
            0,
            Act::RegisterAgain {
                own_password: false,
            },
        )
        .spelt(Spelling::Bare),
        plain(1, Act::LogIn).spelt(kept),
        plain(1, Act::LogInWrong(Wrong::Near("itself twice"))),
        plain(0, Act::Profile(Id::Live)).spelt(kept),
        plain(1, Act::Profile(Id::Live)).spelt(kept),
        plain(0, Act::Profile(Id::None)).spelt(kept),
        plain(0, Act::LogOut(Id::None)).spelt(kept),
        plain(0, Act::Profile(Id::None)).spelt(all),
        plain(0, Act::Profile(Id::Planted)).spelt(Spelling::CookiesBefore),
        plain(0, Act::Update(Token::Planted)),
    ];
    steps.extend(OF_COOKIES.map(|how| plain(0, Act::Profile(Id::Live)).spelt(how)));
    steps.extend((3..6).map(|at| plain(0, Act::Profile(Id::Misplaced(at)))));
    steps.extend((3..6).map(|at| plain(1, Act::LogOut(Id::Misplaced(at)))));
    steps.extend(OF_FORMS.map(|how| plain(0, Act::AskToken).spelt(how)));
    steps.extend([
        plain(0, Act::AskNear("another first character")).spelt(all),
        plain(0, Act::LogInWrong(Wrong::Other)).spelt(all),
        plain(1, Act::Profile(Id::Live)),
        plain(0, Act::AskToken).spelt(all),
        plain(0, Act::Update(Token::Live))
            .spelt(all)
            .carrying(Carrying::Own),
        plain(0, Act::LogIn).spelt(all),
        plain(0, Act::Update(Token::Used)).spelt(all),
        plain(0, Act::Profile(Id::Live)).spelt(all),
        plain(0, Act::LogOut(Id::Near("another last character"))).spelt(all),
        plain(0, Act::LogOut(Id::Live)).spelt(all),
        plain(0, Act::Profile(Id::Ended)).spelt(Spelling::CookiesAlike),
        plain(0, Act::Profile(Id::Ended)).spelt(kept),
        plain(0, Act::Profile(Id::Ended)).spelt(all),
        plain(0, Act::LogOut(Id::Ended)).spelt(all),
        plain(1, Act::Profile(Id::Live)).spelt(all),
    ]);
    // As often as somebody who reloads a page.
    steps.extend((0..18).map(|_| plain(1, Act::Profile(Id::Live))));
    History::new("every call in every spelling", people, steps)
}

/// Session ids, tokens and emails that are nearly right.
fn near_ids() -> History {
    use PasswordKind::{HashLike, HexDigits, OwnEmail, Shared};
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
    History::new(
        "ids, tokens and emails that are nearly right",
        people,
        steps,
    )
}

/// Passwords that are nearly right, for passwords of several kinds.
fn near_passwords() -> History {
    use PasswordKind::{Digits, Long, Rich};
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
    History::new("passwords that are nearly right", people, steps)
}

/// People who share a device, so that one's cookie comes along with another's calls, who do
/// everything again and again, and whose every act is followed by a call that is refused, which
/// must not undo it.
fn again() -> History {
    use PasswordKind::{Blanks, Long, Plain, Zero};
    let others = |who, act| plain(who, act).carrying(Carrying::Others);
    let own = |who, act| plain(who, act).carrying(Carrying::Own);
    let live = |who| plain(who, Act::Profile(Id::Live));
    let duplicate = |who, own_password| plain(who, Act::RegisterAgain { own_password });
    let wrong = |who, wrong| plain(who, Act::LogInWrong(wrong));
    let update = |who, token| plain(who, Act::Update(token));
    let steps = vec![
        // She is unknown before she registers, and known afterwards.
        plain(0, Act::AskToken),
        plain(0, Act::LogIn),
        plain(0, Act::Register),
        duplicate(0, false),
        plain(0, Act::LogIn),
        // Twice the password that she will set one day.
        wrong(0, Wrong::Other).carrying(Carrying::Own),
        wrong(0, Wrong::Other),
        wrong(0, Wrong::Session),
        live(0),
        others(1, Act::Register),
        live(0),
        others(1, Act::LogIn),
        live(0),
        live(1),
        // The other's password, which was right a moment ago.
        wrong(0, Wrong::Another),
        own(0, Act::Welcome),
        // Three times the same, of which each has to end what was before.
        plain(0, Act::LogIn),
        own(0, Act::LogIn),
        plain(0, Act::Profile(Id::First)),
        plain(0, Act::LogOut(Id::First)),
        plain(0, Act::Profile(Id::Ended)),
        plain(2, Act::Register).carrying(Carrying::Ended),
        live(0),
        plain(0, Act::AskToken),
        plain(0, Act::AskToken),
        others(0, Act::AskToken),
        plain(0, Act::AskNear("a character more")),
        duplicate(0, true).carrying(Carrying::Others),
        wrong(0, Wrong::Token).carrying(Carrying::Others),
        plain(0, Act::Profile(Id::Password)),
        // She forgets while the other is logged in on the same device.
        update(0, Token::Live).carrying(Carrying::Others),
        // Neither the token before it comes to life by that, nor it itself.
        update(0, Token::Replaced).carrying(Carrying::Own),
        update(0, Token::Used).carrying(Carrying::Others),
        wrong(0, Wrong::Old).carrying(Carrying::Ended),
        live(1),
        plain(0, Act::LogOut(Id::Live)),
        plain(0, Act::LogIn),
        plain(0, Act::LogOut(Id::Live)),
        duplicate(0, true).carrying(Carrying::Ended),
        plain(0, Act::Profile(Id::Ended)),
        plain(0, Act::Profile(Id::First)),
        plain(0, Act::Welcome).carrying(Carrying::Ended),
        plain(0, Act::AskToken).carrying(Carrying::Ended),
        plain(1, Act::LogIn),
        // A token that comes while she is logged in, and is used after she has left.
        plain(1, Act::AskToken),
        plain(1, Act::LogOut(Id::Live)),
        plain(1, Act::LogOut(Id::Ended)),
        update(1, Token::Live).carrying(Carrying::Ended),
        plain(1, Act::AskToken),
        update(1, Token::LiveForTheSame),
        update(1, Token::Used).carrying(Carrying::Ended),
        own(0, Act::AskToken),
        own(0, Act::AskNear("a character less")),
        others(1, Act::AskNear("a character less")),
        plain(1, Act::AskToken),
        update(1, Token::LiveForNobody),
        plain(1, Act::LogIn).carrying(Carrying::Ended),
        plain(1, Act::Profile(Id::First)),
        plain(1, Act::LogOut(Id::First)),
        live(1),
        live(0),
    ];
    // Each form in another spelling, as different clients write it.
    let mut forms = OF_FORMS.into_iter().cycle();
    let steps = steps.into_iter().map(|step: Step| match step.act {
        Act::Welcome | Act::Profile(_) | Act::LogOut(_) => step,
        Act::RegisterAgain {
            own_password: false,
        } => step.spelt(Spelling::Browser),
        _ => step.spelt(forms.next().unwrap_or_default()),
    });
    let steps = steps.collect();
    let people = vec![
        (EmailKind::Plain, vec![Plain, Zero, Plain]),
        (EmailKind::Plain, vec![Long, Plain, Plain]),
        (EmailKind::Plain, vec![Blanks]),
    ];
    History::new("people who share a device, again and again", people, steps)
}
