//! Reports: each reads the finished model of a run, none reaches back.

pub mod terminal;
