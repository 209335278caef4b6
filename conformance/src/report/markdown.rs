//! Markdown for a pull request's comment or a step summary: the verdict, a table by area, and
//! what fails, folded.
//!
//! Whatever came from a target stands in code, where GitHub and GitLab take no markup, no
//! mention and no reference from it.

mod code;

use std::fmt::Write;

use super::{
    explanation,
    overview::{Concern, Overview, Standing, Subject, counted},
};
use crate::{
    http::visible::one_line,
    run::Run,
    suite::Level,
    verdict::{Totals, baseline::Judgement},
};

/// How long the text may grow before further failures are only listed: GitHub takes no comment
/// of more than 65,536 characters.
const LONGEST: usize = 55_000;

/// The report as GitHub Flavored Markdown.
pub(super) fn render(run: &Run, baseline: &Judgement) -> String {
    let overview = Overview { run, baseline };
    let mut page = Page::default();
    page.line(&format!(
        "## {} {}\n",
        mark(overview.standing()),
        overview.headline()
    ));
    if let Some(why) = overview.cut_short() {
        page.line(&format!("{}\n", code::span(&one_line(&why, 300))));
    }
    page.line(&facts(run));
    page.areas(&overview);
    page.stale(baseline);
    for (concern, heading) in Concern::ALL {
        let concerned = overview.subjects().filter(|s| s.concern() == Some(concern));
        page.group(heading, concerned);
    }
    page.0
}

fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Conforms | Standing::Known => "✅",
        Standing::Fails => "❌",
        Standing::Partly => "◻️",
        Standing::Stale | Standing::Incomplete | Standing::Unreachable | Standing::Defect => "⚠️",
    }
}

fn facts(run: &Run) -> String {
    let mut facts = vec![format!(
        "target {}",
        code::span(&one_line(&run.target.url, 200))
    )];
    if let Some(server) = &run.target.server {
        facts.push(format!("server {}", code::span(&one_line(server, 80))));
    }
    facts.push(format!("{} {}", run.suite.name, run.suite.version));
    facts.push(format!("seed {}", run.seed));
    facts.push(format!(
        "{} in {:.1} s",
        counted(run.counts.requests, "request"),
        run.duration.as_secs_f64()
    ));
    format!("{}\n", facts.join(" · "))
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, line: &str) {
        writeln!(self.0, "{line}").expect("a string takes all text");
    }

    fn areas(&mut self, overview: &Overview<'_>) {
        self.line("| Area | must | should | may |\n| :-- | :-- | :-- | :-- |");
        for area in overview.areas() {
            let cells = Level::ALL.map(|level| cell(&area.subjects, level));
            self.line(&format!(
                "| {} | {} |",
                code::words(area.title),
                cells.join(" | ")
            ));
        }
        self.line("");
    }

    fn stale(&mut self, baseline: &Judgement) {
        if baseline.stale.is_empty() {
            return;
        }
        self.line("### Stale in the baseline\n");
        for entry in &baseline.stale {
            self.line(&format!("- {}", code::words(&entry.to_string())));
        }
        self.line("");
    }

    fn group<'a>(&mut self, title: &str, subjects: impl Iterator<Item = Subject<'a>>) {
        let subjects: Vec<_> = subjects.collect();
        if subjects.is_empty() {
            return;
        }
        self.line(&format!("### {title} ({})\n", subjects.len()));
        let mut unfolded = 0;
        for subject in &subjects {
            let text = subject_text(subject);
            if self.0.len() + text.len() > LONGEST {
                unfolded += 1;
            } else {
                self.0.push_str(&text);
            }
        }
        if unfolded > 0 {
            self.line(&format!(
                "{unfolded} more would make this too long: see the HTML or JSON report.\n"
            ));
        }
    }
}

fn cell(subjects: &[Subject<'_>], level: Level) -> String {
    let of_level = subjects.iter().filter(|s| s.requirement.level == level);
    let totals: Totals = of_level.map(|subject| subject.verdict).collect();
    let (total, pass) = (totals.total, totals.pass);
    let notes: Vec<String> = [
        (totals.fail, "fail"),
        (totals.incomplete, "not judged"),
        (totals.not_run, "not run"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    match total {
        0 => "–".to_owned(),
        _ if notes.is_empty() => format!("✅ {pass}/{total}"),
        _ => format!("{pass}/{total}, {}", notes.join(", ")),
    }
}

fn subject_text(subject: &Subject<'_>) -> String {
    let requirement = subject.requirement;
    let mut page = Page::default();
    page.line(&format!(
        "<details><summary><b>{}</b> ({}): {}</summary>\n",
        code::html(&requirement.id),
        requirement.level,
        code::html(&requirement.title)
    ));
    if let Some(entry) = subject.entry {
        page.line(&format!("Known: {}\n", code::words(&entry.reason)));
    }
    for scenario in &subject.scenarios {
        if scenario.outcome.is_bad() {
            page.line(&format!(
                "{} ({})\n",
                code::words(&scenario.name),
                code::span(&scenario.location.to_string())
            ));
            page.line(&code::block(&explanation::whole(scenario)));
        }
    }
    page.line("</details>\n");
    page.0
}
