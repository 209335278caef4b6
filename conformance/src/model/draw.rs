//! Histories that nobody has chosen, for a search beyond those of a run, and to count what can be
//! taken at all.

use super::{
    Coverage, Ideal,
    history::{Act, Carrying, History, Id, Step, Token, Wrong},
    spelling::{OF_COOKIES, OF_FORMS},
    values::{EmailKind, PasswordKind, Source},
};

/// What anybody may do next.
const ACTS: [Act; 25] = [
    Act::Welcome,
    Act::Register,
    Act::RegisterAgain,
    Act::RegisterAlike,
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

/// Whose cookie may come along.
const CARRIED: [Carrying; 4] = [
    Carrying::Nothing,
    Carrying::Own,
    Carrying::Others,
    Carrying::Ended,
];

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
    let mut drawn = History {
        title: format!("what the seed {seed} draws"),
        people,
        steps: Vec::new(),
    };
    let source = Source("the model".to_owned());
    let people = source.people(&drawn.people);
    let mut ideal = Ideal::default();
    let mut spent = 0;
    // Most of what is drawn is not possible in its state, and costs nothing to try.
    for _ in 0..steps * 20 {
        if drawn.steps.len() == steps {
            break;
        }
        let who = usize::try_from(random.below(people.len() as u64)).unwrap_or_default();
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
        if spent + cost <= hashes
            && let Some(request) = step.request(&people, &source, &ideal.state)
        {
            ideal.answer(&request.call());
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
