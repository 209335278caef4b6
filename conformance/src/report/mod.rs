//! Renderings of a finished run. Each reads the model and what the baseline makes of it; none
//! decides anything, and none reaches back.

pub mod json;
