//! `authspec client`: does a client program do what the document asks of one?

use super::{
    args::ClientArgs,
    gate,
    output::{self, Ended, wrong},
};
use crate::{
    client_program::{self, ProgramSettings},
    report::{terminal, write},
    run::StopSignal,
    verdict::{self, baseline::Judgement},
};

pub(super) async fn client(args: ClientArgs) -> Ended {
    write::check(&args.report).map_err(wrong)?;
    let stop = StopSignal::listen();
    let program = ProgramSettings {
        words: args.command,
        limit: args.limit,
        strict: args.strict,
    };
    let judged = client_program::judge(&program, stop.asked()).await;
    let judged = judged.map_err(|error| {
        let program = program.words.first().map_or("", String::as_str);
        wrong(format!("cannot run {program}: {error}"))
    })?;
    let summary = client_program::summary(&judged);
    let run = judged.run;
    let text = terminal::client(&run, &summary, args.verbose);
    output::beside(&args.report)(&text);
    let unwritten = write::write_all(
        &args.report,
        &run,
        &Judgement::default(),
        None,
        &mut std::io::stdout(),
    );
    Ok(gate::with_evidence(verdict::exit_status(&run), &unwritten))
}
