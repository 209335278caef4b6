//! The histories of a run. They are the same for everybody who has the same version of the suite;
//! only the data differ. Some are written, for what has to be tried one by one; the others are
//! drawn, so that together they take as many pairs of transitions as fit.

use std::sync::OnceLock;

use super::{
    coverage::{Coverage, Walk},
    history::{Act, Carrying, History, Id, Step, Token, Wrong},
    neighbours,
    spelling::{OF_COOKIES, OF_FORMS, Spelling},
    values::{EmailKind, PasswordKind},
};

/// How many histories are drawn.
const DRAWN: u64 = 1;

/// How many hash operations a drawn history may cost a target.
const HASHES: usize = 3;

/// How many steps a drawn history may have.
const STEPS: usize = 30;

/// How often each history is drawn before the best is taken.
const TRIES: u64 = 4;

/// The histories of every run, in their order.
pub fn chosen() -> &'static [History] {
    static CHOSEN: OnceLock<Vec<History>> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let mut histories = vec![alike(), spelt(), near_ids(), near_passwords(), again()];
        let mut coverage = Coverage::of(&histories);
        for number in 0..DRAWN {
            let drawn = (0..TRIES)
                .map(|attempt| draw(number, attempt, HASHES, &coverage))
                .max_by_key(|(_, reached)| (reached.pairs.len(), reached.variants.len()));
            if let Some((history, reached)) = drawn {
                coverage = reached;
                histories.push(history);
            }
        }
        histories
    })
}

fn plain(who: usize, act: Act) -> Step {
    Step::new(who, act)
}

fn history(title: &str, people: Vec<(EmailKind, Vec<PasswordKind>)>, steps: Vec<Step>) -> History {
    History {
        title: title.to_owned(),
        people,
        steps,
    }
}

/// People whose emails a careless lookup takes for each other.
fn alike() -> History {
    use PasswordKind::Plain;
    let kinds = [EmailKind::Long]
        .into_iter()
        .chain([5, 2, 1, 3, 4, 0].map(EmailKind::Like));
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
    history("people whose emails look alike", people, steps)
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
    steps.extend((0..12).map(|_| plain(1, Act::Profile(Id::Live))));
    history("every call in every spelling", people, steps)
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
    history(
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
        "its letters without accents",
        "its letters composed otherwise",
        "what a careless query finds",
        "its plus signs as blanks",
        "its backslashes taken out",
        "another character before a letter outside ASCII",
        "its entities decoded",
        "its markup taken out",
        "another sign outside ASCII",
        "what stands before a semicolon",
    ];
    let mut steps = vec![plain(0, Act::Register), plain(0, Act::LogIn)];
    steps.extend(rich.map(near));
    steps.extend(&again[..2]);
    steps.push(plain(0, Act::LogInWrong(Wrong::Old)));
    steps.push(again[2]);
    steps.extend(["another last character", "the case of its first letter"].map(near));
    steps.extend(again);
    steps.push(near("its number"));
    // And back to the first password, as people do.
    steps.extend(again);
    steps.push(plain(0, Act::Profile(Id::Live)));
    let people = vec![(EmailKind::Capitals, vec![Rich, Long, Digits])];
    history("passwords that are nearly right", people, steps)
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
        update(0, Token::Replaced).carrying(Carrying::Own),
        wrong(0, Wrong::Token).carrying(Carrying::Others),
        plain(0, Act::Profile(Id::Password)),
        // She forgets while the other is logged in on the same device.
        update(0, Token::Live).carrying(Carrying::Others),
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
    history("people who share a device, again and again", people, steps)
}

/// What anybody may do next.
const ACTS: [Act; 25] = [
    Act::Welcome,
    Act::Register,
    Act::RegisterAgain {
        own_password: false,
    },
    Act::RegisterAgain { own_password: true },
    Act::LogIn,
    Act::LogInWrong(Wrong::Other),
    Act::LogInWrong(Wrong::Old),
    Act::LogInWrong(Wrong::Another),
    Act::Profile(Id::Live),
    Act::Profile(Id::Ended),
    Act::Profile(Id::First),
    Act::Profile(Id::None),
    Act::Profile(Id::Token),
    Act::LogOut(Id::Live),
    Act::LogOut(Id::Ended),
    Act::LogOut(Id::First),
    Act::LogOut(Id::None),
    Act::AskToken,
    Act::AskNear("a character more"),
    Act::Update(Token::Live),
    Act::Update(Token::LiveForAnother),
    Act::Update(Token::LiveForTheSame),
    Act::Update(Token::Used),
    Act::Update(Token::Replaced),
    Act::Update(Token::Session),
];

/// Draws a history that adds to what was covered before, with what is covered then. The same
/// numbers draw the same history; `hashes` bounds what it may cost.
pub fn draw(number: u64, attempt: u64, hashes: usize, before: &Coverage) -> (History, Coverage) {
    let mut random = Random(
        number
            .wrapping_mul(1_000_003)
            .wrapping_add(attempt)
            .wrapping_add(1),
    );
    let mut drawn = history(
        &format!("people who go their ways, {}", number + 1),
        kinds(number),
        Vec::new(),
    );
    let mut coverage = before.clone();
    let mut walk = Walk::new(&drawn);
    let mut spent = 0;
    for who in 0..walk.people.len() {
        let step = plain(who, Act::Register);
        walk.take(&step, &mut coverage);
        drawn.steps.push(step);
        spent += 1;
    }
    while drawn.steps.len() < STEPS {
        let Some(step) = next(&walk, &coverage, hashes - spent, &mut random) else {
            break;
        };
        walk.take(&step, &mut coverage);
        drawn.steps.push(step);
        let cost = usize::from(step.act.hashes());
        spent += cost;
        // After an act somebody who could be hurt is looked at, which costs no hash.
        if cost > 0 || matches!(step.act, Act::LogOut(_)) {
            let others = walk.people.len();
            let carried = step.whose_session(&walk.people, &walk.ideal.state);
            let other = carried
                .filter(|_| step.carrying == Carrying::Others)
                .unwrap_or((step.who + 1 + drawn.steps.len() % (others - 1)) % others);
            let look = plain(other, Act::Profile(Id::Live));
            if walk.take(&look, &mut coverage) {
                drawn.steps.push(look);
            }
        }
    }
    // At the end everybody is looked at.
    for who in 0..walk.people.len() {
        for act in [
            Act::Profile(Id::Live),
            Act::Profile(Id::Ended),
            Act::Profile(Id::First),
        ] {
            let look = plain(who, act);
            if walk.take(&look, &mut coverage) {
                drawn.steps.push(look);
            }
        }
    }
    (drawn, coverage)
}

/// Who takes part in the drawn history of that number.
fn kinds(number: u64) -> Vec<(EmailKind, Vec<PasswordKind>)> {
    use EmailKind as E;
    use PasswordKind::{Digits, HashLike, HexDigits, Long, OwnEmail, Plain, Rich, Shared, Zero};
    match number % 4 {
        0 => vec![
            (E::Capitals, vec![HexDigits, Plain, Long]),
            (E::Plain, vec![Shared, Plain]),
            (E::Plain, vec![HashLike, HexDigits]),
        ],
        1 => vec![
            (E::Digits, vec![Zero, Plain, Rich]),
            (E::Apostrophe, vec![Plain, Shared, Long]),
            (E::Like(6), vec![OwnEmail, Plain]),
        ],
        2 => vec![
            (E::EveryCharacter, vec![Rich, Plain]),
            (E::Long, vec![Long, Digits]),
            (E::Plain, vec![Shared, OwnEmail]),
        ],
        _ => vec![
            (E::Plain, vec![Long, Plain, Long]),
            (E::Like(2), vec![Digits, Rich]),
            (E::Plain, vec![Plain, Zero]),
        ],
    }
}

/// Whose cookie may come along.
const CARRIED: [Carrying; 4] = [
    Carrying::Nothing,
    Carrying::Own,
    Carrying::Others,
    Carrying::Ended,
];

/// The step that adds most for its cost; among equals the draw decides.
fn next(walk: &Walk, coverage: &Coverage, left: usize, random: &mut Random) -> Option<Step> {
    let mut best: Option<(u64, Step)> = None;
    for who in 0..walk.people.len() {
        for act in ACTS {
            let about_sessions = matches!(act, Act::Profile(_) | Act::LogOut(_));
            for carrying in CARRIED {
                if usize::from(act.hashes()) > left
                    || (about_sessions && carrying != Carrying::Nothing)
                {
                    continue;
                }
                let step = plain(who, act).carrying(carrying);
                let Some((variant, touched, _)) = walk.transition(&step) else {
                    continue;
                };
                let pair = walk.pair(variant.0, touched.as_ref());
                let new_pair = pair.is_some_and(|pair| !coverage.pairs.contains(&pair));
                let new_variant = !coverage.variants.contains(&variant);
                let gain = u64::from(new_pair) * 6 + u64::from(new_variant) * 4;
                // A call without a hash is nearly free. Where none adds anything, one that
                // changes something opens the way to what does.
                let opens = 100 * (u64::from(act.hashes()) + u64::from(act == Act::AskToken));
                let cost = 2 + u64::from(act.hashes());
                let score = gain * 1000 / cost + opens + random.below(200);
                if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
                    best = Some((score, step));
                }
            }
        }
    }
    best.map(|(_, step)| step)
}

/// Numbers that look random and are the same everywhere: a xorshift generator.
struct Random(u64);

impl Random {
    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap_or_default()]
    }

    fn below(&mut self, limit: u64) -> u64 {
        let mut x = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0 = x;
        x % limit
    }
}

/// A history that nobody has chosen: people of any kind who do anything, in any spelling. The
/// same seed draws the same one.
pub fn draw_freely(seed: u64, steps: usize, hashes: usize) -> History {
    let mut random = Random(seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(1));
    let people = (0..2 + random.below(2))
        .map(|_| {
            let email = *random.one_of(&EMAILS);
            let passwords = (0..3).map(|_| *random.one_of(&PASSWORDS)).collect();
            (email, passwords)
        })
        .collect();
    let mut drawn = history(&format!("what the seed {seed} draws"), people, Vec::new());
    let mut walk = Walk::new(&drawn);
    let (mut coverage, mut spent) = (Coverage::default(), 0);
    // Most of what is drawn is not possible in its state, and costs nothing to try.
    for _ in 0..steps * 20 {
        if drawn.steps.len() == steps {
            break;
        }
        let who = usize::try_from(random.below(walk.people.len() as u64)).unwrap_or_default();
        let act = *random.one_of(&ACTS);
        let mut step = plain(who, act);
        if matches!(act, Act::Profile(_) | Act::LogOut(_)) {
            if random.below(4) == 0 {
                step = step.spelt(*random.one_of(&OF_COOKIES));
            }
        } else {
            step = step.carrying(*random.one_of(&CARRIED));
            if act != Act::Welcome && random.below(4) == 0 {
                step = step.spelt(*random.one_of(&OF_FORMS));
            }
        }
        let cost = usize::from(act.hashes());
        if spent + cost <= hashes && walk.take(&step, &mut coverage) {
            spent += cost;
            drawn.steps.push(step);
        }
    }
    drawn
}

/// What of the document can be taken at all, as far as many free histories show.
pub fn reachable() -> Coverage {
    let histories: Vec<History> = (0..200).map(|seed| draw_freely(seed, 120, 80)).collect();
    Coverage::of(&histories)
}

const EMAILS: [EmailKind; 8] = [
    EmailKind::Plain,
    EmailKind::Plain,
    EmailKind::EveryCharacter,
    EmailKind::Long,
    EmailKind::Capitals,
    EmailKind::Apostrophe,
    EmailKind::Digits,
    EmailKind::Like(2),
];

const PASSWORDS: [PasswordKind; 11] = [
    PasswordKind::Plain,
    PasswordKind::Plain,
    PasswordKind::Rich,
    PasswordKind::Long,
    PasswordKind::Digits,
    PasswordKind::HexDigits,
    PasswordKind::HashLike,
    PasswordKind::Swapped,
    PasswordKind::Zero,
    PasswordKind::Shared,
    PasswordKind::OwnEmail,
];
