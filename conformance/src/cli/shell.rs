//! What a shell and its user look things up in: completions and manual pages, both made from
//! the command line's own description.

use std::io;

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::{
    args::{Cli, CompletionsArgs, ManArgs},
    output::{self, Ended, wrong},
};
use crate::verdict::ExitStatus;

pub(super) fn completions(args: &CompletionsArgs) -> ExitStatus {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "authspec", &mut script);
    output::print(&String::from_utf8_lossy(&script));
    ExitStatus::Conforms
}

pub(super) fn man(args: &ManArgs) -> Ended {
    let result = match &args.folder {
        Some(folder) => clap_mangen::generate_to(Cli::command(), folder)
            .map_err(|error| format!("{}: {error}", folder.display())),
        None => page()
            .map_err(|error| error.to_string())
            .map(|page| output::print(&page)),
    };
    result.map_err(wrong)?;
    Ok(ExitStatus::Conforms)
}

fn page() -> io::Result<String> {
    let mut page = Vec::new();
    Man::new(Cli::command()).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
