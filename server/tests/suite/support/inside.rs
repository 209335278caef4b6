//! A server in the test's own process, on a thread and a port of its own.

use std::net::SocketAddr;
use std::thread::JoinHandle;

use authspec_server::{Limits, Settings, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::wire::Wire;

/// A running server, ended when it is dropped.
pub(crate) struct Inside {
    pub(crate) address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// In memory, with the cheapest hashes.
pub(crate) fn settings() -> Settings {
    Settings {
        bcrypt_cost: 4,
        ..Settings::default()
    }
}

impl Inside {
    pub(crate) fn start() -> Self {
        Self::with(settings())
    }

    pub(crate) fn limited(limits: Limits) -> Self {
        Self::with(Settings {
            limits,
            ..settings()
        })
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let (end, ending) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let shutdown = async { drop(ending.await) };
                serve(listener, settings, shutdown).await.unwrap();
            });
        });
        Self {
            address: told.recv().unwrap(),
            end: Some(end),
            thread: Some(thread),
        }
    }

    pub(crate) fn wire(&self) -> Wire {
        Wire::connect(self.address)
    }

    /// Ends the server and waits until it has ended.
    pub(crate) fn end(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.end();
        }
    }
}
