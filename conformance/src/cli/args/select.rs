//! Which requirements a command is about: what is run, listed, explained.

use std::path::PathBuf;

use clap::Args;
use cucumber::gherkin::tagexpr::TagOperation;
use regex::Regex;

use crate::suite::Level;

/// Which requirements and scenarios a command is about. Values of one option widen, options narrow.
#[derive(Args, Clone, Debug, Default)]
pub struct SelectArgs {
    /// Only this requirement, such as LOGIN-4; repeatable
    #[arg(
        long,
        value_name = "ID",
        env = "AUTHSPEC_REQUIREMENT",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub requirement: Vec<String>,

    /// Only what this task of the document asks for, 0 to 20; repeatable
    #[arg(long, value_name = "N", env = "AUTHSPEC_TASK", value_delimiter = ',',
        value_parser = clap::value_parser!(u8).range(0..=20), help_heading = "Selection")]
    pub task: Vec<u8>,

    /// Only what the tasks up to this one ask for, for people in the middle of the work
    #[arg(long, value_name = "N", env = "AUTHSPEC_UP_TO",
        value_parser = clap::value_parser!(u8).range(0..=20), help_heading = "Selection")]
    pub up_to: Option<u8>,

    /// Only this level: must, should or may; repeatable
    #[arg(
        long,
        value_name = "LEVEL",
        env = "AUTHSPEC_LEVEL",
        value_delimiter = ',',
        help_heading = "Selection"
    )]
    pub level: Vec<Level>,

    /// Only scenarios whose tags fit, such as '@area.login and not @should'
    #[arg(long, value_name = "EXPRESSION", env = "AUTHSPEC_TAGS", value_parser = tags, help_heading = "Selection")]
    pub tags: Option<TagOperation>,

    /// Only scenarios whose title matches
    #[arg(
        long,
        value_name = "REGEX",
        env = "AUTHSPEC_NAME",
        help_heading = "Selection"
    )]
    pub name: Option<Regex>,

    /// Features from this folder instead of the compiled-in ones
    #[arg(
        long,
        value_name = "DIR",
        env = "AUTHSPEC_FEATURES",
        help_heading = "Selection"
    )]
    pub features: Option<PathBuf>,
}

/// What to list.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// What to select
    #[command(flatten)]
    pub select: SelectArgs,

    /// One JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What to explain.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The requirement, such as LOGIN-4
    #[arg(value_name = "ID")]
    pub id: String,

    /// Features from this folder instead of the compiled-in ones
    #[arg(long, value_name = "DIR", env = "AUTHSPEC_FEATURES")]
    pub features: Option<PathBuf>,
}

fn tags(text: &str) -> Result<TagOperation, String> {
    text.parse().map_err(|_| {
        "tags begin with @ and are joined by and, or, not and brackets: '@must and not @area.login'"
            .to_owned()
    })
}
