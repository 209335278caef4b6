//! One legal variation.

use crate::proxy::{Answer, Ask, Behaviour, Case, Shadow, Wire};

/// What has happened to a target before the suite comes to it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Past {
    /// Nothing.
    #[default]
    Fresh,
    /// The suite has been there, with other data.
    Judged,
    /// This many users have registered.
    Populated(usize),
}

/// A way to keep the document that is not the usual one.
#[derive(Clone, Debug)]
pub struct Freedom {
    /// Its stable name, such as `json-spaced`.
    pub id: &'static str,
    /// What such a server does, as a sentence for somebody who has not read the code.
    pub sentence: &'static str,
    /// The should and may requirements that it fails by right. Never a must.
    pub may_fail: &'static [&'static str],
    /// What has happened to it before.
    pub past: Past,
    /// What it does.
    pub behaviour: Behaviour,
}

impl Freedom {
    /// A freedom that is not taken yet, and that fails nothing.
    pub(super) fn new(id: &'static str, sentence: &'static str) -> Self {
        Self {
            id,
            sentence,
            may_fail: &[],
            past: Past::Fresh,
            behaviour: Behaviour::default(),
        }
    }

    /// Names what it fails by right.
    pub(super) fn may_fail(mut self, requirements: &'static [&'static str]) -> Self {
        self.may_fail = requirements;
        self
    }

    /// Gives its target a past.
    pub(super) fn with_past(mut self, past: Past) -> Self {
        self.past = past;
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
        act: impl Fn(Case, Ask, std::sync::Arc<crate::proxy::Door>) -> F + Send + Sync + 'static,
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

    /// See [`Behaviour::on`].
    pub(super) fn on(mut self, wire: Wire) -> Self {
        self.behaviour = self.behaviour.on(wire);
        self
    }
}
