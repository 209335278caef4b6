//! The histories of a run. They are the same for everybody who has the same version of the suite;
//! only the data differ. Some are written, for what has to be tried one by one; the others are
//! drawn, so that together they take as many pairs of transitions as fit.

use std::sync::OnceLock;

use super::{
    coverage::{Coverage, Walk},
    history::{Act, Carrying, History, Id, Step, Token, Wrong},
    spelling::{OF_COOKIES, OF_FORMS, Spelling},
    values::{EmailKind, PasswordKind},
};

/// How many histories are drawn.
const DRAWN: u64 = 4;

/// How many hash operations a drawn history may cost a target.
const HASHES: usize = 9;

/// How many steps a drawn history may have.
const STEPS: usize = 30;

/// How often each history is drawn before the best is taken.
const TRIES: u64 = 4;

/// The histories of every run, in their order.
pub fn chosen() -> &'static [History] {
    static CHOSEN: OnceLock<Vec<History>> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let mut histories = vec![alike(), spelt(), near_ids(), near_passwords()];
        let mut coverage = Coverage::of(&histories);
        for number in 0..DRAWN {
            let drawn = (0..TRIES)
                .map(|attempt| draw(number, attempt, HASHES, &coverage))
                .max_by_key(|(_, reached)| (reached.pairs.len(), reached.transitions.len()));
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
        .chain([2, 5, 1, 3, 4, 0].map(EmailKind::Like));
    let people: Vec<_> = kinds.map(|email| (email, vec![Plain, Plain])).collect();
    let everybody = 0..people.len();
    let mut steps: Vec<Step> = everybody
        .clone()
        .map(|who| plain(who, Act::Register))
        .collect();
    steps.extend(everybody.clone().rev().map(|who| plain(who, Act::AskToken)));
    steps.extend(everybody.clone().rev().map(|who| plain(who, Act::LogIn)));
    steps.extend(
        everybody
            .clone()
            .map(|who| plain(who, Act::Profile(Id::Live))),
    );
    steps.push(plain(1, Act::Update(Token::Live)));
    steps.push(plain(2, Act::LogOut(Id::Live)));
    steps.push(plain(1, Act::LogIn));
    steps.extend(
        everybody
            .filter(|who| *who != 2)
            .map(|who| plain(who, Act::Profile(Id::Live))),
    );
    steps.push(plain(0, Act::Update(Token::Live)));
    history("people whose emails look alike", people, steps)
}

/// Every documented call in every spelling.
fn spelt() -> History {
    use PasswordKind::{Plain, Rich};
    let people = vec![
        (EmailKind::EveryCharacter, vec![Rich, Rich]),
        (EmailKind::Apostrophe, vec![Plain, Rich]),
    ];
    let all = Spelling::Everything;
    let kept = Spelling::KeptConnection;
    let mut steps = vec![
        plain(0, Act::Register).spelt(all),
        plain(0, Act::LogIn).spelt(all),
        plain(1, Act::Register).spelt(kept),
        plain(
            0,
            Act::RegisterAgain {
                own_password: false,
            },
        )
        .spelt(all),
        plain(1, Act::LogIn).spelt(kept),
        plain(0, Act::Profile(Id::Live)).spelt(kept),
        plain(1, Act::Profile(Id::Live)).spelt(kept),
        plain(0, Act::Profile(Id::None)).spelt(kept),
        plain(0, Act::LogOut(Id::None)).spelt(kept),
        plain(0, Act::Profile(Id::None)).spelt(all),
        plain(0, Act::Profile(Id::Planted)).spelt(Spelling::CookiesBefore),
        plain(0, Act::Update(Token::Planted)),
    ];
    let cookies = || OF_COOKIES.into_iter().chain([all]);
    steps.extend(cookies().map(|how| plain(0, Act::Profile(Id::Live)).spelt(how)));
    steps.extend((0..6).map(|at| plain(0, Act::Profile(Id::Misplaced(at)))));
    steps.extend((0..6).map(|at| plain(1, Act::LogOut(Id::Misplaced(at)))));
    steps.extend(OF_FORMS.map(|how| plain(0, Act::AskToken).spelt(how)));
    steps.extend([
        plain(0, Act::AskNear(0)).spelt(all),
        plain(0, Act::LogInWrong(Wrong::Other)).spelt(all),
        plain(1, Act::Profile(Id::Live)),
        plain(0, Act::AskToken).spelt(all),
        plain(0, Act::Update(Token::Live)).spelt(all),
        plain(0, Act::LogIn),
        plain(0, Act::Update(Token::Used)).spelt(all),
        plain(0, Act::Profile(Id::Live)).spelt(all),
        plain(0, Act::LogOut(Id::Near(2))).spelt(all),
        plain(0, Act::LogOut(Id::Live)).spelt(all),
    ]);
    steps.extend(cookies().map(|how| plain(0, Act::Profile(Id::Ended)).spelt(how)));
    steps.push(plain(0, Act::LogOut(Id::Ended)).spelt(all));
    steps.push(plain(1, Act::Profile(Id::Live)).spelt(all));
    history("every call in every spelling", people, steps)
}

/// Session ids, tokens and emails that are nearly right.
fn near_ids() -> History {
    use PasswordKind::{Plain, Shared};
    let people = vec![
        (EmailKind::Plain, vec![Plain, Plain]),
        (EmailKind::Digits, vec![Shared, Plain]),
    ];
    let mut steps = vec![
        plain(0, Act::Register),
        plain(1, Act::Register),
        plain(0, Act::LogIn),
        plain(0, Act::LogIn),
        plain(1, Act::LogIn),
        plain(0, Act::AskToken),
        plain(1, Act::AskToken),
    ];
    steps.extend((0..27).map(|at| plain(0, Act::Profile(Id::Near(at)))));
    steps.extend([Id::Token, Id::Ended].map(|id| plain(0, Act::Profile(id))));
    steps.extend([0, 2, 3, 5, 8, 10, 11, 13, 16, 18].map(|at| plain(0, Act::LogOut(Id::Near(at)))));
    steps.extend([Id::Token, Id::Ended].map(|id| plain(0, Act::LogOut(id))));
    steps.extend((0..15).map(|at| plain(0, Act::AskNear(at))));
    steps.extend([0, 2, 3, 5, 8, 10, 13, 16].map(|at| plain(0, Act::Update(Token::Near(at)))));
    steps.extend([
        plain(0, Act::Update(Token::Session)),
        plain(0, Act::Profile(Id::Live)),
        plain(1, Act::Profile(Id::Live)),
        plain(0, Act::Update(Token::Live)),
        plain(0, Act::LogIn),
        plain(1, Act::LogIn),
        plain(1, Act::Update(Token::Live)),
    ]);
    history(
        "ids, tokens and emails that are nearly right",
        people,
        steps,
    )
}

/// Passwords that are nearly right, for passwords of every kind.
fn near_passwords() -> History {
    use PasswordKind::{Digits, Long, Rich, Zero};
    let near = |at| plain(0, Act::LogInWrong(Wrong::Near(at)));
    let again = |steps: &mut Vec<Step>| {
        steps
            .extend([Act::AskToken, Act::Update(Token::Live), Act::LogIn].map(|act| plain(0, act)));
    };
    let mut steps = vec![plain(0, Act::Register), plain(0, Act::LogIn)];
    steps.extend([0, 4, 6, 7, 8, 9, 12].map(near));
    again(&mut steps);
    steps.extend([0, 2].map(near));
    again(&mut steps);
    steps.push(near(10));
    again(&mut steps);
    // And back to the first password, as people do.
    again(&mut steps);
    steps.push(near(5));
    steps.push(plain(0, Act::Profile(Id::Live)));
    let people = vec![(EmailKind::Plain, vec![Rich, Long, Digits, Zero])];
    history("passwords that are nearly right", people, steps)
}

/// What anybody may do next.
const ACTS: [Act; 23] = [
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
    Act::AskNear(3),
    Act::Update(Token::Live),
    Act::Update(Token::LiveForAnother),
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
    while drawn.steps.len() < STEPS {
        let Some(step) = next(&walk, &coverage, hashes - spent, &mut random) else {
            break;
        };
        walk.take(&step, &mut coverage);
        drawn.steps.push(step);
        let cost = hash_of(step.act);
        spent += cost;
        // After an act somebody who could be hurt is looked at, which costs no hash.
        if cost > 0 || matches!(step.act, Act::LogOut(_)) {
            let others = walk.people.len();
            let other = (step.who + 1 + drawn.steps.len() % (others - 1)) % others;
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
    use PasswordKind::{Digits, Long, OwnEmail, Plain, Rich, Shared, Zero};
    match number % 4 {
        0 => vec![
            (E::Plain, vec![Plain; 3]),
            (E::Plain, vec![Shared, Plain]),
            (E::Plain, vec![Plain; 3]),
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

fn hash_of(act: Act) -> usize {
    usize::from(!matches!(
        act,
        Act::Profile(_) | Act::LogOut(_) | Act::AskToken | Act::AskNear(_)
    ))
}

/// The step that adds most for its cost; among equals the draw decides.
fn next(walk: &Walk, coverage: &Coverage, left: usize, random: &mut Random) -> Option<Step> {
    const CARRIED: [Carrying; 4] = [
        Carrying::Nothing,
        Carrying::Own,
        Carrying::Others,
        Carrying::Ended,
    ];
    let mut best: Option<(u64, Step)> = None;
    for who in 0..walk.people.len() {
        for act in ACTS {
            let about_sessions = matches!(act, Act::Profile(_) | Act::LogOut(_));
            for carrying in CARRIED {
                if hash_of(act) > left || (about_sessions && carrying != Carrying::Nothing) {
                    continue;
                }
                let step = plain(who, act).carrying(carrying);
                let Some((transition, touched, _)) = walk.transition(&step) else {
                    continue;
                };
                let pair = walk.pair(transition, touched.as_ref());
                let new_pair = pair.is_some_and(|pair| !coverage.pairs.contains(&pair));
                let new_transition = !coverage.transitions.contains(&transition);
                let gain = u64::from(new_pair) * 6 + u64::from(new_transition) * 10;
                // A call without a hash is nearly free, but says little where nothing is new.
                let cost = 2 + 4 * hash_of(act) as u64;
                let score = (gain + 1) * 1000 / cost + random.below(400);
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
    fn below(&mut self, limit: u64) -> u64 {
        let mut x = self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.0 = x;
        x % limit
    }
}
