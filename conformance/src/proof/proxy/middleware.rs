//! How a proxy differs from the target behind it.

use std::{sync::Arc, time::Instant};

use futures::future::BoxFuture;

use super::{Case, ObservedState, Request, Response, Tracked, Transport};

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
    after: Vec<(&'static [Case], After)>,
    /// How it speaks HTTP.
    pub transport: Transport,
    /// Whether it takes offence at requests without a pause between them, so that nothing but what
    /// is about haste may be sent so.
    pub is_timing_sensitive: bool,
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

    /// Changes the answers to requests of these cases, or every answer where there are none.
    #[must_use]
    pub fn at(
        mut self,
        cases: &'static [Case],
        edit: impl Fn(Case, &Request, &mut Response, &mut ObservedState) + Send + Sync + 'static,
    ) -> Self {
        self.after.push((cases, Arc::new(edit)));
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
}

/// A middleware before a target.
pub(super) struct Proxy {
    pub(super) middleware: Middleware,
    pub(super) upstream: Arc<Tracked>,
}

impl Proxy {
    /// The answer to a request.
    pub(super) async fn response(&self, mut request: Request) -> Response {
        let Middleware {
            before,
            whole,
            after,
            ..
        } = &self.middleware;
        let original = request.clone();
        let case = Case::of(&request.call(), &self.upstream.state());
        let given = before
            .iter()
            .find_map(|before| before(case, &mut request, &mut self.upstream.state()));
        let response = if let Some(given) = given {
            given
        } else {
            let mut response = match whole {
                Some(whole) => whole(case, request, Arc::clone(&self.upstream)).await,
                None => self.upstream.send(request).await,
            };
            // Of two requests at the same time the second may fail where it would have succeeded
            // alone: then it is another case than it seemed to be when it came.
            let case = match case {
                Case::Register if response.status.is_client_error() => Case::RegisterTaken,
                _ => case,
            };
            for (cases, after) in after {
                let refused = case.succeeds() && response.status.is_client_error();
                if cases.is_empty() || cases.contains(&case) && !refused {
                    after(case, &original, &mut response, &mut self.upstream.state());
                }
            }
            response
        };
        self.upstream.state().last_response = Some(Instant::now());
        response
    }
}
