//! What goes wrong only after something else: effects behind an answer that is right, and answers
//! that hang on what came before.

pub(super) mod effects;
pub(super) mod memories;
pub(super) mod refusals;
pub(super) mod returns;
