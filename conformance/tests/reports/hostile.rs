//! Whatever a target sends, every format stays what it is.

use authspec::{
    baseline::{Baseline, Judgement},
    failure::{Failure, Mismatch},
    report::{format::Format, github},
    run::{Outcome, Run},
};
use proptest::prelude::*;

use crate::sample;

/// The failing sample with `text` wherever a target can put something.
fn run_with(text: &str) -> Run {
    let mut run = sample::failing();
    run.target.server = Some(text.to_owned());
    run.target.output = Some(text.to_owned());
    for scenario in &mut run.scenarios {
        if let Outcome::Failed(Failure { mismatches, .. }) = &mut scenario.outcome {
            mismatches.push(Mismatch::new(text, text, text));
        }
        for exchange in &mut scenario.exchanges {
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
