//! What histories take of the document: transitions, with whose cookie, and pairs of transitions
//! that touch one user one after the other.

use std::collections::{BTreeSet, HashMap};

use super::{
    Carrying, Case, Ideal,
    history::{History, Step},
    request::Request,
    values::{Person, Source},
};

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
        let mut coverage = Self::default();
        for history in histories {
            let mut walk = Walk::new(history);
            for step in &history.steps {
                walk.take(step, &mut coverage);
            }
        }
        coverage
    }
}

/// One history on its way through the model.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    pub(super) people: Vec<Person>,
    pub(super) ideal: Ideal,
    source: Source,
    last: HashMap<String, Case>,
}

impl Walk {
    pub(super) fn new(history: &History) -> Self {
        let source = Source("the model".to_owned());
        Self {
            people: source.people(&super::history::NAMES, &history.people),
            ideal: Ideal::default(),
            source,
            last: HashMap::new(),
        }
    }

    /// The transition that a step would be, and the user whom it touches.
    pub(super) fn transition(&self, step: &Step) -> Option<(Variant, Option<String>, Request)> {
        let request = step.request(&self.people, &self.source, &self.ideal.state)?;
        let call = request.call();
        let case = Case::of(&call, &self.ideal.state);
        let touched = self.ideal.state.subject(&call);
        let touched = touched
            .map(|account| account.email.clone())
            .or_else(|| call.email.clone());
        Some(((case, step.carrying), touched, request))
    }

    /// The pair that a transition would make with the last one of the same user.
    pub(super) fn pair(&self, case: Case, touched: Option<&String>) -> Option<(Case, Case)> {
        let before = self.last.get(touched?)?;
        Some((*before, case))
    }

    /// Takes a step, where the state allows it.
    pub(super) fn take(&mut self, step: &Step, coverage: &mut Coverage) -> bool {
        let Some((variant, touched, request)) = self.transition(step) else {
            return false;
        };
        coverage.transitions.insert(variant.0);
        coverage.variants.insert(variant);
        if let Some(pair) = self.pair(variant.0, touched.as_ref()) {
            coverage.pairs.insert(pair);
        }
        if let Some(user) = touched {
            self.last.insert(user, variant.0);
        }
        self.ideal.answer(&request.call());
        true
    }
}
