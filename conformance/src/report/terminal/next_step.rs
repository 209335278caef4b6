//! What to mend first, as the very last line of a run that fails.

use super::paint::BOLD;
use crate::{
    report::overview::counted,
    run::Run,
    verdict::{baseline::Judgement, next_step},
};

/// The line, or nothing where nothing that counts fails.
pub fn next_step_line(run: &Run, baseline: &Judgement) -> String {
    let Some(next) = next_step(run, baseline) else {
        return String::new();
    };
    let id = &next.requirement.id;
    let task = match next.requirement.tasks.first() {
        Some(task) => format!(", task {task}"),
        None => String::new(),
    };
    let waiting = match next.waiting.len() {
        0 => String::new(),
        1 => format!(": {} waits for it", next.waiting[0].id),
        others => format!(": {} wait for it", counted(others as u64, "other")),
    };
    format!(
        "next    {BOLD}{id}{BOLD:#}{task}{waiting} (authspec --requirement {id} --verbose shows it alone)\n"
    )
}
