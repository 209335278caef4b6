//! Whether the time of a refusal tells who has an account.

use std::time::Instant;

use super::process::{Line, Process, form};
use super::{Outcome, summary};

pub(crate) fn measure() -> Outcome {
    let process = Process::start(8)?;
    let mut line = Line::to(process.address)?;
    line.ask(&form("/users", "known@x", "p"))?;
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..300 {
        for (email, times) in ["known@x", "nobody@x"].into_iter().zip(&mut times) {
            let asked = Instant::now();
            assert_eq!(line.ask(&form("/sessions", email, "wrong"))?, 401);
            times.push(asked.elapsed());
        }
    }
    let [wrong, unknown] = times;
    println!("wrong password: {}", summary(wrong));
    println!("unknown email:  {}", summary(unknown));
    Ok(())
}
