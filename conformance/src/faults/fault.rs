//! One deliberate defect.

use std::sync::Arc;

use crate::proxy::{Answer, Ask, Behaviour, Case, Door, Shadow};

/// A defect of a server, as a behaviour of a proxy in front of a conforming one.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Its stable name, such as `login-wrong-password-200`.
    pub id: &'static str,
    /// What such a server does, as a sentence for somebody who has not read the code.
    pub sentence: &'static str,
    /// The requirements that must get the verdict `fail`. Others may fail as well, where they
    /// cannot hold beside the defect.
    pub caught_by: &'static [&'static str],
    /// Whether it shows only while the target's store holds next to nothing.
    pub needs_fresh_start: bool,
    /// What it does.
    pub behaviour: Behaviour,
}

impl Fault {
    /// A fault that does nothing yet.
    pub(super) fn new(
        id: &'static str,
        sentence: &'static str,
        caught_by: &'static [&'static str],
    ) -> Self {
        Self {
            id,
            sentence,
            caught_by,
            needs_fresh_start: false,
            behaviour: Behaviour::default(),
        }
    }

    /// Says that it shows only while the target's store holds next to nothing.
    pub(super) fn on_a_fresh_start(mut self) -> Self {
        self.needs_fresh_start = true;
        self
    }

    /// See [`Behaviour::at`].
    pub(super) fn at(
        mut self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        edit: impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.behaviour = self.behaviour.at(cases, edit);
        self
    }

    /// See [`Behaviour::after`].
    pub(super) fn after(
        mut self,
        edit: impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.behaviour = self.behaviour.after(edit);
        self
    }

    /// Answers these cases in the target's place, which never hears of them.
    pub(super) fn instead(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        answer: impl Fn(&Ask, &mut Shadow) -> Answer + Send + Sync + 'static,
    ) -> Self {
        self.before(move |case, ask, shadow| {
            cases.as_ref().contains(&case).then(|| answer(ask, shadow))
        })
    }

    /// Answers these cases in the target's place where `answer` has an answer.
    pub(super) fn instead_where(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        answer: impl Fn(&Ask, &mut Shadow) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.before(move |case, ask, shadow| {
            if cases.as_ref().contains(&case) {
                answer(ask, shadow)
            } else {
                None
            }
        })
    }

    /// Changes requests of these cases on their way to the target.
    pub(super) fn rewrite(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        change: impl Fn(&mut Ask, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.before(move |case, ask, shadow| {
            if cases.as_ref().contains(&case) {
                change(ask, shadow);
            }
            None
        })
    }

    /// See [`Behaviour::before`].
    pub(super) fn before(
        mut self,
        change: impl Fn(Case, &mut Ask, &mut Shadow) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.behaviour = self.behaviour.before(change);
        self
    }

    /// See [`Behaviour::whole`].
    pub(super) fn whole<F>(
        mut self,
        act: impl Fn(Case, Ask, Arc<Door>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        self.behaviour = self.behaviour.whole(act);
        self
    }

    /// See [`Behaviour::minding_haste`].
    pub(super) fn minding_haste(mut self) -> Self {
        self.behaviour = self.behaviour.minding_haste();
        self
    }
}
