//! The histories of a run. They are the same for everybody who has the same version of the suite;
//! only the data differ. Some are written, for what has to be tried one by one; the others are
//! drawn, so that together they take as many pairs of transitions as fit.

use std::sync::OnceLock;

use super::{
    coverage::{Coverage, Walk},
    history::{Act, Carrying, History, Id, Step, Token, Wrong},
    spelling::{OF_COOKIES, OF_FORMS},
    values::{EmailKind, PasswordKind},
    written,
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
        let mut histories = written::all();
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
    let mut drawn = History::new(
        &format!("people who go their ways, {}", number + 1),
        kinds(number),
        Vec::new(),
    );
    let mut coverage = before.clone();
    let mut walk = Walk::new(&drawn);
    let mut spent = 0;
    for who in 0..walk.people.len() {
        let step = Step::new(who, Act::Register);
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
            let look = Step::new(other, Act::Profile(Id::Live));
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
            let look = Step::new(who, act);
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
                let step = Step::new(who, act).carrying(carrying);
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
    let mut drawn = History::new(&format!("what the seed {seed} draws"), people, Vec::new());
    let mut walk = Walk::new(&drawn);
    let (mut coverage, mut spent) = (Coverage::default(), 0);
    // Most of what is drawn is not possible in its state, and costs nothing to try.
    for _ in 0..steps * 20 {
        if drawn.steps.len() == steps {
            break;
        }
        let who = usize::try_from(random.below(walk.people.len() as u64)).unwrap_or_default();
        let act = *random.one_of(&ACTS);
        let mut step = Step::new(who, act);
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
