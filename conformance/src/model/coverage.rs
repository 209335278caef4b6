//! What histories take of the document: transitions, with whose cookie, and pairs of transitions
//! that touch one user one after the other.

use std::collections::{BTreeSet, HashMap};

use super::{Carrying, Case, History, Ideal, Source};

/// A case of the document, with whose cookie came along.
pub type Variant = (Case, Carrying);

/// The transitions and pairs that histories have taken.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Every transition that was taken: a case of the document is one.
    pub transitions: BTreeSet<Case>,
    /// The same, with whose cookie came along.
    pub variants: BTreeSet<Variant>,
    /// Every pair of transitions that touched one user in turn.
    pub pairs: BTreeSet<(Case, Case)>,
}

impl Coverage {
    /// What these histories take.
    pub fn of<'a>(histories: impl IntoIterator<Item = &'a History>) -> Self {
        let source = Source("the model".to_owned());
        let mut coverage = Self::default();
        for history in histories {
            let people = source.people(&history.people);
            let mut ideal = Ideal::default();
            let mut last: HashMap<String, Case> = HashMap::new();
            for step in &history.steps {
                let Some(request) = step.request(&people, &source, &ideal.state) else {
                    continue;
                };
                let call = request.call();
                let case = Case::of(&call, &ideal.state);
                coverage.transitions.insert(case);
                coverage.variants.insert((case, step.carrying));
                let known = ideal.state.subject(&call);
                let touched = known.map(|account| &account.email).or(call.email.as_ref());
                if let Some(user) = touched
                    && let Some(before) = last.insert(user.clone(), case)
                {
                    coverage.pairs.insert((before, case));
                }
                ideal.answer(&call);
            }
        }
        coverage
    }
}
