//! The comparison as text: Markdown and CSV.

use std::fmt::Write as _;

use super::{Comparison, points::rounded};
use crate::http::visible::one_line;

/// A table for a pull request or a step summary.
pub(super) fn markdown(comparison: &Comparison) -> String {
    let mut text = String::from("# Grading\n\n");
    let _ = writeln!(
        text,
        "{} targets; a score is what holds of all that counts, and what could not be judged scores nothing.\n",
        comparison.targets.len()
    );
    text.push_str(
        "| target | verdict | score | judged | fails | note |\n|---|---|---:|---:|---|---|\n",
    );
    for row in &comparison.targets {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} of {} | {} | {} |",
            cell(&row.name),
            row.verdict,
            match row.points {
                Some(earned) => format!("{}, {} points", row.score.shown(), earned.shown()),
                None => row.score.shown(),
            },
            row.score.judged(),
            row.score.total(),
            comparison.failing(row).join(", "),
            cell(row.note.as_deref().unwrap_or_default()),
        );
    }
    text
}

/// Text that cannot leave its cell nor become markup.
fn cell(text: &str) -> String {
    let mut safe = String::new();
    for c in one_line(text, 200).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '#' | '!' | '@' => {
                let _ = write!(safe, "&#{};", u32::from(c));
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A line a target (RFC 4180), a column a task and a requirement.
pub(super) fn csv(comparison: &Comparison) -> String {
    let mut header: Vec<String> = [
        "target",
        "verdict",
        "exit status",
        "percent",
        "pass",
        "fail",
        "not judged",
        "seconds",
    ]
    .map(str::to_owned)
    .to_vec();
    let in_points = comparison.has_points();
    if in_points {
        header.extend(["points".to_owned(), "of points".to_owned()]);
    }
    header.extend(comparison.tasks.iter().map(|task| format!("task {task}")));
    header.extend(
        comparison
            .requirements
            .iter()
            .map(|column| column.id.clone()),
    );
    header.push("note".to_owned());
    let mut text = line(&header);
    for row in &comparison.targets {
        let mut fields = vec![
            row.name.clone(),
            row.verdict.clone(),
            or_empty(row.exit_status),
            or_empty(row.percent),
            row.score.pass.to_string(),
            row.score.fail.to_string(),
            row.score.open.to_string(),
            format!("{:.1}", row.seconds),
        ];
        if let (true, Some(earned)) = (in_points, row.points) {
            fields.extend([rounded(earned.points), rounded(earned.of)]);
        }
        for task in &comparison.tasks {
            let score = row.tasks.get(task);
            fields.push(or_empty(score.and_then(|score| score.percent())));
        }
        for at in 0..comparison.requirements.len() {
            let verdict = row.verdicts.get(at);
            fields.push(or_empty(verdict.map(|verdict| verdict.as_str())));
        }
        fields.push(row.note.clone().unwrap_or_default());
        text.push_str(&line(&fields));
    }
    text
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

fn line(fields: &[String]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
    fields.join(",") + "\r\n"
}

/// A field that no reader takes for two, nor a spreadsheet for a formula.
fn csv_field(field: &str) -> String {
    let field = one_line(field, 500);
    let harmless = if field.starts_with(['=', '+', '-', '@', '\t']) {
        format!("'{field}")
    } else {
        field
    };
    if harmless.contains([',', '"', '\n', '\r', ';']) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_cells_markup_or_formulas() {
        assert_eq!(cell("a|b<i>"), "a&#124;b&lt;i&gt;");
        assert_eq!(csv_field("=1+1"), "'=1+1");
        assert_eq!(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(csv_field("plain"), "plain");
    }
}
