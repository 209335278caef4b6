//! `--update-baseline`: the smallest baseline that a run justifies.

use toml_edit::{DocumentMut, Item, Table, value};

use super::file::{Baseline, BaselineError};
use crate::{
    http::visible::one_line,
    run::{Outcome, Run},
    verdict::{self, Verdict},
};

/// How many characters of a target's words a provisional reason quotes at most.
const LONGEST_QUOTE: usize = 60;

/// The text of a baseline that names what fails in `run` and nothing that it disproves.
///
/// Entries of `old` that still fail stay as they are, with their reasons, links, dates and
/// comments; so do entries that this run did not judge, because a partial run knows nothing
/// about them. Entries that pass, or name no requirement, go. Failures that count and are not
/// named yet come in, with a reason that asks to be replaced by a better one.
///
/// # Errors
///
/// `old` is no valid baseline: nothing of it is thrown away then.
pub fn updated(old: &str, run: &Run) -> Result<String, BaselineError> {
    Baseline::parse(old)?;
    let mut document: DocumentMut = old
        .parse()
        .map_err(|error: toml_edit::TomlError| BaselineError::Malformed(error.to_string()))?;
    let heading = heading_of(&document);
    let named: Vec<String> = document.iter().map(|(id, _)| id.to_owned()).collect();
    for id in &named {
        if !still_justified(run, id) {
            document.remove(id);
        }
    }
    if !heading.is_empty() && named.first().is_some_and(|id| !document.contains_key(id)) {
        restore_heading(&mut document, &heading);
    }
    for requirement in &run.requirements {
        let fails = verdict::of(run, requirement) == Verdict::Fail;
        if fails && requirement.level.counts(run.strict) && !document.contains_key(&requirement.id)
        {
            let mut entry = Table::new();
            entry["reason"] = value(provisional_reason(run, &requirement.id));
            if !document.is_empty() {
                entry.decor_mut().set_prefix("\n");
            }
            document.insert(&requirement.id, Item::Table(entry));
        }
    }
    Ok(document.to_string())
}

fn still_justified(run: &Run, id: &str) -> bool {
    run.requirements
        .iter()
        .find(|requirement| requirement.id == id)
        .is_some_and(|requirement| verdict::of(run, requirement) != Verdict::Pass)
}

/// A reason is due, and only a person knows it: this one says what was seen.
fn provisional_reason(run: &Run, id: &str) -> String {
    let seen = run
        .scenarios_of(id)
        .find_map(|scenario| match &scenario.outcome {
            Outcome::Failed(failure) => failure.mismatches.first(),
            _ => None,
        });
    match seen {
        Some(mismatch) => format!(
            "not explained yet; {}: expected {}, got {}",
            mismatch.what,
            one_line(&mismatch.expected, LONGEST_QUOTE),
            one_line(&mismatch.actual, LONGEST_QUOTE)
        ),
        None => "not explained yet".to_owned(),
    }
}

/// What stands above the first entry and is parted from it by a blank line: a comment about the
/// file, not about the entry.
fn heading_of(document: &DocumentMut) -> String {
    let first = document.iter().next().and_then(|(_, item)| item.as_table());
    let prefix = first
        .and_then(|table| table.decor().prefix())
        .and_then(|prefix| prefix.as_str())
        .unwrap_or("");
    prefix
        .rfind("\n\n")
        .map_or(String::new(), |end| prefix[..end + 2].to_owned())
}

fn restore_heading(document: &mut DocumentMut, heading: &str) {
    let first = document
        .iter_mut()
        .next()
        .and_then(|(_, item)| item.as_table_mut().map(Table::decor_mut));
    match first {
        Some(decor) => {
            let own = decor
                .prefix()
                .and_then(|prefix| prefix.as_str())
                .unwrap_or("");
            let whole = format!("{heading}{}", own.trim_start_matches('\n'));
            decor.set_prefix(whole);
        }
        None => document.set_trailing(heading),
    }
}
