//! `authspec docs`: the requirements as a page, with the reference server's own answers.

use super::{args::DocsArgs, beside, output, settings};
use crate::{
    report::{docs, whole_file},
    run::{EngineSettings, StopSignal},
    verdict::ExitStatus,
};

/// What the people on the page are made from: the same features make the same emails.
const SEED: u64 = 0;

pub(super) async fn docs(args: DocsArgs) -> ExitStatus {
    let catalogue = match settings::catalogue(args.features.as_deref()) {
        Ok(catalogue) => catalogue,
        Err(error) => {
            output::error(&error.to_string());
            return ExitStatus::Usage;
        }
    };
    let to_stdout = args.out.as_os_str() == "-";
    if !to_stdout && let Err(error) = whole_file::check(&args.out) {
        output::error(&format!("{}: {error}", args.out.display()));
        return ExitStatus::Usage;
    }
    let all: Vec<usize> = (0..catalogue.cases.len()).collect();
    let settings = EngineSettings {
        seed: SEED,
        ..EngineSettings::default()
    };
    let stop = StopSignal::listen();
    let run = match beside::answered(&catalogue, &all, &settings, &stop).await {
        Ok(run) => run,
        Err(error) => {
            output::error(&error.to_string());
            return ExitStatus::Defect;
        }
    };
    let Some(page) = docs::render(&catalogue, &run) else {
        output::error(
            "the reference server does not keep all of these requirements, so it can answer for none of them; \
             authspec run tells which",
        );
        return ExitStatus::Fails;
    };
    if to_stdout {
        output::print(&page);
        return ExitStatus::Conforms;
    }
    if let Err(error) = whole_file::write(&args.out, page.as_bytes()) {
        output::error(&format!("{}: {error}", args.out.display()));
        return ExitStatus::Usage;
    }
    output::print(&format!("wrote {}\n", args.out.display()));
    ExitStatus::Conforms
}
