//! What a baseline makes of a run, and what it is turned into by `--update-baseline`.

use authspec::{
    run::{Ending, Outcome, Run},
    scenario::Obstacle,
    verdict::{
        ExitStatus,
        baseline::{Baseline, Judgement, Word, updated},
    },
};

use crate::sample;

fn judge(text: &str, run: &Run) -> Judgement {
    Judgement::of(&Baseline::parse(text).unwrap(), run)
}

fn advice(judgement: &Judgement) -> Vec<String> {
    judgement.stale.iter().map(ToString::to_string).collect()
}

/// [`sample::failing`] without what could not be judged.
fn two_failures() -> Run {
    let mut run = sample::failing();
    run.requirements.retain(|r| r.id != "PROFILE-2");
    run.scenarios.retain(|s| s.requirement != "PROFILE-2");
    run
}

/// [`sample::failing`] where nothing that is known stands in the way of what could not be judged.
fn with_a_gap() -> Run {
    let mut run = sample::failing();
    for scenario in &mut run.scenarios {
        if let Outcome::Incomplete(obstacle) = &mut scenario.outcome {
            obstacle.blocked_by = None;
        }
    }
    run
}

const BOTH: &str = "[LOGIN-4]\nreason = 'known'\n[PROFILE-1]\nreason = 'known'\n";

#[test]
fn a_known_failure_is_expected_and_does_not_fail_the_run() {
    let judgement = judge(BOTH, &two_failures());
    assert_eq!(judgement.word("LOGIN-4"), Some(Word::Expected));
    assert_eq!(judgement.word("ROOT-1"), None);
    assert_eq!(judgement.exit_status(&two_failures()), ExitStatus::Conforms);
    assert_eq!(judgement.entry("LOGIN-4").unwrap().reason, "known");
}

#[test]
fn a_failure_that_it_does_not_name_fails_the_run() {
    let judgement = judge("[LOGIN-4]\nreason = 'known'\n", &two_failures());
    assert_eq!(judgement.exit_status(&two_failures()), ExitStatus::Fails);
}

#[test]
fn an_entry_that_passes_is_stale_and_said_to_be_deleted() {
    let text = format!("{BOTH}[ROOT-1]\nreason = 'was'\n");
    let judgement = judge(&text, &two_failures());
    assert_eq!(judgement.word("ROOT-1"), Some(Word::Stale));
    assert_eq!(
        judgement.exit_status(&two_failures()),
        ExitStatus::BaselineStale
    );
    assert_eq!(
        advice(&judgement),
        ["ROOT-1 passes now: delete [ROOT-1] from the baseline"]
    );
}

#[test]
fn an_unknown_id_is_stale() {
    let judgement = judge("[LOGIN-99]\nreason = 'x'\n", &sample::passing());
    assert_eq!(
        judgement.exit_status(&sample::passing()),
        ExitStatus::BaselineStale
    );
    assert_eq!(
        advice(&judgement),
        ["LOGIN-99 is no requirement of this suite: delete [LOGIN-99] from the baseline"]
    );
}

#[test]
fn an_entry_holds_to_the_end_of_its_last_day() {
    // The sample runs on 2026-11-01.
    let with = |day: &str| format!("{BOTH}expires = {day}\n");
    let last = judge(&with("2026-11-01"), &two_failures());
    assert_eq!(last.exit_status(&two_failures()), ExitStatus::Conforms);
    let over = judge(&with("2026-10-31"), &two_failures());
    assert_eq!(over.word("PROFILE-1"), Some(Word::Stale));
    assert_eq!(over.exit_status(&two_failures()), ExitStatus::BaselineStale);
    assert!(advice(&over)[0].contains("expired on 2026-10-31"));
}

#[test]
fn what_could_not_be_judged_is_never_expected() {
    let text = format!("{BOTH}[PROFILE-2]\nreason = 'it hangs'\n");
    let judgement = judge(&text, &with_a_gap());
    assert_eq!(judgement.word("PROFILE-2"), None);
    assert_eq!(judgement.exit_status(&with_a_gap()), ExitStatus::Incomplete);
}

#[test]
fn what_a_known_failure_stands_in_the_way_of_is_excused_with_it() {
    let mut run = sample::failing();
    let blocked_by = |run: &mut Run, id: &str, by: Option<&str>| {
        let found = run.scenarios.iter_mut().filter(|s| s.requirement == id);
        for scenario in found {
            scenario.outcome = Outcome::Incomplete(Obstacle {
                blocked_by: by.map(str::to_owned),
                ..Obstacle::outside("it needs what the target does not give")
            });
        }
    };
    blocked_by(&mut run, "PROFILE-2", Some("LOGIN-4"));
    let judgement = judge(BOTH, &run);
    assert_eq!(judgement.exit_status(&run), ExitStatus::Conforms);
    assert_eq!(judgement.blocked_by("PROFILE-2"), Some("LOGIN-4"));
    assert_eq!(judgement.word("PROFILE-2"), Some(Word::Expected));
    let text = authspec::report::terminal::baseline_lines(&run, &judgement);
    assert!(
        text.contains("known: PROFILE-2 (not judged because of LOGIN-4)"),
        "{text}"
    );
    // And so is what is behind that again.
    blocked_by(&mut run, "ROOT-1", Some("PROFILE-2"));
    assert_eq!(judge(BOTH, &run).exit_status(&run), ExitStatus::Conforms);
    for other in [Some("REG-1"), None] {
        blocked_by(&mut run, "PROFILE-2", other);
        assert_eq!(judge(BOTH, &run).exit_status(&run), ExitStatus::Incomplete);
    }
}

#[test]
fn the_order_is_70_then_1_then_6_then_5() {
    let stale = "[ROOT-1]\nreason = 'was'\n";
    let mut run = with_a_gap();
    assert_eq!(judge(stale, &run).exit_status(&run), ExitStatus::Fails);
    let both = format!("{BOTH}{stale}");
    assert_eq!(judge(&both, &run).exit_status(&run), ExitStatus::Incomplete);
    let run_without_gap = two_failures();
    assert_eq!(
        judge(&both, &run_without_gap).exit_status(&run_without_gap),
        ExitStatus::BaselineStale
    );
    run.ending = Ending::Defect("a bug".to_owned());
    assert_eq!(judge(&both, &run).exit_status(&run), ExitStatus::Defect);
}

#[test]
fn a_target_that_was_never_reached_is_that_whatever_the_baseline_says() {
    let run = sample::unreachable();
    assert_eq!(judge(BOTH, &run).exit_status(&run), ExitStatus::Unreachable);
}

#[test]
fn without_a_baseline_the_verdict_alone_decides() {
    for (_, run) in sample::all() {
        assert_eq!(
            Judgement::default().exit_status(&run),
            authspec::verdict::exit_status(&run)
        );
    }
}

#[test]
fn an_update_of_nothing_names_exactly_what_fails_and_counts() {
    let text = updated("", &two_failures()).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(
        judge(&text, &two_failures()).exit_status(&two_failures()),
        ExitStatus::Conforms
    );
}

#[test]
fn an_update_keeps_reasons_links_dates_and_comments_and_drops_what_is_stale() {
    let old = "# Known failures of the sample.\n# Ask Ada before adding one.\n\n\
        [ROOT-1]\nreason = 'was'\n\n# The mobile client relies on it.\n[LOGIN-4]\n\
        reason = \"sessions, see the link\" # sic\nlink = 'https://issues.example/1'\n\
        expires = 2026-10-01\n\n[OLD-1]\nreason = 'gone'\n\n[PROFILE-2]\nreason = 'hangs'\n";
    let text = updated(old, &sample::failing()).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(updated(&text, &sample::failing()).unwrap(), text);
}

#[test]
fn an_update_of_a_passing_run_leaves_only_the_heading() {
    let old = "# Known failures.\n\n[ROOT-1]\nreason = 'was'\n";
    assert_eq!(
        updated(old, &sample::passing()).unwrap(),
        "# Known failures.\n\n"
    );
}

#[test]
fn an_update_throws_no_broken_file_away() {
    assert!(updated("[ROOT-1\n", &sample::passing()).is_err());
}
