//! How a proxy differs from the target behind it.

use std::sync::Arc;

use futures::future::BoxFuture;

use super::{Case, ObservedState, Request, Response, Service, Tracked, Transport};

/// Changes a request, or answers it in the target's place.
type Before = Arc<dyn Fn(Case, &mut Request, &mut ObservedState) -> Option<Response> + Send + Sync>;
/// Changes the target's answer.
type After = Arc<dyn Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync>;
/// Does everything itself; may send to the target as often as it likes.
type Whole = Arc<dyn Fn(Case, Request, Arc<Tracked>) -> BoxFuture<'static, Response> + Send + Sync>;

/// What a proxy does to the exchanges that pass it; by default nothing.
#[derive(Clone, Default)]
pub struct Middleware {
    before: Vec<Before>,
    whole: Option<Whole>,
    after: Vec<After>,
    transport: Transport,
    is_timing_sensitive: bool,
}

impl std::fmt::Debug for Middleware {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Middleware")
            .field("before", &self.before.len())
            .field("whole", &self.whole.is_some())
            .field("after", &self.after.len())
            .field("transport", &self.transport)
            .finish_non_exhaustive()
    }
}

impl Middleware {
    /// Changes each request before the target sees it; an answer that comes out is given in the
    /// target's place.
    #[must_use]
    pub fn before(
        mut self,
        change: impl Fn(Case, &mut Request, &mut ObservedState) -> Option<Response>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.before.push(Arc::new(change));
        self
    }

    /// Changes the answers to requests of these cases.
    #[must_use]
    pub fn at(
        self,
        cases: impl AsRef<[Case]> + Send + Sync + 'static,
        edit: impl Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync + 'static,
    ) -> Self {
        self.after(move |case, request, response, state| {
            // Of two requests at the same time the second may fail where it would have succeeded
            // alone: then it is another case than it seemed to be when it came.
            let refused = case.succeeds() && response.status.is_client_error();
            if cases.as_ref().contains(&case) && !refused {
                edit(case, request, response, state);
            }
        })
    }

    /// Changes every answer.
    #[must_use]
    pub fn after(
        mut self,
        edit: impl Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync + 'static,
    ) -> Self {
        self.after.push(Arc::new(edit));
        self
    }

    /// Takes the request from its arrival to the answer.
    #[must_use]
    pub fn whole<F>(
        mut self,
        act: impl Fn(Case, Request, Arc<Tracked>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Response> + Send + 'static,
    {
        self.whole = Some(Arc::new(move |case, request, upstream| {
            Box::pin(act(case, request, upstream))
        }));
        self
    }

    /// Speaks HTTP in another of its legal ways.
    #[must_use]
    pub fn on(mut self, transport: Transport) -> Self {
        self.transport = transport;
        self
    }

    /// Says that it takes offence at requests without a pause between them, so that nothing but
    /// what is about haste may be sent so.
    #[must_use]
    pub fn timing_sensitive(mut self) -> Self {
        self.is_timing_sensitive = true;
        self
    }

    /// See [`Middleware::timing_sensitive`].
    pub fn is_timing_sensitive(&self) -> bool {
        self.is_timing_sensitive
    }

    pub(super) fn transport(&self) -> Transport {
        self.transport.clone()
    }
}

/// A middleware before a target.
pub(super) struct Proxy {
    middleware: Middleware,
    upstream: Arc<Tracked>,
}

impl Proxy {
    pub(super) fn new(middleware: Middleware, upstream: Arc<Tracked>) -> Self {
        Self {
            middleware,
            upstream,
        }
    }

    async fn pass(&self, mut request: Request) -> Response {
        let original = request.clone();
        let case = Case::of(&request.call(), &self.upstream.state());
        for before in &self.middleware.before {
            if let Some(response) = before(case, &mut request, &mut self.upstream.state()) {
                return response;
            }
        }
        let mut response = match &self.middleware.whole {
            Some(whole) => whole(case, request, Arc::clone(&self.upstream)).await,
            None => self.upstream.send(request).await,
        };
        for after in &self.middleware.after {
            after(case, &original, &mut response, &mut self.upstream.state());
        }
        response
    }
}

impl Service for Proxy {
    fn response(self: Arc<Self>, request: Request) -> BoxFuture<'static, Response> {
        Box::pin(async move {
            let response = self.pass(request).await;
            self.upstream.state().responded();
            response
        })
    }
}
