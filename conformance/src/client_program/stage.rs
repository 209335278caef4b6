//! A fresh server for each run of the program, with whatever defect, and a record of the calls.

use std::io;

use super::{
    port::Relay,
    program::{ProgramSettings, Ran},
    record::{Record, Recorded},
};
use crate::{
    proof::proxy::{self, Middleware, Upstream},
    target::Reference,
};

/// One run of the program.
#[derive(Debug)]
pub(super) struct Performance {
    pub(super) ran: Ran,
    pub(super) calls: Vec<Recorded>,
    /// The server's URL.
    pub(super) url: String,
    /// Whether the document's port led to it too.
    pub(super) on_documented_port: bool,
}

/// Runs the program against a fresh server that behaves so.
pub(super) async fn perform(
    program: &ProgramSettings,
    middleware: Middleware,
) -> io::Result<Performance> {
    let reference = Reference::start(Reference::LOWEST_BCRYPT_COST)
        .await
        .map_err(io::Error::other)?;
    let upstream = Upstream::new(reference.target.base.as_str()).map_err(io::Error::other)?;
    let record = Record::default();
    let proxy = proxy::before(upstream, record.watch(middleware)).await?;
    let url = proxy.url.clone();
    let address = url
        .trim_start_matches("http://")
        .parse()
        .map_err(io::Error::other)?;
    let relay = Relay::start(address).await;
    let ran = program.run(&url).await;
    let on_documented_port = relay.is_some();
    drop(relay);
    proxy.stop().await;
    reference.stop().await;
    Ok(Performance {
        ran: ran?,
        calls: record.taken(),
        url,
        on_documented_port,
    })
}
