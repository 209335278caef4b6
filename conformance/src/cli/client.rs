//! `authspec client`: does a client program do what the document asks of one?

use super::{args::ClientArgs, gate, output};
use crate::{
    client_program::{self, ProgramSettings},
    report::{terminal, write},
    run::StopSignal,
    verdict::{self, ExitStatus, baseline::Judgement},
};

pub(super) async fn client(args: ClientArgs) -> ExitStatus {
    if let Err(error) = write::check(&args.report) {
        output::error(&error.to_string());
        return ExitStatus::Usage;
    }
    let stop = StopSignal::listen();
    let program = ProgramSettings {
        words: args.command,
        limit: args.limit,
        strict: args.strict,
    };
    let judged = match client_program::judge(&program, stop.asked()).await {
        Ok(judged) => judged,
        Err(error) => {
            let program = program.words.first().map_or("", String::as_str);
            output::error(&format!("cannot run {program}: {error}"));
            return ExitStatus::Usage;
        }
    };
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
    gate::with_evidence(verdict::exit_status(&run), &unwritten)
}
