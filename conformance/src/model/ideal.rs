//! A server that keeps the document: the model, answering for itself. Histories are drawn and
//! tests are run against it without a network.

use super::{Call, Case, Route, Seen, State};

/// A target that is right by definition.
#[derive(Clone, Debug, Default)]
pub struct Ideal {
    /// What it knows.
    pub state: State,
    issued: u64,
}

impl Ideal {
    /// Answers a call, and is in another state afterwards.
    pub fn answer(&mut self, call: &Call) -> Seen {
        let case = Case::of(call, &self.state);
        let status = match case {
            Case::Logout => 302,
            case if case.succeeds() => 200,
            Case::RegisterTaken => 400,
            Case::LoginWrong | Case::LoginUnknown => 401,
            // The token decides, whatever email the form names.
            Case::UpdateMismatch => 200,
            case if case.is_odd() => 400,
            _ => 403,
        };
        let mut seen = Seen {
            status: Some(status),
            ..Seen::default()
        };
        if seen.accepted() {
            self.issued += 1;
            let id = format!("00000000-0000-4000-8000-{:012}", self.issued);
            match call.route {
                Route::LogIn => seen.session = Some(id),
                Route::AskToken => seen.token = Some(id),
                _ => {}
            }
        }
        self.state.observe(call, &seen);
        seen
    }
}
