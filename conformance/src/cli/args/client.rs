//! `authspec client`.

use std::time::Duration;

use clap::{Args, builder::BoolishValueParser};

use super::values::positive_duration;
use crate::report::ReportRequest;

/// Examples for the help.
pub(super) const EXAMPLES: &str = "\
Examples:
  authspec client -- python3 main.py             the server's URL is in BASE_URL, and on port 5000
  authspec client -- ./main --url {base_url}     the same, with the URL on its command line
  authspec client --report html=client.html -- python3 main.py

The program runs once against a server that does everything right, where it has to make the
document's nine calls in their order (and others between them, if it likes), exit 0 and print
nothing; and once against each of a number of servers with a wrong answer for one of its eight
functions, where it has to fail. That it notices a wrong payload is a should (--strict).

Exit status:
  0   the client does what the document asks for
  1   it does not
  2   the command line is wrong, or the program cannot be started
  6   it could not be judged";

/// Which client, and how it is judged.
#[derive(Args, Debug)]
pub struct ClientArgs {
    /// The client program
    #[arg(
        last = true,
        required = true,
        value_name = "COMMAND",
        help = "The client program; {base_url} in it and BASE_URL in its environment are the server's URL"
    )]
    pub command: Vec<String>,

    /// The most time for one run of the program
    #[arg(long, value_name = "DURATION", env = "AUTHSPEC_LIMIT", default_value = "30s", value_parser = positive_duration)]
    pub limit: Duration,

    /// Count should as must
    #[arg(long, env = "AUTHSPEC_STRICT", value_parser = BoolishValueParser::new())]
    pub strict: bool,

    /// Write a report; repeatable
    #[arg(
        long,
        value_name = "FORMAT=PATH",
        env = "AUTHSPEC_REPORT",
        value_delimiter = ','
    )]
    pub report: Vec<ReportRequest>,

    /// Show every failed scenario whole, with every request and answer
    #[arg(long, short, env = "AUTHSPEC_VERBOSE", value_parser = BoolishValueParser::new())]
    pub verbose: bool,
}
