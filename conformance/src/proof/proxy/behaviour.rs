//! How a proxy differs from the target behind it.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::{Answer, Answerer, Ask, Case, Door, Shadow, Wire};

/// Changes a request, or answers it in the target's place.
type Before = Arc<dyn Fn(Case, &mut Ask, &mut Shadow) -> Option<Answer> + Send + Sync>;
/// Changes the target's answer.
type After = Arc<dyn Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync>;
/// Does everything itself; may go through the door as often as it likes.
pub type Whole = Arc<dyn Fn(Case, Ask, Arc<Door>) -> BoxFuture<'static, Answer> + Send + Sync>;

/// What a proxy does to the exchanges that pass it; by default nothing.
#[derive(Clone, Default)]
pub struct Behaviour {
    before: Option<Before>,
    whole: Option<Whole>,
    after: Vec<After>,
    wire: Wire,
    minds_haste: bool,
}

impl std::fmt::Debug for Behaviour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Behaviour")
            .field("before", &self.before.is_some())
            .field("whole", &self.whole.is_some())
            .field("after", &self.after.len())
            .field("wire", &self.wire)
            .finish_non_exhaustive()
    }
}

impl Behaviour {
    /// Changes each request before the target sees it; an answer that comes out is given in the
    /// target's place.
    #[must_use]
    pub fn before(
        mut self,
        change: impl Fn(Case, &mut Ask, &mut Shadow) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        self.before = Some(Arc::new(change));
        self
    }

    /// Changes the answers to requests of these cases.
    #[must_use]
    pub fn at(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        edit: impl Fn(&Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.after(move |case, ask, answer, shadow| {
            // Of two requests at the same time the second may fail where it would have succeeded
            // alone: then it is another case than it seemed to be when it came.
            let refused = case.succeeds() && answer.status.is_client_error();
            if cases.as_ref().contains(&case) && !refused {
                edit(ask, answer, shadow);
            }
        })
    }

    /// Changes every answer.
    #[must_use]
    pub fn after(
        mut self,
        edit: impl Fn(Case, &Ask, &mut Answer, &mut Shadow) + Send + Sync + 'static,
    ) -> Self {
        self.after.push(Arc::new(edit));
        self
    }

    /// Takes the request from its arrival to the answer.
    #[must_use]
    pub fn whole<F>(
        mut self,
        act: impl Fn(Case, Ask, Arc<Door>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Answer> + Send + 'static,
    {
        self.whole = Some(Arc::new(move |case, ask, door| {
            Box::pin(act(case, ask, door))
        }));
        self
    }

    /// Speaks HTTP in another of its legal ways.
    #[must_use]
    pub fn on(mut self, wire: Wire) -> Self {
        self.wire = wire;
        self
    }

    /// Says that it takes offence at requests without a pause between them, so that nothing but
    /// what is about haste may be sent so.
    #[must_use]
    pub fn minding_haste(mut self) -> Self {
        self.minds_haste = true;
        self
    }

    /// See [`Behaviour::minding_haste`].
    pub fn minds_haste(&self) -> bool {
        self.minds_haste
    }

    pub(super) fn wire(&self) -> Wire {
        self.wire.clone()
    }
}

/// A behaviour in front of a door.
pub(super) struct Proxy {
    behaviour: Behaviour,
    door: Arc<Door>,
}

impl Proxy {
    pub(super) fn new(behaviour: Behaviour, door: Arc<Door>) -> Self {
        Self { behaviour, door }
    }

    async fn pass(&self, mut ask: Ask) -> Answer {
        let original = ask.clone();
        let case = Case::of(&ask.call(), &self.door.shadow());
        if let Some(before) = &self.behaviour.before
            && let Some(answer) = before(case, &mut ask, &mut self.door.shadow())
        {
            return answer;
        }
        let mut answer = match &self.behaviour.whole {
            Some(whole) => whole(case, ask, Arc::clone(&self.door)).await,
            None => self.door.send(ask).await,
        };
        for after in &self.behaviour.after {
            after(case, &original, &mut answer, &mut self.door.shadow());
        }
        answer
    }
}

impl Answerer for Proxy {
    fn answer(self: Arc<Self>, ask: Ask) -> BoxFuture<'static, Answer> {
        Box::pin(async move {
            let answer = self.pass(ask).await;
            self.door.shadow().answered();
            answer
        })
    }
}
