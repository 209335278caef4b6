//! Runs of the whole suite, boiled down to their verdicts.

use std::rc::Rc;

use authspec::{
    run::{self, EngineSettings, Silent},
    suite::Catalogue,
    target::Target,
    verdict::{self, Verdict},
};

/// Each requirement with its verdict.
pub(crate) type Verdicts = Vec<(String, Verdict)>;

/// Runs the whole suite.
pub(crate) async fn of(target: &Target, settings: &EngineSettings) -> Verdicts {
    let catalogue = Catalogue::compiled_in().expect("the features");
    let selected: Vec<usize> = (0..catalogue.cases.len()).collect();
    let run = run::run(
        &catalogue,
        &selected,
        target,
        settings,
        Rc::new(Silent),
        std::future::pending(),
    )
    .await
    .expect("a client");
    run.requirements
        .iter()
        .map(|requirement| (requirement.id.clone(), verdict::of(&run, requirement)))
        .collect()
}

/// Those that are no pass.
pub(crate) fn not_passed(verdicts: &Verdicts) -> Vec<&(String, Verdict)> {
    verdicts
        .iter()
        .filter(|(_, verdict)| *verdict != Verdict::Pass)
        .collect()
}
