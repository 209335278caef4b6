//! The page as text: nothing from elsewhere, nothing unescaped, everything in it.

use authspec::{
    report::Format,
    run::Run,
    verdict::baseline::{Baseline, Judgement},
};

use crate::sample;

fn page(run: &Run) -> String {
    Format::Html.render(run, &Judgement::default(), None)
}

#[test]
fn it_loads_nothing_from_elsewhere() {
    for (_, run) in sample::all() {
        let page = page(&run);
        for marker in [
            "src=\"", "<link", "@import", "url(", "<iframe", "<object", "<base", "fetch(",
        ] {
            assert!(!page.contains(marker), "{marker}");
        }
        let hrefs = page
            .match_indices("href=\"")
            .map(|(at, found)| at + found.len());
        for at in hrefs {
            assert!(page[at..].starts_with('#'), "{}", &page[at..at + 40]);
        }
    }
}

#[test]
fn what_a_target_sends_stays_text() {
    let page = page(&sample::failing());
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("</script").count(), 1);
    assert!(!page.contains("<img"));
    assert!(!page.contains("onerror=\""));
    assert!(page.contains("window.pwned=1"), "the body is shown");
    assert!(page.contains("\\u{1b}[31m\\u{0}\\u{8}\\u{b}\\u{202e}\\u{ffff}"));
    assert!(!page.contains('\u{1b}') && !page.contains('\0') && !page.contains('\u{202e}'));
}

#[test]
fn it_names_every_requirement_and_scenario() {
    for (_, run) in sample::all() {
        let page = page(&run);
        for requirement in &run.requirements {
            assert!(page.contains(&format!("id=\"{}\"", requirement.id)));
        }
        for scenario in &run.scenarios {
            assert!(page.contains(&scenario.location.to_string()));
        }
    }
}

#[test]
fn a_failure_is_open_and_says_everything() {
    let page = page(&sample::failing());
    let start = page.find("id=\"LOGIN-4\"").unwrap();
    let block = &page[start..start + page[start..].find("</article>").unwrap()];
    assert!(block[..200].contains(" open>"));
    for part in [
        "she is refused as unauthorized",
        "features/login.feature:55",
        "class=\"expected\"><code>401",
        "class=\"actual\"><code>200",
        "Authorization: (redacted)",
        "curl -i http",
        "class=\"copy\"",
    ] {
        assert!(block.contains(part), "{part}");
    }
}

#[test]
fn what_the_baseline_says_is_shown() {
    let run = sample::failing();
    let text = "[LOGIN-4]\nreason = 'a <b>known</b> one'\nexpires = 2027-01-31\n\
                [ROOT-1]\nreason = 'was'\n";
    let judgement = Judgement::of(&Baseline::parse(text).unwrap(), &run);
    let page = Format::Html.render(&run, &judgement, None);
    assert!(page.contains("a &#60;b&#62;known&#60;/b&#62; one"));
    assert!(page.contains("(until 2027-01-31)"));
    assert!(page.contains("ROOT-1 passes now: delete [ROOT-1] from the baseline"));
}

#[test]
fn the_reference_server_s_answer_stands_beside_where_it_is_known() {
    let run = sample::failing();
    let mut reference = sample::passing();
    let alone = page(&run);
    assert!(!alone.contains("The reference server answered"));
    let scenario = run
        .scenarios
        .iter()
        .find(|s| s.requirement == "LOGIN-4")
        .unwrap();
    let twin = reference
        .scenarios
        .iter_mut()
        .find(|s| s.requirement == "LOGIN-4")
        .unwrap();
    twin.exchanges.clone_from(&scenario.exchanges);
    if let Ok(response) = &mut twin.exchanges[1].answer {
        response.status = 401;
    }
    let beside = Format::Html.render(&run, &Judgement::default(), Some(&reference));
    assert_eq!(beside.matches("The reference server answered").count(), 1);
    assert!(beside.contains("HTTP/1.1 <mark>401</mark>"));
    assert!(beside.contains("HTTP/1.1 <mark>200</mark>"));
}

#[test]
fn the_report_of_a_failing_run() {
    insta::assert_snapshot!(without_assets(&page(&sample::failing())));
}

#[test]
fn the_report_of_a_passing_run() {
    insta::assert_snapshot!(without_assets(&page(&sample::passing())));
}

/// Style and script have files of their own to be reviewed in.
fn without_assets(page: &str) -> String {
    let mut rest = page.to_owned();
    for (open, close) in [("<style>", "</style>"), ("<script>", "</script>")] {
        let start = rest.rfind(open).unwrap() + open.len();
        let end = start + rest[start..].find(close).unwrap();
        rest.replace_range(start..end, "…");
    }
    let start = rest.find("content=\"default-src").unwrap();
    let end = start + rest[start..].find('>').unwrap();
    rest.replace_range(start..end, "…");
    let lines: Vec<&str> = rest
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    lines.join("\n")
}
