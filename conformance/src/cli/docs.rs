//! `authspec docs`: the requirements as a page, with the reference server's own answers.

use std::io;

use super::{
    args::DocsArgs,
    beside,
    output::{self, Ended, told, wrong},
    settings,
};
use crate::{
    report::{docs, whole_file},
    run::{EngineSettings, StopSignal},
    verdict::ExitStatus,
};

/// What the people on the page are made from: the same features make the same emails.
const SEED: u64 = 0;

pub(super) async fn docs(args: DocsArgs) -> Ended {
    let catalogue = settings::catalogue(args.features.as_deref()).map_err(wrong)?;
    let to_stdout = args.out.as_os_str() == "-";
    let unwritable = |error: io::Error| {
        let path = args.out.display();
        wrong(format!("{path}: {error}"))
    };
    if !to_stdout {
        whole_file::check(&args.out).map_err(unwritable)?;
    }
    let all: Vec<usize> = (0..catalogue.cases.len()).collect();
    let settings = EngineSettings {
        seed: SEED,
        ..EngineSettings::default()
    };
    let stop = StopSignal::listen();
    let run = beside::answered(&catalogue, &all, &settings, &stop)
        .await
        .map_err(|error| told(error, ExitStatus::Defect))?;
    let page = docs::render(&catalogue, &run).ok_or_else(|| {
        told(
            "the reference server does not keep all of these requirements, so it can answer for none of them; \
             authspec run tells which",
            ExitStatus::Fails,
        )
    })?;
    if to_stdout {
        output::print(&page);
    } else {
        whole_file::write(&args.out, page.as_bytes()).map_err(unwritable)?;
        output::print(&format!("wrote {}\n", args.out.display()));
    }
    Ok(ExitStatus::Conforms)
}
