//! JUnit XML: valid, its totals agree with its elements, and it is red exactly where the run is.

use std::{path::Path, process::Command};

use authspec::{
    report::Format,
    run::Run,
    verdict::{
        ExitStatus,
        baseline::{Baseline, Judgement},
    },
};
use roxmltree::{Document, Node};

use crate::sample;

fn baselines() -> Vec<Baseline> {
    ["", "[LOGIN-4]\nreason = 'it\u{2019}s <known> & \"ours\"'\n[ROOT-1]\nreason = 'was'\n[OLD-1]\nreason = 'x'\n"]
        .map(|text| Baseline::parse(text).unwrap())
        .to_vec()
}

fn all() -> Vec<(Run, Judgement, String)> {
    let mut reports = Vec::new();
    for (_, run) in sample::all() {
        for baseline in baselines() {
            let judgement = Judgement::of(&baseline, &run);
            let xml = Format::Junit.render(&run, &judgement, None);
            reports.push((run.clone(), judgement, xml));
        }
    }
    reports
}

fn elements<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name))
}

#[test]
fn totals_agree_with_the_elements() {
    for (_, _, xml) in all() {
        let document = Document::parse(&xml).unwrap();
        for holder in document
            .descendants()
            .filter(|node| node.has_tag_name("testsuites") || node.has_tag_name("testsuite"))
        {
            for (attribute, element) in [
                ("tests", "testcase"),
                ("failures", "failure"),
                ("errors", "error"),
                ("skipped", "skipped"),
            ] {
                let told: usize = holder.attribute(attribute).unwrap().parse().unwrap();
                assert_eq!(told, elements(holder, element).count(), "{attribute}");
            }
        }
    }
}

#[test]
fn it_is_red_exactly_where_the_exit_status_is_not_0() {
    for (run, judgement, xml) in all() {
        let document = Document::parse(&xml).unwrap();
        let failures = elements(document.root(), "failure").count();
        let errors = elements(document.root(), "error").count();
        let status = judgement.exit_status(&run);
        assert_eq!(
            failures + errors > 0,
            status != ExitStatus::Conforms,
            "{status:?}"
        );
        if status == ExitStatus::Incomplete {
            assert!(errors > 0);
        }
    }
}

#[test]
fn what_does_not_count_is_skipped_with_its_whole_text() {
    let mut run = sample::passing();
    for (record, failed) in run.scenarios.iter_mut().zip(sample::failing().scenarios) {
        if record.requirement == "REG-6" {
            *record = failed;
        }
    }
    let xml = Format::Junit.render(&run, &Judgement::default(), None);
    let document = Document::parse(&xml).unwrap();
    for element in ["failure", "error"] {
        assert_eq!(elements(document.root(), element).count(), 0, "{element}");
    }
    let skipped = elements(document.root(), "skipped").next().unwrap();
    assert_eq!(
        skipped.attribute("message"),
        Some("should, does not count: status: expected 400 to 499, got 500")
    );
    let text = elements(document.root(), "system-out").next().unwrap();
    assert!(text.text().unwrap().contains("answer: HTTP/1.1 500"));
}

#[test]
fn a_case_has_everything_that_viewers_show() {
    let xml = Format::Junit.render(&sample::failing(), &Judgement::default(), None);
    let document = Document::parse(&xml).unwrap();
    let case = elements(document.root(), "testcase")
        .find(|case| case.attribute("classname") == Some("Logging in.LOGIN-4"))
        .unwrap();
    assert_eq!(case.attribute("name"), Some("Logging in as documented"));
    assert_eq!(case.attribute("file"), Some("features/login.feature"));
    assert_eq!(case.attribute("line"), Some("52"));
    assert_eq!(case.attribute("time"), Some("0.125"));
    let properties: Vec<_> = elements(case, "property")
        .map(|p| (p.attribute("name").unwrap(), p.attribute("value").unwrap()))
        .collect();
    assert_eq!(
        properties[..3],
        [("id", "LOGIN-4"), ("level", "must"), ("tasks", "8,11")]
    );
    let failure = elements(case, "failure").next().unwrap();
    assert_eq!(
        failure.attribute("message"),
        Some("status: expected 401, got 200 (and 2 more)")
    );
    insta::assert_snapshot!(failure.text().unwrap());
}

#[test]
fn what_a_target_sends_stays_text() {
    let xml = Format::Junit.render(&sample::failing(), &Judgement::default(), None);
    let document = Document::parse(&xml).unwrap();
    let known = [
        "testsuites",
        "testsuite",
        "testcase",
        "properties",
        "property",
        "failure",
        "error",
        "skipped",
        "system-out",
    ];
    for element in document.descendants().filter(Node::is_element) {
        assert!(known.contains(&element.tag_name().name()), "{element:?}");
    }
    let text = elements(document.root(), "failure")
        .filter_map(|node| node.text())
        .nth(1)
        .unwrap();
    assert!(text.contains("</script><script>window.pwned=1</script>"));
    assert!(text.contains("\\u{1b}[31m\\u{0}\\u{8}\\u{b}\\u{202e}\\u{ffff}"));
}

#[test]
fn it_is_valid_against_the_schema() {
    let available = Command::new("xmllint").arg("--version").output().is_ok();
    if !available {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI has to have xmllint (Debian: libxml2-utils)"
        );
        eprintln!("skipped: no xmllint here to validate JUnit XML with");
        return;
    }
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports/junit.xsd");
    let folder = tempfile::tempdir().unwrap();
    for (index, (_, _, xml)) in all().iter().enumerate() {
        let path = folder.path().join(format!("{index}.xml"));
        std::fs::write(&path, xml).unwrap();
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--schema"])
            .args([&schema, &path])
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn the_report_of_a_failing_run() {
    insta::assert_snapshot!(Format::Junit.render(&sample::failing(), &Judgement::default(), None));
}

#[test]
fn the_report_of_a_passing_run() {
    insta::assert_snapshot!(Format::Junit.render(&sample::passing(), &Judgement::default(), None));
}

#[test]
fn the_report_of_a_run_that_was_cut_short_and_of_a_stale_baseline() {
    let run = sample::interrupted();
    let judgement = Judgement::of(&baselines()[1], &run);
    insta::assert_snapshot!(Format::Junit.render(&run, &judgement, None));
}
