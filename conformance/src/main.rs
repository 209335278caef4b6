//! The command line of authspec.

use std::process::ExitCode;

fn main() -> ExitCode {
    authspec::cli::main()
}
