//! The histories that are written, for what has to be tried one by one.

use std::sync::LazyLock;

use super::{
    history::{Act, Carrying, History, Id, People, Step, Token, Wrong},
    nearly_right::{near_ids, near_passwords},
    spelling::{OF_COOKIES, OF_FORMS, Spelling},
    values::{EmailKind, PasswordKind},
};

/// The histories of every run, in their order. They are the same for everybody who has the same
/// version of the suite; only the data differ.
pub fn chosen() -> &'static [History] {
    static CHOSEN: LazyLock<Vec<History>> = LazyLock::new(|| {
        let written = [
            ("people whose emails look alike", alike()),
            ("every call in every spelling", spelt()),
            ("ids, tokens and emails that are nearly right", near_ids()),
            ("passwords that are nearly right", near_passwords()),
            ("people who share a device, again and again", again()),
            ("people who go their ways, 1", asking()),
        ];
        let history = |(title, (people, steps)): (&str, (People, Vec<Step>))| History {
            title: title.to_owned(),
            people,
            steps,
        };
        written.map(history).into()
    });
    &CHOSEN
}

fn plain(who: usize, act: Act) -> Step {
    Step::new(who, act)
}

/// People whose emails a careless lookup takes for each other.
fn alike() -> (People, Vec<Step>) {
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
    (people, steps)
}

/// Every documented call in every spelling.
fn spelt() -> (People, Vec<Step>) {
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
        plain(0, Act::RegisterAgain).spelt(Spelling::Bare),
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
    (people, steps)
}

/// People who share a device, so that one's cookie comes along with another's calls, who do
/// everything again and again, and whose every act is followed by a call that is refused, which
/// must not undo it.
fn again() -> (People, Vec<Step>) {
    use PasswordKind::{Blanks, Long, Plain, Zero};
    let others = |who, act| plain(who, act).carrying(Carrying::Others);
    let own = |who, act| plain(who, act).carrying(Carrying::Own);
    let live = |who| plain(who, Act::Profile(Id::Live));
    let wrong = |who, wrong| plain(who, Act::LogInWrong(wrong));
    let update = |who, token| plain(who, Act::Update(token));
    let steps = vec![
        // She is unknown before she registers, and known afterwards.
        plain(0, Act::AskToken),
        plain(0, Act::LogIn),
        plain(0, Act::Register),
        plain(0, Act::RegisterAgain),
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
        plain(0, Act::RegisterAlike).carrying(Carrying::Others),
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
        plain(0, Act::RegisterAlike).carrying(Carrying::Ended),
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
        Act::RegisterAgain => step.spelt(Spelling::Browser),
        _ => step.spelt(forms.next().unwrap_or_default()),
    });
    let steps = steps.collect();
    let people = vec![
        (EmailKind::Plain, vec![Plain, Zero, Plain]),
        (EmailKind::Plain, vec![Long, Plain, Plain]),
        (EmailKind::Plain, vec![Blanks]),
    ];
    (people, steps)
}

/// People who have never logged in, and ask for one token after another.
fn asking() -> (People, Vec<Step>) {
    use PasswordKind::{HashLike, HexDigits, Long, Plain, Shared};
    let ask = |who| plain(who, Act::AskToken);
    let near = plain(0, Act::AskNear("a character more"));
    let mut steps: Vec<Step> = (0..3).map(|who| plain(who, Act::Register)).collect();
    steps.push(plain(2, Act::Welcome));
    steps.extend([2, 2, 2].map(ask));
    steps.extend([near, near]);
    steps.extend([2, 0, 1, 2, 2, 1].map(ask));
    steps.push(plain(0, Act::LogOut(Id::None)));
    steps.extend([0, 0, 1].map(ask));
    steps.push(near);
    steps.extend([0, 2, 1, 2, 1, 1, 2, 0, 0].map(ask));
    steps.push(plain(2, Act::Profile(Id::None)));
    let people = vec![
        (EmailKind::Capitals, vec![HexDigits, Plain, Long]),
        (EmailKind::Plain, vec![Shared, Plain]),
        (EmailKind::Plain, vec![HashLike, HexDigits]),
    ];
    (people, steps)
}
