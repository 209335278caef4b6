//! A server whose verdict is known: a fault, a null server or a freedom. All three are a proxy
//! with a behaviour; they differ in what the suite has to say to it.

mod apply;
pub(crate) mod documented;
pub(crate) mod edits;
pub(crate) mod effects;
mod shown_ids;

use std::{io, sync::Arc};

use serde::Serialize;

use crate::proof::proxy::{
    self, Answer, Ask, Behaviour, Case, Door, Running, Shadow, Upstream, Wire,
};

/// What a subject is there to prove.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// That a requirement can fail.
    Fault,
    /// That nothing passes by itself.
    NullServer,
    /// That nothing fails without a cause.
    Freedom,
}

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

/// A server whose verdict is known.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is there to prove.
    pub kind: Kind,
    /// Its stable name, such as `login-wrong-password-200`, unique within its kind.
    pub id: &'static str,
    /// What such a server does, as a sentence for somebody who has not read the code.
    pub sentence: &'static str,
    /// The requirements that it is about: those that must catch a fault, where others may fail as
    /// well; those that a null server truly keeps; the should and may requirements that a freedom
    /// fails by right.
    pub about: &'static [&'static str],
    /// What has happened to its target before.
    pub past: Past,
    /// Whether it shows only while the target's store holds next to nothing.
    pub needs_fresh_start: bool,
    /// What it does.
    pub behaviour: Behaviour,
}

impl Subject {
    fn new(
        kind: Kind,
        id: &'static str,
        sentence: &'static str,
        about: &'static [&'static str],
    ) -> Self {
        Self {
            kind,
            id,
            sentence,
            about,
            past: Past::Fresh,
            needs_fresh_start: false,
            behaviour: Behaviour::default(),
        }
    }

    /// A fault that does nothing yet.
    pub(crate) fn fault(
        id: &'static str,
        sentence: &'static str,
        caught_by: &'static [&'static str],
    ) -> Self {
        Self::new(Kind::Fault, id, sentence, caught_by)
    }

    /// A freedom that is not taken yet, and that fails nothing.
    pub(crate) fn freedom(id: &'static str, sentence: &'static str) -> Self {
        Self::new(Kind::Freedom, id, sentence, &[])
    }

    /// A server that makes its answer of the request alone and asks nobody.
    pub(crate) fn null_server(
        id: &'static str,
        sentence: &'static str,
        keeps: &'static [&'static str],
        answer: fn(&Ask) -> Answer,
    ) -> Self {
        Self::new(Kind::NullServer, id, sentence, keeps).before(move |_, ask, _| Some(answer(ask)))
    }

    /// Names what it fails by right.
    pub(crate) fn may_fail(mut self, requirements: &'static [&'static str]) -> Self {
        self.about = requirements;
        self
    }

    /// Gives its target a past.
    pub(crate) fn with_past(mut self, past: Past) -> Self {
        self.past = past;
        self
    }

    /// Says that it shows only while the target's store holds next to nothing.
    pub(crate) fn on_a_fresh_start(mut self) -> Self {
        self.needs_fresh_start = true;
        self
    }

    /// Gives it this behaviour in place of the one that it had.
    pub(crate) fn with(mut self, behaviour: Behaviour) -> Self {
        self.behaviour = behaviour;
        self
    }

    fn behaving(mut self, change: impl FnOnce(Behaviour) -> Behaviour) -> Self {
        self.behaviour = change(self.behaviour);
        self
    }

    /// See [`Behaviour::at`].
    pub(crate) fn at(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        edit: impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.behaving(|behaviour| behaviour.at(cases, edit))
    }

    /// See [`Behaviour::after`].
    pub(crate) fn after(
        self,
        edit: impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.behaving(|behaviour| behaviour.after(edit))
    }

    /// See [`Behaviour::before`].
    pub(crate) fn before(
        self,
        change: impl Fn(Case, &mut Ask, &mut Shadow) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.behaving(|behaviour| behaviour.before(change))
    }

    /// See [`Behaviour::whole`].
    pub(crate) fn whole<F>(
        self,
        act: impl Fn(Case, Ask, Arc<Door>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        self.behaving(|behaviour| behaviour.whole(act))
    }

    /// See [`Behaviour::minding_haste`].
    pub(crate) fn minding_haste(self) -> Self {
        self.behaving(Behaviour::minding_haste)
    }

    /// See [`Behaviour::on`].
    pub(crate) fn on(self, wire: Wire) -> Self {
        self.behaving(|behaviour| behaviour.on(wire))
    }

    /// Whether it stands in front of a target.
    pub fn needs_target(&self) -> bool {
        self.kind != Kind::NullServer
    }

    /// Whether it takes offence at requests without a pause between them.
    pub fn minds_haste(&self) -> bool {
        self.behaviour.minds_haste()
    }

    /// Starts it, in front of `upstream` where it needs one.
    ///
    /// # Errors
    ///
    /// When no port can be bound.
    pub async fn start(&self, upstream: Upstream) -> io::Result<Running> {
        proxy::before(upstream, self.behaviour.clone()).await
    }
}
