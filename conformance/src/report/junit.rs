//! JUnit XML, as GitHub, GitLab and Jenkins read it.
//!
//! ```xml
//! <testsuites name="authspec" tests="2" skipped="0" failures="1" errors="0" time="2.345">
//!     <testsuite name="Logging in" tests="2" skipped="0" errors="0" failures="1" time="0.250">
//!         <testcase name="a wrong password" classname="Logging in.LOGIN-4" time="0.125"
//!                   file="features/login.feature" line="52">
//!             <properties><property name="id" value="LOGIN-4"/>…</properties>
//!             <failure type="must" message="status: expected 401, got 200">…</failure>
//!         </testcase>
//! ```
//!
//! What is red here is what the exit status is about: a failure that does not count, or that the
//! baseline expects, is a skipped case that says so and keeps its whole text. A run that was cut
//! short and a stale baseline are cases of their own.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::{
    explanation,
    overview::{Area, Overview, Subject},
};
use crate::{
    http::{timestamp::rfc3339, visible::visible},
    run::{Outcome, Run, ScenarioRecord},
    verdict::{ExitStatus, baseline::Judgement},
};

/// The report as XML.
pub(super) fn render(run: &Run, baseline: &Judgement) -> String {
    let overview = Overview { run, baseline };
    let mut report = Report::new("authspec");
    report.set_time(run.duration);
    report.add_test_suites(overview.areas().iter().map(|area| suite(run, area)));
    report.add_test_suites(whole_run(&overview));
    report.add_test_suites(stale_entries(run, baseline));
    report.to_string().expect("memory takes all XML")
}

fn suite(run: &Run, area: &Area<'_>) -> TestSuite {
    let mut suite = new_suite(run, area.title);
    let mut time = Duration::ZERO;
    for subject in &area.subjects {
        for scenario in &subject.scenarios {
            time += scenario.duration;
            suite.add_test_case(case(subject, scenario));
        }
    }
    suite.set_time(time);
    suite
}

fn new_suite(run: &Run, name: &str) -> TestSuite {
    let mut suite = TestSuite::new(visible(name));
    // In UTC and without a zone, as the format has it.
    suite
        .extra
        .insert("timestamp".into(), rfc3339(run.started)[..19].into());
    suite
}

fn case(subject: &Subject<'_>, scenario: &ScenarioRecord) -> TestCase {
    let requirement = subject.requirement;
    let mut case = TestCase::new(visible(&scenario.name), status(subject, scenario));
    case.set_classname(visible(&format!("{}.{}", requirement.area, requirement.id)));
    case.set_time(scenario.duration);
    case.extra
        .insert("file".into(), visible(&scenario.location.file).into());
    case.extra
        .insert("line".into(), scenario.location.line.to_string().into());
    let tasks: Vec<String> = requirement.tasks.iter().map(u8::to_string).collect();
    case.add_properties([
        Property::new("id", visible(&requirement.id)),
        Property::new("level", requirement.level.as_str()),
        Property::new("tasks", tasks.join(",")),
        Property::new("requirement", visible(&requirement.title)),
    ]);
    if matches!(case.status, TestCaseStatus::Skipped { .. }) && scenario.outcome.is_bad() {
        case.set_system_out(explanation::whole(scenario));
    }
    case
}

fn status(subject: &Subject<'_>, scenario: &ScenarioRecord) -> TestCaseStatus {
    let headline = explanation::headline(&scenario.outcome);
    let level = subject.requirement.level;
    let mut status = match scenario.outcome {
        Outcome::Passed => return TestCaseStatus::success(),
        Outcome::NotRun | Outcome::Skipped(_) => return skipped(headline),
        Outcome::Failed(_) | Outcome::Incomplete(_) if !subject.counts => {
            return skipped(format!("{level}, does not count: {headline}"));
        }
        Outcome::Failed(_) => match subject.entry {
            Some(entry) => {
                let reason = visible(&entry.reason);
                return skipped(format!("known failure ({reason}): {headline}"));
            }
            None => TestCaseStatus::non_success(NonSuccessKind::Failure),
        },
        Outcome::Incomplete(_) if subject.blocked_by.is_some() => {
            let known = subject.blocked_by.unwrap_or_default();
            return skipped(format!("behind the known failure {known}: {headline}"));
        }
        Outcome::Incomplete(_) => TestCaseStatus::non_success(NonSuccessKind::Error),
    };
    status
        .set_type(level.as_str())
        .set_message(headline)
        .set_description(explanation::whole(scenario));
    status
}

fn skipped(message: String) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message);
    status
}

/// A run that was cut short and is not a success for it.
fn whole_run(overview: &Overview<'_>) -> Option<TestSuite> {
    let why = overview.cut_short()?;
    if overview.baseline.exit_status(overview.run) == ExitStatus::Conforms {
        return None;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(visible(&why));
    if let Some(output) = &overview.run.target.output {
        status.set_description(format!("the target printed:\n{}", visible(output)));
    }
    let mut suite = new_suite(overview.run, "The run");
    suite.add_test_case(TestCase::new("the run reached its end", status));
    suite.set_time(Duration::ZERO);
    Some(suite)
}

fn stale_entries(run: &Run, baseline: &Judgement) -> Option<TestSuite> {
    if baseline.stale.is_empty() {
        return None;
    }
    let mut suite = new_suite(run, "The baseline");
    for entry in &baseline.stale {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status
            .set_type("baseline")
            .set_message(visible(&entry.to_string()));
        let name = format!("the entry [{}] is up to date", entry.requirement);
        suite.add_test_case(TestCase::new(visible(&name), status));
    }
    suite.set_time(Duration::ZERO);
    Some(suite)
}
