//! Whatever a target sends, every format stays what it is.

use authspec::{
    http::{Mismatch, NoResponse},
    report::{Format, github, terminal},
    run::{Ending, Outcome, Run},
    scenario::Failure,
    verdict::baseline::{Baseline, Judgement},
};
use proptest::prelude::*;

use crate::sample;

/// The failing sample with `text` wherever a target can put something.
fn run_with(text: &str) -> Run {
    let mut run = sample::failing();
    run.target.server = Some(text.to_owned());
    run.target.output = Some(text.to_owned());
    text.clone_into(&mut run.target.description);
    for scenario in &mut run.scenarios {
        if let Outcome::Failed(Failure { mismatches, .. }) = &mut scenario.outcome {
            mismatches.push(Mismatch::new(text, text, text));
        }
        if let Outcome::Incomplete(obstacle) = &mut scenario.outcome {
            text.clone_into(&mut obstacle.cause);
            obstacle.mismatches.push(Mismatch::new(text, text, text));
        }
        if let Some(exchange) = scenario.exchanges.first() {
            let mut silent = exchange.clone();
            silent.answer = Err(NoResponse::Broken(text.to_owned()));
            scenario.exchanges.push(silent);
        }
        for exchange in &mut scenario.exchanges {
            let cookie = ("cookie".to_owned(), format!("session_id={text}"));
            exchange.request.headers.push(cookie);
            if let Ok(response) = &mut exchange.answer {
                response.headers.push((text.to_owned(), text.to_owned()));
                response.body = text.as_bytes().to_vec();
                response.body_problem = Some(text.to_owned());
            }
        }
    }
    run
}

/// Any text, and text made of what means something to one of the formats.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "]]>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "</style>",
        "`",
        "```",
        "~~~",
        "|",
        "\n",
        "\r",
        "\t",
        " ",
        "\u{0}",
        "\u{1b}[2J",
        "\u{202e}",
        "\u{fffe}",
        "::",
        "::error::",
        "::stop-commands::x",
        "##[error]",
        "##vso[task.x]",
        "##teamcity[x]",
        "\u{1b}[5m",
        "\u{2067}",
        "\u{85}",
        ":",
        "#",
        "[",
        "%0A",
        "{{",
        "}}",
        "{%",
        "</details>",
        "@all",
        "\\",
        "$",
        "a",
        "é",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..30).prop_map(|p| p.concat())
    ]
}

proptest! {
    // Each case renders every report.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_format_is_broken_by_what_a_target_sends(text in nasty()) {
        let run = run_with(&text);
        let baseline = Baseline::parse("[LOGIN-4]\nreason = 'known'\n").unwrap();
        let judgement = Judgement::of(&baseline, &run);
        let render = |format: Format| format.render(&run, &judgement, Some(&run));

        crate::json::assert_valid(&render(Format::Json));

        let junit = render(Format::Junit);
        let junit = roxmltree::Document::parse(&junit).unwrap();
        let cases = junit.descendants().filter(|node| node.has_tag_name("testcase")).count();
        prop_assert_eq!(cases, run.scenarios.len());

        let html = render(Format::Html).to_lowercase();
        for (tag, count) in [("<script", 1), ("</script", 1), ("<style", 1), ("</style", 1), ("<!--", 0), ("<main", 1)] {
            prop_assert_eq!(html.matches(tag).count(), count, "{}", tag);
        }
        prop_assert!(!html.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));

        let markdown = render(Format::Markdown);
        prop_assert_eq!(details(&markdown), (4, 4));

        for line in github::annotations(&run, &judgement).lines() {
            prop_assert!(line.starts_with("::error title=") || line.starts_with("::warning title=")
                || line.starts_with("::notice title="));
        }

        roxmltree::Document::parse(&render(Format::Badge)).unwrap();
    }
}

/// What the terminal's report uses to paint.
const PAINT: [&str; 6] = [
    "\u{1b}[1m",
    "\u{1b}[2m",
    "\u{1b}[31m",
    "\u{1b}[32m",
    "\u{1b}[33m",
    "\u{1b}[0m",
];

/// What in a text would act on a terminal, or on a CI system that reads it in its log.
fn acts(text: &str) -> Option<String> {
    let text = PAINT
        .iter()
        .fold(text.to_owned(), |text, paint| text.replace(paint, ""));
    let hidden = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let old_command = |line: &str| {
        line.split("##").skip(1).any(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_alphabetic())
                .starts_with('[')
        })
    };
    text.lines()
        .find(|line| {
            line.trim_start().starts_with("::") || old_command(line) || line.contains(hidden)
        })
        .map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_a_target_sends_acts_on_a_terminal_or_in_a_log(text in nasty()) {
        let mut run = run_with(&text);
        run.ending = Ending::TargetLost(text);
        let known = Baseline::parse("[LOGIN-4]\nreason = 'known'\n").unwrap();
        let judgement = Judgement::of(&known, &run);
        let old = authspec::report::json::parse(&Format::Json.render(&sample::passing(), &judgement, None)).unwrap();
        let new = authspec::report::json::parse(&Format::Json.render(&run, &judgement, None)).unwrap();
        let comparison = authspec::report::compare::Comparison::of(&old, &new);
        let mut texts = vec![
            terminal::heading(&run.target, 1),
            terminal::render(&run, false),
            terminal::render(&run, true),
            terminal::client(&run, "", true),
            terminal::baseline_lines(&run, &judgement),
            comparison.text(),
        ];
        texts.extend(Format::ALL.map(|format| format.render(&run, &judgement, Some(&run))));
        for text in &texts {
            prop_assert_eq!(acts(text), None);
        }
        // The annotations are commands: ours, and none in them.
        for line in github::annotations(&run, &judgement).lines() {
            let ours = line.strip_prefix("::").unwrap();
            prop_assert_eq!(acts(ours), None);
        }
    }
}

/// How many folded parts are opened and closed outside of code.
fn details(markdown: &str) -> (usize, usize) {
    let (mut fence, mut opened, mut closed) = (None::<&str>, 0, 0);
    for line in markdown.lines() {
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => {}
            None if line.starts_with("```") => fence = Some(line.trim_end_matches("text")),
            None => {
                opened += usize::from(line.starts_with("<details>"));
                closed += usize::from(line == "</details>");
            }
        }
    }
    (opened, closed)
}
